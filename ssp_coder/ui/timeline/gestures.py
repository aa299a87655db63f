"""What the pointer does on the timeline: seek, select, edit, drag, zoom, scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent

from ssp_coder.ui.timeline.drags import BandDrag, Drag, EdgeDrag, MoveDrag
from ssp_coder.ui.timeline.edge_scroll import EdgeScroll
from ssp_coder.ui.timeline.scrubbing import Scrubbing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from ssp_coder.ui.timeline.hits import EdgeHit
    from ssp_coder.ui.timeline.model import Mark
    from ssp_coder.ui.timeline.widget import Timeline

ZOOM_STEP = 1.25
_NOTCH = 120
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class Gestures:
    """The pointer's state between press and release."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._pressed: QPoint | None = None
        self._drag: Drag | None = None
        self._clicked: Mark | None = None
        self._dragging = False
        self._place = QPoint()
        self.scrubbing = Scrubbing(timeline)
        self.turning = EdgeScroll(timeline)
        self.turning.turned.connect(self._drag_on)
        self.hovered = ""
        self.free = False

    @property
    def busy(self) -> bool:
        """Whether a button is down; the view does not follow meanwhile."""
        return self._pressed is not None

    @property
    def dragging(self) -> Drag | None:
        """The drag that goes on, None before the pointer went far enough for one."""
        return self._drag if self._dragging else None

    def press(self, event: QMouseEvent) -> None:
        """Select the mark under the pointer and take hold of it or of its edge, or seek."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.position().toPoint()
        self._pressed, self._clicked = place, None
        mark = self._timeline.hits().mark_at(place, self._timeline.marks)
        edge = self._edge_near(place, mark)
        if edge is not None:
            mark = edge.mark
        if mark is not None:
            self._press_mark(mark, edge, event.modifiers())
        elif event.modifiers() & _SHIFT and self._timeline.layout_now().body.contains(place):
            adding = bool(event.modifiers() & _CTRL)
            self._drag = BandDrag(self._timeline, place, adding=adding)
        elif not self.scrubbing.begin(place):
            self._fold(place)

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what could be taken hold of."""
        place = event.position().toPoint()
        if self.scrubbing.active:
            self.scrubbing.move(place)
        elif self._drag is not None and self._pressed is not None:
            self._go_on(self._drag, place, event.modifiers())
        elif self._pressed is None:
            self._hover(place)

    def release(self, event: QMouseEvent) -> None:
        """End a drag, which is reported once; or a click on one of several selected marks."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        drag, clicked = self.dragging, self._clicked
        self._pressed, self._drag, self._clicked, self._dragging = None, None, None, False
        self.scrubbing.end()
        self.turning.stop()
        if drag is not None:
            drag.finish()
        elif clicked is not None:
            self._click(clicked, event.modifiers())
        self.free = False
        self._timeline.unsetCursor()
        self._timeline.update()

    def cancel(self) -> None:
        """Give up a drag; nothing is reported."""
        self.turning.stop()
        if self._drag is not None:
            self._drag.cancel()
        self._drag, self._clicked, self._dragging, self.free = None, None, False, False
        self._timeline.unsetCursor()
        self._timeline.update()

    def marks_changed(self, mark_ids: Iterable[str]) -> None:
        """Give up a drag of marks of which some are gone, or are not what they were any more."""
        if self._pressed is None:
            return
        changed = frozenset(mark_ids)
        clicked = self._clicked is not None and self._clicked.id in changed
        if clicked or (self._drag is not None and self._drag.moving & changed):
            self.cancel()

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

    def ask_for_menu(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about the selection: the mark under the pointer, unless it is in it."""
        timeline, place = self._timeline, event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = timeline.menu_place()
        else:
            mark = timeline.hits().mark_at(place, timeline.marks)
            if mark is not None and mark.id not in timeline.selection:
                timeline.selection.choose(mark)
                timeline.tell_selected()
        timeline.menu_requested.emit(timeline.mapToGlobal(place))

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; with Shift or sideways scroll in time."""
        timeline = self._timeline
        delta = event.angleDelta()
        sideways = event.modifiers() & _SHIFT
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

    def _press_mark(self, mark: Mark, edge: EdgeHit | None, held: Qt.KeyboardModifier) -> None:
        """Select a mark, and get ready for the drag that may follow."""
        timeline = self._timeline
        several = mark.id in timeline.selection and len(timeline.selection) > 1
        if held & _SHIFT:
            timeline.selection.extend(mark)
            timeline.tell_selected()
            return
        copying = bool(held & _CTRL)
        if copying or several:
            self._clicked = mark
        if not copying and not several:
            timeline.selection.choose(mark)
            timeline.tell_selected()
        if not timeline.may_edit(mark):
            return
        whole = copying or edge is None or (several and mark.is_point)
        if not whole and edge is not None:
            self._drag = EdgeDrag(timeline, edge)
        elif self._pressed is not None:
            self._drag = MoveDrag(timeline, mark, self._pressed, copying=copying)

    def _click(self, mark: Mark, held: Qt.KeyboardModifier) -> None:
        """The button went up without a drag: add the mark or take it out, or select it alone."""
        if held & _CTRL:
            self._timeline.selection.turn(mark)
        else:
            self._timeline.selection.choose(mark)
        self._timeline.tell_selected()

    def _go_on(self, drag: Drag, place: QPoint, held: Qt.KeyboardModifier) -> None:
        if self._pressed is None:
            return
        way = place - self._pressed
        if not self._dragging and max(abs(way.x()), abs(way.y())) < drag.threshold:
            return
        self.free = bool(held & _ALT)
        if not self._dragging:
            self._dragging = True
            drag.begin()
        self._place = place
        self._timeline.setCursor(drag.shape)
        self.turning.follow(place)
        self._drag_on()

    def _drag_on(self) -> None:
        """The pointer moved, or the view under it."""
        if self._drag is not None:
            self._drag.move(self._place)
        self._timeline.update()

    def _edge_near(self, place: QPoint, mark: Mark | None) -> EdgeHit | None:
        """The edge under a pixel: that of the one selected mark, else of the mark there."""
        timeline, hits = self._timeline, self._timeline.hits()
        chosen = timeline.selection.only()
        if chosen is not None and timeline.may_edit(chosen):
            edge = hits.edge_at(place, chosen)
            if edge is not None:
                return edge
        if mark is None or not timeline.may_edit(mark):
            return None
        return hits.edge_at(place, mark)

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
