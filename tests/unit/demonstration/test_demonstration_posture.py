from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.demonstration.posture import (
    ADULT,
    ADULT_POSTURES,
    BABY,
    BABY_POSTURES,
    POSTURES,
    Build,
    Posture,
    bend,
    blend_postures,
    head_middle,
    mix_points,
    shoulder,
)

COORDINATE = st.floats(-200.0, 200.0)
POINT = st.tuples(COORDINATE, COORDINATE)
LENGTH = st.floats(5.0, 60.0)


@given(POINT, POINT, LENGTH, LENGTH, st.sampled_from((-1, 1)))
def test_a_limb_keeps_its_two_lengths(
    root: tuple[float, float],
    tip: tuple[float, float],
    upper: float,
    lower: float,
    side: int,
) -> None:
    joint, reached = bend(root, tip, (upper, lower), side)
    assert math.dist(root, joint) == pytest.approx(upper, abs=0.6)
    assert math.dist(joint, reached) == pytest.approx(lower, abs=0.6)


def test_a_limb_reaches_a_tip_within_its_length() -> None:
    _, reached = bend((0, 0), (30, 10), (20, 20), 1)
    assert reached == pytest.approx((30, 10))


def test_a_tip_out_of_reach_is_pulled_in_along_the_line() -> None:
    _, reached = bend((0, 0), (300, 0), (20, 20), 1)
    assert reached == pytest.approx((39.8, 0))


def test_the_side_says_which_way_the_joint_bends() -> None:
    left, _ = bend((0, 0), (30, 0), (20, 20), 1)
    right, _ = bend((0, 0), (30, 0), (20, 20), -1)
    assert left[1] > 0 > right[1]


def test_a_tip_on_the_root_does_not_break_the_limb() -> None:
    joint, reached = bend((5, 5), (5, 5), (20, 20), 1)
    assert all(math.isfinite(part) for part in (*joint, *reached))


def test_an_upright_trunk_puts_the_shoulders_above_the_hip() -> None:
    posture = Posture(hip=(3, 80), lean=0.0, feet=((0, 0), (0, 0)), hands=((0, 0), (0, 0)))
    assert shoulder(posture, ADULT) == pytest.approx((3, 80 + ADULT.trunk))


def test_a_trunk_that_leans_brings_the_head_forward_and_down() -> None:
    standing, bending = ADULT_POSTURES["standing"], ADULT_POSTURES["bending"]
    assert head_middle(bending, ADULT)[0] > head_middle(standing, ADULT)[0] + 20
    assert head_middle(bending, ADULT)[1] < head_middle(standing, ADULT)[1] - 20


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_a_blend_lies_between_its_postures(weight: float) -> None:
    before, after = ADULT_POSTURES["standing"], ADULT_POSTURES["seated"]
    blend = blend_postures(before, after, weight)
    assert blend.hip == mix_points(before.hip, after.hip, weight)
    assert blend.feet[1] == mix_points(before.feet[1], after.feet[1], weight)
    assert blend.hands[0] == mix_points(before.hands[0], after.hands[0], weight)
    assert blend.lean == pytest.approx(before.lean + (after.lean - before.lean) * weight)


@pytest.mark.parametrize(
    ("name", "posture"), sorted({**ADULT_POSTURES}.items(), key=lambda item: item[0])
)
def test_the_feet_of_an_adult_are_within_reach_of_the_legs(name: str, posture: Posture) -> None:
    for foot in posture.feet:
        assert math.dist(posture.hip, foot) <= ADULT.thigh + ADULT.shin, name


@pytest.mark.parametrize(
    ("name", "posture"),
    [(name, posture) for name, posture in sorted(BABY_POSTURES.items())],
)
def test_the_hands_of_the_child_are_near_its_reach(name: str, posture: Posture) -> None:
    for hand in posture.hands:
        reach = BABY.upper_arm + BABY.fore_arm
        assert math.dist(shoulder(posture, BABY), hand) <= reach + 12, name


@pytest.mark.parametrize("build", [ADULT, BABY])
def test_every_part_of_a_body_has_a_length(build: Build) -> None:
    assert min(build.trunk, build.upper_arm, build.fore_arm, build.thigh, build.shin) > 0


def test_who_sits_is_lower_than_who_stands() -> None:
    heights = {name: head_middle(posture, ADULT)[1] for name, posture in ADULT_POSTURES.items()}
    assert heights["kneeling"] < heights["seated"] + 5 < heights["standing"]


def test_the_child_crawls_lower_than_it_stands() -> None:
    heights = {name: head_middle(posture, BABY)[1] for name, posture in BABY_POSTURES.items()}
    assert heights["crawling"] < heights["upright"]
    assert heights["seated"] < heights["upright"]


def test_stories_open_with_the_child_seated_and_adults_standing() -> None:
    assert {figure: next(iter(postures)) for figure, postures in POSTURES.items()} == {
        "adult": "standing",
        "baby": "seated",
    }
