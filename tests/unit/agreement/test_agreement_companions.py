"""Gwet's coefficients, Krippendorff's alpha and Fleiss kappa."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from statsmodels.stats.inter_rater import fleiss_kappa

from ssp_coder.agreement.alpha import Level, alpha, alpha_of_table, counted
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.fleiss import fleiss
from ssp_coder.agreement.gwet import ac1, ac1_of_counts, ac1s, ac2
from ssp_coder.agreement.kappa import quadratic_weights

NAN = float("nan")
GWET = ((118, 5), (2, 0))


def naive_alpha(raters: np.ndarray, level: Level) -> float:
    """Alpha from every ordered pair of values, without a table."""
    units = [column[~np.isnan(column)] for column in raters.T]
    units = [unit for unit in units if len(unit) >= 2]
    pool = np.concatenate(units)

    def apart(one: float, other: float) -> float:
        if level is Level.NOMINAL:
            return float(one != other)
        if level is Level.INTERVAL:
            return (one - other) ** 2
        if level is Level.RATIO:
            return 0.0 if one == other == 0 else ((one - other) / (one + other)) ** 2
        low, high = sorted((one, other))
        between = ((pool >= low) & (pool <= high)).sum()
        return float(between - ((pool == low).sum() + (pool == high).sum()) / 2) ** 2

    observed = sum(
        apart(*pair) / (len(unit) - 1) for unit in units for pair in permutations(unit, 2)
    )
    expected = sum(apart(*pair) for pair in permutations(pool, 2)) / (len(pool) - 1)
    return 1 - observed / expected


@pytest.mark.parametrize("level", list(Level))
def test_alpha_is_that_of_all_pairs_of_values(level: Level) -> None:
    chance = np.random.default_rng(4)
    for _ in range(12):
        raters = chance.integers(0, 5, (3, 9)).astype(float)
        raters[chance.random(raters.shape) < 0.25] = NAN
        found = alpha(raters, level)
        assert found.value == pytest.approx(naive_alpha(raters, level))
        assert found.n == (np.isfinite(raters).sum(axis=0) >= 2).sum()


def test_alpha_of_one_value_throughout_is_undefined() -> None:
    for level in Level:
        assert alpha([[2, 2, 2], [2, 2, 2]], level).undefined is Undefined.ONE_CODE
    assert alpha_of_table([[5, 0], [0, 0]]).undefined is Undefined.ONE_CODE


def test_alpha_without_a_unit_of_two_values_is_undefined() -> None:
    assert alpha([[1, NAN], [NAN, 2]], Level.NOMINAL).undefined is Undefined.NOTHING
    assert alpha_of_table([[0, 0], [0, 0]]).undefined is Undefined.NOTHING


def test_negative_values_have_no_ratio() -> None:
    with pytest.raises(ValueError, match="-1 is negative"):
        alpha([[1, -1], [1, 2]], Level.RATIO)


def test_raters_are_rows() -> None:
    with pytest.raises(ValueError, match="rows of raters by units"):
        alpha([1, 2, 3], Level.NOMINAL)


def test_values_are_counted_unit_by_unit() -> None:
    values, counts = counted([[3, 1, NAN], [3, 3, NAN]])
    assert values.tolist() == [1, 3]
    assert counts.tolist() == [[0, 2], [1, 1], [0, 0]]


def test_ac1_holds_where_kappa_breaks_down() -> None:
    found = ac1(GWET)
    assert found.ac.value == pytest.approx(0.9408, abs=1e-4)
    assert found.se.value == pytest.approx(0.02296, abs=6e-5)
    assert (found.n, found.p_o.value) == (125, pytest.approx(118 / 125))


def test_ac1_is_ac2_with_all_or_nothing() -> None:
    table = [[30, 3, 1], [2, 20, 4], [0, 5, 9]]
    assert ac2(table, np.eye(3)) == ac1(table)
    near = ac2(table, quadratic_weights(3))
    assert near.ac.value is not None
    assert ac1(table).ac.value is not None
    assert near.ac.value > ac1(table).ac.value


def test_ac1_of_many_tables_is_that_of_each() -> None:
    tables = np.random.default_rng(6).integers(0, 5, (30, 3, 3)).astype(float)
    tables[4] = 0
    at_once = ac1s(tables)
    assert np.isnan(at_once[4])
    singly = [ac1(table).ac.value for table in tables]
    assert [one for one in singly if one is not None] == pytest.approx(
        at_once[np.isfinite(at_once)].tolist()
    )


def test_ac1_of_two_raters_by_counts_is_that_of_their_table() -> None:
    chance = np.random.default_rng(8)
    a, b = chance.integers(0, 3, (2, 40))
    table = np.zeros((3, 3))
    np.add.at(table, (a, b), 1)
    counts = np.eye(3)[a] + np.eye(3)[b]
    assert ac1_of_counts(counts).value == pytest.approx(ac1(table).ac.value)


def test_ac1_says_why_it_has_no_value() -> None:
    assert ac1([[0, 0], [0, 0]]).ac.undefined is Undefined.NOTHING
    assert ac1([[7]]).ac.undefined is Undefined.TOO_FEW
    assert ac1_of_counts([[1, 0], [0, 1]]).undefined is Undefined.NOTHING
    assert ac1_of_counts([[2], [2]]).undefined is Undefined.TOO_FEW
    # With one of several codes used throughout chance is 0: AC1 is defined where kappa is not.
    assert ac1([[24, 0], [0, 0]]).ac.value == 1


def test_counts_are_rows_of_units() -> None:
    with pytest.raises(ValueError, match="rows of units by codes"):
        ac1_of_counts([1, 2])


@pytest.mark.parametrize("seed", range(5))
def test_fleiss_kappa_is_that_of_statsmodels(seed: int) -> None:
    counts = np.random.default_rng(seed).multinomial(5, [0.5, 0.3, 0.2], size=25)
    assert fleiss(counts).kappa.value == pytest.approx(fleiss_kappa(counts))


def test_fleiss_kappa_of_a_category_is_that_of_it_against_the_rest() -> None:
    counts = np.random.default_rng(9).multinomial(4, [0.4, 0.4, 0.2], size=30)
    found = fleiss(counts)
    for place, one in enumerate(found.by_category):
        rest = np.column_stack((counts[:, place], 4 - counts[:, place]))
        assert one.value == pytest.approx(fleiss_kappa(rest))


def test_fleiss_kappa_of_a_category_of_nobody_or_everybody_is_undefined() -> None:
    none = fleiss([[2, 1, 0], [1, 2, 0]])
    assert none.by_category[2].undefined is Undefined.NOT_USED
    everybody = fleiss([[3, 0], [3, 0]])
    assert everybody.kappa.undefined is Undefined.ONE_CODE
    assert everybody.by_category[0].undefined is Undefined.ONE_CODE


def test_fleiss_kappa_needs_two_ratings_and_a_subject() -> None:
    assert fleiss([[1, 0], [0, 1]]).kappa.undefined is Undefined.TOO_FEW
    assert fleiss(np.zeros((0, 2))).kappa.undefined is Undefined.NOTHING


@pytest.mark.parametrize(
    ("counts", "fact"), [([[3, 0], [2, 0]], "2 to 3 ratings"), ([1, 2], "rows of subjects")]
)
def test_fleiss_kappa_refuses_what_is_no_table_of_it(counts: object, fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        fleiss(counts)
