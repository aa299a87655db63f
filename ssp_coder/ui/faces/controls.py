"""Play, step, speed and preview under the picture of a clip that is looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.kit.time_label import TimeLabel
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.time import Micros
    from ssp_coder.ui.theme.theme import Theme

_RATES = ("0.5", "1", "2")


class ReviewControls(QWidget):
    """Shows the moment it is given and emits what the person wants of the clip."""

    toggle_requested = Signal()
    step_requested = Signal(int)
    rate_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.back = self._icon_button("step-back", self.tr("One frame back"))
        self.play = self._icon_button("play", self.tr("Play"))
        self.forward = self._icon_button("step-forward", self.tr("One frame forward"))
        self.time = TimeLabel(theme, FontUse.MEDIA_TIME)
        self.frame = short_lettering(theme, "", FontUse.CAPTION, "hint")
        segments = tuple(
            Segment(id=rate, title=f"{rate}\N{MULTIPLICATION SIGN}") for rate in _RATES
        )
        self.rates = SegmentedControl(theme, segments, self.tr("Speed"), self)
        self.frame.setMinimumWidth(theme.px(78))
        self.rates.set_chosen("1")
        self.blurred = CheckBox(theme, self.tr("As the clip will be"), self)
        self.blurred.setChecked(True)
        self.blurred.setToolTip(self.tr("Show covered places as in the clip, or outlines only (B)"))
        self._build()
        self.back.clicked.connect(self._step_back)
        self.forward.clicked.connect(self._step_forward)
        self.play.clicked.connect(self.toggle_requested)
        self.rates.segment_chosen.connect(self._choose_rate)

    def show_moment(self, time_us: Micros, ordinal: int) -> None:
        """Show the time and number of the frame on the screen."""
        self.time.show_time(time_us)
        self.frame.setText(self.tr("frame {0}").format(f"{ordinal:,}".replace(",", " ")))
        self.frame.adjustSize()

    def show_playing(self, playing: bool) -> None:
        """Let the button offer what it would do now."""
        self.play.set_icon_name("pause" if playing else "play")
        self.play.set_name(self.tr("Pause") if playing else self.tr("Play"))

    def _icon_button(self, icon: str, name: str) -> PushButton:
        kind = ButtonKind.PRIMARY if icon == "play" else ButtonKind.QUIET
        button = PushButton(self._theme, "", kind, self)
        button.set_icon_name(icon)
        button.set_name(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for widget in (self.back, self.play, self.forward, self.time, self.frame):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.blurred)
        row.addWidget(self.rates)

    def _step_back(self) -> None:
        self.step_requested.emit(-1)

    def _step_forward(self) -> None:
        self.step_requested.emit(1)

    def _choose_rate(self, rate: str) -> None:
        self.rate_chosen.emit(float(rate))
