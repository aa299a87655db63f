"""Rule tables as rows and columns, and what each cell says."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ssp_coder.domain.ruletable import Condition, MainRule
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.ui.instruments.matrix import (
    Cell,
    Matrix,
    main_matrix,
    outcome_of,
    overlay_matrix,
    profile_matrix,
)
from ssp_coder.ui.instruments.matrix_model import CELL_ROLE, MatrixModel, range_words
from ssp_coder.ui.instruments.matrix_view import MatrixView
from tests.builders import infant_scheme

SCHEME = infant_scheme()
TABLE = SCHEME.rules
LAB = Provenance(origin=Origin.LAB, source="our own data")


def rule(**fields):
    return MainRule(
        **(
            {"id": "r", "title": english("Rule"), "all_of": (), "groups": ("B",), "provenance": LAB}
            | fields
        )
    )


def column_of(matrix, name):
    return next(column for column in matrix.columns if column.id == name)


def cell_of(matrix, row, name):
    place = [column.id for column in matrix.columns].index(name)
    return next(r for r in matrix.rows if r.id == row).cells[place]


class TestMain:
    def test_a_row_stands_for_every_rule(self):
        matrix = main_matrix(TABLE, SCHEME)
        assert [row.id for row in matrix.rows] == [rule.id for rule in TABLE.main]

    def test_only_inputs_that_a_rule_reads_have_a_column(self):
        read = {c.input for r in TABLE.main for c in (*r.all_of, *r.any_of)}
        assert {column.id for column in main_matrix(TABLE, SCHEME).columns} == read

    def test_columns_of_an_episode_stand_side_by_side(self):
        places = [column.place for column in main_matrix(TABLE, SCHEME).columns]
        assert places == sorted(places)

    def test_a_column_has_the_scales_sign_and_the_episode(self):
        column = column_of(main_matrix(TABLE, SCHEME), "avo_c_8")
        assert (column.sign, column.place) == ("AVO", "EP8")
        assert (column.minimum, column.maximum) == (1, 7)

    def test_each_condition_is_in_its_cell(self):
        for listed in TABLE.main:
            for condition in listed.all_of:
                cell = cell_of(main_matrix(TABLE, SCHEME), listed.id, condition.input)
                assert (cell.low, cell.high, cell.either) == (condition.low, condition.high, False)

    def test_every_alternative_is_in_its_cell_too(self):
        for listed in TABLE.main:
            for condition in listed.any_of:
                cell = cell_of(main_matrix(TABLE, SCHEME), listed.id, condition.input)
                assert cell.either or cell.inner is not None

    def test_a_range_of_which_a_part_is_an_alternative_shows_both(self):
        every = (Condition(input="cm_c_8", low=1, high=4),)
        either = (Condition(input="cm_c_8", low=3, high=7),)
        table = replace(TABLE, main=(rule(all_of=every, any_of=either),))
        matrix = main_matrix(table, SCHEME)
        assert cell_of(matrix, "r", "cm_c_8") == Cell(low=1, high=4, inner=(3, 4))
        model = MatrixModel(matrix)
        assert (
            model.index(0, 1).data()
            == "CM EP8: 1\N{EN DASH}4, and 3\N{EN DASH}4 or another of this row"
        )

    def test_an_input_that_a_rule_ignores_has_no_cell(self):
        used = {c.input for c in (*TABLE.main[0].all_of, *TABLE.main[0].any_of)}
        matrix = main_matrix(TABLE, SCHEME)
        for column, cell in zip(matrix.columns, matrix.rows[0].cells, strict=True):
            assert (cell is not None) == (column.id in used)

    def test_alternatives_are_marked(self):
        either = (Condition(input="cm_c_8", low=3, high=7),)
        table = replace(TABLE, main=(rule(any_of=either),))
        assert cell_of(main_matrix(table, SCHEME), "r", "cm_c_8").either

    def test_one_group_is_given(self):
        assert outcome_of(rule(groups=("C",)), TABLE) == "C"

    def test_several_groups_are_left_open(self):
        table = replace(TABLE, main=(rule(groups=("A", "B")),))
        row = main_matrix(table, SCHEME).rows[0]
        assert row.outcome == "open: A or B"
        assert row.open_between

    def test_a_table_without_rules_has_no_rows(self):
        assert main_matrix(replace(TABLE, main=()), SCHEME) == Matrix()


class TestOverlaysAndProfiles:
    def test_a_rule_that_raises_a_remark_gives_its_words(self):
        matrix = overlay_matrix(TABLE, SCHEME)
        flags = {str(flag.title) for flag in TABLE.flags}
        assert {row.outcome for row in matrix.rows} <= flags | {g.id for g in TABLE.groups}

    def test_a_row_stands_for_every_profile_with_its_group(self):
        rows = profile_matrix(TABLE, SCHEME).rows
        assert [(row.id, row.outcome) for row in rows] == [(p.id, p.group) for p in TABLE.profiles]

    def test_weights_stand_over_their_columns(self):
        matrix = profile_matrix(TABLE, SCHEME)
        assert column_of(matrix, "avo_c_8").weight == 4
        assert column_of(matrix, "pcs_c_5").weight == 1

    def test_weights_that_differ_by_row_are_not_shown_in_the_head(self):
        first = TABLE.profiles[0]
        heavier = replace(first.bands[0], weight=99)
        profiles = (replace(first, bands=(heavier, *first.bands[1:])), *TABLE.profiles[1:])
        matrix = profile_matrix(replace(TABLE, profiles=profiles), SCHEME)
        assert column_of(matrix, heavier.input).weight is None

    def test_bands_are_cells(self):
        matrix = profile_matrix(TABLE, SCHEME)
        for profile in TABLE.profiles:
            for band in profile.bands:
                cell = cell_of(matrix, profile.id, band.input)
                assert (cell.low, cell.high) == (band.low, band.high)

    def test_ratings_stand_in_their_columns_and_can_be_taken_away(self):
        matrix = profile_matrix(TABLE, SCHEME).with_points({"avo_c_8": 5.0})
        assert column_of(matrix, "avo_c_8").point == 5.0
        assert column_of(matrix, "res_c_8").point is None
        assert column_of(matrix.with_points({}), "avo_c_8").point is None


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(low=5, high=7), "5\N{EN DASH}7"),
        (Cell(low=4, high=4), "4"),
        (Cell(low=1, high=2.5), "1\N{EN DASH}2.5"),
    ],
)
def test_a_range_is_written_short(cell, words):
    assert range_words(cell) == words


@pytest.mark.parametrize(("point", "holds"), [(4.5, False), (5, True), (7, True), (7.5, False)])
def test_both_ends_of_a_range_belong_to_it(point, holds):
    assert Cell(low=5, high=7).holds(point) is holds


@pytest.fixture
def model(qapp):
    return MatrixModel(profile_matrix(TABLE, SCHEME))


def index_of(model, row, name):
    rows = [listed.id for listed in model.matrix.rows]
    columns = [column.id for column in model.matrix.columns]
    return model.index(rows.index(row), columns.index(name) + 1)


class TestModel:
    def test_it_keeps_the_rules_of_qt(self, model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.show_points({"avo_c_8": 3.0})
        assert model.rowCount() == len(TABLE.profiles)

    def test_it_has_name_inputs_outcome_and_origin(self, model):
        assert model.columnCount() == len(model.matrix.columns) + 3
        assert model.headerData(model.outcome_column(), Qt.Orientation.Horizontal) == "Gives"
        last = model.columnCount() - 1
        assert model.headerData(last, Qt.Orientation.Horizontal) == "Origin"

    def test_children_have_no_rows(self, model):
        inside = model.index(0, 0)
        assert (model.rowCount(inside), model.columnCount(inside)) == (0, 0)

    def test_a_cell_is_spoken_with_its_input(self, model):
        words = index_of(model, "A1", "avo_c_8").data(int(Qt.ItemDataRole.AccessibleTextRole))
        assert words == "AVO EP8: 5\N{EN DASH}7"

    def test_a_cell_that_is_not_looked_at_says_any(self, model):
        index = index_of(model, "A1", "dist_c_8")
        assert index.data() == "DIST EP8: any"
        assert index.data(CELL_ROLE) is None

    def test_a_rating_is_spoken_inside_or_outside(self, model):
        model.show_points({"avo_c_8": 3.0})
        assert index_of(model, "A1", "avo_c_8").data().endswith("rated 3, outside")
        assert index_of(model, "B3", "avo_c_8").data().endswith("rated 3, outside")
        assert index_of(model, "B1", "avo_c_8").data().endswith("rated 3, inside")

    def test_ratings_are_told_once(self, model, qtbot):
        with qtbot.waitSignal(model.dataChanged):
            model.show_points({"avo_c_8": 3.0})
        with qtbot.assertNotEmitted(model.dataChanged):
            model.show_points({"avo_c_8": 3.0})

    def test_alternatives_say_so(self, qapp):
        either = (Condition(input="cm_c_8", low=3, high=7),)
        table = replace(TABLE, main=(rule(any_of=either),))
        model = MatrixModel(main_matrix(table, SCHEME))
        assert "or another of this row" in model.index(0, 1).data()

    def test_the_origin_is_in_words(self, model):
        last = model.index(0, model.columnCount() - 1)
        assert last.data() == "project default"
        assert (
            TABLE.profiles[0].provenance.source
            in model.index(0, 0).data(int(Qt.ItemDataRole.ToolTipRole))
            or model.row_at(0).gist
        )

    def test_nothing_is_said_of_no_index(self, model):
        assert model.data(QModelIndex()) is None

    def test_the_head_tells_the_whole_title_and_the_weights_reason(self, model):
        columns = [column.id for column in model.matrix.columns]
        section = columns.index("avo_c_8") + 1
        tip = model.headerData(section, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.ToolTipRole))
        assert "Avoidance, reunion 2" in tip
        assert "double" in tip


class TestView:
    @pytest.fixture
    def view(self, theme, qtbot, model):
        made = MatrixView(theme, model, SCHEME)
        qtbot.addWidget(made)
        made.resize(1100, 400)
        made.show()
        return made

    def test_choosing_a_row_tells_its_id(self, view, qtbot):
        with qtbot.waitSignal(view.row_chosen) as told:
            view.choose("B3")
        assert told.args == ["B3"]

    def test_an_unknown_row_changes_nothing(self, view):
        view.choose("B3")
        view.choose("Z9")
        assert view.currentIndex().data() == "B3"

    def test_down_goes_to_the_next_rule(self, view, qtbot):
        view.choose("A1")
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex().siblingAtColumn(0).data() == "A2"

    def test_all_columns_fit_into_the_window(self, view, model):
        used = sum(view.columnWidth(column) for column in range(model.columnCount()))
        assert used <= view.viewport().width()

    def test_a_long_name_gets_the_lines_it_needs(self, theme, qtbot):
        long = english("A very long name of a rule that says everything it does, " * 4)
        condition = (Condition(input="cm_c_8", low=3, high=7),)
        table = replace(TABLE, main=(rule(title=long, all_of=condition),))
        view = MatrixView(theme, MatrixModel(main_matrix(table, SCHEME)), SCHEME)
        qtbot.addWidget(view)
        view.resize(600, 300)
        view.show()
        assert view.rowHeight(0) > 2 * view.fontMetrics().height()

    def test_ratings_are_painted(self, view, model):
        before = view.grab().toImage()
        model.show_points({"avo_c_8": 3.0, "res_c_8": 7.0})
        assert view.grab().toImage() != before

    def test_both_schemes_are_painted(self, view, dark_theme, qtbot, model):
        dark = MatrixView(dark_theme, model, SCHEME)
        qtbot.addWidget(dark)
        dark.resize(view.size())
        dark.show()
        assert dark.grab().toImage() != view.grab().toImage()
