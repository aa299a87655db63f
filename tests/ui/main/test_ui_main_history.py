"""History and comments as panels of the real window: keys, other panels, jumps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Comment, CommentId, CommentKind, EventId
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import LockCoding, PutComment
from ssp_coder.ui.comments.panel import CommentPanel
from ssp_coder.ui.history.panel import HistoryPanel
from tests.builders import add, mark


@pytest.fixture
def window(desk_window, coding_file, qtbot):
    """The window with three events, on the code step."""
    desk_window.desk.open_path(coding_file())
    session = desk_window.workspace.session
    session.submit(mark("EP1", 0))
    for seconds in (5, 7, 9):
        session.submit(add("seeking.reach", seconds))
    desk_window.show_page(Step.CODE)
    desk_window.activateWindow()
    return desk_window


def panel_of(window, name, kind):
    window.workspace.work.panels.bring_forward(name)
    QApplication.processEvents()
    return window.workspace.work.findChild(kind)


def has_keyboard(qtbot, widget):
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def remark(window, **fields):
    moment = Span(start_us=Micros(7_000_000), end_us=Micros(7_000_000))
    given = {"id": CommentId(0), "kind": CommentKind.QUESTION, "words": "why?", "span": moment}
    window.workspace.session.submit(PutComment(comment=Comment(**(given | fields))))


def events(window):
    return window.workspace.session.coding.events


def test_the_history_is_a_panel_beside_the_events(window):
    history = panel_of(window, "history", HistoryPanel)
    assert history.isVisible()
    assert history.model.present == 4


def test_going_back_takes_rows_and_marks_along(window, qtbot):
    history = panel_of(window, "history", HistoryPanel)
    work = window.workspace.work
    has_keyboard(qtbot, history.list)
    for _ in range(2):
        QTest.keyClick(history.list, Qt.Key.Key_Down)
    QTest.keyClick(history.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not history.travel.under_way)
    assert len(events(window)) == 1
    assert work.events.model.rowCount() == 1
    assert "2 undone" in history.note()


def test_undo_by_its_key_moves_the_present(window, qtbot):
    history = panel_of(window, "history", HistoryPanel)
    has_keyboard(qtbot, history.list)
    QTest.keyClick(history.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert history.model.present == 3
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(history.list, Qt.Key.Key_Z, keys)
    assert history.model.present == 4


def test_searching_codes_nothing(window, qtbot):
    history = panel_of(window, "history", HistoryPanel)
    has_keyboard(qtbot, history.search.edit)
    QTest.keyClicks(history.search.edit, "ep1")
    qtbot.waitUntil(lambda: history.model.rowCount() == 1)
    assert len(events(window)) == 3


def test_esc_in_the_list_ends_the_search_and_not_something_else(window, qtbot):
    history = panel_of(window, "history", HistoryPanel)
    has_keyboard(qtbot, history.search.edit)
    QTest.keyClicks(history.search.edit, "ep1")
    has_keyboard(qtbot, history.list)
    QTest.keyClick(history.list, Qt.Key.Key_Escape)
    assert history.search.text() == ""
    assert history.model.rowCount() == 5


def test_the_keyboard_stays_in_the_list_while_going_back(window, qtbot):
    history = panel_of(window, "history", HistoryPanel)
    has_keyboard(qtbot, history.list)
    history.go_to(0)
    qtbot.waitUntil(lambda: not history.travel.under_way)
    assert history.list.hasFocus()


def test_closing_the_coding_on_the_way_is_no_trouble(window, qtbot):
    session = window.workspace.session
    for number in range(200):
        session.submit(add("seeking.reach", 20 + number))
    history = panel_of(window, "history", HistoryPanel)
    history.go_to(0)
    assert history.travel.under_way
    assert window.close_coding()
    QApplication.processEvents()
    assert window.workspace is None


def test_a_locked_coding_shows_when_it_was_locked(window):
    window.workspace.session.submit(LockCoding())
    history = panel_of(window, "history", HistoryPanel)
    told = history.model.row_at(0).told
    assert (told.words, told.is_lock) == ("Locked", True)
    assert told.when is not None


def test_reopening_shows_the_steps_of_the_last_sitting(window, qtbot):
    path = window.workspace.session.file.path
    assert window.close_coding()
    window.desk.open_path(path)
    window.show_page(Step.CODE)
    history = panel_of(window, "history", HistoryPanel)
    assert history.model.row_at(0).told.words == "Reach, infant, 0:09.00 added"
    history.go_to(0)
    qtbot.waitUntil(lambda: not history.travel.under_way)
    assert events(window) == ()


def test_comments_are_a_panel_and_its_keys_reach_it(window, qtbot):
    remark(window)
    comments = panel_of(window, "comments", CommentPanel)
    comments.list.setCurrentIndex(comments.list.comments.index(0))
    has_keyboard(qtbot, comments.list)
    QTest.keyClick(comments.list, Qt.Key.Key_F2)
    qtbot.waitUntil(comments.editor.words.hasFocus)
    QTest.keyClicks(comments.editor.words, " 12")
    QTest.keyClick(comments.editor.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.session.coding.comments[0].words == "why? 12"
    assert len(events(window)) == 3
    has_keyboard(qtbot, comments.list)
    QTest.keyClick(comments.list, Qt.Key.Key_Delete)
    assert window.workspace.session.coding.comments == ()


def test_keeping_a_comment_does_not_go_on_to_the_next_step(window, qtbot):
    window.workspace.work.setFocus()
    window.desk.comments.write(CommentKind.FLAG)
    words = window.desk.comments._editor.words
    qtbot.waitUntil(words.hasFocus)
    QTest.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.current == Step.CODE
    assert len(window.workspace.session.coding.comments) == 1


def test_a_comment_on_a_rating_opens_its_page_from_the_list(window, qtbot):
    remark(window, slot=SlotId("avo_c_8"), span=None)
    comments = panel_of(window, "comments", CommentPanel)
    comments.list.setCurrentIndex(comments.list.comments.index(0))
    has_keyboard(qtbot, comments.list)
    QTest.keyClick(comments.list, Qt.Key.Key_Return)
    assert window.workspace.current == Step.RATE


def test_a_comment_jumps_to_its_event(window, qtbot):
    remark(window, event=EventId(2))
    comments = panel_of(window, "comments", CommentPanel)
    comments.list.setCurrentIndex(comments.list.comments.index(0))
    has_keyboard(qtbot, comments.list)
    with qtbot.waitSignal(window.workspace.session.jump_requested) as jumped:
        QTest.keyClick(comments.list, Qt.Key.Key_Return)
    assert jumped.args == [7_000_000]


def test_coding_on_resets_neither_list(window, qtbot):
    history = panel_of(window, "history", HistoryPanel)
    remark(window)
    comments = panel_of(window, "comments", CommentPanel)
    models = (history.model, comments.list.comments)
    with (
        qtbot.assertNotEmitted(models[0].modelReset),
        qtbot.assertNotEmitted(models[1].modelReset),
    ):
        for seconds in range(30, 40):
            window.workspace.session.submit(add("seeking.reach", seconds))
    assert history.model.present == 15
