"""The sound of a file as pieces of samples that know their place: the one way to place sound.

A stretch of sound is placed once, by its first stamp, and counted from there. Counting is exact
where stamps are rounded, as they are to whole milliseconds in Matroska, and deaf to their jitter.
Only where a stamp lies too far from the count does a new stretch begin: that is a real gap.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import av
import av.error
import numpy as np
from av.stream import Discard

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.errors import MediaError
from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[Any]  # of the kind that was wished for: int16 or float32
    Piece: TypeAlias = tuple[int, Samples]
    """Number of the first sample, and samples shaped (n, channels)."""

TOLERANCE_US = 20_000
"""Project default: stamps may err so much from the count; a lost packet of AAC is longer."""

KINDS: dict[str, np.dtype[Any]] = {"s16": np.dtype(np.int16), "fltp": np.dtype(np.float32)}
"""How samples of each kind are kept."""
CHANNELS_OF = {"mono": 1, "stereo": 2}
"""Channels of each layout."""

_PREROLLS_US = (250_000, 2_000_000, 10_000_000)
"""How long before the wish decoding begins: a coder of sound looks back over some packets, and a
seek may land too late. Each is tried until one lands early enough."""
_WARMING_UP_US = 100_000
"""A decoder's first samples after a seek are not sound yet: AAC builds each frame on the last."""
_PIECE = 8_192
"""Samples handed on at once; single frames of a thousand would cost more than decoding them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundWish:
    """How somebody wants to have the samples.

    Attributes:
        rate: samples a second, None as recorded.
        layout: ``mono`` or ``stereo``.
        kind: ``s16`` for whole numbers, ``fltp`` for -1 to 1.
        place: which of the file's sound tracks, from 0.
    """

    rate: int | None = None
    layout: str = "mono"
    kind: str = "fltp"
    place: int = 0


class Line:
    """Puts pieces one behind the other, and no sample twice."""

    def __init__(self, slack: int) -> None:
        """Begin with nothing; pieces `slack` samples off their neighbour still touch it."""
        self._slack = slack
        self._end: int | None = None

    def placed(self, at: int, samples: Samples) -> Piece:
        """Where the samples lie that were not there yet, and those samples."""
        if self._end is not None:
            if abs(at - self._end) <= self._slack:
                at = self._end
            known = max(0, self._end - at)
            at, samples = at + known, samples[known:]
        if len(samples):
            self._end = at + len(samples)
        return at, samples


class _Run:
    """Frames that follow each other without a gap, in the shape that was wished for."""

    def __init__(self, begins_us: Fraction, frame: AudioFrame, wish: SoundWish, rate: int) -> None:
        self._shape = _shape(frame)
        self._begins_us = begins_us
        self._begins_s = float(begins_us) / SECOND_US
        self._first = round(begins_us * rate / SECOND_US)
        self._taken = 0
        self._given = 0
        self._waiting: list[Samples] = []
        self._waiting_count = 0
        self._channels = CHANNELS_OF[wish.layout]
        self._planar = wish.kind.endswith("p") and self._channels > 1
        self._kind = KINDS[wish.kind]
        self._resampler: av.AudioResampler | None = None
        if self._shape != (wish.kind, wish.layout, rate):
            self._resampler = av.AudioResampler(wish.kind, wish.layout, rate, frame_size=_PIECE)

    @property
    def due_us(self) -> Fraction:
        """When the next frame is due."""
        return self._begins_us + Fraction(self._taken * SECOND_US, self._shape[2])

    def goes_on_with(self, frame: AudioFrame, said_s: float | None) -> bool:
        """Whether a frame that says it is heard at `said_s` follows without a gap."""
        if _shape(frame) != self._shape:
            return False
        # Floats are enough to tell a gap, and are asked of every frame; places are exact.
        due_s = self._begins_s + self._taken / self._shape[2]
        return said_s is None or abs(said_s - due_s) <= TOLERANCE_US / SECOND_US

    def feed(self, frame: AudioFrame) -> Iterator[Piece]:
        """Take a frame; gives a piece when there is enough for one."""
        self._taken += frame.samples
        frame.pts = None  # the run knows its place; a resampler would fill rounding errors
        self._keep(frame)
        if self._waiting_count >= _PIECE:
            yield self._piece()

    def rest(self) -> Iterator[Piece]:
        """What is left."""
        self._keep(None)
        if self._waiting_count:
            yield self._piece()

    def _keep(self, frame: AudioFrame | None) -> None:
        out = [frame] if self._resampler is None else self._resampler.resample(frame)
        for shaped in out:
            if shaped is not None:
                samples = self._rows(shaped)
                self._waiting.append(samples)
                self._waiting_count += len(samples)

    def _rows(self, frame: AudioFrame) -> Samples:
        """The samples of a shaped frame as (n, channels)."""
        if self._planar:
            return frame.to_ndarray().T
        plane = memoryview(frame.planes[0])
        samples: Samples = np.frombuffer(plane, self._kind, frame.samples * self._channels)
        return samples.reshape(-1, self._channels)

    def _piece(self) -> Piece:
        at = self._first + self._given
        whole = self._waiting[0] if len(self._waiting) == 1 else np.concatenate(self._waiting)
        self._given += len(whole)
        self._waiting, self._waiting_count = [], 0
        return at, whole


class SoundPieces:
    """One sound track of one open file; `head` is the piece that comes next.

    Sample 0 is heard together with the first frame of the picture. It never leaves the thread
    that made it.

    Attributes:
        rate: samples a second.
    """

    def __init__(self, path: Path, origin_us: int, wish: SoundWish) -> None:
        """Open the track.

        Args:
            path: the file.
            origin_us: where media time 0 lies on the container's own clock.
            wish: in which shape the samples shall come.

        Raises:
            MediaError: the file cannot be opened or has no such track.
        """
        self._path, self._origin_us, self._wish = path, origin_us, wish
        self._container: InputContainer
        self._stream: AudioStream
        self._pieces: Generator[Piece]
        self._ahead: Piece | None = None
        self._open()
        self.rate = wish.rate or self._stream.codec_context.sample_rate
        self._begin_reading()
        first = self.head()
        self._earliest = 0 if first is None else first[0]

    def seek(self, time_us: int) -> None:
        """Let the pieces go on so early before a media time that it is sound by then."""
        for preroll in _PREROLLS_US:
            early_us = time_us - preroll
            if early_us * self.rate <= self._earliest * SECOND_US:
                break
            if self._land(early_us, time_us - _WARMING_UP_US):
                return
        self.close()
        self._open()
        self._begin_reading()

    def head(self) -> Piece | None:
        """The piece that comes next, which stays the next until `drop`; None at the end."""
        if self._ahead is None:
            self._ahead = next(self._pieces, None)
        return self._ahead

    def drop(self) -> None:
        """Be done with the head."""
        self._ahead = None

    def close(self) -> None:
        """Close the file."""
        self._pieces.close()
        self._container.close()

    def _open(self) -> None:
        container, _ = open_video(self._path, threaded=False)
        tracks, place = container.streams.audio, self._wish.place
        if place >= len(tracks) or tracks[place].codec_context is None or not tracks[place].rate:
            container.close()
            raise self._no_track(len(tracks))
        self._container, self._stream = container, tracks[place]
        for stream in container.streams:
            # The demuxer need not even read what nobody listens to.
            stream.discard = Discard.default if stream is self._stream else Discard.all

    def _no_track(self, count: int) -> MediaError:
        place = self._wish.place
        if not count:
            what, remedy = "has no sound", "choose a recording with a sound track"
            return MediaError("media.no_sound", self._path, what, remedy)
        remedy = "choose another sound track"
        if place >= count:
            what = f"has no sound track {place + 1}, only {count}"
            return MediaError("media.no_track", self._path, what, remedy)
        what = f"has a sound track {place + 1} of an unknown kind"
        return MediaError("media.unknown_sound", self._path, what, remedy)

    def _begin_reading(self) -> None:
        self._ahead = None
        self._pieces = self._placed(self._decoded())

    def _land(self, time_us: int, latest_us: int) -> bool:
        """Go to the last packet before a time; False when the file went past `latest_us`."""
        time_base = self._stream.time_base or Fraction(1, SECOND_US)
        ticks = int(Fraction(self._origin_us + time_us, SECOND_US) / time_base)
        self._pieces.close()
        try:
            self._container.seek(ticks, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return False
        self._begin_reading()
        head = self.head()
        return head is not None and head[0] * SECOND_US <= latest_us * self.rate

    def _placed(self, frames: Generator[AudioFrame]) -> Generator[Piece]:
        """Pieces in order, each behind the one before."""
        line = Line(TOLERANCE_US * self.rate // SECOND_US)
        with contextlib.closing(frames):
            for at, samples in self._counted(frames):
                piece = line.placed(at, samples)
                if len(piece[1]):
                    yield piece

    def _counted(self, frames: Generator[AudioFrame]) -> Iterator[Piece]:
        """Pieces at their counted places; a gap, or another kind of sound, begins a new run."""
        run: _Run | None = None
        for frame in frames:
            clock_s = frame.time
            said_s = None if clock_s is None else clock_s - self._origin_us / SECOND_US
            if run is None or not run.goes_on_with(frame, said_s):
                due_us = Fraction(0) if run is None else run.due_us
                if run is not None:
                    yield from run.rest()
                run = _Run(self._stamp_of(frame, due_us), frame, self._wish, self.rate)
            yield from run.feed(frame)
        if run is not None:
            yield from run.rest()

    def _stamp_of(self, frame: AudioFrame, due_us: Fraction) -> Fraction:
        """Media time of the frame's first sample by its own stamp; when due where it has none."""
        time_base = frame.time_base or self._stream.time_base
        if frame.pts is None or time_base is None:
            return due_us
        return frame.pts * time_base * SECOND_US - self._origin_us

    def _decoded(self) -> Generator[AudioFrame]:
        """Frames up to the end; what cannot be decoded is left out and heard as a gap."""
        with contextlib.suppress(av.error.FFmpegError):
            for packet in packets_of(self._container, self._stream):
                yield from self._frames_of(packet)
        yield from self._frames_of(None)

    def _frames_of(self, packet: Packet[AudioStream] | None) -> Iterator[AudioFrame]:
        try:
            frames = self._stream.decode(packet)
        except av.error.FFmpegError:
            return
        for frame in frames:
            if frame.samples and frame.sample_rate:
                yield frame


def _shape(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate
