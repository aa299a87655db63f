"""Moments worth a look: sudden changes of light or scene. Hints for doors, never coded events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import SECOND_US, Micros

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.motion import Motion

SCENE_SPREAD = 0.5
"""Project default: so large a share of the shades changes from one frame to the next."""
LIGHT_STEP = 6.0
"""Project default: brightness, 0 to 255, differs by so much between two halves of a second."""
APART_US = SECOND_US
"""Project default: hints of a kind that are nearer than this are one hint, the strongest."""

_HALF_US = SECOND_US // 2
_FLASH = 2
"""Frames: a change that lasts no longer is a flash."""


class HintKind(StrEnum):
    """What changed."""

    SCENE = "scene"
    """The picture is another one: a cut, a camera that was moved, a stop of the recording."""
    LIGHT = "light"
    """The room became brighter or darker, as when a door opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A moment worth a look.

    Attributes:
        kind: what changed.
        at_us: when the first changed frame appears.
        ordinal: number of that frame.
        strength: the share of shades that changed, or the step in brightness; minus is darker.
    """

    kind: HintKind
    at_us: Micros
    ordinal: int
    strength: float


def hints(motion: Motion, index: FrameIndex) -> tuple[Hint, ...]:
    """Every hint in order of time."""
    found = (*_scenes(motion, index), *_lights(motion, index))
    return tuple(sorted(found, key=lambda hint: (hint.at_us, hint.kind)))


def _scenes(motion: Motion, index: FrameIndex) -> list[Hint]:
    spread = np.nan_to_num(motion.spread)
    places = np.flatnonzero(spread >= SCENE_SPREAD)
    return _apart(
        [_hint(HintKind.SCENE, motion.first + int(p), float(spread[p]), index) for p in places]
    )


def _lights(motion: Motion, index: FrameIndex) -> list[Hint]:
    """Steps between the mean brightness of half a second before a frame and after it."""
    step = _steps(motion, index)
    places = np.flatnonzero(np.abs(step) >= LIGHT_STEP)
    return _apart(
        [_hint(HintKind.LIGHT, motion.first + int(p), float(step[p]), index) for p in places]
    )


def _steps(motion: Motion, index: FrameIndex) -> NDArray[np.float64]:
    times = np.array(index.times_us[motion.first : motion.first + motion.count])
    known = ~np.isnan(motion.brightness)
    steady = _without_flashes(motion.brightness, known)
    sums = np.concatenate([[0.0], np.cumsum(np.where(known, steady, 0.0), dtype=float)])
    counts = np.concatenate([[0], np.cumsum(known)])
    here = np.arange(len(times))
    low = np.searchsorted(times, times - _HALF_US)
    high = np.searchsorted(times, times + _HALF_US)
    before, after = counts[here] - counts[low], counts[high] - counts[here]
    # The first and the last half second have nothing, or too little, to be compared with.
    enough = (times >= _HALF_US) & (times + _HALF_US <= times[-1:].max(initial=0)) & (before > 0)
    enough &= after > 0
    means_before = (sums[here] - sums[low]) / np.maximum(before, 1)
    means_after = (sums[high] - sums[here]) / np.maximum(after, 1)
    steps: NDArray[np.float64] = np.where(enough, means_after - means_before, 0.0)
    return steps


def _without_flashes(
    brightness: NDArray[np.float32], known: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Medians of five frames: a flash of one or two is gone, and a step stays where it is."""
    if not known.any():
        return brightness
    # A frame that cannot be shown counts as bright as the one before, or as the first known one.
    places = np.maximum.accumulate(np.where(known, np.arange(len(known)), int(np.argmax(known))))
    padded = np.pad(brightness[places], _FLASH, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _FLASH + 1)
    medians: NDArray[np.float32] = np.median(windows, axis=1)
    return medians


def _hint(kind: HintKind, ordinal: int, strength: float, index: FrameIndex) -> Hint:
    return Hint(kind=kind, at_us=index.times_us[ordinal], ordinal=ordinal, strength=strength)


def _apart(found: list[Hint]) -> list[Hint]:
    """The strongest of every crowd."""
    kept: list[Hint] = []
    for hint in sorted(found, key=lambda hint: -abs(hint.strength)):
        if all(abs(hint.at_us - other.at_us) >= APART_US for other in kept):
            kept.append(hint)
    return kept
