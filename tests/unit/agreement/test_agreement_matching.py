from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.matching import pairs_within

ONSETS = st.lists(st.integers(0, 40), max_size=7).map(sorted)


def value(first: Sequence[int], second: Sequence[int], pairs: Sequence[tuple[int, int]]):
    """Number of pairs and total lag, better is larger."""
    return len(pairs), -sum(abs(first[i] - second[j]) for i, j in pairs)


def best_of_all(first: Sequence[int], second: Sequence[int], tolerance: int) -> tuple[int, int]:
    """The best value over every one-to-one pairing, crossing ones included."""

    @cache
    def best(place: int, free: frozenset[int]) -> tuple[int, int]:
        if place == len(first):
            return 0, 0
        found = best(place + 1, free)
        for other in free:
            lag = abs(first[place] - second[other])
            if lag <= tolerance:
                count, rest = best(place + 1, free - {other})
                found = max(found, (count + 1, rest - lag))
        return found

    return best(0, frozenset(range(len(second))))


@given(ONSETS, ONSETS, st.integers(0, 15))
def test_no_pairing_is_better(first: list[int], second: list[int], tolerance: int) -> None:
    pairs = pairs_within(first, second, tolerance)
    assert value(first, second, pairs) == best_of_all(first, second, tolerance)


@given(ONSETS, ONSETS, st.integers(0, 15))
def test_pairs_are_one_to_one_within_tolerance_and_in_order(
    first: list[int], second: list[int], tolerance: int
) -> None:
    pairs = pairs_within(first, second, tolerance)
    assert all(abs(first[i] - second[j]) <= tolerance for i, j in pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert list(pairs) == sorted(pairs)


@given(ONSETS, ONSETS, st.integers(0, 15))
def test_changing_sides_changes_neither_count_nor_lag(
    first: list[int], second: list[int], tolerance: int
) -> None:
    there = pairs_within(first, second, tolerance)
    back = pairs_within(second, first, tolerance)
    assert value(first, second, there) == value(second, first, back)


@given(st.lists(st.integers(0, 1_000), max_size=200).map(sorted))
def test_a_list_is_paired_with_itself(onsets: list[int]) -> None:
    assert pairs_within(onsets, onsets, 0) == tuple((n, n) for n in range(len(onsets)))


def test_more_pairs_go_before_less_lag() -> None:
    # 10 lies nearest to 11, but then 12 would stay alone.
    assert pairs_within([10, 12], [8, 11], 3) == ((0, 0), (1, 1))


def test_the_tolerance_is_included() -> None:
    assert pairs_within([0], [5], 5) == ((0, 0),)
    assert pairs_within([0], [6], 5) == ()


def test_nothing_pairs_with_nothing() -> None:
    assert pairs_within([], [1, 2], 5) == ()
    assert pairs_within([1, 2], [], 5) == ()


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match="a tolerance of -1 is negative; give 0 or more"):
        pairs_within([1], [1], -1)
