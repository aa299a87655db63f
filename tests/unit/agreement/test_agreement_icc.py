"""Intraclass correlations: closed forms, limits, and what leaves them undefined."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.icc import FEW_CASES, icc
from ssp_coder.agreement.quantiles import upper_f, upper_t

SHROUT_FLEISS = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)
NAN = float("nan")


def random_ratings(cases: int = 12, raters: int = 3, seed: int = 1) -> np.ndarray:
    chance = np.random.default_rng(seed)
    true = chance.normal(4, 1.5, (cases, 1))
    return true + chance.normal(0, 0.8, (cases, raters)) + chance.normal(0, 0.3, (1, raters))


def mean_squares(ratings: np.ndarray) -> tuple[float, float, float, float]:
    """Between cases, within cases, between raters, residual, by sums of squares."""
    n, k = ratings.shape
    whole = ((ratings - ratings.mean()) ** 2).sum()
    cases = k * ((ratings.mean(axis=1) - ratings.mean()) ** 2).sum()
    raters = n * ((ratings.mean(axis=0) - ratings.mean()) ** 2).sum()
    rest = whole - cases - raters
    return (
        cases / (n - 1),
        (whole - cases) / (n * (k - 1)),
        raters / (k - 1),
        rest / ((n - 1) * (k - 1)),
    )


@pytest.mark.parametrize("seed", range(6))
def test_all_six_forms_follow_their_definitions(seed: int) -> None:
    ratings = random_ratings(seed=seed)
    n, k = ratings.shape
    b, w, j, e = mean_squares(ratings)
    found = icc(ratings)
    assert found.icc_1_1.value == pytest.approx((b - w) / (b + (k - 1) * w))
    assert found.icc_1_k.value == pytest.approx((b - w) / b)
    assert found.icc_3_1.value == pytest.approx((b - e) / (b + (k - 1) * e))
    assert found.icc_3_k.value == pytest.approx((b - e) / b)
    assert found.icc_2_1.value == pytest.approx((b - e) / (b + (k - 1) * e + k * (j - e) / n))
    assert found.icc_2_k.value == pytest.approx((b - e) / (b + (j - e) / n))


@pytest.mark.parametrize("seed", range(4))
def test_intervals_of_absolute_agreement_follow_mcgraw_and_wong(seed: int) -> None:
    ratings = random_ratings(seed=seed)
    n, k = ratings.shape
    b, _, j, e = mean_squares(ratings)
    found = icc(ratings)
    rho, fj, d = found.icc_2_1.value, j / e, (n - 1) * (k - 1)
    assert rho is not None
    g = n * (1 + (k - 1) * rho) - k * rho
    v = d * (k * rho * fj + g) ** 2 / ((n - 1) * k**2 * rho**2 * fj**2 + g**2)
    over, under = stats.f.ppf(0.975, n - 1, v), stats.f.ppf(0.975, v, n - 1)
    low = n * (b - over * e) / (over * (k * j + (k * n - k - n) * e) + n * b)
    high = n * (under * b - e) / (k * j + (k * n - k - n) * e + n * under * b)
    assert (found.icc_2_1.low, found.icc_2_1.high) == (pytest.approx(low), pytest.approx(high))
    assert found.icc_2_k.low == pytest.approx(k * low / (1 + (k - 1) * low))


def test_a_value_lies_in_its_interval() -> None:
    found = icc(SHROUT_FLEISS)
    for one in (found.icc_1_1, found.icc_2_1, found.icc_3_1, found.icc_1_k, found.icc_3_k):
        assert one.low is not None
        assert one.value is not None
        assert one.high is not None
        assert one.low < one.value < one.high


def test_a_constant_bias_lowers_absolute_agreement_only() -> None:
    first = np.array([1, 2, 3, 4, 5, 6, 7, 3, 4, 2], float)
    found = icc(np.column_stack((first, first + 1)))
    assert found.icc_3_1.value == pytest.approx(1)
    assert (found.icc_3_1.low, found.icc_3_1.high) == (found.icc_3_1.value,) * 2
    assert found.icc_2_1.value is not None
    assert found.icc_2_1.value < 0.95
    assert found.icc_2_1.low is not None
    assert found.icc_2_1.low < found.icc_2_1.value


def test_perfect_agreement_is_one_with_an_interval_of_one() -> None:
    found = icc([[value, value] for value in (1, 4, 2, 7)])
    for one in (found.icc_1_1, found.icc_2_1, found.icc_3_1, found.icc_2_k):
        assert (one.value, one.low, one.high) == (1, 1, 1)


@pytest.mark.parametrize("value", [0.1, 3, 1e6])
def test_equal_ratings_throughout_leave_every_form_undefined(value: float) -> None:
    found = icc([[value, value, value]] * 7)
    for one in (found.icc_1_1, found.icc_1_k, found.icc_2_1, found.icc_2_k, found.icc_3_1):
        assert (one.value, one.undefined, one.n) == (None, Undefined.NO_VARIANCE, 7)


def test_disagreement_worse_than_chance_is_negative() -> None:
    found = icc([[1, 7], [7, 1], [2, 6], [6, 2]])
    assert found.icc_1_1.value == pytest.approx(-1)
    assert found.icc_1_k.undefined is Undefined.NO_VARIANCE


def test_only_complete_cases_are_counted_and_few_are_flagged() -> None:
    whole = icc(SHROUT_FLEISS)
    found = icc([*SHROUT_FLEISS, (3, NAN, 4, 5)])
    assert (found.n, found.left_out, found.raters) == (6, 1, 4)
    assert found.icc_2_1 == whole.icc_2_1
    assert found.few
    assert not icc(random_ratings(cases=FEW_CASES)).few


@pytest.mark.parametrize(
    ("ratings", "why"),
    [
        ([[1, 2]], Undefined.TOO_FEW),
        ([[1], [2], [3]], Undefined.TOO_FEW),
        ([[NAN, 2], [1, NAN]], Undefined.NOTHING),
        (np.zeros((0, 2)), Undefined.NOTHING),
    ],
)
def test_too_few_cases_or_raters_say_so(ratings: object, why: Undefined) -> None:
    assert icc(ratings).icc_2_1.undefined is why


def test_what_is_no_table_of_ratings_is_refused() -> None:
    with pytest.raises(ValueError, match="rows of cases by raters"):
        icc([1, 2, 3])


def test_quantiles_are_those_of_scipy_stats() -> None:
    for above, below in ((5, 15), (11, 3.7), (2.2, 40)):
        assert upper_f(above, below) == pytest.approx(stats.f.ppf(0.975, above, below))
    assert upper_t(7) == pytest.approx(stats.t.ppf(0.975, 7))
