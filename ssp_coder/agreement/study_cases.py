"""Ratings and classes of many sessions: a case is a session, and cases are independent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

from ssp_coder.agreement.accuracy import Observers
from ssp_coder.agreement.alpha import Level, alpha
from ssp_coder.agreement.class_levels import class_at, classes_declared, levels_of
from ssp_coder.agreement.classes import LevelAgreement, class_agreements
from ssp_coder.agreement.compare import ComparisonError
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.disorganization import DAgreement, DRating, d_agreement
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.fleiss import Fleiss, fleiss
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.ratings import RatingAgreement, rating_agreement
from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scale import Points, RatingSlot, SlotId
from ssp_coder.domain.scheme import Scheme

SEVERAL = 3
"""With so many codings of a session figures for more than two coders are worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingPair:
    """Two codings of one session.

    Attributes:
        session: what the session is called; pairs of one session are not independent.
        first: the first coder's, or the reference.
        second: the other one's.
    """

    session: str
    first: Coding
    second: Coding


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleAgreement:
    """Two coders on one scale in one episode, over cases.

    Attributes:
        slot: the place that was rated.
        pairs: both ratings of each case that has them.
        ratings: everything about them.
    """

    slot: RatingSlot
    pairs: tuple[tuple[float, float], ...]
    ratings: RatingAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralCoders:
    """Three or more coders on one scale or one level of class.

    Attributes:
        slot: the place that was rated, None for classes.
        level: the level of class, None for ratings.
        fleiss: over the cases with the most usual number of coders, which all gave a value.
        alpha: over all cases with at least two values; ordinal for ratings, nominal for classes.
    """

    slot: SlotId | None
    level: ClassLevel | None
    fleiss: Fleiss
    alpha: Estimate


def one_a_session(pairs: Iterable[CodingPair]) -> tuple[CodingPair, ...]:
    """The first pair of each session, so that no case counts twice."""
    first: dict[str, CodingPair] = {}
    for pair in pairs:
        first.setdefault(pair.session, pair)
    return tuple(first.values())


def observers_of(pairs: Iterable[CodingPair]) -> Observers:
    """Against the truth where all first codings are references, else two coders alike."""
    roles = {pair.first.role for pair in pairs}
    return Observers.AGAINST_GOLD if roles == {CodingRole.REFERENCE} else Observers.TWO_EQUAL


def scale_agreements(pairs: Sequence[CodingPair], scheme: Scheme) -> tuple[ScaleAgreement, ...]:
    """Agreement in every place that both coders of any case rated.

    Raises:
        ComparisonError: a rating is no point of its scale, as the scheme has it.
    """
    found = []
    for slot in scheme.slots:
        for pair in pairs:
            _check_points(pair.first, slot, scheme)
            _check_points(pair.second, slot, scheme)
        values = [(_points(one.first, slot.id), _points(one.second, slot.id)) for one in pairs]
        both = tuple(pair for pair in values if not any(map(isnan, pair)))
        if not both:
            continue
        scale = scheme.scale(slot.scale)
        first, second = zip(*values, strict=True)
        ratings = rating_agreement(first, second, scale.minimum, scale.maximum, scale.step)
        found.append(ScaleAgreement(slot=slot, pairs=both, ratings=ratings))
    return tuple(found)


def class_levels(
    pairs: Sequence[CodingPair], scheme: Scheme, protocol: Protocol, observers: Observers
) -> tuple[LevelAgreement, ...]:
    """Agreement on classes at every level at which both coders of any case gave one."""
    classes = [(pair.first.classification, pair.second.classification) for pair in pairs]
    if not any(one is not None and other is not None for one, other in classes):
        return ()
    found = class_agreements(
        classes,
        scheme.rules,
        observers=observers,
        resamples=protocol.resamples,
        seed=protocol.seed,
    )
    return tuple(level for level in found if level.figures.n)


def disorganization(
    pairs: Sequence[CodingPair], scheme: Scheme, protocol: Protocol, observers: Observers
) -> DAgreement | None:
    """Agreement on disorganization, None where nobody rated it."""
    rule = scheme.rules.disorganization
    if rule is None or not scheme.has_slot(rule.input):
        return None
    slot = SlotId(rule.input)
    both = [(_d_rating(pair.first, slot), _d_rating(pair.second, slot)) for pair in pairs]
    if not any(one.score is not None and other.score is not None for one, other in both):
        return None
    return d_agreement(
        both,
        scheme.rules,
        observers=observers,
        resamples=protocol.resamples,
        seed=protocol.seed,
    )


def several_coders(pairs: Iterable[CodingPair], scheme: Scheme) -> tuple[SeveralCoders, ...]:
    """Figures for three and more coders, from the sessions that have so many codings."""
    codings: dict[str, dict[str, Coding]] = {}
    for pair in pairs:
        own = codings.setdefault(pair.session, {})
        own[pair.first.coder], own[pair.second.coder] = pair.first, pair.second
    cases = [tuple(own.values()) for own in codings.values() if len(own) >= SEVERAL]
    if not cases:
        return ()
    return (*_several_ratings(cases, scheme), *_several_classes(cases, scheme))


def _several_ratings(cases: Sequence[Sequence[Coding]], scheme: Scheme) -> Iterator[SeveralCoders]:
    for slot in scheme.slots:
        values = [[_points(coding, slot.id) for coding in case] for case in cases]
        rated = [[value for value in case if not isnan(value)] for case in values]
        if any(len(case) >= SEVERAL for case in rated):
            yield SeveralCoders(
                slot=slot.id,
                level=None,
                fleiss=_fleiss(rated, sorted({value for case in rated for value in case})),
                alpha=_alpha(rated, Level.ORDINAL),
            )


def _several_classes(cases: Sequence[Sequence[Coding]], scheme: Scheme) -> Iterator[SeveralCoders]:
    for level in levels_of(scheme.rules):
        if level is ClassLevel.D_DECISION:
            continue
        places = {name: float(at) for at, name in enumerate(classes_declared(level, scheme.rules))}
        given = [_labels(case, level, scheme, places) for case in cases]
        if any(len(case) >= SEVERAL for case in given):
            yield SeveralCoders(
                slot=None,
                level=level,
                fleiss=_fleiss(given, sorted(places.values())),
                alpha=_alpha(given, Level.NOMINAL),
            )


def _labels(
    case: Iterable[Coding], level: ClassLevel, scheme: Scheme, places: Mapping[str, float]
) -> list[float]:
    labels = (class_at(level, coding.classification, scheme.rules) for coding in case)
    return [places[label] for label in labels if label]


def _fleiss(cases: Iterable[Sequence[float]], categories: Sequence[float]) -> Fleiss:
    enough = [case for case in cases if len(case) >= SEVERAL]
    sizes = [len(case) for case in enough]
    usual = max(sorted(set(sizes)), key=sizes.count)
    return fleiss(
        [
            [case.count(one) for one in categories]
            for case in map(list, enough)
            if len(case) == usual
        ]
    )


def _alpha(cases: Sequence[Sequence[float]], level: Level) -> Estimate:
    most = max(map(len, cases))
    padded = [[*case, *(nan for _ in range(most - len(case)))] for case in cases]
    return alpha(list(zip(*padded, strict=True)), level)


def _check_points(coding: Coding, slot: RatingSlot, scheme: Scheme) -> None:
    score = coding.score(slot.id)
    if isinstance(score, Points) and not scheme.scale(slot.scale).allows(score.value):
        raise ComparisonError(
            Finding(
                code="comparison.impossible",
                message=f"rates {slot.id} {score.value:g}, no point of its scale in scheme "
                f"{scheme.id}",
                place=f"{coding.session}, {coding.coder}",
                remedy="compare codings that were made with the same scheme",
            )
        )


def _points(coding: Coding, slot: SlotId) -> float:
    score = coding.score(slot)
    return score.value if isinstance(score, Points) else nan


def _d_rating(coding: Coding, slot: SlotId) -> DRating:
    score = coding.score(slot)
    own = coding.classification
    return DRating(
        score=score.value if isinstance(score, Points) else None,
        decision=own.d_decision if own else None,
    )
