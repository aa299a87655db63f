"""Short exercises on single clips: which point, which of two readings, when it begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import Annotated

from msgspec import Meta, Struct

from ssp_coder.catalog.building import text
from ssp_coder.catalog.record_base import Id, ValueId, Words
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import MAXIMUM_US, SECOND_US, Micros, Span, seconds_text
from ssp_coder.domain.words import Text, english
from ssp_coder.training.teaching_files import TeachingFile, parsed_teaching_file

HITS_US = (Micros(SECOND_US // 2), Micros(SECOND_US), Micros(2 * SECOND_US))
"""How near an onset has to be, from strict to lenient; the middle one counts as right."""
_NEAR_POINTS = 1.0

_Seconds = Annotated[float, Meta(ge=0, le=MAXIMUM_US / SECOND_US)]


class ExerciseKind(StrEnum):
    """What is practised."""

    SCALE_POINT = "scale_point"
    """Which point of a scale a clip shows."""
    AVOIDANCE_OR_PLAY = "avoidance_or_play"
    """Turning away, or being taken up by play."""
    RESISTANCE_OR_STAY = "resistance_or_stay"
    """Resisting contact, or wishing to stay where one is."""
    D_INDEX = "d_index"
    """Whether a behaviour is an index of disorganization."""
    ONSET = "onset"
    """When a behaviour begins."""


class Mark(StrEnum):
    """How good an answer is."""

    RIGHT = "right"
    NEAR = "near"
    """One point beside, or an onset between one and two seconds off."""
    WRONG = "wrong"


class ExerciseError(DomainError):
    """An answer does not fit its exercise."""


class ChoiceRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer to choose, under a name of its own."""

    id: ValueId
    title: Words


class ExerciseRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[exercises]]`` table."""

    id: Id
    kind: ExerciseKind
    case: ValueId
    start_s: _Seconds
    end_s: _Seconds
    question: Words
    answer: str | int | float
    explanation: Words
    source: Annotated[str, Meta(min_length=1, max_length=2000)]
    choices: tuple[str | int | float | ChoiceRecord, ...] = ()


class ExerciseFile(Struct, frozen=True, kw_only=True):
    """A file of exercises; what else it says of itself is for people."""

    exercises: tuple[ExerciseRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to choose."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A question about a clip.

    Attributes:
        case: id of the pack's case that the clip is of.
        clip: the stretch of the session's time.
        choices: answers to choose; none where a moment is asked for.
        answer: id of the right choice, or the points; of an onset the seconds in text.
        source: where the right answer comes from.
    """

    id: str
    kind: ExerciseKind
    case: str
    clip: Span
    question: Text
    choices: tuple[Choice, ...]
    answer: str
    explanation: Text
    source: str

    @property
    def onset_us(self) -> Micros | None:
        """The moment asked for, None of any other kind."""
        if self.kind is not ExerciseKind.ONSET:
            return None
        return Micros(round(float(self.answer) * SECOND_US))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer held against the right one.

    Attributes:
        lag_us: answer minus truth, of an onset.
        within: whether an onset lies within each of `HITS_US`; empty of any other kind.
        points: answer minus truth, of a scale.
    """

    exercise: str
    mark: Mark
    lag_us: int | None = None
    within: tuple[bool, ...] = ()
    points: float | None = None

    @property
    def right(self) -> bool:
        """Whether it counts as right."""
        return self.mark is Mark.RIGHT


def read_exercises(content: str, shown: str = "exercises.toml") -> tuple[Exercise, ...]:
    """The exercises of a file, in its order.

    Args:
        content: TOML, as a pack has it sealed.
        shown: name of the file in errors.

    Raises:
        TeachingFileError: the text is wrong; the finding names line and remedy.
    """
    file = parsed_teaching_file(content.encode(), shown, ExerciseFile)
    seen: set[str] = set()
    found = []
    for place, record in enumerate(file.record.exercises):
        if record.id in seen:
            raise _wrong(file, place, "id", f"{record.id} is used twice", "give each its own id")
        seen.add(record.id)
        found.append(_exercise(file, place))
    return tuple(found)


def onset_answer(at_us: int) -> str:
    """How a moment is answered: its seconds, exact."""
    return seconds_text(at_us)


def answered(exercise: Exercise, answer: str) -> Answered:
    """Hold an answer against the right one.

    Args:
        exercise: what was asked.
        answer: id of a choice, points, or the seconds of a moment in text.

    Raises:
        ExerciseError: it is none of the choices, or no number where one is asked for.
    """
    truth = exercise.onset_us
    if truth is not None:
        lag_us = round(_number(exercise, answer) * SECOND_US) - truth
        return Answered(
            exercise=exercise.id,
            mark=_mark(abs(lag_us) <= HITS_US[1], abs(lag_us) <= HITS_US[-1]),
            lag_us=lag_us,
            within=tuple(abs(lag_us) <= hit_us for hit_us in HITS_US),
        )
    if exercise.choices and answer not in {choice.id for choice in exercise.choices}:
        raise _refused(exercise, f"{answer!r} is none of its choices", "answer with one of them")
    if exercise.kind is ExerciseKind.SCALE_POINT:
        points = _number(exercise, answer) - float(exercise.answer)
        return Answered(
            exercise=exercise.id,
            mark=_mark(points == 0, abs(points) <= _NEAR_POINTS),
            points=points,
        )
    return Answered(exercise=exercise.id, mark=_mark(answer == exercise.answer, False))


def _mark(right: bool, near: bool) -> Mark:
    return Mark.RIGHT if right else Mark.NEAR if near else Mark.WRONG


def _exercise(file: TeachingFile[ExerciseFile], place: int) -> Exercise:
    record = file.record.exercises[place]
    if record.end_s <= record.start_s:
        raise _wrong(file, place, "end_s", "the clip ends before it starts", "give a later end")
    choices = tuple(_choice(choice) for choice in record.choices)
    answer = _plain(record.answer)
    if record.kind is ExerciseKind.ONSET:
        if not _is_number(answer) or not record.start_s <= float(answer) <= record.end_s:
            raise _wrong(
                file, place, "answer", f"{answer} s is not in the clip", "give the onset in seconds"
            )
    elif record.kind is ExerciseKind.SCALE_POINT:
        if not all(map(_is_number, (answer, *(choice.id for choice in choices)))):
            raise _wrong(file, place, "answer", "a point is a number", "give points only")
        answer = _point(answer)
        choices = tuple(replace(choice, id=_point(choice.id)) for choice in choices)
    elif len(choices) < 2:
        raise _wrong(file, place, "choices", "there is nothing to choose", "give two or more")
    ids = {choice.id for choice in choices}
    if len(ids) < len(choices):
        raise _wrong(file, place, "choices", "a choice is there twice", "give each one once")
    if choices and answer not in ids:
        raise _wrong(
            file, place, "answer", f"{answer} is none of the choices", "name one of the choices"
        )
    return Exercise(
        id=record.id,
        kind=record.kind,
        case=record.case,
        clip=Span(start_us=_micros(record.start_s), end_us=_micros(record.end_s)),
        question=text(record.question),
        choices=choices,
        answer=answer,
        explanation=text(record.explanation),
        source=record.source,
    )


def _choice(given: str | float | ChoiceRecord) -> Choice:
    if isinstance(given, ChoiceRecord):
        return Choice(id=given.id, title=text(given.title))
    return Choice(id=_plain(given), title=english(_plain(given)))


def _plain(given: str | float) -> str:
    return given if isinstance(given, str) else f"{given:.12g}"


def _point(words: str) -> str:
    """A point as it is written everywhere, whether the file says 4, 4.0 or "4"."""
    return _plain(float(words))


def _micros(seconds: float) -> Micros:
    return Micros(round(seconds * SECOND_US))


def _is_number(words: str) -> bool:
    try:
        return isfinite(float(words))
    except ValueError:
        return False


def _number(exercise: Exercise, answer: str) -> float:
    if not _is_number(answer):
        raise _refused(exercise, f"{answer!r} is no number", "answer with a number")
    return float(answer)


def _wrong(
    file: TeachingFile[ExerciseFile], place: int, key: str, message: str, remedy: str
) -> DomainError:
    return file.refusal(("exercises", place, key), message, remedy)


def _refused(exercise: Exercise, message: str, remedy: str) -> ExerciseError:
    return ExerciseError(
        Finding(
            code="exercise.answer",
            message=message,
            place=f"exercise {exercise.id}",
            remedy=remedy,
        )
    )
