"""An open cell of the list, while the list is arranged anew around it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.ui.code.table_cell import CellField
from ssp_coder.ui.code.table_columns import Column
from tests.builders import add


@pytest.fixture
def listed(desk):
    for at in range(600, 640):
        desk.session.submit(add("seeking.reach", at))
    desk.page.table.setFocus()
    return desk.page.events


def opened(desk, row, column):
    table = desk.page.table
    table.setCurrentIndex(desk.page.events.model.index(row, column))
    table.edit_current()
    return next(cell for cell in table.findChildren(CellField) if cell.isVisible())


def test_sorting_takes_what_was_typed(desk, listed):
    cell = opened(desk, 1, Column.COMMENT)
    event = cell.event_id
    cell.setText("looks up")
    desk.page.table.want_order(Column.CODE)
    assert desk.coding.event(event).comment == "looks up"
    assert listed.model.sorted_by[0] is Column.CODE


def test_a_wrong_text_keeps_its_cell_and_the_order(desk, listed):
    cell = opened(desk, 1, Column.START)
    cell.setText("soon")
    desk.page.table.want_order(Column.CODE)
    assert listed.model.sorted_by[0] is Column.START
    assert cell.text() == "soon"
    assert "soon" in cell.error()


def test_what_is_wrong_stays_at_its_cell_when_rows_come_over_it(desk, listed):
    cell = opened(desk, 1, Column.START)
    cell.setText("soon")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    desk.session.submit(add("seeking.reach", 700))
    QApplication.processEvents()
    desk.page.table.updateGeometries()
    line = cell._error.geometry()
    assert line.top() == cell.geometry().bottom() + 1 or line.bottom() == cell.y() - 1


def test_a_stray_letter_moves_nothing(desk, listed):
    desk.page.table.setCurrentIndex(listed.model.index(5, Column.CODE))
    word = listed.model.index(5, Column.START).data()
    desk.page.table.keyboardSearch(word[:1])
    assert desk.page.table.currentIndex().row() == 5


def test_the_header_knows_nothing_of_the_selection(desk, listed, monkeypatch):
    """It would ask each row whether it is selected, each time it is painted."""
    asked = []
    flags = type(listed.model).flags
    monkeypatch.setattr(
        type(listed.model), "flags", lambda self, i: asked.append(1) or flags(self, i)
    )
    listed.select_shown()
    QApplication.processEvents()
    asked.clear()
    desk.page.table.horizontalHeader().grab()
    assert len(asked) < listed.model.rowCount()


def test_a_letter_asks_each_combination_once(desk, listed, monkeypatch):
    """Else a letter typed into the filter takes long where there are many events."""
    words = listed.model._words
    searched = []
    plain = type(words)._text_searched
    monkeypatch.setattr(
        type(words), "_text_searched", lambda self, e: searched.append(1) or plain(self, e)
    )
    desk.session.submit(add("distress.cry", 700, end=702))
    listed.find.focus_field()
    QTest.keyClicks(listed.find.field, "reach")
    assert listed.model.rowCount() == 40
    assert 0 < len(searched) <= 2 * len("reach")


def test_words_and_wishes_narrow_together(desk, listed):
    group = desk.session.scheme.ethogram.group_of("distress.cry")
    desk.session.submit(add("distress.cry", 700, end=702))
    listed.show_only(listed.model.filter.turned("groups", group.id))
    QTest.keyClicks(listed.find.field, "reach")
    assert listed.model.rowCount() == 0
    listed.show_only(listed.model.filter.without("groups"))
    assert listed.model.rowCount() == 40


class TestBar:
    """The bar with modifiers and acts is seen wherever its keys work."""

    def test_under_the_board_at_first(self, desk):
        assert desk.page.panels["board"].isAncestorOf(desk.page.coding.bar)

    @pytest.mark.parametrize("way", ["away", "behind a tab"])
    def test_without_the_board_it_stands_under_the_page(self, desk, way):
        panels = desk.page.panels
        if way == "away":
            panels.put_away("board")
        else:
            panels.move_panel("events", panels["board"].spec.zone)
            panels.bring_forward("events")
        desk.at(600)
        desk.press("y")
        QApplication.processEvents()
        assert desk.page.bar_is_open
        assert desk.page.coding.bar.isVisible()
        assert not desk.page.panels["board"].isVisible()

    def test_it_goes_back_with_the_board(self, desk):
        desk.page.panels.put_away("board")
        desk.page.panels.show_panel("board")
        assert desk.page.panels["board"].isAncestorOf(desk.page.coding.bar)

    def test_it_goes_along_into_a_window(self, desk):
        desk.page.panels.give_window("board")
        assert desk.page.panels.window_of("board").isAncestorOf(desk.page.coding.bar)

    def test_no_bar_under_the_prepare_step(self, desk):
        desk.page.panels.put_away("board")
        desk.page.show_prepare(True)
        assert not desk.page.coding.bar.isVisible()
        assert isinstance(desk.page.coding.bar.parentWidget(), QWidget)
