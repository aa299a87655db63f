"""Painting the marks of a lane: bars, points, and the density strip where they are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ssp_coder.ui.kit.marks import ONSET_EDGE, paint_bar, paint_mark
from ssp_coder.ui.kit.painting import LEFT, Ink, hatch, paint_text
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.columns import FOREVER_US
from ssp_coder.ui.timeline.stamps import (
    MOST_TICKS,
    POINT_MARGIN,
    Boxes,
    PointLook,
    fill_rects,
    paint_bars,
    point_picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QPixmap

    from ssp_coder.ui.kit.marks import MarkShape
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.lane_marks import Seen
    from ssp_coder.ui.timeline.model import Lane, Mark
    from ssp_coder.ui.timeline.time_scale import TimeScale

NARROW_PX = 3
"""Bars narrower than this, or points closer than this, merge to a density strip.

Where one strip ends and the next begins is fixed in time, so that a mark that comes or goes
changes only the strip it stands in.
"""

_LABEL_FROM_PX = 18
_BESIDE_PX = 40


class LaneView:
    """One lane while it is painted; what every mark needs is worked out once."""

    def __init__(self, theme: Theme, lane: Lane, rect: QRect, scale: TimeScale) -> None:
        self.theme = theme
        self.lane = lane
        self.rect = rect
        self.scale = scale
        self.colours = theme.group(lane.slot)
        self.edge = QColor(self.colours.edge)
        self._lowest = theme.px(11)
        self._least = min(theme.px(4), rect.height() // 2)
        margin = min(theme.px(4), rect.height() // 5)
        self._bottom = rect.bottom() - margin + 1
        self._room = rect.height() - 2 * margin
        self.side = min(theme.px(14), rect.height() - 2)

    @property
    def point_top(self) -> int:
        """The upper edge of a point's square."""
        return self.rect.center().y() - self.side // 2

    def mark_rect(self, mark: Mark, until_us: int) -> QRect:
        """Where a mark is painted; an open one ends at `until_us`."""
        left = self.scale.x_of(mark.start_us)
        if mark.is_point:
            return QRect(left - self.side // 2, self.point_top, self.side, self.side)
        end_us = max(until_us, mark.start_us) if mark.end_us is None else mark.end_us
        return self.strip_rect(mark.start_us, end_us, mark.level)

    def strip_rect(self, start_us: int, end_us: int, level: float) -> QRect:
        """Where a bar of a level lies between two times."""
        left = self.scale.x_of(start_us)
        width = max(1, self.scale.x_of(end_us) - left)
        height = max(self._least, round(self._room * level))
        return QRect(left, self._bottom - height, width, height)

    def words_rect(self, bar: QRect) -> QRect | None:
        """Where the words of a bar stand, None where it is too low for any."""
        if bar.height() < self._lowest:
            return None
        left = max(bar.left(), self.rect.left()) + ONSET_EDGE + 3
        return QRect(left, bar.top(), bar.right() - left - 1, bar.height())

    def spread(self, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Left edges and widths in pixels, cut where they would lie far outside the lane."""
        low, high = self.rect.left() - 8, self.rect.right() + 9
        lefts = np.clip(self.scale.xs_of(starts), low, high)
        return lefts, np.maximum(np.clip(self.scale.xs_of(ends), low, high) - lefts, 1)

    def heights(self, levels: np.ndarray) -> np.ndarray:
        """Heights of bars of these levels."""
        heights: np.ndarray = np.rint(self._room * levels.astype("f8")).astype("i8")
        heights[heights < self._least] = self._least
        return heights

    def boxes(self, starts: np.ndarray, ends: np.ndarray, levels: np.ndarray) -> Boxes:
        """Bars that stand on the lane."""
        lefts, widths = self.spread(starts, ends)
        heights = self.heights(levels)
        return Boxes(lefts=lefts, tops=self._bottom - heights, widths=widths, heights=heights)


def crowd_us(scale: TimeScale) -> int:
    """How much time one density strip stands for, at least a microsecond."""
    return max(1, scale.time_of_pixels(NARROW_PX))


def paint_marks(painter: QPainter, view: LaneView, seen: Seen) -> None:
    """Paint closed states and points; open states belong to the moving layer.

    Wide bars come first, then narrow ones and points, so that nothing short is hidden.
    """
    rows = seen.rows
    length = rows["reach"] - rows["start"]
    narrow = length < crowd_us(view.scale)
    # What is far outside the view is not painted, and would not fit into the pixels Qt counts.
    near = rows["reach"] >= view.scale.start_us - view.scale.time_of_pixels(_BESIDE_PX)
    wide = np.flatnonzero(~narrow & near & (rows["reach"] != FOREVER_US))
    _paint_wide(painter, view, seen, wide)
    places = np.flatnonzero(narrow & near)
    if len(places):
        _paint_crowds(painter, view, seen, places)


def _paint_wide(painter: QPainter, view: LaneView, seen: Seen, places: np.ndarray) -> None:
    """Paint bars at once as far as they are plain; with words only where none lies over another."""
    if not len(places):
        return
    rows = seen.rows[places]
    boxes = view.boxes(rows["start"], rows["reach"], rows["level"])
    plain, worded = rows["plain"], boxes.widths >= _LABEL_FROM_PX
    if boxes.overlap():
        plain = plain & ~worded
    for place in places[~plain].tolist():
        mark = seen.marks[place]
        paint_one(painter, view, mark, view.mark_rect(mark, 0))
    if plain.any():
        paint_bars(painter, boxes.where(plain), view.colours)
        told = plain & worded
        labels = [seen.marks[place].label for place in places[told].tolist()]
        _paint_labels(painter, view, labels, boxes.where(told).rects())


def _paint_labels(
    painter: QPainter, view: LaneView, labels: Sequence[str], rects: Sequence[QRect]
) -> None:
    """Paint the labels of bars; each is shortened once for each width."""
    font = view.theme.font(FontUse.CAPTION)
    metrics, shown = QFontMetrics(font), dict[tuple[str, int], str]()
    painter.setFont(font)
    painter.setPen(view.theme.colour("text"))
    for label, rect in zip(labels, rects, strict=True):
        words = view.words_rect(rect)
        if not label or words is None:
            continue
        key = (label, words.width())
        if key not in shown:
            shown[key] = metrics.elidedText(label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, LEFT, shown[key])


def _paint_crowds(painter: QPainter, view: LaneView, seen: Seen, places: np.ndarray) -> None:
    """Paint marks that share fewer pixels than one of them needs as one strip or one point."""
    rows = seen.rows[places]
    cells = rows["start"] // crowd_us(view.scale)
    firsts = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1))
    ends = np.maximum.reduceat(rows["reach"], firsts)
    levels = np.maximum.reduceat(rows["level"], firsts)
    boxes = view.boxes(rows["start"][firsts], ends, levels)
    points = rows["point"][firsts]
    fill_rects(painter, boxes.where(~points).rects(), view.edge)
    more = np.minimum(np.diff(firsts, append=len(rows)) - 1, MOST_TICKS)
    shown = (places[firsts[points]], boxes.lefts[points], more[points])
    signs = zip(*(column.tolist() for column in shown), strict=True)
    _paint_points(painter, view, ((seen.marks[at].shape, left, n) for at, left, n in signs))


def _paint_points(
    painter: QPainter, view: LaneView, signs: Iterable[tuple[MarkShape, int, int]]
) -> None:
    """Paint points at their left edges, with a tick above each for every further one."""
    ratio = painter.device().devicePixelRatioF()
    top, rise = view.rect.top() + 1, view.point_top - view.rect.top() - 1
    pictures: dict[tuple[MarkShape, int], QPixmap] = {}
    for shape, left, ticks in signs:
        picture = pictures.get((shape, ticks))
        if picture is None:
            look = PointLook(shape=shape, side=view.side, rise=rise, ticks=ticks)
            picture = point_picture(look, view.colours, ratio)
            pictures[shape, ticks] = picture
        painter.drawPixmap(left - view.side // 2 - POINT_MARGIN, top, picture)


def paint_one(painter: QPainter, view: LaneView, mark: Mark, rect: QRect) -> None:
    """Paint one mark into its rectangle, with its label when it fits."""
    if mark.is_point:
        paint_mark(painter, rect, mark.shape, view.colours)
        return
    shown = _clipped(rect, view.rect)
    paint_bar(painter, shown, view.colours, hatched=mark.hatched)
    words = view.words_rect(shown)
    if mark.label and words is not None and shown.width() >= _LABEL_FROM_PX:
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
