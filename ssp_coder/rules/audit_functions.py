"""The audit of a discriminant table: a typing error in a coefficient must not go unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isfinite

from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.ruletable import RuleTable, WorkedCase
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts
from ssp_coder.rules.audit_rules import unknown_group, unknown_input
from ssp_coder.rules.evaluate import evaluate

CHECKSUM_TOLERANCE = 5e-7
"""A checksum is written with six decimals at least."""

_FEWEST_GROUPS = 2


def function_findings(table: RuleTable) -> Iterator[Finding]:
    """Everything wrong with the functions of a table that has any, or that is closed."""
    if not table.functions and not table.closed:
        if table.citation is not None:
            yield _missing("functions", "is enabled without functions", "type the numbers in")
        return
    yield from _naming_findings(table)
    if not table.closed:
        yield from _filled_in_findings(table)
        yield from _checksum_findings(table)


def case_findings(table: RuleTable) -> Iterator[Finding]:
    """Worked cases that do not come out as the source says."""
    if table.closed or not table.functions:
        return
    if not table.cases:
        yield Finding(
            code="table.no_example",
            message="the table has no worked case",
            place="worked_cases",
            remedy="add a case whose outcome the source tells, so that the numbers are tried",
            severity=Severity.WARNING,
        )
    for number, case in enumerate(table.cases, start=1):
        yield from _case_findings(table, case, f"worked_cases.{number}")


def _naming_findings(table: RuleTable) -> Iterator[Finding]:
    inputs = {rule_input.id for rule_input in table.inputs}
    groups = {group.id for group in table.groups}
    for number, function in enumerate(table.functions, start=1):
        place = f"functions.{number}"
        if function.group not in groups:
            yield unknown_group(function.group, f"{place}.group")
        for term in function.terms:
            if term.input not in inputs:
                yield unknown_input(term.input, f"{place}.weights.{term.input}")
    for name, count in Counter(function.group for function in table.functions).items():
        if count > 1:
            yield Finding(
                code="table.duplicate_id",
                message=f"group {name} has {count} functions",
                place="functions",
                remedy="keep one a group",
            )


def _filled_in_findings(table: RuleTable) -> Iterator[Finding]:
    if len(table.functions) < _FEWEST_GROUPS:
        yield _missing("functions", "has fewer than two functions", "give one a group")
    if table.citation is None or not table.citation.work.strip():
        yield _missing("citation.work", "cites no publication", "name it with page and table")
    elif table.fit is None:
        for place, stated in (("page", table.citation.page), ("sample", table.citation.sample)):
            if not stated.strip():
                yield _missing(
                    f"citation.{place}",
                    f"does not name the {place} of its source",
                    "write it down from the publication",
                )
    for rule_input in table.inputs:
        if not rule_input.definition.strip():
            yield _missing(
                f"inputs.{rule_input.id}",
                f"does not say how the source measured {rule_input.id}",
                "write its definition",
            )
    read = [frozenset(term.input for term in one.terms) for one in table.functions]
    for number, (function, names) in enumerate(zip(table.functions, read, strict=True), start=1):
        lacking = sorted(frozenset.union(*read) - names)
        if lacking:
            yield Finding(
                code="table.weights_missing",
                message=f"the function of {function.group} has no weight for {', '.join(lacking)}",
                place=f"functions.{number}.weights",
                remedy="add it, or write 0 where the source leaves it out",
                severity=Severity.WARNING,
            )


def _checksum_findings(table: RuleTable) -> Iterator[Finding]:
    total = sum(function.checksum for function in table.functions)
    if not isfinite(total):
        yield _missing("functions", "holds a number that is not finite", "correct it")
    elif table.checksum is None:
        yield _missing(
            "checksum",
            "has no checksum",
            "add up all constants and weights from the source by hand and write the sum",
        )
    elif abs(total - table.checksum) > CHECKSUM_TOLERANCE:
        yield Finding(
            code="table.checksum",
            message=f"constants and weights add up to {total:.6f}, not to {table.checksum:.6f}",
            place="checksum",
            remedy="compare each number with the source; one of them is mistyped",
        )


def _missing(place: str, fact: str, remedy: str) -> Finding:
    return Finding(
        code="table.not_filled_in", message=f"the table {fact}", place=place, remedy=remedy
    )


def _case_findings(table: RuleTable, case: WorkedCase, place: str) -> Iterator[Finding]:
    try:
        verdict = evaluate(
            table,
            Facts(
                scores=tuple((name, Points(value)) for name, value in case.values),
                d_assessed=False,
            ),
        )
    except DomainError as error:
        yield Finding(
            code="table.example_fails",
            message=error.finding.message,
            place=f"{place}.values.{error.finding.place}",
            remedy=error.finding.remedy,
        )
        return
    if verdict.group != case.group:
        found = " or ".join(verdict.possible)
        yield Finding(
            code="table.example_fails",
            message=f"{case.group} should come out here; the functions give {found}",
            place=place,
            remedy="compare the numbers and the case with the source",
        )
    values = {one.group: one for one in verdict.functions}
    for group, score in case.scores:
        value = values.get(group)
        if value is None or abs(value.lowest - score) > case.tolerance:
            came = "no value" if value is None else f"{value.lowest:.4f}"
            yield Finding(
                code="table.example_fails",
                message=f"the function of {group} gives {came} here, not {score:.4f}",
                place=f"{place}.scores.{group}",
                remedy="compare the numbers and the case with the source",
            )
