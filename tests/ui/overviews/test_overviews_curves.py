"""Curves that grow: heights, times, and what damaged frames count for."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.motion import Motion
from ssp_coder.media.waveform import BUCKET_US, FULL_SCALE, Envelope
from ssp_coder.ui.overviews.curves import LEAST_FULL, MotionCurve, SoundCurve


def chunk(first, highest, lowest=None):
    high = np.array(highest, np.int16)
    low = -high if lowest is None else np.array(lowest, np.int16)
    return Envelope(first=first, lowest=low, highest=high, rms=high)


def motion(first, energy, region=None):
    values = np.array(energy, np.float32)
    return Motion(
        first=first,
        energy=values,
        region_energy=values if region is None else np.array(region, np.float32),
        brightness=np.zeros_like(values),
        spread=np.zeros_like(values),
    )


class TestSound:
    def test_the_loudest_sound_is_full_and_a_quarter_of_it_half_as_high(self):
        curve = SoundCurve()
        curve.add(chunk(0, [FULL_SCALE, FULL_SCALE // 4, 0]))
        outline = curve.outline(0)
        assert outline.high == pytest.approx([1, 0.5, 0], abs=1e-4)
        assert outline.low == pytest.approx([-1, -0.5, 0], abs=1e-4)

    def test_a_sound_that_never_swings_below_nothing_reaches_down_nowhere(self):
        curve = SoundCurve()
        curve.add(chunk(0, [900], lowest=[500]))
        assert curve.outline(0).low.tolist() == [0]

    def test_the_lowest_possible_sample_is_not_below_the_lane(self):
        curve = SoundCurve()
        curve.add(chunk(0, [0], lowest=[-FULL_SCALE]))
        assert curve.outline(0).low.tolist() == [-1]

    @given(st.lists(st.integers(1, 9_000), min_size=1, max_size=6))
    def test_stretches_follow_each_other_however_long_they_are(self, lengths):
        curve = SoundCurve()
        done = 0
        for number, length in enumerate(lengths):
            curve.add(chunk(done, np.full(length, 100 * (number + 1))))
            done += length
        outline = curve.outline(0)
        assert len(outline.high) == done
        assert outline.end_us == done * BUCKET_US
        edges = np.cumsum(lengths) - 1
        wanted = [np.sqrt(100 * (n + 1) / FULL_SCALE) for n in range(len(lengths))]
        assert outline.high[edges] == pytest.approx(wanted, rel=1e-4)

    def test_a_camera_started_later_has_its_sound_later(self):
        curve = SoundCurve()
        curve.add(chunk(0, [5, 5]))
        outline = curve.outline(3_000_000)
        assert outline.starts_us.tolist() == [3_000_000, 3_000_000 + BUCKET_US]
        assert outline.end_us == 3_000_000 + 2 * BUCKET_US

    def test_what_is_not_read_yet_is_not_in_it(self):
        assert len(SoundCurve().outline(0).high) == 0


class TestMotion:
    @pytest.fixture
    def index(self, film, index_of):
        return index_of(film)

    def test_frames_keep_their_times(self, index):
        curve = MotionCurve(index, in_region=False)
        curve.add(motion(0, [1, 2, 3]))
        outline = curve.outline(500)
        assert outline.starts_us.tolist() == [time + 500 for time in index.times_us[:3]]
        assert outline.end_us == index.times_us[3] + 500

    def test_the_last_frame_ends_with_the_recording(self, index):
        curve = MotionCurve(index, in_region=False)
        curve.add(motion(0, np.ones(index.count)))
        assert curve.outline(0).end_us == index.end_us

    def test_the_liveliest_moments_fill_the_lane(self, index):
        curve = MotionCurve(index, in_region=False)
        curve.add(motion(0, np.linspace(0, 40, index.count)))
        high = curve.outline(0).high
        assert high.max() == 1
        assert high[index.count // 2] == pytest.approx(0.5, abs=0.02)

    def test_noise_in_a_still_room_stays_low(self, index):
        curve = MotionCurve(index, in_region=False)
        curve.add(motion(0, np.full(index.count, LEAST_FULL / 4)))
        assert curve.outline(0).high.max() == pytest.approx(0.25)

    def test_one_flash_does_not_flatten_the_rest(self):
        index = SimpleNamespace(times_us=range(2_000), end_us=2_000, count=2_000)
        energy = np.full(2_000, 10.0)
        energy[3] = 250
        curve = MotionCurve(index, in_region=False)
        curve.add(motion(0, energy))
        assert curve.outline(0).high[50] > 0.9

    def test_a_frame_that_cannot_be_shown_counts_as_still(self, index):
        curve = MotionCurve(index, in_region=False)
        curve.add(motion(0, [np.nan, 5, np.nan, 5]))
        assert curve.outline(0).high.tolist()[::2] == [0, 0]

    def test_in_a_region_its_own_values_are_shown(self, index):
        curve = MotionCurve(index, in_region=True)
        curve.add(motion(0, [9, 9, 9], region=[0, 4, 0]))
        assert (curve.outline(0).high > 0).tolist() == [False, True, False]

    def test_nothing_measured_is_an_empty_curve(self, index):
        outline = MotionCurve(index, in_region=False).outline(0)
        assert len(outline.high) == 0
        assert outline.end_us == 0
