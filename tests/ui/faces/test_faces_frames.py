"""Going through a clip: it waits for its pictures, and never leaves the clip."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.media.errors import FrameMissing
from ssp_coder.media.frame import Picture
from ssp_coder.ui.faces import frames as frames_module
from ssp_coder.ui.faces.frames import ClipFrames

FIRST, LAST = 5, 64
AHEAD = 5
"""A fifth of a second at 25 frames a second."""


class SilentLane:
    """Decodes nothing by itself; a test says when a picture comes."""

    def __init__(self, path, index, on_picture, on_trouble) -> None:
        self.path, self.index = path, index
        self.on_picture, self.on_trouble = on_picture, on_trouble
        self.asked: list[int] = []
        self.closed = False

    def request(self, ordinal: int) -> None:
        self.asked.append(ordinal)

    def follow(self, time_us: int) -> None:
        self.asked.append(self.index.ordinal_at(time_us))

    def show_at(self, width: int, height: int) -> None:
        self.size = (width, height)

    def close(self) -> None:
        self.closed = True

    def deliver(self, ordinal: int) -> None:
        rgb = np.zeros((2, 2, 3), np.uint8)
        self.on_picture(Picture(ordinal=ordinal, pts_us=self.index.times_us[ordinal], rgb=rgb))


@pytest.fixture
def clip(qapp, faces_video, monkeypatch):
    """The frames of a clip, and the lane that delivers nothing by itself."""
    lanes: list[SilentLane] = []

    def make(*arguments) -> SilentLane:
        lanes.append(SilentLane(*arguments))
        return lanes[-1]

    monkeypatch.setattr(frames_module, "VideoLane", make)
    frames = ClipFrames(faces_video, range(FIRST, LAST + 1))
    yield frames, lanes[0]
    frames.close()


def test_time_waits_for_pictures_that_do_not_come(clip, qtbot) -> None:
    frames, _ = clip
    frames.set_rate(4)
    frames.play()
    qtbot.waitUntil(lambda: frames.at == FIRST + AHEAD, timeout=5_000)
    ticks = []
    frames._timer.timeout.connect(lambda: ticks.append(frames.at))
    qtbot.waitUntil(lambda: len(ticks) > 20, timeout=5_000)
    assert set(ticks) == {FIRST + AHEAD}


def test_time_goes_on_when_a_picture_came(clip, qtbot) -> None:
    frames, lane = clip
    frames.set_rate(4)
    frames.play()
    qtbot.waitUntil(lambda: frames.at == FIRST + AHEAD, timeout=5_000)
    lane.deliver(FIRST + AHEAD)
    qtbot.waitUntil(lambda: frames.at == FIRST + 2 * AHEAD, timeout=5_000)


def test_a_frame_that_cannot_be_shown_does_not_hold_it_up(clip, qtbot) -> None:
    frames, lane = clip
    told = []
    frames.trouble.connect(told.append)
    frames.set_rate(4)
    frames.play()
    qtbot.waitUntil(lambda: frames.at == FIRST + AHEAD, timeout=5_000)
    lane.on_trouble(FrameMissing(lane.path, frames.at))
    qtbot.waitUntil(lambda: frames.at > FIRST + AHEAD, timeout=5_000)
    assert "has damage at frame" in told[0]


def test_a_picture_that_comes_late_does_not_turn_time_back(clip, qtbot) -> None:
    frames, lane = clip
    frames.go_to(40)
    frames.play()
    lane.deliver(FIRST)
    qtbot.waitUntil(lambda: frames.at > 40, timeout=5_000)
    assert min(lane.asked[lane.asked.index(40) :]) == 40


def test_a_late_picture_from_farther_on_does_not_let_time_run_ahead(clip, qtbot) -> None:
    frames, lane = clip
    frames.set_rate(4)
    frames.go_to(LAST)
    frames.go_to(FIRST)
    lane.deliver(LAST)
    frames.play()
    qtbot.waitUntil(lambda: frames.at >= FIRST + AHEAD, timeout=5_000)
    ticks = []
    frames._timer.timeout.connect(lambda: ticks.append(frames.at))
    qtbot.waitUntil(lambda: len(ticks) > 20, timeout=5_000)
    assert set(ticks) == {FIRST + AHEAD}


def test_it_stops_at_the_end_of_the_clip(clip, qtbot) -> None:
    frames, lane = clip
    playing = []
    frames.playing_changed.connect(playing.append)
    frames.go_to(LAST - 2)
    frames.play()
    qtbot.waitUntil(lambda: playing == [True, False], timeout=5_000)
    assert frames.at == LAST
    assert max(lane.asked) == LAST


def test_a_stretch_is_played_from_its_start(clip, qtbot) -> None:
    frames, lane = clip
    frames.go_to(LAST)
    frames.play_stretch(20, 23)
    qtbot.waitUntil(lambda: not frames.playing, timeout=5_000)
    assert lane.asked[lane.asked.index(20) :][-1] == 23


def test_seconds_and_frames_are_stepped_within_the_clip(clip) -> None:
    frames, _ = clip
    frames.jump(1)
    assert frames.at == FIRST + 25
    frames.step(-3)
    assert frames.at == FIRST + 22
    frames.jump(-9)
    assert frames.at == FIRST


def test_after_closing_nothing_is_asked_for_any_more(clip) -> None:
    frames, lane = clip
    frames.close()
    asked = list(lane.asked)
    frames.go_to(30)
    frames.play()
    assert not frames.playing
    assert lane.asked == asked
    assert lane.closed
