"""The pictures of the drawn cases, and what the pack added to the drawing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from demonstration_pack_cases import DRAWN, drawn, plan
from demonstration_people import close_to, person, sheet
from demonstration_stories import small_story
from numpy.typing import NDArray

from ssp_coder.demonstration.barcode import read_number
from ssp_coder.demonstration.drawing import Painter
from ssp_coder.demonstration.faces import AFRAID, EYE_WHITE, aim, draw_head
from ssp_coder.demonstration.pen import Pen, colour
from ssp_coder.demonstration.posture import BABY, BABY_POSTURES, head_middle
from ssp_coder.demonstration.room import CORRIDOR, HEIGHT
from ssp_coder.demonstration.sound import RATE, make_track
from ssp_coder.demonstration.story import RoomColours, Story, StoryError
from ssp_coder.domain.time import SECOND_US

every_case = pytest.mark.parametrize("case_id", DRAWN)


def frame_of(story: Story, number: int, zoom: float | None = None) -> NDArray[np.uint8]:
    return Painter(story, zoom=zoom or plan().zoom).frame(number).copy()


def reunion_frame(case_id: str, episode: str, seconds: float) -> int:
    case = drawn(case_id)
    start = dict(case.starts)[episode]
    return round((start + seconds * SECOND_US) / case.story.frame_us)


def corridor_columns(image: NDArray[np.uint8]) -> NDArray[np.int64]:
    shown = (np.abs(image.astype(int) - CORRIDOR).max(axis=2) <= 6).any(axis=0)
    return np.nonzero(shown)[0]


# ---------------------------------------------------------------- the cases


@every_case
@pytest.mark.parametrize("episode", ["EP2", "EP5", "EP8"])
def test_every_frame_carries_its_number_also_in_a_small_picture(case_id: str, episode: str) -> None:
    number = reunion_frame(case_id, episode, 3.0)
    assert read_number(frame_of(drawn(case_id).story, number)) == number


@every_case
def test_the_same_frame_always_comes_out_the_same(case_id: str) -> None:
    number = reunion_frame(case_id, "EP5", 6.0)
    painter = Painter(drawn(case_id).story, zoom=plan().zoom)
    painter.frame(number + 40)
    assert (painter.frame(number) == frame_of(drawn(case_id).story, number)).all()


@every_case
def test_the_door_stands_where_the_case_says(case_id: str) -> None:
    case = drawn(case_id)
    image = frame_of(case.story, reunion_frame(case_id, "EP5", -0.1))
    columns = corridor_columns(image)
    middle = image.shape[1] / 2
    assert columns.size
    assert (columns.mean() > middle) == case.file.mirrored


@every_case
def test_the_child_can_be_seen_in_both_reunions(case_id: str) -> None:
    case = drawn(case_id)
    child = next(actor for actor in case.story.actors if actor.figure == "baby")
    for episode in ("EP5", "EP8"):
        for seconds in (1.0, 9.0, 13.0):
            image = frame_of(case.story, reunion_frame(case_id, episode, seconds))
            assert close_to(image, colour(child.top)) > 60, (episode, seconds)


@every_case
def test_a_film_is_of_a_size_that_video_wants(case_id: str) -> None:
    width, height = Painter(drawn(case_id).story, zoom=plan().zoom).size
    assert width % 2 == height % 2 == 0
    assert 320 <= width <= 640


def test_crying_is_to_be_heard_where_it_is_to_be_seen() -> None:
    loud = next(c for c in DRAWN if drawn(c).story.weeping())
    quiet = next(c for c in DRAWN if not drawn(c).story.weeping())
    heard = {
        case: np.abs(make_track(drawn(case).story).astype(int)).max() for case in (loud, quiet)
    }
    assert heard[loud] > 2 * heard[quiet]
    assert len(make_track(drawn(loud).story)) == drawn(loud).story.length_us * RATE // SECOND_US


def test_a_frozen_child_moves_less_than_a_playing_one() -> None:
    case_id = next(c for c in DRAWN if any(b.does == "dread" for b in drawn(c).story.beats))
    story = drawn(case_id).story
    start = reunion_frame(case_id, "EP8", 8.6)
    still = [frame_of(story, start + 4 * step, 1.0)[: HEIGHT - 30] for step in range(10)]
    moving = [
        frame_of(story, reunion_frame(case_id, "EP8", 5.6) + 4 * step, 1.0)[: HEIGHT - 30]
        for step in range(7)
    ]
    changed = [
        np.mean([(one != other).any(axis=2).mean() for one, other in pairwise(f)])
        for f in (still, moving)
    ]
    assert changed[0] < changed[1] / 4


# ---------------------------------------------------------------- mirrored rooms


def test_a_mirrored_room_is_the_picture_the_other_way_round(tmp_path: Path) -> None:
    story = small_story(tmp_path, 'at = 0.0, does = "door", level = 1.0, lasts = 0.4')
    plain, turned = frame_of(story, 20, 1.0), frame_of(replace(story, mirrored=True), 20, 1.0)
    assert (plain[: HEIGHT - 30] == turned[: HEIGHT - 30, ::-1]).all()


def test_timecode_and_number_are_not_mirrored(tmp_path: Path) -> None:
    story = small_story(tmp_path)
    plain, turned = frame_of(story, 7, 1.0), frame_of(replace(story, mirrored=True), 7, 1.0)
    assert read_number(turned) == 7
    assert (plain[HEIGHT - 24 : HEIGHT - 9, 9:111] == turned[HEIGHT - 24 : HEIGHT - 9, 9:111]).all()


def test_a_room_has_the_colours_of_its_story(tmp_path: Path) -> None:
    story = replace(small_story(tmp_path), room=RoomColours(wall="#112233", floor="#445566"))
    image = frame_of(story, 0, 1.0)
    assert tuple(image[20, 500]) == colour("#112233")
    assert tuple(image[300, 15]) == colour("#445566")


# ---------------------------------------------------------------- fear


def head_with(dread: float, time_us: int = 0, **changes: float) -> NDArray[np.uint8]:
    image = sheet()
    scared = person("baby", dread=dread, **changes)
    draw_head(Pen(image, 1.0), aim((320.0, 180.0), 40.0, (320.0, 180.0), 1.0), scared, time_us)
    return image


def test_fear_opens_the_eyes_wide() -> None:
    white = colour(EYE_WHITE) if isinstance(EYE_WHITE, str) else EYE_WHITE
    assert close_to(head_with(1.0), white, 4) > close_to(head_with(0.0), white, 4) + 40


def test_fear_does_not_blink() -> None:
    pictures = [head_with(1.0, time_us) for time_us in range(0, 4_000_000, 50_000)]
    assert all((picture == pictures[0]).all() for picture in pictures)


def test_a_calm_face_blinks() -> None:
    pictures = [head_with(0.0, time_us) for time_us in range(0, 4_000_000, 50_000)]
    assert any((picture != pictures[0]).any() for picture in pictures)


def test_fear_shows_once_it_is_more_than_half_there() -> None:
    assert (head_with(AFRAID) == head_with(0.0)).all()
    assert (head_with(AFRAID + 0.1) != head_with(0.0)).any()


def test_crying_covers_fear() -> None:
    assert (head_with(1.0, weep=2) == head_with(0.0, weep=2)).all()


def test_fear_has_no_more_levels_than_there_and_gone(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="level 2 is not one of 0 to 1"):
        small_story(tmp_path, 'at = 0.0, who = "bob", does = "dread", level = 2.0')


# ---------------------------------------------------------------- new postures


def test_a_huddled_child_is_lower_than_a_seated_one() -> None:
    seated, huddled = (head_middle(BABY_POSTURES[name], BABY)[1] for name in ("seated", "huddled"))
    assert huddled < seated - 8


def test_an_arching_child_leans_away_from_who_holds() -> None:
    clinging, held, arching = (
        head_middle(BABY_POSTURES[name], BABY)[0] for name in ("clinging", "held", "arching")
    )
    assert arching < held < clinging
