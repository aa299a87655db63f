"""A statistic with everything that must be said beside it: interval, n, or why it is undefined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite


class Undefined(StrEnum):
    """Why a statistic has no value (agreement reference, section 4)."""

    NOTHING = "nothing"
    """There was nothing to compare: no unit, event or case."""
    ONE_CODE = "one_code"
    """Both used one and the same code throughout, so that chance cannot be told from agreement."""
    NOT_USED = "not_used"
    """Neither used the code, or the one whose events it is a share of did not."""
    NO_VARIANCE = "no_variance"
    """All values are alike."""
    TOO_FEW = "too_few"
    """Fewer cases, raters or categories than the statistic needs."""
    BELOW_CHANCE = "below_chance"
    """Agreement is below chance, which no accuracy of a coder explains."""
    NO_SUCH = "no_such"
    """There is no such statistic for this kind of table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The value of a statistic.

    Attributes:
        value: None when it is undefined; never clipped.
        n: units, events or cases that it rests on.
        low: lower end of its 95 % interval, None when there is none.
        high: upper end.
        undefined: why there is no value, None when there is one.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    undefined: Undefined | None = None

    def between(self, low: float, high: float) -> Estimate:
        """The same with an interval; one that is not finite is none."""
        if isfinite(low) and isfinite(high):
            return replace(self, low=float(low), high=float(high))
        return self

    @property
    def is_defined(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


def known(value: float, n: int) -> Estimate:
    """A value that rests on n cases.

    Raises:
        ValueError: the value is not a finite number; say `missing` and why instead.
    """
    if not isfinite(value):
        raise ValueError(f"{value} is not the value of a statistic; say why it is undefined")
    return Estimate(value=float(value), n=int(n))


def missing(why: Undefined, n: int) -> Estimate:
    """No value, and why."""
    return Estimate(value=None, n=int(n), undefined=why)
