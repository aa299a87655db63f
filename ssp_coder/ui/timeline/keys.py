"""What the keyboard does while the timeline has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.timeline.gestures import ZOOM_STEP

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ssp_coder.ui.timeline.widget import Timeline

_DIRECTION = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FOLDED = {Qt.Key.Key_Up: True, Qt.Key.Key_Down: False}
_ZOOM = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
}


def act_on_key(timeline: Timeline, event: QKeyEvent) -> bool:
    """Do what a key asks for; False when the key is not one of the timeline's."""
    key = Qt.Key(event.key())
    if key in _DIRECTION:
        _go(timeline, _DIRECTION[key], event.modifiers())
    elif key in _FOLDED and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        _fold(timeline, folded=_FOLDED[key])
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        timeline.seek_requested.emit(0 if key is Qt.Key.Key_Home else timeline.scene.duration_us)
    elif key in _ZOOM:
        timeline.zoom_by(_ZOOM[key])
    elif key == Qt.Key.Key_Escape and timeline.is_dragging():
        timeline.cancel_drag()
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and timeline.selected():
        timeline.mark_activated.emit(min(timeline.selected()))
    else:
        return False
    return True


def _go(timeline: Timeline, direction: int, modifiers: Qt.KeyboardModifier) -> None:
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        _select_neighbour(timeline, direction)
    elif modifiers & Qt.KeyboardModifier.ShiftModifier:
        time_us = timeline.playhead() + direction * SECOND_US
        timeline.seek_requested.emit(max(0, min(time_us, timeline.scene.duration_us)))
    else:
        timeline.frame_step_requested.emit(direction)


def _fold(timeline: Timeline, *, folded: bool) -> None:
    """Fold or unfold the lanes of the selected marks, else those that show the recording."""
    marks = [mark for held in timeline.selected() if (mark := timeline.marks.get(held))]
    lanes = {mark.lane for mark in marks}
    overviews = (lane.id for lane in timeline.scene.lanes if lane.kind.is_overview)
    timeline.fold(lanes or overviews, folded)


def _select_neighbour(timeline: Timeline, direction: int) -> None:
    for mark_id in timeline.selected():
        mark = timeline.marks.get(mark_id)
        if mark is None:
            continue
        other = timeline.marks.lane(mark.lane).neighbour(mark, direction)
        if other is not None:
            timeline.set_selected((other.id,))
            timeline.mark_selected.emit(other.id)
        return
