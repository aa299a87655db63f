"""Goes through a recording at 1, 2 or 4 times its speed, forward or back, one press at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ssp_coder.ui.player.moves import SHUTTLE_SPEEDS, shuttle_place, shuttled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.view import Moment

PACE_MS = 40
"""Going back asks for a picture this often; what cannot be decoded in time is passed over."""

ASIDE_US = 500_000
"""A picture this far from the way back was asked for by somebody else."""


class Shuttle(QObject):
    """Plays forward, or seeks back at a steady pace, until it is stopped or something else moves.

    At a stop the picture rests on the frame that is painted, and the speed of play is again what it
    was before.
    """

    changed = Signal(int)

    def __init__(
        self,
        player: Player,
        parent: QObject | None = None,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._monotonic_ns = monotonic_ns
        self._speed = 0
        self._rate_before = 1.0
        self._own = False
        self._anchor_us = self._since_ns = self._passed_us = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self._go_back)
        player.playing_changed.connect(self._heed_playing)
        player.rate_changed.connect(self._heed_rate)
        player.moment_changed.connect(self._heed_moment)

    @property
    def speed(self) -> int:
        """Times the recording's own speed, negative backwards, 0 at rest."""
        return self._speed

    def press(self, direction: int) -> None:
        """Go forward (1) or back (-1), faster at each press."""
        moment = self._player.moment
        if self._player.video is None or moment is None:
            return
        if self._speed == 0:
            self._rate_before = self._player.rate
        speed = shuttled(self._speed or self._speed_of_play(), direction)
        self._own = True
        if speed > 0:
            self._forward(speed, moment)
        else:
            self._back(speed, moment)
        self._own = False
        self._set_speed(speed if speed < 0 or self._player.playing else 0)

    def stop(self) -> bool:
        """Rest on the frame that is painted; False when there was nothing to stop."""
        if self._speed == 0:
            return False
        self._own = True
        self._player.pause()
        self._player.set_rate(self._rate_before)
        if self._speed < 0 and self._player.moment is not None:
            self._player.seek(self._player.moment.pts_us)
        self._own = False
        self._set_speed(0)
        return True

    def _speed_of_play(self) -> int:
        rate = self._player.rate
        return int(rate) if self._player.playing and rate in SHUTTLE_SPEEDS else 0

    def _forward(self, speed: int, moment: Moment) -> None:
        player = self._player
        if self._speed < 0:
            self._timer.stop()
            player.seek(moment.pts_us)
        player.set_rate(float(speed))
        if not player.playing and not self._at_end(moment):
            player.play()

    def _back(self, speed: int, moment: Moment) -> None:
        self._player.pause()
        self._player.set_rate(self._rate_before)
        self._anchor_us = self._passed_us = moment.pts_us
        self._since_ns = self._monotonic_ns()
        self._speed = speed
        self._timer.start()

    def _at_end(self, moment: Moment) -> bool:
        return moment.pts_us >= self._player.frame_start(self._player.end_us - 1)

    def _go_back(self) -> None:
        place = self._place()
        self._player.seek(place)
        if place == 0 or self._player.video is None:
            self._set_speed(0)

    def _place(self) -> int:
        passed_ns = self._monotonic_ns() - self._since_ns
        return shuttle_place(self._anchor_us, self._speed, passed_ns)

    def _set_speed(self, speed: int) -> None:
        if speed >= 0:
            self._timer.stop()
        self._speed = speed
        self.changed.emit(speed)

    def _heed_playing(self, playing: bool) -> None:
        """Somebody paused, the recording ended, or somebody plays: the shuttle is over."""
        if self._own or self._speed == 0 or playing is (self._speed > 0):
            return
        if self._speed > 0:
            self._own = True
            self._player.set_rate(self._rate_before)
            self._own = False
        self._set_speed(0)

    def _heed_rate(self, _rate: float) -> None:
        """Somebody chose another speed: that is how it is played now."""
        if not self._own and self._speed > 0:
            self._set_speed(0)

    def _heed_moment(self, moment: Moment) -> None:
        """On the way back, a picture aside of the way means that somebody went elsewhere."""
        if self._speed >= 0:
            return
        if not self._place() - ASIDE_US <= moment.pts_us <= self._passed_us + ASIDE_US:
            self._set_speed(0)
            return
        self._passed_us = min(self._passed_us, moment.pts_us)
