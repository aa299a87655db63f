"""One camera in the list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ssp_coder.media.whereabouts import Match
from ssp_coder.ui.cameras.camera_card import AddingCard, CameraCard, CardFace, breakable
from ssp_coder.ui.kit.chip import TagKind
from tests.builders import s, video

SIDE = replace(video(1200), name="side.mp4", offset_us=s(3.2))
FOUND = CardFace(match=Match.SAME)


@pytest.fixture
def card(theme, qtbot):
    made = CameraCard(theme, 1)
    qtbot.addWidget(made)
    made.resize(320, 110)
    made.show_camera(SIDE, FOUND)
    made.show()
    return made


@pytest.mark.parametrize(
    ("match", "words", "kind", "offered"),
    [
        (Match.SAME, "found", TagKind.OK, False),
        (Match.DIFFERENT, "another file", TagKind.WARN, True),
        (Match.NOT_FOUND, "not found", TagKind.ERR, True),
    ],
)
def test_it_says_whether_the_video_is_there(card, match, words, kind, offered):
    card.show_camera(SIDE, CardFace(match=match))
    assert (card.tag.text(), card.tag.kind()) == (words, kind)
    assert card.find_button.isVisible() is offered


def test_warning_and_problem_are_there_only_when_there_is_one(card):
    assert not card.warning.isVisible()
    assert not card.problem.isVisible()
    face = CardFace(match=Match.SAME, warning="drifts 4 frames", problem="cannot be read")
    card.show_camera(SIDE, face)
    assert card.warning.text() == "drifts 4 frames"
    assert card.problem.text() == "cannot be read"
    assert "drifts 4 frames, cannot be read" in card.accessibleDescription()


def test_without_facts_the_length_is_known_from_the_coding(card):
    assert card.facts.text() == "20:00.0 long"


def test_the_buttons_say_what_is_wished(card, qtbot):
    card.show_camera(SIDE, CardFace(match=Match.NOT_FOUND))
    with qtbot.waitSignal(card.find_wished):
        card.find_button.click()
    with qtbot.waitSignal(card.remove_wished):
        card.remove_button.click()
    assert card.remove_button.accessibleName() == "Take camera 2 off"


def test_a_locked_coding_says_why_nothing_is_taken_off(card, qtbot):
    card.show_camera(SIDE, CardFace(match=Match.SAME, locked="This coding is locked"))
    assert card.remove_button.toolTip() == "This coding is locked"
    with qtbot.assertNotEmitted(card.remove_wished):
        QTest.keyClick(card, Qt.Key.Key_Delete)
    card.show_camera(SIDE, FOUND)
    assert card.remove_button.isEnabled()
    assert card.remove_button.toolTip() == "Take camera 2 off"


def test_a_click_chooses_and_takes_the_keys(card, qtbot):
    with qtbot.waitSignal(card.chosen):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    qtbot.waitUntil(card.hasFocus)


def test_other_keys_are_left_to_the_dialog(card, qtbot):
    with qtbot.assertNotEmitted(card.chosen):
        QTest.keyClick(card, Qt.Key.Key_A)


@pytest.mark.parametrize(("key", "way"), [(Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)])
def test_arrow_keys_ask_for_a_neighbour(card, qtbot, key, way):
    with qtbot.waitSignal(card.neighbour_wished) as told:
        QTest.keyClick(card, key)
    assert told.args == [way]


def test_the_chosen_camera_has_a_bar_and_another_ground(card, theme):
    plain = card.grab().toImage()
    card.set_selected(True)
    chosen = card.grab().toImage()
    middle = card.height() // 2
    assert chosen.pixel(3, middle) == QColor(theme.tokens.accent).rgb()
    assert plain.pixel(3, middle) != chosen.pixel(3, middle)
    assert chosen.pixel(8, 8) == QColor(theme.tokens.sel).rgb()


def test_progress_shows_while_a_video_is_read(card):
    assert not card.progress.isVisible()
    card.show_progress(0.3)
    assert card.progress.isVisible()
    assert card.progress.value() == 30
    card.show_progress(1.0)
    assert not card.progress.isVisible()


def test_a_name_may_break_behind_each_underscore():
    assert breakable("a_b.mp4") == "a_\N{ZERO WIDTH SPACE}b.mp4"
    assert breakable("front.mp4") == "front.mp4"


def test_a_file_being_read_can_be_stopped_and_a_useless_one_dismissed(theme, qtbot):
    card = AddingCard(theme, "notes.mp4")
    qtbot.addWidget(card)
    card.show()
    card.show_progress(0.5)
    assert card.progress.value() == 50
    assert card.stop.text() == "Stop"
    card.show_problem("notes.mp4 is a text file")
    assert not card.progress.isVisible()
    assert card.problem.text() == "notes.mp4 is a text file"
    with qtbot.waitSignal(card.given_up):
        card.stop.click()
    assert card.stop.text() == "Dismiss"
