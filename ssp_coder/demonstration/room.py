"""The room and its things: walls, floor, door, mirror, rug, chairs, toys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.demonstration.pen import Pen, colour, shade
from ssp_coder.demonstration.staging import WALL_Y, depth_scale
from ssp_coder.demonstration.story import RoomColours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssp_coder.demonstration.posture import Point
    from ssp_coder.demonstration.story import Prop

WIDTH, HEIGHT = 640, 360
DOOR = (56.0, 46.0, 132.0, 212.0)
"""Left, top, right and bottom of the doorway."""
MIRROR = (232.0, 48.0, 402.0, 124.0)

USUAL = RoomColours()
WOOD = colour("#9f8e74")
WOOD_EDGE = colour("#7d6b56")
CHAIR = colour("#6f5f50")
KNOB = colour("#3f3831")
GLASS = colour("#94a5b0")
GLASS_EDGE = colour("#758693")
SHINE = colour("#b2c0c8")
CORRIDOR = colour("#e4dcc8")
CORRIDOR_FLOOR = colour("#c4b496")
RED, YELLOW = colour("#ab6a5a"), colour("#c5a94f")
BLUE, GREEN = colour("#7a92ac"), colour("#8aa377")


def empty_room(zoom: float, colours: RoomColours = USUAL) -> NDArray[np.uint8]:
    """The room without people and movable things, with the doorway open to the corridor."""
    image = np.empty((round(HEIGHT * zoom), round(WIDTH * zoom), 3), np.uint8)
    image[:] = colour(colours.wall)
    pen = Pen(image, zoom)
    pen.patch(
        ((0, WALL_Y - 8), (WIDTH, WALL_Y - 8), (WIDTH, WALL_Y), (0, WALL_Y)),
        colour(colours.skirting),
    )
    pen.patch(((0, WALL_Y), (WIDTH, WALL_Y), (WIDTH, HEIGHT), (0, HEIGHT)), colour(colours.floor))
    line = colour(colours.floor_line)
    for depth in (228, 256, 298):
        pen.line(((0, depth), (WIDTH, depth)), 1, line)
    for column in range(-3, 12):
        top = 320 + (column - 4.5) * 84
        pen.line(((top, WALL_Y), (320 + (top - 320) * 1.9, HEIGHT)), 1, line)
    pen.oval((352, 298), (214, 48), colour(colours.rug))
    _ring(pen, (352, 298), (198, 42), colour(colours.rug_line))
    _mirror(pen)
    _doorway(pen)
    return image


def _ring(pen: Pen, middle: Point, axes: Point, edge: tuple[int, int, int]) -> None:
    angles = [math.tau * step / 72 for step in range(73)]
    pen.line(
        [(middle[0] + axes[0] * math.cos(a), middle[1] + axes[1] * math.sin(a)) for a in angles],
        1.6,
        edge,
    )


def _box(pen: Pen, box: tuple[float, float, float, float], fill: tuple[int, int, int]) -> None:
    left, top, right, bottom = box
    pen.patch(((left, top), (right, top), (right, bottom), (left, bottom)), fill)


def _mirror(pen: Pen) -> None:
    left, top, right, bottom = MIRROR
    _box(pen, MIRROR, GLASS_EDGE)
    _box(pen, (left + 3, top + 3, right - 3, bottom - 3), GLASS)
    pen.line(((left + 30, bottom - 14), (left + 74, top + 14)), 3, SHINE)
    pen.line(((left + 48, bottom - 10), (left + 94, top + 15)), 3, SHINE)


def _doorway(pen: Pen) -> None:
    left, top, right, bottom = DOOR
    _box(pen, (left - 6, top - 6, right + 6, bottom), WOOD_EDGE)
    _box(pen, DOOR, CORRIDOR)
    pen.patch(
        ((left, bottom - 22), (right, bottom - 22), (right, bottom), (left, bottom)), CORRIDOR_FLOOR
    )


def draw_door_leaf(pen: Pen, opening: float) -> None:
    """The leaf, hinged at the left, swung into the room by `opening` 0 to 1."""
    left, top, right, bottom = DOOR
    angle = math.radians(104 * opening)
    across, near = math.cos(angle) * (right - left), math.sin(angle)

    def leaf(part: float, height: float) -> Point:
        """A point of the leaf: part of its width from the hinge, part of its height from below."""
        grown_top, grown_bottom = top - 9 * near * part, bottom + 17 * near * part
        return left + across * part, grown_bottom + (grown_top - grown_bottom) * height

    def board(box: tuple[float, float, float, float]) -> list[Point]:
        part0, low, part1, high = box
        return [leaf(part0, low), leaf(part1, low), leaf(part1, high), leaf(part0, high)]

    face = shade(WOOD, 1.0 - 0.14 * near)
    pen.patch(board((0, 0, 1, 1)), face)
    for low, high in ((0.08, 0.48), (0.55, 0.92)):
        panel = board((0.14, low, 0.86, high))
        pen.line((*panel, panel[0]), 1.4, shade(face, 0.86))
    edge = board((0, 0, 1, 1))
    pen.line((*edge, edge[0]), 1.6, WOOD_EDGE)
    pen.disc(leaf(0.88, 0.49), 3.6, KNOB)


def draw_prop(pen: Pen, prop: Prop) -> None:
    """A chair or a toy where it stands."""
    scale = depth_scale(prop.y)
    if prop.kind == "chair":
        _chair(pen, prop, scale)
    else:
        draw_toy(pen, prop.kind, (prop.x, prop.y), scale)


def _chair(pen: Pen, prop: Prop, scale: float) -> None:
    def at(x: float, y: float) -> Point:
        return prop.x + x * scale * prop.facing, prop.y - y * scale

    pen.shadow((prop.x, prop.y), (34 * scale, 8 * scale))
    for x, top in ((24, 44), (-20, 44), (15, 42), (-28, 42)):
        dark = 0.86 if x in (15, -28) else 1.0
        foot = 6 if dark < 1 else 0
        pen.line((at(x, foot), at(x, top)), 6 * scale, shade(CHAIR, dark))
    pen.line((at(-27, 44), at(-31, 96)), 6.5 * scale, CHAIR)
    pen.line((at(-25, 44), at(25, 44)), 8 * scale, shade(CHAIR, 1.08))


def draw_toy(pen: Pen, kind: str, at: Point, scale: float) -> None:
    """A toy with its lower middle at `at`."""
    x, y = at
    if kind == "ball":
        middle = x, y - 15 * scale
        pen.disc(middle, 16 * scale, RED)
        pen.limb(
            (
                (x - 14 * scale, y - 20 * scale),
                (x, y - 17 * scale),
                (x + 15 * scale, y - 19 * scale),
            ),
            1.6 * scale,
            shade(RED, 1.3),
        )
        pen.limb(
            ((x - 2 * scale, y - 30 * scale), (x + 2 * scale, y - 15 * scale), (x, y + 0.5)),
            1.6 * scale,
            shade(RED, 1.3),
        )
    elif kind == "rings":
        for number, fill in enumerate((BLUE, YELLOW, RED)):
            axes = (26 - 6 * number) * scale, 8 * scale
            pen.oval((x, y - (7 + 9 * number) * scale), axes, fill)
            pen.oval(
                (x, y - (10 + 9 * number) * scale), (axes[0] * 0.45, 2 * scale), shade(fill, 0.84)
            )
    elif kind == "ring":
        pen.oval((x, y), (15 * scale, 12 * scale), RED)
        pen.oval((x, y), (6 * scale, 4.5 * scale), shade(RED, 0.72))
    elif kind == "block":
        _cube(pen, (x, y), 22 * scale, YELLOW)
    elif kind == "blocks":
        _cube(pen, (x - 14 * scale, y), 22 * scale, BLUE)
        _cube(pen, (x + 12 * scale, y + 3 * scale), 22 * scale, YELLOW)
        _cube(pen, (x - 3 * scale, y - 21 * scale), 20 * scale, GREEN)
    else:
        raise ValueError(f"there is no toy {kind!r}; use ball, rings, ring, blocks or block")


def _cube(pen: Pen, at: Point, side: float, fill: tuple[int, int, int]) -> None:
    x, y = at
    half = side / 2
    _box(pen, (x - half, y - side, x + half, y), shade(fill, 0.84))
    _box(pen, (x - half + 1.3, y - side + 1.3, x + half - 1.3, y - 1.3), fill)
