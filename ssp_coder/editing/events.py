"""What follows from adding, changing and removing events; exclusive groups stay without overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.change import with_events
from ssp_coder.editing.checks import check_event, in_order, known_code, known_event, overlap_error
from ssp_coder.editing.edits import AddEvent, ChangeEvent, CloseEvent, DeleteEvents, ImportEvents
from ssp_coder.editing.refusal import refuse


def add_event(coding: Coding, edit: AddEvent, scheme: Scheme) -> Coding:
    """See `AddEvent`."""
    code = known_code(scheme, edit.code)
    group = scheme.ethogram.group(code.group)
    end_us, end_frame = edit.end_us, edit.end_frame
    if code.kind is CodeKind.POINT:
        end_us, end_frame = edit.at_us, edit.frame
    event = Event(
        id=coding.next_event,
        code=edit.code,
        subject=edit.subject,
        start_us=edit.at_us,
        end_us=end_us,
        modifiers=in_order(code, edit.modifiers),
        comment=edit.comment,
        start_frame=edit.frame,
        end_frame=end_frame,
    )
    check_event(coding, event, scheme)
    removed: list[Event] = []
    added = [event]
    if group.exclusive and code.kind is CodeKind.STATE:
        removed, added = _make_room(coding, event, scheme)
    events = with_events(coding.events, removed=tuple(removed), added=tuple(added))
    return replace(coding, events=events, next_event=EventId(coding.next_event + 1))


def _make_room(coding: Coding, event: Event, scheme: Scheme) -> tuple[list[Event], list[Event]]:
    """Close the state that runs at the start; end where it ended or the next one starts."""
    before, following = lane_neighbours(coding.events, event, scheme)
    running = before if before is not None and _covers(before, event.start_us) else None
    if event.end_us is None:
        event = _ended_by(event, running, following)
    elif following is not None and event.end_us > following.start_us:
        raise overlap_error(event, following, scheme)
    if running is None:
        return [], [event]
    if event.end_us is not None and (running.end_us is None or event.end_us < running.end_us):
        raise overlap_error(event, running, scheme)
    if running.start_us == event.start_us:
        return [running], [event]
    closed = replace(running, end_us=event.start_us, end_frame=event.start_frame)
    return [running], [closed, event]


def _ended_by(event: Event, running: Event | None, following: Event | None) -> Event:
    if running is not None and running.end_us is not None:
        return replace(event, end_us=running.end_us, end_frame=running.end_frame)
    if following is not None:
        return replace(event, end_us=following.start_us, end_frame=following.start_frame)
    return event


def close_event(coding: Coding, edit: CloseEvent, scheme: Scheme) -> Coding:
    """See `CloseEvent`."""
    event = known_event(coding, edit.event)
    if not event.is_open:
        raise refuse("event.not_open", f"event {event.id} has already ended", "change its end")
    closed = replace(event, end_us=edit.at_us, end_frame=edit.frame)
    check_event(coding, closed, scheme)
    events = with_events(coding.events, removed=(event,), added=(closed,))
    return replace(coding, events=events)


def change_event(coding: Coding, edit: ChangeEvent, scheme: Scheme) -> Coding:
    """See `ChangeEvent`."""
    old = known_event(coding, edit.event.id)
    code = known_code(scheme, edit.event.code)
    new = replace(edit.event, modifiers=in_order(code, edit.event.modifiers))
    if code.kind is CodeKind.POINT:
        new = replace(new, end_us=new.start_us, end_frame=new.start_frame)
    check_event(coding, new, scheme)
    group = scheme.ethogram.group(code.group)
    removed, added = [old], [new]
    if group.exclusive and code.kind is CodeKind.STATE:
        for before, after in _following_neighbours(coding, old, new, scheme):
            removed.append(before)
            added.append(after)
    events = with_events(coding.events, removed=tuple(removed), added=tuple(added))
    if group.exclusive and code.kind is CodeKind.STATE:
        _refuse_overlap(events, new, scheme)
    return replace(coding, events=events)


def _following_neighbours(
    coding: Coding, old: Event, new: Event, scheme: Scheme
) -> Iterator[tuple[Event, Event]]:
    """Neighbours that touched an edge of the old event, moved to the new edge."""
    if _lane_key(old, scheme) != _lane_key(new, scheme):
        return
    before, after = lane_neighbours(coding.events, old, scheme)
    if before is not None and before.end_us == old.start_us != new.start_us > before.start_us:
        yield before, replace(before, end_us=new.start_us, end_frame=new.start_frame)
    if after is not None and old.end_us is not None and after.start_us == old.end_us != new.end_us:
        moved = _start_at(after, new)
        if moved is not None:
            yield after, moved


def _start_at(other: Event, new: Event) -> Event | None:
    if new.end_us is None or (other.end_us is not None and new.end_us >= other.end_us):
        return None
    return replace(other, start_us=new.end_us, start_frame=new.end_frame)


def _refuse_overlap(events: tuple[Event, ...], event: Event, scheme: Scheme) -> None:
    for other in lane_neighbours(events, event, scheme):
        if other is not None and overlaps(other, event):
            raise overlap_error(event, other, scheme)


def delete_events(coding: Coding, edit: DeleteEvents, scheme: Scheme) -> Coding:
    """See `DeleteEvents`."""
    events = coding.events
    for event_id in edit.events:
        event = known_event(replace(coding, events=events), event_id)
        removed, added = [event], []
        group = scheme.ethogram.group_of(event.code)
        if group.exclusive and event.end_us != event.start_us:
            before, _ = lane_neighbours(events, event, scheme)
            if before is not None and before.end_us == event.start_us:
                removed.append(before)
                added.append(replace(before, end_us=event.end_us, end_frame=event.end_frame))
        events = with_events(events, removed=tuple(removed), added=tuple(added))
    return replace(coding, events=events)


def import_events(coding: Coding, edit: ImportEvents, scheme: Scheme) -> Coding:
    """See `ImportEvents`."""
    next_id = coding.next_event
    numbered = []
    for event in edit.events:
        code = known_code(scheme, event.code)
        event = replace(event, id=next_id, modifiers=in_order(code, event.modifiers))
        check_event(coding, event, scheme)
        numbered.append(event)
        next_id = EventId(next_id + 1)
    events = with_events(coding.events, removed=(), added=tuple(numbered))
    refuse_overlaps(events, scheme)
    return replace(coding, events=events, next_event=next_id)


def refuse_overlaps(events: Iterable[Event], scheme: Scheme) -> None:
    """Refuse events of which two of one exclusive group and subject overlap.

    Raises:
        EditRefusedError: names both events.
    """
    last: dict[tuple[str, str], Event] = {}
    for event in events:
        key = _lane_key(event, scheme)
        if not scheme.ethogram.group_of(event.code).exclusive or event.end_us == event.start_us:
            continue
        before = last.get(key)
        if before is not None and overlaps(before, event):
            raise overlap_error(event, before, scheme)
        last[key] = event


def end_states(events: tuple[Event, ...], at_us: Micros, frame: int | None) -> tuple[Event, ...]:
    """The events with every state that is open or runs on past `at_us` ended there."""
    return tuple(
        replace(event, end_us=at_us, end_frame=frame)
        if event.end_us is None or event.end_us > at_us
        else event
        for event in events
    )


def lane_neighbours(
    events: tuple[Event, ...], event: Event, scheme: Scheme
) -> tuple[Event | None, Event | None]:
    """The states of the same group and subject that start before or with, and after, an event.

    The event itself is passed over. In an exclusive group these are the only ones that can touch
    it, so the search stops at them and does not walk the whole coding.
    """
    lane = _Lane(event, scheme)
    place = bisect_right(events, event.start_us, key=lambda other: other.start_us)
    before = next((o for o in reversed(events[:place]) if lane.holds(o)), None)
    after = next((o for o in islice(events, place, None) if lane.holds(o)), None)
    return before, after


class _Lane:
    """States of one group and subject, other than one event."""

    def __init__(self, event: Event, scheme: Scheme) -> None:
        group = scheme.ethogram.group_of(event.code)
        self._codes = {code.id for code in group.codes}
        self._event = event

    def holds(self, other: Event) -> bool:
        return (
            other.code in self._codes
            and other.subject == self._event.subject
            and other.end_us != other.start_us
            and other.id != self._event.id
        )


def _lane_key(event: Event, scheme: Scheme) -> tuple[str, SubjectId]:
    return scheme.ethogram.code(event.code).group, event.subject


def _covers(event: Event, time_us: Micros) -> bool:
    return event.start_us <= time_us and (event.end_us is None or time_us < event.end_us)


def overlaps(first: Event, second: Event) -> bool:
    """Whether two states share time; an open one runs for ever."""
    starts_before_end = second.end_us is None or first.start_us < second.end_us
    return starts_before_end and (first.end_us is None or second.start_us < first.end_us)
