"""A rule table's suggestion for a set of facts, with every reason.

Main rules give the main group and the profiles the best-fitting subgroup within it. Without main
rules the best-fitting profile gives both, and an overlay with an outcome replaces the group (the
first one that holds, in the table's order). In a table with classification functions the largest
value gives the group. D is added last. A missing input is never read as its lowest value: every
outcome that some value of it would give stays possible.
"""

from __future__ import annotations

from dataclasses import dataclass

from ssp_coder.domain.ruletable import RuleTable, TableReference
from ssp_coder.domain.verdict import (
    Facts,
    FunctionValue,
    ProfileFit,
    RuleTrace,
    Truth,
    Verdict,
)
from ssp_coder.rules.outcomes import Possibilities, possibilities
from ssp_coder.rules.prepared import Prepared, prepare
from ssp_coder.rules.situation import Situation, needed_decision, situation_of
from ssp_coder.rules.traces import (
    evidence_of,
    function_values,
    profile_fits,
    rule_traces,
)
from ssp_coder.rules.turns import groups_of, subgroups_of, turns


def evaluate(table: RuleTable, facts: Facts, *, sha256: str = "") -> Verdict:
    """What the table suggests, or what is still possible and what it needs.

    `possible_subgroups` also holds the best-fitting subgroups of a group that needs a secondary
    one, and `needs` also the inputs that only that secondary one depends on. Runner-up, margin and
    turns are given once every required input of the ranking is known; an optional one that is
    missing counts nothing in the margin. The margin is negative where main rules set a group that
    is not that of the best fit. The borderline flag is raised by any runner-up closer than the
    table's margin, of the same main group or another.

    Args:
        table: the rule table.
        facts: scores of its inputs; scores of other inputs are left aside.
        sha256: hash of the table's file, carried into the verdict.

    Raises:
        DomainError: a score lies outside its input's range, or the table cannot be evaluated.
    """
    prepared = prepare(table)
    situation = situation_of(prepared, facts)
    evidence = evidence_of(prepared, facts)
    found = possibilities(prepared, situation)
    subgroups = subgroups_of(prepared, found.outcomes)
    fits = _in_reading_order(table, profile_fits(evidence), subgroups)
    values = function_values(evidence)
    traces = rule_traces(evidence, situation, fits)
    complete = _ranking_complete(prepared, situation)
    runner_up, margin = _runner_up(fits, values) if complete else (None, None)
    possible = groups_of(table, found.outcomes)
    outcome = settled(table, possible, subgroups)
    decision = needed_decision(situation)
    return Verdict(
        table=reference_of(table, sha256),
        group=outcome.group,
        subgroup=outcome.subgroup,
        secondary=outcome.secondary,
        possible=possible,
        possible_subgroups=subgroups,
        needs=found.needs + decision,
        runner_up=runner_up,
        margin=margin,
        exact=found.exact,
        flags=_flags(table, traces, margin),
        fired=_with_truth(traces, Truth.YES),
        undecided=_with_truth(traces, Truth.UNKNOWN),
        ruled_out=_with_truth(traces, Truth.NO),
        fits=fits,
        turns=turns(prepared, situation, found.outcomes) if complete and found.exact else (),
        group_needs=found.group_needs + decision,
        left_open=is_left_open(found, possible, decision),
        functions=values,
        parts=table.parts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The parts of an outcome on which everything possible agrees."""

    group: str | None = None
    subgroup: str | None = None
    secondary: str | None = None


def settled(table: RuleTable, groups: tuple[str, ...], subgroups: tuple[str, ...]) -> Settled:
    """What is settled where these groups and these best-fitting subgroups are possible."""
    if len(groups) > 1:
        return Settled()
    fit = subgroups[0] if len(subgroups) == 1 else None
    if table.group(groups[0]).needs_secondary:
        return Settled(group=groups[0], secondary=fit)
    return Settled(group=groups[0], subgroup=fit)


def is_left_open(
    found: Possibilities, possible: tuple[str, ...], decision: tuple[str, ...]
) -> bool:
    """Whether it is the table, not a missing value, that leaves several groups possible."""
    return len(possible) > 1 and found.exact and not found.group_needs and not decision


def _in_reading_order(
    table: RuleTable, fits: tuple[ProfileFit, ...], possible: tuple[str, ...]
) -> tuple[ProfileFit, ...]:
    """With main rules the profiles of what is possible go before all others."""
    if not table.main:
        return fits
    return tuple(sorted(fits, key=lambda fit: fit.subgroup not in possible))


def _ranking_complete(prepared: Prepared, situation: Situation) -> bool:
    """Whether every required input that the class, apart from D, depends on is known."""
    return all(
        name in situation.known or not rule_input.required or not prepared.judges_by(name)
        for name, rule_input in prepared.inputs.items()
    )


def _runner_up(
    fits: tuple[ProfileFit, ...], values: tuple[FunctionValue, ...]
) -> tuple[str | None, float | None]:
    """The next best contender and how far it lies behind the first."""
    if values:
        ranking = [(value.group, -value.lowest) for value in values]
    else:
        ranking = [(fit.subgroup, fit.penalty) for fit in fits]
    if len(ranking) == 1:
        return None, None
    name, cost = min(ranking[1:], key=lambda one: one[1])
    return name, cost - ranking[0][1]


def _flags(
    table: RuleTable, traces: tuple[RuleTrace, ...], margin: float | None
) -> tuple[str, ...]:
    raised = {trace.flag for trace in traces if trace.truth is Truth.YES}
    if margin is not None and margin < table.borderline_margin:
        raised.add(table.borderline_flag)
    return tuple(flag.id for flag in table.flags if flag.id in raised)


def _with_truth(traces: tuple[RuleTrace, ...], truth: Truth) -> tuple[RuleTrace, ...]:
    return tuple(trace for trace in traces if trace.truth is truth)


def reference_of(table: RuleTable, sha256: str) -> TableReference:
    """Which table spoke."""
    return TableReference(
        id=table.id,
        version=table.version,
        sha256=sha256,
        title=table.title,
        provenance=table.provenance,
    )
