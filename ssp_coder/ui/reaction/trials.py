"""Reaction times of a tapping exercise: when marks appear, which taps count, what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from statistics import median, quantiles

PRACTICE = 3
COUNTED = 20
"""Project defaults: so many trials to get used to it, and so many that count."""

SHORTEST_WAIT_MS = 1_500
LONGEST_WAIT_MS = 3_500
"""Project defaults: a mark appears after a random wait between these, so that nobody can count."""

TOO_EARLY_MS = 100
"""Project default: a faster tap was begun before the mark was seen."""

TOO_LATE_MS = 1_500
"""Project default: who has not tapped by then missed the mark."""

FENCE = 1.5
"""An outlier lies so many interquartile ranges outside the quartiles (Tukey's fences)."""

LEAST = 8
"""Project default: fewer reactions are no measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the counted trials come to, in milliseconds.

    Attributes:
        count: reactions counted.
        centre: their median, which outliers hardly move.
        quarter: first quartile.
        three_quarters: third quartile.
        outliers: reactions outside the fences; they are named and stay in the median.
        early: taps before the mark or too soon after it, which do not count.
        missed: marks without a tap in time.
    """

    count: int
    centre: float
    quarter: float
    three_quarters: float
    outliers: tuple[float, ...] = ()
    early: int = 0
    missed: int = 0


class Exercise:
    """Runs the trials one after another; a trial that does not count is done again."""

    def __init__(self, chance: Random | None = None) -> None:
        """Begin before the first trial.

        Args:
            chance: where waits come from, one's own where none is given.
        """
        self._chance = chance or Random()  # noqa: S311 - waits, not secrets
        self._practice_left = PRACTICE
        self._times: list[float] = []
        self._early = self._missed = 0

    @property
    def practising(self) -> bool:
        """Whether the trial to come is dropped afterwards."""
        return self._practice_left > 0

    @property
    def done(self) -> int:
        """How many trials count so far."""
        return len(self._times)

    @property
    def is_over(self) -> bool:
        """Whether enough trials count."""
        return self.done >= COUNTED

    def next_wait_ms(self) -> int:
        """How long to wait before the next mark."""
        return self._chance.randint(SHORTEST_WAIT_MS, LONGEST_WAIT_MS)

    def tapped(self, reaction_ms: float | None) -> bool:
        """Take a tap; whether it counts as a reaction.

        Args:
            reaction_ms: time since the mark was painted, None before it was.
        """
        if reaction_ms is None or reaction_ms < TOO_EARLY_MS:
            self._early += not self.practising
            return False
        if self.practising:
            self._practice_left -= 1
        else:
            self._times.append(reaction_ms)
        return True

    def missed(self) -> None:
        """Nobody tapped in time."""
        self._missed += not self.practising

    def summary(self) -> Summary | None:
        """What the trials come to, None while they are too few."""
        if self.done < LEAST:
            return None
        return summarised(tuple(self._times), early=self._early, missed=self._missed)


def summarised(times_ms: tuple[float, ...], *, early: int = 0, missed: int = 0) -> Summary:
    """Median, quartiles and outliers of reaction times; two times at least."""
    quarter, _, three_quarters = quantiles(times_ms, n=4, method="inclusive")
    reach = FENCE * (three_quarters - quarter)
    low, high = quarter - reach, three_quarters + reach
    return Summary(
        count=len(times_ms),
        centre=median(times_ms),
        quarter=quarter,
        three_quarters=three_quarters,
        outliers=tuple(time for time in times_ms if not low <= time <= high),
        early=early,
        missed=missed,
    )
