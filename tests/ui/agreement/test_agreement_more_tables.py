"""Laws of the table of figures, and how it holds many rows, long words, none at all, and keys."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureModel, FigureTable
from tests.ui.agreement.agreement_looks import cells, go_to

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
MANY = 5_000


@dataclass(frozen=True)
class Row:
    name: str
    value: float | None


COLUMNS = (
    FigureColumn(title="Of", text=lambda row: row.name, left=True),
    FigureColumn(
        title="Kappa",
        text=lambda row: "–" if row.value is None else f"{row.value:.2f}",
        order=lambda row: row.value,
        hint="a convention",
    ),
)
FEW = (Row("gaze", 0.5), Row("contact", None), Row("distress", -0.2))

row_lists = some.lists(
    some.builds(
        Row,
        name=some.text("abc", max_size=3),
        value=some.none() | some.floats(-1, 1, allow_nan=False),
    ),
    max_size=30,
)
orders = some.sampled_from((UP, DOWN))


def model_of(rows):
    model = FigureModel()
    model.show_rows(COLUMNS, rows)
    return model


def shown_rows(model, rows):
    return [rows[model.place(at)] for at in range(model.rowCount())]


@pytest.fixture
def table(theme, qtbot):
    made = FigureTable(theme, "Agreement per code")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_rows(COLUMNS, FEW)
    return made


@pytest.fixture
def counted():
    """Columns that note of which rows words were asked."""
    asked = []

    def text(row):
        asked.append(row)
        return f"row {row}"

    return (FigureColumn(title="Row", text=text, order=lambda row: -row),), asked


@pytest.mark.usefixtures("qapp")
class TestLaws:
    @given(rows=row_lists, column=some.integers(-1, 2), order=orders)
    def test_sorting_neither_loses_nor_doubles_a_row(self, rows, column, order):
        model = model_of(rows)
        model.sort(column, order)
        assert sorted(model.place(at) for at in range(len(rows))) == list(range(len(rows)))

    @given(rows=row_lists, order=orders)
    def test_known_values_stand_in_order_and_the_rest_after_them(self, rows, order):
        model = model_of(rows)
        model.sort(1, order)
        values = [row.value for row in shown_rows(model, rows)]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=order is DOWN)
        assert values == known + [None] * (len(values) - len(known))

    @given(rows=row_lists, order=orders)
    def test_rows_that_are_alike_keep_their_own_order(self, rows, order):
        model = model_of(rows)
        model.sort(0, order)
        places = [model.place(at) for at in range(len(rows))]
        for above, below in pairwise(places):
            if rows[above].name == rows[below].name:
                assert above < below

    @given(rows=row_lists, order=orders)
    def test_a_row_is_found_where_it_is_shown(self, rows, order):
        model = model_of(rows)
        model.sort(1, order)
        for place in range(len(rows)):
            assert model.place(model.row_of(place)) == place

    @given(rows=row_lists.filter(len), first=orders, then=orders, data=some.data())
    def test_a_remembered_cell_shows_the_same_row_after_any_sorting(self, rows, first, then, data):
        model = model_of(rows)
        model.sort(0, first)
        at = data.draw(some.integers(0, len(rows) - 1))
        place, kept = model.place(at), QPersistentModelIndex(model.index(at, 1))
        model.sort(1, then)
        assert model.place(kept.row()) == place
        assert kept.column() == 1


@pytest.mark.usefixtures("qapp")
class TestModel:
    def test_it_has_no_rows_below_its_rows(self):
        model = model_of(FEW)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert model.rowCount(model.index(0, 0)) == 0
        assert model.columnCount(model.index(0, 0)) == 0

    def test_a_place_that_is_none_says_nothing(self):
        model = model_of(FEW)
        assert model.data(QModelIndex()) is None
        assert model.headerData(99, Qt.Orientation.Horizontal) is None

    def test_a_cell_without_a_tip_of_its_own_shows_its_whole_words(self):
        model = model_of((Row("contact maintaining, infant toward the caregiver " * 4, 0.1),))
        tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
        assert tip == "contact maintaining, infant toward the caregiver " * 4

    def test_a_title_tells_its_meaning_to_the_ear_too(self):
        model = model_of(FEW)
        role = Qt.ItemDataRole.AccessibleDescriptionRole
        assert model.headerData(1, Qt.Orientation.Horizontal, role) == "a convention"
        assert model.headerData(0, Qt.Orientation.Horizontal, role) is None

    def test_a_column_it_does_not_have_sorts_nothing(self):
        model = model_of(FEW)
        model.sort(1)
        model.sort(7)
        assert shown_rows(model, FEW) == list(FEW)

    def test_other_rows_forget_the_places_of_the_earlier_ones(self):
        model = model_of(FEW)
        model.sort(1, DOWN)
        model.show_rows(COLUMNS, FEW[:1])
        assert [model.place(at) for at in range(model.rowCount())] == [0]


class TestManyRows:
    def test_a_few_rows_decide_the_width_of_thousands(self, table, counted):
        columns, asked = counted
        table.show_rows(columns, range(MANY))
        assert table.figures.rowCount() == MANY
        assert len(set(asked)) < 200

    def test_thousands_are_sorted_whole(self, table, counted):
        columns, _ = counted
        table.show_rows(columns, range(MANY))
        table.sortByColumn(0, UP)
        assert table.figures.words(0, 0) == f"row {MANY - 1}"
        assert table.figures.words(MANY - 1, 0) == "row 0"

    def test_the_row_of_the_keyboard_goes_with_the_order(self, table, counted):
        columns, _ = counted
        table.show_rows(columns, range(MANY))
        go_to(table, 10)
        table.sortByColumn(0, UP)
        assert table.current_place() == 10
        assert table.currentIndex().row() == MANY - 11

    def test_end_and_home_walk_to_the_last_and_the_first(self, table, counted, qtbot):
        columns, _ = counted
        table.show_rows(columns, range(MANY))
        with qtbot.waitSignal(table.row_current) as told:
            QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        assert told.args == [MANY - 1]
        QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        assert table.current_place() == 0

    def test_all_of_them_are_copied(self, table, counted):
        columns, _ = counted
        table.show_rows(columns, range(MANY))
        table.copy()
        assert QGuiApplication.clipboard().text().count("\n") == MANY


class TestTable:
    def test_a_very_long_name_does_not_push_the_figures_away(self, table, theme):
        table.set_growing(1)
        table.show_rows(COLUMNS, (Row("a very long name " * 60, 0.5),))
        assert table.columnWidth(0) <= theme.px(340)

    def test_columns_are_as_wide_as_their_titles_at_least(self, theme, table):
        wide = FigureColumn(title="Largest lag of aligned events", text=lambda _row: "1")
        narrow = FigureColumn(title="n", text=lambda _row: "1")
        table.show_rows((COLUMNS[0], wide, narrow), FEW)
        assert table.columnWidth(1) > 2 * table.columnWidth(2)

    def test_enter_and_a_double_click_choose_the_same_row(self, table, qtbot):
        table.show()
        go_to(table, 2)
        with qtbot.waitSignal(table.row_chosen) as by_key:
            QTest.keyClick(table, Qt.Key.Key_Enter)
        where = table.visualRect(table.figures.index(2, 0)).center()
        view = table.viewport()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
        with qtbot.waitSignal(table.row_chosen) as by_click:
            QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=where)
        assert by_key.args == by_click.args == [2]

    def test_walking_within_a_row_tells_no_other_row(self, table, qtbot):
        go_to(table, 1, 0)
        with qtbot.assertNotEmitted(table.row_current):
            QTest.keyClick(table, Qt.Key.Key_Right)
        assert table.currentIndex().column() == 1

    def test_without_rows_keys_choose_and_sort_nothing(self, table, qtbot):
        table.show_rows(COLUMNS, ())
        with qtbot.assertNotEmitted(table.row_chosen):
            QTest.keyClick(table, Qt.Key.Key_Return)
        table.sort_by_current()
        assert table.current_place() is None
        assert table.copied() == "Of\tKappa"

    def test_one_chosen_row_is_not_meant_alone(self, table):
        table.selectRow(1)
        assert len(table.copied().split("\n")) == 1 + len(FEW)

    def test_what_is_copied_stands_in_the_order_that_is_seen(self, table):
        table.sortByColumn(1, UP)
        names = [line.split("\t")[0] for line in table.copied().split("\n")[1:]]
        assert names == cells(table, "Of") == ["distress", "gaze", "contact"]

    def test_new_rows_are_not_sorted_as_the_old_ones_were(self, table):
        table.sortByColumn(1, DOWN)
        table.show_rows(COLUMNS, FEW)
        assert cells(table, "Of") == [row.name for row in FEW]
        assert table.horizontalHeader().sortIndicatorSection() == -1

    def test_a_third_sort_by_key_begins_again_from_the_least(self, table):
        for _ in range(3):
            go_to(table, 0, 1)
            table.sort_by_current()
        assert cells(table, "Of")[0] == "distress"

    def test_it_cannot_be_typed_into(self, table):
        go_to(table, 0, 0)
        QTest.keyClick(table, Qt.Key.Key_F2)
        QTest.keyClicks(table, "x")
        assert cells(table, "Of")[0] == "gaze"

    def test_it_says_its_name_and_its_keys(self, table):
        assert table.accessibleName() == "Agreement per code"
        assert "sorts by the column" in table.accessibleDescription()

    def test_in_german_it_says_them_in_german(self, in_german, theme, qtbot):
        made = FigureTable(theme, "Übereinstimmung")
        qtbot.addWidget(made)
        assert "sorts by" not in made.accessibleDescription()
        assert "sortiert" in made.accessibleDescription()
