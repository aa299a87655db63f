"""Exercises, progress and certificate at their edges: many choices, long words, what fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ssp_coder.domain.finding import Finding
from ssp_coder.storage.errors import StorageError
from ssp_coder.training.deeds import Certified, Entry, ExerciseAnswered
from ssp_coder.training.exercises import ExerciseKind, answered, read_exercises
from ssp_coder.training.measures import Statistic
from ssp_coder.training.spacing import plan, progress
from ssp_coder.ui.training.certificate_page import CertificatePage
from ssp_coder.ui.training.curve_chart import CurveChart, CurveDot, CurvePicture
from ssp_coder.ui.training.drill import SITTING, Drill, ExerciseBook, Given, Lags
from ssp_coder.ui.training.exercise_end import ExerciseEnd
from ssp_coder.ui.training.exercise_list import ExerciseList
from ssp_coder.ui.training.exercise_panel import ExercisePanel
from ssp_coder.ui.training.progress_page import ProgressPage
from tests.fixtures.training_figures import classes, criterion, rule
from tests.ui.training.pages.sittings import seen

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
NO_LAGS = Lags(values=())
LONG = "A question that does not come to its end before the narrow window does " * 6
ONE = """
[[exercises]]
id = "{id}"
kind = "{kind}"
case = "c01"
start_s = 0
end_s = 4
question = "{question}"
choices = {choices}
answer = {answer}
explanation = "Because."
source = "made for tests"
"""
RULE = rule(criterion(Statistic.CLASS_SHARE, 0.8, 30))


def exercise(number: int = 1, kind: str = "d_index", **fields: str):
    given = {"choices": '["yes", "no"]', "answer": '"yes"', "question": "Which?"} | fields
    return read_exercises(ONE.format(id=f"e{number}", kind=kind, **given))[0]


def many(count: int, kind: str = "d_index"):
    return tuple(exercise(number, kind) for number in range(count))


def book_of(exercises, *answers: tuple[str, timedelta]) -> ExerciseBook:
    """A book after answers, each with how long ago it was given."""
    by_id = {one.id: one for one in exercises}
    entries = tuple(
        Entry(
            seq=number,
            at_utc=(NOW - ago).isoformat(),
            deed=ExerciseAnswered(
                pack="p",
                exercise=which,
                kind=by_id[which].kind.value,
                answer="no",
                right=answered(by_id[which], "no").right,
            ),
        )
        for number, (which, ago) in enumerate(answers, 1)
    )
    return ExerciseBook(
        planned=plan(exercises, entries, "p"), progress=progress(exercises, entries, "p")
    )


def press(panel, key: Qt.Key) -> None:
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or panel, key)


class TestSittings:
    def test_a_sitting_has_so_many_and_no_more(self):
        assert len(book_of(many(25)).sitting(None, NOW)) == SITTING

    def test_fewer_than_a_sitting_are_all_asked_once(self):
        found = book_of(many(3)).sitting(None, NOW)
        assert [one.id for one in found] == ["e0", "e1", "e2"]

    def test_what_is_due_comes_before_what_is_new(self):
        book = book_of(many(25), ("e21", timedelta(days=40)), ("e20", timedelta(days=30)))
        assert [one.id for one in book.sitting(None, NOW)][:3] == ["e21", "e20", "e0"]

    def test_a_sitting_of_one_kind_asks_nothing_else(self):
        book = book_of((*many(4), *(replace(one, id=f"s{one.id}") for one in stay(4))))
        kinds = {one.kind for one in book.sitting(ExerciseKind.RESISTANCE_OR_STAY, NOW)}
        assert kinds == {ExerciseKind.RESISTANCE_OR_STAY}

    def test_begun_early_what_is_due_soonest_comes_first(self):
        twice = [("e0", timedelta(days=2)), ("e0", timedelta(days=1)), ("e1", timedelta(seconds=1))]
        book = book_of(many(2), *twice)
        assert book.due_now(None, NOW - timedelta(days=3)) == 0
        dues = {one.exercise.id: one.due_at for one in book.planned}
        first = min(dues, key=lambda which: dues[which])
        assert book.sitting(None, NOW - timedelta(days=3))[0].id == first

    def test_without_exercises_there_is_no_sitting(self):
        assert ExerciseBook().sitting(None, NOW) == ()

    def test_a_drill_without_exercises_is_at_its_end(self):
        drill = Drill(())
        assert (drill.exercise, drill.count, drill.judged("yes")) == (None, 0, None)

    def test_the_time_of_an_answer_never_runs_backwards(self):
        moments = iter([10.0, 10.0, 4.0])
        drill = Drill(many(1), clock=lambda: next(moments))
        drill.asked()
        assert drill.judged("yes").took_us == 0


def stay(count: int):
    return many(count, "resistance_or_stay")


class TestManyChoices:
    @pytest.fixture
    def panel(self, theme, qtbot):
        panel = ExercisePanel(theme)
        qtbot.addWidget(panel)
        panel.resize(380, 640)
        panel.show()
        panel.activateWindow()
        return panel

    def ask(self, panel, one) -> None:
        panel.ask(Drill((one,)), NO_LAGS)
        QApplication.processEvents()

    def twelve(self, **fields: str):
        names = ", ".join(f'"choice{n}"' for n in range(12))
        return exercise(choices=f"[{names}]", answer='"choice11"', **fields)

    def test_the_first_nine_have_digits_and_the_rest_can_be_reached(self, panel):
        self.ask(panel, self.twelve())
        keyed = ["Key" in one.accessibleDescription() for one in panel.choices]
        assert keyed == [True] * 9 + [False] * 3
        assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in panel.choices)

    def test_one_beyond_the_ninth_answers_with_space(self, panel, qtbot):
        self.ask(panel, self.twelve())
        panel.choices[11].setFocus()
        with qtbot.waitSignal(panel.answer_wanted, timeout=5_000) as wanted:
            press(panel, Qt.Key.Key_Space)
        assert wanted.args == ["choice11"]

    def test_a_long_question_is_broken_and_not_cut(self, panel):
        self.ask(panel, self.twelve(question=LONG))
        assert panel.question.height() >= panel.question.heightForWidth(panel.question.width())

    def test_a_question_is_text_and_no_markup(self, panel):
        self.ask(panel, exercise(question="Is <b>this</b> & that?"))
        assert panel.question.textFormat() is Qt.TextFormat.PlainText
        assert panel.question.text() == "Is <b>this</b> & that?"

    @pytest.mark.parametrize("written", ["[1, 2, 3]", "[1.0, 2.0, 3.0]", '["1.0", "2.0", "3.0"]'])
    def test_points_however_written_can_be_answered(self, panel, qtbot, written):
        one = exercise(kind="scale_point", choices=written, answer="3")
        self.ask(panel, one)
        panel.pick(2)
        with qtbot.waitSignal(panel.answer_wanted, timeout=5_000) as wanted:
            panel.confirm()
        assert answered(one, wanted.args[0]).points == -1

    def test_points_with_gaps_are_buttons_with_digits(self, panel, qtbot):
        self.ask(panel, exercise(kind="scale_point", choices="[1, 3, 7]", answer="3"))
        assert panel.row is None
        with qtbot.waitSignal(panel.answer_wanted, timeout=5_000) as wanted:
            panel.pick(3)
        assert wanted.args == ["7"]

    def test_the_next_question_has_nothing_of_the_last(self, panel):
        one, two = self.twelve(), exercise(2, question="And this?")
        drill = Drill((one, two))
        panel.ask(drill, NO_LAGS)
        given = drill.judged("choice1")
        drill.take(given)
        panel.show_given(given, NO_LAGS)
        panel.show_trouble("The film is gone.")
        drill.go_on()
        panel.ask(drill, NO_LAGS)
        QApplication.processEvents()
        assert [button.text() for button in panel.choices] == ["yes", "no"]
        hidden = (panel.verdict, panel.explanation, panel.source, panel.trouble, panel.next_button)
        assert not any(widget.isVisible() for widget in hidden)
        assert panel.choices[0].hasFocus()


class TestTheEnd:
    def test_a_long_sitting_is_listed_whole_and_then_replaced(self, theme, qtbot):
        end = ExerciseEnd(theme)
        qtbot.addWidget(end)
        every = tuple(
            Given(exercise=one, answer="no", answered=answered(one, "no"), took_us=1)
            for one in (replace(one, question=one.question) for one in many(40))
        )
        end.show_given(every)
        assert len(end.rows) == 40
        end.show_given(every[:1])
        QApplication.sendPostedEvents(None, 52)
        shown = [one.text() for one in end.findChildren(QLabel) if one.text() == end.rows[0]]
        assert len(shown) == 1

    def test_every_mark_is_said_and_not_only_drawn(self, theme, qtbot):
        end = ExerciseEnd(theme)
        qtbot.addWidget(end)
        one = exercise()
        end.show_given(
            tuple(
                Given(exercise=one, answer=word, answered=answered(one, word), took_us=1)
                for word in ("yes", "no")
            )
        )
        names = [one.accessibleName() for one in end.findChildren(QLabel)]
        assert {"as the reference", "other"} <= set(names)


class TestTheList:
    def test_it_says_what_is_due_and_new_and_kept(self, theme, qtbot):
        page = ExerciseList(theme)
        qtbot.addWidget(page)
        page.show_book(book_of(many(5), ("e0", timedelta(days=30)), ("e0", timedelta(1))), NO_LAGS)
        words = " ".join(label.text() for label in page.findChildren(QLabel))
        assert "n = 1; later 0 %, n = 1" in words

    def test_only_all_that_is_closed_is_counted(self, theme, qtbot):
        page = ExerciseList(theme)
        qtbot.addWidget(page)
        page.show_book(replace(book_of(many(2)), closed=7), NO_LAGS)
        assert page.closed.text().startswith("7 more open")
        page.show_book(book_of(many(2)), NO_LAGS)
        assert page.closed.isHidden()


class TestCurvesByHand:
    @pytest.fixture
    def chart(self, theme, qtbot):
        chart = CurveChart(theme, "Share alike")
        qtbot.addWidget(chart)
        chart.resize(400, 150)
        chart.show()
        return chart

    def dots(self, *values: float | None) -> CurvePicture:
        return CurvePicture(
            dots=tuple(CurveDot(value=one, words=f"case {n}") for n, one in enumerate(values, 1))
        )

    def test_a_click_goes_to_the_case_under_it(self, chart, qtbot):
        chart.show_picture(self.dots(0.2, 0.4, 0.6, 0.8))
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.rect().center())
        assert chart.words() in ("case 2", "case 3")
        assert chart.accessibleDescription() == chart.words()

    def test_the_ends_hold(self, chart):
        chart.show_picture(self.dots(0.2, None, 0.6))
        for _step in range(5):
            QTest.keyClick(chart, Qt.Key.Key_Left)
        assert chart.words() == "case 1"
        for _step in range(5):
            QTest.keyClick(chart, Qt.Key.Key_Right)
        assert chart.words() == "case 3"

    def test_an_empty_curve_is_drawn_and_walks_nowhere(self, chart):
        QTest.keyClick(chart, Qt.Key.Key_Left)
        chart.grab()
        assert (chart.words(), chart.current) == ("no case yet", None)

    def test_fewer_cases_than_before_take_the_walk_back(self, chart):
        chart.show_picture(self.dots(0.2, 0.4, 0.6))
        QTest.keyClick(chart, Qt.Key.Key_Left)
        chart.show_picture(self.dots(0.2))
        assert (chart.current, chart.words()) == (None, "case 1")

    def test_five_hundred_cases_are_drawn(self, chart):
        chart.show_picture(self.dots(*[n / 500 for n in range(500)]))
        QTest.keyClick(chart, Qt.Key.Key_Left)
        chart.grab()
        assert chart.words() == "case 500"


class TestWhatFails:
    def refuse(self, *_given: object) -> None:
        raise StorageError(Finding(code="full", message="the disk is full", place="here"))

    def test_a_certificate_that_the_logbook_refuses_is_told_and_can_be_made_again(
        self, theme, desk, qtbot, monkeypatch, tmp_path
    ):
        page = CertificatePage(theme, desk)
        qtbot.addWidget(page)
        page.show()
        seen(desk, classes(27, 3), RULE)
        with monkeypatch.context() as patch:
            patch.setattr(desk, "append", self.refuse)
            assert not page.certify(tmp_path / "c.pdf")
        assert "the disk is full" in page.trouble.text()
        assert page.make.isEnabled()
        assert page.certify(tmp_path / "c.pdf")
        assert not page.trouble.isVisible()
        assert sum(isinstance(one.deed, Certified) for one in desk.entries) == 1
        page.shut()

    def test_a_logbook_with_a_damaged_certificate_still_shows_the_page(
        self, theme, desk, qtbot, tmp_path
    ):
        pack = desk.pack
        desk.append(Certified(pack=pack.id, version=pack.version, rule="old", figures="{"))
        page = CertificatePage(theme, desk)
        qtbot.addWidget(page)
        page.show()
        seen(desk, classes(27, 3), RULE)
        assert "by rule old" in page.state.text()
        assert page.make.isEnabled()
        assert not page.save_again(tmp_path / "again.pdf")
        assert "no certificate" in page.trouble.text()
        page.shut()

    def test_a_scheme_that_is_gone_is_told_on_both_pages(
        self, theme, desk, qtbot, monkeypatch, tmp_path
    ):
        monkeypatch.setattr(desk, "pack", replace(desk.pack, folder=tmp_path, sha256="7" * 64))
        for kind in (CertificatePage, ProgressPage):
            page = kind(theme, desk)
            qtbot.addWidget(page)
            page.show()
            qtbot.waitUntil(page.trouble.isVisible, timeout=10_000)
            assert "copy the pack once more" in page.trouble.text()
            page.shut()

    def test_a_page_that_was_shut_takes_nothing_more(self, theme, desk, qtbot):
        page = ProgressPage(theme, desk)
        qtbot.addWidget(page)
        page.show()
        page.shut()
        before = page.found
        QApplication.processEvents()
        assert page.found is before
