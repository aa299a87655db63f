"""What every benchmark prints: a figure beside its bar, and how busy the computer was."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum


class Side(Enum):
    """On which side of its bar a figure should lie."""

    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure and the limit it is held against."""

    name: str
    value: float
    limit: float
    side: Side = Side.AT_MOST
    unit: str = ""
    note: str = ""

    @property
    def held(self) -> bool:
        """Whether the figure keeps to its limit."""
        if self.side is Side.AT_MOST:
            return self.value <= self.limit
        return self.value >= self.limit

    def line(self) -> str:
        """The bar as one line of a table."""
        verdict = "held" if self.held else "MISSED"
        wanted = f"{self.side.value} {self.limit:g}{self.unit}"
        return f"{self.name:58}{self.value:9.2f}{self.unit:3}{wanted:>12}  {verdict:7}{self.note}"


def at_least(name: str, value: float, limit: float, *, unit: str = "", note: str = "") -> Bar:
    """A bar that a figure should reach."""
    return Bar(name=name, value=value, limit=limit, side=Side.AT_LEAST, unit=unit, note=note)


def at_most(name: str, value: float, limit: float, *, unit: str = "", note: str = "") -> Bar:
    """A bar that a figure should stay below."""
    return Bar(name=name, value=value, limit=limit, unit=unit, note=note)


def share(held: int, asked: int) -> float:
    """Per cent of the asked that held."""
    return 100 * held / asked if asked else 0.0


def quantile(values: Sequence[float], percent: int) -> float:
    """The value below which `percent` of the values lie."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def say(line: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def conclude(bars: Sequence[Bar]) -> int:
    """Print the table; the answer is the exit status: 0 when every bar is held."""
    say()
    for bar in bars:
        say(bar.line())
    missed = sum(not bar.held for bar in bars)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    say(f"{len(bars) - missed} of {len(bars)} bars held; load {load} on {os.cpu_count()} cores, ")
    say(f"{platform.system()} {platform.release()}, Python {platform.python_version()}")
    return 1 if missed else 0


def timed_ms(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Milliseconds that one piece of work takes."""
    began = clock()
    work()
    return 1_000 * (clock() - began)
