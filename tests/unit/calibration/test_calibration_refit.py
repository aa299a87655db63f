"""A fit with its two confusions and with the warnings that go with it."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.calibration.functions import UNCALLED, Functions, Priors, confusion_of, priors_of
from ssp_coder.calibration.refit import (
    CASES_PER_GROUP,
    CASES_PER_VARIABLE,
    Method,
    Refit,
    method_words,
    refit,
    rounded,
)
from ssp_coder.calibration.sample import sample_of
from ssp_coder.domain.finding import Severity
from tests.unit.calibration.calibration_samples import GROUPS, RATINGS, case, cases, sample

PLENTY = 200


def codes(made: Refit) -> set[str]:
    return {finding.code for finding in made.warnings}


def lda(given: object, priors: Priors = Priors.SAMPLE) -> Refit:
    return refit(given, method=Method.LDA, priors=priors)


@pytest.mark.parametrize("method", list(Method))
def test_both_confusions_hold_every_case_once(method: Method) -> None:
    made = refit(sample(), method=method, priors=Priors.SAMPLE)
    assert made.own.cases == made.left_out.cases == 90
    assert [sum(row) for row in made.left_out.rows] == made.sample.counts.tolist()


@pytest.mark.parametrize("method", list(Method))
def test_groups_that_stand_well_apart_are_told_apart(method: Method) -> None:
    made = refit(sample(spread=0.8), method=method, priors=Priors.SAMPLE)
    assert made.left_out.accuracy > 0.95


def test_own_cases_flatter() -> None:
    made = lda(sample(40, spread=4.0, width=8))
    assert made.own.accuracy > made.left_out.accuracy


def test_equal_priors_call_small_groups_more_often_than_sample_priors() -> None:
    given = sample(90, spread=6.0)
    called = [
        sum(row[1] for row in lda(given, priors).own.rows)
        for priors in (Priors.EQUAL, Priors.SAMPLE)
    ]
    assert called[0] < called[1]


def test_large_sound_sample_has_no_warning() -> None:
    assert lda(sample(PLENTY)).warnings == ()


def test_too_few_cases_for_the_variables_are_a_warning_with_our_limit() -> None:
    made = lda(sample(CASES_PER_VARIABLE * len(RATINGS) - 1))
    assert codes(made) == {"refit.few_cases"}
    assert "80 or more would be better (project default)" in made.warnings[0].message


def test_limit_of_cases_itself_is_enough() -> None:
    assert "refit.few_cases" not in codes(lda(sample(CASES_PER_VARIABLE * len(RATINGS))))


def test_small_group_is_a_warning_that_names_it() -> None:
    kept = [one for one in cases(PLENTY) if one.group != "C"]
    kept += [one for one in cases(PLENTY) if one.group == "C"][: CASES_PER_GROUP - 1]
    made = lda(sample_of(kept, variables=RATINGS, groups=GROUPS))
    assert codes(made) == {"refit.few_of_group"}
    assert f"C ({CASES_PER_GROUP - 1})" in made.warnings[0].message


def test_cases_without_a_variable_are_a_warning_with_their_number() -> None:
    given = (*cases(PLENTY), case("A", 1, None, 2, 3), case("B", None, 1, 2, 3))
    made = lda(sample_of(given, variables=RATINGS, groups=GROUPS))
    assert "not known: 2" in made.warnings[0].message


def test_case_that_cannot_be_left_out_is_a_warning_and_counts_as_wrong() -> None:
    flat = [case("A", x, 1) for x in (1, 2, 3, 2)] + [case("B", x, 1) for x in (5, 6, 7, 6)]
    made = lda(sample_of((*flat, case("A", 2, 4)), variables=("x", "y"), groups=GROUPS))
    assert "refit.uncalled" in codes(made)
    assert made.left_out.uncalled == (1, 0)
    assert (made.left_out.right, made.left_out.cases) == (8, 9)


def test_ratings_without_any_tie_to_the_class_are_said_to_be_no_gain() -> None:
    random = np.random.default_rng(4)
    blind = [
        case(str(random.choice(list("ABBB"))), *map(float, random.integers(1, 8, 4)))
        for _ in range(PLENTY)
    ]
    made = lda(sample_of(blind, variables=RATINGS, groups=GROUPS))
    assert "refit.no_gain" in codes(made)


def test_large_fall_when_left_out_is_said_to_be_overfitted() -> None:
    assert "refit.overfitted" in codes(lda(sample(24, spread=5.0, width=12)))


def test_every_warning_is_a_warning_with_a_remedy() -> None:
    made = lda(sample(24, spread=5.0, width=12))
    assert made.warnings
    for finding in made.warnings:
        assert (finding.severity, bool(finding.remedy)) == (Severity.WARNING, True)


def test_method_is_named_with_all_that_was_chosen() -> None:
    words = method_words(Method.MULTINOMIAL, Priors.EQUAL)
    assert words == "multinomial logistic regression, ridge 0.1 (project default), equal priors"
    assert "group shares" in method_words(Method.LDA, Priors.SAMPLE)


def test_rounding_to_ten_digits_changes_no_call() -> None:
    given = sample(PLENTY)
    exact = lda(given).functions
    assert rounded(exact).calls(given.matrix).tolist() == exact.calls(given.matrix).tolist()
    made = rounded(Functions(constants=np.array([1 / 3]), weights=np.array([[2e-7 / 3]])))
    assert (made.constants[0], made.weights[0, 0]) == (0.3333333333, 6.666666667e-08)


def test_confusion_counts_given_class_by_row_and_called_class_by_column() -> None:
    given = sample_of(
        (case("A", 1, 2), case("A", 2, 1), case("B", 5, 6), case("B", 7, 5), case("B", 6, 7)),
        variables=("x", "y"),
        groups=GROUPS,
    )
    found = confusion_of(given, np.array([0, 1, 1, UNCALLED, 0]))
    assert found.rows == ((1, 1), (1, 1))
    assert found.uncalled == (0, 1)
    assert (found.right, found.accuracy, found.commonest) == (2, 0.4, 0.6)


def test_priors_are_shares_or_all_alike() -> None:
    counts = np.array([1, 3])
    assert priors_of(counts, Priors.SAMPLE).tolist() == [0.25, 0.75]
    assert priors_of(counts, Priors.EQUAL).tolist() == [0.5, 0.5]
