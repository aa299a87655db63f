"""The audit of a decision table: nothing left out, nothing contradicted, every rule of use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import MainRule, RuleExample, RuleTable
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.rules.audit import audit_table
from ssp_coder.rules.audit_main import main_findings, values_text
from tests.fixtures.rule_tables import (
    band,
    condition,
    d_rule,
    deciding,
    main_rule,
    profile,
    rule_input,
    tiny,
)

NOWHERE = Provenance(origin=Origin.LAB, source=" ")
EXAMPLES = (
    RuleExample(values=(("first", 1.0), ("second", 1.0)), group="near", subgroup="n1"),
    RuleExample(values=(("first", 1.0), ("second", 3.0)), between=("near", "far")),
)
BELOW = replace(
    tiny(
        (rule_input("first"), rule_input("second"), rule_input("signs", 1, 9)),
        (
            profile("n1", "near", (band("first", 1, 3),)),
            profile("f1", "far", (band("first", 5, 7),)),
        ),
        disorganization=d_rule("signs", 5, "apart"),
    ),
    examples=EXAMPLES,
)
LOW = main_rule("low", condition("second", 1, 2), groups=("near",))
BETWEEN = main_rule("between", condition("second", 3, 3), groups=("near", "far"))
HIGH = main_rule("high", condition("second", 4, 7), groups=("far",))
SOUND = deciding(BELOW, LOW, BETWEEN, HIGH)
BUNDLED = load_rule_table("infant-main").table


def only(*rules: MainRule) -> Finding:
    (finding,) = main_findings(deciding(BELOW, *rules))
    assert finding.remedy
    return finding


def codes(table: RuleTable) -> list[str]:
    return [finding.code.removeprefix("table.") for finding in audit_table(table)]


def test_a_sound_table_has_no_findings() -> None:
    assert audit_table(SOUND) == ()


def test_the_bundled_table_has_no_findings() -> None:
    assert audit_table(BUNDLED) == ()


class TestTheSpace:
    def test_a_gap_is_told_with_its_size_and_a_case(self) -> None:
        finding = only(LOW, BETWEEN)
        assert (finding.code, finding.place) == ("table.gap", "rules")
        assert finding.severity is Severity.ERROR
        assert "4 of 7 combinations, such as second 4" in finding.message

    def test_a_contradiction_names_both_rules_its_size_and_a_case(self) -> None:
        wide = main_rule("wide", condition("second", 3, 7), groups=("far",))
        finding = only(replace(LOW, all_of=(condition("second", 1, 3),)), wide)
        assert (finding.code, finding.place) == ("table.contradiction", "rules.wide")
        assert "rules low and wide" in finding.message
        assert "1 of 7 combinations, such as second 3" in finding.message

    def test_a_rule_that_settles_contradicts_one_that_leaves_it_open(self) -> None:
        wide = replace(BETWEEN, all_of=(condition("second", 2, 3),))
        assert only(LOW, wide, HIGH).code == "table.contradiction"

    def test_rules_that_say_the_same_may_overlap(self) -> None:
        wide = main_rule(
            "wide", condition("second", 2, 3), condition("first", 1, 1), groups=("near",)
        )
        rest = main_rule("rest", condition("second", 3, 7), groups=("near",))
        assert [one.code for one in main_findings(deciding(BELOW, LOW, rest, wide))] == [
            "table.redundant"
        ]

    def test_a_rule_that_holds_only_beside_others_is_warned_of(self) -> None:
        within = main_rule("within", condition("second", 5, 6), groups=("far",))
        finding = only(LOW, BETWEEN, HIGH, within)
        assert (finding.code, finding.place) == ("table.redundant", "rules.within")
        assert finding.severity is Severity.WARNING

    def test_a_rule_that_can_never_hold_is_unreachable(self) -> None:
        never = main_rule(
            "never", condition("second", 1, 2), condition("second", 4, 5), groups=("far",)
        )
        finding = only(LOW, BETWEEN, HIGH, never)
        assert (finding.code, finding.place) == ("table.unreachable", "rules.never")

    def test_an_alternative_that_cannot_be_met_with_the_rest_is_unreachable(self) -> None:
        never = main_rule(
            "never",
            condition("second", 1, 2),
            groups=("near",),
            any_of=(condition("second", 6, 7),),
        )
        assert only(LOW, BETWEEN, HIGH, never).code == "table.unreachable"

    @pytest.mark.parametrize("rule", BUNDLED.main, ids=lambda rule: str(rule.id))
    def test_without_any_one_of_its_rules_the_bundled_table_has_a_gap(self, rule: MainRule) -> None:
        rest = tuple(one for one in BUNDLED.main if one is not rule)
        assert "gap" in codes(replace(BUNDLED, main=rest))

    @pytest.mark.parametrize("rule", BUNDLED.main, ids=lambda rule: str(rule.id))
    def test_with_any_one_of_its_rules_for_another_group_too_it_contradicts_itself(
        self, rule: MainRule
    ) -> None:
        twin = replace(rule, id="twin", groups=("U",) if rule.groups != ("U",) else ("A",))
        found = codes(replace(BUNDLED, main=(*BUNDLED.main, twin)))
        assert "contradiction" in found


class TestRules:
    def test_a_group_that_is_not_listed(self) -> None:
        finding = only(replace(LOW, groups=("nobody",)), BETWEEN, HIGH)
        assert (finding.code, finding.place) == ("table.unknown_group", "rules.low.groups")

    def test_the_group_of_d_is_left_to_its_own_rule(self) -> None:
        finding = only(replace(LOW, groups=("apart",)), BETWEEN, HIGH)
        assert (finding.code, finding.place) == ("table.main_rule_sets_d", "rules.low.groups")

    def test_a_group_named_twice(self) -> None:
        finding = only(LOW, replace(BETWEEN, groups=("near", "near")), HIGH)
        assert (finding.code, finding.place) == ("table.duplicate_group", "rules.between.groups")

    def test_a_rule_without_conditions(self) -> None:
        finding = only(main_rule("always", groups=("near",)))
        assert (finding.code, finding.place) == ("table.rule_without_conditions", "rules.always")

    def test_an_input_that_is_not_listed(self) -> None:
        finding = only(main_rule("lost", condition("elsewhere", 1, 2), groups=("near",)))
        assert (finding.code, finding.place) == ("table.unknown_input", "rules.lost.elsewhere")

    @pytest.mark.parametrize(("low", "high"), [(0, 2), (6, 8), (3, 2)])
    def test_a_range_that_does_not_lie_within_its_input(self, low: float, high: float) -> None:
        rule = main_rule("lost", condition("second", low, high), groups=("near",))
        finding = only(rule)
        assert (finding.code, finding.place) == (
            "table.condition_outside_input",
            "rules.lost.second",
        )
        assert f"{low:g}..{high:g}" in finding.message

    def test_an_alternative_is_looked_at_like_a_condition(self) -> None:
        rule = replace(LOW, any_of=(condition("elsewhere", 1, 1),))
        assert only(rule, BETWEEN, HIGH).place == "rules.low.elsewhere"

    def test_what_is_wrong_with_one_rule_keeps_the_space_untold(self) -> None:
        assert [
            one.code for one in main_findings(deciding(BELOW, replace(LOW, groups=("x",))))
        ] == ["table.unknown_group"]

    def test_two_rules_of_one_name(self) -> None:
        assert "duplicate_id" in codes(deciding(BELOW, LOW, BETWEEN, HIGH, replace(HIGH)))

    @pytest.mark.parametrize("of_rule", [True, False])
    def test_a_source_that_is_missing(self, of_rule: bool) -> None:
        table = deciding(BELOW, replace(LOW, provenance=NOWHERE), BETWEEN, HIGH)
        if not of_rule:
            table = replace(SOUND, provenance=NOWHERE)
        (finding,) = audit_table(table)
        assert finding.code == "table.no_source"
        assert finding.place == ("rules.low.source" if of_rule else "source")


class TestExamples:
    def test_an_example_under_which_the_rule_does_not_hold(self) -> None:
        wrong = RuleExample(values=(("second", 7.0),))
        (finding,) = audit_table(deciding(BELOW, replace(LOW, examples=(wrong,)), BETWEEN, HIGH))
        assert (finding.code, finding.place) == ("table.example_fails", "rules.low.examples.1")
        assert "should be yes here and is no" in finding.message

    def test_a_counterexample_under_which_the_rule_holds(self) -> None:
        wrong = RuleExample(values=(("second", 1.0),), holds=False)
        rule = replace(LOW, examples=(*LOW.examples, wrong))
        (finding,) = audit_table(deciding(BELOW, rule, BETWEEN, HIGH))
        assert finding.place == "rules.low.examples.2"

    def test_a_rule_without_an_example(self) -> None:
        (finding,) = audit_table(deciding(BELOW, replace(LOW, examples=()), BETWEEN, HIGH))
        assert (finding.code, finding.severity) == ("table.no_example", Severity.WARNING)

    def test_an_example_of_another_group(self) -> None:
        wrong = RuleExample(values=EXAMPLES[0].values, group="far")
        (finding,) = audit_table(replace(SOUND, examples=(wrong,)))
        assert (finding.code, finding.place) == ("table.example_fails", "examples.1")
        assert "far should come out here; the table gives near, best-fitting n1" in finding.message

    def test_an_example_left_open_between_other_groups(self) -> None:
        wrong = RuleExample(values=EXAMPLES[1].values, between=("near", "mixed"))
        (finding,) = audit_table(replace(SOUND, examples=(wrong,)))
        assert "near or mixed should come out here; the table gives near/far" in finding.message

    def test_an_example_that_is_settled_is_not_left_open(self) -> None:
        wrong = RuleExample(values=EXAMPLES[0].values, between=("near", "far"))
        assert codes(replace(SOUND, examples=(wrong,))) == ["example_fails"]

    def test_possible_for_want_of_a_rating_is_not_left_open(self) -> None:
        table = replace(
            deciding(BELOW, LOW, replace(HIGH, all_of=(condition("second", 3, 7),))),
            examples=(RuleExample(values=(("first", 1.0),), between=("near", "far")),),
        )
        assert codes(table) == ["example_fails"]


def test_values_are_told_in_the_order_of_the_inputs() -> None:
    assert values_text((("first", 1.0), ("second", 2.5))) == "first 1, second 2.5"
