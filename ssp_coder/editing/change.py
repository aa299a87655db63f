"""The difference between two values of a coding: what is undone, redone, stored and repainted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, fields, replace
from typing import Any

from ssp_coder.domain.coding import Coding, Event

_EVENTS = "events"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a coding other than its events, before and after.

    Attributes:
        name: the field of `Coding`.
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
        FieldChange(
            name=field.name, before=getattr(old, field.name), after=getattr(new, field.name)
        )
        for field in fields(Coding)
        if field.name != _EVENTS and getattr(old, field.name) != getattr(new, field.name)
    )
    return Change(removed=removed, added=added, fields=changed)


def _event_difference(
    old: tuple[Event, ...], new: tuple[Event, ...]
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    if old is new:
        return (), ()
    head = _same_at_start(old, new)
    tail = _same_at_start(old[head:][::-1], new[head:][::-1])
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
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def with_change(coding: Coding, change: Change) -> Coding:
    """The coding after a change.

    Raises:
        ValueError: the change does not fit this coding, because it removes what is not there or
            starts from another value of a field.
    """
    for field in change.fields:
        if getattr(coding, field.name) != field.before:
            raise ValueError(f"change expects another value of {field.name}")
    events = with_events(coding.events, removed=change.removed, added=change.added)
    changed = {field.name: field.after for field in change.fields}
    return replace(coding, events=events, **changed)


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
