"""When an exercise comes again, worked out from the logbook alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.training.deeds import Enrolled, Entry, ExerciseAnswered
from ssp_coder.training.exercises import Exercise, ExerciseKind, Mark, read_exercises
from ssp_coder.training.spacing import Planned, due, plan, progress

PACK = "pack1"
START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
TABLE = """
[[exercises]]
id = "{id}"
kind = "{kind}"
case = "k1"
start_s = 0
end_s = 20
question = "?"
choices = {choices}
answer = {answer}
explanation = "!"
source = "ours"
"""
EXERCISES = read_exercises(
    TABLE.format(id="one", kind="d_index", choices='["yes", "no"]', answer='"yes"')
    + TABLE.format(id="two", kind="d_index", choices='["yes", "no"]', answer='"yes"')
    + TABLE.format(id="when", kind="onset", choices="[]", answer="10")
    + TABLE.format(id="point", kind="scale_point", choices="[1, 2, 3, 4, 5]", answer="3")
)


def answer(
    which: str, days: float, right: bool, given: str = "yes", **fields: object
) -> tuple[datetime, ExerciseAnswered]:
    deed = ExerciseAnswered(
        pack=PACK, exercise=which, kind="d_index", answer=given, right=right, **fields
    )
    return START + timedelta(days=days), deed


def entries(*given: tuple[datetime, ExerciseAnswered]) -> tuple[Entry, ...]:
    return tuple(
        Entry(seq=number, at_utc=at.isoformat().replace("+00:00", "Z"), deed=deed)
        for number, (at, deed) in enumerate(given, 1)
    )


def planned(which: str, *given: tuple[datetime, ExerciseAnswered]) -> Planned:
    return next(one for one in plan(EXERCISES, entries(*given), PACK) if one.exercise.id == which)


def ids(found: tuple[Planned, ...]) -> list[str]:
    return [one.exercise.id for one in found]


def waits(*given: tuple[datetime, ExerciseAnswered]) -> timedelta:
    """How long after the last answer an exercise comes again."""
    due_at = planned("one", *given).due_at
    assert due_at is not None
    return due_at - given[-1][0]


class TestPlan:
    def test_what_was_never_answered_is_not_due_at_any_time(self) -> None:
        found = planned("one")
        assert (found.due_at, found.answers, found.last) == (None, 0, None)

    def test_what_is_known_comes_later_and_later(self) -> None:
        first = [answer("one", 0, True), answer("one", 0.01, True)]
        later = [*first, answer("one", 3, True)]
        assert waits(*first) < waits(*later)

    def test_what_was_got_wrong_comes_again_at_once(self) -> None:
        known = [answer("one", 0, True), answer("one", 0.01, True), answer("one", 3, True)]
        forgotten = [*known[:2], answer("one", 3, False, "no")]
        assert waits(*forgotten) < timedelta(hours=1) < waits(*known)

    def test_an_answer_that_is_nearly_right_comes_again_before_a_right_one(self) -> None:
        def after(given: str, right: bool) -> datetime:
            found = planned("point", answer("point", 0, right, given))
            assert found.due_at is not None
            return found.due_at

        assert after("1", False) < after("4", False) < after("3", True)

    def test_the_same_logbook_always_gives_the_same_plan(self) -> None:
        given = [answer("one", day, day != 4) for day in (0, 1, 4, 5, 9)]
        assert plan(EXERCISES, entries(*given), PACK) == plan(EXERCISES, entries(*given), PACK)

    def test_answers_and_mistakes_are_counted(self) -> None:
        found = planned("one", answer("one", 0, False, "no"), answer("one", 1, True))
        assert (found.answers, found.wrong, found.last) == (2, 1, Mark.RIGHT)

    def test_answers_of_another_pack_do_not_count(self) -> None:
        at, deed = answer("one", 0, True)
        foreign = ExerciseAnswered(
            pack="other", exercise="one", kind=deed.kind, answer="yes", right=True
        )
        assert planned("one", (at, foreign)).answers == 0

    def test_other_deeds_and_exercises_that_are_gone_are_left_aside(self) -> None:
        other = Entry(
            seq=1,
            at_utc="2026-05-01T09:00:00Z",
            deed=Enrolled(pack=PACK, version="1", pack_sha256=""),
        )
        gone = entries(answer("gone", 0, True))
        assert all(one.answers == 0 for one in plan(EXERCISES, (other, *gone), PACK))

    def test_a_choice_that_is_offered_no_more_counts_as_the_logbook_says(self) -> None:
        assert planned("one", answer("one", 0, False, "perhaps")).last is Mark.WRONG
        assert planned("one", answer("one", 0, True, "perhaps")).last is Mark.RIGHT

    def test_a_clock_that_was_set_back_does_no_harm(self) -> None:
        found = planned("one", answer("one", 5, True), answer("one", 1, True))
        assert found.due_at is not None
        assert found.due_at > START + timedelta(days=5)


class TestDue:
    def test_new_ones_come_in_the_order_of_the_file(self) -> None:
        found = plan(EXERCISES, (), PACK)
        assert ids(due(found, START, new=3)) == ["one", "two", "when"]

    def test_what_is_overdue_comes_first_the_longest_first(self) -> None:
        found = plan(
            EXERCISES,
            entries(answer("two", 0, False, "no"), answer("one", 0.1, False, "no")),
            PACK,
        )
        assert ids(due(found, START + timedelta(days=2), new=1)) == ["two", "one", "when"]

    def test_what_is_not_due_yet_is_left_in_peace(self) -> None:
        found = plan(EXERCISES, entries(answer("one", 0, True), answer("one", 0.01, True)), PACK)
        assert "one" not in ids(due(found, START + timedelta(hours=2)))

    def test_without_new_ones_only_what_is_due_is_asked(self) -> None:
        assert due(plan(EXERCISES, (), PACK), START, new=0) == ()


class TestProgress:
    def of(self, kind: ExerciseKind, *given: tuple[datetime, ExerciseAnswered]):
        found = progress(EXERCISES, entries(*given), PACK)
        return next(one for one in found if one.kind is kind)

    def test_only_kinds_that_the_pack_has_are_told(self) -> None:
        found = [one.kind for one in progress(EXERCISES, (), PACK)]
        assert found == [ExerciseKind.SCALE_POINT, ExerciseKind.D_INDEX, ExerciseKind.ONSET]

    def test_the_first_sight_and_what_was_kept_are_told_apart(self) -> None:
        found = self.of(
            ExerciseKind.D_INDEX,
            answer("one", 0, False, "no"),
            answer("two", 0.1, True),
            answer("one", 1, True),
            answer("two", 2, True),
            answer("two", 3, False, "no"),
        )
        assert (found.first.value, found.first.n) == (0.5, 2)
        assert (found.retained.n, round(found.retained.value or 0, 3)) == (3, 0.667)

    def test_a_repetition_within_the_hour_is_not_remembering(self) -> None:
        found = self.of(ExerciseKind.D_INDEX, answer("one", 0, True), answer("one", 0.02, True))
        assert found.retained.undefined is Undefined.NOTHING

    def test_onsets_have_a_median_lag_and_hits_at_three_tolerances(self) -> None:
        found = self.of(
            ExerciseKind.ONSET,
            answer("when", 0, True, "10.4", lag_us=400_000),
            answer("when", 1, True, "10.8", lag_us=800_000),
            answer("when", 2, False, "11.6", lag_us=1_600_000),
        )
        assert (found.lag.value, found.lag.n) == (800_000, 3)
        assert [round(one.value or 0, 2) for one in found.within] == [0.33, 0.67, 1.0]

    def test_without_an_onset_the_lag_is_undefined(self) -> None:
        assert self.of(ExerciseKind.ONSET).lag.undefined is Undefined.NOTHING


def test_every_exercise_is_planned_once() -> None:
    found = plan(EXERCISES, entries(answer("one", 0, True)), PACK)
    assert [one.exercise for one in found] == list[Exercise](EXERCISES)
