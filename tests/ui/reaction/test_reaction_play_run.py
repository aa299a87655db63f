from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal

from ssp_coder.ui.player.view import Moment
from ssp_coder.ui.reaction.play_run import PlayRun
from tests.builders import s

FRAME_US = 40_000


class FakePlayer(QObject):
    """A player whose frames the test paints."""

    playing_changed = Signal(bool)
    moment_changed = Signal(object)
    sought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.moment = None
        self.playing = False
        self.rate = 1.0

    def paint(self, seconds: float) -> None:
        self.moment = Moment(s(seconds), round(seconds * 25))
        self.moment_changed.emit(self.moment)

    def play(self, start: float, end: float) -> None:
        """Play from a second to another."""
        self.paint(start)
        self.playing = True
        self.playing_changed.emit(True)
        for frame in range(round(start * 25), round(end * 25) + 1):
            self.paint(frame / 25)

    def pause(self) -> None:
        self.playing = False
        self.playing_changed.emit(False)

    def frame_start(self, time_us: int) -> int:
        return time_us // FRAME_US * FRAME_US


@pytest.fixture
def player(qapp):
    return FakePlayer()


@pytest.fixture
def run(player):
    return PlayRun(player)


def test_while_playing_the_frame_of_a_lag_ago_is_meant(player, run):
    player.play(5, 10)
    assert run.meant_us(240_000) == s(9.76)


def test_the_time_is_that_of_the_start_of_a_frame(player, run):
    player.play(5, 10)
    assert run.meant_us(250_000) == s(9.72)


@pytest.mark.parametrize(("rate", "meant"), [(2.0, 9.52), (0.5, 9.88)])
def test_a_faster_video_takes_more_off(player, run, rate, meant):
    player.rate = rate
    player.play(5, 10)
    assert run.meant_us(240_000) == s(meant)


def test_at_rest_nothing_is_taken_off(player, run):
    player.play(5, 10)
    player.pause()
    assert run.meant_us(240_000) is None
    player.paint(10.04)
    assert run.meant_us(240_000) is None


def test_without_a_lag_or_a_picture_nothing_is_taken_off(player, run):
    assert run.meant_us(240_000) is None
    player.play(5, 10)
    assert run.meant_us(0) is None


def test_nothing_before_the_frame_at_which_play_began_is_meant(player, run):
    player.play(5, 5.08)
    assert run.meant_us(240_000) == s(5)


def test_nothing_before_a_jump_is_meant(player, run):
    player.play(5, 10)
    player.paint(60)
    player.paint(60.04)
    assert run.meant_us(240_000) == s(60)
    player.paint(20)
    assert run.meant_us(240_000) == s(20)


def test_nothing_before_a_short_jump_at_a_high_speed_is_meant(player, run):
    player.rate = 4.0
    player.play(5, 10)
    player.sought.emit(s(11.01))
    player.paint(11.04)
    assert run.meant_us(240_000) == s(11)


def test_a_frame_of_before_a_jump_that_comes_late_is_not_meant_to_be_the_new_place(player, run):
    player.play(5, 10)
    player.sought.emit(s(11))
    player.paint(10.04)
    assert run.meant_us(240_000) >= s(10.04)


def test_a_few_frames_left_out_are_no_jump(player, run):
    player.play(5, 10)
    player.paint(10.2)
    assert run.meant_us(240_000) == s(9.96)


def test_a_fast_video_that_leaves_frames_out_did_not_jump(player, run):
    player.rate = 4.0
    player.play(5, 10)
    player.paint(11.2)
    assert run.meant_us(200_000) == s(10.4)


def test_the_first_frames_of_a_recording_are_never_before_it(player, run):
    player.play(0, 0.04)
    assert run.meant_us(900_000) == 0
