"""The exercises of the pack, held against the references of its cases."""

from __future__ import annotations

from collections import Counter

import pytest
from demonstration_pack_cases import coded, plan, scripted

from ssp_coder.demonstration.cases import pack_folder
from ssp_coder.domain.scale import Points
from ssp_coder.training.exercises import Exercise, ExerciseKind, read_exercises
from ssp_coder.training.packs import Stage

EXERCISES = read_exercises((pack_folder() / "exercises.toml").read_text("utf-8"))
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)


def of_kind(kind: ExerciseKind) -> list[Exercise]:
    return [exercise for exercise in EXERCISES if exercise.kind is kind]


def test_there_are_enough_exercises_of_every_kind() -> None:
    kinds = Counter(exercise.kind for exercise in EXERCISES)
    assert len(EXERCISES) >= 12
    assert all(kinds[kind] >= 3 for kind in ExerciseKind)


@every_exercise
def test_an_exercise_shows_nothing_of_a_test_or_a_recheck(exercise: Exercise) -> None:
    stage = next(case.stage for case in plan().cases if case.id == exercise.case)
    assert stage in (Stage.LEARN, Stage.PRACTICE)


@every_exercise
def test_a_clip_lies_in_its_session(exercise: Exercise) -> None:
    end = coded(exercise.case).session_end
    assert end is not None
    assert exercise.clip.end_us <= end.at_us
    assert exercise.clip.end_us <= scripted()[exercise.case].story.length_us


@every_exercise
def test_an_exercise_is_explained_in_both_languages(exercise: Exercise) -> None:
    for words in (exercise.question, exercise.explanation):
        assert words.in_language("en") != words.in_language("de")


@every_exercise
def test_an_exercise_says_where_its_answer_comes_from(exercise: Exercise) -> None:
    assert "project default" in exercise.source.lower()


@pytest.mark.parametrize("exercise", of_kind(ExerciseKind.SCALE_POINT), ids=lambda e: e.id)
def test_the_right_point_is_one_that_the_reference_gave_for_that_clip(exercise: Exercise) -> None:
    given = [
        rating.score.value
        for rating in coded(exercise.case).ratings
        if isinstance(rating.score, Points)
    ]
    assert float(exercise.answer) in given


@pytest.mark.parametrize("exercise", of_kind(ExerciseKind.ONSET), ids=lambda e: e.id)
def test_the_right_onset_is_one_of_the_reference(exercise: Exercise) -> None:
    coding = coded(exercise.case)
    onsets = {event.start_us for event in coding.events}
    onsets |= {mark.start_us for mark in coding.episodes if mark.start_us is not None}
    story = scripted()[exercise.case].story
    assert exercise.onset_us in onsets | {beat.at_us for beat in story.beats}


@pytest.mark.parametrize("exercise", of_kind(ExerciseKind.D_INDEX), ids=lambda e: e.id)
def test_an_index_is_right_where_the_reference_counts_one_that_matters(exercise: Exercise) -> None:
    coding = coded(exercise.case)
    seen = [
        index
        for index in coding.d_indices
        if index.start_us < exercise.clip.end_us and exercise.clip.start_us < index.end_us
    ]
    counts = coding.classification is not None and coding.classification.primary == "D"
    assert exercise.answer == ("yes" if seen and counts else "no")


def codes_in(exercise: Exercise, group: str) -> set[str]:
    return {
        event.code
        for event in coded(exercise.case).events
        if event.code.startswith(f"{group}.")
        and ("toward", "c") in event.modifiers
        and exercise.clip.start_us <= event.start_us < exercise.clip.end_us
    }


@pytest.mark.parametrize("exercise", of_kind(ExerciseKind.AVOIDANCE_OR_PLAY), ids=lambda e: e.id)
def test_avoidance_is_right_where_the_reference_codes_it(exercise: Exercise) -> None:
    assert bool(codes_in(exercise, "avoidance")) == (exercise.answer == "avoidance")


@pytest.mark.parametrize("exercise", of_kind(ExerciseKind.RESISTANCE_OR_STAY), ids=lambda e: e.id)
def test_resistance_is_right_where_the_reference_codes_it(exercise: Exercise) -> None:
    assert bool(codes_in(exercise, "resistance")) == (exercise.answer == "resistance")
    if exercise.answer == "stay":
        assert codes_in(exercise, "maintaining") | codes_in(exercise, "seeking")
