"""Kappa of three or more coders (Fleiss 1971; agreement reference, 3.9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.table import check_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleiss:
    """Fleiss kappa.

    Attributes:
        n: subjects.
        raters: ratings of each subject.
        kappa: over all categories.
        by_category: of each category against the others.
    """

    n: int
    raters: int
    kappa: Estimate
    by_category: tuple[Estimate, ...]


def fleiss(subjects_by_categories: ArrayLike) -> Fleiss:
    """Kappa from how many raters put each subject into each category.

    Raises:
        ValueError: it is no table of counts, or subjects differ in their number of ratings.
    """
    counts = np.asarray(subjects_by_categories, dtype=np.float64)
    if counts.ndim != 2:
        raise ValueError(f"counts of shape {counts.shape} are not rows of subjects by categories")
    check_counts(counts)
    ratings = counts.sum(axis=1)
    if len(ratings) and not (ratings == ratings[0]).all():
        raise ValueError(
            f"subjects have {ratings.min():g} to {ratings.max():g} ratings; Fleiss kappa needs as "
            "many of each"
        )
    n, m = len(counts), float(ratings[0]) if len(ratings) else 0.0
    if n == 0 or m < 2:
        why = missing(Undefined.TOO_FEW if n else Undefined.NOTHING, n)
        return Fleiss(n=n, raters=round(m), kappa=why, by_category=(why,) * counts.shape[1])
    disagreed = (counts * (m - counts)).sum(axis=0) / (n * m * (m - 1))
    shares = counts.sum(axis=0) / (n * m)
    expected = shares * (1 - shares)
    expected[counts.sum(axis=0) == n * m] = 0.0
    chance = float(expected.sum())
    kappa = (
        known(1 - float(disagreed.sum()) / chance, n)
        if chance > 0
        else missing(Undefined.ONE_CODE, n)
    )
    return Fleiss(
        n=n,
        raters=round(m),
        kappa=kappa,
        by_category=tuple(
            _category(float(one), float(by_chance), float(share), n)
            for one, by_chance, share in zip(disagreed, expected, shares, strict=True)
        ),
    )


def _category(disagreed: float, by_chance: float, share: float, n: int) -> Estimate:
    if by_chance > 0:
        return known(1 - disagreed / by_chance, n)
    return missing(Undefined.ONE_CODE if share > 0 else Undefined.NOT_USED, n)
