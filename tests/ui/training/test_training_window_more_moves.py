"""Moving about in the training window: keys, rows, another training, closing in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from ssp_coder.training.deeds import ExerciseAnswered
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import CaseState
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.rail import CERTIFICATE, EXERCISES, PROGRESS, ROWS
from tests.fixtures.demo_pack import sparse_demo_pack
from tests.ui.accessibility import access_walk as walk
from tests.ui.training.pages.sittings import build_playing_pack
from tests.ui.training.training_room import LATE, WHO

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory):
    """Another pack, with exercises on its case to learn from."""
    return build_playing_pack(tmp_path_factory.mktemp("small_pack"))


@pytest.fixture
def answer_file(monkeypatch):
    """Gives a file name to both choosers; an empty one is Cancel."""

    def give(name: object) -> None:
        for which in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, which, lambda *_: (str(name), ""))

    return give


def first(room, stage: Stage):
    return room.pack.of_stage(stage)[0]


def press(room, key: Qt.Key, modifier=NONE) -> None:
    """A key in the window in front."""
    room.window.activateWindow()
    QApplication.processEvents()
    room.qtbot.keyClick(room.window.focusWidget() or room.window, key, modifier)


def in_front(room):
    return room.window._stack.currentWidget()


def notice(room) -> str:
    window = room.window
    return window._notice.text() if window._notice_box.isVisible() else ""


def status(room) -> str:
    return " | ".join(label.text() for label in room.window._status)


class TestRowsByKey:
    @pytest.mark.parametrize(("place", "row"), list(enumerate(ROWS, start=1)))
    def test_each_row_of_the_rail_has_its_key(self, room, place, row):
        press(room, Qt.Key(Qt.Key.Key_0 + place), CTRL)
        assert room.window.rail.current() == row

    def test_a_key_beyond_the_last_row_goes_nowhere(self, room):
        press(room, Qt.Key.Key_8, CTRL)
        assert room.window.rail.current() == Stage.LEARN

    def test_before_a_training_is_chosen_the_keys_do_nothing(self, make_room, pack):
        room = make_room(pack, begin=False)
        press(room, Qt.Key.Key_2, CTRL)
        assert in_front(room) is room.window.setup
        assert room.window.rail.isHidden()

    def test_pages_beside_the_stages_are_made_once(self, room):
        room.window.show_row(PROGRESS)
        page = in_front(room)
        room.window.show_row(Stage.LEARN)
        room.window.show_row(PROGRESS)
        assert in_front(room) is page

    def test_the_rail_and_the_page_say_the_same(self, room):
        for row in ROWS:
            room.window.rail.step_chosen.emit(row)
            assert room.window.rail.current() == row
        assert in_front(room).accessibleName() == "Progress"

    def test_going_on_is_for_the_cases_alone(self, room):
        room.window.show_row(PROGRESS)
        press(room, Qt.Key.Key_Return, CTRL)
        assert room.wanted == []
        assert in_front(room).accessibleName() == "Progress"

    def test_going_on_studies_what_is_to_be_studied(self, room):
        press(room, Qt.Key.Key_Return, CTRL)
        room.wait(lambda: in_front(room) is room.window.learn)
        room.settle()
        assert room.window.learn.lesson.case == first(room, Stage.LEARN)

    def test_where_nothing_is_next_going_on_does_nothing(self, room):
        room.window.show_row(Stage.UPKEEP)
        room.window.go_on()
        assert room.wanted == []
        assert in_front(room) is room.window.cases

    def test_help_asks_for_the_handbook(self, room, qtbot):
        with qtbot.waitSignal(room.window.chapter_wanted, timeout=5_000) as wanted:
            press(room, Qt.Key.Key_F1)
        assert wanted.args == [""]

    def test_the_button_asks_for_the_handbook_too(self, room, qtbot):
        with qtbot.waitSignal(room.window.chapter_wanted, timeout=5_000) as wanted:
            room.window.book.click()
        assert wanted.args == [""]


class TestOutOfALesson:
    @pytest.fixture
    def studying(self, room):
        room.look(first(room, Stage.LEARN).id, CaseAct.STUDY)
        return room

    def test_escape_leads_back_to_the_cases_of_its_stage(self, studying):
        press(studying, Qt.Key.Key_Escape)
        assert in_front(studying) is studying.window.cases
        assert studying.window.cases.stage is Stage.LEARN

    def test_the_reference_is_forgotten(self, studying):
        press(studying, Qt.Key.Key_Escape)
        assert studying.window.learn.lesson is None
        assert not studying.window.learn.picture.is_open

    @pytest.mark.parametrize("row", [Stage.TEST.value, PROGRESS, EXERCISES, CERTIFICATE])
    def test_every_other_row_forgets_it_too(self, studying, row):
        studying.window.show_row(row)
        assert studying.window.learn.lesson is None

    def test_another_training_forgets_it(self, studying):
        studying.window.another.click()
        assert studying.window.learn.lesson is None

    def test_escape_elsewhere_stays(self, room):
        room.window.show_row(PROGRESS)
        press(room, Qt.Key.Key_Escape)
        assert in_front(room).accessibleName() == "Progress"
        assert room.window.isVisible()

    def test_feedback_leads_back_to_practice(self, make_room, pack, first_practice):
        room = make_room(pack, work=first_practice)
        room.look(first(room, Stage.PRACTICE).id)
        press(room, Qt.Key.Key_Escape)
        assert room.window.cases.stage is Stage.PRACTICE
        assert room.window.feedback.lesson is None

    def test_judging_keys_write_nothing_where_no_feedback_is(self, studying):
        before = studying.desk.entries
        for key in (Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_U):
            press(studying, key)
        assert studying.desk.entries == before


class TestTheNotice:
    def test_understood_takes_it_away(self, room):
        room.desk.trouble.emit("The disk is full.")
        assert notice(room) == "The disk is full."
        room.window.dismiss.click()
        assert notice(room) == ""

    def test_the_next_act_takes_it_away(self, room):
        room.desk.trouble.emit("The disk is full.")
        room.look(first(room, Stage.LEARN).id, CaseAct.STUDY)
        assert notice(room) == ""

    def test_another_training_takes_it_away(self, room):
        room.desk.trouble.emit("The disk is full.")
        room.window.another.click()
        assert notice(room) == ""

    def test_a_long_one_leaves_room_for_its_button(self, room):
        room.window.resize(room.window.minimumSize())
        room.desk.trouble.emit("A sentence that goes on and on about a file. " * 12)
        QApplication.processEvents()
        button = room.window.dismiss
        assert button.isVisible()
        assert button.mapTo(room.window, button.rect().topRight()).x() <= room.window.width()

    def test_a_wrong_release_is_told(self, room, answer_file, tmp_path):
        wrong = tmp_path / "wrong.release"
        wrong.write_text("not a release", encoding="utf-8")
        answer_file(wrong)
        room.window.cases.release_wanted.emit()
        assert "wrong.release" in notice(room)

    def test_a_release_that_is_gone_is_told(self, room, answer_file, tmp_path):
        answer_file(tmp_path / "gone.release")
        room.window.cases.release_wanted.emit()
        assert "gone.release" in notice(room)

    def test_choosing_no_file_says_nothing_and_writes_nothing(self, room, answer_file):
        answer_file("")
        before = room.desk.entries
        room.window.cases.release_wanted.emit()
        room.window.cases.disputes_wanted.emit()
        room.settle()
        assert notice(room) == ""
        assert room.desk.entries == before

    def test_disputes_are_written_and_said_below(self, room, answer_file, tmp_path):
        answer_file(tmp_path / "mine.csv")
        room.window.cases.disputes_wanted.emit()
        room.settle()
        assert "mine.csv" in status(room)
        assert (tmp_path / "mine.csv").is_file()

    def test_disputes_that_cannot_be_written_are_told(self, room, answer_file, tmp_path):
        answer_file(tmp_path / "no" / "such" / "place.csv")
        room.window.cases.disputes_wanted.emit()
        room.settle()
        assert notice(room)
        assert "place.csv" not in status(room)


class TestAnotherTraining:
    def test_the_status_line_names_trainee_and_pack(self, room):
        assert f"Trainee {WHO}" in status(room)
        assert room.pack.title in status(room)
        assert room.pack.version in status(room)

    def test_the_other_pack_takes_its_place(self, room, small_pack, tmp_path):
        room.window.another.click()
        room.folder = tmp_path / "second"
        room.begin(small_pack)
        assert small_pack.title in status(room)
        assert list(room.window.cases.panels) == [
            case.id for case in small_pack.of_stage(Stage.LEARN)
        ]

    def test_the_same_one_goes_on_where_it_was(self, room, pack):
        room.study()
        room.window.another.click()
        room.begin(pack)
        assert room.window.rail.current() == Stage.PRACTICE

    def test_it_is_remembered_instead_of_the_first(self, room, small_pack, tmp_path):
        room.window.another.click()
        room.folder = tmp_path / "second"
        room.begin(small_pack)
        assert room.remembered[-1] == (tmp_path / "second" / f"{WHO}.ssptrain", small_pack.folder)

    def test_a_logbook_in_use_elsewhere_is_told_on_the_page(self, make_room, pack, tmp_path):
        room = make_room(pack, begin=False)
        room.folder.mkdir(parents=True)
        with Logbook.create(room.folder / f"{WHO}.ssptrain", WHO):
            room.begin(pack)
            assert in_front(room) is room.window.setup
            assert f"{WHO}.ssptrain" in room.window.setup._trouble.text()
        assert room.remembered == []

    def test_after_a_refusal_it_can_be_tried_again(self, make_room, pack):
        room = make_room(pack, begin=False)
        room.folder.mkdir(parents=True)
        with Logbook.create(room.folder / f"{WHO}.ssptrain", WHO):
            room.begin(pack)
        room.begin(pack)
        assert room.window.rail.current() == Stage.LEARN


class TestASittingOfExercises:
    @pytest.fixture
    def asking(self, make_room, small_pack):
        """A sitting under way, its first question answered."""
        room = make_room(small_pack)
        room.look(first(room, Stage.LEARN).id, CaseAct.STUDY)
        room.window.show_row(EXERCISES)
        page = in_front(room)
        room.wait(lambda: bool(page.book.planned))
        page.begin()
        page.answer("6")
        return room

    def test_it_waits_while_another_row_is_in_front(self, asking):
        page = in_front(asking)
        asking.window.show_row(PROGRESS)
        asking.window.show_row(EXERCISES)
        assert page.pages.currentWidget() is page.ask
        assert page.drill.number == 1

    def test_it_is_not_there_for_whoever_sits_down_next(self, asking, pack, tmp_path):
        page = in_front(asking)
        asking.window.another.click()
        asking.folder = tmp_path / "second"
        asking.begin(pack)
        asking.window.show_row(EXERCISES)
        assert page.drill is None
        assert not page.ask.isVisible()

    def test_answers_cannot_be_given_into_another_logbook(self, asking, pack, tmp_path):
        page = in_front(asking)
        asking.window.another.click()
        asking.folder = tmp_path / "second"
        asking.begin(pack)
        page.answer("no")
        assert not [e for e in asking.desk.entries if isinstance(e.deed, ExerciseAnswered)]

    def test_nor_are_the_answers_of_the_last_one(self, asking, pack, tmp_path):
        page = in_front(asking)
        page.stop()
        assert page.end.isVisible()
        asking.window.another.click()
        asking.folder = tmp_path / "second"
        asking.begin(pack)
        asking.window.show_row(EXERCISES)
        assert not page.end.isVisible()
        assert page.end.rows == ()

    def test_the_rail_counts_nothing_of_the_last_one(self, asking):
        page = in_front(asking)
        told = []
        page.due_changed.connect(told.append)
        asking.window.another.click()
        assert told[-1] == {}

    def test_closing_in_the_middle_keeps_what_was_answered(self, asking):
        asking.window.close()
        with Logbook.open(asking.folder / f"{WHO}.ssptrain") as book:
            (answered,) = [e.deed for e in book.entries if isinstance(e.deed, ExerciseAnswered)]
        assert (answered.exercise, answered.answer, answered.right) == ("point", "6", True)

    def test_digits_answer_here_and_move_no_row(self, asking):
        page = in_front(asking)
        page.go_on()
        press(asking, Qt.Key.Key_2)
        assert page.drill.given[-1].answer == "no"
        assert asking.window.rail.current() == EXERCISES


class TestClosingInTheMiddle:
    @pytest.fixture
    def coded(self, room):
        """A first practice case coded and about to be submitted."""
        room.study()
        case = first(room, Stage.PRACTICE).id
        room.code(case, LATE)
        room.press(case, CaseAct.SUBMIT)
        return room, case

    def reopened(self, make_room, pack, folder: Path):
        again = make_room(pack, begin=False)
        again.window.start(folder / f"{WHO}.ssptrain", pack.folder)
        again.settle()
        return again

    def test_a_submission_under_way_comes_to_its_end(self, coded, make_room, pack):
        room, case = coded
        room.window.cases.submitting.submit.click()
        room.window.close()
        again = self.reopened(make_room, pack, room.folder)
        assert again.desk.programme.standing(case).state is CaseState.FEEDBACK
        assert again.troubles == []

    def test_another_training_meanwhile_lets_it_end_too(self, coded, make_room, pack):
        room, case = coded
        room.window.cases.submitting.submit.click()
        room.window.another.click()
        again = self.reopened(make_room, pack, room.folder)
        assert again.desk.programme.standing(case).state is CaseState.FEEDBACK

    def test_a_question_that_was_not_answered_submits_nothing(self, coded, make_room, pack):
        room, case = coded
        room.window.close()
        again = self.reopened(make_room, pack, room.folder)
        assert again.desk.programme.standing(case).state is CaseState.BEGUN

    def test_a_lesson_under_way_leaves_no_trace_of_the_reference(self, room, make_room, pack):
        case = first(room, Stage.LEARN)
        room.window.do(CaseAct.STUDY, case)
        room.window.close()
        again = self.reopened(make_room, pack, room.folder)
        assert again.window.learn.lesson is None
        assert again.desk.programme.standing(case.id).state is CaseState.READY

    def test_closing_twice_is_harmless(self, room):
        told = []
        room.window.closed.connect(lambda: told.append(1))
        room.window.close()
        room.window.close()
        assert room.desk.logbook is None
        assert told

    def test_every_page_open_once_closes_in_quiet(self, room):
        for row in ROWS:
            room.window.show_row(row)
        room.window.close()
        assert room.troubles == []
        assert not room.desk.busy

    def test_a_file_that_goes_while_it_is_coded_is_told(self, coded):
        room, case = coded
        room.wanted[-1].unlink()
        room.window.cases.submitting.submit.click()
        room.settle()
        assert room.wanted[-1].name in notice(room)
        assert room.desk.programme.standing(case).state is not CaseState.FEEDBACK


class TestAnotherVersion:
    @pytest.fixture
    def newer(self, tmp_path):
        return sparse_demo_pack(tmp_path / "newer", version="1.1.0")

    def test_until_it_is_taken_up_nothing_can_be_coded_and_the_notice_stays(
        self, room, newer, make_room
    ):
        room.window.close()
        again = make_room(newer, begin=False)
        again.window.start(room.folder / f"{WHO}.ssptrain", newer.folder)
        again.settle()
        assert "another version" in notice(again)
        assert not again.window.dismiss.isVisible()
        assert all(not panel.buttons for panel in again.window.cases.panels.values())
        again.window.take_up.click()
        again.settle()
        assert notice(again) == ""
        assert again.window.cases.panels[first(again, Stage.LEARN).id].buttons


class TestTheLook:
    def test_a_narrow_window_has_a_narrow_rail(self, room):
        room.window.resize(1600, 900)
        QApplication.processEvents()
        wide = room.window.rail.sizeHint().width()
        room.window.resize(room.window.minimumSize())
        QApplication.processEvents()
        assert room.window.rail.sizeHint().width() < wide

    @pytest.mark.parametrize("row", ROWS)
    def test_everything_has_a_name_and_can_be_reached(self, room, row):
        room.window.show_row(row)
        walk.settle()
        assert walk.nameless(room.window) == []
        assert walk.unreachable(room.window, walk.tab_graph(room.window)) == []

    @pytest.mark.parametrize("row", ROWS)
    def test_german_fits_the_smallest_window(self, in_german, make_room, pack, row):
        room = make_room(pack)
        room.window.resize(room.window.minimumSize())
        room.window.show_row(row)
        walk.settle()
        for widget in (*room.window.findChildren(PushButton), *room.window.findChildren(QLabel)):
            if widget.isVisible():
                right = widget.mapTo(room.window, widget.rect().topRight()).x()
                assert right <= room.window.width(), widget.text()
