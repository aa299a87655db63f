from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from ssp_coder.editing.edits import ChangeEvent, DeleteEvents
from ssp_coder.ui.code.events_model import Column, EventsModel, event_detail, length_text
from tests.builders import (
    CAREGIVER,
    add,
    after,
    coding,
    event_of,
    infant_scheme,
    mark,
    with_episodes,
)
from tests.ui.pages import session_of


@pytest.fixture
def shown(theme):
    session = session_of(with_episodes())
    model = EventsModel(theme, session.scheme)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_coding(session.coding)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    session.changed.connect(lambda c: model.show_change(c.record.change, c.coding))
    return session, model, resets


def rows(model):
    return [
        tuple(model.index(row, column).data() for column in (Column.START, Column.CODE))
        for row in range(model.rowCount())
    ]


def test_the_last_event_stands_on_top(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 600))
    session.submit(add("distress.cry", 400))
    session.submit(add("seeking.lean", 601))
    assert rows(model) == [("10:01.00", "lean"), ("10:00.00", "reach"), ("6:40.00", "cry")]


def test_rows_come_and_go_without_a_reset(shown):
    session, model, resets = shown
    for at in range(300, 360, 3):
        session.submit(add("distress.cry" if at % 2 else "distress.fuss", at))
    session.submit(DeleteEvents(events=(session.coding.events[4].id,)))
    session.undo()
    session.redo()
    assert model.rowCount() == len(session.coding.events)
    assert [model.event_at(r) for r in range(model.rowCount())] == list(
        reversed(session.coding.events)
    )
    assert resets == []


def test_an_edited_event_keeps_its_row(shown, qtbot):
    session, model, _ = shown
    session.submit(add("seeking.reach", 600))
    event = session.coding.events[0]
    with qtbot.waitSignal(model.dataChanged):
        session.submit(ChangeEvent(event=event.__class__(**fields(event, comment="both arms"))))
    assert model.index(0, Column.COMMENT).data() == "both arms"


def test_a_filter_shows_what_passes_also_for_later_events(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 600))
    model.set_filter(lambda event: event.code.startswith("distress"), session.coding)
    assert model.rowCount() == 0
    session.submit(add("distress.cry", 601))
    session.submit(add("seeking.lean", 602))
    assert rows(model) == [("10:01.00", "cry")]
    model.set_filter(None, session.coding)
    assert model.rowCount() == 3


def test_episode_and_length_are_shown(shown):
    session, model, _ = shown
    session.submit(add("distress.cry", 600))
    assert model.index(0, Column.EPISODE).data() == "EP5"
    assert model.index(0, Column.LENGTH).data() == "open"
    session.submit(add("distress.none", 612.5))
    assert model.index(1, Column.LENGTH).data() == "12.50"


def test_moving_an_episode_changes_the_episode_column(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 572))
    assert model.index(0, Column.EPISODE).data() == "EP5"
    session.submit(mark("EP5", 575))
    assert model.index(0, Column.EPISODE).data() == "EP4"


def test_screen_readers_hear_the_whole_event(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 600, modifiers={"toward": "c"}, comment="left arm"))
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Seeking: Reach, 10:00.000, toward caregiver, left arm"


def test_an_event_of_an_adult_names_the_person():
    value = after(coding(), add("adult_acts.greet", 5, subject=CAREGIVER))
    assert event_detail(value.events[0], infant_scheme()) == "caregiver"


def test_a_point_has_no_length():
    value = after(coding(), add("seeking.reach", 5))
    assert length_text(event_of(value, "seeking.reach")) == ""


def test_the_row_of_an_event_can_be_asked_for(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 600))
    session.submit(add("seeking.lean", 601))
    assert model.row_of(session.coding.events[0].id) == 1
    assert model.row_of(99) is None


def fields(event, **changed):
    names = ("id", "code", "subject", "start_us", "end_us", "modifiers", "comment")
    whole = {name: getattr(event, name) for name in (*names, "start_frame", "end_frame")}
    return whole | changed
