"""How two coders settled what they had coded differently, and what they had alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import (
    Classification,
    DIndex,
    EpisodeMark,
    Event,
    IntervalMark,
    SessionEnd,
    VisitAnswer,
)
from ssp_coder.domain.scale import Rating, SlotId


class SettledFor(StrEnum):
    """Whose answer was taken."""

    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"
    """What one of them saw did not take place, or cannot be judged."""
    OWN = "own"
    """Another answer than either gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A coding that a consensus is drawn from.

    Attributes:
        file: its name without folders.
        head: hash of the last row of its log; another one is another coding.
    """

    coder: str
    file: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What two codings have alike, as a consensus begins with it."""

    events: tuple[Event, ...] = ()
    episodes: tuple[EpisodeMark, ...] = ()
    session_end: SessionEnd | None = None
    ratings: tuple[Rating, ...] = ()
    d_indices: tuple[DIndex, ...] = ()
    classification: Classification | None = None
    visit: tuple[VisitAnswer, ...] = ()
    intervals: tuple[IntervalMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What was decided about one disagreement.

    Attributes:
        item: key of the disagreement.
        reason: why, in words.
        who: names or ids of those who decided.
        events: what took place, before other events made room for it; none, if nothing did.
        slot: the place to be rated, None for anything else.
        rating: what it gets; None leaves it unrated.
        index: the index of disorganization, if there is one.
        classification: the class as far as this disagreement is about it.
    """

    item: str
    taken: SettledFor
    reason: str
    who: str
    events: tuple[Event, ...] = ()
    slot: SlotId | None = None
    rating: Rating | None = None
    index: DIndex | None = None
    classification: Classification | None = None
