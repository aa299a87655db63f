"""From panel to panel with a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from ssp_coder.ui.docks.walk import PanelWalk, first_stop

ORDER = ["picture", "board", "events", "timeline"]


@pytest.fixture
def walk(area, qtbot):
    area.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is area.window())
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    return PanelWalk(area)


def test_f6_goes_round_the_panels_in_reading_order(walk):
    assert [walk.go(1) for _ in range(5)] == [*ORDER, "picture"]


def test_and_back_again(walk):
    assert [walk.go(-1) for _ in range(5)] == [*reversed(ORDER), "timeline"]


def test_the_panel_has_the_keyboard_in_its_content(walk, area):
    walk.enter("board")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert area["board"].content().isAncestorOf(focus)
    assert walk.current() == "board"


def test_one_comes_back_to_where_one_was_in_a_panel(walk):
    walk.enter("events")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    second = QApplication.focusWidget()
    assert second.text() == "events too"
    walk.go(1)
    assert walk.current() == "timeline"
    walk.go(-1)
    assert QApplication.focusWidget() is second


def test_a_widget_that_was_disabled_since_is_left_for_the_first(walk):
    walk.enter("events")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    second = QApplication.focusWidget()
    walk.go(1)
    second.setEnabled(False)
    walk.go(-1)
    assert QApplication.focusWidget().text() == "events"


def test_what_stands_behind_a_tab_or_is_away_is_no_stop(walk, area):
    area.put_away("board")
    assert {walk.go(1) for _ in range(6)} == {"picture", "events", "timeline"}


def test_windows_come_last(walk, area, qtbot):
    area.give_window("picture")
    stops = [box.spec.id for box in walk._stops()]
    assert stops == ["board", "events", "timeline", "picture"]


def test_without_the_keyboard_in_a_panel_there_is_no_current_one(walk):
    assert walk.current() == ""
    walk.enter("board")
    assert walk.current() == "board"


def test_a_panel_without_anything_to_reach_has_no_stop(qtbot):
    label = QLabel("words")
    qtbot.addWidget(label)
    assert first_stop(label) is None
