"""Sound and motion as curves that grow while the recording is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.media.waveform import BUCKET_US, FULL_SCALE
from ssp_coder.ui.timeline.outline import Outline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.motion import Motion
    from ssp_coder.media.waveform import Envelope

    Values = NDArray[np.float32]

LIVELIEST_PERCENT = 99.5
"""Project default: the liveliest frames above this share are as high as the lane."""
LEAST_FULL = 2.0
"""Project default: motion weaker than this, of 0 to 255, never fills the lane: it is noise."""

_ROOM = 6_000


class SoundCurve:
    """The sound outline as far as it is known.

    Heights are the square root of the loudness (project default): a whimper can be seen beside a
    scream.
    """

    def __init__(self) -> None:
        self._count = 0
        self._low = np.zeros(_ROOM, np.float32)
        self._high = np.zeros(_ROOM, np.float32)

    def add(self, chunk: Envelope) -> None:
        """Take a stretch; stretches follow each other without holes."""
        end = chunk.first + chunk.count
        self._low, self._high = _roomy(self._low, end), _roomy(self._high, end)
        place = slice(chunk.first, end)
        self._low[place] = -_heights(-chunk.lowest.astype(np.float32))
        self._high[place] = _heights(chunk.highest.astype(np.float32))
        self._count = max(self._count, end)

    def outline(self, offset_us: int) -> Outline:
        """The curve on the session's time."""
        count = self._count
        starts = np.arange(count, dtype=np.int64) * BUCKET_US + offset_us
        end_us = count * BUCKET_US + offset_us
        return Outline(
            starts_us=starts, end_us=end_us, low=self._low[:count], high=self._high[:count]
        )


class MotionCurve:
    """How much the picture changes, as far as it is known, beside its own liveliest moments."""

    def __init__(self, index: FrameIndex, *, in_region: bool) -> None:
        self._in_region = in_region
        self._times = np.array([*index.times_us, index.end_us], dtype=np.int64)
        self._energy = np.zeros(index.count, np.float32)
        self._count = 0

    def add(self, chunk: Motion) -> None:
        """Take a stretch; a frame that could not be compared counts as still."""
        values = chunk.region_energy if self._in_region else chunk.energy
        end = min(chunk.first + chunk.count, len(self._energy))
        self._energy[chunk.first : end] = np.nan_to_num(values[: end - chunk.first])
        self._count = max(self._count, end)

    def outline(self, offset_us: int) -> Outline:
        """The curve on the session's time; it stands on the floor of its lane."""
        count = self._count
        known = self._energy[:count]
        full = float(np.percentile(known, LIVELIEST_PERCENT)) if count else LEAST_FULL
        high = np.minimum(1, known / max(full, LEAST_FULL)).astype(np.float32)
        return Outline(
            starts_us=self._times[:count] + offset_us,
            end_us=int(self._times[count]) + offset_us,
            low=np.zeros(count, np.float32),
            high=high,
        )


def _heights(loudness: Values) -> Values:
    shares: Values = np.sqrt(np.clip(loudness / FULL_SCALE, 0, 1))
    return shares


def _roomy(values: Values, count: int) -> Values:
    """The same values with room for so many, and for as many again when there was too little."""
    if count <= len(values):
        return values
    grown: Values = np.zeros(2 * count, np.float32)
    grown[: len(values)] = values
    return grown
