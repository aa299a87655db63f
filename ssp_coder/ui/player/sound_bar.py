"""What the coder does about the sound: how loud, which track, and what to do when it is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.player.speaker import SoundState

if TYPE_CHECKING:
    from ssp_coder.media.sound import SoundTrack
    from ssp_coder.ui.theme.theme import Theme

_STEPS = 20
_SLIDER_PX = 64


class SoundBar(QWidget):
    """Mute button, slider, and a list of tracks where a recording has more than one.

    It shows what it is told and emits what the coder wants; it is hidden for silent recordings.
    """

    mute_requested = Signal()
    volume_chosen = Signal(float)
    track_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mute = PushButton(theme, "", ButtonKind.QUIET, self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._tracks = QComboBox(self)
        self._build()
        self.show_volume(1.0, False)
        self.show_state(SoundState.NONE)
        self.show_tracks(())
        self._mute.clicked.connect(self.mute_requested)
        self._slider.valueChanged.connect(self._choose_volume)
        self._tracks.activated.connect(self.track_chosen)

    def show_state(self, state: SoundState) -> None:
        """Show whether anything can be heard."""
        self.setVisible(state is not SoundState.NONE)
        heard = state is not SoundState.OFF
        for part in (self._mute, self._slider):
            part.setEnabled(heard)

    def show_volume(self, volume: float, muted: bool) -> None:
        """Show how loud it is and whether it is switched off."""
        quiet = muted or volume == 0
        self._mute.set_icon_name("sound-off" if quiet else "sound")
        name = self.tr("Sound on") if muted else self.tr("Sound off")
        self._mute.set_name(name)
        self._mute.setToolTip(f"{name} (Ctrl+M)")
        self._slider.blockSignals(True)
        self._slider.setValue(0 if muted else round(volume * _STEPS))
        self._slider.blockSignals(False)

    def show_tracks(self, tracks: tuple[SoundTrack, ...]) -> None:
        """Offer the sound tracks of a recording; a single one needs no choice."""
        self._tracks.clear()
        for track in tracks:
            self._tracks.addItem(self._track_words(track))
        self._tracks.setVisible(len(tracks) > 1)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the slider out where there is no room for it."""
        self._slider.setVisible(not narrow)

    def _track_words(self, track: SoundTrack) -> str:
        words = self.tr("Sound {0}").format(track.place + 1)
        return f"{words} ({track.language})" if track.language else words

    def _choose_volume(self, step: int) -> None:
        self.volume_chosen.emit(step / _STEPS)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(4))
        self._slider.setRange(0, _STEPS)
        self._slider.setPageStep(2)
        self._slider.setFixedWidth(self._theme.px(_SLIDER_PX))
        self._slider.setToolTip(self.tr("Volume (Ctrl+Shift+Up, Ctrl+Shift+Down)"))
        describe(self._slider, self.tr("Volume"))
        describe(self._tracks, self.tr("Sound track"))
        for part in (self._mute, self._slider, self._tracks):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(part)


class SoundOffNotice(QFrame):
    """One line that says why nothing is heard and offers to try again; hidden while all is well."""

    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._words = QLabel(self)
        self._words.setProperty("tone", "warn")
        self._words.setWordWrap(True)
        self._retry = PushButton(theme, self.tr("Try again"), ButtonKind.PLAIN, self)
        self._retry.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icon = QLabel(self)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(3), theme.px(10), theme.px(3))
        row.setSpacing(theme.px(8))
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._retry)
        self._retry.clicked.connect(self.retry_requested)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()
        self.show_reason("")

    def show_reason(self, reason: str) -> None:
        """Say why nothing is heard; an empty reason hides the line."""
        words = self.tr("Sound off: {0}. Coding goes on without it.").format(reason)
        self._words.setText(words if reason else "")
        describe(self, words if reason else self.tr("Sound"))
        self.setVisible(bool(reason))

    def _paint_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.pixmap("sound-off", "warn", self._theme.px(16), ratio))
