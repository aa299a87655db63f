"""The reasons of a verdict: cells, rules fired, undecided and ruled out, and turns."""

from __future__ import annotations

import pytest

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.scale import NOT_RATED, Points
from ssp_coder.domain.verdict import (
    DECISION_INPUT,
    FactTrace,
    ProfileFit,
    RuleTrace,
    Truth,
    Turn,
    Verdict,
)
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.traces import D_RULE
from tests.fixtures.rule_tables import (
    BANDS,
    band,
    condition,
    d_rule,
    facts,
    overlay,
    profile,
    prototype,
    rule_input,
    section_five,
    tiny,
    without,
)

TABLE = section_five()


def judged(values: dict[str, float], decision: DDecision | None = None) -> Verdict:
    return evaluate(TABLE, facts(values, d_decision=decision))


def fit(verdict: Verdict, subgroup: str) -> ProfileFit:
    return next(fit for fit in verdict.fits if fit.subgroup == subgroup)


def trace(verdict: Verdict, rule: str) -> RuleTrace:
    traces = (*verdict.fired, *verdict.undecided, *verdict.ruled_out)
    return next(trace for trace in traces if trace.rule == rule)


def names(traces: tuple[RuleTrace, ...]) -> list[str]:
    return [trace.rule for trace in traces]


class TestProfiles:
    def test_every_profile_has_a_cell_for_each_band_in_the_tables_order(self) -> None:
        verdict = judged(prototype("B3"))
        assert {one.subgroup for one in verdict.fits} == set(BANDS)
        assert [cell.input for cell in fit(verdict, "B1").cells] == [
            one.input for one in TABLE.profiles[2].bands
        ]

    def test_the_best_fit_comes_first(self) -> None:
        verdict = judged(prototype("C2"))
        penalties = [one.penalty for one in verdict.fits]
        assert verdict.fits[0].subgroup == "C2"
        assert penalties == sorted(penalties)

    def test_a_cell_outside_its_band_costs_weight_times_squared_distance(self) -> None:
        verdict = judged(prototype("B3"))
        cell = next(cell for cell in fit(verdict, "A1").cells if cell.input == "avo_c_8")
        assert cell == FactTrace(
            input="avo_c_8", score=Points(1), low=5, high=7, holds=Truth.NO, penalty=4 * 4**2
        )
        assert cell in fit(verdict, "A1").outside

    def test_a_cell_inside_its_band_costs_nothing(self) -> None:
        best = fit(judged(prototype("B3")), "B3")
        assert best.fits is Truth.YES
        assert best.outside == ()
        assert best.penalty == best.largest_penalty == 0

    def test_an_unknown_cell_is_unknown_and_counts_only_in_the_largest_penalty(self) -> None:
        verdict = judged(without(prototype("B1"), "dist_c_5", "dist_c_8"))
        distant = fit(verdict, "B1")
        assert distant.fits is Truth.UNKNOWN
        assert distant.penalty == 0
        assert distant.largest_penalty == 4**2 + 2 * 4**2

    def test_the_largest_penalty_looks_at_both_ends_of_the_range(self) -> None:
        verdict = judged(without(prototype("A1"), "cry_5", "cry_8"))
        assert fit(verdict, "A1").largest_penalty == 11**2 + 2 * 11**2

    def test_an_unknown_cell_whose_band_is_the_whole_range_holds(self) -> None:
        table = tiny((rule_input("x"),), (profile("p", "one", (band("x", 1, 7),)),))
        assert evaluate(table, facts({})).fits[0].fits is Truth.YES

    def test_one_missed_band_is_enough_for_no(self) -> None:
        verdict = judged(without(prototype("B1", avo_c_8=6), "dist_c_5"))
        assert fit(verdict, "B1").fits is Truth.NO


class TestRules:
    def test_a_profile_that_fits_fully_is_a_fired_rule(self) -> None:
        verdict = judged(prototype("B3"))
        assert names(verdict.fired) == ["B3"]
        assert verdict.fired[0].outcome == "B"
        assert len(verdict.fired[0].facts) == 8

    def test_rules_that_cannot_hold_are_ruled_out(self) -> None:
        assert names(judged(prototype("B3")).ruled_out) == ["both", "maybe", D_RULE]

    def test_rules_that_may_still_hold_are_undecided(self) -> None:
        verdict = judged(without(prototype("A1"), "res_c_8", "dorg"))
        assert names(verdict.undecided) == ["both", "maybe", D_RULE]

    def test_a_range_without_any_admissible_value_is_ruled_out_even_while_unknown(self) -> None:
        table = tiny(
            (rule_input("x"),),
            (profile("p", "one", (band("x", 1, 7),)),),
            (overlay("between", condition("x", 2.2, 2.8), outcome="mixed"),),
        )
        verdict = evaluate(table, facts({}))
        assert names(verdict.ruled_out) == ["between"]
        assert verdict.possible == ("one",)

    def test_a_fired_rule_shows_its_facts_outcome_and_flag(self) -> None:
        verdict = judged(prototype("C1", avo_c_8=6))
        both, maybe = trace(verdict, "both"), trace(verdict, "maybe")
        assert (both.truth, both.outcome, both.flag) == (Truth.YES, "AC", "")
        assert (maybe.truth, maybe.outcome, maybe.flag) == (Truth.YES, "", "ac?")
        assert [(fact.input, fact.score, fact.low) for fact in both.facts] == [
            ("avo_c_8", Points(6), 5),
            ("res_c_8", Points(6), 5),
        ]

    def test_every_rule_carries_its_provenance(self) -> None:
        verdict = judged(prototype("C1", avo_c_8=6))
        assert all(one.provenance == TABLE.provenance for one in verdict.fired)

    @pytest.mark.parametrize(
        ("dorg", "decision", "truth"),
        [
            (6.0, None, Truth.YES),
            (4.0, None, Truth.NO),
            (5.0, None, Truth.UNKNOWN),
            (5.0, DDecision.YES, Truth.YES),
            (5.0, DDecision.NO, Truth.NO),
        ],
    )
    def test_the_d_rule_says_how_it_stands(
        self, dorg: float, decision: DDecision | None, truth: Truth
    ) -> None:
        rule = trace(judged(prototype("B3", dorg=dorg), decision), D_RULE)
        assert (rule.truth, rule.outcome) == (truth, "D")
        assert rule.facts[0].score == Points(dorg)

    @pytest.mark.parametrize(
        ("decision", "score"),
        [(None, NOT_RATED), (DDecision.YES, Points(1)), (DDecision.NO, Points(0))],
    )
    def test_at_the_point_the_decision_is_a_fact_of_its_own(
        self, decision: DDecision | None, score: Points
    ) -> None:
        rule = trace(judged(prototype("B3", dorg=5), decision), D_RULE)
        assert [fact.input for fact in rule.facts] == ["dorg", DECISION_INPUT]
        assert rule.facts[1].score == score

    def test_where_d_was_not_assessed_its_rule_leaves_no_trace(self) -> None:
        verdict = evaluate(TABLE, facts(prototype("B3"), d_assessed=False))
        assert D_RULE not in names((*verdict.fired, *verdict.undecided, *verdict.ruled_out))


class TestTurns:
    TWO = tiny(
        (rule_input("x"), rule_input("y", step=0.5)),
        (
            profile("low", "one", (band("x", 1, 3),)),
            profile("high", "two", (band("x", 5, 7), band("y", 1, 7))),
        ),
    )

    def test_a_step_that_changes_the_group_is_a_turn(self) -> None:
        (turn,) = evaluate(self.TWO, facts({"x": 3, "y": 1})).turns
        assert turn == Turn(
            input="x", from_value=3, to_value=4, groups=("one", "two"), subgroups=("low", "high")
        )

    def test_a_step_that_changes_nothing_is_none(self) -> None:
        assert evaluate(self.TWO, facts({"x": 6, "y": 4})).turns == ()

    def test_both_directions_are_tried(self) -> None:
        turns = evaluate(self.TWO, facts({"x": 4, "y": 1})).turns
        assert [(turn.to_value, turn.groups) for turn in turns] == [(3, ("one",)), (5, ("two",))]

    def test_turns_stay_within_the_range(self) -> None:
        table = tiny(
            (rule_input("x", 1, 3),),
            (profile("p", "one", (band("x", 1, 2),)), profile("q", "two", (band("x", 3, 3),))),
        )
        assert [turn.to_value for turn in evaluate(table, facts({"x": 3})).turns] == [2]

    def test_a_step_is_the_inputs_own(self) -> None:
        table = tiny(
            (rule_input("x", step=0.5),),
            (profile("p", "one", (band("x", 1, 2),)), profile("q", "two", (band("x", 3, 7),))),
        )
        assert [turn.to_value for turn in evaluate(table, facts({"x": 2})).turns] == [2.5]

    def test_a_change_of_subgroup_within_the_group_is_a_turn(self) -> None:
        turns = judged(prototype("B2", pcs_c_8=5, cm_c_8=4)).turns
        assert ("cm_c_5", 3.0, ("B",), ("B2", "B3")) in [
            (turn.input, turn.to_value, turn.groups, turn.subgroups) for turn in turns
        ]

    def test_reaching_the_decision_point_is_a_turn(self) -> None:
        turns = judged(prototype("B3", dorg=4)).turns
        assert [(turn.to_value, turn.groups) for turn in turns if turn.input == "dorg"] == [
            (5.0, ("B", "D"))
        ]

    def test_a_turn_into_an_overlay_is_found(self) -> None:
        table = tiny(
            (rule_input("x"),),
            (profile("p", "one", (band("x", 1, 7),)),),
            (overlay("o", condition("x", 5, 7), outcome="mixed"),),
        )
        (turn,) = evaluate(table, facts({"x": 4})).turns
        assert (turn.to_value, turn.groups, turn.subgroups) == (5, ("mixed",), ("p",))

    def test_turns_are_found_while_optional_inputs_and_d_are_missing(self) -> None:
        values = without(prototype("B2", pcs_c_8=5, cm_c_8=4), "cry_5", "cry_8", "dorg")
        turns = judged(values).turns
        assert "cm_c_5" in {turn.input for turn in turns}
        assert {"D"} <= set(turns[0].groups)

    def test_the_steps_around_a_decided_point_depend_on_the_decision(self) -> None:
        table = tiny(
            (rule_input("x"), rule_input("d", 1, 9)),
            (profile("p", "one", (band("x", 1, 7),)),),
            disorganization=d_rule("d", 5, "apart"),
        )
        yes = evaluate(table, facts({"x": 1, "d": 5}, d_decision=DDecision.YES)).turns
        no = evaluate(table, facts({"x": 1, "d": 5}, d_decision=DDecision.NO)).turns
        assert [turn.to_value for turn in yes] == [4]
        assert [turn.to_value for turn in no] == [6]
