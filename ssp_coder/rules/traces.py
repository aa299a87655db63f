"""The reasons of a verdict: each profile, overlay and the D rule beside the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import (
    ClassificationFunction,
    Condition,
    DisorganizationRule,
    MainRule,
    OverlayRule,
    Profile,
)
from ssp_coder.domain.scale import NOT_RATED, Points, Score
from ssp_coder.domain.verdict import (
    DECISION_INPUT,
    Facts,
    FactTrace,
    FunctionValue,
    ProfileFit,
    RuleTrace,
    TermTrace,
    Truth,
)
from ssp_coder.rules.prepared import Prepared, band_penalty
from ssp_coder.rules.situation import DStanding, Situation
from ssp_coder.rules.truth import all_of, any_of

D_RULE = "disorganization"
"""Name of the disorganization rule in traces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Scores by input id beside a prepared table."""

    prepared: Prepared
    scores: Mapping[str, Score]

    def score(self, input_id: str) -> Score:
        """The score of an input, NOT_RATED where there is none."""
        return self.scores.get(input_id, NOT_RATED)

    def within(self, input_id: str, low: float, high: float) -> Truth:
        """Whether an input lies in a range; of an unknown one, whether it must or cannot."""
        score = self.score(input_id)
        if isinstance(score, Points):
            return Truth.YES if low <= score.value <= high else Truth.NO
        inside = sum(low <= value <= high for value in self.prepared.values[input_id])
        if inside == 0:
            return Truth.NO
        return Truth.YES if inside == len(self.prepared.values[input_id]) else Truth.UNKNOWN


def evidence_of(prepared: Prepared, facts: Facts) -> Evidence:
    """The facts by input id, beside the table that reads them."""
    return Evidence(prepared=prepared, scores=dict(facts.scores))


def profile_fits(evidence: Evidence) -> tuple[ProfileFit, ...]:
    """Every profile, smallest penalty over the known inputs first, ties in the table's order."""
    fits = (_profile_fit(evidence, profile) for profile in evidence.prepared.table.profiles)
    return tuple(sorted(fits, key=lambda fit: fit.penalty))


def _profile_fit(evidence: Evidence, profile: Profile) -> ProfileFit:
    cells = []
    largest = 0.0
    for band in profile.bands:
        score = evidence.score(band.input)
        penalty = band_penalty(band, score.value) if isinstance(score, Points) else 0.0
        cells.append(
            FactTrace(
                input=band.input,
                score=score,
                low=band.low,
                high=band.high,
                holds=evidence.within(band.input, band.low, band.high),
                penalty=penalty,
            )
        )
        values = evidence.prepared.values[band.input]
        largest += (
            penalty
            if isinstance(score, Points)
            else max(band_penalty(band, value) for value in (values[0], values[-1]))
        )
    return ProfileFit(
        subgroup=profile.id,
        group=profile.group,
        title=profile.title,
        penalty=sum(cell.penalty for cell in cells),
        largest_penalty=largest,
        fits=all_of(cell.holds for cell in cells),
        cells=tuple(cells),
        provenance=profile.provenance,
    )


def function_values(evidence: Evidence) -> tuple[FunctionValue, ...]:
    """Every classification function, largest first, ties in the table's order.

    What is not known counts halfway between its worst and its best contribution in that order.
    """
    values = [_function_value(evidence, one) for one in evidence.prepared.table.functions]
    return tuple(sorted(values, key=lambda one: -(one.lowest + one.highest)))


def _function_value(evidence: Evidence, function: ClassificationFunction) -> FunctionValue:
    terms = []
    lowest = highest = function.constant
    for term in function.terms:
        score = evidence.score(term.input)
        known = isinstance(score, Points)
        values = evidence.prepared.values[term.input]
        may_add = (
            (term.weight * score.value,)
            if isinstance(score, Points)
            else (term.weight * values[0], term.weight * values[-1])
        )
        lowest += min(may_add)
        highest += max(may_add)
        added = may_add[0] if known else 0.0
        terms.append(TermTrace(input=term.input, score=score, weight=term.weight, added=added))
    return FunctionValue(
        group=function.group,
        constant=function.constant,
        terms=tuple(terms),
        lowest=lowest,
        highest=highest,
    )


def rule_traces(
    evidence: Evidence, situation: Situation, fits: Iterable[ProfileFit]
) -> tuple[RuleTrace, ...]:
    """Main rules, profiles that fit fully, overlays, then the D rule, as they act on each other.

    The D rule leaves no trace where D was not assessed.
    """
    table = evidence.prepared.table
    traces = [_main_trace(evidence, rule) for rule in table.main]
    traces += [
        _profile_trace(fit, sets_group=not table.main) for fit in fits if fit.fits is Truth.YES
    ]
    traces += [_overlay_trace(evidence, rule) for rule in table.overlays]
    if situation.d_rule is not None:
        traces.append(_d_trace(evidence, situation, situation.d_rule))
    return tuple(traces)


def _profile_trace(fit: ProfileFit, *, sets_group: bool) -> RuleTrace:
    return RuleTrace(
        rule=fit.subgroup,
        title=fit.title,
        truth=fit.fits,
        facts=fit.cells,
        outcome=fit.group if sets_group else "",
        flag="",
        provenance=fit.provenance,
    )


def truth_of(evidence: Evidence, rule: MainRule | OverlayRule) -> Truth:
    """Whether the conditions of a rule are met."""
    return _conditions_met(evidence, rule)[0]


def _main_trace(evidence: Evidence, rule: MainRule) -> RuleTrace:
    truth, facts = _conditions_met(evidence, rule)
    settles = len(rule.groups) == 1
    return RuleTrace(
        rule=rule.id,
        title=rule.title,
        truth=truth,
        facts=facts,
        outcome=rule.groups[0] if settles else "",
        flag="",
        provenance=rule.provenance,
        between=() if settles else rule.groups,
    )


def _overlay_trace(evidence: Evidence, rule: OverlayRule) -> RuleTrace:
    truth, facts = _conditions_met(evidence, rule)
    return RuleTrace(
        rule=rule.id,
        title=rule.title,
        truth=truth,
        facts=facts,
        outcome=rule.outcome,
        flag=rule.flag,
        provenance=rule.provenance,
    )


def _conditions_met(
    evidence: Evidence, rule: MainRule | OverlayRule
) -> tuple[Truth, tuple[FactTrace, ...]]:
    required = tuple(_condition_trace(evidence, condition) for condition in rule.all_of)
    choice = tuple(_condition_trace(evidence, condition) for condition in rule.any_of)
    truth = all_of(fact.holds for fact in required)
    if choice:
        truth = all_of((truth, any_of(fact.holds for fact in choice)))
    return truth, (*required, *choice)


def _condition_trace(evidence: Evidence, condition: Condition) -> FactTrace:
    score = evidence.score(condition.input)
    key = (condition.input, condition.low, condition.high, score)
    known = evidence.prepared.facts.get(key)
    if known is None:
        known = evidence.prepared.facts[key] = FactTrace(
            input=condition.input,
            score=score,
            low=condition.low,
            high=condition.high,
            holds=evidence.within(condition.input, condition.low, condition.high),
        )
    return known


_STANDING_TRUTH = {
    DStanding.NO: Truth.NO,
    DStanding.YES: Truth.YES,
    DStanding.OPEN: Truth.UNKNOWN,
}


def _d_trace(evidence: Evidence, situation: Situation, rule: DisorganizationRule) -> RuleTrace:
    score = evidence.score(rule.input)
    truth = Truth.UNKNOWN
    if isinstance(score, Points):
        truth = _STANDING_TRUTH[situation.d_standing(score.value)]
    high = evidence.prepared.inputs[rule.input].maximum
    facts = [
        FactTrace(
            input=rule.input,
            score=score,
            low=rule.decision_point,
            high=high,
            holds=evidence.within(rule.input, rule.decision_point, high),
        )
    ]
    if isinstance(score, Points) and score.value == rule.decision_point:
        facts.append(_decision_trace(situation.decision))
    return RuleTrace(
        rule=D_RULE,
        title=rule.title,
        truth=truth,
        facts=tuple(facts),
        outcome=rule.outcome,
        flag="",
        provenance=rule.provenance,
    )


def _decision_trace(decision: DDecision | None) -> FactTrace:
    """The coder's word as a fact: 1 for yes, 0 for no, not rated while there is none."""
    if decision is None:
        return FactTrace(
            input=DECISION_INPUT, score=NOT_RATED, low=1.0, high=1.0, holds=Truth.UNKNOWN
        )
    yes = decision is DDecision.YES
    return FactTrace(
        input=DECISION_INPUT,
        score=Points(1.0 if yes else 0.0),
        low=1.0,
        high=1.0,
        holds=Truth.YES if yes else Truth.NO,
    )
