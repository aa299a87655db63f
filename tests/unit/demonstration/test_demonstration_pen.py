from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ssp_coder.demonstration.pen import Pen, Spot, colour, shade, smooth, tint

RED = (0, 0, 255)


def sheet(width: int = 100, height: int = 80) -> NDArray[np.uint8]:
    return np.zeros((height, width, 3), np.uint8)


def painted(image: NDArray[np.uint8]) -> int:
    return int((image[:, :, 2] > 127).sum())


def middle(image: NDArray[np.uint8]) -> tuple[float, float]:
    rows, columns = np.nonzero(image[:, :, 2] > 127)
    return float(columns.mean()), float(rows.mean())


def test_a_colour_is_read_as_blue_green_red() -> None:
    assert colour("#c88a3a") == (0x3A, 0x8A, 0xC8)


@pytest.mark.parametrize("text", ["c88a3a", "#c88a3", "#c88a3aff", ""])
def test_what_is_no_colour_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour; write it like #c88a3a"):
        colour(text)


def test_letters_beyond_f_are_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        colour("#gg0000")


@given(st.tuples(*[st.integers(0, 255)] * 3), st.floats(0.0, 3.0))
def test_a_shade_stays_a_colour(base: tuple[int, int, int], by: float) -> None:
    assert all(0 <= part <= 255 for part in shade(base, by))


def test_a_shade_is_darker_or_lighter() -> None:
    assert shade((100, 100, 100), 0.5) == (50, 50, 50)
    assert shade((100, 100, 100), 1.5) == (150, 150, 150)


@pytest.mark.parametrize(("weight", "mixed"), [(0.0, 0), (0.5, 50), (1.0, 100)])
def test_a_tint_lies_between_two_colours(weight: float, mixed: int) -> None:
    assert tint((0, 0, 0), (100, 100, 100), weight) == (mixed, mixed, mixed)


def test_a_spot_maps_forward_and_up() -> None:
    spot = Spot(x=100, y=200, scale=2.0, facing=1.0)
    assert spot.at((10, 30)) == (120.0, 140.0)


def test_a_spot_facing_left_is_mirrored() -> None:
    spot = Spot(x=100, y=200, scale=2.0, facing=-1.0)
    assert spot.at((10, 30)) == (80.0, 140.0)


@given(
    st.tuples(st.floats(-100, 100), st.floats(-100, 100)),
    st.sampled_from((-1.0, -0.6, 0.6, 1.0)),
    st.floats(0.5, 1.5),
)
def test_a_spot_maps_back(point: tuple[float, float], facing: float, scale: float) -> None:
    spot = Spot(x=320, y=300, scale=scale, facing=facing)
    assert spot.body(spot.at(point)) == pytest.approx(point, abs=1e-6)


def test_a_body_seen_edge_on_still_maps_back_to_somewhere() -> None:
    spot = Spot(x=320, y=300, scale=1.0, facing=0.0)
    assert spot.body((330, 290)) == (50.0, 10.0)


def test_a_disc_lies_where_it_was_put() -> None:
    image = sheet()
    Pen(image, 1.0).disc((40, 30), 10, RED)
    assert middle(image) == pytest.approx((40, 30), abs=0.5)
    assert painted(image) == pytest.approx(314, rel=0.15)  # smoothed edges reach half a pixel out


def test_zoom_makes_everything_larger() -> None:
    small, large = sheet(), sheet(200, 160)
    Pen(small, 1.0).disc((40, 30), 10, RED)
    Pen(large, 2.0).disc((40, 30), 10, RED)
    assert middle(large) == pytest.approx((80, 60), abs=0.5)
    assert painted(large) == pytest.approx(4 * painted(small), rel=0.1)


def test_an_origin_shifts_what_is_drawn() -> None:
    image = sheet()
    Pen(image, 1.0, (20, 10)).disc((40, 30), 5, RED)
    assert middle(image) == pytest.approx((20, 20), abs=0.5)


def test_drawing_on_a_part_stays_in_that_part() -> None:
    image = sheet()
    Pen(image[20:60, 30:70], 1.0, (30, 20)).disc((30, 40), 12, RED)
    assert painted(image) > 0
    assert not image[:, :30].any()


def test_an_oval_is_as_wide_and_tall_as_its_axes() -> None:
    image = sheet()
    Pen(image, 1.0).oval((50, 40), (30, 10), RED)
    rows, columns = np.nonzero(image[:, :, 2] > 127)
    assert np.ptp(columns) == pytest.approx(60, abs=2)
    assert np.ptp(rows) == pytest.approx(20, abs=2)


def test_a_tilted_oval_stands_up() -> None:
    image = sheet()
    Pen(image, 1.0).oval((50, 40), (30, 10), RED, tilt=90)
    rows, columns = np.nonzero(image[:, :, 2] > 127)
    assert np.ptp(rows) > np.ptp(columns)


def test_a_patch_fills_its_polygon() -> None:
    image = sheet()
    Pen(image, 1.0).patch(((10, 10), (30, 10), (30, 30), (10, 30)), RED)
    assert painted(image) == pytest.approx(400, rel=0.12)


def test_a_blob_bulges_beyond_its_polygon() -> None:
    corners = ((20, 20), (60, 20), (60, 60), (20, 60))
    straight, round_ = sheet(), sheet()
    Pen(straight, 1.0).patch(corners, RED)
    Pen(round_, 1.0).blob(corners, RED)
    assert painted(round_) > painted(straight) * 1.1


def test_a_limb_is_as_thick_as_asked() -> None:
    image = sheet()
    Pen(image, 1.0).limb(((10, 40), (50, 40), (90, 40)), 9, RED)
    assert int((image[:, 50, 2] > 127).sum()) == pytest.approx(9, abs=2)


def test_a_line_is_never_thinner_than_a_pixel() -> None:
    image = sheet()
    Pen(image, 1.0).line(((10, 40), (90, 40)), 0.1, RED)
    assert image[:, 50, 2].max() > 127


def test_edges_are_smoothed() -> None:
    image = sheet()
    Pen(image, 1.0).disc((40.3, 30.7), 10, RED)
    levels = np.unique(image[:, :, 2])
    assert len(levels) > 10


def test_a_shadow_darkens_the_ground_a_little() -> None:
    image = np.full((80, 100, 3), 160, np.uint8)
    Pen(image, 1.0).shadow((50, 40), (20, 8))
    assert image[40, 50, 0] == 140
    assert image[5, 5, 0] == 160


@pytest.mark.parametrize("place", [(-500.0, 40.0), (50.0, 900.0), (99.0, 79.0)])
def test_a_shadow_off_the_edge_does_no_harm(place: tuple[float, float]) -> None:
    image = np.full((80, 100, 3), 160, np.uint8)
    Pen(image, 1.0).shadow(place, (20, 8))
    assert image.shape == (80, 100, 3)
    assert image[0, 0, 0] == 160


def test_a_smooth_curve_passes_through_its_points() -> None:
    points = np.array([[0.0, 0.0], [10.0, 5.0], [20.0, -5.0], [30.0, 0.0]])
    curve = smooth(points, closed=False)
    for point in points:
        assert np.abs(curve - point).sum(axis=1).min() == pytest.approx(0.0, abs=1e-9)


def test_a_closed_curve_comes_round_without_repeating_its_start() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])
    curve = smooth(points, closed=True)
    assert len(curve) == 24
    assert curve[0] == pytest.approx(points[0])
    assert np.abs(curve[-1] - curve[0]).sum() < 4


def test_a_straight_row_of_points_stays_straight() -> None:
    points = np.array([[0.0, 3.0], [10.0, 3.0], [30.0, 3.0]])
    assert np.all(smooth(points, closed=False)[:, 1] == pytest.approx(3.0))
