"""A curve over time as the timeline paints it: how loud, or how lively, every moment is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QColor

    from ssp_coder.ui.timeline.time_scale import TimeScale

    Columns = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]

_MARGIN_PX = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outline:
    """A curve in pieces, as far as it is known.

    Attributes:
        starts_us: when each piece begins, ascending; each lasts until the next begins.
        end_us: when the last piece ends.
        low: how far the curve reaches down in each piece, -1 to 0; all 0 for one that stands on
            the floor of its lane.
        high: how far it reaches up, 0 to 1.
    """

    starts_us: NDArray[np.int64]
    end_us: int
    low: NDArray[np.float32]
    high: NDArray[np.float32]

    def __post_init__(self) -> None:
        if not len(self.starts_us) == len(self.low) == len(self.high):
            raise ValueError(
                f"an outline of {len(self.starts_us)} pieces has {len(self.low)} lows "
                f"and {len(self.high)} highs"
            )

    def columns(self, edges_us: NDArray[np.int64]) -> Columns:
        """Lowest and highest reach between each two neighbours of `edges_us`, and where known."""
        count = len(self.starts_us)
        begins, ends = edges_us[:-1], edges_us[1:]
        if not count:
            nothing = np.zeros(len(begins), np.float32)
            return nothing, nothing, np.zeros(len(begins), np.bool_)
        first = np.searchsorted(self.starts_us, begins, "right") - 1
        last = np.searchsorted(self.starts_us, ends, "left")
        first = np.clip(first, 0, count - 1)
        last = np.clip(last, first + 1, count)
        shown = slice(int(first[0]), int(last[-1]))
        pieces = np.stack([first, np.minimum(last, shown.stop - 1)], axis=1).ravel() - shown.start
        low = np.minimum.reduceat(self.low[shown], pieces)[::2]
        high = np.maximum.reduceat(self.high[shown], pieces)[::2]
        # A column that takes in the last piece shown was cut short by it.
        cut = last == shown.stop
        low[cut] = np.minimum(low[cut], self.low[shown.stop - 1])
        high[cut] = np.maximum(high[cut], self.high[shown.stop - 1])
        known = (ends > self.starts_us[0]) & (begins < self.end_us)
        return low, high, known


def paint_outline(
    painter: QPainter, rect: QRect, outline: Outline, scale: TimeScale, colour: QColor
) -> None:
    """Paint a curve into its lane, one column for each pixel of the screen."""
    ratio = painter.device().devicePixelRatioF()
    wide, high = round(rect.width() * ratio), round(rect.height() * ratio)
    margin = round(min(_MARGIN_PX, rect.height() // 4) * ratio)
    if wide < 1 or high <= 2 * margin:
        return
    low, top, known = outline.columns(_edges(rect, wide, scale))
    stands = not outline.low.any()
    room = high - 2 * margin if stands else high / 2 - margin
    base = high - margin - 1 if stands else (high - 1) / 2
    upper = np.where(known, np.rint(base - top * room), high).astype(np.int16)
    lower = np.rint(base - low * room).astype(np.int16)
    rows = np.arange(high, dtype=np.int16)[:, None]
    inked = (rows >= upper) & (rows <= lower)
    pixels = np.where(inked, np.uint32(colour.rgba()), np.uint32(0))
    image = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32)
    painter.drawImage(rect, image)


def _edges(rect: QRect, columns: int, scale: TimeScale) -> NDArray[np.int64]:
    """The times at the left edges of the columns, and at the right edge of the last."""
    places = rect.left() - scale.left + np.arange(columns + 1) * (rect.width() / columns)
    times: NDArray[np.int64] = np.rint(places * (scale.length_us / scale.width)).astype(np.int64)
    return scale.start_us + times
