from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.time import Micros
from ssp_coder.media.indexing import build_index
from ssp_coder.ui.player.step_sound import LONGEST_US, SHORTEST_US, StepSound
from ssp_coder.ui.player.view import Moment


class HeardSpeaker:
    """Notes what it was asked to let hear."""

    def __init__(self):
        self.scraps = []

    def scrap(self, time_us, length_us):
        self.scraps.append((time_us, length_us))


class Recording:
    def __init__(self, index):
        self.index = index


class Film:
    def __init__(self, index):
        self.video = Recording(index)


class StillPlayer(QObject):
    """Says that frames were painted, as a test wishes."""

    moment_changed = Signal(object)
    playing_changed = Signal(bool)
    opened = Signal(object)

    def __init__(self, index):
        super().__init__()
        self.moment = None
        self.speaker = HeardSpeaker()
        self.cameras = (Film(index), Film(index))
        self.playing = False
        self._index = index

    def paint(self, ordinal, camera=0, offset_us=0):
        pts_us = Micros(self._index.time_of(ordinal) + offset_us)
        self.moment_changed.emit(Moment(pts_us, ordinal, camera))

    @property
    def heard(self):
        return [time_us for time_us, _ in self.speaker.scraps]


@pytest.fixture
def index(sound_factory):
    return build_index(sound_factory("mov_pcm").path)


@pytest.fixture
def player(qapp, index):
    return StillPlayer(index)


@pytest.fixture
def steps(player):
    made = StepSound(player)
    made.turn(on=True)
    player.paint(0)
    yield made
    made._pause.stop()


def rested(steps, qtbot):
    qtbot.waitUntil(lambda: not steps._pause.isActive(), timeout=5_000)


def test_it_is_off_until_it_is_wanted(player):
    steps = StepSound(player)
    assert not steps.is_on
    player.paint(0)
    player.paint(1)
    assert player.heard == []


def test_the_first_picture_of_a_recording_is_not_a_step(steps, player):
    assert player.heard == []
    player.opened.emit(None)
    player.paint(7)
    assert player.heard == []


def test_a_step_is_heard_at_the_time_of_its_frame(steps, player):
    player.paint(1)
    assert player.heard == [40_000]


@pytest.mark.parametrize("ordinal", [140, 3])
def test_a_seek_at_rest_is_heard_like_a_step(steps, player, qtbot, ordinal):
    player.paint(70)
    rested(steps, qtbot)
    player.paint(ordinal)
    assert player.heard == [70 * 40_000, ordinal * 40_000]


def test_a_camera_with_an_offset_is_heard_at_the_time_of_the_session(steps, player):
    player.paint(4, camera=1, offset_us=3_000_000)
    player.paint(5, camera=1, offset_us=3_000_000)
    assert player.heard == [3_200_000]


def test_a_scrap_is_as_long_as_its_frame_within_limits(steps, player, index, monkeypatch, qtbot):
    player.paint(1)
    assert player.speaker.scraps[-1][1] == 40_000
    for length_us, heard_us in ((8_000, SHORTEST_US), (66_667, 66_667), (5_000_000, LONGEST_US)):
        rested(steps, qtbot)
        monkeypatch.setattr(
            type(index), "end_of", lambda self, n, by=length_us: self.time_of(n) + by
        )
        player.paint(steps._last.ordinal + 1)
        assert player.speaker.scraps[-1][1] == heard_us


def test_the_same_frame_painted_again_is_silent(steps, player, qtbot):
    player.paint(1)
    rested(steps, qtbot)
    player.paint(1)
    assert len(player.heard) == 1


def test_another_camera_that_takes_the_lead_is_no_step(steps, player, qtbot):
    player.paint(1)
    rested(steps, qtbot)
    player.paint(30, camera=1)
    assert len(player.heard) == 1


def test_playing_is_not_stepping(steps, player):
    player.playing = True
    for ordinal in range(1, 6):
        player.paint(ordinal)
    player.playing = False
    player.paint(5)
    assert player.heard == []


def test_a_key_held_down_is_silent_and_the_frame_stayed_on_is_heard(steps, player, qtbot):
    for ordinal in range(1, 40):
        player.paint(ordinal)
    assert player.heard == [40_000]
    rested(steps, qtbot)
    qtbot.waitUntil(lambda: len(player.heard) == 2, timeout=5_000)
    assert player.heard == [40_000, 39 * 40_000]
    rested(steps, qtbot)
    assert len(player.heard) == 2


def test_a_frame_still_owed_is_forgotten_when_playing_begins(steps, player, qtbot):
    player.paint(1)
    player.paint(2)
    player.playing = True
    player.playing_changed.emit(True)
    rested(steps, qtbot)
    player.playing = False
    assert player.heard == [40_000]


def test_switched_off_it_is_silent_at_once(steps, player, qtbot):
    player.paint(1)
    player.paint(2)
    steps.turn(on=False)
    rested(steps, qtbot)
    player.paint(3)
    assert player.heard == [40_000]
