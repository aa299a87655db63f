"""Timelines cut into units of time: a unit has the code that covers its midpoint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Bouts, Places, Stretch, Times
from ssp_coder.domain.time import Micros, Span

UnitCodes = NDArray[np.int16]
"""Of each unit the place of its code; ``k`` for the state `none`."""
UNSEEN = -1
"""The code of a unit that was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Two coders' codes of each unit of a track.

    Attributes:
        stretch: what was cut into units.
        unit_us: length of a unit.
        k: number of codes with the state `none`, which is the last.
        a: codes of the first coder or reference, shape (units,).
        b: codes of the second.
    """

    stretch: Stretch
    unit_us: int
    k: int
    a: UnitCodes
    b: UnitCodes

    def spans(self, i: int, j: int) -> tuple[Span, ...]:
        """Where the first coder has code i while the second has code j, in order.

        The spans hold as many units as the table does in cell (i, j).
        """
        found = (self.a == i) & (self.b == j)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], found, [False])))).reshape(-1, 2)
        begun = self.stretch.start_us
        return tuple(
            Span(
                start_us=Micros(begun + first * self.unit_us),
                end_us=Micros(begun + last * self.unit_us),
            )
            for first, last in edges.tolist()
        )

    def middles(self) -> Times:
        """Of each unit the time of its midpoint."""
        begun = self.stretch.start_us + self.unit_us // 2
        return begun + np.arange(len(self.a), dtype=np.int64) * self.unit_us

    def blocks(self, length_us: int) -> Places:
        """Of each unit the block of that length in which its midpoint lies."""
        return (self.middles() - self.stretch.start_us) // length_us


def units_of(a: Bouts, b: Bouts, stretch: Stretch, unit_us: int, codes: int) -> Units:
    """Two coders' bouts of a track, cut into units.

    Args:
        a: bouts of the first coder or reference.
        b: bouts of the second.
        stretch: what is compared.
        unit_us: length of a unit.
        codes: number of codes of the track.
    """
    return Units(
        stretch=stretch,
        unit_us=unit_us,
        k=codes + 1,
        a=raster(a, stretch, unit_us, codes),
        b=raster(b, stretch, unit_us, codes),
    )


def raster(bouts: Bouts, stretch: Stretch, unit_us: int, none: int) -> UnitCodes:
    """The code of each unit; of states that overlap, the one that began last.

    Args:
        bouts: states.
        stretch: what is cut into units; what was removed of it is `UNSEEN`.
        unit_us: length of a unit.
        none: code of a unit without a state.
    """
    grid = _Grid(stretch, unit_us)
    codes = np.full(grid.count, none, np.int16)
    reach = grid.units(np.column_stack((bouts.starts, bouts.ends)))
    for (first, last), code in zip(reach.tolist(), bouts.codes.tolist(), strict=True):
        codes[first:last] = code
    for first, last in grid.units(stretch.blind).tolist():
        codes[first:last] = UNSEEN
    return codes


def tally(a: UnitCodes, b: UnitCodes, k: int) -> Floats:
    """How many units have each pair of codes, shape (k, k); units that were removed do not."""
    counts: Floats = tallies(a, b, np.zeros(len(a), np.int64), (1, k))[0]
    return counts


def tallies(a: UnitCodes, b: UnitCodes, group: Places, shape: tuple[int, int]) -> Floats:
    """The same for each group of units, such as a block or an episode.

    Args:
        a: codes of the first coder.
        b: codes of the second.
        group: of each unit the place of its group, below 0 when it belongs to none.
        shape: number of groups, number of codes.

    Returns:
        Counts, shape (groups, k, k).
    """
    groups, k = shape
    kept = (a >= 0) & (b >= 0) & (group >= 0)
    cells = (group[kept] * k + a[kept]) * k + b[kept]
    counts = np.bincount(cells, minlength=groups * k * k).reshape(groups, k, k)
    return counts.astype(np.float64)


class _Grid:
    """Where the midpoints of units lie."""

    def __init__(self, stretch: Stretch, unit_us: int) -> None:
        self._unit_us = unit_us
        self._first_us = stretch.start_us + unit_us // 2
        self.count = max(0, int(self._before(np.array([stretch.end_us]))[0]))

    def units(self, spans: Times) -> Times:
        """Of each span the first unit whose midpoint it covers, and the first after these."""
        return np.clip(self._before(spans), 0, self.count)

    def _before(self, times: Times) -> Times:
        """How many midpoints lie before each time."""
        before: Times = -((self._first_us - times) // self._unit_us)
        return before
