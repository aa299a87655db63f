"""Intraclass correlations of ratings (Shrout & Fleiss 1979; intervals McGraw & Wong 1996)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.quantiles import upper_f
from ssp_coder.agreement.table import Floats

FEW_CASES = 10
"""Below so many cases a coefficient is flagged (agreement reference, 3.12)."""

_NO_SPREAD = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Icc:
    """The six forms, each with its 95 % interval.

    Attributes:
        n: complete cases, which alone are counted.
        left_out: cases with a missing rating.
        raters: how many.
        icc_1_1: one rater, raters vary by case.
        icc_2_1: one rater, absolute agreement: the headline.
        icc_3_1: one rater, a constant difference between raters left aside.
        icc_1_k: mean of all raters, raters vary by case.
        icc_2_k: mean of all raters, absolute agreement.
        icc_3_k: mean of all raters, a constant difference left aside.
    """

    n: int
    left_out: int
    raters: int
    icc_1_1: Estimate
    icc_2_1: Estimate
    icc_3_1: Estimate
    icc_1_k: Estimate
    icc_2_k: Estimate
    icc_3_k: Estimate

    @property
    def few(self) -> bool:
        """Whether so few cases say little."""
        return self.n < FEW_CASES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Squares:
    """Mean squares: between cases, within cases, between raters, residual."""

    n: int
    k: int
    cases: float
    within: float
    raters: float
    residual: float


def icc(cases_by_raters: ArrayLike) -> Icc:
    """All six forms.

    Args:
        cases_by_raters: ratings, shape (cases, raters); nan is missing.

    Raises:
        ValueError: it is not a table of cases and raters.
    """
    ratings = np.asarray(cases_by_raters, dtype=np.float64)
    if ratings.ndim != 2:
        raise ValueError(f"ratings of shape {ratings.shape} are not rows of cases by raters")
    complete = ratings[np.isfinite(ratings).all(axis=1)]
    n, k = complete.shape
    left_out = len(ratings) - n
    if n < 2 or k < 2:
        why = missing(Undefined.TOO_FEW if n else Undefined.NOTHING, n)
        return _filled((why,) * 6, (n, left_out, k))
    squares = _mean_squares(complete)
    forms = (
        *_consistency(squares, squares.within, n * (k - 1)),
        *_absolute(squares),
        *_consistency(squares, squares.residual, (n - 1) * (k - 1)),
    )
    return _filled(forms, (n, left_out, k))


def _filled(forms: tuple[Estimate, ...], sizes: tuple[int, int, int]) -> Icc:
    """Forms in the order (1,1), (1,k), (2,1), (2,k), (3,1), (3,k)."""
    n, left_out, raters = sizes
    return Icc(
        n=n,
        left_out=left_out,
        raters=raters,
        icc_1_1=forms[0],
        icc_1_k=forms[1],
        icc_2_1=forms[2],
        icc_2_k=forms[3],
        icc_3_1=forms[4],
        icc_3_k=forms[5],
    )


def _mean_squares(ratings: Floats) -> _Squares:
    n, k = ratings.shape
    grand = ratings.mean()
    by_case = ratings.mean(axis=1, keepdims=True)
    by_rater = ratings.mean(axis=0, keepdims=True)
    # What rounding leaves of equal ratings is no variance.
    nothing = (_NO_SPREAD * float(np.abs(ratings).max())) ** 2

    def mean_square(deviations: Floats, times: int, freedom: int) -> float:
        largest = float((deviations**2).max())
        return 0.0 if largest <= nothing else times * float((deviations**2).sum()) / freedom

    return _Squares(
        n=n,
        k=k,
        cases=mean_square(by_case - grand, k, n - 1),
        within=mean_square(ratings - by_case, 1, n * (k - 1)),
        raters=mean_square(by_rater - grand, n, k - 1),
        residual=mean_square(ratings - by_case - by_rater + grand, 1, (n - 1) * (k - 1)),
    )


def _consistency(squares: _Squares, error: float, freedom: int) -> tuple[Estimate, Estimate]:
    """Forms (1,1) and (1,k), or (3,1) and (3,k), by the mean square that counts as error."""
    n, k, cases = squares.n, squares.k, squares.cases
    single = _quotient(cases - error, cases + (k - 1) * error, n)
    mean = _quotient(cases - error, cases, n)
    if error == 0:
        return _certain(single), _certain(mean)
    low = cases / error / upper_f(n - 1, freedom)
    high = cases / error * upper_f(freedom, n - 1)
    with_interval = single.between((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))
    if mean.is_defined:
        mean = mean.between(1 - 1 / low, 1 - 1 / high)
    return with_interval, mean


def _absolute(squares: _Squares) -> tuple[Estimate, Estimate]:
    """Forms (2,1) and (2,k)."""
    n, k = squares.n, squares.k
    cases, raters, error = squares.cases, squares.raters, squares.residual
    single = _quotient(cases - error, cases + (k - 1) * error + k * (raters - error) / n, n)
    mean = _quotient(cases - error, cases + (raters - error) / n, n)
    if raters == 0 and error == 0:
        return _certain(single), _certain(mean)
    if single.value is None:
        return single, mean
    low, high = _absolute_limits(squares, single.value)
    if mean.is_defined:
        mean = mean.between(_stepped_up(low, k), _stepped_up(high, k))
    return single.between(low, high), mean


def _absolute_limits(squares: _Squares, rho: float) -> tuple[float, float]:
    n, k = squares.n, squares.k
    cases, raters, error = squares.cases, squares.raters, squares.residual
    freedom = (n - 1) * (k - 1)
    weight = n * (1 + (k - 1) * rho) - k * rho
    # The printed form divides by the residual; multiplied out it also holds where that is 0.
    below = (n - 1) * (k * rho * raters) ** 2 + (weight * error) ** 2
    if below == 0:
        return float("nan"), float("nan")
    v = freedom * (k * rho * raters + weight * error) ** 2 / below
    if v <= 0:
        return float("nan"), float("nan")
    above, under = upper_f(n - 1, v), upper_f(v, n - 1)
    rest = k * raters + (k * n - k - n) * error
    low = n * (cases - above * error) / (above * rest + n * cases)
    high = n * (under * cases - error) / (rest + n * under * cases)
    return low, high


def _stepped_up(single: float, k: int) -> float:
    """The limit for the mean of k raters (Spearman-Brown); nan where there is none."""
    below = 1 + (k - 1) * single
    return k * single / below if below > 0 else float("nan")


def _quotient(above: float, below: float, n: int) -> Estimate:
    return known(above / below, n) if below > 0 else missing(Undefined.NO_VARIANCE, n)


def _certain(estimate: Estimate) -> Estimate:
    """Without any error the interval is the value."""
    return estimate if estimate.value is None else estimate.between(estimate.value, estimate.value)
