"""The training window: rail, cases, submitting, and what may be seen when."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QWidget

from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.training.deeds import Enrolled
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import CaseState
from ssp_coder.training.releases import ReleaseKind, ReleaseWish, make_release, write_release
from ssp_coder.ui.kit.rail_rows import StepState
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.rail import rail_rows
from tests.ui.training.training_room import WHO, WORD, reference_of


def cases_of(room, stage):
    return [case.id for case in room.pack.of_stage(stage)]


def state_of(room, case):
    return room.desk.programme.standing(case).state


def rows_of(room):
    return {row.id: row for row in rail_rows(room.desk.programme, {})}


def test_the_first_day_begins_with_learning(room):
    assert room.window.rail.current() == Stage.LEARN
    assert room.window.cases.isVisible()
    assert list(room.window.cases.panels) == cases_of(room, Stage.LEARN)


def test_the_training_is_remembered_for_the_next_start(room):
    assert room.remembered == [(room.folder / f"{WHO}.ssptrain", room.pack.folder)]


def test_beginning_enrols_once(room):
    assert [type(entry.deed) for entry in room.desk.entries] == [Enrolled]


def test_a_wrong_pack_is_told_on_the_page_that_asked(make_room, pack, tmp_path):
    room = make_room(pack, begin=False)
    setup = room.window.setup
    setup.who.set_text(WHO)
    setup.folder.set_text(str(tmp_path / "t"))
    setup.own.setChecked(True)
    setup.pack.set_text(str(tmp_path))
    setup.begin.click()
    assert setup.isVisible()
    assert setup._trouble.isVisible()
    assert room.remembered == []


def test_a_training_that_is_gone_asks_anew_and_says_why(make_room, pack, tmp_path):
    room = make_room(pack, begin=False)
    room.window.start(tmp_path / "gone.ssptrain", pack.folder)
    assert room.window.setup.isVisible()
    assert room.window.setup._trouble.text() != ""


def test_the_next_start_goes_on_where_the_last_ended(room, make_room, pack):
    room.study()
    room.window.close()
    again = make_room(pack, begin=False)
    again.window.start(room.folder / f"{WHO}.ssptrain", pack.folder)
    again.settle()
    assert again.window.rail.current() == Stage.PRACTICE


def test_a_case_that_is_not_open_says_why_and_offers_nothing(room):
    room.window.show_row(Stage.PRACTICE)
    panel = room.window.cases.panels[cases_of(room, Stage.PRACTICE)[0]]
    assert panel.buttons == {}
    assert "study" in panel.state_words()


def test_only_the_next_case_is_marked(room):
    room.study()
    room.window.show_row(Stage.PRACTICE)
    marked = [case for case, panel in room.window.cases.panels.items() if panel.is_next]
    assert marked == cases_of(room, Stage.PRACTICE)[:1]


def test_coding_a_case_asks_the_main_window_for_its_file(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.press(case, CaseAct.CODE)
    (path,) = room.wanted
    assert path.parent == room.folder
    assert set(room.window.cases.panels[case].buttons) == {CaseAct.SUBMIT, CaseAct.CODE}


def test_going_on_opens_the_same_file(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.press(case, CaseAct.CODE)
    room.press(case, CaseAct.CODE)
    assert room.wanted[0] == room.wanted[1]


def test_submitting_asks_once_and_says_that_it_locks(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.code(case)
    room.press(case, CaseAct.SUBMIT)
    assert room.window.cases.submitting.isVisible()
    assert state_of(room, case) is CaseState.BEGUN
    room.window.cases.submitting.later.click()
    assert state_of(room, case) is CaseState.BEGUN


def test_an_unfinished_coding_lists_what_is_missing_and_can_be_submitted_anyway(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.press(case, CaseAct.CODE)
    room.press(case, CaseAct.SUBMIT)
    submitting = room.window.cases.submitting
    assert submitting.list.isVisible()
    assert submitting.list.count() > 3
    assert submitting.submit.text() == "Submit anyway"
    assert submitting.back.hasFocus()
    submitting.submit.click()
    room.settle()
    assert state_of(room, case) is CaseState.FEEDBACK


def test_what_is_missing_leads_back_to_coding(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.press(case, CaseAct.CODE)
    room.press(case, CaseAct.SUBMIT)
    room.window.cases.submitting.back.click()
    assert len(room.wanted) == 2


def test_the_main_window_lets_go_of_the_coding_first(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    path = room.code(case)
    room.press(case, CaseAct.SUBMIT)
    assert room.let_gone == [path]


def test_a_coding_that_cannot_be_closed_is_not_submitted(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.code(case)
    room.may_let_go = False
    room.press(case, CaseAct.SUBMIT)
    assert not room.window.cases.submitting.isVisible()


def test_a_submitted_coding_is_locked(room):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.do(case)
    with open_read_only(room.wanted[-1]) as file:
        assert file.coding.locked


def test_the_keyboard_goes_on_with_what_is_next(room, qtbot):
    room.study()
    room.window.show_row(Stage.PRACTICE)
    room.window.go_on()
    assert len(room.wanted) == 1


def test_rail_rows_say_how_far_each_stage_is(room):
    assert rows_of(room)["learn"].state is StepState.OPEN
    room.study()
    rows = rows_of(room)
    assert (rows["learn"].state, rows["learn"].detail) == (StepState.DONE, "1/1")
    assert rows["practice"].detail == "0/4"


def test_the_rail_tells_how_many_exercises_are_due(room):
    rows = {row.id: row for row in rail_rows(room.desk.programme, {"a": 3, "b": 2})}
    assert "5" in rows["exercises"].detail


def test_a_recheck_that_was_not_handed_out_is_on_no_page(room):
    hidden = room.pack.case(cases_of(room, Stage.UPKEEP)[0])
    room.window.show_row(Stage.UPKEEP)
    assert room.window.cases.panels == {}
    assert hidden.title not in said_anywhere(room.window)


def test_the_test_gives_no_feedback_until_its_last_case_is_submitted(room_after_practice):
    room = room_after_practice()
    first, last = cases_of(room, Stage.TEST)
    room.do(first)
    panel = room.window.cases.panels[first]
    assert state_of(room, first) is CaseState.WAITING
    assert CaseAct.FEEDBACK not in panel.buttons
    assert "every case" in panel.state_words()
    room.do(last)
    assert state_of(room, first) is CaseState.FEEDBACK
    assert CaseAct.FEEDBACK in room.window.cases.panels[first].buttons


def test_a_form_is_taken_once_until_the_trainer_releases_it(
    room_after_practice, tmp_path, monkeypatch
):
    room = room_after_practice()
    test = cases_of(room, Stage.TEST)
    room.do(*test)
    for case in test:
        room.look(case)
    room.window.show_row(Stage.TEST)
    assert all(set(p.buttons) == {CaseAct.FEEDBACK} for p in room.window.cases.panels.values())
    wish = ReleaseWish(
        form=room.pack.forms[0], trainee=WHO, trainer="trainer1", kind=ReleaseKind.TAKE
    )
    path = tmp_path / "again.release"
    write_release(make_release(room.pack, wish), path)
    monkeypatch.setattr(
        "ssp_coder.ui.training.window.QFileDialog.getOpenFileName",
        lambda *_asked: (str(path), ""),
    )
    room.window.cases.release.click()
    assert CaseAct.CODE in room.window.cases.panels[test[0]].buttons


def test_a_test_sealed_with_the_trainers_word_waits_for_it(make_room, worded_pack):
    room = make_room(worded_pack)
    room.practise()
    test = cases_of(room, Stage.TEST)
    room.do(*test)
    assert state_of(room, test[0]) is CaseState.WAITING
    assert room.window.cases.word.isVisible()
    with_word(room, "not the word at all")
    assert room.desk.programme.standing(test[0]).state is CaseState.WAITING
    with_word(room, WORD)
    room.settle()
    assert len([one for one in room.desk.figures if one.sitting.stage is Stage.TEST]) == 2


def with_word(room, word):
    room.window.cases.word.set_text(word)
    room.window.cases.word.edit.editingFinished.emit()
    room.settle()


def test_another_version_of_the_pack_asks_before_it_is_taken_up(make_room, pack, tmp_path):
    from tests.fixtures.demo_pack import sparse_demo_pack

    newer = sparse_demo_pack(tmp_path / "newer", version="1.0.1")
    room = make_room(pack)
    room.window.close()
    again = make_room(newer, begin=False)
    again.window.start(room.folder / f"{WHO}.ssptrain", newer.folder)
    again.settle()
    assert again.window.take_up.isVisible()
    assert not again.desk.programme.enrolled
    again.window.take_up.click()
    again.settle()
    assert again.desk.programme.enrolled
    assert not again.window.take_up.isVisible()


def test_another_training_can_be_chosen(room):
    room.window.another.click()
    assert room.window.setup.isVisible()
    assert room.desk.logbook is None


def test_closing_leaves_nothing_open(room):
    room.study()
    room.window.close()
    assert room.desk.logbook is None
    assert not room.window.learn.picture.is_open


def said_anywhere(window: QWidget) -> str:
    """Every word in the window, also in lists and in what is spoken."""
    words = []
    for widget in (window, *window.findChildren(QWidget)):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel):
            words.append(widget.text())
        if isinstance(widget, QListView) and widget.model() is not None:
            model = widget.model()
            for row in range(model.rowCount()):
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    words.append(str(model.index(row, 0).data(role)))
    return "\n".join(words)


@pytest.fixture
def secrets(pack):
    """What only the references of cases that are not open say."""
    return [
        note.words
        for case in pack.cases
        if case.stage is not Stage.LEARN
        for note in reference_of(pack, case.id).notes
    ]


def test_before_submission_nothing_of_a_reference_is_in_the_window(room, secrets):
    room.study()
    case = cases_of(room, Stage.PRACTICE)[0]
    room.code(case)
    room.press(case, CaseAct.SUBMIT)
    said = said_anywhere(room.window)
    assert secrets
    assert [words for words in secrets if words in said] == []


def test_before_submission_nothing_of_a_reference_is_in_the_trainees_folder(room, secrets):
    room.study()
    room.code(cases_of(room, Stage.PRACTICE)[0])
    held = b"".join(path.read_bytes() for path in files_below(room.folder))
    assert [words for words in secrets if words.encode() in held] == []


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_sealing_does_can_be_read(room, monkeypatch):
    told = []
    monkeypatch.setattr(
        "ssp_coder.ui.training.window.QMessageBox.exec", lambda box: told.append(box.text())
    )
    room.window.sealing.click()
    assert "keeps honest people honest" in told[0]
