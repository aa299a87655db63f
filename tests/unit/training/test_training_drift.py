"""Whether a coder drifts, and how often the charts are wrong."""

from __future__ import annotations

from dataclasses import replace
from math import log

import msgspec
import numpy as np
import pytest

from ssp_coder.agreement.comparison import ClassAgreement
from ssp_coder.domain.scale import ScaleId
from ssp_coder.training.drift import (
    Chart,
    ChartKind,
    SimulatedRow,
    agreement_chart,
    bias_chart,
    drift_setup,
    steps,
    watch,
)
from ssp_coder.training.drift_simulation import simulated_share
from ssp_coder.training.evaluation import CaseFigures
from ssp_coder.training.packs import Stage
from tests.fixtures.training_figures import THREE, classed, rated, submission, tally

SETUP = drift_setup()
ROWS = SETUP.simulated.rows
UPKEEP = {"stage": Stage.UPKEEP}


def outcomes(pattern: str) -> list[tuple[str, bool]]:
    """A case for each sign: ``+`` agrees."""
    return [(f"k{n}", sign == "+") for n, sign in enumerate(pattern, 1)]


def agreement(pattern: str) -> Chart:
    return agreement_chart(SETUP.agreement, outcomes(pattern))


def differences(*points: float) -> Chart:
    return bias_chart(SETUP.bias, [(f"k{n}", one) for n, one in enumerate(points, 1)])


def stored(chart: ChartKind, after: float, within: int) -> SimulatedRow:
    (row,) = (one for one in ROWS if (one.chart, one.after, one.within) == (chart, after, within))
    return row


class TestChartOfAgreement:
    def test_steps_are_the_logarithms_of_the_likelihood_ratio(self) -> None:
        agreed, differed = steps(SETUP.agreement)
        assert agreed == pytest.approx(log(0.75 / 0.90))
        assert differed == pytest.approx(log(0.25 / 0.10))

    def test_agreement_keeps_it_at_zero(self) -> None:
        assert [point.up for point in agreement("+++++").points] == [0] * 5

    def test_five_disagreements_in_a_row_alarm_and_four_do_not(self) -> None:
        assert agreement("-----").alarms == ("k5",)
        assert agreement("----").alarms == ()

    def test_agreement_takes_some_of_it_back(self) -> None:
        points = agreement("-+").points
        assert points[1].up == pytest.approx(log(2.5) - log(1.2))

    def test_after_an_alarm_it_starts_again(self) -> None:
        chart = agreement("-----" + "+" + "-----")
        assert chart.alarms == ("k5", "k11")
        assert chart.points[5].up == 0

    def test_one_mistake_in_ten_does_not_alarm(self) -> None:
        assert agreement("+++++++++-" * 5).alarms == ()

    def test_every_second_case_wrong_alarms_within_twenty(self) -> None:
        assert agreement("+-" * 10).alarms


class TestChartOfBias:
    def test_half_a_point_too_much_adds_up_to_an_alarm(self) -> None:
        chart = differences(*[0.5] * 40)
        assert chart.alarms == ("k26",)
        assert chart.limit == SETUP.bias.alarm

    def test_it_sees_both_directions(self) -> None:
        assert differences(*[-0.5] * 40).alarms == ("k26",)

    def test_too_much_and_too_little_in_turn_is_no_drift(self) -> None:
        assert differences(*[1, -1] * 30).alarms == ()

    def test_what_lies_within_the_slack_never_alarms(self) -> None:
        assert differences(*[0.25] * 500).alarms == ()

    def test_the_sums_are_those_of_a_plain_loop(self) -> None:
        drawn = np.random.default_rng(3).normal(0.2, 0.8, 60)
        up = down = 0.0
        for point, value in zip(differences(*drawn).points, drawn, strict=True):
            up, down = max(0, up + value - 0.25), max(0, down - value - 0.25)
            assert (point.up, point.down) == pytest.approx((up, down))
            if point.alarm:
                up = down = 0.0


class TestStoredSimulation:
    @pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.chart}-{row.after}-{row.within}")
    def test_a_smaller_simulation_comes_near_what_is_stored(self, row: SimulatedRow) -> None:
        runs = 20_000
        found = simulated_share(SETUP, row, runs, 7)
        error = (row.share * (1 - row.share) / runs) ** 0.5
        assert abs(found - row.share) < 5 * error

    def test_the_same_seed_gives_the_same_share(self) -> None:
        assert simulated_share(SETUP, ROWS[1], 500, 1) == simulated_share(SETUP, ROWS[1], 500, 1)

    def test_false_alarms_stay_at_five_per_cent_in_fifty_stable_cases(self) -> None:
        for chart in ChartKind:
            row = SETUP.false_alarms(chart)
            assert row is not None
            assert row.within == 50
            assert row.share <= 0.05

    def test_a_drop_to_sixty_per_cent_is_seen_within_twenty_cases(self) -> None:
        assert stored(ChartKind.AGREEMENT, 0.6, 20).share >= 0.8

    def test_half_a_point_of_bias_is_seen_within_thirty_cases(self) -> None:
        assert stored(ChartKind.BIAS, 0.5, 30).share >= 0.75

    def test_the_limit_of_the_class_alone_is_stored_and_told(self) -> None:
        assert round(stored(ChartKind.AGREEMENT, 0.75, 20).share, 2) == 0.32
        assert round(stored(ChartKind.AGREEMENT, 0.75, 40).share, 2) == 0.72
        assert "75 %" in str(SETUP.note)

    def test_a_chart_without_a_stored_rate_has_none(self) -> None:
        bare = msgspec.structs.replace(
            SETUP, simulated=msgspec.structs.replace(SETUP.simulated, rows=())
        )
        assert bare.false_alarms(ChartKind.BIAS) is None

    def test_simulated_coders_are_those_of_the_chart_itself(self) -> None:
        row = msgspec.structs.replace(ROWS[1], within=12)
        runs, seed = 300, 11
        chance = np.random.default_rng(seed)
        agrees = np.array([chance.random(runs) for _ in range(12)]) < row.after
        alarmed = [
            bool(agreement("".join("+" if one else "-" for one in coder)).alarms)
            for coder in agrees.T
        ]
        assert simulated_share(SETUP, row, runs, seed) == pytest.approx(np.mean(alarmed))


class TestWatch:
    def rechecks(self, pattern: str, points: float = 0.0) -> list[CaseFigures]:
        return [
            classed(
                f"k{n}",
                "A",
                "A" if sign == "+" else "B",
                of=UPKEEP,
                ratings=(rated("near_1", 4, 4 + points), rated("near_2", 4, 4 + points)),
                tallies=(tally("a.x", 1, 2, 2),),
            )
            for n, sign in enumerate(pattern, 1)
        ]

    def test_one_chart_for_the_class_and_one_for_each_scale(self) -> None:
        found = watch(self.rechecks("+++"), SETUP)
        assert [(chart.kind, chart.scale) for chart in found.charts] == [
            (ChartKind.AGREEMENT, None),
            (ChartKind.BIAS, ScaleId("near")),
        ]

    def test_an_alarm_at_the_last_case_is_pointed_out(self) -> None:
        found = watch(self.rechecks("-----"), SETUP)
        assert [chart.kind for chart in found.alarmed] == [ChartKind.AGREEMENT]
        assert watch(self.rechecks("-----+"), SETUP).alarmed == ()

    def test_a_scale_drifts_though_the_class_does_not(self) -> None:
        found = watch(self.rechecks("+" * 26, points=0.5), SETUP)
        assert [chart.scale for chart in found.alarmed] == ["near"]

    def test_places_of_a_case_are_one_step(self) -> None:
        assert len(watch(self.rechecks("+++", points=1), SETUP).charts[1].points) == 3

    def test_the_last_ten_are_told_beside_the_charts(self) -> None:
        found = watch(self.rechecks("-" * 5 + "+" * 10), SETUP)
        assert (found.agreement.value, found.agreement.n, found.rolling) == (1, 10, 10)
        assert found.events.value == 0.5

    def test_repeats_and_other_stages_do_not_count(self) -> None:
        cases = self.rechecks("+++")
        repeat = replace(cases[0], sitting=replace(cases[0].sitting, is_repeat=True, attempt=9))
        practice = classed("x9", "A", "B", of={"stage": Stage.PRACTICE})
        assert watch([*cases, repeat, practice], SETUP) == watch(cases, SETUP)

    def test_a_re_check_without_a_class_of_the_reference_is_left_out(self) -> None:
        bare = submission(
            "k1", classes=(ClassAgreement(level=THREE, reference="", own="A"),), of=UPKEEP
        )
        assert watch([bare], SETUP).charts[0].points == ()

    def test_without_a_re_check_nothing_alarms(self) -> None:
        found = watch([], SETUP)
        assert found.alarmed == ()
        assert found.agreement.value is None
