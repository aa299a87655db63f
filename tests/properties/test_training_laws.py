"""Laws of what a trainee learns from: feedback, pass rules, bias, drift and spacing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.time import Micros
from ssp_coder.training.bias import bias_of, bias_settings, holm
from ssp_coder.training.deeds import Entry, ExerciseAnswered
from ssp_coder.training.drift import agreement_chart, bias_chart, drift_setup
from ssp_coder.training.evaluation import figures_of, first_attempts
from ssp_coder.training.exercises import Mark, answered, read_exercises
from ssp_coder.training.feedback import (
    Order,
    feedback_on,
    feedback_settings,
    items_of,
    ordered,
)
from ssp_coder.training.measures import Measure, Statistic, measured
from ssp_coder.training.packs import Reference
from ssp_coder.training.pass_rules import Outcome, evaluate
from ssp_coder.training.spacing import due, plan
from tests.fixtures.table_schemes import bare_coding, event, small_scheme, us
from tests.fixtures.training_figures import (
    THREE,
    classed,
    criterion,
    made_up_reference,
    rated,
    rule,
    sitting,
    submission,
)

CODES = ("seeking.reach", "seeking.lean", "play.look", "play.handle")
EVENTS = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(0, 150), st.integers(1, 9)), max_size=12
)
PAIRS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), max_size=40)
SETTINGS, BIAS, DRIFT = feedback_settings(), bias_settings(), drift_setup()
SHARE = Measure(statistic=Statistic.CLASS_SHARE, level=THREE)


def coding(events: list[tuple[str, int, int]], coder: str = "c01") -> Coding:
    return bare_coding(
        *(event(code, start, start + length) for code, start, length in events), coder=coder
    )


def reference(events: list[tuple[str, int, int]]) -> Reference:
    return Reference(coding=coding(events, "ref"), scheme=small_scheme())


class TestFeedback:
    @given(EVENTS)
    def test_who_codes_like_the_reference_is_told_nothing(self, events) -> None:
        assert feedback_on(coding(events), reference(events), SETTINGS).items == ()

    @given(EVENTS, EVENTS)
    def test_every_item_has_its_own_key_and_a_loop_that_holds_its_moment(self, own, theirs) -> None:
        items = feedback_on(coding(own), reference(theirs), SETTINGS).items
        assert len({item.key for item in items}) == len(items)
        for item in items:
            assert item.weight > 0
            assert item.at_us is not None
            assert item.loop is not None
            assert item.loop.start_us >= 0
            assert item.loop.length_us >= us(3)

    @given(EVENTS, EVENTS)
    def test_cells_count_every_event_of_both_once(self, own, theirs) -> None:
        found = feedback_on(coding(own), reference(theirs), SETTINGS)
        assert sum(cell.count for cell in found.cells if cell.reference) == len(theirs)
        assert sum(cell.count for cell in found.cells if cell.own) == len(own)

    @given(EVENTS, EVENTS)
    def test_a_cell_off_the_diagonal_is_the_sum_of_its_items(self, own, theirs) -> None:
        found = feedback_on(coding(own), reference(theirs), SETTINGS)
        for cell in found.cells:
            if cell.own != cell.reference:
                assert len(items_of(cell, found.items)) == cell.count

    @given(EVENTS, EVENTS)
    def test_both_orders_hold_the_same_items(self, own, theirs) -> None:
        items = feedback_on(coding(own), reference(theirs), SETTINGS).items
        by_weight = ordered(items, Order.WEIGHT)
        assert set(by_weight) == set(ordered(items, Order.TIME)) == set(items)
        weights = [item.weight for item in by_weight]
        assert weights == sorted(weights, reverse=True)


class TestFigures:
    @given(EVENTS)
    def test_identity_finds_everything_without_a_lag(self, events) -> None:
        found = figures_of(sitting("k1"), coding(events), reference(events))
        assert set(found.lags_us) <= {0}
        assert all(one.matches == one.n_reference == one.n_own for one in found.tallies)
        assert all(one.own_us == one.reference_us for one in found.budgets)

    @given(EVENTS, EVENTS)
    def test_a_wider_tolerance_never_finds_less(self, own, theirs) -> None:
        found = figures_of(sitting("k1"), coding(own), reference(theirs))
        for code in {one.code for one in found.tallies}:
            by_tolerance = sorted(
                (one.tolerance_us, one.matches) for one in found.tallies if one.code == code
            )
            matches = [count for _tolerance, count in by_tolerance]
            assert matches == sorted(matches)

    @given(st.integers(0, 1_999))
    def test_a_constant_lag_shifts_the_median_by_exactly_that_lag(self, lag_ms: int) -> None:
        theirs = [("seeking.reach", 5 * place, 1) for place in range(1, 20)]
        late = coding(theirs)
        lag_us = lag_ms * 1_000
        late = replace(
            late,
            events=tuple(
                replace(one, start_us=Micros(one.start_us + lag_us), end_us=None)
                for one in late.events
            ),
        )
        found = figures_of(sitting("k1"), late, reference(theirs))
        assert median(found.lags_us) == lag_us


class TestPassRules:
    @given(PAIRS, st.integers(1, 40), st.floats(0, 1))
    def test_below_n_nobody_passes_or_fails(self, pairs, cases: int, threshold: float) -> None:
        figures = [classed(f"k{n}", *pair) for n, pair in enumerate(pairs, 1)]
        wanted = rule(criterion(Statistic.CLASS_SHARE, threshold, cases))
        outcome = evaluate(wanted, figures).outcome
        assert (outcome is Outcome.INSUFFICIENT) is (len(pairs) < cases)

    @given(PAIRS, st.randoms(use_true_random=False))
    def test_the_order_in_which_figures_are_handed_over_is_nothing(self, pairs, chance) -> None:
        figures = [classed(f"k{n}", *pair) for n, pair in enumerate(pairs, 1)]
        wanted = rule(criterion(Statistic.CLASS_KAPPA, 0.6, 2))
        mixed = list(figures)
        chance.shuffle(mixed)
        assert evaluate(wanted, mixed) == evaluate(wanted, figures)

    @given(PAIRS)
    def test_one_more_right_case_never_lowers_the_share(self, pairs) -> None:
        figures = [classed(f"k{n}", *pair) for n, pair in enumerate(pairs, 1)]
        before = measured(SHARE, figures).value or 0
        after = measured(SHARE, [*figures, classed("x", "A", "A")]).value
        assert after is not None
        assert after >= before

    @given(PAIRS, st.sets(st.integers(1, 40)))
    def test_repeats_change_nothing(self, pairs, again: set[int]) -> None:
        figures = [classed(f"k{n}", *pair) for n, pair in enumerate(pairs, 1)]
        repeats = [
            classed(f"k{n}", "A", "A", of={"is_repeat": True, "attempt": 100 + n}) for n in again
        ]
        assert first_attempts([*figures, *repeats]) == first_attempts(figures)


class TestBias:
    POINTS = st.lists(st.integers(-3, 3), min_size=1, max_size=12)

    @given(POINTS)
    def test_the_other_way_round_the_tendency_is_the_other_way_round(self, points) -> None:
        there = self._bias(points)
        back = self._bias([-one for one in points])
        assert back.estimate.value == pytest.approx(-there.estimate.value)
        assert back.p == pytest.approx(there.p)
        assert back.flagged is there.flagged
        assert back.tendency is there.tendency or there.flagged

    @given(POINTS)
    def test_what_is_flagged_has_an_interval_without_zero(self, points) -> None:
        found = self._bias(points)
        if found.flagged:
            assert found.estimate.low is not None
            assert found.estimate.high is not None
            assert found.estimate.low > 0 or found.estimate.high < 0
            assert abs(found.estimate.value or 0) >= BIAS.points

    @given(st.lists(st.floats(0, 1), max_size=20))
    def test_a_correction_never_makes_anything_surer_and_keeps_the_order(self, p) -> None:
        corrected = holm(p)
        assert all(after >= before for before, after in zip(p, corrected, strict=True))
        assert all(after <= 1 for after in corrected)
        by_p = [corrected[place] for place in np.argsort(p, kind="stable")]
        assert by_p == sorted(by_p)

    def _bias(self, points):
        figures = [
            submission(f"k{n}", ratings=(rated("near_1", 4, 4 + one),))
            for n, one in enumerate(points, 1)
        ]
        return bias_of(figures, BIAS).scales[0].bias


class TestDrift:
    @given(st.lists(st.booleans(), max_size=80))
    def test_a_chart_lies_between_nothing_and_its_alarm(self, outcomes: list[bool]) -> None:
        chart = agreement_chart(DRIFT.agreement, [("k", one) for one in outcomes])
        assert len(chart.points) == len(outcomes)
        for point in chart.points:
            assert point.up >= 0
            assert point.alarm is (point.up >= chart.limit - 1e-9)

    @given(st.lists(st.floats(-3, 3), max_size=80))
    def test_turning_every_difference_turns_the_chart(self, points: list[float]) -> None:
        there = bias_chart(DRIFT.bias, [("k", one) for one in points])
        back = bias_chart(DRIFT.bias, [("k", -one) for one in points])
        assert [(one.up, one.down) for one in there.points] == [
            (one.down, one.up) for one in back.points
        ]

    @given(st.lists(st.booleans(), max_size=40))
    def test_what_comes_later_changes_nothing_before_it(self, outcomes: list[bool]) -> None:
        whole = agreement_chart(DRIFT.agreement, [("k", one) for one in outcomes])
        half = agreement_chart(
            DRIFT.agreement, [("k", one) for one in outcomes[: len(outcomes) // 2]]
        )
        assert whole.points[: len(half.points)] == half.points


class TestExercises:
    ONSET, POINT = read_exercises(
        """
[[exercises]]
id = "when"
kind = "onset"
case = "k1"
start_s = 0
end_s = 60
question = "?"
answer = 30
explanation = "!"
source = "ours"

[[exercises]]
id = "point"
kind = "scale_point"
case = "k1"
start_s = 0
end_s = 60
question = "?"
choices = [1, 2, 3, 4, 5, 6, 7]
answer = 4
explanation = "!"
source = "ours"
"""
    )
    START = datetime(2026, 5, 1, tzinfo=UTC)

    @given(st.integers(0, 60_000_000))
    def test_a_later_answer_never_has_a_smaller_lag(self, at_us: int) -> None:
        found = answered(self.ONSET, f"{at_us / 1e6:.6f}")
        assert found.lag_us == at_us - 30_000_000
        assert list(found.within) == sorted(found.within)
        assert found.right is found.within[1]

    @given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 7)), max_size=25))
    def test_an_answered_exercise_is_due_after_its_last_answer(self, given_answers) -> None:
        entries = tuple(
            Entry(
                seq=number,
                at_utc=(self.START + timedelta(hours=hours)).isoformat(),
                deed=ExerciseAnswered(
                    pack="p",
                    exercise="point",
                    kind="scale_point",
                    answer=str(points),
                    right=points == 4,
                ),
            )
            for number, (hours, points) in enumerate(sorted(given_answers), 1)
        )
        planned = plan((self.ONSET, self.POINT), entries, "p")
        assert planned == plan((self.ONSET, self.POINT), entries, "p")
        assert planned[0].due_at is None
        if entries:
            last = datetime.fromisoformat(entries[-1].at_utc)
            assert planned[1].due_at is not None
            assert planned[1].due_at > last
            assert planned[1] not in due(planned, last)
            assert planned[1] in due(planned, planned[1].due_at)
            assert (planned[1].last is Mark.RIGHT) is (entries[-1].deed.answer == "4")


def test_made_up_sessions_differ_and_stay_the_same() -> None:
    assert made_up_reference(1) == made_up_reference(1)
    assert made_up_reference(1).coding.events != made_up_reference(2).coding.events
