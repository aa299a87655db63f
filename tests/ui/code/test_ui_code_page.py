from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ssp_coder.editing.edits import LockCoding
from ssp_coder.ui.code.dragging import with_edge
from ssp_coder.ui.code.key_filter import KeyFilter, is_typing
from ssp_coder.ui.code.page import WorkPage
from tests.builders import CAREGIVER, add, after, coding, event_of, s, spans_of, with_episodes
from tests.ui.pages import paint, session_of, shown_stage


@pytest.fixture
def page(theme, qtbot):
    session = session_of(with_episodes())
    stage = shown_stage(theme, qtbot, 600)
    work = WorkPage(theme, session, stage)
    work.show_prepare(False)
    stage.player.moment_changed.connect(work.show_moment)
    qtbot.addWidget(work)
    work.resize(1250, 800)
    work.show()
    work.show_duration(1_400_000_000)
    work.session = session
    work.stage = stage
    return work


def test_a_key_records_its_code_at_the_painted_frame(page):
    page.take_key("i")
    event = page.session.coding.events[0]
    assert (event.code, event.start_us, event.start_frame) == ("seeking.reach", s(600), 15000)


def test_a_click_on_the_board_does_the_same(page):
    QTest.mouseClick(page.board.button("seeking.reach"), Qt.MouseButton.LeftButton)
    assert spans_of(page.session.coding) == [("seeking.reach", 600.0, 600.0)]


def test_without_a_picture_nothing_is_recorded(page):
    page.stage.view.clear()
    page.take_key("i")
    assert page.session.coding.events == ()


def test_the_second_key_adds_a_modifier(page):
    page.take_key("i")
    page.take_key("c")
    page.take_key("3")
    assert page.session.coding.events[0].modifiers == (("toward", "c"), ("intensity", "3"))


def test_escape_closes_the_modifier_bar(page):
    page.take_key("i")
    page.close_bar()
    page.take_key("3")
    assert [event.code for event in page.session.coding.events] == [
        "seeking.reach",
        "distress.cry",
    ]


def test_running_states_are_lit_at_the_picture_and_only_there(page):
    page.take_key("3")
    assert page.board.button("distress.cry").lit
    paint(page.stage, 599)
    assert not page.board.button("distress.cry").lit
    paint(page.stage, 605)
    assert page.board.button("distress.cry").lit


def test_another_person_brings_other_codes(page):
    page.board._subjects.part(CAREGIVER).click()
    QTest.mouseClick(page.board.button("adult_acts.greet"), Qt.MouseButton.LeftButton)
    event = page.session.coding.events[0]
    assert (event.code, event.subject) == ("adult_acts.greet", CAREGIVER)


def test_table_and_timeline_show_the_same_selection(page):
    page.take_key("i")
    page.take_key("3")
    page.take_key("4")
    page.table.selectRow(0)
    shown = page.events.model.event_at(0)
    assert page.timeline.selected() == {str(shown.id)}
    assert page.events.form.event_shown == shown
    page.timeline.mark_selected.emit(str(page.session.coding.events[0].id))
    assert page.table.selected_events() == (page.session.coding.events[0].id,)


def test_delete_in_the_table_removes_the_selected_events(page):
    page.take_key("i")
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.session.coding.events == ()
    page.session.undo()
    assert len(page.session.coding.events) == 1


def test_a_row_jumps_to_its_moment(page, qtbot):
    page.take_key("i")
    page.table.selectRow(0)
    page.table.setCurrentIndex(page.events.model.index(0, 0))
    with qtbot.waitSignal(page.session.jump_requested) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [s(600)]


def test_the_comment_of_the_selected_event_is_kept(page):
    page.take_key("i")
    page.table.selectRow(0)
    edit = page.events.form.findChildren(QLineEdit)[-1]
    edit.setText("both arms")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert page.session.coding.events[0].comment == "both arms"
    assert page.session.coding.events[0].start_frame == 15000


def test_a_wrong_time_is_said_under_the_field_and_changes_nothing(page):
    page.take_key("i")
    page.table.selectRow(0)
    before = page.session.coding
    edit = page.events.form._start.edit
    edit.setText("half past")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "is no time" in page.events.form._start.error()
    assert page.session.coding == before
    assert edit.text() == "half past"


def test_a_refused_change_is_said_in_the_form(page):
    page.take_key("1")
    paint(page.stage, 610)
    page.take_key("3")
    page.table.show_selected((page.session.coding.events[0].id,))
    page.events.show_selected((page.session.coding.events[0].id,))
    edit = page.events.form._start.edit
    edit.setText("23:50.000")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert page.events.form._end.error()


def test_dragging_an_edge_moves_the_neighbour_along(page):
    page.take_key("1")
    paint(page.stage, 610)
    page.take_key("3")
    first = page.session.coding.events[0]
    page.timeline.edge_drag_finished.emit(str(first.id), "end", 612_000_000)
    assert spans_of(page.session.coding) == [
        ("distress.none", 600.0, 612.0),
        ("distress.cry", 612.0, None),
    ]


def test_a_drag_that_is_refused_puts_the_mark_back(page, qtbot):
    page.take_key("1")
    paint(page.stage, 610)
    page.take_key("3")
    first = page.session.coding.events[0]
    with qtbot.waitSignal(page.session.refused):
        page.timeline.edge_drag_finished.emit(str(first.id), "end", 599_000_000)
    assert page.session.coding.event(first.id) == first


def test_a_locked_coding_takes_no_keys(page):
    page.session.submit(LockCoding())
    page.take_key("i")
    QTest.mouseClick(page.board.button("seeking.reach"), Qt.MouseButton.LeftButton)
    assert page.session.coding.events == ()


def test_an_edge_of_a_point_moves_both():
    value = after(coding(), add("seeking.reach", 10))
    moved = with_edge(event_of(value, "seeking.reach"), "end", s(12), None)
    assert (moved.start_us, moved.end_us, moved.start_frame) == (s(12), s(12), None)
    state = after(coding(), add("distress.cry", 10, end=20)).events[0]
    assert with_edge(state, "start", s(11), None) == replace(
        state, start_us=s(11), start_frame=None
    )


def test_code_keys_are_left_to_fields_that_are_typed_into(page, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    assert is_typing(field)
    assert not is_typing(page.table)
    assert not is_typing(None)


def test_the_filter_ignores_key_repeat_and_other_steps(page, qtbot):
    active = [True]
    keys = KeyFilter(page, lambda: active[0])
    heard = []
    keys.key_pressed.connect(heard.append)
    QApplication.instance().installEventFilter(keys)
    try:
        page.setFocus()
        QTest.keyClick(page, Qt.Key.Key_I)
        active[0] = False
        QTest.keyClick(page, Qt.Key.Key_I)
        active[0] = True
        QTest.keyClick(page, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    finally:
        QApplication.instance().removeEventFilter(keys)
    assert heard == ["i"]


def test_every_part_of_the_page_has_a_spoken_name(page):
    for widget in (page.table, page.timeline, page.board, page.stage.view):
        assert widget.accessibleName()
    for code in page.board._buttons.values():
        assert code.accessibleName()
