from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from demonstration_stories import at, small_story
from numpy.typing import NDArray

from ssp_coder.demonstration.sound import CHIME_HZ, RATE, make_track
from ssp_coder.demonstration.story import Story, bundled_story

QUIET = 0.004
Track = NDArray[np.int16]


@pytest.fixture(scope="module")
def story() -> Story:
    return bundled_story()


@pytest.fixture(scope="module")
def track(story: Story) -> Track:
    return make_track(story)


def loudness(track: Track, start_us: int, end_us: int) -> float:
    part = track[start_us * RATE // 1_000_000 : end_us * RATE // 1_000_000] / 32_768
    return float(np.sqrt(np.mean(part**2)))


def pitch_hz(track: Track, start_us: int, end_us: int) -> float:
    part = track[start_us * RATE // 1_000_000 : end_us * RATE // 1_000_000].astype(float)
    power = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(np.argmax(power) * RATE / len(part))


def weeping_times(story: Story) -> list[tuple[int, int]]:
    return [(weeping.span.start_us, weeping.span.end_us) for weeping in story.weeping()]


def sounding_times(story: Story) -> list[tuple[int, int]]:
    """When a knock or the door may be heard."""
    chimes = [(beat.at_us, beat.at_us + 900_000) for beat in story.beats if beat.does == "chime"]
    doors = [(beat.at_us, beat.end_us + 100_000) for beat in story.beats if beat.does == "door"]
    return chimes + doors


def test_the_track_is_as_long_as_the_film(story: Story, track: Track) -> None:
    assert len(track) == story.length_us * RATE // 1_000_000


def test_the_track_fits_its_samples(track: Track) -> None:
    assert track.dtype == np.int16
    assert np.abs(track.astype(int)).max() < 32_767


def test_the_same_story_sounds_the_same(tmp_path: Path) -> None:
    beats = ('at = 1.0, does = "chime"', 'at = 2.0, who = "bob", does = "weep", level = 2.0')
    one, other = (make_track(small_story(tmp_path, *beats)) for _ in range(2))
    assert np.array_equal(one, other)


def test_every_stretch_of_distress_is_heard(story: Story, track: Track) -> None:
    for start, end in weeping_times(story):
        assert loudness(track, start, end) > 0.02, start


def test_harder_crying_is_louder(story: Story, track: Track) -> None:
    by_level: dict[int, list[float]] = {1: [], 2: [], 3: []}
    for weeping in story.weeping():
        by_level[weeping.level].append(loudness(track, weeping.span.start_us, weeping.span.end_us))
    assert max(by_level[1]) < min(by_level[2])
    assert max(by_level[2]) < min(by_level[3])


def test_each_second_of_distress_is_heard(story: Story, track: Track) -> None:
    for start, end in weeping_times(story):
        for second in range(start, end - 1_000_000 + 1, 1_000_000):
            assert loudness(track, second, second + 1_000_000) > 0.02, second


def test_outside_distress_knocks_and_doors_the_room_is_quiet(story: Story, track: Track) -> None:
    heard = weeping_times(story) + sounding_times(story)
    quiet = [
        time
        for time in range(0, story.length_us, 40_000)
        if not any(start - 40_000 < time < end for start, end in heard)
    ]
    assert len(quiet) > 1_000
    assert max(loudness(track, time, time + 40_000) for time in quiet) < QUIET


def test_crying_begins_and_ends_on_the_frame(story: Story, track: Track) -> None:
    others = sounding_times(story)
    spans = weeping_times(story)
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    for onset in starts - ends:
        if not any(start <= onset + 40_000 and onset - 40_000 <= end for start, end in others):
            assert loudness(track, onset - 40_000, onset) < QUIET
            assert loudness(track, onset, onset + 400_000) > 5 * QUIET
    for offset in ends - starts:
        if not any(start <= offset + 40_000 and offset <= end for start, end in others):
            assert loudness(track, offset, offset + 40_000) < QUIET


def test_even_the_quiet_room_is_not_silent(track: Track) -> None:
    assert loudness(track, 0, 700_000) > 0.0005


@pytest.mark.parametrize("level", [1, 2, 3])
def test_crying_has_the_pitch_of_a_child(tmp_path: Path, level: int) -> None:
    story = small_story(tmp_path, f'at = 1.0, who = "bob", does = "weep", level = {level}.0')
    assert 330 < pitch_hz(make_track(story), at("1"), at("9")) < 560


@pytest.mark.parametrize("level", [1, 2, 3])
def test_crying_pauses_for_breath(tmp_path: Path, level: int) -> None:
    story = small_story(tmp_path, f'at = 1.0, who = "bob", does = "weep", level = {level}.0')
    track = make_track(story)
    frames = [loudness(track, time, time + 40_000) for time in range(at("1"), at("9"), 40_000)]
    silent = sum(loud < QUIET for loud in frames)
    assert 10 < silent < len(frames) / 2


def test_a_knock_sounds_two_notes_one_after_the_other(tmp_path: Path) -> None:
    track = make_track(small_story(tmp_path, 'at = 1.0, does = "chime"'))
    assert pitch_hz(track, at("1"), at("1.2")) == pytest.approx(CHIME_HZ[0], abs=8)
    assert pitch_hz(track, at("1.4"), at("1.8")) == pytest.approx(CHIME_HZ[1], abs=8)


def test_an_opening_door_clicks_at_once(tmp_path: Path) -> None:
    door = 'at = 2.0, lasts = 0.8, does = "door", level = 1.0'
    track = make_track(small_story(tmp_path, door))
    assert loudness(track, at("2"), at("2.04")) > 5 * loudness(track, at("2.2"), at("2.8"))


def test_a_closing_door_clicks_when_it_shuts(tmp_path: Path) -> None:
    door = 'at = 2.0, lasts = 0.8, does = "door", level = 0.0'
    track = make_track(small_story(tmp_path, door))
    assert loudness(track, at("2.8"), at("2.84")) > 5 * loudness(track, at("2"), at("2.72"))


def test_a_sound_at_the_very_end_is_cut_off_with_the_film(tmp_path: Path) -> None:
    track = make_track(small_story(tmp_path, 'at = 9.8, does = "chime"'))
    assert len(track) == 10 * RATE
    assert loudness(track, at("9.8"), at("10")) > 5 * QUIET / 2


def test_a_quiet_story_has_a_quiet_track(tmp_path: Path) -> None:
    track = make_track(small_story(tmp_path))
    assert loudness(track, 0, at("10")) < QUIET
