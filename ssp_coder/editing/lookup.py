"""Finding events in a long coding without a walk through it that a key press would wait for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.refusal import refuse

NEARBY = 64
"""So many events on each side of a time are looked at before all of them are."""


def known_event(coding: Coding, event_id: EventId, near_us: Micros | None = None) -> Event:
    """The event with this id.

    Args:
        coding: where to look.
        event_id: the event.
        near_us: about when it starts, so that a long coding need not be walked through.

    Raises:
        EditRefusedError: there is none.
    """
    found = None if near_us is None else _close_by(coding.events, event_id, near_us)
    if found is not None:
        return found
    try:
        return coding.event(event_id)
    except KeyError:
        raise refuse("event.unknown", f"there is no event {event_id}") from None


def known_events(
    coding: Coding, wanted: Iterable[EventId], near_us: Iterable[Micros] = ()
) -> tuple[Event, ...]:
    """The events with these ids, in the order of the ids.

    Args:
        coding: where to look.
        wanted: the events.
        near_us: about when each of them starts, where that is known.

    Raises:
        EditRefusedError: one of them is not there.
    """
    ids = tuple(wanted)
    close: list[Event] = []
    for event_id, time_us in zip(ids, near_us, strict=False):
        event = _close_by(coding.events, event_id, time_us)
        if event is None:
            break
        close.append(event)
    if len(close) == len(ids):
        return tuple(close)
    named = set(ids)
    found = {event.id: event for event in coding.events if event.id in named}
    return tuple(found.get(event_id) or known_event(coding, event_id) for event_id in ids)


def _close_by(events: Sequence[Event], event_id: EventId, near_us: Micros) -> Event | None:
    place = bisect_right(events, near_us, key=lambda event: event.start_us)
    before = events[max(0, place - NEARBY) : place]
    around = chain(reversed(before), events[place : place + NEARBY])
    return next((event for event in around if event.id == event_id), None)


def lane_neighbours(
    events: Sequence[Event], event: Event, scheme: Scheme
) -> tuple[Event | None, Event | None]:
    """The states of the same group and subject that start before or with, and after, an event.

    The event itself is passed over. In an exclusive group these are the only ones that can touch
    it, so the search stops at them. The conditions stand where they are tested, and the rarest
    first, because a group that is hardly coded is searched for through the whole coding.
    """
    codes = {code.id for code in scheme.ethogram.group_of(event.code).codes}
    subject, own = event.subject, event.id
    place = bisect_right(events, event.start_us, key=lambda other: other.start_us)
    earlier = islice(reversed(events), len(events) - place, None)
    before, after = (
        next(
            (
                other
                for other in side
                if other.code in codes
                and other.subject == subject
                and other.end_us != other.start_us
                and other.id != own
            ),
            None,
        )
        for side in (earlier, events[place:])
    )
    return before, after
