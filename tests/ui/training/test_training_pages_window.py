"""The pages in their window: what happens to a question, a comment or a word when one goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ssp_coder.training.deeds import FeedbackOpened, Judgement
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import CaseState
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.rail import CERTIFICATE, EXERCISES, PROGRESS
from ssp_coder.ui.training.words import stage_rule
from tests.ui.training.training_room import WHO, WORD


@pytest.fixture
def begun(make_room, pack, first_practice):
    """Somebody who studied and practised one case and begins the second."""
    room = make_room(pack, work=first_practice)
    first, second = (case.id for case in room.pack.of_stage(Stage.PRACTICE)[:2])
    room.look(first)
    room.press(second, CaseAct.CODE)
    return room


@pytest.fixture
def asked(begun):
    """The same, asked whether the case is to be submitted."""
    begun.press(begun.pack.of_stage(Stage.PRACTICE)[1].id, CaseAct.SUBMIT)
    assert begun.window.cases.submitting.isVisible()
    return begun


@pytest.fixture
def judging(make_room, pack, first_practice):
    """Somebody who disputes the first difference and types a comment."""
    room = make_room(pack, work=first_practice)
    room.look(room.pack.of_stage(Stage.PRACTICE)[0].id)
    page = room.window.feedback
    page.review.choose(page.review.items[0].id)
    page.press(Judgement.DISPUTE)
    page.detail.comment.setFocus()
    QTest.keyClicks(page.detail.comment, "not at all")
    return room


def comment_of(room, case):
    said = list(room.desk.judgements(case, 1).values())
    return [one.comment for one in said]


class TestTheQuestion:
    @pytest.mark.parametrize("row", [Stage.LEARN, Stage.TEST, EXERCISES, PROGRESS, CERTIFICATE])
    def test_it_does_not_follow_to_another_row_and_is_gone_afterwards(self, asked, row):
        asked.window.show_row(row)
        assert not asked.window.cases.submitting.isVisible()
        asked.window.show_row(Stage.PRACTICE)
        assert not asked.window.cases.submitting.isVisible()

    def test_another_person_is_not_asked_for_somebody_else_s_case(self, asked, pack):
        asked.window.another.click()
        setup = asked.window.setup
        setup.who.set_text("t08")
        setup.begin.click()
        asked.settle()
        asked.window.show_row(Stage.PRACTICE)
        assert not asked.window.cases.submitting.isVisible()
        assert asked.desk.logbook.who == "t08"

    def test_an_answer_that_comes_too_late_asks_nothing(self, begun):
        case = begun.pack.of_stage(Stage.PRACTICE)[1]
        begun.window.do(CaseAct.SUBMIT, case)
        begun.window.show_row(Stage.LEARN)
        begun.settle()
        assert not begun.window.cases.submitting.isVisible()
        assert begun.desk.programme.standing(case.id).state is CaseState.BEGUN

    def test_pressing_submit_twice_submits_once(self, asked):
        case = asked.pack.of_stage(Stage.PRACTICE)[1].id
        asked.window.cases.submitting.submit.click()
        asked.window.cases.submitting.submit.click()
        asked.settle()
        assert len(asked.desk.programme.standing(case).attempts) == 1
        assert asked.desk.programme.standing(case).state is CaseState.FEEDBACK

    def test_closing_while_it_is_submitted_ends_it_or_goes_on_at_the_next_start(
        self, asked, make_room, pack
    ):
        case = asked.pack.of_stage(Stage.PRACTICE)[1].id
        asked.window.cases.submitting.submit.click()
        asked.window.close()
        again = make_room(pack, begin=False)
        again.window.start(asked.folder / f"{WHO}.ssptrain", pack.folder)
        again.settle()
        assert again.desk.programme.standing(case).state is CaseState.FEEDBACK


class TestTheComment:
    @pytest.mark.parametrize("leave", ["escape", "row", "close"])
    def test_it_is_kept_however_the_feedback_is_left(self, judging, leave):
        case = judging.window.feedback.lesson.case.id
        if leave == "escape":
            judging.window.feedback.review.clip_left.emit()
            judging.window.feedback.left.emit()
        elif leave == "row":
            judging.window.show_row(PROGRESS)
        else:
            entries = judging.desk.logbook
            judging.window.close()
            assert entries.entries[-1].deed.comment == "not at all"
            return
        assert comment_of(judging, case) == ["not at all"]

    def test_a_word_of_letters_that_are_keys_judges_nothing(self, judging):
        page = judging.window.feedback
        judging.window.activateWindow()
        judging.wait(page.detail.comment.hasFocus)
        QTest.keyClicks(page.detail.comment, " aud")
        (said,) = judging.desk.judgements(page.lesson.case.id, 1).values()
        assert said.judgement is Judgement.DISPUTE
        assert page.detail.comment.text() == "not at all aud"


class TestTheWord:
    @pytest.fixture
    def waiting(self, make_room, worded_pack):
        room = make_room(worded_pack)
        room.practise()
        room.do(*(case.id for case in room.pack.of_stage(Stage.TEST)))
        return room

    def give(self, room, word):
        edit = room.window.cases.word.edit
        QTest.keyClicks(edit, word)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        room.settle()

    def test_it_lets_the_trainer_go_through_the_feedback_and_a_wrong_one_is_told(self, waiting):
        case = waiting.pack.of_stage(Stage.TEST)[0].id
        self.give(waiting, "not the word at all")
        assert len(waiting.troubles) == 1
        assert waiting.window.cases.panels[case].buttons == {}
        assert not any(
            isinstance(entry.deed, FeedbackOpened) and entry.deed.case == case
            for entry in waiting.desk.entries
        )
        self.give(waiting, WORD)
        assert waiting.look(case).feedback is not None
        assert waiting.window.feedback.isVisible()


def test_what_sits_behind_another_page_holds_no_reference(judging):
    """Labels of hidden pages are looked at too: what was seen is not left lying about."""
    page = judging.window.feedback
    told = next(one for one in page.review.items if one.source.notes)
    page.review.choose(told.id)
    words = [note.words for note in told.source.notes]
    judging.window.show_row(Stage.PRACTICE)
    lines = "\n".join(label.text() for label in judging.window.findChildren(QLabel))
    assert [one for one in words if one in lines] == []


def test_the_window_speaks_german_when_it_is_asked_for(make_room, pack, first_practice):
    SPOKEN.speak("de")
    try:
        room = make_room(pack, work=first_practice)
        first = room.pack.of_stage(Stage.PRACTICE)[0].id
        assert room.window.cases.panels[first].buttons[CaseAct.FEEDBACK].text() == (
            "Rückmeldung ansehen"
        )
        german = stage_rule(Stage.PRACTICE)
        room.look(first)
        assert room.window.feedback.detail.text().strip() != ""
    finally:
        SPOKEN.speak("en")
    assert german != stage_rule(Stage.PRACTICE)
