"""A checked profile table as the domain holds it."""

from __future__ import annotations

from collections.abc import Mapping

from ssp_coder.catalog.building import provenance, text
from ssp_coder.catalog.record_base import (
    Range,
    Sources,
)
from ssp_coder.catalog.record_rules import (
    DisorganizationRecord,
    InputRecord,
    MainGroupRecord,
    OverlayRecord,
    ProfileRecord,
    ProfileTableFile,
    TableExampleRecord,
)
from ssp_coder.domain.ruletable import (
    Band,
    Condition,
    DisorganizationRule,
    MainGroup,
    OverlayRule,
    Profile,
    RuleExample,
    RuleInput,
    RuleTable,
    TableFlag,
)


def rule_table(record: ProfileTableFile) -> RuleTable:
    """The rule table of a checked file."""
    sources = record.sources
    weights = {item.id: item.weight for item in record.inputs}
    d_rule = record.disorganization
    return RuleTable(
        id=record.id,
        version=record.version,
        title=text(record.title),
        inputs=tuple(_input(item) for item in record.inputs),
        groups=tuple(_group(group, sources) for group in record.groups),
        profiles=tuple(_profile(profile, weights, sources) for profile in record.profiles),
        overlays=tuple(_overlay(rule, sources) for rule in record.overlays),
        disorganization=None if d_rule is None else _disorganization(d_rule, sources),
        flags=tuple(TableFlag(id=flag.id, title=text(flag.title)) for flag in record.flags),
        borderline_margin=record.borderline_margin,
        borderline_flag=record.borderline_flag,
        examples=tuple(_example(example) for example in record.examples),
        provenance=provenance(record, sources),
    )


def _input(record: InputRecord) -> RuleInput:
    return RuleInput(
        id=record.id,
        title=text(record.title),
        minimum=record.minimum,
        maximum=record.maximum,
        step=record.step,
        required=record.required,
        episode_weight_note=text(record.weight_note),
    )


def _group(record: MainGroupRecord, sources: Sources) -> MainGroup:
    return MainGroup(
        id=record.id,
        title=text(record.title),
        subgroups=record.subgroups,
        needs_secondary=record.needs_secondary,
        secure=record.secure,
        by_decision=record.by_decision,
        provenance=provenance(record, sources),
    )


def _profile(record: ProfileRecord, weights: Mapping[str, float], sources: Sources) -> Profile:
    return Profile(
        id=record.id,
        group=record.group,
        title=text(record.title),
        gist=text(record.gist),
        bands=tuple(
            Band(input=name, low=low, high=high, weight=weights.get(name, 1.0))
            for name, (low, high) in record.bands.items()
        ),
        provenance=provenance(record, sources),
    )


def _conditions(ranges: Mapping[str, Range]) -> tuple[Condition, ...]:
    return tuple(Condition(input=name, low=low, high=high) for name, (low, high) in ranges.items())


def _overlay(record: OverlayRecord, sources: Sources) -> OverlayRule:
    return OverlayRule(
        id=record.id,
        title=text(record.title),
        all_of=_conditions(record.all_of),
        any_of=_conditions(record.any_of),
        outcome=record.outcome,
        flag=record.flag,
        examples=tuple(
            RuleExample(values=tuple(example.values.items()), holds=example.holds)
            for example in record.examples
        ),
        provenance=provenance(record, sources),
    )


def _disorganization(record: DisorganizationRecord, sources: Sources) -> DisorganizationRule:
    return DisorganizationRule(
        input=record.input,
        decision_point=record.decision_point,
        outcome=record.outcome,
        title=text(record.title),
        provenance=provenance(record, sources),
    )


def _example(record: TableExampleRecord) -> RuleExample:
    return RuleExample(
        values=tuple(record.values.items()), group=record.group, subgroup=record.subgroup
    )
