"""Whether a pass rule is met; with too little evidence it never is."""

from __future__ import annotations

import pytest

from ssp_coder.training.measures import Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Evaluation, Outcome, evaluate, reaches
from tests.fixtures.training_figures import (
    classed,
    classes,
    criterion,
    rated,
    rule,
    submission,
    tally,
)

EIGHTY = criterion(Statistic.CLASS_SHARE, 0.8, 30)
PASSED, MISSED, THIN = Outcome.PASSED, Outcome.NOT_PASSED, Outcome.INSUFFICIENT


def outcome(evaluation: Evaluation) -> Outcome:
    return evaluation.outcome


class TestShareOfClasses:
    def test_24_of_30_pass_eighty_per_cent(self) -> None:
        assert outcome(evaluate(rule(EIGHTY), classes(24, 6))) is PASSED

    def test_23_of_30_do_not(self) -> None:
        assert outcome(evaluate(rule(EIGHTY), classes(23, 7))) is MISSED

    @pytest.mark.parametrize("cases", [0, 1, 10, 29])
    def test_fewer_cases_are_never_a_pass_even_without_a_mistake(self, cases: int) -> None:
        assert outcome(evaluate(rule(EIGHTY), classes(cases, 0))) is THIN

    def test_fewer_cases_are_no_failure_either(self) -> None:
        assert outcome(evaluate(rule(EIGHTY), classes(0, 29))) is THIN

    def test_the_report_has_value_interval_and_n(self) -> None:
        (result,) = evaluate(rule(EIGHTY), classes(24, 6)).results
        assert (result.estimate.value, result.estimate.n, result.cases) == (0.8, 30, 30)
        assert (round(result.estimate.low or 0, 3), round(result.estimate.high or 0, 3)) == (
            0.627,
            0.905,
        )

    def test_a_case_without_an_own_class_counts_as_a_mistake(self) -> None:
        cases = (*classes(7, 0), *(classed(f"x{n}", "A", "") for n in range(20, 23)))
        assert outcome(evaluate(rule(criterion(Statistic.CLASS_SHARE, 0.8, 10)), cases)) is MISSED


class TestFirstAttempts:
    def test_a_repeat_does_not_mend_a_first_attempt(self) -> None:
        ten = rule(criterion(Statistic.CLASS_SHARE, 0.8, 10))
        first = classes(7, 3)
        repeats = [
            classed(f"k{n}", "A", "A", of={"is_repeat": True, "attempt": 100 + n})
            for n in range(8, 11)
        ]
        assert outcome(evaluate(ten, (*first, *repeats))) is MISSED

    def test_a_repeat_does_not_fill_up_the_cases(self) -> None:
        ten = rule(criterion(Statistic.CLASS_SHARE, 0.8, 10))
        repeats = [classed("k1", "A", "A", of={"is_repeat": True, "attempt": 50})]
        assert outcome(evaluate(ten, (*classes(9, 0), *repeats))) is THIN

    def test_only_the_stages_of_the_rule_count(self) -> None:
        two = criterion(Statistic.CLASS_SHARE, 0.8, 2)
        practised = classes(2, 0, stage=Stage.PRACTICE)
        assert outcome(evaluate(rule(two), practised)) is THIN
        assert outcome(evaluate(rule(two, stages=(Stage.PRACTICE,)), practised)) is PASSED

    def test_the_heads_of_what_counted_are_told_in_order(self) -> None:
        found = evaluate(rule(EIGHTY), classes(3, 0))
        assert found.heads == tuple(f"{n:064x}" for n in (1, 2, 3))


class TestPositives:
    def test_a_class_that_hardly_occurs_is_not_enough_evidence(self) -> None:
        wanted = criterion(Statistic.CLASS_SHARE, 0.8, 10, minimum_positives=2)
        one_b = [classed(f"k{n}", "B" if n == 1 else "A", "A") for n in range(1, 11)]
        assert outcome(evaluate(rule(wanted), one_b)) is THIN
        assert outcome(evaluate(rule(wanted), classes(10, 0))) is PASSED

    def test_a_rare_code_needs_its_positives(self) -> None:
        wanted = criterion(Statistic.CODE_RECALL, 0.7, 2, code="rare.one", minimum_positives=5)
        few = [submission(f"k{n}", tallies=(tally("rare.one", 2, 2, 2),)) for n in (1, 2)]
        many = [submission(f"k{n}", tallies=(tally("rare.one", 3, 3, 3),)) for n in (1, 2)]
        assert outcome(evaluate(rule(wanted), few)) is THIN
        assert outcome(evaluate(rule(wanted), many)) is PASSED


class TestRatings:
    def test_each_place_has_to_reach_the_mark(self) -> None:
        near = rule(criterion(Statistic.WITHIN_ONE, 0.9, 2))
        cases = [
            submission(f"k{n}", ratings=(rated("near_1", 3, 3), rated("near_2", 3, 6)))
            for n in (1, 2)
        ]
        found = evaluate(near, cases)
        assert [result.outcome for result in found.results] == [PASSED, MISSED]
        assert found.outcome is MISSED

    def test_without_a_single_rating_there_is_no_evidence(self) -> None:
        found = evaluate(rule(criterion(Statistic.ICC, 0.7, 5)), classes(5, 0))
        assert [result.outcome for result in found.results] == [THIN]

    def test_an_undefined_statistic_is_no_evidence(self) -> None:
        kappa = rule(criterion(Statistic.CLASS_KAPPA, 0.6, 5))
        alike = [classed(f"k{n}", "A", "A") for n in range(1, 7)]
        assert outcome(evaluate(kappa, alike)) is THIN


class TestInARow:
    THREE_IN_A_ROW = criterion(Statistic.WITHIN_ONE, 0.8, 3, consecutive=3)

    def cases(self, pattern: str) -> list:
        """A case for each sign: ``+`` all places within one point, ``-`` half of them."""
        return [
            submission(
                f"k{n}",
                ratings=(rated("near_1", 3, 3), rated("near_2", 3, 3 if sign == "+" else 6)),
            )
            for n, sign in enumerate(pattern, 1)
        ]

    @pytest.mark.parametrize(
        ("pattern", "expected", "longest"),
        [
            ("+++", PASSED, 3),
            ("-+++", PASSED, 3),
            ("+++-", PASSED, 3),
            ("++-++", MISSED, 2),
            ("---", MISSED, 0),
            ("++", THIN, 2),
        ],
    )
    def test_cases_have_to_follow_each_other(
        self, pattern: str, expected: Outcome, longest: int
    ) -> None:
        (result,) = evaluate(rule(self.THREE_IN_A_ROW), self.cases(pattern)).results
        assert (result.outcome, result.run) == (expected, longest)

    def test_a_case_is_judged_by_all_its_places(self) -> None:
        (result,) = evaluate(rule(self.THREE_IN_A_ROW), self.cases("+++")).results
        assert result.criterion.measure.slot == ""


class TestSeveralCriteria:
    def test_all_have_to_be_met(self) -> None:
        share = criterion(Statistic.CLASS_SHARE, 0.8, 2)
        events = criterion(Statistic.EVENT_F1, 0.9, 2)
        cases = [classed(f"k{n}", "A", "A", tallies=(tally("a.x", 1, 2, 2),)) for n in (1, 2)]
        assert outcome(evaluate(rule(share, events), cases)) is MISSED

    def test_a_clear_failure_outweighs_missing_evidence(self) -> None:
        clear = criterion(Statistic.CLASS_SHARE, 0.8, 2)
        thin = criterion(Statistic.CLASS_SHARE, 0.8, 30)
        assert outcome(evaluate(rule(clear, thin), classes(0, 2))) is MISSED

    def test_missing_evidence_keeps_from_passing(self) -> None:
        clear = criterion(Statistic.CLASS_SHARE, 0.8, 2)
        thin = criterion(Statistic.CLASS_SHARE, 0.8, 30)
        assert outcome(evaluate(rule(clear, thin), classes(2, 0))) is THIN


def test_enriched_cases_are_said() -> None:
    plain = evaluate(rule(EIGHTY), classes(30, 0))
    enriched = evaluate(rule(EIGHTY), classes(30, 0, enriched=True))
    assert [result.enriched for result in plain.results] == [False]
    assert [result.enriched for result in enriched.results] == [True]


def test_the_evaluation_is_the_same_whatever_the_order_of_the_figures() -> None:
    cases = classes(24, 6)
    assert evaluate(rule(EIGHTY), cases) == evaluate(rule(EIGHTY), cases[::-1])


def test_rounding_does_not_fail_anybody() -> None:
    assert reaches(0.1 + 0.7, 0.8)
    assert not reaches(0.799, 0.8)
