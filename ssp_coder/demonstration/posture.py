"""Postures of the drawn people, and the joints that follow from them.

Lengths are pixels of the 640 x 360 picture at full size; x points forward, y up, from the floor
point between the feet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ssp_coder.demonstration.channels import mix

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Where hip, feet and idle hands are, and how far the trunk leans forward in radians."""

    hip: Point
    lean: float
    feet: tuple[Point, Point]
    hands: tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Lengths of the parts of a body."""

    trunk: float
    upper_arm: float
    fore_arm: float
    thigh: float
    shin: float
    head: float
    """Radius of the head."""
    neck: Point
    """From the shoulders to the middle of the head, when upright."""


ADULT = Build(trunk=58, upper_arm=33, fore_arm=33, thigh=46, shin=46, head=21.0, neck=(3.0, 28.0))
BABY = Build(trunk=29, upper_arm=16, fore_arm=16, thigh=17, shin=16, head=20.0, neck=(2.0, 19.0))

ADULT_POSTURES = {
    "standing": Posture(
        hip=(0, 90.5), lean=0.03, feet=((6, 0), (-6, 0)), hands=((8, 77), (-4, 77))
    ),
    "seated": Posture(hip=(-2, 52), lean=0.06, feet=((42, 0), (34, 2)), hands=((34, 62), (30, 60))),
    "kneeling": Posture(
        hip=(-6, 46), lean=0.16, feet=((-40, 5), (-32, 6)), hands=((22, 52), (18, 50))
    ),
    "bending": Posture(
        hip=(-16, 76), lean=0.85, feet=((8, 0), (-8, 0)), hands=((52, 62), (48, 60))
    ),
}
BABY_POSTURES = {
    "seated": Posture(
        hip=(0, 11), lean=0.05, feet=((27, 5), (-23, 5)), hands=((17, 17), (-14, 17))
    ),
    "crawling": Posture(
        hip=(-17, 24), lean=1.18, feet=((-38, 5), (-30, 7)), hands=((15, 3), (21, 5))
    ),
    "upright": Posture(hip=(0, 27), lean=0.12, feet=((5, 0), (-6, 1)), hands=((27, 44), (25, 39))),
    "held": Posture(hip=(0, 0), lean=0.02, feet=((15, -19), (6, -22)), hands=((17, 24), (12, 22))),
    "huddled": Posture(hip=(-4, 11), lean=1.0, feet=((20, 5), (-20, 5)), hands=((20, 6), (12, 6))),
    "clinging": Posture(
        hip=(0, 0), lean=0.3, feet=((17, -14), (10, -18)), hands=((25, 40), (22, 36))
    ),
    "arching": Posture(
        hip=(0, 0), lean=-0.5, feet=((20, -8), (14, -22)), hands=((24, 30), (22, 24))
    ),
}
"""Held, clinging, arching: measured from the point where the carrier's arm supports the child."""
ADULT_FIGURE, BABY_FIGURE = "adult", "baby"
POSTURES = {ADULT_FIGURE: ADULT_POSTURES, BABY_FIGURE: BABY_POSTURES}
"""By figure, each with its postures by name; the first is the one that a story opens with."""


def blend_postures(before: Posture, after: Posture, weight: float) -> Posture:
    """The posture that lies `weight` of the way from `before` to `after`."""
    return Posture(
        hip=mix_points(before.hip, after.hip, weight),
        lean=mix(before.lean, after.lean, weight),
        feet=(
            mix_points(before.feet[0], after.feet[0], weight),
            mix_points(before.feet[1], after.feet[1], weight),
        ),
        hands=(
            mix_points(before.hands[0], after.hands[0], weight),
            mix_points(before.hands[1], after.hands[1], weight),
        ),
    )


def mix_points(before: Point, after: Point, weight: float) -> Point:
    """The point that lies `weight` of the way from `before` to `after`."""
    return mix(before[0], after[0], weight), mix(before[1], after[1], weight)


def shoulder(posture: Posture, build: Build) -> Point:
    """The upper end of the trunk."""
    x, y = posture.hip
    return x + build.trunk * math.sin(posture.lean), y + build.trunk * math.cos(posture.lean)


def head_middle(posture: Posture, build: Build) -> Point:
    """The middle of the head, which follows the trunk only half way when it leans."""
    x, y = shoulder(posture, build)
    turn = posture.lean * 0.55
    forward, up = build.neck
    return (
        x + forward * math.cos(turn) + up * math.sin(turn),
        y - forward * math.sin(turn) + up * math.cos(turn),
    )


def bend(root: Point, tip: Point, lengths: tuple[float, float], side: int) -> tuple[Point, Point]:
    """The joint and the reachable tip of a two-part limb, by the law of cosines.

    Args:
        root: where the limb begins.
        tip: where it should end; pulled in when out of reach.
        lengths: of the upper and the lower part.
        side: +1 bends to the left of the line from root to tip, -1 to the right.
    """
    upper, lower = lengths
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    if math.hypot(dx, dy) < 0.01:
        dx, dy = 0.01, 0.0
    distance = math.hypot(dx, dy)
    reach = min(max(distance, abs(upper - lower) + 0.1), (upper + lower) * 0.995)
    ux, uy = dx / distance, dy / distance
    along = (upper * upper - lower * lower + reach * reach) / (2 * reach)
    across = math.sqrt(max(0.0, upper * upper - along * along)) * side
    joint = root[0] + ux * along - uy * across, root[1] + uy * along + ux * across
    return joint, (root[0] + ux * reach, root[1] + uy * reach)
