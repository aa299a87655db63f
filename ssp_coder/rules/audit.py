"""The audit of a rule table: what is wrong with it, before it judges any child.

Places are dotted paths into the table with ids in them, such as ``profiles.<id>.bands.<input>``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import inf

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import Band, Profile, RuleInput, RuleTable
from ssp_coder.domain.words import Provenance
from ssp_coder.rules.audit_examples import example_findings
from ssp_coder.rules.audit_functions import case_findings, function_findings
from ssp_coder.rules.audit_main import main_findings
from ssp_coder.rules.audit_rules import d_rule_findings, overlay_findings
from ssp_coder.rules.prepared import has_sound_range
from ssp_coder.rules.traces import D_RULE


def audit_table(table: RuleTable) -> tuple[Finding, ...]:
    """Everything wrong with a table, in its own order; nothing for a sound one.

    Examples are tried only where the rest leaves no error, since they need a table that works. Of a
    decision table only its own rules and examples are looked at: what it is put together with is
    audited as the table of its own that it is.
    """
    findings = [*_main_table_findings(table)] if table.main else [*_own_findings(table)]
    if not any(finding.severity is Severity.ERROR for finding in findings):
        is_discriminant = table.citation is not None
        findings += case_findings(table) if is_discriminant else example_findings(table)
    return tuple(findings)


def _main_table_findings(table: RuleTable) -> Iterator[Finding]:
    yield from _duplicates("rules", (rule.id for rule in table.main))
    yield from main_findings(table)
    yield from _source_findings(
        (("", table.provenance), *((f"rules.{one.id}", one.provenance) for one in table.main))
    )


def _own_findings(table: RuleTable) -> list[Finding]:
    return [
        *_duplicate_findings(table),
        *_input_findings(table),
        *_group_findings(table),
        *_profile_findings(table),
        *overlay_findings(table),
        *d_rule_findings(table),
        *function_findings(table),
        *_flag_findings(table),
        *_source_findings(_sourced(table)),
    ]


def _duplicate_findings(table: RuleTable) -> Iterator[Finding]:
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("inputs", (one.id for one in table.inputs)),
        ("groups", (one.id for one in table.groups)),
        ("rules", _rule_names(table)),
        ("flags", (one.id for one in table.flags)),
    )
    for kind, ids in named:
        yield from _duplicates(kind, ids)


def _duplicates(kind: str, ids: Iterable[str]) -> Iterator[Finding]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Finding(
                code="table.duplicate_id",
                message=f"{name} names {count} {kind}",
                place=f"{kind}.{name}",
                remedy="give each its own id",
            )


def _rule_names(table: RuleTable) -> Iterator[str]:
    """Names under which reasons are given; a verdict must not confuse two of them."""
    yield D_RULE
    yield from (profile.id for profile in table.profiles)
    yield from (rule.id for rule in table.overlays)


def _input_findings(table: RuleTable) -> Iterator[Finding]:
    for rule_input in table.inputs:
        if not has_sound_range(rule_input):
            yield Finding(
                code="table.input_range",
                message=(
                    f"{rule_input.minimum:g}..{rule_input.maximum:g} in steps of "
                    f"{rule_input.step:g} is no range of a scale or count"
                ),
                place=f"inputs.{rule_input.id}",
                remedy="give a minimum below the maximum and a positive step, such as 1 or 0.5",
            )


def _group_findings(table: RuleTable) -> Iterator[Finding]:
    profiles = {profile.id for profile in table.profiles}
    owners = Counter(table.subgroups())
    for group in table.groups:
        for subgroup in group.subgroups if table.citation is None else ():
            place = f"groups.{group.id}.subgroups"
            if subgroup not in profiles:
                yield Finding(
                    code="table.subgroup_without_profile",
                    message=f"subgroup {subgroup} has no profile, so it can never be suggested",
                    place=place,
                    remedy="add a profile or remove the subgroup",
                )
            if owners[subgroup] > 1:
                yield Finding(
                    code="table.subgroup_in_two_groups",
                    message=f"subgroup {subgroup} is listed {owners[subgroup]} times",
                    place=place,
                    remedy="list it under one main group",
                )


def _profile_findings(table: RuleTable) -> Iterator[Finding]:
    if not table.profiles and table.citation is None:
        yield Finding(
            code="table.no_profiles",
            message="the table has no profile",
            place="profiles",
            remedy="give it at least one profile with bands",
        )
    inputs = {rule_input.id: rule_input for rule_input in table.inputs}
    for profile in table.profiles:
        yield from _membership_findings(table, profile)
        yield from _band_set_findings(profile)
        for band in profile.bands:
            yield from _band_findings(profile, band, inputs)
    for first, second in combinations(table.profiles, 2):
        if first.bands and set(first.bands) == set(second.bands):
            yield Finding(
                code="table.same_bands",
                message=f"profiles {first.id} and {second.id} have the same bands, so they tie",
                place=f"profiles.{second.id}.bands",
                remedy="tell them apart by at least one band",
            )


def _membership_findings(table: RuleTable, profile: Profile) -> Iterator[Finding]:
    group = next((group for group in table.groups if group.id == profile.group), None)
    if group is None:
        yield Finding(
            code="table.unknown_group",
            message=f"profile {profile.id} belongs to {profile.group}, which is no main group",
            place=f"profiles.{profile.id}.group",
            remedy="list the main group or correct its name",
        )
    elif profile.id not in group.subgroups:
        yield Finding(
            code="table.profile_not_in_group",
            message=f"profile {profile.id} is not among the subgroups of {group.id}",
            place=f"profiles.{profile.id}.group",
            remedy=f"list it under the subgroups of {group.id}",
        )


def _band_set_findings(profile: Profile) -> Iterator[Finding]:
    place = f"profiles.{profile.id}.bands"
    if not profile.bands:
        yield Finding(
            code="table.profile_without_bands",
            message=f"profile {profile.id} has no band, so it would fit everybody",
            place=place,
            remedy="give it at least one band",
        )
    for name, count in Counter(band.input for band in profile.bands).items():
        if count > 1:
            yield Finding(
                code="table.duplicate_band",
                message=f"profile {profile.id} has {count} bands for {name}",
                place=f"{place}.{name}",
                remedy="keep one",
            )


def _band_findings(profile: Profile, band: Band, inputs: dict[str, RuleInput]) -> Iterator[Finding]:
    place = f"profiles.{profile.id}.bands.{band.input}"
    rule_input = inputs.get(band.input)
    if rule_input is None:
        yield Finding(
            code="table.unknown_input",
            message=f"{band.input} is not an input of the table",
            place=place,
            remedy="list it under inputs or correct its name",
        )
        return
    if not rule_input.minimum <= band.low <= band.high <= rule_input.maximum:
        yield Finding(
            code="table.band_outside_input",
            message=(
                f"band {band.low:g}..{band.high:g} does not lie within "
                f"{rule_input.minimum:g}..{rule_input.maximum:g}"
            ),
            place=place,
            remedy="give the lowest and the highest value that fits, in this order",
        )
    if not 0 < band.weight < inf:
        yield Finding(
            code="table.weight_not_positive",
            message=f"weight {band.weight:g} is not positive",
            place=place,
            remedy="give a positive weight or remove the band",
        )


def _flag_findings(table: RuleTable) -> Iterator[Finding]:
    flags = {flag.id for flag in table.flags}
    if table.borderline_flag and table.borderline_flag not in flags:
        yield Finding(
            code="table.unknown_flag",
            message=f"borderline_flag {table.borderline_flag} is not among the flags",
            place="borderline_flag",
            remedy="list it under flags or correct its name",
        )
    if not 0 <= table.borderline_margin < inf:
        yield Finding(
            code="table.margin_negative",
            message=f"borderline_margin {table.borderline_margin:g} is not 0 or more",
            place="borderline_margin",
            remedy="give 0 or more",
        )
    used = {rule.flag for rule in table.overlays} | {table.borderline_flag}
    for flag in table.flags:
        if flag.id not in used:
            yield Finding(
                code="table.unused_flag",
                message=f"no rule raises flag {flag.id}",
                place=f"flags.{flag.id}",
                remedy="remove it or name it in a rule",
                severity=Severity.WARNING,
            )


def _source_findings(sourced: Iterable[tuple[str, Provenance]]) -> Iterator[Finding]:
    for place, provenance in sourced:
        if not provenance.source.strip():
            yield Finding(
                code="table.no_source",
                message="the source is empty",
                place=f"{place}.source" if place else "source",
                remedy="name the publication, or say that it is your own",
            )


def _sourced(table: RuleTable) -> Iterator[tuple[str, Provenance]]:
    yield "", table.provenance
    for group in table.groups:
        yield f"groups.{group.id}", group.provenance
    for profile in table.profiles:
        yield f"profiles.{profile.id}", profile.provenance
    for rule in table.overlays:
        yield f"overlays.{rule.id}", rule.provenance
    if table.disorganization is not None:
        yield "disorganization", table.disorganization.provenance
