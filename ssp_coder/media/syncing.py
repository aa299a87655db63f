"""How far two cameras are apart, found out from what both of them heard.

First the loudness of both recordings, a hundred times a second, is laid side by side at every
possible offset. Then short windows over the whole length are compared sample by sample near that
offset. If the windows agree, the offset is sound; if they agree on a slope, one clock runs faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.correlating import best_lag, laid_side_by_side, loudness_steps
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.soundtrack import Hearing, sound_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex

    Samples = NDArray[np.float32]

RATE = 8_000
"""Samples a second that are compared: voices and knocks lie below half of it."""
WINDOWS = 16
"""Project default: so many windows are compared over the common length, if it is long enough."""
WINDOW_US = 8 * SECOND_US
"""Project default: length of a window."""
AGREEING_US = 20_000
"""Project default: windows agree when they lie within half a frame of one line."""
WORTH = 8.0
"""Project default: a window counts when its best place stands out so many times from the rest."""
_NEEDED = 3
_SEARCH_US = 400_000
_DRIFT_NEEDS_US = 60 * SECOND_US
_READING = 0.48
_MOST = 0.5


class Certainty(StrEnum):
    """How far a proposed offset may be relied on. A person looks in any case."""

    SURE = "sure"
    """Several windows over the length agree."""
    UNSURE = "unsure"
    """Few windows say anything, or they disagree."""
    NONE = "none"
    """The recordings have no sound in common that could be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncWindow:
    """One short comparison.

    Attributes:
        at_us: middle of the window in the first recording.
        offset_us: the offset it found.
        worth: how many times the best place stands out from the others.
        agrees: whether it counts and lies on the line of the others.
    """

    at_us: Micros
    offset_us: Micros
    worth: float
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOffset:
    """What the sound says about two recordings.

    A moment at time *t* of the first recording is at about ``t + offset_at(t)`` of the second.

    Attributes:
        offset_us: the offset in the middle of the common stretch.
        middle_us: that middle, in the first recording.
        drift_ppm: microseconds that the offset grows each second; None when the common stretch
            is too short to say.
        certainty: how far to rely on it.
        common_us: length of the stretch in which both recordings run.
        windows: the comparisons behind it.
    """

    offset_us: Micros
    middle_us: Micros
    drift_ppm: float | None
    certainty: Certainty
    common_us: Micros
    windows: tuple[SyncWindow, ...]

    @property
    def agreeing(self) -> int:
        """Number of windows that agree."""
        return sum(window.agrees for window in self.windows)

    @property
    def drift_us(self) -> Micros:
        """By how much the offset changes over the common stretch."""
        return Micros(round((self.drift_ppm or 0.0) * self.common_us / SECOND_US))

    def offset_at(self, time_us: int) -> Micros:
        """The offset at a time of the first recording."""
        away = (time_us - self.middle_us) / SECOND_US
        return Micros(round(self.offset_us + (self.drift_ppm or 0.0) * away))


def propose_offset(
    first: tuple[Path, FrameIndex], second: tuple[Path, FrameIndex], watch: Watch = UNWATCHED
) -> SoundOffset:
    """Compare the sound of two recordings, each with its frame index.

    Raises:
        MediaError: a recording is unusable or has no sound.
        Abandoned: `watch` cancelled the work.
    """
    one = _heard(*first, watch, 0.0)
    other = _heard(*second, watch, _READING)
    found = compare(one, other)
    watch.report(1.0)
    return found


def compare(one: Samples, other: Samples) -> SoundOffset:
    """Compare two lines of samples, `RATE` a second, that begin at their media time 0."""
    coarse = laid_side_by_side(loudness_steps(one, RATE), loudness_steps(other, RATE))
    if coarse is None:
        return _nothing(one)
    offset = round(coarse * RATE)
    begins = max(0, -offset)
    ends = min(len(one), len(other) - offset)
    windows = _windows(one, other, offset, range(begins, max(begins, ends)))
    return _judged(windows, begins * SECOND_US // RATE, ends * SECOND_US // RATE)


def _heard(path: Path, index: FrameIndex, watch: Watch, done: float) -> Samples:
    pieces: list[Samples] = [np.empty(0, np.float32)]
    for block in sound_blocks(path, index, Hearing(rate=RATE)):
        pieces.append(block.samples[0])
        share = block.first * SECOND_US / RATE / max(1, index.end_us)
        watch.report(done + _READING * min(1.0, share))
    return np.concatenate(pieces)


def _nothing(one: Samples) -> SoundOffset:
    return SoundOffset(
        offset_us=Micros(0),
        middle_us=Micros(len(one) * SECOND_US // RATE // 2),
        drift_ppm=None,
        certainty=Certainty.NONE,
        common_us=Micros(0),
        windows=(),
    )


_Found = tuple[int, int, float]
"""Middle in the first recording and offset, both in microseconds, and worth."""


def _windows(one: Samples, other: Samples, offset: int, common: range) -> list[_Found]:
    """Short comparisons, evenly over the samples of `one` that both have."""
    length = min(WINDOW_US * RATE // SECOND_US, len(common))
    count = max(1, min(WINDOWS, 2 * len(common) // max(1, length)))
    search = _SEARCH_US * RATE // SECOND_US
    found = []
    for number in range(count):
        start = common.start + (len(common) - length) * number // max(1, count - 1)
        piece = one[start : start + length]
        reach = max(0, start + offset - search)
        wide = other[reach : start + offset + length + search]
        lag = best_lag(piece, wide)
        if lag is not None:
            exact = reach + lag.samples - start
            middle = (start + length // 2) * SECOND_US // RATE
            found.append((middle, round(exact * SECOND_US / RATE), lag.worth))
    return found


def _judged(found: list[_Found], begins_us: int, ends_us: int) -> SoundOffset:
    middle_us, common_us = (begins_us + ends_us) // 2, max(0, ends_us - begins_us)
    good = [(at, offset) for at, offset, worth in found if worth >= WORTH]
    slope = _slope(good) if common_us >= _DRIFT_NEEDS_US and len(good) >= _NEEDED else 0.0
    levels = [offset - slope * (at - middle_us) for at, offset in good or [f[:2] for f in found]]
    level = float(np.median(levels)) if levels else 0.0
    windows = tuple(
        SyncWindow(
            at_us=Micros(at),
            offset_us=Micros(offset),
            worth=worth,
            agrees=worth >= WORTH and abs(offset - slope * (at - middle_us) - level) <= AGREEING_US,
        )
        for at, offset, worth in found
    )
    agreeing = sum(window.agrees for window in windows)
    drift_known = agreeing >= _NEEDED and common_us >= _DRIFT_NEEDS_US
    return SoundOffset(
        offset_us=Micros(round(level)),
        middle_us=Micros(middle_us),
        drift_ppm=slope * SECOND_US if drift_known else None,
        certainty=_certainty(agreeing, len(good), len(found)),
        common_us=Micros(common_us),
        windows=windows,
    )


def _certainty(agreeing: int, good: int, tried: int) -> Certainty:
    if not good:
        return Certainty.NONE
    enough = agreeing >= min(_NEEDED, tried) and agreeing > _MOST * good
    return Certainty.SURE if enough else Certainty.UNSURE


def _slope(points: list[tuple[int, int]]) -> float:
    """The median of the slopes between all pairs, which a few wrong windows do not move."""
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for number, earlier in enumerate(points)
        for later in points[number + 1 :]
        if later[0] != earlier[0]
    ]
    return float(np.median(slopes)) if slopes else 0.0
