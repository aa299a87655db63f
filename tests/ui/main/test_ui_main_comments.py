"""Comments in the real window: about whatever is in front, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding, CommentKind, EventId
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import LockCoding
from ssp_coder.ui.code.table_filter import EventFilter
from ssp_coder.ui.comments import questions_dialog
from tests.builders import add

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk_window, coding_file, qtbot):
    """The window with two events and no video, on the code step, with the keyboard."""
    desk_window.desk.open_path(coding_file())
    session = desk_window.workspace.session
    session.submit(add("distress.cry", 5))
    session.submit(add("seeking.reach", 7))
    desk_window.show_page(Step.CODE)
    desk_window.activateWindow()
    return desk_window


def editor(window):
    return window.desk.comments._editor


def press(window, key, modifiers=CTRL_SHIFT):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def select(window, *events):
    timeline = window.workspace.work.timeline
    timeline.set_selected(str(number) for number in events)
    timeline.tell_selected()


def written(window):
    return window.workspace.session.coding.comments


def test_a_comment_is_written_about_the_selected_event_by_keyboard_alone(window, qtbot):
    select(window, 2)
    window.workspace.work.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.workspace.work)
    press(window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: editor(window).words.hasFocus())
    QTest.keyClicks(editor(window).words, "both hands")
    press(window, Qt.Key.Key_Return, CTRL)
    made = written(window)[0]
    assert (made.words, made.event, made.kind) == ("both hands", EventId(2), CommentKind.NOTE)
    assert made.span == Span(start_us=Micros(7_000_000), end_us=Micros(7_000_000))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.workspace.work)


def test_it_is_about_the_selected_event_also_where_the_list_hides_that(window):
    window.workspace.work.events.show_only(EventFilter(codes=frozenset({"distress.cry"})))
    select(window, 2)
    assert window.workspace.work.table.selected_events() == ()
    window.desk.comments.write(CommentKind.FLAG)
    assert editor(window).writing.comment.event == EventId(2)


def test_half_a_comment_is_in_the_file_when_the_coding_is_closed(window):
    path = window.workspace.session.file.path
    window.desk.comments.write(CommentKind.QUESTION)
    editor(window).words.setPlainText("a hand or")
    assert window.close_coding()
    window.desk.open_path(path)
    assert [comment.words for comment in written(window)] == ["a hand or"]


def test_keys_that_are_typed_code_nothing(window, qtbot):
    before = window.workspace.session.coding.events
    window.desk.comments.write(CommentKind.NOTE)
    qtbot.waitUntil(lambda: editor(window).words.hasFocus())
    QTest.keyClicks(editor(window).words, "123 qwe")
    assert window.workspace.session.coding.events == before
    assert editor(window).words.toPlainText() == "123 qwe"


@pytest.mark.parametrize(
    ("key", "kind"),
    [(Qt.Key.Key_F, CommentKind.FLAG), (Qt.Key.Key_T, CommentKind.QUESTION)],
)
def test_each_kind_has_a_key_that_also_turns_one_begun_otherwise(window, qtbot, key, kind):
    window.workspace.work.setFocus()
    window.desk.comments.write(CommentKind.NOTE)
    qtbot.waitUntil(lambda: editor(window).words.hasFocus())
    press(window, key)
    assert editor(window).kind.chosen() == kind.value


def test_the_rating_in_front_is_what_a_comment_is_about(window):
    window.show_page(Step.RATE)
    page = window.workspace.page(Step.RATE)
    page.show_slot("avo_c_8")
    window.desk.comments.write(CommentKind.QUESTION)
    editor(window).words.setPlainText("5 or 6?")
    editor(window).keep()
    assert written(window)[0].slot == SlotId("avo_c_8")


def test_on_the_d_pass_it_is_the_place_of_disorganization(window):
    window.show_page(Step.DISORGANIZATION)
    window.desk.comments.write(CommentKind.FLAG)
    editor(window).keep()
    assert written(window)[0].slot == SlotId("dorg")


def test_elsewhere_it_is_the_whole_session(window):
    select(window, 2)
    window.show_page(Step.CLASSIFY)
    window.desk.comments.write(CommentKind.FLAG)
    editor(window).keep()
    made = written(window)[0]
    assert (made.event, made.slot, made.span) == (None, None, None)


def test_the_loop_comes_before_the_frame_and_after_the_event(window, monkeypatch):
    from ssp_coder.ui.main.comment_desk import about_in_front

    workspace = window.workspace
    loop = Span(start_us=Micros(1), end_us=Micros(9))
    monkeypatch.setattr(workspace.player, "_loop", loop)
    assert about_in_front(workspace).span == loop
    select(window, 1, 2)
    assert about_in_front(workspace).span == loop
    select(window, 1)
    assert about_in_front(workspace).event == EventId(1)


def test_without_a_picture_loop_or_event_it_is_the_whole_session(window):
    window.desk.comments.write(CommentKind.FLAG)
    editor(window).keep()
    assert written(window)[0].span is None


def test_a_locked_coding_says_so(window):
    window.workspace.session.submit(LockCoding())
    window.desk.comments.write(CommentKind.NOTE)
    assert editor(window) is None
    assert "cannot be changed" in window.statusBar().currentMessage()


def test_another_coding_gets_a_place_to_write_of_its_own(window, coding_file):
    window.desk.comments.write(CommentKind.NOTE)
    first = editor(window)
    window.desk.open_path(coding_file("S200", Coding(session="S200", coder="c01")))
    window.desk.comments.write(CommentKind.FLAG)
    editor(window).keep()
    assert editor(window) is not first
    assert len(written(window)) == 1


def test_without_a_coding_nothing_happens(desk_window):
    desk_window.desk.comments.write(CommentKind.NOTE)
    desk_window.desk.comments.show_questions()


def test_the_questions_have_a_dialog(window, monkeypatch):
    shown = []

    def show(dialog):
        shown.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(questions_dialog.QuestionsDialog, "exec", show)
    window.desk.comments.show_questions()
    assert shown == ["Questions to the trainer"]


def test_a_comment_on_a_rating_leads_to_its_page(window):
    window.workspace.session.slot_requested.emit("avo_c_8")
    assert window.workspace.current == Step.RATE
