"""Agreement on the disorganization scale and on the decision that it leads to (reference, 3.15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssp_coder.agreement.accuracy import Observers
from ssp_coder.agreement.case_bootstrap import RESAMPLES, SEED
from ssp_coder.agreement.classes import LabelAgreement, label_agreement
from ssp_coder.agreement.ratings import RatingAgreement, rating_agreement
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import DisorganizationRule, RuleTable

_NO_SCORE = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class DRating:
    """One coder's score on the scale, None when there is none, and own word where it was asked."""

    score: float | None
    decision: DDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtPoint:
    """Scores exactly at the decision point, where the score leaves the decision to the coder."""

    reference: int
    other: int
    both: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DAgreement:
    """Two coders on disorganization.

    Attributes:
        ratings: on the scale.
        decision: on the decision, as 2 x 2; the score decides above and below the point, the coder
            at it; a case without the coder's word is left out.
        decision_point: of the rule table.
        at_point: scores exactly there.
    """

    ratings: RatingAgreement
    decision: LabelAgreement
    decision_point: float
    at_point: AtPoint


def d_agreement(
    pairs: Sequence[tuple[DRating, DRating]],
    table: RuleTable,
    *,
    observers: Observers = Observers.TWO_EQUAL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> DAgreement | None:
    """Agreement on disorganization; None where the table has no such rule.

    Args:
        pairs: a case each: the reference's or first coder's rating, and the other's.
        table: the rule table, which knows the scale and its decision point.
        observers: whether the first of each pair is a coder like the other, or the truth.
        resamples: how often cases are drawn anew.
        seed: of the drawing.

    Raises:
        ValueError: a score is no point of the scale.
    """
    rule = table.disorganization
    if rule is None:
        return None
    scale = next(one for one in table.inputs if one.id == rule.input)
    both = [(one.score, other.score) for one, other in pairs]
    return DAgreement(
        ratings=rating_agreement(
            [_NO_SCORE if one is None else one for one, _ in both],
            [_NO_SCORE if other is None else other for _, other in both],
            scale.minimum,
            scale.maximum,
            scale.step,
        ),
        decision=label_agreement(
            [(decided(one, rule), decided(other, rule)) for one, other in pairs],
            (DDecision.YES.value, DDecision.NO.value),
            observers=observers,
            resamples=resamples,
            seed=seed,
        ),
        decision_point=rule.decision_point,
        at_point=_at_point(both, rule.decision_point),
    )


def decided(rating: DRating, rule: DisorganizationRule) -> str:
    """The decision that a rating comes to, as a value of `DDecision`; empty when it is open."""
    if rating.score is None:
        return ""
    if rating.score != rule.decision_point:
        above = rating.score > rule.decision_point
        return (DDecision.YES if above else DDecision.NO).value
    return "" if rating.decision is None else rating.decision.value


def _at_point(both: Sequence[tuple[float | None, float | None]], point: float) -> AtPoint:
    return AtPoint(
        reference=sum(one == point for one, _ in both),
        other=sum(other == point for _, other in both),
        both=sum(one == point and other == point for one, other in both),
    )
