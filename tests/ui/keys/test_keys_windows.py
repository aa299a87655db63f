"""Windows of their own carry out commands by the keys that a person gave them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.ui.instruments.window import InstrumentsWindow
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from tests.ui.rate.judged import open_window

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def own(**keys):
    chosen = tuple(CommandKeys(command=name, keys=own) for name, own in keys.items())
    live_keys().take(KeySet(commands=chosen))


@pytest.fixture(autouse=True)
def keys(qapp):
    live_keys().take(KeySet())
    yield
    live_keys().take(KeySet())


class Room(QWidget):
    """Two fields; undo works everywhere, play and N in the picture, P in the whole window."""

    def __init__(self):
        super().__init__()
        self.did = []
        self.picture, self.other = QWidget(self), QWidget(self)
        self.line = QLineEdit(self)
        column = QVBoxLayout(self)
        for widget in (self.picture, self.other, self.line):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            column.addWidget(widget)
        WindowKeys(
            self,
            (
                WindowKey(command="undo", act=self.note("undo")),
                WindowKey(command="toggle", act=self.note("toggle"), over=self.picture),
                WindowKey(key="P", act=self.note("P")),
                WindowKey(key="N", act=self.note("N"), over=self.picture),
            ),
        )

    def note(self, word):
        def act():
            self.did.append(word)

        return act

    def press(self, widget, key, modifier=NONE):
        widget.setFocus()
        QTest.keyClick(widget, key, modifier)


@pytest.fixture
def room(qtbot):
    return open_window(qtbot, Room(), (300, 200))


def test_usual_keys_work(room):
    room.press(room.other, Qt.Key.Key_Z, CTRL)
    room.press(room.picture, Qt.Key.Key_Space)
    assert room.did == ["undo", "toggle"]


def test_own_keys_work_instead_of_the_usual_ones(room):
    own(undo=("F13",))
    room.press(room.other, Qt.Key.Key_Z, CTRL)
    assert room.did == []
    room.press(room.other, Qt.Key.Key_F13)
    assert room.did == ["undo"]


def test_every_key_of_a_command_works(room):
    own(undo=("F13", "F14"))
    room.press(room.other, Qt.Key.Key_F13)
    room.press(room.other, Qt.Key.Key_F14)
    assert room.did == ["undo", "undo"]


def test_a_command_without_a_key_has_none_here(room):
    own(toggle=())
    room.press(room.picture, Qt.Key.Key_Space)
    assert room.did == []


def test_a_key_of_one_widget_is_quiet_elsewhere(room):
    room.press(room.other, Qt.Key.Key_Space)
    room.press(room.other, Qt.Key.Key_N)
    room.press(room.picture, Qt.Key.Key_N)
    assert room.did == ["N"]


def test_a_command_takes_the_key_of_the_window(room):
    own(toggle=("P",))
    room.press(room.picture, Qt.Key.Key_P)
    assert room.did == ["toggle"]


def test_the_window_has_its_key_again_when_the_command_lets_go(room):
    own(toggle=("p",))
    live_keys().take(KeySet())
    room.press(room.picture, Qt.Key.Key_P)
    assert room.did == ["P"]


def test_a_letter_is_typed_where_one_types(room):
    room.press(room.line, Qt.Key.Key_P)
    assert room.line.text().lower() == "p"
    assert room.did == []


def test_changing_keys_leaves_no_shortcut_behind(room, qtbot):
    before = len(room.findChildren(QShortcut))
    for key in ("F13", "F14", "F15"):
        own(undo=(key,))
    qtbot.waitUntil(lambda: len(room.findChildren(QShortcut)) == before)


def test_the_instrument_window_finds_by_the_key_of_finding(theme, qtbot):
    window = InstrumentsWindow(theme)
    open_window(qtbot, window, (1340, 720))
    own(find_events=("F13",))
    QTest.keyClick(window.list, Qt.Key.Key_F13)
    assert window.search.edit.hasFocus()
    assert window.search.edit.toolTip().endswith("(F13)")
