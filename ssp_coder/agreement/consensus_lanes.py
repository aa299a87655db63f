"""What the events of one lane come to when those that were settled join those that were agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros

LaneKey = tuple[str, str]
"""Group and person."""

EventKey = tuple[object, ...]
"""All of an event but its number."""


def lane_of(event: Event, scheme: Scheme) -> LaneKey:
    """The lane that an event belongs to."""
    return scheme.ethogram.code(event.code).group, event.subject


def event_content(event: Event) -> EventKey:
    """What an event says, whatever its number."""
    return (
        event.code,
        event.subject,
        event.start_us,
        event.end_us,
        event.modifiers,
        event.comment,
        event.start_frame,
        event.end_frame,
        event.start_lag_us,
        event.end_lag_us,
    )


def joined(
    agreed: Iterable[Event], settled: Iterable[Event], scheme: Scheme, shortest_us: Micros
) -> tuple[Event, ...]:
    """The events of one lane, so that only one state of an exclusive group holds at a time.

    A state ends where the next begins, as in coding, and goes on after one that lies within it.
    The result does not depend on the order in which disagreements were settled.

    Args:
        agreed: what both coders have alike.
        settled: what was decided.
        scheme: says which groups are exclusive.
        shortest_us: what is left of a state and is shorter belongs to the one before it.
    """
    ranked = [(e, 0) for e in agreed] + [(e, 1) for e in settled]
    ranked.sort(key=lambda one: (one[0].start_us, one[1], event_order(one[0])))
    done: list[Event] = []
    alone: list[Event] = []
    for event, _rank in ranked:
        if _makes_room(event, scheme):
            _put(done, event, shortest_us)
        else:
            alone.append(event)
    events = (replace(event, id=EventId(0)) for event in (*done, *alone))
    return tuple(sorted(events, key=event_order))


def event_order(event: Event) -> tuple[int, int, str]:
    """Events by time, the shorter first."""
    end_us = -1 if event.end_us is None else event.end_us
    return event.start_us, end_us, event.code


def _makes_room(event: Event, scheme: Scheme) -> bool:
    is_state = scheme.ethogram.code(event.code).kind is CodeKind.STATE
    return is_state and scheme.ethogram.group_of(event.code).exclusive


def _put(done: list[Event], event: Event, shortest_us: Micros) -> None:
    """Add a state that begins last of all; `done` is in order of time and stays so."""
    reaching: list[Event] = []
    while done and (done[-1].end_us is None or done[-1].end_us > event.start_us):
        reaching.append(done.pop())
    later: list[Event] = []
    for other in reversed(reaching):
        if other.start_us < event.start_us:
            done.append(_until(other, event))
        rest = _rest(other, event)
        if rest is None:
            continue
        if rest.end_us is not None and rest.end_us - rest.start_us < shortest_us:
            event = _as_long_as(event, rest)
        else:
            later.append(rest)
    done.extend((event, *later))


def _until(other: Event, event: Event) -> Event:
    return replace(
        other,
        end_us=event.start_us,
        end_frame=event.start_frame,
        end_lag_us=event.start_lag_us,
    )


def _rest(other: Event, event: Event) -> Event | None:
    """What is left of a state after another one, None where that lasts as long or longer."""
    if event.end_us is None or (other.end_us is not None and other.end_us <= event.end_us):
        return None
    if other.start_us >= event.end_us:
        return other
    return replace(
        other,
        start_us=event.end_us,
        start_frame=event.end_frame,
        start_lag_us=event.end_lag_us,
    )


def _as_long_as(event: Event, rest: Event) -> Event:
    return replace(event, end_us=rest.end_us, end_frame=rest.end_frame, end_lag_us=rest.end_lag_us)
