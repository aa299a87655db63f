"""Moving edges and whole events in time, and copying them: what the events would be then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import Code, CodeId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.change import event_order
from ssp_coder.editing.lookup import lane_neighbours

FEW = 20
"""Up to so many events are asked for their neighbours one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A time on the recording with the number of the frame that is on then, where it is known."""

    at_us: Micros
    frame: int | None = None


Shift = Callable[[Micros], Place]
"""Where an edge goes from a time."""


def moved(event: Event, shift: Shift) -> Event:
    """The event with both its edges shifted; an open one with its start."""
    start = shift(event.start_us)
    if event.end_us == event.start_us:
        return _at(event, start)
    ended = end_moved(event, shift)
    return replace(ended, start_us=start.at_us, start_frame=start.frame)


def start_moved(event: Event, shift: Shift) -> Event:
    """The event with its start shifted; a point keeps no length."""
    start = shift(event.start_us)
    if event.end_us == event.start_us:
        return _at(event, start)
    return replace(event, start_us=start.at_us, start_frame=start.frame)


def end_moved(event: Event, shift: Shift) -> Event:
    """The event with its end shifted; an open one and a point stay as they are."""
    if event.end_us is None or event.end_us == event.start_us:
        return event
    end = shift(event.end_us)
    return replace(event, end_us=end.at_us, end_frame=end.frame)


def rearranged(
    coding: Coding, chosen: Iterable[EventId], move: Callable[[Event], Event], scheme: Scheme
) -> tuple[Event, ...]:
    """The chosen events as they are after a move, and the neighbours that follow them.

    In an exclusive group a state that touched an edge of a moved one goes with that edge, as long
    as some of it is left. Events that the move leaves as they are do not appear.
    """
    ids = frozenset(chosen)
    old = {event.id: event for event in coding.events if event.id in ids}
    after = {event_id: move(event) for event_id, event in old.items()}
    changed = {event.id: event for event in after.values() if event != old[event.id]}
    following: dict[EventId, Event] = {}
    if len(changed) > FEW:
        touching = _touching(coding.events, scheme)
    else:
        touching = _touching_one_of(tuple(old[event_id] for event_id in changed), coding, scheme)
    for before, later in touching:
        one, other = changed.get(before.id), changed.get(later.id)
        if other is not None and one is None and before.id not in ids:
            _end_at(following, before, other)
        elif one is not None and other is None and later.id not in ids:
            _start_at(following, later, one)
    return (*changed.values(), *following.values())


def copied(event: Event, code: Code, subject: SubjectId, shift: Shift) -> Event:
    """A copy of an event as a code of the same kind, for a person, at another place in time.

    Modifiers that the code does not take are left out. Ids are given when it is added.
    """
    kept = tuple(pair for pair in event.modifiers if pair[0] in code.modifiers)
    copy = replace(moved(event, shift), code=code.id, subject=subject, modifiers=kept)
    if copy.start_us != event.start_us:
        copy = replace(copy, start_lag_us=0, end_lag_us=0)
    return copy


def other_subjects(events: Sequence[Event], scheme: Scheme) -> tuple[SubjectId, ...]:
    """Persons for whom all these events may be copied, in the procedure's order."""
    groups = [scheme.ethogram.group_of(event.code) for event in events]
    return tuple(
        person.id
        for person in scheme.procedure.persons
        if all(person.id in group.subjects for group in groups)
        and all(person.id != event.subject for event in events)
    )


def other_codes(events: Sequence[Event], scheme: Scheme) -> tuple[Code, ...]:
    """Codes of the same kind as all these events that may be coded beside them.

    A state of the same exclusive group may not: only one of them holds at a time.
    """
    ethogram = scheme.ethogram
    kinds = {ethogram.code(event.code).kind for event in events}
    persons = {event.subject for event in events}
    own = {event.code for event in events}
    alone = {
        group.id
        for event in events
        if (group := ethogram.group_of(event.code)).exclusive and event.end_us != event.start_us
    }
    return tuple(
        code
        for code in ethogram.codes()
        if {code.kind} == kinds
        and code.id not in own
        and code.group not in alone
        and persons <= set(ethogram.group(code.group).subjects)
    )


def _at(event: Event, place: Place) -> Event:
    return replace(
        event,
        start_us=place.at_us,
        end_us=place.at_us,
        start_frame=place.frame,
        end_frame=place.frame,
    )


def _touching_one_of(
    chosen: tuple[Event, ...], coding: Coding, scheme: Scheme
) -> Iterator[tuple[Event, Event]]:
    """Those of `_touching` that one of a few events belongs to, without a walk through all."""
    pairs: dict[EventId, tuple[Event, Event]] = {}
    for event in chosen:
        if not scheme.ethogram.group_of(event.code).exclusive or event.end_us == event.start_us:
            continue
        before, after = lane_neighbours(coding.events, event, scheme)
        if before is not None and before.end_us == event.start_us:
            pairs[before.id] = (before, event)
        if after is not None and event.end_us == after.start_us:
            pairs[event.id] = (event, after)
    yield from sorted(pairs.values(), key=lambda pair: event_order(pair[1]))


def _touching(events: Iterable[Event], scheme: Scheme) -> Iterator[tuple[Event, Event]]:
    """States of exclusive groups that end where the next one of their group and person starts."""
    lanes: dict[CodeId, str] = {
        code.id: group.id
        for group in scheme.ethogram.groups
        if group.exclusive
        for code in group.codes
    }
    last: dict[tuple[str, SubjectId], Event] = {}
    for event in events:
        lane = lanes.get(event.code)
        if lane is None or event.end_us == event.start_us:
            continue
        before = last.get((lane, event.subject))
        if before is not None and before.end_us == event.start_us:
            yield before, event
        last[lane, event.subject] = event


def _end_at(following: dict[EventId, Event], before: Event, later: Event) -> None:
    held = following.get(before.id, before)
    if held.end_us != later.start_us and held.start_us < later.start_us:
        following[before.id] = replace(
            held, end_us=later.start_us, end_frame=later.start_frame, end_lag_us=0
        )


def _start_at(following: dict[EventId, Event], later: Event, before: Event) -> None:
    held = following.get(later.id, later)
    end_us = before.end_us
    if end_us is None or end_us == held.start_us:
        return
    if held.end_us is None or end_us < held.end_us:
        following[later.id] = replace(
            held, start_us=end_us, start_frame=before.end_frame, start_lag_us=0
        )
