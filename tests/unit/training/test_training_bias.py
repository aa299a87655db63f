"""Which way a trainee errs, and that chance alone flags nobody."""

from __future__ import annotations

from collections import Counter
from math import log
from statistics import fmean

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.demonstration.trainees import Habits, trainee_of
from ssp_coder.training.bias import (
    Basis,
    Bias,
    BiasPanel,
    Tendency,
    bias_of,
    bias_settings,
    holm,
)
from ssp_coder.training.evaluation import CaseFigures, figures_of
from tests.fixtures.training_figures import (
    budget,
    made_up_reference,
    rated,
    sitting,
    submission,
)

SETTINGS = bias_settings()
CASES = 6
SEEDS = 24
BIASED_SCALE = "res"
NOISE = {"jitter_us": 250_000, "rating_spread": 0.3, "miss_rate": 0.1, "wrong_rate": 0.05}


def with_differences(*by_case: float, scale: str = "near") -> list[CaseFigures]:
    return [
        submission(f"k{n}", ratings=(rated(f"{scale}_1", 4, 4 + points, scale),))
        for n, points in enumerate(by_case, 1)
    ]


def with_lags(*by_case: tuple[float, ...]) -> list[CaseFigures]:
    return [
        submission(f"k{n}", lags_us=tuple(round(lag * 1e6) for lag in lags))
        for n, lags in enumerate(by_case, 1)
    ]


def with_budgets(*by_case: tuple[float, float]) -> list[CaseFigures]:
    return [
        submission(f"k{n}", budgets=(budget("a.x", *seconds),))
        for n, seconds in enumerate(by_case, 1)
    ]


def scale_bias(figures: list[CaseFigures]) -> Bias:
    (found,) = bias_of(figures, SETTINGS).scales
    return found.bias


def flags(panel: BiasPanel) -> tuple[str, ...]:
    """Everything that is pointed out."""
    return (
        *(one.scale for one in panel.scales if one.bias.flagged),
        *(one.code for one in panel.codes if one.bias.flagged),
        *(("lag",) if panel.lag.flagged else ()),
    )


def synthetic(seed: int, **habits: object) -> BiasPanel:
    """The tendencies of a made-up trainee over made-up sessions."""
    references = [made_up_reference(number) for number in range(1, CASES + 1)]
    return bias_of(
        [
            figures_of(
                sitting(f"k{number}"),
                trainee_of(
                    reference.coding,
                    reference.scheme,
                    100 * seed + number,
                    Habits(**(NOISE | habits)),  # type: ignore[arg-type]  # habits by name
                ),
                reference,
            )
            for number, reference in enumerate(references, 1)
        ],
        SETTINGS,
    )


class TestSyntheticTrainees:
    def test_one_point_on_a_scale_and_late_onsets_are_flagged_and_nothing_else(self) -> None:
        found = Counter(
            flags(synthetic(seed, lag_us=800_000, scale_bias={BIASED_SCALE: 1.0}))
            for seed in range(SEEDS)
        )
        exactly_those = found[BIASED_SCALE, "lag"]
        assert exactly_those >= 0.95 * SEEDS, found

    def test_a_trainee_who_only_errs_by_chance_is_not_flagged(self) -> None:
        found = Counter(flags(synthetic(seed)) for seed in range(SEEDS))
        assert found[()] >= 0.95 * SEEDS, found

    def test_the_estimates_find_what_was_put_in(self) -> None:
        panel = synthetic(1, lag_us=800_000, scale_bias={BIASED_SCALE: 1.0})
        bias = next(one.bias for one in panel.scales if one.scale == BIASED_SCALE)
        assert bias.estimate.value == pytest.approx(1.0, abs=0.15)
        assert panel.lag.estimate.value == pytest.approx(800_000, abs=80_000)
        assert bias.tendency is Tendency.OVER

    def test_under_rating_is_told_as_such(self) -> None:
        panel = synthetic(2, scale_bias={BIASED_SCALE: -1.0})
        bias = next(one.bias for one in panel.scales if one.scale == BIASED_SCALE)
        assert bias.tendency is Tendency.UNDER


class TestScales:
    DIFFERENCES = (1.0, 0.0, 2.0, 1.0, 1.0)

    def test_the_interval_is_students(self) -> None:
        found = scale_bias(with_differences(*self.DIFFERENCES))
        oracle = stats.ttest_1samp(self.DIFFERENCES, 0)
        interval = oracle.confidence_interval()
        assert found.estimate.value == fmean(self.DIFFERENCES)
        assert (found.estimate.low, found.estimate.high) == pytest.approx(tuple(interval))
        assert found.p == pytest.approx(oracle.pvalue)
        assert found.estimate.n == 5
        assert found.basis is Basis.STUDENT

    def test_places_of_one_case_are_one_observation(self) -> None:
        case = submission("k1", ratings=(rated("near_1", 4, 5), rated("near_2", 4, 7)))
        (found,) = bias_of([case], SETTINGS).scales
        assert (found.bias.estimate.value, found.bias.estimate.n) == (2, 1)

    def test_two_cases_have_no_interval_and_no_flag(self) -> None:
        found = scale_bias(with_differences(2, 2))
        assert (found.estimate.low, found.p, found.flagged) == (None, None, False)

    def test_the_same_difference_in_every_case_is_certain(self) -> None:
        found = scale_bias(with_differences(1, 1, 1))
        assert (found.estimate.low, found.estimate.high) == (1, 1)
        assert found.tendency is Tendency.OVER

    def test_no_difference_at_all_is_no_tendency(self) -> None:
        found = scale_bias(with_differences(0, 0, 0, 0))
        assert (found.p, found.flagged) == (1, False)

    def test_a_sure_but_small_tendency_is_not_pointed_out(self) -> None:
        found = scale_bias(with_differences(0.4, 0.4, 0.5, 0.4, 0.4, 0.4))
        assert found.corrected is not None
        assert found.corrected < 0.01
        assert not found.flagged

    def test_a_large_but_unsure_one_is_not_pointed_out(self) -> None:
        found = scale_bias(with_differences(3, -1, 4, -2))
        assert found.estimate.value == 1
        assert not found.flagged

    def test_more_scales_ask_for_more_certainty(self) -> None:
        alone = with_differences(1, 0, 1, 1, 0, 1)
        assert bias_of(alone, SETTINGS).scales[0].bias.flagged
        pairs = zip(
            alone, *(with_differences(*OTHER, scale=f"s{n}") for n in range(9)), strict=True
        )
        many = [
            submission(f"k{n}", ratings=tuple(pair for one in cases for pair in one.ratings))
            for n, cases in enumerate(pairs, 1)
        ]
        near = next(one for one in bias_of(many, SETTINGS).scales if one.scale == "near")
        assert near.bias.p == pytest.approx(bias_of(alone, SETTINGS).scales[0].bias.p)
        assert not near.bias.flagged


OTHER = (1.0, -1.0, 1.0, -1.0, 1.0, -1.0)


class TestHolm:
    def test_it_is_the_one_of_an_independent_library(self) -> None:
        chance = np.random.default_rng(5)
        for size in (1, 2, 7, 30):
            p = chance.random(size) ** 3
            oracle = multipletests(p, method="holm")[1]
            assert holm(tuple(p)) == pytest.approx(tuple(oracle))

    def test_nothing_is_corrected_to_nothing(self) -> None:
        assert holm(()) == ()

    def test_it_never_exceeds_one(self) -> None:
        assert holm((0.9, 0.8, 0.7)) == (1, 1, 1)


class TestTimeOfStates:
    def test_twice_the_time_in_every_case_is_too_much(self) -> None:
        (found,) = bias_of(with_budgets((20, 42), (30, 58), (40, 80)), SETTINGS).codes
        assert found.bias.tendency is Tendency.OVER
        assert found.bias.estimate.value == pytest.approx(1.95, abs=0.05)

    def test_half_the_time_is_too_little_by_as_much(self) -> None:
        over = bias_of(with_budgets((20, 40), (30, 60), (40, 80)), SETTINGS).codes[0]
        under = bias_of(with_budgets((40, 20), (60, 30), (80, 40)), SETTINGS).codes[0]
        assert under.bias.tendency is Tendency.UNDER
        assert log(over.bias.estimate.value or 0) == pytest.approx(
            -log(under.bias.estimate.value or 1)
        )

    def test_the_seconds_of_both_are_told(self) -> None:
        (found,) = bias_of(with_budgets((20, 42), (30, 58), (40, 80)), SETTINGS).codes
        assert (found.reference_us, found.own_us) == (90_000_000, 180_000_000)

    def test_the_interval_holds_the_ratio(self) -> None:
        (found,) = bias_of(with_budgets((20, 42), (30, 50), (40, 80)), SETTINGS).codes
        low, value, high = (
            found.bias.estimate.low,
            found.bias.estimate.value,
            found.bias.estimate.high,
        )
        assert low is not None
        assert value is not None
        assert high is not None
        assert 1 < low < value < high

    def test_a_state_of_a_few_seconds_is_not_judged(self) -> None:
        assert bias_of(with_budgets((2, 9), (2, 9), (2, 9)), SETTINGS).codes == ()

    def test_a_state_that_the_trainee_never_used_is_judged(self) -> None:
        (found,) = bias_of(with_budgets((20, 0), (30, 0), (40, 0)), SETTINGS).codes
        assert found.bias.tendency is Tendency.UNDER


class TestLag:
    def test_from_six_cases_on_the_interval_is_that_of_order_statistics(self) -> None:
        lag = bias_of(with_lags((0.7,), (0.8,), (0.9,), (0.6,), (1.0,), (0.8,)), SETTINGS).lag
        assert lag.basis is Basis.ORDER
        assert (lag.estimate.low, lag.estimate.high) == (600_000, 1_000_000)
        assert lag.tendency is Tendency.OVER

    @pytest.mark.parametrize("n", [6, 7, 8, 9, 12, 15, 20, 30])
    def test_order_statistics_hold_the_median_in_95_of_100(self, n: int) -> None:
        lag = bias_of(with_lags(*((float(k),) for k in range(n))), SETTINGS).lag
        place = round((lag.estimate.low or 0) / 1e6)
        assert 1 - 2 * stats.binom.cdf(place, n, 0.5) >= 0.95
        assert 1 - 2 * stats.binom.cdf(place + 1, n, 0.5) < 0.95

    def test_below_six_cases_it_is_students(self) -> None:
        lag = bias_of(with_lags((0.8,), (0.9,), (0.7,)), SETTINGS).lag
        assert lag.basis is Basis.STUDENT
        assert lag.tendency is Tendency.OVER

    def test_a_case_counts_by_its_median(self) -> None:
        lag = bias_of(with_lags((0.1, 0.2, 9.0), (0.2,), (0.2,)), SETTINGS).lag
        assert lag.estimate.value == pytest.approx(200_000)

    def test_coming_too_early_is_told(self) -> None:
        lag = bias_of(with_lags((-0.8,), (-0.9,), (-0.7,)), SETTINGS).lag
        assert lag.tendency is Tendency.UNDER

    def test_a_short_lag_is_not_pointed_out(self) -> None:
        assert not bias_of(with_lags((0.2,), (0.21,), (0.2,)), SETTINGS).lag.flagged

    def test_without_an_onset_it_is_undefined(self) -> None:
        panel = bias_of([submission("k1")], SETTINGS)
        assert panel.lag.estimate.undefined is Undefined.NOTHING
        assert panel.onsets == 0

    def test_the_onsets_are_counted(self) -> None:
        assert bias_of(with_lags((0.1, 0.2), (0.3,)), SETTINGS).onsets == 3
