"""The frames of the video on the screen, as the code board asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.domain.time import Micros

if TYPE_CHECKING:
    from ssp_coder.ui.player.player import Player

UNKNOWN_FRAME_US = 40_000
"""Project default: a frame whose end no recording tells lasts so long."""


class PlayerFrames:
    """Knows when the next frame of the camera that leads appears."""

    def __init__(self, player: Player) -> None:
        self._player = player

    def after(self, time_us: Micros) -> Micros:
        """When the frame after the one on at a time appears; at the last frame its end."""
        lead = self._player.lead
        following = lead.time_of(lead.ordinal_at(time_us) + 1)
        if following > time_us:
            return following
        return lead.end_us if lead.end_us > time_us else Micros(time_us + UNKNOWN_FRAME_US)

    def number(self, time_us: Micros) -> int | None:
        """The number of the first camera's frame on at a time, None when it was off."""
        return self._player.frame_at(time_us)
