"""Agreement of two coders on one rating scale (agreement reference, 3.12 and 3.13)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssp_coder.agreement.bland_altman import BlandAltman, bland_altman
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.icc import FEW_CASES, Icc, icc
from ssp_coder.agreement.kappa import Kappa, kappa_of, quadratic_weights
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.wilson import share

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAgreement:
    """Two coders on one scale in one episode.

    Attributes:
        n: cases that both rated, which alone are counted.
        left_out: cases with a missing rating.
        icc: all six intraclass correlations.
        quadratic: kappa with quadratic weights over the whole declared scale.
        exact: share of equal ratings, with its interval.
        within_one: share of ratings at most one point apart.
        differences: second minus first: bias, standard deviation, limits of agreement.
        points: the points of the scale.
        bubbles: how many cases have each pair of points, rows the first coder.
    """

    n: int
    left_out: int
    icc: Icc
    quadratic: Kappa
    exact: Estimate
    within_one: Estimate
    differences: BlandAltman
    points: tuple[float, ...]
    bubbles: tuple[tuple[int, ...], ...]

    @property
    def few(self) -> bool:
        """Whether so few cases say little."""
        return self.n < FEW_CASES

    @property
    def bias(self) -> Estimate:
        """Mean difference, second minus first, with its interval."""
        return self.differences.bias


def rating_agreement(
    first: ArrayLike, second: ArrayLike, minimum: float, maximum: float, step: float = 1.0
) -> RatingAgreement:
    """Everything about two coders' ratings on one scale.

    Args:
        first: ratings of the first coder or the reference, one a case; nan is missing.
        second: of the second coder or the trainee, as many.
        minimum: lowest point of the scale.
        maximum: highest point.
        step: from point to point.

    Raises:
        ValueError: there are not as many of both, or a rating is not a point of the scale.
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    differences = bland_altman(one, other)
    both = np.isfinite(one) & np.isfinite(other)
    one, other = one[both], other[both]
    points = _points(minimum, maximum, step)
    bubbles = np.zeros((len(points), len(points)))
    np.add.at(bubbles, (_places(one, points), _places(other, points)), 1)
    apart = np.abs(other - one)
    n = len(one)
    return RatingAgreement(
        n=n,
        left_out=differences.left_out,
        icc=icc(np.column_stack((one, other))),
        quadratic=kappa_of(bubbles, quadratic_weights(len(points))),
        exact=share(int((apart <= _ROUNDING).sum()), n),
        within_one=share(int((apart <= 1 + _ROUNDING).sum()), n),
        differences=differences,
        points=tuple(float(point) for point in points),
        bubbles=tuple(tuple(int(count) for count in row) for row in bubbles),
    )


def _points(minimum: float, maximum: float, step: float) -> Floats:
    if not (minimum < maximum and step > 0):
        raise ValueError(f"{minimum:g} to {maximum:g} by {step:g} is no scale")
    count = round((maximum - minimum) / step) + 1
    return np.asarray(minimum + step * np.arange(count), dtype=np.float64)


def _places(ratings: Floats, points: Floats) -> NDArray[np.intp]:
    places: NDArray[np.intp] = np.abs(ratings[:, None] - points[None, :]).argmin(axis=1)
    wrong = np.abs(points[places] - ratings) > _ROUNDING
    if wrong.any():
        raise ValueError(
            f"rating {ratings[wrong][0]:g} is no point of {points[0]:g} to {points[-1]:g}"
        )
    return places
