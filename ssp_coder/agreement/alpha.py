"""Krippendorff's alpha for any number of coders, ratings may be missing (Krippendorff 2011)."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.table import Floats, square, total


class Level(StrEnum):
    """How values may differ."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def alpha(raters_by_units: ArrayLike, level: Level) -> Estimate:
    """Alpha; n counts the units with at least two values.

    Args:
        raters_by_units: values, shape (raters, units); nan is missing.
        level: how values differ.

    Raises:
        ValueError: it is not a table of raters and units, or a negative value has no ratio.
    """
    values, counts = counted(raters_by_units)
    if level is Level.RATIO and (values < 0).any():
        raise ValueError(f"{values.min():g} is negative, so it has no ratio; choose interval")
    pairable = counts[counts.sum(axis=1) >= 2]
    if not len(pairable):
        return missing(Undefined.NOTHING, 0)
    weights = 1 / (pairable.sum(axis=1) - 1)
    coincidences = (pairable * weights[:, None]).T @ pairable
    coincidences -= np.diag((pairable * weights[:, None]).sum(axis=0))
    return _alpha(
        coincidences, _differences(values, coincidences.sum(axis=1), level), len(pairable)
    )


def alpha_of_table(table: ArrayLike) -> Estimate:
    """Nominal alpha of two coders without missing values, from their table.

    Raises:
        ValueError: the table is not square or holds something that is no count.
    """
    counts = square(table)
    n = total(counts)
    if n == 0:
        return missing(Undefined.NOTHING, 0)
    return _alpha(counts + counts.T, 1 - np.eye(len(counts)), n)


def counted(raters_by_units: ArrayLike) -> tuple[Floats, Floats]:
    """The values in use, in order, and how many raters gave each unit each, (units, values).

    Raises:
        ValueError: it is not a table of raters and units.
    """
    ratings = np.asarray(raters_by_units, dtype=np.float64)
    if ratings.ndim != 2:
        raise ValueError(f"values of shape {ratings.shape} are not rows of raters by units")
    there = np.isfinite(ratings)
    values, places = np.unique(ratings[there], return_inverse=True)
    counts = np.zeros((ratings.shape[1], len(values)))
    np.add.at(counts, (np.nonzero(there)[1], places), 1)
    return values, counts


def _alpha(coincidences: Floats, apart: Floats, n: int) -> Estimate:
    used = coincidences.sum(axis=1)
    expected = float(used @ apart @ used)
    if expected == 0:
        return missing(Undefined.ONE_CODE, n)
    observed = float((coincidences * apart).sum())
    return known(1 - (float(used.sum()) - 1) * observed / expected, n)


def _differences(values: Floats, used: Floats, level: Level) -> Floats:
    first, second = values[:, None], values[None, :]
    if level is Level.NOMINAL:
        return 1 - np.eye(len(values))
    if level is Level.INTERVAL:
        return np.asarray((first - second) ** 2, dtype=np.float64)
    if level is Level.ORDINAL:
        # Half of the ends and all between: a difference of the ranks' middles.
        middles = np.cumsum(used) - used / 2
        return np.asarray((middles[:, None] - middles[None, :]) ** 2, dtype=np.float64)
    both = first + second
    ratios = np.divide(first - second, both, out=np.zeros_like(both), where=both > 0)
    return np.asarray(ratios**2, dtype=np.float64)
