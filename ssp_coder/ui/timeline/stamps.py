"""Many bars at once, a stroke for all of them, and points as small pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ssp_coder.ui.kit.marks import ONSET_EDGE, MarkShape, paint_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.tokens import GroupColours

POINT_MARGIN = 2
"""Room around the square of a point for the corners that stand out of it."""

MOST_TICKS = 4
"""So many ticks above a point at most."""


def fill_rects(painter: QPainter, rects: Sequence[QRect], colour: QColor) -> None:
    """Fill rectangles with one colour, with integer edges."""
    if not rects:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRects(rects)
    painter.restore()


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Many rectangles as columns of whole pixels."""

    lefts: np.ndarray
    tops: np.ndarray
    widths: np.ndarray
    heights: np.ndarray

    def __len__(self) -> int:
        return len(self.lefts)

    def where(self, chosen: np.ndarray) -> Boxes:
        """The boxes that a column of truth values chooses."""
        return Boxes(
            lefts=self.lefts[chosen],
            tops=self.tops[chosen],
            widths=self.widths[chosen],
            heights=self.heights[chosen],
        )

    def rects(self, shrink: int = 0, widest: int | None = None) -> list[QRect]:
        """The rectangles, lower and narrower by some pixels, or at most so wide."""
        widths = self.widths if widest is None else np.minimum(self.widths, widest)
        columns = (self.lefts, self.tops, widths - shrink, self.heights - shrink)
        return list(map(QRect, *(column.tolist() for column in columns)))

    def overlap(self) -> bool:
        """Whether two of them, given from left to right, lie over each other."""
        reached = np.maximum.accumulate(self.lefts + self.widths)
        return bool((self.lefts[1:] < reached[:-1]).any())


def paint_bars(painter: QPainter, boxes: Boxes, colours: GroupColours) -> None:
    """Paint plain bars as `paint_bar` does one: body, outline, onset edge."""
    edge = QColor(colours.edge)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(QColor(colours.tint))
    painter.drawRects(boxes.rects(shrink=1))
    painter.restore()
    fill_rects(painter, boxes.rects(widest=ONSET_EDGE), edge)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLook:
    """How a point and those it stands for look.

    Args:
        side: of its square, in pixels.
        rise: from the highest tick down to its square.
        ticks: how many further points it stands for, MOST_TICKS at most.
    """

    shape: MarkShape
    side: int
    rise: int
    ticks: int = 0


@lru_cache(maxsize=256)
def point_picture(look: PointLook, colours: GroupColours, ratio: float) -> QPixmap:
    """A point as a picture with a margin beside and below its square."""
    wide, high = look.side + 2 * POINT_MARGIN, look.rise + look.side + POINT_MARGIN
    picture = QPixmap(round(wide * ratio), round(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    square = QRect(POINT_MARGIN, look.rise, look.side, look.side)
    paint_mark(painter, square, look.shape, colours)
    left = square.center().x() - 1
    ticks = [QRect(left, index * 2, 3, 1) for index in range(look.ticks)]
    fill_rects(painter, ticks, QColor(colours.edge))
    painter.end()
    return picture
