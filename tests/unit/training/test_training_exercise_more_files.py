"""Files of exercises as labs write them: points with decimals, doubles, and what is refused."""

from __future__ import annotations

import pytest

from ssp_coder.demonstration.cases import pack_folder
from ssp_coder.demonstration.pack import EXERCISES as DEMONSTRATION
from ssp_coder.training.exercises import (
    Exercise,
    ExerciseError,
    ExerciseKind,
    Mark,
    answered,
    onset_answer,
    read_exercises,
)
from ssp_coder.training.teaching_files import TeachingFileError

GIVEN = {
    "id": '"one"',
    "kind": '"d_index"',
    "case": '"k1"',
    "start_s": "10",
    "end_s": "20",
    "question": '"?"',
    "choices": '["yes", "no"]',
    "answer": '"yes"',
    "explanation": '"!"',
    "source": '"made for tests"',
}
POINT = {"kind": '"scale_point"', "choices": "[1, 2, 3]", "answer": "2"}
ONSET = {"kind": '"onset"', "choices": "[]", "answer": "12.5"}


def table(**fields: str) -> str:
    """One exercise; a field that is None is left out."""
    lines = [f"{key} = {value}" for key, value in (GIVEN | fields).items() if value]
    return "\n".join(["[[exercises]]", *lines, ""])


def read(**fields: str) -> Exercise:
    (found,) = read_exercises(table(**fields))
    return found


def refused(text: str, shown: str = "lab.toml") -> str:
    with pytest.raises(TeachingFileError) as caught:
        read_exercises(text, shown)
    assert caught.value.finding.remedy
    return caught.value.finding.sentence()


class TestPoints:
    @pytest.mark.parametrize("written", ["4", "4.0", '"4"', '"4.0"', '"4.00"'])
    def test_a_point_is_the_same_however_it_is_written(self, written: str) -> None:
        found = read(**(POINT | {"choices": "[3, 4, 5]", "answer": written}))
        assert found.answer == "4"

    @pytest.mark.parametrize(
        "choices", ["[3, 4, 5]", "[3.0, 4.0, 5.0]", '["3", "4", "5"]', '["3.0", "4.0", "5.0"]']
    )
    def test_choices_are_answered_by_the_point_alone(self, choices: str) -> None:
        found = read(**(POINT | {"choices": choices, "answer": "4"}))
        assert [choice.id for choice in found.choices] == ["3", "4", "5"]
        assert answered(found, "4").mark is Mark.RIGHT
        assert answered(found, "5").mark is Mark.NEAR

    def test_half_points_stay_half_points(self) -> None:
        found = read(**(POINT | {"choices": "[3, 3.5, 4]", "answer": "3.5"}))
        assert (found.answer, [choice.id for choice in found.choices]) == (
            "3.5",
            ["3", "3.5", "4"],
        )

    def test_what_the_lab_calls_a_point_stays_its_title(self) -> None:
        choices = '[{ id = "3", title = "hardly" }, { id = "4", title = "clearly" }]'
        found = read(**(POINT | {"choices": choices, "answer": "4"}))
        assert [str(choice.title) for choice in found.choices] == ["hardly", "clearly"]

    def test_without_choices_a_point_is_read_too(self) -> None:
        assert read(**(POINT | {"choices": "[]", "answer": "5.0"})).answer == "5"

    @pytest.mark.parametrize("wrong", ['"high"', '"nan"', '"inf"', "inf", '""'])
    def test_what_is_no_point_is_refused(self, wrong: str) -> None:
        assert "point" in refused(table(**(POINT | {"answer": wrong})))

    def test_a_point_between_the_choices_is_refused(self) -> None:
        assert "2.5 is none of the choices" in refused(table(**(POINT | {"answer": "2.5"})))


class TestDoubles:
    @pytest.mark.parametrize(
        "fields",
        [
            {"choices": '["yes", "no", "yes"]'},
            {"choices": '[{ id = "yes", title = "One" }, { id = "yes", title = "Two" }]'},
            POINT | {"choices": "[1, 2, 2]"},
            POINT | {"choices": "[1, 2, 2.0]"},
            POINT | {"choices": '[1, 2, "2.0"]'},
        ],
        ids=["words", "titles", "points", "decimals", "points in quotes"],
    )
    def test_a_choice_that_is_there_twice_is_refused_with_its_line(
        self, fields: dict[str, str]
    ) -> None:
        sentence = refused(table(**fields))
        assert sentence.startswith("lab.toml:8: ")
        assert "there twice" in sentence

    def test_the_second_of_two_exercises_with_one_id_is_named(self) -> None:
        assert refused(table() + "\n" + table()).startswith("lab.toml:14: ")

    def test_the_same_clip_may_be_asked_about_twice(self) -> None:
        both = read_exercises(table() + table(id='"two"'))
        assert both[0].clip == both[1].clip


class TestClips:
    @pytest.mark.parametrize("answer", ["10", "20", "10.0", "19.999999"])
    def test_an_onset_may_lie_at_either_end(self, answer: str) -> None:
        found = read(**(ONSET | {"answer": answer}))
        assert found.onset_us is not None
        assert answered(found, onset_answer(found.onset_us)).lag_us == 0

    @pytest.mark.parametrize("answer", ["9.999", "20.001", '"nan"', '"inf"', "-3"])
    def test_an_onset_outside_is_refused(self, answer: str) -> None:
        assert "not in the clip" in refused(table(**(ONSET | {"answer": answer})))

    @pytest.mark.parametrize(
        ("start", "end"), [("10", "10"), ("20", "10"), ("10.0", "9.99")], ids=str
    )
    def test_a_clip_has_a_length(self, start: str, end: str) -> None:
        assert "ends before it starts" in refused(table(start_s=start, end_s=end))

    @pytest.mark.parametrize("seconds", ["-1", "1e12", '"10"', "nan"])
    def test_seconds_are_seconds(self, seconds: str) -> None:
        assert refused(table(start_s=seconds)).startswith("lab.toml:")

    def test_a_clip_is_kept_to_the_microsecond(self) -> None:
        found = read(start_s="10.000001", end_s="10.000002")
        assert (found.clip.start_us, found.clip.end_us) == (10_000_001, 10_000_002)


class TestWhatEveryExerciseNeeds:
    @pytest.mark.parametrize("field", [key for key in GIVEN if key != "choices"])
    def test_a_field_that_is_missing_is_named(self, field: str) -> None:
        assert field in refused(table(**{field: ""}))

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("kind", '"quiz"'),
            ("id", '"has a space"'),
            ("case", '""'),
            ("source", '""'),
            ("question", "3"),
            ("answer", "true"),
            ("choices", '"yes, no"'),
        ],
    )
    def test_a_wrong_value_is_refused_with_a_remedy(self, field: str, value: str) -> None:
        assert refused(table(**{field: value})).startswith("lab.toml:")

    def test_a_field_that_nobody_knows_is_refused(self) -> None:
        assert "hint" in refused(table() + 'hint = "look twice"\n')

    @pytest.mark.parametrize("text", ["", "exercises = 3", "exercises = [3]", "\x00"])
    def test_what_is_no_file_of_exercises_is_refused(self, text: str) -> None:
        assert refused(text)

    def test_a_file_may_have_no_exercise_yet(self) -> None:
        assert read_exercises("exercises = []") == ()

    def test_five_hundred_exercises_keep_their_order(self) -> None:
        text = "".join(table(id=f'"e{number}"') for number in range(500))
        assert [one.id for one in read_exercises(text)] == [f"e{n}" for n in range(500)]


class TestRefusedAnswers:
    @pytest.mark.parametrize(
        ("fields", "answer"),
        [({}, "maybe"), ({}, ""), (POINT, "9"), (POINT, "2.0"), (ONSET, "soon"), (ONSET, "nan")],
    )
    def test_the_sentence_names_the_exercise_and_what_to_do(
        self, fields: dict[str, str], answer: str
    ) -> None:
        with pytest.raises(ExerciseError) as caught:
            answered(read(**fields), answer)
        finding = caught.value.finding
        assert (finding.place, bool(finding.remedy)) == ("exercise one", True)


class TestTheDemonstration:
    @pytest.fixture
    def exercises(self) -> tuple[Exercise, ...]:
        text = (pack_folder() / DEMONSTRATION).read_text(encoding="utf-8")
        return read_exercises(text)

    def test_every_kind_is_practised(self, exercises: tuple[Exercise, ...]) -> None:
        assert {one.kind for one in exercises} == set(ExerciseKind)

    def test_each_answer_of_its_own_is_right(self, exercises: tuple[Exercise, ...]) -> None:
        for one in exercises:
            assert answered(one, one.answer).right, one.id

    def test_each_other_choice_is_not(self, exercises: tuple[Exercise, ...]) -> None:
        for one in exercises:
            for choice in one.choices:
                assert answered(one, choice.id).right == (choice.id == one.answer), one.id

    def test_the_right_choice_is_not_always_the_first(
        self, exercises: tuple[Exercise, ...]
    ) -> None:
        places = {
            [choice.id for choice in one.choices].index(one.answer)
            for one in exercises
            if one.choices and one.kind is not ExerciseKind.SCALE_POINT
        }
        assert len(places) > 1

    def test_each_speaks_german_and_says_where_it_comes_from(
        self, exercises: tuple[Exercise, ...]
    ) -> None:
        for one in exercises:
            assert one.source, one.id
            for words in (one.question, one.explanation):
                assert words.in_language("de") != words.in_language("en"), one.id
