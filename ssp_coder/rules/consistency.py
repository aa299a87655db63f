"""What a coder's classification must fulfil to be complete in itself (domain reference 12.5)."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.domain.coding import Classification, Coding, DDecision
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import DisorganizationRule, MainGroup, RuleTable
from ssp_coder.domain.scale import NOT_RATED, Points, Score, SlotId
from ssp_coder.domain.scheme import Scheme

CONFIDENCE_RANGE = range(6)
"""0 for not given, 1 (guess) to 5 (certain)."""


def check_classification(coding: Coding, scheme: Scheme) -> tuple[Finding, ...]:
    """What is wrong with a coding's classification; nothing while there is none."""
    if coding.classification is None:
        return ()
    rule = scheme.rules.disorganization
    d_score = NOT_RATED if rule is None else coding.score(SlotId(rule.input))
    return classification_findings(coding.classification, scheme.rules, d_score)


def classification_findings(
    classification: Classification, table: RuleTable, d_score: Score = NOT_RATED
) -> tuple[Finding, ...]:
    """What is missing from a classification or contradicts itself; nothing for a sound one.

    Args:
        classification: the coder's class.
        table: names the groups, their subgroups and the rule on D.
        d_score: the score of the input of the table's disorganization rule.
    """
    groups = {group.id: group for group in table.groups}
    group = groups.get(classification.primary)
    if group is None:
        return (
            _finding(
                "primary",
                "unknown_group",
                f"main group {classification.primary!r} is not one of {', '.join(groups)}",
                "choose one of them",
            ),
        )
    findings = [
        *_subgroup_findings(classification, group),
        *_secondary_findings(classification, group, table),
        *_confidence_findings(classification),
    ]
    if table.disorganization is not None:
        findings += _d_findings(classification, table.disorganization, d_score)
    return tuple(findings)


def _finding(
    field: str, kind: str, message: str, remedy: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(
        code=f"classification.{kind}",
        message=message,
        place=f"classification.{field}",
        remedy=remedy,
        severity=severity,
    )


def _subgroup_findings(classification: Classification, group: MainGroup) -> Iterator[Finding]:
    subgroup = classification.subgroup
    if group.subgroups and not subgroup:
        yield _finding(
            "subgroup",
            "subgroup_missing",
            f"main group {group.id} is recorded without a subgroup",
            f"choose one of {', '.join(group.subgroups)}",
        )
    if subgroup and subgroup not in group.subgroups:
        yield _finding(
            "subgroup",
            "subgroup_of_other_group",
            f"subgroup {subgroup} does not belong to main group {group.id}",
            f"choose one of {', '.join(group.subgroups)}" if group.subgroups else "leave it empty",
        )


def _secondary_findings(
    classification: Classification, group: MainGroup, table: RuleTable
) -> Iterator[Finding]:
    secondary = classification.secondary
    if secondary and secondary not in table.subgroups():
        yield _finding(
            "secondary",
            "unknown_secondary",
            f"secondary subgroup {secondary!r} is not one of {', '.join(table.subgroups())}",
            "choose one of them",
        )
    if group.needs_secondary and not secondary:
        yield _finding(
            "secondary",
            "secondary_missing",
            f"main group {group.id} is recorded without the best-fitting subgroup",
            f"choose one of {', '.join(table.subgroups())}",
        )
    if secondary and not group.needs_secondary:
        yield _finding(
            "secondary",
            "secondary_not_needed",
            f"main group {group.id} has a subgroup of its own, yet a secondary one is recorded",
            "leave the secondary subgroup empty",
            Severity.WARNING,
        )


def _confidence_findings(classification: Classification) -> Iterator[Finding]:
    if classification.confidence not in CONFIDENCE_RANGE:
        yield _finding(
            "confidence",
            "confidence_outside_range",
            f"confidence {classification.confidence} is outside 1..5",
            "give 1 (guess) to 5 (certain), or leave it empty",
        )


def _d_findings(
    classification: Classification, rule: DisorganizationRule, score: Score
) -> Iterator[Finding]:
    decision = classification.d_decision
    is_d = classification.primary == rule.outcome
    if decision is not None and not classification.d_reason.strip():
        yield _finding(
            "d_reason",
            "d_reason_missing",
            f"the decision on {rule.outcome} is recorded without a reason",
            "say in a few words why",
        )
    if decision is not None and is_d != (decision is DDecision.YES):
        yield _finding(
            "d_decision",
            "d_decision_contradicts",
            f"the decision on {rule.outcome} is {_word(decision)}, "
            f"yet the main group is {classification.primary}",
            "change the decision or the main group",
        )
    if isinstance(score, Points):
        yield from _score_findings(classification, rule, score.value)
    elif is_d:
        yield _finding(
            "primary",
            "d_without_score",
            f"the main group is {rule.outcome}, yet {rule.input} is not rated",
            f"rate {rule.input}",
            Severity.WARNING,
        )


def _score_findings(
    classification: Classification, rule: DisorganizationRule, score: float
) -> Iterator[Finding]:
    decision = classification.d_decision
    is_d = classification.primary == rule.outcome
    if score == rule.decision_point and decision is None:
        yield _finding(
            "d_decision",
            "d_decision_missing",
            f"{rule.input} is {score:g}, where the coder decides, and no decision is recorded",
            f"decide for or against {rule.outcome} and say why",
        )
    if score > rule.decision_point and not is_d and decision is not DDecision.NO:
        yield _finding(
            "d_decision",
            "d_refusal_missing",
            f"{rule.input} is {score:g}, above {rule.decision_point:g}, "
            f"yet the main group is {classification.primary}",
            f"choose {rule.outcome}, or decide against it with a reason",
        )
    if score < rule.decision_point and is_d:
        yield _finding(
            "primary",
            "d_below_point",
            f"{rule.input} is {score:g}, below {rule.decision_point:g}, "
            f"yet the main group is {rule.outcome}",
            f"look at {rule.input} again, or take {rule.outcome} back",
        )


def _word(decision: DDecision) -> str:
    return "yes" if decision is DDecision.YES else "no"
