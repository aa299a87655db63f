"""What the pointer does on the timeline: seek, select, edit, drag an edge, zoom, scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from ssp_coder.ui.timeline.hits import EdgeHit
from ssp_coder.ui.timeline.scrubbing import Scrubbing

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from ssp_coder.ui.timeline.model import Mark
    from ssp_coder.ui.timeline.widget import Timeline

ZOOM_STEP = 1.25
_DRAG_FROM_PX = 3
_NOTCH = 120


class Gestures:
    """The pointer's state between press and release."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._pressed: QPoint | None = None
        self._edge: EdgeHit | None = None
        self.scrubbing = Scrubbing(timeline)
        self.hovered = ""
        self.dragged_us: int | None = None

    @property
    def busy(self) -> bool:
        """Whether a button is down; the view does not follow meanwhile."""
        return self._pressed is not None

    def press(self, event: QMouseEvent) -> None:
        """Select the mark under the pointer and take hold of its edge, or seek."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.position().toPoint()
        self._pressed = place
        mark = self._timeline.hits().mark_at(place, self._timeline.marks)
        edge = self._edge_near(place, mark)
        if edge is not None:
            self._edge = edge
            mark = edge.mark
        if mark is not None:
            self._timeline.set_selected((mark.id,))
            self._timeline.mark_selected.emit(mark.id)
            return
        if not self.scrubbing.begin(place):
            self._fold(place)
            return
        self.scrubbing.move(place)

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what could be taken hold of."""
        place = event.position().toPoint()
        if self.scrubbing.active:
            self.scrubbing.move(place)
        elif self._edge is not None and self._pressed is not None:
            far = abs(place.x() - self._pressed.x()) >= _DRAG_FROM_PX
            if far or self.dragged_us is not None:
                self.dragged_us = self._dragged(place)
                self._timeline.update()
        elif self._pressed is None:
            self._hover(place)

    def release(self, event: QMouseEvent) -> None:
        """End a drag; an edge that was moved is reported once."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        edge, time_us = self._edge, self.dragged_us
        self._pressed, self._edge, self.dragged_us = None, None, None
        self.scrubbing.end()
        if edge is not None and time_us is not None:
            self._timeline.edge_drag_finished.emit(edge.mark.id, edge.edge.value, time_us)
        self._timeline.update()

    def cancel(self) -> None:
        """Give up a drag; nothing is reported."""
        self._edge, self.dragged_us = None, None
        self._timeline.update()

    def let_go(self) -> None:
        """The timeline is not on the screen any more: no release of the button will be told."""
        self._pressed = None
        self.scrubbing.end()
        self.cancel()
        self.leave()

    def double_click(self, event: QMouseEvent) -> None:
        """Ask to edit the mark under the pointer."""
        place = event.position().toPoint()
        mark = self._timeline.hits().mark_at(place, self._timeline.marks)
        if mark is not None:
            self._timeline.mark_activated.emit(mark.id)

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; with Shift or sideways scroll in time."""
        timeline = self._timeline
        delta = event.angleDelta()
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        turned = delta.x() or (delta.y() if sideways else 0)
        scale = timeline.scale_now()
        if turned:
            moved = round(-turned / _NOTCH * scale.length_us / 10)
            timeline.set_scale(scale.at(scale.start_us + moved, timeline.scene.duration_us))
        elif delta.y():
            anchor = scale.time_at(event.position().x())
            timeline.zoom_by(ZOOM_STEP ** (delta.y() / _NOTCH), anchor)
        event.accept()

    def leave(self) -> None:
        """Forget what was under the pointer."""
        if not self.scrubbing.active:
            self.scrubbing.hide()
        if self.hovered:
            self.hovered = ""
            self._timeline.update()

    def _edge_near(self, place: QPoint, mark: Mark | None) -> EdgeHit | None:
        hits = self._timeline.hits()
        for held in self._timeline.selected():
            chosen = self._timeline.marks.get(held)
            if chosen is not None and (edge := hits.edge_at(place, chosen)):
                return edge
        return None if mark is None else hits.edge_at(place, mark)

    def _dragged(self, place: QPoint) -> int:
        return self._timeline.snapped(self._timeline.scale_now().time_at(place.x()))

    def _fold(self, place: QPoint) -> None:
        found = self._timeline.layout_now().lane_at(place.y())
        if found is not None:
            self._timeline.fold((found[0].id,), found[0].id not in self._timeline.scene.folded)

    def _hover(self, place: QPoint) -> None:
        timeline = self._timeline
        self.scrubbing.rest_at(place)
        mark = timeline.hits().mark_at(place, timeline.marks)
        holds = self._edge_near(place, mark)
        shape = Qt.CursorShape.SizeHorCursor if holds else Qt.CursorShape.ArrowCursor
        timeline.setCursor(shape)
        hovered = "" if mark is None else mark.id
        if hovered != self.hovered:
            self.hovered = hovered
            timeline.update(timeline.layout_now().body)
