from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import LockCoding
from ssp_coder.ui.code.table_cell import CellField
from ssp_coder.ui.code.table_columns import Column
from ssp_coder.ui.code.table_typed import Frames
from tests.builders import CAREGIVER, add, s

FPS = 25


@pytest.fixture
def table(desk):
    """A point at 10:00, a state from 10:10 to 10:20, a point of the caregiver at 10:30."""
    desk.session.submit(add("seeking.reach", 600, modifiers={"toward": "c"}))
    desk.session.submit(add("distress.cry", 610, end=620))
    desk.session.submit(add("adult_acts.greet", 630, subject=CAREGIVER))
    desk.page.events._typed.frames = Frames(
        number_at=lambda at: at * FPS // 1_000_000,
        time_of=lambda number: Micros(number * 1_000_000 // FPS) if number < 40_000 else None,
    )
    desk.page.table.setFocus()
    return desk.page.table


REACH, CRY, GREET = 0, 1, 2


def opened(desk, place, column):
    """The open cell of an event, by its place in the coding."""
    table, model = desk.page.table, desk.page.events.model
    table.setCurrentIndex(model.index(model.row_of(desk.events[place].id), column))
    QTest.keyClick(table, Qt.Key.Key_F2)
    fields = [field for field in table.findChildren(CellField) if field.isVisible()]
    return fields[-1] if fields else None


def type_over(desk, place, column, text, key=Qt.Key.Key_Return):
    field = opened(desk, place, column)
    field.setText(text)
    QTest.keyClick(field, key)
    return field


def test_f2_opens_the_cell_with_its_whole_text_selected(desk, table):
    field = opened(desk, REACH, Column.START)
    assert field.text() == field.selectedText() == "10:00.000"
    assert field.accessibleName() == "Start"


def test_a_double_click_opens_the_cell(desk, table):
    table.doubleClicked.emit(desk.page.events.model.index(0, Column.COMMENT))
    assert table.findChild(CellField).column is Column.COMMENT


@pytest.mark.parametrize(
    ("place", "column"),
    [(REACH, Column.END), (REACH, Column.LENGTH), (CRY, Column.EPISODE), (CRY, Column.GROUP)],
)
def test_what_follows_from_something_else_is_not_typed(desk, table, place, column):
    assert opened(desk, place, column) is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("10:05.5", 605.5), ("605,5", 605.5), ("#15100", 604), ("# 15100", 604)]
)
def test_a_start_is_typed_as_a_time_or_as_a_frame(desk, table, text, seconds):
    type_over(desk, REACH, Column.START, text)
    event = desk.events[0]
    assert (event.start_us, event.end_us) == (s(seconds), s(seconds))
    assert event.start_frame == event.end_frame == int(seconds * FPS)


def test_the_end_and_the_length_of_a_state_are_typed(desk, table):
    desk.page.table.show_column(Column.END, shown=True)
    type_over(desk, CRY, Column.END, "10:25")
    assert desk.events[1].end_us == s(625)
    type_over(desk, CRY, Column.LENGTH, "4.5")
    assert (desk.events[1].start_us, desk.events[1].end_us) == (s(610), s(614.5))


@pytest.mark.parametrize("text", ["Lean", "lean", "seeking.lean".partition(".")[2]])
def test_a_code_is_named_in_full_or_by_its_beginning(desk, table, text):
    type_over(desk, REACH, Column.CODE, text)
    assert desk.events[0].code == "seeking.lean"
    assert desk.events[0].modifier("toward") == "c"


def test_codes_are_completed_while_they_are_typed(desk, table):
    completer = opened(desk, REACH, Column.CODE).completer()
    completer.setCompletionPrefix("lea")
    offered = {completer.completionModel().index(0, 0).data()}
    ethogram = desk.session.scheme.ethogram
    assert offered <= {str(code.title) for code in ethogram.codes()}
    assert offered != {None}


def test_another_person_is_typed_by_a_part_of_the_name(desk, table):
    type_over(desk, GREET, Column.SUBJECT, "str")
    assert desk.events[2].subject == "stranger"


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("toward stranger, strong", (("toward", "s"), ("intensity", "3"))),
        ("weak, door", (("toward", "door"), ("intensity", "1"))),
        ("", ()),
    ],
)
def test_modifiers_are_typed_as_words(desk, table, text, modifiers):
    type_over(desk, REACH, Column.DETAIL, text)
    assert desk.events[0].modifiers == modifiers


def test_a_comment_is_one_step_to_undo(desk, table):
    before = desk.events
    type_over(desk, CRY, Column.COMMENT, "  red in the face ")
    assert desk.events[1] == replace(before[1], comment="red in the face")
    desk.session.undo()
    assert desk.events == before


@pytest.mark.parametrize(
    ("place", "column", "text", "word"),
    [
        (REACH, Column.START, "soon", "no time"),
        (REACH, Column.START, "#99999", "no frame"),
        (REACH, Column.START, "#x", "no frame"),
        (REACH, Column.START, "2:00:00", "after the end of the session|outside the video"),
        (CRY, Column.LENGTH, "0", "no length|length"),
        (CRY, Column.LENGTH, "long", "seconds"),
        (REACH, Column.CODE, "xyz", "not known"),
        (REACH, Column.CODE, "", "not known"),
        (REACH, Column.CODE, "a", "may be"),
        (REACH, Column.CODE, "cry", "lasts"),
        (CRY, Column.CODE, "Reach", "moment"),
        (REACH, Column.SUBJECT, "caregiver", "not coded for"),
        (REACH, Column.DETAIL, "sideways", "not known"),
        (REACH, Column.DETAIL, "toy, door", "twice"),
        (CRY, Column.DETAIL, "toy", "takes no modifiers|not known"),
    ],
)
def test_what_cannot_be_stays_typed_and_says_why(desk, table, place, column, text, word):
    before = desk.events
    field = type_over(desk, place, column, text)
    assert desk.events == before
    assert field.isVisible()
    assert field.text() == text
    assert any(part in field.error() for part in word.split("|")), field.error()
    assert field.accessibleDescription() == field.error()


def test_a_mistake_is_mended_where_it_was_made(desk, table):
    field = type_over(desk, REACH, Column.START, "soon")
    field.setText("9:58")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.events[0].start_us == s(598)
    assert field.error() == ""
    assert desk.page.table.hasFocus()


def test_another_row_that_is_chosen_does_not_throw_the_typed_text_away(desk, table):
    field = type_over(desk, REACH, Column.START, "soon")
    table.setCurrentIndex(desk.page.events.model.index(0, Column.CODE))
    assert field.isVisible()
    assert field.text() == "soon"


def test_escape_leaves_everything_as_it_was(desk, table, qtbot):
    field = opened(desk, REACH, Column.COMMENT)
    field.setText("never mind")
    with qtbot.assertNotEmitted(desk.session.changed):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desk.page.table.hasFocus()
    assert opened(desk, REACH, Column.COMMENT) is not field


def test_leaving_a_cell_keeps_what_was_typed(desk, table):
    field = opened(desk, REACH, Column.COMMENT)
    field.setText("from the door")
    desk.page.events.find.field.setFocus()
    assert desk.events[0].comment == "from the door"
    assert desk.page.events.find.field.hasFocus()


def test_tab_goes_on_to_the_next_cell_that_can_be_typed(desk, table):
    type_over(desk, REACH, Column.START, "9:59", Qt.Key.Key_Tab)
    assert desk.events[0].start_us == s(599)
    field = next(f for f in table.findChildren(CellField) if f.isVisible())
    assert field.column is Column.SUBJECT
    QTest.keyClick(field, Qt.Key.Key_Backtab)
    field = next(f for f in table.findChildren(CellField) if f.isVisible())
    assert field.column is Column.START


def test_an_event_whose_row_moves_can_be_edited_again_at_once(desk, table):
    type_over(desk, REACH, Column.START, "10:50")
    moved = desk.events[2]
    assert moved.code == "seeking.reach"
    field = opened(desk, 2, Column.COMMENT)
    assert field is not None
    assert field.event_id == moved.id


def test_undo_of_an_event_whose_cell_is_open_takes_the_cell_too(desk, table):
    field = opened(desk, GREET, Column.COMMENT)
    field.setText("half a word")
    desk.session.undo()
    assert len(desk.events) == 2
    assert not any(f.isVisible() for f in table.findChildren(CellField))


def test_a_locked_coding_opens_no_cell(desk, table):
    desk.session.submit(LockCoding())
    assert opened(desk, REACH, Column.COMMENT) is None


def test_a_text_that_was_not_touched_is_no_edit(desk, table, qtbot):
    desk.session.submit(add("seeking.reach", 62.345612))
    with qtbot.assertNotEmitted(desk.session.changed):
        QTest.keyClick(opened(desk, 0, Column.START), Qt.Key.Key_Return)
