"""Numbers printed in publications and in the reference, one sentence each.

They stand here once more, apart from the bundled worked examples, so that a slip in the reading of
that file cannot hide one in a statistic.
"""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.alpha import Level, alpha, alpha_of_table, counted
from ssp_coder.agreement.bland_altman import bland_altman
from ssp_coder.agreement.continuum import Section, u_alpha
from ssp_coder.agreement.fleiss import fleiss
from ssp_coder.agreement.gwet import ac1, ac1_of_counts, ac2
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.kappa import (
    kappa_of,
    linear_weights,
    pabak,
    quadratic_weights,
    scott_pi,
    specific_agreement,
    weights_from_disagreement,
)

NAN = float("nan")
COHEN = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
SCLEROSIS = ((38, 5, 0, 1), (33, 11, 3, 0), (10, 14, 5, 6), (3, 7, 3, 10))
FOUR_OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3),
    (NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN),
)
DIAGNOSES = (
    *("00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006"),
    *("10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203"),
    *("00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006"),
)
LARGE_METER = (494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427)
MINI_METER = (512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451)
FIRST = "001111111100001111110000"
SECOND = "000011110000000110000000"


def units_table(first: str, second: str) -> np.ndarray:
    table = np.zeros((2, 2))
    for one, other in zip(first, second, strict=True):
        table[int(one), int(other)] += 1
    return table


def test_cohen_1960() -> None:
    found = kappa_of(COHEN)
    assert found.kappa.value == pytest.approx(0.492, abs=1e-3)
    assert found.kappa_max.value == pytest.approx(0.831, abs=1e-3)


def test_cohen_1968() -> None:
    weights = weights_from_disagreement([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert kappa_of(COHEN, weights).kappa.value == pytest.approx(0.348, abs=6e-4)


def test_fleiss_cohen_and_everitt_1969() -> None:
    found = kappa_of([[53, 5, 2], [11, 14, 5], [1, 6, 3]])
    assert found.kappa.value == pytest.approx(0.429, abs=5e-4)


def test_landis_and_koch_1977() -> None:
    plain, linear = kappa_of(SCLEROSIS), kappa_of(SCLEROSIS, linear_weights(4))
    assert plain.kappa.value == pytest.approx(0.2079, abs=1e-4)
    assert plain.se.value == pytest.approx(0.05046, abs=1e-5)
    assert linear.kappa.value == pytest.approx(0.3797, abs=1e-4)
    assert linear.se.value == pytest.approx(0.05173, abs=1e-4)


def test_feinstein_and_cicchetti_1990() -> None:
    balanced, lopsided = ((40, 9), (6, 45)), ((80, 10), (5, 5))
    assert pabak(balanced).value == pabak(lopsided).value == pytest.approx(0.7)
    assert kappa_of(balanced).kappa.value == pytest.approx(0.70, abs=5e-3)
    assert kappa_of(lopsided).kappa.value == pytest.approx((0.85 - 0.78) / 0.22)


def test_cicchetti_and_feinstein_1990() -> None:
    positive, negative = specific_agreement(((80, 10), (5, 5)))
    assert (positive.value, negative.value) == (pytest.approx(0.914, abs=1e-3), 0.4)


def test_gwet_2002() -> None:
    table = ((118, 5), (2, 0))
    assert kappa_of(table).kappa.value == pytest.approx(-0.0234, abs=1e-4)
    assert ac1(table).ac.value == pytest.approx(0.9408, abs=1e-4)


def test_gwet_with_quadratic_weights() -> None:
    found = ac2(COHEN, quadratic_weights(3)).ac
    assert found.value == pytest.approx(0.63855, abs=6e-6)


def test_gwet_with_four_raters() -> None:
    _, counts = counted(FOUR_OBSERVERS)
    assert ac1_of_counts(counts).value == pytest.approx(0.77544, abs=1e-5)


@pytest.mark.parametrize(
    ("level", "value"),
    [
        (Level.NOMINAL, 0.743),
        (Level.ORDINAL, 0.815),
        (Level.INTERVAL, 0.849),
        (Level.RATIO, 0.797),
    ],
)
def test_krippendorff_2011(level: Level, value: float) -> None:
    found = alpha(FOUR_OBSERVERS, level)
    assert found.value == pytest.approx(value, abs=6e-4)
    assert found.n == 11


def test_krippendorff_1995_second_by_second() -> None:
    table = units_table(FIRST, SECOND)
    assert kappa_of(table).kappa.value == pytest.approx(0.385, abs=1e-3)
    assert scott_pi(table).value == pytest.approx(0.314, abs=1e-3)
    value = alpha_of_table(table).value
    assert value is not None
    assert value == pytest.approx(1 - 47 / 48 * (1 - (scott_pi(table).value or 0)))


def test_krippendorff_2016_on_the_same_timelines() -> None:
    first = (Section(start=2, length=8, code="x"), Section(start=14, length=6, code="x"))
    second = (Section(start=4, length=4, code="x"), Section(start=15, length=2, code="x"))
    found = u_alpha((first, second), 24)
    assert found.nominal.value == pytest.approx(0.358333, abs=1e-6)
    # With one code alone, unit against gap is all that there is.
    assert found.binary.value == pytest.approx(found.nominal.value)


def test_fleiss_1971() -> None:
    counts = [[int(count) for count in row] for row in DIAGNOSES]
    found = fleiss(counts)
    assert (found.n, found.raters) == (30, 6)
    assert found.kappa.value == pytest.approx(0.430, abs=6e-4)
    assert all(one.is_defined for one in found.by_category)


def test_shrout_and_fleiss_1979() -> None:
    found = icc(
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    )
    single = (found.icc_1_1, found.icc_2_1, found.icc_3_1)
    mean = (found.icc_1_k, found.icc_2_k, found.icc_3_k)
    assert [one.value for one in single] == pytest.approx((0.17, 0.29, 0.71), abs=6e-3)
    assert [one.value for one in mean] == pytest.approx((0.44, 0.62, 0.91), abs=6e-3)
    assert (found.icc_2_1.low, found.icc_2_1.high) == pytest.approx((0.02, 0.76), abs=6e-3)
    assert (found.icc_1_k.low, found.icc_1_k.high) == pytest.approx((-0.88, 0.91), abs=6e-3)


def test_bland_and_altman_1986() -> None:
    found = bland_altman(MINI_METER, LARGE_METER, limits_sd=2)
    assert found.bias.value == pytest.approx(-2.1, abs=0.1)
    assert found.sd.value == pytest.approx(38.8, abs=0.1)
    assert (found.lower.value, found.upper.value) == pytest.approx((-79.7, 75.5), abs=0.1)
