"""Chance agreement with a structural zero against iterative fitting of the margins."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.ipf import expected, linked_kappa, linked_kappas

ROUNDS = 3_000


def fitted(table: np.ndarray) -> np.ndarray:
    """The same by iteration, as the reference defines it."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    cells = np.ones_like(table)
    cells[-1, -1] = 0
    cells[rows == 0] = 0
    cells[:, columns == 0] = 0
    for _ in range(ROUNDS):
        sums = cells.sum(axis=1)
        cells *= np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
        sums = cells.sum(axis=0)
        cells *= np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)[None, :]
        if np.abs(cells.sum(axis=1) - rows).max() < 1e-12 * table.sum():
            break
    return cells


def random_tables(count: int, k: int) -> np.ndarray:
    """Tables with nil last, with empty rows and columns among them."""
    chance = np.random.default_rng(k)
    tables = chance.integers(0, 6, (count, k, k)).astype(float)
    tables[:, 0, 0] += 1
    tables[:, -1, -1] = 0
    for table in tables:
        if chance.random() < 0.4:
            table[int(chance.integers(1, k))] = 0
        if chance.random() < 0.4:
            table[:, int(chance.integers(1, k))] = 0
    return tables


@pytest.mark.parametrize("k", [2, 3, 5])
def test_the_closed_form_is_where_iteration_ends(k: int) -> None:
    for table in random_tables(60, k):
        assert np.abs(expected(table) - fitted(table)).max() < 1e-7 * table.sum()


@pytest.mark.parametrize("k", [2, 4])
def test_both_margins_come_again_and_nil_nil_stays_empty(k: int) -> None:
    tables = random_tables(80, k)
    found = expected(tables)
    for axis in (1, 2):
        assert found.sum(axis=axis) == pytest.approx(tables.sum(axis=axis), abs=1e-10)
    assert not found[:, -1, -1].any()
    assert (found >= 0).all()


def test_without_any_link_nothing_is_expected_inside() -> None:
    found = expected([[0, 0, 3], [0, 0, 1], [2, 2, 0]])
    assert not found[:2, :2].any()
    assert found[:, -1].tolist() == [3, 1, 0]


def test_an_empty_table_expects_nothing() -> None:
    assert not expected(np.zeros((3, 3))).any()


def test_with_an_empty_nil_row_and_column_chance_is_that_of_cohen() -> None:
    table = np.array([[10, 4, 0], [2, 9, 0], [0, 0, 0]], float)
    inner = table[:2, :2]
    margins = np.outer(inner.sum(axis=1), inner.sum(axis=0)) / inner.sum()
    assert expected(table)[:2, :2] == pytest.approx(margins)


def test_kappa_and_its_largest_value_go_by_this_chance() -> None:
    table = np.array([[20, 2, 1], [0, 14, 2], [3, 1, 0]], float)
    by_chance = np.trace(fitted(table)) / table.sum()
    least = np.minimum(table.sum(axis=0), table.sum(axis=1)).sum() / table.sum()
    found = linked_kappa(table)
    observed = np.trace(table) / table.sum()
    assert (found.n, found.p_o.value) == (43, pytest.approx(observed))
    assert found.p_e.value == pytest.approx(by_chance)
    assert found.kappa.value == pytest.approx((observed - by_chance) / (1 - by_chance))
    assert found.kappa_max.value == pytest.approx((least - by_chance) / (1 - by_chance))
    assert found.se.undefined is Undefined.NO_SUCH


def test_one_code_without_a_miss_leaves_kappa_undefined() -> None:
    found = linked_kappa([[8, 0], [0, 0]])
    assert (found.kappa.undefined, found.p_o.value) == (Undefined.ONE_CODE, 1)
    assert linked_kappa(np.zeros((2, 2))).kappa.undefined is Undefined.NOTHING


def test_many_tables_at_once_give_the_kappas_of_each() -> None:
    tables = random_tables(40, 4)
    tables[3] = 0
    singly = [linked_kappa(table).kappa.value for table in tables]
    at_once = linked_kappas(tables)
    assert np.isnan(at_once[3])
    assert [one for one in singly if one is not None] == pytest.approx(
        at_once[~np.isnan(at_once)].tolist()
    )


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ([[1, 2], [3, 1]], "nil-nil must be 0"),
        ([[0]], "not square with a nil"),
        ([[1, 2, 3], [1, 2, 0]], "not square"),
        ([[-1, 2], [3, 0]], "not a count"),
    ],
)
def test_what_is_no_table_of_linked_events_is_refused(table: object, fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        expected(table)
