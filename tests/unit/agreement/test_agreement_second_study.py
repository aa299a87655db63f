"""What a study tells of episodes, lags and codes, against sums and samples made by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from statistics import mean, median

import numpy as np
import pytest

from ssp_coder.agreement.bootstrap import draws
from ssp_coder.agreement.classes import label_agreement
from ssp_coder.agreement.estimate import Estimate, Undefined
from ssp_coder.agreement.onsets import Hits
from ssp_coder.agreement.pair import PairAgreement, pair_agreement
from ssp_coder.agreement.study import StudyAgreement, TrackInStudy, study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.agreement.study_episodes import EpisodeInStudy
from tests.builders import infant_scheme, s
from tests.unit.agreement import slow_statistics as slow
from tests.unit.agreement.study_desk import QUICK, coded, moments, session_pair, states

SESSIONS = 8
CONTACT, SEEKING, GAZE = "infant/contact", "infant/seeking", "infant/gaze"
PLAN = [plan.id for plan in infant_scheme().procedure.episodes]


@lru_cache(maxsize=1)
def pairs() -> tuple[CodingPair, ...]:
    return tuple(late_pair(number) for number in range(1, SESSIONS + 1))


def late_pair(number: int) -> CodingPair:
    """A session in which the second coder is late by so many tenths of a second."""
    made = session_pair(number)
    lag = s(number / 10)
    second = coded(made.session, "c02", (*states(number, slips=0.3), *moments(number, lag_us=lag)))
    return replace(made, second=second)


@lru_cache(maxsize=1)
def study() -> StudyAgreement:
    return study_agreement(pairs(), infant_scheme(), QUICK)


@lru_cache(maxsize=1)
def alone() -> tuple[PairAgreement, ...]:
    return tuple(
        pair_agreement(pair.first, pair.second, infant_scheme(), QUICK) for pair in pairs()
    )


def track(name: str, found: StudyAgreement | None = None) -> TrackInStudy:
    return next(one for one in (found or study()).tracks if one.track.id == name)


def parts(name: str) -> dict[str, EpisodeInStudy]:
    return {one.episode: one for one in track(name).episodes}


def sampled(values: list) -> list:
    """What is in each resample: sessions as often as they were drawn."""
    weights = draws(SESSIONS, QUICK.resamples, QUICK.seed).astype(int).tolist()
    return [
        [value for value, times in zip(values, drawn, strict=True) for _ in range(times)]
        for drawn in weights
    ]


def between(estimate: Estimate, values: list[float | None]) -> None:
    there = [value for value in values if value is not None]
    low, high = np.percentile(there, (2.5, 97.5))
    assert (estimate.low, estimate.high) == pytest.approx((low, high))
    assert low < estimate.value < high


def test_every_episode_of_the_plan_is_told_in_its_order() -> None:
    for name in (CONTACT, SEEKING):
        assert [one.episode for one in track(name).episodes] == PLAN
        assert all(one.sessions == SESSIONS for one in track(name).episodes)
    assert sum(one.seen_us for one in track(CONTACT).episodes) == SESSIONS * s(1290)


def test_tables_of_an_episode_are_the_sums_of_its_sessions() -> None:
    for episode, found in parts(CONTACT).items():
        tables = [
            next(part.table for part in one.track(CONTACT).episodes if part.episode == episode)
            for one in alone()
        ]
        whole = sum(tables).astype(int).tolist()
        assert found.time.n == sum(map(sum, whole))
        assert found.time.kappa.value == pytest.approx(slow.kappa(whole))
        if found.time.n > 500:
            between(
                found.time.kappa,
                [slow.kappa(sum(drawn).astype(int).tolist()) for drawn in sampled(tables)],
            )


def test_onsets_of_an_episode_are_the_sums_of_its_sessions() -> None:
    for episode, found in parts(SEEKING).items():
        for at in found.onsets:
            each = [
                dict(next(p for p in one.track(SEEKING).episodes if p.episode == episode).hits)[
                    at.tolerance_us
                ]
                for one in alone()
            ]
            assert at.hits == sum(each, Hits())
            assert at.f1.value == sum(each, Hits()).f1.value
            if at.f1.low is not None:
                between(at.f1, [sum(drawn, Hits()).f1.value for drawn in sampled(each)])


def test_episodes_add_up_to_the_study() -> None:
    for one in study().tracks:
        for tolerance in QUICK.onsets_us:
            whole = sum((code.hits for code in one.codes if code.tolerance_us == tolerance), Hits())
            split = [
                at.hits
                for part in one.episodes
                for at in part.onsets
                if at.tolerance_us == tolerance
            ]
            assert sum(split, Hits()) == whole
        if one.exact is not None:
            assert sum(part.time.n for part in one.episodes) == one.exact.n


def test_moments_have_no_kappa_of_time_in_an_episode_and_silence_is_told() -> None:
    assert {part.time for part in track(SEEKING).episodes} == {None}
    assert {part.silent for part in track(GAZE).episodes} == {True}
    assert {part.silent for part in track(CONTACT).episodes} == {False}
    quiet = parts(GAZE)[PLAN[1]].time
    assert quiet.kappa.undefined is Undefined.ONE_CODE
    assert quiet.kappa.low is None


def test_lags_are_those_of_all_matches_and_their_mean_has_the_interval_of_sessions() -> None:
    wide = [code for code in track(SEEKING).codes if code.tolerance_us == s(1) and code.hits.n]
    assert len(wide) == 2
    for code in wide:
        place = track(SEEKING).track.codes.index(code.code)
        each = [
            [
                lag
                for onset in one.track(SEEKING).onsets
                if onset.code == place and onset.tolerance_us == s(1)
                for lag in onset.lags_us
            ]
            for one in alone()
        ]
        every = [lag for lags in each for lag in lags]
        assert sorted(code.lags.values_us) == sorted(every)
        assert code.lags.median_us.value == median(every)
        assert code.lags.mean_us.value == pytest.approx(mean(every))
        means = [mean(lag for lags in drawn for lag in lags) for drawn in sampled(each)]
        between(code.lags.mean_us, means)
        assert code.lags.mean_us.low > 0


def test_codes_that_were_never_matched_have_no_lag() -> None:
    strict = list(track(GAZE).codes)
    assert {code.lags.mean_us.undefined for code in strict} == {Undefined.NOTHING}
    assert {code.lags.n for code in strict} == {0}


def test_agreement_specific_to_a_code_is_that_of_the_summed_units() -> None:
    found = track(CONTACT)
    tables = [one.track(CONTACT).time.tables[0] for one in alone()]
    expected = slow.specific_agreement(sum(tables).astype(int).tolist())
    assert len(found.by_code) == len(found.track.codes) + 1
    for place, (estimate, value) in enumerate(zip(found.by_code, expected, strict=True)):
        assert estimate.value == (None if value is None else pytest.approx(value))
        if value is not None and estimate.low is not None:
            samples = [slow.specific_agreement(sum(drawn).tolist()) for drawn in sampled(tables)]
            between(estimate, [one[place] for one in samples])
    assert sum(one.low is not None for one in found.by_code) == 3
    assert track(SEEKING).by_code == ()


def test_one_session_has_episodes_without_an_interval_over_sessions() -> None:
    found = study_agreement(pairs()[:1], infant_scheme(), QUICK)
    for name in (CONTACT, SEEKING):
        for part in track(name, found).episodes:
            assert part.sessions == 1
            assert all(at.f1.low is None for at in part.onsets)
            assert part.time is None or part.time.kappa.low is None
    assert all(one.low is None for one in track(CONTACT, found).by_code)
    assert all(code.lags.mean_us.low is None for code in track(SEEKING, found).codes)


def test_several_pairs_of_a_session_stay_together_when_sessions_are_drawn() -> None:
    twice = study_agreement((*pairs(), *pairs()), infant_scheme(), QUICK)
    once, doubled = track(CONTACT), track(CONTACT, twice)
    assert doubled.episodes[2].time.n == 2 * once.episodes[2].time.n
    assert doubled.episodes[2].sessions == SESSIONS
    ends = [
        (one.episodes[2].time.kappa.low, one.episodes[2].time.kappa.high) for one in (once, doubled)
    ]
    assert ends[0] == pytest.approx(ends[1])
    assert twice.pairs == 2 * SESSIONS


@pytest.mark.parametrize("cases", [2, 6, 40])
def test_cases_that_all_agree_give_no_interval_of_kappa_and_wilsons_of_the_share(
    cases: int,
) -> None:
    found = label_agreement([("a", "a"), ("b", "b")] * (cases // 2), ("a", "b", "c"))
    assert found.kappa.kappa.value == 1
    assert found.kappa.kappa.low is None
    assert {one.low for one in found.specific} == {None}
    assert found.agreement.low < 1 == found.agreement.high


@pytest.mark.parametrize("tolerances", [(), (s(1), s(1)), (s(1), s(2), s(1))])
def test_tolerances_of_onsets_that_would_count_nothing_or_twice_are_refused(
    tolerances: tuple[int, ...],
) -> None:
    with pytest.raises(ValueError, match="each given once"):
        replace(QUICK, onsets_us=tolerances)
