"""The audit finds what is wrong with a table and keeps quiet about a sound one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import (
    MainGroup,
    OverlayRule,
    Profile,
    RuleExample,
    RuleTable,
    TableFlag,
)
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.rules.audit import audit_table
from ssp_coder.rules.traces import D_RULE
from tests.fixtures.rule_tables import (
    band,
    condition,
    d_rule,
    group,
    overlay,
    profile,
    prototype,
    rule_input,
    section_five,
)

TABLE = section_five()
NOWHERE = Provenance(origin=Origin.LAB, source=" ")


def codes(table: RuleTable) -> list[str]:
    return [finding.code.removeprefix("table.") for finding in audit_table(table)]


def only(table: RuleTable) -> Finding:
    (finding,) = audit_table(table)
    assert finding.remedy
    return finding


def with_profile(place: int, **changed: object) -> RuleTable:
    profiles = list(TABLE.profiles)
    profiles[place] = replace(profiles[place], **changed)  # type: ignore[arg-type]  # any field of a profile
    return replace(TABLE, profiles=tuple(profiles))


def with_overlay(rule: OverlayRule) -> RuleTable:
    return replace(TABLE, overlays=(*TABLE.overlays, rule))


def with_group(extra: MainGroup) -> RuleTable:
    return replace(TABLE, groups=(*TABLE.groups, extra))


def with_example(example: RuleExample) -> RuleTable:
    return replace(TABLE, examples=(example,))


def test_the_bands_of_the_reference_are_sound() -> None:
    assert audit_table(TABLE) == ()


class TestNames:
    def test_two_inputs_of_one_name(self) -> None:
        finding = only(replace(TABLE, inputs=(*TABLE.inputs, TABLE.inputs[0])))
        assert (finding.code, finding.place) == ("table.duplicate_id", "inputs.pcs_c_5")

    def test_a_rule_named_like_a_profile(self) -> None:
        finding = only(with_overlay(overlay("B3", condition("avo_c_8", 5, 7), flag="ac?")))
        assert (finding.code, finding.place) == ("table.duplicate_id", "rules.B3")

    def test_a_rule_named_like_the_d_rule(self) -> None:
        assert codes(with_overlay(overlay(D_RULE, condition("avo_c_8", 5, 7), flag="ac?"))) == [
            "duplicate_id"
        ]

    def test_a_subgroup_without_a_profile(self) -> None:
        finding = only(with_group(group("E", "E1")))
        assert finding.code == "table.subgroup_without_profile"
        assert "E1" in finding.message

    def test_a_subgroup_in_two_groups(self) -> None:
        assert set(codes(with_group(group("E", "B3")))) == {"subgroup_in_two_groups"}

    def test_a_profile_of_an_unknown_group(self) -> None:
        finding = only(with_profile(0, group="Z"))
        assert (finding.code, finding.place) == ("table.unknown_group", "profiles.A1.group")

    def test_a_profile_that_its_group_does_not_list(self) -> None:
        assert only(with_profile(0, group="B")).code == "table.profile_not_in_group"

    def test_a_flag_nobody_raises_is_a_warning(self) -> None:
        flag = TableFlag(id="lonely", title=english("lonely"))
        finding = only(replace(TABLE, flags=(*TABLE.flags, flag)))
        assert (finding.code, finding.severity) == ("table.unused_flag", Severity.WARNING)

    def test_an_unknown_borderline_flag(self) -> None:
        table = replace(TABLE, borderline_flag="narrow")
        assert codes(table) == ["unknown_flag", "unused_flag"]


class TestRanges:
    @pytest.mark.parametrize(
        ("low", "high", "step"), [(7, 1, 1), (1, 1, 1), (1, 7, 0), (1, 7, -1), (1, 1e12, 1)]
    )
    def test_an_input_without_a_range(self, low: float, high: float, step: float) -> None:
        extra = rule_input("extra", low, high, step=step)
        finding = only(replace(TABLE, inputs=(*TABLE.inputs, extra)))
        assert (finding.code, finding.place) == ("table.input_range", "inputs.extra")

    @pytest.mark.parametrize(("low", "high"), [(0, 3), (5, 8), (4, 2), (float("nan"), 2)])
    def test_a_band_outside_its_input(self, low: float, high: float) -> None:
        finding = only(with_profile(0, bands=(band("avo_c_8", low, high),)))
        assert finding.code == "table.band_outside_input"
        assert finding.place == "profiles.A1.bands.avo_c_8"

    @pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
    def test_a_weight_that_is_not_positive(self, weight: float) -> None:
        table = with_profile(0, bands=(band("avo_c_8", 5, 7, weight),))
        assert only(table).code == "table.weight_not_positive"

    def test_a_negative_margin(self) -> None:
        assert only(replace(TABLE, borderline_margin=-1)).code == "table.margin_negative"

    @pytest.mark.parametrize("point", [1, 9, 12])
    def test_a_decision_point_without_values_on_both_sides(self, point: float) -> None:
        finding = only(replace(TABLE, disorganization=d_rule("dorg", point, "D")))
        assert finding.code == "table.decision_point_outside"


class TestProfiles:
    def test_no_profile_at_all(self) -> None:
        groups = tuple(replace(one, subgroups=()) for one in TABLE.groups)
        assert codes(replace(TABLE, profiles=(), groups=groups)) == ["no_profiles"]

    def test_a_profile_without_bands(self) -> None:
        assert only(with_profile(0, bands=())).code == "table.profile_without_bands"

    def test_a_band_on_an_unknown_input(self) -> None:
        finding = only(with_profile(0, bands=(band("smell", 1, 2),)))
        assert (finding.code, finding.place) == ("table.unknown_input", "profiles.A1.bands.smell")

    def test_two_bands_for_one_input(self) -> None:
        table = with_profile(0, bands=(band("avo_c_8", 5, 7), band("avo_c_8", 6, 7)))
        assert only(table).code == "table.duplicate_band"

    def test_two_profiles_that_cannot_be_told_apart(self) -> None:
        finding = only(with_profile(1, bands=tuple(reversed(TABLE.profiles[0].bands))))
        assert finding.code == "table.same_bands"
        assert "A1" in finding.message
        assert "A2" in finding.message


class TestOverlays:
    def test_an_unknown_outcome(self) -> None:
        table = with_overlay(overlay("odd", condition("avo_c_8", 5, 7), outcome="Z"))
        assert only(table).place == "overlays.odd.outcome"

    def test_an_unknown_flag(self) -> None:
        table = with_overlay(overlay("odd", condition("avo_c_8", 5, 7), flag="Z"))
        assert only(table).place == "overlays.odd.flag"

    def test_neither_outcome_nor_flag(self) -> None:
        table = with_overlay(overlay("odd", condition("avo_c_8", 5, 7)))
        assert only(table).code == "table.overlay_says_nothing"

    def test_no_conditions(self) -> None:
        assert only(with_overlay(overlay("odd", flag="ac?"))).code == (
            "table.overlay_without_conditions"
        )

    def test_an_unknown_input(self) -> None:
        finding = only(with_overlay(overlay("odd", condition("smell", 1, 2), flag="ac?")))
        assert (finding.code, finding.place) == ("table.unknown_input", "overlays.odd.smell")

    @pytest.mark.parametrize("ranges", [((8, 9),), ((5, 4),), ((2.2, 2.8),), ((1, 3), (4, 7))])
    def test_a_rule_that_can_never_hold(self, ranges: tuple[tuple[float, float], ...]) -> None:
        conditions = tuple(condition("avo_c_8", *one) for one in ranges)
        finding = only(with_overlay(overlay("odd", *conditions, flag="ac?")))
        assert (finding.code, finding.place) == ("table.overlay_never_holds", "overlays.odd")

    def test_a_choice_that_contradicts_what_is_required(self) -> None:
        rule = overlay("odd", condition("avo_c_8", 1, 2), flag="ac?")
        never = replace(rule, any_of=(condition("avo_c_8", 5, 7),))
        sound = replace(rule, any_of=(condition("avo_c_8", 5, 7), condition("avo_c_8", 2, 3)))
        assert "overlay_never_holds" in codes(with_overlay(never))
        assert "overlay_never_holds" not in codes(with_overlay(sound))


class TestDisorganization:
    def test_an_unknown_outcome(self) -> None:
        table = replace(TABLE, disorganization=d_rule("dorg", 5, "Z"))
        assert only(table).place == "disorganization.outcome"

    def test_an_outcome_that_is_not_marked(self) -> None:
        finding = only(replace(TABLE, disorganization=d_rule("dorg", 5, "U")))
        assert (finding.code, finding.place) == ("table.d_group_not_marked", "groups.U.by_decision")

    def test_an_unknown_input(self) -> None:
        table = replace(TABLE, disorganization=d_rule("smell", 5, "D"))
        assert only(table).place == "disorganization.input"

    def test_a_table_without_d_is_sound(self) -> None:
        assert audit_table(replace(TABLE, disorganization=None)) == ()


class TestSources:
    def test_an_empty_source_of_the_table(self) -> None:
        assert only(replace(TABLE, provenance=NOWHERE)).place == "source"

    def test_an_empty_source_of_a_profile(self) -> None:
        assert only(with_profile(2, provenance=NOWHERE)).place == "profiles.B1.source"

    def test_an_empty_source_of_a_group_rule_and_d_rule(self) -> None:
        table = replace(
            TABLE,
            groups=(replace(TABLE.groups[0], provenance=NOWHERE), *TABLE.groups[1:]),
            overlays=(replace(TABLE.overlays[0], provenance=NOWHERE), *TABLE.overlays[1:]),
            disorganization=replace(d_rule("dorg", 5, "D"), provenance=NOWHERE),
        )
        assert [finding.place for finding in audit_table(table)] == [
            "groups.A.source",
            "overlays.both.source",
            "disorganization.source",
        ]


class TestExamples:
    def test_a_table_without_examples_is_a_warning(self) -> None:
        finding = only(replace(TABLE, examples=()))
        assert (finding.code, finding.severity) == ("table.no_example", Severity.WARNING)

    def test_a_rule_without_examples_is_a_warning(self) -> None:
        rule = replace(overlay("odd", condition("avo_c_8", 5, 7), flag="ac?"), examples=())
        finding = only(with_overlay(rule))
        assert (finding.code, finding.place) == ("table.no_example", "overlays.odd.examples")

    def test_an_example_that_comes_out_otherwise(self) -> None:
        values = tuple(prototype("B3").items())
        finding = only(with_example(RuleExample(values=values, group="A", subgroup="A1")))
        assert (finding.code, finding.place) == ("table.example_fails", "examples.1")
        assert "A A1 should come out here; the table gives B, best-fitting B3" in finding.message

    def test_an_example_of_the_right_group_and_the_wrong_subgroup(self) -> None:
        values = tuple(prototype("B3").items())
        table = with_example(RuleExample(values=values, group="B", subgroup="B2"))
        assert only(table).code == "table.example_fails"

    def test_an_example_of_a_group_alone(self) -> None:
        values = tuple(prototype("B3").items())
        assert audit_table(with_example(RuleExample(values=values, group="B"))) == ()

    def test_an_example_of_d_names_its_secondary(self) -> None:
        values = tuple(prototype("B3", dorg=7).items())
        sound = with_example(RuleExample(values=values, group="D", subgroup="B3"))
        wrong = with_example(RuleExample(values=values, group="D", subgroup="A1"))
        assert audit_table(sound) == ()
        assert codes(wrong) == ["example_fails"]

    def test_an_example_without_a_d_score_is_about_the_organised_groups(self) -> None:
        values = tuple(item for item in prototype("C1").items() if item[0] != "dorg")
        example = RuleExample(values=values, group="C", subgroup="C1")
        assert audit_table(with_example(example)) == ()

    def test_a_counterexample_must_not_come_out(self) -> None:
        values = tuple(prototype("B3").items())
        against = RuleExample(values=values, group="A", holds=False)
        failing = RuleExample(values=values, group="B", holds=False)
        table = replace(TABLE, examples=(*TABLE.examples, against, failing))
        assert only(table).place == "examples.3"
        assert "should not come out" in only(table).message

    def test_an_example_that_says_too_little(self) -> None:
        table = with_example(RuleExample(values=(("avo_c_8", 1),), group="B"))
        assert codes(table) == ["example_fails"]

    def test_an_example_of_a_rule_that_does_not_hold(self) -> None:
        rule = replace(
            overlay("odd", condition("avo_c_8", 5, 7), flag="ac?"),
            examples=(
                RuleExample(values=(("avo_c_8", 6),)),
                RuleExample(values=(("avo_c_8", 4),)),
                RuleExample(values=(("avo_c_8", 7),), holds=False),
                RuleExample(values=()),
            ),
        )
        findings = audit_table(with_overlay(rule))
        assert [finding.place for finding in findings] == [
            "overlays.odd.examples.2",
            "overlays.odd.examples.3",
            "overlays.odd.examples.4",
        ]
        assert "should be yes here and is no" in findings[0].message
        assert "should be no here and is yes" in findings[1].message
        assert "should be yes here and is unknown" in findings[2].message

    def test_an_example_with_an_unknown_input(self) -> None:
        values = (*prototype("B3").items(), ("smell", 3.0))
        finding = only(with_example(RuleExample(values=values, group="B")))
        assert (finding.code, finding.place) == ("table.unknown_input", "examples.1")

    def test_an_example_outside_a_range(self) -> None:
        values = tuple(prototype("B3", avo_c_8=9).items())
        finding = only(with_example(RuleExample(values=values, group="B")))
        assert (finding.code, finding.place) == ("facts.outside_range", "examples.1.avo_c_8")

    def test_examples_wait_until_the_table_works(self) -> None:
        values = tuple(prototype("B3").items())
        table = with_example(RuleExample(values=values, group="A"))
        broken = replace(table, inputs=TABLE.inputs[:-1])
        assert "example_fails" not in codes(broken)


def test_several_mistakes_are_all_found_with_a_remedy() -> None:
    broken: tuple[Profile, ...] = (
        profile("A1", "Z", ()),
        profile("A2", "A", (band("smell", 9, 1, 0),)),
    )
    findings = audit_table(replace(TABLE, profiles=broken))
    assert len(findings) >= 9
    assert all(finding.place and finding.remedy for finding in findings)
