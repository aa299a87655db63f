"""The audit of a table's examples: what it states of itself must come out."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.ruletable import MainRule, OverlayRule, RuleExample, RuleTable
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts, Truth, Verdict
from ssp_coder.rules.audit_rules import unknown_input
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.prepared import prepare
from ssp_coder.rules.situation import situation_of
from ssp_coder.rules.traces import evidence_of, truth_of


def example_findings(table: RuleTable) -> Iterator[Finding]:
    """Examples of the table and of its rules that are missing or do not come out as stated."""
    if table.main:
        for main_rule in table.main:
            yield from _rule_findings(table, main_rule, f"rules.{main_rule.id}.examples")
    else:
        for rule in table.overlays:
            yield from _rule_findings(table, rule, f"overlays.{rule.id}.examples")
    if not any(example.holds for example in table.examples):
        yield Finding(
            code="table.no_example",
            message="the table has no example of its own",
            place="examples",
            remedy="add values and the group that they must give",
            severity=Severity.WARNING,
        )
    for number, example in enumerate(table.examples, start=1):
        yield from _outcome_findings(table, example, f"examples.{number}")


def _rule_findings(table: RuleTable, rule: OverlayRule | MainRule, place: str) -> Iterator[Finding]:
    if not any(example.holds for example in rule.examples):
        yield Finding(
            code="table.no_example",
            message=f"rule {rule.id} has no example under which it holds",
            place=place,
            remedy="add values under which it holds",
            severity=Severity.WARNING,
        )
    for number, example in enumerate(rule.examples, start=1):
        at = f"{place}.{number}"
        facts = yield from _facts_of(table, example, at)
        if facts is None:
            continue
        expected = Truth.YES if example.holds else Truth.NO
        truth = truth_of(evidence_of(prepare(table), facts), rule)
        if truth is not expected:
            yield Finding(
                code="table.example_fails",
                message=f"rule {rule.id} should be {expected.value} here and is {truth.value}",
                place=at,
                remedy="correct the example or the rule",
            )


def _outcome_findings(table: RuleTable, example: RuleExample, place: str) -> Iterator[Finding]:
    verdict = yield from _tried(table, example, place)
    if verdict is None or comes_out(verdict, example) == example.holds:
        return
    named = (example.group, example.subgroup, " or ".join(example.between))
    stated = " ".join(part for part in named if part)
    found = "/".join(verdict.possible)
    subgroups = "/".join(verdict.possible_subgroups)
    yield Finding(
        code="table.example_fails",
        message=(
            f"{stated} should {'' if example.holds else 'not '}come out here; "
            f"the table gives {found}, best-fitting {subgroups}"
        ),
        place=place,
        remedy="correct the example or the bands",
    )


def comes_out(verdict: Verdict, example: RuleExample) -> bool:
    """Whether a verdict is what an example names."""
    subgroups = ("", verdict.subgroup, verdict.secondary)
    if example.between:
        return verdict.left_open and set(verdict.possible) == set(example.between)
    return verdict.group == example.group and example.subgroup in subgroups


def _tried(
    table: RuleTable, example: RuleExample, place: str
) -> Generator[Finding, None, Verdict | None]:
    facts = yield from _facts_of(table, example, place)
    return None if facts is None else evaluate(table, facts)


def _facts_of(
    table: RuleTable, example: RuleExample, place: str
) -> Generator[Finding, None, Facts | None]:
    """What an example states, where the table can read it."""
    given = dict(example.values)
    for name in given:
        if all(rule_input.id != name for rule_input in table.inputs):
            yield unknown_input(name, place)
    facts = stated_facts(table, example)
    try:
        situation_of(prepare(table), facts)
    except DomainError as error:
        yield replace(error.finding, place=f"{place}.{error.finding.place}")
        return None
    return facts


def stated_facts(table: RuleTable, example: RuleExample) -> Facts:
    """What an example states; D counts as assessed only where the example gives its input."""
    given = dict(example.values)
    rule = table.disorganization
    return Facts(
        scores=tuple((name, Points(value)) for name, value in given.items()),
        d_assessed=rule is not None and rule.input in given,
    )
