from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.code.table_columns import Column
from ssp_coder.ui.code.table_filter import EventFilter
from tests.builders import add, with_episodes


@pytest.fixture
def window(desk_window, coding_file):
    desk_window.desk.open_path(coding_file(start=replace(with_episodes(), media=())))
    session = desk_window.workspace.session
    for at, code in ((600, "seeking.reach"), (610, "seeking.lean"), (620, "avoidance.ignore")):
        session.submit(add(code, at))
    desk_window.show_page(Step.CODE)
    return desk_window


def run(window, command):
    window.actions_by_id[command].trigger()


def events(window):
    return window.workspace.work.events


def test_find_goes_to_the_field_from_whatever_step(window):
    window.show_page(Step.REVIEW)
    run(window, "find_events")
    assert window.workspace.current == Step.CODE
    assert window.focusWidget() is events(window).find.field


def test_all_events_are_shown_again(window):
    events(window).show_only(EventFilter(text="lean"))
    assert events(window).model.rowCount() == 1
    run(window, "all_events")
    assert events(window).model.rowCount() == 3


def test_only_events_that_are_shown_are_selected(window):
    events(window).show_only(EventFilter(groups=frozenset({"seeking"})))
    run(window, "select_events")
    coding = window.workspace.session.coding
    chosen = [coding.event(event).code for event in events(window).table.selected_events()]
    assert chosen == ["seeking.lean", "seeking.reach"]


def test_what_was_deleted_is_said_in_the_status_line(window):
    run(window, "select_events")
    run(window, "delete")
    assert window.statusBar().currentMessage() == "3 events deleted"


def test_columns_and_order_are_the_same_in_the_next_coding(window, coding_file):
    table = events(window).table
    table.show_column(Column.GROUP, shown=True)
    table.setColumnWidth(Column.CODE, 201)
    table.want_order(Column.CODE)
    window.desk.open_path(coding_file("S101"))
    other = events(window).table
    assert other is not table
    assert Column.GROUP in other.shown_columns()
    assert other.columnWidth(Column.CODE) == 201
    assert other.sorted_by() == (Column.CODE, False)
    assert other.horizontalHeader().sortIndicatorSection() == Column.CODE


def test_columns_that_cannot_be_read_leave_them_as_they_are(window):
    before = events(window).table.shown_columns()
    events(window).restore_columns(QByteArray(b"nothing of the kind"))
    assert events(window).table.shown_columns() == before


def test_without_a_coding_nothing_is_done(desk_window):
    for command in ("find_events", "all_events", "select_events", "event_columns"):
        assert not desk_window.actions_by_id[command].isEnabled()
        desk_window.desk.event_list.commands()[command]()
    assert desk_window.workspace is None
