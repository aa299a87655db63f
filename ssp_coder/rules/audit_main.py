"""The audit of a decision table: complete, without contradiction, and every rule reachable."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import Condition, MainRule, RuleTable
from ssp_coder.rules.audit_rules import unknown_group, unknown_input
from ssp_coder.rules.cells import Region, Values, census


def main_findings(table: RuleTable) -> Iterator[Finding]:
    """Everything wrong with the main rules; the whole input space is gone through at the end."""
    found = [finding for rule in table.main for finding in _rule_findings(table, rule)]
    yield from found
    if table.main and not found:
        yield from _space_findings(table)


def _rule_findings(table: RuleTable, rule: MainRule) -> Iterator[Finding]:
    place = f"rules.{rule.id}"
    groups = {group.id: group for group in table.groups}
    for name in rule.groups:
        if name not in groups:
            yield unknown_group(name, f"{place}.groups")
        elif groups[name].by_decision:
            yield Finding(
                code="table.main_rule_sets_d",
                message=f"rule {rule.id} gives {name}, which the rule of disorganization sets",
                place=f"{place}.groups",
                remedy="remove it here",
            )
    if len(set(rule.groups)) < len(rule.groups):
        yield Finding(
            code="table.duplicate_group",
            message=f"rule {rule.id} names a main group twice",
            place=f"{place}.groups",
            remedy="name each once",
        )
    if not (rule.all_of or rule.any_of):
        yield Finding(
            code="table.rule_without_conditions",
            message=f"rule {rule.id} has no condition, so it would always hold",
            place=place,
            remedy="give it at least one condition",
        )
    for condition in (*rule.all_of, *rule.any_of):
        yield from _condition_findings(table, place, condition)


def _condition_findings(table: RuleTable, place: str, condition: Condition) -> Iterator[Finding]:
    at = f"{place}.{condition.input}"
    rule_input = next((one for one in table.inputs if one.id == condition.input), None)
    if rule_input is None:
        yield unknown_input(condition.input, at)
    elif not rule_input.minimum <= condition.low <= condition.high <= rule_input.maximum:
        yield Finding(
            code="table.condition_outside_input",
            message=(
                f"range {condition.low:g}..{condition.high:g} does not lie within "
                f"{rule_input.minimum:g}..{rule_input.maximum:g}"
            ),
            place=at,
            remedy="give the lowest and the highest value that fits, in this order",
        )


def _space_findings(table: RuleTable) -> Iterator[Finding]:
    space = census(table)
    for gap in space.gaps:
        yield Finding(
            code="table.gap",
            message=(
                f"no rule holds for {_of_all(gap, space.total)}, such as {values_text(gap.example)}"
            ),
            place="rules",
            remedy="widen a rule, or add one that names the groups between which it is open",
        )
    for region in space.contradictions:
        names = " and ".join(region.rules)
        yield Finding(
            code="table.contradiction",
            message=(
                f"rules {names} name different groups for {_of_all(region, space.total)}, "
                f"such as {values_text(region.example)}"
            ),
            place=f"rules.{region.rules[-1]}",
            remedy="narrow one of them, or let both name the same groups",
        )
    for rule in table.main:
        if not space.holding(rule.id):
            yield Finding(
                code="table.unreachable",
                message=f"rule {rule.id} can never hold",
                place=f"rules.{rule.id}",
                remedy="check the ranges of its conditions",
            )
        elif all(rule.id not in one.rules or len(one.rules) > 1 for one in space.regions):
            yield Finding(
                code="table.redundant",
                message=f"rule {rule.id} holds only where other rules hold that say the same",
                place=f"rules.{rule.id}",
                remedy="remove it, or check its ranges",
                severity=Severity.WARNING,
            )


def _of_all(region: Region, total: int) -> str:
    return f"{region.count:,} of {total:,} combinations"


def values_text(values: Values) -> str:
    """One value an input, for reading."""
    return ", ".join(f"{name} {value:g}" for name, value in values)
