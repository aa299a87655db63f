"""Anti-aliased flat shapes on a picture, in coordinates of 640 x 360 whatever its real size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssp_coder.demonstration.posture import Point

Colour = tuple[int, int, int]
"""Blue, green, red, 0 to 255: the order in which OpenCV keeps a pixel."""

_SHIFT = 4
_STEPS = 6


@lru_cache(maxsize=512)
def colour(text: str) -> Colour:
    """The colour of ``#rrggbb``."""
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"{text!r} is not a colour; write it like #c88a3a")
    red, green, blue = (int(text[start : start + 2], 16) for start in (1, 3, 5))
    return blue, green, red


@lru_cache(maxsize=512)
def shade(base: Colour, by: float) -> Colour:
    """`base` darker (`by` below 1) or lighter (above 1)."""
    blue, green, red = (min(255, max(0, round(part * by))) for part in base)
    return blue, green, red


@lru_cache(maxsize=512)
def tint(base: Colour, other: Colour, weight: float) -> Colour:
    """`base` with `weight` of `other` mixed in."""
    blue, green, red = (
        round(first + (second - first) * weight) for first, second in zip(base, other, strict=True)
    )
    return blue, green, red


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a body stands on the picture: maps its own x forward, y up to picture points."""

    x: float
    y: float
    scale: float
    facing: float

    def at(self, point: Point) -> Point:
        """The picture point of a body point."""
        return self.x + point[0] * self.scale * self.facing, self.y - point[1] * self.scale

    def body(self, point: Point) -> Point:
        """The body point of a picture point."""
        side = self.facing if abs(self.facing) > 0.2 else 0.2
        return (point[0] - self.x) / self.scale / side, (self.y - point[1]) / self.scale


class Pen:
    """Draws on one picture, in place."""

    def __init__(self, image: NDArray[np.uint8], zoom: float, origin: Point = (0.0, 0.0)) -> None:
        self._image = image
        self._zoom = zoom
        self._origin = origin

    def disc(self, middle: Point, radius: float, fill: Colour) -> None:
        """A filled circle."""
        import cv2

        size = max(1, round(radius * self._zoom * (1 << _SHIFT)))
        cv2.circle(self._image, self._fixed(middle), size, fill, -1, cv2.LINE_AA, _SHIFT)

    def oval(self, middle: Point, axes: Point, fill: Colour, tilt: float = 0.0) -> None:
        """A filled ellipse with half-axes `axes`, turned clockwise by `tilt` degrees."""
        import cv2

        factor = self._zoom * (1 << _SHIFT)
        size = max(1, round(axes[0] * factor)), max(1, round(axes[1] * factor))
        cv2.ellipse(
            self._image, self._fixed(middle), size, tilt, 0, 360, fill, -1, cv2.LINE_AA, _SHIFT
        )

    def patch(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._fill(np.asarray(points, np.float64), fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled closed shape whose outline runs smoothly through the points."""
        self._fill(smooth(np.asarray(points, np.float64), closed=True), fill)

    def limb(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A thick line with round ends that runs smoothly through the points."""
        self._stroke(smooth(np.asarray(points, np.float64), closed=False), width, fill)

    def line(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A thick line through the points with corners."""
        self._stroke(np.asarray(points, np.float64), width, fill)

    def shadow(self, middle: Point, axes: Point) -> None:
        """Darken the ground under somebody."""
        import cv2

        height, width = self._image.shape[:2]
        x, y = (np.asarray(middle) - self._origin) * self._zoom
        reach_x, reach_y = axes[0] * self._zoom, axes[1] * self._zoom
        left, right = max(0, int(x - reach_x)), min(width, int(x + reach_x) + 1)
        top, bottom = max(0, int(y - reach_y)), min(height, int(y + reach_y) + 1)
        if left >= right or top >= bottom:
            return
        ground = self._image[top:bottom, left:right]
        dark = ground - (ground >> 3)
        mask = np.zeros(ground.shape[:2], np.uint8)
        size = max(1, round(reach_x)), max(1, round(reach_y))
        cv2.ellipse(mask, (int(x - left), int(y - top)), size, 0, 0, 360, 255, -1, cv2.LINE_AA)
        cv2.copyTo(dark, mask, ground)

    def _fixed(self, point: Point) -> tuple[int, int]:
        factor = self._zoom * (1 << _SHIFT)
        left, top = self._origin
        return round((point[0] - left) * factor), round((point[1] - top) * factor)

    def _grid(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        moved = (points - self._origin) * (self._zoom * (1 << _SHIFT))
        return np.rint(moved).astype(np.int32)

    def _fill(self, points: NDArray[np.float64], fill: Colour) -> None:
        import cv2

        cv2.fillPoly(self._image, [self._grid(points)], fill, cv2.LINE_AA, _SHIFT)

    def _stroke(self, points: NDArray[np.float64], width: float, fill: Colour) -> None:
        import cv2

        thick = max(1, round(width * self._zoom))
        cv2.polylines(self._image, [self._grid(points)], False, fill, thick, cv2.LINE_AA, _SHIFT)


def smooth(points: NDArray[np.float64], *, closed: bool) -> NDArray[np.float64]:
    """Points on a Catmull-Rom curve through `points` (n x 2)."""
    around = (
        np.concatenate((points[-1:], points, points[:2]))
        if closed
        else np.concatenate((points[:1], points, points[-1:]))
    )
    pieces = np.stack((around[:-3], around[1:-2], around[2:-1], around[3:]), axis=1)
    curve: NDArray[np.float64] = np.matmul(_basis(), pieces).reshape(-1, 2)
    return curve if closed else np.concatenate((curve, points[-1:]))


@lru_cache(maxsize=1)
def _basis() -> NDArray[np.float64]:
    part = np.arange(_STEPS) / _STEPS
    powers = np.stack((np.ones(_STEPS), part, part**2, part**3), axis=1)
    matrix = np.array([[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]) / 2
    return powers @ matrix
