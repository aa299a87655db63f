from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_batch import Way
from ssp_coder.media.errors import MediaError
from ssp_coder.media.overlay import Caption
from ssp_coder.reporting.clip_orders import (
    Manner,
    Recording,
    begins_early_us,
    estimated_bytes,
    plan_clip,
    stems_of,
)
from ssp_coder.reporting.clip_wishes import Wish
from tests.unit.reporting.clip_desk import FPS, film_index

PLACE = Path("clip.mp4")
SECOND = 1_000_000


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    """A minute of film in a megabyte."""
    video = tmp_path / "S1 room.mp4"
    video.write_bytes(bytes(1_000_000))
    return Recording(video=video, index=film_index(60), pixels=640 * 480)


def wish(start: float, end: float, **more) -> Wish:
    span = Span(start_us=Micros(round(start * SECOND)), end_us=Micros(round(end * SECOND)))
    known = {"name": f"w{start}", "moment_us": span.start_us, **more}
    return Wish(span=span, **known)


# ---------------------------------------------------------------- plans


def test_a_plan_takes_what_is_wanted_and_how(recording: Recording) -> None:
    words = (Caption(span=Span(start_us=Micros(0), end_us=Micros(1)), words="a"),)
    manner = Manner(timecode=True, captions=words, sound=False, overwrite=True)
    plan = plan_clip(recording, wish(10, 12), PLACE, manner)
    assert plan.span == wish(10, 12).span
    assert (plan.overlay.timecode, plan.overlay.captions) == (True, words)
    assert (plan.sound, plan.overwrite, plan.place) == (False, True, PLACE)


@pytest.mark.parametrize("offset", [-2.4, 4.0])
def test_another_camera_is_cut_in_its_own_time(recording: Recording, offset: float) -> None:
    second = replace(recording, camera=2, offset_us=Micros(round(offset * SECOND)))
    plan = plan_clip(second, wish(10, 12), PLACE, Manner(timecode=True))
    assert plan.frames()[0] == round((10 - offset) * FPS)
    assert len(plan.frames()) == 2 * FPS
    assert plan.overlay.lines_at(plan.span.start_us) == ("00:00:10.000",)


def test_captions_are_read_at_the_time_of_the_session(recording: Recording) -> None:
    said = Caption(span=wish(10, 11).span, words="now")
    second = replace(recording, offset_us=Micros(4 * SECOND))
    plan = plan_clip(second, wish(9, 12), PLACE, Manner(captions=(said,)))
    assert plan.overlay.lines_at(6 * SECOND) == ("now",)
    assert plan.overlay.lines_at(10 * SECOND) == ()


def test_a_picture_shows_the_event_itself_and_not_its_margin(recording: Recording) -> None:
    wanted = wish(8, 15, moment_us=Micros(10 * SECOND))
    plan = plan_clip(recording, wanted, Path("a.png"), Manner(way=Way.PICTURE))
    assert plan.frames() == range(10 * FPS, 10 * FPS + 1)
    assert not plan.sound


# ---------------------------------------------------------------- copies and sizes


def test_a_copy_tells_how_early_it_begins(recording: Recording) -> None:
    assert begins_early_us(plan_clip(recording, wish(10, 12), PLACE, Manner())) == 0
    assert begins_early_us(plan_clip(recording, wish(11.5, 12), PLACE, Manner())) == 1_500_000


def test_a_copy_is_as_large_as_its_share_with_what_comes_before(recording: Recording) -> None:
    plan = plan_clip(recording, wish(11, 14), PLACE, Manner(way=Way.COPY))
    assert estimated_bytes(plan, recording, Way.COPY) == round(1_000_000 * 4 / 60)


def test_an_exact_clip_grows_but_not_beyond_what_pictures_take(recording: Recording) -> None:
    plan = plan_clip(recording, wish(10, 16), PLACE, Manner(sound=False))
    assert estimated_bytes(plan, recording, Way.EXACT) == 200_000
    tape = replace(recording, pixels=2_000)
    assert estimated_bytes(plan, tape, Way.EXACT) == 6 * FPS * 2_000 * 4 // 80


def test_without_a_known_size_of_pictures_there_is_still_an_estimate(recording: Recording) -> None:
    plan = plan_clip(recording, wish(10, 16), PLACE, Manner(sound=False))
    assert estimated_bytes(plan, replace(recording, pixels=0), Way.EXACT) == 200_000


def test_a_picture_is_sized_by_its_pixels(recording: Recording) -> None:
    plan = plan_clip(recording, wish(10, 16), Path("a.png"), Manner(way=Way.PICTURE))
    assert estimated_bytes(plan, recording, Way.PICTURE) == round(640 * 480 * 1.6)


@pytest.mark.parametrize("way", list(Way))
def test_a_stretch_outside_the_recording_has_no_size(recording: Recording, way: Way) -> None:
    plan = plan_clip(recording, wish(80, 90), PLACE, Manner(way=way))
    with pytest.raises(MediaError, match="has nothing from"):
        estimated_bytes(plan, recording, way)


# ---------------------------------------------------------------- names


def test_names_tell_what_is_known_of_each_clip(recording: Recording) -> None:
    wishes = (wish(8, 9, episode="E1", code="a.b", moment_us=Micros(8_250_000)), wish(70, 71))
    pattern = "{session}_{camera}_{video}_{number}_{episode}_{code}_{time}"
    second = replace(recording, camera=2)
    assert stems_of(pattern, wishes, second, "S1") == (
        "S1_camera2_S1-room_1_E1_a-b_00-00-08-250",
        "S1_camera2_S1-room_2_00-01-10-000",
    )


def test_numbers_sort_as_they_count(recording: Recording) -> None:
    wishes = tuple(wish(second, second + 1) for second in range(11))
    stems = stems_of("{number}", wishes, recording, "S1")
    assert (stems[0], stems[-1]) == ("01", "11")
    assert list(stems) == sorted(stems)


def test_clips_of_one_name_are_told_apart(recording: Recording) -> None:
    assert stems_of("{session}", (wish(1, 2), wish(3, 4)), recording, "S1") == ("S1", "S1-2")


def test_an_unknown_field_is_refused(recording: Recording) -> None:
    with pytest.raises(DomainError, match="no part of a clip's name"):
        stems_of("{child}", (wish(1, 2),), recording, "S1")
