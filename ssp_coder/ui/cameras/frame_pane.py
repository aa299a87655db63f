"""One recording, stepped to the very frame: picture, buttons, slider, keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.lane import VideoLane
from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.painting import RING, paint_ring, painter_of
from ssp_coder.ui.kit.time_label import TimeLabel
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.player.view import VideoView
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from ssp_coder.media.errors import MediaError
    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.theme.theme import Theme

FRAMES_A_LEAP = 10
"""Project default: so many frames with one key, about as far as a look can follow."""


class FramePane(QWidget):
    """Shows one frame of a recording and goes to others. Times are the recording's own.

    Signals:
        moved: time of the frame that was asked for.
        settled: the frame that was asked for is on the screen, or cannot be; see `problem`.
        agreed: Enter was pressed on the picture.
    """

    moved = Signal(object)
    settled = Signal()
    agreed = Signal()
    _delivered = Signal(object)
    _complained = Signal(object)

    def __init__(
        self, theme: Theme, title: str, video: OpenVideo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._index = video.index
        self._wanted = 0
        self.problem = ""
        self._title = short_lettering(theme, title, FontUse.LABEL)
        self.view = VideoView(theme, self)
        self.slider = FrameSlider(self._index.count, self)
        self._time = TimeLabel(theme, FontUse.LABEL_STRONG)
        self._number = short_lettering(theme, "", FontUse.CAPTION, "hint")
        self._lane: VideoLane | None = VideoLane(
            video.path, video.index, self._delivered.emit, self._complained.emit
        )
        self._acts = self._all_acts()
        self._build(title)
        self._connect()
        self._fit(self.view.pixels())

    @property
    def time_us(self) -> Micros:
        """Time of the frame that was asked for."""
        return self._index.time_of(self._wanted)

    @property
    def shown_us(self) -> Micros | None:
        """Time of the frame on the screen; None until it is the one that was asked for."""
        moment = self.view.moment
        if moment is None or moment.ordinal != self._wanted:
            return None
        return self._index.time_of(moment.ordinal)

    def go_to(self, time_us: int) -> None:
        """Show the frame that is on at a time, or the first or last one."""
        self.go_to_frame(self._index.ordinal_at(time_us))

    def go_to_frame(self, ordinal: int) -> None:
        """Show a frame by its number, clamped to those there are."""
        ordinal = min(max(0, ordinal), self._index.count - 1)
        if self._lane is None:
            return
        self._wanted, self.problem = ordinal, ""
        self.slider.show_frame(ordinal)
        self._tell_place()
        self._lane.request(ordinal)
        self.moved.emit(self.time_us)

    def step(self, frames: int) -> None:
        """Go some frames on, or back when negative."""
        self.go_to_frame(self._wanted + frames)

    def step_second(self, seconds: int) -> None:
        """Go some seconds on, or back when negative."""
        self.go_to(self.time_us + seconds * SECOND_US)

    def close_lane(self) -> None:
        """Let the recording go; the picture stays as it is."""
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.update()
        return super().eventFilter(watched, event)

    def _show(self, picture: Picture) -> None:
        if self._lane is not None:
            self.view.show_picture(picture)

    def _complain(self, error: MediaError) -> None:
        self.view.show_words(said_error(error))
        if self.shown_us is None:
            self.problem = said_error(error)
            self.settled.emit()

    def _fit(self, size: QSize) -> None:
        if self._lane is not None:
            self._lane.show_at(size.width(), size.height())
            self._lane.request(self._wanted)

    def _tell_place(self) -> None:
        self._time.show_time(self.time_us)
        self._number.setText(self.tr("frame {0}").format(f"{self._wanted:,}".replace(",", " ")))
        self._number.adjustSize()

    def _painted(self, _moment: object) -> None:
        if self.shown_us is not None:
            self.problem = ""
            self.settled.emit()

    def _look(self) -> None:
        self.slider.setFocus(Qt.FocusReason.MouseFocusReason)

    def _connect(self) -> None:
        self._delivered.connect(self._show)
        self._complained.connect(self._complain)
        self.view.size_changed.connect(self._fit)
        self.view.painted.connect(self._painted)
        self.view.clicked.connect(self._look)
        self.slider.frame_chosen.connect(self.go_to_frame)
        self.slider.step_wished.connect(self.step)
        self.slider.second_wished.connect(self.step_second)
        self.slider.agreed.connect(self.agreed)
        self.slider.installEventFilter(self)
        keys = (WindowKey(command=c, act=act, over=self.slider) for c, act in self._acts.items())
        WindowKeys(self, tuple(keys))

    def _build(self, title: str) -> None:
        px = self._theme.px
        describe(self.view, title)
        describe(self.slider, self.tr("Frame of {0}").format(title))
        self.setFocusProxy(self.slider)
        self._frame = _RingFrame(self._theme, self.slider, self)
        around = QVBoxLayout(self._frame)
        around.setContentsMargins(*(2 * RING,) * 4)
        around.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(self._head())
        column.addWidget(self._frame, 1)
        column.addWidget(self.slider)
        column.addLayout(self._buttons())
        self._tell_place()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(self._title, 1)
        row.addWidget(self._time)
        row.addWidget(self._number)
        return row

    def _all_acts(self) -> dict[str, Callable[[], None]]:
        """What the commands of moving do here."""
        leap = FRAMES_A_LEAP
        return {
            "back_second": partial(self.step_second, -1),
            "back_frames": partial(self.step, -leap),
            "back_frame": partial(self.step, -1),
            "forward_frame": partial(self.step, 1),
            "forward_frames": partial(self.step, leap),
            "forward_second": partial(self.step_second, 1),
        }

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(2))
        row.addStretch(1)
        leap = FRAMES_A_LEAP
        for words, name, command in (
            ("−1 s", self.tr("1 s back"), "back_second"),
            (f"−{leap}", self.tr("10 frames back"), "back_frames"),
            ("−1", self.tr("1 frame back"), "back_frame"),
            ("+1", self.tr("1 frame on"), "forward_frame"),
            (f"+{leap}", self.tr("10 frames on"), "forward_frames"),
            ("+1 s", self.tr("1 s on"), "forward_second"),
        ):
            button = PushButton(self._theme, words, parent=self)
            button.set_name(name)
            KeyTip(button, name, command)
            button.clicked.connect(self._acts[command])
            row.addWidget(button)
        row.addStretch(1)
        return row


class FrameSlider(QSlider):
    """The length of a recording, a frame a place.

    The keys of the commands that move a recording move it here; so do Left and Right, with Ctrl by
    ten frames, with Shift by a second, while none of these is the key of another command.

    Signals:
        frame_chosen: a frame by its number.
        step_wished: so many frames on or back.
        second_wished: so many seconds on or back.
        agreed: Enter.
    """

    frame_chosen = Signal(int)
    step_wished = Signal(int)
    second_wished = Signal(int)
    agreed = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, count - 1)
        self.setPageStep(FRAMES_A_LEAP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self.frame_chosen)

    def show_frame(self, ordinal: int) -> None:
        """Show where the picture is, without a signal."""
        self.blockSignals(True)
        self.setValue(ordinal)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.agreed.emit()
            return
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.second_wished.emit(way)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_wished.emit(way * FRAMES_A_LEAP)
        else:
            self.step_wished.emit(way)


class _RingFrame(QFrame):
    """The focus ring about a picture that keys step."""

    def __init__(self, theme: Theme, focused: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._focused = focused

    def paintEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        if self._focused.hasFocus():
            painter = painter_of(self)
            paint_ring(painter, self._theme, self.rect())
            painter.end()
