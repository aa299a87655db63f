"""The sound of one file by media time: exact to the sample, silent where there is none."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Self, TypeAlias

import av
import av.error
import numpy as np

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path
    from types import TracebackType

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.int16]

SAMPLE_RATE = 48_000
"""Project default: whatever a file holds, so many sample pairs a second are heard."""

CHANNELS = 2

_PREROLLS_US = (250_000, 2_000_000, 10_000_000)
"""How long before the wish decoding begins: a coder of sound looks back over some packets, and a
seek may land too late. Each is tried until one lands early enough."""

_TOLERANCE = SAMPLE_RATE // 50
"""Stamps may err by 20 ms from the count of samples (project default); more is a real gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTrack:
    """One sound track of a file, as the file describes it.

    Attributes:
        place: its number among the sound tracks, from 0.
        codec: short name of the coding.
        sample_rate: samples a second.
        channels: number of channels.
        language: three-letter code, empty where the file names none.
    """

    place: int
    codec: str
    sample_rate: int
    channels: int
    language: str


def sound_tracks(path: Path) -> tuple[SoundTrack, ...]:
    """The sound tracks that can be heard, none for a silent video.

    Raises:
        MediaError: the file cannot be opened.
    """
    container, _ = open_video(path, threaded=False)
    with container:
        return tuple(
            SoundTrack(
                place=place,
                codec=stream.codec_context.codec.canonical_name,
                sample_rate=stream.codec_context.sample_rate,
                channels=stream.codec_context.channels,
                language=stream.metadata.get("language", "").replace("und", ""),
            )
            for place, stream in enumerate(container.streams.audio)
            if stream.codec_context is not None
        )


def silence(count: int) -> Samples:
    """So many sample pairs of silence."""
    return np.zeros((count, CHANNELS), np.int16)


def sample_at(time_us: int) -> int:
    """The number of the sample heard at a media time, rounded to the nearest."""
    return (2 * time_us * SAMPLE_RATE + SECOND_US) // (2 * SECOND_US)


def time_of_sample(number: int) -> Micros:
    """When a sample is heard, in media time."""
    return Micros((2 * number * SECOND_US + SAMPLE_RATE) // (2 * SAMPLE_RATE))


class _Run:
    """Sound without a gap: placed once by its first stamp, then counted.

    Counting is exact where stamps are rounded, as they are to whole milliseconds in Matroska.
    """

    def __init__(self, first: int, frame: AudioFrame) -> None:
        self._shape = _shape(frame)
        self._first = first
        self._taken = 0
        self._given = 0
        self._resampler = av.AudioResampler(format="s16", layout="stereo", rate=SAMPLE_RATE)

    def goes_on_with(self, frame: AudioFrame, at: int | None) -> bool:
        """Whether a frame that says it lies at sample `at` follows without a gap."""
        if _shape(frame) != self._shape:
            return False
        expected = self._first + self._taken * SAMPLE_RATE // self._shape[2]
        return at is None or abs(at - expected) <= _TOLERANCE

    def feed(self, frame: AudioFrame | None) -> tuple[int, Samples]:
        """Where the samples lie that come out, and the samples; None asks for the rest."""
        if frame is not None:
            self._taken += frame.samples
            frame.pts = None
        pieces = [
            # Interleaved 16-bit stereo, as the resampler was told.
            out.to_ndarray().astype(np.int16, copy=False).reshape(-1, CHANNELS)
            for out in self._resampler.resample(frame)
            if out is not None
        ]
        at = self._first + self._given
        samples: Samples = np.concatenate([silence(0), *pieces])
        self._given += len(samples)
        return at, samples


class AudioSource:
    """One open sound track, read by sample number at its natural speed.

    Sample 0 is heard together with the first frame of the picture. Before the track begins, in
    its gaps and after its end there is silence. It never leaves the thread that made it.
    """

    def __init__(self, path: Path, origin_us: int, place: int = 0) -> None:
        """Open the track.

        Args:
            path: the file.
            origin_us: where the first picture lies on the container's own clock.
            place: which of the sound tracks, from 0.

        Raises:
            MediaError: the file cannot be opened or has no such track.
        """
        self._path, self._origin_us, self._place = path, origin_us, place
        self._container: InputContainer
        self._stream: AudioStream
        self._position = 0
        self.damaged_packets = 0
        self._open()
        first = self._head()
        self._earliest = 0 if first is None else first[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def position_us(self) -> Micros:
        """Media time of the sample that `read` gives next."""
        return time_of_sample(self._position)

    def seek(self, time_us: int) -> None:
        """Let `read` go on at a media time."""
        self._position = sample_at(time_us)
        for preroll in _PREROLLS_US:
            early = sample_at(time_us - preroll)
            if early <= self._earliest:
                break
            if self._land(time_us - preroll):
                return
        self.close()
        self._open()

    def read(self, count: int, abandoned: Callable[[], bool] | None = None) -> Samples:
        """The next `count` sample pairs, shaped (count, 2).

        Args:
            count: how many.
            abandoned: asked while sound before the position is decoded.

        Raises:
            Abandoned: the caller does not want them any more.
        """
        out = silence(count)
        start, end = self._position, self._position + count
        while (block := self._head()) is not None:
            if abandoned is not None and abandoned():
                raise Abandoned
            at, samples = block
            if at >= end:
                break
            low, high = max(at, start), min(at + len(samples), end)
            if low < high:
                out[low - start : high - start] = samples[low - at : high - at]
            if at + len(samples) > end:
                break
            self._drop()
        self._position = end
        return out

    def close(self) -> None:
        """Close the file."""
        self._blocks.close()
        self._container.close()

    def _open(self) -> None:
        container, _ = open_video(self._path, threaded=False)
        if self._place >= len(container.streams.audio):
            count = len(container.streams.audio)
            container.close()
            raise MediaError(
                "media.no_track",
                self._path,
                f"has no sound track {self._place + 1}, only {count}",
                "choose another sound track",
            )
        self._container = container
        self._stream = container.streams.audio[self._place]
        self._begin_reading()

    def _begin_reading(self) -> None:
        self._ahead: tuple[int, Samples] | None = None
        self._blocks = self._placed(self._decoded())

    def _land(self, time_us: int) -> bool:
        """Go to the last packet before a time; False when the file went past the position."""
        time_base = self._stream.time_base or Fraction(1, SECOND_US)
        ticks = int(Fraction(self._origin_us + time_us, SECOND_US) / time_base)
        self._blocks.close()
        try:
            self._container.seek(ticks, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return False
        self._begin_reading()
        head = self._head()
        return head is not None and head[0] <= self._position

    def _head(self) -> tuple[int, Samples] | None:
        """The block that comes next, which stays the next until `_drop`."""
        if self._ahead is None:
            self._ahead = next(self._blocks, None)
        return self._ahead

    def _drop(self) -> None:
        self._ahead = None

    def _placed(self, frames: Generator[AudioFrame]) -> Generator[tuple[int, Samples]]:
        """Blocks of samples with the number of their first one."""
        run: _Run | None = None
        with contextlib.closing(frames):
            for frame in frames:
                at = self._place_of(frame)
                if run is not None and not run.goes_on_with(frame, at):
                    yield run.feed(None)
                    run = None
                if run is None:
                    run = _Run(at or 0, frame)
                yield run.feed(frame)
        if run is not None:
            yield run.feed(None)

    def _place_of(self, frame: AudioFrame) -> int | None:
        """Number of the frame's first sample by its own stamp, None where it has none."""
        time_base = frame.time_base or self._stream.time_base
        if frame.pts is None or time_base is None:
            return None
        return sample_at(round(frame.pts * time_base * SECOND_US) - self._origin_us)

    def _decoded(self) -> Generator[AudioFrame]:
        """Frames up to the end; what cannot be decoded is left out and heard as a gap."""
        try:
            for packet in packets_of(self._container, self._stream):
                yield from self._frames_of(packet)
        except av.error.FFmpegError:
            self.damaged_packets += 1
        yield from self._frames_of(None)

    def _frames_of(self, packet: Packet[AudioStream] | None) -> Iterator[AudioFrame]:
        try:
            frames = self._stream.decode(packet)
        except av.error.FFmpegError:
            self.damaged_packets += 1
            return
        for frame in frames:
            if frame.samples and frame.sample_rate:
                yield frame


def _shape(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate
