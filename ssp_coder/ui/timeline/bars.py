"""Painting the marks of a lane: bars, points, and the density strip where they are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from ssp_coder.ui.kit.marks import ONSET_EDGE, paint_bar, paint_mark
from ssp_coder.ui.kit.painting import Ink, hatch, paint_text
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.model import Lane, Mark
    from ssp_coder.ui.timeline.time_scale import TimeScale

NARROW_PX = 3
"""Bars narrower than this, or points closer than this, merge to a density strip.

Where one strip ends and the next begins is fixed in time, so that a mark that comes or goes
changes only the strip it stands in.
"""

_LABEL_FROM_PX = 18
_MOST_TICKS = 4


class LaneView:
    """One lane while it is painted; what every mark needs is worked out once."""

    def __init__(self, theme: Theme, lane: Lane, rect: QRect, scale: TimeScale) -> None:
        self.theme = theme
        self.lane = lane
        self.rect = rect
        self.scale = scale
        self.colours = theme.group(lane.slot)
        self.edge = QColor(self.colours.edge)
        self._side = theme.px(14)
        self._least = min(theme.px(4), rect.height() // 2)
        margin = min(theme.px(4), rect.height() // 5)
        self._bottom = rect.bottom() - margin + 1
        self._room = rect.height() - 2 * margin
        self._side = min(self._side, rect.height() - 2)

    def mark_rect(self, mark: Mark, until_us: int) -> QRect:
        """Where a mark is painted; an open one ends at `until_us`."""
        left = self.scale.x_of(mark.start_us)
        if mark.is_point:
            side = self._side
            return QRect(left - side // 2, self.rect.center().y() - side // 2, side, side)
        end_us = max(until_us, mark.start_us) if mark.end_us is None else mark.end_us
        return self.strip_rect(mark.start_us, end_us, mark.level)

    def strip_rect(self, start_us: int, end_us: int, level: float) -> QRect:
        """Where a bar of a level lies between two times."""
        left = self.scale.x_of(start_us)
        width = max(1, self.scale.x_of(end_us) - left)
        height = max(self._least, round(self._room * level))
        return QRect(left, self._bottom - height, width, height)


def crowd_us(scale: TimeScale) -> int:
    """How much time one density strip stands for, at least a microsecond."""
    return max(1, scale.time_of_pixels(NARROW_PX))


def paint_marks(painter: QPainter, view: LaneView, marks: Iterable[Mark]) -> None:
    """Paint closed states and points in time order; open states belong to the moving layer."""
    narrow_us = crowd_us(view.scale)
    crowd: _Crowd | None = None
    for mark in marks:
        if mark.open:
            continue
        end_us = mark.start_us if mark.end_us is None else mark.end_us
        narrow = end_us - mark.start_us < narrow_us
        if crowd is not None and narrow and mark.start_us // narrow_us == crowd.cell:
            crowd.add(mark, end_us)
            continue
        if crowd is not None:
            crowd.paint(painter, view)
        crowd = _Crowd(mark, end_us, mark.start_us // narrow_us) if narrow else None
        if not narrow:
            paint_one(painter, view, mark, view.mark_rect(mark, 0))
    if crowd is not None:
        crowd.paint(painter, view)


class _Crowd:
    """Marks that share fewer pixels than one of them needs; plain sums, as there are many."""

    __slots__ = ("_count", "_end_us", "_first", "_level", "cell", "start_us")

    def __init__(self, mark: Mark, end_us: int, cell: int) -> None:
        self._first = mark
        self.cell = cell
        self.start_us = mark.start_us
        self._end_us = end_us
        self._level = mark.level
        self._count = 1

    def add(self, mark: Mark, end_us: int) -> None:
        self._count += 1
        self._end_us = max(self._end_us, end_us)
        self._level = max(self._level, mark.level)

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """One point, with a tick above it for each further one; or one strip of bars."""
        if not self._first.is_point:
            strip = view.strip_rect(self.start_us, self._end_us, self._level)
            painter.fillRect(strip, view.edge)
            return
        rect = view.mark_rect(self._first, 0)
        paint_one(painter, view, self._first, rect)
        top, left = view.rect.top() + 1, rect.center().x() - 1
        for index in range(min(self._count - 1, _MOST_TICKS)):
            painter.fillRect(left, top + index * 2, 3, 1, view.edge)


def paint_one(painter: QPainter, view: LaneView, mark: Mark, rect: QRect) -> None:
    """Paint one mark into its rectangle, with its label when it fits."""
    if mark.is_point:
        paint_mark(painter, rect, mark.shape, view.colours)
        return
    shown = _clipped(rect, view.rect)
    paint_bar(painter, shown, view.colours, hatched=mark.hatched)
    if mark.label and shown.width() >= _LABEL_FROM_PX and rect.height() >= view.theme.px(11):
        left = max(shown.left(), view.rect.left()) + ONSET_EDGE + 3
        words = QRect(left, shown.top(), shown.right() - left - 1, shown.height())
        font = view.theme.font(FontUse.CAPTION)
        paint_text(painter, words, mark.label, Ink(colour=view.theme.colour("text"), font=font))


def paint_not_coded(painter: QPainter, view: LaneView, from_us: int, until_us: int) -> None:
    """Paint the pale hatch of what is not coded yet between two times."""
    left = max(view.scale.x_of(from_us), view.rect.left())
    right = min(view.scale.x_of(until_us), view.rect.right() + 1)
    if right <= left:
        return
    place = QRect(left, view.rect.top(), right - left, view.rect.height() - 1)
    painter.fillRect(place, view.theme.colour("alt"))
    painter.fillRect(place, hatch(view.theme.colour("line"), 8))


def _clipped(rect: QRect, to: QRect) -> QRect:
    # Far outside the view Qt's 16-bit rasteriser would wrap; a margin hides the cut edges.
    return rect.intersected(QRect(to.left() - 8, rect.top(), to.width() + 16, rect.height()))
