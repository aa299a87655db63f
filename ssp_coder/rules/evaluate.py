"""A rule table's suggestion for a set of facts, with every reason.

The best-fitting profile gives the organised group and subgroup, an overlay with an outcome replaces
that group (the first one that holds, in the table's order), and D is added last. A missing input is
never read as its lowest value: every outcome that some value of it would give stays possible.
"""

from __future__ import annotations

from dataclasses import dataclass

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.verdict import (
    DECISION_INPUT,
    Facts,
    ProfileFit,
    RuleTrace,
    TableReference,
    Truth,
    Verdict,
)
from ssp_coder.rules.outcomes import Outcome, possibilities
from ssp_coder.rules.prepared import Prepared, prepare
from ssp_coder.rules.situation import DStanding, Situation, situation_of
from ssp_coder.rules.traces import evidence_of, profile_fits, rule_traces
from ssp_coder.rules.turns import groups_of, subgroups_of, turns


def evaluate(table: RuleTable, facts: Facts, *, sha256: str = "") -> Verdict:
    """What the table suggests, or what is still possible and what it needs.

    `possible_subgroups` also holds the best-fitting subgroups of a group that needs a secondary
    one, and `needs` also the inputs that only that secondary one depends on. Runner-up, margin and
    turns are given once every required input of the profiles is known; an optional one that is
    missing counts nothing in the margin. The borderline flag is raised by any runner-up closer than
    the table's margin, of the same main group or another.

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
    fits = profile_fits(evidence)
    traces = rule_traces(evidence, situation, fits)
    complete = _profiles_complete(prepared, situation)
    runner_up, margin = _runner_up(fits) if complete else (None, None)
    outcome = _settled(table, found.outcomes)
    return Verdict(
        table=_reference(table, sha256),
        group=outcome.group,
        subgroup=outcome.subgroup,
        secondary=outcome.secondary,
        possible=groups_of(table, found.outcomes),
        possible_subgroups=subgroups_of(table, found.outcomes),
        needs=found.needs + _needed_decision(situation),
        runner_up=runner_up,
        margin=margin,
        exact=found.exact,
        flags=_flags(table, traces, margin),
        fired=_with_truth(traces, Truth.YES),
        undecided=_with_truth(traces, Truth.UNKNOWN),
        ruled_out=_with_truth(traces, Truth.NO),
        fits=fits,
        turns=turns(prepared, situation, found.outcomes) if complete and found.exact else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """The parts of an outcome on which everything possible agrees."""

    group: str | None = None
    subgroup: str | None = None
    secondary: str | None = None


def _settled(table: RuleTable, outcomes: frozenset[Outcome]) -> _Settled:
    groups = groups_of(table, outcomes)
    if len(groups) > 1:
        return _Settled()
    fits = subgroups_of(table, outcomes)
    fit = fits[0] if len(fits) == 1 else None
    if table.group(groups[0]).needs_secondary:
        return _Settled(group=groups[0], secondary=fit)
    return _Settled(group=groups[0], subgroup=fit)


def _profiles_complete(prepared: Prepared, situation: Situation) -> bool:
    """Whether every required input that a profile reads is known."""
    return all(
        name in situation.known or not rule_input.required or not prepared.bands[name]
        for name, rule_input in prepared.inputs.items()
    )


def _runner_up(fits: tuple[ProfileFit, ...]) -> tuple[str | None, float | None]:
    if len(fits) == 1:
        return None, None
    return fits[1].subgroup, fits[1].penalty - fits[0].penalty


def _needed_decision(situation: Situation) -> tuple[str, ...]:
    rule = situation.d_rule
    if rule is None or rule.input not in situation.known:
        return ()
    standing = situation.d_standing(situation.known[rule.input])
    return (DECISION_INPUT,) if standing is DStanding.OPEN else ()


def _flags(
    table: RuleTable, traces: tuple[RuleTrace, ...], margin: float | None
) -> tuple[str, ...]:
    raised = {trace.flag for trace in traces if trace.truth is Truth.YES}
    if margin is not None and margin < table.borderline_margin:
        raised.add(table.borderline_flag)
    return tuple(flag.id for flag in table.flags if flag.id in raised)


def _with_truth(traces: tuple[RuleTrace, ...], truth: Truth) -> tuple[RuleTrace, ...]:
    return tuple(trace for trace in traces if trace.truth is truth)


def _reference(table: RuleTable, sha256: str) -> TableReference:
    return TableReference(
        id=table.id,
        version=table.version,
        sha256=sha256,
        title=table.title,
        provenance=table.provenance,
    )
