"""How much later than its computer says a sound device is heard: found by eye and ear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSlider, QSpinBox, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.beeps import Beeps
from ssp_coder.media.clock import MasterClock
from ssp_coder.ui.dialogs.beacon import Beacon
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.player.speaker import DELAY_US, MOST_DELAY_US, SoundState, Speaker
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssp_coder.ui.player.sound_device import SoundSystem
    from ssp_coder.ui.theme.theme import Theme

_US_PER_MS = 1_000
_TICK_MS = 8
_PAGE_MS = 10
_LENGTH_US = 3_600 * SECOND_US


class SoundDelayDialog(QDialog):
    """A light flashes and a beep is heard; the person moves a slider until they are one.

    The beep goes the way of every recording's sound, and the light is moved by the same clock as
    every picture, so what is set here is what is right there.
    """

    delay_chosen = Signal(str, object)
    """Name of the device and its delay in microseconds, when the person keeps it."""

    def __init__(
        self,
        theme: Theme,
        delays: Mapping[str, int],
        parent: QWidget | None = None,
        system: SoundSystem | None = None,
    ) -> None:
        """Begin to beep.

        Args:
            theme: colours and fonts.
            delays: what is known of each device, in microseconds by its name.
            parent: the window.
            system: where devices come from, the computer's own where none is given.
        """
        super().__init__(parent)
        self._theme = theme
        self.speaker = Speaker(system, self)
        self.speaker.set_delays(delays)
        self._clock = MasterClock(_LENGTH_US, sound=self.speaker)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.beacon = Beacon(theme, self)
        self.device = lettering(theme, "", FontUse.LABEL)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.number = QSpinBox(self)
        self.default_button = PushButton(theme, self._default_words(), parent=self)
        self.cancel_button = PushButton(theme, self.tr("Cancel"), parent=self)
        self.keep_button = PushButton(theme, self.tr("Keep"), ButtonKind.PRIMARY, self)
        self._build()
        self._take_default()
        self._connect()
        self._show_state(self.speaker.state)
        self.speaker.take_lane(Beeps())

    @property
    def delay_us(self) -> int:
        """What the slider says."""
        return self.slider.value() * _US_PER_MS

    def accept(self) -> None:
        """Keep the delay of the device that is heard."""
        self.delay_chosen.emit(self.speaker.device_name, self.delay_us)
        super().accept()

    def done(self, result: int) -> None:
        """Fall silent and close."""
        self._timer.stop()
        self._clock.pause()
        self.speaker.unload()
        super().done(result)

    # ------------------------------------------------------------------ what happens

    def _connect(self) -> None:
        self._timer.timeout.connect(self._tick)
        self.speaker.state_changed.connect(self._show_state)
        self.speaker.began.connect(self._begin)
        self.slider.valueChanged.connect(self.number.setValue)
        self.number.valueChanged.connect(self.slider.setValue)
        self.slider.valueChanged.connect(self._try_delay)
        self.default_button.clicked.connect(self._take_default)
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self.accept)

    def _begin(self) -> None:
        """The device is open: show what is known of it and let it beep from a whole second on."""
        self.slider.setValue(round(self.speaker.delay_us / _US_PER_MS))
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)
        self._clock.seek(0)
        self._clock.play()
        self._timer.start()

    def _tick(self) -> None:
        if self._clock.at_end:
            self._clock.seek(0)
        self.beacon.show_time(None if self._clock.holding else self._clock.now_us())

    def _try_delay(self, _ms: int) -> None:
        if self.speaker.state is SoundState.ON:
            self.speaker.set_delays({self.speaker.device_name: self.delay_us})

    def _take_default(self) -> None:
        self.slider.setValue(DELAY_US // _US_PER_MS)

    def _show_state(self, state: SoundState) -> None:
        heard = state is SoundState.ON
        for part in (self.slider, self.number):
            part.setEnabled(heard)
        waits = self.tr("There is no sound to lay beside the light")
        for button in (self.default_button, self.keep_button):
            button.enable() if heard else button.disable(waits)
        if not heard:
            self._timer.stop()
            self._clock.pause()
            self.beacon.show_time(None)
        self.device.setText(self._state_words(state))

    # ------------------------------------------------------------------ words

    def _state_words(self, state: SoundState) -> str:
        if state is SoundState.ON:
            return self.tr("Heard through: {0}").format(self.speaker.device_name)
        if state is SoundState.OPENING:
            return self.tr("The sound device is being opened…")
        if state is SoundState.OFF:
            return self.tr("Nothing can be heard: {0}.").format(self.speaker.reason)
        return self.tr("Nothing can be heard on this computer.")

    def _default_words(self) -> str:
        return self.tr("Default ({0} ms)").format(DELAY_US // _US_PER_MS)

    def _how(self) -> str:
        return self.tr(
            "A beep is made whenever the ball reaches the light. If you hear it after the flash, "
            "move the slider to the right; if you hear it before, to the left. When both seem "
            "one, keep the value."
        )

    def _why(self) -> str:
        return self.tr(
            "Worth doing once for each loudspeaker and headphone you code with, above all for "
            "wireless ones and for a television. Without it a cry may seem to come before or "
            "after the face. The times you code are always those of the picture; only the sound "
            "is moved. The default was measured on one kind of sound system; yours may differ."
        )

    # ------------------------------------------------------------------ layout

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Sound and picture in step"))
        self.resize(px(560), px(400))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(10))
        column.addWidget(lettering(self._theme, self._how(), FontUse.BODY))
        column.addWidget(self.beacon)
        column.addWidget(self.device)
        column.addLayout(self._setting())
        column.addWidget(lettering(self._theme, self._why(), FontUse.CAPTION, "second"))
        column.addStretch(1)
        column.addLayout(self._foot())

    def _setting(self) -> QHBoxLayout:
        name = self.tr("The sound is heard later by")
        how = self.tr("Left and Right move it by 1 ms, Page Up and Page Down by 10 ms")
        for part in (self.slider, self.number):
            part.setRange(0, MOST_DELAY_US // _US_PER_MS)
            describe(part, name, how)
        self.slider.setPageStep(_PAGE_MS)
        self.slider.setToolTip(how)
        self.number.setSuffix(self.tr(" ms"))
        label = short_lettering(self._theme, name, FontUse.LABEL, "second")
        label.setBuddy(self.number)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(self.default_button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.keep_button)
        self.keep_button.setDefault(True)
        return row
