"""The sheet as a table: which column is what, and what each role gives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ssp_coder.ui.intervals.sheet_model import AFTER, BEFORE, SOURCE, TITLE, SheetModel
from tests.builders import infant_scheme
from tests.fixtures.interval_sheets import blind, coded, moving, row, seen_mark, sheet

SCHEME = infant_scheme()
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
LINES = len(SCHEME.ethogram.measures)
MOVING = 1
VALUE = coded(moving(0, 20), blind(165, 180))


@pytest.fixture
def model(qapp) -> SheetModel:
    made = SheetModel(SCHEME, LINES)
    made.show_sheet(sheet(VALUE))
    return made


def test_without_a_sheet_there_are_lines_and_no_interval(qapp):
    empty = SheetModel(SCHEME, LINES)
    assert (empty.rowCount(), empty.columnCount()) == (LINES, BEFORE + AFTER)
    assert empty.index(0, TITLE).data() is None
    assert empty.row_at(0) is None


def test_a_table_has_no_lines_below_a_cell(model):
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_columns_are_title_source_intervals_and_scores(model):
    assert model.columnCount() == BEFORE + 12 + AFTER
    assert [model.interval_at(at) for at in (TITLE, SOURCE, BEFORE, BEFORE + 11, BEFORE + 12)] == [
        None,
        None,
        0,
        11,
        None,
    ]
    assert model.column_of(3) == BEFORE + 3


def test_headings_name_them(model):
    names = [model.headerData(at, ACROSS) for at in range(model.columnCount())]
    assert names[:3] == ["Measure", "From", "1"]
    assert names[-4:] == ["12", "Raw", "of", "per 12"]
    assert model.headerData(0, DOWN) is None
    assert model.headerData(0, ACROSS, Qt.ItemDataRole.DecorationRole) is None


def test_every_heading_is_explained(model):
    spoken = Qt.ItemDataRole.ToolTipRole
    assert all(model.headerData(at, ACROSS, spoken) for at in range(model.columnCount()))


def test_cells_hold_numbers_and_what_is_missing_is_a_dash(model):
    shown = [model.index(MOVING, BEFORE + at).data() for at in range(12)]
    assert "".join(shown) == "11000000000–"
    assert model.cell_at(model.index(MOVING, BEFORE)) == 1
    assert model.cell_at(model.index(MOVING, TITLE)) is None


def test_every_cell_has_words_for_a_screen_reader(model):
    spoken = Qt.ItemDataRole.AccessibleTextRole
    for line in range(LINES):
        for column in range(model.columnCount()):
            index = model.index(line, column)
            assert index.data(spoken)
            assert index.data(spoken) == index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_row_shown_anew_leaves_the_others(model):
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    before = [model.row_at(line) for line in range(LINES)]
    marked = row(coded(seen_mark("locomotion_explore", 4)), "locomotion_explore")
    model.show_row(MOVING, marked)
    assert told == [(MOVING, MOVING)]
    assert model.row_at(MOVING) == marked
    others = [model.row_at(line) for line in range(LINES) if line != MOVING]
    assert others == [one for line, one in enumerate(before) if line != MOVING]


def test_a_row_without_a_sheet_is_not_shown(qapp):
    empty = SheetModel(SCHEME, LINES)
    empty.show_row(0, row(VALUE, "crying"))
    assert empty.row_at(0) is None


def test_columns_come_and_go_and_the_table_is_never_reset(model):
    told = []
    model.columnsInserted.connect(lambda _, first, last: told.append(("in", first, last)))
    model.columnsRemoved.connect(lambda _, first, last: told.append(("out", first, last)))
    model.modelReset.connect(lambda: told.append("reset"))
    model.show_sheet(sheet(VALUE, "EP1"))
    model.show_sheet(sheet(VALUE))
    model.show_sheet(sheet(VALUE, "EP6"))
    model.show_sheet(None)
    assert told == [
        ("out", BEFORE + 2, BEFORE + 11),
        ("in", BEFORE + 2, BEFORE + 11),
        ("out", BEFORE, BEFORE + 11),
    ]
