"""Intervals by drawing cases anew: a case is a dyad, so cases are independent of each other."""

from __future__ import annotations

import numpy as np

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.table import Floats

RESAMPLES = USUAL_PROTOCOL.resamples
SEED = USUAL_PROTOCOL.seed
ENDS = (2.5, 97.5)
"""Percentiles between which 95 % of the resamples lie."""
MOSTLY = 0.5
"""An interval is given only if more than this share of resamples had a value; project default."""


def resampled_tables(table: Floats, *, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """Tables of as many cases drawn with replacement, shape (resamples, codes, codes).

    Drawing cases and tabulating them is the same as drawing a multinomial table; the same seed
    draws the same tables.

    Raises:
        ValueError: the table is empty or no resample is asked for.
    """
    n = round(float(table.sum()))
    if n < 1 or resamples < 1:
        raise ValueError(f"{resamples} resamples of {n} cases cannot be drawn")
    chances = table.ravel() / table.sum()
    drawn = np.random.default_rng(seed).multinomial(n, chances, size=resamples)
    return drawn.reshape(resamples, *table.shape).astype(np.float64)


def with_interval(estimate: Estimate, values: Floats) -> Estimate:
    """An estimate between the percentiles of its resamples; nan is a resample without a value.

    Resamples that are all alike give no interval: then the cases do not differ, which says nothing
    of how sure the value is.
    """
    there = values[np.isfinite(values)]
    if not estimate.is_defined or len(there) <= MOSTLY * len(values):
        return estimate
    low, high = np.percentile(there, ENDS)
    return estimate.between(float(low), float(high)) if low < high else estimate
