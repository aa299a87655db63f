"""The field that a key is pressed into: which key it was, on whatever keyboard."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ssp_coder.ui.keys.recorder import KeyRecorder, pressed_key

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
XKB = {"-": 20, "=": 21, "7": 16, "[": 34, "/": 61, "q": 24}
"""Scan codes of places on a keyboard, as Linux gives them."""


@pytest.fixture
def linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")


def chord(key: Qt.Key, held: Qt.KeyboardModifier, place: str = "") -> str:
    event = QKeyEvent(QEvent.Type.KeyPress, key, held, XKB.get(place, 0), 0, 0)
    return pressed_key(event).chord


@pytest.mark.usefixtures("qapp", "linux")
class TestSignsThatShiftMakes:
    @pytest.mark.parametrize(
        ("key", "place", "told"),
        [
            (Qt.Key.Key_Underscore, "-", "Ctrl+Shift+-"),
            (Qt.Key.Key_Plus, "=", "Ctrl+Shift+="),
            (Qt.Key.Key_BraceLeft, "[", "Ctrl+Shift+["),
            (Qt.Key.Key_Question, "/", "Ctrl+Shift+/"),
        ],
    )
    def test_on_a_us_keyboard_the_key_is_told_by_its_own_sign(self, key, place, told) -> None:
        assert chord(key, CTRL | SHIFT, place) == told

    @pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_Slash, "7"), (Qt.Key.Key_Percent, "7")])
    def test_a_digit_is_that_digit_whatever_stands_above_it(self, key, place) -> None:
        assert chord(key, CTRL | SHIFT, place) == "Ctrl+Shift+7"

    @pytest.mark.parametrize(
        ("key", "place", "told"),
        [
            (Qt.Key.Key_Question, "-", "Ctrl+?"),
            (Qt.Key.Key_Underscore, "/", "Ctrl+_"),
            (Qt.Key.Key_Asterisk, "]", "Ctrl+Shift+*"),
        ],
    )
    def test_on_a_german_keyboard_its_place_is_not_taken_for_its_sign(
        self, key, place, told
    ) -> None:
        assert chord(key, CTRL | SHIFT, place) == told

    def test_letters_keep_shift(self) -> None:
        assert chord(Qt.Key.Key_Q, CTRL | SHIFT, "q") == "Ctrl+Shift+Q"
        assert chord(Qt.Key.Key_Odiaeresis, ALT | SHIFT) == "Alt+Shift+Ö"


class TestTheField:
    @pytest.fixture
    def field(self, theme, qtbot):
        """The recorder above a line of text."""
        home = QWidget()
        column = QVBoxLayout(home)
        made = KeyRecorder(theme, home)
        column.addWidget(made)
        column.addWidget(QLineEdit(home))
        qtbot.addWidget(home)
        home.show()
        home.activateWindow()
        qtbot.waitUntil(home.isActiveWindow)
        made.listen("Undo")
        yield made
        home.close()

    def test_it_says_what_it_waits_for_also_to_those_who_hear(self, field) -> None:
        assert field.text() == "Press the key for “Undo”; Esc leaves"
        assert field.accessibleName() == field.text()
        assert field.hasFocus()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_F13])
    def test_every_key_is_taken_and_none_moves_the_keyboard_on(self, field, key) -> None:
        taken = []
        field.pressed.connect(taken.append)
        QTest.keyClick(field, key)
        assert len(taken) == 1
        assert field.hasFocus()

    def test_held_keys_alone_are_waited_with(self, field) -> None:
        taken = []
        field.pressed.connect(taken.append)
        QTest.keyPress(field, Qt.Key.Key_Control)
        QTest.keyPress(field, Qt.Key.Key_Shift, CTRL)
        assert taken == []
        QTest.keyClick(field, Qt.Key.Key_K, CTRL | SHIFT)
        assert [one.chord for one in taken] == ["Ctrl+Shift+K"]

    def test_escape_leaves_and_is_no_key_but_with_ctrl_it_is(self, field) -> None:
        taken, left = [], []
        field.pressed.connect(taken.append)
        field.left.connect(lambda: left.append(True))
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert (taken, left) == ([], [True])
        QTest.keyClick(field, Qt.Key.Key_Escape, CTRL)
        assert [one.chord for one in taken] == ["Ctrl+Esc"]

    def test_it_leaves_when_the_keyboard_goes_elsewhere(self, field) -> None:
        left = []
        field.left.connect(lambda: left.append(True))
        field.parentWidget().findChild(QLineEdit).setFocus()
        assert left == [True]

    def test_what_was_pressed_is_painted(self, field) -> None:
        before = field.grab().toImage()
        QTest.keyClick(field, Qt.Key.Key_K, CTRL)
        field.show_pressed(pressed_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_K, CTRL)))
        assert field.text() in ("Ctrl+K", "⌘K")
        assert field.grab().toImage() != before
