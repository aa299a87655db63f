from __future__ import annotations

import numpy as np
import pytest
from demonstration_people import box, inked, sheet
from numpy.typing import NDArray

from ssp_coder.demonstration.pen import Pen, colour
from ssp_coder.demonstration.room import (
    CORRIDOR,
    DOOR,
    GLASS,
    HEIGHT,
    USUAL,
    WIDTH,
    WOOD,
    draw_door_leaf,
    draw_prop,
    draw_toy,
    empty_room,
)
from ssp_coder.demonstration.story import Prop, bundled_story


def toy(kind: str, scale: float = 1.0) -> NDArray[np.uint8]:
    image = sheet()
    draw_toy(Pen(image, 1.0), kind, (320.0, 200.0), scale)
    return image


def door(opening: float) -> NDArray[np.uint8]:
    image = empty_room(1.0)
    draw_door_leaf(Pen(image, 1.0), opening)
    return image


def corridor_shown(image: NDArray[np.uint8]) -> int:
    return int((image == CORRIDOR).all(axis=2).sum())


@pytest.mark.parametrize("zoom", [0.6, 1.0, 1.2, 1.5])
def test_the_room_has_the_size_asked_for(zoom: float) -> None:
    assert empty_room(zoom).shape == (round(HEIGHT * zoom), round(WIDTH * zoom), 3)


@pytest.mark.parametrize(
    ("place", "fill"),
    [
        ((20, 500), colour(USUAL.wall)),
        ((340, 30), colour(USUAL.floor)),
        ((300, 352), colour(USUAL.rug)),
        ((100, 390), GLASS),
        ((100, 95), CORRIDOR),
    ],
)
def test_the_parts_of_the_room_are_where_they_belong(
    place: tuple[int, int], fill: tuple[int, int, int]
) -> None:
    assert tuple(int(part) for part in empty_room(1.0)[place]) == fill


def test_a_closed_door_hides_the_corridor() -> None:
    assert corridor_shown(door(0.0)) < 40


def test_the_corridor_shows_more_the_wider_the_door_is_open() -> None:
    shown = [corridor_shown(door(opening)) for opening in (0.0, 0.3, 0.6, 1.0)]
    assert shown == sorted(shown)
    assert shown[-1] > 8_000


def test_an_open_door_leaves_the_doorway_free() -> None:
    left, top, right, bottom = (round(edge) for edge in DOOR)
    doorway = door(1.0)[top + 4 : bottom - 26, left + 8 : right - 4]
    assert (doorway == CORRIDOR).all()


def test_a_closed_door_is_of_wood() -> None:
    assert tuple(int(part) for part in door(0.0)[130, 94]) == WOOD


@pytest.mark.parametrize("kind", ["ball", "rings", "ring", "blocks", "block"])
def test_a_toy_stands_where_it_was_put(kind: str) -> None:
    left, _, right, bottom = box(inked(toy(kind)))
    assert left < 320 < right
    assert bottom == pytest.approx(203, abs=14)


@pytest.mark.parametrize("kind", ["ball", "rings", "ring", "blocks", "block"])
def test_a_toy_further_back_is_smaller(kind: str) -> None:
    assert inked(toy(kind, 0.7)).sum() < 0.7 * inked(toy(kind)).sum()


def test_a_toy_nobody_can_draw_is_named() -> None:
    with pytest.raises(ValueError, match="there is no toy 'kite'; use ball"):
        toy("kite")


@pytest.mark.parametrize("facing", [-1, 1])
def test_the_back_of_a_chair_is_behind_who_sits(facing: int) -> None:
    image = sheet()
    chair = Prop(name="chair", kind="chair", x=320.0, y=300.0, facing=facing)
    draw_prop(Pen(image, 1.0), chair)
    upper = np.nonzero(inked(image)[205:245])[1]
    assert (upper.mean() - 320) * facing < -15


def test_every_prop_of_the_bundled_story_can_be_drawn() -> None:
    for prop in bundled_story().props:
        image = sheet()
        draw_prop(Pen(image, 1.0), prop)
        assert inked(image).sum() > 80, prop.name
