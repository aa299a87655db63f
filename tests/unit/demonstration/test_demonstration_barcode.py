from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ssp_coder.demonstration.barcode import CELLS, DARK, LIGHT, draw_number, read_number

NUMBERS = st.integers(0, 65_535)


def picture(height: int = 360, width: int = 640, grey: int = 120) -> NDArray[np.uint8]:
    return np.full((height, width, 3), grey, np.uint8)


@given(NUMBERS)
def test_a_number_drawn_is_the_number_read(number: int) -> None:
    image = picture()
    draw_number(image, number)
    assert read_number(image) == number


@given(NUMBERS, st.sampled_from(((216, 384), (360, 640), (432, 768), (540, 960), (1080, 1920))))
def test_the_strip_follows_the_size_of_the_picture(number: int, size: tuple[int, int]) -> None:
    image = picture(*size)
    draw_number(image, number)
    assert read_number(image) == number


@given(NUMBERS)
def test_a_grey_picture_reads_as_well(number: int) -> None:
    image = picture()[:, :, 0].copy()
    draw_number(image, number)
    assert read_number(image) == number


@given(NUMBERS, st.integers(0, 2**32 - 1))
def test_noise_does_not_change_the_number(number: int, seed: int) -> None:
    image = picture()
    draw_number(image, number)
    noise = np.random.default_rng(seed).integers(-40, 41, image.shape)
    noisy = np.clip(image.astype(int) + noise, 0, 255).astype(np.uint8)
    assert read_number(noisy) == number


@given(NUMBERS)
def test_a_darker_flatter_picture_still_reads(number: int) -> None:
    image = picture()
    draw_number(image, number)
    assert read_number((image * 0.6 + 10).astype(np.uint8)) == number


def test_a_picture_without_a_strip_has_no_number() -> None:
    assert read_number(picture()) is None


def test_a_black_picture_has_no_number() -> None:
    assert read_number(picture(grey=0)) is None


@given(NUMBERS, st.integers(2, CELLS - 1))
def test_one_cell_turned_over_is_noticed(number: int, cell: int) -> None:
    image = picture()
    draw_number(image, number)
    left = 640 - (CELLS - cell) * 8
    light = image[352, left, 0] == LIGHT
    image[352:, left : left + 8] = DARK if light else LIGHT
    assert read_number(image) is None


def test_all_consecutive_numbers_look_different() -> None:
    strips = set()
    for number in range(3_100):
        image = np.zeros((45 * 4, 26 * 4), np.uint8)
        draw_number(image, number)
        strips.add(image[-1].tobytes())
    assert len(strips) == 3_100


@pytest.mark.parametrize("number", [-1, 65_536])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit in 16 bits"):
        draw_number(picture(), number)


def test_a_picture_that_is_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="a picture 200 wide is too narrow"):
        draw_number(picture(360, 200), 1)


def test_a_picture_that_is_too_narrow_reads_as_none() -> None:
    assert read_number(picture(360, 200)) is None


def test_only_the_strip_is_touched() -> None:
    image = picture()
    draw_number(image, 40_000)
    assert np.all(image[:352] == 120)
    assert np.all(image[:, : 640 - CELLS * 8] == 120)
