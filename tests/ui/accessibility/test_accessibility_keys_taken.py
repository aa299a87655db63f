"""A key does one thing: what a field or a button took, the page behind it does not take too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import ClearEpisode, ClearSessionEnd
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.review.counts import CountsTable
from tests.ui.accessibility import access_walk as walk
from tests.ui.demo_codings import demo_scheme
from tests.ui.pages import paint
from tests.ui.rate.judged import asked


@pytest.fixture
def preparing(window):
    """The Prepare page with one episode and the end still to be marked."""
    session = window.workspace.session
    last = demo_scheme().procedure.episodes[-1].id
    session.submit(ClearSessionEnd())
    session.submit(ClearEpisode(episode=last))
    window.show_page(Step.PREPARE)
    walk.settle()
    window.workspace.work.prepare.choose(last)
    paint(window.workspace.stage, 98.0)
    return window


def marked(window):
    return window.workspace.session.coding.mark(demo_scheme().procedure.episodes[-1].id)


def test_enter_on_the_page_marks(preparing):
    preparing.workspace.work.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert marked(preparing).start_us == 98_000_000


def test_enter_after_a_typed_time_marks_nothing(preparing):
    entry = preparing.workspace.stage.transport.time_entry
    entry.ask()
    QTest.keyClicks(entry.edit, "1:00")
    QTest.keyClick(entry.edit, Qt.Key.Key_Return)
    assert marked(preparing) is None


def test_enter_after_a_typed_time_still_asks_for_it(preparing):
    entry = preparing.workspace.stage.transport.time_entry
    told = asked(entry.typed)
    entry.ask()
    QTest.keyClicks(entry.edit, "1:00")
    QTest.keyClick(entry.edit, Qt.Key.Key_Return)
    assert told == [("1:00",)]


def test_enter_after_a_reason_marks_nothing(preparing):
    field = preparing.workspace.work.prepare._reason.edit
    field.setFocus()
    QTest.keyClicks(field, "she cried")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert marked(preparing) is None


class Page(QWidget):
    """Takes note of the keys that reach it."""

    def __init__(self):
        super().__init__()
        self.keys = []

    def keyPressEvent(self, event):  # noqa: N802 - Qt's name
        self.keys.append(event.key())


@pytest.fixture
def button(theme, qtbot):
    page = Page()
    qtbot.addWidget(page)
    made = PushButton(theme, "Do it", parent=page)
    page.show()
    made.setFocus()
    yield made
    page.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_once_by_enter_and_by_space(button, key):
    told = asked(button.clicked)
    QTest.keyClick(button, key)
    assert len(told) == 1
    assert button.parentWidget().keys == []


def test_a_shut_button_is_not_pressed(button):
    told = asked(button.clicked)
    button.disable("not yet")
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert told == []


def test_enter_with_control_is_left_to_the_page(button):
    told = asked(button.clicked)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == []


def test_tab_leads_out_of_the_counts(theme, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    table, after = CountsTable(theme, demo_scheme(), page), PushButton(theme, "After", parent=page)
    column.addWidget(table)
    column.addWidget(after)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_a_line_written_before_it_is_put_anywhere_is_no_window(theme, qtbot):
    line = IconLine(theme, "check")
    qtbot.addWidget(line)
    line.show_text("They agree.")
    assert not line.isVisible()


def test_such_a_line_is_seen_where_it_is_put(theme, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    line = IconLine(theme, "check")
    line.show_text("They agree.")
    QVBoxLayout(page).addWidget(line)
    page.show()
    assert line.isVisible()


def test_chips_that_come_later_have_their_places(theme, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(4, page)
    page.resize(300, 80)
    page.show()
    for round_of in (2, 3):
        flow.clear()
        for number in range(round_of):
            chip = Chip(theme, ChipFace(text=f"clip {number}"), page)
            flow.addWidget(chip)
            chip.show()
        walk.settle()
        places = [flow.itemAt(place).widget().geometry() for place in range(flow.count())]
        assert not any(a.intersects(b) for a in places for b in places if a is not b)
