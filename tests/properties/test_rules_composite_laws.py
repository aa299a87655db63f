"""Laws of the bundled tables: the decision table with its profiles, and the profiles alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.verdict import DECISION_INPUT
from ssp_coder.rules.brief import Brief, Briefing
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures import composite_oracle
from tests.fixtures.rule_tables import PROTOTYPES, RATINGS, facts, prototype, without

MAIN = load_rule_table("infant-main").table
BANDS = load_rule_table("infant-default").table
ASK_MAIN, ASK_BANDS = Briefing(MAIN), Briefing(BANDS)
ASKED = pytest.mark.parametrize("ask", [ASK_MAIN, ASK_BANDS], ids=[MAIN.id, BANDS.id])
ALL = tuple(one.id for one in MAIN.inputs)
decisions = st.sampled_from([None, *DDecision])
subgroups = st.sampled_from(sorted(PROTOTYPES))
AVOIDANCE = st.sampled_from(["avo_c_5", "avo_c_8"])
RESISTANCE = st.sampled_from(["res_c_5", "res_c_8"])


def admissible(table: RuleTable, name: str) -> st.SearchStrategy[float]:
    one = next(each for each in table.inputs if each.id == name)
    return st.integers(int(one.minimum), int(one.maximum)).map(float)


@st.composite
def complete_rows(draw: st.DrawFn) -> dict[str, float]:
    """Any complete ratings, without D so that the organised class is seen."""
    row = {name: draw(admissible(MAIN, name)) for name in ALL}
    return row | {"dorg": 1.0}


@st.composite
def rows_near(draw: st.DrawFn, subgroup: str) -> dict[str, float]:
    """Ratings near a clear case of a subgroup, up to two points off in each."""
    row = prototype(subgroup, dorg=1.0)
    for name in RATINGS:
        off = draw(st.sampled_from([0, 0, 0, -2, -1, 1, 2]))
        row[name] = min(7.0, max(1.0, row[name] + off))
    return row


@st.composite
def rows_with_gaps(draw: st.DrawFn) -> tuple[dict[str, float], list[str]]:
    row = draw(st.one_of(complete_rows(), subgroups.flatmap(rows_near)))
    row["dorg"] = draw(admissible(MAIN, "dorg"))
    names = draw(st.lists(st.sampled_from(ALL), min_size=0, max_size=2, unique=True))
    return row, names


def raised(row: Mapping[str, float], name: str, to: float) -> dict[str, float]:
    return {**row, name: to}


def swapped(row: Mapping[str, float]) -> dict[str, float]:
    """The first reunion's ratings in the second and the other way round."""
    other = {"5": "8", "8": "5"}
    return {
        f"{name[:-1]}{other[name[-1]]}" if name[-1] in other else name: value
        for name, value in row.items()
    }


def asked(ask: Briefing, row: Mapping[str, float]) -> Brief:
    return ask.of(facts(row))


# ---------------------------------------------------------------- what is not known


@given(rows_with_gaps(), decisions)
def test_up_to_two_missing_ratings_leave_exactly_what_their_values_would_give(
    case: tuple[dict[str, float], list[str]], decision: DDecision | None
) -> None:
    row, missing = case
    known = without(row, *missing)
    verdict = evaluate(MAIN, facts(known, d_decision=decision))
    expected = composite_oracle.enumerated(MAIN, known, missing, decision)
    assert verdict.exact
    assert set(verdict.possible) == expected.groups
    assert set(verdict.possible_subgroups) == expected.fits
    assert set(verdict.needs) - {DECISION_INPUT} == expected.needs
    assert set(verdict.group_needs) - {DECISION_INPUT} == expected.group_needs


@given(complete_rows(), st.sampled_from(RATINGS), st.integers(1, 7).map(float))
def test_a_missing_rating_is_never_read_as_any_number(
    row: dict[str, float], name: str, value: float
) -> None:
    unknown = evaluate(MAIN, facts(without(row, name)))
    known = evaluate(MAIN, facts(raised(row, name, value)))
    assert set(known.possible) <= set(unknown.possible)
    assert set(known.possible_subgroups) <= set(unknown.possible_subgroups)


def test_a_missing_avoidance_is_not_a_one() -> None:
    as_one = ASK_MAIN.of(facts(prototype("B3", avo_c_8=1.0)))
    missing = ASK_MAIN.of(facts(without(prototype("B3"), "avo_c_8")))
    assert as_one.group == "B"
    assert missing.group is None
    assert set(missing.possible) > {"B"}


@given(complete_rows())
def test_complete_ratings_are_settled_or_left_open_by_the_table(row: dict[str, float]) -> None:
    verdict = evaluate(MAIN, facts(row))
    assert verdict.left_open is (verdict.group is None)
    assert verdict.group_needs == ()


# ---------------------------------------------------------------- monotonicity


def climbed(ask: Briefing, row: Mapping[str, float], name: str) -> list[Brief]:
    """What comes out while one rating rises from 1 to 7 and all else stays."""
    return [asked(ask, raised(row, name, float(point))) for point in range(1, 8)]


def later_than(steps: list[Brief], is_there: Callable[[Brief], bool]) -> list[Brief]:
    """Every step after the first one of a kind."""
    first = next((at for at, brief in enumerate(steps) if is_there(brief)), len(steps))
    return steps[first + 1 :]


@ASKED
@given(row=st.one_of(rows_near("A1"), complete_rows()), name=AVOIDANCE)
@example(row=prototype("A1", dorg=1.0), name="avo_c_8")
def test_more_avoidance_never_moves_a1_towards_b3(
    ask: Briefing, row: dict[str, float], name: str
) -> None:
    for brief in later_than(climbed(ask, row, name), lambda brief: brief.subgroup == "A1"):
        assert brief.subgroup != "B3"
        assert "B" not in brief.possible


@ASKED
@given(row=st.one_of(rows_near("C1"), complete_rows()), name=RESISTANCE)
@example(row=prototype("C1", dorg=1.0), name="res_c_8")
def test_more_resistance_never_moves_c1_to_a1(
    ask: Briefing, row: dict[str, float], name: str
) -> None:
    for brief in later_than(climbed(ask, row, name), lambda brief: brief.subgroup == "C1"):
        assert brief.subgroup != "A1"
        assert "A" not in brief.possible


@given(row=st.one_of(complete_rows(), subgroups.flatmap(rows_near)), name=AVOIDANCE)
def test_more_avoidance_never_turns_avoidant_into_secure(row: dict[str, float], name: str) -> None:
    for brief in later_than(climbed(ASK_MAIN, row, name), lambda brief: brief.group == "A"):
        assert "B" not in brief.possible


@given(row=st.one_of(complete_rows(), subgroups.flatmap(rows_near)), name=RESISTANCE)
def test_more_resistance_never_turns_resistant_into_avoidant_or_secure(
    row: dict[str, float], name: str
) -> None:
    for brief in later_than(climbed(ASK_MAIN, row, name), lambda brief: brief.group == "C"):
        assert brief.group not in ("A", "B")


@pytest.mark.parametrize("subgroup", ["A1", "C1"])
def test_the_climbs_do_pass_through_the_subgroups_they_speak_of(subgroup: str) -> None:
    name = {"A1": "avo_c_8", "C1": "res_c_8"}[subgroup]
    found = [brief.subgroup for brief in climbed(ASK_MAIN, prototype(subgroup), name)]
    assert subgroup in found
    assert found[0] != subgroup


# ---------------------------------------------------------------- the two reunions


@ASKED
def test_swapping_the_reunions_of_a_child_who_changed_turns_the_class(ask: Briefing) -> None:
    """Avoidant in the first and seeking in the second is not the same as the other way round."""
    warmed = prototype("B2", avo_c_5=5.0, pcs_c_5=2.0, cm_c_5=1.0)
    cooled = swapped(warmed)
    assert asked(ask, cooled).group == "A"
    assert "B" in asked(ask, warmed).possible
    assert asked(ask, warmed).group != "A"


@ASKED
@pytest.mark.parametrize("subgroup", sorted(PROTOTYPES))
def test_swapping_the_reunions_of_a_child_who_did_not_change_changes_nothing(
    ask: Briefing, subgroup: str
) -> None:
    row = prototype(subgroup)
    steady = row | {name: row[f"{name[:-1]}8"] for name in row if name.endswith("_5")}
    assert asked(ask, swapped(steady)) == asked(ask, steady)


@given(complete_rows(), subgroups)
def test_the_same_misfit_weighs_double_in_the_second_reunion(
    row: dict[str, float], subgroup: str
) -> None:
    fit = next(one for one in evaluate(BANDS, facts(row)).fits if one.subgroup == subgroup)
    for cell in fit.cells:
        distance = max(cell.low - row[cell.input], row[cell.input] - cell.high, 0.0)
        weight = 2.0 if cell.input.endswith("_8") else 1.0
        weight *= 2.0 if cell.input.startswith(("avo", "res")) else 1.0
        assert cell.penalty == pytest.approx(weight * distance**2)
    assert fit.penalty == pytest.approx(sum(cell.penalty for cell in fit.cells))


# ---------------------------------------------------------------- clear cases


@ASKED
@pytest.mark.parametrize("subgroup", sorted(PROTOTYPES))
def test_a_clear_case_of_a_subgroup_gets_it(ask: Briefing, subgroup: str) -> None:
    brief = asked(ask, prototype(subgroup))
    assert (brief.group, brief.subgroup) == (subgroup[0], subgroup)
    assert brief.needs == ()


@given(subgroups, st.integers(6, 9).map(float))
def test_a_clear_case_with_d_keeps_its_subgroup_as_secondary(subgroup: str, dorg: float) -> None:
    brief = asked(ASK_MAIN, prototype(subgroup, dorg=dorg))
    assert (brief.group, brief.subgroup, brief.secondary) == ("D", None, subgroup)


@given(complete_rows())
@example(prototype("A1", res_c_8=7.0, dorg=1.0))
def test_high_avoidance_with_high_resistance_is_never_one_organised_group(
    row: dict[str, float],
) -> None:
    both = row | {"avo_c_8": max(5.0, row["avo_c_8"]), "res_c_8": max(5.0, row["res_c_8"])}
    brief = asked(ASK_MAIN, both)
    assert brief.group == "AC"
    assert "a_c_question" in brief.flags


@given(complete_rows())
def test_the_subgroup_lies_in_the_main_group(row: dict[str, float]) -> None:
    brief = asked(ASK_MAIN, row)
    if brief.subgroup is not None:
        assert brief.group is not None
        assert brief.subgroup in MAIN.group(brief.group).subgroups
