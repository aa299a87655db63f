"""A review in long use: other pairs in turn, several filters, escape step by step, German."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing.edits import Classify
from ssp_coder.training.feedback import feedback_on, feedback_settings
from ssp_coder.training.packs import Reference
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.pairs.aside import Aside
from ssp_coder.ui.pairs.items import ItemOrder, PairKind, PairNames, RowMark, usual_names
from ssp_coder.ui.pairs.lanes import mark_ids
from ssp_coder.ui.pairs.making import class_words, items_of_feedback, level_words, timing_words
from ssp_coder.ui.pairs.pair_timeline import SignLegend
from ssp_coder.ui.pairs.review import PairReview
from tests.agreement_codings import coded_twice
from tests.builders import add, after, coding, infant_scheme, rate, s
from tests.ui.pairs.pair_desk import show, show_demo, small_pair

SCHEME = infant_scheme()
LONG = "a coder whose name goes on and on as names in large studies do"


@pytest.fixture
def german(qapp):
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


@pytest.fixture
def review(theme, qtbot):
    made = PairReview(theme)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


@pytest.fixture
def small(review):
    show(review, *small_pair())
    review.take_keyboard()
    return review


def press(widget, *keys):
    for key in keys:
        QTest.keyClick(widget, key)


def listed(review):
    return review.choice.list.items


def choose_cell(review, *, alike):
    grid = review.matrices.grid
    place = next(at for at in grid.matrix.counts if (at[0] == at[1]) is alike)
    grid.show_chosen(None)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_rect(place).center())
    return review.matrices.chosen


class TestPairsInTurn:
    def test_another_pair_takes_everything_of_the_first_with_it(self, small):
        small.go_on(1)
        small.set_marks({small.items[0].id: RowMark(icon="check", words="settled")})
        own, _ = small_pair()
        show(small, own, own)
        assert (small.items, small.current, len(small.timeline.frames)) == ((), None, 0)
        assert not any(small.choice.kinds.chip(kind).isVisible() for kind in PairKind
                       if kind is not PairKind.SAME)  # fmt: skip

    def test_a_kind_that_the_next_pair_has_not_filters_nothing_there(self, small):
        small.choice.kinds.chip(PairKind.RATING).click()
        assert len(listed(small)) == 1
        own, reference = small_pair()
        show(small, replace(own, ratings=()), replace(reference, ratings=()))
        assert not small.choice.is_filtered
        assert len(listed(small)) == len(small.items)

    def test_the_matrices_are_those_of_the_pair_in_front(self, small):
        before = small.matrices.groups.itemText(0)
        own, _ = small_pair()
        show(small, own, own)
        assert small.matrices.groups.itemText(0) != before
        assert small.matrices.groups.itemText(0).endswith("4 of 4 alike")

    def test_a_longer_recording_makes_the_lanes_longer(self, small):
        own, reference = small_pair()
        longer = replace(reference.media[0], duration_us=Micros(s(4_000)))
        show(small, own, replace(reference, media=(longer,)))
        assert small.timeline.scene.duration_us == s(4_000)

    def test_the_keyboard_and_the_view_stay_when_the_pair_is_shown_again(self, small):
        small.choose(small.items[2].id)
        at = (small.timeline.scale_now().start_us, small.timeline.scale_now().end_us)
        show(small, *small_pair())
        assert (small.timeline.scale_now().start_us, small.timeline.scale_now().end_us) == at
        assert QApplication.focusWidget() is small.choice.list
        assert small.current.id == small.items[2].id

    def test_five_thousand_events_each_are_counted_kind_by_kind(self, review):
        items = show(review, *coded_twice(5_000, seed=5))
        counts = Counter(item.kind for item in items)
        assert sum(counts.values()) == len(items) > 1_000
        for kind, count in counts.items():
            chip = review.choice.kinds.chip(kind)
            assert chip.face.count == count
            chip.click()
            assert len(listed(review)) == count
            chip.click()
        assert len(listed(review)) == len(items)

    @pytest.mark.parametrize("order", list(ItemOrder), ids=lambda order: order.value)
    def test_the_next_item_is_the_one_below_in_every_order(self, review, order):
        show_demo(review)
        review.choice.show_order(order)
        reached = []
        for _ in listed(review):
            review.go_on(1)
            reached.append(review.current.id)
        assert reached == [item.id for item in listed(review)]


class TestFilters:
    def test_a_hidden_item_that_is_chosen_brings_everything_back(self, small, qtbot):
        small.choice.kinds.chip(PairKind.RATING).click()
        hidden = next(item for item in small.items if item.kind is PairKind.MISSED)
        with qtbot.waitSignal(small.item_chosen) as told:
            small.choose(hidden.id)
        assert told.args == [hidden]
        assert len(listed(small)) == len(small.items)

    def test_a_hidden_item_that_is_chosen_takes_the_cell_back_too(self, small, qtbot):
        choose_cell(small, alike=True)
        with qtbot.waitSignal(small.cell_chosen) as told:
            small.select(small.items[0].id)
        assert told.args == [None]
        assert (small.choice.cell, small.matrices.chosen) == (None, None)

    def test_a_cell_takes_the_chips_out_and_chips_may_filter_it(self, small):
        small.choice.kinds.chip(PairKind.RATING).click()
        cell = choose_cell(small, alike=True)
        assert not small.choice.kinds.kinds
        assert len(listed(small)) == cell.count
        small.choice.kinds.chip(PairKind.TIMING).click()
        assert {item.kind for item in listed(small)} <= {PairKind.TIMING}

    def test_matches_of_a_cell_can_be_looked_at(self, small, qtbot):
        choose_cell(small, alike=True)
        same = next(item for item in listed(small) if item.kind is PairKind.SAME)
        small.choice.list.select(same.id)
        with qtbot.waitSignal(small.clip_wanted) as told:
            press(small.choice.list, Qt.Key.Key_Return)
        assert told.args == [same.loop]
        assert same.kind.sign is None

    def test_a_chip_is_pressed_with_the_keyboard(self, small):
        chip = small.choice.kinds.chip(PairKind.MISSED)
        chip.setFocus()
        press(chip, Qt.Key.Key_Space)
        assert {item.kind for item in listed(small)} == {PairKind.MISSED}
        press(chip, Qt.Key.Key_Space)
        assert len(listed(small)) == len(small.items)

    def test_escape_ends_the_loop_then_the_filter_and_then_nothing(self, small, qtbot):
        choose_cell(small, alike=False)
        small.take_keyboard()
        press(small.choice.list, Qt.Key.Key_Down, Qt.Key.Key_Return)
        with qtbot.waitSignal(small.clip_left):
            press(small.choice.list, Qt.Key.Key_Escape)
        assert small.choice.cell is not None
        with qtbot.waitSignal(small.cell_chosen):
            press(small.choice.list, Qt.Key.Key_Escape)
        assert not small.choice.is_filtered
        assert not small.choice.list.wants_escape

    def test_nothing_that_is_listed_has_no_next_item(self, small, qtbot):
        small.choice.kinds.chip(PairKind.MISSED).click()
        own, _ = small_pair()
        show(small, own, own)
        with qtbot.assertNotEmitted(small.item_chosen):
            small.go_on(1)
            small.go_on(-1)
            press(small.choice.list, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_End)


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "place"),
        [
            (Qt.Key.Key_End, -1),
            (Qt.Key.Key_Home, 0),
            (Qt.Key.Key_Down, 0),
            (Qt.Key.Key_Up, 0),
        ],
        ids=lambda value: getattr(value, "name", value),
    )
    def test_from_nothing_each_key_leads_where_it_says(self, small, key, place):
        press(small.choice.list, key)
        assert small.current == listed(small)[place]

    def test_an_item_is_told_once_for_one_key(self, small):
        told = []
        small.item_chosen.connect(told.append)
        press(small.choice.list, Qt.Key.Key_End, Qt.Key.Key_Up)
        assert told == [listed(small)[-1], listed(small)[-2]]

    def test_an_item_without_events_marks_nothing_in_the_lanes(self, small):
        rating = next(item for item in small.items if item.kind is PairKind.RATING)
        small.choose(small.items[0].id)
        assert small.timeline.selected() == mark_ids(small.items[0])
        small.choose(rating.id)
        assert small.timeline.selected() == frozenset()

    def test_the_start_of_the_session_is_shown_from_its_start(self, review):
        own = after(coding(), add("seeking.reach", 1))
        show(review, own, coding(coder="c02"))
        review.choose(review.items[0].id)
        assert review.timeline.scale_now().start_us == 0


class TestAside:
    @pytest.fixture
    def aside(self, theme, qtbot):
        made = Aside(theme)
        qtbot.addWidget(made)
        made.show()
        return made

    def test_the_same_words_under_another_title_stay_alive(self, aside):
        words = QLabel("words")
        aside.set_detail(words, "One")
        aside.set_detail(words, "Two")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert shiboken6.isValid(words)
        assert words.isVisible()

    def test_other_words_let_the_first_go(self, aside):
        first = QLabel("first")
        aside.set_detail(first, "One")
        aside.set_detail(QLabel("second"), "Two")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not shiboken6.isValid(first)


class TestLongWords:
    def test_long_names_leave_the_list_its_width_and_are_spoken_whole(self, review):
        own, reference = small_pair()
        show(review, own, reference)
        width = review.choice.list.width()
        names = PairNames(own=LONG, reference=LONG[::-1])
        review.show_pair(own, reference, SCHEME, review.items, names)
        QApplication.processEvents()
        assert review.choice.list.width() == width
        assert LONG in review.choice.list.model().index(0, 0).data()
        assert not review.choice.list.horizontalScrollBar().isVisible()
        assert not review.grab().isNull()

    def test_two_long_names_that_differ_at_their_end_are_told_apart(self):
        names = PairNames(
            own="laboratory-of-the-north-c01", reference="laboratory-of-the-north-c02"
        )
        words = [names.kind_words(kind) for kind in (PairKind.MISSED, PairKind.EXTRA)]
        assert [word[-3:] for word in words] == ["c02", "c01"]
        assert max(map(len, words)) < 28

    def test_the_whole_review_may_be_as_narrow_as_a_small_screen(self, review):
        show_demo(review)
        review.resize(900, 520)
        QApplication.processEvents()
        assert review.choice.list.viewport().height() > 0
        assert review.stage_box.isVisible()
        review.grab()


class TestGerman:
    def test_kinds_and_names_are_german(self, german):
        names = usual_names()
        words = [names.kind_words(kind) for kind in PairKind]
        assert "ausgelassen" in words
        assert "nicht in der Referenz" in words
        assert "anderer Code" in words
        assert PairNames(own="K1", reference="K2").kind_words(PairKind.MISSED) == "nur K2"

    def test_no_word_of_a_kind_level_or_lag_stays_english(self, german):
        told = {kind: usual_names().kind_words(kind) for kind in PairKind}
        levels = {level: level_words(level) for level in ClassLevel}
        lags = [timing_words(lag, of_end=end) for lag in (1, -1) for end in (True, False)]
        told_words = {*told.values(), *levels.values(), *lags}
        english = {"missed", "extra", "other code", "timing", "rating", "class", "same", "Class",
                   "Subgroup", "Secondary", "0.0 s late", "ends 0.0 s late"}  # fmt: skip
        assert not told_words & english
        assert class_words(DDecision.YES.value) == "ja"

    def test_rows_speak_german(self, german, review):
        show(review, *small_pair())
        missed = next(item for item in review.items if item.kind is PairKind.MISSED)
        late = next(item for item in review.items if item.kind is PairKind.TIMING)
        assert missed.own == "nichts"
        assert late.own == "endet 6.0 s zu spät"
        row = next(
            place for place, item in enumerate(listed(review)) if item.kind is PairKind.MISSED
        )
        assert "ausgelassen" in review.choice.list.model().index(row, 0).data()

    def test_the_matrix_is_read_in_german(self, german, review):
        show(review, *small_pair())
        assert "gleich" in review.matrices.groups.itemText(0)
        assert "verschieden" in review.matrices._sum.text()
        assert review.matrices.grid.matrix.labels[-1] == "nichts"

    def test_longer_german_kinds_have_their_room_in_the_legend(self, theme, qtbot):
        widths = []
        for language in ("en", "de"):
            SPOKEN.speak(language)
            legend = SignLegend(theme)
            qtbot.addWidget(legend)
            widths.append(legend.sizeHint().width())
        SPOKEN.speak("en")
        assert widths[0] != widths[1]


class TestFeedbackRows:
    def rows(self, own, reference):
        told = feedback_on(own, Reference(coding=reference, scheme=SCHEME), feedback_settings())
        return items_of_feedback(told.items, SCHEME)

    @pytest.mark.parametrize(
        ("own_end", "reference_end", "words"),
        [
            (None, 40, "without end"),
            (40, None, "ended, reference not"),
            (46, 40, "ends 6.0 s late"),
            (35.5, 40, "ends 4.5 s early"),
        ],
        ids=["left open", "reference open", "late", "early"],
    )
    def test_the_end_of_a_state_is_told_in_words(self, own_end, reference_end, words):
        own, reference = (
            after(coding(), add("play_explore.oral", 20, end=end))
            for end in (own_end, reference_end)
        )
        (row,) = self.rows(own, reference)
        assert (row.kind, row.own) == (PairKind.TIMING, words)
        assert row.loop.start_us == s(min(end for end in (own_end, reference_end) if end)) - s(2)

    def test_ratings_and_classes_have_no_mark_in_the_lanes(self):
        own = after(coding(), rate("cm_c_8", 6))
        reference = after(
            coding(),
            rate("cm_c_8", 2),
            Classify(classification=Classification(primary="B", subgroup="B3")),
        )
        rows = self.rows(own, reference)
        assert [row.kind for row in rows] == [PairKind.CLASS, PairKind.RATING]
        assert all(mark_ids(row) == frozenset() for row in rows)
        assert {(row.own, row.reference) for row in rows} == {("none", "B"), ("6", "2")}

    def test_a_loop_of_a_rating_is_asked_for(self, review, qtbot):
        own = after(coding(), rate("cm_c_8", 6))
        (row,) = self.rows(own, after(coding(), rate("cm_c_8", 2)))
        loop = Span(start_us=s(100), end_us=s(110))
        review.show_pair(own, own, SCHEME, (replace(row, loop=loop, at_us=s(100)),))
        with qtbot.waitSignal(review.clip_wanted) as told:
            review.go_on(1)
        assert told.args == [loop]
