"""One sitting of short exercises: which come, what was answered; nothing of the window here."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import TYPE_CHECKING

from ssp_coder.domain.words import english
from ssp_coder.training.deeds import ExerciseAnswered
from ssp_coder.training.exercises import (
    Answered,
    Choice,
    Exercise,
    ExerciseKind,
    answered,
    read_exercises,
)
from ssp_coder.training.references import exercises_text, pack_scheme
from ssp_coder.training.spacing import KindProgress, Planned, due, plan, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ssp_coder.training.deeds import Entry
    from ssp_coder.training.packs import Pack
    from ssp_coder.training.programme import Programme

SITTING = 10
"""Project default: so many exercises are one sitting."""
LAGS_SHOWN = 20
"""Project default: so many of the last onsets are told beside the new one."""
_FEWEST_SPREAD = 4
"""With fewer lags a middle half says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseBook:
    """The exercises of a pack that the trainee may see now, and how they went so far.

    Attributes:
        planned: when each is due.
        progress: of each kind that may be seen.
        closed: how many wait until their case was coded and may be seen.
    """

    planned: tuple[Planned, ...] = ()
    progress: tuple[KindProgress, ...] = ()
    closed: int = 0

    @property
    def kinds(self) -> tuple[ExerciseKind, ...]:
        """The kinds at hand, in their usual order."""
        return tuple(one.kind for one in self.progress)

    def of_kind(self, kind: ExerciseKind | None) -> tuple[Planned, ...]:
        """The exercises of a kind, of all without one."""
        return tuple(one for one in self.planned if kind in (None, one.exercise.kind))

    def due_now(self, kind: ExerciseKind | None, now: datetime) -> int:
        """How many are due again."""
        return len(due(self.of_kind(kind), now, new=0))

    def new(self, kind: ExerciseKind | None) -> int:
        """How many were never answered."""
        return sum(one.due_at is None for one in self.of_kind(kind))

    def sitting(self, kind: ExerciseKind | None, now: datetime) -> tuple[Exercise, ...]:
        """What a sitting begun now asks: what is due, then new ones; else what is due soonest."""
        of_kind = self.of_kind(kind)
        wanted = due(of_kind, now, new=SITTING) or tuple(
            sorted(of_kind, key=lambda one: one.due_at or now)
        )
        return tuple(one.exercise for one in wanted[:SITTING])


NO_EXERCISES = ExerciseBook()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer of the sitting.

    Attributes:
        answer: id of a choice, points, or the seconds of a moment.
    """

    exercise: Exercise
    answer: str
    answered: Answered
    took_us: int

    def deed(self, pack: str) -> ExerciseAnswered:
        """What the logbook keeps of it."""
        return ExerciseAnswered(
            pack=pack,
            exercise=self.exercise.id,
            kind=self.exercise.kind.value,
            answer=self.answer,
            right=self.answered.right,
            lag_us=self.answered.lag_us,
            took_us=self.took_us,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lags:
    """Signed lags of onsets, own minus the right moment, in microseconds.

    Attributes:
        values: the last ones, oldest first.
        low: a quarter lies below; None with too few.
        high: a quarter lies above.
    """

    values: tuple[int, ...]
    median: int | None = None
    low: int | None = None
    high: int | None = None


class Drill:
    """Goes through a sitting; an answer counts once it was taken down."""

    def __init__(
        self, exercises: tuple[Exercise, ...], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._exercises = exercises
        self._clock = clock
        self._place = 0
        self._asked_at = clock()
        self.given: tuple[Given, ...] = ()

    @property
    def count(self) -> int:
        """How many exercises the sitting has."""
        return len(self._exercises)

    @property
    def number(self) -> int:
        """Number of the exercise asked now, from 1."""
        return self._place + 1

    @property
    def exercise(self) -> Exercise | None:
        """What is asked now; None at the end."""
        return self._exercises[self._place] if self._place < self.count else None

    @property
    def is_answered(self) -> bool:
        """Whether the exercise asked now has its answer."""
        return len(self.given) > self._place

    def asked(self) -> None:
        """The question can be seen from now on; the time of the answer is taken from here."""
        self._asked_at = self._clock()

    def judged(self, answer: str) -> Given | None:
        """An answer held against the right one; None at the end, or when there is one already.

        Raises:
            ExerciseError: it does not fit the exercise.
        """
        exercise = self.exercise
        if exercise is None or self.is_answered:
            return None
        return Given(
            exercise=exercise,
            answer=answer,
            answered=answered(exercise, answer),
            took_us=round(max(0.0, self._clock() - self._asked_at) * 1_000_000),
        )

    def take(self, given: Given) -> None:
        """Keep an answer that was taken down."""
        self.given = (*self.given, given)

    def go_on(self) -> None:
        """Ask the next one."""
        self._place += 1
        self.asked()


def read_book(pack: Pack, programme: Programme, entries: Iterable[Entry]) -> ExerciseBook:
    """The exercises of a pack as they stand.

    An exercise tells what its case's reference says; it waits until that may be seen.

    Raises:
        DomainError: the file of exercises is missing, was changed, or is wrong.
    """
    text = exercises_text(pack)
    every = read_exercises(text, pack.exercises.path) if text else ()
    seen = {one.case.id for one in programme.standings if one.see is None and not one.hidden}
    at_hand = tuple(_with_points(one, pack) for one in every if one.case in seen)
    kept = tuple(entries)
    return ExerciseBook(
        planned=plan(at_hand, kept, pack.id),
        progress=progress(at_hand, kept, pack.id),
        closed=len(every) - len(at_hand),
    )


def _with_points(exercise: Exercise, pack: Pack) -> Exercise:
    """Where a point is asked for and none is offered, all points of the pack's scales are."""
    if exercise.kind is not ExerciseKind.SCALE_POINT or exercise.choices:
        return exercise
    scales = pack_scheme(pack).scales
    whole = float(exercise.answer).is_integer()
    step = 1.0 if whole else min(scale.step for scale in scales)
    low, high = min(scale.minimum for scale in scales), max(scale.maximum for scale in scales)
    points = [f"{low + place * step:.12g}" for place in range(round((high - low) / step) + 1)]
    choices = tuple(Choice(id=point, title=english(point)) for point in points)
    return replace(exercise, choices=choices)


def lags_of(entries: Iterable[Entry], pack: str) -> Lags:
    """The lags of the last onsets that were answered."""
    values = [
        entry.deed.lag_us
        for entry in entries
        if isinstance(entry.deed, ExerciseAnswered)
        and entry.deed.pack == pack
        and entry.deed.lag_us is not None
    ][-LAGS_SHOWN:]
    if not values:
        return Lags(values=())
    low = high = None
    if len(values) >= _FEWEST_SPREAD:
        first, _middle, third = quantiles(values, n=4, method="inclusive")
        low, high = round(first), round(third)
    return Lags(values=tuple(values), median=round(median(values)), low=low, high=high)


def now() -> datetime:
    """The time by which exercises are due."""
    return datetime.now(UTC)
