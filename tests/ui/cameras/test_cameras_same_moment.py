"""Two pictures side by side: these are the same moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.media.errors import MediaError
from ssp_coder.ui.cameras.same_moment import SameMomentPane
from tests.builders import s
from tests.fixtures.cameras import FRAME_US


@pytest.fixture
def pane(theme, qtbot, opened):
    made = SameMomentPane(theme, 1, (opened["front"], opened["side"]))
    qtbot.addWidget(made)
    made.resize(900, 420)
    made.show()
    qtbot.waitUntil(made.agree.isEnabled, timeout=10_000)
    yield made
    made.close_lanes()


def settle(pane, qtbot):
    qtbot.waitUntil(
        lambda: pane.first.shown_us is not None and pane.camera.shown_us is not None,
        timeout=10_000,
    )


def agreed(pane, qtbot, act):
    """The pair of times that is told when the person agrees in this way."""
    settle(pane, qtbot)
    with qtbot.waitSignal(pane.seen) as told:
        act()
    return tuple(told.args)


def test_each_picture_has_its_own_steps(pane, qtbot):
    pane.first.step(12)
    pane.camera.step(3)
    assert agreed(pane, qtbot, pane.agree.click) == (12 * FRAME_US, 3 * FRAME_US)


@pytest.mark.parametrize("which", ["first", "camera"])
def test_enter_on_either_picture_agrees(pane, qtbot, which):
    pane.first.step(7)
    slider = getattr(pane, which).slider
    pair = agreed(pane, qtbot, lambda: QTest.keyClick(slider, Qt.Key.Key_Return))
    assert pair == (7 * FRAME_US, 0)


def test_pictures_move_together_at_the_offset(pane, qtbot):
    pane.show_offset(s(-4))
    pane.set_together(True)
    pane.first.go_to(s(10))
    assert pane.camera.time_us == s(14)
    pane.camera.go_to(s(20))
    assert pane.first.time_us == s(16)


def test_together_one_stops_at_its_end_while_the_other_goes_on(pane):
    pane.show_offset(s(-4))
    pane.set_together(True)
    pane.first.go_to(s(29))
    assert pane.first.time_us == s(29)
    assert pane.camera.time_us == s(30) - FRAME_US


def test_alone_the_other_picture_stays(pane):
    pane.show_offset(s(-4))
    pane.first.go_to(s(10))
    assert pane.camera.time_us == 0


def test_both_are_shown_at_a_moment_of_the_session(pane):
    pane.show_offset(s(-4))
    pane.show_at(s(6))
    assert (pane.first.time_us, pane.camera.time_us) == (s(6), s(10))


def test_a_camera_that_began_later_is_shown_from_its_own_beginning(pane):
    pane.show_offset(s(4))
    pane.show_at(s(6))
    assert (pane.first.time_us, pane.camera.time_us) == (s(6), s(2))


def test_nobody_agrees_while_a_picture_is_being_read(pane, qtbot):
    settle(pane, qtbot)
    pane.camera.go_to(s(20))
    assert not pane.agree.isEnabled()
    assert "still being read" in pane.agree.toolTip()
    with qtbot.assertNotEmitted(pane.seen):
        QTest.keyClick(pane.camera.slider, Qt.Key.Key_Return)
    settle(pane, qtbot)
    assert pane.agree.isEnabled()


def test_a_locked_coding_lets_look_and_not_agree(pane, qtbot):
    pane.set_locked("The coding is locked")
    pane.first.go_to(s(10))
    settle(pane, qtbot)
    assert pane.agree.toolTip() == "The coding is locked"
    with qtbot.assertNotEmitted(pane.seen):
        QTest.keyClick(pane.first.slider, Qt.Key.Key_Return)
    pane.set_locked("")
    assert pane.agree.isEnabled()


def test_both_pictures_say_whose_they_are(pane):
    assert pane.first.view.accessibleName() == "Camera 1, front.mkv"
    assert pane.camera.view.accessibleName() == "Camera 2, side.mkv"
    assert pane.camera.slider.accessibleName() == "Frame of Camera 2, side.mkv"


def test_a_frame_that_cannot_be_shown_is_not_said_to_be_read_still(pane, tmp_path):
    pane.camera._lane.close()
    pane.camera.step(1)
    gone = MediaError("media.gone", tmp_path, "is gone", "find it again")
    pane.camera._complained.emit(gone)
    assert not pane.agree.isEnabled()
    assert "is gone" in pane.agree.toolTip()
