"""A beep at every whole second, made up rather than read: for laying sound and light together."""

from __future__ import annotations

import threading
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.sound import CHANNELS, SAMPLE_RATE, sample_at
from ssp_coder.media.sound_lane import Piece, faded

if TYPE_CHECKING:
    from ssp_coder.media.sound_lane import Start
    from ssp_coder.media.sound_pieces import Samples

BEEP_US = 60_000
"""Project default: long enough to be heard as a tone, short enough to be one moment."""
PITCH_HZ = 1_000
_LOUDNESS = 0.3


class Beeps:
    """A lane of sound without a recording; a beep begins with each second."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._start: Start | None = None
        self._given = 0
        self._second = _one_second()

    def begin(self, start: Start) -> None:
        """Beep from that time on, at natural speed whatever the start says."""
        with self._guard:
            self._start, self._given = start, 0

    def take(self, count: int) -> Piece | None:
        """The next sample pairs; None before the first `begin` and after `close`."""
        with self._guard:
            if self._start is None:
                return None
            first = sample_at(self._start.time_us) + self._given
            at_us = self._start.time_us + Fraction(self._given * SECOND_US, SAMPLE_RATE)
            self._given += count
            places = np.arange(first, first + count) % SAMPLE_RATE
            return Piece(start=self._start, time_us=at_us, samples=self._second[places])

    def close(self) -> None:
        """Fall silent; closing twice is harmless."""
        with self._guard:
            self._start = None


def _one_second() -> Samples:
    second = np.zeros((SAMPLE_RATE, CHANNELS), np.int16)
    at = np.arange(BEEP_US * SAMPLE_RATE // SECOND_US)
    wave = _LOUDNESS * 32_767 * np.sin(2 * np.pi * PITCH_HZ * at / SAMPLE_RATE)
    beep = np.repeat(wave[:, np.newaxis], CHANNELS, axis=1)
    second[: len(beep)] = faded(beep.astype(np.int16))
    return second
