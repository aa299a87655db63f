from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.editing.edits import (
    ChangeEvent,
    CloseEvent,
    DeleteEvents,
    EndSession,
    ImportEvents,
)
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import CAREGIVER, add, after, coding, event_id, event_of, s, spans_of


def test_a_point_has_no_length():
    value = after(coding(), add("seeking.reach", 10))
    assert spans_of(value) == [("seeking.reach", 10.0, 10.0)]
    assert value.events[0].start_frame == value.events[0].end_frame == 250


def test_a_state_stays_open_until_something_ends_it():
    value = after(coding(), add("contact.not_held", 10))
    assert value.events[0].is_open


def test_a_new_exclusive_state_closes_the_old_one_at_the_same_microsecond():
    value = after(coding(), add("contact.not_held", 10), add("contact.held_by_c", 12.345678))
    assert spans_of(value) == [
        ("contact.not_held", 10.0, 12.345678),
        ("contact.held_by_c", 12.345678, None),
    ]
    assert value.events[0].end_frame == value.events[1].start_frame


def test_groups_do_not_close_each_other():
    value = after(coding(), add("contact.not_held", 10), add("distance.far", 12))
    assert spans_of(value, "contact.not_held") == [("contact.not_held", 10.0, None)]


def test_persons_do_not_close_each_other():
    value = after(
        coding(),
        add("presence.in_room", 1, subject=CAREGIVER),
        add("presence.out", 2, subject="stranger"),
    )
    assert event_of(value, "presence.in_room").is_open


def test_a_state_set_into_a_coded_stretch_takes_its_remainder():
    value = after(
        coding(),
        add("distress.none", 10),
        add("distress.cry", 20),
        add("distress.fuss", 15),
    )
    assert spans_of(value) == [
        ("distress.none", 10.0, 15.0),
        ("distress.fuss", 15.0, 20.0),
        ("distress.cry", 20.0, None),
    ]


def test_a_state_set_before_the_first_one_ends_where_that_starts():
    value = after(coding(), add("distress.cry", 20), add("distress.fuss", 15))
    assert spans_of(value) == [("distress.fuss", 15.0, 20.0), ("distress.cry", 20.0, None)]


def test_a_state_at_the_same_time_replaces_the_one_there():
    value = after(coding(), add("distress.cry", 20), add("distress.fuss", 20))
    assert spans_of(value) == [("distress.fuss", 20.0, None)]


def test_a_state_with_a_given_end_may_not_overlap_another():
    start = after(coding(), add("distress.cry", 20, end=30))
    with pytest.raises(EditRefusedError, match=r"distress.fuss at 0:15.000 overlaps distress.cry"):
        after(start, add("distress.fuss", 15, end=25))
    with pytest.raises(EditRefusedError, match="overlaps"):
        after(start, add("distress.fuss", 22, end=25))
    assert len(after(start, add("distress.fuss", 30, end=35)).events) == 2


def test_closing_an_open_state_needs_a_later_frame():
    start = after(coding(), add("play_explore.manipulation", 10))
    number = start.events[0].id
    closed = after(start, CloseEvent(event=number, at_us=s(14), frame=350))
    assert spans_of(closed) == [("play_explore.manipulation", 10.0, 14.0)]
    with pytest.raises(EditRefusedError, match="no length"):
        after(start, CloseEvent(event=number, at_us=s(10)))
    with pytest.raises(EditRefusedError, match="before it starts"):
        after(start, CloseEvent(event=number, at_us=s(9)))
    with pytest.raises(EditRefusedError, match="already ended"):
        after(closed, CloseEvent(event=number, at_us=s(15)))


def test_states_of_a_group_that_is_not_exclusive_may_overlap():
    value = after(
        coding(), add("play_explore.manipulation", 10), add("play_explore.locomotion", 12)
    )
    assert all(event.is_open for event in value.events)


def test_moving_an_edge_takes_the_touching_neighbours_along():
    start = after(
        coding(),
        add("contact.not_held", 10),
        add("contact.held_by_c", 20),
        add("contact.touching_c", 30),
    )
    middle = event_of(start, "contact.held_by_c")
    moved = after(
        start, ChangeEvent(event=replace(middle, start_us=s(18), end_us=s(33), end_frame=825))
    )
    assert spans_of(moved) == [
        ("contact.not_held", 10.0, 18.0),
        ("contact.held_by_c", 18.0, 33.0),
        ("contact.touching_c", 33.0, None),
    ]
    assert event_of(moved, "contact.touching_c").start_frame == 825


def test_an_edge_may_not_be_moved_over_a_whole_neighbour():
    start = after(
        coding(),
        add("contact.not_held", 10),
        add("contact.held_by_c", 20),
        add("contact.touching_c", 30),
    )
    middle = event_of(start, "contact.held_by_c")
    with pytest.raises(EditRefusedError, match="overlaps"):
        after(start, ChangeEvent(event=replace(middle, start_us=s(9))))


def test_changing_the_code_keeps_time_and_number():
    start = after(coding(), add("contact.not_held", 10), add("contact.held_by_c", 20))
    changed = after(
        start, ChangeEvent(event=replace(start.events[1], code="contact.clinging_c", comment="x"))
    )
    assert spans_of(changed)[1] == ("contact.clinging_c", 20.0, None)
    assert changed.events[1].id == start.events[1].id
    assert changed.events[1].comment == "x"


def test_deleting_an_exclusive_state_lets_the_one_before_go_on():
    start = after(
        coding(),
        add("contact.not_held", 10),
        add("contact.held_by_c", 20),
        add("contact.touching_c", 30),
    )
    value = after(start, DeleteEvents(events=(event_of(start, "contact.held_by_c").id,)))
    assert spans_of(value) == [("contact.not_held", 10.0, 30.0), ("contact.touching_c", 30.0, None)]


def test_deleting_the_first_state_leaves_its_time_uncoded():
    start = after(coding(), add("contact.not_held", 10), add("contact.held_by_c", 20))
    value = after(start, DeleteEvents(events=(start.events[0].id,)))
    assert spans_of(value) == [("contact.held_by_c", 20.0, None)]


def test_several_events_are_deleted_together_or_not_at_all():
    start = after(coding(), add("seeking.reach", 1), add("seeking.lean", 2))
    assert after(start, DeleteEvents(events=tuple(e.id for e in start.events))).events == ()
    with pytest.raises(EditRefusedError, match="no event 99"):
        after(start, DeleteEvents(events=(start.events[0].id, event_id(99))))


def test_event_numbers_are_never_used_again():
    start = after(coding(), add("seeking.reach", 1))
    value = after(start, DeleteEvents(events=(event_id(1),)), add("seeking.reach", 2))
    assert value.events[0].id == 2


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (add("seeking.wave", 1), "no code seeking.wave"),
        (add("seeking.reach", 1, subject=CAREGIVER), "not coded for caregiver"),
        (add("seeking.reach", -1), "outside the video"),
        (add("seeking.reach", 1401), "outside the video"),
        (add("contact.not_held", 1390, end=1401), "outside the video"),
        (add("contact.not_held", 10, end=9), "ends before it starts"),
        (add("contact.not_held", 10, end=10), "no length"),
        (add("seeking.reach", 1, modifiers={"toward": "moon"}), "no value 'moon'"),
        (add("contact.not_held", 1, modifiers={"toward": "c"}), "takes no modifier toward"),
    ],
)
def test_a_wrong_event_is_refused_with_its_reason(edit, message):
    with pytest.raises(EditRefusedError, match=message):
        after(coding(), edit)


def test_nothing_after_the_session_end_can_be_scored():
    start = after(coding(), EndSession(at_us=s(100)))
    with pytest.raises(EditRefusedError, match="after the end of the session"):
        after(start, add("seeking.reach", 100))
    with pytest.raises(EditRefusedError, match="after the end of the session"):
        after(start, add("contact.not_held", 90, end=101))
    assert len(after(start, add("seeking.reach", 99.96)).events) == 1


def test_modifiers_are_kept_in_the_order_of_the_code():
    value = after(coding(), add("seeking.reach", 1, modifiers={"intensity": "2", "toward": "c"}))
    assert value.events[0].modifiers == (("toward", "c"), ("intensity", "2"))
    assert value.events[0].modifier("toward") == "c"
    assert value.events[0].modifier("nothing") == ""


def test_imported_events_get_new_numbers_and_are_taken_whole():
    start = after(coding(), add("seeking.reach", 1))
    source = after(coding(), add("distress.cry", 5, end=8), add("affect.smile", 9)).events
    value = after(start, ImportEvents(events=source, source="a.csv"))
    assert [event.id for event in value.events] == [1, 2, 3]
    assert value.next_event == 4


def test_an_import_with_one_wrong_event_changes_nothing():
    good = after(coding(), add("distress.cry", 5, end=8)).events[0]
    wrong = replace(good, start_us=s(7), end_us=s(9))
    with pytest.raises(EditRefusedError, match="overlaps"):
        after(coding(), ImportEvents(events=(good, wrong), source="a.csv"))


def test_an_import_may_not_overlap_what_is_there():
    start = after(coding(), add("distress.cry", 5, end=8))
    other = replace(start.events[0], code="distress.fuss", start_us=s(6))
    with pytest.raises(EditRefusedError, match="overlaps"):
        after(start, ImportEvents(events=(other,), source="a.csv"))


def test_states_that_follow_each_other_are_deleted_together_and_the_one_before_goes_on():
    value = coding()
    for at, code in enumerate(("none", "fuss", "cry", "fuss")):
        value = after(value, add(f"distress.{code}", 10 * at))
    for order in ((1, 2), (2, 1)):
        named = tuple(value.events[place].id for place in order)
        left = after(value, DeleteEvents(events=named))
        assert spans_of(left) == [("distress.none", 0.0, 30.0), ("distress.fuss", 30.0, None)]
