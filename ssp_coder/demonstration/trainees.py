"""A trainee who never lived: a reference coding with known habits put on it.

For trials of feedback, bias and pass rules, where the right answer must be known beforehand.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.domain.time import Micros
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import ImportEvents, Rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.ethogram import Code
    from ssp_coder.domain.scheme import Scheme

SHORTEST_US = 40_000
"""A state that a shift would make shorter than this keeps this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a made-up trainee does differently from the reference.

    Attributes:
        lag_us: added to every onset.
        jitter_us: standard deviation of what is added to each onset besides.
        scale_bias: points added to every rating of a scale, by its id; what leaves the scale is
            cut off at its end.
        rating_spread: share of ratings that go one point up or down besides.
        miss_rate: share of events outside exclusive groups that are left out.
        wrong_rate: share of those events that get another code of their group and kind.
    """

    lag_us: int = 0
    jitter_us: int = 0
    scale_bias: Mapping[str, float] = field(default_factory=dict)
    rating_spread: float = 0.0
    miss_rate: float = 0.0
    wrong_rate: float = 0.0


def trainee_of(reference: Coding, scheme: Scheme, seed: int, habits: Habits) -> Coding:
    """The coding of a trainee with these habits; the same seed always gives the same.

    Marks, indices and class are the reference's. The coding is one that the scheme allows.

    Args:
        reference: a finished coding with its end marked.
        scheme: of the reference.
        seed: which trainee.
        habits: what is put on the reference.
    """
    chance = random.Random(seed)  # noqa: S311 - a made-up trainee, no secret
    coding = replace(
        reference,
        coder=f"trainee-{seed}",
        role=CodingRole.INDEPENDENT,
        locked=False,
        events=(),
        ratings=(),
    )
    shifted = _Shifting(reference, scheme, chance, habits).events()
    coding = apply(coding, ImportEvents(events=tuple(shifted), source=""), scheme)
    for rating in reference.ratings:
        coding = apply(coding, Rate(rating=_rated(rating, scheme, chance, habits)), scheme)
    return coding


def _rated(rating: Rating, scheme: Scheme, chance: random.Random, habits: Habits) -> Rating:
    """A rating with the scale's bias and some chance, inside its scale; words are left out."""
    if not isinstance(rating.score, Points):
        return Rating(slot=rating.slot, score=rating.score)
    scale = scheme.scale_of(rating.slot)
    strays = chance.random() < habits.rating_spread
    value = rating.score.value + habits.scale_bias.get(scale.id, 0.0)
    value += chance.choice((-1, 1)) if strays else 0
    inside = min(scale.maximum, max(scale.minimum, value))
    return Rating(slot=rating.slot, score=Points(inside))


class _Shifting:
    """Moves the onsets of one reference."""

    def __init__(
        self, reference: Coding, scheme: Scheme, chance: random.Random, habits: Habits
    ) -> None:
        self._reference = reference
        self._scheme = scheme
        self._chance = chance
        self._habits = habits
        end = reference.session_end
        self._end_us = end.at_us if end else Micros(max(_ends(reference.events), default=0))
        self._exclusive = {
            code.id for group in scheme.ethogram.groups if group.exclusive for code in group.codes
        }

    def events(self) -> list[Event]:
        """The trainee's events, in order of time."""
        tracks: dict[tuple[str, str], list[Event]] = defaultdict(list)
        found: list[Event] = []
        for event in self._reference.events:
            if event.code in self._exclusive:
                group = self._scheme.ethogram.group_of(event.code)
                tracks[group.id, event.subject].append(event)
            elif self._chance.random() >= self._habits.miss_rate:
                found.append(self._moved(self._coded(event)))
        for track in tracks.values():
            found += self._shifted(track)
        return sorted(found, key=lambda event: (event.start_us, event.code))

    def _lag(self) -> int:
        jitter = self._chance.gauss(0.0, self._habits.jitter_us) if self._habits.jitter_us else 0.0
        return round(self._habits.lag_us + jitter)

    def _coded(self, event: Event) -> Event:
        """The event, or now and then with a neighbouring code."""
        if self._chance.random() >= self._habits.wrong_rate:
            return event
        code = self._scheme.ethogram.code(event.code)
        group = self._scheme.ethogram.group_of(event.code)
        others = [other for other in group.codes if _alike(code, other)]
        return replace(event, code=self._chance.choice(others).id) if others else event

    def _moved(self, event: Event) -> Event:
        """An event that stands by itself: as long as it was, cut off at the session's end."""
        length = (event.end_us or event.start_us) - event.start_us
        start = Micros(min(max(0, event.start_us + self._lag()), self._end_us - SHORTEST_US))
        return _placed(event, start, Micros(min(start + length, self._end_us)))

    def _shifted(self, track: list[Event]) -> Iterator[Event]:
        """States that follow one another: what ends with an onset ends that much later too."""
        starts = [track[0].start_us, *(e.start_us + self._lag() for e in track[1:])]
        for place in range(1, len(starts)):
            starts[place] = max(starts[place], starts[place - 1] + SHORTEST_US)
        for place in range(len(starts) - 1, 0, -1):
            room = self._end_us - SHORTEST_US * (len(starts) - place)
            starts[place] = min(starts[place], room)
        for place, event in enumerate(track):
            joined = place + 1 < len(track) and track[place + 1].start_us == event.end_us
            end = starts[place + 1] if joined else event.end_us or self._end_us
            if place + 1 < len(track):
                end = min(end, starts[place + 1])
            start = Micros(starts[place])
            yield _placed(event, start, Micros(max(end, start + SHORTEST_US)))


def _alike(code: Code, other: Code) -> bool:
    """Whether one may stand where the other stood."""
    same = (other.kind, other.modifiers) == (code.kind, code.modifiers)
    return same and other.id != code.id


def _ends(events: Iterable[Event]) -> Iterator[int]:
    for event in events:
        yield event.end_us if event.end_us is not None else event.start_us


def _placed(event: Event, start: Micros, end: Micros) -> Event:
    return replace(event, start_us=start, end_us=end, start_frame=None, end_frame=None, comment="")
