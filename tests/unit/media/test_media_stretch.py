from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.sound import SAMPLE_RATE, silence
from ssp_coder.media.stretch import Stretch, lead_us, stages
from tests.fixtures.sounds import BEEP_S, PITCH_HZ, beep_middles, beeping

RATES = (0.1, 0.25, 0.5, 0.75, 1.5, 2.0, 3.0, 4.0)


def stretched(sound: np.ndarray, rate: float) -> np.ndarray:
    samples = np.repeat((sound * 32_767).astype(np.int16)[:, np.newaxis], 2, axis=1)
    stretch = Stretch(rate)
    return np.concatenate(
        [stretch.feed(samples[at : at + 960]) for at in range(0, len(sound), 960)]
    )


@given(st.floats(0.02, 50))
def test_stages_multiply_to_the_rate_and_each_can_be_heard(rate: float) -> None:
    chain = stages(rate)
    assert math.prod(chain) == pytest.approx(rate)
    assert all(0.5 <= stage <= 2 for stage in chain)


@pytest.mark.parametrize("rate", [0, -1, -0.5])
def test_a_rate_that_does_not_go_forward_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="cannot be heard"):
        stages(rate)


def test_at_its_own_speed_sound_stays_as_it_is() -> None:
    samples = np.arange(2_000, dtype=np.int16).reshape(-1, 2)
    assert Stretch(1).feed(samples) is samples


@pytest.mark.parametrize("rate", RATES)
def test_length_is_divided_by_the_rate(rate: float) -> None:
    seconds = 4.0 if rate < 1 else 20.0
    out = stretched(beeping(SAMPLE_RATE, (), seconds), rate)
    held_back = 4 * 2_048 * max(1.0, rate)
    assert len(out) * rate == pytest.approx(seconds * SAMPLE_RATE, abs=held_back)


@pytest.mark.parametrize("rate", RATES)
def test_the_pitch_stays(rate: float) -> None:
    at = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    tone = (0.3 * np.sin(2 * np.pi * PITCH_HZ * at)).astype(np.float32)
    out = stretched(tone, rate)[SAMPLE_RATE // 10 : SAMPLE_RATE // 2, 0].astype(float)
    strength = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    assert np.argmax(strength) * SAMPLE_RATE / len(out) == pytest.approx(PITCH_HZ, abs=10)


@pytest.mark.parametrize("rate", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_slowed_beeps_come_at_their_moment_once_the_lead_is_added(rate: float) -> None:
    beeps = (0.6, 1.4, 2.3)
    # A low hiss, as in any room: in digital silence the filter finds nothing to line up.
    hiss = np.random.default_rng(1).normal(0, 0.002, 4 * SAMPLE_RATE).astype(np.float32)
    out = stretched(beeping(SAMPLE_RATE, beeps, 4) + hiss, rate)
    middles = [middle * rate + lead_us(rate) / 1e6 for middle in beep_middles(out)]
    assert middles == pytest.approx([at + BEEP_S / 2 for at in beeps], abs=0.005)


@pytest.mark.parametrize("rate", [1.5, 2.0, 3.0, 4.0])
def test_quickened_beeps_come_within_a_frame_of_their_moment(rate: float) -> None:
    beeps = (0.6, 1.4, 2.3)
    hiss = np.random.default_rng(1).normal(0, 0.002, 4 * SAMPLE_RATE).astype(np.float32)
    out = stretched(beeping(SAMPLE_RATE, beeps, 4) + hiss, rate)
    middles = [middle * rate for middle in beep_middles(out)]
    assert middles == pytest.approx([at + BEEP_S / 2 for at in beeps], abs=0.033)


def test_a_speeding_chain_has_no_lead() -> None:
    assert lead_us(1) == lead_us(2) == lead_us(4) == 0
    assert lead_us(0.25) > lead_us(0.5) > 0


def test_nothing_in_gives_nothing_out_yet() -> None:
    assert Stretch(0.5).feed(silence(10)).shape == (0, 2)
