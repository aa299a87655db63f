"""How accurate coders must be for a kappa (Bakeman et al. 1997; agreement reference, 3.14).

The model: a coder meets the true code with one accuracy for all codes and else takes any other code
equally often. What kappa to expect then depends on how frequent the codes are, which is why no one
threshold of kappa fits all.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.table import Floats, square

_NEARLY_ONE = 1 - 1e-12


class Observers(StrEnum):
    """Who is compared."""

    TWO_EQUAL = "two_equal"
    """Two coders who are equally accurate."""
    AGAINST_GOLD = "against_gold"
    """A coder and a reference that is taken for the truth."""


def expected_kappa(accuracy: float, base_rates: ArrayLike, observers: Observers) -> float:
    """The kappa to expect; nan where it is undefined.

    Args:
        accuracy: share of true codes that a coder meets, 0 to 1.
        base_rates: how frequent each code is, in any unit.
        observers: who is compared.

    Raises:
        ValueError: the accuracy is no share, or the rates are none of two codes or more.
    """
    if not 0 <= accuracy <= 1:
        raise ValueError(f"an accuracy of {accuracy} is not 0 to 1")
    rates = _rates(base_rates)
    value = kappa_of(_joint(accuracy, rates, observers)).kappa.value
    return float("nan") if value is None else value


def accuracy_behind(kappa: Estimate, base_rates: ArrayLike, observers: Observers) -> Estimate:
    """The accuracy at which the model expects a kappa, with the interval of that kappa.

    An end of the interval below 0 is given the accuracy of guessing, where the model ends.

    Raises:
        ValueError: the rates are none of two codes or more.
    """
    if kappa.value is None:
        return missing(kappa.undefined or Undefined.NOTHING, kappa.n)
    if kappa.value < 0:
        return missing(Undefined.BELOW_CHANCE, kappa.n)
    rates = _rates(base_rates)
    if (rates > 0).sum() < 2:
        return missing(Undefined.ONE_CODE, kappa.n)
    value = known(_accuracy(kappa.value, rates, observers), kappa.n)
    if kappa.low is None or kappa.high is None:
        return value
    ends = (_accuracy(max(0.0, end), rates, observers) for end in (kappa.low, kappa.high))
    return value.between(*ends)


def base_rates_of(table: ArrayLike, observers: Observers) -> Floats:
    """How frequent the codes were: in the reference (rows), or on average of both coders.

    Raises:
        ValueError: the table is not square or holds something that is no count.
    """
    counts = square(table)
    rows = counts.sum(axis=1)
    used = rows if observers is Observers.AGAINST_GOLD else (rows + counts.sum(axis=0)) / 2
    return np.asarray(used, dtype=np.float64)


def _accuracy(kappa: float, rates: Floats, observers: Observers) -> float:
    from scipy.optimize import brentq

    def beside(accuracy: float) -> float:
        return expected_kappa(accuracy, rates, observers) - kappa

    guessing = 1 / len(rates)
    if kappa <= 0 or beside(guessing) >= 0:
        return guessing
    if kappa >= _NEARLY_ONE:
        return 1.0
    return float(brentq(beside, guessing, 1.0))


def _joint(accuracy: float, rates: Floats, observers: Observers) -> Floats:
    """How often each pair of codes comes, shape (codes, codes)."""
    k = len(rates)
    errors = np.full((k, k), (1 - accuracy) / (k - 1))
    np.fill_diagonal(errors, accuracy)
    joint: Floats = rates[:, None] * errors
    if observers is Observers.TWO_EQUAL:
        joint = errors.T @ joint
    return joint


def _rates(base_rates: ArrayLike) -> Floats:
    rates: Floats = np.asarray(base_rates, dtype=np.float64)
    if rates.ndim != 1 or len(rates) < 2:
        raise ValueError("the model needs the frequency of two codes or more")
    if not np.isfinite(rates).all() or (rates < 0).any() or not rates.any():
        raise ValueError("frequencies of codes are 0 or more, and not all 0")
    shares: Floats = rates / rates.sum()
    return shares
