"""What is painted where: bars on their range, dots and crosses, strips, hatches, marks of keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ssp_coder.domain.procedure import EpisodeKind
from ssp_coder.domain.ruletable import Condition, MainRule
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.rules.map import Cell as MapCell
from ssp_coder.rules.map import OutcomeMap
from ssp_coder.ui.instruments.keyboard import Keyboard
from ssp_coder.ui.instruments.matrix import main_matrix
from ssp_coder.ui.instruments.matrix_model import MatrixModel
from ssp_coder.ui.instruments.matrix_view import MatrixView
from ssp_coder.ui.instruments.outcome_view import OutcomeView
from ssp_coder.ui.instruments.procedure_picture import ProcedurePicture
from tests.builders import infant_scheme

SCHEME = infant_scheme()
TABLE = SCHEME.rules
OURS = Provenance(origin=Origin.PROJECT_DEFAULT, source="ours")
INPUT = "avo_c_8"


def colours_in(picture, rect):
    return {
        picture.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


def matrix_view(theme, qtbot, *rules, points=None):
    listed = tuple(
        MainRule(id=f"r{place}", title=english(f"Rule {place}"), provenance=OURS, **fields)
        for place, fields in enumerate(rules)
    )
    model = MatrixModel(main_matrix(replace(TABLE, main=listed), SCHEME))
    model.show_points(points or {})
    view = MatrixView(theme, model, SCHEME)
    qtbot.addWidget(view)
    model.setParent(view)
    view.resize(700, 300)
    view.show()
    view.clearSelection()
    return view


def expecting(low, high, **fields):
    return {"all_of": (Condition(input=INPUT, low=low, high=high),), "groups": ("B",)} | fields


def cell_picture(view, row=0, column=1):
    rect = view.visualRect(view.model().index(row, column))
    return view.viewport().grab().toImage(), rect


def thirds(rect):
    """The left, middle and right third of a cell, without its edges."""
    width = (rect.width() - 8) // 3
    return [
        QRect(rect.x() + 4 + n * width, rect.y() + 2, width, rect.height() - 4) for n in range(3)
    ]


class TestBars:
    @pytest.mark.parametrize(("low", "high", "where"), [(1, 2, 0), (4, 4, 1), (6, 7, 2)])
    def test_a_bar_lies_where_its_values_lie(self, theme, qtbot, low, high, where):
        view = matrix_view(theme, qtbot, expecting(low, high))
        picture, rect = cell_picture(view)
        below = QRect(rect.x(), rect.center().y() + 3, rect.width(), rect.height() // 2 - 4)
        ink = theme.colour("text2").name()
        found = [ink in colours_in(picture, part.intersected(below)) for part in thirds(rect)]
        assert found == [place == where for place in range(3)]

    def test_a_wider_range_is_a_longer_bar(self, theme, qtbot):
        ink = theme.colour("text2").name()
        lengths = []
        for high in (2, 5):
            view = matrix_view(theme, qtbot, expecting(1, high))
            picture, rect = cell_picture(view)
            across = range(rect.left(), rect.right())
            lines = range(rect.center().y(), rect.bottom())
            lengths.append(
                max(sum(picture.pixelColor(x, y).name() == ink for x in across) for y in lines)
            )
        assert lengths[1] > lengths[0] > 0

    def test_an_alternative_is_not_filled_with_ink(self, theme, qtbot):
        either = (Condition(input=INPUT, low=3, high=7),)
        sure = matrix_view(theme, qtbot, expecting(3, 7))
        open_ = matrix_view(theme, qtbot, expecting(3, 7, all_of=(), any_of=either))
        picture, rect = cell_picture(sure)
        other, _ = cell_picture(open_)
        below = QRect(rect.center().x(), rect.center().y() + 3, 20, rect.height() // 2 - 4)
        filled, hollow = theme.colour("text2").name(), theme.colour("hover").name()
        assert filled in colours_in(picture, below)
        assert hollow not in colours_in(picture, below)
        assert hollow in colours_in(other, below)

    def test_a_range_with_an_alternative_inside_gets_a_higher_row(self, theme, qtbot):
        either = (Condition(input=INPUT, low=3, high=7),)
        view = matrix_view(theme, qtbot, expecting(1, 4), expecting(1, 4, any_of=either))
        assert view.rowHeight(1) > view.rowHeight(0)

    def test_rules_that_leave_it_open_are_hatched_in_the_last_column(self, theme, qtbot):
        view = matrix_view(theme, qtbot, expecting(1, 4), expecting(1, 4, groups=("A", "B")))
        picture, _ = cell_picture(view)
        outcome = view.model().outcome_column()
        found = []
        for row in (0, 1):
            rect = view.visualRect(view.model().index(row, outcome))
            corner = QRect(rect.right() - 14, rect.y() + 4, 10, 10)
            found.append(len(colours_in(picture, corner)) > 1)
        assert found == [False, True]

    def test_a_chosen_row_has_the_ground_of_a_selection(self, theme, qtbot):
        view = matrix_view(theme, qtbot, expecting(1, 4), expecting(2, 4))
        view.choose("r1")
        picture, _ = cell_picture(view)
        grounds = [
            picture.pixelColor(view.visualRect(view.model().index(r, 0)).topLeft() + QPoint(2, 2))
            for r in (0, 1)
        ]
        assert grounds[1] == theme.colour("sel")
        assert grounds[0] != grounds[1]


class TestRatings:
    def test_a_rating_inside_is_no_cross(self, theme, qtbot):
        view = matrix_view(theme, qtbot, expecting(1, 4), points={INPUT: 2.0})
        picture, rect = cell_picture(view)
        assert theme.colour("err").name() not in colours_in(picture, rect)

    def test_a_rating_outside_is_a_cross(self, theme, qtbot):
        view = matrix_view(theme, qtbot, expecting(1, 4), points={INPUT: 6.0})
        picture, rect = cell_picture(view)
        assert theme.colour("err").name() in colours_in(picture, thirds(rect)[2])

    def test_without_a_rating_there_is_neither(self, theme, qtbot):
        plain = matrix_view(theme, qtbot, expecting(1, 4))
        other = matrix_view(theme, qtbot, expecting(1, 4), points={"res_c_5": 6.0})
        assert cell_picture(plain)[0] == cell_picture(other)[0]


class TestHead:
    def test_the_episode_stands_over_its_columns_only(self, theme, qtbot):
        both = {
            "all_of": (
                Condition(input="avo_c_5", low=1, high=2),
                Condition(input="avo_c_8", low=1, high=2),
                Condition(input="res_c_8", low=1, high=2),
            ),
            "groups": ("A",),
        }
        view = matrix_view(theme, qtbot, both)
        spans = view.horizontalHeader()._spans()
        assert [title for title, _ in spans] == ["Reunion 1, EP5", "Reunion 2, EP8"]
        first, second = (rect for _, rect in spans)
        assert second.width() == 2 * first.width()
        assert first.right() < second.left()

    def test_an_input_of_no_episode_has_none(self, theme, qtbot):
        view = matrix_view(
            theme,
            qtbot,
            {"all_of": (Condition(input="dorg", low=6, high=9),), "groups": ("D",)},
        )
        assert view.horizontalHeader()._spans() == []


class TestMapCells:
    @pytest.fixture
    def paint(self, theme, qtbot):
        def painted(*cells):
            view = OutcomeView(theme, tuple(group.id for group in TABLE.groups))
            qtbot.addWidget(view)
            view.resize(500, 380)
            xs = tuple(float(place + 1) for place in range(len(cells)))
            view.show_map(
                OutcomeMap(x="x", y="y", fixed=(), xs=xs, ys=(1.0,), rows=(cells,)), ("x", "y")
            )
            view.show()
            return view, view.grab().toImage()

        return painted

    def ground(self, theme, slot):
        return QColor(theme.group(slot).tint).name()

    def test_a_settled_cell_has_one_ground(self, paint, theme):
        view, picture = paint(MapCell(groups=("A",), subgroups=(), exact=True))
        found = colours_in(picture, view.cell_rect(0, 0).adjusted(4, 4, -4, -4))
        assert self.ground(theme, "blue") in found
        assert self.ground(theme, "orange") not in found

    def test_three_groups_left_open_are_three_strips(self, paint, theme):
        cell = MapCell(groups=("A", "B", "C"), subgroups=(), exact=True, left_open=True)
        view, picture = paint(cell)
        found = colours_in(picture, view.cell_rect(0, 0).adjusted(4, 4, -4, -4))
        assert {self.ground(theme, slot) for slot in ("blue", "orange", "rose")} <= found

    def test_what_is_only_possible_is_hatched_and_has_no_groups_ground(self, paint, theme):
        view, picture = paint(MapCell(groups=("A", "B"), subgroups=(), exact=True))
        found = colours_in(picture, view.cell_rect(0, 0).adjusted(4, 4, -4, -4))
        assert not {self.ground(theme, slot) for slot in ("blue", "orange")} & found
        assert theme.colour("alt").name() in found

    def test_the_same_group_has_the_same_ground_in_every_cell(self, paint):
        view, picture = paint(
            MapCell(groups=("C",), subgroups=("C1",), exact=True),
            MapCell(groups=("C",), subgroups=("C2",), exact=True),
        )
        corners = [view.cell_rect(n, 0).topLeft() + QPoint(6, 6) for n in (0, 1)]
        assert picture.pixelColor(corners[0]) == picture.pixelColor(corners[1])

    def test_a_group_that_the_table_does_not_list_is_no_error(self, paint):
        view, picture = paint(MapCell(groups=("X",), subgroups=(), exact=True))
        assert not picture.isNull()
        assert view.words().endswith("X")


class TestProcedurePainting:
    @pytest.fixture
    def picture(self, theme, qtbot):
        made = ProcedurePicture(theme, SCHEME)
        qtbot.addWidget(made)
        made.resize(1130, made.sizeHint().height())
        made.show()
        return made

    def test_a_person_has_a_line_only_where_they_are_expected(self, picture, theme):
        image = picture.grab().toImage()
        rows, ink = picture._rows(), theme.colour("text2").name()
        pitch = theme.px(22)
        for index, person in enumerate(SCHEME.procedure.persons):
            middle = rows.persons + index * pitch + pitch // 2 - 2
            for plan, rect in zip(SCHEME.procedure.episodes, picture.episode_rects(), strict=True):
                seen = image.pixelColor(rect.center().x(), middle).name() == ink
                assert seen == (person.id in plan.present)

    def test_separations_are_hatched_and_reunions_have_a_bar(self, picture, theme):
        picture.set_chosen("EP1")
        image = picture.grab().toImage()
        for plan, rect in zip(SCHEME.procedure.episodes, picture.episode_rects(), strict=True):
            low = QRect(rect.center().x() - 40, rect.bottom() - 6, 80, 4)
            hatched = len(colours_in(image, low)) > 1
            bar = image.pixelColor(rect.left() + 1, rect.center().y()) == theme.colour("text")
            if rect.width() > 80:
                assert hatched == (plan.kind is EpisodeKind.SEPARATION)
            assert bar == (plan.kind is EpisodeKind.REUNION)

    def test_a_length_that_may_change_has_an_arrow(self, picture, theme):
        image = picture.grab().toImage()
        for plan, rect in zip(SCHEME.procedure.episodes, picture.episode_rects(), strict=True):
            below = QRect(rect.right() - 18, rect.bottom() + 3, 16, theme.px(12))
            found = len(colours_in(image, below)) > 1
            assert found == (plan.may_curtail or plan.may_extend)


class TestUnusedKeys:
    @pytest.mark.parametrize("kind", [ProcedurePicture, Keyboard])
    def test_other_keys_are_left_to_the_window(self, theme, qtbot, kind):
        class Window(QWidget):
            met = ()

            def keyPressEvent(self, event):  # noqa: N802 - Qt's name
                self.met = (*self.met, event.key())

        window = Window()
        qtbot.addWidget(window)
        part = kind(theme, SCHEME, window)
        window.show()
        qtbot.keyClick(part, Qt.Key.Key_F5)
        qtbot.keyClick(part, Qt.Key.Key_Left)
        assert window.met == (Qt.Key.Key_F5,)

    @pytest.mark.parametrize("kind", [ProcedurePicture, Keyboard])
    def test_the_focus_is_seen(self, theme, qtbot, kind):
        window = QWidget()
        qtbot.addWidget(window)
        part = kind(theme, SCHEME, window)
        part.resize(part.sizeHint())
        other = QWidget(window)
        other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.show()
        other.setFocus()
        before = part.grab().toImage()
        part.setFocus()
        qtbot.waitUntil(part.hasFocus)
        assert part.grab().toImage() != before
