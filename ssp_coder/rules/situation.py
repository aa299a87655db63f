"""What is known when a table is asked: ratings, counts and the coder's word on D."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import DisorganizationRule, RuleInput
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import DECISION_INPUT, Facts
from ssp_coder.rules.prepared import Prepared


class DStanding(IntEnum):
    """What the disorganization rule says of one complete set of values."""

    NO = 0
    YES = 1
    OPEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The known numbers by input id, and how D stands."""

    known: Mapping[str, float]
    decision: DDecision | None
    d_rule: DisorganizationRule | None

    def with_value(self, input_id: str, value: float) -> Situation:
        """The same situation with another value of one input."""
        return replace(self, known={**self.known, input_id: value})

    def missing(self, prepared: Prepared) -> tuple[str, ...]:
        """Inputs without a number, in the table's order."""
        return tuple(name for name in prepared.inputs if name not in self.known)

    def d_standing(self, score: float) -> DStanding:
        """What a score on the input of the disorganization rule means.

        The score decides above and below the decision point, whatever the coder decided; the
        coder's decision counts at the point.
        """
        if self.d_rule is None:
            return DStanding.NO
        if score != self.d_rule.decision_point:
            return DStanding.YES if score > self.d_rule.decision_point else DStanding.NO
        if self.decision is None:
            return DStanding.OPEN
        return DStanding.YES if self.decision is DDecision.YES else DStanding.NO


def situation_of(prepared: Prepared, facts: Facts) -> Situation:
    """The part of the facts that a table reads; what it does not read is left aside.

    Raises:
        DomainError: a number lies outside its input's range.
    """
    known = {}
    for name, score in facts.scores:
        if name in prepared.inputs and isinstance(score, Points):
            _require_within(prepared.inputs[name], score.value)
            known[name] = float(score.value)
    return Situation(
        known=known,
        decision=facts.d_decision,
        d_rule=prepared.table.disorganization if facts.d_assessed else None,
    )


def _require_within(rule_input: RuleInput, value: float) -> None:
    if rule_input.minimum <= value <= rule_input.maximum:
        return
    raise DomainError(
        Finding(
            code="facts.outside_range",
            message=(
                f"{value:g} is outside {rule_input.minimum:g}..{rule_input.maximum:g} "
                f"of {rule_input.id}"
            ),
            place=rule_input.id,
            remedy="correct the value, or leave it empty when it was not rated",
        )
    )


def needed_decision(situation: Situation) -> tuple[str, ...]:
    """The coder's decision on D, where the score waits for it; else nothing."""
    rule = situation.d_rule
    if rule is None or rule.input not in situation.known:
        return ()
    standing = situation.d_standing(situation.known[rule.input])
    return (DECISION_INPUT,) if standing is DStanding.OPEN else ()
