"""What a table gives for its own examples, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import MainRule, OverlayRule, RuleExample, RuleTable
from ssp_coder.domain.verdict import RuleTrace, Truth, Verdict
from ssp_coder.rules.audit_examples import comes_out, stated_facts
from ssp_coder.rules.evaluate import evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An example tried out.

    Attributes:
        rule: id of the rule that it is an example of, empty for the table as a whole.
        number: its place among the examples of that rule or of the table, from 1.
        values: pairs of input and value.
        stated: what the example says must come out.
        found: what came out; a sentence when it cannot be worked out.
    """

    rule: str
    number: int
    values: tuple[tuple[str, float], ...]
    stated: str
    found: str
    comes_out: bool


def trials(table: RuleTable) -> tuple[Trial, ...]:
    """Every example of a table, of its rules, and every worked case, tried out.

    A closed table has none.
    """
    if table.closed:
        return ()
    return tuple(_trials(table))


def outcome_words(verdict: Verdict) -> str:
    """The outcome in short: ``B B4``, ``D, B4`` with a secondary one, ``A/B`` while both may be."""
    if verdict.group is None:
        return "/".join(verdict.possible)
    if verdict.secondary is not None:
        return f"{verdict.group}, {verdict.secondary}"
    return " ".join(part for part in (verdict.group, verdict.subgroup) if part)


def _trials(table: RuleTable) -> Iterator[Trial]:
    for number, example in enumerate(table.examples, start=1):
        yield _of_table(table, example, number)
    rules: tuple[MainRule | OverlayRule, ...] = (*table.main, *table.overlays)
    for rule in rules:
        for number, example in enumerate(rule.examples, start=1):
            yield _of_rule(table, rule.id, example, number)
    for number, case in enumerate(table.cases, start=1):
        example = RuleExample(values=case.values, group=case.group)
        yield _of_table(table, example, number)


def _of_table(table: RuleTable, example: RuleExample, number: int) -> Trial:
    stated = example.subgroup or example.group or "/".join(example.between)
    verdict = _verdict(table, example)
    return Trial(
        rule="",
        number=number,
        values=example.values,
        stated=stated if example.holds else f"not {stated}",
        found=verdict if isinstance(verdict, str) else outcome_words(verdict),
        comes_out=not isinstance(verdict, str) and comes_out(verdict, example) is example.holds,
    )


def _of_rule(table: RuleTable, rule: str, example: RuleExample, number: int) -> Trial:
    verdict = _verdict(table, example)
    expected = Truth.YES if example.holds else Truth.NO
    truth = verdict if isinstance(verdict, str) else _truth_of(verdict, rule)
    return Trial(
        rule=rule,
        number=number,
        values=example.values,
        stated=expected.value,
        found=truth if isinstance(truth, str) else truth.value,
        comes_out=truth is expected,
    )


def _verdict(table: RuleTable, example: RuleExample) -> Verdict | str:
    """The verdict, or why there is none."""
    try:
        return evaluate(table, stated_facts(table, example))
    except DomainError as error:
        return error.finding.message


def _truth_of(verdict: Verdict, rule: str) -> Truth:
    traces: tuple[RuleTrace, ...] = (*verdict.fired, *verdict.undecided, *verdict.ruled_out)
    return next((trace.truth for trace in traces if trace.rule == rule), Truth.UNKNOWN)
