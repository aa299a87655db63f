"""How much the picture changes over time. A hint where something happens, never a coded event."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter

from ssp_coder.domain.time import Micros
from ssp_coder.media.cursor import Cursor
from ssp_coder.media.indexing import UNWATCHED, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex

    Gray = NDArray[np.uint8]
    Values = NDArray[np.float32]

WIDTH, HEIGHT = 320, 180
"""Project default: pictures are compared at most at this size, which drops most sensor noise."""

_CHUNK = 250
_SHADES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle of the upright picture, in shares of its width and height from the upper left."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def __post_init__(self) -> None:
        ends = (self.left, self.top, self.left + self.width, self.top + self.height)
        if self.width <= 0 or self.height <= 0 or not all(0 <= end <= 1.000_001 for end in ends):
            raise ValueError(
                f"region {self.left}, {self.top}, {self.width}, {self.height}: a part of the "
                "picture has shares from 0 to 1 and some width and height"
            )

    def cells(self, height: int, width: int) -> tuple[slice, slice]:
        """Rows and columns of a picture of this size; at least one of each."""
        top = min(height - 1, int(self.top * height))
        left = min(width - 1, int(self.left * width))
        bottom = max(top + 1, round((self.top + self.height) * height))
        right = max(left + 1, round((self.left + self.width) * width))
        return slice(top, bottom), slice(left, right)


WHOLE = Region()


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A stretch of frames and how much each differs from the one before.

    Values are means over pixels of 0 (black) to 255 (white); a frame that cannot be shown, and one
    without a frame before it, has nan.

    Attributes:
        first: ordinal of the first frame.
        energy: mean absolute difference of brightness from the frame before, whole picture.
        region_energy: the same within the region.
        brightness: mean brightness, whole picture.
        spread: how different the brightness of all pixels is distributed, 0 to 1: near 1 the
            pictures have nothing in common.
    """

    first: int
    energy: Values
    region_energy: Values
    brightness: Values
    spread: Values

    @property
    def count(self) -> int:
        """Number of frames."""
        return len(self.energy)


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionBucket:
    """The frames that appear within a stretch of equal length, averaged; nan without any."""

    start_us: Micros
    frames: int
    energy: float
    region_energy: float
    brightness: float


def _ignore(_chunk: Motion) -> None:
    """Chunks that nobody waits for."""


def build_motion(
    path: Path,
    index: FrameIndex,
    region: Region = WHOLE,
    watch: Watch = UNWATCHED,
    on_chunk: Callable[[Motion], None] = _ignore,
) -> Motion:
    """Compare every frame with the one before.

    Args:
        path: the recording.
        index: its frame index.
        region: the part of the picture to be measured besides the whole.
        watch: progress and the wish to stop.
        on_chunk: told each stretch as soon as it is measured, in order and without holes.

    Raises:
        MediaError: the recording is unusable.
        Abandoned: `watch` cancelled the work.
    """
    chunks: list[Motion] = []
    rows: list[tuple[float, float, float, float]] = []
    for ordinal, row in enumerate(_rows(path, index, region)):
        rows.append(row)
        if len(rows) == _CHUNK or ordinal == index.count - 1:
            chunks.append(_stretch(ordinal + 1 - len(rows), rows))
            on_chunk(chunks[-1])
            rows = []
        watch.report((ordinal + 1) / index.count)
    return joined(chunks)


def joined(chunks: list[Motion]) -> Motion:
    """Stretches that follow each other as one."""
    empty = np.empty(0, np.float32)
    names = ("energy", "region_energy", "brightness", "spread")
    rows = {
        name: np.concatenate([empty, *(getattr(chunk, name) for chunk in chunks)]) for name in names
    }
    return Motion(first=chunks[0].first if chunks else 0, **rows)


def bucketed(motion: Motion, index: FrameIndex, bucket_us: int) -> tuple[MotionBucket, ...]:
    """Means over stretches of `bucket_us`, from media time 0 to the end.

    Raises:
        ValueError: a bucket is shorter than a microsecond.
    """
    if bucket_us < 1:
        raise ValueError(f"buckets of {bucket_us} us cannot be made; ask for 1 or more")
    times = np.array(index.times_us[motion.first : motion.first + motion.count])
    places = times // bucket_us
    edges = np.searchsorted(places, np.arange(-(-index.end_us // bucket_us) + 1))
    return tuple(
        _bucket(motion, Micros(number * bucket_us), slice(low, high))
        for number, (low, high) in enumerate(pairwise(edges))
    )


def _bucket(motion: Motion, start_us: Micros, part: slice) -> MotionBucket:
    return MotionBucket(
        start_us=start_us,
        frames=int(part.stop - part.start),
        energy=_mean(motion.energy[part]),
        region_energy=_mean(motion.region_energy[part]),
        brightness=_mean(motion.brightness[part]),
    )


def _mean(values: Values) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _stretch(first: int, rows: list[tuple[float, float, float, float]]) -> Motion:
    columns = np.array(rows, np.float32).T
    return Motion(
        first=first,
        energy=columns[0],
        region_energy=columns[1],
        brightness=columns[2],
        spread=columns[3],
    )


_NOTHING = (float("nan"),) * 4


def _rows(
    path: Path, index: FrameIndex, region: Region
) -> Iterator[tuple[float, float, float, float]]:
    """One row a frame of the index, in order; damaged frames give rows without values."""
    comparing = _Comparing(region)
    expected = 0
    cursor = Cursor(path, index)
    try:
        while expected < index.count and (step := cursor.advance()) is not None:
            ordinal, frame = step
            if ordinal < expected:
                continue
            if ordinal > expected:
                yield from (_NOTHING for _ in range(expected, ordinal))
                comparing.forget()
            yield comparing.row(frame)
            expected = ordinal + 1
    finally:
        cursor.close()
    yield from (_NOTHING for _ in range(expected, index.count))


class _Comparing:
    """Measures a frame against the one before it."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._scaler = VideoReformatter()
        self._before: Gray | None = None
        self._shades_before: Values | None = None

    def forget(self) -> None:
        """A frame is missing: the next one has nothing to be compared with."""
        self._before = self._shades_before = None

    def row(self, frame: VideoFrame) -> tuple[float, float, float, float]:
        """Energy, energy in the region, brightness and spread."""
        import cv2

        gray = self._gray(frame)
        counts = cv2.calcHist([gray], [0], None, [_SHADES], [0, 256]).ravel()
        shades = (counts / gray.size).astype(np.float32)
        before, shades_before = self._before, self._shades_before
        self._before, self._shades_before = gray, shades
        brightness = float(cv2.mean(gray)[0])
        if before is None or shades_before is None or before.shape != gray.shape:
            return float("nan"), float("nan"), brightness, float("nan")
        change = cv2.absdiff(gray, before)
        part = np.ascontiguousarray(change[self._region.cells(*gray.shape)])
        spread = float(np.abs(shades - shades_before).sum() / 2)
        return float(cv2.mean(change)[0]), float(cv2.mean(part)[0]), brightness, spread

    def _gray(self, frame: VideoFrame) -> Gray:
        turns = round(frame.rotation / 90) % 4
        scaled = self._scaler.reformat(
            frame,
            min(WIDTH, frame.width),
            min(HEIGHT, frame.height),
            "gray",
            interpolation=Interpolation.AREA,
            threads=1,
        )
        return np.ascontiguousarray(np.rot90(scaled.to_ndarray(), turns), dtype=np.uint8)
