"""Laws of the evaluation over tables and facts nobody thought of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import Band, Condition, MainRule, OverlayRule, RuleTable
from ssp_coder.domain.verdict import DECISION_INPUT, Truth, Verdict
from ssp_coder.rules import outcomes
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.truth import all_of, any_of, negation
from tests.fixtures import rule_oracle
from tests.fixtures.rule_tables import (
    RATINGS,
    band,
    d_rule,
    deciding,
    facts,
    function,
    linear,
    main_rule,
    overlay,
    profile,
    rule_input,
    section_five,
    tiny,
    without,
)

SECTION_FIVE = section_five()
INPUTS = ("a", "b", "c", "d")
HIGHEST = 4.0
GROUPS = ("one", "two", "three")
ratings = st.integers(1, 7).map(float)
counts = st.integers(0, 12).map(float)
decisions = st.sampled_from([None, DDecision.YES, DDecision.NO])


@st.composite
def ranges(draw: st.DrawFn) -> tuple[float, float]:
    low, high = sorted(draw(st.tuples(st.integers(1, 4), st.integers(1, 4))))
    return float(low), float(high)


@st.composite
def band_rows(draw: st.DrawFn) -> tuple[Band, ...]:
    names = draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=4, unique=True))
    weights = st.sampled_from([0.1, 0.3, 1.0, 2.0, 4.0])
    return tuple(band(name, *draw(ranges()), draw(weights)) for name in names)


@st.composite
def conditions(draw: st.DrawFn, at_least: int = 0) -> tuple[Condition, ...]:
    names = draw(st.lists(st.sampled_from(INPUTS), min_size=at_least, max_size=2))
    return tuple(
        Condition(input=one, low=low, high=high)
        for one, (low, high) in ((one, draw(ranges())) for one in names)
    )


@st.composite
def overlay_rules(draw: st.DrawFn, name: str) -> OverlayRule:
    outcome = draw(st.sampled_from(["mixed", "one", "apart"]))
    rule = overlay(name, *draw(conditions(1)), outcome=outcome)
    return replace(rule, any_of=draw(conditions()))


@st.composite
def main_rules(draw: st.DrawFn, name: str) -> MainRule:
    groups = draw(st.lists(st.sampled_from(["one", "mixed"]), min_size=1, unique=True))
    rule = main_rule(name, *draw(conditions(1)), groups=tuple(groups))
    return replace(rule, any_of=draw(conditions()))


@st.composite
def tables(draw: st.DrawFn) -> RuleTable:
    """Tables of four inputs with 1 to 4, up to five profiles, overlays and D on one input."""
    rows = draw(st.lists(band_rows(), min_size=2, max_size=5))
    profiles = tuple(
        profile(f"p{place}", GROUPS[0] if place == 0 else draw(st.sampled_from(GROUPS)), row)
        for place, row in enumerate(rows)
    )
    overlays = tuple(draw(overlay_rules(f"o{place}")) for place in range(draw(st.integers(0, 2))))
    rule = draw(st.sampled_from([None, d_rule("d", 3, "apart")]))
    inputs = tuple(rule_input(name, 1, HIGHEST) for name in INPUTS)
    return tiny(inputs, profiles, overlays, rule)


@st.composite
def decision_tables(draw: st.DrawFn) -> RuleTable:
    """The tables with main rules that leave gaps and contradict each other as they like."""
    rules = [draw(main_rules(f"m{place}")) for place in range(draw(st.integers(1, 4)))]
    return deciding(draw(tables()), *rules)


@st.composite
def function_tables(draw: st.DrawFn) -> RuleTable:
    """Two to four functions of four inputs with 1 to 4, in halves, so that ties are common."""
    halves = st.integers(-4, 4).map(lambda twice: twice / 2)
    names = [f"g{place}" for place in range(draw(st.integers(2, 4)))]
    functions = tuple(
        function(name, draw(halves), **draw(st.dictionaries(st.sampled_from(INPUTS), halves)))
        for name in names
    )
    rule = draw(st.sampled_from([None, d_rule("d", 3, "apart")]))
    return linear(tuple(rule_input(name, 1, HIGHEST) for name in INPUTS), functions, rule)


TABLES = st.one_of(tables(), decision_tables(), function_tables())


@st.composite
def partly_known(draw: st.DrawFn) -> dict[str, float]:
    names = draw(st.sets(st.sampled_from(INPUTS)))
    return {name: float(draw(st.integers(1, 4))) for name in sorted(names)}


@st.composite
def complete_rows(draw: st.DrawFn) -> dict[str, float]:
    row = {name: draw(ratings) for name in (*RATINGS, "dist_c_5", "dist_c_8")}
    row |= {name: draw(counts) for name in ("cry_5", "cry_8")}
    return row | {"dorg": float(draw(st.integers(1, 9)))}


def equals_enumeration(verdict: Verdict, expected: rule_oracle.Expected) -> None:
    assert verdict.exact
    assert set(verdict.possible) == expected.groups
    assert set(verdict.possible_subgroups) == expected.fits
    assert set(verdict.needs) - {DECISION_INPUT} == expected.needs
    assert set(verdict.group_needs) - {DECISION_INPUT} == expected.group_needs
    assert verdict.left_open is expected.left_open


@given(tables(), partly_known(), decisions)
def test_what_is_possible_equals_enumeration(
    table: RuleTable, known: dict[str, float], decision: DDecision | None
) -> None:
    verdict = evaluate(table, facts(known, d_decision=decision))
    equals_enumeration(verdict, rule_oracle.enumerated(table, known, decision))


@given(decision_tables(), partly_known(), decisions)
def test_what_main_rules_leave_possible_equals_enumeration(
    table: RuleTable, known: dict[str, float], decision: DDecision | None
) -> None:
    verdict = evaluate(table, facts(known, d_decision=decision))
    equals_enumeration(verdict, rule_oracle.enumerated(table, known, decision))


@given(function_tables(), partly_known(), decisions)
def test_what_functions_leave_possible_equals_enumeration(
    table: RuleTable, known: dict[str, float], decision: DDecision | None
) -> None:
    verdict = evaluate(table, facts(known, d_decision=decision))
    equals_enumeration(verdict, rule_oracle.enumerated(table, known, decision))


@given(TABLES, partly_known(), decisions)
def test_whatever_the_other_needs_turn_out_to_be_the_main_group_stays(
    table: RuleTable, known: dict[str, float], decision: DDecision | None
) -> None:
    verdict = evaluate(table, facts(known, d_decision=decision))
    every = rule_oracle.enumerated(table, known, decision)
    told = [place for place, name in enumerate(every.missing) if name in verdict.group_needs]
    groups: dict[tuple[float, ...], frozenset[rule_oracle.Outcome]] = {}
    for choice, found in every.results.items():
        fixed = tuple(choice[place] for place in told)
        assert groups.setdefault(fixed, rule_oracle.groups_of(found)) == rule_oracle.groups_of(
            found
        )


@given(function_tables(), partly_known())
def test_functions_lie_between_their_bounds_and_meet_them_when_all_is_known(
    table: RuleTable, known: dict[str, float]
) -> None:
    bounds = {one.group: one for one in evaluate(table, facts(known)).functions}
    every = rule_oracle.enumerated(table, known)
    for choice in every.results:
        row = known | dict(zip(every.missing, choice, strict=True))
        for group, score in rule_oracle.function_scores(table, row).items():
            assert bounds[group].lowest - 1e-9 <= score <= bounds[group].highest + 1e-9
            if not every.missing:
                assert bounds[group].lowest == bounds[group].highest == pytest.approx(score)


@given(TABLES, partly_known(), decisions)
def test_the_answer_beyond_the_limit_is_a_superset(
    table: RuleTable, known: dict[str, float], decision: DDecision | None
) -> None:
    exact = evaluate(table, facts(known, d_decision=decision))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcomes, "LIMIT", 1)
        bounded = evaluate(table, facts(known, d_decision=decision))
    assert set(bounded.possible) >= set(exact.possible)
    assert set(bounded.possible_subgroups) >= set(exact.possible_subgroups)
    assert set(bounded.needs) >= set(exact.needs)
    assert set(bounded.group_needs) >= set(exact.group_needs)


@given(TABLES, partly_known(), decisions)
def test_turns_are_exactly_the_one_step_changes_that_change_the_outcome(
    table: RuleTable, known: dict[str, float], decision: DDecision | None
) -> None:
    known = dict.fromkeys(INPUTS, 2.0) | known
    before = rule_oracle.outcomes(table, known, decision, assessed=True)
    verdict = evaluate(table, facts(known, d_decision=decision))
    expected = {
        (name, known[name] + step)
        for name in INPUTS
        for step in (-1.0, 1.0)
        if 1 <= known[name] + step <= HIGHEST
        and rule_oracle.outcomes(table, known | {name: known[name] + step}, decision, assessed=True)
        != before
    }
    assert {(turn.input, turn.to_value) for turn in verdict.turns} == expected


@given(
    complete_rows(), st.sets(st.sampled_from((*RATINGS, "dist_c_8", "cry_8", "dorg")), max_size=2)
)
def test_up_to_two_missing_ratings_equal_enumeration_on_the_reference_bands(
    row: dict[str, float], missing: set[str]
) -> None:
    known = without(row, *missing)
    verdict = evaluate(SECTION_FIVE, facts(known))
    expected = rule_oracle.enumerated(SECTION_FIVE, known)
    assert verdict.exact
    assert set(verdict.possible) == expected.groups
    assert set(verdict.possible_subgroups) == expected.fits
    assert set(verdict.needs) - {DECISION_INPUT} == expected.needs


@given(complete_rows(), st.data())
def test_learning_a_rating_never_adds_a_possibility(
    row: dict[str, float], data: st.DataObject
) -> None:
    names = st.sampled_from(sorted(row))
    missing = data.draw(st.lists(names, min_size=1, max_size=13, unique=True))
    before = evaluate(SECTION_FIVE, facts(without(row, *missing)))
    after = evaluate(SECTION_FIVE, facts(without(row, *missing[1:])))
    assert set(after.possible) <= set(before.possible)
    assert set(after.possible_subgroups) <= set(before.possible_subgroups)


@given(complete_rows(), st.integers(6, 9), decisions)
def test_a_score_above_the_point_always_gives_d(
    row: dict[str, float], dorg: int, decision: DDecision | None
) -> None:
    verdict = evaluate(SECTION_FIVE, facts(row | {"dorg": float(dorg)}, d_decision=decision))
    assert verdict.group == "D"


@given(complete_rows(), st.integers(1, 4), decisions)
def test_a_score_below_the_point_never_gives_d(
    row: dict[str, float], dorg: int, decision: DDecision | None
) -> None:
    verdict = evaluate(SECTION_FIVE, facts(row | {"dorg": float(dorg)}, d_decision=decision))
    assert "D" not in verdict.possible


@given(complete_rows(), st.permutations(range(13)))
def test_the_order_of_the_facts_does_not_matter(row: dict[str, float], order: list[int]) -> None:
    pairs = list(row.items())
    shuffled = facts(dict(pairs[place] for place in order))
    assert evaluate(SECTION_FIVE, shuffled) == evaluate(SECTION_FIVE, facts(row))


@given(complete_rows())
def test_penalties_lie_between_nothing_and_the_largest(row: dict[str, float]) -> None:
    verdict = evaluate(SECTION_FIVE, facts(without(row, "dist_c_5", "cry_8")))
    penalties = [fit.penalty for fit in verdict.fits]
    assert penalties == sorted(penalties)
    assert all(0 <= fit.penalty <= fit.largest_penalty for fit in verdict.fits)


@given(st.lists(st.sampled_from(list(Truth))))
def test_de_morgan_holds_for_three_values(truths: list[Truth]) -> None:
    assert negation(all_of(truths)) is any_of(map(negation, truths))


@given(st.lists(st.sampled_from(list(Truth)), max_size=6))
def test_a_known_conjunction_stays_whatever_the_unknown_turn_out_to_be(
    truths: list[Truth],
) -> None:
    settled = {
        all_of(value if truth is Truth.UNKNOWN else truth for truth in truths)
        for value in (Truth.YES, Truth.NO)
    }
    if all_of(truths) is not Truth.UNKNOWN:
        assert settled == {all_of(truths)}
    else:
        assert settled == {Truth.YES, Truth.NO}
