"""The drags on the timeline: an edge, whole marks, copies of them, a rubber band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QRect, Qt

from ssp_coder.ui.timeline.magnets import Hold, Magnets

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ssp_coder.ui.timeline.hits import EdgeHit
    from ssp_coder.ui.timeline.model import Mark
    from ssp_coder.ui.timeline.overlay import OverlayPainter
    from ssp_coder.ui.timeline.widget import Timeline

DRAG_FROM_PX = 3
"""An edge follows the pointer after so many pixels."""

MOVE_FROM_PX = 6
"""A whole mark does so later, so that a click that trembles moves nothing."""


class Drag(Protocol):
    """What happens between press and release, once the pointer went far enough."""

    threshold: int
    shape: Qt.CursorShape
    moving: frozenset[str]
    """Ids of the marks that are dragged; the drag ends when one of them becomes another."""

    def begin(self) -> None:
        """The pointer went far enough."""

    def move(self, place: QPoint) -> None:
        """Follow the pointer."""

    def finish(self) -> None:
        """Report what the person did."""

    def cancel(self) -> None:
        """Leave everything as it was."""

    def paint(self, painter: QPainter, over: OverlayPainter) -> None:
        """Show what would come of it."""


class EdgeDrag:
    """One edge of one mark."""

    threshold = DRAG_FROM_PX
    shape = Qt.CursorShape.SizeHorCursor

    def __init__(self, timeline: Timeline, edge: EdgeHit) -> None:
        self._timeline = timeline
        self._edge = edge
        self.moving = frozenset((edge.mark.id,))
        self._magnets = Magnets(timeline, (edge.mark,))
        self._hold = Hold(time_us=edge.mark.start_us)

    def begin(self) -> None:
        """Nothing to get ready."""

    def move(self, place: QPoint) -> None:
        """Let the edge fall where the pointer is, or on what draws it."""
        self._hold = self._magnets.hold(self._timeline.scale_now().time_at(place.x()))

    def finish(self) -> None:
        """Report the new time of the edge once."""
        edge = self._edge
        self._timeline.edge_drag_finished.emit(edge.mark.id, edge.edge.value, self._hold.time_us)

    def cancel(self) -> None:
        """Nothing was changed."""

    def paint(self, painter: QPainter, over: OverlayPainter) -> None:
        """The line of the edge with its time."""
        over.paint_dragged(painter, self._hold)


class MoveDrag:
    """All selected marks by the same time; with Ctrl copies of them, also to another lane."""

    threshold = MOVE_FROM_PX

    def __init__(self, timeline: Timeline, grabbed: Mark, place: QPoint, *, copying: bool) -> None:
        self._timeline = timeline
        self._grabbed = grabbed
        self._copying = copying
        self.moving = frozenset((grabbed.id,))
        self._marks: tuple[Mark, ...] = (grabbed,)
        self._magnets = Magnets(timeline)
        self._from_us = timeline.scale_now().time_at(place.x())
        self._delta_us = 0
        self._hold = Hold(time_us=grabbed.start_us)
        self._lane = grabbed.lane
        self._first_us, self._room_us = grabbed.start_us, 0
        self.shape = Qt.CursorShape.DragCopyCursor if copying else Qt.CursorShape.ClosedHandCursor

    def begin(self) -> None:
        """Take the whole selection along, or the mark alone where it is not part of it."""
        timeline = self._timeline
        if self._grabbed.id not in timeline.selection:
            timeline.selection.choose(self._grabbed)
            timeline.tell_selected()
        self._marks = timeline.selection.marks()
        self.moving = timeline.selected()
        self._magnets = Magnets(timeline, () if self._copying else self._marks)
        self._first_us = min(mark.start_us for mark in self._marks)
        # An open mark has no end that could leave the recording, wherever the playhead stands.
        last_us = max(mark.end_us or mark.start_us for mark in self._marks)
        self._room_us = max(0, timeline.scene.duration_us - last_us)

    def move(self, place: QPoint) -> None:
        """Let start or end of the mark that is held fall on what draws it."""
        timeline, mark = self._timeline, self._grabbed
        asked = self._inside(timeline.scale_now().time_at(place.x()) - self._from_us)
        start = self._magnets.hold(mark.start_us + asked)
        self._hold, self._delta_us = start, start.time_us - mark.start_us
        if mark.end_us is not None and not start.drawn:
            end = self._magnets.hold(mark.end_us + asked)
            if end.drawn:
                self._hold, self._delta_us = end, end.time_us - mark.end_us
        if self._delta_us != self._inside(self._delta_us):
            # What draws the mark that is held would push another one out of the recording.
            self._hold, self._delta_us = Hold(time_us=mark.start_us + asked), asked
        if self._copying:
            self._lane = self._lane_at(place)

    def finish(self) -> None:
        """Report once by how much the marks moved, or whereto copies were taken."""
        ids = tuple(mark.id for mark in self._marks)
        elsewhere = self._lane != self._grabbed.lane
        if self._copying and (self._delta_us or elsewhere):
            self._timeline.marks_copied.emit(ids, self._delta_us, self._lane)
        elif self._delta_us:
            self._timeline.marks_moved.emit(ids, self._delta_us)

    def cancel(self) -> None:
        """Nothing was changed."""

    def paint(self, painter: QPainter, over: OverlayPainter) -> None:
        """Outlines where the marks would come to lie, and the time of the edge that leads."""
        timeline = self._timeline
        layout = timeline.layout_now()
        here, there = layout.lane_rect(self._grabbed.lane), layout.lane_rect(self._lane)
        down = 0 if here is None or there is None else there.top() - here.top()
        right = timeline.scale_now().pixels_of(self._delta_us)
        painter.save()
        painter.setClipRect(layout.body)
        painter.translate(right, down)
        timeline.layers.paint_ghosts(painter)
        painter.restore()
        over.paint_dragged(painter, self._hold)

    def _inside(self, delta_us: int) -> int:
        """The time by which all marks can move without leaving the recording."""
        return max(-self._first_us, min(delta_us, self._room_us))

    def _lane_at(self, place: QPoint) -> str:
        found = self._timeline.layout_now().lane_at(place.y())
        if found is None or found[0].kind.is_overview or found[0].locked:
            return self._grabbed.lane
        return found[0].id


class BandDrag:
    """A rubber band over lanes; what it touches is selected, beside what was when asked."""

    threshold = DRAG_FROM_PX
    shape = Qt.CursorShape.CrossCursor
    moving: frozenset[str] = frozenset()

    def __init__(self, timeline: Timeline, place: QPoint, *, adding: bool) -> None:
        self._timeline = timeline
        self._before = timeline.selected()
        self._kept = self._before if adding else frozenset[str]()
        self._from_us, self._from_y = timeline.scale_now().time_at(place.x()), place.y()
        self._to = QPoint(place)

    def begin(self) -> None:
        """Nothing to get ready."""

    def move(self, place: QPoint) -> None:
        """Select what the band touches by now."""
        body = self._timeline.layout_now().body
        self._to = QPoint(
            max(body.left(), min(place.x(), body.right())),
            max(body.top(), min(place.y(), body.bottom())),
        )
        self._timeline.set_selected(self._still_there(self._kept) | self._touched())

    def finish(self) -> None:
        """Report the selection."""
        self._timeline.tell_selected()

    def cancel(self) -> None:
        """Select again what was selected before."""
        self._timeline.set_selected(self._still_there(self._before))

    def paint(self, painter: QPainter, over: OverlayPainter) -> None:
        """The band itself."""
        over.paint_band(painter, self._rect())

    def _rect(self) -> QRect:
        # The end that was pressed stands in time: the view may turn while the band is drawn.
        start = QPoint(self._timeline.scale_now().x_of(self._from_us), self._from_y)
        return QRect(start, self._to).normalized()

    def _still_there(self, ids: frozenset[str]) -> frozenset[str]:
        """Without the marks that were deleted while the band was drawn."""
        marks = self._timeline.marks
        return frozenset(mark_id for mark_id in ids if mark_id in marks)

    def _touched(self) -> frozenset[str]:
        rect, timeline = self._rect(), self._timeline
        scale = timeline.scale_now()
        start_us, end_us = scale.time_at(rect.left()), scale.time_at(rect.right() + 1)
        return frozenset(
            mark.id
            for lane, row in timeline.layout_now().lanes
            if row.top() <= rect.bottom() and row.bottom() >= rect.top()
            for mark in timeline.marks.lane(lane.id).between(start_us, end_us)
        )
