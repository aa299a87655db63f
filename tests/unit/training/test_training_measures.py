"""The statistics by which a trainee is judged."""

from __future__ import annotations

import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.wilson import wilson
from ssp_coder.domain.scale import ScaleId, SlotId
from ssp_coder.domain.time import Micros
from ssp_coder.training.evaluation import CaseFigures, LeftUnrated
from ssp_coder.training.measures import (
    Measure,
    Statistic,
    cases_of,
    in_case,
    measured,
    positives,
    spread,
)
from tests.fixtures.training_figures import THREE, classed, classes, rated, submission, tally

SHARE = Measure(statistic=Statistic.CLASS_SHARE, level=THREE)
KAPPA = Measure(statistic=Statistic.CLASS_KAPPA, level=THREE)
ICC = Measure(statistic=Statistic.ICC, slot="near_1")
NEAR = Measure(statistic=Statistic.WITHIN_ONE)
F1 = Measure(statistic=Statistic.EVENT_F1)
RECALL = Measure(statistic=Statistic.CODE_RECALL, code="rare.one")


def ratings(*pairs: tuple[float, float]) -> tuple[CaseFigures, ...]:
    """One case for each pair of points in one place."""
    return tuple(
        submission(f"k{number}", ratings=(rated("near_1", *pair),))
        for number, pair in enumerate(pairs, 1)
    )


class TestClasses:
    def test_the_share_has_the_wilson_interval(self) -> None:
        found = measured(SHARE, classes(24, 6))
        assert (found.value, found.n) == (0.8, 30)
        assert (found.low, found.high) == wilson(24, 30)

    def test_kappa_is_the_one_of_an_independent_library(self) -> None:
        pairs = [("A", "A"), ("A", "B"), ("B", "B"), ("C", "C"), ("C", "A"), ("B", "B")]
        found = measured(KAPPA, [classed(f"k{n}", *pair) for n, pair in enumerate(pairs)])
        assert found.value == pytest.approx(
            cohen_kappa_score([pair[0] for pair in pairs], [pair[1] for pair in pairs])
        )
        assert found.low is not None
        assert found.high is not None
        assert found.low < found.value < found.high  # type: ignore[operator]  # defined above

    def test_kappa_of_one_class_throughout_is_undefined(self) -> None:
        found = measured(KAPPA, [classed(f"k{n}", "A", "A") for n in range(5)])
        assert (found.value, found.undefined) == (None, Undefined.ONE_CODE)

    def test_nothing_to_compare_is_said(self) -> None:
        assert measured(SHARE, ()).undefined is Undefined.NOTHING
        assert measured(KAPPA, ()).undefined is Undefined.NOTHING

    def test_a_case_without_the_level_is_not_one_of_its_cases(self) -> None:
        other = Measure(statistic=Statistic.CLASS_SHARE, level=ClassLevel.SUBGROUP)
        assert cases_of(other, classes(2, 0)) == ()
        assert in_case(other, classes(1, 0)[0]) is None

    def test_one_case_is_right_or_wrong(self) -> None:
        right, wrong = classes(1, 1)
        assert (in_case(SHARE, right), in_case(SHARE, wrong)) == (1, 0)

    def test_one_case_has_no_kappa(self) -> None:
        assert in_case(KAPPA, classes(1, 0)[0]) is None

    def test_positives_are_those_of_the_rarest_class(self) -> None:
        cases = [classed(f"k{n}", "A" if n else "B", "A") for n in range(4)]
        assert positives(SHARE, cases) == 1

    def test_a_class_without_a_counterpart_has_no_positives(self) -> None:
        assert positives(SHARE, [classed("k1", "A", "A"), classed("k2", "A", "B")]) == 0


class TestRatings:
    def test_within_one_point_counts_a_difference_of_one(self) -> None:
        found = measured(NEAR, ratings((3, 4), (3, 2), (3, 5), (3, 3)))
        assert (found.value, found.n) == (0.75, 4)

    def test_icc_of_equal_ratings_is_one(self) -> None:
        assert measured(ICC, ratings((1, 1), (4, 4), (7, 7))).value == pytest.approx(1)

    def test_icc_sees_a_constant_bias(self) -> None:
        low = measured(ICC, ratings((1, 3), (3, 5), (5, 7))).value
        assert low is not None
        assert low < 0.7

    def test_icc_without_ratings_is_undefined(self) -> None:
        assert measured(ICC, ()).undefined is Undefined.NOTHING

    def test_places_are_judged_one_by_one_and_never_pooled(self) -> None:
        case = submission("k1", ratings=(rated("near_1", 1, 1), rated("odd_2", 1, 5, "odd")))
        assert [one.slot for one in spread(NEAR, (case,))] == ["near_1", "odd_2"]

    def test_a_scale_stands_for_its_own_places_only(self) -> None:
        case = submission("k1", ratings=(rated("near_1", 1, 1), rated("odd_2", 1, 5, "odd")))
        near = Measure(statistic=Statistic.ICC, scale="odd")
        assert [one.slot for one in spread(near, (case,))] == ["odd_2"]

    def test_a_measure_of_one_place_stays_as_it_is(self) -> None:
        assert spread(ICC, ratings((1, 1))) == (ICC,)
        assert spread(F1, ratings((1, 1))) == (F1,)

    def test_a_case_with_several_places_has_a_share_of_them(self) -> None:
        case = submission("k1", ratings=(rated("near_1", 1, 1), rated("near_2", 1, 5)))
        assert in_case(NEAR, case) == 0.5


class TestPlacesLeftUnrated:
    """Whoever leaves the hard places out gains nothing by it."""

    def figures(self) -> tuple[CaseFigures, ...]:
        left = LeftUnrated(slot=SlotId("near_1"), scale=ScaleId("near"))
        return (
            *ratings((3, 3), (5, 5), (6, 2), (1, 1)),
            submission("k9", unrated=(left,)),
        )

    def test_a_place_left_unrated_is_not_within_one_point(self) -> None:
        near = measured(Measure(statistic=Statistic.WITHIN_ONE, slot="near_1"), self.figures())
        assert (near.value, near.n) == (0.6, 5)

    def test_a_case_left_unrated_counts_as_a_case(self) -> None:
        measure = Measure(statistic=Statistic.WITHIN_ONE, slot="near_1")
        assert len(cases_of(measure, self.figures())) == 5
        assert in_case(measure, self.figures()[-1]) == 0.0

    def test_there_is_no_icc_of_what_was_rated_only_in_part(self) -> None:
        found = measured(Measure(statistic=Statistic.ICC, slot="near_1"), self.figures())
        assert (found.value, found.undefined, found.n) == (None, Undefined.TOO_FEW, 4)

    def test_a_place_that_was_never_rated_is_asked_for_all_the_same(self) -> None:
        only = self.figures()[-1:]
        (measure,) = spread(Measure(statistic=Statistic.WITHIN_ONE), only)
        assert (measure.slot, measured(measure, only).value) == ("near_1", 0.0)
        assert spread(Measure(statistic=Statistic.WITHIN_ONE, scale="far"), only) == ()

    def test_another_place_is_not_touched(self) -> None:
        other = Measure(statistic=Statistic.ICC, slot="near_8")
        assert cases_of(other, self.figures()) == ()


class TestEvents:
    def test_f1_is_the_one_of_an_independent_library(self) -> None:
        case = submission("k1", tallies=(tally("a.x", 3, 5, 4),))
        truth = [1] * 5 + [0]
        own = [1, 1, 1, 0, 0, 1]
        assert measured(F1, (case,)).value == pytest.approx(f1_score(truth, own))

    def test_f1_adds_up_all_codes_at_its_tolerance(self) -> None:
        case = submission(
            "k1", tallies=(tally("a.x", 1, 1, 1), tally("a.y", 0, 1, 0), tally("a.x", 0, 1, 1, 0.5))
        )
        assert measured(F1, (case,)).value == pytest.approx(2 / 3)

    def test_another_tolerance_is_another_figure(self) -> None:
        case = submission("k1", tallies=(tally("a.x", 0, 1, 1, 0.5), tally("a.x", 1, 1, 1)))
        strict = Measure(statistic=Statistic.EVENT_F1, tolerance_us=Micros(500_000))
        assert (measured(strict, (case,)).value, measured(F1, (case,)).value) == (0, 1)

    def test_the_interval_of_f1_comes_from_resampled_cases_and_stays_the_same(self) -> None:
        cases = [submission(f"k{n}", tallies=(tally("a.x", n, 10, 10),)) for n in range(1, 9)]
        first = measured(F1, cases)
        assert first == measured(F1, cases)
        assert first.low is not None
        assert first.high is not None
        assert 0.1 < first.low < 0.45 < first.high < 0.8

    def test_one_case_has_no_interval(self) -> None:
        found = measured(F1, (submission("k1", tallies=(tally("a.x", 1, 2, 2),)),))
        assert (found.value, found.low) == (0.5, None)

    def test_a_code_that_nobody_used_is_undefined(self) -> None:
        assert measured(F1, ()).undefined is Undefined.NOT_USED

    def test_recall_counts_the_events_of_the_reference(self) -> None:
        cases = [
            submission("k1", tallies=(tally("rare.one", 1, 2, 9), tally("a.x", 5, 5, 5))),
            submission("k2", tallies=(tally("rare.one", 1, 1, 1),)),
        ]
        found = measured(RECALL, cases)
        assert (found.value, found.n) == (pytest.approx(2 / 3), 3)
        assert positives(RECALL, cases) == 3

    def test_precision_counts_the_events_of_the_trainee(self) -> None:
        cases = [
            submission("k1", tallies=(tally("rare.one", 1, 2, 9), tally("a.x", 5, 5, 5))),
            submission("k2", tallies=(tally("rare.one", 1, 1, 1),)),
        ]
        precision = Measure(statistic=Statistic.CODE_PRECISION, code="rare.one")
        found = measured(precision, cases)
        assert (found.value, found.n) == (pytest.approx(0.2), 10)
        assert positives(precision, cases) == 3

    def test_a_code_that_the_trainee_never_used_has_no_precision_but_a_recall_of_nothing(
        self,
    ) -> None:
        cases = [submission("k1", tallies=(tally("rare.one", 0, 4, 0),))]
        precision = Measure(statistic=Statistic.CODE_PRECISION, code="rare.one")
        assert measured(precision, cases).undefined is Undefined.NOTHING
        assert measured(RECALL, cases).value == 0

    def test_a_case_without_the_code_says_nothing_on_its_recall(self) -> None:
        case = submission("k1", tallies=(tally("rare.one", 0, 0, 3),))
        assert cases_of(RECALL, (case,)) == ()
