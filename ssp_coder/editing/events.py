"""What follows from adding, changing and removing events; exclusive groups stay without overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.change import event_order, with_events
from ssp_coder.editing.checks import check_event, in_order, known_code, overlap_error
from ssp_coder.editing.edits import AddEvent, ChangeEvent, CloseEvent, DeleteEvents, ImportEvents
from ssp_coder.editing.lookup import known_event, known_events, lane_neighbours
from ssp_coder.editing.refusal import refuse


def add_event(coding: Coding, edit: AddEvent, scheme: Scheme) -> Coding:
    """See `AddEvent`."""
    code = known_code(scheme, edit.code)
    group = scheme.ethogram.group(code.group)
    end_us, end_frame, end_lag_us = edit.end_us, edit.end_frame, 0
    if code.kind is CodeKind.POINT:
        end_us, end_frame, end_lag_us = edit.at_us, edit.frame, edit.lag_us
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
        start_lag_us=edit.lag_us,
        end_lag_us=end_lag_us,
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
    return [running], [_ended_where_starts(running, event), event]


def _ended_by(event: Event, running: Event | None, following: Event | None) -> Event:
    if running is not None and running.end_us is not None:
        return _ended_where_ends(event, running)
    if following is not None:
        return _ended_where_starts(event, following)
    return event


def _ended_where_starts(event: Event, other: Event) -> Event:
    return replace(
        event,
        end_us=other.start_us,
        end_frame=other.start_frame,
        end_lag_us=other.start_lag_us,
    )


def _ended_where_ends(event: Event, other: Event) -> Event:
    return replace(
        event, end_us=other.end_us, end_frame=other.end_frame, end_lag_us=other.end_lag_us
    )


def close_event(coding: Coding, edit: CloseEvent, scheme: Scheme) -> Coding:
    """See `CloseEvent`."""
    event = known_event(coding, edit.event, edit.at_us)
    if not event.is_open:
        raise refuse("event.not_open", f"event {event.id} has already ended", "change its end")
    closed = replace(event, end_us=edit.at_us, end_frame=edit.frame, end_lag_us=edit.lag_us)
    check_event(coding, closed, scheme)
    events = with_events(coding.events, removed=(event,), added=(closed,))
    return replace(coding, events=events)


def change_event(coding: Coding, edit: ChangeEvent, scheme: Scheme) -> Coding:
    """See `ChangeEvent`."""
    old = known_event(coding, edit.event.id, edit.event.start_us)
    code = known_code(scheme, edit.event.code)
    new = replace(edit.event, modifiers=in_order(code, edit.event.modifiers))
    new = placed_by_hand(old, new)
    if code.kind is CodeKind.POINT:
        new = replace(
            new, end_us=new.start_us, end_frame=new.start_frame, end_lag_us=new.start_lag_us
        )
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


def placed_by_hand(old: Event, new: Event) -> Event:
    """The changed event, whose moved edges no longer owe anything to the reaction lag."""
    moved_start = new.start_us != old.start_us and new.start_lag_us == old.start_lag_us
    moved_end = new.end_us != old.end_us and new.end_lag_us == old.end_lag_us
    return replace(
        new,
        start_lag_us=0 if moved_start else new.start_lag_us,
        end_lag_us=0 if moved_end else new.end_lag_us,
    )


def _following_neighbours(
    coding: Coding, old: Event, new: Event, scheme: Scheme
) -> Iterator[tuple[Event, Event]]:
    """Neighbours that touched an edge of the old event, moved to the new edge."""
    if _lane_key(old, scheme) != _lane_key(new, scheme):
        return
    before, after = lane_neighbours(coding.events, old, scheme)
    if before is not None and before.end_us == old.start_us != new.start_us > before.start_us:
        yield before, _ended_where_starts(before, new)
    if after is not None and old.end_us is not None and after.start_us == old.end_us != new.end_us:
        moved = _start_at(after, new)
        if moved is not None:
            yield after, moved


def _start_at(other: Event, new: Event) -> Event | None:
    if new.end_us is None or (other.end_us is not None and new.end_us >= other.end_us):
        return None
    return replace(
        other, start_us=new.end_us, start_frame=new.end_frame, start_lag_us=new.end_lag_us
    )


def _refuse_overlap(events: tuple[Event, ...], event: Event, scheme: Scheme) -> None:
    for other in lane_neighbours(events, event, scheme):
        if other is not None and overlaps(other, event):
            raise overlap_error(event, other, scheme)


def delete_events(coding: Coding, edit: DeleteEvents, scheme: Scheme) -> Coding:
    """See `DeleteEvents`."""
    left = {event.id: event for event in known_events(coding, edit.events)}
    listed = list(coding.events)
    for event_id in edit.events:
        event = left.pop(event_id, None)
        if event is None:
            raise refuse("event.unknown", f"there is no event {event_id}")
        del listed[bisect_left(listed, event_order(event), key=event_order)]
        group = scheme.ethogram.group_of(event.code)
        if group.exclusive and event.end_us != event.start_us:
            before, _ = lane_neighbours(listed, event, scheme)
            if before is not None and before.end_us == event.start_us:
                longer = _ended_where_ends(before, event)
                listed[bisect_left(listed, event_order(before), key=event_order)] = longer
                left.update({before.id: longer} if before.id in left else {})
    return replace(coding, events=tuple(listed))


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
        replace(event, end_us=at_us, end_frame=frame, end_lag_us=0)
        if event.end_us is None or event.end_us > at_us
        else event
        for event in events
    )


def _lane_key(event: Event, scheme: Scheme) -> tuple[str, SubjectId]:
    return scheme.ethogram.code(event.code).group, event.subject


def _covers(event: Event, time_us: Micros) -> bool:
    return event.start_us <= time_us and (event.end_us is None or time_us < event.end_us)


def overlaps(first: Event, second: Event) -> bool:
    """Whether two states share time; an open one runs for ever."""
    starts_before_end = second.end_us is None or first.start_us < second.end_us
    return starts_before_end and (first.end_us is None or second.start_us < first.end_us)
