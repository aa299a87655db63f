"""What follows from changing, adding, splitting and merging several events in one step."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.change import event_order, with_events
from ssp_coder.editing.checks import check_event, in_order, known_code, overlap_error
from ssp_coder.editing.edits import AddEvents, ChangeEvents, MergeEvents, SplitEvent
from ssp_coder.editing.events import overlaps, placed_by_hand
from ssp_coder.editing.lookup import known_event, known_events, lane_neighbours
from ssp_coder.editing.refusal import refuse


def change_events(coding: Coding, edit: ChangeEvents, scheme: Scheme) -> Coding:
    """See `ChangeEvents`.

    Raises:
        EditRefusedError: an event is unknown or named twice, or one would be wrong; none changed.
    """
    named = [event.id for event in edit.events]
    if len(set(named)) != len(named):
        raise refuse("event.named_twice", "an event is changed twice in one step", "name it once")
    old = known_events(coding, named, (event.start_us for event in edit.events))
    new = tuple(_as_coded(event, scheme) for event in edit.events)
    if edit.by_hand:
        new = tuple(map(placed_by_hand, old, new))
    return _with(coding, scheme, removed=old, added=new)


def add_events(coding: Coding, edit: AddEvents, scheme: Scheme) -> Coding:
    """See `AddEvents`.

    Raises:
        EditRefusedError: one of them would be wrong; none was added.
    """
    first = coding.next_event
    new = tuple(
        replace(_as_coded(event, scheme), id=EventId(first + place))
        for place, event in enumerate(edit.events)
    )
    added = _with(coding, scheme, removed=(), added=new)
    return replace(added, next_event=EventId(first + len(new)))


def split_event(coding: Coding, edit: SplitEvent, scheme: Scheme) -> Coding:
    """See `SplitEvent`.

    Raises:
        EditRefusedError: there is no such event, or it does not run on both sides of the time.
    """
    event = known_event(coding, edit.event, edit.at_us)
    inside = event.start_us < edit.at_us and (event.end_us is None or edit.at_us < event.end_us)
    if not inside:
        raise refuse(
            "event.not_split",
            f"{event.code} does not run on both sides of "
            f"{short_clock_text(edit.at_us, digits=3)}, so it cannot be split there",
            "go to a frame within the state",
        )
    earlier = replace(event, end_us=edit.at_us, end_frame=edit.frame, end_lag_us=0)
    later = replace(
        event,
        id=coding.next_event,
        start_us=edit.at_us,
        start_frame=edit.frame,
        start_lag_us=0,
        comment="",
    )
    split = _with(coding, scheme, removed=(event,), added=(earlier, later))
    return replace(split, next_event=EventId(coding.next_event + 1))


def merge_events(coding: Coding, edit: MergeEvents, scheme: Scheme) -> Coding:
    """See `MergeEvents`.

    Raises:
        EditRefusedError: they are fewer than two, not states of one code and person, or another
            state of an exclusive group lies between them.
    """
    events = sorted(known_events(coding, dict.fromkeys(edit.events)), key=event_order)
    _check_alike(events, scheme)
    first = events[0]
    last = max(events, key=lambda event: (event.end_us is None, event.end_us or 0))
    merged = replace(
        first,
        end_us=last.end_us,
        end_frame=last.end_frame,
        end_lag_us=last.end_lag_us,
        modifiers=tuple(
            pair for pair in first.modifiers if all(pair in event.modifiers for event in events)
        ),
        comment="; ".join(dict.fromkeys(event.comment for event in events if event.comment)),
    )
    return _with(coding, scheme, removed=tuple(events), added=(merged,))


def _check_alike(events: list[Event], scheme: Scheme) -> None:
    if len(events) < 2:
        raise refuse("event.not_merged", "merging needs two events or more", "select more")
    if len({(event.code, event.subject) for event in events}) > 1:
        raise refuse(
            "event.not_alike",
            "only events of the same code and person can be merged",
            "give them the same code first",
        )
    if known_code(scheme, events[0].code).kind is CodeKind.POINT:
        raise refuse(
            "event.points_not_merged", f"{events[0].code} has no length and cannot be merged"
        )


def _as_coded(event: Event, scheme: Scheme) -> Event:
    code = known_code(scheme, event.code)
    event = replace(event, modifiers=in_order(code, event.modifiers))
    if code.kind is CodeKind.POINT:
        return replace(
            event,
            end_us=event.start_us,
            end_frame=event.start_frame,
            end_lag_us=event.start_lag_us,
        )
    return event


def _with(
    coding: Coding, scheme: Scheme, *, removed: tuple[Event, ...], added: tuple[Event, ...]
) -> Coding:
    for event in added:
        check_event(coding, event, scheme)
    events = with_events(coding.events, removed=removed, added=added)
    for event in added:
        _refuse_overlap(events, event, scheme)
    return replace(coding, events=events)


def _refuse_overlap(events: tuple[Event, ...], event: Event, scheme: Scheme) -> None:
    if not scheme.ethogram.group_of(event.code).exclusive or event.end_us == event.start_us:
        return
    for other in lane_neighbours(events, event, scheme):
        if other is not None and overlaps(other, event):
            raise overlap_error(event, other, scheme)
