"""Words of the short exercises: kinds, verdicts, lags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.signs import minus
from ssp_coder.training.exercises import HITS_US, ExerciseKind, Mark

if TYPE_CHECKING:
    from ssp_coder.training.exercises import Answered, Exercise
    from ssp_coder.ui.training.drill import Given, Lags


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("exercises", words)


def kind_title(kind: ExerciseKind) -> str:
    """What is practised, in two or three words."""
    return {
        ExerciseKind.SCALE_POINT: tr("Scale points"),
        ExerciseKind.AVOIDANCE_OR_PLAY: tr("Avoid or play"),
        ExerciseKind.RESISTANCE_OR_STAY: tr("Resist or stay"),
        ExerciseKind.D_INDEX: tr("Index or not"),
        ExerciseKind.ONSET: tr("Onset timing"),
    }[kind]


def lag_words(lag_us: int) -> str:
    """A signed lag: ``+0.42 s``."""
    text = f"{lag_us / SECOND_US:+.2f}"
    return f"{text.lstrip('+-') if not float(text) else minus(text)} s"


def verdict_words(given: Given) -> str:
    """How an answer lies to the right one, in one line."""
    found = given.answered
    if found.lag_us is not None:
        return _lag_verdict(found.lag_us)
    own, right = answer_title(given.exercise, given.answer), right_title(given.exercise)
    if found.right:
        return tr("As the reference: {0}").format(right)
    if found.points is not None:
        beside = minus(f"{found.points:+g}")
        return tr("You {0}, reference {1} ({2})").format(own, right, beside)
    return tr("You: {0}. Reference: {1}").format(own, right)


def mark_words(found: Answered) -> str:
    """Right or other, as a short word."""
    if found.mark is Mark.RIGHT:
        return tr("as the reference")
    if found.mark is Mark.NEAR:
        return tr("close")
    return tr("other")


MARK_ICONS = {
    Mark.RIGHT: ("check", "ok"),
    Mark.NEAR: ("half-circle", "warn"),
    Mark.WRONG: ("differs", "err"),
}
"""Icon and colour of each mark; the words stand beside it."""


def answer_title(exercise: Exercise, answer: str) -> str:
    """An answer as its button calls it."""
    titles = {choice.id: str(choice.title) for choice in exercise.choices}
    return titles.get(answer, answer)


def right_title(exercise: Exercise) -> str:
    """The right answer as its button calls it."""
    return answer_title(exercise, exercise.answer)


def lags_words(lags: Lags) -> str:
    """Median, middle half and number of the last lags."""
    if lags.median is None:
        return tr("no onset answered yet")
    middle = lag_words(lags.median)
    if lags.low is None or lags.high is None:
        return tr("median {0}, n = {1}, too few for a spread").format(middle, len(lags.values))
    words = tr("median {0}, middle half {1} to {2}, n = {3}")
    return words.format(middle, lag_words(lags.low), lag_words(lags.high), len(lags.values))


def _lag_verdict(lag_us: int) -> str:
    off = lag_words(lag_us)
    if lag_us == 0:
        return tr("On the very frame of the reference")
    within = next((hit_us for hit_us in HITS_US if abs(lag_us) <= hit_us), None)
    if within is None:
        most = f"{HITS_US[-1] / SECOND_US:g}"
        words = (
            tr("{0}: late by more than {1} s")
            if lag_us > 0
            else tr("{0}: early by more than {1} s")
        )
        return words.format(off, most)
    words = tr("{0}: late, within {1} s") if lag_us > 0 else tr("{0}: early, within {1} s")
    return words.format(off, f"{within / SECOND_US:g}")
