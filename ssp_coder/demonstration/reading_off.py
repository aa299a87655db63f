"""What a coder must see in a drawn film: its script read off as coded events.

Who is in the room, how hard the child cries, who holds it, where it looks and how far away the
caregiver is follow from the beats; the rest is written beside them in the acts.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from ssp_coder.demonstration.staging import Stage
from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.time import Micros, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ssp_coder.demonstration.acts import Shown
    from ssp_coder.demonstration.cases import DrawnCase, ReadOff
    from ssp_coder.demonstration.story import Beat, Story
    from ssp_coder.domain.scheme import Scheme

CHILD, CAREGIVER = "infant", "caregiver"
STEP_US = 200_000
"""How often the distance is measured."""
SHORTEST_US = 600_000
"""A distance that lasts shorter is passed through and not coded."""
DEPTH = 2.0
"""A pixel of depth is so many pixels of width on the floor."""

State = tuple[Micros, Micros, str]
"""From when until when, and the code."""


def events_of(case: DrawnCase, scheme: Scheme, codes: ReadOff) -> tuple[Event, ...]:
    """The events of the reference, in order of time."""
    reader = _Reader(case.story, codes, _whole(case))
    events = [*reader.events(), *(_event_of(one, scheme) for one in case.shown)]
    return tuple(sorted(events, key=lambda event: (event.start_us, event.code, event.subject)))


def _whole(case: DrawnCase) -> Span:
    """From the second episode on, when the child is on the floor, to the end of the session."""
    return Span(start_us=case.starts[1][1], end_us=case.end_us)


class _Reader:
    """Reads the states of one film, from `whole.start_us` to `whole.end_us`."""

    def __init__(self, story: Story, codes: ReadOff, whole: Span) -> None:
        self._story = story
        self._codes = codes
        self._whole = whole
        self._adults = tuple(actor.name for actor in story.actors if actor.name != CHILD)
        self._stays = {name: story.presence(name) for name in self._adults}
        self._lifts = tuple(_lifts(story))

    def events(self) -> Iterator[Event]:
        for name in self._adults:
            yield from self._presence(name)
        yield from self._states(self._distress_at, self._times("weep"))
        yield from self._states(self._hold_at, [*self._times("pose"), *self._lift_times()])
        yield from self._states(self._gaze_at, [*self._times("look"), *self._door_times()])
        exact = (self._codes.touching, self._codes.unseen)
        yield from self._states_of(_without_passing(self._distances(), exact))
        yield from self._bouts("walk", self._codes.moving)
        yield from self._bouts("grasp", self._codes.handling)
        yield from self._adult_acts()

    def _presence(self, name: str) -> Iterator[Event]:
        inside, outside = self._codes.present
        end = self._whole.end_us
        stays = [stay for stay in self._stays[name] if stay.start_us < end]
        for stay, following in zip(stays, [*stays[1:], None], strict=True):
            left = min(stay.end_us, end)
            yield _event(inside, name, (stay.start_us, left))
            back = end if following is None else following.start_us
            if left < back:
                yield _event(outside, name, (left, back))

    def _states(self, code_at: Callable[[Micros], str], times: Iterable[Micros]) -> Iterator[Event]:
        yield from self._states_of(list(self._tiled(code_at, times)))

    def _states_of(self, states: Iterable[State]) -> Iterator[Event]:
        for start, end, code in states:
            yield _event(code, CHILD, (start, end))

    def _tiled(self, code_at: Callable[[Micros], str], times: Iterable[Micros]) -> Iterator[State]:
        """States without gap: the code at every time at which it may change, joined where equal."""
        first, end = self._whole.start_us, self._whole.end_us
        began, code = first, code_at(first)
        for time in sorted({time for time in times if first < time < end}):
            now = code_at(time)
            if now != code:
                yield began, time, code
                began, code = time, now
        yield began, end, code

    def _beats(self, verb: str) -> list[Beat]:
        return [b for b in self._story.beats if (b.who, b.does) == (CHILD, verb)]

    def _times(self, verb: str) -> list[Micros]:
        return [beat.at_us for beat in self._beats(verb)]

    def _latest(self, verb: str, time: Micros) -> Beat | None:
        return next((b for b in reversed(self._beats(verb)) if b.at_us <= time), None)

    def _distress_at(self, time: Micros) -> str:
        beat = self._latest("weep", time)
        return self._codes.distress[0 if beat is None else int(beat.level)]

    def _lift_times(self) -> Iterator[Micros]:
        for _, span in self._lifts:
            yield span.start_us
            yield span.end_us

    def _holder_at(self, time: Micros) -> str:
        return next((who for who, span in self._lifts if span.holds(time)), "")

    def _hold_at(self, time: Micros) -> str:
        holder = self._holder_at(time)
        posture = self._latest("pose", time)
        clings = posture is not None and posture.to == self._codes.clinging_posture
        if clings and holder in self._codes.clinging:
            return self._codes.clinging[holder]
        return self._codes.held[holder]

    def _door_times(self) -> Iterator[Micros]:
        for stays in self._stays.values():
            for stay in stays:
                yield stay.start_us
                yield stay.end_us

    def _gaze_at(self, time: Micros) -> str:
        looks = self._codes.looks
        beat = self._latest("look", time)
        target = "" if beat is None else beat.to
        if target in self._stays:
            there = any(stay.holds(time) for stay in self._stays[target])
            return looks.get(target, looks["elsewhere"]) if there else looks["door"]
        if target in self._codes.doors:
            return looks["door"]
        toys = {prop.name for prop in self._story.props}
        return looks["toys"] if target in toys else looks["elsewhere"]

    def _distances(self) -> list[State]:
        stage = Stage(self._story)
        first, end = self._whole.start_us, self._whole.end_us
        times = [Micros(time) for time in range(first, end, STEP_US)]
        exact = [*self._lift_times(), *self._door_times()]
        return list(self._tiled(lambda time: self._distance_at(stage, time), times + exact))

    def _distance_at(self, stage: Stage, time: Micros) -> str:
        if not any(stay.holds(time) for stay in self._stays[CAREGIVER]):
            return self._codes.unseen
        if self._holder_at(time) == CAREGIVER:
            return self._codes.touching
        scene = stage.scene(time)
        child, adult = scene.person(CHILD), scene.person(CAREGIVER)
        gone = math.hypot(child.x - adult.x, DEPTH * (child.y - adult.y))
        steps = self._codes.distances
        return next((code for limit, code in steps if gone <= limit), steps[-1][1])

    def _bouts(self, verb: str, code: str) -> Iterator[Event]:
        """What lasts from a beat to its end, or to the beat that puts the thing back."""
        first, end = self._whole.start_us, self._whole.end_us
        bouts: list[tuple[Micros, Micros]] = []
        for beat, following in pairwise([*self._beats(verb), None]):
            if beat is None or not beat.to:
                continue
            until = beat.end_us
            if not beat.lasts_us:
                until = end if following is None else following.at_us
            if bouts and bouts[-1][1] == beat.at_us:
                bouts[-1] = bouts[-1][0], until
            else:
                bouts.append((beat.at_us, until))
        for start, until in bouts:
            if first <= start < end:
                yield _event(code, CHILD, (start, min(until, end)))

    def _adult_acts(self) -> Iterator[Event]:
        for who, span in self._lifts:
            if span.start_us >= self._whole.start_us and span.start_us < self._whole.end_us:
                yield _event(self._codes.picked_up, who, (span.start_us, span.start_us))
            if self._whole.start_us <= span.end_us < self._whole.end_us:
                yield _event(self._codes.put_down, who, (span.end_us, span.end_us))


def _lifts(story: Story) -> Iterator[tuple[str, Span]]:
    """Who carries the child from when until when."""
    carrier, since = "", Micros(0)
    for beat in story.beats:
        if beat.does == "carry":
            carrier, since = beat.who, beat.at_us
        elif beat.does == "set_down" and beat.who == carrier:
            yield carrier, Span(start_us=since, end_us=beat.end_us)
            carrier = ""
    if carrier:
        yield carrier, Span(start_us=since, end_us=story.length_us)


def _without_passing(states: list[State], exact: tuple[str, ...]) -> list[State]:
    """States without distances only passed through; those in `exact` keep their times."""
    kept: list[State] = []
    for start, end, code in states:
        if not kept or code in exact:
            kept.append((start, end, code))
            continue
        before = kept[-1]
        passing = end - start < SHORTEST_US and before[2] not in exact
        if passing or before[2] == code:
            kept[-1] = before[0], end, before[2]
        else:
            kept.append((start, end, code))
    return kept


def _event(code: str, who: str, times: tuple[Micros, Micros]) -> Event:
    return Event(
        id=EventId(0),
        code=CodeId(code),
        subject=SubjectId(who),
        start_us=times[0],
        end_us=times[1],
    )


def _event_of(shown: Shown, scheme: Scheme) -> Event:
    given = dict(shown.modifiers)
    start = Micros(shown.start_us)
    return Event(
        id=EventId(0),
        code=CodeId(shown.code),
        subject=SubjectId(shown.who),
        start_us=start,
        end_us=Micros(start + shown.lasts_us),
        modifiers=tuple(
            (modifier.id, given[modifier.id])
            for modifier in scheme.ethogram.modifiers
            if modifier.id in given
        ),
        comment=shown.comment,
    )
