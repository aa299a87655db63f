"""The table of words: what is chosen stays chosen, and nothing jumps when it is filled anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.trainer.row_table import RowTable, TableRow


def rows(*keys: str) -> tuple[TableRow, ...]:
    return tuple(TableRow(key=key, cells=(key, f"about {key}"), icon="flag") for key in keys)


@pytest.fixture
def table(theme, qtbot):
    made = RowTable(theme, "Things", ["Thing", "About"], (1,))
    qtbot.addWidget(made)
    made.resize(300, 120)
    made.show()
    return made


@pytest.fixture
def told(table):
    heard: list[str] = []
    table.row_chosen.connect(heard.append)
    return heard


def test_the_first_row_is_chosen_when_rows_come(table, told):
    table.show_rows(rows("a", "b"))
    assert (table.key, told) == ("a", ["a"])


def test_the_chosen_row_stays_chosen_wherever_it_goes(table, told):
    table.show_rows(rows("a", "b", "c"))
    table.choose("b")
    table.show_rows(rows("c", "b", "a"))
    assert table.key == "b"
    assert table.currentRow() == 1
    assert told == ["a", "b"]


def test_when_the_chosen_row_goes_the_first_takes_its_place(table, told):
    table.show_rows(rows("a", "b"))
    table.choose("b")
    table.show_rows(rows("a", "c"))
    assert (table.key, told) == ("a", ["a", "b", "a"])


def test_without_rows_nothing_is_chosen(table, told):
    table.show_rows(rows("a"))
    table.show_rows(())
    assert (table.key, told) == ("", ["a", ""])


def test_the_same_rows_again_change_nothing(table, told):
    table.show_rows(rows("a", "b"))
    item = table.item(0, 0)
    table.show_rows(rows("a", "b"))
    assert table.item(0, 0) is item
    assert told == ["a"]


def test_an_unknown_row_cannot_be_chosen(table, told):
    table.show_rows(rows("a"))
    table.choose("z")
    assert (table.key, told) == ("a", ["a"])


def test_the_place_it_is_scrolled_to_is_kept(table):
    many = [f"r{number:02d}" for number in range(60)]
    table.show_rows(rows(*many))
    table.verticalScrollBar().setValue(300)
    table.show_rows(rows(*many[:59]))
    assert table.verticalScrollBar().value() == 300


def test_down_goes_to_the_next_row(table, told, qtbot):
    table.show_rows(rows("a", "b"))
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert told == ["a", "b"]


def test_other_colours_leave_the_choice(table, told, theme):
    table.show_rows(rows("a", "b"))
    table.choose("b")
    theme.changed.emit()
    assert (table.key, table.currentRow(), told) == ("b", 1, ["a", "b"])
