from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import Micros, Span
from ssp_coder.ui.timeline.time_scale import SHORTEST_VIEW_US, TimeScale, ticks

HOUR = 3_600_000_000
SECOND = 1_000_000

scales = st.builds(
    TimeScale,
    start_us=st.integers(0, HOUR),
    length_us=st.integers(SHORTEST_VIEW_US, 2 * HOUR),
    left=st.integers(0, 200),
    width=st.integers(50, 4_000),
)


@given(scales, st.integers(-100, 4_500))
def test_a_pixel_comes_back_from_its_time(scale, x):
    assert scale.x_of(scale.time_at(x)) == x


@given(scales)
def test_the_edges_are_the_ends_of_the_view(scale):
    assert scale.x_of(scale.start_us) == scale.left
    assert scale.x_of(scale.end_us) == scale.left + scale.width


@given(scales, st.floats(0.3, 4), st.floats(0, 1))
def test_zooming_keeps_the_time_under_the_pointer(scale, factor, share):
    anchor = scale.start_us + round(share * scale.length_us)
    duration = 20 * HOUR
    zoomed = scale.zoomed(factor, anchor, duration)
    at_an_end = zoomed.start_us == 0
    assert at_an_end or abs(zoomed.x_of(anchor) - scale.x_of(anchor)) <= 1


@given(scales, st.floats(0.01, 100), st.integers(SECOND, 3 * HOUR))
def test_no_zoom_leaves_the_recording(scale, factor, duration):
    zoomed = scale.zoomed(factor, scale.start_us, duration)
    assert zoomed.start_us >= 0
    assert zoomed.end_us <= duration
    assert zoomed.length_us >= min(SHORTEST_VIEW_US, duration)


@given(scales, st.integers(-HOUR, 3 * HOUR), st.integers(SECOND, 3 * HOUR))
def test_no_scroll_leaves_the_recording(scale, start, duration):
    moved = scale.at(start, duration)
    assert 0 <= moved.start_us <= moved.end_us <= duration


def test_a_span_is_shown_exactly_and_a_tiny_one_with_room():
    scale = TimeScale(start_us=0, length_us=HOUR, left=0, width=1_000)
    shown = scale.over(Span(start_us=Micros(5 * SECOND), end_us=Micros(9 * SECOND)), HOUR)
    assert (shown.start_us, shown.end_us) == (5 * SECOND, 9 * SECOND)
    tiny = scale.over(Span(start_us=Micros(5), end_us=Micros(6)), HOUR)
    assert tiny.length_us == SHORTEST_VIEW_US


@given(scales, st.integers(30, 120))
def test_labels_never_crowd_and_lie_on_small_ticks(scale, label_px):
    marks = ticks(scale, label_px)
    places = [scale.x_of(time_us) for time_us in marks.labelled]
    assert all(b - a >= label_px - 1 for a, b in pairwise(places))
    assert set(marks.labelled) <= set(marks.small)
    assert all(scale.start_us <= time_us <= scale.end_us for time_us in marks.small)


@pytest.mark.parametrize(
    ("length_us", "step_us", "digits"),
    [
        (SECOND, 100_000, 1),
        (200_000, 20_000, 2),
        (60 * SECOND, 10 * SECOND, 0),
        (270 * SECOND, 30 * SECOND, 0),
        (1_270 * SECOND, 120 * SECOND, 0),
        (20 * HOUR, 2 * HOUR, 0),
    ],
)
def test_ticks_stand_at_times_that_people_count_in(length_us, step_us, digits):
    marks = ticks(TimeScale(start_us=0, length_us=length_us, left=0, width=1_000), 85)
    assert marks.labelled[:2] == (0, step_us)
    assert marks.digits == digits
