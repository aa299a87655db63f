"""Examples of a table tried out one by one, for people to read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.ruletable import RuleExample, RuleTable, WorkedCase
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.trial import Trial, outcome_words, trials
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
    rule_input,
    tiny,
)

BELOW = tiny(
    (rule_input("first"), rule_input("second"), rule_input("signs", 1, 9)),
    (
        profile("n1", "near", (band("first", 1, 3),)),
        profile("f1", "far", (band("first", 5, 7),)),
    ),
    disorganization=d_rule("signs", 5, "apart"),
)
TABLE = deciding(
    BELOW,
    main_rule("low", condition("second", 1, 2), groups=("near",)),
    main_rule("between", condition("second", 3, 3), groups=("near", "far")),
    main_rule("high", condition("second", 4, 7), groups=("far",)),
)
LINEAR = linear(
    (rule_input("x"),),
    (function("rising", 0.0, x=1.0), function("steady", 4.0, x=0.0)),
    cases=(
        WorkedCase(values=(("x", 6.0),), group="rising"),
        WorkedCase(values=(("x", 6.0),), group="steady"),
    ),
)


def tried(example: RuleExample) -> Trial:
    """The trial of one example of the table as a whole, told first."""
    return trials(replace(TABLE, examples=(example,)))[0]


def example(
    group: str = "", *, subgroup: str = "", holds: bool = True, **values: float
) -> RuleExample:
    return RuleExample(values=tuple(values.items()), group=group, subgroup=subgroup, holds=holds)


class TestOfTheTable:
    def test_one_that_comes_out(self) -> None:
        trial = tried(example("near", subgroup="n1", first=1, second=1))
        assert (trial.stated, trial.found, trial.comes_out) == ("n1", "near n1", True)
        assert (trial.rule, trial.number) == ("", 1)
        assert trial.values == (("first", 1), ("second", 1))

    def test_one_that_does_not(self) -> None:
        trial = tried(example("far", first=1, second=1))
        assert (trial.stated, trial.found, trial.comes_out) == ("far", "near n1", False)

    def test_one_that_must_not_come_out(self) -> None:
        trial = tried(example("far", holds=False, first=1, second=1))
        assert (trial.stated, trial.comes_out) == ("not far", True)

    def test_one_that_is_left_open(self) -> None:
        open_one = RuleExample(values=(("first", 1.0), ("second", 3.0)), between=("far", "near"))
        trial = tried(open_one)
        assert (trial.stated, trial.found, trial.comes_out) == ("far/near", "near/far", True)

    def test_possible_for_want_of_a_rating_is_not_left_open(self) -> None:
        waiting = RuleExample(values=(("first", 1.0),), between=("near", "far"))
        assert not tried(waiting).comes_out

    def test_d_takes_part_where_its_input_is_given(self) -> None:
        assert tried(example("apart", first=1, second=1, signs=7)).found == "apart, n1"
        assert tried(example("near", first=1, second=1)).comes_out

    def test_one_that_cannot_be_worked_out_says_why(self) -> None:
        trial = tried(example("near", first=9))
        assert not trial.comes_out
        assert "9 is outside 1..7 of first" in trial.found


class TestOfRulesAndCases:
    def test_every_example_of_every_rule_is_tried(self) -> None:
        found = [(one.rule, one.number, one.stated, one.comes_out) for one in trials(TABLE)]
        assert found == [(name, 1, "yes", True) for name in ("low", "between", "high")]

    def test_a_counterexample_must_fail(self) -> None:
        rule = replace(TABLE.main[0], examples=(example(holds=False, second=1),))
        (trial, *_) = trials(replace(TABLE, main=(rule, *TABLE.main[1:])))
        assert (trial.stated, trial.found, trial.comes_out) == ("no", "yes", False)

    def test_worked_cases_are_tried(self) -> None:
        assert [(one.number, one.stated, one.comes_out) for one in trials(LINEAR)] == [
            (1, "rising", True),
            (2, "steady", False),
        ]

    def test_a_closed_table_has_none(self) -> None:
        assert trials(replace(LINEAR, closed="not yet")) == ()

    @pytest.mark.parametrize("name", ["infant-main", "infant-default"])
    def test_all_of_a_bundled_table_come_out(self, name: str) -> None:
        found = trials(load_rule_table(name).table)
        assert found
        assert all(trial.comes_out for trial in found)


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        (TABLE, {"first": 1.0, "second": 1.0, "signs": 1.0}, "near n1"),
        (TABLE, {"first": 1.0, "second": 3.0, "signs": 1.0}, "near/far"),
        (TABLE, {"first": 1.0, "second": 1.0, "signs": 9.0}, "apart, n1"),
        (LINEAR, {"x": 7.0}, "rising"),
        (LINEAR, {"x": 4.0}, "rising/steady"),
    ],
)
def test_an_outcome_in_short(table: RuleTable, values: dict[str, float], words: str) -> None:
    assert outcome_words(evaluate(table, facts(values))) == words
