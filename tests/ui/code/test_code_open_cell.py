"""An open cell of the list, while the list is arranged anew around it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.editing.edits import DeleteEvents
from ssp_coder.ui.code.table_cell import CellField
from ssp_coder.ui.code.table_columns import Column
from ssp_coder.ui.code.table_filter import EventFilter
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


class TestFiltering:
    """A row whose open cell holds a wrong text is not filtered away with it."""

    @pytest.fixture
    def wrong(self, desk, listed):
        cell = opened(desk, 1, Column.START)
        cell.setText("soon")
        return cell

    def test_the_filter_waits_and_says_why(self, desk, listed, wrong):
        listed.show_only(EventFilter(text="nothing has this"))
        assert listed.model.rowCount() == 40
        assert wrong.text() == "soon"
        assert "the filter waits until the open cell is right" in listed.view.note()

    def test_typing_goes_on_in_the_field_of_the_filter(self, desk, listed, wrong):
        listed.find.focus_field()
        QTest.keyClicks(listed.find.field, "nothing")
        assert listed.find.field.text() == "nothing"
        assert wrong.text() == "soon"
        assert listed.model.rowCount() == 40

    def test_once_the_cell_is_right_the_filter_is_in_force(self, desk, listed, wrong):
        listed.show_only(EventFilter(text="nothing has this"))
        wrong.setText("11:00")
        QTest.keyClick(wrong, Qt.Key.Key_Return)
        assert listed.model.rowCount() == 0
        assert "waits" not in listed.view.note()

    def test_leaving_the_cell_by_escape_lets_the_filter_on_too(self, desk, listed, wrong):
        listed.show_only(EventFilter(text="nothing has this"))
        QTest.keyClick(wrong, Qt.Key.Key_Escape)
        assert listed.model.rowCount() == 0

    def test_the_last_filter_wanted_is_the_one(self, desk, listed, wrong):
        listed.show_only(EventFilter(text="nothing has this"))
        listed.show_only(EventFilter(text="reach"))
        QTest.keyClick(wrong, Qt.Key.Key_Escape)
        assert listed.model.filter.text == "reach"
        assert listed.model.rowCount() == 40

    def test_coding_goes_on_and_the_reason_stays(self, desk, listed, wrong):
        listed.show_only(EventFilter(text="nothing has this"))
        desk.session.submit(add("seeking.reach", 700))
        assert "waits" in listed.view.note()
        assert listed.model.rowCount() == 41

    def test_an_event_that_goes_takes_its_cell_and_the_waiting(self, desk, listed, wrong):
        listed.show_only(EventFilter(text="nothing has this"))
        desk.session.submit(DeleteEvents(events=(wrong.event_id,)))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        desk.session.submit(add("seeking.reach", 700))
        assert listed.model.rowCount() == 0

    def test_a_right_text_is_taken_before_the_filter(self, desk, listed):
        cell = opened(desk, 1, Column.COMMENT)
        event = cell.event_id
        cell.setText("looks up")
        listed.show_only(EventFilter(text="looks up"))
        assert desk.coding.event(event).comment == "looks up"
        assert listed.model.rowCount() == 1


class TestNothingToType:
    @pytest.mark.parametrize(
        ("column", "why"),
        [
            (Column.EPISODE, "The episode follows from the start"),
            (Column.GROUP, "The group follows from the code"),
            (Column.LENGTH, "This event is a moment without a length"),
        ],
    )
    def test_f2_says_why(self, desk, listed, column, why):
        said = []
        listed.said.connect(said.append)
        table = desk.page.table
        table.setColumnHidden(column, False)
        table.setCurrentIndex(listed.model.index(1, column))
        QTest.keyClick(table, Qt.Key.Key_F2)
        assert [words.startswith(why) for words in said] == [True]
        assert not table.has_open_cell()

    def test_f2_in_a_locked_coding_says_so(self, desk, listed):
        said = []
        listed.said.connect(said.append)
        listed.model.set_locked(True)
        desk.page.table.setCurrentIndex(listed.model.index(1, Column.START))
        QTest.keyClick(desk.page.table, Qt.Key.Key_F2)
        assert said == ["This coding can only be read, so no cell can be changed"]

    def test_f2_that_opens_a_cell_says_nothing(self, desk, listed):
        said = []
        listed.said.connect(said.append)
        desk.page.table.setCurrentIndex(listed.model.index(1, Column.START))
        QTest.keyClick(desk.page.table, Qt.Key.Key_F2)
        assert desk.page.table.has_open_cell()
        assert said == []


def test_a_person_that_the_board_has_not_is_said(desk):
    said = []
    desk.page.coding.said.connect(said.append)
    persons = len(desk.page.coding.subjects)
    desk.page.coding.choose_subject(persons)
    assert said == [f"There is no person {persons + 1} on the board; it has {persons}"]
