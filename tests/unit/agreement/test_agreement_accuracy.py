"""The accuracy behind a kappa: the table of the reference, and the way back."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.accuracy import (
    Observers,
    accuracy_behind,
    base_rates_of,
    expected_kappa,
)
from ssp_coder.agreement.estimate import Undefined, known, missing

EQUAL, GOLD = Observers.TWO_EQUAL, Observers.AGAINST_GOLD

TABLE = (
    ((0.15, 0.85), (0.43, 0.54, 0.67, 0.82), (0.22, 0.33, 0.48, 0.68), 0.93),
    ((0.17, 0.73, 0.10), (0.60, 0.69, 0.78, 0.89), (0.38, 0.49, 0.63, 0.79), 0.89),
    ((0.15, 0.62, 0.09, 0.14), (0.67, 0.75, 0.83, 0.91), (0.47, 0.57, 0.69, 0.84), 0.86),
    ((0.02, 0.98), (0.11, 0.15, 0.24, 0.41), (0.04, 0.07, 0.12, 0.25), 0.99),
    ((1 / 12,) * 12, (0.78, 0.84, 0.89, 0.95), (0.61, 0.70, 0.79, 0.89), 0.79),
)


@pytest.mark.parametrize(("rates", "gold", "equal", "behind"), TABLE)
def test_the_table_of_the_reference_comes_out(
    rates: tuple[float, ...], gold: tuple[float, ...], equal: tuple[float, ...], behind: float
) -> None:
    for accuracy, against, between in zip((0.80, 0.85, 0.90, 0.95), gold, equal, strict=True):
        assert expected_kappa(accuracy, rates, GOLD) == pytest.approx(against, abs=0.0051)
        assert expected_kappa(accuracy, rates, EQUAL) == pytest.approx(between, abs=0.0051)
    found = accuracy_behind(known(0.60, 100), rates, EQUAL).value
    assert found == pytest.approx(behind, abs=0.0051)


@pytest.mark.parametrize("k", [2, 5, 12])
@pytest.mark.parametrize("accuracy", [0.5, 0.83, 1.0])
def test_equally_frequent_codes_have_a_closed_form(k: int, accuracy: float) -> None:
    chance = 1 / k
    against = (accuracy - chance) / (1 - chance)
    both = accuracy**2 + (1 - accuracy) ** 2 / (k - 1)
    assert expected_kappa(accuracy, np.ones(k), GOLD) == pytest.approx(against)
    assert expected_kappa(accuracy, np.ones(k), EQUAL) == pytest.approx(
        (both - chance) / (1 - chance)
    )


@pytest.mark.parametrize("observers", list(Observers))
@pytest.mark.parametrize("accuracy", [0.6, 0.9, 0.99])
def test_the_way_back_finds_the_accuracy(observers: Observers, accuracy: float) -> None:
    rates = (0.2, 0.7, 0.1)
    kappa = expected_kappa(accuracy, rates, observers)
    assert accuracy_behind(known(kappa, 50), rates, observers).value == pytest.approx(accuracy)


def test_the_interval_of_kappa_becomes_one_of_accuracy() -> None:
    found = accuracy_behind(known(0.5, 40).between(-0.1, 1.0), (0.5, 0.5), EQUAL)
    assert (found.n, found.low, found.high) == (40, 0.5, 1.0)


def test_a_kappa_of_zero_is_guessing_and_one_is_certainty() -> None:
    assert accuracy_behind(known(0.0, 9), (0.3, 0.7), EQUAL).value == 0.5
    assert accuracy_behind(known(1.0, 9), (0.3, 0.7), EQUAL).value == 1.0


def test_no_accuracy_explains_a_kappa_below_chance() -> None:
    found = accuracy_behind(known(-0.2, 9), (0.3, 0.7), EQUAL)
    assert (found.value, found.undefined) == (None, Undefined.BELOW_CHANCE)


def test_an_undefined_kappa_keeps_its_reason() -> None:
    found = accuracy_behind(missing(Undefined.ONE_CODE, 7), (1, 0), EQUAL)
    assert (found.undefined, found.n) == (Undefined.ONE_CODE, 7)
    assert accuracy_behind(known(0.5, 7), (1, 0), GOLD).undefined is Undefined.ONE_CODE


def test_frequencies_come_from_the_reference_or_from_both() -> None:
    table = [[8, 2], [0, 10]]
    assert base_rates_of(table, GOLD).tolist() == [10, 10]
    assert base_rates_of(table, EQUAL).tolist() == [9, 11]


@pytest.mark.parametrize(
    ("accuracy", "rates", "fact"),
    [
        (1.2, (1, 1), "not 0 to 1"),
        (0.8, (1,), "two codes or more"),
        (0.8, (0, 0), "not all 0"),
        (0.8, (-1, 2), "0 or more"),
    ],
)
def test_what_is_no_model_is_refused(accuracy: float, rates: tuple[float, ...], fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        expected_kappa(accuracy, rates, EQUAL)
