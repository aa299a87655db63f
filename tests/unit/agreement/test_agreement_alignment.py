"""Alignment of events: the cheapest of all, proven against every other way to find it."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.alignment import GAP, SUBSTITUTION, Onsets, aligned, alignment_agreement
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.tracks import bouts_from
from ssp_coder.domain.time import SECOND_US
from tests.agreement_codings import jittered_bouts

FIVE = 5 * SECOND_US
CASES = 1_000


def drawn(random: np.random.Generator, most: int, until: int) -> Onsets:
    count = int(random.integers(0, most + 1))
    times = np.sort(random.integers(0, until, count))
    return Onsets(times.tolist(), random.integers(0, 3, count).tolist())


def cost(a: Onsets, b: Onsets, pairs: tuple[tuple[int, int], ...]) -> int:
    total = GAP * (len(a.times) + len(b.times) - 2 * len(pairs))
    for i, j in pairs:
        total += abs(a.times[i] - b.times[j])
        total += SUBSTITUTION if a.codes[i] != b.codes[j] else 0
    return total


def may_pair(a: Onsets, b: Onsets, i: int, j: int, tolerance: int) -> bool:
    return abs(a.times[i] - b.times[j]) <= tolerance


def cheapest_of_all(a: Onsets, b: Onsets, tolerance: int) -> int:
    """Every alignment tried, one after the other."""

    def tried(i: int, j: int) -> int:
        if i == len(a.times) or j == len(b.times):
            return GAP * (len(a.times) - i + len(b.times) - j)
        found = min(tried(i + 1, j), tried(i, j + 1)) + GAP
        if may_pair(a, b, i, j, tolerance):
            own = Onsets([a.times[i]], [a.codes[i]]), Onsets([b.times[j]], [b.codes[j]])
            found = min(found, tried(i + 1, j + 1) + cost(*own, ((0, 0),)))
        return found

    return tried(0, 0)


def cheapest_by_full_table(a: Onsets, b: Onsets, tolerance: int) -> int:
    """The whole dynamic programme, without a band."""
    table = np.zeros((len(a.times) + 1, len(b.times) + 1), dtype=np.int64)
    table[:, 0] = GAP * np.arange(len(a.times) + 1)
    table[0, :] = GAP * np.arange(len(b.times) + 1)
    for i in range(len(a.times)):
        for j in range(len(b.times)):
            best = min(table[i, j + 1], table[i + 1, j]) + GAP
            if may_pair(a, b, i, j, tolerance):
                best = min(
                    best,
                    table[i, j]
                    + abs(a.times[i] - b.times[j])
                    + (SUBSTITUTION if a.codes[i] != b.codes[j] else 0),
                )
            table[i + 1, j + 1] = best
    return int(table[-1, -1])


def check(a: Onsets, b: Onsets, pairs: tuple[tuple[int, int], ...], tolerance: int) -> None:
    assert list(pairs) == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert [j for _, j in pairs] == sorted(j for _, j in pairs)
    assert all(may_pair(a, b, i, j, tolerance) for i, j in pairs)


def test_no_alignment_is_cheaper_in_a_thousand_small_cases() -> None:
    random = np.random.default_rng(11)
    for _ in range(CASES):
        a, b = drawn(random, 5, 12), drawn(random, 5, 12)
        tolerance = int(random.integers(0, 8))
        pairs = aligned(a, b, tolerance)
        check(a, b, pairs, tolerance)
        assert cost(a, b, pairs) == cheapest_of_all(a, b, tolerance)


def test_the_band_loses_nothing_in_a_thousand_larger_cases() -> None:
    random = np.random.default_rng(12)
    for _ in range(CASES):
        a, b = drawn(random, 16, 60), drawn(random, 16, 60)
        tolerance = int(random.integers(0, 70))
        pairs = aligned(a, b, tolerance)
        check(a, b, pairs, tolerance)
        assert cost(a, b, pairs) == cheapest_by_full_table(a, b, tolerance)


def test_coders_who_change_sides_get_the_same_pairs() -> None:
    random = np.random.default_rng(13)
    for _ in range(300):
        # Onsets of the two never coincide, so that no tie is left open.
        times = random.permutation(80)[:20]
        a, b = (
            Onsets(sorted(own.tolist()), random.integers(0, 3, 10).tolist())
            for own in (times[:10], times[10:])
        )
        there, back = aligned(a, b, 12), aligned(b, a, 12)
        assert cost(a, b, there) == cost(b, a, back)
        assert there == tuple((i, j) for j, i in back)


def seconds(*events: tuple[float, int]) -> Onsets:
    return Onsets([round(at * SECOND_US) for at, _ in events], [code for _, code in events])


def test_a_wrong_code_is_rather_linked_than_called_a_miss_and_a_false_alarm() -> None:
    assert aligned(seconds((1, 0)), seconds((2, 1)), FIVE) == ((0, 0),)


def test_two_same_codes_are_rather_linked_than_two_wrong_ones() -> None:
    a, b = seconds((1, 0), (2, 1), (3, 2)), seconds((1.5, 1), (2.5, 2))
    assert aligned(a, b, FIVE) == ((1, 0), (2, 1))


def test_of_equal_codes_the_nearer_event_is_linked() -> None:
    assert aligned(seconds((2, 0)), seconds((1, 0), (1.9, 0)), FIVE) == ((0, 1),)


def test_events_further_apart_than_the_tolerance_are_not_linked() -> None:
    assert aligned(seconds((1, 0)), seconds((6, 0)), FIVE) == ((0, 0),)
    assert aligned(seconds((1, 0)), seconds((6.000001, 0)), FIVE) == ()


def test_of_two_crossing_matches_only_one_is_linked() -> None:
    a, b = seconds((1, 0), (1.1, 1)), seconds((1, 1), (1.1, 0))
    ((i, j),) = aligned(a, b, FIVE)
    assert a.codes[i] == b.codes[j]


@pytest.mark.parametrize("tolerance", [-1, 7 * 24 * 3600 * SECOND_US])
def test_a_tolerance_out_of_bounds_is_refused(tolerance: int) -> None:
    with pytest.raises(ValueError, match="from 0 up to a week"):
        aligned(seconds(), seconds(), tolerance)


def test_the_table_counts_pairs_twice_and_events_alone_once() -> None:
    a = bouts_from([(0, 1, 0), (10, 11, 1), (20, 21, 0)])
    b = bouts_from([(0, 1, 0), (20, 21, 1), (40, 41, 1)])
    found = alignment_agreement(a, b, 2, 5)
    assert found.table.tolist() == [[2, 2, 0], [0, 0, 1], [0, 1, 0]]
    assert (found.misses, found.false_alarms) == (1, 1)
    assert found.kappa.p_o.value == pytest.approx(2 / 6)
    assert found.kappa.n == 6


def test_lags_are_those_of_the_second_coder() -> None:
    found = alignment_agreement(bouts_from([(10, 20, 0)]), bouts_from([(7, 20, 0)]), 1, 5)
    assert found.lags_us() == (-3,)


def test_two_coders_alike_agree_wholly() -> None:
    a, _ = jittered_bouts(60, 600 * SECOND_US, codes=4)
    found = alignment_agreement(bouts_from(a), bouts_from(a), 4, FIVE)
    assert found.kappa.kappa.value == pytest.approx(1.0)
    assert found.linked.value == 1.0
    assert set(found.lags_us()) == {0}


def test_no_events_at_all_say_that_there_is_nothing() -> None:
    found = alignment_agreement(bouts_from([]), bouts_from([]), 3, FIVE)
    assert found.kappa.kappa.undefined is Undefined.NOTHING
    assert found.linked.undefined is Undefined.NOTHING
    assert {one.kappa.undefined for one in found.by_code} == {Undefined.NOTHING}


def test_five_thousand_events_are_aligned_within_their_tolerance() -> None:
    a, b = (bouts_from(events) for events in jittered_bouts(5_000, 83 * 60 * SECOND_US, codes=6))
    found = alignment_agreement(a, b, 6, FIVE)
    assert max(map(abs, found.lags_us())) <= FIVE
    assert found.table.sum() == len(a) + len(b)
    assert 0.5 < found.kappa.kappa.value < 1
