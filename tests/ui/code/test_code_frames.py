"""Edges move from frame to frame, also where frames are no whole number of microseconds apart."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.ui.code.frames import PLAIN_FRAME_US, Frames

COUNT = 100
LATER_US = 5_000_000


class FilmDouble:
    """A film of 29.97 frames a second."""

    def __init__(self):
        stamps = tuple(range(0, COUNT * 1_001, 1_001))
        keys = (KeyFrame(ordinal=0, pts=0, dts=0),)
        self.index = FrameIndex(
            stamps=stamps, time_base=Fraction(1, 30_000), last_ticks=1_001, keys=keys
        )


@pytest.fixture
def times():
    return FilmDouble().index.times_us


@pytest.fixture
def frames(desk, monkeypatch):
    monkeypatch.setattr(desk.stage.player.cameras[0], "_video", FilmDouble())
    return Frames(desk.stage.player)


def test_the_frames_before_and_after_are_one_further_each(frames, times):
    for ordinal in (1, 2, 50, 98):
        assert frames.beside(times[ordinal], 1).at_us == times[ordinal + 1]
        assert frames.beside(times[ordinal], -1).at_us == times[ordinal - 1]
        assert frames.beside(times[ordinal], 1).frame == ordinal + 1


def test_from_between_two_frames_a_step_goes_to_the_nearest_on_that_side(frames, times):
    between = times[10] + 12_345
    assert frames.beside(between, 1).at_us == times[11]
    assert frames.beside(between, -1).at_us == times[10]


def test_a_hundred_steps_there_and_back_end_where_they_began(frames, times):
    at = times[3]
    for step in (1,) * 90 + (-1,) * 90:
        at = frames.beside(at, step).at_us
    assert at == times[3]


def test_nothing_lies_before_the_first_or_after_the_last_frame(frames, times):
    assert frames.beside(times[0], -1).at_us == times[0]
    assert frames.beside(times[-1], 1).at_us == times[-1]


@given(time_us=st.integers(-1_000, 3_200_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_nearest_frame_is_the_nearest_of_all(frames, times, time_us):
    found = frames.nearest(time_us).at_us
    inside = max(0, time_us)
    assert abs(found - inside) == min(abs(at - inside) for at in times)


def test_a_frame_that_is_a_microsecond_away_is_not_missed(frames, times):
    assert frames.nearest(times[20] - 1).at_us == times[20]
    assert frames.nearest(times[20] + 1).at_us == times[20]


def test_a_camera_that_began_later_has_its_frames_later(frames, desk, times, monkeypatch):
    monkeypatch.setattr(desk.stage.player.cameras[0], "_offset_us", LATER_US)
    assert frames.beside(times[5] + LATER_US, 1).at_us == times[6] + LATER_US


def test_without_a_video_a_step_is_one_of_twenty_five_a_second(desk):
    frames = Frames(desk.stage.player)
    assert frames.beside(1_000_000, 1).at_us == 1_000_000 + PLAIN_FRAME_US
    assert frames.beside(10_000, -1).at_us == 0
    assert frames.nearest(1_234_567).at_us == 1_234_567
    assert frames.start(1_234_567) == 1_234_567
