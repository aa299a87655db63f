"""Standard errors and intervals do what they promise, by seeded simulation.

Every figure here is drawn with a fixed seed, so that each run sees the same numbers; the bounds
leave room of several standard errors of the simulation itself.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ssp_coder.agreement.accuracy import Observers, accuracy_behind, expected_kappa
from ssp_coder.agreement.bland_altman import bland_altman
from ssp_coder.agreement.case_bootstrap import resampled_tables
from ssp_coder.agreement.classes import label_agreement
from ssp_coder.agreement.estimate import Estimate, known
from ssp_coder.agreement.gwet import ac1, ac1s
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.kappa import kappa_of, kappas
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.wilson import wilson

ABCD = (0.15, 0.62, 0.09, 0.14)
NINETY = 0.9


def joint(accuracy: float = NINETY, rates: tuple[float, ...] = ABCD) -> Floats:
    """How often two equally accurate coders give each pair of codes."""
    k = len(rates)
    errors = np.full((k, k), (1 - accuracy) / (k - 1))
    np.fill_diagonal(errors, accuracy)
    return errors.T @ np.diag(rates) @ errors


def drawn(n: int, times: int, seed: int = 5) -> Floats:
    """Tables of n cases each."""
    p = joint()
    tables = np.random.default_rng(seed).multinomial(n, p.ravel(), size=times)
    return tables.reshape(times, *p.shape).astype(float)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(15, 0.30, 1.00), (30, 0.47, 0.89), (60, 0.52, 0.83), (100, 0.57, 0.80)],
)
def test_kappa_varies_with_n_as_the_reference_says(n: int, low: float, high: float) -> None:
    ends = np.nanpercentile(kappas(drawn(n, 8_000)), (2.5, 97.5))
    assert ends == pytest.approx((low, high), abs=0.035)


def test_kappa_comes_on_average_to_what_its_model_expects() -> None:
    expected = expected_kappa(NINETY, ABCD, Observers.TWO_EQUAL)
    assert kappas(drawn(2_000, 500)).mean() == pytest.approx(expected, abs=0.005)
    assert kappa_of(joint()).kappa.value == pytest.approx(expected)


def test_the_accuracy_of_the_coders_is_found_again() -> None:
    value = float(kappas(drawn(50_000, 1))[0])
    found = accuracy_behind(known(value, 50_000), ABCD, Observers.TWO_EQUAL)
    assert found.value == pytest.approx(NINETY, abs=0.005)


@pytest.mark.parametrize(
    ("many", "error"),
    [
        (kappas, lambda table: kappa_of(table).se),
        (ac1s, lambda table: ac1(table).se),
    ],
    ids=["kappa", "AC1"],
)
def test_a_standard_error_is_the_spread_of_many_samples(
    many: Callable[[Floats], Floats], error: Callable[[Floats], Estimate]
) -> None:
    tables = drawn(200, 4_000)
    spread = many(tables).std()
    errors = [error(table).value for table in tables[:300]]
    assert np.mean(errors) == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize("many", [kappas, ac1s], ids=["kappa", "AC1"])
def test_drawing_cases_anew_spreads_as_fresh_samples_do(
    many: Callable[[Floats], Floats],
) -> None:
    table = np.round(200 * joint())
    again = many(resampled_tables(table)).std()
    assert again == pytest.approx(many(drawn(200, 4_000)).std(), rel=0.1)


def test_an_interval_of_kappa_holds_the_truth_about_as_often_as_it_says() -> None:
    truth = expected_kappa(NINETY, ABCD, Observers.TWO_EQUAL)
    held = 0
    for table in drawn(80, 150):
        values = kappas(resampled_tables(table, resamples=400))
        low, high = np.nanpercentile(values, (2.5, 97.5))
        held += low <= truth <= high
    assert held / 150 > 0.87


def test_a_wilson_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    hits = np.random.default_rng(2).binomial(30, 0.8, size=3_000)
    ends = {x: wilson(x, 30) for x in range(31)}
    held = [ends[int(x)][0] <= 0.8 <= ends[int(x)][1] for x in hits]
    assert 0.93 < np.mean(held) < 0.98


@pytest.mark.parametrize(
    ("right", "tapes", "needed", "chance"),
    [(0.7, 30, 24, 0.16), (0.8, 30, 24, 0.61), (0.9, 30, 24, 0.97), (0.7, 10, 8, 0.38)],
)
def test_a_pass_mark_lets_pass_whom_the_reference_says(
    right: float, tapes: int, needed: int, chance: float
) -> None:
    hits = np.random.default_rng(3).binomial(tapes, right, size=20_000)
    assert (hits >= needed).mean() == pytest.approx(chance, abs=0.015)


# ---------------------------------------------------------------- ratings

CASES, RATERS, TRUTH = 30, 2, 0.8


def ratings(chance: np.random.Generator, bias: float = 0.0) -> Floats:
    """Ratings of which the true absolute-agreement ICC is known when there is no bias."""
    true = chance.normal(0, np.sqrt(TRUTH), (CASES, 1))
    noise = chance.normal(0, np.sqrt(1 - TRUTH), (CASES, RATERS))
    return true + noise + np.array([0.0, bias])


@pytest.mark.parametrize("form", ["icc_1_1", "icc_2_1", "icc_3_1"])
def test_an_interval_of_an_icc_holds_the_truth(form: str) -> None:
    chance = np.random.default_rng(17)
    held = 0
    for _ in range(600):
        found: Estimate = getattr(icc(ratings(chance)), form)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= TRUTH <= found.high
    assert 0.92 < held / 600 < 0.98


@pytest.mark.parametrize("form", ["icc_1_k", "icc_2_k", "icc_3_k"])
def test_an_interval_for_the_mean_of_raters_holds_the_truth(form: str) -> None:
    chance = np.random.default_rng(18)
    truth = RATERS * TRUTH / (1 + (RATERS - 1) * TRUTH)
    held = 0
    for _ in range(600):
        found: Estimate = getattr(icc(ratings(chance)), form)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    assert 0.92 < held / 600 < 0.98


def test_a_bias_is_told_apart_from_noise() -> None:
    chance = np.random.default_rng(19)
    held, flagged = 0, 0
    for _ in range(600):
        scores = ratings(chance, bias=0.5)
        bias = bland_altman(scores[:, 0], scores[:, 1]).bias
        assert bias.low is not None
        assert bias.high is not None
        held += bias.low <= 0.5 <= bias.high
        flagged += bias.low > 0
    assert 0.92 < held / 600 < 0.98
    assert flagged / 600 > 0.7


def test_a_bias_shows_between_absolute_agreement_and_consistency() -> None:
    found = icc(ratings(np.random.default_rng(20), bias=1.0))
    assert found.icc_2_1.value is not None
    assert found.icc_3_1.value is not None
    assert found.icc_3_1.value - found.icc_2_1.value > 0.1


def test_limits_of_agreement_hold_most_differences() -> None:
    chance = np.random.default_rng(21)
    apart = chance.normal(0.3, 1.2, 5_000)
    found = bland_altman(np.zeros(5_000), apart)
    assert found.lower.value is not None
    assert found.upper.value is not None
    held = ((found.lower.value <= apart) & (apart <= found.upper.value)).mean()
    assert held == pytest.approx(0.95, abs=0.01)


def test_few_cases_make_a_wide_interval() -> None:
    wide = label_agreement([("A", "A")] * 6 + [("B", "B")] * 6 + [("A", "B")] * 3, "AB")
    narrow = label_agreement([("A", "A")] * 60 + [("B", "B")] * 60 + [("A", "B")] * 30, "AB")
    assert wide.kappa.kappa.value == pytest.approx(narrow.kappa.kappa.value)
    widths = [
        one.kappa.kappa.high - one.kappa.kappa.low
        for one in (wide, narrow)
        if one.kappa.kappa.high is not None and one.kappa.kappa.low is not None
    ]
    assert widths[0] > 2 * widths[1]
