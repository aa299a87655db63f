"""The figures of one submitted case: what every later judgement of a trainee is made from.

They are worked out from the locked snapshot and its reference alone, so that the same snapshot
gives the same figures at any time. Codes of presence and procedure are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import ClassAgreement, ClassLevel, RatingDifference
from ssp_coder.agreement.matching import pairs_within
from ssp_coder.agreement.protocol import STATISTICS_VERSION
from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import CodeId, CodeKind, GroupRole
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scale import Points, ScaleId, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.training.attempts import Attempt
from ssp_coder.training.packs import Case, Exclusion, Pack, Reference, Stage

TOLERANCES_US = (Micros(SECOND_US // 2), Micros(SECOND_US), Micros(2 * SECOND_US))
"""Tolerances at which onsets are matched (agreement reference, 3.10)."""
LAG_PAIRING_US = Micros(2 * SECOND_US)
"""Onsets up to so far apart count as one moment that was seen late or early (project default)."""

_COUNTED_ROLES = frozenset((GroupRole.BEHAVIOUR, GroupRole.DISTRESS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Which submission figures belong to.

    Attributes:
        attempt: number in the trainee's logbook.
        is_repeat: whether an earlier attempt at the case exists; a repeat never counts.
        head: hash of the last row of the coding's own log.
        enriched: whether the case comes from a set that is not at its natural base rate.
        row: of the logbook that tells of the submission; figures are put in order by it.
    """

    case: str
    stage: Stage
    attempt: int
    is_repeat: bool
    submitted_at_utc: str
    head: str
    enriched: bool = False
    row: int = 0

    @property
    def order(self) -> tuple[int, str, int]:
        """Orders submissions as they came, also where the clock was set back between them."""
        return self.row, self.submitted_at_utc, self.attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPair:
    """A place that both rated with a number."""

    slot: SlotId
    scale: ScaleId
    reference: float
    own: float

    @property
    def difference(self) -> float:
        """Own points minus the reference's."""
        return self.own - self.reference


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftUnrated:
    """A place that the reference rates with a number and the trainee does not."""

    slot: SlotId
    scale: ScaleId


@dataclass(frozen=True, slots=True, kw_only=True)
class OnsetTally:
    """Onsets of one code matched at one tolerance, over all persons."""

    code: CodeId
    tolerance_us: Micros
    matches: int
    n_reference: int
    n_own: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBudget:
    """How long a state lasted in all, over all persons, in both codings."""

    code: CodeId
    reference_us: int
    own_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFigures:
    """The figures of one submission.

    Attributes:
        classes: per level, empty where a coding has none.
        ratings: in the scheme's order, without excluded places.
        tallies: per code that either uses and tolerance.
        budgets: per state that either uses.
        lags_us: own onset minus the reference's, of every pair within `LAG_PAIRING_US`.
        unrated: in the scheme's order, without excluded places.
        exclusions: what the trainer left out, with the reasons.
        statistics: version of the statistics.
    """

    sitting: Sitting
    scheme_sha256: str
    classes: tuple[ClassAgreement, ...]
    ratings: tuple[RatedPair, ...]
    tallies: tuple[OnsetTally, ...]
    budgets: tuple[TimeBudget, ...]
    lags_us: tuple[int, ...]
    unrated: tuple[LeftUnrated, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    statistics: str = STATISTICS_VERSION

    def class_at(self, level: ClassLevel) -> ClassAgreement | None:
        """The classes at a level; None where the reference has none."""
        found = (one for one in self.classes if one.level is level and one.reference)
        return next(found, None)


def sitting_of(pack: Pack, case: Case, attempt: Attempt) -> Sitting:
    """Which submission an attempt of the logbook is.

    Raises:
        ValueError: it was not submitted.
    """
    if attempt.submitted is None:
        raise ValueError(f"attempt {attempt.number} at case {case.id} was not submitted")
    return Sitting(
        case=case.id,
        stage=case.stage,
        attempt=attempt.number,
        is_repeat=attempt.is_repeat,
        submitted_at_utc=attempt.submitted_at_utc,
        head=attempt.submitted.head,
        enriched=pack.enriched,
        row=attempt.row,
    )


def figures_of(sitting: Sitting, coding: Coding, reference: Reference) -> CaseFigures:
    """Everything that counts of a submission.

    Args:
        sitting: which submission it is.
        coding: the trainee's, from the snapshot.
        reference: what it is held against; its excluded places and stretches do not count.

    Raises:
        ComparisonError: the two were not made with one scheme.
    """
    scheme, yardstick = reference.scheme, reference.coding
    compared = compare(coding, yardstick, scheme)
    left_out = {one.slot for one in reference.exclusions}
    own = _lanes(counted_events(coding.events, scheme, reference.exclusions))
    theirs = _lanes(counted_events(yardstick.events, scheme, reference.exclusions))
    rated = [one for one in compared.ratings if one.slot not in left_out]
    return CaseFigures(
        sitting=sitting,
        scheme_sha256=scheme.sha256,
        classes=compared.classes,
        ratings=tuple(_rated(rated, scheme)),
        tallies=tuple(_tallies(own, theirs)),
        budgets=tuple(_budgets(own, theirs, scheme, _window(yardstick, coding))),
        lags_us=tuple(_lags(own, theirs)),
        unrated=tuple(
            LeftUnrated(slot=one.slot, scale=scheme.slot(one.slot).scale)
            for one in rated
            if isinstance(one.reference, Points) and not isinstance(one.own, Points)
        ),
        exclusions=reference.exclusions,
    )


def first_attempts(
    figures: Iterable[CaseFigures], stages: Sequence[Stage] = ()
) -> tuple[CaseFigures, ...]:
    """What counts: the first submission of each case, in the order of submission.

    Args:
        figures: of one trainee, in any order.
        stages: only these; all when empty.
    """
    first: dict[str, CaseFigures] = {}
    for one in sorted(figures, key=lambda one: one.sitting.order):
        if not one.sitting.is_repeat and (not stages or one.sitting.stage in stages):
            first.setdefault(one.sitting.case, one)
    return tuple(first.values())


def counted_events(
    events: Iterable[Event], scheme: Scheme, exclusions: Sequence[Exclusion] = ()
) -> tuple[Event, ...]:
    """Events of behaviour that do not begin in an excluded stretch."""
    return tuple(
        event
        for event in events
        if scheme.ethogram.group_of(event.code).role in _COUNTED_ROLES
        and not any(leaves_out(exclusion, event) for exclusion in exclusions)
    )


def leaves_out(exclusion: Exclusion, event: Event) -> bool:
    """Whether an event does not count."""
    if exclusion.span is None or exclusion.slot is not None:
        return False
    return exclusion.span.holds(event.start_us) and exclusion.code in ("", event.code)


def _rated(found: Iterable[RatingDifference], scheme: Scheme) -> Iterator[RatedPair]:
    for one in found:
        if isinstance(one.reference, Points) and isinstance(one.own, Points):
            yield RatedPair(
                slot=one.slot,
                scale=scheme.slot(one.slot).scale,
                reference=one.reference.value,
                own=one.own.value,
            )


_Lane = tuple[CodeId, SubjectId]


def _lanes(events: Iterable[Event]) -> dict[_Lane, list[Event]]:
    """Events of one code of one person, in order of time."""
    lanes: dict[_Lane, list[Event]] = {}
    for event in events:
        lanes.setdefault((event.code, event.subject), []).append(event)
    return lanes


_Lanes = dict[_Lane, list[Event]]


def _starts(events: Iterable[Event]) -> list[int]:
    return [event.start_us for event in events]


def _tallies(own: _Lanes, theirs: _Lanes) -> Iterator[OnsetTally]:
    for tolerance_us in TOLERANCES_US:
        counts: dict[CodeId, list[int]] = {}
        for lane in sorted({**theirs, **own}):
            first, second = _starts(theirs.get(lane, ())), _starts(own.get(lane, ()))
            tally = counts.setdefault(lane[0], [0, 0, 0])
            tally[0] += len(pairs_within(first, second, tolerance_us))
            tally[1] += len(first)
            tally[2] += len(second)
        for code, (matches, n_reference, n_own) in counts.items():
            yield OnsetTally(
                code=code,
                tolerance_us=tolerance_us,
                matches=matches,
                n_reference=n_reference,
                n_own=n_own,
            )


def _lags(own: _Lanes, theirs: _Lanes) -> Iterator[int]:
    for lane in sorted(theirs):
        first, second = _starts(theirs[lane]), _starts(own.get(lane, ()))
        for one, other in pairs_within(first, second, LAG_PAIRING_US):
            yield second[other] - first[one]


def _budgets(
    own: _Lanes, theirs: _Lanes, scheme: Scheme, window: tuple[int, int]
) -> Iterator[TimeBudget]:
    lanes = sorted({**theirs, **own})
    for code in dict.fromkeys(lane[0] for lane in lanes):
        if scheme.ethogram.code(code).kind is CodeKind.STATE:
            yield TimeBudget(
                code=code,
                reference_us=_lasted(theirs, code, window),
                own_us=_lasted(own, code, window),
            )


def _lasted(lanes: _Lanes, code: CodeId, window: tuple[int, int]) -> int:
    start_us, end_us = window
    return sum(
        max(0, min(end_us, _end(event, end_us)) - max(start_us, event.start_us))
        for lane, events in lanes.items()
        if lane[0] == code
        for event in events
    )


def _end(event: Event, open_until_us: int) -> int:
    return open_until_us if event.end_us is None else event.end_us


def _window(reference: Coding, coding: Coding) -> tuple[int, int]:
    """The reference's session; where it has no marks, everything that was coded."""
    starts = [mark.start_us for mark in reference.episodes if mark.start_us is not None]
    if reference.session_end is not None:
        return min(starts, default=0), reference.session_end.at_us
    ends = [_end(event, event.start_us) for one in (reference, coding) for event in one.events]
    return min(starts, default=0), max(ends, default=0)
