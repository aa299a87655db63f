"""Finding one stretch of sound in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Steps = NDArray[np.float64]

STEPS_PER_SECOND = 100
"""Loudness is looked at so often."""

_FLOOR = 1e-4
"""Project default: below -80 dB of full scale there is only the noise of the recorder."""
_LEAST_COMMON_S = 5
_LEAST_SHARE = 0.1
_QUIET = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Where a stretch was found.

    Attributes:
        samples: its beginning in the other sound, with parts of a sample.
        worth: height of the match over the ordinary height of all others.
    """

    samples: float
    worth: float


def loudness_steps(samples: Samples, rate: int) -> Steps:
    """How much louder or quieter each hundredth of a second is than the one before.

    Steps, unlike loudness, do not depend on where a microphone hangs and how it is set.
    """
    length = rate // STEPS_PER_SECOND
    cells = samples[: len(samples) // length * length].reshape(-1, length)
    squares = np.square(cells, dtype=np.float64).mean(axis=1)
    levels = 0.5 * np.log(np.maximum(squares, _FLOOR**2))
    return np.diff(levels)


def laid_side_by_side(one: Steps, other: Steps) -> float | None:
    """The offset in seconds at which both match best, None when there is nothing to match.

    An offset that leaves only a short common stretch is not considered: by chance some of them
    match well.
    """
    shorter = min(len(one), len(other))
    if not shorter or not one.any() or not other.any():
        return None
    least = min(shorter, max(_LEAST_COMMON_S * STEPS_PER_SECOND, round(_LEAST_SHARE * shorter)))
    sums = _correlation(one, other)
    lags = np.arange(-(len(one) - 1), len(other))
    common = np.minimum(len(one), len(other) - lags) - np.maximum(0, -lags)
    # Chance grows with the square root of the common length, so that is what evens it out.
    scores = np.where(common >= least, sums / np.sqrt(np.maximum(common, 1)), -np.inf)
    best = int(np.argmax(scores))
    return float(lags[best]) / STEPS_PER_SECOND if scores[best] > 0 else None


def _correlation(one: Steps, other: Steps) -> Steps:
    """Sum of products at every lag, from all of `one` before `other` to all of it behind."""
    size = _fft_size(len(one) + len(other) - 1)
    product = np.conj(np.fft.rfft(one, size)) * np.fft.rfft(other, size)
    sums = np.fft.irfft(product, size)
    return np.concatenate([sums[size - (len(one) - 1) :], sums[: len(other)]])


def best_lag(piece: Samples, wide: Samples) -> Lag | None:
    """Where `piece` lies in `wide`, by phase alone so that a room's resonance does not matter.

    None when `wide` is shorter than `piece` or one of them is silent.
    """
    places = len(wide) - len(piece) + 1
    if places < 1 or np.abs(piece).max() < _FLOOR or np.abs(wide).max() < _FLOOR:
        return None
    size = _fft_size(len(wide) + len(piece))
    product = np.conj(np.fft.rfft(piece, size)) * np.fft.rfft(wide, size)
    strength = np.abs(product)
    # Bands in which hardly anything was recorded hold noise, and would count like all others.
    strength = np.maximum(strength, 0.01 * float(strength.mean()) + _QUIET)
    match = np.fft.irfft(product / strength, size)[:places]
    best = int(np.argmax(match))
    rest = float(np.sqrt(np.mean(np.square(match)))) + _QUIET
    return Lag(samples=best + _between(match, best), worth=float(match[best]) / rest)


def _between(match: Steps, best: int) -> float:
    """Where between two samples the peak lies: the top of a parabola through three points."""
    if not 0 < best < len(match) - 1:
        return 0.0
    left, top, right = (float(value) for value in match[best - 1 : best + 2])
    bend = left - 2 * top + right
    return 0.5 * (left - right) / bend if bend < 0 else 0.0


def _fft_size(least: int) -> int:
    """The next power of two."""
    return 1 << max(0, least - 1).bit_length()
