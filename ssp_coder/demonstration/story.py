"""The script of the demonstration film: who does what, when; read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from ssp_coder import resources
from ssp_coder.demonstration.posture import POSTURES
from ssp_coder.domain.time import SECOND_US, Micros, Span, micros, seconds_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

VERBS = (
    "walk",  # over the floor to a place
    "pose",  # into another posture
    "turn",  # the whole body towards a place or person
    "look",  # the head towards a place or person
    "stretch",  # both arms towards a place or person; with no target they come to rest
    "weep",  # distress 0 to 3
    "talk",  # 0 or 1
    "beam",  # 0 or 1
    "dread",  # 0 or 1: a face of fear
    "carry",  # take a person up
    "set_down",  # put the person carried down at a place
    "grasp",  # a toy in the hand; with no target it goes back
    "door",  # 0 closed to 1 open
    "chime",  # a knock, as a soft sound of two notes
)
ROOM_VERBS = frozenset({"door", "chime"})
"""Verbs without an actor."""
PLACE, ACTOR, PROP, POSTURE = "place", "actor", "prop", "posture"
ANYTHING = (PLACE, ACTOR, PROP)
TARGETS = {
    "walk": (PLACE,),
    "pose": (POSTURE,),
    "turn": ANYTHING,
    "look": ANYTHING,
    "stretch": ANYTHING,
    "carry": (ACTOR,),
    "set_down": (PLACE,),
    "grasp": (PROP,),
}
"""What ``to`` of a verb may name; verbs that are not listed have no target."""
MAY_REST = frozenset({"stretch", "grasp"})
"""Verbs that end what they began when ``to`` is left out."""
HARDEST = {"weep": 3.0}
"""The highest ``level`` of a verb, where it is not 1."""


class StoryError(Exception):
    """The story file cannot be played; the sentence names file, beat and remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named point of the picture, in a frame of 640 x 360; `y` on the floor is depth."""

    name: str
    x: float
    y: float
    outside: bool = False
    """Beyond the door: who stands here is not in the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person of the story and how that person is drawn; colours are ``#rrggbb``."""

    name: str
    figure: str
    """``adult`` or ``baby``."""
    starts: str
    """Name of the place where the actor is at time 0."""
    skin: str
    hair: str
    hair_style: str
    top: str
    legs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing that stands in the room; `kind` says how it is drawn."""

    name: str
    kind: str
    x: float
    y: float
    facing: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomColours:
    """Colours of the room, ``#rrggbb``; the furniture is always the same."""

    wall: str = "#cfcabf"
    skirting: str = "#b9b1a2"
    floor: str = "#b5a287"
    floor_line: str = "#a59276"
    rug: str = "#93a899"
    rug_line: str = "#7f968a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One actor does one thing from `at_us` on, taking `lasts_us` until it is done."""

    at_us: Micros
    lasts_us: Micros
    who: str
    does: str
    to: str
    level: float

    @property
    def end_us(self) -> Micros:
        """When the thing is done."""
        return Micros(self.at_us + self.lasts_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeping:
    """A stretch of one level of distress, 1 (fussing) to 3 (hard crying)."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole script: room, people and beats in order of time.

    Attributes:
        mirrored: whether the film shows the room the other way round, the door at the right.
    """

    fps: int
    length_us: Micros
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    props: tuple[Prop, ...]
    beats: tuple[Beat, ...]
    room: RoomColours = RoomColours()
    mirrored: bool = False

    @property
    def frame_us(self) -> Micros:
        """Duration of one frame."""
        return Micros(SECOND_US // self.fps)

    @property
    def frame_count(self) -> int:
        """Frames of the whole film."""
        return self.length_us // self.frame_us

    def place(self, name: str) -> Place:
        """The place called `name`."""
        return next(place for place in self.places if place.name == name)

    def presence(self, who: str) -> tuple[Span, ...]:
        """When `who` is in the room: from the step over the threshold to the step back over it.

        A walk in from outside ends on the threshold; a walk out begins there. Ask it of people
        who come and go on their own feet; who is carried comes and goes with the carrier.
        """
        spans: list[Span] = []
        actor = next(actor for actor in self.actors if actor.name == who)
        outside = self.place(actor.starts).outside
        entered = Micros(0)
        for beat in self._of(who, "walk"):
            goes_out = self.place(beat.to).outside
            if outside and not goes_out:
                entered = beat.end_us
            elif goes_out and not outside:
                spans.append(Span(start_us=entered, end_us=beat.at_us))
            outside = goes_out
        if not outside:
            spans.append(Span(start_us=entered, end_us=self.length_us))
        return tuple(spans)

    def weeping(self) -> tuple[Weeping, ...]:
        """The stretches of distress in the film, each with its level, in order of time."""
        found: list[Weeping] = []
        for actor in self.actors:
            beats = (*self._of(actor.name, "weep"), None)
            for beat, following in pairwise(beats):
                if beat is None or not beat.level:
                    continue
                end = self.length_us if following is None else following.at_us
                span = Span(start_us=beat.at_us, end_us=end)
                found.append(Weeping(span=span, level=int(beat.level)))
        return tuple(sorted(found, key=lambda weeping: weeping.span.start_us))

    def _of(self, who: str, verb: str) -> tuple[Beat, ...]:
        return tuple(beat for beat in self.beats if beat.who == who and beat.does == verb)


class _BeatLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at: Decimal
    does: str
    who: str = ""
    to: str = ""
    lasts: Decimal = Decimal(0)
    level: float = 0.0


class _StoryFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    version: str
    source: str
    title: str
    fps: int
    length_s: Decimal
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    props: tuple[Prop, ...]
    beats: tuple[_BeatLine, ...]


def demonstration_folder() -> Path:
    """The bundled folder with the story, the two codings and their differences."""
    return resources.bundled("episodes") / "demonstration"


def bundled_story() -> Story:
    """The story of the bundled demonstration session."""
    return read_story(demonstration_folder() / "story.toml")


def read_story(path: Path) -> Story:
    """Read and check a story file.

    Raises:
        StoryError: the file is not TOML, a field is missing or unknown, a beat names something
            that is not there, or a time does not fall on a frame.
    """
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        written = msgspec.convert(content, _StoryFile, strict=False)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise StoryError(f"{path.name} is not a story: {error}; correct it there") from error
    story = Story(
        fps=written.fps,
        length_us=micros(written.length_s),
        places=written.places,
        actors=written.actors,
        props=written.props,
        beats=tuple(_beat(line) for line in written.beats),
    )
    check_story(story, path.name)
    return story


def _beat(line: _BeatLine) -> Beat:
    return Beat(
        at_us=micros(line.at),
        lasts_us=micros(line.lasts),
        who=line.who,
        does=line.does,
        to=line.to,
        level=line.level,
    )


def check_story(story: Story, file: str) -> None:
    """Check that everything a story names is there and that it can be played in order.

    Args:
        story: a whole story.
        file: what its faults are told with.

    Raises:
        StoryError: a beat names something that is not there, or its time does not fit.
    """
    if story.fps < 1 or SECOND_US % story.fps:
        raise StoryError(
            f"{file}: {story.fps} frames per second is not a whole frame in µs; use 25"
        )
    for actor in story.actors:
        if actor.figure not in POSTURES:
            raise StoryError(f"{file}: {actor.name} is no {actor.figure!r}; use {_or(POSTURES)}")
        if actor.starts not in _names(story, PLACE):
            raise StoryError(f"{file}: {actor.name} starts at no place {actor.starts!r}; add it")
    for number, beat in enumerate(story.beats, start=1):
        fault = (
            _fault_of_actor(beat, story)
            or _fault_of_target(beat, story)
            or _fault_of_level(beat)
            or _fault_of_times(beat, story)
        )
        if fault:
            place = f"{file}, beat {number} ({beat.does} at {seconds_text(beat.at_us)} s)"
            raise StoryError(f"{place}: {fault}")
    _check_order(story.beats, file)


def _names(story: Story, kind: str, who: str = "") -> tuple[str, ...]:
    """The names that a target of that kind may have; postures are those of the actor `who`."""
    if kind == PLACE:
        return tuple(place.name for place in story.places)
    if kind == ACTOR:
        return tuple(actor.name for actor in story.actors)
    if kind == PROP:
        return tuple(prop.name for prop in story.props)
    figure = next(actor.figure for actor in story.actors if actor.name == who)
    return tuple(POSTURES[figure])


def _or(words: Iterable[str]) -> str:
    return ", ".join(words)


def _fault_of_actor(beat: Beat, story: Story) -> str:
    if beat.does not in VERBS:
        return f"there is no such verb; use one of {_or(VERBS)}"
    if beat.does in ROOM_VERBS:
        return "the room does this, not a person; leave out who" if beat.who else ""
    if not beat.who:
        return "it does not say who; add who = ..."
    if beat.who not in _names(story, ACTOR):
        return f"there is no actor {beat.who!r}; add it under actors"
    return ""


def _fault_of_target(beat: Beat, story: Story) -> str:
    kinds = TARGETS.get(beat.does, ())
    if not beat.to:
        return (
            "it does not say to what; add to = ..." if kinds and beat.does not in MAY_REST else ""
        )
    if not kinds:
        return "it has no target; leave out to"
    names = [name for kind in kinds for name in _names(story, kind, beat.who)]
    if beat.to in names:
        return ""
    return f"there is no {' or '.join(kinds)} {beat.to!r}; use one of {_or(names)}"


def _fault_of_level(beat: Beat) -> str:
    highest = HARDEST.get(beat.does, 1.0)
    if 0 <= beat.level <= highest and (beat.does == "door" or beat.level.is_integer()):
        return ""
    return f"level {beat.level:g} is not one of 0 to {highest:g}; change it"


def _fault_of_times(beat: Beat, story: Story) -> str:
    if beat.at_us < 0 or beat.lasts_us < 0 or beat.end_us > story.length_us:
        return f"it lies outside the film of {seconds_text(story.length_us)} s; move it"
    if beat.at_us % story.frame_us or beat.lasts_us % story.frame_us:
        return f"times are multiples of one frame, {seconds_text(story.frame_us)} s; round them"
    return ""


def _check_order(beats: Iterable[Beat], file: str) -> None:
    done: dict[tuple[str, str], Micros] = {}
    latest = Micros(0)
    for number, beat in enumerate(beats, start=1):
        busy_until = done.get((beat.who, beat.does), Micros(0))
        if beat.at_us < max(latest, busy_until):
            raise StoryError(
                f"{file}, beat {number}: {beat.who or 'the room'} begins to {beat.does} at"
                f" {seconds_text(beat.at_us)} s, before {seconds_text(max(latest, busy_until))} s"
                " where the beats above have come to; put the beats in order of time"
            )
        latest = beat.at_us
        done[beat.who, beat.does] = beat.end_us
