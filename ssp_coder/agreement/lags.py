"""Signed differences of times: where they lie, and how many are small (reference, 3.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.domain.time import SECOND_US

NEAR_US = (SECOND_US // 2, SECOND_US, 2 * SECOND_US)
"""Differences up to which shares are told."""
_POINTS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class LagSummary:
    """A list of signed differences, the second coder's time less the first one's.

    Attributes:
        values_us: all of them, in ascending order.
        mean_us: their mean.
        median_us: their median.
        quartiles_us: the points below which 25 and 75 % lie.
        tails_us: the points below which 5 and 95 % lie.
        near: shares of at most half a second, one and two seconds.
    """

    values_us: tuple[int, ...]
    mean_us: Estimate
    median_us: Estimate
    quartiles_us: tuple[Estimate, Estimate]
    tails_us: tuple[Estimate, Estimate]
    near: tuple[Estimate, ...]

    @property
    def n(self) -> int:
        """How many."""
        return len(self.values_us)


def lag_summary(values_us: Sequence[int]) -> LagSummary:
    """The summary of differences, undefined when there are none."""
    ordered = sorted(values_us)
    n = len(ordered)
    if n == 0:
        none = missing(Undefined.NOTHING, 0)
        return LagSummary(
            values_us=(),
            mean_us=none,
            median_us=none,
            quartiles_us=(none, none),
            tails_us=(none, none),
            near=(none,) * len(NEAR_US),
        )
    low, first, middle, third, high = (known(_point(ordered, share), n) for share in _POINTS)
    return LagSummary(
        values_us=tuple(ordered),
        mean_us=known(sum(ordered) / n, n),
        median_us=middle,
        quartiles_us=(first, third),
        tails_us=(low, high),
        near=tuple(known(sum(abs(v) <= near for v in ordered) / n, n) for near in NEAR_US),
    )


def _point(ordered: Sequence[int], share: float) -> float:
    """Linear between the two nearest, as numpy's usual percentile."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
