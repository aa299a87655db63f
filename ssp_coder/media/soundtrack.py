"""The sound of a video as one unbroken line of samples, counted from the first picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.media.opening import open_video
from ssp_coder.media.sound import AudioSource
from ssp_coder.media.sound_pieces import SoundWish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex

_AT_ONCE = 1 << 16
"""Samples of a block at most, which are never many where a gap is silent."""


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
    samples: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How somebody wants to have the sound.

    Attributes:
        rate: samples a second, None as recorded.
        layout: ``mono`` or ``stereo``.
        from_us: media time at which the blocks begin.
        place: which sound track, from 0.
    """

    rate: int | None = None
    layout: str = "mono"
    from_us: int = 0
    place: int = 0


AS_RECORDED = Hearing()


def sound_blocks(
    path: Path, index: FrameIndex, hearing: Hearing = AS_RECORDED
) -> Iterator[SoundBlock]:
    """The sound of `path` without holes: what is missing in the file is silence here.

    Raises:
        MediaError: the file is unusable or has no sound.
    """
    wish = SoundWish(rate=hearing.rate, layout=hearing.layout, place=hearing.place)
    with AudioSource(path, index.start_offset_us, wish) as source:
        if hearing.from_us:
            source.seek(hearing.from_us)
        while count := source.at_hand(_AT_ONCE):
            first = source.position
            yield SoundBlock(first=first, rate=source.rate, samples=source.read(count).T)


def sound_rate(path: Path) -> int | None:
    """Samples a second as recorded, None when the file has no sound that can be heard.

    Raises:
        MediaError: the file is unusable.
    """
    container, _ = open_video(path, threaded=False)
    with container:
        tracks = container.streams.audio
        if not tracks or tracks[0].codec_context is None:
            return None
        return tracks[0].rate or None
