from __future__ import annotations

from pathlib import Path

import pytest
from demonstration_stories import at, small_story

from ssp_coder.demonstration.posture import ADULT_POSTURES, BABY_POSTURES
from ssp_coder.demonstration.staging import (
    TURN_US,
    WALL_Y,
    Presence,
    Scene,
    Stage,
    depth_scale,
)
from ssp_coder.demonstration.story import StoryError, bundled_story
from ssp_coder.domain.time import Micros


def scene(folder: Path, seconds: str, *beats: str, **changes: str) -> Scene:
    return Stage(small_story(folder, *beats, **changes)).scene(at(seconds))


def ann(folder: Path, seconds: str, *beats: str, **changes: str) -> Presence:
    return scene(folder, seconds, *beats, **changes).person("ann")


def bob(folder: Path, seconds: str, *beats: str, **changes: str) -> Presence:
    return scene(folder, seconds, *beats, **changes).person("bob")


WALK = 'at = 2.0, lasts = 2.0, who = "ann", does = "walk", to = "right"'
CARRY = 'at = 2.0, lasts = 1.0, who = "ann", does = "carry", to = "bob"'
SET_DOWN = 'at = 5.0, lasts = 1.0, who = "ann", does = "set_down", to = "front"'


def test_at_first_everybody_is_where_they_start(tmp_path: Path) -> None:
    people = scene(tmp_path, "0").people
    assert [(person.x, person.y) for person in people] == [(200.0, 280.0), (440.0, 280.0)]


def test_the_first_postures_are_standing_and_seated(tmp_path: Path) -> None:
    assert ann(tmp_path, "0").posture == ADULT_POSTURES["standing"]
    assert bob(tmp_path, "0").posture == BABY_POSTURES["seated"]


def test_a_walker_is_half_way_at_half_time(tmp_path: Path) -> None:
    assert ann(tmp_path, "3", WALK).x == pytest.approx(320.0)


def test_a_walker_arrives_when_the_beat_is_done(tmp_path: Path) -> None:
    person = ann(tmp_path, "4", WALK)
    assert (person.x, person.y) == (440.0, 280.0)
    assert person.walk.vigour == 0.0


def test_a_walker_strides_in_between(tmp_path: Path) -> None:
    assert ann(tmp_path, "3", WALK).walk.vigour == 1.0
    assert 0.0 < ann(tmp_path, "2.12", WALK).walk.vigour < 1.0


def test_the_distance_gone_grows_along_the_way(tmp_path: Path) -> None:
    gone = [ann(tmp_path, time, WALK).walk.distance for time in ("1", "2.4", "3", "3.6", "5")]
    assert gone == sorted(gone)
    assert gone[-1] == pytest.approx(240.0 / depth_scale(280.0))


def test_a_walker_faces_the_way_of_the_walk(tmp_path: Path) -> None:
    there = 'at = 2.0, lasts = 1.0, who = "bob", does = "walk", to = "left"'
    back = 'at = 4.0, lasts = 1.0, who = "bob", does = "walk", to = "right"'
    assert bob(tmp_path, "1", there, back).facing == 1.0
    assert bob(tmp_path, "3", there, back).facing == -1.0
    assert bob(tmp_path, "5", there, back).facing == 1.0


def test_turning_round_takes_a_moment(tmp_path: Path) -> None:
    turn = 'at = 2.0, who = "bob", does = "turn", to = "ann"'
    stage = Stage(small_story(tmp_path, turn))
    middle = stage.scene(Micros(at("2") + TURN_US // 2)).person("bob").facing
    assert -1.0 < middle < 1.0
    assert stage.scene(Micros(at("2") + TURN_US)).person("bob").facing == -1.0


def test_turning_to_a_person_goes_by_where_that_person_has_come_to(tmp_path: Path) -> None:
    away = 'at = 1.0, lasts = 1.0, who = "ann", does = "walk", to = "left"'
    near = 'at = 3.0, lasts = 1.0, who = "bob", does = "walk", to = "sill"'
    turn = 'at = 5.0, who = "bob", does = "turn", to = "ann"'
    assert bob(tmp_path, "6", away, near, turn).facing == 1.0


def test_a_pose_is_taken_over_its_beat(tmp_path: Path) -> None:
    pose = 'at = 2.0, lasts = 1.0, who = "ann", does = "pose", to = "kneeling"'
    assert ann(tmp_path, "3", pose).posture == ADULT_POSTURES["kneeling"]
    between = ann(tmp_path, "2.48", pose).posture.hip[1]
    assert ADULT_POSTURES["kneeling"].hip[1] < between < ADULT_POSTURES["standing"].hip[1]


def test_nobody_looks_anywhere_until_told(tmp_path: Path) -> None:
    assert ann(tmp_path, "1").look is None


def test_a_look_rests_on_a_place(tmp_path: Path) -> None:
    look = 'at = 2.0, who = "ann", does = "look", to = "front"'
    assert ann(tmp_path, "4", look).look == (320.0, 330.0)


def test_a_look_at_a_person_meets_the_face(tmp_path: Path) -> None:
    look = 'at = 2.0, who = "bob", does = "look", to = "ann"'
    target = bob(tmp_path, "4", look).look
    assert target is not None
    assert target[0] == 200.0
    assert target[1] < 280.0 - 120.0


def test_a_look_follows_a_walker(tmp_path: Path) -> None:
    look = 'at = 1.0, who = "bob", does = "look", to = "ann"'
    targets = [bob(tmp_path, time, look, WALK).look for time in ("2", "3", "4")]
    across = [target[0] for target in targets if target is not None]
    assert across == sorted(across)
    assert len(set(across)) == 3


def test_a_look_glides_from_one_thing_to_the_next(tmp_path: Path) -> None:
    looks = (
        'at = 1.0, who = "ann", does = "look", to = "left"',
        'at = 2.0, who = "ann", does = "look", to = "right"',
    )
    target = ann(tmp_path, "2.12", *looks).look
    assert target is not None
    assert 200.0 < target[0] < 440.0


def test_hands_stretch_out_and_come_to_rest(tmp_path: Path) -> None:
    beats = (
        'at = 2.0, who = "bob", does = "stretch", to = "ann"',
        'at = 4.0, who = "bob", does = "stretch"',
    )
    weights = [bob(tmp_path, time, *beats).reach_weight for time in ("1", "3", "5")]
    assert weights == [0.0, 1.0, 0.0]


def test_hands_go_to_the_chest_not_to_the_face(tmp_path: Path) -> None:
    beats = (
        'at = 2.0, who = "bob", does = "stretch", to = "ann"',
        'at = 2.0, who = "bob", does = "look", to = "ann"',
    )
    person = bob(tmp_path, "4", *beats)
    assert person.reach is not None
    assert person.look is not None
    assert person.reach[1] > person.look[1] + 20


def test_distress_has_a_level_and_a_beginning(tmp_path: Path) -> None:
    beats = (
        'at = 2.0, who = "bob", does = "weep", level = 2.0',
        'at = 5.0, who = "bob", does = "weep", level = 0.0',
    )
    crying, calm = bob(tmp_path, "3.2", *beats), bob(tmp_path, "6", *beats)
    assert (crying.weep, crying.weep_since_us) == (2, 1_200_000)
    assert calm.weep == 0


def test_distress_begins_on_the_very_frame(tmp_path: Path) -> None:
    beat = 'at = 2.0, who = "bob", does = "weep", level = 1.0'
    assert bob(tmp_path, "1.96", beat).weep == 0
    assert bob(tmp_path, "2.0", beat).weep == 1


def test_talking_begins_and_ends(tmp_path: Path) -> None:
    beats = (
        'at = 2.0, who = "ann", does = "talk", level = 1.0',
        'at = 4.0, who = "ann", does = "talk", level = 0.0',
    )
    assert [ann(tmp_path, time, *beats).talk for time in ("1", "3", "5")] == [0.0, 1.0, 0.0]


def test_a_smile_comes_gradually(tmp_path: Path) -> None:
    beat = 'at = 2.0, who = "bob", does = "beam", level = 1.0'
    assert 0.0 < bob(tmp_path, "2.2", beat).smile < 1.0
    assert bob(tmp_path, "3", beat).smile == 1.0


def test_a_toy_is_taken_and_given_back(tmp_path: Path) -> None:
    beats = (
        'at = 2.0, who = "bob", does = "grasp", to = "ball"',
        'at = 4.0, who = "bob", does = "grasp"',
    )
    assert [bob(tmp_path, time, *beats).grasp for time in ("1", "3", "5")] == ["", "ball", ""]


def test_the_door_swings_over_its_beat(tmp_path: Path) -> None:
    door = 'at = 2.0, lasts = 0.8, does = "door", level = 1.0'
    openings = [scene(tmp_path, time, door).door for time in ("2", "2.4", "2.8", "9")]
    assert openings == pytest.approx([0.0, 0.5, 1.0, 1.0])


def test_a_child_taken_up_rises_to_the_arms(tmp_path: Path) -> None:
    lifts = [bob(tmp_path, time, CARRY).lift for time in ("2", "2.48", "3", "9")]
    assert lifts == sorted(lifts)
    assert (lifts[0], lifts[-1]) == (0.0, 1.0)


def test_a_carried_child_knows_its_carrier_and_hangs_so(tmp_path: Path) -> None:
    person = bob(tmp_path, "4", CARRY)
    assert person.carrier == "ann"
    assert person.posture == BABY_POSTURES["held"]


def test_a_carried_child_faces_its_carrier(tmp_path: Path) -> None:
    people = scene(tmp_path, "4", CARRY)
    assert people.person("bob").facing == -people.person("ann").facing


def test_a_child_set_down_sits_on_the_floor_at_the_place(tmp_path: Path) -> None:
    person = bob(tmp_path, "6", CARRY, SET_DOWN)
    assert (person.x, person.y, person.lift, person.carrier) == (320.0, 330.0, 0.0, "")
    assert person.posture == BABY_POSTURES["seated"]


def test_until_it_is_on_the_floor_the_child_is_carried(tmp_path: Path) -> None:
    assert bob(tmp_path, "5.96", CARRY, SET_DOWN).carrier == "ann"


def test_the_face_of_a_carried_child_is_at_the_carriers(tmp_path: Path) -> None:
    look = 'at = 0.0, who = "ann", does = "look", to = "bob"'
    target = ann(tmp_path, "4", look, CARRY).look
    assert target is not None
    assert abs(target[0] - 200.0) < 60
    assert target[1] < 170


def test_who_carries_nobody_can_set_nobody_down(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="ann carries nobody to set down"):
        scene(tmp_path, "1", SET_DOWN)


def test_a_child_already_set_down_cannot_be_set_down_again(tmp_path: Path) -> None:
    again = 'at = 7.0, lasts = 1.0, who = "ann", does = "set_down", to = "left"'
    with pytest.raises(StoryError, match="ann carries nobody"):
        scene(tmp_path, "1", CARRY, SET_DOWN, again)


def test_who_is_further_back_is_smaller() -> None:
    assert depth_scale(WALL_Y) < depth_scale(260.0) < depth_scale(300.0) == 1.0


def test_asking_twice_gives_the_same_scene() -> None:
    stage = Stage(bundled_story())
    assert stage.scene(at("59.4")) == stage.scene(at("59.4"))


def test_asking_out_of_order_changes_nothing() -> None:
    stage = Stage(bundled_story())
    forward = [stage.scene(Micros(time)) for time in range(0, 121_000_000, 5_000_000)]
    backward = [stage.scene(Micros(time)) for time in range(120_000_000, -1, -5_000_000)]
    assert forward == backward[::-1]


def test_nobody_jumps_in_the_bundled_story() -> None:
    stage = Stage(bundled_story())
    before = stage.scene(Micros(0))
    for time in range(40_000, 121_000_000, 40_000):
        now = stage.scene(Micros(time))
        for was, person in zip(before.people, now.people, strict=True):
            step = abs(person.x - was.x) + abs(person.y - was.y)
            assert step < 30 or person.carrier, (person.actor.name, time)
        before = now


def test_everybody_stays_in_the_picture_or_outside_the_door() -> None:
    stage = Stage(bundled_story())
    for time in range(0, 121_000_000, 200_000):
        for person in stage.scene(Micros(time)).people:
            assert 0 < person.x < 640
            assert 200 < person.y < 345
