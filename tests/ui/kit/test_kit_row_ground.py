"""The ground that painted rows of lists share, and tables that are only read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem

from ssp_coder.ui.kit.row_ground import (
    is_chosen,
    paint_bar,
    paint_ground,
    paint_hairline,
    paint_parted_row,
)
from ssp_coder.ui.kit.still_table import StillTable

AREA = QRect(0, 10, 60, 20)
PAPER = QColor("#123456")
CHOSEN, OVER = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver


def option(state=QStyle.StateFlag.State_None):
    made = QStyleOptionViewItem()
    made.rect, made.state = AREA, state
    return made


def painted(paint, *arguments):
    """The colours at the left edge, in the middle and at the foot, and above the row."""
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    paint(painter, *arguments)
    painter.end()
    places = ((0, 15), (30, 15), (30, 29), (30, 5))
    return tuple(image.pixelColor(*place).name() for place in places)


def colours(theme, *names):
    return tuple(PAPER.name() if name is None else theme.colour(name).name() for name in names)


@pytest.mark.parametrize(
    ("state", "ground"), [(CHOSEN, "sel"), (OVER, "hover"), (CHOSEN | OVER, "sel")]
)
def test_a_chosen_row_is_filled_and_else_the_one_under_the_mouse(theme, state, ground):
    found = painted(paint_ground, theme, option(state))
    assert found == colours(theme, ground, ground, ground, None)


def test_a_row_that_is_neither_keeps_the_paper(theme):
    assert painted(paint_ground, theme, option()) == colours(theme, None, None, None, None)


def test_the_bar_stands_at_the_left_edge_and_the_hairline_at_the_foot(theme):
    assert painted(paint_bar, theme, AREA) == colours(theme, "accent", None, None, None)
    assert painted(paint_hairline, theme, AREA) == colours(theme, None, None, "line", None)


def test_a_chosen_row_among_parted_ones_has_all_three(theme):
    found = painted(paint_parted_row, theme, option(CHOSEN))
    assert found == colours(theme, "accent", "sel", "line", None)


def test_the_mouse_alone_marks_no_parted_row(theme):
    found = painted(paint_parted_row, theme, option(OVER))
    assert found == colours(theme, "hover", "hover", "line", None)


def test_only_a_selected_row_is_chosen():
    assert is_chosen(option(CHOSEN | OVER))
    assert not is_chosen(option(OVER))


@pytest.fixture
def table(qtbot):
    made = StillTable()
    qtbot.addWidget(made)
    made.setModel(QStandardItemModel(3, 3, made))
    made.set_still(31)
    made.show()
    return made


def test_rows_have_the_height_given_and_no_header(table):
    assert {table.rowHeight(row) for row in range(3)} == {31}
    assert not table.verticalHeader().isVisible()
    assert table.verticalHeader().sectionResizeMode(0) is QHeaderView.ResizeMode.Fixed
    assert not table.showGrid()


def test_a_cell_cannot_be_edited_in_place(table):
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_F2)
    QTest.keyClick(table, Qt.Key.Key_A)
    assert table.state() is QAbstractItemView.State.NoState


def test_tab_stays_in_no_cell(table):
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert table.currentIndex().column() == 0


def test_one_cell_at_a_time_is_selected(table):
    for column in (0, 2):
        table.setCurrentIndex(table.model().index(1, column))
    assert [index.column() for index in table.selectedIndexes()] == [2]
