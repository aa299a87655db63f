"""Two coders on one rating scale."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.kappa import kappa_of, quadratic_weights
from ssp_coder.agreement.ratings import rating_agreement
from ssp_coder.agreement.wilson import wilson

FIRST = (1, 2, 4, 4, 7, 6, 3, 2, 5, 1, 2, 6)
SECOND = (1, 3, 4, 6, 7, 5, 3, 2, 5, 2, 2, 7)
NAN = float("nan")


def test_everything_stands_beside_the_coefficient() -> None:
    found = rating_agreement(FIRST, SECOND, 1, 7)
    assert found.icc == icc(np.column_stack((FIRST, SECOND)))
    assert (found.n, found.left_out, found.few) == (12, 0, False)
    assert found.exact.value == pytest.approx(7 / 12)
    assert (found.exact.low, found.exact.high) == wilson(7, 12)
    assert found.within_one.value == pytest.approx(11 / 12)
    assert found.bias.value == pytest.approx(np.mean(np.subtract(SECOND, FIRST)))
    assert found.differences.sd.value == pytest.approx(np.std(np.subtract(SECOND, FIRST), ddof=1))


def test_the_bubble_table_spans_the_whole_declared_scale() -> None:
    found = rating_agreement(FIRST, SECOND, 1, 7)
    assert found.points == (1, 2, 3, 4, 5, 6, 7)
    table = np.array(found.bubbles)
    assert table.shape == (7, 7)
    assert (table.sum(), table[3, 5], table[5, 3]) == (12, 1, 0)
    assert found.quadratic == kappa_of(table, quadratic_weights(7))


def test_kappa_depends_on_the_declared_scale_not_on_the_points_used() -> None:
    short = rating_agreement((1, 2, 3), (1, 3, 3), 1, 3).quadratic
    long = rating_agreement((1, 2, 3), (1, 3, 3), 1, 9).quadratic
    assert short.kappa.value == pytest.approx(long.kappa.value)
    assert short.p_o.value != pytest.approx(long.p_o.value)


def test_half_points_are_points_of_a_scale_that_has_them() -> None:
    found = rating_agreement((1.5, 2), (2, 4), 1, 5, step=0.5)
    assert found.points[:3] == (1, 1.5, 2)
    assert found.within_one.value == 0.5
    with pytest.raises(ValueError, match=r"rating 1.5 is no point of 1 to 5"):
        rating_agreement((1.5, 2), (2, 4), 1, 5)


def test_a_case_that_one_did_not_rate_is_left_out() -> None:
    found = rating_agreement((1, NAN, 3), (1, 2, NAN), 1, 7)
    assert (found.n, found.left_out, found.few) == (1, 2, True)
    assert found.icc.icc_2_1.undefined is Undefined.TOO_FEW


def test_without_a_case_nothing_is_claimed() -> None:
    found = rating_agreement((), (), 1, 7)
    for one in (found.exact, found.within_one, found.bias, found.quadratic.kappa):
        assert one.undefined is Undefined.NOTHING
    assert not np.array(found.bubbles).any()


def test_one_point_throughout_is_no_perfect_reliability() -> None:
    found = rating_agreement((4,) * 12, (4,) * 12, 1, 7)
    assert found.exact.value == 1
    assert found.icc.icc_2_1.undefined is Undefined.NO_VARIANCE
    assert found.quadratic.kappa.undefined is Undefined.ONE_CODE


def test_many_cases_bring_weighted_kappa_and_icc_together() -> None:
    chance = np.random.default_rng(11)
    true = chance.integers(1, 8, 4_000)
    two = [np.clip(true + chance.integers(-1, 2, true.size), 1, 7) for _ in range(2)]
    found = rating_agreement(*two, 1, 7)
    assert found.quadratic.kappa.value == pytest.approx(found.icc.icc_2_1.value, abs=1e-3)


@pytest.mark.parametrize(
    ("first", "second", "bounds", "fact"),
    [
        ((0,), (1,), (1, 7), "rating 0 is no point of 1 to 7"),
        ((1,), (8,), (1, 7), "rating 8 is no point"),
        ((1, 2), (1,), (1, 7), "2 and 1 measurements"),
        ((1,), (1,), (7, 1), "is no scale"),
    ],
)
def test_what_is_not_on_the_scale_is_refused(
    first: tuple[int, ...], second: tuple[int, ...], bounds: tuple[int, int], fact: str
) -> None:
    with pytest.raises(ValueError, match=fact):
        rating_agreement(first, second, *bounds)
