"""The timeline widget: holds what is shown, repaints as little as it can, emits wishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import paint_ring
from ssp_coder.ui.timeline.backdrop import Backdrop
from ssp_coder.ui.timeline.band import EpisodeBand
from ssp_coder.ui.timeline.gestures import Gestures
from ssp_coder.ui.timeline.ground import GroundPainter
from ssp_coder.ui.timeline.hits import HitTest
from ssp_coder.ui.timeline.keys import act_on_key
from ssp_coder.ui.timeline.lane_marks import MarkStore
from ssp_coder.ui.timeline.layout import TimelineLayout, lanes_height, lay_out
from ssp_coder.ui.timeline.model import Scene
from ssp_coder.ui.timeline.overlay import OverlayPainter
from ssp_coder.ui.timeline.time_scale import TimeScale
from ssp_coder.ui.timeline.words import episode_words, mark_words

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent

    from ssp_coder.domain.time import Span
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.model import Cue, EpisodeBlock, Lane, Mark, Waveform

SnapTo = Callable[[int], int]
"""Gives the nearest time that an edge may have, usually that of a frame."""

_BAR_PX = 10


class Timeline(QWidget):
    """Episodes, ruler and lanes over media time.

    It knows no coding: it is given frozen values, and emits what the person wants.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    # Times are Python ints carried as objects: a C++ int ends at 35 minutes of microseconds.
    seek_requested = Signal(object)
    frame_step_requested = Signal(int)
    mark_selected = Signal(str)
    mark_activated = Signal(str)
    edge_drag_finished = Signal(str, str, object)
    view_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self.theme = theme
        self.scene = Scene()
        self.marks = MarkStore()
        self._waveforms: dict[str, Waveform] = {}
        self._playhead_us = 0
        self._selected: frozenset[str] = frozenset()
        self._follow = True
        self._snap: SnapTo | None = None
        self._scale = TimeScale(start_us=0, length_us=self.scene.duration_us, left=0, width=1)
        self._backdrop = Backdrop()
        self._gestures = Gestures(self)
        self._build()

    def set_duration(self, duration_us: int) -> None:
        """Set the length of the recording in microseconds and show all of it.

        Raises:
            ValueError: the length is not above 0.
        """
        if duration_us <= 0:
            raise ValueError(f"a recording of {duration_us} us cannot be shown")
        self._change_scene(replace(self.scene, duration_us=duration_us))
        self.show_session()

    def set_lanes(self, lanes: Iterable[Lane]) -> None:
        """Show these lanes, from the top."""
        wanted = tuple(lanes)
        if wanted != self.scene.lanes:
            self._change_scene(replace(self.scene, lanes=wanted))
            self._place()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks instead of all others; for a new file, not for an edit."""
        self.marks.replace(marks)
        self._refresh()

    def apply_change(self, removed_ids: Iterable[str], added_marks: Iterable[Mark]) -> None:
        """Take marks out and put marks in; view, selection and scroll stay as they are."""
        touched = self.marks.change(removed_ids, added_marks)
        self._selected = frozenset(held for held in self._selected if held in self.marks)
        self._repaint_rows(touched)

    def set_episodes(self, episodes: Iterable[EpisodeBlock]) -> None:
        """Show these episodes in the band, in the order of the procedure."""
        self._change_scene(replace(self.scene, episodes=tuple(episodes)))

    def set_cues(self, cues: Iterable[Cue]) -> None:
        """Show these cues as dashed lines through all lanes."""
        self._change_scene(replace(self.scene, cues=tuple(cues)))

    def set_end(self, end_us: int | None) -> None:
        """Shade everything from the end of the procedure, or nothing."""
        self._change_scene(replace(self.scene, end_us=end_us))

    def set_waveform(self, lane_id: str, waveform: Waveform | None) -> None:
        """Show a sound track in a lane, or take it away."""
        self._waveforms.pop(lane_id, None)
        if waveform is not None:
            self._waveforms[lane_id] = waveform
        self._refresh()

    def playhead(self) -> int:
        """Where the playhead stands, in microseconds."""
        return self._playhead_us

    def set_playhead(self, time_us: int) -> None:
        """Move the playhead; only two strips are painted again unless the view must follow."""
        before = self._playhead_us
        if time_us == before:
            return
        old_episode = self._episode_id(before)
        self._dirty_playhead(before)
        self._playhead_us = time_us
        if self._follow and not self._gestures.busy and not self._scale.holds(time_us):
            self.set_scale(self._scale.at(time_us - self._scale.length_us // 10, self._duration()))
            return
        self._dirty_playhead(time_us)
        self._dirty_open(before, time_us)
        if self._episode_id(time_us) != old_episode:
            self.update(self.layout_now().band)

    def selected(self) -> frozenset[str]:
        """The ids of the selected marks."""
        return self._selected

    def set_selected(self, mark_ids: Iterable[str]) -> None:
        """Show these marks as selected, without a signal."""
        self._selected = frozenset(mark_ids)
        self._tell()
        self.update(self.layout_now().body)

    def set_follow(self, follow: bool) -> None:
        """Turn the page when the playhead leaves the view, or stay."""
        self._follow = follow

    def set_snap(self, snap: SnapTo | None) -> None:
        """Let dragged edges fall on the times this gives, for instance those of frames."""
        self._snap = snap

    def snapped(self, time_us: int) -> int:
        """The time a dragged edge takes: the playhead when close, else the nearest frame."""
        if abs(self._scale.x_of(time_us) - self._scale.x_of(self._playhead_us)) <= 5:
            return self._playhead_us
        inside = max(0, min(time_us, self._duration()))
        return inside if self._snap is None else self._snap(inside)

    def is_dragging(self) -> bool:
        """Whether an edge is being dragged."""
        return self._gestures.dragged_us is not None

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
        held = [mark for mark_id in self._selected if (mark := self.marks.get(mark_id))]
        if held:
            ends = [self._end_of(mark) for mark in held]
            self._show_around(min(mark.start_us for mark in held), max(ends))

    def scale_now(self) -> TimeScale:
        """The scale of ruler and lanes."""
        return self._scale

    def set_scale(self, scale: TimeScale) -> None:
        """Show another stretch of time."""
        if scale == self._scale:
            return
        self._scale = scale
        self._set_bars()
        self._refresh()
        self.view_changed.emit()

    def layout_now(self) -> TimelineLayout:
        """Where the parts lie."""
        return lay_out(self.theme, self._area(), self.scene.lanes, self._rows_bar.value())

    def band_now(self) -> EpisodeBand:
        """The episode band with its own scale."""
        return EpisodeBand(self.theme, self.scene, self.layout_now().band)

    def hits(self) -> HitTest:
        """The hit test for what is shown now."""
        return HitTest(self.theme, self.layout_now(), self._scale, self._playhead_us)

    def tip_at(self, place: QPoint) -> str:
        """What and when, for the mark or episode under a pixel; empty where there is none."""
        mark = self.hits().mark_at(place, self.marks)
        if mark is not None:
            return mark_words(mark, self.scene)
        block = self.band_now().block_at(place.x())
        in_band = self.layout_now().band.contains(place)
        return episode_words(block) if block is not None and in_band else ""

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self.theme.px
        high = px(56 + 20) + lanes_height(self.theme, self.scene.lanes) + px(_BAR_PX)
        return QSize(px(640), high)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self.theme.px
        return QSize(px(320), px(56 + 20 + 3 * 26) + px(_BAR_PX))

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        layout = self.layout_now()
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._backdrop_now(layout))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_overlay(painter, layout)
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

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._gestures.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not act_on_key(self, event):
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._time_bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._rows_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._time_bar.valueChanged.connect(self._scrolled)
        self._rows_bar.valueChanged.connect(self._refresh)
        describe(self._time_bar, self.tr("Scroll in time"))
        describe(self._rows_bar, self.tr("Scroll lanes"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme.changed.connect(self._refresh)
        self._tell()

    def _duration(self) -> int:
        return self.scene.duration_us

    def _area(self) -> QRect:
        bar = self.theme.px(_BAR_PX)
        side = bar if self._rows_bar.isVisibleTo(self) else 0
        return self.rect().adjusted(0, 0, -side, -bar)

    def _place(self) -> None:
        bar = self.theme.px(_BAR_PX)
        room = self.height() - bar - self.theme.px(56) - self.theme.px(20)
        spare = lanes_height(self.theme, self.scene.lanes) - max(0, room)
        self._rows_bar.setVisible(spare > 0)
        self._rows_bar.setRange(0, max(0, spare))
        self._rows_bar.setPageStep(max(1, room))
        layout = self.layout_now()
        self._rows_bar.setGeometry(self.width() - bar, layout.body.top(), bar, max(0, room))
        self._time_bar.setGeometry(
            layout.body.left(), self.height() - bar, layout.body.width(), bar
        )
        self._scale = replace(self._scale, left=layout.body.left(), width=layout.body.width())
        self._set_bars()
        self._refresh()

    def _set_bars(self) -> None:
        unit = self._unit()
        self._time_bar.blockSignals(True)
        self._time_bar.setRange(0, (self._duration() - self._scale.length_us) // unit)
        self._time_bar.setPageStep(max(1, self._scale.length_us // unit))
        self._time_bar.setSingleStep(max(1, self._scale.length_us // unit // 10))
        self._time_bar.setValue(self._scale.start_us // unit)
        self._time_bar.blockSignals(False)

    def _unit(self) -> int:
        # A scroll bar counts in 32 bits; thousandths of a second suffice for 500 hours.
        return 1_000

    def _scrolled(self, value: int) -> None:
        self.set_scale(self._scale.at(value * self._unit(), self._duration()))

    def _change_scene(self, scene: Scene) -> None:
        if scene != self.scene:
            self.scene = scene
            self._refresh()

    def _refresh(self) -> None:
        self._backdrop.forget()
        self._tell()
        self.update()

    def _backdrop_now(self, layout: TimelineLayout) -> QPixmap:
        ground = GroundPainter(self.theme, self.scene, layout, self._scale)
        band = self.band_now()

        def paint(painter: QPainter) -> None:
            ground.paint(painter, self.marks, self._waveforms, band)

        return self._backdrop.pixmap(self.size(), self.devicePixelRatioF(), paint)

    def _repaint_rows(self, lane_ids: frozenset[str]) -> None:
        layout = self.layout_now()
        ground = GroundPainter(self.theme, self.scene, layout, self._scale)

        def paint(painter: QPainter) -> None:
            for lane, rect in layout.lanes:
                if lane.id in lane_ids:
                    ground.paint_row(painter, lane, rect, self.marks)

        self._backdrop.touch_up(paint)
        self._tell()
        self.update(layout.body)

    def _paint_overlay(self, painter: QPainter, layout: TimelineLayout) -> None:
        over = OverlayPainter(self.theme, layout, self._scale, self._playhead_us)
        limit = self._duration() if self.scene.end_us is None else self.scene.end_us
        over.paint_open(painter, self.marks, limit)
        over.paint_cues(painter, self.scene.cues)
        hovered = self.marks.get(self._gestures.hovered)
        if hovered is not None and hovered.id not in self._selected:
            over.paint_rings(painter, (hovered,), "ctl")
        chosen = [mark for held in self._selected if (mark := self.marks.get(held))]
        over.paint_rings(painter, chosen, "accent")
        band = self.band_now()
        band.paint_current(painter, self._playhead_us)
        band.paint_view(painter, self._scale)
        band.paint_playhead(painter, self._playhead_us)
        over.paint_playhead(painter)
        if self._gestures.dragged_us is not None:
            over.paint_dragged(painter, self._gestures.dragged_us)

    def _dirty_playhead(self, time_us: int) -> None:
        layout = self.layout_now()
        over = OverlayPainter(self.theme, layout, self._scale, time_us)
        x = self._scale.x_of(time_us)
        self.update(QRect(x - 2, layout.ruler.top(), 6, self.height()))
        self.update(over.flag_rect(time_us).adjusted(-2, -1, 2, 1))
        in_band = self.band_now().scale.x_of(time_us)
        self.update(QRect(in_band - 2, layout.band.top(), 6, layout.band.height()))

    def _dirty_open(self, before_us: int, after_us: int) -> None:
        low, high = sorted((self._scale.x_of(before_us), self._scale.x_of(after_us)))
        body = self.layout_now().body
        self.update(QRect(low - 2, body.top(), high - low + 6, body.height()))

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

    def _end_of(self, mark: Mark) -> int:
        if mark.open:
            return max(self._playhead_us, mark.start_us)
        return mark.start_us if mark.end_us is None else mark.end_us

    def _tell(self) -> None:
        count = self.tr("{0} marks").format(len(self.marks))
        chosen = [mark for held in self._selected if (mark := self.marks.get(held))]
        words = [mark_words(mark, self.scene).replace("\n", ", ") for mark in chosen[:1]]
        name = ", ".join((self.tr("Timeline"), count, *words))
        describe(self, name, self.tr("Left and Right step a frame, plus and minus zoom"))
