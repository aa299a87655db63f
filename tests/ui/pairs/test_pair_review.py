from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US, Span
from ssp_coder.ui.pairs.items import ItemOrder, PairKind, PairNames, RowMark
from ssp_coder.ui.pairs.lanes import mark_ids
from ssp_coder.ui.pairs.review import AROUND_US, EARLIER_KEY, NEXT_KEY, PairReview
from tests.builders import coding, infant_scheme
from tests.ui.pairs.pair_desk import show, show_demo, small_pair


@pytest.fixture
def review(theme, qtbot):
    made = PairReview(theme)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    QApplication.processEvents()
    return made


@pytest.fixture
def small(review):
    show(review, *small_pair())
    return review


def kinds(review):
    return [item.kind for item in review.choice.list.items]


def item_of(review, kind):
    return next(item for item in review.items if item.kind is kind)


def test_everything_that_differs_is_listed_in_order_of_time(small):
    assert kinds(small) == [
        PairKind.OTHER_CODE,
        PairKind.EXTRA,
        PairKind.OTHER_CODE,
        PairKind.MISSED,
        PairKind.TIMING,
        PairKind.RATING,
    ]


def test_nothing_is_chosen_before_somebody_chooses(small):
    assert small.current is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_the_first_key_in_the_list_comes_to_the_first_item(small, qtbot, key):
    small.take_keyboard()
    qtbot.waitUntil(small.choice.list.hasFocus)
    assert small.current is None
    with qtbot.waitSignal(small.item_chosen) as told:
        QTest.keyClick(small.choice.list, key)
    assert told.args == [small.choice.list.items[0]]
    assert small.current == small.choice.list.items[0]


def test_down_reaches_the_next_item_and_plays_nothing(small, qtbot):
    small.take_keyboard()
    small.select(small.choice.list.items[0].id)
    with qtbot.waitSignal(small.item_chosen) as told, qtbot.assertNotEmitted(small.clip_wanted):
        QTest.keyClick(small.choice.list, Qt.Key.Key_Down)
    assert told.args[0] == small.choice.list.items[1] == small.current


def test_enter_asks_for_the_stretch_from_two_seconds_before(small, qtbot):
    item = small.choice.list.items[0]
    small.select(item.id)
    with qtbot.waitSignal(small.clip_wanted) as wanted:
        QTest.keyClick(small.choice.list, Qt.Key.Key_Return)
    assert wanted.args == [Span(start_us=18 * SECOND_US, end_us=23 * SECOND_US)]


def test_an_item_without_a_moment_asks_for_no_clip(small, qtbot):
    with qtbot.waitSignal(small.item_chosen), qtbot.assertNotEmitted(small.clip_wanted):
        small.choose(item_of(small, PairKind.RATING).id)


@pytest.mark.parametrize(("chord", "begun", "reached"), [(NEXT_KEY, 1, 2), (EARLIER_KEY, 1, 0)])
def test_a_key_of_the_whole_review_goes_on_with_the_clip(small, qtbot, chord, begun, reached):
    small.select(small.choice.list.items[begun].id)
    small.timeline.setFocus()
    key = {NEXT_KEY: Qt.Key.Key_PageDown, EARLIER_KEY: Qt.Key.Key_PageUp}[chord]
    with qtbot.waitSignals([small.item_chosen, small.clip_wanted]):
        QTest.keyClick(small.timeline, key, Qt.KeyboardModifier.AltModifier)
    assert small.current == small.choice.list.items[reached]
    assert small.timeline.hasFocus()


def test_going_on_begins_at_the_first_and_ends_at_the_last(small):
    small.go_on(1)
    assert small.current == small.choice.list.items[0]
    small.go_on(-1)
    assert small.current == small.choice.list.items[0]
    small.select(small.choice.list.items[-1].id)
    small.go_on(1)
    assert small.current == small.choice.list.items[-1]


def test_a_chosen_item_is_shown_in_the_lanes_with_what_is_around_it(small):
    item = item_of(small, PairKind.MISSED)
    small.choose(item.id)
    view = small.timeline.view()
    assert view.start_us <= item.at_us < view.end_us
    assert view.end_us - view.start_us <= 2 * AROUND_US + 1
    assert small.timeline.selected() == mark_ids(item)


def test_selecting_from_outside_is_silent(small, qtbot):
    with qtbot.assertNotEmitted(small.item_chosen), qtbot.assertNotEmitted(small.clip_wanted):
        small.select(small.choice.list.items[2].id)
    assert small.current == small.choice.list.items[2]


def test_an_unknown_id_selects_nothing(small):
    small.select(small.choice.list.items[2].id)
    small.select("event:9999:9999")
    assert small.current == small.choice.list.items[2]


def test_a_mark_in_the_lanes_reaches_its_item(small, qtbot):
    item = item_of(small, PairKind.OTHER_CODE)
    with qtbot.waitSignal(small.item_chosen) as told:
        small.timeline.mark_selected.emit(sorted(mark_ids(item))[0])
    assert told.args == [item]
    assert small.timeline.selected() == mark_ids(item)


def test_a_mark_that_both_have_alike_reaches_nothing(small, qtbot):
    same = small_pair()[0].events[0]
    with qtbot.assertNotEmitted(small.item_chosen):
        small.timeline.mark_selected.emit(f"own/{same.id}")


def test_enter_on_a_mark_plays_it(small, qtbot):
    item = item_of(small, PairKind.EXTRA)
    with qtbot.waitSignal(small.clip_wanted) as wanted:
        small.timeline.mark_activated.emit(sorted(mark_ids(item))[0])
    assert wanted.args == [item.loop]


def test_a_place_in_the_lanes_is_sought_to_the_microsecond(small, qtbot):
    with qtbot.waitSignal(small.seek_requested) as sought:
        small.timeline.seek_requested.emit(2_900_000_001)
    assert sought.args == [2_900_000_001]


def test_the_first_escape_ends_the_loop_and_the_second_lists_all(small, qtbot):
    small.choice.kinds.chip(PairKind.OTHER_CODE).setChecked(True)
    small.choose(small.choice.list.items[0].id)
    assert small.choice.list.wants_escape
    with qtbot.waitSignal(small.clip_left):
        QTest.keyClick(small.choice.list, Qt.Key.Key_Escape)
    assert len(small.choice.list.items) == 2
    assert small.choice.list.wants_escape
    QTest.keyClick(small.choice.list, Qt.Key.Key_Escape)
    assert len(small.choice.list.items) == len(small.items)
    assert not small.choice.list.wants_escape


def test_escape_with_nothing_under_way_is_left_to_the_window(small, qtbot):
    with qtbot.assertNotEmitted(small.clip_left):
        QTest.keyClick(small.choice.list, Qt.Key.Key_Escape)


def test_chips_count_each_kind_and_a_kind_without_any_has_none(small):
    chips = small.choice.kinds
    assert chips.chip(PairKind.OTHER_CODE).face.count == 2
    assert chips.chip(PairKind.MISSED).isVisible()
    assert not chips.chip(PairKind.CLASS).isVisible()


def test_chips_filter_and_several_add_up(small):
    small.choice.kinds.chip(PairKind.MISSED).click()
    assert kinds(small) == [PairKind.MISSED]
    assert small.choice.note() == "1 of 6"
    small.choice.kinds.chip(PairKind.RATING).click()
    assert kinds(small) == [PairKind.MISSED, PairKind.RATING]
    small.choice.kinds.chip(PairKind.MISSED).click()
    small.choice.kinds.chip(PairKind.RATING).click()
    assert len(kinds(small)) == len(small.items)
    assert small.choice.note() == "6"


def test_an_item_that_a_filter_hides_is_brought_back(small):
    small.choice.kinds.chip(PairKind.MISSED).click()
    hidden = item_of(small, PairKind.RATING)
    small.choose(hidden.id)
    assert small.current == hidden
    assert len(kinds(small)) == len(small.items)


def test_the_chosen_item_stays_chosen_in_another_order(small):
    item = item_of(small, PairKind.MISSED)
    small.select(item.id)
    small.choice.show_order(ItemOrder.WEIGHT)
    assert small.current == item
    assert kinds(small)[0] is PairKind.RATING


def test_the_chosen_item_stays_when_the_pair_is_shown_again(small, qtbot):
    item = item_of(small, PairKind.MISSED)
    small.select(item.id)
    with qtbot.assertNotEmitted(small.item_chosen):
        show(small, *small_pair())
    assert small.current.id == item.id


def test_marks_are_spoken_and_no_row_moves(small, qtbot):
    item = small.choice.list.items[1]
    model = small.choice.list.model()
    before = small.choice.list.items
    with qtbot.waitSignal(model.dataChanged) as told, qtbot.assertNotEmitted(model.modelReset):
        small.set_marks({item.id: RowMark(icon="check", words="settled: reference")})
    assert told.args[0].row() == 1
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("settled: reference")
    assert small.choice.list.items == before


def test_a_mark_is_painted_in_its_row(small):
    viewport = small.choice.list.viewport()
    before = viewport.grab().toImage()
    small.set_marks({small.choice.list.items[1].id: RowMark(icon="check", words="settled")})
    assert viewport.grab().toImage() != before


def test_marks_taken_back_are_gone(small):
    item = small.choice.list.items[0]
    plain = small.choice.list.model().index(0, 0).data()
    small.set_marks({item.id: RowMark(icon="check", words="settled")})
    small.set_marks({})
    assert small.choice.list.model().index(0, 0).data() == plain


def test_names_of_two_coders_stand_everywhere(review):
    own, reference = small_pair()
    names = PairNames(own="K1", reference="K2")
    show(review, own, reference)
    review.show_pair(own, reference, infant_scheme(), review.items, names)
    spoken = review.choice.list.model().index(0, 0).data()
    assert "K1" in spoken
    assert "K2" in spoken
    assert {lane.note for lane in review.timeline.scene.lanes} == {"K1", "K2"}
    assert review.choice.kinds.chip(PairKind.MISSED).face.text == "only K2"
    assert "only K1" in review.legend.accessibleName()


def test_the_hosts_words_stand_beside_the_picture(small):
    words = QLabel("Aimed at staying")
    small.set_detail(words, "Resists release, not push")
    assert words.isVisible()
    assert not small.matrices.isVisible()
    small.aside.matrix_button.click()
    assert small.matrices.isVisible()
    assert not words.isVisible()
    small.aside.matrix_button.click()
    assert words.isVisible()


def test_without_cells_there_is_no_button_for_the_matrix(review):
    review.set_detail(QLabel("words"), "Item")
    own, reference = small_pair()
    review.show_pair(own, reference, infant_scheme(), ())
    review.show_cells(())
    assert not review.aside.matrix_button.isVisible()


def test_a_host_may_place_the_matrices_itself(theme, qtbot):
    review = PairReview(theme)
    qtbot.addWidget(review)
    matrices = review.take_matrices()
    place = QWidget()
    qtbot.addWidget(place)
    QVBoxLayout(place).addWidget(matrices)
    place.show()
    review.show()
    show(review, *small_pair())
    words = QLabel("words")
    review.set_detail(words, "Item")
    assert words.isVisible()
    assert matrices.isVisible()
    matrices.grid._choose(next(iter(matrices.grid.matrix.counts)))
    assert review.choice.cell == matrices.chosen


def test_two_codings_alike_have_no_items_and_no_frames(review):
    own, _ = small_pair()
    assert show(review, own, own) == ()
    assert len(review.timeline.frames) == 0
    assert review.choice.note() == "0"


def test_two_empty_codings_can_be_shown(review):
    assert show(review, coding(media=()), coding(coder="c02", media=())) == ()
    assert review.timeline.scene.duration_us > 0


def test_the_list_is_a_sound_model(small):
    model = small.choice.list.model()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, small
    )
    small.choice.kinds.chip(PairKind.MISSED).click()
    small.set_marks({small.items[0].id: RowMark(icon="check", words="settled")})
    small.choice.kinds.clear()
    assert tester.model() is model


def test_the_picture_has_a_place(small):
    assert small.stage_place().parentWidget() is small.stage_box


def test_the_loop_that_plays_is_shown_in_the_lanes(small):
    loop = small.items[0].loop
    small.show_loop(loop)
    assert small.timeline.scene.loop == loop
    small.show_loop(None)
    assert small.timeline.scene.loop is None


def test_the_demonstration_has_items_of_every_kind_but_timing(review):
    show_demo(review)
    found = {item.kind for item in review.items}
    assert found == set(PairKind) - {PairKind.TIMING, PairKind.SAME}


def test_the_rows_are_painted_and_not_made_of_widgets(review):
    show_demo(review)
    rows = review.choice.list
    assert isinstance(rows, QListView)
    assert not any(rows.indexWidget(rows.model().index(row, 0)) for row in range(len(rows.items)))
