"""A map over two inputs shows what evaluation gives at each of its points."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.verdict import Verdict
from ssp_coder.rules import outcomes
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.map import Cell, OutcomeMap, outcome_map
from tests.fixtures.rule_tables import (
    band,
    condition,
    d_rule,
    deciding,
    facts,
    function,
    linear,
    main_rule,
    profile,
    prototype,
    rule_input,
    section_five,
    tiny,
)

INPUTS = (rule_input("x", 1, 3), rule_input("y", 1, 2, step=0.5), rule_input("signs", 1, 9))
BELOW = tiny(
    INPUTS,
    (
        profile("n1", "near", (band("x", 1, 1), band("y", 1, 1))),
        profile("f1", "far", (band("x", 3, 3), band("y", 2, 2))),
    ),
    disorganization=d_rule("signs", 5, "apart"),
)
DECIDING = deciding(
    BELOW,
    main_rule("low", condition("x", 1, 1), groups=("near",)),
    main_rule("open", condition("x", 2, 2), groups=("near", "far")),
    main_rule("high", condition("x", 3, 3), groups=("far",)),
)
LINEAR = linear(
    INPUTS,
    (function("rising", 0.0, x=2.0, y=0.0), function("steady", 4.0, x=0.0, y=0.0)),
    d_rule("signs", 5, "apart"),
)
BUNDLED = load_rule_table("infant-main").table
SECTION_FIVE = section_five()


def at(shown: OutcomeMap, x: float, y: float) -> Cell:
    return shown.rows[shown.ys.index(y)][shown.xs.index(x)]


def judged(table: RuleTable, values: Mapping[str, float]) -> Verdict:
    rule = table.disorganization
    return evaluate(table, facts(values, d_assessed=rule is not None and rule.input in values))


def equals_evaluation(table: RuleTable, x: str, y: str, fixed: dict[str, float]) -> None:
    shown = outcome_map(table, x, y, fixed)
    for at_x, at_y in product(shown.xs, shown.ys):
        cell = at(shown, at_x, at_y)
        verdict = judged(table, {**fixed, x: at_x, y: at_y})
        assert cell.groups == verdict.possible
        assert cell.subgroups == verdict.possible_subgroups
        assert cell.left_open is verdict.left_open
        assert cell.exact is verdict.exact


class TestShape:
    def test_there_is_a_row_for_each_value_of_y_and_a_cell_for_each_of_x(self) -> None:
        shown = outcome_map(DECIDING, "x", "y", {})
        assert (shown.xs, shown.ys) == ((1.0, 2.0, 3.0), (1.0, 1.5, 2.0))
        assert [len(row) for row in shown.rows] == [3, 3, 3]

    def test_exchanging_the_axes_turns_the_map(self) -> None:
        shown = outcome_map(DECIDING, "x", "signs", {"y": 1.0})
        turned = outcome_map(DECIDING, "signs", "x", {"y": 1.0})
        assert turned.rows == tuple(zip(*shown.rows, strict=True))

    def test_what_is_fixed_is_told(self) -> None:
        assert outcome_map(DECIDING, "x", "y", {"signs": 2.0}).fixed == (("signs", 2.0),)

    def test_a_fixed_value_of_an_axis_is_left_aside(self) -> None:
        free = outcome_map(DECIDING, "x", "y", {})
        assert outcome_map(DECIDING, "x", "y", {"x": 3.0}) == free

    def test_every_group_is_told_once(self) -> None:
        assert outcome_map(DECIDING, "x", "y", {}).groups() == ("near", "far")


class TestCells:
    def test_a_cell_is_settled_left_open_or_waiting(self) -> None:
        shown = outcome_map(DECIDING, "x", "y", {})
        assert at(shown, 1, 1).settled
        assert not at(shown, 1, 1).left_open
        assert at(shown, 2, 1) == Cell(
            groups=("near", "far"), subgroups=("n1", "f1"), exact=True, left_open=True
        )

    def test_an_input_that_is_not_fixed_is_not_known(self) -> None:
        shown = outcome_map(DECIDING, "y", "signs", {})
        cell = at(shown, 1, 1)
        assert cell.groups == ("near", "far")
        assert not cell.left_open
        assert not cell.settled

    def test_d_takes_no_part_unless_it_is_fixed(self) -> None:
        assert "apart" not in outcome_map(DECIDING, "x", "y", {}).groups()
        assert outcome_map(DECIDING, "x", "y", {"signs": 6.0}).groups() == ("apart",)

    def test_on_an_axis_d_begins_above_its_point(self) -> None:
        shown = outcome_map(DECIDING, "x", "signs", {"y": 1.0})
        assert at(shown, 1, 4).groups == ("near",)
        assert at(shown, 1, 6).groups == ("apart",)

    def test_at_the_point_of_d_it_is_the_coder_who_leaves_it_open(self) -> None:
        cell = at(outcome_map(DECIDING, "x", "signs", {"y": 1.0}), 1, 5)
        assert cell.groups == ("near", "apart")
        assert not cell.left_open

    def test_a_tie_of_functions_is_left_open(self) -> None:
        shown = outcome_map(LINEAR, "x", "y", {})
        assert [cell.groups for cell in shown.rows[0]] == [
            ("steady",),
            ("rising", "steady"),
            ("rising",),
        ]
        assert at(shown, 2, 1).left_open

    def test_too_much_unknown_gives_a_superset_that_is_not_called_left_open(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outcomes, "LIMIT", 1)
        cell = at(outcome_map(DECIDING, "y", "signs", {}), 1, 1)
        assert (cell.exact, cell.left_open) == (False, False)
        assert cell.groups == ("near", "far")


class TestEveryCellIsAnEvaluation:
    @pytest.mark.parametrize("table", [BELOW, DECIDING, LINEAR], ids=lambda one: str(one.id))
    @pytest.mark.parametrize(
        ("x", "y", "fixed"),
        [
            ("x", "y", {}),
            ("x", "y", {"signs": 2.0}),
            ("x", "signs", {"y": 1.5}),
            ("y", "signs", {}),
            ("signs", "x", {"y": 2.0}),
        ],
    )
    def test_on_small_tables(
        self, table: RuleTable, x: str, y: str, fixed: dict[str, float]
    ) -> None:
        equals_evaluation(table, x, y, fixed)

    @pytest.mark.parametrize("subgroup", ["A1", "B2", "B4", "C1"])
    def test_on_the_reference_bands(self, subgroup: str) -> None:
        equals_evaluation(SECTION_FIVE, "avo_c_8", "res_c_8", prototype(subgroup))

    @settings(max_examples=8)
    @given(
        axes=st.permutations(["avo_c_5", "avo_c_8", "res_c_8", "pcs_c_8", "dist_c_8"]),
        subgroup=st.sampled_from(["A2", "B1", "B3", "C2"]),
        with_d=st.booleans(),
    )
    def test_on_the_bundled_table(self, axes: list[str], subgroup: str, with_d: bool) -> None:
        fixed = prototype(subgroup)
        if not with_d:
            del fixed["dorg"]
        equals_evaluation(BUNDLED, axes[0], axes[1], fixed)

    def test_of_the_bundled_table_in_the_high_corner(self) -> None:
        fixed = prototype("B3")
        shown = outcome_map(BUNDLED, "avo_c_8", "res_c_8", fixed)
        assert at(shown, 7, 7).groups == ("AC",)
        assert at(shown, 1, 1).groups == ("B",)
        assert at(shown, 1, 7).groups == ("C",)
        assert at(shown, 4, 4) == Cell(
            groups=("A", "C", "AC"),
            subgroups=at(shown, 4, 4).subgroups,
            exact=True,
            left_open=True,
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("x", "y", "fixed", "place"),
        [
            ("z", "y", {}, "z"),
            ("x", "z", {}, "z"),
            ("x", "y", {"z": 1.0}, "z"),
            ("x", "x", {}, "x"),
        ],
    )
    def test_an_axis_that_is_no_input_or_both_alike_is_refused(
        self, x: str, y: str, fixed: dict[str, float], place: str
    ) -> None:
        with pytest.raises(DomainError) as caught:
            outcome_map(DECIDING, x, y, fixed)
        assert (caught.value.finding.code, caught.value.finding.place) == ("map.input", place)
        assert caught.value.finding.remedy

    def test_the_inputs_one_may_use_are_named(self) -> None:
        with pytest.raises(DomainError, match="use one of x, y, signs"):
            outcome_map(DECIDING, "z", "y", {})

    def test_a_fixed_value_out_of_range_is_refused(self) -> None:
        with pytest.raises(DomainError, match="outside"):
            outcome_map(DECIDING, "x", "y", {"signs": 10.0})
