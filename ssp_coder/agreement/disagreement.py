"""Everything in which two codings differ, one by one: events, ratings, class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.agreement.comparison import (
    ClassAgreement,
    ClassLevel,
    Comparison,
    Difference,
    DifferenceKind,
    RatingDifference,
)
from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import SECOND_US, Micros, Span

BEFORE_US = 2 * SECOND_US
AFTER_US = 3 * SECOND_US
"""So much around its moment shows a difference (project default)."""

TOLD_LEVELS = (
    ClassLevel.PRIMARY,
    ClassLevel.SUBGROUP,
    ClassLevel.SECONDARY,
    ClassLevel.D_DECISION,
)
"""Levels that somebody decided; the others follow from them."""
_WITHIN_GROUP = frozenset((ClassLevel.SUBGROUP, ClassLevel.SECONDARY))


class DisagreementKind(StrEnum):
    """How two codings differ at a place."""

    MISSED = "missed"
    EXTRA = "extra"
    OTHER_CODE = "other_code"
    TIMING = "timing"
    RATING = "rating"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One place at which two codings differ.

    Attributes:
        key: stable for the same two codings.
        at_us: where to look, None for what belongs to no moment.
        weight: how much it matters beside others of its kind: points, or seconds.
        row: the events, None for ratings and classes.
        rating: the ratings, None for anything else.
        at_level: the classes, None for anything else.
    """

    key: str
    kind: DisagreementKind
    at_us: Micros | None
    weight: float = 1.0
    row: Difference | None = None
    rating: RatingDifference | None = None
    at_level: ClassAgreement | None = None

    @property
    def loop(self) -> Span | None:
        """The stretch that shows it."""
        return None if self.at_us is None else stretch_around(self.at_us)


_KINDS = {
    DifferenceKind.MISS: DisagreementKind.MISSED,
    DifferenceKind.FALSE_ALARM: DisagreementKind.EXTRA,
    DifferenceKind.WRONG_CODE: DisagreementKind.OTHER_CODE,
    DifferenceKind.MATCH: DisagreementKind.TIMING,
}


def disagreements(
    comparison: Comparison, scheme: Scheme, starts: dict[str, Micros] | None = None
) -> tuple[Disagreement, ...]:
    """Everything that differs: events in order of time, then ratings, then the class.

    Args:
        comparison: of the two codings.
        scheme: what both were made with.
        starts: where each episode begins, so that its ratings have a moment to look at.
    """
    return (
        *_of_events(comparison),
        *_of_ratings(comparison, scheme, starts or {}),
        *_of_classes(comparison),
    )


def episode_starts(coding: Coding, scheme: Scheme) -> dict[str, Micros]:
    """Where each episode of a coding begins, as far as that is marked."""
    return {
        span.plan.id: span.start_us
        for span in episode_spans(coding, scheme.procedure)
        if span.start_us is not None
    }


def stretch_around(at_us: int) -> Span:
    """From shortly before a moment to shortly after it, never before the session's time 0."""
    return Span(start_us=Micros(max(0, at_us - BEFORE_US)), end_us=Micros(at_us + AFTER_US))


def event_key(row: Difference) -> str:
    """What a row of a comparison is called by."""
    return f"event:{_number(row.reference)}:{_number(row.own)}"


def differing_classes(comparison: Comparison) -> Iterator[ClassAgreement]:
    """Each decided level that differs; nothing within a group that differs itself."""
    same_group = any(
        one.level is ClassLevel.PRIMARY and one.agrees is True for one in comparison.classes
    )
    for one in comparison.classes:
        if one.level not in TOLD_LEVELS or one.reference == one.own:
            continue
        if same_group or one.level not in _WITHIN_GROUP:
            yield one


def where_to_look(row: Difference) -> Micros:
    """The earlier onset; where only the ends differ, the earlier end."""
    if row.kind is not DifferenceKind.MATCH or not row.ends_apart:
        return row.at_us
    ends = [e.end_us for e in (row.own, row.reference) if e and e.end_us is not None]
    return min(ends, default=row.at_us)


def _of_events(comparison: Comparison) -> Iterator[Disagreement]:
    for row in comparison.rows:
        if row.kind is DifferenceKind.MATCH and not row.ends_apart:
            continue
        yield Disagreement(
            key=event_key(row),
            kind=_KINDS[row.kind],
            at_us=where_to_look(row),
            weight=_weight(row),
            row=row,
        )


def _weight(row: Difference) -> float:
    """Seconds between two ends, 1 for everything else, also where only one of the two ended."""
    if row.kind is not DifferenceKind.MATCH or row.end_lag_us is None:
        return 1.0
    return abs(row.end_lag_us) / SECOND_US


def _of_ratings(
    comparison: Comparison, scheme: Scheme, starts: dict[str, Micros]
) -> Iterator[Disagreement]:
    for one in comparison.ratings:
        if one.own != one.reference:
            yield Disagreement(
                key=f"rating:{one.slot}",
                kind=DisagreementKind.RATING,
                at_us=starts.get(scheme.slot(one.slot).episode or ""),
                weight=1.0 if one.difference is None else abs(one.difference),
                rating=one,
            )


def _of_classes(comparison: Comparison) -> Iterator[Disagreement]:
    for one in differing_classes(comparison):
        yield Disagreement(
            key=f"class:{one.level.value}",
            kind=DisagreementKind.CLASS,
            at_us=None,
            at_level=one,
        )


def _number(event: Event | None) -> str:
    return "" if event is None else str(event.id)
