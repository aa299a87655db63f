"""The verdict on the bands of the domain reference: outcome, what is possible, what it needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.domain.verdict import DECISION_INPUT, Facts, Verdict
from ssp_coder.rules import outcomes
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures.rule_tables import (
    PROTOTYPES,
    RATINGS,
    band,
    condition,
    d_rule,
    facts,
    group,
    overlay,
    profile,
    prototype,
    rule_input,
    section_five,
    tiny,
    without,
)

TABLE = section_five()
OPTIONAL = ("dist_c_5", "dist_c_8", "cry_5", "cry_8")


def judged(
    values: dict[str, float], *, d_decision: DDecision | None = None, d_assessed: bool = True
) -> Verdict:
    return evaluate(TABLE, facts(values, d_decision=d_decision, d_assessed=d_assessed))


class TestComplete:
    @pytest.mark.parametrize("subgroup", list(PROTOTYPES))
    def test_a_clear_case_of_a_subgroup_gets_it(self, subgroup: str) -> None:
        verdict = judged(prototype(subgroup))
        assert (verdict.group, verdict.subgroup, verdict.secondary) == (subgroup[0], subgroup, None)
        assert verdict.possible == (subgroup[0],)
        assert verdict.possible_subgroups == (subgroup,)
        assert verdict.needs == ()
        assert verdict.exact is True

    def test_runner_up_and_margin_come_from_the_second_smallest_penalty(self) -> None:
        verdict = judged(prototype("B2"))
        assert verdict.runner_up == "B3"
        # cm_c_5 2 below 3..7, pcs_c_8 4 below 5..7 (weight 2), cm_c_8 3 below 4..7 (weight 2).
        assert verdict.margin == 1 + 2 + 2

    def test_a_small_margin_is_borderline(self) -> None:
        verdict = judged(prototype("B2", pcs_c_8=5, cm_c_8=4))
        assert verdict.margin == 1
        assert verdict.flags == ("borderline",)

    def test_a_margin_as_large_as_the_tables_is_not_borderline(self) -> None:
        verdict = judged(prototype("B1"))
        assert verdict.margin == TABLE.borderline_margin
        assert verdict.flags == ()

    def test_a_tie_within_a_group_leaves_the_subgroup_open(self) -> None:
        verdict = judged(prototype("B2", pcs_c_8=5, cm_c_8=4, cm_c_5=3))
        assert (verdict.group, verdict.subgroup) == ("B", None)
        assert verdict.possible_subgroups == ("B2", "B3")
        assert (verdict.runner_up, verdict.margin) == ("B3", 0)

    def test_a_tie_between_groups_leaves_both_possible(self) -> None:
        table = tiny(
            (rule_input("x"),),
            (profile("low", "one", (band("x", 1, 2),)), profile("high", "two", (band("x", 4, 7),))),
        )
        verdict = evaluate(table, facts({"x": 3}))
        assert (verdict.group, verdict.possible) == (None, ("one", "two"))
        assert verdict.needs == ()

    def test_the_second_reunion_weighs_more_than_the_first(self) -> None:
        avoiding_first = judged(prototype("B2", avo_c_5=6, avo_c_8=2))
        avoiding_second = judged(prototype("B2", avo_c_5=2, avo_c_8=6))
        assert avoiding_first.group == "B"
        assert avoiding_second.group == "A"

    def test_a_single_profile_has_no_runner_up(self) -> None:
        table = tiny((rule_input("x"),), (profile("only", "one", (band("x", 1, 2),)),))
        verdict = evaluate(table, facts({"x": 7}))
        assert (verdict.runner_up, verdict.margin, verdict.flags) == (None, None, ())


class TestMissing:
    def test_a_missing_rating_is_not_the_lowest_point(self) -> None:
        verdict = judged(without(prototype("B2"), "avo_c_8"))
        assert verdict.possible == ("A", "B")
        assert verdict.group is None
        assert verdict.needs == ("avo_c_8",)

    def test_whatever_is_rated_here_the_group_stays(self) -> None:
        verdict = judged(without(prototype("B3"), "cm_c_5"))
        assert verdict.group == "B"
        assert verdict.possible == ("B",)
        assert verdict.needs == ()
        assert verdict.subgroup == "B3"

    def test_a_rating_that_only_settles_the_subgroup_is_still_needed(self) -> None:
        verdict = judged(without(prototype("B4"), "res_c_8", "cm_c_5"))
        assert "res_c_8" in verdict.needs

    def test_distance_interaction_is_needed_only_where_it_matters(self) -> None:
        distant = judged(without(prototype("B1"), *OPTIONAL))
        close = judged(without(prototype("B3"), *OPTIONAL))
        assert distant.group == "B"
        assert distant.possible_subgroups == ("B1", "B2")
        assert distant.needs == ("dist_c_5", "dist_c_8")
        assert (close.subgroup, close.needs) == ("B3", ())

    def test_crying_is_needed_only_where_it_matters(self) -> None:
        verdict = judged(without(prototype("A1"), "cry_5", "cry_8"))
        assert (verdict.group, verdict.subgroup) == ("A", None)
        assert verdict.needs == ("cry_5", "cry_8")

    @pytest.mark.parametrize("score", [NOT_RATED, Missing("NA_view")])
    def test_not_rated_and_cannot_code_leave_the_same_possibilities(self, score: Missing) -> None:
        known = facts(without(prototype("B2"), "avo_c_8"))
        verdict = evaluate(TABLE, replace(known, scores=(*known.scores, ("avo_c_8", score))))
        assert verdict == replace(
            evaluate(TABLE, known),
            fits=verdict.fits,
            ruled_out=verdict.ruled_out,
            undecided=verdict.undecided,
        )
        assert any(
            cell.score == score
            for fit in verdict.fits
            for cell in fit.cells
            if cell.input == "avo_c_8"
        )

    def test_runner_up_margin_and_turns_wait_for_the_required_ratings(self) -> None:
        verdict = judged(without(prototype("B3"), "cm_c_5"))
        assert (verdict.runner_up, verdict.margin, verdict.turns) == (None, None, ())

    def test_runner_up_and_margin_do_not_wait_for_optional_inputs(self) -> None:
        verdict = judged(without(prototype("B3"), *OPTIONAL))
        assert verdict.runner_up is not None
        assert verdict.margin is not None

    def test_nothing_rated_leaves_everything_that_a_rating_can_give(self) -> None:
        verdict = evaluate(TABLE, Facts(scores=()))
        assert verdict.possible == ("A", "B", "C", "D", "AC")
        assert verdict.possible_subgroups == tuple(PROTOTYPES)
        assert verdict.exact is False
        assert set(RATINGS) < set(verdict.needs)
        assert verdict.flags == ()

    def test_inputs_the_table_does_not_read_are_left_aside(self) -> None:
        assert judged(prototype("B3", pcs_s_3=7, length_of_hair=900)) == judged(prototype("B3"))

    def test_an_input_with_one_admissible_value_counts_as_if_it_were_known(self) -> None:
        table = tiny(
            (rule_input("x"), rule_input("always", 1, 1.5), rule_input("d", 8, 8.5)),
            (
                profile("cheap", "one", (band("x", 1, 3),)),
                profile("dear", "two", (band("x", 1, 3), band("always", 1.5, 1.5))),
            ),
            disorganization=d_rule("d", 5, "apart"),
        )
        verdict = evaluate(table, facts({"x": 2}))
        assert (verdict.group, verdict.secondary) == ("apart", "cheap")
        assert verdict.needs == ()

    def test_what_an_input_with_one_admissible_value_costs_is_counted(self) -> None:
        table = tiny(
            (rule_input("x"), rule_input("always", 1, 1.5)),
            (
                profile("one_off", "one", (band("x", 1, 1),)),
                profile("half_off", "two", (band("always", 1.5, 1.5, 4),)),
            ),
        )
        verdict = evaluate(table, facts({"x": 2}))
        assert verdict.possible_subgroups == ("one_off", "half_off")

    @pytest.mark.parametrize(("limit", "exact"), [(1, False), (2, True)])
    def test_the_limit_is_the_number_of_combinations_still_enumerated(
        self, monkeypatch: pytest.MonkeyPatch, limit: int, exact: bool
    ) -> None:
        table = tiny(
            (rule_input("x", 1, 2),),
            (profile("p", "one", (band("x", 1, 1),)), profile("q", "two", (band("x", 2, 2),))),
        )
        monkeypatch.setattr(outcomes, "LIMIT", limit)
        assert evaluate(table, facts({})).exact is exact

    def test_beyond_the_limit_no_turns_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        values = without(prototype("B2", pcs_c_8=5, cm_c_8=4), "dorg")
        assert judged(values).turns
        monkeypatch.setattr(outcomes, "LIMIT", 2)
        verdict = judged(values)
        assert (verdict.exact, verdict.turns) == (False, ())
        assert verdict.runner_up == "B3"


class TestOverlays:
    def test_a_flag_before_an_outcome_does_not_hide_it(self) -> None:
        table = tiny(
            (rule_input("x"),),
            (profile("low", "one", (band("x", 1, 2),)),),
            (
                overlay("remark", condition("x", 5, 7), flag="close"),
                overlay("replaces", condition("x", 5, 7), outcome="mixed"),
            ),
        )
        verdict = evaluate(table, facts({"x": 6}))
        assert (verdict.group, verdict.flags) == ("mixed", ("close",))

    def test_an_overlay_with_an_outcome_replaces_the_group_and_keeps_a_secondary(self) -> None:
        verdict = judged(prototype("C1", avo_c_5=6, avo_c_8=6))
        assert verdict.group == "AC"
        assert verdict.subgroup is None
        assert verdict.secondary in verdict.possible_subgroups
        assert "ac?" in verdict.flags

    def test_a_flag_alone_leaves_the_group(self) -> None:
        verdict = judged(prototype("C2", avo_c_8=4))
        assert verdict.group == "C"
        assert "ac?" in verdict.flags

    def test_an_overlay_that_may_hold_keeps_its_outcome_possible(self) -> None:
        verdict = judged(without(prototype("A1"), "res_c_8"))
        assert "AC" in verdict.possible
        assert "res_c_8" in verdict.needs

    def test_an_overlay_that_cannot_hold_any_more_does_not(self) -> None:
        verdict = judged(without(prototype("B3"), "res_c_8"))
        assert "AC" not in verdict.possible

    def test_the_first_overlay_that_holds_wins(self) -> None:
        table = tiny(
            (rule_input("x"),),
            (profile("low", "one", (band("x", 1, 2),)),),
            (
                overlay("first", condition("x", 5, 7), outcome="mixed"),
                overlay("second", condition("x", 4, 7), outcome="apart"),
            ),
        )
        assert evaluate(table, facts({"x": 6})).group == "mixed"
        assert evaluate(table, facts({"x": 4})).group == "apart"

    def test_one_of_any_of_is_enough(self) -> None:
        rule = replace(
            overlay("either", outcome="mixed"),
            any_of=(condition("x", 6, 7), condition("y", 6, 7)),
        )
        table = tiny(
            (rule_input("x"), rule_input("y")), (profile("p", "one", (band("x", 1, 7),)),), (rule,)
        )
        assert evaluate(table, facts({"x": 1, "y": 7})).group == "mixed"
        assert evaluate(table, facts({"x": 1, "y": 1})).group == "one"
        assert evaluate(table, facts({"x": 7})).group == "mixed"
        assert evaluate(table, facts({"x": 1})).possible == ("one", "mixed")

    def test_an_outcome_without_subgroups_or_secondary_stands_alone(self) -> None:
        rule = overlay("alone", condition("x", 5, 7), outcome="plain")
        table = tiny((rule_input("x"),), (profile("p", "one", (band("x", 1, 7),)),), (rule,))
        table = replace(table, groups=(*table.groups, group("plain")))
        verdict = evaluate(table, facts({"x": 6}))
        assert (verdict.group, verdict.subgroup, verdict.secondary) == ("plain", None, None)
        assert verdict.possible_subgroups == ()


class TestDisorganization:
    @pytest.mark.parametrize("dorg", [5.5, 6, 9])
    def test_above_the_point_is_d_with_the_best_fitting_subgroup(self, dorg: float) -> None:
        verdict = judged(prototype("B3", dorg=dorg))
        assert (verdict.group, verdict.subgroup, verdict.secondary) == ("D", None, "B3")

    @pytest.mark.parametrize("dorg", [1, 4, 4.5])
    def test_below_the_point_is_not_d(self, dorg: float) -> None:
        assert judged(prototype("B3", dorg=dorg)).group == "B"

    def test_at_the_point_the_coder_must_decide(self) -> None:
        verdict = judged(prototype("B3", dorg=5))
        assert verdict.group is None
        assert verdict.possible == ("B", "D")
        assert verdict.needs == (DECISION_INPUT,)
        assert verdict.possible_subgroups == ("B3",)

    @pytest.mark.parametrize(("decision", "group"), [(DDecision.YES, "D"), (DDecision.NO, "B")])
    def test_at_the_point_the_decision_decides(self, decision: DDecision, group: str) -> None:
        verdict = judged(prototype("B3", dorg=5), d_decision=decision)
        assert verdict.group == group
        assert verdict.needs == ()

    @pytest.mark.parametrize("decision", [None, DDecision.YES, DDecision.NO])
    @pytest.mark.parametrize(("dorg", "group"), [(7, "D"), (3, "B")])
    def test_away_from_the_point_the_score_decides_for_the_table(
        self, decision: DDecision | None, dorg: float, group: str
    ) -> None:
        assert judged(prototype("B3", dorg=dorg), d_decision=decision).group == group

    def test_a_missing_score_leaves_both_possible(self) -> None:
        verdict = judged(without(prototype("B3"), "dorg"))
        assert verdict.possible == ("B", "D")
        assert verdict.needs == ("dorg",)

    def test_where_d_was_not_assessed_nothing_is_said_of_it(self) -> None:
        verdict = judged(without(prototype("B3"), "dorg"), d_assessed=False)
        assert (verdict.group, verdict.subgroup, verdict.needs) == ("B", "B3", ())

    def test_where_d_was_not_assessed_its_score_is_left_aside(self) -> None:
        assert judged(prototype("B3", dorg=9), d_assessed=False).group == "B"

    def test_d_comes_on_top_of_a_mixed_outcome(self) -> None:
        verdict = judged(prototype("C1", avo_c_5=6, avo_c_8=6, dorg=7))
        assert verdict.group == "D"
        assert verdict.secondary is not None

    def test_d_is_certain_while_its_secondary_still_needs_ratings(self) -> None:
        verdict = judged(without(prototype("B3", dorg=8), "avo_c_8", "res_c_8", "pcs_c_8"))
        assert verdict.group == "D"
        assert verdict.secondary is None
        assert len(verdict.possible_subgroups) > 1
        assert set(verdict.needs) <= {"avo_c_8", "res_c_8", "pcs_c_8"}


def test_two_bands_of_one_input_add_up() -> None:
    twice = profile("p", "one", (band("x", 1, 2), band("x", 1, 3)))
    table = tiny((rule_input("x"),), (twice, profile("q", "two", (band("x", 1, 2),))))
    verdict = evaluate(table, facts({"x": 5}))
    assert verdict.group == "two"
    assert verdict.margin == 4


class TestRefusals:
    @pytest.mark.parametrize(("name", "value"), [("avo_c_8", 9), ("avo_c_8", 0), ("cry_5", 13)])
    def test_a_value_outside_its_range_is_refused_by_name(self, name: str, value: float) -> None:
        with pytest.raises(DomainError, match=f"{value} is outside .* of {name}") as caught:
            judged(prototype("B3", **{name: value}))
        assert caught.value.finding.place == name

    def test_a_value_that_is_no_number_is_refused(self) -> None:
        with pytest.raises(DomainError, match="nan is outside"):
            judged(prototype("B3", avo_c_8=float("nan")))

    def test_half_points_and_prorated_counts_are_taken_as_they_are(self) -> None:
        verdict = judged(prototype("B3", avo_c_8=2.5, cry_8=3.27))
        cell = next(cell for cell in verdict.fits[0].cells if cell.input == "avo_c_8")
        assert cell.score == Points(2.5)
        assert cell.penalty == 4 * 0.5**2

    def test_a_table_without_profiles_is_refused(self) -> None:
        with pytest.raises(DomainError, match="has no profile"):
            evaluate(replace(TABLE, profiles=()), facts({}))

    def test_a_table_that_reads_an_unknown_input_is_refused(self) -> None:
        with pytest.raises(DomainError, match="reads res_c_8, which is none of its inputs"):
            evaluate(replace(TABLE, inputs=TABLE.inputs[:7]), facts({}))

    @pytest.mark.parametrize(
        ("low", "high", "step"),
        [(1, 1, 1), (7, 1, 1), (1, 7, 0), (1, 7, -1), (0, float("inf"), 1), (0, 1e9, 1)],
    )
    def test_a_table_without_a_usable_range_is_refused(
        self, low: float, high: float, step: float
    ) -> None:
        odd = rule_input("x", low, high, step=step)
        table = tiny((odd,), (profile("p", "one", (band("x", 1, 2),)),))
        with pytest.raises(DomainError, match="no usable range for x"):
            evaluate(table, facts({}))


def test_the_verdict_names_the_table_that_spoke() -> None:
    verdict = evaluate(TABLE, facts(prototype("B3")), sha256="abc")
    assert (verdict.table.id, verdict.table.version, verdict.table.sha256) == (
        "section-five",
        "1.0.0",
        "abc",
    )
    assert verdict.table.provenance == TABLE.provenance
