"""Seeing a picture nearer, and which part of it then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QSize

from ssp_coder.ui.player.lens import NEAREST, Lens, share_of

SHARE = st.floats(0, 1)
ROOM = QSize(640, 480)
PICTURE = QSize(1280, 720)


def test_the_whole_picture_fits_and_lies_in_the_middle() -> None:
    assert Lens().place(PICTURE, ROOM) == QRect(0, 60, 640, 360)
    assert Lens().place(QSize(90, 160), ROOM) == QRect(185, 0, 270, 480)


def test_twice_as_near_it_is_twice_as_large() -> None:
    assert Lens(2.0).place(PICTURE, ROOM) == QRect(-320, -120, 1280, 720)


@given(zoom=st.floats(1, NEAREST), across=SHARE, down=SHARE)
def test_a_near_picture_leaves_no_room_empty_that_it_could_fill(zoom, across, down) -> None:
    place = Lens(zoom, across, down).place(PICTURE, ROOM)
    for start, size, room in (
        (place.left(), place.width(), ROOM.width()),
        (place.top(), place.height(), ROOM.height()),
    ):
        if size > room + 1:
            assert start <= 0
            assert start + size >= room - 1
        else:
            assert start == pytest.approx((room - size) / 2, abs=1)


@given(at=st.tuples(SHARE, SHARE), factors=st.lists(st.floats(0.3, 3), max_size=8))
def test_it_never_looks_beside_the_picture_nor_too_near(at, factors) -> None:
    lens = Lens()
    for factor in factors:
        lens = lens.nearer(factor, QPointF(*at))
        assert 1 <= lens.zoom <= NEAREST
        half = 0.5 / lens.zoom
        assert half - 1e-9 <= lens.across <= 1 - half + 1e-9
        assert half - 1e-9 <= lens.down <= 1 - half + 1e-9


@given(at=st.tuples(SHARE, SHARE), factor=st.floats(1.1, 3))
def test_the_place_under_the_pointer_stays_there(at, factor) -> None:
    room = QSize(1280, 720)
    pixel = QPointF(at[0] * 1280, at[1] * 720)
    first = Lens().nearer(2.0, QPointF(*at))
    before = share_of(first.place(PICTURE, room), pixel)
    after = share_of(first.nearer(factor, before).place(PICTURE, room), pixel)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.003)


def test_going_back_as_far_shows_the_whole_again() -> None:
    lens = Lens().nearer(2.0, QPointF(0.1, 0.9)).nearer(0.4, QPointF(0.5, 0.5))
    assert lens == Lens()
    assert lens.is_whole


def test_moving_stops_at_the_edges() -> None:
    lens = Lens(2.0).moved(QPointF(5, -5))
    assert (lens.across, lens.down) == (0.75, 0.25)
    assert Lens().moved(QPointF(0.2, 0.2)) == Lens()


def test_a_pixel_beside_the_picture_counts_as_its_edge() -> None:
    place = QRect(0, 60, 640, 360)
    assert share_of(place, QPointF(320, 240)) == QPointF(0.5, 0.5)
    assert share_of(place, QPointF(-5, 600)) == QPointF(0, 1)
