"""How agreement is worked out: settings that change the figures, and so belong to the result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.time import SECOND_US, Micros

STATISTICS_VERSION = "1"
"""Raised when a statistic is worked out otherwise than before."""

_SECOND = Micros(SECOND_US)
_TWO_SECONDS = Micros(2 * SECOND_US)
_FIVE_SECONDS = Micros(5 * SECOND_US)
_QUARTER_MINUTE = Micros(15 * SECOND_US)
_BLOCK = Micros(20 * SECOND_US)
_ONSETS = (Micros(SECOND_US // 2), _SECOND, _TWO_SECONDS)


class Window(StrEnum):
    """Which part of a session is compared."""

    EPISODES = "episodes"
    """From the start of the first episode to the end of the session, where the episodes are known;
    else everything that was coded."""
    CODED = "coded"
    """From 0 to the last end of an event of either coder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lump:
    """Codes of a group that count as one in a comparison.

    Attributes:
        name: what they are called together.
        codes: full ids of the codes, at least two.
    """

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """Settings of a comparison; all defaults are project defaults unless said otherwise.

    Attributes:
        name: what a lab calls it.
        unit_us: time unit of time-unit kappa.
        tolerance_us: tolerance of time-unit kappa, shown beside none at all.
        alignment_us: largest lag of two events that may be aligned.
        onsets_us: tolerances at which onsets are matched.
        overlap: smallest overlap of two linked events, 0 to 1 (EasyDIAg: 0.6).
        interval_us: length of an interval in interval-by-interval agreement.
        window: the part of the session that is compared.
        lumps: codes that count as one.
        block_us: block of the bootstrap within a session.
        resamples: of every bootstrap.
        seed: of every bootstrap.
    """

    name: str = "project default"
    unit_us: Micros = _SECOND
    tolerance_us: Micros = _TWO_SECONDS
    alignment_us: Micros = _FIVE_SECONDS
    onsets_us: tuple[Micros, ...] = _ONSETS
    overlap: float = 0.6
    interval_us: Micros = _QUARTER_MINUTE
    window: Window = Window.EPISODES
    lumps: tuple[Lump, ...] = ()
    block_us: Micros = _BLOCK
    resamples: int = 2_000
    seed: int = 20_260_101

    def __post_init__(self) -> None:
        times = (self.unit_us, self.interval_us, self.block_us, self.alignment_us)
        if min(times) <= 0 or self.tolerance_us < 0 or min(self.onsets_us, default=0) < 0:
            raise ValueError(
                "unit, interval, block and alignment are above 0, tolerances 0 or more"
            )
        if len(set(self.onsets_us)) < max(1, len(self.onsets_us)):
            raise ValueError("onsets are matched at one tolerance or more, each given once")
        if not 0 < self.overlap <= 1:
            raise ValueError(f"an overlap of {self.overlap} is not above 0 and up to 1")
        if self.resamples < 1:
            raise ValueError(f"{self.resamples} resamples cannot be drawn; give 1 or more")


USUAL_PROTOCOL = Protocol()
