"""The rings of selected marks, worked out once for a view, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ssp_coder.ui.timeline.bars import LaneView
from ssp_coder.ui.timeline.columns import FOREVER_US

if TYPE_CHECKING:
    from ssp_coder.ui.timeline.lane_marks import Seen
    from ssp_coder.ui.timeline.model import Lane, Mark
    from ssp_coder.ui.timeline.widget import Timeline

SINGLE = 150
"""So many rings are painted each about its mark; more of a lane share one where they are near."""

_NEAR_PX = 6
_LOOK_AT_ALL = 400


class Rings:
    """Where the rings of the selection lie in the view that is shown."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._key: object = None
        self._rects: list[QRect] = []

    def paint(self, painter: QPainter, area: QRect, style: Qt.PenStyle) -> None:
        """Paint the rings that an area touches, those of open states up to the playhead."""
        rects = [rect for rect in (*self._closed(), *self._open()) if rect.intersects(area)]
        if not rects:
            return
        theme, inner = self._timeline.theme, [rect.adjusted(1, 1, -1, -1) for rect in rects]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if style is not Qt.PenStyle.SolidLine:
            # A broken line is lost on what it lies over without something plain below it.
            _stroke(painter, inner, QPen(theme.colour("panel"), 3))
        _stroke(painter, inner, QPen(theme.colour("accent"), 2, style))

    def _closed(self) -> list[QRect]:
        timeline = self._timeline
        layout = timeline.layout_now()
        key = (timeline.selected(), timeline.marks.version, timeline.scale_now(), layout)
        if key != self._key:
            self._key = key
            self._rects = self._worked_out()
        return self._rects

    def _worked_out(self) -> list[QRect]:
        timeline = self._timeline
        if len(timeline.selection) <= _LOOK_AT_ALL:
            marks = (mark for mark in timeline.selection.marks() if not mark.open)
            rects = (self._ring(mark) for mark in marks)
            found = [rect for rect in rects if rect is not None]
            if len(found) <= SINGLE:
                return found
        rows = timeline.layout_now().lanes
        return [rect for lane, place in rows for rect in self._merged(lane, place)]

    def _open(self) -> list[QRect]:
        """Rings that end at the playhead, so that they cannot be kept."""
        timeline = self._timeline
        rects = []
        for lane, _ in timeline.layout_now().lanes:
            mark = timeline.marks.lane(lane.id).open_mark()
            if mark is not None and mark.id in timeline.selection:
                ring = self._ring(mark)
                if ring is not None:
                    rects.append(ring)
        return rects

    def _ring(self, mark: Mark) -> QRect | None:
        """The outer rectangle of a ring, None where its lane is not there or it is not in view."""
        timeline = self._timeline
        layout = timeline.layout_now()
        for lane, rect in layout.lanes:
            if lane.id == mark.lane:
                view = LaneView(timeline.theme, lane, rect, timeline.scale_now())
                box = view.mark_rect(mark, timeline.playhead()).adjusted(-3, -3, 3, 3)
                edges = QRect(rect.left() - 20, rect.top(), rect.width() + 40, rect.height())
                ring = box.intersected(edges)
                return ring if ring.intersects(layout.body) else None
        return None

    def _merged(self, lane: Lane, place: QRect) -> list[QRect]:
        """One ring about all selected marks of a lane that are near to each other."""
        timeline = self._timeline
        if lane.kind.is_overview or not place.intersects(timeline.layout_now().body):
            return []
        span = timeline.view()
        view = LaneView(timeline.theme, lane, place, timeline.scale_now())
        room = timeline.scale_now().time_of_pixels(view.side)
        seen = timeline.marks.lane(lane.id).seen(span.start_us - room, span.end_us + room)
        lefts, rights = self._edges(view, seen)
        if not len(lefts):
            return []
        reached = np.maximum.accumulate(rights)
        starts = np.flatnonzero(np.append(True, lefts[1:] > reached[:-1] + _NEAR_PX))
        ends = reached[np.append(starts[1:], len(lefts)) - 1]
        pairs = zip(lefts[starts].tolist(), ends.tolist(), strict=True)
        return [QRect(left, place.top(), right - left, place.height()) for left, right in pairs]

    def _edges(self, view: LaneView, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
        ids = self._timeline.selected()
        chosen = np.fromiter((mark.id in ids for mark in seen.marks), "?", len(seen.marks))
        rows = seen.rows[chosen & (seen.rows["reach"] != FOREVER_US)]
        lefts, widths = view.spread(rows["start"], rows["reach"])
        half = np.where(rows["point"], view.side // 2, 0)
        return lefts - half - 3, lefts + widths + half + 3


def _stroke(painter: QPainter, rects: list[QRect], pen: QPen) -> None:
    painter.setPen(pen)
    if len(rects) > SINGLE:
        painter.drawRects(rects)
        return
    for rect in rects:
        painter.drawRoundedRect(rect, 3, 3)
