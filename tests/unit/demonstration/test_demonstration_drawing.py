from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from demonstration_stories import small_story

from ssp_coder.demonstration.barcode import read_number
from ssp_coder.demonstration.drawing import DIGITS, PLATE, Painter
from ssp_coder.demonstration.pen import colour
from ssp_coder.demonstration.room import CORRIDOR, RED, USUAL
from ssp_coder.demonstration.story import Story, bundled_story


@pytest.fixture(scope="module")
def story() -> Story:
    return bundled_story()


def pixels_of(image: np.ndarray, bgr: tuple[int, int, int]) -> int:
    return int((image == bgr).all(axis=2).sum())


def difference(one: np.ndarray, other: np.ndarray) -> int:
    """Pixels of the room that differ, timecode and frame number left out."""
    room = slice(0, one.shape[0] - 30)
    return int((one[room] != other[room]).any(axis=2).sum())


def frames_hash(story: Story, count: int) -> str:
    painter = Painter(story)
    digest = hashlib.sha256()
    for number in range(count):
        digest.update(painter.frame(number).tobytes())
    return digest.hexdigest()


def test_the_first_fifty_frames_come_out_the_same_twice(story: Story) -> None:
    assert frames_hash(story, 50) == frames_hash(story, 50)


def test_a_frame_does_not_depend_on_what_was_drawn_before(story: Story) -> None:
    painter = Painter(story)
    for number in (1_485, 0, 3_000, 700):
        painter.frame(number)
    assert np.array_equal(painter.frame(1_330), Painter(story).frame(1_330))


@pytest.mark.parametrize("zoom", [0.6, 1.0, 1.2])
def test_the_frame_has_the_size_of_its_zoom(story: Story, zoom: float) -> None:
    painter = Painter(story, zoom=zoom)
    assert painter.size == (round(640 * zoom), round(360 * zoom))
    assert painter.frame(0).shape == (round(360 * zoom), round(640 * zoom), 3)


def test_sizes_are_even_as_video_wants_them(story: Story) -> None:
    assert all(side % 2 == 0 for side in Painter(story, zoom=1.2).size)


@pytest.mark.parametrize("number", [0, 1, 49, 1_000, 3_024])
def test_every_frame_carries_its_number(story: Story, number: int) -> None:
    assert read_number(Painter(story).frame(number)) == number


def test_the_timecode_has_a_plate_and_digits(story: Story) -> None:
    corner = Painter(story).frame(100)[335:353, 8:112]
    assert pixels_of(corner, PLATE) > 800
    assert (np.abs(corner.astype(int) - DIGITS).max(axis=2) < 60).sum() > 80


def test_the_timecode_changes_with_every_frame(story: Story) -> None:
    painter = Painter(story)
    plates = {painter.frame(number)[335:353, 8:112].tobytes() for number in range(60)}
    assert len(plates) == 60


def test_at_first_the_room_is_empty_and_the_door_closed(story: Story) -> None:
    painter = Painter(story)
    assert difference(painter.frame(0), painter.frame(15)) == 0
    assert pixels_of(painter.frame(0), CORRIDOR) < 40


def test_at_the_start_of_a_reunion_the_door_is_open(story: Story) -> None:
    assert pixels_of(Painter(story).frame(52 * 25), CORRIDOR) > 3_000


def test_people_outside_are_hidden_by_the_wall(tmp_path: Path) -> None:
    hidden = Painter(small_story(tmp_path, ann="outside", bob="outside")).frame(10).copy()
    shown = Painter(small_story(tmp_path, ann="left", bob="outside")).frame(10)
    assert difference(hidden, shown) > 3_000
    rug_only = Painter(small_story(tmp_path, ann="outside", bob="outside")).frame(200)
    assert difference(hidden, rug_only) == 0


def test_someone_in_the_doorway_shows_only_there(tmp_path: Path) -> None:
    beats = (
        'at = 0.0, does = "door", level = 1.0',
        'at = 1.0, lasts = 2.0, who = "ann", does = "walk", to = "sill"',
    )
    painter = Painter(small_story(tmp_path, *beats, ann="outside", bob="outside"))
    before = painter.frame(10).copy()
    passing = painter.frame(46)
    changed = np.nonzero((before != passing)[:330].any(axis=(0, 2)))[0]
    assert len(changed) > 5
    assert changed.min() >= 56
    assert changed.max() <= 132


def test_who_stands_nearer_covers_who_stands_behind(tmp_path: Path) -> None:
    walk = 'at = 0.0, lasts = 1.0, who = "ann", does = "walk", to = "front"'
    painter = Painter(small_story(tmp_path, walk))
    with_ball_behind = painter.frame(100)
    assert (
        pixels_of(with_ball_behind[:345], RED)
        < pixels_of(Painter(small_story(tmp_path)).frame(0)[:345], RED) + 60
    )


def test_a_toy_in_the_hand_is_gone_from_the_floor(tmp_path: Path) -> None:
    grasp = 'at = 1.0, who = "bob", does = "grasp", to = "ball"'
    painter = Painter(small_story(tmp_path, grasp))
    floor = slice(308, 340), slice(304, 336)
    before = pixels_of(painter.frame(20)[floor], RED)
    after = pixels_of(painter.frame(30)[floor], RED)
    assert before > 300
    assert after == 0


def test_a_carried_child_is_drawn_once_with_the_carrier(tmp_path: Path) -> None:
    carry = 'at = 1.0, lasts = 0.4, who = "ann", does = "carry", to = "bob"'
    painter = Painter(small_story(tmp_path, carry))
    floor = slice(200, 290), slice(400, 480)
    empty = Painter(small_story(tmp_path, bob="outside")).frame(100)[floor].copy()
    assert (painter.frame(10)[floor] != empty).any()
    assert np.array_equal(painter.frame(100)[floor], empty)


def test_something_moves_between_most_frames_of_the_story(story: Story) -> None:
    painter = Painter(story)
    moved = 0
    before = painter.frame(1_200).copy()
    for number in range(1_201, 1_301):
        now = painter.frame(number)
        moved += difference(before, now) > 0
        before = now.copy()
    assert moved > 90


def test_the_rug_is_never_wholly_covered(story: Story) -> None:
    painter = Painter(story)
    assert (
        min(pixels_of(painter.frame(number), colour(USUAL.rug)) for number in range(0, 3_025, 100))
        > 8_000
    )
