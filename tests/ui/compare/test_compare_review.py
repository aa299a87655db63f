"""The review inside the Compare page: matrix, items of every kind, what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.disagreement import DisagreementKind
from ssp_coder.domain.coding import Classification
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing.edits import Classify, LockCoding
from ssp_coder.ui.compare.page import ComparePage
from ssp_coder.ui.compare.work import told_by_both
from ssp_coder.ui.pairs.items import PairKind
from tests.builders import add, after, coding, infant_scheme, mark, rate, s
from tests.ui.demo_codings import demo_coding, demo_file, demo_scheme, demo_session

SCHEME = infant_scheme()


@pytest.fixture
def page(theme, qtbot, tmp_path):
    session = demo_session("trainee")
    session.submit(LockCoding())
    made = ComparePage(theme, session)
    made.session = session
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    made.open_reference(demo_file(tmp_path, "reference"))
    qtbot.waitUntil(lambda: made._work._work is None, timeout=20_000)
    assert made.review.items
    return made


@pytest.fixture
def grid(page):
    page.summary.chooser.part("matrix").click()
    QApplication.processEvents()
    return page.review.matrices.grid


def told(own, reference):
    return told_by_both(compare(own, reference, SCHEME), own, reference, SCHEME)


def classed(**fields):
    return Classify(classification=Classification(**fields))


def test_ratings_and_the_class_stand_among_the_items(page):
    kinds = {item.kind for item in page.review.items}
    assert {PairKind.RATING, PairKind.CLASS} <= kinds


def test_the_matrix_is_a_table_of_the_numbers(page, grid):
    assert grid.isVisible()
    assert not page.summary.codes.isVisible()
    page.summary.chooser.part("codes").click()
    assert not grid.isVisible()


def test_a_cell_filters_the_list_and_escape_lists_all_again(page, grid):
    differing = next(place for place in grid.matrix.counts if place[0] != place[1])
    grid._choose(differing)
    assert len(page.review.choice.list.items) == grid.matrix.count(differing)
    assert page.review.choice.cell_chip.isVisible()
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert len(page.review.choice.list.items) == len(page.review.items)


def test_the_matrices_count_as_many_events_as_the_codes(page, grid):
    counted = sum(one.n for one in page.review.matrices._matrices.values())
    rows = compare(demo_coding("trainee"), demo_coding("reference"), demo_scheme()).rows
    assert counted == len(rows)


def test_an_edit_keeps_the_chosen_item(qtbot, theme, tmp_path):
    open_page = ComparePage(theme, demo_session("trainee"))
    qtbot.addWidget(open_page)
    open_page.show()
    open_page.open_reference(_file(tmp_path))
    qtbot.waitUntil(lambda: open_page.bar.anyway.isVisible(), timeout=20_000)
    open_page.compare_anyway()
    qtbot.waitUntil(lambda: bool(open_page.review.items), timeout=20_000)
    item = next(one for one in open_page.review.items if one.kind is PairKind.MISSED)
    open_page.review.select(item.id)
    before = open_page._compared
    open_page._session.submit(rate("cm_c_8", 1))
    qtbot.waitUntil(lambda: open_page._compared is not before, timeout=20_000)
    assert open_page.review.current.id == item.id


def _file(folder):
    other = folder / "other"
    other.mkdir()
    return demo_file(other, "reference")


def test_the_loop_that_the_player_plays_is_shown_in_the_lanes(page):
    loop = Span(start_us=Micros(0), end_us=s(5))
    page.show_loop(loop)
    assert page.review.timeline.scene.loop == loop
    assert page.review.choice.list.wants_escape
    page.show_loop(None)
    assert page.review.timeline.scene.loop is None
    assert not page.review.choice.list.wants_escape


def test_escape_in_the_list_asks_to_leave_the_loop(page, qtbot):
    page.review.choose(page.review.choice.list.items[0].id)
    with qtbot.waitSignal(page.session.clip_left):
        QTest.keyClick(page.review.choice.list, Qt.Key.Key_Escape)


def test_a_click_on_a_row_shows_it_in_the_lanes_as_well(page, qtbot):
    rows = page.review.choice.list
    place = rows.visualRect(rows.model().index(2, 0)).center()
    with qtbot.waitSignal(page.review.item_chosen) as chosen:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [rows.items[2]]
    view = page.review.timeline.view()
    assert view.start_us <= rows.items[2].at_us < view.end_us


def test_the_keyboard_goes_to_the_list_with_the_first_comparison(page):
    assert page.focusWidget() is page.review.choice.list


def test_ratings_of_one_side_alone_are_not_told():
    own = after(coding(), rate("cm_c_8", 6))
    assert told(own, coding(coder="c02")) == ()


def test_a_class_of_one_side_alone_is_not_told():
    own = after(coding(), classed(primary="B", subgroup="B3"))
    assert told(own, coding(coder="c02")) == ()


def test_ratings_of_both_are_told_even_where_one_place_is_left_out():
    own = after(coding(), rate("cm_c_8", 6))
    reference = after(coding(coder="c02"), rate("avo_c_8", 2))
    assert {one.key for one in told(own, reference)} == {"rating:cm_c_8", "rating:avo_c_8"}


def test_events_are_told_whatever_else_is_there():
    reference = after(coding(coder="c02"), add("seeking.reach", 5), rate("cm_c_8", 6))
    assert [one.kind for one in told(coding(), reference)] == [DisagreementKind.MISSED]


def test_a_rating_is_looked_at_in_the_episode_as_the_reference_has_it():
    own = after(coding(), mark("EP8", 900), rate("cm_c_8", 6))
    reference = after(coding(coder="c02"), mark("EP8", 905), rate("cm_c_8", 3))
    (one,) = told(own, reference)
    assert one.at_us == s(905)


def test_without_marks_in_the_reference_the_own_ones_serve():
    own = after(coding(), mark("EP8", 900), rate("cm_c_8", 6))
    reference = replace(after(coding(coder="c02"), rate("cm_c_8", 3)), episodes=())
    (one,) = told(own, reference)
    assert one.at_us == s(900)
