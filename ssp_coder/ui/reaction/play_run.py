"""Since where the video has been playing, and the frame that a coder reacted to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.domain.time import SECOND_US, Micros

if TYPE_CHECKING:
    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.view import Moment

JUMP_US = SECOND_US // 2
"""Project default: a picture further on than this, at normal speed, was jumped to."""


class PlayRun(QObject):
    """Follows a player to know since which frame it has been playing without a jump."""

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._since_us = self._last_us = 0
        player.playing_changed.connect(self._begin)
        player.moment_changed.connect(self._follow)
        player.sought.connect(self._jump)

    def meant_us(self, lag_us: int) -> Micros | None:
        """Start of the frame that was on a reaction lag ago; None where no lag is to be taken off.

        Only what is coded while the video plays is meant earlier: who steps or stands still sees
        the frame that is coded. What was not played cannot be meant, so that it never lies before
        the frame at which play began or to which it jumped.
        """
        moment = self._player.moment
        if not lag_us or moment is None or not self._player.playing:
            return None
        early = moment.pts_us - round(lag_us * self._player.rate)
        return self._player.frame_start(max(early, self._since_us))

    def _begin(self, playing: bool) -> None:
        moment = self._player.moment
        if playing and moment is not None:
            self._since_us = self._last_us = moment.pts_us

    def _jump(self, time_us: Micros) -> None:
        """At a high speed a short jump looks like frames left out; the player knows better."""
        self._since_us = self._player.frame_start(time_us)

    def _follow(self, moment: Moment) -> None:
        step = moment.pts_us - self._last_us
        if step < 0 or step > JUMP_US * max(1.0, self._player.rate):
            self._since_us = moment.pts_us
        self._last_us = moment.pts_us
