"""The timeline widget: holds what is shown, repaints as little as it can, emits wishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import paint_ring
from ssp_coder.ui.timeline.band import EpisodeBand
from ssp_coder.ui.timeline.gestures import Gestures
from ssp_coder.ui.timeline.ground import Content
from ssp_coder.ui.timeline.hits import HitTest
from ssp_coder.ui.timeline.keys import act_on_key, is_own_key
from ssp_coder.ui.timeline.lane_marks import MarkStore
from ssp_coder.ui.timeline.layers import Layers
from ssp_coder.ui.timeline.layout import BAND_PX, RULER_PX, TimelineLayout, lanes_height, lay_out
from ssp_coder.ui.timeline.model import LaneKind, Scene
from ssp_coder.ui.timeline.overviews import LaneOverviews
from ssp_coder.ui.timeline.remarks import RemarkSigns
from ssp_coder.ui.timeline.scrolling import BAR_PX, ScrollBars
from ssp_coder.ui.timeline.selection import Selection
from ssp_coder.ui.timeline.time_scale import TimeScale
from ssp_coder.ui.timeline.tips import tip_at
from ssp_coder.ui.timeline.touched import change_marks
from ssp_coder.ui.timeline.words import timeline_words

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QHideEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from ssp_coder.domain.time import Span
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.model import Cue, EpisodeBlock, HintMark, Lane, Mark, Remark
    from ssp_coder.ui.timeline.outline import Outline

SnapTo = Callable[[int], int]
"""Gives the nearest time that an edge may have, usually that of a frame."""


class Timeline(QWidget):
    """Episodes, ruler and lanes over media time.

    It knows no coding: it is given frozen values, and emits what the person wants.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    # Times are Python ints carried as objects: a C++ int ends at 35 minutes of microseconds.
    seek_requested = Signal(object)
    frame_step_requested = Signal(int)
    mark_selected = Signal(str)
    marks_selected = Signal(object)
    mark_activated = Signal(str)
    edge_drag_finished = Signal(str, str, object)
    marks_moved = Signal(object, object)
    marks_copied = Signal(object, object, str)
    delete_requested = Signal(object)
    menu_requested = Signal(QPoint)
    view_changed = Signal()
    scrubbing_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self.theme = theme
        self.scene = Scene()
        self.marks = MarkStore()
        self.content = Content(marks=self.marks, overviews=LaneOverviews())
        self._coded: tuple[Lane, ...] = ()
        self._overviews: tuple[Lane, ...] = ()
        self._playhead_us = 0
        self.selection = Selection(self.marks)
        self._follow = True
        self._locked = False
        self._snapping = True
        self._snap: SnapTo | None = None
        self._frames: SnapTo | None = None
        self._scale = TimeScale(start_us=0, length_us=self.scene.duration_us, left=0, width=1)
        self.bars = ScrollBars(self)
        self.layers = Layers(self)
        self._gestures = Gestures(self)
        self._build()

    def set_duration(self, duration_us: int) -> None:
        """Set the length of the recording in microseconds; what is looked at closely stays in view.

        All of it is shown when all was, or when the view lies beyond the new end.

        Raises:
            ValueError: the length is not above 0.
        """
        if duration_us <= 0:
            raise ValueError(f"a recording of {duration_us} us cannot be shown")
        whole = self._scale.length_us >= self._duration() or self._scale.end_us > duration_us
        self._change_scene(replace(self.scene, duration_us=duration_us))
        if whole:
            self.show_session()
        self.bars.show_scale(self._scale, self._duration())

    def set_lanes(self, lanes: Iterable[Lane]) -> None:
        """Show these lanes, from the top."""
        self._coded = tuple(lanes)
        self._show_lanes()

    def set_overviews(self, lanes: Iterable[Lane]) -> None:
        """Show these overviews of the recording above the lanes that are coded."""
        self._overviews = tuple(lanes)
        self._show_lanes()

    def fold(self, lane_ids: Iterable[str], folded: bool) -> None:
        """Make lanes a narrow strip, or as high as they were."""
        held = self.scene.folded
        wanted = held | frozenset(lane_ids) if folded else held - frozenset(lane_ids)
        self._change_scene(replace(self.scene, folded=wanted))
        self._place()

    def set_compact(self, compact: bool) -> None:
        """Make all lanes lower, for a low window."""
        self._change_scene(replace(self.scene, compact=compact))
        self._place()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks instead of all others; for a new file, not for an edit."""
        self.marks.replace(marks)
        self._refresh()

    def apply_change(self, removed_ids: Iterable[str], added_marks: Iterable[Mark]) -> None:
        """Take marks out and put marks in; view, selection and scroll stay as they are."""
        gone = tuple(removed_ids)
        stretches = change_marks(self.marks, gone, added_marks)
        self.selection.drop(gone)
        self._gestures.marks_changed(gone)
        self.layers.repaint_stretches(stretches)
        self._tell()

    def set_episodes(self, episodes: Iterable[EpisodeBlock]) -> None:
        """Show these episodes in the band, in the order of the procedure."""
        self._change_scene(replace(self.scene, episodes=tuple(episodes)))

    def set_cues(self, cues: Iterable[Cue]) -> None:
        """Show these cues as dashed lines through all lanes."""
        self._change_scene(replace(self.scene, cues=tuple(cues)))

    def set_end(self, end_us: int | None) -> None:
        """Shade everything from the end of the procedure, or nothing."""
        self._change_scene(replace(self.scene, end_us=end_us))

    def show_outline(self, lane_id: str, outline: Outline | None) -> None:
        """Show a curve in a lane, as far as it is known by now, or take it away."""
        self.content.overviews.show_outline(lane_id, outline)
        self.layers.repaint_lanes((lane_id,))

    def show_pictures(self) -> None:
        """Show the pictures that `content.overviews.strip` holds by now."""
        kinds = (LaneKind.PICTURES,)
        self.layers.repaint_lanes(lane.id for lane in self.scene.lanes if lane.kind in kinds)

    def set_hints(self, hints: Iterable[HintMark]) -> None:
        """Show these hints in lanes of motion."""
        self._change_scene(replace(self.scene, hints=tuple(hints)))

    def set_remarks(self, remarks: Iterable[Remark]) -> None:
        """Show these remarks as small signs on the ruler."""
        in_order = sorted(remarks, key=lambda remark: remark.time_us)
        self._change_scene(replace(self.scene, remarks=tuple(in_order)))

    def set_loop(self, loop: Span | None) -> None:
        """Show the stretch that is played again and again, or none."""
        self.scene = replace(self.scene, loop=loop)
        self.update()

    def playhead(self) -> int:
        """Where the playhead stands, in microseconds."""
        return self._playhead_us

    def set_playhead(self, time_us: int) -> None:
        """Move the playhead; only two strips are painted again unless the view must follow."""
        if not self._gestures.scrubbing.active:
            self.show_playhead(time_us)

    def show_playhead(self, time_us: int) -> None:
        """Move the playhead whatever the pointer does; what frame is painted follows."""
        before = self._playhead_us
        if time_us == before:
            return
        old_episode = self._episode_id(before)
        self.layers.dirty_playhead(before)
        self._playhead_us = time_us
        if self._follow and not self._gestures.busy and not self._scale.holds(time_us):
            self.set_scale(self._scale.at(time_us - self._scale.length_us // 10, self._duration()))
            return
        self.layers.dirty_playhead(time_us)
        self.layers.dirty_open(before, time_us)
        if self._episode_id(time_us) != old_episode:
            self.update(self.layout_now().band)

    def selected(self) -> frozenset[str]:
        """The ids of the selected marks."""
        return self.selection.ids

    def set_selected(self, mark_ids: Iterable[str]) -> None:
        """Show these marks as selected, without a signal."""
        if self.selection.show(mark_ids):
            self._show_selected()

    def tell_selected(self) -> None:
        """Report what the person selected: one mark by its id, else all of them by theirs."""
        self._show_selected()
        mark = self.selection.only()
        if mark is not None:
            self.mark_selected.emit(mark.id)
        else:
            self.marks_selected.emit(tuple(self.selection.ids))

    def set_follow(self, follow: bool) -> None:
        """Turn the page when the playhead leaves the view, or stay."""
        self._follow = follow

    def set_snap(self, snap: SnapTo | None) -> None:
        """Let dragged edges fall on the times this gives, for instance those of frames."""
        self._snap = snap

    def set_frames(self, frames: SnapTo | None) -> None:
        """Tell which frame is on the screen at a time; the playhead is dragged from one to another.

        Args:
            frames: gives the time at which that frame appears.
        """
        self._frames = frames

    def frame_time(self, time_us: int) -> int:
        """When the frame that is on the screen at a time appears; the time itself if not known."""
        return time_us if self._frames is None else self._frames(time_us)

    def edge_time(self, time_us: int) -> int:
        """The time that an edge takes where nothing draws it: that of a frame while they snap."""
        return time_us if self._snap is None else self._snap(time_us)

    def set_snapping(self, snapping: bool) -> None:
        """Let dragged edges stick to what is near and to frames, or stand free."""
        self._snapping = snapping

    @property
    def is_snapping(self) -> bool:
        """Whether edges stick; holding Alt lets them go for one drag."""
        return self._snapping and not self._gestures.free

    def set_locked(self, locked: bool) -> None:
        """Let marks be dragged, or only looked at and selected."""
        self._locked = locked
        self.cancel_drag()

    def may_edit(self, mark: Mark) -> bool:
        """Whether a mark may be dragged; not in a locked timeline or lane."""
        lanes = (lane for lane in self.scene.lanes if lane.id == mark.lane)
        return not self._locked and not any(lane.locked for lane in lanes)

    def is_dragging(self) -> bool:
        """Whether an edge, marks or a rubber band are being dragged."""
        return self._gestures.dragging is not None

    @property
    def wants_escape(self) -> bool:
        """Whether Escape gives up a drag here, and does nothing else."""
        return self.is_dragging()

    def cancel_drag(self) -> None:
        """Give up a drag; nothing is reported."""
        self._gestures.cancel()

    def view(self) -> Span:
        """The stretch of time that the lanes show."""
        return self._scale.span

    def zoom_to(self, span: Span) -> None:
        """Show a span, as far as it lies in the recording."""
        self.set_scale(self._scale.over(span, self._duration()))

    def zoom_by(self, factor: float, anchor_us: int | None = None) -> None:
        """Show `factor` times less about a time, the playhead when none is given."""
        anchor = self._playhead_us if anchor_us is None else anchor_us
        if not self._scale.start_us <= anchor <= self._scale.end_us:
            anchor = self._scale.start_us + self._scale.length_us // 2
        self.set_scale(self._scale.zoomed(factor, anchor, self._duration()))

    def show_session(self) -> None:
        """Show the whole recording."""
        self.set_scale(replace(self._scale, start_us=0, length_us=self._duration()))

    def show_episode(self, episode_id: str = "") -> None:
        """Show one episode with a little around it; without an id that of the playhead."""
        wanted = episode_id or self._episode_id(self._playhead_us)
        for block in self.scene.episodes:
            if block.id == wanted and block.start_us is not None:
                end_us = self._duration() if block.end_us is None else block.end_us
                self._show_around(block.start_us, end_us)

    def show_selection(self) -> None:
        """Show the selected marks with a little around them."""
        held = self.selection.marks()
        if held:
            ends = [self.end_of(mark) for mark in held]
            self._show_around(min(mark.start_us for mark in held), max(ends))

    def show_mark(self, mark: Mark) -> None:
        """Turn the page to a mark that is not in view; how much time is shown stays."""
        if not self._scale.holds(mark.start_us):
            self.set_scale(
                self._scale.at(mark.start_us - self._scale.length_us // 3, self._duration())
            )

    def scale_now(self) -> TimeScale:
        """The scale of ruler and lanes."""
        return self._scale

    def set_scale(self, scale: TimeScale) -> None:
        """Show another stretch of time."""
        if scale == self._scale:
            return
        self._scale = scale
        self.bars.show_scale(self._scale, self._duration())
        self._refresh()
        self.view_changed.emit()

    def layout_now(self) -> TimelineLayout:
        """Where the parts lie."""
        return lay_out(self.theme, self.bars.area(), self.scene, self.bars.lanes.value())

    def band_now(self) -> EpisodeBand:
        """The episode band with its own scale."""
        return EpisodeBand(self.theme, self.scene, self.layout_now().band)

    def remarks_at(self, place: QPoint) -> tuple[Remark, ...]:
        """The remarks whose sign lies under a pixel of the ruler."""
        signs = RemarkSigns(self.theme, self.layout_now(), self._scale, self.scene.remarks)
        return signs.at(place)

    def hits(self) -> HitTest:
        """The hit test for what is shown now."""
        return HitTest(self.theme, self.layout_now(), self._scale, self._playhead_us)

    def menu_place(self) -> QPoint:
        """Where a menu about the selection opens: under the mark that was selected last."""
        layout, mark = self.layout_now(), self.selection.reached()
        lane = None if mark is None else layout.lane_rect(mark.lane)
        if mark is None or lane is None:
            return layout.body.topLeft()
        x = max(layout.body.left(), min(self._scale.x_of(mark.start_us), layout.body.right()))
        return QPoint(x, max(layout.body.top(), min(lane.bottom() + 1, layout.body.bottom())))

    def tip_at(self, place: QPoint) -> str:
        """What and when, for what lies under a pixel; empty where there is nothing."""
        return tip_at(self, place)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self.theme.px
        high = px(BAND_PX + RULER_PX) + lanes_height(self.theme, self.scene) + px(BAR_PX)
        return QSize(px(640), high)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self.theme.px
        return QSize(px(320), px(BAND_PX + RULER_PX + 3 * 26) + px(BAR_PX))

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and is_own_key(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self.layers.static())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.layers.paint_moving(painter, event.rect(), self._gestures.hovered)
        if self._gestures.dragging is not None:
            self.layers.paint_drag(painter, self._gestures.dragging)
        if self.hasFocus():
            paint_ring(painter, self.theme, self.rect(), 2)
        painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.wheel(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.ask_for_menu(event)

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.leave()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        self._gestures.let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not act_on_key(self, event):
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.bars.time.valueChanged.connect(self._scrolled)
        self.bars.lanes.valueChanged.connect(self._refresh)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme.changed.connect(self._refresh)
        self._tell()

    def _duration(self) -> int:
        return self.scene.duration_us

    def _place(self) -> None:
        self.bars.make_room()
        body = self.layout_now().body
        self.bars.place(body)
        self._scale = replace(self._scale, left=body.left(), width=body.width())
        self.bars.show_scale(self._scale, self._duration())
        self._refresh()

    def _scrolled(self) -> None:
        self.set_scale(self._scale.at(self.bars.start_us(), self._duration()))

    def _change_scene(self, scene: Scene) -> None:
        if scene != self.scene:
            self.scene = scene
            self._refresh()

    def _show_lanes(self) -> None:
        wanted = (*self._overviews, *self._coded)
        if wanted != self.scene.lanes:
            self._change_scene(replace(self.scene, lanes=wanted))
            self._place()

    def _refresh(self) -> None:
        self.layers.forget()
        self._tell()
        self.update()

    def _episode_id(self, time_us: int) -> str:
        for block in self.scene.episodes:
            if block.start_us is None:
                continue
            end_us = self._duration() if block.end_us is None else block.end_us
            if block.start_us <= time_us < end_us:
                return block.id
        return ""

    def _show_around(self, start_us: int, end_us: int) -> None:
        margin = max((end_us - start_us) // 20, 250_000)
        length = end_us - start_us + 2 * margin
        wanted = replace(self._scale, start_us=start_us - margin, length_us=length)
        self.set_scale(wanted.inside(self._duration()))

    def end_of(self, mark: Mark) -> int:
        """Where a mark ends on the screen; an open one at the playhead."""
        if mark.open:
            return max(self._playhead_us, mark.start_us)
        return mark.start_us if mark.end_us is None else mark.end_us

    def _tell(self) -> None:
        keys = self.tr(
            "Left and Right step a frame, Page Up and Page Down select the mark before and after, "
            "with Shift they add to it, Up and Down go to another lane, plus and minus zoom, "
            "Shift with Up and Down folds"
        )
        describe(self, timeline_words(self.selection, self.scene, len(self.marks)), keys)

    def _show_selected(self) -> None:
        self._tell()
        self.update(self.layout_now().body)
