"""The rectangle of motion by keyboard."""

import pytest
from PySide6.QtCore import QRectF, Qt

from ssp_coder.ui.player.region_keys import (
    FIRST_REGION,
    SMALLEST_SHARE,
    belongs_to_drawing,
    region_after,
    takes,
)

HALF = QRectF(0.25, 0.25, 0.5, 0.5)
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def sides(region):
    return pytest.approx((region.left(), region.top(), region.width(), region.height()))


@pytest.mark.parametrize("key", ARROWS)
def test_the_first_arrow_shows_one_in_the_middle(key):
    first = region_after(None, key, sizing=False)
    assert first == FIRST_REGION
    assert first.center().x() == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, (0.23, 0.25, 0.5, 0.5)),
        (Qt.Key.Key_Right, (0.27, 0.25, 0.5, 0.5)),
        (Qt.Key.Key_Up, (0.25, 0.23, 0.5, 0.5)),
        (Qt.Key.Key_Down, (0.25, 0.27, 0.5, 0.5)),
    ],
)
def test_arrows_move_it(key, expected):
    assert expected == sides(region_after(HALF, key, sizing=False))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, (0.25, 0.25, 0.48, 0.5)),
        (Qt.Key.Key_Right, (0.25, 0.25, 0.52, 0.5)),
        (Qt.Key.Key_Up, (0.25, 0.25, 0.5, 0.48)),
        (Qt.Key.Key_Down, (0.25, 0.25, 0.5, 0.52)),
    ],
)
def test_arrows_size_it_with_shift(key, expected):
    assert expected == sides(region_after(HALF, key, sizing=True))


@pytest.mark.parametrize("key", ARROWS)
@pytest.mark.parametrize("sizing", [True, False])
def test_it_never_leaves_the_picture_nor_vanishes(key, sizing):
    region = HALF
    for _ in range(80):
        region = region_after(region, key, sizing=sizing)
    assert region.left() >= 0 <= region.top()
    assert region.right() <= 1.000001 >= region.bottom()
    assert min(region.width(), region.height()) >= SMALLEST_SHARE - 1e-9


def test_other_keys_are_not_its_own():
    assert all(belongs_to_drawing(key) for key in (*ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Escape))
    assert not belongs_to_drawing(Qt.Key.Key_Space)
    assert region_after(HALF, Qt.Key.Key_Space, sizing=False) is HALF
    assert takes(Qt.Key.Key_Enter)
    assert not takes(Qt.Key.Key_Left)
