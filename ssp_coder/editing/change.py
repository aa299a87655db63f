"""The difference between two values of a coding: what is undone, redone, stored and repainted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from ssp_coder.domain.coding import Coding, Comment, Event, IntervalMark

_EVENTS = "events"
_SLICE = 1024


def _comment_order(comment: Comment) -> int:
    return comment.id


def _interval_order(mark: IntervalMark) -> tuple[str, str, str, int]:
    return mark.place


PIECEWISE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(  # the key fits its field
    {"comments": _comment_order, "intervals": _interval_order}
)
"""Fields that may grow long, with the order of their entries: only the entries that differ are
kept in a change, or else marking the hundredth interval would store the ninety-nine others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a coding other than its events, before and after.

    Attributes:
        name: the field of `Coding`.
        before: its value, or for a field of `PIECEWISE` the entries that are gone.
        after: its value, or the entries that are new.
    """

    name: str
    # The type depends on the field; `Coding` is what gives it one again.
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an edit did.

    Attributes:
        removed: events that are gone, as they were; an edited event is in both lists.
        added: events that are new.
        fields: other fields that differ.
    """

    removed: tuple[Event, ...] = ()
    added: tuple[Event, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.removed or self.added or self.fields)

    @property
    def areas(self) -> frozenset[str]:
        """Names of the fields of `Coding` that differ, for those who show them."""
        names = {field.name for field in self.fields}
        return frozenset(names | {_EVENTS} if self.removed or self.added else names)

    def reversed(self) -> Change:
        """The change that takes this one back."""
        turned = tuple(
            FieldChange(name=field.name, before=field.after, after=field.before)
            for field in self.fields
        )
        return Change(removed=self.added, added=self.removed, fields=turned)


def event_order(event: Event) -> tuple[int, int]:
    """Sort key of `Coding.events`."""
    return (event.start_us, event.id)


def difference(old: Coding, new: Coding) -> Change:
    """What leads from one value to the other."""
    removed, added = _event_difference(old.events, new.events)
    changed = tuple(
        _field_change(field.name, getattr(old, field.name), getattr(new, field.name))
        for field in fields(Coding)
        if field.name != _EVENTS and getattr(old, field.name) != getattr(new, field.name)
    )
    return Change(removed=removed, added=added, fields=changed)


def _field_change(name: str, before: Any, after: Any) -> FieldChange:  # the field's values
    if name in PIECEWISE:
        stayed = set(before) & set(after)
        before = tuple(entry for entry in before if entry not in stayed)
        after = tuple(entry for entry in after if entry not in stayed)
    return FieldChange(name=name, before=before, after=after)


def _event_difference(
    old: tuple[Event, ...], new: tuple[Event, ...]
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    if old is new:
        return (), ()
    head = _same_at_start(old, new)
    tail = _same_at_end(old, new, min(len(old), len(new)) - head)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    kept = set(before) & set(after)
    return (
        tuple(event for event in before if event not in kept),
        tuple(event for event in after if event not in kept),
    )


def _same_at_start(one: tuple[Event, ...], other: tuple[Event, ...]) -> int:
    """How many events are the same in both from the start on.

    Slices are compared, and not event by event: a key press in a long coding waits for this.
    """
    most = min(len(one), len(other))
    same = 0
    while same < most and one[same : same + _SLICE] == other[same : same + _SLICE]:
        same += _SLICE
    same = min(same, most)
    while same < most and _is_same(one[same], other[same]):
        same += 1
    return same


def _same_at_end(one: tuple[Event, ...], other: tuple[Event, ...], most: int) -> int:
    """How many of the last events, up to `most`, are the same in both."""
    shift = len(other) - len(one)
    first = end = len(one)
    least = end - most
    while first > least:
        first = max(least, end - _SLICE)
        if one[first:end] != other[first + shift : end + shift]:
            break
        end = first
    while end > least and _is_same(one[end - 1], other[end - 1 + shift]):
        end -= 1
    return len(one) - end


def _is_same(event: Event, other: Event) -> bool:
    """Whether they are equal; comparing fields takes long, and most of them are one object."""
    return event is other or event == other


def with_change(coding: Coding, change: Change) -> Coding:
    """The coding after a change.

    Raises:
        ValueError: the change does not fit this coding, because it removes what is not there or
            starts from another value of a field.
    """
    changed = {field.name: _changed_value(coding, field) for field in change.fields}
    events = with_events(coding.events, removed=change.removed, added=change.added)
    return replace(coding, events=events, **changed)


def _changed_value(coding: Coding, field: FieldChange) -> Any:  # the field's value
    value = getattr(coding, field.name)
    order = PIECEWISE.get(field.name)
    if order is None:
        if value != field.before:
            raise ValueError(f"change expects another value of {field.name}")
        return field.after
    if not set(field.before) <= set(value):
        raise ValueError(f"change removes from {field.name} what is not there")
    gone = set(field.before)
    kept = [entry for entry in value if entry not in gone]
    return tuple(sorted((*kept, *field.after), key=order))


def with_events(
    events: tuple[Event, ...], *, removed: tuple[Event, ...], added: tuple[Event, ...]
) -> tuple[Event, ...]:
    """The ordered events without `removed` and with `added`.

    Raises:
        ValueError: an event to remove is not there.
    """
    if not removed and not added:
        return events
    listed = list(events)
    for event in removed:
        place = bisect_left(listed, event_order(event), key=event_order)
        if place == len(listed) or listed[place] != event:
            raise ValueError(f"event {event.id} is not there as it was")
        del listed[place]
    for event in added:
        listed.insert(bisect_left(listed, event_order(event), key=event_order), event)
    return tuple(listed)
