"""The parts of the page of exercises, each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ssp_coder.agreement.wilson import share
from ssp_coder.training.exercises import answered, read_exercises
from ssp_coder.ui.training.drill import (
    NO_EXERCISES,
    Drill,
    ExerciseBook,
    Given,
    Lags,
    read_book,
)
from ssp_coder.ui.training.exercise_end import ExerciseEnd
from ssp_coder.ui.training.exercise_lags import LagStrip
from ssp_coder.ui.training.exercise_list import ExerciseList
from ssp_coder.ui.training.exercise_panel import ExercisePanel
from tests.ui.training.pages.sittings import EXERCISES

EVERY = {one.id: one for one in read_exercises(EXERCISES)}
NO_LAGS = Lags(values=())


def given(exercise: str, answer: str) -> Given:
    one = EVERY[exercise]
    return Given(exercise=one, answer=answer, answered=answered(one, answer), took_us=0)


def exercise_of(kind: str, choices: str, answer: str):
    return read_exercises(
        f"""
        [[exercises]]
        id = "made"
        kind = "{kind}"
        case = "c01"
        start_s = 0
        end_s = 4
        question = "What is it?"
        choices = {choices}
        answer = {answer}
        explanation = "Because."
        source = "made for tests"
        """
    )[0]


class TestPanel:
    @pytest.fixture
    def panel(self, theme, qtbot):
        panel = ExercisePanel(theme)
        qtbot.addWidget(panel)
        panel.resize(420, 600)
        panel.show()
        panel.activateWindow()
        return panel

    def ask(self, panel, exercise, count: int = 1) -> Drill:
        drill = Drill((exercise,) * count)
        panel.ask(drill, NO_LAGS)
        return drill

    def test_a_half_point_is_reached_by_a_full_stop(self, panel, qtbot):
        self.ask(panel, exercise_of("scale_point", "[4, 4.5, 5, 5.5]", "4.5"))
        panel.pick(4)
        QTest.keyClick(panel.row, Qt.Key.Key_Period)
        with qtbot.waitSignal(panel.answer_wanted) as told:
            panel.confirm()
        assert told.args == ["4.5"]

    def test_the_arrows_move_the_point_and_answer_nothing(self, panel, qtbot):
        self.ask(panel, EVERY["point"])
        with qtbot.assertNotEmitted(panel.answer_wanted):
            QTest.keyClick(panel.row, Qt.Key.Key_Right)
            QTest.keyClick(panel.row, Qt.Key.Key_Right)
        assert panel.row.point == 2

    def test_points_with_gaps_are_buttons(self, panel, qtbot):
        self.ask(panel, exercise_of("scale_point", "[1, 3, 7]", "3"))
        assert panel.row is None
        assert [one.text() for one in panel.choices] == ["1", "3", "7"]
        with qtbot.waitSignal(panel.answer_wanted) as told:
            panel.choices[2].click()
        assert told.args == ["7"]

    def test_the_tenth_choice_has_no_key_and_can_be_pressed(self, panel, qtbot):
        ids = [f"c{n}" for n in range(10)]
        self.ask(panel, exercise_of("d_index", str(ids).replace("'", '"'), '"c1"'))
        assert "Key" not in panel.choices[9].accessibleDescription()
        with qtbot.waitSignal(panel.answer_wanted) as told:
            panel.choices[9].click()
        assert told.args == ["c9"]

    def test_an_onset_has_one_button_and_a_word_on_how(self, panel, qtbot):
        self.ask(panel, EVERY["moment"])
        assert panel.mark_button.isVisible()
        assert panel.hint.isVisible()
        assert not panel.answers.isVisible()
        with qtbot.waitSignal(panel.mark_wanted):
            panel.confirm()

    def test_the_number_in_the_sitting_stands_beside_the_kind(self, panel):
        drill = self.ask(panel, EVERY["reading"], 3)
        drill.take(drill.judged("no"))
        drill.go_on()
        panel.ask(drill, NO_LAGS)
        assert (panel.title(), panel.note()) == ("Index or not", "2 of 3")

    def test_the_last_one_leads_to_the_end(self, panel):
        self.ask(panel, EVERY["reading"], 2)
        assert panel.next_button.text() == "Next"
        self.ask(panel, EVERY["reading"], 1)
        assert panel.next_button.text() == "To the end"

    def test_a_new_question_takes_the_last_verdict_away(self, panel):
        self.ask(panel, EVERY["reading"])
        panel.show_given(given("reading", "yes"), NO_LAGS)
        assert panel.verdict.isVisible()
        self.ask(panel, EVERY["point"])
        for widget in (panel.verdict, panel.explanation, panel.source, panel.next_button):
            assert not widget.isVisible()

    def test_the_verdict_is_told_by_shape_and_words(self, panel):
        pictures = []
        for answer in ("6", "5", "1"):
            self.ask(panel, EVERY["point"])
            panel.show_given(given("point", answer), NO_LAGS)
            pictures.append(panel.sign.pixmap().toImage().copy())
            assert panel.verdict.text()
        right, near, wrong = pictures
        assert right != near != wrong != right

    def test_earlier_lags_are_shown_with_the_question(self, panel):
        drill = Drill((EVERY["moment"],))
        panel.ask(drill, Lags(values=(1, 2), median=1))
        assert panel.strip.isVisible()
        self.ask(panel, EVERY["reading"])
        assert not panel.strip.isVisible()

    def test_at_the_end_of_a_sitting_nothing_is_asked(self, panel):
        drill = self.ask(panel, EVERY["reading"])
        drill.go_on()
        panel.ask(drill, NO_LAGS)
        assert panel.question.text() == "Is this one?"

    def test_words_are_never_read_as_markup(self, panel):
        panel.show_trouble("<b>bold</b>")
        assert panel.trouble.textFormat() == Qt.TextFormat.PlainText


class TestList:
    @pytest.fixture
    def listed(self, theme, qtbot):
        listed = ExerciseList(theme)
        qtbot.addWidget(listed)
        listed.resize(800, 400)
        listed.show()
        return listed

    def test_an_empty_book_has_the_row_of_all_only(self, listed):
        listed.show_book(NO_EXERCISES, NO_LAGS)
        assert list(listed.buttons) == [None]
        assert not listed.closed.isVisible()

    def test_a_row_begins_its_own_kind(self, listed, qtbot, page_book):
        listed.show_book(page_book, NO_LAGS)
        for kind, button in listed.buttons.items():
            with qtbot.waitSignal(listed.begin_wanted) as told:
                button.click()
            assert told.args == [kind]

    def test_a_share_has_its_interval_and_n(self, listed, page_book):
        one = page_book.progress[0]
        first = share(3, 4)
        book = ExerciseBook(planned=page_book.planned, progress=(replace(one, first=first),))
        listed.show_book(book, NO_LAGS)
        texts = [label.text() for label in listed.findChildren(QLabel)]
        assert any(text.endswith("n = 4") and "75 %" in text and "[" in text for text in texts)

    def test_what_was_kept_is_told_beside_it(self, listed, page_book):
        one = replace(page_book.progress[0], first=share(3, 4), retained=share(1, 2))
        listed.show_book(ExerciseBook(planned=page_book.planned, progress=(one,)), NO_LAGS)
        texts = [label.text() for label in listed.findChildren(QLabel)]
        assert any("later 50 %, n = 2" in text for text in texts)

    def test_lags_are_told_once_there_are_some(self, listed, page_book):
        listed.show_book(page_book, Lags(values=(300_000,), median=300_000))
        texts = [label.text() for label in listed.findChildren(QLabel)]
        assert any(text.startswith("Onsets: median +0.30 s") for text in texts)

    def test_each_button_says_of_what_kind_it_is(self, listed, page_book):
        listed.show_book(page_book, NO_LAGS)
        names = [one.accessibleName() for one in listed.buttons.values()]
        assert len(set(names)) == len(names)
        assert names[0] == "Begin: All kinds"


@pytest.fixture
def page_book(desk):
    return read_book(desk.pack, desk.programme, desk.entries)


class TestEnd:
    @pytest.fixture
    def end(self, theme, qtbot):
        end = ExerciseEnd(theme)
        qtbot.addWidget(end)
        end.resize(800, 400)
        end.show()
        return end

    def test_each_answer_has_a_row_in_its_order(self, end):
        end.show_given((given("reading", "yes"), given("point", "6")))
        assert end.rows == ("You: It is one. Reference: It is none", "As the reference: 6")
        assert end.note() == "2 answered"

    def test_the_next_sitting_replaces_the_last(self, end):
        end.show_given((given("reading", "yes"), given("point", "6")))
        end.show_given((given("moment", "5.2"),))
        assert len(end.rows) == 1

    def test_it_gives_no_sum_and_no_score(self, end):
        end.show_given((given("reading", "no"), given("point", "6")))
        texts = " ".join(label.text() for label in end.findChildren(QLabel))
        for word in ("%", "score", "2 of 2", "right"):
            assert word not in texts

    def test_it_leads_back(self, end, qtbot):
        end.show_given((given("reading", "no"),))
        with qtbot.waitSignal(end.left):
            end.back.click()


class TestLagStrip:
    @pytest.fixture
    def strip(self, theme, qtbot):
        strip = LagStrip(theme)
        qtbot.addWidget(strip)
        strip.resize(300, 60)
        return strip

    def test_early_and_late_look_different(self, strip):
        strip.show_lags(Lags(values=(-500_000,), median=-500_000))
        early = strip.grab().toImage()
        strip.show_lags(Lags(values=(500_000,), median=500_000))
        assert strip.grab().toImage() != early

    def test_the_newest_is_told_from_the_earlier_ones(self, strip):
        strip.show_lags(Lags(values=(-500_000, 500_000)))
        first = strip.grab().toImage()
        strip.show_lags(Lags(values=(500_000, -500_000)))
        assert strip.grab().toImage() != first

    def test_a_lag_beyond_the_axis_stands_at_its_end(self, strip):
        strip.show_lags(Lags(values=(9_000_000,), median=9_000_000))
        beyond = strip.grab().toImage()
        strip.show_lags(Lags(values=(2_000_000,), median=2_000_000))
        assert strip.grab().toImage() == beyond

    def test_the_middle_half_is_drawn(self, strip):
        strip.show_lags(Lags(values=(0,), median=0))
        without = strip.grab().toImage()
        strip.show_lags(Lags(values=(0,), median=0, low=-400_000, high=600_000))
        assert strip.grab().toImage() != without

    def test_without_lags_it_is_drawn_and_says_so(self, strip):
        strip.grab()
        assert strip.accessibleDescription() == "no onset answered yet"

    def test_it_follows_the_theme(self, strip, dark_theme, qtbot):
        other = LagStrip(dark_theme)
        qtbot.addWidget(other)
        other.resize(300, 60)
        lags = Lags(values=(100_000,), median=100_000)
        strip.show_lags(lags)
        other.show_lags(lags)
        assert strip.grab().toImage() != other.grab().toImage()
