"""The page of short exercises, as a trainee uses it by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.domain.finding import Finding
from ssp_coder.storage.errors import StorageError
from ssp_coder.training.deeds import ExerciseAnswered
from ssp_coder.training.exercises import ExerciseKind
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.training.exercises_page import ExercisesPage
from tests.ui.accessibility import access_walk as walk
from tests.unit.training.training_files import built

KIND = ExerciseKind


@pytest.fixture
def page(theme, desk, qtbot):
    """The page with its exercises read."""
    page = ExercisesPage(theme, desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: bool(page.book.planned), timeout=10_000)
    yield page
    page.shut()
    page.close()


@pytest.fixture
def still(page, monkeypatch):
    """The page with a film that is never opened: what is asked does not need it."""
    monkeypatch.setattr(type(page.clip), "show_clip", lambda *_: None)
    return page


def answers(desk) -> list[ExerciseAnswered]:
    return [one.deed for one in desk.entries if isinstance(one.deed, ExerciseAnswered)]


def press(page: QWidget, key: Qt.Key) -> None:
    """A key where the keyboard is, as a person presses it."""
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or page, key)


def go_to(page, exercise: str) -> None:
    """Skip to an exercise of the sitting."""
    while page.drill.exercise.id != exercise:
        answer = {"point": "6", "reading": "no", "moment": "5"}[page.drill.exercise.id]
        page.answer(answer)
        page.go_on()


class TestTheList:
    def test_each_kind_has_a_row_and_all_of_them_one(self, page):
        assert list(page.list.buttons) == [None, KIND.SCALE_POINT, KIND.D_INDEX, KIND.ONSET]

    def test_what_waits_for_its_case_is_counted_and_not_told(self, page):
        assert page.list.closed.text().startswith("1 more open")
        texts = [label.text() for label in page.findChildren(type(page.list.closed))]
        assert not any("narwhal" in text for text in texts)

    def test_how_many_are_due_is_told_to_the_window(self, theme, desk, qtbot):
        page = ExercisesPage(theme, desk)
        qtbot.addWidget(page)
        with qtbot.waitSignal(page.due_changed, timeout=10_000) as told:
            page.refresh()
        assert told.args[0] == {KIND.SCALE_POINT: 0, KIND.D_INDEX: 0, KIND.ONSET: 0}
        page.shut()

    def test_without_a_pack_it_says_what_to_do(self, theme, bare_desk, qtbot):
        page = ExercisesPage(theme, bare_desk)
        qtbot.addWidget(page)
        assert page.pages.currentWidget() is page.empty
        assert "pack" in page.empty.accessibleDescription()

    def test_a_pack_without_exercises_says_so(self, theme, bare_desk, draft, qtbot, tmp_path):
        bare_desk.open_pack(built(draft, tmp_path / "plain").folder)
        bare_desk.create_logbook(tmp_path / "w" / "t.ssptrain", "t07")
        page = ExercisesPage(theme, bare_desk)
        qtbot.addWidget(page)
        qtbot.waitUntil(lambda: "none" in page.empty.accessibleDescription(), timeout=10_000)
        page.shut()

    def test_a_damaged_file_of_exercises_is_told_in_its_place(
        self, theme, desk, qtbot, monkeypatch
    ):
        mark = replace(desk.pack.exercises, sha256="0" * 64)
        monkeypatch.setattr(desk, "pack", replace(desk.pack, exercises=mark))
        page = ExercisesPage(theme, desk)
        qtbot.addWidget(page)
        qtbot.waitUntil(lambda: "not the one" in page.empty.accessibleDescription(), timeout=10_000)
        assert page.pages.currentWidget() is page.empty
        page.shut()

    def test_the_rail_may_ask_for_a_kind(self, page):
        page.show_kind(KIND.ONSET)
        assert page.list.buttons[KIND.ONSET].hasFocus()

    def test_reading_anew_leaves_the_keyboard_where_it_was(self, page, qtbot):
        page.list.buttons[KIND.D_INDEX].setFocus()
        before = page.book
        page.refresh()
        qtbot.waitUntil(lambda: page.book is not before, timeout=10_000)
        assert page.list.buttons[KIND.D_INDEX].hasFocus()


class TestAScalePoint:
    @pytest.fixture
    def asked(self, still):
        still.begin(KIND.SCALE_POINT)
        return still

    def test_it_is_a_row_of_points_that_has_the_keyboard(self, asked):
        assert asked.panel.row.hasFocus()
        assert asked.panel.question.text() == "Which point?"

    def test_a_digit_shows_the_point_and_answers_nothing_yet(self, asked, desk):
        press(asked, Qt.Key.Key_5)
        assert asked.panel.row.point == 5
        assert answers(desk) == []

    def test_enter_answers_the_point(self, asked, desk):
        press(asked, Qt.Key.Key_5)
        press(asked, Qt.Key.Key_Return)
        (deed,) = answers(desk)
        assert (deed.exercise, deed.answer, deed.right) == ("point", "5", False)

    def test_enter_without_a_point_answers_nothing(self, asked, desk):
        press(asked, Qt.Key.Key_Return)
        assert answers(desk) == []
        assert asked.panel.answer_button.statusTip() == "Choose a point first"

    def test_a_digit_beyond_the_scale_chooses_nothing(self, asked):
        press(asked, Qt.Key.Key_9)
        assert asked.panel.row.point is None

    def test_the_point_can_be_taken_back(self, asked):
        press(asked, Qt.Key.Key_5)
        press(asked, Qt.Key.Key_Backspace)
        assert asked.panel.row.point is None
        assert not asked.panel.answer_button.isEnabled()

    def test_the_verdict_says_both_points_and_why(self, asked):
        press(asked, Qt.Key.Key_5)
        press(asked, Qt.Key.Key_Return)
        assert "You 5, reference 6" in asked.panel.verdict.text()
        assert asked.panel.explanation.text() == "Kept up from the door on."
        assert "made for tests" in asked.panel.source.text()

    def test_nothing_of_the_answer_is_shown_before(self, asked):
        assert not asked.panel.explanation.isVisible()
        assert asked.panel.explanation.text() == ""

    def test_an_answer_stands(self, asked, desk):
        press(asked, Qt.Key.Key_5)
        press(asked, Qt.Key.Key_Return)
        asked.answer("6")
        assert len(answers(desk)) == 1

    def test_enter_goes_on_after_the_verdict(self, asked):
        press(asked, Qt.Key.Key_5)
        press(asked, Qt.Key.Key_Return)
        assert asked.panel.next_button.hasFocus()
        press(asked, Qt.Key.Key_Return)
        assert asked.pages.currentWidget() is asked.end


class TestAChoice:
    @pytest.fixture
    def asked(self, still):
        still.begin(KIND.D_INDEX)
        return still

    def test_each_choice_has_its_digit(self, asked):
        assert [one.text() for one in asked.panel.choices] == ["It is one", "It is none"]
        assert "Key 2" in asked.panel.choices[1].accessibleDescription()

    def test_a_digit_answers_at_once(self, asked, desk):
        press(asked, Qt.Key.Key_2)
        (deed,) = answers(desk)
        assert (deed.answer, deed.right) == ("no", True)
        assert asked.panel.verdict.text() == "As the reference: It is none"

    def test_a_digit_without_a_choice_does_nothing(self, asked, desk):
        press(asked, Qt.Key.Key_7)
        assert answers(desk) == []

    def test_the_choice_that_was_made_stays_visible(self, asked):
        press(asked, Qt.Key.Key_1)
        assert [one.isChecked() for one in asked.panel.choices] == [True, False]
        assert not any(one.isEnabled() for one in asked.panel.choices)

    def test_what_the_logbook_refuses_is_told_and_can_be_answered_again(
        self, asked, desk, monkeypatch
    ):
        def refuse(_deed):
            raise StorageError(Finding(code="full", message="the disk is full", place="here"))

        monkeypatch.setattr(desk, "append", refuse)
        press(asked, Qt.Key.Key_2)
        assert "disk is full" in asked.panel.trouble.text()
        assert not asked.drill.is_answered
        monkeypatch.undo()
        asked.answer("no")
        assert len(answers(desk)) == 1
        assert not asked.panel.trouble.isVisible()

    def test_a_click_answers_as_the_key_does(self, asked, desk, qtbot):
        qtbot.mouseClick(asked.panel.choices[0], Qt.MouseButton.LeftButton)
        assert answers(desk)[0].answer == "yes"


class TestAnOnset:
    @pytest.fixture
    def asked(self, page, qtbot):
        """The clip plays and the question is asked."""
        page.begin(KIND.ONSET)
        qtbot.waitUntil(
            lambda: page.clip.playing and page.clip.frame_us is not None, timeout=20_000
        )
        return page

    def rest_at(self, page, qtbot, at_us: int) -> None:
        player = page.clip.stage.player
        player.pause()
        player.seek(at_us)
        qtbot.waitUntil(
            lambda: player.moment is not None and abs(player.moment.pts_us - at_us) < 34_000,
            timeout=20_000,
        )

    def test_the_clip_loops_and_nothing_beyond_it(self, asked):
        clip = asked.drill.exercise.clip
        assert asked.clip.stage.player.loop == clip

    def test_the_button_answers_with_the_frame_on_the_screen(self, asked, desk, qtbot):
        self.rest_at(asked, qtbot, 5_400_000)
        press(asked, Qt.Key.Key_Return)
        (deed,) = answers(desk)
        assert deed.lag_us == 400_000
        assert deed.right

    def test_space_marks_while_it_plays(self, asked, desk, qtbot):
        press(asked, Qt.Key.Key_Space)
        (deed,) = answers(desk)
        assert deed.lag_us is not None

    def test_space_plays_where_it_rests(self, asked, desk, qtbot):
        self.rest_at(asked, qtbot, 3_000_000)
        press(asked, Qt.Key.Key_Space)
        assert asked.clip.playing
        assert answers(desk) == []

    def test_an_arrow_goes_a_frame_on(self, asked, qtbot):
        self.rest_at(asked, qtbot, 3_000_000)
        player = asked.clip.stage.player
        before = player.moment.ordinal
        asked.panel.mark_button.setFocus()
        press(asked, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: player.moment.ordinal == before + 1, timeout=20_000)

    def test_the_lag_stands_beside_the_earlier_ones(self, asked, desk, qtbot):
        self.rest_at(asked, qtbot, 4_500_000)
        press(asked, Qt.Key.Key_Return)
        assert asked.panel.verdict.text().startswith("\N{MINUS SIGN}0.50 s")
        assert asked.panel.strip.lags.values == (-500_000,)
        assert asked.panel.strip.isVisible()

    def test_the_reference_is_looped_afterwards(self, asked, qtbot):
        self.rest_at(asked, qtbot, 4_500_000)
        press(asked, Qt.Key.Key_Return)
        loop = asked.clip.stage.player.loop
        assert loop.start_us == 3_000_000
        assert loop.holds(5_000_000)

    def test_a_picture_outside_the_clip_is_no_answer(self, asked, desk, qtbot):
        self.rest_at(asked, qtbot, 9_000_000)
        asked.mark()
        assert answers(desk) == []
        assert "not inside the clip" in asked.panel.trouble.text()

    def test_the_clip_comes_again_with_its_key(self, asked, qtbot):
        self.rest_at(asked, qtbot, 7_000_000)
        press(asked, Qt.Key.Key_R)
        assert asked.clip.playing
        assert asked.clip.stage.player.place_us < 7_000_000

    def test_hiding_the_page_lets_the_film_go_and_showing_it_brings_it_back(self, asked, qtbot):
        asked.hide()
        assert asked.clip.stage.player.video is None
        asked.show()
        qtbot.waitUntil(lambda: asked.clip.playing, timeout=20_000)
        assert asked.drill.number == 1


class TestASittingAsAWhole:
    def test_it_goes_through_all_kinds_and_ends_with_the_answers(self, still, desk):
        still.begin()
        for answer in ("4", "yes", "5.2"):
            still.answer(answer)
            still.go_on()
        assert [deed.exercise for deed in answers(desk)] == ["point", "reading", "moment"]
        assert still.pages.currentWidget() is still.end
        assert still.end.rows[1] == "You: It is one. Reference: It is none"

    def test_it_cannot_be_gone_on_without_an_answer(self, still):
        still.begin()
        still.go_on()
        assert still.drill.number == 1

    def test_escape_stops_and_keeps_what_was_answered(self, still, desk):
        still.begin()
        still.answer("4")
        press(still, Qt.Key.Key_Escape)
        assert still.drill is None
        assert len(answers(desk)) == len(still.end.rows) == 1

    def test_stopping_before_the_first_answer_leads_to_the_list(self, still):
        still.begin()
        still.panel.stop_button.click()
        assert still.pages.currentWidget() is not still.end
        assert still.list.isVisible()

    def test_the_list_counts_anew_afterwards(self, still, qtbot):
        still.begin(KIND.D_INDEX)
        press(still, Qt.Key.Key_2)
        still.go_on()
        still.end.back.click()
        qtbot.waitUntil(lambda: still.book.new(KIND.D_INDEX) == 0, timeout=10_000)
        assert still.list.buttons[KIND.D_INDEX].text() == "Begin early"

    def test_an_answer_does_not_take_the_question_away(self, still, qtbot):
        still.begin()
        still.answer("4")
        qtbot.waitUntil(lambda: still.book.new(KIND.SCALE_POINT) == 0, timeout=10_000)
        assert still.pages.currentWidget() is still.ask

    def test_the_question_is_asked_in_the_language_spoken(self, still):
        SPOKEN.language = "de"
        try:
            still.begin(KIND.SCALE_POINT)
        finally:
            SPOKEN.language = "en"
        assert still.panel.question.text() == "Welcher Punkt?"

    def test_a_film_that_is_gone_is_told_and_the_exercise_can_be_stopped(
        self, page, desk, monkeypatch, tmp_path
    ):
        monkeypatch.setattr(desk, "pack", replace(desk.pack, folder=tmp_path))
        page.begin(KIND.D_INDEX)
        assert "is not in the pack" in page.panel.trouble.text()
        page.stop()
        assert page.list.isVisible()


class TestByKeyboardAndEar:
    @pytest.mark.parametrize("kind", [None, KIND.SCALE_POINT, KIND.D_INDEX, KIND.ONSET])
    def test_everything_of_a_question_can_be_reached_and_has_a_name(self, still, kind):
        if kind is not None:
            still.begin(kind)
        walk.settle()
        graph = walk.tab_graph(still)
        assert walk.nameless(still) == walk.without_role(still) == []
        assert walk.unreachable(still, graph) == walk.traps(graph) == []

    def test_the_verdict_and_the_end_can_be_reached_too(self, still):
        still.begin(KIND.D_INDEX)
        still.answer("no")
        walk.settle()
        assert walk.nameless(still) == []
        assert walk.unreachable(still, walk.tab_graph(still)) == []
        still.go_on()
        walk.settle()
        assert walk.nameless(still) == walk.shut_without_words(still) == []

    def test_the_strip_speaks_its_lags(self, still, desk):
        still.begin(KIND.ONSET)
        still.answer("5.3")
        strip = still.panel.strip
        assert strip.accessibleDescription() == "median +0.30 s, n = 1, too few for a spread"
        strip.grab()
