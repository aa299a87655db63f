"""Plays one stretch of the recording once, with a lead-in, and rests where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.domain.time import Micros

if TYPE_CHECKING:
    from ssp_coder.domain.time import Span
    from ssp_coder.ui.player.player import Player


class ClipReplay(QObject):
    """Sets the stop of the player and takes it away as soon as playing has ended.

    A stop that stayed would end every later playing at once.
    """

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._running = False
        player.playing_changed.connect(self._heed_playing)

    @property
    def running(self) -> bool:
        """Whether a stretch is being played."""
        return self._running

    def play(self, span: Span) -> None:
        """Play a stretch from its start; its last frame stays on the screen."""
        player = self._player
        player.pause()
        player.set_stop(None)
        player.seek(span.start_us)
        player.set_stop(Micros(max(span.start_us, span.end_us - 1)))
        player.play()
        self._running = player.playing
        if not self._running:
            player.set_stop(None)  # there is nothing to be played now

    def _heed_playing(self, playing: bool) -> None:
        """It came to its end, or somebody paused."""
        if self._running and not playing:
            self._running = False
            self._player.set_stop(None)
