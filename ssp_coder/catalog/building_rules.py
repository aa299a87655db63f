"""Checked rule tables of every kind as the domain holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ssp_coder.catalog.building import provenance, text
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.record_base import (
    Range,
    Sources,
)
from ssp_coder.catalog.record_rules import (
    CitationRecord,
    DecisionTableFile,
    DiscriminantTableFile,
    DisorganizationRecord,
    FitRecord,
    InputRecord,
    MainExampleRecord,
    MainGroupRecord,
    MainRuleRecord,
    OverlayRecord,
    ProfileRecord,
    ProfileTableFile,
    RuleExampleRecord,
    RuleTableFile,
    TableExampleRecord,
    VariableRecord,
    WorkedCaseRecord,
)
from ssp_coder.domain.ruletable import (
    Band,
    Citation,
    ClassificationFunction,
    Condition,
    DisorganizationRule,
    Fit,
    MainGroup,
    MainRule,
    OverlayRule,
    Profile,
    RuleExample,
    RuleInput,
    RuleTable,
    TableFlag,
    TableReference,
    Term,
    WorkedCase,
)

NOT_FILLED_IN = "its numbers are not filled in"
"""Why a discriminant table that ships without numbers cannot be used."""


def rule_table(
    file: InstrumentFile[RuleTableFile], profiles: InstrumentFile[ProfileTableFile] | None
) -> RuleTable:
    """The rule table of a checked file of any kind.

    Args:
        file: the table.
        profiles: the table of subgroups that a decision table names, else None.

    Raises:
        ValueError: a decision table without its table of subgroups.
    """
    record = file.record
    if isinstance(record, ProfileTableFile):
        return profile_table(record)
    if isinstance(record, DiscriminantTableFile):
        return discriminant_table(record)
    if profiles is None:
        raise ValueError(f"{file.shown} needs its table of subgroups {record.profiles}")
    return decision_table(record, profiles.record, profiles.sha256)


def profile_table(record: ProfileTableFile) -> RuleTable:
    """The rule table of a checked file of bands."""
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


def decision_table(
    record: DecisionTableFile, profiles: ProfileTableFile, profiles_sha256: str
) -> RuleTable:
    """The rule table of a checked decision table, put together with that of its subgroups.

    The main rules alone set the group: what is an outcome of an overlay in the table of subgroups
    is left to them, and a remark of it stays a remark.
    """
    below = profile_table(profiles)
    return replace(
        below,
        id=record.id,
        version=record.version,
        title=text(record.title),
        main=tuple(_main_rule(rule, record.sources) for rule in record.rules),
        overlays=tuple(replace(rule, outcome="") for rule in below.overlays if rule.flag),
        examples=tuple(_main_example(example) for example in record.examples),
        provenance=provenance(record, record.sources),
        parts=(
            TableReference(
                id=below.id,
                version=below.version,
                sha256=profiles_sha256,
                title=below.title,
                provenance=below.provenance,
            ),
        ),
    )


def discriminant_table(record: DiscriminantTableFile) -> RuleTable:
    """The rule table of a checked file of classification functions."""
    sources = record.sources
    d_rule = record.disorganization
    return RuleTable(
        id=record.id,
        version=record.version,
        title=text(record.title),
        inputs=_variables(record),
        groups=tuple(_group(group, sources) for group in record.groups),
        profiles=(),
        overlays=(),
        disorganization=None if d_rule is None else _disorganization(d_rule, sources),
        flags=tuple(TableFlag(id=flag.id, title=text(flag.title)) for flag in record.flags),
        borderline_margin=record.borderline_margin,
        borderline_flag=record.borderline_flag,
        examples=(),
        provenance=provenance(record, sources),
        functions=tuple(
            ClassificationFunction(
                group=function.group,
                constant=function.constant,
                terms=tuple(
                    Term(input=name, weight=weight) for name, weight in function.weights.items()
                ),
            )
            for function in record.functions
        ),
        closed="" if record.enabled else NOT_FILLED_IN,
        citation=_citation(record.citation),
        cases=tuple(_worked_case(case) for case in record.worked_cases),
        checksum=record.checksum,
        fit=None if record.fit is None else _fit(record.fit),
    )


def _variables(record: DiscriminantTableFile) -> tuple[RuleInput, ...]:
    return tuple(_variable(item) for item in record.inputs)


def _variable(record: VariableRecord) -> RuleInput:
    return RuleInput(
        id=record.id,
        title=text(record.title),
        minimum=record.minimum,
        maximum=record.maximum,
        step=record.step,
        definition=record.definition,
    )


def _citation(record: CitationRecord) -> Citation:
    return Citation(work=record.work, page=record.page, sample=record.sample)


def _worked_case(record: WorkedCaseRecord) -> WorkedCase:
    return WorkedCase(
        values=tuple(record.values.items()),
        group=record.group,
        scores=tuple(record.scores.items()),
        tolerance=record.tolerance,
    )


def _fit(record: FitRecord) -> Fit:
    return Fit(
        method=record.method,
        date=record.date,
        cases=record.cases,
        counts=tuple(record.counts.items()),
        confusion=tuple(record.confusion.items()),
        warnings=record.warnings,
    )


def _main_rule(record: MainRuleRecord, sources: Sources) -> MainRule:
    return MainRule(
        id=record.id,
        title=text(record.title),
        all_of=_conditions(record.all_of),
        any_of=_conditions(record.any_of),
        groups=record.groups,
        examples=_rule_examples(record.examples),
        provenance=provenance(record, sources),
    )


def _main_example(record: MainExampleRecord) -> RuleExample:
    return RuleExample(
        values=tuple(record.values.items()),
        group=record.group,
        subgroup=record.subgroup,
        between=record.between,
    )


def _rule_examples(records: tuple[RuleExampleRecord, ...]) -> tuple[RuleExample, ...]:
    return tuple(
        RuleExample(values=tuple(example.values.items()), holds=example.holds)
        for example in records
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
        examples=_rule_examples(record.examples),
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
