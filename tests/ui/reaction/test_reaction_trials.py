from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.ui.reaction.lag import ReactionLag, lag_from, lag_text
from ssp_coder.ui.reaction.trials import (
    COUNTED,
    LEAST,
    LONGEST_WAIT_MS,
    PRACTICE,
    SHORTEST_WAIT_MS,
    TOO_EARLY_MS,
    Exercise,
    summarised,
)


def past_practice() -> Exercise:
    exercise = Exercise(Random(1))
    for _ in range(PRACTICE):
        exercise.tapped(500.0)
    return exercise


def test_practice_is_dropped():
    exercise = past_practice()
    assert (exercise.practising, exercise.done) == (False, 0)
    for _ in range(COUNTED):
        assert not exercise.is_over
        exercise.tapped(240.0)
    assert exercise.is_over
    assert exercise.summary().centre == 240
    assert exercise.summary().count == COUNTED


@pytest.mark.parametrize("early", [None, 0.0, TOO_EARLY_MS - 0.1])
def test_a_tap_before_the_mark_could_be_seen_does_not_count(early):
    exercise = past_practice()
    assert not exercise.tapped(early)
    assert exercise.done == 0
    for _ in range(COUNTED):
        exercise.tapped(200.0)
    assert exercise.summary().early == 1


def test_early_taps_in_practice_are_not_told():
    exercise = Exercise(Random(1))
    exercise.tapped(None)
    exercise.missed()
    assert exercise.practising
    for _ in range(PRACTICE + COUNTED):
        exercise.tapped(200.0)
    assert (exercise.summary().early, exercise.summary().missed) == (0, 0)


def test_missed_marks_are_counted():
    exercise = past_practice()
    exercise.missed()
    for _ in range(COUNTED):
        exercise.tapped(200.0)
    assert exercise.summary().missed == 1


def test_too_few_reactions_are_no_measure():
    exercise = past_practice()
    for _ in range(LEAST - 1):
        exercise.tapped(200.0)
    assert exercise.summary() is None
    exercise.tapped(200.0)
    assert exercise.summary() is not None


def test_waits_differ_and_keep_to_their_limits():
    exercise = Exercise(Random(7))
    waits = [exercise.next_wait_ms() for _ in range(200)]
    assert min(waits) >= SHORTEST_WAIT_MS
    assert max(waits) <= LONGEST_WAIT_MS
    assert len(set(waits)) > 100


def test_quartiles_are_those_of_the_worked_example():
    summary = summarised((200.0, 210.0, 220.0, 230.0, 240.0))
    assert (summary.quarter, summary.centre, summary.three_quarters) == (210, 220, 230)
    assert summary.outliers == ()


def test_an_outlier_is_named_and_hardly_moves_the_centre():
    times = (200.0, 210.0, 220.0, 230.0, 240.0)
    summary = summarised((*times, 900.0))
    assert summary.outliers == (900.0,)
    assert summary.centre == 225


@given(st.lists(st.floats(100, 1500), min_size=2, max_size=40))
def test_the_centre_lies_between_the_quartiles_and_outliers_outside(times):
    summary = summarised(tuple(times))
    assert summary.quarter <= summary.centre <= summary.three_quarters
    assert summary.count == len(times)
    for time in summary.outliers:
        assert time < summary.quarter or time > summary.three_quarters


def test_nothing_is_taken_off_until_the_person_wishes_so():
    assert ReactionLag().in_force_us == 0
    assert ReactionLag(value_ms=240).in_force_us == 0
    assert ReactionLag(value_ms=240, on=True).in_force_us == 240_000


def test_a_typed_value_is_told_from_a_measured_one():
    assert not ReactionLag(value_ms=240, measured_ms=240).is_typed
    assert ReactionLag(value_ms=400, measured_ms=240).is_typed
    assert ReactionLag(value_ms=400).is_typed


def test_a_lag_comes_back_from_the_settings_as_it_was():
    lag = ReactionLag(value_ms=300, on=True, measured_ms=241, count=20, date="2026-11-23")
    assert lag_from(lag_text(lag)) == lag
    assert lag_from(lag_text(ReactionLag())) == ReactionLag()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        lag_text(ReactionLag(value_ms=1001, on=True)),
        lag_text(ReactionLag(value_ms=-1, on=True)),
        lag_text(ReactionLag(value_ms=200, on=True)).replace("200", '"x"'),
    ],
)
def test_a_lag_that_cannot_be_trusted_is_none(text):
    assert lag_from(text) == ReactionLag()
