"""Bodies: adults and the child, from their postures."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from ssp_coder.demonstration.channels import mix
from ssp_coder.demonstration.faces import aim, draw_head
from ssp_coder.demonstration.pen import Spot, colour, shade
from ssp_coder.demonstration.posture import (
    ADULT,
    BABY,
    BABY_FIGURE,
    Build,
    Point,
    Posture,
    bend,
    head_middle,
    mix_points,
    shoulder,
)
from ssp_coder.demonstration.room import draw_toy

if TYPE_CHECKING:
    from ssp_coder.demonstration.pen import Colour, Pen
    from ssp_coder.demonstration.staging import Presence

HOLD: Point = (32.0, 3.0)
"""Where a carried child sits, from the middle of the carrier's trunk."""
SHOE = colour("#2f2b28")
STEEPEST_REACH = 0.35
"""Rise of an outstretched arm; steeper it would hide the face."""
OFFER = 0.5
"""How much of the way a hand with a toy goes: what is offered stays in sight."""
STRIDE = 62.0
CRAWL = 34.0


def spot_of(person: Presence) -> Spot:
    """Where the body stands on the picture."""
    return Spot(x=person.x, y=person.y, scale=person.scale, facing=person.facing)


def hold_point(carrier: Presence) -> Point:
    """The picture point on which a carried child sits."""
    posture = _in_motion(carrier)
    x, y = mix_points(posture.hip, shoulder(posture, ADULT), 0.1)
    return spot_of(carrier).at((x + HOLD[0], y + HOLD[1] - 14 * posture.lean))


def draw_adult(pen: Pen, person: Presence, carried: Presence | None, time_us: int) -> None:
    """Draw an adult, with the child that is being taken up, carried or put down."""
    spot = spot_of(person)
    posture = _in_motion(person)
    if carried is None:
        pen.shadow((person.x, person.y), (34 * spot.scale, 8 * spot.scale))
    hands = _adult_hands(person, posture, spot, carried)
    top, legs = colour(person.actor.top), colour(person.actor.legs)
    _arm(pen, spot, _joints(posture, hands[1], ADULT), (shade(top, 0.86), person.actor.skin, 13))
    _leg(pen, spot, (posture, 1), shade(legs, 0.86))
    _leg(pen, spot, (posture, 0), legs)
    _trunk(pen, spot, posture, top)
    _neck(pen, spot, posture, colour(person.actor.skin))
    middle = spot.at(head_middle(posture, ADULT))
    head = aim(middle, ADULT.head * spot.scale, person.look, person.facing)
    draw_head(pen, head, person, time_us)
    if carried is not None:
        draw_carried(pen, carried, person, time_us)
    if person.grasp:
        hand = _joints(posture, hands[0], ADULT)[2]
        draw_toy(pen, person.grasp, spot.at((hand[0] + 6, hand[1] - 8)), 0.9 * spot.scale)
    _arm(pen, spot, _joints(posture, hands[0], ADULT), (shade(top, 1.1), person.actor.skin, 13))


def draw_baby(pen: Pen, person: Presence, time_us: int) -> None:
    """Draw the child on the floor."""
    pen.shadow((person.x, person.y - 2), (34 * person.scale, 8 * person.scale))
    _baby(pen, person, spot_of(person), time_us)


def draw_carried(pen: Pen, person: Presence, carrier: Presence, time_us: int) -> None:
    """Draw the child on the way from the floor to the carrier's arms, or there."""
    x, y = mix_points((person.x, person.y), hold_point(carrier), person.lift)
    scale = mix(person.scale, carrier.scale, person.lift)
    _baby(pen, person, Spot(x=x, y=y, scale=scale, facing=person.facing), time_us)


def _baby(pen: Pen, person: Presence, spot: Spot, time_us: int) -> None:
    posture = _in_motion(person)
    posture = _writhing(posture, person)
    top, legs = colour(person.actor.top), colour(person.actor.legs)
    hands = _reaching(person, posture, spot, BABY)
    far_arm = _joints(posture, hands[1], BABY), (shade(top, 0.9), person.actor.skin, 10.5)
    _baby_leg(pen, spot, (posture, 1), shade(legs, 0.88), person.actor.skin)
    _arm(pen, spot, *far_arm)
    _baby_trunk(pen, spot, posture, top)
    _baby_leg(pen, spot, (posture, 0), legs, person.actor.skin)
    middle = spot.at(head_middle(posture, BABY))
    head = aim(middle, BABY.head * spot.scale, person.look, spot.facing)
    draw_head(pen, head, person, time_us)
    if person.grasp:
        hand = spot.at(_joints(posture, hands[0], BABY)[2])
        draw_toy(pen, person.grasp, hand, 0.62 * spot.scale)
    _arm(pen, spot, _joints(posture, hands[0], BABY), (shade(top, 1.1), person.actor.skin, 10.5))


def _in_motion(person: Presence) -> Posture:
    """The posture with the swing of walking or crawling added."""
    if not person.walk.vigour:
        return person.posture
    return _crawling(person) if person.actor.figure == BABY_FIGURE else _striding(person)


def _crawling(person: Presence) -> Posture:
    posture, vigour = person.posture, person.walk.vigour
    phase = person.walk.distance / CRAWL * math.tau
    return replace(
        posture,
        hands=_paces(posture.hands, phase, (8.0 * vigour, 4.0 * vigour)),
        feet=_paces(posture.feet, phase + math.pi, (8.0 * vigour, 0.0)),
    )


def _striding(person: Presence) -> Posture:
    posture, vigour = person.posture, person.walk.vigour
    phase = person.walk.distance / STRIDE * math.pi
    x, y = posture.hip
    bob = (abs(math.cos(phase)) - 1.0) * 3.0 * vigour
    return replace(
        posture,
        hip=(x, y + bob),
        feet=_paces(posture.feet, phase, (21.0 * vigour, 9.0 * vigour)),
        hands=_paces(posture.hands, phase + math.pi, (15.0 * vigour, 0.0)),
    )


def _paces(pair: tuple[Point, Point], phase: float, swing: Point) -> tuple[Point, Point]:
    """Both hands or both feet, half a stride apart."""
    return _step(pair[0], phase, swing), _step(pair[1], phase + math.pi, swing)


def _step(point: Point, phase: float, swing: tuple[float, float]) -> Point:
    reach, height = swing
    return point[0] + reach * math.sin(phase), point[1] + height * max(0.0, math.cos(phase))


def _writhing(posture: Posture, person: Presence) -> Posture:
    """Hard crying shakes the trunk and beats the arms."""
    if person.weep < 2:
        return posture
    strength = person.weep - 1
    beat = math.sin(person.weep_since_us / 1e6 * math.tau * 1.7)
    near, far = posture.hands
    swing = 3.0 * strength * beat
    return replace(
        posture,
        lean=posture.lean + 0.03 * strength * beat,
        hands=((near[0], near[1] + swing + 2), (far[0], far[1] - swing + 2)),
    )


def _reaching(person: Presence, posture: Posture, spot: Spot, build: Build) -> tuple[Point, Point]:
    """Both hands: at rest, stretched out, or on the way."""
    if person.reach is None or not person.reach_weight:
        return posture.hands
    target = spot.body(person.reach)
    x, y = shoulder(posture, build)
    dx = target[0] - x
    dy = min(target[1] - y, STEEPEST_REACH * abs(dx))
    length = math.hypot(dx, dy) or 1.0
    wanted = length * OFFER if person.grasp else length
    reach = min(wanted, build.upper_arm + build.fore_arm)
    tip = x + dx / length * reach, y + dy / length * reach
    spread = 0.12 * build.trunk
    return (
        mix_points(posture.hands[0], (tip[0], tip[1] - spread), person.reach_weight),
        mix_points(posture.hands[1], (tip[0], tip[1] + spread), person.reach_weight),
    )


def _adult_hands(
    person: Presence, posture: Posture, spot: Spot, carried: Presence | None
) -> tuple[Point, Point]:
    hands = _reaching(person, posture, spot, ADULT)
    if carried is None:
        return hands
    x, y = mix_points((carried.x, carried.y), hold_point(person), carried.lift)
    seat = spot.body((x, y))
    return (seat[0] + 4, seat[1] + 1), (seat[0] + 8, seat[1] + 26)


def _joints(posture: Posture, hand: Point, build: Build) -> tuple[Point, Point, Point]:
    root = shoulder(posture, build)
    root = root[0], root[1] - build.trunk * 0.13
    elbow, tip = bend(root, hand, (build.upper_arm, build.fore_arm), -1)
    return root, elbow, tip


def _arm(
    pen: Pen,
    spot: Spot,
    joints: tuple[Point, Point, Point],
    look: tuple[Colour, str, float],
) -> None:
    sleeve, skin, width = look
    root, elbow, tip = (spot.at(joint) for joint in joints)
    pen.disc(tip, width * 0.50 * spot.scale, colour(skin))
    wrist = mix_points(elbow, tip, 0.86)
    pen.limb((root, elbow, wrist), width * spot.scale, sleeve)


def _leg(pen: Pen, spot: Spot, which: tuple[Posture, int], cloth: Colour) -> None:
    posture, side = which
    hip = posture.hip[0] + (2 if side == 0 else -2), posture.hip[1]
    knee, foot = bend(hip, posture.feet[side], (ADULT.thigh, ADULT.shin), 1)
    shoe = spot.at((foot[0] + 6, foot[1] + 3))
    pen.oval(shoe, (12 * spot.scale, 5 * spot.scale), SHOE)
    width = 17 * spot.scale
    pen.limb((spot.at(hip), spot.at(mix_points(hip, knee, 0.9)), spot.at(knee)), width, cloth)
    pen.line((spot.at(knee), spot.at((foot[0], foot[1] + 6))), width * 0.88, cloth)


def _trunk(pen: Pen, spot: Spot, posture: Posture, top: Colour) -> None:
    outline = (
        (-15, -4),
        (-18, 0.35),
        (-15, 0.8),
        (-6, 1.06),
        (7, 1.04),
        (15, 0.8),
        (14, 0.4),
        (15, -4),
    )
    pen.blob([spot.at(_on_trunk(posture, ADULT, point)) for point in outline], top)


def _baby_trunk(pen: Pen, spot: Spot, posture: Posture, top: Colour) -> None:
    outline = (
        (-15, -5),
        (-18, 0.3),
        (-13, 0.85),
        (0, 1.1),
        (12, 0.85),
        (17, 0.3),
        (15, -5),
        (0, -8),
    )
    pen.blob([spot.at(_on_trunk(posture, BABY, point)) for point in outline], top)


def _on_trunk(posture: Posture, build: Build, point: tuple[float, float]) -> Point:
    """A point beside the trunk: px across; along it a part of its length, or px below the hip."""
    across, along = point
    length = along * build.trunk if along > 0 else along
    sin, cos = math.sin(posture.lean), math.cos(posture.lean)
    x, y = posture.hip
    return x + sin * length + cos * across, y + cos * length - sin * across


def _neck(pen: Pen, spot: Spot, posture: Posture, skin: Colour) -> None:
    ends = shoulder(posture, ADULT), head_middle(posture, ADULT)
    pen.line([spot.at(end) for end in ends], 13 * spot.scale, shade(skin, 0.92))


def _baby_leg(pen: Pen, spot: Spot, which: tuple[Posture, int], cloth: Colour, skin: str) -> None:
    posture, side = which
    foot = posture.feet[side]
    hip = posture.hip[0] + math.copysign(5, foot[0] - posture.hip[0]), posture.hip[1] - 2
    bent = 1 if foot[0] >= posture.hip[0] else -1
    knee, foot = bend(hip, foot, (BABY.thigh, BABY.shin), bent)
    pen.oval(spot.at(foot), (7.5 * spot.scale, 6 * spot.scale), colour(skin))
    ankle = mix_points(knee, foot, 0.8)
    pen.limb([spot.at(point) for point in (hip, knee, ankle)], 12.5 * spot.scale, cloth)
