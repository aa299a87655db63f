"""Classification functions: the largest value gives the group, D on top of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.domain.verdict import DECISION_INPUT, Facts, FunctionValue, Truth, Verdict
from ssp_coder.rules import outcomes
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures.rule_tables import d_rule, facts, function, linear, rule_input

INPUTS = (rule_input("x"), rule_input("y"), rule_input("signs", 1, 9))
RISING = function("rising", -4.0, x=2.0, y=0.0)
STEADY = function("steady", 3.0, x=0.0, y=0.5)
FALLING = function("falling", 9.0, x=-1.5, y=-0.5)
TABLE = linear(INPUTS, (RISING, STEADY, FALLING), d_rule("signs", 5, "apart"))


def judged(table: RuleTable, decision: DDecision | None = None, **values: float) -> Verdict:
    return evaluate(table, facts(values, d_decision=decision))


def value(verdict: Verdict, group: str) -> FunctionValue:
    return next(one for one in verdict.functions if one.group == group)


class TestValues:
    def test_a_function_is_its_constant_and_weight_times_value(self) -> None:
        verdict = judged(TABLE, x=5, y=2, signs=1)
        values = {one.group: one.lowest for one in verdict.functions}
        assert values == {"rising": -4 + 10, "steady": 3 + 1, "falling": 9 - 7.5 - 1}

    def test_known_all_through_the_bounds_are_the_value(self) -> None:
        assert all(one.lowest == one.highest for one in judged(TABLE, x=5, y=2, signs=1).functions)

    def test_each_input_says_what_it_adds(self) -> None:
        terms = value(judged(TABLE, x=5, y=2, signs=1), "falling").terms
        assert [(one.input, one.weight, one.added) for one in terms] == [
            ("x", -1.5, -7.5),
            ("y", -0.5, -1.0),
        ]
        assert [one.score for one in terms] == [Points(5), Points(2)]

    def test_the_constant_is_told(self) -> None:
        constants = {one.group: one.constant for one in judged(TABLE, x=5, y=2).functions}
        assert constants == {"rising": -4, "steady": 3, "falling": 9}

    def test_the_largest_is_told_first(self) -> None:
        found = judged(TABLE, x=5, y=2, signs=1).functions
        assert [one.group for one in found] == ["rising", "steady", "falling"]

    def test_a_missing_input_adds_nothing_and_widens_the_bounds(self) -> None:
        falling = value(judged(TABLE, y=2, signs=1), "falling")
        assert falling.terms[0].added == 0
        assert (falling.lowest, falling.highest) == (9 - 10.5 - 1, 9 - 1.5 - 1)

    @pytest.mark.parametrize("score", [NOT_RATED, Missing("NA_view")])
    def test_what_has_no_number_is_never_taken_for_one(self, score: Score) -> None:
        given = Facts(scores=(("x", score), ("y", Points(2.0)), ("signs", Points(1.0))))
        rising = value(evaluate(TABLE, given), "rising")
        assert (rising.lowest, rising.highest) == (-2, 10)
        assert rising.terms[0].score == score

    def test_half_points_count_as_they_are(self) -> None:
        inputs = (rule_input("x", step=0.5), *INPUTS[1:])
        verdict = judged(replace(TABLE, inputs=inputs), x=3.5, y=2, signs=1)
        assert value(verdict, "rising").lowest == -4 + 7


class TestTheLargestWins:
    @pytest.mark.parametrize(
        ("x", "y", "group"),
        [(1, 1, "falling"), (7, 1, "rising"), (4, 7, "steady"), (3, 4, "steady")],
    )
    def test_the_group_with_the_largest_value_is_given(
        self, x: float, y: float, group: str
    ) -> None:
        verdict = judged(TABLE, x=x, y=y, signs=1)
        assert verdict.group == group == verdict.functions[0].group
        assert verdict.possible == (group,)

    def test_there_is_no_subgroup(self) -> None:
        verdict = judged(TABLE, x=5, y=2, signs=1)
        assert (verdict.subgroup, verdict.secondary, verdict.possible_subgroups) == (None, None, ())
        assert verdict.fits == ()

    def test_the_next_largest_is_the_runner_up(self) -> None:
        verdict = judged(TABLE, x=5, y=2, signs=1)
        assert (verdict.runner_up, verdict.margin) == ("steady", 2.0)

    def test_a_narrow_lead_raises_the_flag(self) -> None:
        assert judged(TABLE, x=4, y=1, signs=1).margin == 0.5
        assert judged(TABLE, x=4, y=1, signs=1).flags == ("close",)
        assert judged(TABLE, x=5, y=2, signs=1).flags == ()

    def test_one_step_that_turns_the_group_is_told(self) -> None:
        turns = judged(TABLE, x=5, y=2, signs=1).turns
        found = {(one.input, one.to_value): one.groups for one in turns}
        assert found == {("x", 4.0): ("rising", "steady")}

    def test_every_step_that_is_told_leads_where_it_says(self) -> None:
        row = {"x": 4.0, "y": 2.0, "signs": 4.0}
        for turn in judged(TABLE, **row).turns:
            after = judged(TABLE, **row | {turn.input: turn.to_value})
            assert after.possible == turn.groups


class TestTies:
    def test_equal_values_leave_both_groups_open(self) -> None:
        verdict = judged(TABLE, x=4, y=2, signs=1)
        assert verdict.possible == ("rising", "steady")
        assert verdict.group is None
        assert verdict.left_open
        assert verdict.needs == ()

    def test_a_tie_has_no_margin_between_the_two(self) -> None:
        assert judged(TABLE, x=4, y=2, signs=1).margin == 0

    def test_rounding_does_not_break_a_tie(self) -> None:
        table = linear(
            INPUTS, (function("thrice", 0.0, x=0.1, y=0.2), function("once", 0.0, x=0.3, y=0.0))
        )
        assert judged(table, x=3, y=3, signs=1).possible == ("thrice", "once")

    def test_a_lead_beyond_rounding_is_a_lead(self) -> None:
        table = linear(
            INPUTS, (function("more", 1e-6, x=1.0, y=0.0), function("less", 0.0, x=1.0, y=0.0))
        )
        assert judged(table, x=3, y=3, signs=1).group == "more"


class TestWhatIsMissing:
    def test_every_group_that_some_value_would_give_stays_possible(self) -> None:
        verdict = judged(TABLE, y=2, signs=1)
        given = {group for x in range(1, 8) for group in judged(TABLE, x=x, y=2, signs=1).possible}
        assert set(verdict.possible) == given == {"rising", "steady", "falling"}
        assert verdict.needs == verdict.group_needs == ("x",)
        assert not verdict.left_open

    def test_what_no_value_would_give_is_not_possible(self) -> None:
        assert judged(TABLE, x=7, signs=1).possible == ("rising",)
        assert judged(TABLE, x=1, signs=1).possible == ("steady", "falling")

    def test_what_makes_no_difference_is_not_needed(self) -> None:
        assert judged(TABLE, x=7, signs=1).needs == ()

    def test_an_input_that_no_function_weighs_is_not_needed(self) -> None:
        table = linear(INPUTS, (function("one", 0.0, x=1.0), function("other", 4.0, x=0.0)))
        verdict = judged(table, x=5, signs=1)
        assert (verdict.group, verdict.needs) == ("one", ())

    def test_the_runner_up_waits_until_all_is_known(self) -> None:
        verdict = judged(TABLE, x=7, signs=1)
        assert (verdict.runner_up, verdict.margin, verdict.turns) == (None, None, ())

    def test_with_nothing_known_whatever_can_win_is_possible(self) -> None:
        verdict = judged(TABLE)
        assert verdict.possible == ("rising", "steady", "falling", "apart")
        assert verdict.needs == ("x", "y", "signs")
        assert verdict.exact

    def test_a_group_that_can_never_win_is_not_possible(self) -> None:
        never = function("never", -50.0, x=1.0, y=1.0)
        assert "never" not in judged(replace(TABLE, functions=(*TABLE.functions, never))).possible

    def test_beyond_what_is_enumerated_nothing_possible_is_lost(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        exact = judged(TABLE, y=1)
        monkeypatch.setattr(outcomes, "LIMIT", 1)
        bounded = judged(TABLE, y=1)
        assert not bounded.exact
        assert set(bounded.possible) >= set(exact.possible)


class TestDOnTop:
    def test_above_the_point_the_group_is_the_secondary_one(self) -> None:
        verdict = judged(TABLE, x=7, y=1, signs=7)
        assert (verdict.group, verdict.secondary) == ("apart", "rising")
        assert any(one.outcome == "apart" and one.truth is Truth.YES for one in verdict.fired)

    def test_below_the_point_the_functions_stand(self) -> None:
        assert judged(TABLE, x=7, y=1, signs=4).group == "rising"

    def test_at_the_point_the_coder_decides(self) -> None:
        waiting = judged(TABLE, x=7, y=1, signs=5)
        assert waiting.possible == ("rising", "apart")
        assert waiting.needs == waiting.group_needs == (DECISION_INPUT,)
        assert not waiting.left_open
        assert judged(TABLE, DDecision.YES, x=7, y=1, signs=5).group == "apart"
        assert judged(TABLE, DDecision.NO, x=7, y=1, signs=5).group == "rising"

    def test_a_tie_below_d_leaves_its_secondary_open(self) -> None:
        verdict = judged(TABLE, x=4, y=2, signs=8)
        assert (verdict.group, verdict.secondary) == ("apart", None)
        assert verdict.possible_subgroups == ("rising", "steady")

    def test_d_not_yet_rated_is_needed_for_the_group(self) -> None:
        verdict = judged(TABLE, x=7, y=1)
        assert verdict.possible == ("rising", "apart")
        assert verdict.group_needs == ("signs",)

    def test_d_that_was_no_part_of_the_work_is_not_missed(self) -> None:
        verdict = evaluate(TABLE, facts({"x": 7.0, "y": 1.0}, d_assessed=False))
        assert (verdict.group, verdict.needs) == ("rising", ())


class TestRefusals:
    def test_a_closed_table_is_refused_and_says_why(self) -> None:
        closed = replace(TABLE, closed="its numbers are not filled in")
        with pytest.raises(DomainError, match="its numbers are not filled in") as caught:
            judged(closed, x=1, y=1, signs=1)
        assert caught.value.finding.code == "table.closed"
        assert caught.value.finding.remedy

    def test_a_closed_table_is_refused_before_it_is_found_empty(self) -> None:
        empty = replace(TABLE, functions=(), closed="its numbers are not filled in")
        with pytest.raises(DomainError) as caught:
            judged(empty)
        assert caught.value.finding.code == "table.closed"

    def test_a_weight_on_what_is_no_input_is_refused(self) -> None:
        table = linear(INPUTS, (RISING, function("lost", 0.0, elsewhere=1.0)))
        with pytest.raises(DomainError, match="reads elsewhere, which is none of its inputs"):
            judged(table, x=1)

    def test_a_value_outside_the_range_is_refused(self) -> None:
        with pytest.raises(DomainError, match=r"8 is outside 1\.\.7 of x"):
            judged(TABLE, x=8)


def test_what_a_checksum_adds_up_is_every_number() -> None:
    assert [one.checksum for one in TABLE.functions] == [-2, 3.5, 7]
