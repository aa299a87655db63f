"""The sound of one file by media time: exact to the sample, silent where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.errors import Abandoned
from ssp_coder.media.opening import open_video
from ssp_coder.media.sound_pieces import CHANNELS_OF, KINDS, SoundPieces, SoundWish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from ssp_coder.media.sound_pieces import Samples

SAMPLE_RATE = 48_000
"""Project default: whatever a file holds, so many sample pairs a second are heard."""

CHANNELS = 2

TO_BE_PLAYED = SoundWish(rate=SAMPLE_RATE, layout="stereo", kind="s16")
"""What a sound device is given."""


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


def sample_at(time_us: int, rate: int = SAMPLE_RATE) -> int:
    """The number of the sample heard at a media time, rounded to the nearest."""
    return (2 * time_us * rate + SECOND_US) // (2 * SECOND_US)


def time_of_sample(number: int, rate: int = SAMPLE_RATE) -> Micros:
    """When a sample is heard, in media time."""
    return Micros((2 * number * SECOND_US + rate) // (2 * rate))


class AudioSource:
    """One open sound track, read by sample number at its natural speed.

    Sample 0 is heard at media time 0. Before the track begins, in its gaps and after its end there
    is silence. It never leaves the thread that made it.
    """

    def __init__(self, path: Path, origin_us: int, wish: SoundWish = TO_BE_PLAYED) -> None:
        """Open the track.

        Args:
            path: the file.
            origin_us: where media time 0 lies on the container's own clock.
            wish: which track, and in which shape the samples shall come.

        Raises:
            MediaError: the file cannot be opened or has no such track.
        """
        self._pieces = SoundPieces(path, origin_us, wish)
        self._channels, self._kind = CHANNELS_OF[wish.layout], KINDS[wish.kind]
        self._position = 0

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
    def rate(self) -> int:
        """Samples a second."""
        return self._pieces.rate

    @property
    def position(self) -> int:
        """Number of the sample that `read` gives next."""
        return self._position

    @property
    def position_us(self) -> Micros:
        """Media time of the sample that `read` gives next."""
        return time_of_sample(self._position, self.rate)

    def seek(self, time_us: int) -> None:
        """Let `read` go on at a media time."""
        self._position = sample_at(time_us, self.rate)
        self._pieces.seek(time_us)

    def read(self, count: int, abandoned: Callable[[], bool] | None = None) -> Samples:
        """The next `count` samples, shaped (count, channels).

        Args:
            count: how many.
            abandoned: asked while sound before the position is decoded.

        Raises:
            Abandoned: the caller does not want them any more.
        """
        out: Samples = np.zeros((count, self._channels), self._kind)
        start, end = self._position, self._position + count
        while (piece := self._pieces.head()) is not None:
            if abandoned is not None and abandoned():
                raise Abandoned
            at, samples = piece
            if at >= end:
                break
            low, high = max(at, start), min(at + len(samples), end)
            if low < high:
                out[low - start : high - start] = samples[low - at : high - at]
            if at + len(samples) > end:
                break
            self._pieces.drop()
        self._position = end
        return out

    def at_hand(self, most: int) -> int:
        """How many samples can be read before more must be decoded; 0 when nothing follows."""
        while (piece := self._pieces.head()) is not None:
            left = piece[0] + len(piece[1]) - self._position
            if left > 0:
                return min(left, most)
            self._pieces.drop()
        return 0

    def close(self) -> None:
        """Close the file."""
        self._pieces.close()
