"""Onsets and episodes summed over sessions: laws, empty sessions, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.agreement.episode_agreement import EpisodeAgreement
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.onsets import Hits, OnsetAgreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.study_episodes import EpisodeInStudy, EpisodeSums
from ssp_coder.agreement.study_onsets import CodeInStudy, OnsetSums, hits_over_sessions
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.time import SECOND_US

QUICK = replace(USUAL_PROTOCOL, resamples=100)
HALF, ONE = SECOND_US // 2, SECOND_US
CODES = ("reach", "lean")
FIRST, SECOND, THIRD = EpisodeId("E1"), EpisodeId("E2"), EpisodeId("E3")
COUNTS = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
SESSIONS = st.lists(COUNTS, min_size=1, max_size=7)


def onsets(
    hits: tuple[int, ...] = (), misses: int = 0, extra: int = 0, *, code: int = 0, within: int = ONE
) -> OnsetAgreement:
    """A code of one pair of codings: the lags of what was matched, and how many were not."""
    return OnsetAgreement(
        code=code,
        tolerance_us=within,
        pairs=tuple((place, place) for place in range(len(hits))),
        misses=tuple(range(misses)),
        false_alarms=tuple(range(extra)),
        lags_us=hits,
        ends_us=(),
        lengths_us=(),
    )


def one_code(*sessions: OnsetAgreement) -> CodeInStudy:
    """The first code at one second, of sessions with one pair each."""
    sums = OnsetSums(CODES, len(sessions), (ONE,))
    for place, session in enumerate(sessions):
        sums.add(place, (session,))
    return sums.codes(QUICK)[0]


def part(
    episode: EpisodeId = FIRST,
    table: list[list[float]] | None = None,
    hits: tuple[int, int, int] = (0, 0, 0),
    seen_us: int = 60 * SECOND_US,
) -> EpisodeAgreement:
    hit, missed, extra = hits
    return EpisodeAgreement(
        episode=episode,
        seen_us=seen_us,
        table=None if table is None else np.array(table, float),
        hits=((ONE, Hits(hits=hit, misses=missed, false_alarms=extra)),),
    )


def only_episode(*sessions: EpisodeAgreement, size: int = 0) -> EpisodeInStudy:
    sums = EpisodeSums(size, len(sessions), (ONE,))
    for place, session in enumerate(sessions):
        sums.add(place, (session,))
    (found,) = sums.episodes((FIRST,), QUICK)
    return found


class TestHits:
    @given(SESSIONS)
    def test_all_sessions_together_are_their_sums(self, counts: list[tuple[int, int, int]]) -> None:
        hits, f1 = hits_over_sessions(np.array(counts, float), QUICK)
        assert (hits.hits, hits.misses, hits.false_alarms) == tuple(
            map(sum, zip(*counts, strict=True))
        )
        assert (f1.value, f1.n) == (hits.f1.value, hits.f1.n)

    @given(SESSIONS)
    def test_an_interval_lies_between_none_and_all(
        self, counts: list[tuple[int, int, int]]
    ) -> None:
        _, f1 = hits_over_sessions(np.array(counts, float), QUICK)
        assert (f1.low is None) is (f1.high is None)
        if f1.low is not None and f1.high is not None:
            assert 0 <= f1.low <= f1.high <= 1

    @given(SESSIONS)
    def test_the_worst_and_the_best_session_enclose_every_resample(
        self, counts: list[tuple[int, int, int]]
    ) -> None:
        _, f1 = hits_over_sessions(np.array(counts, float), QUICK)
        each = [2 * h / (2 * h + m + x) for h, m, x in counts if h + m + x]
        if f1.low is not None and f1.high is not None:
            assert min(each) - 1e-12 <= f1.low
            assert f1.high <= max(each) + 1e-12

    def test_the_order_of_misses_and_false_alarms_does_not_change_the_share(self) -> None:
        counts = np.array([[3, 1, 4], [2, 5, 0], [7, 2, 2]], float)
        assert (
            hits_over_sessions(counts, QUICK)[1]
            == hits_over_sessions(counts[:, [0, 2, 1]], QUICK)[1]
        )

    def test_sessions_without_any_onset_are_undefined_and_not_perfect(self) -> None:
        hits, f1 = hits_over_sessions(np.zeros((4, 3)), QUICK)
        assert hits == Hits()
        assert (f1.value, f1.undefined, f1.low) == (None, Undefined.NOT_USED, None)

    def test_one_session_says_nothing_of_how_sessions_differ(self) -> None:
        _, f1 = hits_over_sessions(np.array([[3, 1, 0]], float), QUICK)
        assert f1.value == pytest.approx(6 / 7)
        assert (f1.low, f1.high) == (None, None)

    def test_sessions_that_are_all_alike_give_no_interval(self) -> None:
        _, f1 = hits_over_sessions(np.array([[3, 1, 0]] * 5, float), QUICK)
        assert (f1.low, f1.high) == (None, None)

    def test_onsets_in_a_single_session_of_many_leave_no_interval(self) -> None:
        """So many resamples do not hold that session that most have no value."""
        counts = np.zeros((6, 3))
        counts[0] = (4, 1, 1)
        _, f1 = hits_over_sessions(counts, QUICK)
        assert f1.value == pytest.approx(8 / 10)
        assert f1.low is None

    def test_nothing_ever_matched_is_none_of_them_and_not_undefined(self) -> None:
        _, f1 = hits_over_sessions(np.array([[0, 3, 1], [0, 0, 2]], float), QUICK)
        assert (f1.value, f1.undefined) == (0, None)

    @settings(max_examples=20)
    @given(SESSIONS, st.integers(0, 10))
    def test_the_same_seed_tells_the_same(
        self, counts: list[tuple[int, int, int]], seed: int
    ) -> None:
        table, protocol = np.array(counts, float), replace(QUICK, seed=seed)
        assert hits_over_sessions(table, protocol) == hits_over_sessions(table, protocol)

    def test_more_sessions_make_it_surer(self) -> None:
        few = np.array([[5, 1, 0], [1, 3, 2], [4, 2, 2]], float)
        widths = [
            estimate.high - estimate.low
            for times in (1, 4, 16)
            for _, estimate in (hits_over_sessions(np.tile(few, (times, 1)), QUICK),)
        ]
        assert all(wide > narrow for wide, narrow in pairwise(widths))


class TestCodes:
    def test_codes_come_one_by_one_with_every_tolerance_in_its_order(self) -> None:
        found = OnsetSums(CODES, 2, (ONE, HALF)).codes(QUICK)
        assert [(one.code, one.tolerance_us) for one in found] == [
            ("reach", ONE),
            ("reach", HALF),
            ("lean", ONE),
            ("lean", HALF),
        ]

    def test_what_was_never_added_is_nothing_in_no_session(self) -> None:
        for one in OnsetSums(CODES, 3, (ONE,)).codes(QUICK):
            assert (one.hits, one.sessions, one.lags.n) == (Hits(), 0, 0)
            assert one.f1.undefined is Undefined.NOT_USED
            assert one.lags.mean_us.undefined is Undefined.NOTHING

    def test_tolerances_are_kept_apart(self) -> None:
        sums = OnsetSums(CODES, 1, (HALF, ONE))
        sums.add(0, (onsets((), 1, 1, within=HALF), onsets((700_000,), within=ONE)))
        half, one, *_ = sums.codes(QUICK)
        assert (half.hits, one.hits) == (Hits(misses=1, false_alarms=1), Hits(hits=1))
        assert (half.lags.n, one.lags.n) == (0, 1)

    def test_a_code_counts_only_for_itself(self) -> None:
        sums = OnsetSums(CODES, 1, (ONE,))
        sums.add(0, (onsets((0,), code=1),))
        reach, lean = sums.codes(QUICK)
        assert (reach.hits.n, lean.hits.n) == (0, 1)

    def test_a_session_counts_as_one_however_many_pairs_it_has(self) -> None:
        sums = OnsetSums(CODES, 2, (ONE,))
        for _ in range(3):
            sums.add(0, (onsets((10,), 1),))
        found = sums.codes(QUICK)[0]
        assert (found.sessions, found.hits) == (1, Hits(hits=3, misses=3))
        assert found.lags.n == 3

    @pytest.mark.parametrize(
        ("hits", "misses", "extra"), [((5,), 0, 0), ((), 1, 0), ((), 0, 1)], ids=str
    )
    def test_a_session_counts_if_either_used_the_code(
        self, hits: tuple[int, ...], misses: int, extra: int
    ) -> None:
        assert one_code(onsets(hits, misses, extra), onsets()).sessions == 1

    def test_a_tolerance_of_no_protocol_is_not_taken_in_silence(self) -> None:
        with pytest.raises(KeyError):
            OnsetSums(CODES, 1, (ONE,)).add(0, (onsets((1,), within=HALF),))

    def test_a_session_that_is_not_there_is_not_taken_in_silence(self) -> None:
        with pytest.raises(IndexError):
            OnsetSums(CODES, 1, (ONE,)).add(1, (onsets((1,)),))


class TestLags:
    def test_the_mean_is_over_onsets_and_not_over_sessions(self) -> None:
        found = one_code(onsets((100, 100, 100)), onsets((500,)))
        assert found.lags.mean_us.value == 200
        assert found.lags.values_us == (100, 100, 100, 500)

    def test_early_and_late_take_each_other_away(self) -> None:
        assert one_code(onsets((-300, 300)), onsets((-100, 100))).lags.mean_us.value == 0

    def test_a_coder_who_is_always_early_has_an_interval_below_nothing(self) -> None:
        found = one_code(*(onsets((-400_000 - step * 10_000,)) for step in range(8)))
        mean = found.lags.mean_us
        assert mean.low is not None
        assert mean.high is not None
        assert mean.low < mean.value < mean.high < 0

    def test_one_session_has_a_mean_without_an_interval(self) -> None:
        mean = one_code(onsets((100, 300))).lags.mean_us
        assert (mean.value, mean.low, mean.high) == (200, None, None)

    def test_misses_alone_have_no_lag(self) -> None:
        found = one_code(onsets((), 3), onsets((), 0, 2))
        assert found.lags.mean_us.undefined is Undefined.NOTHING
        assert found.f1.value == 0

    @settings(max_examples=40)
    @given(st.lists(st.lists(st.integers(-900, 900), max_size=5), min_size=2, max_size=6))
    def test_an_interval_of_the_mean_lies_between_the_means_of_sessions(
        self, sessions: list[list[int]]
    ) -> None:
        found = one_code(*(onsets(tuple(lags)) for lags in sessions))
        means = [sum(lags) / len(lags) for lags in sessions if lags]
        mean = found.lags.mean_us
        if mean.low is not None and mean.high is not None:
            assert min(means) - 1e-6 <= mean.low <= mean.high <= max(means) + 1e-6


class TestEpisodes:
    def test_episodes_stand_in_the_plans_order_and_not_in_that_of_adding(self) -> None:
        sums = EpisodeSums(0, 1, (ONE,))
        sums.add(0, (part(THIRD), part(FIRST)))
        found = sums.episodes((FIRST, SECOND, THIRD), QUICK)
        assert [one.episode for one in found] == [FIRST, THIRD]

    def test_an_episode_of_another_plan_is_left_out(self) -> None:
        sums = EpisodeSums(0, 1, (ONE,))
        sums.add(0, (part(SECOND),))
        assert sums.episodes((FIRST,), QUICK) == ()

    def test_only_sessions_that_saw_something_of_it_count(self) -> None:
        found = only_episode(part(), part(seen_us=0), part(seen_us=1))
        assert (found.sessions, found.seen_us) == (2, 60 * SECOND_US + 1)

    def test_moments_have_no_time_and_an_episode_without_them_is_silent(self) -> None:
        found = only_episode(part(), part())
        assert (found.time, found.silent) == (None, True)
        assert found.onsets[0].f1.undefined is Undefined.NOT_USED

    @pytest.mark.parametrize("hits", [(1, 0, 0), (0, 1, 0), (0, 0, 1)], ids=str)
    def test_a_single_onset_of_either_coder_breaks_the_silence(
        self, hits: tuple[int, int, int]
    ) -> None:
        assert not only_episode(part(hits=hits), part()).silent

    def test_time_without_any_code_is_silent_and_its_kappa_undefined(self) -> None:
        found = only_episode(*(part(table=[[0, 0], [0, 60]]) for _ in range(3)), size=2)
        assert found.silent
        assert found.time is not None
        assert found.time.kappa.undefined is Undefined.ONE_CODE

    @pytest.mark.parametrize(
        "table", [[[1, 0], [0, 59]], [[0, 1], [0, 59]], [[0, 0], [1, 59]]], ids=str
    )
    def test_a_single_unit_of_either_coder_breaks_the_silence(
        self, table: list[list[float]]
    ) -> None:
        assert not only_episode(part(table=table), size=2).silent

    def test_kappa_is_that_of_the_summed_tables(self) -> None:
        found = only_episode(
            part(table=[[20, 5], [10, 15]]), part(table=[[0, 0], [0, 0]], seen_us=0), size=2
        )
        assert found.time is not None
        assert found.time.n == 50
        assert found.time.kappa.value == pytest.approx(0.4)

    def test_several_pairs_of_a_session_add_up_in_it(self) -> None:
        sums = EpisodeSums(2, 2, (ONE,))
        sums.add(0, (part(table=[[2, 1], [0, 3]]), part(table=[[1, 1], [1, 1]])))
        sums.add(1, (part(table=[[4, 0], [0, 4]]),))
        (found,) = sums.episodes((FIRST,), QUICK)
        assert (found.time.n, found.sessions) == (18, 2)
        assert found.seen_us == 3 * 60 * SECOND_US

    def test_one_session_has_a_kappa_without_an_interval(self) -> None:
        found = only_episode(part(table=[[20, 5], [10, 15]]), size=2)
        assert found.time is not None
        assert (found.time.kappa.low, found.time.kappa.high) == (None, None)
        assert found.time.kappa.is_defined

    def test_codes_that_nobody_used_change_neither_kappa_nor_its_interval(self) -> None:
        small = [[[20, 5], [10, 15]], [[9, 1], [2, 30]], [[14, 4], [4, 20]]]
        wide = [[[a, 0, b], [0, 0, 0], [c, 0, d]] for (a, b), (c, d) in small]
        kappas = [
            only_episode(*(part(table=one) for one in tables), size=size).time.kappa
            for tables, size in ((small, 2), (wide, 3))
        ]
        assert kappas[0] == kappas[1]
        assert kappas[0].low is not None

    def test_agreement_below_chance_is_not_clipped(self) -> None:
        found = only_episode(part(table=[[0, 30], [30, 0]]), part(table=[[1, 20], [25, 1]]), size=2)
        assert found.time is not None
        assert found.time.kappa.value < -0.9

    @given(SESSIONS)
    def test_onsets_of_an_episode_are_told_as_those_of_a_study(
        self, counts: list[tuple[int, int, int]]
    ) -> None:
        found = only_episode(*(part(hits=one) for one in counts))
        hits, f1 = hits_over_sessions(np.array(counts, float), QUICK)
        assert (found.onsets[0].hits, found.onsets[0].f1) == (hits, f1)
