"""How large panels are at first, in every room."""

from __future__ import annotations

import pytest

from ssp_coder.ui.docks.placing import Room, first_sizes, room_of


def px(length: float) -> int:
    return round(length)


SIZES = [(600, 320), (860, 560), (1000, 560), (1182, 690), (1256, 810), (1740, 990), (3600, 2000)]


@pytest.mark.parametrize(
    ("size", "room"),
    [
        ((1256, 810), Room.WIDE),
        ((1182, 680), Room.LOW),
        ((940, 600), Room.LOW),
        ((619, 310), Room.SMALL),
        ((1182, 400), Room.SMALL),
        ((700, 900), Room.SMALL),
    ],
)
def test_the_room_is_named_by_what_fits_into_it(size, room):
    assert room_of(*size, px) is room


def test_a_larger_font_makes_the_same_window_a_smaller_room():
    assert room_of(1256, 810, lambda length: round(length * 2)) is Room.SMALL


@pytest.mark.parametrize("size", SIZES)
def test_every_part_gets_something_and_together_they_fit(size):
    sizes = first_sizes(*size, px)
    width, height = size
    assert 0 < sizes.side_width <= width * 0.56
    assert 0 < sizes.foot_height < height / 2
    assert sizes.list_height < height - sizes.foot_height


def test_in_a_small_room_no_height_is_kept_for_a_list_of_its_own():
    assert first_sizes(619, 310, px).list_height == 0


def test_of_more_room_the_picture_takes_the_most():
    small, large = first_sizes(1256, 810, px), first_sizes(1736, 990, px)
    picture = (1736 - large.side_width) - (1256 - small.side_width)
    assert picture > (large.side_width - small.side_width) * 2
    above = (990 - large.foot_height) - (810 - small.foot_height)
    assert above > (large.foot_height - small.foot_height) * 2


def test_in_a_low_room_the_board_has_more_of_the_side_than_the_list():
    low, wide = first_sizes(1182, 690, px), first_sizes(1256, 810, px)
    share_low = low.list_height / (690 - low.foot_height)
    share_wide = wide.list_height / (810 - wide.foot_height)
    assert share_low < share_wide
