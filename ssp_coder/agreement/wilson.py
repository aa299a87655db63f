"""The interval of a share of independent cases (Wilson 1927; agreement reference, 3.13)."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing

Z_95 = NormalDist().inv_cdf(0.975)
"""Half the width of a 95 % interval in standard errors."""


def wilson(x: int, n: int) -> tuple[float, float]:
    """The 95 % interval of x cases of n; without any case everything is possible.

    Raises:
        ValueError: x is not between 0 and n.
    """
    if not 0 <= x <= n:
        raise ValueError(f"{x} of {n} cases is no share; give 0 to {n}")
    if n == 0:
        return 0.0, 1.0
    share, square = x / n, Z_95**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z_95 * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    low = 0.0 if x == 0 else centre - half
    return low, 1.0 if x == n else centre + half


def share(x: int, n: int) -> Estimate:
    """The share of x cases of n with its interval; undefined without a case.

    Raises:
        ValueError: x is not between 0 and n.
    """
    low, high = wilson(x, n)
    return known(x / n, n).between(low, high) if n else missing(Undefined.NOTHING, 0)
