"""Whether a camera stays in step with the session's time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.drift import (
    FALLBACK_FRAME_US,
    Sighting,
    common_span,
    drift_heard,
    drift_seen,
    frame_length,
)
from ssp_coder.media.syncing import Certainty, SoundOffset, SyncWindow
from tests.builders import s, video
from tests.unit.media.test_media_syncing import pair

FRAME_US = Micros(40_000)
SESSION = Span(start_us=s(0), end_us=s(1200))


def sighting(at: float, offset: float) -> Sighting:
    return Sighting(at_us=s(at), offset_us=s(offset))


def seen(*places: tuple[float, float], span: Span = SESSION):
    return drift_seen(tuple(sighting(*place) for place in places), span, FRAME_US)


# ------------------------------------------------------------------------------ by eye


def test_one_place_gives_the_offset_and_says_nothing_of_drift():
    drift = seen((60, 3.2))
    assert drift.offset_us == s(3.2)
    assert drift.slope is None
    assert drift.change_us == 0
    assert drift.frames_beside(s(3.2)) == 0


def test_two_places_far_apart_tell_the_drift():
    drift = seen((0, 3.0), (1200, 3.4))
    assert drift.slope == pytest.approx(0.4 / 1200)
    assert drift.offset_us == s(3.2)
    assert drift.change_us == pytest.approx(400_000, abs=1)
    assert drift.frames_changed == 10


def test_places_near_each_other_say_nothing_of_drift():
    drift = seen((0, 3.0), (599, 3.04))
    assert drift.slope is None
    assert drift.offset_us == s(3.02)


def test_half_the_length_apart_is_enough():
    assert seen((0, 3.0), (600, 3.04)).slope is not None


def test_the_order_in_which_places_were_seen_does_not_matter():
    assert seen((1200, 3.4), (0, 3.0)) == seen((0, 3.0), (1200, 3.4))


def test_one_wrong_place_among_many_hardly_moves_the_rest():
    drift = seen((0, 3.0), (300, 3.0), (600, 9.0), (900, 3.0), (1200, 3.0))
    assert drift.offset_us == s(3.0)
    assert drift.change_us == 0


def test_no_place_at_all_is_refused():
    with pytest.raises(ValueError, match="no moment"):
        drift_seen((), SESSION, FRAME_US)


def test_a_session_of_no_length_has_no_drift():
    never = Span(start_us=s(0), end_us=s(0))
    assert seen((0, 3.0), span=never).slope is None


# ------------------------------------------------------------------------------ beside


def test_a_camera_placed_in_the_middle_lies_beside_by_half_its_drift():
    drift = seen((0, 3.0), (1200, 3.4))
    assert drift.beside_us(drift.offset_us) == s(0.2)
    assert drift.frames_beside(drift.offset_us) == 5


def test_a_camera_placed_by_its_beginning_lies_beside_by_all_of_it():
    drift = seen((0, 3.0), (1200, 3.4))
    assert drift.frames_beside(s(3.0)) == 10


def test_drift_is_followed_beyond_the_places_that_were_seen():
    drift = seen((300, 3.0), (900, 3.2))
    assert drift.offset_at(s(0)) == s(2.9)
    assert drift.offset_at(s(1200)) == s(3.3)
    assert drift.beside_us(drift.offset_us) == s(0.2)


def test_part_of_a_frame_counts_as_one():
    assert seen((0, 3.0), (1200, 3.0)).frames_beside(s(3.001)) == 1


@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(-50, 50)), min_size=1, max_size=8))
def test_no_place_lies_farther_beside_than_told(places):
    drift = seen(*((at, 3 + frames * 0.04) for at, frames in places))
    told = drift.beside_us(drift.offset_us)
    assert all(abs(one.offset_us - drift.offset_us) <= told for one in drift.sightings)


@given(st.integers(-2_000, 2_000), st.integers(-(10**9), 10**9))
def test_a_steady_clock_is_found_again(ppm, offset_us):
    places = tuple(
        Sighting(at_us=s(at), offset_us=Micros(offset_us + at * ppm)) for at in (0, 400, 800, 1200)
    )
    drift = drift_seen(places, SESSION, FRAME_US)
    assert drift.offset_us == pytest.approx(offset_us + 600 * ppm, abs=1)
    assert drift.change_us == pytest.approx(1200 * ppm, abs=1)


# ------------------------------------------------------------------------------ by ear


def window(at: float, offset: float, *, agrees: bool = True) -> SyncWindow:
    return SyncWindow(at_us=s(at), offset_us=s(offset), worth=20.0, agrees=agrees)


HEARD = SoundOffset(
    offset_us=s(-3.2),
    middle_us=s(600),
    drift_ppm=-100.0,
    certainty=Certainty.SURE,
    common_us=s(1200),
    windows=(window(0, -3.14), window(600, 7.0, agrees=False), window(1200, -3.26)),
)


def test_what_the_sound_found_turns_round_to_where_the_camera_begins():
    """A moment at 10 s of camera 1 is at 6.8 s of the other, which so begins at 3.2 s."""
    drift = drift_heard(HEARD, FRAME_US)
    assert drift.offset_us == s(3.2)
    assert drift.slope == pytest.approx(100e-6)
    assert drift.span == SESSION
    assert drift.offset_at(s(0)) == s(3.14)


def test_only_places_that_agree_are_kept():
    drift = drift_heard(HEARD, FRAME_US)
    assert drift.sightings == (sighting(0, 3.14), sighting(1200, 3.26))


def test_a_short_sound_says_nothing_of_drift():
    assert drift_heard(replace(HEARD, drift_ppm=None), FRAME_US).slope is None


def test_the_line_by_ear_is_the_one_of_the_sound():
    drift = drift_heard(HEARD, FRAME_US)
    for at in (0, 250, 1200):
        assert drift.offset_at(s(at)) == -HEARD.offset_at(s(at))


@pytest.mark.parametrize("ppm", [200.0, -200.0])
def test_a_clock_that_runs_wrong_is_found_in_what_two_microphones_heard(ppm):
    """Over 280 s, 200 parts in a million are 56 ms: 1.4 frames of 40 ms."""
    drift = drift_heard(pair(300, 12.0, ppm), FRAME_US)
    assert drift.offset_at(s(0)) == pytest.approx(-12_000_000 * (1 - ppm * 1e-6), abs=3_000)
    assert drift.change_us == pytest.approx(ppm * drift.span.length_us / 1e6, rel=0.03)
    assert drift.frames_changed == 1
    assert drift.beside_us(drift.offset_us) < FRAME_US
    assert len(drift.sightings) >= 12


# ------------------------------------------------------------------------------ lengths


def test_a_frame_is_as_long_as_the_recording_says():
    assert frame_length(video(10)) == 40_000
    assert frame_length(replace(video(10), frame_count=300)) == 33_333


@pytest.mark.parametrize("unknown", [{"frame_count": 0}, {"duration_us": s(0)}])
def test_a_recording_that_does_not_tell_has_ordinary_frames(unknown):
    assert frame_length(replace(video(10), **unknown)) == FALLBACK_FRAME_US


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, (0, 100)), (30, (30, 130)), (-30, (0, 70)), (1350, (1350, 1400)), (2000, (2000, 2000))],
)
def test_both_cameras_are_on_where_their_lengths_overlap(offset, expected):
    span = common_span(video(1400), video(100), s(offset))
    assert (span.start_us, span.end_us) == (s(expected[0]), s(expected[1]))
