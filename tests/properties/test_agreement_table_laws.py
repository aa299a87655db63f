"""Laws of the statistics on tables and ratings (agreement reference, section 8)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ssp_coder.agreement.alpha import Level, alpha, alpha_of_table
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.examples import run_examples
from ssp_coder.agreement.fleiss import fleiss
from ssp_coder.agreement.gwet import ac1, ac2
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.ipf import expected
from ssp_coder.agreement.kappa import kappa_of, pabak, quadratic_weights, scott_pi
from ssp_coder.agreement.wilson import wilson

NOMINAL = (
    lambda table: kappa_of(table).kappa,
    lambda table: kappa_of(table).kappa_max,
    pabak,
    scott_pi,
    alpha_of_table,
    lambda table: ac1(table).ac,
)
tables = st.integers(2, 5).flatmap(lambda k: arrays(np.int64, (k, k), elements=st.integers(0, 9)))


def same(one: Estimate, other: Estimate) -> bool:
    if one.value is None or other.value is None:
        return one == other
    return one.value == pytest.approx(other.value, abs=1e-9)


@given(tables)
def test_it_does_not_matter_who_is_first(table: np.ndarray) -> None:
    for statistic in NOMINAL:
        assert same(statistic(table), statistic(table.T))
    weights = quadratic_weights(len(table))
    assert same(kappa_of(table, weights).kappa, kappa_of(table.T, weights).kappa)
    assert same(ac2(table, weights).ac, ac2(table.T, weights).ac)


@given(tables, st.randoms(use_true_random=False))
def test_it_does_not_matter_how_codes_are_called(table: np.ndarray, order: object) -> None:
    places = list(range(len(table)))
    order.shuffle(places)
    for statistic in NOMINAL:
        assert same(statistic(table), statistic(table[np.ix_(places, places)]))


@given(tables)
def test_identical_coders_agree_fully_or_kappa_is_undefined(table: np.ndarray) -> None:
    for statistic in NOMINAL:
        value = statistic(np.diag(np.diag(table))).value
        assert value is None or value == pytest.approx(1)


@given(tables)
def test_kappa_lies_between_its_bounds_and_below_its_largest(table: np.ndarray) -> None:
    found = kappa_of(table)
    if found.kappa.value is not None:
        assert found.kappa_max.value is not None
        assert -1 - 1e-9 <= found.kappa.value <= found.kappa_max.value + 1e-9
        assert found.kappa_max.value <= 1 + 1e-9


@given(tables)
def test_declaring_a_code_that_nobody_uses_leaves_kappa_as_it_is(table: np.ndarray) -> None:
    wider = np.pad(table, ((0, 1), (0, 1)))
    assert same(kappa_of(table).kappa, kappa_of(wider).kappa)
    assert same(alpha_of_table(table), alpha_of_table(wider))


@given(tables)
def test_alpha_of_a_table_is_alpha_of_its_units(table: np.ndarray) -> None:
    pairs = [(i, j) for (i, j), count in np.ndenumerate(table) for _ in range(count)]
    if pairs:
        assert same(alpha_of_table(table), alpha(np.array(pairs, float).T, Level.NOMINAL))


@given(tables)
def test_alpha_comes_to_scotts_pi_as_units_grow_many(table: np.ndarray) -> None:
    many = table * 1_000_000
    assert same(
        Estimate(value=scott_pi(table).value, n=0), Estimate(value=scott_pi(many).value, n=0)
    )
    if scott_pi(many).value is not None:
        assert alpha_of_table(many).value == pytest.approx(scott_pi(many).value, abs=1e-5)


@given(tables)
def test_fitting_keeps_the_margins_and_nil_nil_empty(table: np.ndarray) -> None:
    table[-1, -1] = 0
    found = expected(table)
    assert found[-1, -1] == 0
    for axis in (0, 1):
        assert found.sum(axis=axis) == pytest.approx(table.sum(axis=axis), abs=1e-9)


ratings = st.tuples(st.integers(2, 12), st.integers(2, 4)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 7))
)


@given(ratings, st.integers(-50, 50), st.sampled_from([0.5, 1, 3]))
def test_moving_or_stretching_the_scale_leaves_the_icc(
    scores: np.ndarray, shift: int, stretch: float
) -> None:
    one, other = icc(scores), icc(scores * stretch + shift)
    for name in ("icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k"):
        before, after = getattr(one, name), getattr(other, name)
        assert (before.value is None) == (after.value is None)
        if before.value is not None:
            assert after.value == pytest.approx(before.value, rel=1e-6, abs=1e-6)


@given(ratings)
def test_an_icc_lies_in_its_interval(scores: np.ndarray) -> None:
    found = icc(scores)
    for one in (found.icc_1_1, found.icc_3_1, found.icc_1_k, found.icc_3_k):
        if one.low is not None:
            assert one.low - 1e-9 <= one.value <= one.high + 1e-9


@given(ratings)
def test_fleiss_kappa_of_two_raters_is_scotts_pi(scores: np.ndarray) -> None:
    table = np.zeros((8, 8))
    np.add.at(table, (scores[:, 0], scores[:, 1]), 1)
    counts = np.eye(8)[scores[:, 0]] + np.eye(8)[scores[:, 1]]
    assert same(fleiss(counts).kappa, scott_pi(table))


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_wilson_interval_holds_its_share(x: int, extra: int) -> None:
    low, high = wilson(x, x + extra)
    assert 0 <= low <= x / (x + extra) <= high < 1


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
FIELDS = ("table", "raters_by_units", "cases_by_raters", "a", "b", "L", "observers")
fields = st.fixed_dictionaries(dict.fromkeys(FIELDS, anything))
KIND_NAMES = ("table", "reliability_data", "ratings", "time_units", "units_on_continuum")


@given(st.sampled_from(KIND_NAMES), fields | anything, anything, anything)
def test_whatever_stands_in_a_row_only_that_row_fails(
    kind: str, given_: object, expected_: object, tolerance: object
) -> None:
    row = {
        "id": "x",
        "kind": kind,
        "input": given_,
        "expected": expected_,
        "tolerance": tolerance,
    }
    result, other = run_examples([row, expected_])
    assert result.id == "x"
    assert isinstance(result.passed, bool)
    assert not other.passed
