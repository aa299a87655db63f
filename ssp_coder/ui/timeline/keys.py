"""What the keyboard does while the timeline has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.timeline.gestures import ZOOM_STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from ssp_coder.ui.timeline.model import Mark
    from ssp_coder.ui.timeline.widget import Timeline

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_DIRECTION = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_NEIGHBOUR = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_LANE = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ZOOM = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
}
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def is_own_key(event: QKeyEvent) -> bool:
    """Whether a key belongs to the timeline before any command of the window may take it."""
    return event.key() == Qt.Key.Key_A and event.modifiers() == _CTRL


def act_on_key(timeline: Timeline, event: QKeyEvent) -> bool:
    """Do what a key asks for; False when the key is not one of the timeline's."""
    key, held = Qt.Key(event.key()), event.modifiers()
    does = _on_selection(timeline, key, held) or _on_view(timeline, key, held)
    if does is None:
        return False
    does()
    return True


def _on_view(
    timeline: Timeline, key: Qt.Key, held: Qt.KeyboardModifier
) -> Callable[[], None] | None:
    """What a key does to the place, the zoom or the lanes."""
    if key in _DIRECTION:
        return lambda: _go(timeline, _DIRECTION[key], held)
    if key in _LANE and held & _SHIFT:
        return lambda: _fold(timeline, folded=_LANE[key] < 0)
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        end_us = 0 if key is Qt.Key.Key_Home else timeline.scene.duration_us
        return lambda: timeline.seek_requested.emit(end_us)
    if key in _ZOOM:
        return lambda: timeline.zoom_by(_ZOOM[key])
    if key == Qt.Key.Key_Escape and timeline.is_dragging():
        return timeline.cancel_drag
    return None


def _on_selection(
    timeline: Timeline, key: Qt.Key, held: Qt.KeyboardModifier
) -> Callable[[], None] | None:
    """What a key does to the selected marks, or to which marks are selected."""
    if key in _NEIGHBOUR:
        return lambda: select_neighbour(timeline, _NEIGHBOUR[key], extend=bool(held & _SHIFT))
    if key in _LANE and not held & _SHIFT:
        return lambda: _select_in_lane_beside(timeline, _LANE[key])
    if key == Qt.Key.Key_A and held == _CTRL:
        return lambda: select_more(timeline)
    return _with_selected(timeline, key, held) if timeline.selected() else None


def _with_selected(
    timeline: Timeline, key: Qt.Key, held: Qt.KeyboardModifier
) -> Callable[[], None] | None:
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return lambda: _activate(timeline)
    if key in _DELETE and not held:
        return lambda: timeline.delete_requested.emit(tuple(timeline.selected()))
    return None


def select_neighbour(timeline: Timeline, direction: int, *, extend: bool = False) -> None:
    """Select the mark before or after in its lane, instead of the selection or beside it.

    With nothing selected yet it is the mark nearest to the playhead, in the first lane with one.
    """
    mark = timeline.selection.reached()
    if mark is None:
        for lane in timeline.scene.lanes:
            first = timeline.marks.lane(lane.id).nearest(timeline.playhead())
            if first is not None:
                _select(timeline, first, extend=False)
                return
        return
    other = timeline.marks.lane(mark.lane).neighbour(mark, direction)
    if other is not None:
        _select(timeline, other, extend=extend)


def select_more(timeline: Timeline) -> None:
    """Select the whole lane of what is selected, then everything."""
    timeline.selection.choose_more()
    timeline.tell_selected()


def _select(timeline: Timeline, mark: Mark, *, extend: bool) -> None:
    if extend:
        timeline.selection.extend(mark)
    else:
        timeline.selection.choose(mark)
    timeline.show_mark(mark)
    timeline.tell_selected()


def _select_in_lane_beside(timeline: Timeline, direction: int) -> None:
    """Select the mark nearest in time in the next lane that has one, above or below."""
    mark = timeline.selection.reached()
    if mark is None:
        select_neighbour(timeline, direction)
        return
    lanes = [lane.id for lane in timeline.scene.lanes]
    place = lanes.index(mark.lane) if mark.lane in lanes else 0
    beside = lanes[:place][::-1] if direction < 0 else lanes[place + 1 :]
    for lane in beside:
        other = timeline.marks.lane(lane).nearest(mark.start_us)
        if other is not None:
            _select(timeline, other, extend=False)
            return


def _activate(timeline: Timeline) -> None:
    mark = timeline.selection.reached()
    if mark is not None:
        timeline.mark_activated.emit(mark.id)


def _go(timeline: Timeline, direction: int, held: Qt.KeyboardModifier) -> None:
    if held & _CTRL:
        if timeline.selection.reached() is not None:
            select_neighbour(timeline, direction)
    elif held & _SHIFT:
        time_us = timeline.playhead() + direction * SECOND_US
        timeline.seek_requested.emit(max(0, min(time_us, timeline.scene.duration_us)))
    else:
        timeline.frame_step_requested.emit(direction)


def _fold(timeline: Timeline, *, folded: bool) -> None:
    """Fold or unfold the lanes of the selected marks, else those that show the recording."""
    lanes = {mark.lane for mark in timeline.selection.marks()}
    overviews = (lane.id for lane in timeline.scene.lanes if lane.kind.is_overview)
    timeline.fold(lanes or overviews, folded)
