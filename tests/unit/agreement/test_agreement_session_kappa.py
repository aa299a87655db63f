"""Kappa of the pieces of a session: quick sums that say what the slow tables say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ssp_coder.agreement.bootstrap import resampled
from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.kappa import kappa_of, specific_agreement
from ssp_coder.agreement.session_kappa import (
    Margins,
    kappa_with_interval,
    resampled_margins,
    session_kappa,
    with_interval,
)

TABLES = st.integers(2, 4).flatmap(
    lambda k: arrays.arrays(
        np.float64,
        st.tuples(st.integers(1, 5), st.just(k), st.just(k)),
        elements=st.integers(0, 40).map(float),
    )
)


def margins(table: np.ndarray) -> Margins:
    return Margins(
        table.sum(axis=-1), table.sum(axis=-2), np.diagonal(table, axis1=-2, axis2=-1).copy()
    )


def value_or_nan(value: float | None) -> float:
    return np.nan if value is None else value


@given(TABLES)
def test_sums_alone_give_the_kappa_of_each_table(tables: np.ndarray) -> None:
    wanted = [value_or_nan(kappa_of(table).kappa.value) for table in tables]
    assert margins(tables).kappas() == pytest.approx(np.array(wanted), abs=1e-12, nan_ok=True)


@given(TABLES)
def test_sums_alone_give_the_specific_agreement_of_each_code(tables: np.ndarray) -> None:
    wanted = [[value_or_nan(one.value) for one in specific_agreement(table)] for table in tables]
    assert margins(tables).specific() == pytest.approx(np.array(wanted), abs=1e-12, nan_ok=True)


@given(TABLES, st.integers(0, 2**32))
def test_drawn_sums_are_those_of_the_drawn_tables(tables: np.ndarray, seed: int) -> None:
    quick = resampled_margins(tables, 20, seed)
    slow = margins(resampled(tables, 20, seed))
    for name in ("rows", "columns", "both"):
        assert np.array_equal(getattr(quick, name), getattr(slow, name)), name


@given(TABLES)
def test_a_kappa_is_never_above_one_nor_without_reason_below_minus_one(tables: np.ndarray) -> None:
    found = margins(tables).kappas()
    sure = found[~np.isnan(found)]
    assert (sure <= 1).all()
    if tables.shape[-1] == 2:
        assert (sure >= -1).all()


@given(TABLES)
def test_exchanging_the_coders_changes_no_figure(tables: np.ndarray) -> None:
    turned = tables.swapaxes(-1, -2)
    assert np.array_equal(margins(tables).kappas(), margins(turned).kappas(), equal_nan=True)
    assert np.array_equal(margins(tables).specific(), margins(turned).specific(), equal_nan=True)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[5, 0], [0, 7]], 1.0),
        ([[0, 5], [5, 0]], -1.0),
        ([[4, 4], [4, 4]], 0.0),
        ([[9, 0], [0, 0]], np.nan),
        ([[0, 9], [0, 0]], 0.0),
        ([[0, 0], [0, 0]], np.nan),
    ],
    ids=["all equal", "never equal", "as chance has it", "one code", "one code each", "nothing"],
)
def test_the_edges_of_a_table(table: list[list[int]], kappa: float) -> None:
    (found,) = margins(np.array([table], dtype=np.float64)).kappas()
    assert found == pytest.approx(kappa, nan_ok=True)


def test_a_session_has_a_kappa_without_a_standard_error() -> None:
    table = np.array([[20, 5], [10, 15]], dtype=np.float64)
    found = session_kappa(table)
    assert found.kappa.value == pytest.approx(0.4)
    assert found.se.value is None
    assert found.se.undefined is Undefined.NO_SUCH
    assert kappa_of(table).se.value is not None, "so it was taken away, not missing before"


def test_everything_else_of_a_session_s_kappa_is_that_of_its_table() -> None:
    table = np.array([[20, 5], [10, 15]], dtype=np.float64)
    found, plain = session_kappa(table), kappa_of(table)
    for name in ("n", "p_o", "p_e", "kappa", "kappa_max"):
        assert getattr(found, name) == getattr(plain, name), name


def test_an_interval_comes_from_what_was_drawn() -> None:
    values = np.linspace(0.0, 1.0, 1_001)
    found = with_interval(known(0.5, 9), values)
    assert (found.low, found.high) == (pytest.approx(0.025), pytest.approx(0.975))
    assert (found.value, found.n) == (0.5, 9)


def test_what_is_undefined_gets_no_interval_from_any_draw() -> None:
    nothing = missing(Undefined.ONE_CODE, 9)
    assert with_interval(nothing, np.linspace(0, 1, 100)) == nothing


def test_draws_that_are_mostly_undefined_give_no_interval() -> None:
    values = np.full(100, np.nan)
    values[:20] = 0.5
    found = with_interval(known(0.5, 9), values)
    assert (found.low, found.high) == (None, None)


def test_an_interval_stands_with_the_kappa_and_nowhere_else() -> None:
    table = np.array([[20, 5], [10, 15]], dtype=np.float64)
    found = kappa_with_interval(session_kappa(table), np.linspace(-1, 1, 201))
    assert (found.kappa.low, found.kappa.high) == (pytest.approx(-0.95), pytest.approx(0.95))
    assert found.kappa_max.low is None
    assert found.p_o == session_kappa(table).p_o


def test_drawing_one_block_gives_that_block_again_and_again() -> None:
    tables = np.array([[[3, 1], [0, 5]]], dtype=np.float64)
    drawn = resampled_margins(tables, 7, 1)
    assert (drawn.kappas() == margins(tables).kappas()[0]).all()
