"""Heads: hair, eyes and mouth, and what crying does to them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.demonstration.crying import breath_part, mouth_opening
from ssp_coder.demonstration.pen import Colour, colour, shade, tint

if TYPE_CHECKING:
    from ssp_coder.demonstration.pen import Pen
    from ssp_coder.demonstration.posture import Point
    from ssp_coder.demonstration.staging import Presence

INK = colour("#33302d")
MOUTH = colour("#8c4f45")
THROAT = colour("#6e2f2e")
TONGUE = colour("#c9756c")
FLUSH = colour("#d9705c")
TEAR = colour("#7fb4d6")
EYE_WHITE = colour("#f4efe6")
TALK_SECONDS = 0.28
AFRAID = 0.5
"""From here on, 0 to 1, a face shows fear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A head on the picture: its middle and radius, and where the face points."""

    middle: Point
    radius: float
    turn: float
    """-1 profile to the left of the picture, 0 to the viewer, +1 to the right."""
    pitch: float
    """-1 looking down, +1 up."""

    def at(self, right: float, up: float) -> Point:
        """A point of the head, in radii from its middle."""
        return self.middle[0] + right * self.radius, self.middle[1] - up * self.radius

    def feature(self, aside: float, up: float) -> Point:
        """A point of the face, which moves with the turn of the head."""
        return self.at(
            self.turn * 0.46 + aside * (1 - 0.38 * abs(self.turn)), up + self.pitch * 0.16
        )


def aim(middle: Point, radius: float, target: Point | None, facing: float) -> Head:
    """A head looking at `target`, or ahead when there is nothing to look at."""
    if target is None:
        return Head(middle=middle, radius=radius, turn=0.7 * facing, pitch=0.0)
    dx, dy = target[0] - middle[0], target[1] - middle[1]
    turn = max(-1.0, min(1.0, dx / 70.0))
    pitch = max(-1.0, min(1.0, -dy / 90.0))
    return Head(middle=middle, radius=radius, turn=turn, pitch=pitch)


def draw_head(pen: Pen, head: Head, person: Presence, time_us: int) -> None:
    """Draw the whole head."""
    skin = colour(person.actor.skin)
    hair = colour(person.actor.hair)
    if person.weep:
        skin = tint(skin, FLUSH, 0.10 * person.weep)
    _back_hair(pen, head, person.actor.hair_style, hair)
    pen.disc(head.middle, head.radius, skin)
    _ear(pen, head, skin)
    _fringe(pen, head, hair, person.actor.hair_style)
    _cheeks(pen, head, skin, person)
    if person.weep:
        _crying_eyes(pen, head, person)
    elif person.dread > AFRAID:
        _fearful_eyes(pen, head, person.dread)
    else:
        _eyes(pen, head, time_us)
    _mouth(pen, head, person, time_us)


def _back_hair(pen: Pen, head: Head, style: str, hair: Colour) -> None:
    r = head.radius
    back = -head.turn
    if style == "bob":
        pen.oval(head.at(back * 0.26, 0.06), (r * 1.02, r * 1.04), hair)
        for side in (-1, 1):
            shown = 1.0 if side * head.turn <= 0 else max(0.0, 1 - 1.8 * abs(head.turn))
            aside = side * (0.74 - 0.12 * abs(head.turn))
            pen.oval(head.at(aside, -0.55), (r * 0.42 * shown, r * 0.68 * shown), hair)
    elif style == "bun":
        pen.disc(head.at(back * 0.85, 0.72), r * 0.46, hair)
        pen.oval(head.at(back * 0.16, 0.08), (r * 1.06, r * 1.04), hair)
    else:
        pen.oval(head.at(back * 0.12, 0.14), (r * 1.03, r * 0.98), hair)


def _ear(pen: Pen, head: Head, skin: Colour) -> None:
    for side in (-1, 1):
        if side * head.turn > 0.35:
            continue
        reach = 0.98 - 0.55 * abs(head.turn)
        pen.oval(
            head.at(side * reach, -0.08), (head.radius * 0.17, head.radius * 0.22), shade(skin, 0.9)
        )


def _fringe(pen: Pen, head: Head, hair: Colour, style: str) -> None:
    """The cap of hair: along the head over the crown, back along the hairline."""
    turn = head.turn
    right = math.radians(14 + 24 * turn if turn > 0 else 14 + 52 * turn)
    left = math.pi - math.radians(14 - 24 * turn if turn < 0 else 14 - 52 * turn)
    steps = [right + (left - right) * step / 12 for step in range(13)]
    outer = [head.at(1.04 * math.cos(angle), 1.04 * math.sin(angle)) for angle in steps]
    low = 0.42 if style == "short" else 0.34
    inner = [
        head.at(-0.52 + 0.30 * turn - (0.12 if turn > 0 else 0.0), low - 0.10 * max(0.0, turn)),
        head.at(0.30 * turn, low + 0.20),
        head.at(0.52 + 0.30 * turn + (0.12 if turn < 0 else 0.0), low + 0.10 * min(0.0, turn)),
    ]
    pen.patch((*outer, *inner), hair)


def _cheeks(pen: Pen, head: Head, skin: Colour, person: Presence) -> None:
    blush = tint(skin, FLUSH, 0.28 + 0.12 * person.weep)
    for side in (-1, 1):
        if side * head.turn < 0.75:
            pen.disc(head.feature(side * 0.52, -0.30), head.radius * 0.17, blush)


def _eyes(pen: Pen, head: Head, time_us: int) -> None:
    """Two dots, and a blink now and then."""
    shut = (time_us + round(head.radius * 97_000)) % 3_400_000 < 120_000
    for side in (-1, 1):
        at = head.feature(side * 0.36, 0.02)
        if shut:
            reach = head.radius * 0.13
            pen.line(((at[0] - reach, at[1]), (at[0] + reach, at[1])), head.radius * 0.07, INK)
        else:
            pen.disc(at, head.radius * 0.115, INK)


def _fearful_eyes(pen: Pen, head: Head, dread: float) -> None:
    """Wide open, without a blink, under brows that are drawn up and together."""
    r = head.radius
    for side in (-1, 1):
        eye = head.feature(side * 0.37, 0.04)
        pen.disc(eye, r * 0.20 * dread, EYE_WHITE)
        pen.disc(eye, r * 0.095, INK)
        inner, outer = head.feature(side * 0.22, 0.50), head.feature(side * 0.56, 0.34)
        pen.line((inner, outer), r * 0.075, INK)


def _crying_eyes(pen: Pen, head: Head, person: Presence) -> None:
    """Brows that rise inwards; from level 2 on the eyes are shut and tears run."""
    r = head.radius
    for side in (-1, 1):
        inner, outer = head.feature(side * 0.20, 0.36), head.feature(side * 0.54, 0.20)
        pen.line((inner, outer), r * 0.075, INK)
        if person.weep == 1:
            pen.disc(head.feature(side * 0.36, 0.0), r * 0.11, INK)
            continue
        bow = (
            head.feature(side * 0.20, -0.02),
            head.feature(side * 0.37, 0.07),
            head.feature(side * 0.54, -0.02),
        )
        pen.limb(bow, r * 0.09, INK)
        _tears(pen, head, side, person)


def _tears(pen: Pen, head: Head, side: int, person: Presence) -> None:
    for number in range(person.weep - 1):
        fall = (person.weep_since_us / 900_000 + 0.5 * number + 0.2 * side) % 1.0
        aside = side * (0.46 + (0.3 * fall if person.weep > 2 else 0.05 * fall))
        x, y = head.feature(aside, -0.12 - 0.75 * fall)
        size = head.radius * (0.15 - 0.04 * fall)
        pen.disc((x, y), size, TEAR)
        pen.patch(((x - size * 0.8, y - 0.3), (x + size * 0.8, y - 0.3), (x, y - size * 2)), TEAR)


def _mouth(pen: Pen, head: Head, person: Presence, time_us: int) -> None:
    r = head.radius
    middle = head.feature(0.0, -0.48)
    if person.weep:
        opening = mouth_opening(person.weep_since_us, person.weep)
        if person.weep == 1 and breath_part(person.weep_since_us, 1) > 0.5:
            _bow(pen, head, -0.10)
            return
        wide, tall = r * (0.20 + 0.05 * person.weep), r * (0.06 + 0.105 * person.weep * opening)
        pen.oval(middle, (wide, tall), THROAT)
        pen.oval((middle[0], middle[1] + tall * 0.5), (wide * 0.6, tall * 0.4), TONGUE)
    elif person.dread > AFRAID:
        pen.oval(middle, (r * 0.13, r * 0.10), THROAT)
    elif person.talk > 0.5:
        open_part = abs((time_us / 1e6 / TALK_SECONDS) % 2.0 - 1.0)
        pen.oval(middle, (r * 0.17, r * (0.04 + 0.13 * open_part)), THROAT)
    else:
        _bow(pen, head, 0.04 + 0.14 * person.smile)


def _bow(pen: Pen, head: Head, depth: float) -> None:
    """A mouth as one curve: corners up (positive depth) or down."""
    wide = 0.20 + 0.5 * max(0.0, depth - 0.04)
    points = [
        head.feature(wide * part, -0.46 - depth + 1.5 * depth * part * part)
        for part in (-1.0, -0.5, 0.0, 0.5, 1.0)
    ]
    pen.limb(points, head.radius * 0.085, MOUTH)
