"""The one clock that says which moment of the recording is now."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING

from ssp_coder.domain.time import Micros

if TYPE_CHECKING:
    from collections.abc import Callable

_NS_PER_US = 1_000


class MasterClock:
    """Media time that runs, rests and jumps; it only answers when asked and starts no thread.

    The time is always in ``0 <= now < end_us``: at the end it rests on the last microsecond.
    """

    def __init__(self, end_us: int, monotonic_ns: Callable[[], int] = time.monotonic_ns) -> None:
        if end_us < 1:
            raise ValueError(f"a recording of {end_us} us has no moment to stand at")
        self._last_us = end_us - 1
        self._monotonic_ns = monotonic_ns
        self._rate = Fraction(1)
        self._anchor_us = 0
        self._anchor_ns: int | None = None

    @property
    def playing(self) -> bool:
        """Whether the clock was told to run; at the end of the recording it still says so."""
        return self._anchor_ns is not None

    @property
    def rate(self) -> Fraction:
        """Media seconds per real second."""
        return self._rate

    @property
    def at_end(self) -> bool:
        """Whether there is nothing left to play."""
        return self.now_us() == self._last_us

    def now_us(self) -> Micros:
        """The present moment of the recording."""
        if self._anchor_ns is None:
            return Micros(self._anchor_us)
        elapsed_ns = max(0, self._monotonic_ns() - self._anchor_ns)
        run_us = elapsed_ns * self._rate.numerator // (self._rate.denominator * _NS_PER_US)
        return Micros(min(self._last_us, self._anchor_us + run_us))

    def play(self, rate: Fraction | float | None = None) -> None:
        """Run from the present moment on, at `rate` if one is given."""
        if rate is not None:
            self.set_rate(rate)
        self._anchor(self.now_us(), running=True)

    def pause(self) -> None:
        """Rest at the present moment."""
        self._anchor(self.now_us(), running=False)

    def seek(self, time_us: int) -> Micros:
        """Jump to `time_us`, or to the nearest moment there is; returns that moment."""
        self._anchor(min(self._last_us, max(0, time_us)), running=self.playing)
        return Micros(self._anchor_us)

    def set_rate(self, rate: Fraction | float) -> None:
        """Change the speed without a jump.

        Raises:
            ValueError: the rate is not above zero.
        """
        exact = Fraction(rate)
        if exact <= 0:
            raise ValueError(f"rate {rate} is not above zero; pause instead")
        now = self.now_us()
        self._rate = exact
        self._anchor(now, running=self.playing)

    def _anchor(self, time_us: int, *, running: bool) -> None:
        self._anchor_us = time_us
        self._anchor_ns = self._monotonic_ns() if running else None
