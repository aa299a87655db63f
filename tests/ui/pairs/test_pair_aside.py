"""The place beside the picture, and the matrices for themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.confusion import confusion
from ssp_coder.ui.pairs.aside import Aside
from ssp_coder.ui.pairs.group_matrices import GroupMatrices
from ssp_coder.ui.pairs.items import PairNames, usual_names
from ssp_coder.ui.pairs.making import class_words, level_words
from tests.builders import CAREGIVER, add, after, coding, infant_scheme
from tests.ui.pairs.pair_desk import small_pair

SCHEME = infant_scheme()


def cells_between(own, reference):
    return confusion(compare(own, reference, SCHEME).rows, SCHEME)


@pytest.fixture
def aside(theme, qtbot):
    made = Aside(theme)
    qtbot.addWidget(made)
    made.resize(420, 360)
    made.show()
    return made


@pytest.fixture
def matrices(theme, qtbot):
    made = GroupMatrices(theme)
    qtbot.addWidget(made)
    made.resize(420, 360)
    made.show()
    return made


def test_before_there_are_words_the_matrices_stand_there(aside):
    aside.show_cells(cells_between(*small_pair()), SCHEME, usual_names())
    assert aside.matrices.isVisible()
    assert not aside.matrix_button.isVisible()


def test_words_come_to_the_front_and_the_button_leads_to_the_matrices(aside):
    words = QLabel("words")
    aside.show_cells(cells_between(*small_pair()), SCHEME, usual_names())
    aside.set_detail(words, "Title")
    assert words.isVisible()
    assert aside._panel.title() == "Title"
    aside.matrix_button.setFocus()
    QTest.keyClick(aside.matrix_button, Qt.Key.Key_Space)
    assert aside.matrices.isVisible()
    assert aside._panel.title() == "Matrix"


def test_other_words_take_the_place_of_the_first(aside):
    first, second = QLabel("first"), QLabel("second")
    aside.set_detail(first, "One")
    aside.set_detail(second, "Two")
    assert second.isVisible()
    assert not first.isVisible()
    assert aside._panel.title() == "Two"


def test_other_words_do_not_take_the_matrices_from_the_front(aside):
    aside.show_cells(cells_between(*small_pair()), SCHEME, usual_names())
    aside.set_detail(QLabel("first"), "One")
    aside.matrix_button.click()
    aside.set_detail(QLabel("second"), "Two")
    assert aside.matrices.isVisible()


def test_matrices_without_cells_give_way_to_the_words(aside):
    words = QLabel("words")
    aside.set_detail(words, "Title")
    aside.show_cells(cells_between(*small_pair()), SCHEME, usual_names())
    aside.matrix_button.click()
    aside.show_cells((), SCHEME, usual_names())
    assert words.isVisible()
    assert not aside.matrix_button.isVisible()


def test_nothing_compared_shows_no_group_and_no_sum(matrices):
    matrices.show_cells((), SCHEME)
    assert matrices.groups.count() == 0
    assert matrices.chosen is None
    assert matrices._sum.text() == ""


def test_each_group_says_how_many_are_alike(matrices):
    matrices.show_cells(cells_between(*small_pair()), SCHEME)
    assert matrices.groups.itemText(0) == "Distress: 2 of 4 alike"
    assert matrices._sum.text() == "n = 4, 2 differ"


def test_who_is_read_down_and_across_is_said(matrices):
    names = PairNames(own="K1", reference="K2")
    matrices.show_cells(cells_between(*small_pair()), SCHEME, names)
    assert matrices._sides.text() == "K2 down, K1 across"
    assert matrices.grid.words((0, 0)).startswith("K2: ")


def test_one_group_of_two_people_is_two_matrices(matrices):
    group = next(
        one
        for one in SCHEME.ethogram.groups
        if CAREGIVER in one.subjects and len(one.subjects) > 1 and not one.exclusive
    )
    code, people = group.codes[0].id, group.subjects[:2]
    value = after(coding(), *(add(code, 10 + n, who) for n, who in enumerate(people)))
    matrices.show_cells(cells_between(value, value), SCHEME)
    titles = [matrices.groups.itemText(place) for place in range(matrices.groups.count())]
    assert len(titles) == len(set(titles)) == 2


def test_a_group_of_ten_codes_can_be_reached_to_its_last_cell(matrices):
    codes = max((one.codes for one in SCHEME.ethogram.groups), key=len)
    group = SCHEME.ethogram.group(codes[0].group)
    value = after(
        coding(), *(add(code.id, 10 + 5 * n, group.subjects[0]) for n, code in enumerate(codes))
    )
    matrices.resize(240, 200)
    matrices.show_cells(cells_between(value, coding(coder="c02")), SCHEME)
    QApplication.processEvents()
    grid = matrices.grid
    grid.setFocus()
    for _ in range(grid.matrix.side):
        QTest.keyClick(grid, Qt.Key.Key_Down)
        QTest.keyClick(grid, Qt.Key.Key_Right)
    last = grid.cell_rect((grid.matrix.side - 1, grid.matrix.side - 1)).center()
    viewport = matrices._area.viewport()
    assert viewport.rect().contains(grid.mapTo(viewport, QPoint(last)))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (ClassLevel.PRIMARY, "Class"),
        (ClassLevel.SUBGROUP, "Subgroup"),
        (ClassLevel.SECONDARY, "Secondary"),
        (ClassLevel.D_DECISION, "D"),
    ],
)
def test_levels_are_told_in_a_word(level, words):
    assert level_words(level) == words


@pytest.mark.parametrize(
    ("name", "words"), [("coder_yes", "yes"), ("coder_no", "no"), ("", "none"), ("B3", "B3")]
)
def test_a_decision_is_told_as_a_word_and_a_class_as_itself(name, words):
    assert class_words(name) == words
