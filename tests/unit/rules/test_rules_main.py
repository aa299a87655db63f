"""A decision table gives the main group, the profiles the subgroup within it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import MainRule, RuleTable, TableReference
from ssp_coder.domain.verdict import DECISION_INPUT, RuleTrace, Truth, Verdict
from ssp_coder.rules import outcomes
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures.rule_tables import (
    OURS,
    band,
    condition,
    d_rule,
    deciding,
    facts,
    main_rule,
    overlay,
    profile,
    rule_input,
    tiny,
)

INPUTS = (
    rule_input("first"),
    rule_input("second"),
    rule_input("third", required=False),
    rule_input("signs", 1, 9),
)
BELOW = tiny(
    INPUTS,
    (
        profile("n1", "near", (band("first", 1, 2), band("third", 1, 3))),
        profile("n2", "near", (band("first", 1, 3), band("third", 4, 7))),
        profile("f1", "far", (band("first", 6, 7),)),
        profile("f2", "far", (band("first", 4, 5),)),
    ),
    (overlay("marked", condition("second", 7, 7), flag="close"),),
    d_rule("signs", 5, "apart"),
)
TABLE = deciding(
    BELOW,
    main_rule("low", condition("second", 1, 2), groups=("near",)),
    main_rule("between", condition("second", 3, 3), groups=("near", "far")),
    main_rule("high", condition("second", 4, 6), groups=("far",)),
    main_rule("other", condition("second", 7, 7), groups=("mixed",)),
)
GAPPED = replace(TABLE, main=TABLE.main[:2])


def judged(table: RuleTable, decision: DDecision | None = None, **values: float) -> Verdict:
    return evaluate(table, facts(values, d_decision=decision))


def traced(verdict: Verdict, rule: str) -> RuleTrace:
    traces = (*verdict.fired, *verdict.undecided, *verdict.ruled_out)
    return next(one for one in traces if one.rule == rule)


class TestAGroupIsGiven:
    def test_the_rule_gives_the_group_and_the_profile_the_subgroup(self) -> None:
        verdict = judged(TABLE, first=1, second=1, third=5, signs=1)
        assert (verdict.group, verdict.subgroup) == ("near", "n2")
        assert verdict.possible == ("near",)
        assert verdict.possible_subgroups == ("n2",)

    def test_the_best_fit_of_another_group_does_not_take_it(self) -> None:
        verdict = judged(TABLE, first=7, second=2, third=5, signs=1)
        assert (verdict.group, verdict.subgroup) == ("near", "n2")
        assert verdict.runner_up == "f1"
        assert verdict.margin is not None
        assert verdict.margin < 0

    def test_the_profiles_of_the_group_are_told_first(self) -> None:
        verdict = judged(TABLE, first=7, second=2, third=5, signs=1)
        assert [fit.subgroup for fit in verdict.fits] == ["n2", "f1", "f2", "n1"]

    def test_a_group_without_profiles_keeps_the_best_of_all(self) -> None:
        verdict = judged(TABLE, first=5, second=7, third=1, signs=1)
        assert (verdict.group, verdict.subgroup, verdict.secondary) == ("mixed", None, "f2")

    def test_a_tie_within_the_group_leaves_the_subgroup_open(self) -> None:
        table = replace(
            TABLE,
            profiles=(
                *TABLE.profiles[:2],
                profile("f1", "far", (band("first", 7, 7),)),
                profile("f2", "far", (band("first", 5, 5),)),
            ),
        )
        verdict = judged(table, first=6, second=5, third=1, signs=1)
        assert (verdict.group, verdict.subgroup) == ("far", None)
        assert verdict.possible_subgroups == ("f1", "f2")

    def test_a_profile_that_fits_does_not_speak_of_the_group(self) -> None:
        verdict = judged(TABLE, first=7, second=1, third=1, signs=1)
        assert traced(verdict, "f1").outcome == ""
        low = traced(verdict, "low")
        assert (low.outcome, low.between) == ("near", ())

    def test_the_rules_are_told_in_the_order_of_the_table(self) -> None:
        verdict = judged(TABLE, first=1, second=1, third=1, signs=1)
        names = {rule.id for rule in TABLE.main}
        assert [one.rule for one in verdict.fired if one.rule in names] == ["low"]
        assert [one.rule for one in verdict.ruled_out if one.rule in names] == [
            "between",
            "high",
            "other",
        ]

    def test_an_overlay_raises_its_flag(self) -> None:
        assert "close" in judged(TABLE, first=1, second=7, third=1, signs=1).flags

    def test_one_point_that_turns_the_group_is_told(self) -> None:
        verdict = judged(TABLE, first=1, second=2, third=1, signs=1)
        turn = next(one for one in verdict.turns if one.input == "second")
        assert (turn.to_value, turn.groups) == (3.0, ("near", "far"))

    def test_the_tables_it_is_put_together_with_are_named(self) -> None:
        part = TableReference(
            id="tiny", version="1.0.0", sha256="ab", title=BELOW.title, provenance=OURS
        )
        verdict = judged(replace(TABLE, parts=(part,)), first=1, second=1, third=1, signs=1)
        assert verdict.parts == (part,)
        assert verdict.table.id == "deciding"


class TestLeftOpen:
    def test_the_table_itself_leaves_it_open(self) -> None:
        verdict = judged(TABLE, first=1, second=3, third=1, signs=1)
        assert verdict.left_open
        assert verdict.group is None
        assert verdict.subgroup is None
        assert verdict.possible == ("near", "far")
        assert verdict.needs == verdict.group_needs == ()

    def test_each_group_comes_with_its_own_best_subgroup(self) -> None:
        verdict = judged(TABLE, first=6, second=3, third=5, signs=1)
        assert verdict.possible_subgroups == ("n2", "f1")

    def test_the_rule_says_between_which(self) -> None:
        trace = traced(judged(TABLE, first=1, second=3, third=1, signs=1), "between")
        assert (trace.truth, trace.outcome, trace.between) == (Truth.YES, "", ("near", "far"))

    def test_a_missing_rating_is_not_the_table_leaving_it_open(self) -> None:
        verdict = judged(TABLE, first=1, third=1, signs=1)
        assert not verdict.left_open
        assert verdict.possible == ("near", "far", "mixed")
        assert verdict.group_needs == ("second",)

    def test_it_stays_left_open_while_only_the_subgroup_waits(self) -> None:
        verdict = judged(TABLE, first=2, second=3, signs=1)
        assert verdict.left_open
        assert verdict.needs == ("third",)
        assert verdict.group_needs == ()

    def test_a_decision_that_waits_is_not_the_table_leaving_it_open(self) -> None:
        verdict = judged(TABLE, first=1, second=3, third=1, signs=5)
        assert not verdict.left_open
        assert verdict.possible == ("near", "far", "apart")
        assert verdict.group_needs == (DECISION_INPUT,)

    def test_rules_that_contradict_each_other_leave_it_open_between_both(self) -> None:
        also = main_rule("also", condition("second", 1, 1), groups=("far",))
        verdict = judged(deciding(TABLE, *TABLE.main, also), first=1, second=1, third=1, signs=1)
        assert verdict.possible == ("near", "far")
        assert verdict.left_open

    def test_where_no_rule_holds_every_group_with_subgroups_is_possible(self) -> None:
        verdict = judged(GAPPED, first=7, second=6, third=5, signs=1)
        assert verdict.possible == ("near", "far")
        assert verdict.possible_subgroups == ("n2", "f1")
        assert verdict.left_open

    @pytest.mark.parametrize("known", [{}, {"second": 6.0}, {"first": 7.0}])
    def test_a_gap_stays_possible_beyond_what_is_enumerated(
        self, monkeypatch: pytest.MonkeyPatch, known: dict[str, float]
    ) -> None:
        exact = judged(GAPPED, **known)
        monkeypatch.setattr(outcomes, "LIMIT", 1)
        bounded = judged(GAPPED, **known)
        assert not bounded.exact
        assert set(bounded.possible) >= set(exact.possible)
        assert "far" in bounded.possible

    def test_without_a_gap_only_groups_of_rules_are_possible_beyond_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outcomes, "LIMIT", 1)
        assert judged(TABLE, second=1, signs=1).possible == ("near",)


class TestWhatIsNeeded:
    def test_the_group_is_settled_while_the_subgroup_waits(self) -> None:
        verdict = judged(TABLE, first=2, second=1, signs=1)
        assert verdict.group == "near"
        assert verdict.subgroup is None
        assert verdict.needs == ("third",)
        assert verdict.group_needs == ()

    def test_what_tells_only_other_groups_apart_is_not_needed(self) -> None:
        verdict = judged(TABLE, first=6, second=5, signs=1)
        assert (verdict.group, verdict.subgroup, verdict.needs) == ("far", "f1", ())

    def test_a_rule_that_may_still_hold_is_undecided(self) -> None:
        verdict = judged(TABLE, first=1, third=1, signs=1)
        assert traced(verdict, "low") in verdict.undecided

    def test_a_rating_whose_values_all_say_the_same_is_not_needed(self) -> None:
        always = deciding(BELOW, main_rule("any", condition("second", 1, 7), groups=("near",)))
        verdict = judged(always, first=1, third=1, signs=1)
        assert verdict.group == "near"
        assert "second" not in verdict.needs
        assert traced(verdict, "any") in verdict.fired


class TestDOnTop:
    def test_above_the_point_the_subgroup_of_the_given_group_is_kept(self) -> None:
        verdict = judged(TABLE, first=7, second=1, third=5, signs=6)
        assert (verdict.group, verdict.secondary) == ("apart", "n2")

    def test_below_the_point_the_main_rules_stand(self) -> None:
        assert judged(TABLE, first=7, second=1, third=1, signs=4).group == "near"

    @pytest.mark.parametrize(
        ("decision", "group"), [(DDecision.YES, "apart"), (DDecision.NO, "near")]
    )
    def test_at_the_point_the_coder_decides(self, decision: DDecision, group: str) -> None:
        assert judged(TABLE, decision, first=1, second=1, third=1, signs=5).group == group

    def test_what_is_left_open_below_d_leaves_its_secondary_open(self) -> None:
        verdict = judged(TABLE, first=6, second=3, third=5, signs=8)
        assert (verdict.group, verdict.secondary) == ("apart", None)
        assert verdict.possible_subgroups == ("n2", "f1")
        assert not verdict.left_open

    def test_d_settles_the_group_whatever_the_main_rating_is(self) -> None:
        verdict = judged(TABLE, first=1, third=1, signs=8)
        assert verdict.group == "apart"
        assert verdict.group_needs == ()
        assert verdict.needs == ("second",)


BUNDLED = load_rule_table("infant-main").table
NAMES = [rule.id for rule in BUNDLED.main]
RATING = st.integers(1, 7).map(float)


@st.composite
def meeting(draw: st.DrawFn, groups: tuple[str, ...]) -> dict[str, float]:
    """Ratings under which a bundled rule holds that gives exactly these groups."""
    rule = draw(st.sampled_from([one for one in BUNDLED.main if one.groups == groups]))
    ranges = {one.input: (one.low, one.high) for one in rule.all_of}
    if rule.any_of:
        chosen = draw(st.sampled_from(rule.any_of))
        low, high = ranges.get(chosen.input, (1, 7))
        ranges[chosen.input] = (max(low, chosen.low), min(high, chosen.high))
    named = {one.input for rule in BUNDLED.main for one in (*rule.all_of, *rule.any_of)}
    return {
        name: float(draw(st.integers(*map(int, ranges.get(name, (1, 7))))))
        for name in sorted(named)
    }


def without_d(values: dict[str, float]) -> Verdict:
    return evaluate(BUNDLED, facts(values, d_assessed=False))


class TestTheBundledTable:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_rule_holds_and_fails_as_its_examples_state(self, name: str) -> None:
        rule = next(one for one in BUNDLED.main if one.id == name)
        assert {example.holds for example in rule.examples} == {True, False}
        for example in rule.examples:
            trace = traced(without_d(dict(example.values)), name)
            assert trace.truth is (Truth.YES if example.holds else Truth.NO)

    @pytest.mark.parametrize("name", NAMES)
    def test_where_a_rule_holds_exactly_its_groups_come_out(self, name: str) -> None:
        rule = next(one for one in BUNDLED.main if one.id == name)
        for example in rule.examples:
            verdict = without_d(dict(example.values))
            if example.holds:
                assert set(verdict.possible) == set(rule.groups)
                assert verdict.left_open is (len(rule.groups) > 1)

    @pytest.mark.parametrize("place", range(11))
    def test_its_own_examples_come_out(self, place: int) -> None:
        example = BUNDLED.examples[place]
        verdict = evaluate(BUNDLED, facts(dict(example.values)))
        if example.between:
            assert verdict.left_open
            assert verdict.possible == example.between
        else:
            assert verdict.group == example.group
            assert example.subgroup in ("", verdict.subgroup)

    def test_there_is_a_rule_for_every_group_but_d(self) -> None:
        settled = {rule.groups[0] for rule in BUNDLED.main if len(rule.groups) == 1}
        assert settled == {group.id for group in BUNDLED.groups if not group.by_decision}

    def test_open_rules_say_where_they_come_from(self) -> None:
        for rule in BUNDLED.main:
            is_open = "do not decide" in rule.provenance.source
            assert is_open is (len(rule.groups) > 1)

    @given(row=meeting(("A",)), more=st.integers(1, 6))
    def test_more_avoidance_in_the_second_reunion_keeps_the_avoidant_group(
        self, row: dict[str, float], more: int
    ) -> None:
        raised = row | {"avo_c_8": min(7.0, row["avo_c_8"] + more)}
        assert without_d(raised).group == without_d(row).group == "A"

    @given(row=meeting(("C",)), more=st.integers(1, 6))
    def test_more_resistance_in_the_second_reunion_keeps_the_resistant_group(
        self, row: dict[str, float], more: int
    ) -> None:
        raised = row | {"res_c_8": min(7.0, row["res_c_8"] + more)}
        assert without_d(raised).group == without_d(row).group == "C"

    @given(row=meeting(("AC",)), first=st.tuples(RATING, RATING, RATING, RATING, RATING))
    def test_the_first_reunion_does_not_change_a_c(
        self, row: dict[str, float], first: tuple[float, ...]
    ) -> None:
        names = [name for name in sorted(row) if name.endswith("_5")]
        assert without_d(row | dict(zip(names, first, strict=True))).group == "AC"

    @given(row=meeting(("B",)))
    def test_secure_is_never_given_beside_high_avoidance_or_high_resistance(
        self, row: dict[str, float]
    ) -> None:
        assert without_d(row).group == "B"
        assert without_d(row | {"avo_c_8": 5.0}).group != "B"
        assert without_d(row | {"res_c_8": 5.0}).group != "B"


def test_a_rule_that_reads_no_input_of_the_table_is_refused() -> None:
    rule: MainRule = main_rule("lost", condition("elsewhere", 1, 2), groups=("near",))
    with pytest.raises(DomainError, match="reads elsewhere"):
        judged(deciding(BELOW, rule), first=1)
