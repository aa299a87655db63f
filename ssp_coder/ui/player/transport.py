"""The bar under the picture: play, step, speed, and where on the recording it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.player.motion_sign import MotionSign
from ssp_coder.ui.player.player import RATES
from ssp_coder.ui.player.sound_bar import SoundBar
from ssp_coder.ui.player.time_entry import TimeEntry
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ssp_coder.ui.player.moves import Motion
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.theme.theme import Theme

NARROW_PX = 540
"""A narrower bar leaves the episode out, so that the time is always whole."""

TIGHT_PX = 330
"""In a narrower bar the list of speeds gives way to the time; keys change the speed as well."""


class Transport(QFrame):
    """Shows the moment it is given and emits what the coder wants of the player."""

    toggle_requested = Signal()
    step_requested = Signal(int)
    rate_chosen = Signal(float)
    time_typed = Signal(str)
    motion_left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rate_text = ""
        self.setProperty("panel", True)
        self._tips: dict[str, KeyTip] = {}
        self._back = self._icon_button("step-back", self.tr("One frame back"), "back_frame")
        self._play = self._icon_button("play", self.tr("Play"), "toggle")
        forward = self.tr("One frame forward")
        self._forward = self._icon_button("step-forward", forward, "forward_frame")
        self.time_entry = TimeEntry(theme, self)
        self._time = self.time_entry.time
        self._frame = QLabel(self)
        self.sign = MotionSign(theme, self)
        self._episode, self._in_episode = self.sign.title, self.sign.detail
        self._rates = ComboBox(theme, self)
        self.sound = SoundBar(theme, self)
        self._build()
        self._back.clicked.connect(self._step_back)
        self._forward.clicked.connect(self._step_forward)
        self._play.clicked.connect(self.toggle_requested)
        self._rates.activated.connect(self._choose_rate)
        self.time_entry.typed.connect(self.time_typed)
        self.time_entry.refused.connect(self.sign.show_refusal)
        self.sign.left.connect(self.motion_left)

    def show_moment(self, moment: Moment) -> None:
        """Show the time and number of the frame on the screen."""
        self._time.show_time(moment.pts_us)
        self._frame.setText(
            self.tr("frame {0}{1}").format(f"{moment.ordinal:,}".replace(",", " "), self._rate_text)
        )

    def show_frame_rate(self, words: str) -> None:
        """Show the recording's own frame rate after the frame number."""
        self._rate_text = f" {words}" if words else ""

    def show_episode(self, title: str, detail: str) -> None:
        """Show in which episode the picture lies and how far into it."""
        self._episode.setText(title)
        self._in_episode.setText(detail)

    def show_motion(self, motion: Motion) -> None:
        """Show what is under way besides plain playing, such as a loop."""
        self.sign.show_motion(motion)

    def show_playing(self, playing: bool) -> None:
        """Let the button offer what it would do now."""
        self._play.set_icon_name("pause" if playing else "play")
        name = self.tr("Pause") if playing else self.tr("Play")
        self._play.set_name(name)
        self._tips["toggle"].show_words(name)

    def show_rate(self, rate: float) -> None:
        """Show the speed."""
        self._rates.setCurrentIndex(min(range(len(RATES)), key=lambda i: abs(RATES[i] - rate)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.sign.set_narrow(event.size().width() < self._theme.px(NARROW_PX))
        self.sound.set_room(event.size().width())
        self._rates.setVisible(event.size().width() >= self._theme.px(TIGHT_PX))

    def _icon_button(self, icon: str, name: str, command: str) -> PushButton:
        kind = ButtonKind.PRIMARY if icon == "play" else ButtonKind.QUIET
        button = PushButton(self._theme, "", kind, self)
        button.set_icon_name(icon)
        button.set_name(name)
        self._tips[command] = KeyTip(button, name, command)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(4), px(10), px(4))
        row.setSpacing(px(8))
        for button in (self._back, self._play, self._forward):
            row.addWidget(button)
        row.addSpacing(px(4))
        row.addLayout(self._time_lines())
        row.addSpacing(px(4))
        row.addWidget(self.sign, 1)
        for rate in RATES:
            self._rates.addItem(f"{rate:g}×", rate)
        self._rates.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe(self._rates, self.tr("Speed"))
        self.show_rate(1.0)
        row.addWidget(self.sound)
        row.addWidget(self._rates)

    def _time_lines(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        self._frame.setFont(self._theme.font(FontUse.CAPTION))
        self._frame.setProperty("tone", "hint")
        column.addWidget(self.time_entry)
        column.addWidget(self._frame)
        return column

    def _step_back(self) -> None:
        self.step_requested.emit(-1)

    def _step_forward(self) -> None:
        self.step_requested.emit(1)

    def _choose_rate(self, place: int) -> None:
        self.rate_chosen.emit(float(self._rates.itemData(place)))
