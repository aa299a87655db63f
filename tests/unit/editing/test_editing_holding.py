from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.editing.edits import AddEvent, ChangeEvents, CloseEvent
from ssp_coder.editing.holding import let_go
from ssp_coder.editing.keys import BoardState, Hold, Notice, route_code, route_key
from tests.builders import INFANT, add, after, coding, event_of, s, spans_of
from tests.situations import press_at, situation

HELD = BoardState(subject=INFANT, hold=Hold.WHILE_DOWN)


def down(value, code, at):
    """The coding after a key went down, and the id it holds."""
    routed = route_key(press_at(at, code), HELD, situation(value))
    return after(value, *([routed.edit] if routed.edit else [])), routed.held


def up(value, held, at, meant=None):
    event = next(event for event in value.events if event.id == held)
    return let_go(event, press_at(at, meant=meant), situation(value))


def test_a_state_runs_from_key_down_to_key_up():
    value, held = down(coding(), "gaze.to_c", 5)
    end = up(value, held, 8)
    assert end.edit == CloseEvent(event=held, at_us=s(8), frame=200, held=True)
    assert end.notice is Notice.NONE


def test_a_point_holds_nothing():
    _, held = down(coding(), "seeking.reach", 5)
    assert held is None


def test_without_hold_no_key_holds_a_state():
    routed = route_key(press_at(5, "gaze.to_c"), BoardState(subject=INFANT), situation(coding()))
    assert isinstance(routed.edit, AddEvent)
    assert routed.held is None


def test_a_state_of_an_exclusive_group_ends_without_a_follower():
    value = after(coding(), add("distress.none", 0))
    value, held = down(value, "distress.cry", 5)
    value = after(value, up(value, held, 8).edit)
    assert spans_of(value) == [("distress.none", 0, 5), ("distress.cry", 5, 8)]


def test_a_key_of_a_state_that_runs_takes_it_over():
    value = after(coding(), add("distress.cry", 1))
    same, held = down(value, "distress.cry", 5)
    assert same == value
    assert after(value, up(value, held, 8).edit).events[0].end_us == s(8)


def test_what_another_key_of_the_group_ended_is_left_alone():
    value, first = down(coding(), "distress.cry", 5)
    value, second = down(value, "distress.fuss", 7)
    assert up(value, first, 9).edit is None
    value = after(value, up(value, second, 9).edit)
    assert spans_of(value) == [("distress.cry", 5, 7), ("distress.fuss", 7, 9)]


@pytest.mark.parametrize("at", [5, 4.2])
def test_key_down_and_up_in_one_frame_make_a_state_of_one_frame_and_say_so(at):
    value, held = down(coding(), "gaze.to_c", 5)
    end = up(value, held, at)
    assert end.notice is Notice.ONE_FRAME
    event = event_of(after(value, end.edit), "gaze.to_c")
    assert (event.start_us, event.end_us, event.end_frame) == (s(5), s(5.04), 126)


def test_a_state_held_inside_another_one_is_cut_at_key_up_and_moves_no_neighbour():
    value = after(coding(), add("distress.none", 0, end=20), add("distress.fuss", 20, end=30))
    value, held = down(value, "distress.cry", 5)
    end = up(value, held, 8)
    assert isinstance(end.edit, ChangeEvents)
    value = after(value, end.edit)
    assert spans_of(value) == [
        ("distress.none", 0, 5),
        ("distress.cry", 5, 8),
        ("distress.fuss", 20, 30),
    ]


def test_the_lag_is_taken_off_both_ends():
    value = coding()
    press = press_at(10, "gaze.to_c", meant=9.76)
    routed = route_key(press, HELD, situation(value))
    value = after(value, routed.edit)
    value = after(value, up(value, routed.held, 12, meant=11.76).edit)
    (event,) = value.events
    assert (event.start_us, event.end_us) == (s(9.76), s(11.76))
    assert (event.start_lag_us, event.end_lag_us) == (240_000, 240_000)
    assert (event.start_frame, event.end_frame) == (244, 294)


def test_a_state_held_in_front_of_another_keeps_the_lag_of_its_key_up():
    later = AddEvent(code="distress.none", subject=INFANT, at_us=s(20), lag_us=240_000)
    value = after(coding(), later)
    routed = route_key(press_at(10, "distress.cry", meant=9.76), HELD, situation(value))
    value = after(value, routed.edit)
    assert event_of(value, "distress.cry").end_lag_us == 240_000
    value = after(value, up(value, routed.held, 12, meant=11.76).edit)
    held = event_of(value, "distress.cry")
    assert (held.end_us, held.end_lag_us) == (s(11.76), 240_000)


def test_an_end_dragged_afterwards_owes_nothing_to_the_lag():
    value = coding()
    routed = route_key(press_at(10, "gaze.to_c", meant=9.76), HELD, situation(value))
    value = after(value, routed.edit)
    value = after(value, up(value, routed.held, 12, meant=11.76).edit)
    (event,) = value.events
    value = after(value, ChangeEvents(events=(replace(event, end_us=s(13)),)))
    assert (value.events[0].start_lag_us, value.events[0].end_lag_us) == (240_000, 0)


def test_a_state_begun_at_rest_keeps_a_frame_when_the_lag_would_end_it_before():
    value, held = down(coding(), "gaze.to_c", 10)
    value = after(value, up(value, held, 10.12, meant=9.88).edit)
    (event,) = value.events
    assert (event.start_us, event.end_us) == (s(10), s(10.04))
    assert event.end_lag_us == 80_000


def test_a_held_code_outside_the_pass_holds_nothing():
    value = coding()
    routed = route_code(CodeId("gaze.to_c"), press_at(5), HELD, situation(value, ("distress",)))
    assert (routed.edit, routed.held, routed.notice) == (None, None, Notice.OUTSIDE)


def test_holding_is_kept_from_press_to_press():
    routed = route_key(press_at(5, "seeking.reach"), HELD, situation(coding()))
    assert routed.state == replace(HELD, bar_event=1)


def test_a_state_that_has_an_end_already_is_not_taken_over():
    value = after(coding(), add("distress.cry", 1, end=9))
    routed = route_key(press_at(5, "distress.cry"), HELD, situation(value))
    assert (routed.edit, routed.held, routed.notice) == (None, None, Notice.ALREADY_OPEN)
