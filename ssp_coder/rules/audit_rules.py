"""The audit of a table's overlays and of its disorganization rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import Condition, OverlayRule, RuleInput, RuleTable
from ssp_coder.rules.prepared import admissible_values, has_sound_range


def overlay_findings(table: RuleTable) -> Iterator[Finding]:
    """Overlays that name what does not exist, say nothing, or can never hold."""
    inputs = {rule_input.id: rule_input for rule_input in table.inputs}
    for rule in table.overlays:
        yield from _naming_findings(table, rule)
        conditions = (*rule.all_of, *rule.any_of)
        unknown = [one.input for one in conditions if one.input not in inputs]
        for name in unknown:
            yield unknown_input(name, f"overlays.{rule.id}.{name}")
        if not conditions:
            yield Finding(
                code="table.overlay_without_conditions",
                message=f"rule {rule.id} has no condition, so it would always hold",
                place=f"overlays.{rule.id}",
                remedy="give it at least one condition",
            )
        elif not unknown and not _can_hold(rule, inputs):
            yield Finding(
                code="table.overlay_never_holds",
                message=f"no admissible values meet the conditions of rule {rule.id}",
                place=f"overlays.{rule.id}",
                remedy="check the ranges of its conditions",
            )


def d_rule_findings(table: RuleTable) -> Iterator[Finding]:
    """A disorganization rule that names what does not exist or has no point to decide at."""
    rule = table.disorganization
    if rule is None:
        return
    group = next((group for group in table.groups if group.id == rule.outcome), None)
    if group is None:
        yield unknown_group(rule.outcome, "disorganization.outcome")
    elif not group.by_decision:
        yield Finding(
            code="table.d_group_not_marked",
            message=f"main group {group.id} is not marked as set by the disorganization rule",
            place=f"groups.{group.id}.by_decision",
            remedy="set by_decision",
        )
    rule_input = next((one for one in table.inputs if one.id == rule.input), None)
    if rule_input is None:
        yield unknown_input(rule.input, "disorganization.input")
    elif not rule_input.minimum < rule.decision_point < rule_input.maximum:
        yield Finding(
            code="table.decision_point_outside",
            message=(
                f"decision point {rule.decision_point:g} does not lie inside "
                f"{rule_input.minimum:g}..{rule_input.maximum:g}"
            ),
            place="disorganization.decision_point",
            remedy="give a point with values below and above it",
        )


def _naming_findings(table: RuleTable, rule: OverlayRule) -> Iterator[Finding]:
    if rule.outcome and all(group.id != rule.outcome for group in table.groups):
        yield unknown_group(rule.outcome, f"overlays.{rule.id}.outcome")
    if rule.flag and all(flag.id != rule.flag for flag in table.flags):
        yield Finding(
            code="table.unknown_flag",
            message=f"flag {rule.flag} is not among the flags",
            place=f"overlays.{rule.id}.flag",
            remedy="list it under flags or correct its name",
        )
    if not rule.outcome and not rule.flag:
        yield Finding(
            code="table.overlay_says_nothing",
            message=f"rule {rule.id} sets no outcome and raises no flag",
            place=f"overlays.{rule.id}",
            remedy="give it an outcome or a flag",
        )


def unknown_input(input_id: str, place: str) -> Finding:
    """That a rule reads what the table does not list."""
    return Finding(
        code="table.unknown_input",
        message=f"{input_id} is not an input of the table",
        place=place,
        remedy="list it under inputs or correct its name",
    )


def unknown_group(group_id: str, place: str) -> Finding:
    """That a rule names a main group that the table does not list."""
    return Finding(
        code="table.unknown_group",
        message=f"{group_id} is no main group of the table",
        place=place,
        remedy="list the main group or correct its name",
    )


def _can_hold(rule: OverlayRule, inputs: dict[str, RuleInput]) -> bool:
    """Whether some admissible values meet all of one kind and, if any, one of the other."""
    choices: tuple[tuple[Condition, ...], ...] = tuple((one,) for one in rule.any_of) or ((),)
    return any(_meetable((*rule.all_of, *choice), inputs) for choice in choices)


def _meetable(conditions: tuple[Condition, ...], inputs: dict[str, RuleInput]) -> bool:
    for name in {condition.input for condition in conditions}:
        ranges = [one for one in conditions if one.input == name]
        if not any(
            all(one.low <= value <= one.high for one in ranges) for value in _values(inputs[name])
        ):
            return False
    return True


def _values(rule_input: RuleInput) -> tuple[float, ...]:
    return admissible_values(rule_input) if has_sound_range(rule_input) else ()
