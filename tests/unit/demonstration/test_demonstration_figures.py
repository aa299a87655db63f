from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from demonstration_people import actor, box, close_to, inked, person, sheet
from numpy.typing import NDArray

from ssp_coder.demonstration.figures import draw_adult, draw_baby, hold_point, spot_of
from ssp_coder.demonstration.pen import Pen
from ssp_coder.demonstration.posture import ADULT_POSTURES, BABY_POSTURES
from ssp_coder.demonstration.room import RED
from ssp_coder.demonstration.staging import Presence, Walk

TOP = (0xFF, 0x00, 0x00)
LEGS = (0x00, 0xFF, 0x00)
BABY_TOP = (0x00, 0xFF, 0xFF)


def adult(carried: Presence | None = None, **changes: Any) -> NDArray[np.uint8]:  # Presence fields
    image = sheet()
    draw_adult(Pen(image, 1.0), person(**changes), carried, 1_000_000)
    return image


def baby(**changes: Any) -> NDArray[np.uint8]:  # Presence fields
    image = sheet()
    draw_baby(Pen(image, 1.0), person("baby", **changes), 1_000_000)
    return image


def child(lift: float) -> Presence:
    return person(
        "baby",
        actor=actor("baby", top="#ffff00", hair_style="short"),
        x=380.0,
        carrier="ann",
        lift=lift,
        facing=-1.0,
        posture=BABY_POSTURES["held"],
    )


def rows_of(image: NDArray[np.uint8], bgr: tuple[int, int, int]) -> NDArray[np.intp]:
    return np.nonzero(np.abs(image.astype(int) - bgr).max(axis=2) < 40)[0]


@pytest.mark.parametrize("name", sorted(ADULT_POSTURES))
def test_an_adult_stands_on_the_floor_in_every_posture(name: str) -> None:
    _, top, _, bottom = box(inked(adult(posture=ADULT_POSTURES[name])))
    assert 290 <= bottom <= 312
    assert top < 230


@pytest.mark.parametrize("name", ["seated", "crawling", "upright"])
def test_the_child_is_on_the_floor_in_every_posture(name: str) -> None:
    _, top, _, bottom = box(inked(baby(posture=BABY_POSTURES[name])))
    assert 290 <= bottom <= 312
    assert 190 < top < 260


def test_an_adult_is_about_twice_as_tall_as_the_sitting_child() -> None:
    heights = [box(inked(picture))[3] - box(inked(picture))[1] for picture in (adult(), baby())]
    assert 2.0 < heights[0] / heights[1] < 3.0


def test_top_and_trousers_have_their_colours() -> None:
    image = adult()
    assert rows_of(image, TOP).mean() < rows_of(image, LEGS).mean()


def test_who_is_further_back_is_drawn_smaller() -> None:
    near, far = box(inked(adult(y=300.0))), box(inked(adult(y=215.0)))
    assert far[3] - far[1] < 0.8 * (near[3] - near[1])


def test_facing_left_mirrors_the_figure() -> None:
    right = adult(facing=1.0, posture=ADULT_POSTURES["seated"])
    left = adult(facing=-1.0, posture=ADULT_POSTURES["seated"])
    assert box(inked(right))[2] - 320 == pytest.approx(320 - box(inked(left))[0], abs=3)


def test_walking_moves_the_legs() -> None:
    pictures = {
        adult(walk=Walk(distance=distance, vigour=1.0)).tobytes() for distance in (0.0, 20.0, 40.0)
    }
    assert len(pictures) == 3


def test_a_stride_comes_round() -> None:
    stride = 124.0
    one = adult(walk=Walk(distance=10.0, vigour=1.0))
    other = adult(walk=Walk(distance=10.0 + stride, vigour=1.0))
    assert np.array_equal(one, other)


def test_standing_still_moves_nothing() -> None:
    one = adult(walk=Walk(distance=10.0, vigour=0.0))
    other = adult(walk=Walk(distance=50.0, vigour=0.0))
    assert np.array_equal(one, other)


def test_crawling_moves_hands_and_feet() -> None:
    pictures = {
        baby(posture=BABY_POSTURES["crawling"], walk=Walk(distance=distance, vigour=1.0)).tobytes()
        for distance in (0.0, 8.0, 16.0)
    }
    assert len(pictures) == 3


def test_stretching_out_reaches_forward() -> None:
    chest = slice(250, 275)
    rest = box(inked(baby())[chest])
    reaching = box(inked(baby(reach=(500.0, 250.0), reach_weight=1.0))[chest])
    assert reaching[2] > rest[2] + 15


def test_a_toy_that_is_offered_stays_between_giver_and_taker() -> None:
    image = adult(grasp="ball", reach=(400.0, 190.0), reach_weight=1.0)
    toy = np.nonzero(np.abs(image.astype(int) - RED).max(axis=2) < 12)[1]
    assert 335 < toy.mean() < 385


def test_an_adult_reaches_further_than_the_child() -> None:
    grown = box(inked(adult(reach=(600.0, 200.0), reach_weight=1.0)))
    small = box(inked(baby(reach=(600.0, 250.0), reach_weight=1.0)))
    assert grown[2] > small[2] + 15


def test_a_toy_in_the_childs_hand_is_drawn() -> None:
    assert close_to(baby(grasp="ball"), RED) > close_to(baby(), RED) + 100


def test_a_toy_in_an_adults_hand_is_drawn() -> None:
    assert close_to(adult(grasp="ball"), RED) > close_to(adult(), RED) + 100


def test_hard_crying_shakes_the_child() -> None:
    pictures = {
        rows_of(baby(weep=3, weep_since_us=since), TOP).tobytes()
        for since in (0, 150_000, 300_000, 450_000)
    }
    assert len(pictures) > 2


def test_fussing_does_not_shake_the_child() -> None:
    one, other = (baby(weep=1, weep_since_us=since) for since in (100_000, 140_000))
    assert np.array_equal(one[270:], other[270:])


def test_a_child_not_lifted_yet_is_drawn_on_the_floor() -> None:
    image = adult(child(0.0))
    assert rows_of(image, BABY_TOP).max() > 285


def test_a_child_lifted_is_drawn_at_the_chest() -> None:
    rows = rows_of(adult(child(1.0)), BABY_TOP)
    assert rows.max() < 230
    assert rows.min() > 120


def test_a_child_rises_on_the_way_up() -> None:
    heights = [rows_of(adult(child(lift)), BABY_TOP).mean() for lift in (0.0, 0.5, 1.0)]
    assert heights == sorted(heights, reverse=True)


def test_the_carriers_face_shows_above_the_child() -> None:
    rows = rows_of(adult(child(1.0)), BABY_TOP)
    head_top = box(inked(adult()))[1]
    assert rows.min() > head_top + 35


def test_the_hold_follows_the_carrier() -> None:
    carrier = person()
    moved = replace(carrier, x=carrier.x + 100)
    assert hold_point(moved)[0] - hold_point(carrier)[0] == pytest.approx(100)


def test_the_hold_is_in_front_of_the_carrier() -> None:
    assert hold_point(person(facing=1.0))[0] > 320 > hold_point(person(facing=-1.0))[0]


def test_a_kneeling_carrier_holds_lower() -> None:
    kneeling = person(posture=ADULT_POSTURES["kneeling"])
    assert hold_point(kneeling)[1] > hold_point(person())[1] + 20


def test_a_spot_takes_its_size_from_the_depth() -> None:
    assert spot_of(person(y=215.0)).scale < spot_of(person(y=300.0)).scale == 1.0


@pytest.mark.parametrize("facing", [-1.0, -0.1, 0.0, 0.1, 1.0])
def test_a_figure_in_the_middle_of_a_turn_can_be_drawn(facing: float) -> None:
    image = adult(facing=facing, reach=(400.0, 200.0), reach_weight=0.5)
    assert inked(image).sum() > 2_000
