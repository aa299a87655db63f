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
    running_codes,
)
from tests.builders import CAREGIVER, INFANT, STRANGER, add, after, coding, infant_scheme, s

SCHEME = infant_scheme()
START = BoardState(subject=INFANT)


def press(code: str, at: float) -> Press:
    return Press(key=SCHEME.keymap.key_for(CodeId(code)), at_us=s(at), frame=round(at * 25))


def test_a_bound_key_records_its_code_at_the_painted_frame():
    routed = route_key(press("distress.cry", 12.4), START, coding(), SCHEME, SCHEME.keymap)
    assert routed.edit == AddEvent(code="distress.cry", subject=INFANT, at_us=s(12.4), frame=310)


def test_a_key_without_a_code_asks_for_nothing():
    routed = route_key(Press(key="€", at_us=s(1)), START, coding(), SCHEME, SCHEME.keymap)
    assert (routed.edit, routed.notice) == (None, Notice.UNBOUND)


def test_an_exclusive_state_that_runs_is_left_alone():
    value = after(coding(), add("distress.cry", 1))
    routed = route_key(press("distress.cry", 5), START, value, SCHEME, SCHEME.keymap)
    assert (routed.edit, routed.notice) == (None, Notice.ALREADY_OPEN)


def test_the_second_press_ends_a_state_that_is_not_exclusive():
    value = after(coding(), add("play_explore.manipulation", 1))
    routed = route_code(
        CodeId("play_explore.manipulation"), Press(key="", at_us=s(5)), START, value, SCHEME
    )
    assert routed.edit == CloseEvent(event=value.events[0].id, at_us=s(5), frame=None)


def test_a_point_opens_the_modifier_bar_and_a_second_key_sets_a_modifier():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, value, SCHEME, SCHEME.keymap)
    value = after(value, routed.edit)
    event = bar_event(routed.state, value, s(9))
    assert event is not None
    toward = SCHEME.ethogram.modifier("toward").values[0]
    chosen = route_key(
        Press(key=toward.key, at_us=s(9)), routed.state, value, SCHEME, SCHEME.keymap
    )
    assert isinstance(chosen.edit, ChangeEvent)
    assert chosen.edit.event.modifiers == (("toward", toward.id),)
    assert chosen.edit.event.start_us == s(5)
    value = after(value, chosen.edit)
    again = route_key(Press(key=toward.key, at_us=s(9)), chosen.state, value, SCHEME, SCHEME.keymap)
    assert again.edit.event.modifiers == ()


def test_any_other_code_key_closes_the_bar():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, value, SCHEME, SCHEME.keymap)
    value = after(value, routed.edit)
    after_state = route_key(
        press("contact.held_by_c", 6), routed.state, value, SCHEME, SCHEME.keymap
    )
    assert after_state.state.bar_event is None
    assert after_state.edit.code == "contact.held_by_c"


def test_a_key_that_is_both_belongs_to_the_bar_only_near_its_event():
    value = coding()
    routed = route_key(press("seeking.reach", 5), START, value, SCHEME, SCHEME.keymap)
    value = after(value, routed.edit)
    near = route_key(press("distress.cry", 10), routed.state, value, SCHEME, SCHEME.keymap)
    assert isinstance(near.edit, ChangeEvent)
    late = route_key(press("distress.cry", 10.04), routed.state, value, SCHEME, SCHEME.keymap)
    assert late.edit.code == "distress.cry"


def test_a_bar_whose_event_was_undone_is_closed():
    routed = route_key(press("seeking.reach", 5), START, coding(), SCHEME, SCHEME.keymap)
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
        coding(),
        SCHEME,
    )
    assert routed.edit.subject == expected


def test_running_codes_are_those_that_cover_the_time():
    value = after(coding(), add("distress.none", 1), add("distress.cry", 5), add("gaze.to_c", 2))
    assert running_codes(value, s(3)) == {("distress.none", INFANT), ("gaze.to_c", INFANT)}
    assert running_codes(value, s(5)) == {("distress.cry", INFANT), ("gaze.to_c", INFANT)}
    assert running_codes(value, s(0.5)) == frozenset()
