"""The trainer's word at the training window: a wrong one is said in a sentence and let go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ssp_coder.demonstration.trainees import Habits
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import CaseState, programme_of
from ssp_coder.training.references import WRONG_WORD, trainer_root
from ssp_coder.training.working import begin_case, submit
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.lesson import Shelf, way_gone
from tests.ui.training.training_room import NEARLY_RIGHT, WHO, WORD, work_through, write_work

OTHER_WORD = "owl over water 17"


def take_the_test(pack, folder, habits: Habits = NEARLY_RIGHT) -> None:
    """Submit every case of the first form, as somebody who practised."""
    with Logbook.open(folder / f"{WHO}.ssptrain") as book:
        for case in pack.of_stage(Stage.TEST):
            path = begin_case(book, pack, case)
            write_work(path, pack, case.id, habits)
            submit(book, pack, case, path)


@pytest.fixture(scope="session")
def tested(worded_pack, tmp_path_factory):
    """The folder of somebody whose test waits for the trainer's word."""
    folder = tmp_path_factory.mktemp("tested") / "work"
    work_through(worded_pack, folder, NEARLY_RIGHT)
    take_the_test(worded_pack, folder)
    return folder


@pytest.fixture
def waiting(make_room, worded_pack, tested):
    """The window of that person, at the test."""
    room = make_room(worded_pack, work=tested)
    room.window.show_row(Stage.TEST)
    return room


def give(room, word: str) -> None:
    """Type a word and press Enter."""
    field = room.window.cases.word
    field.edit.setFocus()
    field.set_text(word)
    room.qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    room.settle()


def notice(room) -> str:
    """What the window says above the page, empty when nothing."""
    window = room.window
    return window._notice.text() if window._notice_box.isVisible() else ""


def offers(room) -> list[set[CaseAct]]:
    return [set(panel.buttons) for panel in room.window.cases.panels.values()]


def opened_of_the_test(room) -> list[str]:
    return [one.sitting.case for one in room.desk.figures if one.sitting.stage is Stage.TEST]


class TestAWrongWord:
    def test_it_is_said_in_a_sentence_with_the_remedy(self, waiting):
        give(waiting, OTHER_WORD)
        assert "this is not the trainer's word" in notice(waiting)
        assert "ask the trainer" in notice(waiting)

    def test_it_is_said_once(self, waiting):
        give(waiting, OTHER_WORD)
        assert len(waiting.troubles) == 1

    def test_it_is_said_again_when_it_is_given_again(self, waiting):
        give(waiting, OTHER_WORD)
        waiting.window.dismiss.click()
        assert notice(waiting) == ""
        give(waiting, OTHER_WORD)
        assert len(waiting.troubles) == 2
        assert "not the trainer's word" in notice(waiting)

    def test_it_offers_no_feedback(self, waiting):
        give(waiting, OTHER_WORD)
        assert offers(waiting) == [set(), set()]

    def test_it_is_not_kept(self, waiting):
        give(waiting, OTHER_WORD)
        assert waiting.desk.word is None

    def test_the_word_itself_is_said_nowhere(self, waiting):
        give(waiting, OTHER_WORD)
        assert OTHER_WORD not in notice(waiting)
        assert waiting.window.cases.word.text() == ""

    def test_what_needs_no_word_stays_counted(self, waiting):
        before = waiting.desk.figures
        give(waiting, OTHER_WORD)
        assert waiting.desk.figures == before
        assert {one.sitting.stage for one in before} == {Stage.PRACTICE}

    def test_it_leaves_the_field_for_another_try(self, waiting):
        give(waiting, OTHER_WORD)
        assert waiting.window.cases.word.isVisible()
        assert waiting.window.cases.word.edit.isEnabled()

    def test_the_next_deed_does_not_say_it_again(self, waiting):
        give(waiting, OTHER_WORD)
        waiting.desk.refresh()
        waiting.settle()
        assert len(waiting.troubles) == 1


class TestTheRightWord:
    def test_after_a_wrong_one_it_opens_the_test_and_the_notice_goes(self, waiting):
        give(waiting, OTHER_WORD)
        give(waiting, WORD)
        assert notice(waiting) == ""
        assert len(opened_of_the_test(waiting)) == 2
        assert offers(waiting) == [{CaseAct.FEEDBACK}, {CaseAct.FEEDBACK}]

    def test_spaces_around_it_do_no_harm(self, waiting):
        give(waiting, f"  {WORD} ")
        assert waiting.troubles == []
        assert len(opened_of_the_test(waiting)) == 2

    def test_it_opens_the_feedback(self, waiting):
        give(waiting, WORD)
        case = waiting.pack.of_stage(Stage.TEST)[0].id
        lesson = waiting.look(case)
        assert lesson.feedback is not None

    def test_a_wrong_word_after_it_closes_the_test_again(self, waiting):
        give(waiting, WORD)
        give(waiting, OTHER_WORD)
        assert opened_of_the_test(waiting) == []
        assert offers(waiting) == [set(), set()]

    def test_it_is_gone_with_the_sitting(self, waiting, make_room, worded_pack):
        give(waiting, WORD)
        waiting.window.close()
        again = make_room(worded_pack, begin=False)
        again.window.start(waiting.folder / f"{WHO}.ssptrain", worded_pack.folder)
        again.settle()
        assert again.desk.word is None
        assert opened_of_the_test(again) == []

    def test_it_stands_in_no_file_of_the_trainee(self, waiting):
        give(waiting, WORD)
        waiting.window.close()
        held = [path.read_bytes() for path in waiting.folder.rglob("*") if path.is_file()]
        assert not any(WORD.encode() in content for content in held)


class TestTheField:
    def test_it_hides_what_is_typed(self, waiting):
        edit = waiting.window.cases.word.edit
        assert edit.echoMode() is QLineEdit.EchoMode.Password

    @pytest.mark.parametrize("empty", ["", "   "], ids=["nothing", "spaces"])
    def test_an_empty_word_is_no_word(self, waiting, empty):
        give(waiting, empty)
        assert waiting.desk.word is None
        assert waiting.troubles == []

    def test_letters_that_judge_feedback_are_letters_here(self, waiting):
        edit = waiting.window.cases.word.edit
        edit.setFocus()
        waiting.qtbot.keyClicks(edit, "aduR")
        assert edit.text() == "aduR"

    def test_digits_are_digits_here(self, waiting):
        edit = waiting.window.cases.word.edit
        edit.setFocus()
        waiting.qtbot.keyClicks(edit, "41")
        assert edit.text() == "41"

    @pytest.mark.parametrize("stage", [Stage.LEARN, Stage.PRACTICE, Stage.UPKEEP])
    def test_other_stages_ask_for_no_word(self, waiting, stage):
        waiting.window.show_row(stage)
        assert not waiting.window.cases.word.isVisible()

    def test_a_pack_with_its_own_key_asks_for_none(self, room_after_practice):
        room = room_after_practice()
        room.do(*[case.id for case in room.pack.of_stage(Stage.TEST)])
        assert not room.window.cases.word.isVisible()

    def test_it_has_a_name_for_who_does_not_see_it(self, waiting):
        assert waiting.window.cases.word.edit.accessibleName() == "Trainer's word"


class TestTheFiguresBehind:
    @pytest.fixture
    def way(self, worded_pack, tested):
        """The way gone by that person with a word."""

        def of(word: str | None, pack=worded_pack):
            with Logbook.open(tested / f"{WHO}.ssptrain") as book:
                programme = programme_of(pack, book.entries)
            return way_gone(pack, programme, Shelf(folder=tested, word=word), None)

        return of

    def test_a_wrong_word_is_told_beside_the_other_figures(self, way):
        found = way(OTHER_WORD)
        assert found.refused is not None
        assert found.refused.code == WRONG_WORD
        assert found.figures == way(None).figures

    def test_no_word_is_not_refused(self, way):
        assert way(None).refused is None

    def test_the_right_word_is_not_refused_and_adds_the_test(self, way):
        found = way(WORD)
        assert found.refused is None
        assert len(found.figures) == len(way(None).figures) + 2

    def test_a_changed_reference_is_no_wrong_word(self, way, worded_pack):
        last = worded_pack.of_stage(Stage.TEST)[-1]
        cases = tuple(
            replace(case, reference_sha256="0" * 64) if case.id == last.id else case
            for case in worded_pack.cases
        )
        with pytest.raises(TrainingError, match="not the one that the pack was built with"):
            way(WORD, replace(worded_pack, cases=cases))

    def test_the_code_is_that_of_the_refusal(self, worded_pack):
        with pytest.raises(TrainingError) as caught:
            trainer_root(worded_pack, OTHER_WORD)
        assert caught.value.finding.code == WRONG_WORD


def test_before_the_test_is_done_there_is_no_place_for_the_word(make_room, worded_pack):
    room = make_room(worded_pack)
    room.window.show_row(Stage.TEST)
    assert not room.window.cases.word.isVisible()
    assert all(
        room.desk.programme.standing(case.id).state is CaseState.CLOSED
        for case in worded_pack.of_stage(Stage.TEST)
    )


def test_the_words_of_the_field_fit_the_smallest_window(waiting):
    waiting.window.resize(waiting.window.minimumSize())
    QApplication.processEvents()
    field = waiting.window.cases.word
    right = field.mapTo(waiting.window, field.rect().topRight()).x()
    assert right <= waiting.window.width()
