"""Kappa and its family against published tables, other libraries and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.inter_rater import cohens_kappa

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.kappa import (
    bias_index,
    kappa_of,
    kappas,
    linear_weights,
    pabak,
    prevalence_index,
    quadratic_weights,
    scott_pi,
    specific_agreement,
    specific_agreements,
    weights_from_disagreement,
)
from ssp_coder.agreement.table import table_of

COHEN = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
PARADOX = ((80, 10), (5, 5))
NOTHING = ((0, 0), (0, 0))
ONE_CODE = ((24, 0), (0, 0))


def random_tables(count: int) -> list[np.ndarray]:
    """Tables of 2 to 6 codes, with codes among them that one coder never used."""
    chance = np.random.default_rng(7)
    tables = []
    for _ in range(count):
        k = int(chance.integers(2, 7))
        table = chance.integers(0, 9, (k, k)) + 5 * np.eye(k, dtype=int)
        if k > 2 and chance.random() < 0.3:
            table[int(chance.integers(k))] = 0
        tables.append(table)
    return tables


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_kappa_and_its_error_are_those_of_statsmodels(weights: str | None) -> None:
    ours = {"linear": linear_weights, "quadratic": quadratic_weights}
    for table in random_tables(60):
        found = kappa_of(table, None if weights is None else ours[weights](len(table)))
        theirs = cohens_kappa(table, wt=weights)
        assert found.kappa.value == pytest.approx(theirs.kappa, abs=1e-12)
        assert found.se.value == pytest.approx(theirs.std_kappa, abs=1e-10)
        if weights is None:
            assert found.kappa_max.value == pytest.approx(theirs.kappa_max, abs=1e-12)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_kappa_is_that_of_scikit_learn(weights: str | None) -> None:
    chance = np.random.default_rng(3)
    ours = {"linear": linear_weights, "quadratic": quadratic_weights}
    for _ in range(30):
        a, b = chance.integers(0, 4, (2, 40))
        table = table_of([(str(i), str(j)) for i, j in zip(a, b, strict=True)], "0123")
        found = kappa_of(table, None if weights is None else ours[weights](4))
        theirs = cohen_kappa_score(a, b, labels=range(4), weights=weights)
        assert found.kappa.value == pytest.approx(theirs, abs=1e-12)


def test_observed_and_expected_agreement_stand_beside_kappa() -> None:
    found = kappa_of(COHEN)
    assert (found.n, found.p_o.value) == (200, pytest.approx(0.7))
    assert found.p_e.value == pytest.approx(0.41)
    assert found.kappa.n == 200


def test_free_weights_of_disagreement_are_turned_round() -> None:
    weights = weights_from_disagreement([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert weights[1, 2] == 0
    assert weights[0, 1] == pytest.approx(5 / 6)
    assert kappa_of(COHEN, weights).kappa.value == pytest.approx(0.3478261, abs=1e-6)


def test_a_weighted_kappa_has_no_largest_value() -> None:
    found = kappa_of(COHEN, quadratic_weights(3)).kappa_max
    assert (found.value, found.undefined) == (None, Undefined.NO_SUCH)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_one_code_throughout_leaves_kappa_undefined_whatever_is_declared(size: int) -> None:
    table = np.zeros((size, size))
    table[size // 2, size // 2] = 7
    found = kappa_of(table)
    assert found.p_o.value == 1
    for one in (found.kappa, found.kappa_max, found.se, scott_pi(table)):
        assert (one.value, one.undefined, one.n) == (None, Undefined.ONE_CODE, 7)


def test_thirds_of_a_second_do_not_make_an_undefined_kappa_defined() -> None:
    table = np.zeros((3, 3))
    table[1, 1] = 0.1 + 0.2
    assert kappa_of(table).kappa.undefined is Undefined.ONE_CODE


def test_an_empty_table_says_that_there_was_nothing() -> None:
    found = kappa_of(NOTHING)
    for one in (found.p_o, found.p_e, found.kappa, scott_pi(NOTHING), pabak(NOTHING)):
        assert (one.value, one.undefined, one.n) == (None, Undefined.NOTHING, 0)


def test_two_coders_with_different_single_codes_have_a_kappa_of_zero() -> None:
    assert kappa_of([[0, 9], [0, 0]]).kappa.value == 0


def test_agreement_below_chance_is_negative() -> None:
    assert kappa_of([[0, 5], [5, 0]]).kappa.value == -1


def test_many_tables_at_once_give_the_kappas_of_each() -> None:
    tables = np.random.default_rng(1).integers(0, 6, (50, 4, 4)).astype(float)
    tables[7] = 0
    tables[8] = np.diag([0, 0, 9, 0])
    singly = [kappa_of(table).kappa.value for table in tables]
    at_once = kappas(tables)
    assert singly[7] is None
    assert singly[8] is None
    assert np.isnan(at_once[[7, 8]]).all()
    assert [one for one in singly if one is not None] == pytest.approx(
        at_once[~np.isnan(at_once)].tolist(), abs=1e-12
    )


def test_pabak_looks_only_at_agreement() -> None:
    assert pabak([[40, 9], [6, 45]]).value == pytest.approx(0.7)
    assert pabak(COHEN).value == pytest.approx((3 * 0.7 - 1) / 2)
    assert pabak([[4]]).undefined is Undefined.TOO_FEW


def test_bias_and_prevalence_of_two_codes() -> None:
    assert bias_index(PARADOX).value == pytest.approx(0.05)
    assert prevalence_index(PARADOX).value == pytest.approx(0.75)
    assert bias_index(NOTHING).undefined is Undefined.NOTHING


@pytest.mark.parametrize("index", [bias_index, prevalence_index])
def test_bias_and_prevalence_need_two_codes(index: object) -> None:
    with pytest.raises(ValueError, match="2 codes, not of 3"):
        index(COHEN)


def test_specific_agreement_is_the_f1_of_each_code() -> None:
    chance = np.random.default_rng(5)
    a, b = chance.integers(0, 3, (2, 50))
    table = table_of([(str(i), str(j)) for i, j in zip(a, b, strict=True)], "012")
    ours = [one.value for one in specific_agreement(table)]
    assert ours == pytest.approx(f1_score(a, b, average=None).tolist())


def test_specific_agreement_counts_what_either_gave_the_code() -> None:
    yes, no = specific_agreement(PARADOX)
    assert (yes.value, yes.n) == (pytest.approx(160 / 175), 95)
    assert (no.value, no.n) == (pytest.approx(0.4), 20)


def test_specific_agreement_on_a_code_of_nobody_is_undefined() -> None:
    used, unused = specific_agreement(ONE_CODE)
    assert used.value == 1
    assert (unused.value, unused.undefined) == (None, Undefined.NOT_USED)
    assert np.isnan(specific_agreements(np.array([ONE_CODE], float))[0, 1])


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ([[1, 2]], "not square"),
        ([], "not square"),
        ([1, 2], "not square"),
        ([[1, 2], [3]], "rows of equal length"),
        ([[1, -2], [3, 4]], "-2.0 is not a count"),
        ([[1, float("nan")], [3, 4]], "nan is not a count"),
        ([["a", 1], [3, 4]], "rows of equal length that hold counts"),
    ],
)
def test_what_is_no_table_is_refused(table: object, fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        kappa_of(table)


@pytest.mark.parametrize(
    ("weights", "fact"),
    [
        (np.eye(2), "do not fit 3 codes"),
        (np.eye(3) / 2, "1 on the diagonal"),
        (np.eye(3) + 2 * (1 - np.eye(3)), "nowhere above 1"),
    ],
)
def test_weights_that_are_none_are_refused(weights: np.ndarray, fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        kappa_of(COHEN, weights)


@pytest.mark.parametrize(
    ("apart", "fact"), [(np.eye(2), "diagonal"), (np.zeros((2, 2)), "all weights")]
)
def test_disagreement_that_is_none_is_refused(apart: np.ndarray, fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        weights_from_disagreement(apart)


def test_a_code_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ValueError, match="'x' is not one of the codes a, b"):
        table_of([("a", "x")], ("a", "b"))
