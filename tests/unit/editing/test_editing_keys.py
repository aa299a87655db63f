from __future__ import annotations

import pytest

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.editing.edits import AddEvent, ChangeEvent, CloseEvent
from ssp_coder.editing.keys import (
    BoardState,
    Notice,
    Press,
    bar_event,
    route_code,
    route_key,
)
from ssp_coder.editing.running import RunningStates
from tests.builders import CAREGIVER, INFANT, STRANGER, add, after, coding, infant_scheme, s
from tests.situations import press_at, situation

SCHEME = infant_scheme()
START = BoardState(subject=INFANT)


def press(code: str, at: float) -> Press:
    return Press(key=SCHEME.keymap.key_for(CodeId(code)), at_us=s(at), frame=round(at * 25))


def test_a_bound_key_records_its_code_at_the_painted_frame():
    routed = route_key(press("distress.cry", 12.4), START, situation(coding()))
    assert routed.edit == AddEvent(code="distress.cry", subject=INFANT, at_us=s(12.4), frame=310)


def test_a_key_without_a_code_asks_for_nothing():
    routed = route_key(Press(key="€", at_us=s(1)), START, situation(coding()))
    assert (routed.edit, routed.notice) == (None, Notice.UNBOUND)


def test_an_exclusive_state_that_runs_is_left_alone():
    value = after(coding(), add("distress.cry", 1))
    routed = route_key(press("distress.cry", 5), START, situation(value))
    assert (routed.edit, routed.notice) == (None, Notice.ALREADY_OPEN)


def test_the_second_press_ends_a_state_that_is_not_exclusive():
    value = after(coding(), add("play_explore.manipulation", 1))
    routed = route_code(
        CodeId("play_explore.manipulation"), Press(key="", at_us=s(5)), START, situation(value)
    )
    assert routed.edit == CloseEvent(event=value.events[0].id, at_us=s(5), frame=None)


def test_a_point_opens_the_modifier_bar_and_a_second_key_sets_a_modifier():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, situation(value))
    value = after(value, routed.edit)
    event = bar_event(routed.state, value, s(9))
    assert event is not None
    toward = SCHEME.ethogram.modifier("toward").values[0]
    chosen = route_key(Press(key=toward.key, at_us=s(9)), routed.state, situation(value))
    assert isinstance(chosen.edit, ChangeEvent)
    assert chosen.edit.event.modifiers == (("toward", toward.id),)
    assert chosen.edit.event.start_us == s(5)
    value = after(value, chosen.edit)
    again = route_key(Press(key=toward.key, at_us=s(9)), chosen.state, situation(value))
    assert again.edit.event.modifiers == ()


def test_any_other_code_key_closes_the_bar():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, situation(value))
    value = after(value, routed.edit)
    after_state = route_key(press("contact.held_by_c", 6), routed.state, situation(value))
    assert after_state.state.bar_event is None
    assert after_state.edit.code == "contact.held_by_c"


def test_a_key_that_is_both_belongs_to_the_bar_only_near_its_event():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, situation(value))
    value = after(value, routed.edit)
    near = route_key(press("distress.cry", 10), routed.state, situation(value))
    assert isinstance(near.edit, ChangeEvent)
    late = route_key(press("distress.cry", 10.04), routed.state, situation(value))
    assert late.edit.code == "distress.cry"


def test_a_bar_whose_event_was_undone_is_closed():
    routed = route_key(press("seeking.reach", 5), START, situation(coding()))
    assert bar_event(routed.state, coding(), s(5)) is None
    assert bar_event(START, coding(), s(5)) is None


@pytest.mark.parametrize(
    ("chosen", "expected"), [(STRANGER, STRANGER), (CAREGIVER, CAREGIVER), (INFANT, CAREGIVER)]
)
def test_an_adult_act_is_coded_for_the_chosen_adult(chosen, expected):
    routed = route_code(
        CodeId("adult_acts.greet"),
        Press(key="", at_us=s(1)),
        BoardState(subject=chosen),
        situation(coding()),
    )
    assert routed.edit.subject == expected


def test_running_codes_are_those_that_cover_the_time():
    value = after(coding(), add("distress.none", 1), add("distress.cry", 5), add("gaze.to_c", 2))
    running = RunningStates(value.events)
    assert running.codes_at(s(3)) == {("distress.none", INFANT), ("gaze.to_c", INFANT)}
    assert running.codes_at(s(5)) == {("distress.cry", INFANT), ("gaze.to_c", INFANT)}
    assert running.codes_at(s(0.5)) == frozenset()


def test_a_code_outside_the_pass_is_not_recorded_and_says_which():
    routed = route_key(press("distress.cry", 5), START, situation(coding(), ("gaze",)))
    assert (routed.edit, routed.notice, routed.code) == (None, Notice.OUTSIDE, "distress.cry")
    assert route_key(press("gaze.to_c", 5), START, situation(coding(), ("gaze",))).edit is not None


def test_a_modifier_is_set_whatever_the_pass():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, situation(value, ("seeking",)))
    value = after(value, routed.edit)
    chosen = route_key(Press(key="c", at_us=s(5)), routed.state, situation(value, ("seeking",)))
    assert isinstance(chosen.edit, ChangeEvent)


def test_a_state_that_has_an_end_is_not_begun_again_inside_itself():
    value = after(coding(), add("play_explore.manipulation", 1, end=9))
    routed = route_key(press("play_explore.manipulation", 5), START, situation(value))
    assert (routed.edit, routed.notice) == (None, Notice.ALREADY_OPEN)


def meant(code: str, painted: float, at: float) -> Press:
    return press_at(painted, code, meant=at)


def test_the_lag_is_taken_off_the_painted_frame_and_kept_with_the_edit():
    edit = route_key(meant("seeking.reach", 10, 9.76), START, situation(coding())).edit
    assert (edit.at_us, edit.frame, edit.lag_us) == (s(9.76), 244, 240_000)


def test_without_a_lag_nothing_is_taken_off():
    edit = route_key(press("seeking.reach", 10), START, situation(coding())).edit
    assert (edit.at_us, edit.lag_us) == (s(10), 0)


def test_a_lag_never_makes_a_state_end_before_it_begins():
    value = after(coding(), add("play_explore.manipulation", 10))
    routed = route_key(meant("play_explore.manipulation", 10.12, 9.88), START, situation(value))
    (event,) = after(value, routed.edit).events
    assert (event.start_us, event.end_us, event.end_lag_us) == (s(10), s(10.04), 80_000)


def test_a_lag_leaves_the_state_before_a_frame():
    value = after(coding(), add("distress.none", 10))
    routed = route_key(meant("distress.cry", 10.12, 9.88), START, situation(value))
    first, second = after(value, routed.edit).events
    assert (first.start_us, first.end_us) == (s(10), s(10.04))
    assert (second.start_us, second.start_lag_us, second.is_open) == (s(10.04), 80_000, True)


def test_a_lag_moves_the_change_between_states_of_a_group():
    value = after(coding(), add("distress.none", 1))
    value = after(value, route_key(meant("distress.cry", 10, 9.76), START, situation(value)).edit)
    assert [(e.start_us, e.end_us) for e in value.events] == [(s(1), s(9.76)), (s(9.76), None)]
    routed = route_key(meant("distress.cry", 10.04, 9.8), START, situation(value))
    assert routed.notice is Notice.ALREADY_OPEN
