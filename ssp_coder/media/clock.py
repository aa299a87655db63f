"""The one clock that says which moment of the recording is now."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from ssp_coder.domain.time import Micros
from ssp_coder.media.heard import Hearing, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

HOLD_NS = 2_500_000_000
"""So long the clock waits at a start for its sound; then the picture goes on without."""
SLEW_PERCENT = 8
"""So much faster or slower than its rate it runs at most to meet the sound."""
JUMP_NS = 150_000_000
"""Farther than this times the rate from the sound, it jumps to it."""
FRESH_NS = 250_000_000
"""Project default: an older reading of the sound says nothing about now."""

_NS_PER_US = 1_000


class Sound(Protocol):
    """Sound that can lead the clock; none of its answers may take time."""

    def begin(self, time_us: int, rate: Fraction) -> None:
        """Let the sound be heard from a media time on."""

    def rest(self) -> None:
        """Let nothing more be heard."""

    def reading(self) -> Reading:
        """What was heard last of the sound that was begun last."""


class MasterClock:
    """Media time that runs, rests and jumps; it only answers when asked and starts no thread.

    The time is always in ``0 <= now < end_us``: at the end it rests on the last microsecond.

    With sound it follows what is heard: it holds at a start until the sound of that start reaches
    the ear, then keeps in step with it. Without sound, or as soon as it is lost, it runs by
    monotonic time.
    """

    def __init__(
        self,
        end_us: int,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
        sound: Sound | None = None,
    ) -> None:
        if end_us < 1:
            raise ValueError(f"a recording of {end_us} us has no moment to stand at")
        self._last_us = end_us - 1
        self._monotonic_ns = monotonic_ns
        self._sound = sound
        self._rate = Fraction(1)
        self._anchor_ns = 0
        """Media time, in nanoseconds, at the monotonic time `_since_ns`."""
        self._since_ns: int | None = None
        self._holding = False

    @property
    def playing(self) -> bool:
        """Whether the clock was told to run; at the end of the recording it still says so."""
        return self._since_ns is not None

    @property
    def holding(self) -> bool:
        """Whether it was told to run and waits for the sound."""
        self.now_us()
        return self._holding

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
        media_ns = self._anchor_ns
        if self._since_ns is not None:
            media_ns = self._media_ns(self._since_ns, max(self._since_ns, self._monotonic_ns()))
        return Micros(min(self._last_us, media_ns // _NS_PER_US))

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
        target = Micros(min(self._last_us, max(0, time_us)))
        self._anchor(target, running=self.playing)
        return target

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

    def set_end(self, end_us: int) -> None:
        """Let the recording be longer or shorter; the time stays where it is, or at the end.

        Raises:
            ValueError: nothing would be left.
        """
        if end_us < 1:
            raise ValueError(f"a recording of {end_us} us has no moment to stand at")
        now = self.now_us()
        self._last_us = end_us - 1
        if now > self._last_us:
            self.seek(self._last_us)

    def _anchor(self, time_us: int, *, running: bool) -> None:
        was_running = self.playing
        self._anchor_ns = time_us * _NS_PER_US
        self._since_ns = self._monotonic_ns() if running else None
        self._holding = False
        if self._sound is None:
            return
        if running:
            self._sound.begin(time_us, self._rate)
            self._holding = self._sound.reading().hearing is not Hearing.ABSENT
        elif was_running:
            self._sound.rest()

    def _media_ns(self, since_ns: int, now_ns: int) -> int:
        """Media time at `now_ns`; notes how far the sound has led the clock away."""
        reading = self._fresh_reading(now_ns)
        if self._holding:
            self._end_hold(reading, since_ns, now_ns)
            return self._anchor_ns
        passed_ns = self._scaled(now_ns - since_ns)
        media_ns = self._anchor_ns + passed_ns
        if reading is not None and reading.hearing is Hearing.HEARD:
            media_ns = self._led(media_ns, passed_ns, self._heard_ns(reading, now_ns))
            self._anchor_ns, self._since_ns = media_ns, now_ns
        return media_ns

    def _end_hold(self, reading: Reading | None, since_ns: int, now_ns: int) -> None:
        """Go on once the sound is heard, will not come, or was waited for long enough."""
        waits = reading is None or reading.hearing is Hearing.COMING
        if waits and now_ns - since_ns < HOLD_NS:
            return
        self._holding, self._since_ns = False, now_ns
        if reading is not None and reading.hearing is Hearing.HEARD:
            self._anchor_ns = max(self._anchor_ns, self._heard_ns(reading, now_ns))

    def _fresh_reading(self, now_ns: int) -> Reading | None:
        """What the sound says, None when it has not been heard for a while."""
        if self._sound is None:
            return None
        reading = self._sound.reading()
        stale = reading.hearing is Hearing.HEARD and now_ns - reading.at_ns > FRESH_NS
        return None if stale else reading

    def _led(self, media_ns: int, passed_ns: int, heard_ns: int) -> int:
        """The clock's own time, moved towards what is heard."""
        error_ns = heard_ns - media_ns
        if abs(error_ns) > self._scaled(JUMP_NS):
            return heard_ns
        most = passed_ns * SLEW_PERCENT // 100
        return media_ns + max(-most, min(most, error_ns))

    def _heard_ns(self, reading: Reading, now_ns: int) -> int:
        since_ns = max(0, now_ns - reading.at_ns)
        return reading.time_us * _NS_PER_US + self._scaled(since_ns)

    def _scaled(self, real_ns: int) -> int:
        return real_ns * self._rate.numerator // self._rate.denominator
