"""Feeds a sound device and knows what it lets hear; no device and no thread of its own."""

from __future__ import annotations

import threading
import time
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.heard import COMING, NOTHING, Hearing, Reading, WrittenSound
from ssp_coder.media.sound import CHANNELS, SAMPLE_RATE, silence
from ssp_coder.media.sound_lane import Start

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.media.sound_lane import Piece
    from ssp_coder.media.sound_pieces import Samples

PATIENT_ROOM = SAMPLE_RATE // 75
"""Project default: a gap in the sound is not filled with silence before 13 ms are missing."""

FIRST_STALL_NS = 3_000_000_000
"""So long a device may take until its first sample is heard (measured: up to 2 s)."""
LATER_STALL_NS = 500_000_000
"""So long it may stand still afterwards."""

_FADE = SAMPLE_RATE // 200
_NS_PER_US = 1_000


class Outlet(Protocol):
    """A sound device that is open, as a fake one can be too."""

    def room(self) -> int:
        """Sample pairs that can be written now."""

    def write(self, samples: Samples) -> int:
        """Write sample pairs; returns how many were taken."""

    def heard(self) -> tuple[int, int]:
        """Microseconds of sound heard since it was opened, and the monotonic time of that."""

    def trouble(self) -> str:
        """Why nothing can be heard any more, empty while all is well."""


class Lane(Protocol):
    """Where the sound comes from: a recording's `SoundLane`, or sound that is made up."""

    def begin(self, start: Start) -> None:
        """Make sound from there; what was ready for an earlier start is forgotten."""

    def take(self, count: int) -> Piece | None:
        """At most `count` sample pairs of the newest start, None while none are ready."""

    def close(self) -> None:
        """Stop; closing twice is harmless."""


class Playout:
    """Moves sound from a lane to an outlet, in portions, when `pump` is called.

    `pump` and `attach` belong to the device's thread. Everything else may be called from any
    thread and never waits for a device.
    """

    def __init__(self, monotonic_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._monotonic_ns = monotonic_ns
        self._guard = threading.Lock()
        self._lane: Lane | None = None
        self._start: Start | None = None
        self._count = 0
        self._place = 0
        self._gain = 1.0
        self._reading: Reading = NOTHING
        self._outlet: Outlet | None = None
        self._forget_device()

    # ------------------------------------------------------------------ from any thread

    def load(self, lane: Lane | None, place: int = 0) -> None:
        """Play a track of this lane at the next `begin`; the caller closes the lane before."""
        with self._guard:
            self._lane, self._start, self._place = lane, None, place
            self._reading = NOTHING

    def begin(self, time_us: int, rate: Fraction) -> None:
        """Let the sound be heard from a media time on."""
        with self._guard:
            if self._begin(time_us, rate):
                self._reading = COMING

    def scrap(self, time_us: int, length_us: int) -> None:
        """Let a scrap of sound be heard once, in place of one still heard; it leads no clock."""
        with self._guard:
            self._begin(time_us, Fraction(1), length_us * SAMPLE_RATE // SECOND_US)

    def rest(self) -> None:
        """Let nothing more be heard."""
        with self._guard:
            self._start = None
            self._reading = NOTHING

    def choose(self, place: int) -> None:
        """Let another sound track be heard from the next `begin` on."""
        with self._guard:
            self._place = place

    @property
    def place(self) -> int:
        """Which sound track was chosen."""
        return self._place

    def set_delay(self, delay_us: int) -> None:
        """Correct how much later than the device says a sound reaches the ear."""
        self._delay = delay_us * SAMPLE_RATE // SECOND_US

    def set_gain(self, gain: float) -> None:
        """Make the sound louder or softer; 1 is as recorded, 0 is silent.

        Raises:
            ValueError: the gain is negative or would distort.
        """
        if not 0 <= gain <= 1:
            raise ValueError(f"gain {gain} outside 0..1")
        self._gain = gain

    def reading(self) -> Reading:
        """What was heard last."""
        return self._reading

    @property
    def awake(self) -> bool:
        """Whether the device moves: only then is there something to wait for.

        A device may take two seconds until the first silence has passed; `begin` before that is
        in vain and must be said again.
        """
        return self._outlet is not None and self._heard > 0

    # ------------------------------------------------------------------ in the device's thread

    def attach(self, outlet: Outlet | None, delay_us: int = 0) -> None:
        """Write to this device from now on; None when the device has gone.

        Args:
            outlet: an open device.
            delay_us: how much later than the device says a sound reaches the ear.
        """
        with self._guard:
            self._outlet = outlet
            self._start, self._reading = None, NOTHING
            self._forget_device()
            self.set_delay(delay_us)

    def pump(self) -> str:
        """Write what there is room for and note what is heard.

        Returns:
            Why the device must be given up, empty while all is well.
        """
        outlet = self._outlet
        if outlet is None:
            return ""
        trouble = outlet.trouble()
        if not trouble:
            self._write(outlet)
            trouble = self._note_heard(outlet)
        return trouble

    def _begin(self, time_us: int, rate: Fraction, count: int | None = None) -> bool:
        """Ask the lane for sound, under the guard; False where there is nothing to be heard."""
        self._start, self._reading = None, NOTHING
        if self._lane is None or not self.awake:
            return False
        self._count += 1
        self._start = Start(
            number=self._count, time_us=time_us, rate=rate, place=self._place, count=count
        )
        self._lane.begin(self._start)
        return True

    def _forget_device(self) -> None:
        self._written = WrittenSound()
        self._delay = 0
        self._heard = 0
        self._moved_ns: int | None = None
        self._fed: Start | None = None
        self._last = silence(1)

    def _write(self, outlet: Outlet) -> None:
        room = outlet.room()
        while room > 0:
            with self._guard:
                lane, start = self._lane, self._start
            piece = None if lane is None or start is None else lane.take(room)
            if piece is not None and piece.start is not start:
                # Begun anew between the two looks; the next round asks for the newer start.
                continue
            if piece is not None:
                wanted, taken = len(piece.samples), self._write_piece(outlet, piece)
            elif start is not None and start is self._fed and room < PATIENT_ROOM:
                return
            else:
                wanted, taken = room, self._write_silence(outlet, room)
            if taken < wanted:
                return
            room -= taken

    def _write_piece(self, outlet: Outlet, piece: Piece) -> int:
        samples = piece.samples
        if piece.start is not self._fed:
            self._fed = piece.start
            samples = _faded_in(samples)
        taken = outlet.write(self._louder(samples))
        self._written.note(piece if taken == len(samples) else piece.split(taken)[0])
        if taken:
            self._last = samples[taken - 1 : taken]
        return taken

    def _write_silence(self, outlet: Outlet, count: int) -> int:
        quiet = silence(count)
        if self._last.any():
            quiet[: min(count, _FADE)] = _fading_out(self._last)[:count]
            self._last = silence(1)
            self._fed = None
        taken = outlet.write(self._louder(quiet))
        self._written.note_silence(taken)
        return taken

    def _louder(self, samples: Samples) -> Samples:
        if self._gain == 1:
            return samples
        # Loudness is heard in ratios: squared, half of the way sounds about half as loud.
        return (samples * self._gain**2).astype(np.int16)

    def _note_heard(self, outlet: Outlet) -> str:
        heard_us, at_ns = outlet.heard()
        heard, now_ns = heard_us * SAMPLE_RATE // SECOND_US, self._monotonic_ns()
        if self._moved_ns is None:
            self._moved_ns = now_ns
        if heard > self._heard:
            self._heard, self._moved_ns = heard, now_ns
            self._take_reading(at_ns)
        patience = LATER_STALL_NS if self._heard else FIRST_STALL_NS
        return "the device stands still" if now_ns - self._moved_ns > patience else ""

    def _take_reading(self, at_ns: int) -> None:
        with self._guard:
            start = self._start
            if start is None or self._reading.hearing is Hearing.ABSENT:
                return
            time_us = self._written.heard(self._heard - self._delay, start.number)
            if time_us is not None:
                self._reading = Reading(hearing=Hearing.HEARD, time_us=time_us, at_ns=at_ns)


def _faded_in(samples: Samples) -> Samples:
    count = min(len(samples), _FADE)
    ramp = np.linspace(0, 1, count, endpoint=False)[:, np.newaxis]
    softer = samples.copy()
    softer[:count] = (samples[:count] * ramp).astype(np.int16)
    return softer


def _fading_out(last: Samples) -> Samples:
    ramp = np.linspace(1, 0, _FADE)[:, np.newaxis]
    faded: Samples = (np.repeat(last, _FADE, axis=0) * ramp).astype(np.int16)
    return faded.reshape(-1, CHANNELS)
