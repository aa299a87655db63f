"""The sound of a video as one unbroken line of samples, counted from the first picture."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.errors import MediaError
from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from numpy.typing import NDArray

    from ssp_coder.domain.time import Micros
    from ssp_coder.media.index import FrameIndex

    Samples = NDArray[np.float32]

JITTER_S = 0.025
"""Project default: stamps may waver by so many seconds before they count as a hole in the sound."""
_LEAD_IN = 1
"""Seconds decoded before the start wanted: a decoder's first samples after a seek are not sound."""
_WARMING_UP_S = 0.1
"""Seconds that a decoder needs at least; AAC builds each frame on the one before it."""
_SILENCE_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundBlock:
    """A few samples of all channels.

    Attributes:
        first: number of the first sample; sample 0 is heard at media time 0.
        rate: samples a second.
        samples: (channels, n) values, about -1 to 1.
    """

    first: int
    rate: int
    samples: Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How somebody wants to have the sound.

    Attributes:
        rate: samples a second, None as recorded.
        layout: ``mono`` or ``stereo``.
        from_us: media time at which the blocks begin.
    """

    rate: int | None = None
    layout: str = "mono"
    from_us: int = 0


AS_RECORDED = Hearing()


def sound_blocks(
    path: Path, index: FrameIndex, hearing: Hearing = AS_RECORDED
) -> Iterator[SoundBlock]:
    """The sound of `path` without holes: what is missing in the file is silence here.

    Raises:
        MediaError: the file is unusable or has no sound.
    """
    container, track = _open_sound(path)
    try:
        rate = hearing.rate or track.rate
        if hearing.from_us > 0:
            _seek(container, track, hearing.from_us + index.start_offset_us)
        line = _Line(first=hearing.from_us * rate // SECOND_US, rate=rate)
        pieces = _pieces(container, track, hearing, index.start_offset_us)
        first = next(pieces, None)
        latest = line.next - int(_WARMING_UP_S * rate)
        if first is not None and hearing.from_us > 0 and first[0] > latest:
            # The seek went too far for the decoder to warm up; reading from the start is safe.
            container.close()
            container, track = _open_sound(path)
            pieces = _pieces(container, track, hearing, index.start_offset_us)
            first = next(pieces, None)
        if first is not None:
            yield from line.placed(*first)
        for at, samples in pieces:
            yield from line.placed(at, samples)
    finally:
        container.close()


def sound_rate(path: Path) -> int | None:
    """Samples a second as recorded, None when the file has no sound.

    Raises:
        MediaError: the file is unusable.
    """
    container, _ = open_video(path)
    with container:
        tracks = container.streams.audio
        return tracks[0].rate if tracks else None


def _open_sound(path: Path) -> tuple[InputContainer, AudioStream]:
    container, _ = open_video(path)
    tracks = container.streams.audio
    if not tracks or tracks[0].codec_context is None or not tracks[0].rate:
        container.close()
        raise MediaError(
            "media.no_sound", path, "has no sound", "choose a recording with a sound track"
        )
    return container, tracks[0]


def _seek(container: InputContainer, track: AudioStream, clock_us: int) -> None:
    early = Fraction(clock_us, SECOND_US) - _LEAD_IN
    try:
        container.seek(int(early / (track.time_base or 1)), stream=track, backward=True)
    except av.error.FFmpegError:
        return  # then reading begins where the file stands, and what comes too early is dropped


def _pieces(
    container: InputContainer, track: AudioStream, hearing: Hearing, first_picture_us: Micros
) -> Iterator[tuple[int, Samples]]:
    """Samples with the number of the first of them; a hole in the sound begins a new run."""
    offset_s = first_picture_us / SECOND_US
    rate = hearing.rate or track.rate
    run: _Run | None = None
    for frame in _frames(container, track):
        starts_s = None if frame.time is None else frame.time - offset_s
        if run is None or not run.continues(frame, starts_s):
            if run is not None:
                yield from run.rest()
            due_s = 0.0 if run is None else run.due_s
            run = _Run(due_s if starts_s is None else starts_s, frame, rate, hearing.layout)
        yield from run.convert(frame)
    if run is not None:
        yield from run.rest()


def _frames(container: InputContainer, track: AudioStream) -> Iterator[AudioFrame]:
    try:
        for packet in packets_of(container, track):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            yield from frames
        yield from track.decode(None)
    except av.error.FFmpegError:
        return  # a damaged end


class _Run:
    """Frames that follow each other without a hole, in the shape that was asked for."""

    def __init__(self, begins_s: float, frame: AudioFrame, rate: int, layout: str) -> None:
        self._shape = _shape(frame)
        self._resampler: AudioResampler = av.AudioResampler("fltp", layout, rate)
        self._begins_s = begins_s
        self._recorded_rate = frame.sample_rate
        self._taken = 0
        self._next = round(begins_s * rate)

    @property
    def due_s(self) -> float:
        """Media time in seconds at which the next frame is due."""
        return self._begins_s + self._taken / self._recorded_rate

    def continues(self, frame: AudioFrame, starts_s: float | None) -> bool:
        """Whether `frame` belongs to this run."""
        if _shape(frame) != self._shape:
            return False
        return starts_s is None or abs(starts_s - self.due_s) <= JITTER_S

    def convert(self, frame: AudioFrame) -> Iterator[tuple[int, Samples]]:
        """The samples of `frame`, as far as the converter gives them already."""
        self._taken += frame.samples
        frame.pts = None  # the run knows its place; the converter would fill rounding errors
        yield from self._given(self._resampler.resample(frame))

    def rest(self) -> Iterator[tuple[int, Samples]]:
        """What the converter held back."""
        yield from self._given(self._resampler.resample(None))

    def _given(self, frames: list[AudioFrame]) -> Iterator[tuple[int, Samples]]:
        for frame in frames:
            samples = frame.to_ndarray().astype(np.float32, copy=False)
            if samples.shape[1]:
                yield self._next, samples
                self._next += samples.shape[1]


def _shape(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


class _Line:
    """Puts pieces one behind the other: silence where one is missing, no sample twice."""

    def __init__(self, *, first: int, rate: int) -> None:
        self.next = first
        self._rate = rate
        self._slack = int(JITTER_S * rate)
        self._placed = False

    def placed(self, at: int, samples: Samples) -> Iterator[SoundBlock]:
        """The blocks that `samples`, the first of them number `at`, make with silence before."""
        if self._placed and abs(at - self.next) <= self._slack:
            at = self.next
        while at > self.next:
            count = min(at - self.next, _SILENCE_AT_ONCE)
            yield self._block(np.zeros((len(samples), count), np.float32))
        fresh = samples[:, self.next - at :]
        if fresh.shape[1]:
            self._placed = True
            yield self._block(fresh)

    def _block(self, samples: Samples) -> SoundBlock:
        block = SoundBlock(first=self.next, rate=self._rate, samples=samples)
        self.next += samples.shape[1]
        return block
