"""Every combination of a decision table's inputs is counted, and counted once."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.ruletable import Condition, MainRule, RuleTable
from ssp_coder.rules.cells import Census, census
from tests.fixtures import rule_oracle
from tests.fixtures.rule_tables import (
    band,
    condition,
    deciding,
    main_rule,
    profile,
    rule_input,
    tiny,
)

INPUTS = (rule_input("a", 1, 3), rule_input("b", 0, 2), rule_input("c", 1, 2, step=0.5))
PROFILES = (
    profile("near", "one", (band("a", 1, 2),)),
    profile("far", "two", (band("a", 3, 3),)),
)
BELOW = tiny(INPUTS, PROFILES)
HALVES = (
    main_rule("low", condition("a", 1, 2), groups=("one",)),
    main_rule("high", condition("a", 3, 3), groups=("two",)),
)


@pytest.fixture(scope="module")
def table() -> RuleTable:
    return load_rule_table("infant-main").table


@pytest.fixture(scope="module")
def found(table: RuleTable) -> Census:
    return census(table)


@st.composite
def conditions(draw: st.DrawFn, at_least: int = 0) -> tuple[Condition, ...]:
    chosen = draw(st.lists(st.sampled_from(INPUTS), min_size=at_least, max_size=3))
    found = []
    for one in chosen:
        values = st.sampled_from(rule_oracle.points(one))
        low, high = sorted((draw(values), draw(values)))
        found.append(condition(one.id, low, high))
    return tuple(found)


@st.composite
def rules(draw: st.DrawFn, name: str) -> MainRule:
    groups = draw(st.lists(st.sampled_from(["one", "two", "mixed"]), min_size=1, unique=True))
    rule = main_rule(name, *draw(conditions(1)), groups=tuple(groups))
    return replace(rule, any_of=draw(conditions()))


@st.composite
def decision_tables(draw: st.DrawFn) -> RuleTable:
    """Up to five rules over three small inputs, with whatever gaps and contradictions."""
    return deciding(BELOW, *(draw(rules(f"r{place}")) for place in range(draw(st.integers(1, 5)))))


def brute(table: RuleTable, found: Census) -> dict[tuple[float, ...], tuple[str, ...]]:
    """Names of the rules that hold, by combination, one at a time."""
    inputs = [one for one in table.inputs if one.id in found.inputs]
    return {
        row: tuple(
            rule.id
            for rule in table.main
            if rule_oracle.holds(rule, dict(zip(found.inputs, row, strict=True)))
        )
        for row in product(*(rule_oracle.points(one) for one in inputs))
    }


@given(decision_tables())
def test_the_shares_equal_counting_one_by_one(table: RuleTable) -> None:
    found = census(table)
    assert dict(found.outcomes) == dict(rule_oracle.counted(table))
    assert sum(count for _, count in found.outcomes) == found.total


@given(decision_tables())
def test_regions_hold_each_combination_once(table: RuleTable) -> None:
    found = census(table)
    combinations = brute(table, found)
    assert found.total == len(combinations)
    by_rules = {region.rules: region.count for region in found.regions}
    assert len(by_rules) == len(found.regions)
    assert by_rules == {
        rules: list(combinations.values()).count(rules) for rules in set(combinations.values())
    }


@given(decision_tables())
def test_the_example_of_a_region_lies_in_it(table: RuleTable) -> None:
    found = census(table)
    combinations = brute(table, found)
    for region in found.regions:
        assert tuple(name for name, _ in region.example) == found.inputs
        assert combinations[tuple(value for _, value in region.example)] == region.rules


@given(decision_tables())
def test_gaps_are_where_no_rule_holds(table: RuleTable) -> None:
    found = census(table)
    without = [row for row, held in brute(table, found).items() if not held]
    assert sum(region.count for region in found.gaps) == len(without)
    assert all(region.groups == () for region in found.gaps)


@given(decision_tables())
def test_contradictions_are_where_rules_that_hold_name_different_groups(table: RuleTable) -> None:
    said = {rule.id: set(rule.groups) for rule in table.main}
    found = census(table)
    expected = [
        held
        for held in brute(table, found).values()
        if any(said[one] != said[held[0]] for one in held)
    ]
    assert sum(region.count for region in found.contradictions) == len(expected)
    assert {region.rules for region in found.contradictions} == set(expected)


@given(decision_tables())
def test_a_rule_holds_as_often_as_it_is_counted(table: RuleTable) -> None:
    found = census(table)
    combinations = brute(table, found)
    for rule in table.main:
        held = sum(rule.id in names for names in combinations.values())
        assert found.holding(rule.id) == held


class TestSmallTables:
    def test_halves_leave_nothing_out(self) -> None:
        found = census(deciding(BELOW, *HALVES))
        assert found.inputs == ("a",)
        assert dict(found.outcomes) == {("one",): 2, ("two",): 1}
        assert found.gaps == found.contradictions == ()

    def test_what_no_rule_reads_is_not_counted(self) -> None:
        wider = deciding(BELOW, *HALVES, main_rule("c", condition("c", 2, 2), groups=("one",)))
        assert census(wider).inputs == ("a", "c")
        assert census(wider).total == 3 * 3

    def test_a_gap_names_a_combination(self) -> None:
        (gap,) = census(deciding(BELOW, HALVES[0])).gaps
        assert (gap.count, gap.example) == (1, (("a", 3.0),))

    def test_two_rules_that_say_the_same_do_not_contradict(self) -> None:
        again = main_rule("again", condition("b", 0, 0), condition("a", 1, 1), groups=("one",))
        found = census(deciding(BELOW, *HALVES, again))
        assert found.contradictions == ()
        assert found.holding("again") == 1

    def test_the_same_groups_in_another_order_are_the_same(self) -> None:
        one = main_rule("r1", condition("a", 1, 3), groups=("one", "two"))
        other = main_rule("r2", condition("a", 2, 3), groups=("two", "one"))
        found = census(deciding(BELOW, one, other))
        assert found.contradictions == ()
        assert dict(found.outcomes) == {("one", "two"): 3}

    def test_a_rule_and_an_open_one_contradict(self) -> None:
        open_rule = main_rule("open", condition("a", 2, 3), groups=("one", "two"))
        (region,) = census(deciding(BELOW, HALVES[0], open_rule)).contradictions
        assert region.rules == ("low", "open")
        assert region.groups == ("one", "two")
        assert region.example == (("a", 2.0),)

    def test_one_alternative_is_enough(self) -> None:
        either = main_rule(
            "either",
            condition("a", 1, 2),
            groups=("one",),
            any_of=(condition("b", 2, 2), condition("c", 2, 2)),
        )
        found = census(deciding(BELOW, either))
        assert found.total == 3 * 3 * 3
        assert found.holding("either") == 2 * (3 * 3 - 2 * 2)

    def test_two_conditions_on_one_input_must_both_be_met(self) -> None:
        both = main_rule("both", condition("a", 1, 2), condition("a", 2, 3), groups=("one",))
        assert census(deciding(BELOW, both)).holding("both") == 1

    def test_half_points_are_combinations_of_their_own(self) -> None:
        rule = main_rule("r", condition("c", 1.5, 2), groups=("one",))
        found = census(deciding(BELOW, rule))
        assert (found.total, found.holding("r")) == (3, 2)

    def test_a_table_without_main_rules_has_one_gap(self) -> None:
        found = census(BELOW)
        assert (found.total, found.inputs, len(found.gaps)) == (1, (), 1)


class TestTheBundledTable:
    def test_it_decides_over_all_ratings_of_both_reunions(self, found: Census) -> None:
        assert len(found.inputs) == 10
        assert found.total == 7**10 == 282_475_249

    def test_it_leaves_no_gap(self, found: Census) -> None:
        assert found.gaps == ()

    def test_it_does_not_contradict_itself(self, found: Census) -> None:
        assert found.contradictions == ()

    def test_its_regions_are_all_combinations(self, found: Census) -> None:
        assert sum(region.count for region in found.regions) == found.total

    def test_far_fewer_cases_than_combinations_prove_it(self, found: Census) -> None:
        assert len(found.regions) < found.cases < 10_000

    @pytest.mark.parametrize(
        ("groups", "count"),
        [
            (("A",), 20_168_400),
            (("B",), 37_102_644),
            (("C",), 63_026_250),
            (("AC",), 51_883_209),
            (("U",), 1_024),
            (("A", "B"), 54_843_642),
            (("B", "C"), 10_606_912),
            (("A", "AC"), 17_294_403),
            (("C", "AC"), 17_294_403),
            (("A", "C", "AC"), 5_764_801),
            (("A", "B", "C"), 4_486_489),
            (("B", "U"), 3_072),
        ],
    )
    def test_its_shares_are_as_stated(
        self, found: Census, groups: tuple[str, ...], count: int
    ) -> None:
        assert dict(found.outcomes)[groups] == count

    def test_nothing_else_comes_out(self, found: Census) -> None:
        assert len(found.outcomes) == 12

    def test_high_avoidance_with_high_resistance_is_a_c_and_nothing_else_is(
        self, found: Census
    ) -> None:
        assert dict(found.outcomes)[("AC",)] == 3 * 3 * 7**8 == found.holding("a_c")

    def test_it_leaves_it_open_for_less_than_two_fifths(self, found: Census) -> None:
        is_open = sum(count for groups, count in found.outcomes if len(groups) > 1)
        assert is_open / found.total == pytest.approx(0.3905, abs=5e-5)

    def test_exactly_one_rule_holds_for_every_combination(self, found: Census) -> None:
        assert all(len(region.rules) == 1 for region in found.regions)
        assert sum(region.count for region in found.regions) == 7**10

    def test_every_rule_holds_somewhere(self, table: RuleTable, found: Census) -> None:
        assert all(found.holding(rule.id) for rule in table.main)

    def test_the_example_of_each_region_comes_out_as_the_region_says(
        self, table: RuleTable, found: Census
    ) -> None:
        for region in found.regions:
            values = dict(region.example)
            assert rule_oracle.named_groups(table, values) == region.groups
