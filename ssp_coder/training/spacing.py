"""When an exercise comes again: sooner what was got wrong, by the scheduler FSRS.

The plan is worked out from the logbook alone, the same at every reading: nothing is stored beside
the answers, and nothing is drawn by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.wilson import share
from ssp_coder.training.deeds import Entry, ExerciseAnswered
from ssp_coder.training.exercises import (
    HITS_US,
    Exercise,
    ExerciseError,
    ExerciseKind,
    Mark,
    answered,
)

if TYPE_CHECKING:
    from fsrs import Card, Rating

WANTED_RETENTION = 0.9
"""The share that should still be known when an exercise comes again (project default)."""
LATER = timedelta(hours=12)
"""An answer is remembered when the one before lies at least so far back (project default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """When an exercise is due.

    Attributes:
        due_at: None when it was never answered.
        answers: how often it was answered.
        wrong: how often not rightly.
        last: how good the last answer was, None before.
    """

    exercise: Exercise
    due_at: datetime | None
    answers: int
    wrong: int
    last: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindProgress:
    """How one kind of exercise goes.

    Attributes:
        first: share right at first sight.
        retained: share right among answers at least `LATER` after the one before.
        lag: median lag of onsets, in microseconds.
        within: share of onsets within each of `HITS_US`.
    """

    kind: ExerciseKind
    first: Estimate
    retained: Estimate
    lag: Estimate
    within: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """One answer with its time and mark."""

    at: datetime
    mark: Mark
    deed: ExerciseAnswered


def plan(exercises: Sequence[Exercise], entries: Iterable[Entry], pack: str) -> tuple[Planned, ...]:
    """When each exercise is due, in the order of the file.

    Args:
        exercises: of the pack.
        entries: of the trainee's logbook.
        pack: its id.
    """
    given = _given(exercises, entries, pack)
    return tuple(
        _planned(number, exercise, given.get(exercise.id, ()))
        for number, exercise in enumerate(exercises, 1)
    )


def due(planned: Iterable[Planned], now: datetime, *, new: int = 5) -> tuple[Planned, ...]:
    """What to answer now: what is due, the longest overdue first, then some never answered.

    Args:
        planned: of all exercises.
        now: with a time zone.
        new: at most so many that were never answered.
    """
    everything = tuple(planned)
    waiting = [
        (one.due_at, place, one)
        for place, one in enumerate(everything)
        if one.due_at is not None and one.due_at <= now
    ]
    fresh = [one for one in everything if one.due_at is None]
    return (*(one for _due, _place, one in sorted(waiting, key=lambda w: w[:2])), *fresh[:new])


def progress(
    exercises: Sequence[Exercise], entries: Iterable[Entry], pack: str
) -> tuple[KindProgress, ...]:
    """How each kind that the pack has goes, in the order of the kinds."""
    given = _given(exercises, entries, pack)
    kinds = [kind for kind in ExerciseKind if any(one.kind is kind for one in exercises)]
    return tuple(
        _kind_progress(kind, [given.get(one.id, ()) for one in exercises if one.kind is kind])
        for kind in kinds
    )


def _given(
    exercises: Sequence[Exercise], entries: Iterable[Entry], pack: str
) -> dict[str, tuple[_Given, ...]]:
    """The answers to each exercise, oldest first; answers to exercises that are gone do not count.

    A clock that was set back does not make an answer earlier than the one before it.
    """
    known_ones = {exercise.id: exercise for exercise in exercises}
    found: dict[str, tuple[_Given, ...]] = {}
    latest = datetime.min.replace(tzinfo=UTC)
    for entry in entries:
        deed = entry.deed
        if not isinstance(deed, ExerciseAnswered) or deed.pack != pack:
            continue
        latest = max(latest, datetime.fromisoformat(entry.at_utc).astimezone(UTC))
        exercise = known_ones.get(deed.exercise)
        if exercise is not None:
            one = _Given(at=latest, mark=_mark(exercise, deed), deed=deed)
            found[exercise.id] = (*found.get(exercise.id, ()), one)
    return found


def _mark(exercise: Exercise, deed: ExerciseAnswered) -> Mark:
    """How good it was; where the choices changed since, what the logbook says."""
    try:
        near = answered(exercise, deed.answer).mark is Mark.NEAR
    except ExerciseError:
        near = False
    if deed.right:
        return Mark.RIGHT
    return Mark.NEAR if near else Mark.WRONG


def _planned(number: int, exercise: Exercise, given: tuple[_Given, ...]) -> Planned:
    return Planned(
        exercise=exercise,
        due_at=_due_at(number, given) if given else None,
        answers=len(given),
        wrong=sum(one.mark is not Mark.RIGHT for one in given),
        last=given[-1].mark if given else None,
    )


def _due_at(number: int, given: tuple[_Given, ...]) -> datetime:
    from fsrs import Card, Scheduler

    scheduler = Scheduler(desired_retention=WANTED_RETENTION, enable_fuzzing=False)
    card: Card = Card(card_id=number, due=given[0].at)
    for one in given:
        card, _log = scheduler.review_card(card, _rating(one.mark), one.at)
    return card.due


def _rating(mark: Mark) -> Rating:
    from fsrs import Rating

    return {Mark.RIGHT: Rating.Good, Mark.NEAR: Rating.Hard, Mark.WRONG: Rating.Again}[mark]


def _kind_progress(kind: ExerciseKind, given: Sequence[tuple[_Given, ...]]) -> KindProgress:
    first = [answers[0].mark is Mark.RIGHT for answers in given if answers]
    later = [
        one.mark is Mark.RIGHT
        for answers in given
        for before, one in pairwise(answers)
        if one.at - before.at >= LATER
    ]
    lags = [one.deed.lag_us for answers in given for one in answers if one.deed.lag_us is not None]
    return KindProgress(
        kind=kind,
        first=share(sum(first), len(first)),
        retained=share(sum(later), len(later)),
        lag=known(median(lags), len(lags)) if lags else missing(Undefined.NOTHING, 0),
        within=tuple(
            share(sum(abs(lag_us) <= hit_us for lag_us in lags), len(lags)) for hit_us in HITS_US
        ),
    )
