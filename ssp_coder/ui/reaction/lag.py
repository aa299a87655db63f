"""The reaction lag of one person on this computer, and how it is known."""

from __future__ import annotations

import json
from dataclasses import dataclass

MOST_LAG_MS = 1_000
_US_PER_MS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionLag:
    """How late a person reacts, and whether that is taken off what is coded while playing.

    Attributes:
        value_ms: the lag, 0 to 1,000.
        on: whether it is taken off.
        measured_ms: the median of the exercise, None when it was never done; the value may be
            another one, which the person typed.
        count: reactions that the median is of.
        date: day of the exercise, as YYYY-MM-DD.
    """

    value_ms: int = 0
    on: bool = False
    measured_ms: int | None = None
    count: int = 0
    date: str = ""

    @property
    def in_force_us(self) -> int:
        """What is taken off, in microseconds."""
        return self.value_ms * _US_PER_MS if self.on else 0

    @property
    def is_typed(self) -> bool:
        """Whether the value is not the one measured."""
        return self.value_ms != self.measured_ms


def lag_text(lag: ReactionLag) -> str:
    """A lag as the settings keep it."""
    return json.dumps(
        {
            "value_ms": lag.value_ms,
            "on": lag.on,
            "measured_ms": lag.measured_ms,
            "count": lag.count,
            "date": lag.date,
        }
    )


def lag_from(text: str) -> ReactionLag:
    """A lag from the settings; one that cannot be read or trusted is none."""
    try:
        read = json.loads(text)
        measured = read["measured_ms"]
        lag = ReactionLag(
            value_ms=int(read["value_ms"]),
            on=bool(read["on"]),
            measured_ms=None if measured is None else int(measured),
            count=int(read["count"]),
            date=str(read["date"]),
        )
    except (ValueError, KeyError, TypeError):
        return ReactionLag()
    return lag if 0 <= lag.value_ms <= MOST_LAG_MS else ReactionLag()
