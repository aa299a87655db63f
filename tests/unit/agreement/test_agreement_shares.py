"""Wilson intervals of shares, and limits of agreement of paired measurements."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from ssp_coder.agreement.bland_altman import bland_altman
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.wilson import share, wilson

NAN = float("nan")


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (8, 10, 0.490, 0.943),
        (12, 15, 0.548, 0.930),
        (16, 20, 0.584, 0.919),
        (24, 30, 0.627, 0.905),
        (29, 36, 0.650, 0.902),
        (40, 50, 0.670, 0.888),
    ],
)
def test_intervals_are_those_of_the_reference(x: int, n: int, low: float, high: float) -> None:
    assert wilson(x, n) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


@pytest.mark.parametrize("n", [1, 7, 30])
def test_intervals_are_those_of_statsmodels(n: int) -> None:
    for x in range(n + 1):
        theirs = proportion_confint(x, n, method="wilson")
        assert wilson(x, n) == pytest.approx(theirs, abs=1e-9)


def test_all_or_none_reach_the_ends_exactly() -> None:
    assert wilson(0, 9)[0] == 0
    assert wilson(9, 9)[1] == 1


def test_without_a_case_everything_is_possible_and_there_is_no_share() -> None:
    assert wilson(0, 0) == (0, 1)
    assert share(0, 0).undefined is Undefined.NOTHING


def test_a_share_carries_its_interval_and_n() -> None:
    found = share(24, 30)
    assert (found.value, found.n) == (0.8, 30)
    assert (found.low, found.high) == wilson(24, 30)


@pytest.mark.parametrize(("x", "n"), [(5, 4), (-1, 4), (0, -1)])
def test_what_is_no_share_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(x, n)


def test_bias_is_second_minus_first_with_the_interval_of_a_mean() -> None:
    chance = np.random.default_rng(2)
    first = chance.normal(4, 1, 20)
    second = first + 0.5 + chance.normal(0, 0.6, 20)
    found = bland_altman(first, second)
    apart = second - first
    theirs = stats.t.interval(0.95, 19, apart.mean(), stats.sem(apart))
    assert found.bias.value == pytest.approx(apart.mean())
    assert (found.bias.low, found.bias.high) == pytest.approx(theirs)
    assert found.sd.value == pytest.approx(apart.std(ddof=1))
    assert found.lower.value == pytest.approx(apart.mean() - 1.96 * apart.std(ddof=1))
    assert found.upper.value == pytest.approx(apart.mean() + 1.96 * apart.std(ddof=1))


def test_limits_may_lie_two_deviations_away() -> None:
    found = bland_altman([0, 0, 0], [1, 2, 3], limits_sd=2)
    assert (found.lower.value, found.upper.value) == (0, 4)


def test_incomplete_pairs_are_left_out_and_counted() -> None:
    found = bland_altman([1, NAN, 3, 4], [2, 2, NAN, 6])
    assert (found.n, found.left_out, found.bias.value) == (2, 2, 1.5)


def test_one_pair_has_a_difference_without_spread() -> None:
    found = bland_altman([3], [5])
    assert (found.bias.value, found.bias.low) == (2, None)
    assert found.sd.undefined is Undefined.TOO_FEW
    assert found.upper.undefined is Undefined.TOO_FEW


def test_no_pair_has_no_difference() -> None:
    assert bland_altman([], []).bias.undefined is Undefined.NOTHING


def test_equal_differences_have_a_spread_of_zero() -> None:
    found = bland_altman([1, 2, 3], [2, 3, 4])
    assert (found.sd.value, found.lower.value, found.bias.low) == (0, 1, 1)


def test_lists_of_different_length_are_no_pairs() -> None:
    with pytest.raises(ValueError, match="2 and 3 measurements are not pairs"):
        bland_altman([1, 2], [1, 2, 3])
