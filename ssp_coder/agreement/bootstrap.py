"""Intervals by resampling: blocks of a session, or sessions of a study (agreement reference, 3.11).

A resample of tables is their weighted sum, with weights that say how often each was drawn; so all
resamples are a matrix product. Sums of counts are exact, hence the same seed gives the same bits.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ssp_coder.agreement.table import Floats

LEAST_DEFINED = 0.95
"""Share of resamples that must have a value; with fewer there is no interval (project default)."""

_SMALL_PRODUCT = 250_000
"""Multiplications up to which a matrix product is done by one thread."""
_LOW, _HIGH = 2.5, 97.5
NO_INTERVAL = (float("nan"), float("nan"))


@lru_cache(maxsize=4)
def draws(count: int, resamples: int, seed: int) -> Floats:
    """How often each of `count` things is in each resample, shape (resamples, count); read-only.

    Raises:
        ValueError: there is nothing to draw from.
    """
    if count < 1:
        raise ValueError("nothing can be drawn from nothing; give one block or session or more")
    random = np.random.default_rng(seed)
    drawn = random.integers(0, count, (resamples, count))
    drawn += np.arange(resamples)[:, None] * count
    weights = np.bincount(drawn.ravel(), minlength=resamples * count).astype(np.float64)
    weights.flags.writeable = False
    return weights.reshape(resamples, count)


def resampled(tables: Floats, resamples: int, seed: int) -> Floats:
    """Sums of drawn tables.

    Args:
        tables: counts of each block or session, shape (blocks, ...).
        resamples: how many sums.
        seed: of the draw; tables of equally many blocks are drawn alike.

    Returns:
        Shape (resamples, ...).
    """
    flat = np.ascontiguousarray(tables, dtype=np.float64).reshape(len(tables), -1)
    weights = draws(len(tables), resamples, seed)
    sums = np.empty((resamples, flat.shape[1]))
    # Small products stay on one thread; waiting for others costs more than they would spare.
    step = max(1, _SMALL_PRODUCT // max(1, flat.size))
    for first in range(0, resamples, step):
        np.matmul(weights[first : first + step], flat, out=sums[first : first + step])
    return sums.reshape(resamples, *tables.shape[1:])


def percentile_interval(values: Floats) -> tuple[float, float]:
    """The middle 95 % of a statistic's resamples, nan where it was undefined.

    Returns:
        Two nan when too many resamples have no value, or when all that have one have the same: then
        the blocks do not differ, which says nothing of how sure the value is.
    """
    defined = values[np.isfinite(values)]
    if not len(values) or len(defined) < LEAST_DEFINED * len(values):
        return NO_INTERVAL
    low, high = np.percentile(defined, (_LOW, _HIGH))
    return (float(low), float(high)) if low < high else NO_INTERVAL
