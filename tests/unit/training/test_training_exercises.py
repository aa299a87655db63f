"""Exercises on single clips: the file, and how an answer is held against the right one."""

from __future__ import annotations

import pytest

from ssp_coder.training.exercises import (
    Answered,
    Exercise,
    ExerciseError,
    ExerciseKind,
    Mark,
    answered,
    onset_answer,
    read_exercises,
)
from ssp_coder.training.teaching_files import TeachingFileError

ONE = """\
[[exercises]]
id = "first"
kind = "{kind}"
case = "k04"
start_s = 10.0
end_s = 20.5
question = {{ en = "What is it?", de = "Was ist das?" }}
choices = {choices}
answer = {answer}
explanation = "Because."
source = "project default"
"""
BOTH = '["play", "avoidance"]'


def one(kind: str = "avoidance_or_play", choices: str = BOTH, answer: str = '"play"') -> str:
    return ONE.format(kind=kind, choices=choices, answer=answer)


def exercise(kind: str, choices: str, answer: str) -> Exercise:
    (found,) = read_exercises(one(kind, choices, answer))
    return found


def scale_point() -> Exercise:
    return exercise("scale_point", "[1, 2, 3, 4, 5, 6, 7]", "4")


def onset() -> Exercise:
    return exercise("onset", "[]", "12.5")


def lag(found: Answered) -> float:
    return (found.lag_us or 0) / 1e6


class TestReading:
    def test_an_exercise_has_its_clip_question_and_source(self) -> None:
        (found,) = read_exercises(one())
        assert (found.id, found.case, found.kind) == (
            "first",
            "k04",
            ExerciseKind.AVOIDANCE_OR_PLAY,
        )
        assert (found.clip.start_us, found.clip.end_us) == (10_000_000, 20_500_000)
        assert found.question.in_language("de") == "Was ist das?"
        assert (str(found.explanation), found.source) == ("Because.", "project default")

    def test_choices_may_have_titles_of_their_own(self) -> None:
        choices = '[{ id = "play", title = { en = "Play", de = "Spiel" } }, "other"]'
        found = exercise("avoidance_or_play", choices, '"play"')
        assert [choice.id for choice in found.choices] == ["play", "other"]
        assert found.choices[0].title.in_language("de") == "Spiel"

    @pytest.mark.parametrize("kind", [kind.value for kind in ExerciseKind])
    def test_every_kind_can_be_read(self, kind: str) -> None:
        choices, answer = {
            "scale_point": ("[1, 2]", "2"),
            "onset": ("[]", "12.5"),
        }.get(kind, (BOTH, '"play"'))
        assert exercise(kind, choices, answer).kind.value == kind

    def test_the_order_of_the_file_is_kept(self) -> None:
        second = one().replace('"first"', '"second"')
        assert [one.id for one in read_exercises(one() + second)] == ["first", "second"]

    def test_what_the_file_says_of_itself_is_left_to_people(self) -> None:
        assert read_exercises('title = "Exercises"\nversion = "1.0.0"\n' + one())

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            (one(kind="guess"), 3, "guess"),
            (one(answer='"sleep"'), 9, "none of the choices"),
            (one(choices='["play"]'), 8, "nothing to choose"),
            (one("onset", "[]", "30.0"), 9, "not in the clip"),
            (one("onset", "[]", '"soon"'), 9, "not in the clip"),
            (one("scale_point", '["low", "high"]', '"low"'), 9, "a point is a number"),
            (one().replace("end_s = 20.5", "end_s = 10.0"), 6, "ends before it starts"),
            (one().replace("start_s = 10.0", "start_s = -1.0"), 5, ">= 0"),
            (one().replace('source = "project default"\n', ""), 1, "source"),
            (one() + one(), 13, "used twice"),
            ("[[exercises]\n", 1, "not valid TOML"),
        ],
    )
    def test_a_mistake_is_told_with_its_line(self, text: str, line: int, words: str) -> None:
        with pytest.raises(TeachingFileError) as caught:
            read_exercises(text)
        sentence = caught.value.finding.sentence()
        assert sentence.startswith(f"exercises.toml:{line}: ")
        assert words in sentence


class TestChoosing:
    def test_the_right_choice_is_right(self) -> None:
        found = answered(exercise("d_index", BOTH, '"play"'), "play")
        assert (found.mark, found.right) == (Mark.RIGHT, True)

    def test_the_other_one_is_wrong_and_never_near(self) -> None:
        assert answered(exercise("resistance_or_stay", BOTH, '"play"'), "avoidance").mark is (
            Mark.WRONG
        )

    def test_what_is_none_of_the_choices_is_refused(self) -> None:
        with pytest.raises(ExerciseError, match="none of its choices"):
            answered(exercise("d_index", BOTH, '"play"'), "sleep")


class TestScalePoints:
    @pytest.mark.parametrize(
        ("answer", "mark", "points"),
        [
            ("4", Mark.RIGHT, 0),
            ("5", Mark.NEAR, 1),
            ("3", Mark.NEAR, -1),
            ("6", Mark.WRONG, 2),
            ("1", Mark.WRONG, -3),
        ],
    )
    def test_one_point_beside_is_near(self, answer: str, mark: Mark, points: float) -> None:
        found = answered(scale_point(), answer)
        assert (found.mark, found.points) == (mark, points)

    def test_without_choices_any_number_is_an_answer(self) -> None:
        assert answered(exercise("scale_point", "[]", "4"), "3.5").mark is Mark.NEAR

    @pytest.mark.parametrize("answer", ["much", "nan", "inf", ""])
    def test_what_is_no_number_is_refused(self, answer: str) -> None:
        with pytest.raises(ExerciseError, match="no number"):
            answered(exercise("scale_point", "[]", "4"), answer)


class TestOnsets:
    @pytest.mark.parametrize(
        ("answer", "mark", "within"),
        [
            ("12.5", Mark.RIGHT, (True, True, True)),
            ("13.0", Mark.RIGHT, (True, True, True)),
            ("13.4", Mark.RIGHT, (False, True, True)),
            ("13.5", Mark.RIGHT, (False, True, True)),
            ("11.0", Mark.NEAR, (False, False, True)),
            ("14.6", Mark.WRONG, (False, False, False)),
        ],
    )
    def test_hits_are_told_at_three_tolerances(
        self, answer: str, mark: Mark, within: tuple[bool, ...]
    ) -> None:
        found = answered(onset(), answer)
        assert (found.mark, found.within) == (mark, within)

    def test_the_lag_has_the_sign_of_coming_late(self) -> None:
        assert lag(answered(onset(), "13.3")) == pytest.approx(0.8)
        assert lag(answered(onset(), "12.2")) == pytest.approx(-0.3)

    def test_a_painted_frame_is_answered_to_the_microsecond(self) -> None:
        assert answered(onset(), onset_answer(12_533_333)).lag_us == 33_333

    def test_only_onsets_have_a_moment(self) -> None:
        assert onset().onset_us == 12_500_000
        assert scale_point().onset_us is None
