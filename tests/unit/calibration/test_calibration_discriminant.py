"""Linear discriminant functions against an independent library and a much printed example."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from ssp_coder.calibration.discriminant import fit_discriminant, leave_out_discriminant
from ssp_coder.calibration.functions import UNCALLED, Priors, confusion_of
from ssp_coder.calibration.sample import Sample, sample_of
from tests.unit.calibration.calibration_samples import GROUPS, case, sample, without

SPECIES = ("setosa", "versicolor", "virginica")


def iris(columns: int = 4) -> Sample:
    """Fisher 1936, as scikit-learn brings it: 50 flowers of each of three species, in cm."""
    data = load_iris()
    return sample_of(
        (
            case(SPECIES[label], *map(float, row[:columns]))
            for row, label in zip(data.data, data.target, strict=True)
        ),
        variables=tuple(data.feature_names[:columns]),
        groups=SPECIES,
    )


def test_iris_functions_are_those_that_statistics_programs_print() -> None:
    # Constants without priors and weights in cm, as discriminant programs print them for this set.
    made = fit_discriminant(iris(), Priors.EQUAL)
    assert made.constants - np.log(1 / 3) == pytest.approx([-85.20986, -71.75400, -103.26971])
    assert made.weights.tolist() == [
        pytest.approx([23.54417, 23.58787, -16.43064, -17.39841], abs=5e-6),
        pytest.approx([15.69821, 7.07251, 5.21145, 6.43423], abs=5e-6),
        pytest.approx([12.44585, 3.68528, 12.76654, 21.07911], abs=5e-6),
    ]


def test_iris_sepals_alone_leave_a_fifth_wrong() -> None:
    # The resubstitution error 0.2000 of the two sepal variables stands in MathWorks' guide to
    # fitcdiscr.
    given = iris(columns=2)
    own = confusion_of(given, fit_discriminant(given, Priors.SAMPLE).calls(given.matrix))
    assert own.cases - own.right == 30


def test_iris_leaves_three_flowers_wrong_when_each_is_left_out() -> None:
    given = iris()
    found = confusion_of(given, leave_out_discriminant(given, Priors.SAMPLE))
    assert found.rows == ((50, 0, 0), (0, 48, 2), (0, 1, 49))


@pytest.mark.parametrize("n", [30, 90, 300])
@pytest.mark.parametrize("priors", list(Priors))
def test_weights_are_those_of_scikit_learn_but_for_its_divisor(n: int, priors: Priors) -> None:
    given = sample(n, seed=n)
    equal = [1 / 3] * 3 if priors is Priors.EQUAL else None
    oracle = LinearDiscriminantAnalysis(priors=equal).fit(given.matrix, given.places)
    made = fit_discriminant(given, priors)
    # It divides the squares within groups by n, we divide by n less the groups; and it measures
    # from the mean of the groups as the priors weigh them.
    shares = given.counts if equal is None else np.ones(3)
    apart = made.weights - np.average(made.weights, axis=0, weights=shares)
    assert np.allclose(apart, oracle.coef_ * (n - 3) / n)
    assert (made.calls(given.matrix) == oracle.predict(given.matrix)).mean() > 0.98


def test_constants_agree_with_scikit_learn_on_a_covariance_that_is_given() -> None:
    given = sample(200, seed=3)
    made = fit_discriminant(given, Priors.SAMPLE)
    within = given.deviations.T @ given.deviations / (len(given) - 3)
    expected = [
        np.log(count / len(given)) - 0.5 * mean @ np.linalg.inv(within) @ mean
        for count, mean in zip(given.counts, given.means, strict=True)
    ]
    assert made.constants == pytest.approx(expected)


def test_differences_of_functions_are_log_odds_of_normal_densities() -> None:
    given = sample(120, seed=8)
    made = fit_discriminant(given, Priors.EQUAL)
    inverse = np.linalg.inv(given.deviations.T @ given.deviations / (len(given) - 3))
    away = given.matrix[:, None, :] - given.means[None, :, :]
    density = -0.5 * np.einsum("ngi,ij,ngj->ng", away, inverse, away)
    values = made.values(given.matrix)
    assert np.allclose(values - values[:, :1], density - density[:, :1])


def test_sample_priors_add_the_logarithm_of_the_shares() -> None:
    given = sample(90)
    by_share = fit_discriminant(given, Priors.SAMPLE).constants
    alike = fit_discriminant(given, Priors.EQUAL).constants
    assert by_share - alike == pytest.approx(np.log(3 * given.counts / 90))


@pytest.mark.parametrize("priors", list(Priors))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_leaving_out_by_formula_is_leaving_out_by_fitting_anew(priors: Priors, seed: int) -> None:
    given = sample(36, seed=seed, spread=2.2)
    anew = [
        fit_discriminant(without(given, place), priors).calls(given.matrix[place : place + 1])[0]
        for place in range(len(given))
    ]
    assert leave_out_discriminant(given, priors).tolist() == anew


def test_case_that_alone_carries_a_variable_is_not_called_when_left_out() -> None:
    flat = [case("A", x, 1) for x in (1, 2, 3, 5)] + [case("B", x, 1) for x in (4, 6, 7, 7)]
    given = sample_of((*flat, case("A", 2, 4)), variables=("x", "once"), groups=GROUPS)
    calls = leave_out_discriminant(given, Priors.SAMPLE)
    assert calls[-1] == UNCALLED
    assert (calls[:-1] != UNCALLED).all()


def test_nothing_is_called_where_a_case_fewer_cannot_carry_the_variables() -> None:
    few = (case("A", 1, 2), case("A", 2, 1), case("B", 5, 6), case("B", 7, 7))
    given = sample_of(few, variables=("x", "y"), groups=GROUPS)
    assert set(leave_out_discriminant(given, Priors.SAMPLE).tolist()) == {UNCALLED}
