"""Agreement on classes over cases: every level, intervals, warnings, disorganization."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.agreement.accuracy import Observers, accuracy_behind
from ssp_coder.agreement.case_bootstrap import resampled_tables, with_interval
from ssp_coder.agreement.class_levels import class_at, classes_declared, levels_of
from ssp_coder.agreement.classes import Cell, class_agreements, label_agreement
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.disorganization import DRating, d_agreement
from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.gwet import ac1
from ssp_coder.agreement.kappa import kappa_of, specific_agreement
from ssp_coder.agreement.table import table_of
from ssp_coder.agreement.wilson import wilson
from ssp_coder.domain.coding import Classification, DDecision
from tests.unit.calibration.calibration_samples import bundled

TABLE = bundled("infant-default")
WITHOUT_D = replace(
    TABLE,
    groups=tuple(group for group in TABLE.groups if not group.needs_secondary),
    disorganization=None,
)
PAIRS = (
    *[("A", "A")] * 5,
    *[("B", "B")] * 14,
    *[("C", "C")] * 2,
    *[("A", "B")] * 2,
    *[("C", "A")] * 1,
    *[("B", "C")] * 3,
)


def case(primary: str, subgroup: str = "", secondary: str = "") -> Classification:
    return Classification(primary=primary, subgroup=subgroup, secondary=secondary)


CASES = (
    (case("A", "A1"), case("A", "A2")),
    (case("B", "B3"), case("B", "B3")),
    (case("D", secondary="B2"), case("B", "B2")),
    (case("D", secondary="A1"), case("D", secondary="C1")),
    (case("U", secondary="C2"), case("D", secondary="C2")),
    (case("C", "C1"), None),
)


def figures(level: ClassLevel):
    found = {one.level: one.figures for one in class_agreements(CASES, TABLE, resamples=50)}
    return found[level]


def test_the_figures_are_those_of_the_table() -> None:
    found = label_agreement(PAIRS, "ABC")
    table = table_of(PAIRS, "ABC")
    assert found.table == ((5, 2, 0), (0, 14, 3), (1, 0, 2))
    assert found.n == 27
    assert found.agreement.value == pytest.approx(21 / 27)
    assert (found.agreement.low, found.agreement.high) == wilson(21, 27)
    assert found.kappa.kappa.value == kappa_of(table).kappa.value
    assert found.kappa.kappa_max == kappa_of(table).kappa_max
    assert found.ac1.value == ac1(table).ac.value
    assert [one.value for one in found.specific] == [one.value for one in specific_agreement(table)]


def test_every_coefficient_has_an_interval_from_drawing_cases() -> None:
    found = label_agreement(PAIRS, "ABC")
    for one in (found.kappa.kappa, found.ac1, *found.specific):
        assert one.low is not None
        assert one.value is not None
        assert one.high is not None
        assert one.low < one.value < one.high


def test_the_interval_is_that_of_drawing_the_cases_one_by_one() -> None:
    found = label_agreement(PAIRS, "ABC", resamples=4_000).kappa.kappa
    chance = np.random.default_rng(99)
    drawn = [
        kappa_of(table_of([PAIRS[i] for i in chance.integers(0, 27, 27)], "ABC")).kappa.value
        for _ in range(2_000)
    ]
    low, high = np.percentile([one for one in drawn if one is not None], (2.5, 97.5))
    assert (found.low, found.high) == (pytest.approx(low, abs=0.04), pytest.approx(high, abs=0.04))


def test_the_same_seed_gives_the_same_bits() -> None:
    assert label_agreement(PAIRS, "ABC") == label_agreement(PAIRS, "ABC")
    other = label_agreement(PAIRS, "ABC", seed=4)
    assert other.kappa.kappa.low != label_agreement(PAIRS, "ABC").kappa.kappa.low
    assert (other.seed, other.resamples) == (4, 2_000)


def test_the_accuracy_behind_kappa_goes_by_the_observed_frequencies() -> None:
    found = label_agreement(PAIRS, "ABC", observers=Observers.AGAINST_GOLD)
    expected = accuracy_behind(found.kappa.kappa, (7, 17, 3), Observers.AGAINST_GOLD)
    assert found.accuracy == expected
    assert found.accuracy.low is not None
    assert label_agreement(PAIRS, "ABC").accuracy != expected


def test_cells_with_fewer_than_five_cases_are_warned_of() -> None:
    found = label_agreement([*PAIRS, ("B", "A")], "ABCD")
    assert found.small_cells == (
        Cell(reference="A", other="B", n=2),
        Cell(reference="B", other="A", n=1),
        Cell(reference="B", other="C", n=3),
        Cell(reference="C", other="A", n=1),
        Cell(reference="C", other="C", n=2),
    )


def test_a_label_on_which_nobody_agreed_is_warned_of() -> None:
    found = label_agreement([("A", "B")] * 6 + [("B", "B")] * 6, "AB")
    assert found.small_cells == (Cell(reference="A", other="A", n=0),)


def test_a_case_without_a_label_is_left_out_and_counted() -> None:
    found = label_agreement([*PAIRS, ("", "A"), ("A", ""), ("", "")], "ABC")
    assert (found.n, found.left_out) == (27, 3)


def test_without_a_case_nothing_is_claimed() -> None:
    found = label_agreement([("", "A")], "AB")
    assert (found.n, found.left_out) == (0, 1)
    for one in (found.agreement, found.kappa.kappa, found.ac1, found.accuracy):
        assert (one.value, one.undefined) == (None, Undefined.NOTHING)


def test_one_label_throughout_is_full_agreement_without_a_kappa() -> None:
    found = label_agreement([("B", "B")] * 8, "ABC")
    assert (found.agreement.value, found.kappa.kappa.undefined) == (1, Undefined.ONE_CODE)
    assert found.accuracy.undefined is Undefined.ONE_CODE
    assert found.specific[0].undefined is Undefined.NOT_USED


def test_forced_classes_put_disorganization_where_it_fits_best() -> None:
    found = figures(ClassLevel.THREE_WAY)
    assert found.labels == ("A", "B", "C")
    assert found.table == ((1, 0, 1), (0, 2, 0), (0, 0, 1))
    assert (found.n, found.left_out) == (5, 1)


def test_four_classes_count_the_unclassified_with_disorganization() -> None:
    found = figures(ClassLevel.FOUR_WAY)
    assert found.labels == ("A", "B", "C", "D")
    assert found.table[3] == (0, 1, 0, 2)


def test_disorganized_or_not_and_secure_or_not_have_two_classes() -> None:
    assert figures(ClassLevel.D_TWO_WAY).labels == ("D", "non_D")
    assert figures(ClassLevel.D_TWO_WAY).table == ((1, 1), (1, 2))
    assert figures(ClassLevel.SECURE_TWO_WAY).table == ((1, 0), (1, 3))


def test_subgroups_are_compared_where_both_have_one() -> None:
    found = figures(ClassLevel.SUBGROUP)
    assert len(found.labels) == 8
    assert (found.n, found.left_out) == (2, 4)
    assert found.agreement.value == 0.5
    assert figures(ClassLevel.SECONDARY).n == 2


def test_a_table_without_disorganization_has_fewer_levels() -> None:
    assert ClassLevel.FOUR_WAY not in levels_of(WITHOUT_D)
    assert ClassLevel.D_TWO_WAY not in levels_of(WITHOUT_D)
    assert set(levels_of(TABLE)) == set(ClassLevel)


@pytest.mark.parametrize("level", [one for one in ClassLevel if one is not ClassLevel.D_DECISION])
def test_every_class_of_a_case_is_declared(level: ClassLevel) -> None:
    declared = classes_declared(level, TABLE)
    for pair in CASES:
        for own in pair:
            assert class_at(level, own, TABLE) in (*declared, "")


def test_a_decision_is_no_class() -> None:
    with pytest.raises(ValueError, match="d_decision is a decision"):
        classes_declared(ClassLevel.D_DECISION, TABLE)
    assert class_at(ClassLevel.D_DECISION, case("D"), TABLE) == ""


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="'Z' is not one of"):
        class_agreements([(case("Z"), case("A"))], TABLE)


# ---------------------------------------------------------------- disorganization


def rated(score: float | None, decision: DDecision | None = None) -> DRating:
    return DRating(score=score, decision=decision)


D_CASES = (
    (rated(7), rated(6)),
    (rated(2), rated(3)),
    (rated(5, DDecision.YES), rated(5, DDecision.NO)),
    (rated(5, DDecision.YES), rated(6)),
    (rated(5), rated(4)),
    (rated(None), rated(4)),
    (rated(1), rated(1, DDecision.YES)),
)


def test_the_score_decides_but_at_its_middle_point() -> None:
    found = d_agreement(D_CASES, TABLE)
    assert found is not None
    assert found.decision.table == ((2, 1), (0, 2))
    assert (found.decision.n, found.decision.left_out) == (5, 2)


def test_scores_at_the_decision_point_are_counted_apart() -> None:
    found = d_agreement(D_CASES, TABLE)
    assert found is not None
    assert found.decision_point == 5
    assert (found.at_point.reference, found.at_point.other, found.at_point.both) == (3, 1, 1)


def test_the_scale_has_its_own_figures() -> None:
    found = d_agreement(D_CASES, TABLE)
    assert found is not None
    assert (found.ratings.n, found.ratings.left_out) == (6, 1)
    assert found.ratings.within_one.value == 1
    assert found.ratings.points[-1] == 9


def test_a_table_without_disorganization_has_no_such_agreement() -> None:
    assert d_agreement(D_CASES, WITHOUT_D) is None


# ---------------------------------------------------------------- drawing cases


def test_each_resample_holds_as_many_cases() -> None:
    drawn = resampled_tables(np.array([[3.0, 1.0], [0.0, 6.0]]), resamples=200)
    assert drawn.shape == (200, 2, 2)
    assert (drawn.sum(axis=(1, 2)) == 10).all()
    assert not drawn[:, 1, 0].any()


@pytest.mark.parametrize(("table", "resamples"), [(np.zeros((2, 2)), 5), (np.eye(2), 0)])
def test_nothing_can_be_drawn_from_nothing(table: np.ndarray, resamples: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        resampled_tables(table, resamples=resamples)


def test_an_interval_needs_a_value_in_most_resamples() -> None:
    values = np.array([0.1, 0.2, 0.3, np.nan])
    assert with_interval(known(0.2, 9), values).low == pytest.approx(0.105)
    assert with_interval(known(0.2, 9), np.array([0.1, np.nan])).low is None
    assert with_interval(missing(Undefined.ONE_CODE, 9), values).low is None
