"""Kappa and its family from a table of two coders (agreement reference, 3.1).

All of them are worked out from disagreement, ``1 - observed / expected``. That equals the printed
forms, and the expected disagreement is exactly 0 where a statistic is undefined.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.table import Floats, square, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """Kappa with what must stand beside it.

    Attributes:
        n: units, events or cases in the table.
        p_o: observed agreement.
        p_e: agreement expected by chance.
        kappa: Cohen's kappa; negative values are kept.
        kappa_max: the largest kappa with these row and column sums; only without weights.
        se: standard error for independent cases, never for time units (Fleiss, Cohen & Everitt).
    """

    n: int
    p_o: Estimate
    p_e: Estimate
    kappa: Estimate
    kappa_max: Estimate
    se: Estimate


def kappa_of(table: ArrayLike, weights: ArrayLike | None = None) -> Kappa:
    """Kappa of a table; weighted if weights of agreement are given.

    Args:
        table: counts, shape (codes, codes), over all declared codes.
        weights: agreement of each pair of codes, 1 on the diagonal, shape as the table.

    Raises:
        ValueError: the table is not square, holds something that is no count, or the weights are
            not of its shape or not 1 on the diagonal.
    """
    counts = square(table)
    n = total(counts)
    if counts.sum() == 0:
        nothing = missing(Undefined.NOTHING, 0)
        return Kappa(n=0, p_o=nothing, p_e=nothing, kappa=nothing, kappa_max=nothing, se=nothing)
    agreed = weights_for(weights, len(counts))
    p = counts / counts.sum()
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed = float(((1 - agreed) * p).sum())
    expected = float(rows @ (1 - agreed) @ columns)
    p_o, p_e = known(1 - observed, n), known(1 - expected, n)
    if expected == 0:
        alike = missing(Undefined.ONE_CODE, n)
        return Kappa(n=n, p_o=p_o, p_e=p_e, kappa=alike, kappa_max=alike, se=alike)
    value = 1 - observed / expected
    largest = 1 - float(np.abs(rows - columns).sum()) / 2 / expected
    return Kappa(
        n=n,
        p_o=p_o,
        p_e=p_e,
        kappa=known(value, n),
        kappa_max=known(largest, n) if weights is None else missing(Undefined.NO_SUCH, n),
        se=known(_standard_error(p, agreed, value) / float(np.sqrt(counts.sum())), n),
    )


def kappas(tables: Floats) -> Floats:
    """Unweighted kappa of many tables at once, shape (tables,); nan where it is undefined.

    Args:
        tables: counts, shape (tables, codes, codes).
    """
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    n = rows.sum(axis=1)
    off = n - np.trace(tables, axis1=1, axis2=2)
    # A sum over all pairs of different codes: 0, not nearly 0, where one code was used throughout.
    apart = 1 - np.eye(tables.shape[1])
    expected = np.einsum("bi,ij,bj->b", rows, apart, columns, optimize=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        values: Floats = 1 - off * n / expected
    values[expected == 0] = np.nan
    return values


def linear_weights(k: int) -> Floats:
    """Weights that fall evenly with the distance of two points of a scale."""
    return 1 - _distances(k)


def quadratic_weights(k: int) -> Floats:
    """Weights that fall with the squared distance of two points of a scale."""
    return 1 - _distances(k) ** 2


def weights_from_disagreement(disagreement: ArrayLike) -> Floats:
    """Weights of agreement from free weights of disagreement, 0 on the diagonal.

    Raises:
        ValueError: they are not square, negative, not 0 on the diagonal, or all 0.
    """
    apart = square(disagreement)
    if np.diag(apart).any():
        raise ValueError("disagreement of a code with itself is 0; put 0 on the diagonal")
    if not apart.any():
        raise ValueError("all weights of disagreement are 0; give at least one above 0")
    agreed: Floats = 1 - apart / apart.max()
    return agreed


def weights_for(weights: ArrayLike | None, k: int) -> Floats:
    """Weights of agreement of k codes; without any, a code agrees only with itself.

    Raises:
        ValueError: they are not of that shape, not 1 on the diagonal, or elsewhere above 1.
    """
    if weights is None:
        return np.eye(k)
    agreed = np.asarray(weights, dtype=np.float64)
    if agreed.shape != (k, k):
        raise ValueError(f"weights of shape {agreed.shape} do not fit {k} codes")
    if not (np.diag(agreed) == 1).all() or not (agreed <= 1).all():
        raise ValueError("weights of agreement are 1 on the diagonal and nowhere above 1")
    return agreed


def pabak(table: ArrayLike) -> Estimate:
    """Kappa as if all codes were equally frequent (PABAK; Bennett's S)."""
    counts = square(table)
    n, k = total(counts), len(counts)
    if n == 0:
        return missing(Undefined.NOTHING, 0)
    if k < 2:
        return missing(Undefined.TOO_FEW, n)
    return known((k * float(np.trace(counts) / counts.sum()) - 1) / (k - 1), n)


def bias_index(table: ArrayLike) -> Estimate:
    """How far two coders differ in how often they use the first of two codes."""
    counts = _two_by_two(table)
    return _share(counts[0, 1] - counts[1, 0], counts)


def prevalence_index(table: ArrayLike) -> Estimate:
    """How much more often both use the first of two codes than the second."""
    counts = _two_by_two(table)
    return _share(counts[0, 0] - counts[1, 1], counts)


def scott_pi(table: ArrayLike) -> Estimate:
    """Scott's pi: chance from the mean of both coders' shares."""
    counts = square(table)
    n = total(counts)
    if n == 0:
        return missing(Undefined.NOTHING, 0)
    p = counts / counts.sum()
    shares = (p.sum(axis=0) + p.sum(axis=1)) / 2
    apart = 1 - np.eye(len(p))
    expected = float(shares @ apart @ shares)
    if expected == 0:
        return missing(Undefined.ONE_CODE, n)
    return known(1 - float((apart * p).sum()) / expected, n)


def specific_agreement(table: ArrayLike) -> tuple[Estimate, ...]:
    """Agreement on each code, ``2 T_ii / (R_i + C_i)``; n counts what either gave the code."""
    counts = square(table)
    return tuple(
        _specific(float(both), float(used)) for both, used in zip(*_use(counts), strict=True)
    )


def specific_agreements(tables: Floats) -> Floats:
    """The same of many tables at once, shape (tables, codes); nan where nobody used the code."""
    both, used = _use(tables)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: Floats = 2 * both / used
    return shares


def _use(tables: Floats) -> tuple[Floats, Floats]:
    both: Floats = np.diagonal(tables, axis1=-2, axis2=-1)
    return both, tables.sum(axis=-1) + tables.sum(axis=-2)


def _specific(both: float, used: float) -> Estimate:
    if used == 0:
        return missing(Undefined.NOT_USED, 0)
    return known(2 * both / used, round(used - both))


def _standard_error(p: Floats, weights: Floats, kappa: float) -> float:
    """The standard error times the root of n."""
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    by_row, by_column = weights @ columns, rows @ weights
    p_e = float(rows @ weights @ columns)
    spread = weights - (by_row[:, None] + by_column[None, :]) * (1 - kappa)
    variance = float((p * spread**2).sum()) - (kappa - p_e * (1 - kappa)) ** 2
    expected = float(rows @ (1 - weights) @ columns)
    return float(np.sqrt(max(0.0, variance))) / expected


def _distances(k: int) -> Floats:
    places = np.arange(k, dtype=np.float64)
    return np.abs(places[:, None] - places[None, :]) / max(1, k - 1)


def _two_by_two(table: ArrayLike) -> Floats:
    counts = square(table)
    if len(counts) != 2:
        raise ValueError(f"this index needs a table of 2 codes, not of {len(counts)}")
    return counts


def _share(count: float, counts: Floats) -> Estimate:
    n = total(counts)
    return known(float(count) / float(counts.sum()), n) if n else missing(Undefined.NOTHING, 0)
