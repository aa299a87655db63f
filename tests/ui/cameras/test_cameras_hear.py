"""When a camera began, proposed from the sound in the background."""

from __future__ import annotations

import pytest

from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.syncing import Certainty, SoundOffset
from ssp_coder.ui.cameras import hear
from ssp_coder.ui.cameras.hear import HearPane
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.player.open_video import read_video
from tests.fixtures.cameras import EARLIER_S


@pytest.fixture
def listen(theme, qtbot, opened):
    """Makes a pane about the front camera and another."""
    made: list[HearPane] = []

    def make(other="side"):
        camera = opened[other] if isinstance(other, str) else other
        pane = HearPane(theme, 1, (opened["front"], camera))
        qtbot.addWidget(pane)
        pane.show()
        made.append(pane)
        return pane

    yield make
    for pane in made:
        pane.stop()


def heard(pane, qtbot):
    with qtbot.waitSignal(pane.heard, timeout=20_000) as told:
        pane.compare.click()
    return told.args[0]


def test_the_sound_of_both_tells_how_far_they_are_apart(listen, qtbot):
    pane = listen()
    found = heard(pane, qtbot)
    assert isinstance(found, SoundOffset)
    assert abs(found.offset_us - EARLIER_S * 1_000_000) < 2_000
    assert pane.certainty.text() == "sure"
    assert pane.certainty.kind() is TagKind.OK
    assert pane.sentence.text().startswith("By the sound, camera 2 begins at \N{MINUS SIGN}0:00:0")
    assert "places agree" in pane.advice.text()


def test_what_was_found_can_be_looked_at(listen, qtbot):
    pane = listen()
    assert not pane.look.isVisible()
    heard(pane, qtbot)
    with qtbot.waitSignal(pane.look_wished):
        pane.look.click()


def test_two_rooms_are_told_apart_and_send_to_the_pictures(listen, qtbot):
    pane = listen("other")
    found = heard(pane, qtbot)
    assert found.certainty is Certainty.NONE
    assert pane.certainty.kind() is TagKind.ERR
    assert "set it by hand" in pane.advice.text()
    assert not pane.look.isVisible()


def test_a_silent_room_says_nothing(listen, qtbot):
    assert heard(listen("door"), qtbot).certainty is Certainty.NONE


def test_while_it_compares_it_can_be_stopped(listen, qtbot, monkeypatch):
    stopped = []

    def propose(_first, _second, watch):
        watch.report(0.25)
        while not watch.cancelled():
            pass
        stopped.append(True)
        raise Abandoned

    monkeypatch.setattr(hear, "propose_offset", propose)
    pane = listen()
    pane.compare.click()
    assert pane.runs
    qtbot.waitUntil(lambda: pane.progress.value() == 25)
    assert not pane.compare.isVisible()
    pane.stop_button.click()
    assert stopped == [True]
    assert not pane.runs
    assert pane.compare.isVisible()
    assert not pane.progress.isVisible()


def test_comparing_twice_at_once_is_not_possible(listen, qtbot, monkeypatch):
    begun = []

    def propose(_first, _second, watch):
        begun.append(True)
        while not watch.cancelled():
            pass
        raise Abandoned

    monkeypatch.setattr(hear, "propose_offset", propose)
    pane = listen()
    pane.start()
    pane.start()
    qtbot.waitUntil(lambda: bool(begun))
    pane.stop()
    assert begun == [True]


def test_a_file_that_cannot_be_read_says_so(listen, qtbot, monkeypatch, recordings):
    def propose(_first, _second, _watch):
        raise MediaError("media.gone", recordings / "side.mkv", "is gone", "find it again")

    monkeypatch.setattr(hear, "propose_offset", propose)
    pane = listen()
    pane.compare.click()
    qtbot.waitUntil(lambda: not pane.runs)
    assert "is gone" in pane.sentence.text()
    assert pane.certainty.text() == "not compared"
    assert pane.compare.isEnabled()


def test_a_camera_without_sound_says_so_and_offers_nothing(listen, clip_factory):
    silent = read_video(clip_factory("h264").path, None, lambda _share: None, lambda: False)
    pane = listen(silent)
    assert pane.sentence.text() == "Camera 2 has no sound. Set the offset by hand."
    assert not pane.compare.isEnabled()
    pane.start()
    assert not pane.runs


def test_what_was_found_before_is_shown_again(listen, qtbot):
    found = heard(listen(), qtbot)
    pane = listen()
    pane.show_found(found)
    assert pane.certainty.text() == "sure"
    assert pane.compare.text() == "Compare again"
