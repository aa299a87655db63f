from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.editing.keys import BAR_REACH_US, BoardState, Notice, Press, route_key
from ssp_coder.ui.code.key_filter import KeyFilter
from tests.builders import CAREGIVER, INFANT, STRANGER, after, coding, infant_scheme, s
from tests.situations import situation

SCHEME = infant_scheme()
BINDINGS = tuple(
    (SCHEME.keymap.key_for(code.id), code.id)
    for group in SCHEME.ethogram.groups
    for code in group.codes
    if SCHEME.keymap.key_for(code.id)
)
CODES = tuple(
    (code.id, person)
    for group in SCHEME.ethogram.groups
    for code in group.codes
    for person in group.subjects
)
LASTING = tuple(
    (key, code)
    for key, code in BINDINGS
    if SCHEME.ethogram.code(code).kind is CodeKind.STATE
    and not SCHEME.ethogram.group_of(code).exclusive
)
EXCLUSIVE = tuple(
    (key, code)
    for key, code in BINDINGS
    if SCHEME.ethogram.code(code).kind is CodeKind.STATE
    and SCHEME.ethogram.group_of(code).exclusive
)


@pytest.mark.parametrize(("key", "code"), BINDINGS, ids=[key for key, _ in BINDINGS])
def test_every_key_of_the_key_map_records_its_code(fresh, key, code):
    fresh.press(key)
    (event,) = fresh.events
    assert event.code == code
    assert event.subject in SCHEME.ethogram.group_of(code).subjects
    assert (event.start_us, event.start_frame) == (s(600), 15000)
    is_point = SCHEME.ethogram.code(code).kind is CodeKind.POINT
    assert event.end_us == (event.start_us if is_point else None)


@pytest.mark.parametrize(("code", "person"), CODES, ids=["/".join(pair) for pair in CODES])
def test_every_code_of_every_person_is_recorded_by_a_click(fresh, code, person):
    if person != INFANT:
        fresh.page.board.show_subject(person)
        fresh.page.board.subject_chosen.emit(person)
    fresh.page.board.button(code).click()
    assert [(event.code, event.subject) for event in fresh.events] == [(code, person)]


@pytest.mark.parametrize(("key", "code"), LASTING, ids=[key for key, _ in LASTING])
def test_a_second_press_ends_a_state_that_is_not_exclusive(fresh, key, code):
    fresh.press(key)
    fresh.at(604)
    fresh.press(key)
    (event,) = fresh.events
    assert (event.start_us, event.end_us, event.end_frame) == (s(600), s(604), 15100)
    fresh.at(605)
    fresh.press(key)
    assert [event.start_us for event in fresh.events] == [s(600), s(605)]


@pytest.mark.parametrize(("key", "code"), EXCLUSIVE, ids=[key for key, _ in EXCLUSIVE])
def test_a_second_press_leaves_an_exclusive_state_alone(fresh, key, code):
    fresh.press(key)
    before = fresh.coding
    fresh.at(604)
    fresh.press(key)
    assert fresh.coding == before
    assert fresh.events[0].is_open


@pytest.mark.parametrize("key", ["/", "-", "=", ";", "shift+0", "shift+/"])
def test_a_key_without_a_code_records_nothing(fresh, key):
    fresh.press(key)
    assert fresh.events == ()


def test_shift_makes_another_code_of_the_same_key(fresh):
    fresh.press("y")
    fresh.at(610)
    fresh.press("shift+y")
    assert [event.code for event in fresh.events] == ["seeking.full_approach", "seeking.clamber"]


def test_the_keyboard_itself_records_with_and_without_shift(desk):
    keys = KeyFilter(desk.page, lambda: True)
    keys.key_pressed.connect(desk.page.take_key)
    QApplication.instance().installEventFilter(keys)
    try:
        desk.page.setFocus()
        QTest.keyClick(desk.page, Qt.Key.Key_3)
        QTest.keyClick(desk.page, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    finally:
        QApplication.instance().removeEventFilter(keys)
    assert {event.code for event in desk.events} == {"distress.cry", "resistance.kick"}


def test_another_state_of_the_group_ends_the_running_one_at_the_same_frame(fresh):
    fresh.press("1")
    fresh.at(610)
    fresh.press("3")
    first, second = fresh.events
    assert (first.end_us, first.end_frame) == (second.start_us, second.start_frame)
    assert second.is_open
    fresh.session.undo()
    assert [event.is_open for event in fresh.events] == [True]


def test_states_of_different_groups_run_side_by_side(fresh):
    fresh.press("3", "q", "s", "z")
    assert len({event.code for event in fresh.events}) == 4
    assert all(event.is_open for event in fresh.events)


@pytest.mark.parametrize("person", [CAREGIVER, STRANGER])
def test_keys_of_adults_go_to_the_adult_that_is_chosen(fresh, person):
    fresh.page.board._subjects.part(person).click()
    fresh.press("shift+q", "shift+g")
    assert {event.subject for event in fresh.events} == {person}


def test_keys_of_the_infant_stay_with_the_infant_while_an_adult_is_chosen(fresh):
    fresh.page.board._subjects.part(STRANGER).click()
    fresh.press("3")
    assert fresh.events[0].subject == INFANT


def test_two_adults_may_each_be_in_the_room(fresh):
    for person in (CAREGIVER, STRANGER):
        fresh.page.board._subjects.part(person).click()
        fresh.press("shift+q")
    assert [event.is_open for event in fresh.events] == [True, True]


@pytest.mark.parametrize("seconds", [600, 597, 604.8])
def test_a_key_near_the_event_is_its_modifier(fresh, seconds):
    fresh.press("i")
    fresh.at(seconds)
    fresh.press("c")
    assert [(event.code, event.modifiers) for event in fresh.events] == [
        ("seeking.reach", (("toward", "c"),))
    ]


@pytest.mark.parametrize("away", [1, -1])
def test_a_key_far_from_the_event_is_a_code_again(fresh, away):
    fresh.press("i")
    fresh.at(600 + away * (BAR_REACH_US / 1e6 + 0.04))
    fresh.press("c")
    assert {(event.code, event.modifiers) for event in fresh.events} == {
        ("seeking.reach", ()),
        ("gaze.to_toy", ()),
    }


def test_the_same_modifier_key_twice_takes_it_back(fresh):
    fresh.press("i", "3", "3")
    assert [(event.code, event.modifiers) for event in fresh.events] == [("seeking.reach", ())]


def test_another_value_replaces_the_first(fresh):
    fresh.press("i", "1", "3", "c", "s")
    assert dict(fresh.events[0].modifiers) == {"intensity": "3", "toward": "s"}


def test_a_code_that_is_no_modifier_closes_the_bar(fresh):
    fresh.press("i", "5", "c")
    assert fresh.events[0].modifiers == ()


keys = st.sampled_from([key for key, _ in BINDINGS])
steps = st.integers(min_value=-200, max_value=400)


@settings(max_examples=60)
@given(st.lists(st.tuples(keys, steps), max_size=25))
def test_exclusive_states_never_overlap_whatever_is_pressed(presses):
    value, state, frame = coding(), BoardState(subject=INFANT), 15000
    for key, by in presses:
        frame = max(0, frame + by)
        press = Press(key=key, at_us=s(frame / 25), frame=frame)
        routed = route_key(press, state, situation(value))
        assert routed.notice in (Notice.NONE, Notice.ALREADY_OPEN)
        value = value if routed.edit is None else after(value, routed.edit)
        state = routed.state
    for group in SCHEME.ethogram.groups:
        for person in group.subjects if group.exclusive else ():
            spans = sorted(
                (event.start_us, float("inf") if event.end_us is None else event.end_us)
                for event in value.events
                if event.subject == person and event.code in {code.id for code in group.codes}
            )
            assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_many_keys_in_a_row_can_all_be_taken_back_and_done_again(fresh):
    begun = fresh.session.document.history.last_seq
    for place, (key, _) in enumerate(BINDINGS[:30]):
        fresh.at(600 + place)
        fresh.press(key)
    done = fresh.events
    assert fresh.session.document.history.last_seq > begun
    for _ in BINDINGS[:30]:
        fresh.session.undo()
    assert fresh.events == ()
    for _ in BINDINGS[:30]:
        fresh.session.redo()
    assert fresh.events == done
