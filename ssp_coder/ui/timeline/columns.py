"""The times of a lane's marks as columns of numbers, so that a long lane is searched at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.timeline.model import Mark

FOREVER_US = 1 << 62
"""Where an open state reaches, for the search only."""

_ROW = np.dtype(
    [("start", "i8"), ("reach", "i8"), ("level", "f4"), ("point", "?"), ("plain", "?")],
    align=True,
)


def reach_of(mark: Mark) -> int:
    """The last moment that a mark touches; an open one reaches on."""
    if mark.open:
        return FOREVER_US
    return mark.start_us if mark.end_us is None else mark.end_us


class Columns:
    """One row a mark, in the order of the lane; each change moves rows and works out no others."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self._rows = np.fromiter(map(_row, marks), _ROW, count=len(marks))
        self._furthest: np.ndarray | None = None

    def insert(self, index: int, mark: Mark) -> None:
        """Put the row of a mark in its place."""
        self._rows = np.insert(self._rows, index, np.array(_row(mark), _ROW))
        self._furthest = None

    def delete(self, index: int) -> None:
        """Take a row out."""
        self._rows = np.delete(self._rows, index)
        self._furthest = None

    def span(self, start_us: int, end_us: int) -> tuple[int, int]:
        """From which row to which others may touch ``start_us <= t < end_us``."""
        # The furthest reach never falls along the rows, so bisection finds the first one.
        first = int(np.searchsorted(self.furthest, start_us))
        return first, max(first, int(np.searchsorted(self._rows["start"], end_us)))

    @property
    def furthest(self) -> np.ndarray:
        """How far each mark and those before it reach."""
        if self._furthest is None:
            self._furthest = np.maximum.accumulate(self._rows["reach"])
        return self._furthest

    def last_open(self) -> int:
        """The last row of an open state; there must be one."""
        return int(np.flatnonzero(self._rows["reach"] == FOREVER_US)[-1])

    def part(self, first: int, last: int) -> np.ndarray:
        """The rows from one place to another: start, reach, level, point, plain."""
        return self._rows[first:last]


def _row(mark: Mark) -> tuple[int, int, float, bool, bool]:
    return (mark.start_us, reach_of(mark), mark.level, mark.is_point, not mark.hatched)
