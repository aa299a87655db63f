"""The order of the rows: events that pass a test, sorted by a key; one event costs no walk."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ssp_coder.domain.coding import Event
    from ssp_coder.ui.code.table_columns import Key


class Rows:
    """Events from the smallest key to the largest; shown that way or the other way round."""

    def __init__(self, key: Key, passes: Callable[[Event], bool] | None, *, falling: bool) -> None:
        self._key = key
        self._passes = passes
        self.falling = falling
        self.events: list[Event] = []

    def __len__(self) -> int:
        return len(self.events)

    def fill(self, events: Iterable[Event], *, in_order: bool = False) -> None:
        """Take the events that pass, in order; those of a coding are so by time already."""
        passes = self._passes
        chosen = events if passes is None else [event for event in events if passes(event)]
        self.events = list(chosen) if in_order else sorted(chosen, key=self._key)

    def shows(self, event: Event) -> bool:
        """Whether an event passes."""
        return self._passes is None or self._passes(event)

    def at(self, row: int) -> Event:
        """The event in a row."""
        return self.events[self.turned(row)]

    def row_of(self, event: Event) -> int | None:
        """The row of an event that is here as it was given, else None."""
        place = self.place(event)
        if place < len(self.events) and self.events[place].id == event.id:
            return self.turned(place)
        return None

    def near(self, event: Event) -> int:
        """The row where an event stands or would stand, within those that there are."""
        place = min(self.place(event), len(self.events) - 1)
        return self.turned(place)

    def place(self, event: Event) -> int:
        """How many events have a smaller key."""
        return bisect_left(self.events, self._key(event), key=self._key)

    def same_place(self, one: Event, other: Event) -> bool:
        """Whether one event can stand where the other does."""
        return self._key(one) == self._key(other)

    def turned(self, place: int) -> int:
        """The row of a place in the order, and the place of a row."""
        return len(self.events) - 1 - place if self.falling else place


def shared_ends(one: list[Event], other: list[Event]) -> tuple[int, int]:
    """How many events both lists begin with, and how many of the rest they end with."""
    most = min(len(one), len(other))
    head = 0
    while head < most and one[head] is other[head]:
        head += 1
    tail = 0
    while tail < most - head and one[-1 - tail] is other[-1 - tail]:
        tail += 1
    return head, tail
