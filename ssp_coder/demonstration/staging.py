"""From beats to the state of the room at any time: where everybody is and what they do."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssp_coder.demonstration.channels import Channel, Key, Value, channel, ease, mix
from ssp_coder.demonstration.posture import (
    BABY_FIGURE,
    BABY_POSTURES,
    POSTURES,
    Point,
    Posture,
    blend_postures,
)
from ssp_coder.demonstration.story import StoryError
from ssp_coder.domain.time import SECOND_US, Micros

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ssp_coder.demonstration.story import Actor, Beat, Story

WALL_Y = 210.0
"""Where the floor meets the back wall."""
TURN_US = Micros(240_000)
LOOK_US = Micros(280_000)
HABIT_US = Micros(400_000)
CHEST_BELOW_FACE = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How somebody moves: distance gone, in pixels of the body's own size, and how briskly."""

    distance: float
    vigour: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One actor at one time."""

    actor: Actor
    x: float
    y: float
    facing: float
    """-1 to the left, +1 to the right, between them while turning."""
    posture: Posture
    walk: Walk
    look: Point | None
    reach: Point | None
    reach_weight: float
    weep: int
    weep_since_us: int
    talk: float
    smile: float
    dread: float
    carrier: str
    lift: float
    """0 on the floor, 1 in the carrier's arms."""
    grasp: str

    @property
    def scale(self) -> float:
        """Size on the picture: further back is smaller."""
        return depth_scale(self.y)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The whole room at one time."""

    time_us: Micros
    people: tuple[Presence, ...]
    door: float

    def person(self, name: str) -> Presence:
        """The actor called `name`."""
        return next(person for person in self.people if person.actor.name == name)


@dataclass(slots=True, kw_only=True)
class _Score:
    """The keys of one actor while the beats are read."""

    actor: Actor
    place: list[Key[Point]] = field(default_factory=list)
    posture: list[Key[Posture]] = field(default_factory=list)
    facing: list[Key[float]] = field(default_factory=list)
    look: list[Key[str]] = field(default_factory=list)
    reach: list[Key[str]] = field(default_factory=list)
    weep: list[Key[float]] = field(default_factory=list)
    talk: list[Key[float]] = field(default_factory=list)
    smile: list[Key[float]] = field(default_factory=list)
    dread: list[Key[float]] = field(default_factory=list)
    carrier: list[Key[str]] = field(default_factory=list)
    lift: list[Key[float]] = field(default_factory=list)
    grasp: list[Key[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The finished channels of one actor."""

    actor: Actor
    place: Channel[Point]
    gone: tuple[float, ...]
    posture: Channel[Posture]
    facing: Channel[float]
    look: Channel[str]
    reach: Channel[str]
    weep: Channel[float]
    talk: Channel[float]
    smile: Channel[float]
    dread: Channel[float]
    carrier: Channel[str]
    lift: Channel[float]
    grasp: Channel[str]


def depth_scale(y: float) -> float:
    """Size of things standing on the floor at `y`: 0.72 at the back wall, 1 at 300."""
    return 0.72 + 0.28 * (y - WALL_Y) / (300.0 - WALL_Y)


class Stage:
    """A story ready to be asked for any moment; asking never changes it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._scores = {actor.name: _Score(actor=actor) for actor in story.actors}
        self._points: Mapping[str, Point] = {
            **{place.name: (place.x, place.y) for place in story.places},
            **{prop.name: (prop.x, prop.y) for prop in story.props},
        }
        self._door: list[Key[float]] = []
        self._read()
        self._parts = {name: self._finish(score) for name, score in self._scores.items()}
        self._door_channel = channel(0.0, self._door)

    def scene(self, time_us: Micros) -> Scene:
        """The state of the room at `time_us`."""
        door = self._door_channel.at(time_us)
        people = tuple(self._presence(part, time_us) for part in self._parts.values())
        people = tuple(self._beside_carrier(person, people) for person in people)
        return Scene(time_us=time_us, people=people, door=mix(door.before, door.after, door.weight))

    def _read(self) -> None:
        acts: Mapping[str, Callable[[_Score, Beat], None]] = {
            "walk": self._walk,
            "pose": self._pose,
            "turn": self._turn,
            "look": lambda score, beat: score.look.append(_key(beat, beat.to, LOOK_US)),
            "stretch": lambda score, beat: score.reach.append(_key(beat, beat.to, HABIT_US)),
            "weep": lambda score, beat: score.weep.append(_key(beat, beat.level)),
            "talk": lambda score, beat: score.talk.append(_key(beat, beat.level)),
            "beam": lambda score, beat: score.smile.append(_key(beat, beat.level, HABIT_US)),
            "dread": lambda score, beat: score.dread.append(_key(beat, beat.level, HABIT_US)),
            "grasp": lambda score, beat: score.grasp.append(_key(beat, beat.to)),
            "carry": self._carry,
            "set_down": self._set_down,
        }
        for beat in self._story.beats:
            if beat.does == "door":
                self._door.append(_key(beat, beat.level))
            elif beat.who:
                acts[beat.does](self._scores[beat.who], beat)

    def _walk(self, score: _Score, beat: Beat) -> None:
        self._face(score, beat, self._points[beat.to])
        score.place.append(_key(beat, self._points[beat.to]))

    def _turn(self, score: _Score, beat: Beat) -> None:
        other = self._scores.get(beat.to)
        target = self._points[beat.to] if other is None else self._last_place(other)
        self._face(score, beat, target)

    def _face(self, score: _Score, beat: Beat, target: Point) -> None:
        side = 1.0 if target[0] >= self._last_place(score)[0] else -1.0
        turn = replace(beat, lasts_us=Micros(0))
        score.facing.append(_key(turn, side, TURN_US))

    def _last_place(self, score: _Score) -> Point:
        return score.place[-1].value if score.place else self._points[score.actor.starts]

    def _pose(self, score: _Score, beat: Beat) -> None:
        score.posture.append(_key(beat, POSTURES[score.actor.figure][beat.to], HABIT_US))

    def _carry(self, score: _Score, beat: Beat) -> None:
        """The person carried gets the keys: who carries, how far up, and the way they hang."""
        carried = self._scores[beat.to]
        at_once = replace(beat, lasts_us=Micros(0))
        carried.carrier.append(_key(at_once, score.actor.name))
        carried.lift.append(_key(beat, 1.0))
        carried.posture.append(_key(beat, BABY_POSTURES["held"]))

    def _set_down(self, score: _Score, beat: Beat) -> None:
        carried = next(
            (
                other
                for other in self._scores.values()
                if other.carrier and other.carrier[-1].value == score.actor.name
            ),
            None,
        )
        if carried is None:
            raise StoryError(f"{score.actor.name} carries nobody to set down; add a carry before")
        at_once = replace(beat, lasts_us=Micros(0))
        carried.place.append(_key(at_once, self._points[beat.to]))
        carried.lift.append(_key(beat, 0.0))
        carried.posture.append(_key(beat, BABY_POSTURES["seated"]))
        carried.carrier.append(_key(replace(at_once, at_us=beat.end_us), ""))

    def _finish(self, score: _Score) -> _Part:
        postures = POSTURES[score.actor.figure]
        place = channel(self._points[score.actor.starts], score.place)
        return _Part(
            actor=score.actor,
            place=place,
            gone=_distances(place),
            posture=channel(next(iter(postures.values())), score.posture),
            facing=channel(1.0, score.facing),
            look=channel("", score.look),
            reach=channel("", score.reach),
            weep=channel(0.0, score.weep),
            talk=channel(0.0, score.talk),
            smile=channel(0.0, score.smile),
            dread=channel(0.0, score.dread),
            carrier=channel("", score.carrier),
            lift=channel(0.0, score.lift),
            grasp=channel("", score.grasp),
        )

    def _presence(self, part: _Part, time_us: Micros) -> Presence:
        place = part.place.at(time_us)
        posture = part.posture.at(time_us)
        weep = part.weep.at(time_us)
        reach = part.reach.at(time_us)
        reached = reach.after or reach.before
        return Presence(
            actor=part.actor,
            x=mix(place.before[0], place.after[0], place.weight),
            y=mix(place.before[1], place.after[1], place.weight),
            facing=_number(part.facing, time_us),
            posture=blend_postures(posture.before, posture.after, posture.weight),
            walk=_walk_at(part, time_us),
            look=self._look(part, time_us),
            reach=self._reach(reached, time_us) if reached else None,
            reach_weight=mix(float(bool(reach.before)), float(bool(reach.after)), reach.weight),
            weep=int(weep.after),
            weep_since_us=time_us - part.weep.starts[weep.index],
            talk=_number(part.talk, time_us),
            smile=_number(part.smile, time_us),
            dread=_number(part.dread, time_us),
            carrier=part.carrier.at(time_us).after,
            lift=_number(part.lift, time_us),
            grasp=part.grasp.at(time_us).after,
        )

    def _look(self, part: _Part, time_us: Micros) -> Point | None:
        look = part.look.at(time_us)
        if not look.after:
            return None
        after = self._target(look.after, time_us)
        if not look.before or look.weight >= 1.0:
            return after
        before = self._target(look.before, time_us)
        return mix(before[0], after[0], look.weight), mix(before[1], after[1], look.weight)

    def _target(self, name: str, time_us: Micros) -> Point:
        """The point that is looked at or reached for: of a person the face, else the place."""
        part = self._parts.get(name)
        if part is None:
            return self._points[name]
        carrier = part.carrier.at(time_us).after
        bearer = self._parts[carrier] if carrier else part
        x, y = _place_at(bearer, time_us)
        hip = part.posture.at(time_us).after.hip[1]
        height = hip + (50.0 if part.actor.figure == BABY_FIGURE else 86.0)
        lift = _number(part.lift, time_us)
        ahead = lift * 32.0 * _number(bearer.facing, time_us)
        return x + ahead * depth_scale(y), y - (height + lift * 90.0) * depth_scale(y)

    def _reach(self, name: str, time_us: Micros) -> Point:
        """The point that hands go to: of a person the chest, else the place."""
        x, y = self._target(name, time_us)
        return (x, y + CHEST_BELOW_FACE) if name in self._parts else (x, y)

    def _beside_carrier(self, person: Presence, people: tuple[Presence, ...]) -> Presence:
        """Who is carried turns to the carrier and goes where the carrier goes."""
        if not person.carrier:
            return person
        carrier = next(other for other in people if other.actor.name == person.carrier)
        facing = mix(person.facing, -carrier.facing, person.lift)
        return replace(person, facing=facing)


def _key(beat: Beat, value: Value, least_us: int = 0) -> Key[Value]:
    return Key(start_us=beat.at_us, length_us=Micros(max(beat.lasts_us, least_us)), value=value)


def _number(track: Channel[float], time_us: Micros) -> float:
    blend = track.at(time_us)
    return mix(blend.before, blend.after, blend.weight)


def _place_at(part: _Part, time_us: Micros) -> Point:
    blend = part.place.at(time_us)
    return (
        mix(blend.before[0], blend.after[0], blend.weight),
        mix(blend.before[1], blend.after[1], blend.weight),
    )


def _distances(place: Channel[Point]) -> tuple[float, ...]:
    """Distance gone up to each key, in pixels of the walker's own size."""
    gone = [0.0]
    for key, following in zip(place.keys, place.keys[1:], strict=False):
        (x0, y0), (x1, y1) = key.value, following.value
        gone.append(gone[-1] + math.hypot(x1 - x0, 2 * (y1 - y0)) / depth_scale((y0 + y1) / 2))
    return tuple(gone)


def _walk_at(part: _Part, time_us: Micros) -> Walk:
    blend = part.place.at(time_us)
    before = part.gone[max(0, blend.index - 1)]
    key = part.place.keys[blend.index]
    passed = time_us - key.start_us
    if not key.length_us or passed >= key.length_us:
        return Walk(distance=part.gone[blend.index], vigour=0.0)
    edge = min(passed, key.length_us - passed) / (0.3 * SECOND_US)
    distance = mix(before, part.gone[blend.index], blend.weight)
    return Walk(distance=distance, vigour=ease(edge))
