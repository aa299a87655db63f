"""The list of comments, and where they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from ssp_coder.domain.coding import Comment, CommentId, CommentKind, EventId
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span
from ssp_coder.editing import edits
from ssp_coder.editing.edits import PutComment
from ssp_coder.ui.code.events_model import EventsModel
from ssp_coder.ui.code.table_columns import Column
from ssp_coder.ui.comments.comment_list import CommentsModel
from ssp_coder.ui.comments.editor import LONGEST_COMMENT, CommentEditor
from ssp_coder.ui.comments.panel import CommentPanel
from ssp_coder.ui.comments.rows import CommentFilter, CommentRow, CommentRows
from ssp_coder.ui.comments.words import (
    KIND_ICONS,
    About,
    about_words,
    comment_lines,
    kind_icon,
    kind_title,
)
from tests.builders import add, infant_scheme, s, with_episodes
from tests.ui.pages import session_of

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
CTRL = Qt.KeyboardModifier.ControlModifier


def at(seconds, end=None):
    return Span(start_us=s(seconds), end_us=s(seconds if end is None else end))


def put(session, words, kind=CommentKind.QUESTION, **fields):
    comment = Comment(**({"id": CommentId(0), "kind": kind, "words": words} | fields))
    assert session.submit(PutComment(comment=comment))


@pytest.fixture
def session():
    """Four comments: on an event, a rating, a stretch, and the whole session."""
    made = session_of(with_episodes())
    made.submit(add("distress.cry", 600))
    put(made, "a cry?", event=EventId(1), span=at(600))
    put(made, "5 or 6?", slot=SlotId("avo_c_8"), answer="5", settled=True)
    put(made, "odd sound", CommentKind.NOTE, span=at(5, 9))
    put(made, "", CommentKind.FLAG)
    return made


@pytest.fixture
def panel(theme, qtbot, session):
    made = CommentPanel(theme, session)
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.show()
    made.tester = QAbstractItemModelTester(made.list.comments, STRICT, made)
    return made


@pytest.fixture
def editor(theme, qtbot, session):
    made = CommentEditor(theme, session)
    qtbot.addWidget(made)
    return made


def numbers(panel):
    return [row.comment.id for row in panel.list.comments.rows]


def choose(panel, number):
    panel.list.setCurrentIndex(panel.list.comments.index(panel.list.comments.row_of(number)))
    return panel.list.current()


def comment(session, number):
    return next(c for c in session.coding.comments if c.id == number)


def test_comments_are_listed_in_the_order_of_time_and_the_session_last(panel):
    assert numbers(panel) == [3, 1, 2, 4]


def test_each_row_says_kind_place_words_answer_and_state(panel):
    model = panel.list.comments
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert said == [
        "Note on 0:05.00 to 0:09.00, EP1\nodd sound",
        "Question on Cry, infant, 10:00.00, EP5\na cry?",
        "Question on Avoidance, EP8, toward caregiver\n5 or 6?\nAnswer: 5\nsettled",
        "Flag on the whole session",
    ]


def test_the_kinds_are_told_apart_by_their_signs():
    assert len(set(KIND_ICONS.values())) == len(CommentKind)
    assert len({kind_title(kind) for kind in CommentKind}) == len(CommentKind)


def test_the_title_counts_all_and_the_open_ones(panel):
    assert panel.note() == "4, 3 open"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("All", [3, 1, 2, 4]),
        ("Open", [3, 1, 4]),
        ("Open questions", [1]),
        ("Questions", [1, 2]),
        ("Flags", [4]),
        ("Notes", [3]),
    ],
)
def test_the_list_can_be_narrowed_to_kinds_and_to_open_ones(panel, words, shown):
    place = panel.kinds.findText(words)
    panel.kinds.setCurrentIndex(place)
    panel.kinds.activated.emit(place)
    assert numbers(panel) == shown


def test_a_filter_can_be_set_from_outside_and_is_shown(panel):
    panel.show_filter(CommentFilter(kind=CommentKind.QUESTION, open_only=True))
    assert numbers(panel) == [1]
    assert panel.kinds.currentText() == "Open questions"


def test_an_empty_list_says_what_to_do_and_a_filtered_one_what_else(theme, qtbot, panel):
    panel.show_filter(CommentFilter(kind=CommentKind.NOTE, open_only=True))
    choose(panel, 3)
    panel.remove()
    assert panel.empty.isVisible()
    assert "No comment of this kind" in panel.empty.accessibleName()
    bare = CommentPanel(theme, session_of())
    qtbot.addWidget(bare)
    assert "No comments" in bare.empty.accessibleName()


def test_enter_jumps_to_the_moment_of_the_event(panel, session, qtbot):
    choose(panel, 1)
    with qtbot.waitSignal(session.jump_requested) as jumped:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert jumped.args == [s(600)]


def test_enter_on_a_comment_on_a_rating_asks_for_its_place(panel, session, qtbot):
    choose(panel, 2)
    with qtbot.waitSignal(session.slot_requested) as wished:
        QTest.keyClick(panel.list, Qt.Key.Key_Enter)
    assert wished.args == ["avo_c_8"]


def test_a_comment_on_nothing_in_particular_leads_nowhere(panel, session, qtbot):
    row = choose(panel, 4)
    with qtbot.assertNotEmitted(session.jump_requested):
        panel.go_to(row)


def test_a_comment_follows_its_event_and_says_when_that_is_gone(panel, session):
    event = session.coding.events[0]
    session.submit(edits.ChangeEvent(event=replace(event, start_us=s(1), end_us=s(2))))
    assert numbers(panel) == [1, 3, 2, 4]
    session.submit(edits.DeleteEvents(events=(event.id,)))
    assert numbers(panel) == [3, 1, 2, 4]
    assert panel.list.comments.rows[1].about == "an event deleted since, 10:00.00, EP5"
    session.undo()
    assert panel.list.comments.rows[0].about.startswith("Cry, infant")


def test_events_that_nobody_commented_on_cost_nothing(panel, session, monkeypatch):
    def never(*_):
        raise AssertionError("the rows were made anew")

    monkeypatch.setattr(CommentRows, "rows", never)
    session.submit(add("seeking.reach", 20))


def test_rows_that_stay_keep_their_selection_and_nothing_is_reset(panel, session, qtbot):
    choose(panel, 1)
    with qtbot.assertNotEmitted(panel.list.comments.modelReset):
        put(session, "new", span=at(1))
        put(session, "newer", span=at(700))
    assert panel.list.current().comment.id == 1
    assert numbers(panel) == [5, 3, 1, 6, 2, 4]


def test_settling_is_undoable_and_its_button_turns(panel, session):
    choose(panel, 1)
    panel.settle_button.click()
    assert comment(session, 1).settled
    assert panel.settle_button.accessibleName().startswith("Open again")
    session.undo()
    assert not comment(session, 1).settled


def test_delete_removes_and_undo_brings_back(panel, session):
    choose(panel, 3)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert numbers(panel) == [1, 2, 4]
    session.undo()
    assert numbers(panel) == [3, 1, 2, 4]


def test_an_answer_is_written_under_the_list(panel, session):
    choose(panel, 1)
    panel.answer_button.click()
    assert "a cry?" in panel.editor.writing.comment.words
    QTest.keyClicks(panel.editor.words, "yes")
    QTest.keyClick(panel.editor.words, Qt.Key.Key_Return, CTRL)
    assert comment(session, 1).answer == "yes"
    assert panel.editor.writing is None


def test_f2_changes_words_and_kind(panel, session):
    choose(panel, 3)
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    panel.editor.kind.part(CommentKind.FLAG.value).click()
    panel.editor.words.setPlainText("very odd sound")
    panel.editor.keep_button.click()
    there = comment(session, 3)
    assert (there.words, there.kind) == ("very odd sound", CommentKind.FLAG)


def test_without_a_chosen_comment_nothing_can_be_done_and_the_buttons_say_why(panel):
    panel.list.setCurrentIndex(panel.list.comments.index(-1))
    assert not panel.answer_button.isEnabled()
    panel.answer()
    panel.settle()
    panel.edit()
    panel.remove()
    assert panel.editor.writing is None


def test_a_locked_coding_can_be_read_and_not_changed(panel, session):
    choose(panel, 1)
    session.submit(edits.LockCoding())
    assert not panel.answer_button.isEnabled()
    panel.answer()
    panel.edit()
    assert panel.editor.writing is None


def test_the_panel_is_painted_in_both_schemes(theme, dark_theme, qtbot, session):
    for scheme in (theme, dark_theme):
        made = CommentPanel(scheme, session)
        qtbot.addWidget(made)
        made.resize(320, 300)
        choose(made, 2)
        assert not made.grab().isNull()


def test_every_control_of_the_panel_has_a_name(panel):
    controls = (panel.kinds, panel.list, panel.remove_button, panel.editor, panel.editor.words)
    assert all(control.accessibleName() for control in controls)


def test_a_new_comment_is_kept_with_what_it_is_about(editor, session):
    about = About(event=EventId(1), span=at(600))
    editor.write_new(about, "Cry", CommentKind.QUESTION)
    QTest.keyClicks(editor.words, "or fuss?")
    QTest.keyClick(editor.words, Qt.Key.Key_Enter, CTRL)
    made = session.coding.comments[-1]
    assert (made.kind, made.words, made.event, made.span) == (
        CommentKind.QUESTION,
        "or fuss?",
        EventId(1),
        at(600),
    )
    assert editor.isHidden()


def test_enter_alone_begins_a_new_line(editor):
    editor.write_new(About(), "all", CommentKind.NOTE)
    QTest.keyClicks(editor.words, "one")
    QTest.keyClick(editor.words, Qt.Key.Key_Return)
    QTest.keyClicks(editor.words, "two")
    assert editor.words.toPlainText() == "one\ntwo"


def test_a_comment_without_words_is_refused_in_place_and_nothing_is_lost(editor, session):
    editor.write_new(About(), "all", CommentKind.NOTE)
    editor.keep()
    assert "says nothing" in editor.trouble.text()
    assert editor.writing is not None
    assert len(session.coding.comments) == 4


def test_a_flag_needs_no_words(editor, session):
    editor.write_new(About(span=at(7)), "0:07", CommentKind.FLAG)
    editor.keep()
    assert session.coding.comments[-1].kind is CommentKind.FLAG


def test_the_kind_can_be_changed_while_writing(editor, session):
    editor.write_new(About(), "all", CommentKind.NOTE)
    QTest.keyClicks(editor.words, "why?")
    editor.choose(CommentKind.QUESTION)
    editor.keep()
    assert session.coding.comments[-1].kind is CommentKind.QUESTION


def test_what_was_left_is_there_again_for_the_same_place_only(editor):
    editor.write_new(About(span=at(7)), "0:07", CommentKind.NOTE)
    QTest.keyClicks(editor.words, "half a thou")
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    assert editor.isHidden()
    editor.write_new(About(span=at(8)), "0:08", CommentKind.NOTE)
    assert editor.words.toPlainText() == ""
    editor.leave()
    editor.write_new(About(span=at(7)), "0:07", CommentKind.NOTE)
    assert editor.words.toPlainText() == "half a thou"


def test_a_kept_draft_does_not_come_again(editor):
    editor.write_new(About(), "all", CommentKind.NOTE)
    QTest.keyClicks(editor.words, "done")
    editor.keep()
    editor.write_new(About(), "all", CommentKind.NOTE)
    assert editor.words.toPlainText() == ""


def test_beginning_another_while_writing_keeps_the_first_as_a_draft(editor, session):
    first = comment(session, 1)
    editor.write_again(first, "Cry")
    editor.words.setPlainText("a cry or not?")
    editor.write_new(About(), "all", CommentKind.NOTE)
    editor.leave()
    editor.write_again(first, "Cry")
    assert editor.words.toPlainText() == "a cry or not?"


def test_what_became_of_a_comment_while_it_was_changed_stays(editor, session):
    editor.write_again(comment(session, 1), "Cry")
    editor.words.setPlainText("a cry, or fuss?")
    session.submit(PutComment(comment=replace(comment(session, 1), answer="fuss", settled=True)))
    editor.keep()
    there = comment(session, 1)
    assert (there.words, there.answer, there.settled) == ("a cry, or fuss?", "fuss", True)


def test_an_answer_leaves_the_words_that_were_changed_meanwhile(editor, session):
    editor.write_answer(comment(session, 1), "Cry")
    editor.words.setPlainText("yes")
    session.submit(PutComment(comment=replace(comment(session, 1), words="cry or fuss?")))
    editor.keep()
    assert (comment(session, 1).words, comment(session, 1).answer) == ("cry or fuss?", "yes")


def test_words_on_an_event_that_is_deleted_meanwhile_are_kept_on_its_moment(editor, session):
    editor.write_new(About(event=EventId(1), span=at(600)), "Cry", CommentKind.NOTE)
    editor.words.setPlainText("with hiccups")
    session.submit(edits.DeleteEvents(events=(EventId(1),)))
    editor.keep()
    made = session.coding.comments[-1]
    assert (made.words, made.event, made.span) == ("with hiccups", None, at(600))
    assert editor.writing is None


def test_more_words_than_fit_are_not_cut_but_refused(editor, session):
    editor.write_new(About(), "all", CommentKind.NOTE)
    editor.words.setPlainText("x" * (LONGEST_COMMENT + 1))
    editor.keep()
    assert str(LONGEST_COMMENT) in editor.trouble.text()
    assert len(editor.words.toPlainText()) == LONGEST_COMMENT + 1
    editor.words.setPlainText("x" * LONGEST_COMMENT)
    editor.keep()
    assert len(session.coding.comments[-1].words) == LONGEST_COMMENT


@pytest.mark.parametrize(("typed", "count"), [("half a thou", 5), ("", 4)])
def test_what_is_being_written_when_the_coding_is_closed_is_kept(editor, session, typed, count):
    editor.write_new(About(span=at(7)), "0:07", CommentKind.FLAG)
    editor.words.setPlainText(typed)
    session.close()
    assert len(session.coding.comments) == count


def test_the_keyboard_goes_back_to_where_it_was(theme, qtbot, session):
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    line, editor = QLineEdit(page), CommentEditor(theme, session, page)
    column.addWidget(line)
    column.addWidget(editor)
    page.show()
    page.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    editor.write_new(About(), "all", CommentKind.NOTE)
    qtbot.waitUntil(editor.words.hasFocus)
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(line.hasFocus)


def test_tab_leaves_the_words(editor, qtbot):
    editor.write_new(About(), "all", CommentKind.NOTE)
    assert editor.words.tabChangesFocus()


def test_nothing_happens_while_nothing_is_written(editor, session):
    editor.keep()
    editor.leave()
    assert len(session.coding.comments) == 4


def test_a_moved_row_is_taken_out_and_put_in_again():
    model = CommentsModel()
    QAbstractItemModelTester(model, STRICT, model)
    rows = [
        CommentRow(
            comment=Comment(id=CommentId(number), kind=CommentKind.NOTE, words=str(number)),
            about="",
            at_us=None,
        )
        for number in range(6)
    ]
    for order in ((0, 1, 2, 3), (3, 0, 2), (5, 2, 0, 3, 4), (), (4, 1)):
        model.show_rows(tuple(rows[number] for number in order))
        assert [row.comment.id for row in model.rows] == list(order)


def test_places_are_named_with_what_is_known_of_them():
    scheme = infant_scheme()
    assert about_words(About(), None, scheme, ()) == "the whole session"
    assert about_words(About(span=at(61.5)), None, scheme, ()) == "1:01.50"


def test_an_event_shows_the_most_pressing_of_what_was_said_about_it(session):
    first = comment(session, 1)
    flag = replace(first, kind=CommentKind.FLAG, words="")
    settled = replace(first, settled=True)
    assert kind_icon((flag, first)) == KIND_ICONS[CommentKind.QUESTION]
    assert kind_icon((flag, settled)) == KIND_ICONS[CommentKind.FLAG]
    assert kind_icon((settled,)) == "done"
    assert comment_lines((first, flag, settled)) == (
        "Question: a cry?",
        "Flag",
        "Question: a cry? (settled)",
    )


def test_the_list_of_events_shows_the_sign_and_tells_the_words(theme, session):
    model = EventsModel(theme, session.scheme)
    model.show_coding(session.coding)
    sign = model.index(0, Column.COMMENT).data(Qt.ItemDataRole.DecorationRole)
    sentence = model.index(0, Column.CODE).data(Qt.ItemDataRole.ToolTipRole)
    assert not sign.isNull()
    assert sentence.endswith("\nQuestion: a cry?")


@pytest.mark.parametrize(("height", "both"), [(400, True), (160, False)])
def test_a_low_panel_shows_the_list_or_the_place_to_write(panel, height, both):
    panel.resize(420, height)
    choose(panel, 1)
    panel.edit()
    assert panel.list.isVisible() is both
    assert panel.editor.isVisible()
    panel.editor.leave()
    assert panel.list.isVisible()
    assert panel.answer_button.isVisible()
