"""When a camera began, typed in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.time import Micros
from ssp_coder.ui.cameras.typed import TypedPane
from tests.builders import s


@pytest.fixture
def pane(theme, qtbot):
    made = TypedPane(theme, 1, Micros(33_367))
    qtbot.addWidget(made)
    made.show()
    made.show_offset(s(0))
    return made


@pytest.fixture
def told(pane):
    offsets = []
    pane.typed.connect(offsets.append)
    return offsets


def keys(pane, text):
    pane.field.edit.selectAll()
    QTest.keyClicks(pane.field.edit, text)


def test_each_key_tells_the_time_that_stands_there(pane, told):
    keys(pane, "12.5")
    assert told == [s(1), s(12), s(12), s(12.5)]


def test_a_minus_alone_is_no_time_yet(pane, told, qtbot):
    with qtbot.waitSignal(pane.mistyped):
        keys(pane, "-")
    assert told == []
    assert pane.field.error() == "Like 3.2, \N{MINUS SIGN}12.48 or 0:01:02.5"
    QTest.keyClicks(pane.field.edit, "3")
    assert told == [s(-3)]
    assert pane.field.error() == ""


def test_an_empty_field_asks_for_a_time(pane, qtbot):
    pane.field.edit.selectAll()
    with qtbot.waitSignal(pane.mistyped):
        QTest.keyClick(pane.field.edit, Qt.Key.Key_Backspace)
    assert pane.field.error() == "Write when it begins"


def test_buttons_go_by_the_camera_s_own_frames(pane, told):
    pane.later.click()
    pane.later.click()
    pane.earlier.click()
    assert told == [33_367, 66_734, 33_367]
    assert pane.field.text() == "+0:00:00.033"


def test_buttons_keep_the_parts_of_a_millisecond(pane, told):
    for _ in range(30):
        pane.earlier.click()
    assert told[-1] == -30 * 33_367


def test_another_offset_replaces_what_stands_there(pane):
    keys(pane, "12.5")
    pane.show_offset(s(12.5))
    assert pane.field.text() == "12.5"
    pane.show_offset(s(-3))
    assert pane.field.text() == "\N{MINUS SIGN}0:00:03.000"


def test_a_locked_coding_takes_no_time(pane, told):
    pane.set_locked("This coding is locked")
    keys(pane, "5")
    assert told == []
    assert not pane.later.isEnabled()
    assert pane.later.toolTip() == "This coding is locked"
    pane.set_locked("")
    keys(pane, "5")
    assert told == [s(5)]


def test_the_field_is_named_for_a_screen_reader(pane):
    name = pane.field.edit.accessibleName()
    assert name == "Time of the session at which Camera 2 begins"
