"""Trainees who never lived: references with known habits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from demonstration_pack_cases import DRAWN, coded, of_group, reference, scheme

from ssp_coder.agreement.compare import compare
from ssp_coder.demonstration.trainees import Habits, trainee_of
from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.scale import Points
from ssp_coder.domain.time import Micros
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import LockCoding

LAG_US = 800_000
every_case = pytest.mark.parametrize("case_id", DRAWN)
seeds = pytest.mark.parametrize("seed", range(5))


def trainee(case_id: str, seed: int = 1, **habits: object) -> Coding:
    made = Habits(**habits)  # type: ignore[arg-type] # any field of Habits
    return trainee_of(coded(case_id), scheme(), seed, made)


def points(coding: Coding) -> dict[str, float]:
    return {r.slot: r.score.value for r in coding.ratings if isinstance(r.score, Points)}


def loose(coding: Coding) -> list[tuple[str, int]]:
    """Code and onset of the events outside exclusive groups."""
    return sorted(
        (event.code, event.start_us)
        for event in coding.events
        if not scheme().ethogram.group_of(event.code).exclusive
    )


@every_case
def test_a_trainee_without_habits_agrees_in_everything(case_id: str) -> None:
    found = compare(trainee(case_id), reference(case_id), scheme())
    assert {(row.kind.value, row.lag_us) for row in found.rows} == {("match", 0)}
    assert points(trainee(case_id)) == points(reference(case_id))


def test_a_trainee_is_no_reference_and_not_locked() -> None:
    coding = trainee(DRAWN[0], seed=7)
    assert (coding.role, coding.locked, coding.coder) == (
        CodingRole.INDEPENDENT,
        False,
        "trainee-7",
    )


def test_a_trainees_coding_can_be_locked() -> None:
    assert apply(trainee(DRAWN[0]), LockCoding(), scheme()).locked


def test_a_trainee_copies_no_explanations() -> None:
    coding = trainee(DRAWN[0])
    assert not any(event.comment for event in coding.events)
    assert not any(rating.note or rating.clips for rating in coding.ratings)


@seeds
def test_the_same_seed_gives_the_same_trainee(seed: int) -> None:
    habits = {"jitter_us": 300_000, "miss_rate": 0.2, "rating_spread": 0.3, "wrong_rate": 0.1}
    assert trainee(DRAWN[1], seed, **habits) == trainee(DRAWN[1], seed, **habits)


def test_another_seed_gives_another_trainee() -> None:
    one, other = (trainee(DRAWN[1], seed, jitter_us=300_000) for seed in (1, 2))
    assert one.events != other.events


# ---------------------------------------------------------------- onsets


@every_case
def test_a_lag_moves_every_onset_between_start_and_end_by_as_much(case_id: str) -> None:
    before, after = (
        of_group(reference(case_id), "gaze"),
        of_group(trainee(case_id, lag_us=LAG_US), "gaze"),
    )
    ends = [event.end_us - event.start_us for event in before if event.end_us is not None]
    assert len(before) == len(after)
    assert after[0].start_us == before[0].start_us
    for then, now, length in list(zip(before, after, ends, strict=True))[1:]:
        if length > LAG_US:
            assert now.start_us - then.start_us == LAG_US


@every_case
def test_a_lag_keeps_states_joined(case_id: str) -> None:
    for group in ("distress", "contact", "distance", "gaze"):
        states = of_group(trainee(case_id, lag_us=LAG_US, jitter_us=200_000), group)
        for state, following in pairwise(states):
            assert state.end_us == following.start_us


@every_case
def test_points_are_late_by_the_lag(case_id: str) -> None:
    end = coded(case_id).session_end
    assert end is not None
    late = loose(trainee(case_id, lag_us=LAG_US))
    expected = [(code, at + LAG_US) for code, at in loose(reference(case_id))]
    inside = [pair for pair in expected if pair[1] < end.at_us - LAG_US]
    assert set(inside) <= set(late)


@every_case
@seeds
def test_nothing_leaves_the_session(case_id: str, seed: int) -> None:
    coding = trainee(case_id, seed, lag_us=1_500_000, jitter_us=900_000)
    assert coding.session_end is not None
    for event in coding.events:
        assert event.end_us is not None
        assert 0 <= event.start_us <= event.end_us <= coding.session_end.at_us


def test_a_lag_before_time_is_possible_too() -> None:
    early = dict(loose(trainee(DRAWN[0], lag_us=-LAG_US)))
    there = dict(loose(reference(DRAWN[0])))
    assert all(early[code] == at - LAG_US for code, at in there.items())


def test_jitter_scatters_onsets_on_both_sides() -> None:
    before = of_group(reference(DRAWN[1]), "gaze")
    after = of_group(trainee(DRAWN[1], jitter_us=300_000), "gaze")
    moved = [now.start_us - then.start_us for then, now in zip(before, after, strict=True)]
    assert min(moved) < 0 < max(moved)


# ---------------------------------------------------------------- ratings


@every_case
def test_a_bias_on_one_scale_touches_only_that_scale(case_id: str) -> None:
    scale = scheme().scales[0].id
    then, now = points(reference(case_id)), points(trainee(case_id, scale_bias={scale: 1.0}))
    for slot, value in then.items():
        rated = scheme().scale_of(next(s.id for s in scheme().slots if s.id == slot))
        expected = min(rated.maximum, value + 1.0) if rated.id == scale else value
        assert now[slot] == expected


@seeds
def test_ratings_stay_on_their_scale(seed: int) -> None:
    biased = {scale.id: 3.0 for scale in scheme().scales}
    coding = trainee(DRAWN[1], seed, scale_bias=biased, rating_spread=1.0)
    for slot in scheme().slots:
        score = coding.score(slot.id)
        if isinstance(score, Points):
            scale = scheme().scale_of(slot.id)
            assert scale.minimum <= score.value <= scale.maximum


def test_a_spread_of_all_moves_every_rating_by_a_point_or_to_its_end() -> None:
    then, now = points(reference(DRAWN[1])), points(trainee(DRAWN[1], rating_spread=1.0))
    assert all(abs(now[slot] - then[slot]) <= 1 for slot in then)
    assert sum(now[slot] != then[slot] for slot in then) > len(then) // 3


# ---------------------------------------------------------------- misses and wrong codes


def test_missed_events_are_about_as_many_as_told() -> None:
    kept = sum(len(loose(trainee(case, 3, miss_rate=0.3))) for case in DRAWN)
    whole = sum(len(loose(reference(case))) for case in DRAWN)
    assert 0.6 < kept / whole < 0.8


def test_exclusive_states_are_never_missed() -> None:
    coding = trainee(DRAWN[0], miss_rate=1.0)
    assert loose(coding) == []
    assert len(of_group(coding, "gaze")) == len(of_group(reference(DRAWN[0]), "gaze"))


def test_a_wrong_code_stays_in_its_group_and_kind() -> None:
    coding = trainee(DRAWN[1], wrong_rate=1.0)
    ethogram = scheme().ethogram
    then = sorted(ethogram.group_of(e.code).id for e in reference(DRAWN[1]).events)
    assert sorted(ethogram.group_of(e.code).id for e in coding.events) == then
    assert loose(coding) != loose(reference(DRAWN[1]))
    for event in coding.events:
        assert tuple(key for key, _ in event.modifiers) == ethogram.code(event.code).modifiers


def test_a_comparison_finds_the_lag_of_a_trainee() -> None:
    found = compare(
        trainee(DRAWN[0], lag_us=LAG_US),
        reference(DRAWN[0]),
        scheme(),
        tolerance_us=Micros(2_000_000),
    )
    lags = sorted(row.lag_us for row in found.rows if row.lag_us)
    assert lags[len(lags) // 2] == LAG_US
