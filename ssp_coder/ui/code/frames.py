"""Which frames lie beside a time, so that edges move from frame to frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.domain.time import Micros
from ssp_coder.editing.shifting import Place

if TYPE_CHECKING:
    from ssp_coder.ui.player.player import Player

PLAIN_FRAME_US = 40_000
"""Project default: a step of so much where no video is open and no frames are known."""


class Frames:
    """The frames of the camera that leads, as places for edges."""

    def __init__(self, player: Player) -> None:
        self._player = player

    @property
    def known(self) -> bool:
        """Whether a video is open whose frames can be counted."""
        return self._player.lead.video is not None

    def start(self, time_us: int) -> int:
        """When the frame that is on at a time appeared."""
        return self._player.frame_start(time_us)

    def place(self, time_us: int) -> Place:
        """A time as it is, with the number of the frame that is on then."""
        return Place(at_us=Micros(time_us), frame=self._player.frame_at(time_us))

    def nearest(self, time_us: int) -> Place:
        """The frame that appeared nearest to a time."""
        before = self.start(max(0, time_us))
        after = self.beside(Micros(before), 1).at_us
        return self.place(after if after - time_us < time_us - before else before)

    def beside(self, time_us: Micros, step: int) -> Place:
        """The frame before (-1) or after (+1) the one that is on at a time."""
        camera = self._player.lead
        if camera.video is None:
            return self.place(max(0, time_us + step * PLAIN_FRAME_US))
        here = camera.ordinal_at(time_us)
        if step < 0 and camera.time_of(here) < time_us:
            return self.place(camera.time_of(here))
        return self.place(max(0, camera.time_of(here + step)))
