"""The status bar in windows of all sizes, and what is found by a key wherever it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.editing.completeness import Step
from tests.builders import with_episodes

SIZES = [(1440, 900), (1366, 768), (1024, 640), (700, 384)]
LONG = "A sentence that is much longer than a bar in a small window has room for, " * 2


@pytest.fixture
def window(desk_window, coding_file):
    desk_window.desk.open_path(coding_file(start=with_episodes()))
    desk_window.show_page(Step.CODE)
    QApplication.processEvents()
    return desk_window


def seen(window):
    QApplication.processEvents()
    return [label.isVisible() for label in window._status]


@pytest.mark.parametrize("size", SIZES)
def test_a_message_hides_the_labels_that_it_would_lie_on(window, size):
    window.resize(*size)
    QApplication.processEvents()
    window.say("1 event deleted")
    assert window.statusBar().isVisible()
    assert seen(window)[:2] == [False, False]


@pytest.mark.parametrize("size", SIZES[:3])
def test_the_labels_come_back_when_it_goes(window, size):
    window.resize(*size)
    window.say(LONG)
    window.statusBar().clearMessage()
    assert seen(window) == [True] * 4


def test_a_long_message_has_the_whole_bar(window):
    window.resize(1024, 640)
    window.say(LONG)
    assert seen(window) == [False] * 4
    assert window.statusBar().toolTip() == LONG


def test_a_short_one_leaves_the_labels_at_the_right(window):
    window.resize(1440, 900)
    window.say("1 event deleted")
    assert seen(window) == [False, False, True, True]


@pytest.mark.parametrize("how", ["away", "behind a tab", "in a window"])
def test_find_brings_the_list_into_sight(window, how):
    panels = window.workspace.work.panels
    if how == "away":
        panels.put_away("events")
    elif how == "behind a tab":
        panels.bring_forward("history")
    else:
        panels.give_window("events")
    QApplication.processEvents()
    window.actions_by_id["find_events"].trigger()
    QApplication.processEvents()
    field = window.workspace.work.events.find.field
    assert field.isVisible()
    assert QApplication.focusWidget() is field


def test_find_opens_what_the_title_row_has_no_room_for(window):
    events = window.workspace.work.events
    panels = window.workspace.work.panels
    panels["events"].head.setFixedWidth(120)
    QApplication.processEvents()
    assert not events.find.isVisible()
    window.actions_by_id["find_events"].trigger()
    assert events.find.field.isVisible()
    events.find.window().close()


def test_a_panel_that_loses_the_keyboard_lets_all_keys_go(window, qtbot):
    panels = window.workspace.work.panels
    panels.give_window("events")
    with qtbot.waitSignal(window.keys.all_released, timeout=1000):
        QApplication.sendEvent(panels.window_of("events"), QEvent(QEvent.Type.WindowDeactivate))


def test_another_window_that_loses_it_lets_none_go(window, qtbot):
    with qtbot.assertNotEmitted(window.keys.all_released):
        QApplication.sendEvent(window.statusBar(), QEvent(QEvent.Type.WindowDeactivate))


@pytest.mark.parametrize("size", [(683, 384), (1024, 400), (1440, 900)])
def test_tabs_have_their_height_in_a_window_that_was_small_at_first(desk_window, coding_file, size):
    """At first their row had stood without tabs, and kept no height for them."""
    desk_window.resize(683, 384)
    desk_window.desk.open_path(coding_file(start=with_episodes()))
    desk_window.show_page(Step.CODE)
    QApplication.processEvents()
    desk_window.resize(*size)
    QApplication.processEvents()
    tabs = desk_window.workspace.work.panels.place_of("events").tabs
    assert tabs.isVisible()
    assert tabs.height() >= tabs.tabSizeHint(0).height() > 0
