"""Multinomial logistic regression against an independent library."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from ssp_coder.calibration.functions import Priors
from ssp_coder.calibration.multinomial import RIDGE, fit_multinomial, leave_out_multinomial
from ssp_coder.calibration.sample import sample_of
from tests.unit.calibration.calibration_samples import GROUPS, case, sample, without


@pytest.mark.parametrize("ridge", [RIDGE, 1.0, 10.0])
@pytest.mark.parametrize("n", [40, 200])
def test_functions_are_those_of_scikit_learn_with_the_same_penalty(n: int, ridge: float) -> None:
    given = sample(n, seed=n)
    oracle = LogisticRegression(C=1 / ridge, tol=1e-10, max_iter=10_000)
    oracle.fit(given.matrix, given.places)
    made = fit_multinomial(given, Priors.SAMPLE, ridge=ridge)
    theirs = oracle.decision_function(given.matrix)
    ours = made.values(given.matrix)
    assert ours - ours[:, :1] == pytest.approx(theirs - theirs[:, :1], abs=1e-3)


def test_two_groups_give_the_logistic_regression_of_two_groups() -> None:
    cases = [case("A", x, y) for x, y in ((1, 2), (2, 4), (4, 3), (5, 1), (3, 3))]
    cases += [case("B", x, y) for x, y in ((4, 5), (6, 4), (2, 6), (7, 7), (5, 6))]
    given = sample_of(cases, variables=("x", "y"), groups=GROUPS)
    made = fit_multinomial(given, Priors.SAMPLE, ridge=2.0)
    # Two functions carry the weights of one, half each; so their ridge weighs half as much.
    oracle = LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000)
    oracle.fit(given.matrix, given.places)
    assert made.weights[1] == pytest.approx(oracle.coef_[0], abs=1e-4)
    assert made.constants[1] == pytest.approx(oracle.intercept_[0], abs=1e-4)


def test_function_of_the_reference_group_is_zero() -> None:
    made = fit_multinomial(sample(), Priors.SAMPLE, reference=1)
    assert made.constants[1] == 0
    assert (made.weights[1] == 0).all()


def test_choice_of_the_reference_group_changes_no_call() -> None:
    given = sample(120, spread=2.5)
    one, other = (fit_multinomial(given, Priors.SAMPLE, reference=place) for place in (0, 2))
    assert np.allclose(
        one.values(given.matrix) - one.values(given.matrix)[:, [2]], other.values(given.matrix)
    )


def test_expected_counts_of_the_fit_are_the_counts_of_the_sample() -> None:
    given = sample(150, spread=2.5)
    values = fit_multinomial(given, Priors.SAMPLE).values(given.matrix)
    shares = np.exp(values) / np.exp(values).sum(axis=1, keepdims=True)
    assert shares.sum(axis=0) == pytest.approx(given.counts, abs=1e-3)


def test_equal_priors_take_the_logarithm_of_the_shares_back() -> None:
    given = sample(90)
    by_share = fit_multinomial(given, Priors.SAMPLE).constants
    alike = fit_multinomial(given, Priors.EQUAL).constants
    share = np.log(given.counts / given.counts[0])
    assert by_share - alike == pytest.approx(share)


def test_groups_that_do_not_overlap_keep_finite_weights() -> None:
    cases = [case("A", x, y) for x, y in ((1, 2), (2, 1), (1, 3))]
    cases += [case("B", x, y) for x, y in ((6, 7), (7, 6), (6, 5))]
    given = sample_of(cases, variables=("x", "y"), groups=GROUPS)
    made = fit_multinomial(given, Priors.SAMPLE)
    assert np.abs(made.weights).max() < 10
    assert made.calls(given.matrix).tolist() == list(given.labels)


def test_a_stronger_ridge_makes_smaller_weights() -> None:
    given = sample(60)
    weak, strong = (fit_multinomial(given, Priors.SAMPLE, ridge=ridge) for ridge in (0.1, 50.0))
    assert np.abs(strong.weights).sum() < 0.5 * np.abs(weak.weights).sum()


@pytest.mark.parametrize("priors", list(Priors))
@pytest.mark.parametrize("seed", range(1, 9))
def test_each_case_left_out_is_called_by_a_fit_to_the_others(priors: Priors, seed: int) -> None:
    given = sample(16, seed=seed, spread=4.0)
    anew = [
        fit_multinomial(without(given, place), priors).calls(given.matrix[place : place + 1])[0]
        for place in range(len(given))
    ]
    assert leave_out_multinomial(given, priors).tolist() == anew
