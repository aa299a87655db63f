"""Kappa of pieces of one session, such as units of time: they hang together.

So there is no standard error, and an interval comes from resampled blocks (reference, 3.11).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ssp_coder.agreement.bootstrap import percentile_interval, resampled
from ssp_coder.agreement.estimate import Estimate, Undefined, missing
from ssp_coder.agreement.kappa import Kappa, kappa_of
from ssp_coder.agreement.table import Floats


def session_kappa(table: Floats) -> Kappa:
    """Kappa of a table of units of time; without a standard error."""
    found = kappa_of(table)
    return replace(found, se=missing(Undefined.NO_SUCH, found.n))


@dataclass(frozen=True, slots=True)
class Margins:
    """Of many tables what kappa and specific agreement need: far less than the tables.

    Attributes:
        rows: row sums, shape (..., codes).
        columns: column sums.
        both: the diagonals.
    """

    rows: Floats
    columns: Floats
    both: Floats

    def kappas(self) -> Floats:
        """Kappa of each table, nan where it is undefined.

        Counts and their products are whole numbers, so chance without disagreement is exactly 0.
        """
        n = self.rows.sum(axis=-1)
        expected = n * n - (self.rows * self.columns).sum(axis=-1)
        disagreed = n - self.both.sum(axis=-1)
        values: Floats = np.full_like(n, np.nan)
        np.divide(disagreed * n, expected, out=values, where=expected > 0)
        np.subtract(1, values, out=values)
        return values

    def specific(self) -> Floats:
        """Specific agreement of each code of each table, nan where nobody used it."""
        used = self.rows + self.columns
        values: Floats = np.full_like(used, np.nan)
        np.divide(2 * self.both, used, out=values, where=used > 0)
        return values


def resampled_margins(tables: Floats, resamples: int, seed: int) -> Margins:
    """Margins of summed tables of drawn blocks or sessions.

    Args:
        tables: counts, shape (blocks, ..., codes, codes).
        resamples: how many sums.
        seed: of the draw.
    """
    parts = np.stack(
        (tables.sum(axis=-1), tables.sum(axis=-2), np.diagonal(tables, axis1=-2, axis2=-1)), axis=1
    )
    drawn = resampled(parts, resamples, seed)
    return Margins(drawn[:, 0], drawn[:, 1], drawn[:, 2])


def with_interval(one: Estimate, values: Floats) -> Estimate:
    """An estimate with the interval of its resamples; one that is undefined stays so."""
    return one.between(*percentile_interval(values)) if one.is_defined else one


def kappa_with_interval(kappa: Kappa, values: Floats) -> Kappa:
    """A kappa with the interval of its resamples."""
    return replace(kappa, kappa=with_interval(kappa.kappa, values))
