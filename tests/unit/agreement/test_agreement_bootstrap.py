"""Resampling: counts that add up, bits that repeat, and no interval out of too little."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.bootstrap import draws, percentile_interval, resampled


def test_every_resample_draws_as_many_as_there_are() -> None:
    weights = draws(17, 300, 1)
    assert weights.shape == (300, 17)
    assert (weights.sum(axis=1) == 17).all()


def test_everything_is_drawn_equally_often_in_the_long_run() -> None:
    assert draws(10, 20_000, 2).mean(axis=0) == pytest.approx(np.ones(10), abs=0.05)


def test_the_same_seed_draws_the_same_bits_and_another_does_not() -> None:
    first = draws(20, 50, 3).copy()
    draws.cache_clear()
    assert first.tobytes() == draws(20, 50, 3).tobytes()
    assert first.tobytes() != draws(20, 50, 4).tobytes()


def test_draws_that_are_shared_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        draws(5, 5, 5)[0, 0] = 9


def test_nothing_cannot_be_drawn_from() -> None:
    with pytest.raises(ValueError, match="give one block or session or more"):
        draws(0, 10, 1)


def test_a_resample_is_the_sum_of_the_drawn_tables() -> None:
    tables = np.random.default_rng(6).integers(0, 50, (12, 3, 3)).astype(float)
    sums, weights = resampled(tables, 40, 9), draws(12, 40, 9)
    for place in range(40):
        plain = sum(weights[place, block] * tables[block] for block in range(12))
        assert np.array_equal(sums[place], plain)


def test_one_block_gives_itself_every_time() -> None:
    table = np.array([[[3.0, 1.0], [0.0, 2.0]]])
    assert (resampled(table, 25, 1) == table).all()


def test_the_interval_is_the_middle_of_the_values() -> None:
    low, high = percentile_interval(np.arange(1001.0))
    assert (low, high) == (25.0, 975.0)


def test_a_few_undefined_resamples_are_left_out() -> None:
    values = np.arange(1000.0)
    values[:40] = np.nan
    low, high = percentile_interval(values)
    assert 40 < low < high < 999


def test_resamples_that_are_all_alike_give_no_interval() -> None:
    assert np.isnan(percentile_interval(np.ones(1000))).all()


def test_with_too_many_undefined_there_is_no_interval() -> None:
    values = np.arange(1000.0)
    values[:60] = np.nan
    assert np.isnan(percentile_interval(values)).all()
    assert np.isnan(percentile_interval(np.zeros(0))).all()
