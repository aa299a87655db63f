"""The table of figures: its order, its words, what is copied, and how keys use it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureModel, FigureTable

ROWS = (("contact", 0.5), ("gaze", None), ("avoidance", -0.2), ("distress", 0.9))
COLUMNS = (
    FigureColumn(title="Of", text=lambda row: row[0], left=True),
    FigureColumn(
        title="Kappa",
        text=lambda row: "undefined" if row[1] is None else f"{row[1]:.2f}",
        order=lambda row: row[1],
        hint="a convention",
        tip=lambda row: f"kappa of {row[0]}",
    ),
)


@pytest.fixture
def model(qapp):
    made = FigureModel()
    made.show_rows(COLUMNS, ROWS)
    return made


@pytest.fixture
def table(theme, qtbot):
    made = FigureTable(theme, "Agreement")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_rows(COLUMNS, ROWS)
    return made


def column_of(model, column=0):
    return [model.words(row, column) for row in range(model.rowCount())]


class TestModel:
    def test_it_keeps_what_qt_asks_of_a_model(self, model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.sort(1)

    def test_rows_stand_in_their_own_order_at_first(self, model):
        assert column_of(model) == [name for name, _ in ROWS]

    def test_numbers_are_sorted_as_numbers(self, model):
        model.sort(1)
        assert column_of(model) == ["avoidance", "contact", "distress", "gaze"]

    def test_rows_without_a_value_come_last_in_both_orders(self, model):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            model.sort(1, order)
            assert column_of(model)[-1] == "gaze"

    def test_words_are_sorted_as_words(self, model):
        model.sort(0, Qt.SortOrder.DescendingOrder)
        assert column_of(model) == ["gaze", "distress", "contact", "avoidance"]

    def test_no_column_gives_the_own_order_back(self, model):
        model.sort(1)
        model.sort(-1)
        assert column_of(model) == [name for name, _ in ROWS]

    def test_a_remembered_row_moves_with_the_order(self, model):
        kept = QPersistentModelIndex(model.index(3, 0))
        model.sort(1, Qt.SortOrder.DescendingOrder)
        assert kept.row() == 0
        assert kept.data() == "distress"

    def test_the_place_of_a_shown_row_is_that_in_its_own_order(self, model):
        model.sort(1)
        assert [model.place(row) for row in range(4)] == [2, 0, 3, 1]
        assert model.row_of(3) == 2

    def test_a_title_tells_what_it_means(self, model):
        across = Qt.Orientation.Horizontal
        assert model.headerData(1, across) == "Kappa"
        assert model.headerData(1, across, Qt.ItemDataRole.ToolTipRole) == "a convention"
        assert model.headerData(0, across, Qt.ItemDataRole.ToolTipRole) is None
        assert model.headerData(1, Qt.Orientation.Vertical) is None

    def test_a_cell_is_spoken_with_its_title(self, model):
        index = model.index(1, 1)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Kappa: undefined"
        assert index.data(Qt.ItemDataRole.ToolTipRole) == "kappa of gaze"

    def test_numbers_stand_at_the_right_and_words_at_the_left(self, model):
        sides = [
            Qt.AlignmentFlag(model.index(0, at).data(Qt.ItemDataRole.TextAlignmentRole))
            for at in (0, 1)
        ]
        assert sides[0] & Qt.AlignmentFlag.AlignLeft
        assert sides[1] & Qt.AlignmentFlag.AlignRight


class TestTable:
    def test_enter_chooses_the_row_by_its_own_place(self, table, qtbot):
        table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        table.setCurrentIndex(table.figures.index(0, 0))
        with qtbot.waitSignal(table.row_chosen) as chosen:
            QTest.keyClick(table, Qt.Key.Key_Return)
        assert chosen.args == [2]

    def test_walking_the_rows_tells_which_one_it_is_at(self, table, qtbot):
        with qtbot.waitSignal(table.row_current) as told:
            QTest.keyClick(table, Qt.Key.Key_Down)
        assert told.args == [1]
        assert table.current_place() == 1

    def test_the_whole_table_is_copied_with_its_titles(self, table):
        table.copy()
        lines = QGuiApplication.clipboard().text().split("\n")
        assert lines[0] == "Of\tKappa"
        assert lines[1] == "contact\t0.50"
        assert len(lines) == 5

    def test_several_chosen_rows_are_copied_alone(self, table):
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "Of\tKappa\ncontact\t0.50\ngaze\tundefined"

    def test_the_column_of_the_keyboard_sorts_and_turns_round(self, table):
        table.setCurrentIndex(table.figures.index(0, 1))
        table.sort_by_current()
        assert column_of(table.figures)[0] == "avoidance"
        table.setCurrentIndex(table.figures.index(0, 1))
        table.sort_by_current()
        assert column_of(table.figures)[0] == "distress"

    def test_other_rows_come_in_their_own_order(self, table):
        table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        table.show_rows(COLUMNS, ROWS[2:])
        assert column_of(table.figures) == ["avoidance", "distress"]

    def test_the_first_column_takes_the_room_that_is_left(self, table):
        table.resize(900, 300)
        table.show()
        length = table.horizontalHeader().length()
        assert abs(length - table.viewport().width()) <= 1

    def test_another_column_may_take_it(self, table):
        table.set_growing(1)
        table.resize(900, 300)
        table.show()
        table.show_rows(COLUMNS, ROWS)
        assert table.columnWidth(1) > table.columnWidth(0)

    def test_no_rows_at_all_are_no_fault(self, table):
        table.show_rows((), ())
        assert table.current_place() is None
        assert table.copied() == ""
