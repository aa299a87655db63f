"""Gwet's AC1 and AC2: companions of kappa, never the headline (agreement reference, 3.7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.kappa import weights_for
from ssp_coder.agreement.table import Floats, check_counts, square, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Gwet:
    """A coefficient of Gwet.

    Attributes:
        n: cases in the table.
        p_o: observed agreement, weighted for AC2.
        p_e: agreement expected by chance.
        ac: the coefficient.
        se: its standard error for independent cases.
    """

    n: int
    p_o: Estimate
    p_e: Estimate
    ac: Estimate
    se: Estimate


def ac1(table: ArrayLike) -> Gwet:
    """AC1 of two coders.

    Raises:
        ValueError: the table is not square or holds something that is no count.
    """
    counts = square(table)
    return ac2(counts, np.eye(len(counts)))


def ac2(table: ArrayLike, weights: ArrayLike) -> Gwet:
    """AC2 of two coders: AC1 with weights of agreement.

    Raises:
        ValueError: as `ac1`, or the weights do not fit.
    """
    counts = square(table)
    n, k = total(counts), len(counts)
    if n == 0 or k < 2:
        why = missing(Undefined.TOO_FEW if n else Undefined.NOTHING, n)
        return Gwet(n=n, p_o=why, p_e=why, ac=why, se=why)
    agreed = weights_for(weights, k)
    p = counts / counts.sum()
    shares = (p.sum(axis=0) + p.sum(axis=1)) / 2
    factor = float(agreed.sum()) / (k * (k - 1))
    p_o, p_e = float((agreed * p).sum()), factor * float((shares * (1 - shares)).sum())
    if p_e >= 1:
        why = missing(Undefined.ONE_CODE, n)
        return Gwet(n=n, p_o=known(p_o, n), p_e=known(p_e, n), ac=why, se=why)
    value = (p_o - p_e) / (1 - p_e)
    unlikely = 1 - (shares[:, None] + shares[None, :]) / 2
    spread = agreed - 2 * (1 - value) * factor * unlikely
    variance = float((p * spread**2).sum()) - (p_o - 2 * (1 - value) * p_e) ** 2
    error = float(np.sqrt(max(0.0, variance) / counts.sum())) / (1 - p_e)
    return Gwet(n=n, p_o=known(p_o, n), p_e=known(p_e, n), ac=known(value, n), se=known(error, n))


def ac1s(tables: Floats) -> Floats:
    """AC1 of many tables at once, shape (tables,); nan where a table is empty.

    Args:
        tables: counts, shape (tables, codes, codes), at least two codes.
    """
    k = tables.shape[-1]
    n = tables.sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = (tables.sum(axis=-1) + tables.sum(axis=-2)) / (2 * n[..., None])
        p_o = np.trace(tables, axis1=-2, axis2=-1) / n
        p_e = (shares * (1 - shares)).sum(axis=-1) / (k - 1)
        values: Floats = (p_o - p_e) / (1 - p_e)
    return values


def ac1_of_counts(counts: ArrayLike) -> Estimate:
    """AC1 of any number of raters, ratings may be missing.

    Args:
        counts: how many raters gave each unit each code, shape (units, codes).

    Raises:
        ValueError: it is no table of counts.
    """
    ratings = np.asarray(counts, dtype=np.float64)
    if ratings.ndim != 2:
        raise ValueError(f"counts of shape {ratings.shape} are not rows of units by codes")
    check_counts(ratings)
    raters = ratings.sum(axis=1)
    paired = ratings[raters >= 2]
    n, k = len(paired), ratings.shape[1]
    if n == 0 or k < 2:
        return missing(Undefined.TOO_FEW if n else Undefined.NOTHING, n)
    m = paired.sum(axis=1)
    p_o = float(((paired * (paired - 1)).sum(axis=1) / (m * (m - 1))).mean())
    rated = raters >= 1
    shares = (ratings[rated] / raters[rated, None]).mean(axis=0)
    p_e = float((shares * (1 - shares)).sum()) / (k - 1)
    return known((p_o - p_e) / (1 - p_e), n)
