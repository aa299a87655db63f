"""Onsets matched code by code: as the Hungarian method does, with lags, ends and lengths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.lags import lag_summary
from ssp_coder.agreement.matching import pairs_within
from ssp_coder.agreement.onsets import Hits, OnsetAgreement, onset_agreement, total_hits
from ssp_coder.agreement.tracks import Bouts, bouts_from
from ssp_coder.domain.time import SECOND_US
from tests.agreement_codings import jittered_bouts

SECOND = SECOND_US
TOLERANCES = (SECOND // 2, SECOND, 2 * SECOND)


def hungarian(first: list[int], second: list[int], tolerance: int) -> tuple[int, int]:
    """Most matches, then least lag, over every one-to-one assignment."""
    if not first or not second:
        return 0, 0
    lags = np.abs(np.subtract.outer(first, second))
    far = lags > tolerance
    worth = tolerance * min(len(first), len(second)) + 1
    rows, columns = linear_sum_assignment(np.where(far, 0, lags - worth))
    kept = ~far[rows, columns]
    return int(kept.sum()), int(lags[rows, columns][kept].sum())


def test_matches_equal_the_hungarian_ones_in_a_thousand_random_cases() -> None:
    random = np.random.default_rng(31)
    for _ in range(1_000):
        first, second = (
            np.sort(random.integers(0, 120, random.integers(0, 25))).tolist() for _ in range(2)
        )
        tolerance = int(random.integers(0, 20))
        pairs = pairs_within(first, second, tolerance)
        lag = sum(abs(first[i] - second[j]) for i, j in pairs)
        assert (len(pairs), lag) == hungarian(first, second, tolerance)


def test_matches_do_not_depend_on_who_comes_first() -> None:
    random = np.random.default_rng(32)
    for _ in range(300):
        times = random.permutation(90)
        first, second = sorted(times[:12].tolist()), sorted(times[12:24].tolist())
        there = pairs_within(first, second, 9)
        assert there == tuple((i, j) for j, i in pairs_within(second, first, 9))


def points(*events: tuple[float, int]) -> Bouts:
    return bouts_from([(round(at * SECOND), round(at * SECOND), code) for at, code in events])


def states(*events: tuple[float, float, int]) -> Bouts:
    return bouts_from([(round(on * SECOND), round(off * SECOND), code) for on, off, code in events])


def one(a: Bouts, b: Bouts, tolerance: int = SECOND) -> OnsetAgreement:
    (found,) = onset_agreement(a, b, 1, (tolerance,))
    return found


def test_every_code_is_matched_for_itself_at_every_tolerance() -> None:
    a = points((1, 0), (5, 1), (9, 0))
    b = points((1.4, 0), (5.8, 1), (9.1, 1))
    found = onset_agreement(a, b, 2, TOLERANCES)
    assert [(one.code, one.tolerance_us) for one in found] == [
        (code, tolerance) for code in (0, 1) for tolerance in TOLERANCES
    ]
    assert [one.pairs for one in found] == [((0, 0),)] * 3 + [(), ((1, 1),), ((1, 1),)]
    assert found[0].misses == (2,)
    assert found[3].false_alarms == (1, 2)


def test_hits_of_all_codes_add_up() -> None:
    found = onset_agreement(points((1, 0), (5, 1)), points((1, 0), (5.7, 1)), 2, TOLERANCES)
    assert total_hits(found, SECOND // 2) == Hits(hits=1, misses=1, false_alarms=1)
    assert total_hits(found, SECOND) == Hits(hits=2)


def test_a_lag_is_the_second_coders_time_less_the_first_ones() -> None:
    found = one(points((10, 0), (20, 0)), points((9.5, 0), (20.25, 0)))
    assert found.lags.values_us == (-500_000, 250_000)
    assert found.lags_us == (-500_000, 250_000)


def test_ends_and_lengths_are_compared_where_states_matched() -> None:
    found = one(states((10, 20, 0), (30, 40, 0)), states((10.5, 22, 0), (50, 60, 0)))
    assert found.lags_us == (500_000,)
    assert found.ends_us == (2_000_000,)
    assert found.lengths_us == (1_500_000,)
    assert found.ends.median_us.value == 2_000_000
    assert found.lengths.n == 1


def test_points_have_neither_ends_nor_lengths() -> None:
    found = one(points((10, 0)), points((10, 0)))
    assert found.ends.n == found.lengths.n == 0
    assert found.ends.median_us.undefined is Undefined.NOTHING


def test_an_onset_that_was_cut_off_is_no_onset() -> None:
    a, b = states((10, 20, 0), (30, 40, 0)), states((10, 20, 0), (30, 40, 0))
    found = one(replace(a, cut_starts=np.array([0])), replace(b, cut_starts=np.array([0])))
    assert found.pairs == ((1, 1),)
    assert found.counts.n == 1


def test_an_end_that_was_cut_off_is_no_end() -> None:
    a, b = states((10, 20, 0)), states((10, 25, 0))
    assert one(replace(a, cut_ends=np.array([0])), b).ends_us == ()
    assert one(a, replace(b, cut_ends=np.array([0]))).lengths_us == ()


def test_precision_recall_and_f1_have_their_n() -> None:
    counts = Hits(hits=6, misses=2, false_alarms=4)
    assert (counts.recall.value, counts.recall.n) == (0.75, 8)
    assert (counts.precision.value, counts.precision.n) == (0.6, 10)
    assert counts.f1.value == pytest.approx(12 / 18)
    assert counts.n == 12


def test_a_code_that_only_one_coder_used_has_f1_of_0_and_no_other_share() -> None:
    only_reference = one(points((1, 0)), points()).counts
    assert only_reference.f1.value == 0
    assert only_reference.recall.value == 0
    assert only_reference.precision.undefined is Undefined.NOT_USED
    only_other = one(points(), points((1, 0))).counts
    assert only_other.f1.value == 0
    assert only_other.recall.undefined is Undefined.NOT_USED


def test_a_code_that_nobody_used_has_no_f1() -> None:
    assert one(points(), points()).counts.f1.undefined is Undefined.NOT_USED


@pytest.mark.parametrize("lag", [-0.9, -0.2, 0.3, 0.99])
def test_a_constant_lag_shifts_the_median_and_nothing_else(lag: float) -> None:
    at = [5 * place for place in range(1, 30)]
    found = one(points(*((t, 0) for t in at)), points(*((t + lag, 0) for t in at)))
    assert found.counts.f1.value == 1
    assert found.lags.median_us.value == round(lag * SECOND)


def test_a_summary_of_lags_has_numpys_percentiles() -> None:
    random = np.random.default_rng(33)
    for count in (1, 2, 3, 10, 101):
        values = random.integers(-3 * SECOND, 3 * SECOND, count).tolist()
        found = lag_summary(values)
        wanted = np.percentile(values, (5, 25, 50, 75, 95))
        got = [found.tails_us[0], *found.quartiles_us, found.tails_us[1]]
        assert [one.value for one in got] == pytest.approx([*wanted[:2], *wanted[3:]])
        assert found.median_us.value == pytest.approx(wanted[2])
        assert found.mean_us.value == pytest.approx(np.mean(values))
        assert found.n == count


def test_shares_of_small_lags_include_the_bound() -> None:
    found = lag_summary([500_000, -500_001, 1_000_000, -2_000_001])
    assert [one.value for one in found.near] == [0.25, 0.75, 0.75]


def test_no_lags_have_no_summary() -> None:
    found = lag_summary([])
    assert {one.undefined for one in (found.mean_us, found.median_us, *found.near)} == {
        Undefined.NOTHING
    }


def test_matches_of_five_thousand_events_are_whole() -> None:
    a, b = (bouts_from(rows) for rows in jittered_bouts(5_000, 83 * 60 * SECOND, codes=6))
    found = onset_agreement(a, b, 6, TOLERANCES)
    for tolerance in TOLERANCES:
        total = total_hits(found, tolerance)
        assert total.hits + total.misses == len(a)
        assert total.hits + total.false_alarms == len(b)
