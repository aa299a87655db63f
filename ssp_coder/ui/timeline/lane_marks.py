"""Marks in time order: what is visible is found by bisection, a change moves nothing else."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.ui.timeline.columns import FOREVER_US, Columns, reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssp_coder.ui.timeline.model import Mark

FEW = 24
"""So many changes of a lane are made one by one; more are faster made all at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Marks of a lane that follow each other, with their times as columns.

    Args:
        marks: in time order; some of them may end before the stretch that was asked for.
        rows: one row a mark: start, reach, level, point, plain.
    """

    marks: Sequence[Mark]
    rows: np.ndarray


class LaneMarks:
    """The marks of one lane, sorted by start and id."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._take(marks)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def add(self, mark: Mark) -> None:
        """Put a mark in its place."""
        insort(self._marks, mark, key=_order)
        self._open += mark.open
        if self._columns is not None:
            self._columns.insert(self._index(mark), mark)

    def remove(self, mark: Mark) -> None:
        """Take a mark out; it must be there."""
        index = self._index(mark)
        del self._marks[index]
        self._open -= mark.open
        if self._columns is not None:
            self._columns.delete(index)

    def change(self, removed: Sequence[Mark], added: Sequence[Mark]) -> None:
        """Take marks out that are there, then put others in."""
        if len(removed) + len(added) > FEW:
            gone = {mark.id for mark in removed}
            self._take([*(mark for mark in self._marks if mark.id not in gone), *added])
            return
        for mark in removed:
            self.remove(mark)
        for mark in added:
            self.add(mark)

    def between(self, start_us: int, end_us: int) -> tuple[Mark, ...]:
        """The marks that touch ``start_us <= t < end_us``, in order."""
        seen = self.seen(start_us, end_us)
        touching = np.flatnonzero(seen.rows["reach"] >= start_us)
        return tuple(seen.marks[place] for place in touching.tolist())

    def seen(self, start_us: int, end_us: int) -> Seen:
        """The marks from the first to the last that touches ``start_us <= t < end_us``."""
        columns = self._held_columns()
        first, last = columns.span(start_us, end_us)
        return Seen(marks=self._marks[first:last], rows=columns.part(first, last))

    def coded_until(self) -> int:
        """The end of the last state, FOREVER_US when one is open, 0 when there is none."""
        if self._open:
            return FOREVER_US
        return int(self._held_columns().furthest[-1]) if self._marks else 0

    def open_mark(self) -> Mark | None:
        """The state that is open, the latest if there are several."""
        if not self._open:
            return None
        return self._marks[self._held_columns().last_open()]

    def neighbour(self, mark: Mark, direction: int) -> Mark | None:
        """The mark before (-1) or after (+1) another one."""
        index = self._index(mark) + direction
        return self._marks[index] if 0 <= index < len(self._marks) else None

    def nearest(self, time_us: int) -> Mark | None:
        """The mark that starts nearest to a time, None in an empty lane."""
        index = bisect_left(self._marks, time_us, key=_start)
        beside = self._marks[max(0, index - 1) : index + 1]
        return min(beside, key=lambda mark: abs(mark.start_us - time_us), default=None)

    def run(self, one: Mark, other: Mark) -> tuple[Mark, ...]:
        """The marks from one to another, both with them, in whichever order they are given."""
        low, high = sorted((self._index(one), self._index(other)))
        return tuple(self._marks[low : high + 1])

    def _take(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=_order)
        self._columns: Columns | None = None
        self._open = sum(mark.open for mark in self._marks)

    def _held_columns(self) -> Columns:
        if self._columns is None:
            self._columns = Columns(self._marks)
        return self._columns

    def _index(self, mark: Mark) -> int:
        return bisect_left(self._marks, _order(mark), key=_order)


class MarkStore:
    """All marks of the timeline, by id and by lane."""

    def __init__(self) -> None:
        self._by_id: dict[str, Mark] = {}
        self._by_lane: dict[str, LaneMarks] = {}
        self.version = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, mark_id: object) -> bool:
        return mark_id in self._by_id

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._by_id.values())

    def replace(self, marks: Iterable[Mark]) -> None:
        """Hold these marks only."""
        self.version += 1
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
            KeyError: an id to remove is not held; nothing was changed.
        """
        gone, new = tuple(removed_ids), {mark.id: mark for mark in added}
        for mark_id in gone:
            if mark_id not in self._by_id:
                raise KeyError(f"the timeline holds no mark {mark_id!r} to remove")
        self.version += 1
        lost: dict[str, list[Mark]] = {}
        won: dict[str, list[Mark]] = {}
        for mark_id in dict.fromkeys((*gone, *new)):
            before = self._by_id.pop(mark_id, None)
            if before is not None:
                lost.setdefault(before.lane, []).append(before)
        for mark in new.values():
            self._by_id[mark.id] = mark
            won.setdefault(mark.lane, []).append(mark)
        touched = frozenset((*lost, *won))
        for lane in touched:
            self.lane(lane).change(lost.get(lane, ()), won.get(lane, ()))
        return touched

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


def _order(mark: Mark) -> tuple[int, str]:
    return (mark.start_us, mark.id)


def _start(mark: Mark) -> int:
    return mark.start_us


__all__ = ["FOREVER_US", "LaneMarks", "MarkStore", "Seen", "reach_of"]
