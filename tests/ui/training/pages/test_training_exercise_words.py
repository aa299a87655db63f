"""What the exercises say: right or other, how far off, and no praise."""

from __future__ import annotations

import pytest

from ssp_coder.training.exercises import Answered, ExerciseKind, Mark, answered, read_exercises
from ssp_coder.ui.training.drill import Given, Lags
from ssp_coder.ui.training.exercise_panel import points_of
from ssp_coder.ui.training.exercise_words import (
    MARK_ICONS,
    kind_title,
    lag_words,
    lags_words,
    mark_words,
    verdict_words,
)
from tests.ui.training.pages.sittings import EXERCISES

EVERY = {one.id: one for one in read_exercises(EXERCISES)}


def given(exercise: str, answer: str) -> Given:
    one = EVERY[exercise]
    return Given(exercise=one, answer=answer, answered=answered(one, answer), took_us=0)


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("point", "6", "As the reference: 6"),
        ("point", "7", "You 7, reference 6 (+1)"),
        ("point", "2", "You 2, reference 6 (\N{MINUS SIGN}4)"),
        ("reading", "no", "As the reference: It is none"),
        ("reading", "yes", "You: It is one. Reference: It is none"),
        ("moment", "5.0", "On the very frame of the reference"),
        ("moment", "5.42", "+0.42 s: late, within 0.5 s"),
        ("moment", "4.2", "\N{MINUS SIGN}0.80 s: early, within 1 s"),
        ("moment", "6.7", "+1.70 s: late, within 2 s"),
        ("moment", "7.5", "+2.50 s: late by more than 2 s"),
        ("moment", "2.5", "\N{MINUS SIGN}2.50 s: early by more than 2 s"),
    ],
)
def test_a_verdict_says_both_answers_or_the_signed_lag(
    exercise: str, answer: str, words: str
) -> None:
    assert verdict_words(given(exercise, answer)) == words


def test_no_verdict_praises() -> None:
    said = " ".join(
        verdict_words(given(exercise, answer))
        for exercise, answer in (("point", "6"), ("reading", "no"), ("moment", "5"))
    ).lower()
    for praise in ("well", "great", "good", "excellent", "perfect", "!", "bravo"):
        assert praise not in said


def test_every_kind_has_a_title_of_its_own() -> None:
    assert len({kind_title(kind) for kind in ExerciseKind}) == len(ExerciseKind)


def test_every_mark_has_a_shape_and_a_word_of_its_own() -> None:
    words = {mark_words(Answered(exercise="x", mark=mark)) for mark in Mark}
    assert len(words) == len({icon for icon, _ in MARK_ICONS.values()}) == len(Mark)


@pytest.mark.parametrize(
    ("lag_us", "words"),
    [(420_000, "+0.42 s"), (-420_000, "\N{MINUS SIGN}0.42 s"), (1_000, "0.00 s"), (0, "0.00 s")],
)
def test_a_lag_has_its_sign_unless_it_is_nothing(lag_us: int, words: str) -> None:
    assert lag_words(lag_us) == words


def test_lags_say_median_spread_and_how_many() -> None:
    lags = Lags(values=(0, 1, 2, 3), median=300_000, low=-100_000, high=600_000)
    said = lags_words(lags)
    assert said == "median +0.30 s, middle half \N{MINUS SIGN}0.10 s to +0.60 s, n = 4"


def test_too_few_lags_say_so() -> None:
    assert "too few" in lags_words(Lags(values=(5,), median=5))
    assert lags_words(Lags(values=())) == "no onset answered yet"


def exercise_with(choices: str, answer: str) -> object:
    text = EXERCISES.split("[[exercises]]")[1]
    text = text.replace("[1, 2, 3, 4, 5, 6, 7]", choices).replace(
        "answer = 6", f"answer = {answer}"
    )
    return read_exercises("[[exercises]]" + text)[0]


def test_points_in_even_steps_are_a_row() -> None:
    scale = points_of(EVERY["point"])
    assert (scale.minimum, scale.maximum, scale.step) == (1, 7, 1)


def test_half_points_are_a_row_too() -> None:
    scale = points_of(exercise_with("[4, 4.5, 5, 5.5]", "4.5"))
    assert (scale.minimum, scale.maximum, scale.step) == (4, 5.5, 0.5)


@pytest.mark.parametrize("choices", ["[1, 2, 4]", "[1]", "[]"])
def test_points_with_gaps_or_none_are_no_row(choices: str) -> None:
    assert points_of(exercise_with(choices, "1")) is None


def test_other_kinds_are_no_row() -> None:
    assert points_of(EVERY["reading"]) is None
    assert points_of(EVERY["moment"]) is None
