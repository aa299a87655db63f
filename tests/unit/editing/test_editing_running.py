from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.time import Micros
from ssp_coder.editing.running import RunningStates
from tests.builders import CAREGIVER, INFANT, add, after, coding, infant_scheme, s

CRY, GAZE, REACH = CodeId("distress.cry"), CodeId("gaze.to_c"), CodeId("seeking.reach")


def running(*edits) -> RunningStates:
    return RunningStates(after(coding(), *edits).events)


def test_a_state_covers_its_start_and_not_its_end():
    states = running(add("distress.cry", 1, end=3))
    assert states.of_code(CRY, INFANT, s(0.99)) is None
    assert states.of_code(CRY, INFANT, s(1)).code == CRY
    assert states.of_code(CRY, INFANT, s(2.99)).code == CRY
    assert states.of_code(CRY, INFANT, s(3)) is None


def test_an_open_state_runs_for_ever():
    assert running(add("distress.cry", 1)).of_code(CRY, INFANT, s(5000)).is_open


def test_a_point_runs_never():
    states = running(add("seeking.reach", 1))
    assert states.of_code(REACH, INFANT, s(1)) is None
    assert states.codes_at(s(1)) == frozenset()
    assert states.state(EventId(1)) is None


def test_a_state_of_another_person_is_another_state():
    states = running(add("presence.in_room", 1, CAREGIVER))
    assert states.of_code(CodeId("presence.in_room"), INFANT, s(2)) is None
    assert states.codes_at(s(2)) == {("presence.in_room", CAREGIVER)}


def test_a_group_gives_the_state_that_runs_in_it():
    group = infant_scheme().ethogram.group_of(CRY)
    states = running(add("distress.none", 1), add("distress.cry", 5))
    assert states.of_group(group, INFANT, s(2)).code == "distress.none"
    assert states.of_group(group, INFANT, s(6)).code == "distress.cry"
    assert states.of_group(group, INFANT, s(0)) is None


def test_states_of_a_person_come_with_the_one_coded_last_first():
    states = running(add("gaze.to_c", 5), add("distress.cry", 1), add("contact.not_held", 9))
    assert [event.code for event in states.of_subject(INFANT, s(10))] == [
        "contact.not_held",
        "distress.cry",
        "gaze.to_c",
    ]
    assert states.of_subject(CAREGIVER, s(10)) == ()


def test_an_edited_state_is_known_as_it_is_now():
    states = running(add("distress.cry", 1))
    before = states.state(EventId(1))
    now = replace(before, end_us=s(4))
    states.follow((before,), (now,))
    assert states.state(EventId(1)) == now
    assert states.of_code(CRY, INFANT, s(5)) is None
    states.follow((now,), ())
    assert states.state(EventId(1)) is None


def test_a_long_state_is_found_behind_short_ones_of_its_code():
    long = Event(id=EventId(1), code=GAZE, subject=INFANT, start_us=s(0), end_us=s(100))
    short = [
        Event(
            id=EventId(2 + i), code=GAZE, subject=INFANT, start_us=s(10 * i), end_us=s(10 * i + 1)
        )
        for i in range(5)
    ]
    states = RunningStates([long, *short])
    assert states.of_code(GAZE, INFANT, s(40.5)).id == 6
    assert states.of_code(GAZE, INFANT, s(60)).id == 1
    states.follow((long,), ())
    assert states.of_code(GAZE, INFANT, s(60)) is None


spans = st.tuples(
    st.sampled_from([CRY, GAZE, REACH]),
    st.integers(0, 30),
    st.one_of(st.none(), st.integers(0, 20)),
)


def events_of(drawn) -> list[Event]:
    return [
        Event(
            id=EventId(place),
            code=code,
            subject=INFANT,
            start_us=Micros(start),
            end_us=None if length is None else Micros(start + length),
        )
        for place, (code, start, length) in enumerate(drawn, start=1)
    ]


@given(st.lists(spans, max_size=14), st.data())
def test_it_says_what_a_walk_through_all_events_says_after_any_changes(drawn, data):
    events = events_of(drawn)
    states = RunningStates(events[: len(events) // 2])
    present = set(events[: len(events) // 2])
    for event in events:
        if event in present and data.draw(st.booleans()):
            states.follow((event,), ())
            present.remove(event)
        elif event not in present:
            states.follow((), (event,))
            present.add(event)
    for at in range(-1, 55):
        covering = {
            event
            for event in present
            if event.end_us != event.start_us
            and event.start_us <= at
            and (event.end_us is None or at < event.end_us)
        }
        assert states.codes_at(Micros(at)) == {(event.code, INFANT) for event in covering}
        for code in (CRY, GAZE, REACH):
            found = states.of_code(code, INFANT, Micros(at))
            latest = max((e.start_us for e in covering if e.code == code), default=None)
            assert (None if found is None else found.start_us) == latest
            assert found is None or found in covering
