"""Interval by interval: whether and how often a code occurs, against a plain loop."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.interval_agreement import (
    IntervalAgreement,
    counts_of,
    interval_agreement,
    intervals_seen,
)
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.tracks import Bouts, Stretch, bouts_from

WINDOW = Stretch(start_us=0, end_us=60)


def naive(bouts: Bouts, code: int, part: Stretch, width: int) -> list[int]:
    """Bin after bin, event after event."""
    counts = []
    low = part.start_us
    while low < part.end_us:
        count = 0
        for start, end, own in zip(bouts.starts, bouts.ends, bouts.codes, strict=True):
            touches = (
                (start < low + width and end > low) if end > start else low <= start < low + width
            )
            count += own == code and touches
        counts.append(count)
        low += width
    return counts


def one(a: Bouts, b: Bouts, part: Stretch = WINDOW) -> IntervalAgreement:
    (found,) = interval_agreement(a, b, 1, part, 10)
    return found


def test_counts_equal_a_plain_loop_in_many_random_cases() -> None:
    random = np.random.default_rng(41)
    for _ in range(300):
        start = int(random.integers(0, 20))
        part = Stretch(start_us=start, end_us=start + int(random.integers(1, 90)))
        events = []
        for _ in range(int(random.integers(0, 12))):
            on = int(random.integers(part.start_us, part.end_us))
            events.append(
                (on, min(part.end_us, on + int(random.integers(0, 25))), int(random.integers(2)))
            )
        bouts, width = bouts_from(events), int(random.integers(1, 20))
        counts = counts_of(bouts, 2, part, width)
        assert counts.tolist() == [naive(bouts, code, part, width) for code in (0, 1)]


def test_a_state_occurs_in_every_interval_that_it_reaches_into() -> None:
    assert counts_of(bouts_from([(5, 21, 0)]), 1, WINDOW, 10).tolist() == [[1, 1, 1, 0, 0, 0]]


def test_a_state_that_ends_at_an_edge_does_not_reach_over_it() -> None:
    assert counts_of(bouts_from([(5, 20, 0)]), 1, WINDOW, 10).tolist() == [[1, 1, 0, 0, 0, 0]]


def test_a_point_occurs_in_one_interval() -> None:
    assert counts_of(bouts_from([(10, 10, 0)]), 1, WINDOW, 10).tolist() == [[0, 1, 0, 0, 0, 0]]


def test_the_last_interval_may_be_shorter() -> None:
    part = Stretch(start_us=0, end_us=25)
    assert counts_of(bouts_from([(24, 25, 0)]), 1, part, 10).tolist() == [[0, 0, 1]]


def test_indices_follow_their_definitions() -> None:
    a = bouts_from([(1, 1, 0), (2, 2, 0), (11, 11, 0), (31, 31, 0)])
    b = bouts_from([(5, 5, 0), (25, 25, 0), (31, 31, 0)])
    found = one(a, b)
    assert found.table.tolist() == [[2, 1], [1, 2]]
    assert found.occurrence.value == pytest.approx(2 / 4)
    assert found.non_occurrence.value == pytest.approx(2 / 4)
    assert found.total.value == pytest.approx(4 / 6)
    assert found.kappa.kappa.value == pytest.approx(kappa_of(found.table).kappa.value)
    assert found.kappa.se.undefined is Undefined.NO_SUCH
    assert found.exact_count.value == pytest.approx(3 / 6)
    assert found.count_ratio.value == pytest.approx((0.5 + 0 + 0 + 1 + 1 + 1) / 6)
    assert found.count_ratio_used.value == pytest.approx(1.5 / 4)
    assert (found.occurrence.n, found.total.n) == (4, 6)


def test_a_code_that_nobody_used_agrees_only_on_not_occurring() -> None:
    found = one(bouts_from([]), bouts_from([]))
    assert found.occurrence.undefined is Undefined.NOT_USED
    assert found.count_ratio_used.undefined is Undefined.NOT_USED
    assert found.non_occurrence.value == found.total.value == found.count_ratio.value == 1
    assert found.kappa.kappa.undefined is Undefined.ONE_CODE


def test_a_code_that_is_always_there_has_no_agreement_on_its_absence() -> None:
    always = bouts_from([(0, 60, 0)])
    assert one(always, always).non_occurrence.undefined is Undefined.NOT_USED


def test_an_empty_window_has_nothing_to_agree_on() -> None:
    found = one(bouts_from([]), bouts_from([]), Stretch(start_us=5, end_us=5))
    assert found.total.undefined is Undefined.NOTHING
    assert found.exact_count.undefined is Undefined.NOTHING
    assert found.kappa.n == 0


def test_intervals_of_which_nothing_was_seen_are_left_out() -> None:
    part = Stretch(start_us=0, end_us=60, blind=np.array([[10, 30], [42, 48]]))
    assert intervals_seen(part, 10).tolist() == [True, False, False, True, True, True]
    assert one(bouts_from([(1, 1, 0)]), bouts_from([(1, 1, 0)]), part).total.n == 4


def test_intervals_begin_with_the_window() -> None:
    part = Stretch(start_us=7, end_us=47, blind=np.array([[7, 17]]))
    assert intervals_seen(part, 10).tolist() == [False, True, True, True]
    assert counts_of(bouts_from([(18, 18, 0)]), 1, part, 10).tolist() == [[0, 1, 0, 0]]
