"""Curves of sound and motion: what each column shows, and where it is painted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from ssp_coder.ui.timeline.model import Lane, LaneKind
from ssp_coder.ui.timeline.outline import Outline, paint_outline
from ssp_coder.ui.timeline.time_scale import TimeScale

SECOND = 1_000_000
WIDE, HIGH = 200, 30


def curve(high, step_us=SECOND, start_us=0, low=None):
    values = np.array(high, np.float32)
    starts = start_us + np.arange(len(values), dtype=np.int64) * step_us
    lows = np.zeros_like(values) if low is None else np.array(low, np.float32)
    return Outline(starts_us=starts, end_us=start_us + len(values) * step_us, low=lows, high=values)


def painted(theme, outline, start_us=0, length_us=100 * SECOND, ratio=1.0):
    image = QImage(int(WIDE * ratio), int(HIGH * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.colour("panel"))
    scale = TimeScale(start_us=start_us, length_us=length_us, left=0, width=WIDE)
    painter = QPainter(image)
    paint_outline(painter, QRect(0, 0, WIDE, HIGH), outline, scale, theme.colour("wave"))
    painter.end()
    return image


def ink(theme, image):
    """How many pixels of each column are inked."""
    wave = theme.colour("wave").rgb() & 0xFFFFFF
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return ((pixels & 0xFFFFFF) == wave).sum(axis=0)


class TestColumns:
    @given(
        st.lists(st.floats(0, 1, width=32), min_size=1, max_size=60),
        st.integers(-30, 80),
        st.integers(1, 40),
    )
    @settings(max_examples=80)
    def test_each_column_reaches_as_high_as_the_highest_piece_in_it(self, values, start, step):
        outline = curve(values, step_us=10)
        edges = np.array([start + step * n for n in range(12)], dtype=np.int64)
        _, high, known = outline.columns(edges)
        for place in range(11):
            begin, end = int(edges[place]), int(edges[place + 1])
            inside = [
                value
                for number, value in enumerate(values)
                if number * 10 < end and (number + 1) * 10 > begin
            ]
            assert known[place] == bool(inside)
            if inside:
                assert high[place] == max(inside)

    def test_pieces_of_uneven_length_keep_their_times(self):
        outline = Outline(
            starts_us=np.array([0, 10, 100]),
            end_us=200,
            low=np.zeros(3, np.float32),
            high=np.array([0.1, 0.9, 0.2], np.float32),
        )
        _, high, _ = outline.columns(np.array([0, 10, 50, 100, 150]))
        assert high.tolist() == pytest.approx([0.1, 0.9, 0.9, 0.2])

    def test_an_outline_of_nothing_is_known_nowhere(self):
        _, _, known = curve([]).columns(np.array([0, 5, 10]))
        assert not known.any()

    def test_rows_of_different_length_are_refused(self):
        with pytest.raises(ValueError, match="2 pieces has 1 lows"):
            Outline(
                starts_us=np.array([0, 1]),
                end_us=2,
                low=np.zeros(1, np.float32),
                high=np.zeros(2, np.float32),
            )


class TestPainting:
    def test_a_louder_half_is_higher(self, theme):
        loud = [0.1] * 50 + [1.0] * 50
        heights = ink(theme, painted(theme, curve(loud, low=[-value for value in loud])))
        assert heights[:99].max() < heights[101:].min()

    def test_the_loudest_sound_stays_inside_its_lane(self, theme):
        image = painted(theme, curve([1.0] * 100, low=[-1.0] * 100))
        panel = theme.tokens.panel.lower()
        for y in (0, 1, HIGH - 2, HIGH - 1):
            assert image.pixelColor(100, y).name() == panel

    def test_silence_is_a_line_and_the_unknown_is_nothing(self, theme):
        heights = ink(theme, painted(theme, curve([0.0] * 50, low=[0.0] * 50)))
        assert set(heights[:100]) == {1}
        assert set(heights[101:]) == {0}

    def test_a_curve_without_lows_stands_on_the_floor(self, theme):
        image = painted(theme, curve([0.5] * 100))
        wave = theme.tokens.wave.lower()
        column = [image.pixelColor(100, y).name() == wave for y in range(HIGH)]
        assert column[HIGH - 4]
        assert not column[5]

    def test_zoomed_in_each_piece_is_a_step(self, theme):
        heights = ink(theme, painted(theme, curve([0.2, 0.8], low=[0, 0]), length_us=2 * SECOND))
        assert len(set(heights[:99])) == 1
        assert len(set(heights[101:])) == 1
        assert heights[50] < heights[150]

    def test_a_curve_that_begins_later_is_painted_later(self, theme):
        heights = ink(theme, painted(theme, curve([1.0] * 10, start_us=50 * SECOND)))
        assert heights[:99].sum() == 0
        assert heights[102:118].min() > 10
        assert heights[122:].sum() == 0

    @pytest.mark.parametrize("ratio", [1.5, 2.0])
    def test_a_fine_screen_gets_a_column_for_each_of_its_pixels(self, theme, ratio):
        loud = np.tile([0.1, 1.0], int(WIDE * ratio) // 2)
        step, length = round(90 * SECOND / (WIDE * ratio)), 90 * SECOND
        outline = curve(loud, step_us=step)
        heights = ink(theme, painted(theme, outline, length_us=length, ratio=ratio))
        assert len(heights) == WIDE * ratio
        assert (np.abs(np.diff(heights[4:40].astype(int))) > 5).mean() > 0.8

    def test_a_lane_too_low_for_anything_is_left_alone(self, theme, qapp):
        image = QImage(10, 10, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        scale = TimeScale(start_us=0, length_us=10, left=0, width=10)
        paint_outline(painter, QRect(0, 0, 10, 0), curve([1.0]), scale, theme.colour("wave"))
        painter.end()
        assert image.pixel(5, 5) == 0


class TestInTheTimeline:
    @pytest.fixture
    def sounding(self, timeline):
        timeline.set_lanes([lane for lane in timeline.scene.lanes if lane.id != "sound"])
        timeline.set_overviews([Lane(id="sound", title="Sound", kind=LaneKind.SOUND)])
        return timeline

    def test_overviews_stand_above_the_lanes_that_are_coded(self, sounding):
        assert [lane.id for lane in sounding.scene.lanes] == [
            "sound", "touch", "near", "acts", "kept",
        ]  # fmt: skip

    def test_a_curve_that_grows_repaints_its_lane_alone(self, sounding, pixel, place):
        pixel(place("sound", 100))
        before = sounding.layers.static().toImage()
        sounding.show_outline("sound", curve([1.0] * 200))
        after = sounding.layers.static().toImage()
        rect = sounding.layout_now().lane_rect("sound")
        assert after.copy(rect) != before.copy(rect)
        below = QRect(0, rect.bottom() + 1, before.width(), before.height())
        assert after.copy(below) == before.copy(below)

    def test_a_growing_curve_paints_as_if_it_had_always_been_there(self, sounding):
        sounding.grab()
        for count in (50, 200, 600):
            sounding.show_outline("sound", curve([0.7] * count))
            sounding.grab()
        grown = sounding.grab().toImage()
        sounding.layers.forget()
        assert sounding.grab().toImage() == grown

    def test_lanes_of_overviews_can_be_taken_away(self, sounding):
        sounding.set_overviews(())
        assert [lane.id for lane in sounding.scene.lanes] == ["touch", "near", "acts", "kept"]
