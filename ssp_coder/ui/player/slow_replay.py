"""Shows the last seconds again, slowly, and rests where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.time import Micros
from ssp_coder.ui.player.moves import AGAIN_RATE, AGAIN_US

if TYPE_CHECKING:
    from ssp_coder.domain.time import Span
    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.view import Moment

ASIDE_US = 500_000
"""A picture this far outside the stretch means that somebody went elsewhere."""


class SlowReplay(QObject):
    """Plays up to the frame that was on the screen; speed and loop are then as they were."""

    changed = Signal(bool)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._running = False
        self._own = False
        self._start_us = self._end_us = Micros(0)
        self._rate_before = 1.0
        self._loop_before: Span | None = None
        player.moment_changed.connect(self._heed_moment)
        player.playing_changed.connect(self._heed_playing)

    @property
    def running(self) -> bool:
        """Whether the last seconds are being shown again."""
        return self._running

    def press(self) -> None:
        """Show the last seconds before the frame on the screen; again from their start if asked."""
        moment = self._player.moment
        if self._player.video is None or moment is None:
            return
        if not self._running and not self._keep(moment):
            return
        player = self._player
        self._own = True
        player.pause()
        player.set_loop(None)
        player.seek(self._start_us)
        player.set_rate(AGAIN_RATE)
        player.set_stop(self._end_us)
        player.play()
        self._own = False
        self._running = True
        self.changed.emit(True)

    def stop(self) -> bool:
        """Go back at once to where it was asked for; False when nothing was being shown again."""
        if not self._running:
            return False
        self._own = True
        self._player.pause()
        self._player.seek(self._end_us)
        self._own = False
        self._leave()
        return True

    def _keep(self, moment: Moment) -> bool:
        """Note how things are now; False at the very beginning, where nothing lies before."""
        self._end_us = moment.pts_us
        self._start_us = Micros(max(0, moment.pts_us - AGAIN_US))
        self._rate_before = self._player.rate
        self._loop_before = self._player.loop
        return self._start_us < self._end_us

    def _leave(self) -> None:
        self._running = False
        self._own = True
        self._player.set_stop(None)
        if self._player.rate == AGAIN_RATE:
            self._player.set_rate(self._rate_before)
        if self._player.loop is None and self._player.video is not None:
            self._player.set_loop(self._loop_before)
        self._own = False
        self.changed.emit(False)

    def _heed_moment(self, moment: Moment) -> None:
        """Somebody went elsewhere: play on there, at the speed from before."""
        inside = self._start_us - ASIDE_US <= moment.pts_us <= self._end_us + ASIDE_US
        if self._running and not inside:
            self._leave()

    def _heed_playing(self, playing: bool) -> None:
        """It came to its end, or somebody paused: rest there, at the speed from before."""
        if self._running and not self._own and not playing:
            self._leave()
