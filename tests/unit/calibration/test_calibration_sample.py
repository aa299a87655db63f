"""What is let into a fit, and what is refused with the reason."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.calibration.sample import redundant_variables, sample_of
from ssp_coder.domain.finding import DomainError
from tests.unit.calibration.calibration_samples import GROUPS, case, cases, sample

PAIR = ("x", "y")
SOUND = (
    case("A", 1, 2),
    case("A", 2, 5),
    case("A", 4, 1),
    case("B", 6, 6),
    case("B", 7, 3),
    case("B", 5, 4),
)


def refused(*given: object, variables: tuple[str, ...] = PAIR) -> DomainError:
    with pytest.raises(DomainError) as caught:
        sample_of(given, variables=variables, groups=GROUPS)
    return caught.value


def test_case_with_a_missing_rating_is_left_out_and_counted() -> None:
    made = sample_of(
        (*SOUND, case("A", None, 3), case("B", 2, None)), variables=PAIR, groups=GROUPS
    )
    assert (len(made), made.incomplete) == (6, 2)


def test_missing_rating_is_never_read_as_a_number() -> None:
    made = sample_of((*SOUND, case("A", None, 3)), variables=PAIR, groups=GROUPS)
    assert made.values == tuple(one.values for one in SOUND)


def test_groups_keep_the_tables_order_and_those_without_cases_are_not_there() -> None:
    made = sample_of(tuple(reversed(SOUND)), variables=PAIR, groups=("C", "A", "B"))
    assert made.groups == ("A", "B")


def test_labels_are_places_in_the_groups() -> None:
    made = sample_of(SOUND, variables=PAIR, groups=("B", "A"))
    assert [made.groups[label] for label in made.labels] == [one.group for one in SOUND]


def test_centroids_and_deviations_are_those_of_each_group() -> None:
    made = sample_of(SOUND, variables=PAIR, groups=GROUPS)
    assert made.means.tolist() == [
        [pytest.approx(7 / 3), pytest.approx(8 / 3)],
        [6.0, pytest.approx(13 / 3)],
    ]
    for place in range(2):
        assert np.allclose(made.deviations[made.places == place].sum(axis=0), 0)


def test_counts_are_by_group() -> None:
    assert sample(50).counts.sum() == 50


def test_no_case_at_all_is_refused() -> None:
    assert "there is no case" in str(refused())


def test_one_group_alone_is_refused_by_its_name() -> None:
    assert "only group A is there" in str(refused(*(one for one in SOUND if one.group == "A")))


def test_group_with_a_single_case_is_refused_with_its_count() -> None:
    error = refused(*SOUND, case("C", 3, 3))
    assert error.finding.code == "refit.small_group"
    assert "C (1)" in str(error)


def test_group_that_would_vanish_with_its_missing_ratings_is_refused() -> None:
    error = refused(*SOUND, case("C", 3, None))
    assert error.finding.code == "refit.group_lost"
    assert "group C" in str(error)


def test_fewer_cases_than_variables_are_refused() -> None:
    few = (case("A", 1, 2, 3), case("A", 2, 2, 1), case("B", 5, 6, 7), case("B", 6, 6, 5))
    assert refused(*few, variables=("x", "y", "z")).finding.code == "refit.too_few"


def test_variable_that_never_differs_within_groups_is_named() -> None:
    flat = tuple(case(one.group, one.values[0], 1 if one.group == "A" else 7) for one in SOUND)
    error = refused(*flat)
    assert error.finding.code == "refit.constant"
    assert "y never differs" in str(error)


def test_variable_that_follows_from_others_is_named_and_the_others_are_not() -> None:
    summed = tuple(case(one.group, *one.values, one.values[0] + 2 * one.values[1]) for one in SOUND)
    error = refused(*summed, variables=("x", "y", "total"))
    assert error.finding.code == "refit.dependent"
    assert str(error).startswith("refit: total follows")


def test_variable_that_differs_from_another_only_by_group_is_redundant() -> None:
    shifted = tuple(
        case(one.group, *one.values, one.values[0] + (3 if one.group == "B" else 0))
        for one in SOUND
    )
    assert "moved follows" in str(refused(*shifted, variables=("x", "y", "moved")))


def test_sound_variables_are_not_called_redundant() -> None:
    assert redundant_variables(sample()) == ((), ())


def test_cases_may_come_from_a_generator() -> None:
    made = sample_of((one for one in cases(30)), variables=("a", "b", "c", "d"), groups=GROUPS)
    assert len(made) == 30
