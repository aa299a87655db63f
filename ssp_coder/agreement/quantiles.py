"""Quantiles of distributions, loaded when the first one is asked for.

`scipy.special` instead of `scipy.stats`: the same quantiles, without the second that the latter
takes to load.
"""

from __future__ import annotations

_UPPER = 0.975


def upper_f(above: float, below: float) -> float:
    """What F with these degrees of freedom exceeds in 2.5 % of cases."""
    from scipy.special import fdtri

    return float(fdtri(above, below, _UPPER))


def upper_t(freedom: float) -> float:
    """What Student's t exceeds in 2.5 % of cases."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, _UPPER))
