"""Pass rules as data, and whether a trainee meets one: with fewer cases than needed, never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.protocol import STATISTICS_VERSION
from ssp_coder.domain.words import NO_TEXT, Provenance, Text
from ssp_coder.training.evaluation import CaseFigures, first_attempts
from ssp_coder.training.measures import (
    Measure,
    cases_of,
    in_case,
    measured,
    positives,
    spread,
)
from ssp_coder.training.packs import Stage

_ROUNDING = 1e-9


class Grade(StrEnum):
    """What meeting a rule means."""

    CERTIFIED = "certified"
    PROVISIONAL = "provisional"
    """Too few cases to be certified by; more are to follow."""
    TRIAL = "trial"
    """For trying the programme out; it says nothing about a coder."""


class Outcome(StrEnum):
    """Whether a rule or one of its criteria is met."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    INSUFFICIENT = "insufficient_evidence"
    """Fewer cases or positives than the rule asks for, or an undefined statistic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What has to be reached.

    Attributes:
        threshold: the value has to be this or above.
        cases: so many first attempts are needed.
        consecutive: so many cases in a row have to reach the threshold each; 0 for all together.
        minimum_positives: so often the rarest class, or the code, has to occur in the references.
    """

    measure: Measure
    threshold: float
    cases: int
    consecutive: int = 0
    minimum_positives: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRule:
    """A pass rule.

    Attributes:
        stages: whose first attempts count.
        convention: whether it is a habit of the field or ours, and no finding.
        provenance: where it comes from.
        sha256: hash of its file.
    """

    id: str
    version: str
    title: Text
    grade: Grade
    stages: tuple[Stage, ...]
    criteria: tuple[Criterion, ...]
    convention: bool
    provenance: Provenance
    sha256: str
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """One criterion held against the figures.

    Attributes:
        criterion: its measure names one place to be rated, where it is of ratings.
        estimate: value, interval and n over all cases that count.
        cases: first attempts that say something on it.
        positives: see `Criterion.minimum_positives`.
        run: most cases in a row that reached the threshold; 0 where it is not asked for.
        enriched: whether a case is not at its natural base rate.
    """

    criterion: Criterion
    outcome: Outcome
    estimate: Estimate
    cases: int
    positives: int
    run: int
    enriched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A pass rule held against a trainee's first attempts.

    Attributes:
        figures: the first attempts that count, in the order of submission.
        statistics: version of the statistics.
    """

    rule: PassRule
    outcome: Outcome
    results: tuple[CriterionResult, ...]
    figures: tuple[CaseFigures, ...]
    statistics: str = STATISTICS_VERSION

    @property
    def heads(self) -> tuple[str, ...]:
        """Head hashes of the submissions it rests on."""
        return tuple(one.sitting.head for one in self.figures)


def evaluate(rule: PassRule, figures: Sequence[CaseFigures]) -> Evaluation:
    """Hold a rule against the figures of one trainee's submissions; repeats are left aside.

    A rule is missed as soon as one criterion with enough evidence is; it is met when all are.
    """
    counted = first_attempts(figures, rule.stages)
    results = tuple(
        _result(replace(criterion, measure=measure), counted)
        for criterion in rule.criteria
        for measure in _measures(criterion, counted)
    )
    outcomes = {result.outcome for result in results}
    if Outcome.NOT_PASSED in outcomes:
        outcome = Outcome.NOT_PASSED
    elif outcomes == {Outcome.PASSED}:
        outcome = Outcome.PASSED
    else:
        outcome = Outcome.INSUFFICIENT
    return Evaluation(rule=rule, outcome=outcome, results=results, figures=counted)


def reaches(value: float, threshold: float) -> bool:
    """Whether a value is at least the threshold; 24 of 30 are not below 0.8 by rounding."""
    return value >= threshold - _ROUNDING


def _measures(criterion: Criterion, figures: tuple[CaseFigures, ...]) -> tuple[Measure, ...]:
    """One for each place to be rated; a row of cases is judged by all places of a case at once."""
    if criterion.consecutive:
        return (criterion.measure,)
    return spread(criterion.measure, figures) or (criterion.measure,)


def _result(criterion: Criterion, figures: tuple[CaseFigures, ...]) -> CriterionResult:
    measure = criterion.measure
    speaking = cases_of(measure, figures)
    estimate = measured(measure, speaking)
    found = positives(measure, speaking)
    run = _longest_run(criterion, speaking)
    enough = len(speaking) >= criterion.cases and found >= criterion.minimum_positives
    if not enough or estimate.value is None:
        outcome = Outcome.INSUFFICIENT
    elif criterion.consecutive:
        outcome = Outcome.PASSED if run >= criterion.consecutive else Outcome.NOT_PASSED
    else:
        met = reaches(estimate.value, criterion.threshold)
        outcome = Outcome.PASSED if met else Outcome.NOT_PASSED
    return CriterionResult(
        criterion=criterion,
        outcome=outcome,
        estimate=estimate,
        cases=len(speaking),
        positives=found,
        run=run,
        enriched=any(one.sitting.enriched for one in speaking),
    )


def _longest_run(criterion: Criterion, figures: Sequence[CaseFigures]) -> int:
    if not criterion.consecutive:
        return 0
    longest = run = 0
    for one in figures:
        value = in_case(criterion.measure, one)
        run = run + 1 if value is not None and reaches(value, criterion.threshold) else 0
        longest = max(longest, run)
    return longest
