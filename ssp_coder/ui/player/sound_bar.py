"""What the coder does about the sound: how loud, which track, and what to do when it is off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.player.speaker import SoundState

if TYPE_CHECKING:
    from ssp_coder.media.sound import SoundTrack
    from ssp_coder.ui.theme.theme import Theme

_STEPS = 20
_SLIDER_PX = 64
_BOX_PX = 104
ROOMY_PX = 600
"""A narrower bar leaves the volume's slider out; its keys and the mute button stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSource:
    """One sound that can be chosen.

    Attributes:
        camera: place of the camera in the session, from 0.
        track: one of its sound tracks.
    """

    camera: int
    track: SoundTrack


class SoundBar(QWidget):
    """Mute button, slider, and a list of sounds where there is more than one to choose from.

    It shows what it is told and emits what the coder wants. It is hidden for silent recordings, but
    where one sound cannot be heard any more and there are others, they stay to be chosen.
    """

    mute_requested = Signal()
    volume_chosen = Signal(float)
    source_chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mute = PushButton(theme, "", ButtonKind.QUIET, self)
        self._mute_tip = KeyTip(self._mute, self.tr("Sound off"), "mute")
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._sources = QComboBox(self)
        self._room_px = theme.px(ROOMY_PX)
        self._build()
        self._state = SoundState.NONE
        self.show_volume(1.0, False)
        self.show_sources(())
        self.show_state(SoundState.NONE)
        self._mute.clicked.connect(self.mute_requested)
        self._slider.valueChanged.connect(self._choose_volume)
        self._sources.activated.connect(self._choose_source)

    def show_state(self, state: SoundState) -> None:
        """Show whether anything can be heard."""
        self._state = state
        self._show_or_hide()
        heard = state in (SoundState.OPENING, SoundState.ON)
        for part in (self._mute, self._slider):
            part.setEnabled(heard)

    def show_volume(self, volume: float, muted: bool) -> None:
        """Show how loud it is and whether it is switched off."""
        quiet = muted or volume == 0
        self._mute.set_icon_name("sound-off" if quiet else "sound")
        name = self.tr("Sound on") if muted else self.tr("Sound off")
        self._mute.set_name(name)
        self._mute_tip.show_words(name)
        self._slider.blockSignals(True)
        self._slider.setValue(0 if muted else round(volume * _STEPS))
        self._slider.blockSignals(False)

    def show_sources(
        self, sources: tuple[SoundSource, ...], heard: tuple[int, int] | None = None
    ) -> None:
        """Offer what can be heard; a single source needs no choice.

        Args:
            sources: the sound tracks of all cameras.
            heard: camera and track, by their places, that are heard now.
        """
        cameras = [source.camera for source in sources]
        self._sources.clear()
        for source in sources:
            place = (source.camera, source.track.place)
            self._sources.addItem(self._words(source, cameras), place)
            if place == heard:
                self._sources.setCurrentIndex(self._sources.count() - 1)
        self._sources.setVisible(len(sources) > 1)
        self._show_slider()
        self._show_or_hide()
        self._sources.view().setMinimumWidth(self._sources.view().sizeHintForColumn(0))
        self._name_current()

    def _show_or_hide(self) -> None:
        self.setVisible(self._state is not SoundState.NONE or self._sources.count() > 1)

    def set_room(self, px: int) -> None:
        """Leave the slider out where the bar it stands in has no room for it."""
        self._room_px = px
        self._show_slider()

    def _show_slider(self) -> None:
        """A choice of sounds takes the slider's place sooner; the keys and the button stay."""
        needed = ROOMY_PX if self._sources.count() < 2 else ROOMY_PX + _BOX_PX
        self._slider.setVisible(self._room_px >= self._theme.px(needed))

    def _words(self, source: SoundSource, cameras: list[int]) -> str:
        """As few words as tell a sound from the others."""
        track, camera = source.track, source.camera + 1
        if len(set(cameras)) == 1:
            words = self.tr("Sound {0}").format(track.place + 1)
        elif cameras.count(source.camera) == 1:
            words = self.tr("Camera {0}").format(camera)
        else:
            words = self.tr("Camera {0}: sound {1}").format(camera, track.place + 1)
        return f"{words} ({track.language})" if track.language else words

    def _name_current(self) -> None:
        name = self.tr("Which sound is heard")
        current = self._sources.currentText()
        self._sources.setToolTip(f"{name}: {current}" if current else name)

    def _choose_source(self, row: int) -> None:
        self._name_current()
        camera, track = self._sources.itemData(row)
        self.source_chosen.emit(camera, track)

    def _choose_volume(self, step: int) -> None:
        self.volume_chosen.emit(step / _STEPS)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(4))
        self._slider.setRange(0, _STEPS)
        self._slider.setPageStep(2)
        self._slider.setFixedWidth(self._theme.px(_SLIDER_PX))
        KeyTip(self._slider, self.tr("Volume"), "louder", "softer")
        describe(self._slider, self.tr("Volume"))
        describe(self._sources, self.tr("Which sound is heard"))
        self._sources.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # Where room is short its end is cut off; the open list and the tool tip show all of it.
        self._sources.setMinimumWidth(self._theme.px(_BOX_PX))
        for part in (self._mute, self._slider, self._sources):
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
