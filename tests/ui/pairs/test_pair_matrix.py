from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.confusion import confusion
from ssp_coder.ui.pairs.items import PairKind
from ssp_coder.ui.pairs.matrix import ConfusionGrid, Matrix
from ssp_coder.ui.pairs.review import PairReview
from tests.builders import add, after, coding, infant_scheme
from tests.ui.demo_codings import demo_coding, demo_scheme
from tests.ui.pairs.pair_desk import show, show_demo, small_pair

CLASSES = Matrix(
    labels=("A", "B", "C", "D"),
    counts={(0, 0): 2, (1, 1): 4, (1, 2): 1, (2, 2): 2, (3, 1): 1, (3, 3): 1},
    down="reference",
    across="you",
)


@pytest.fixture
def grid(theme, qtbot):
    made = ConfusionGrid(theme)
    qtbot.addWidget(made)
    made.resize(320, 280)
    made.show_matrix(CLASSES)
    made.show()
    made.setFocus()
    QApplication.processEvents()
    return made


@pytest.fixture
def review(theme, qtbot):
    made = PairReview(theme)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


def keys(grid, *pressed):
    for key in pressed:
        QTest.keyClick(grid, key)


def test_what_is_alike_and_what_there_is_is_counted():
    assert (CLASSES.n, CLASSES.alike) == (11, 9)


def test_arrows_lead_to_a_cell_and_enter_chooses_it(grid, qtbot):
    keys(grid, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right)
    with qtbot.waitSignal(grid.cell_chosen) as told:
        keys(grid, Qt.Key.Key_Return)
    assert told.args == [(1, 2)]
    assert grid.accessibleName() == "Confusion matrix: reference: B; you: C; 1, chosen"


def test_arrows_end_at_the_edges(grid):
    keys(grid, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert grid.words() == "reference: A; you: A; 2"


def test_escape_gives_the_choice_up_and_only_then_belongs_to_the_window(grid, qtbot):
    assert not grid.wants_escape
    keys(grid, Qt.Key.Key_Return)
    assert grid.wants_escape
    with qtbot.waitSignal(grid.cell_chosen) as told:
        keys(grid, Qt.Key.Key_Escape)
    assert told.args == [None]
    with qtbot.assertNotEmitted(grid.cell_chosen):
        keys(grid, Qt.Key.Key_Escape)


def test_a_second_click_gives_the_choice_up(grid, qtbot):
    place = grid.cell_rect((3, 1)).center()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    assert grid.chosen == (3, 1)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    assert grid.chosen is None


def test_an_empty_cell_cannot_be_chosen(grid, qtbot):
    with qtbot.assertNotEmitted(grid.cell_chosen):
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_rect((0, 3)).center())
    assert grid.words() == "reference: A; you: D; 0"


def test_a_click_beside_the_cells_chooses_nothing(grid, qtbot):
    with qtbot.assertNotEmitted(grid.cell_chosen):
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_cells_do_not_overlap_and_lie_inside(grid):
    rects = [grid.cell_rect((row, column)) for row in range(4) for column in range(4)]
    for place, rect in enumerate(rects):
        assert grid.rect().contains(rect)
        assert not any(rect.intersects(other) for other in rects[place + 1 :])


def test_the_pointer_is_told_what_a_cell_counts(grid):
    place = grid.cell_rect((1, 2)).center()
    QApplication.sendEvent(grid, QHelpEvent(QEvent.Type.ToolTip, place, grid.mapToGlobal(place)))
    assert QToolTip.text() == "reference: B; you: C; 1"
    QToolTip.hideText()


def test_a_choice_stays_while_the_labels_are_the_same(grid):
    keys(grid, Qt.Key.Key_Return)
    grid.show_matrix(Matrix(labels=CLASSES.labels, counts={(0, 0): 5}, down="r", across="y"))
    assert grid.chosen == (0, 0)
    grid.show_matrix(Matrix(labels=("x", "y"), counts={}, down="r", across="y"))
    assert grid.chosen is None


def test_differing_cells_are_framed_and_equal_ones_only_tinted(grid, theme):
    image = grid.grab().toImage()
    differing, alike = grid.cell_rect((1, 2)), grid.cell_rect((1, 1))
    middle = differing.center().y()
    frame = image.pixelColor(differing.left(), middle)
    assert frame == theme.colour("err")
    assert image.pixelColor(alike.left() + 4, alike.top() + 4) == theme.colour("sel")


def test_a_matrix_without_anything_says_only_what_it_is(theme, qtbot):
    empty = ConfusionGrid(theme)
    qtbot.addWidget(empty)
    empty.show()
    keys(empty, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert empty.accessibleName() == "Confusion matrix"
    assert empty.words() == ""


def test_where_neither_has_anything_is_no_cell_to_count():
    matrix = Matrix(labels=("cry", "nothing"), counts={}, down="r", across="y", has_nothing=True)
    assert matrix.is_void((1, 1))
    assert not matrix.is_void((0, 1))


def test_long_labels_in_narrow_cells_are_turned_and_stay_inside(theme, qtbot):
    grid = ConfusionGrid(theme)
    qtbot.addWidget(grid)
    labels = tuple(f"a code with a long name {number}" for number in range(9))
    grid.show_matrix(Matrix(labels=labels, counts={(0, 0): 3}, down="r", across="y"))
    grid.resize(grid.minimumSizeHint())
    grid.show()
    assert grid.rect().contains(grid.cell_rect((8, 8)))
    assert not grid._lies_down()
    assert not grid.grab().toImage().isNull()


def cells_of_demo():
    rows = compare(demo_coding("trainee"), demo_coding("reference"), demo_scheme()).rows
    return confusion(rows, demo_scheme())


def test_the_cells_of_all_groups_count_every_row(review):
    show_demo(review)
    matrices = review.matrices
    total = sum(one.n for one in matrices._matrices.values())
    assert total == sum(cell.count for cell in cells_of_demo())
    assert matrices.groups.count() == len(matrices._matrices)


def test_a_cell_lists_just_as_many_rows_as_it_counts(review):
    show_demo(review)
    matrices = review.matrices
    for index in range(matrices.groups.count()):
        matrices.groups.setCurrentIndex(index)
        for place, count in matrices.grid.matrix.counts.items():
            matrices.grid._choose(place)
            assert len(review.choice.list.items) == count
            matrices.grid._choose(place)
    assert len(review.choice.list.items) == len(review.items)


def test_a_cell_of_the_diagonal_lists_what_both_have_alike(review):
    show(review, *small_pair())
    grid = review.matrices.grid
    place = grid.matrix.labels.index("cry"), grid.matrix.labels.index("cry")
    grid._choose(place)
    kinds = [item.kind for item in review.choice.list.items]
    assert kinds == [PairKind.SAME, PairKind.TIMING]


def test_a_cell_tells_the_host_and_escape_in_the_list_takes_it_back(review, qtbot):
    show(review, *small_pair())
    grid = review.matrices.grid
    differing = next(place for place in grid.matrix.counts if place[0] != place[1])
    with qtbot.waitSignal(review.cell_chosen) as told:
        grid._choose(differing)
    assert told.args[0].count == len(review.choice.list.items)
    assert review.choice.cell_chip.isVisible()
    with qtbot.waitSignal(review.cell_chosen) as told:
        QTest.keyClick(review.choice.list, Qt.Key.Key_Escape)
    assert told.args == [None]
    assert grid.chosen is None
    assert not review.choice.cell_chip.isVisible()


def test_the_chip_of_a_cell_can_be_taken_away(review):
    show(review, *small_pair())
    grid = review.matrices.grid
    grid._choose(next(iter(grid.matrix.counts)))
    review.choice.cell_chip.click()
    assert len(review.choice.list.items) == len(review.items)
    assert grid.chosen is None


def test_another_group_lists_everything_again(review, qtbot):
    show(review, *small_pair())
    matrices = review.matrices
    matrices.grid._choose(next(iter(matrices.grid.matrix.counts)))
    other = 1 - matrices.groups.currentIndex()
    with qtbot.waitSignal(review.cell_chosen) as told:
        matrices.groups.setCurrentIndex(other)
    assert told.args == [None]
    assert len(review.choice.list.items) == len(review.items)


def test_the_group_in_front_stays_when_the_pair_is_shown_again(review):
    show(review, *small_pair())
    matrices = review.matrices
    matrices.groups.setCurrentIndex(1)
    held = matrices.groups.currentData()
    show(review, *small_pair())
    assert matrices.groups.currentData() == held


def test_the_first_group_with_a_difference_stands_in_front(review):
    own = after(coding(), add("distress.cry", 5, end=9), add("seeking.reach", 30))
    reference = after(coding(coder="c02"), add("distress.cry", 5, end=9))
    show(review, own, reference)
    assert review.matrices.grid.matrix.labels[-1] == "nothing"
    assert review.matrices.grid.matrix.alike < review.matrices.grid.matrix.n


def test_codes_stand_in_the_ethograms_order(review):
    show(review, *small_pair())
    group = infant_scheme().ethogram.group("distress")
    order = [str(code.short) for code in group.codes]
    labels = [label for label in review.matrices.grid.matrix.labels if label in order]
    assert labels == [label for label in order if label in labels]
