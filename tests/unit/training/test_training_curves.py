"""Learning curves."""

from __future__ import annotations

import pytest

from ssp_coder.agreement.wilson import wilson
from ssp_coder.training.curves import LOOK_BACK, curves_for, learning_curve
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Stage
from tests.fixtures.training_figures import (
    THREE,
    classed,
    classes,
    criterion,
    rated,
    rule,
    submission,
)

SHARE = Measure(statistic=Statistic.CLASS_SHARE, level=THREE)


def test_there_is_a_point_for_each_first_attempt_in_the_order_of_submission() -> None:
    curve = learning_curve(SHARE, classes(2, 1)[::-1])
    assert [point.case for point in curve.points] == ["k1", "k2", "k3"]
    assert [point.value for point in curve.points] == [1, 1, 0]


def test_each_point_has_the_interval_of_the_cases_up_to_it() -> None:
    last = learning_curve(SHARE, classes(2, 1)).points[-1].estimate
    assert (last.low, last.high, last.n) == (*wilson(2, 3), 3)


def test_a_point_looks_back_on_the_last_ten_cases_only() -> None:
    curve = learning_curve(SHARE, classes(10, 10))
    assert curve.points[9].estimate.value == 1
    assert curve.points[14].estimate.value == 0.5
    assert (curve.points[19].estimate.value, curve.points[19].estimate.n) == (0, LOOK_BACK)


def test_repeats_are_marked_and_never_part_of_the_curve() -> None:
    repeat = classed("k1", "A", "A", of={"is_repeat": True, "attempt": 40})
    curve = learning_curve(SHARE, (*classes(1, 1), repeat))
    assert len(curve.points) == 2
    assert [(point.case, point.value) for point in curve.repeats] == [("k1", 1)]


def test_practice_and_test_are_told_apart() -> None:
    practised = classed("k1", "A", "A", of={"stage": Stage.PRACTICE})
    tested = classed("k2", "A", "A", of={"stage": Stage.TEST})
    curve = learning_curve(SHARE, (practised, tested))
    assert [point.stage for point in curve.points] == [Stage.PRACTICE, Stage.TEST]


def test_a_case_that_says_nothing_has_no_point() -> None:
    assert learning_curve(SHARE, (submission("k1"),)).points == ()


def test_an_undefined_point_stays_undefined() -> None:
    kappa = Measure(statistic=Statistic.CLASS_KAPPA, level=THREE)
    (point,) = learning_curve(kappa, (classed("k1", "A", "A"),)).points
    assert point.value is None
    assert not point.estimate.is_defined


def test_a_rule_gives_a_curve_with_its_line_for_each_of_its_statistics() -> None:
    wanted = rule(criterion(Statistic.CLASS_SHARE, 0.8, 2), criterion(Statistic.WITHIN_ONE, 0.9, 2))
    cases = (classed("k1", "A", "A", ratings=(rated("near_1", 1, 1), rated("near_2", 1, 4))),)
    curves = curves_for(wanted, cases)
    assert [(curve.measure.slot, curve.criterion) for curve in curves] == [
        ("", 0.8),
        ("near_1", 0.9),
        ("near_2", 0.9),
    ]
    assert [curve.points[0].value for curve in curves] == [1, 1, 0]


def test_a_curve_that_looks_back_on_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        learning_curve(SHARE, (), look_back=0)
