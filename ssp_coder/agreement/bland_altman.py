"""Differences of paired measurements: bias and limits of agreement (Bland & Altman 1986)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.quantiles import upper_t

LIMITS_SD = 1.96
"""How many standard deviations the limits lie from the bias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlandAltman:
    """What the differences, second minus first, come to.

    Attributes:
        n: complete pairs, which alone are counted.
        left_out: pairs of which one is missing.
        bias: mean difference, with the interval of a mean (Student's t).
        sd: standard deviation of the differences, with n - 1.
        lower: lower limit of agreement.
        upper: upper limit.
    """

    n: int
    left_out: int
    bias: Estimate
    sd: Estimate
    lower: Estimate
    upper: Estimate


def bland_altman(first: ArrayLike, second: ArrayLike, limits_sd: float = LIMITS_SD) -> BlandAltman:
    """Bias and limits of agreement.

    Args:
        first: measurements of the first coder or the reference; nan is missing.
        second: of the second coder, as many.
        limits_sd: how many standard deviations the limits lie from the bias.

    Raises:
        ValueError: there are not as many of both.
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != other.shape or one.ndim != 1:
        raise ValueError(f"{one.size} and {other.size} measurements are not pairs")
    differences = other - one
    differences = differences[np.isfinite(differences)]
    n = len(differences)
    left_out = len(one) - n
    if n == 0:
        why = missing(Undefined.NOTHING, 0)
        return BlandAltman(n=0, left_out=left_out, bias=why, sd=why, lower=why, upper=why)
    mean = float(differences.mean())
    if n == 1:
        why = missing(Undefined.TOO_FEW, 1)
        bias = known(mean, 1)
        return BlandAltman(n=1, left_out=left_out, bias=bias, sd=why, lower=why, upper=why)
    sd = float(differences.std(ddof=1))
    half = upper_t(n - 1) * sd / float(np.sqrt(n))
    return BlandAltman(
        n=n,
        left_out=left_out,
        bias=known(mean, n).between(mean - half, mean + half),
        sd=known(sd, n),
        lower=known(mean - limits_sd * sd, n),
        upper=known(mean + limits_sd * sd, n),
    )
