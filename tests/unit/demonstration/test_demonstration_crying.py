from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.demonstration.crying import BREATHS_S, VOICED, breath_part, mouth_opening

LEVELS = (1, 2, 3)


@pytest.mark.parametrize("level", LEVELS)
def test_a_breath_begins_at_zero_and_comes_round(level: int) -> None:
    breath_us = round(BREATHS_S[level] * 1_000_000)
    assert breath_part(0, level) == 0.0
    assert breath_part(breath_us // 2, level) == pytest.approx(0.5, abs=1e-5)
    assert breath_part(3 * breath_us + 1_000, level) < 0.01


def test_harder_crying_breathes_faster() -> None:
    assert BREATHS_S[1] > BREATHS_S[2] > BREATHS_S[3]


def test_harder_crying_leaves_less_time_for_breath() -> None:
    assert VOICED[1] < VOICED[2] < VOICED[3] < 1.0


@given(st.integers(0, 60_000_000), st.sampled_from(LEVELS))
def test_the_mouth_of_a_crying_child_is_never_quite_shut(since_us: int, level: int) -> None:
    assert 0.2 < mouth_opening(since_us, level) <= 1.0


@pytest.mark.parametrize("level", LEVELS)
def test_the_mouth_is_wide_open_in_the_middle_of_the_voice(level: int) -> None:
    middle = BREATHS_S[level] * VOICED[level] / 2
    assert mouth_opening(round(middle * 1e6), level) == 1.0


@pytest.mark.parametrize("level", LEVELS)
def test_the_mouth_rests_while_breath_is_drawn(level: int) -> None:
    drawing = BREATHS_S[level] * (VOICED[level] + 1.0) / 2
    assert mouth_opening(round(drawing * 1e6), level) == 0.25


def test_without_distress_the_mouth_is_shut() -> None:
    assert mouth_opening(123_456, 0) == 0.0
