"""One file's sound thread: decodes and stretches ahead of what is heard."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.complaint import FAILURES, Complaint
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.sound import SAMPLE_RATE, TO_BE_PLAYED, AudioSource
from ssp_coder.media.stretch import Stretch, lead_us

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.sound_pieces import Samples

AHEAD = SAMPLE_RATE // 2
"""Project default: half a second of output is kept ready."""

FADE = SAMPLE_RATE // 100
"""Project default: a scrap takes 10 ms to swell and to die away."""

_BLOCK = SAMPLE_RATE // 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """From where the sound plays and how fast.

    Attributes:
        number: tells this start from every other, ascending.
        time_us: media time.
        rate: media seconds per second.
        place: which sound track, from 0.
        count: so many sample pairs and no more, faded in and out; None goes on.
    """

    number: int
    time_us: int
    rate: Fraction
    place: int = 0
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Samples ready to be heard.

    Attributes:
        start: the start they belong to.
        time_us: media time of the first one.
        samples: shaped (n, 2).
    """

    start: Start
    time_us: Fraction
    samples: Samples

    def split(self, count: int) -> tuple[Piece, Piece]:
        """The first `count` sample pairs and the others."""
        step = count * self.start.rate * SECOND_US / SAMPLE_RATE
        later = self.time_us + step
        head = Piece(start=self.start, time_us=self.time_us, samples=self.samples[:count])
        return head, Piece(start=self.start, time_us=later, samples=self.samples[count:])


def faded(scrap: Samples) -> Samples:
    """A scrap of sound that begins and ends softly, so that its edges are not heard as clicks."""
    count = min(FADE, len(scrap) // 2)
    ramp = (1 - np.cos(np.pi * (np.arange(count) + 0.5) / count))[:, np.newaxis] / 2
    softer = scrap.astype(np.float32)
    softer[:count] *= ramp
    softer[len(scrap) - count :] *= ramp[::-1]
    return softer.astype(np.int16)


class SoundLane:
    """Sound of one file from any media time at any speed, made ahead in a thread of its own.

    `begin` and `take` never wait for the file. After `close` nothing is called or handed out.
    """

    def __init__(
        self, path: Path, origin_us: int, on_trouble: Callable[[MediaError], None]
    ) -> None:
        """Begin nothing yet.

        Args:
            path: the file.
            origin_us: where the first picture lies on the container's own clock.
            on_trouble: called in the lane's thread when the sound can no longer be read.
        """
        self._path, self._origin_us = path, origin_us
        self._complaint = Complaint(on_trouble, self._is_closed)
        # Shared with the callers' threads, under the condition.
        self._changed = threading.Condition()
        self._closed = False
        self._start: Start | None = None
        self._ready: deque[Piece] = deque()
        self._ready_count = 0
        # Of the lane's thread alone.
        self._source: AudioSource | None = None
        self._served: Start | None = None
        self._made_whole: Start | None = None
        self._stretch = Stretch(1)
        self._next_us = Fraction(0)
        self._thread = threading.Thread(target=self._run, name=f"sound {path.name}", daemon=True)
        self._thread.start()

    def begin(self, start: Start) -> None:
        """Make sound from there; what was ready for an earlier start is forgotten."""
        with self._changed:
            self._start = start
            self._ready.clear()
            self._ready_count = 0
            self._changed.notify()

    def take(self, count: int) -> Piece | None:
        """At most `count` sample pairs of the newest start, None while none are ready."""
        with self._changed:
            if not self._ready:
                return None
            piece = self._ready.popleft()
            if len(piece.samples) > count:
                piece, rest = piece.split(count)
                self._ready.appendleft(rest)
            self._ready_count -= len(piece.samples)
            self._changed.notify()
            return piece

    def close(self) -> None:
        """Stop, close the file and wait for the thread; closing twice is harmless."""
        with self._changed:
            self._closed = True
            self._ready.clear()
            self._changed.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    # ------------------------------------------------------------------ in the lane's thread

    def _run(self) -> None:
        try:
            while (start := self._next_start()) is not None:
                try:
                    self._make(start)
                except Abandoned:
                    continue
        except MediaError as trouble:
            self._complaint.tell(trouble)
        except FAILURES as failure:
            self._complaint.tell(self._failed(failure), failure)
        finally:
            if self._source is not None:
                self._source.close()

    def _next_start(self) -> Start | None:
        """The start to make sound for, waiting while there is enough; None when closed."""
        with self._changed:
            while not self._closed:
                done = self._start is None or self._start is self._made_whole
                if not done and self._ready_count < AHEAD:
                    return self._start
                self._changed.wait()
        return None

    def _make(self, start: Start) -> None:
        source = self._opened(start)
        if start is not self._served:
            source.seek(start.time_us)
            self._stretch = Stretch(start.rate)
            self._next_us = Fraction(start.time_us + lead_us(start.rate))
            self._served = start
        if start.count is None:
            samples = self._stretch.feed(source.read(_BLOCK, lambda: self._is_stale(start)))
        else:
            samples = faded(source.read(start.count, lambda: self._is_stale(start)))
            self._made_whole = start
        if not len(samples):
            return
        piece = Piece(start=start, time_us=self._next_us, samples=samples)
        self._next_us += len(samples) * start.rate * SECOND_US / SAMPLE_RATE
        with self._changed:
            if start is self._start and not self._closed:
                self._ready.append(piece)
                self._ready_count += len(samples)

    def _opened(self, start: Start) -> AudioSource:
        other = self._served is not None and self._served.place != start.place
        if self._source is not None and other:
            self._source.close()
            self._source = None
        if self._source is None:
            self._source = AudioSource(
                self._path, self._origin_us, replace(TO_BE_PLAYED, place=start.place)
            )
        return self._source

    def _is_stale(self, start: Start) -> bool:
        return self._closed or start is not self._start

    def _is_closed(self) -> bool:
        return self._closed

    def _failed(self, failure: Exception) -> MediaError:
        return MediaError(
            "media.sound_failed",
            self._path,
            f"cannot be heard any further ({failure})",
            "open the recording again",
        )
