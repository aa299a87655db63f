"""What holds for any curve, lag and sitting: nothing breaks, nothing is lost, nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from ssp_coder.training.deeds import ExerciseAnswered
from ssp_coder.training.exercises import answered, onset_answer, read_exercises
from ssp_coder.training.logbook import read_logbook
from ssp_coder.ui.training.curve_chart import CurveChart, CurveDot, CurvePainting, CurvePicture
from ssp_coder.ui.training.desk import TrainingDesk
from ssp_coder.ui.training.drill import Drill, Given, Lags, lags_of, read_book
from ssp_coder.ui.training.exercise_lags import LagStrip
from ssp_coder.ui.training.exercise_words import verdict_words
from ssp_coder.ui.training.exercises_page import ExercisesPage
from tests.ui.training.pages.sittings import EXERCISES

EVERY = {one.id: one for one in read_exercises(EXERCISES)}
ANY_FIXTURE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
value = st.none() | st.floats(min_value=-2, max_value=8, allow_nan=False)
dot = st.builds(
    CurveDot,
    value=value,
    low=value,
    high=value,
    hollow=st.booleans(),
    marked=st.booleans(),
    words=st.text(max_size=5),
)
picture = st.builds(CurvePicture, dots=st.lists(dot, max_size=12).map(tuple), criterion=value)


@ANY_FIXTURE
@given(shown=picture, width=st.integers(1, 500), height=st.integers(1, 300))
def test_any_curve_is_drawn_in_any_room(theme, shown, width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    CurvePainting(theme).paint(painter, QRectF(0, 0, width, height), shown)
    painter.end()


@ANY_FIXTURE
@given(shown=picture)
def test_every_value_of_a_curve_stands_inside_its_plot(theme, shown):
    painting = CurvePainting(theme)
    plot = painting.plot(QRectF(0, 0, 400, 160), shown)
    for place, one in enumerate(shown.dots):
        if one.value is not None:
            at = painting.at(plot, shown, place, one.value)
            assert plot.left() <= at.x() <= plot.right()
            assert plot.top() <= at.y() <= plot.bottom()


@ANY_FIXTURE
@given(shown=picture)
def test_any_curve_can_be_shown_walked_and_heard(theme, qapp, shown):
    chart = CurveChart(theme, "any")
    chart.show_picture(shown)
    chart.resize(300, 150)
    chart.grab()
    assert chart.accessibleDescription() == chart.words()
    chart.deleteLater()


@ANY_FIXTURE
@given(
    values=st.lists(st.integers(-10_000_000, 10_000_000), max_size=25),
    middle=st.none() | st.integers(-10_000_000, 10_000_000),
)
def test_any_lags_are_drawn(theme, qapp, values, middle):
    strip = LagStrip(theme)
    strip.resize(200, 56)
    strip.show_lags(Lags(values=tuple(values), median=middle, low=middle, high=middle))
    strip.grab()
    strip.deleteLater()


@given(at_us=st.integers(0, 12_000_000))
def test_an_onset_is_answered_to_the_microsecond(at_us):
    found = answered(EVERY["moment"], onset_answer(at_us))
    assert found.lag_us == at_us - 5_000_000


@ANY_FIXTURE
@given(at_us=st.integers(0, 12_000_000))
def test_a_verdict_on_an_onset_has_the_sign_of_its_lag(qapp, at_us):
    one = EVERY["moment"]
    answer = onset_answer(at_us)
    given_one = Given(exercise=one, answer=answer, answered=answered(one, answer), took_us=0)
    words = verdict_words(given_one)
    lag_us = at_us - 5_000_000
    if lag_us:
        assert ("late" in words) == (lag_us > 0)
        assert ("early" in words) == (lag_us < 0)
    else:
        assert "late" not in words
        assert "early" not in words


@given(
    answers=st.lists(st.sampled_from(["1", "6", "7"]), min_size=1, max_size=8),
    twice=st.booleans(),
)
def test_a_sitting_takes_each_exercise_down_once(answers, twice):
    drill = Drill((EVERY["point"],) * len(answers), lambda: 0.0)
    for answer in answers:
        drill.take(drill.judged(answer))
        if twice:
            assert drill.judged(answer) is None
        drill.go_on()
    assert [one.answer for one in drill.given] == answers
    assert drill.exercise is None


class TestThroughAnEndedSitting:
    @pytest.fixture
    def again(self, qapp):
        desk = TrainingDesk()
        yield desk
        desk.close()

    def answer(self, desk: TrainingDesk, exercise: str, answer: str) -> None:
        one = EVERY[exercise]
        found = Given(exercise=one, answer=answer, answered=answered(one, answer), took_us=7)
        desk.append(found.deed(desk.pack.id))

    def test_what_was_answered_is_there_after_the_program_ended(self, desk, again):
        self.answer(desk, "point", "3")
        self.answer(desk, "moment", "5.25")
        path, folder = desk.logbook.path, desk.pack.folder
        desk.close()
        again.open_pack(folder)
        again.open_logbook(path)
        book = read_book(again.pack, again.programme, again.entries)
        assert {one.exercise.id: one.answers for one in book.planned} == {
            "point": 1,
            "reading": 0,
            "moment": 1,
        }
        assert lags_of(again.entries, again.pack.id).values == (250_000,)

    def test_an_answer_is_on_the_disk_before_the_verdict_is_shown(self, desk, theme, qtbot):
        page = ExercisesPage(theme, desk)
        qtbot.addWidget(page)
        qtbot.waitUntil(lambda: bool(page.book.planned), timeout=10_000)
        kept = []
        shown = page.panel.show_given

        def note(*told: object) -> None:
            kept.append(count_answers(desk))
            shown(*told)

        page.panel.show_given = note
        page.clip.show_clip = lambda *_: None
        page.begin()
        page.answer("3")
        assert kept == [1]
        page.shut()

    def test_a_wrong_answer_comes_back_before_a_right_one(self, desk):
        self.answer(desk, "point", "1")
        self.answer(desk, "reading", "no")
        book = read_book(desk.pack, desk.programme, desk.entries)
        due_at = {one.exercise.id: one.due_at for one in book.planned}
        assert due_at["point"] < due_at["reading"]


def count_answers(desk: TrainingDesk) -> int:
    """How many answers the logbook's own rows hold."""
    return sum(isinstance(one.deed, ExerciseAnswered) for one in desk.logbook.entries)


class TestSecrecy:
    def texts(self, page: QWidget) -> str:
        labels = [label.text() for label in page.findChildren(QLabel)]
        spoken = [
            w.accessibleName() + w.accessibleDescription() for w in page.findChildren(QWidget)
        ]
        return " ".join((*labels, *spoken))

    def test_an_exercise_on_a_case_not_coded_yet_is_nowhere_in_the_page(self, desk, theme, qtbot):
        page = ExercisesPage(theme, desk)
        qtbot.addWidget(page)
        page.clip.show_clip = lambda *_: None
        qtbot.waitUntil(lambda: bool(page.book.planned), timeout=10_000)
        page.begin()
        while page.drill.exercise is not None:
            assert "narwhal" not in self.texts(page)
            page.answer({"point": "6", "reading": "no", "moment": "5"}[page.drill.exercise.id])
            page.drill.go_on()
        page.stop()
        assert "narwhal" not in self.texts(page)
        page.shut()

    def test_the_answer_is_in_no_text_before_it_is_given(self, desk, theme, qtbot):
        page = ExercisesPage(theme, desk)
        qtbot.addWidget(page)
        page.clip.show_clip = lambda *_: None
        qtbot.waitUntil(lambda: bool(page.book.planned), timeout=10_000)
        page.begin()
        said = self.texts(page)
        assert EVERY["point"].explanation.english not in said
        page.answer("6")
        assert EVERY["point"].explanation.english in self.texts(page)
        page.go_on()
        assert EVERY["reading"].explanation.english not in self.texts(page)
        page.shut()

    def test_nothing_of_the_exercises_is_written_beside_the_logbook(self, desk, theme, qtbot):
        page = ExercisesPage(theme, desk)
        qtbot.addWidget(page)
        page.clip.show_clip = lambda *_: None
        qtbot.waitUntil(lambda: bool(page.book.planned), timeout=10_000)
        page.begin()
        page.answer("6")
        page.shut()
        folder: Path = desk.logbook.folder
        for file in folder.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                assert b"narwhal" not in content
                assert b"Kept up from the door" not in content


def test_the_logbook_tells_who_answered_and_when(desk):
    one = EVERY["point"]
    found = Given(exercise=one, answer="6", answered=answered(one, "6"), took_us=12)
    desk.append(found.deed(desk.pack.id))
    path = desk.logbook.path
    desk.close()
    pages = read_logbook(path)
    assert pages.who == "t07"
    assert pages.entries[-1].at_utc
    assert pages.entries[-1].deed.took_us == 12
