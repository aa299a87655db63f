from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from ssp_coder.domain.coding import Comment, CommentId, CommentKind
from ssp_coder.editing.edits import ChangeEvent, DeleteEvents, PutComment
from ssp_coder.ui.code.events_model import MANY, EventsModel
from ssp_coder.ui.code.table_columns import Column, event_detail, length_text
from ssp_coder.ui.code.table_filter import SHOW_ALL, EventFilter
from tests.builders import (
    CAREGIVER,
    add,
    after,
    coding,
    event_of,
    infant_scheme,
    mark,
    s,
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
        session.submit(ChangeEvent(event=replace(event, comment="both arms")))
    assert model.index(0, Column.COMMENT).data() == "both arms"


def test_a_filter_shows_what_passes_also_for_later_events(shown):
    session, model, resets = shown
    session.submit(add("seeking.reach", 600))
    model.set_filter(EventFilter(groups=frozenset({"distress"})), session.coding)
    assert model.rowCount() == 0
    session.submit(add("distress.cry", 601))
    session.submit(add("seeking.lean", 602))
    assert rows(model) == [("10:01.00", "cry")]
    model.set_filter(SHOW_ALL, session.coding)
    assert model.rowCount() == 3
    assert resets == []


def test_an_event_that_no_longer_passes_leaves_and_comes_back(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 600, comment="left"))
    session.submit(add("seeking.reach", 610))
    model.set_filter(EventFilter(commented=True), session.coding)
    assert rows(model) == [("10:00.00", "reach")]
    event = session.coding.events[0]
    session.submit(ChangeEvent(event=replace(event, comment="")))
    assert rows(model) == []
    session.undo()
    assert rows(model) == [("10:00.00", "reach")]


def coded(session):
    session.submit(add("seeking.reach", 600, modifiers={"toward": "c"}))
    session.submit(add("distress.cry", 605, end=609))
    session.submit(add("avoidance.ignore", 1000, comment="looks at the lamp"))
    session.submit(add("adult_acts.greet", 300, subject=CAREGIVER))


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (EventFilter(), ["ignore", "cry", "reach", "greet"]),
        (EventFilter(codes=frozenset({"seeking.reach"})), ["reach"]),
        (
            EventFilter(codes=frozenset({"seeking.reach"}), groups=frozenset({"distress"})),
            ["cry", "reach"],
        ),
        (EventFilter(subjects=frozenset({CAREGIVER})), ["greet"]),
        (EventFilter(episodes=frozenset({"EP5"})), ["cry", "reach"]),
        (EventFilter(commented=True), ["ignore"]),
        (EventFilter(text="LAMP"), ["ignore"]),
        (EventFilter(text="caregiver"), ["reach", "greet"]),
        (EventFilter(text="seek caregiver"), ["reach"]),
        (EventFilter(text="seek lamp"), []),
        (EventFilter(text="toward", episodes=frozenset({"EP5"})), ["reach"]),
    ],
)
def test_wishes_are_alternatives_within_and_conditions_between(shown, wanted, codes):
    session, model, _ = shown
    coded(session)
    model.set_filter(wanted, session.coding)
    assert [row[1] for row in rows(model)] == codes


def test_events_outside_all_episodes_can_be_asked_for(shown):
    session, model, _ = shown
    session.submit(add("seeking.reach", 1))
    session.submit(add("seeking.lean", 600))
    session.submit(mark("EP1", 5))
    model.set_filter(EventFilter(episodes=frozenset({""})), session.coding)
    assert rows(model) == [("0:01.00", "reach")]


def test_a_filter_by_episode_follows_a_moved_episode(shown):
    session, model, resets = shown
    session.submit(add("seeking.reach", 572))
    model.set_filter(EventFilter(episodes=frozenset({"EP5"})), session.coding)
    assert model.rowCount() == 1
    session.submit(mark("EP5", 575))
    assert model.rowCount() == 0
    session.undo()
    assert model.rowCount() == 1
    assert resets == []


@pytest.mark.parametrize("falling", [True, False])
@pytest.mark.parametrize("column", list(Column))
def test_rows_are_sorted_by_every_column_and_stay_so_while_coding(shown, column, falling):
    session, model, resets = shown
    coded(session)
    model.sort_by(column, falling=falling, coding=session.coding)
    session.submit(add("seeking.lean", 606, comment="again"))
    session.submit(add("distress.fuss", 300, end=305))
    event = session.coding.events[2]
    session.submit(ChangeEvent(event=replace(event, start_us=s(601), end_us=s(601))))
    shown_now = [model.event_at(row) for row in range(model.rowCount())]
    again = EventsModel(model._theme, session.scheme)
    again.sort_by(column, falling=falling, coding=session.coding)
    again.show_coding(session.coding)
    assert shown_now == [again.event_at(row) for row in range(again.rowCount())]
    assert model.sorted_by == (column, falling)
    assert resets == []


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (Column.START, "greet"),
        (Column.CODE, "cry"),
        (Column.SUBJECT, "greet"),
        (Column.DETAIL, "reach"),
        (Column.COMMENT, "ignore"),
        (Column.EPISODE, "greet"),
    ],
)
def test_rising_order_begins_with_the_smallest_and_ends_with_what_is_empty(shown, column, first):
    session, model, _ = shown
    coded(session)
    model.sort_by(column, falling=False, coding=session.coding)
    assert rows(model)[0][1] == first


def test_a_running_state_is_the_longest(shown):
    session, model, _ = shown
    coded(session)
    session.submit(add("gaze.to_c", 700))
    model.sort_by(Column.LENGTH, falling=True, coding=session.coding)
    lengths = [model.index(row, Column.LENGTH).data() for row in range(3)]
    assert lengths == ["open", "open", "4.00"]


def test_very_many_changes_at_once_are_two_steps_for_the_list(shown):
    session, model, resets = shown
    for at in range(MANY + 5):
        session.submit(add("seeking.reach", 300 + at))
    steps = []
    model.rowsRemoved.connect(lambda *_: steps.append("out"))
    model.rowsInserted.connect(lambda *_: steps.append("in"))
    ids = tuple(event.id for event in session.coding.events[2:])
    session.submit(DeleteEvents(events=ids))
    assert model.rowCount() == 2
    session.undo()
    assert model.rowCount() == MANY + 5
    assert steps == ["out", "in"]
    assert resets == []


def test_a_narrower_filter_leaves_the_rows_at_both_ends_alone(shown):
    session, model, _ = shown
    for at, code in enumerate(("reach", "lean", "reach", "reach")):
        session.submit(add(f"seeking.{code}", 600 + at))
    gone = []
    model.rowsRemoved.connect(lambda _parent, first, last: gone.append((first, last)))
    model.set_filter(EventFilter(codes=frozenset({"seeking.reach"})), session.coding)
    assert gone == [(2, 2)]


def test_only_what_can_be_typed_can_be_edited(shown):
    session, model, _ = shown
    coded(session)

    def editable(row):
        flags = [model.index(row, column).flags() for column in Column]
        return {c for c in Column if flags[c] & Qt.ItemFlag.ItemIsEditable}

    words = {Column.START, Column.SUBJECT, Column.CODE, Column.DETAIL, Column.COMMENT}
    assert editable(2) == words
    assert editable(1) == words | {Column.END, Column.LENGTH}
    model.set_locked(True)
    assert editable(1) == set()


def test_an_event_with_a_comment_of_its_own_has_a_sign(shown):
    session, model, _ = shown
    coded(session)
    event = model.event_at(0).id
    assert model.index(0, Column.COMMENT).data(Qt.ItemDataRole.DecorationRole) is None
    said = Comment(id=CommentId(0), kind=CommentKind.QUESTION, words="Is it?", event=event)
    session.submit(PutComment(comment=said))
    assert model.index(0, Column.COMMENT).data(Qt.ItemDataRole.DecorationRole) is not None
    model.set_filter(EventFilter(commented=True), session.coding)
    assert model.rowCount() == 1
    session.undo()
    assert model.rowCount() == 1, "it has its own words"


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
