"""Marks in time order: what is visible is found by bisection, a change moves nothing else."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssp_coder.ui.timeline.model import Mark

FOREVER_US = 1 << 62
"""Where an open state reaches, for the search only."""


def reach_of(mark: Mark) -> int:
    """The last moment that a mark touches; an open one reaches on."""
    if mark.open:
        return FOREVER_US
    return mark.start_us if mark.end_us is None else mark.end_us


class LaneMarks:
    """The marks of one lane, sorted by start and id."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._marks = sorted(marks, key=_order)
        self._reach: list[int] = []

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def add(self, mark: Mark) -> None:
        """Put a mark in its place."""
        insort(self._marks, mark, key=_order)
        self._forget_from(self._index(mark))

    def remove(self, mark: Mark) -> None:
        """Take a mark out; it must be there."""
        index = self._index(mark)
        del self._marks[index]
        self._forget_from(index)

    def between(self, start_us: int, end_us: int) -> tuple[Mark, ...]:
        """The marks that touch ``start_us <= t < end_us``, in order."""
        self._refresh()
        first = bisect_left(self._reach, start_us)
        last = bisect_left(self._marks, end_us, key=_start)
        inside = self._marks[first:last]
        return tuple(mark for mark in inside if reach_of(mark) >= start_us)

    def coded_until(self) -> int:
        """The end of the last state, FOREVER_US when one is open, 0 when there is none."""
        self._refresh()
        return self._reach[-1] if self._reach else 0

    def open_mark(self) -> Mark | None:
        """The state that is open, the latest if there are several."""
        if self.coded_until() != FOREVER_US:
            return None
        return next(mark for mark in reversed(self._marks) if mark.open)

    def neighbour(self, mark: Mark, direction: int) -> Mark | None:
        """The mark before (-1) or after (+1) another one."""
        index = self._index(mark) + direction
        return self._marks[index] if 0 <= index < len(self._marks) else None

    def _index(self, mark: Mark) -> int:
        return bisect_left(self._marks, _order(mark), key=_order)

    def _forget_from(self, index: int) -> None:
        del self._reach[index:]

    def _refresh(self) -> None:
        # The reach never falls along the list, so bisection finds the first mark still visible.
        known = self._reach
        furthest = known[-1] if known else 0
        for mark in self._marks[len(known) :]:
            furthest = max(furthest, reach_of(mark))
            known.append(furthest)


class MarkStore:
    """All marks of the timeline, by id and by lane."""

    def __init__(self) -> None:
        self._by_id: dict[str, Mark] = {}
        self._by_lane: dict[str, LaneMarks] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, mark_id: object) -> bool:
        return mark_id in self._by_id

    def replace(self, marks: Iterable[Mark]) -> None:
        """Hold these marks only."""
        self._by_id = {mark.id: mark for mark in marks}
        lanes: dict[str, list[Mark]] = {}
        for mark in self._by_id.values():
            lanes.setdefault(mark.lane, []).append(mark)
        self._by_lane = {lane: LaneMarks(held) for lane, held in lanes.items()}

    def change(self, removed_ids: Iterable[str], added: Iterable[Mark]) -> frozenset[str]:
        """Take marks out, then put marks in; one that is already held is replaced.

        Returns:
            The ids of the lanes that changed.

        Raises:
            KeyError: an id to remove is not held.
        """
        touched: set[str] = set()
        for mark_id in removed_ids:
            if mark_id not in self._by_id:
                raise KeyError(f"the timeline holds no mark {mark_id!r} to remove")
            touched.add(self._take(mark_id))
        for mark in added:
            if mark.id in self._by_id:
                touched.add(self._take(mark.id))
            self._by_id[mark.id] = mark
            self.lane(mark.lane).add(mark)
            touched.add(mark.lane)
        return frozenset(touched)

    def get(self, mark_id: str) -> Mark | None:
        """The mark of an id, or None."""
        return self._by_id.get(mark_id)

    def lane(self, lane_id: str) -> LaneMarks:
        """The marks of a lane, possibly none."""
        return self._by_lane.setdefault(lane_id, LaneMarks())

    def is_sorted(self) -> bool:
        """Whether every lane is in order; for tests of long series of changes."""
        return all(
            _order(first) < _order(second)
            for held in self._by_lane.values()
            for first, second in pairwise(held)
        )

    def _take(self, mark_id: str) -> str:
        mark = self._by_id.pop(mark_id)
        self._by_lane[mark.lane].remove(mark)
        return mark.lane


def _order(mark: Mark) -> tuple[int, str]:
    return (mark.start_us, mark.id)


def _start(mark: Mark) -> int:
    return mark.start_us
