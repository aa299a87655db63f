"""Time-unit kappa: tolerance in both directions, intervals from blocks, undefined cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.agreement.bootstrap import resampled
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.kappa import kappa_of, kappas, specific_agreements
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.raster import UNSEEN, Units, tally, units_of
from ssp_coder.agreement.session_kappa import resampled_margins
from ssp_coder.agreement.time_units import answers, readings, time_agreement
from ssp_coder.agreement.tracks import Stretch, bouts_from
from ssp_coder.domain.time import SECOND_US, Micros
from tests.agreement_codings import jittered_bouts

FEW = replace(USUAL_PROTOCOL, resamples=200)


def units(a: list[int], b: list[int], k: int = 3) -> Units:
    """Codes second by second."""
    return Units(
        stretch=Stretch(start_us=0, end_us=len(a) * SECOND_US),
        unit_us=SECOND_US,
        k=k,
        a=np.array(a, np.int16),
        b=np.array(b, np.int16),
    )


def naive_table(own: list[int], other: list[int], reach: int, k: int) -> np.ndarray:
    """Rows the coder whose units are sought; window after window."""
    table = np.zeros((k, k))
    for place, code in enumerate(own):
        if code == UNSEEN:
            continue
        window = other[max(0, place - reach) : place + reach + 1]
        table[code, code if code in window else other[place]] += 1
    return table


def drawn(seed: int, count: int = 60, k: int = 3) -> tuple[list[int], list[int]]:
    random = np.random.default_rng(seed)
    a, b = random.integers(0, k, (2, count))
    unseen = random.random(count) < 0.1
    a[unseen] = b[unseen] = UNSEEN
    return a.tolist(), b.tolist()


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("reach", [0, 1, 2, 7, 100])
def test_a_table_with_tolerance_equals_a_loop_over_windows(seed: int, reach: int) -> None:
    a, b = drawn(seed)
    _, forth, back = readings(units(a, b), reach * SECOND_US)
    assert np.array_equal(tally(*forth, 3), naive_table(a, b, reach, 3))
    assert np.array_equal(tally(*back, 3).T, naive_table(b, a, reach, 3))


def test_without_tolerance_all_three_readings_are_one() -> None:
    exact, forth, back = readings(units(*drawn(1)), 0)
    for one in (forth, back):
        assert all(np.array_equal(left, right) for left, right in zip(exact, one, strict=True))


def test_a_tolerance_is_not_the_same_in_both_directions() -> None:
    found = time_agreement(units([0, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1]), FEW)
    assert found.forth.p_o.value == pytest.approx(1.0)
    assert found.exact.p_o.value == pytest.approx(4 / 6)
    other = time_agreement(units([0, 0, 0, 0], [0, 1, 1, 1]), replace(FEW, tolerance_us=SECOND_US))
    assert other.forth.p_o.value == pytest.approx(2 / 4)
    assert other.back.p_o.value == pytest.approx(1 / 4)


def test_what_was_removed_answers_nothing() -> None:
    own = np.array([0, UNSEEN, 1], np.int16)
    other = np.array([1, UNSEEN, 0], np.int16)
    assert answers(own, other, 1).tolist() == [1, UNSEEN, 0]
    assert answers(own, other, 2).tolist() == [0, UNSEEN, 1]


def test_a_tolerance_is_cut_to_whole_units() -> None:
    one = readings(units([0, 1, 1], [1, 1, 0]), 1_900_000)
    assert all(
        np.array_equal(left, right)
        for pair, same in zip(one, readings(units([0, 1, 1], [1, 1, 0]), SECOND_US), strict=True)
        for left, right in zip(pair, same, strict=True)
    )


def test_kappa_of_units_is_kappa_of_their_table() -> None:
    a, b = drawn(4, 300)
    found = time_agreement(units(a, b), FEW)
    plain = kappa_of(found.tables[0])
    assert found.exact.kappa.value == plain.kappa.value
    assert found.exact.kappa_max == plain.kappa_max
    assert found.exact.n == 300 - a.count(UNSEEN)
    assert found.mean.value == pytest.approx((found.forth.kappa.value + found.back.kappa.value) / 2)


def test_units_of_time_have_no_standard_error() -> None:
    found = time_agreement(units(*drawn(4, 300)), FEW)
    assert {one.se.undefined for one in (found.exact, found.forth, found.back)} == {
        Undefined.NO_SUCH
    }


def test_seconds_by_pair_of_codes_follow_the_unit() -> None:
    found = time_agreement(replace(units([0, 0, 1], [0, 1, 1]), unit_us=SECOND_US // 2), FEW)
    assert found.seconds.tolist() == [[0.5, 0.5, 0], [0, 0.5, 0], [0, 0, 0]]


def test_one_code_throughout_is_undefined_and_not_one() -> None:
    found = time_agreement(units([2] * 50, [2] * 50), FEW)
    for kappa in (found.exact, found.forth, found.back):
        assert kappa.kappa.undefined is Undefined.ONE_CODE
        assert kappa.p_o.value == 1
    assert found.mean.undefined is Undefined.ONE_CODE
    assert found.mean.n == 50
    assert found.by_code[0].undefined is Undefined.NOT_USED


def test_no_units_say_that_there_is_nothing() -> None:
    found = time_agreement(units([], []), FEW)
    assert found.exact.kappa.undefined is Undefined.NOTHING
    assert found.mean.undefined is Undefined.NOTHING
    everything_removed = time_agreement(units([UNSEEN] * 9, [UNSEEN] * 9), FEW)
    assert everything_removed.exact.n == 0


def test_kappa_below_chance_stays_negative_with_its_interval() -> None:
    a, b = [0, 1] * 200 + [0] * 20, [1, 0] * 200 + [0] * 20
    found = time_agreement(units(a, b), replace(FEW, tolerance_us=Micros(0)))
    assert found.exact.kappa.value < -0.8
    assert -1 <= found.exact.kappa.low < found.exact.kappa.high < 0


def test_whole_agreement_has_no_interval_for_no_block_differs() -> None:
    found = time_agreement(units([0, 1] * 200, [0, 1] * 200), FEW)
    assert found.exact.kappa.value == 1
    assert found.exact.kappa.low is found.exact.kappa.high is None


def session(seed: int) -> Units:
    a, b = (
        bouts_from(events) for events in jittered_bouts(150, 1200 * SECOND_US, codes=4, seed=seed)
    )
    return units_of(a, b, Stretch(start_us=0, end_us=1200 * SECOND_US), SECOND_US, 4)


def test_an_interval_holds_its_value_and_is_the_same_again() -> None:
    found = time_agreement(session(1), USUAL_PROTOCOL)
    assert found == found
    again = time_agreement(session(1), USUAL_PROTOCOL)
    for one, same in (
        (found.exact.kappa, again.exact.kappa),
        (found.forth.kappa, again.forth.kappa),
        (found.mean, again.mean),
        (found.by_code[0], again.by_code[0]),
    ):
        assert one == same
        assert one.low < one.value < one.high


def test_another_seed_gives_another_interval_of_the_same_value() -> None:
    one = time_agreement(session(1), USUAL_PROTOCOL).exact.kappa
    other = time_agreement(session(1), replace(USUAL_PROTOCOL, seed=7)).exact.kappa
    assert one.value == other.value
    assert (one.low, one.high) != (other.low, other.high)
    assert one.low == pytest.approx(other.low, abs=0.05)


def test_the_interval_covers_what_simulated_coders_truly_agree() -> None:
    values = [time_agreement(session(seed), FEW).exact.kappa for seed in range(60)]
    truth = float(np.mean([one.value for one in values]))
    assert sum(one.low <= truth <= one.high for one in values) >= 48


def test_codes_that_nobody_used_change_no_interval() -> None:
    plain = session(2)
    wider = replace(plain, k=plain.k + 3)
    one, other = (time_agreement(given, FEW).exact.kappa for given in (plain, wider))
    assert (one.low, one.high) == (other.low, other.high)
    assert one.value == pytest.approx(other.value, abs=1e-12)


def test_margins_of_resamples_give_the_kappa_of_whole_tables() -> None:
    random = np.random.default_rng(8)
    blocks = random.integers(0, 9, (30, 4, 4)).astype(float)
    whole = resampled(blocks, 500, 11)
    margins = resampled_margins(blocks, 500, 11)
    assert np.allclose(margins.kappas(), kappas(whole), rtol=0, atol=1e-12)
    assert np.allclose(margins.specific(), specific_agreements(whole), rtol=0, atol=1e-12)


def test_margins_of_one_code_alone_have_no_kappa() -> None:
    blocks = np.zeros((5, 2, 2))
    blocks[:, 0, 0] = 3
    margins = resampled_margins(blocks, 10, 1)
    assert np.isnan(margins.kappas()).all()
    assert np.isnan(margins.specific()[:, 1]).all()
    assert (margins.specific()[:, 0] == 1).all()
