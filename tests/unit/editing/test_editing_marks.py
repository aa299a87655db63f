from __future__ import annotations

import pytest

from ssp_coder.editing.edits import (
    AddEvent,
    ClearEpisode,
    ClearSessionEnd,
    CloseEvent,
    EndSession,
    MarkEpisodeMissing,
)
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import INFANT, add, after, coding, mark, s, spans_of, with_episodes


def test_marks_are_kept_in_the_order_of_the_procedure():
    value = after(coding(), mark("EP3", 210), mark("EP1", 0), mark("EP2", 30))
    assert [m.episode for m in value.episodes] == ["EP1", "EP2", "EP3"]


def test_marking_again_moves_the_mark():
    value = after(coding(), mark("EP1", 0), mark("EP1", 3, reason="late start"))
    assert [(m.start_us, m.reason) for m in value.episodes] == [(s(3), "late start")]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (mark("EP5", 700), "EP5 cannot start at 11:40.000: EP3 starts before it, at 11:40.000"),
        (mark("EP2", 700), "EP2 cannot start at 11:40.000: EP3 follows it, at 11:40.000"),
        (mark("EP9", 10), "no episode EP9"),
        (mark("EP5", 1500), "outside the video"),
    ],
)
def test_a_mark_out_of_place_is_refused(edit, message):
    with pytest.raises(EditRefusedError, match=message):
        after(coding(), mark("EP3", 700), edit)


def test_an_episode_can_be_missing_for_a_reason_only():
    value = after(with_episodes(), MarkEpisodeMissing(episode="EP7", reason="too distressed"))
    assert value.mark("EP7").is_missing
    with pytest.raises(EditRefusedError, match="without a reason"):
        after(coding(), MarkEpisodeMissing(episode="EP7", reason=" "))


def test_a_mark_can_be_cleared():
    value = after(with_episodes(), ClearEpisode(episode="EP7"))
    assert value.mark("EP7") is None
    assert len(value.episodes) == 7


def test_the_session_end_closes_open_states_and_cuts_those_that_run_on():
    value = after(
        coding(),
        add("distress.none", 10),
        add("contact.not_held", 12, end=120),
        add("seeking.reach", 15),
        EndSession(at_us=s(100), frame=2500),
    )
    assert spans_of(value) == [
        ("distress.none", 10.0, 100.0),
        ("contact.not_held", 12.0, 100.0),
        ("seeking.reach", 15.0, 15.0),
    ]
    assert value.events[0].end_frame == 2500


def test_a_state_that_the_session_end_cuts_owes_nothing_to_the_reaction_lag():
    value = after(
        coding(),
        AddEvent(code="gaze.to_c", subject=INFANT, at_us=s(10), lag_us=240_000),
        CloseEvent(event=1, at_us=s(120), lag_us=240_000),
        EndSession(at_us=s(100), frame=2500),
    )
    assert (value.events[0].start_lag_us, value.events[0].end_lag_us) == (240_000, 0)


def test_the_session_cannot_end_before_events_or_episodes():
    with pytest.raises(EditRefusedError, match="1 events start at or after"):
        after(coding(), add("seeking.reach", 15), EndSession(at_us=s(10)))
    with pytest.raises(EditRefusedError, match="before EP8 starts"):
        after(with_episodes(), EndSession(at_us=s(1000)))
    with pytest.raises(EditRefusedError, match="outside the video"):
        after(coding(), EndSession(at_us=s(5000)))


def test_an_episode_cannot_start_after_the_session_end():
    with pytest.raises(EditRefusedError, match="after the end of the session"):
        after(coding(), EndSession(at_us=s(100)), mark("EP1", 100))


def test_the_session_end_can_be_taken_back():
    value = after(coding(), EndSession(at_us=s(100)), ClearSessionEnd())
    assert value.session_end is None
    assert len(after(value, add("seeking.reach", 150)).events) == 1
