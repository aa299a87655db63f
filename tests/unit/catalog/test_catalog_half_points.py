"""Half points: off in the bundled schemes, on by one word in a scheme."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssp_coder.domain.scale import Points, ScaleId, ScaleRole
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_scores
from tests.unit.catalog.catalog_lab import Lab

SCHEME = "schemas/schemes/infant.toml"
WHOLE = "half_points = false"
HALF = "half_points = true"
CLASSIC = {"pcs_c_5": 5, "cm_c_5": 5, "avo_c_5": 1, "res_c_5": 1} | {
    "pcs_c_8": 6,
    "cm_c_8": 6,
    "avo_c_8": 1,
    "res_c_8": 1,
}


@pytest.fixture
def halves(lab: Lab) -> Scheme:
    lab.change(SCHEME, WHOLE, HALF)
    return lab.load()


def facts(**scores: float) -> Facts:
    values = {name: Points(float(value)) for name, value in scores.items()}
    return facts_from_scores(values, d_decision=None, d_assessed=True)


def verdict(scheme: Scheme, **scores: float) -> Verdict:
    return evaluate(scheme.rules, facts(**scores), sha256=scheme.rules_sha256)


def test_whole_points_are_what_a_scheme_has_unless_it_says_otherwise(infant: Scheme) -> None:
    assert {one.step for one in infant.scales} == {1}
    assert {entry.step for entry in infant.rules.inputs} == {1}


@pytest.mark.parametrize("name", ["pcs", "cm", "res", "avo", "dist", "dorg"])
def test_halves_are_points_of_the_interactive_scales_and_of_d(halves: Scheme, name: str) -> None:
    scale = halves.scale(ScaleId(name))
    assert scale.allows(3.5)
    assert scale.allows(scale.maximum)
    assert not scale.allows(3.25)
    assert not scale.allows(scale.maximum + 0.5)


def test_search_and_the_rest_stay_in_whole_points(halves: Scheme) -> None:
    kept = [one for one in halves.scales if one.role is ScaleRole.SEARCH]
    assert kept
    assert not any(one.allows(3.5) for one in kept)


def test_what_a_table_reads_has_the_step_of_its_scale(halves: Scheme) -> None:
    for entry in halves.rules.inputs:
        rated = halves.has_slot(entry.id)
        assert entry.step == (0.5 if rated else 1), entry.id


def test_anchors_stay_at_whole_points(halves: Scheme, infant: Scheme) -> None:
    for one in halves.scales:
        assert one.anchors == infant.scale(one.id).anchors


def test_five_and_a_half_is_above_the_decision_point(halves: Scheme) -> None:
    assert verdict(halves, **CLASSIC, dorg=5.5).group == "D"
    assert verdict(halves, **CLASSIC, dorg=4.5).group == "B"


def test_a_half_inside_the_bands_gives_the_class_of_its_neighbours(halves: Scheme) -> None:
    classic = verdict(halves, **CLASSIC, dorg=2)
    half = verdict(halves, **{**CLASSIC, "pcs_c_8": 6.5}, dorg=2)
    assert (half.group, half.subgroup) == (classic.group, classic.subgroup)


def test_one_step_that_would_turn_it_is_half_a_point(halves: Scheme) -> None:
    for turn in verdict(halves, **{**CLASSIC, "avo_c_8": 3.5}, dorg=2).turns:
        if halves.has_slot(turn.input):
            assert abs(turn.to_value - turn.from_value) == 0.5


def test_the_option_changes_the_hash_of_the_scheme_and_not_of_its_table(
    halves: Scheme, infant: Scheme
) -> None:
    assert halves.sha256 != infant.sha256
    assert halves.rules_sha256 == infant.rules_sha256


def test_the_option_is_yes_or_no(lab: Lab) -> None:
    line = lab.change(SCHEME, WHOLE, 'half_points = "yes"')
    finding = lab.finding()
    assert finding.place == lab.place(SCHEME, line)
    assert "true or false" in finding.message


def test_a_table_need_not_be_changed_for_it(lab: Lab) -> None:
    lab.change(SCHEME, WHOLE, HALF)
    assert lab.load().rules.id == lab.load("demonstration").rules.id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ratings=st.fixed_dictionaries({name: st.integers(1, 7) for name in CLASSIC}),
    halved=st.sampled_from(sorted(CLASSIC)),
)
def test_a_half_point_leaves_open_what_its_neighbours_do_not_agree_on(
    halves: Scheme, infant: Scheme, ratings: dict[str, int], halved: str
) -> None:
    below = min(ratings[halved], 6)
    between = verdict(halves, **{**ratings, halved: below + 0.5}, dorg=1)
    groups = {
        group
        for neighbour in (below, below + 1)
        for group in verdict(infant, **{**ratings, halved: neighbour}, dorg=1).possible
    }
    assert set(between.possible) == groups
