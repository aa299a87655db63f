"""The map of outcomes: its axes, what is fixed, what a cell says, and its picture."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import ClassificationFunction, Term
from ssp_coder.rules.map import Cell, OutcomeMap, outcome_map
from ssp_coder.ui.instruments.axes import points_of, prototype, separating, separation
from ssp_coder.ui.instruments.map_page import NOTHING, OWN, MapPage
from ssp_coder.ui.instruments.outcome_view import GROUND_SLOTS, Legend, OutcomeView, cell_words
from tests.builders import infant_scheme

SCHEME = infant_scheme()
TABLE = SCHEME.rules
GROUPS = tuple(group.id for group in TABLE.groups)
OWN_POINTS = {"avo_c_8": 2.0, "res_c_8": 5.0, "cm_c_8": 6.0, "cry_8": 3.4}


def cell(*groups, left_open=False, subgroups=()):
    return Cell(groups=groups, subgroups=subgroups, exact=True, left_open=left_open)


def small_map():
    return OutcomeMap(
        x="avo_c_8",
        y="res_c_8",
        fixed=(),
        xs=(1.0, 2.0, 3.0),
        ys=(1.0, 2.0),
        rows=(
            (cell("B", subgroups=("B3",)), cell("A", "B", left_open=True), cell("A")),
            (cell("C"), cell("A", "C"), cell("A", "B", "C", left_open=True)),
        ),
    )


class TestAxes:
    def test_the_two_that_separate_most_in_the_second_reunion_come_first(self):
        assert separating(TABLE, SCHEME) == ("avo_c_8", "res_c_8")

    def test_weights_decide_and_not_the_names(self):
        heavy = tuple(
            replace(
                profile,
                bands=tuple(
                    replace(band, weight=40 if band.input == "pcs_c_8" else band.weight)
                    for band in profile.bands
                ),
            )
            for profile in TABLE.profiles
        )
        assert separating(replace(TABLE, profiles=heavy), SCHEME)[0] == "pcs_c_8"

    def test_functions_separate_by_their_weights(self):
        functions = tuple(
            ClassificationFunction(
                group=group, constant=0.0, terms=(Term(input="cm_c_8", weight=weight),)
            )
            for group, weight in (("A", -1.0), ("B", 2.5))
        )
        table = replace(TABLE, profiles=(), main=(), functions=functions)
        assert separation(table, "cm_c_8") == 3.5
        assert separation(table, "pcs_c_8") == 0.0

    def test_a_table_of_other_inputs_takes_its_own(self):
        inputs = tuple(replace(i, id=f"x{n}") for n, i in enumerate(TABLE.inputs[:3]))
        assert separating(replace(TABLE, inputs=inputs), SCHEME) == ("x0", "x1")

    def test_one_input_makes_no_map(self):
        with pytest.raises(ValueError, match="fewer than two inputs"):
            separating(replace(TABLE, inputs=TABLE.inputs[:1]), SCHEME)

    def test_points_go_by_steps(self):
        rule_input = replace(TABLE.inputs[0], minimum=1, maximum=3, step=0.5)
        assert points_of(rule_input) == (1, 1.5, 2, 2.5, 3)

    def test_the_fullest_example_is_the_prototype(self):
        fullest = max(len(example.values) for example in TABLE.examples)
        assert len(prototype(TABLE).values) == fullest
        assert prototype(replace(TABLE, examples=())) is None


class TestCellWords:
    @pytest.mark.parametrize(
        ("shown", "words"),
        [
            (cell("B"), "B"),
            (cell("B", subgroups=("B3", "B4")), "B; best fit B3 or B4"),
            (cell("B", "C", left_open=True), "left open between B and C"),
            (cell("A", "B", "C", left_open=True), "left open between A, B and C"),
            (cell("A", "C"), "possible: A or C"),
        ],
    )
    def test_settled_open_and_possible_differ(self, shown, words):
        assert cell_words(shown) == words


class TestView:
    @pytest.fixture
    def view(self, theme, qtbot):
        made = OutcomeView(theme, GROUPS)
        qtbot.addWidget(made)
        made.resize(500, 400)
        made.show()
        made.show_map(small_map(), ("Avoidance", "Resistance"))
        return made

    def test_the_lowest_values_stand_at_the_bottom_left(self, view):
        assert view.cell_rect(0, 0).top() > view.cell_rect(0, 1).top()
        assert view.cell_rect(0, 0).left() < view.cell_rect(1, 0).left()

    def test_arrows_read_out_the_cells(self, view, qtbot):
        assert view.words() == "Avoidance: 1; Resistance: 1  \N{RIGHTWARDS ARROW}  B; best fit B3"
        with qtbot.waitSignal(view.cell_chosen) as told:
            qtbot.keyClick(view, Qt.Key.Key_Right)
        assert told.args[0].endswith("left open between A and B")
        qtbot.keyClick(view, Qt.Key.Key_Up)
        assert view.words().endswith("possible: A or C")
        assert view.accessibleName() == view.words()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Down])
    def test_arrows_stop_at_the_edge(self, view, qtbot, key):
        before = view.words()
        qtbot.keyClick(view, key)
        assert view.words() == before

    def test_the_pointer_reads_out_the_cell_under_it(self, view, qtbot):
        qtbot.mouseMove(view, QPoint(2, 2))
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.cell_rect(2, 0).center())
        assert view.words().startswith("Avoidance: 3; Resistance: 1")

    def test_a_smaller_map_keeps_the_place_inside(self, view, qtbot):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        qtbot.keyClick(view, Qt.Key.Key_Right)
        narrow = replace(small_map(), xs=(1.0,), rows=((cell("A"),), (cell("B"),)))
        view.show_map(narrow, ("Avoidance", "Resistance"))
        assert view.words().startswith("Avoidance: 1")

    def test_groups_differ_without_letters_too(self, view):
        picture = view.grab().toImage()
        inside = [view.cell_rect(c, 0).topLeft() + QPoint(4, 4) for c in (0, 2)]
        assert picture.pixelColor(inside[0]) != picture.pixelColor(inside[1])

    def test_what_is_left_open_is_painted_in_both_grounds(self, view):
        picture = view.grab().toImage()
        rect = view.cell_rect(1, 0)
        left = picture.pixelColor(rect.topLeft() + QPoint(4, 4))
        right = picture.pixelColor(rect.bottomRight() - QPoint(4, 4))
        assert left == picture.pixelColor(view.cell_rect(2, 0).topLeft() + QPoint(4, 4))
        assert right == picture.pixelColor(view.cell_rect(0, 0).topLeft() + QPoint(4, 4))

    def test_the_place_of_a_coding_is_marked(self, view):
        before = view.grab().toImage()
        view.show_map(small_map(), ("Avoidance", "Resistance"), (2.0, 2.0))
        assert view.grab().toImage() != before

    def test_a_place_off_the_map_is_not_marked(self, view):
        before = view.grab().toImage()
        view.show_map(small_map(), ("Avoidance", "Resistance"), (2.5, 9.0))
        assert view.grab().toImage() == before

    def test_nothing_is_said_before_there_is_a_map(self, theme, qtbot):
        empty = OutcomeView(theme, GROUPS)
        qtbot.addWidget(empty)
        qtbot.keyClick(empty, Qt.Key.Key_Right)
        assert empty.words() == ""
        assert not empty.grab().isNull()

    def test_no_ground_praises_or_blames(self):
        assert not {"green", "vermilion"} & set(GROUND_SLOTS)

    def test_the_legend_speaks_its_groups(self, theme, qtbot):
        legend = Legend(theme, (("A", "Avoidant"), ("B", "Secure")))
        qtbot.addWidget(legend)
        assert "A: Avoidant, B: Secure" in legend.accessibleName()
        assert not legend.grab().isNull()


class TestPage:
    @pytest.fixture
    def page(self, theme, qtbot):
        made = MapPage(theme, SCHEME, TABLE)
        qtbot.addWidget(made)
        made.resize(1120, 680)
        made.show()
        return made

    def test_it_shows_what_the_table_gives(self, page):
        expected = outcome_map(TABLE, "avo_c_8", "res_c_8", page.fixed())
        assert page.readout.text().endswith(cell_words(expected.rows[0][0]))

    def test_the_others_come_from_the_prototype(self, page):
        values = dict(prototype(TABLE).values)
        fixed = page.fixed()
        assert fixed
        assert all(fixed[name] == values[name] for name in fixed)
        assert not {"avo_c_8", "res_c_8"} & fixed.keys()

    def test_a_fixed_rating_can_be_changed(self, page):
        box = page._fixed["cm_c_8"]
        box.setCurrentIndex(box.findData(7.0))
        assert page.fixed()["cm_c_8"] == 7.0

    def test_a_fixed_rating_can_be_left_open(self, page):
        page._fixed["cm_c_8"].setCurrentIndex(0)
        assert "cm_c_8" not in page.fixed()

    def test_nothing_rated_empties_all(self, page):
        page.source.setCurrentIndex(page.source.findData(NOTHING))
        assert page.fixed() == {}

    def test_an_example_fills_them_in(self, page):
        last = len(TABLE.examples) - 1
        page.source.setCurrentIndex(page.source.findData(last))
        values = dict(TABLE.examples[last].values)
        axes = ("avo_c_8", "res_c_8")
        assert page.fixed() == {name: v for name, v in values.items() if name not in axes}

    def test_another_axis_makes_another_map(self, page):
        before = page.view.grab().toImage()
        page.across.setCurrentIndex(page.across.findData("cm_c_8"))
        assert page.view.grab().toImage() != before
        assert "avo_c_8" in page.fixed()
        assert not page._fixed["cm_c_8"].isEnabled()

    def test_twice_the_same_axis_is_refused_in_words(self, page):
        page.across.setCurrentIndex(page.across.findData("res_c_8"))
        assert page.readout.text() == "Choose two different ratings."

    def test_what_the_table_refuses_is_told(self, page, monkeypatch):
        finding = Finding(code="x", message="no such thing", place="here", remedy="none")

        def refuse(*_):
            raise DomainError(finding)

        monkeypatch.setattr("ssp_coder.rules.map.outcome_map", refuse)
        page.across.setCurrentIndex(page.across.findData("cm_c_8"))
        assert "no such thing" in page.readout.text()

    def test_a_coding_is_offered_only_when_it_is_given(self, page):
        assert page.source.findData(OWN) < 0
        page.show_points(OWN_POINTS)
        assert page.source.currentData() == OWN
        assert page.fixed() == {"cm_c_8": 6.0, "cry_8": 3.0}
        page.show_points({})
        assert page.source.findData(OWN) < 0
        assert page.fixed() != {"cm_c_8": 6.0, "cry_8": 3.0}

    def test_the_map_is_saved_as_a_picture(self, page, tmp_path, monkeypatch, qtbot):
        target = tmp_path / "map.png"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
        assert QImage(str(target)).width() == page.view.width()
        assert "map.png" in page.readout.text()

    def test_a_picture_that_cannot_be_written_is_told(self, page, tmp_path, monkeypatch):
        target = tmp_path / "no" / "folder" / "map.png"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        page.save_image()
        assert page.readout.text().startswith("The picture was not written")

    def test_no_file_no_picture(self, page, tmp_path, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
        before = page.readout.text()
        page.save_image()
        assert page.readout.text() == before

    def test_every_choice_has_a_spoken_name(self, page):
        names = [box.accessibleName() for box in page._fixed.values()]
        assert names == [str(i.title) for i in TABLE.inputs]
        assert page.across.accessibleName() == "Across"
        assert page.upward.accessibleName() == "Upward"
