"""A statistic carries its n, its interval or the reason why it has no value."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.estimate import Undefined, known, missing


def test_a_value_is_a_plain_number_whatever_it_came_as() -> None:
    found = known(np.float64(0.25), np.int64(4))
    assert (type(found.value), type(found.n)) == (float, int)
    assert found.is_defined
    assert (found.low, found.high, found.undefined) == (None, None, None)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_no_value(value: float) -> None:
    with pytest.raises(ValueError, match="say why it is undefined"):
        known(value, 3)


def test_no_value_has_a_reason() -> None:
    found = missing(Undefined.ONE_CODE, 24)
    assert (found.value, found.n, found.undefined) == (None, 24, Undefined.ONE_CODE)
    assert not found.is_defined


def test_an_interval_stands_beside_the_value() -> None:
    found = known(-0.2, 9).between(-0.6, 0.1)
    assert (found.value, found.low, found.high, found.n) == (-0.2, -0.6, 0.1, 9)


@pytest.mark.parametrize("ends", [(float("nan"), 1.0), (0.0, float("inf"))])
def test_an_interval_without_an_end_is_none(ends: tuple[float, float]) -> None:
    assert known(0.5, 9).between(*ends) == known(0.5, 9)


def test_reasons_differ_from_each_other() -> None:
    assert len({one.value for one in Undefined}) == len(Undefined)
