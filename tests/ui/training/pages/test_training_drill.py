"""A sitting of exercises, without a window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ssp_coder.training.deeds import Enrolled, Entry, ExerciseAnswered
from ssp_coder.training.exercises import ExerciseError, ExerciseKind, Mark
from ssp_coder.training.packs import Pack
from ssp_coder.training.programme import programme_of
from ssp_coder.ui.training.drill import (
    LAGS_SHOWN,
    NO_EXERCISES,
    SITTING,
    Drill,
    ExerciseBook,
    lags_of,
    read_book,
)
from tests.unit.training.training_files import Trainee, trainee

NOW = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def anna(playing_pack: Pack, tmp_path):
    with trainee(tmp_path / "anna", playing_pack).logbook as book:
        yield Trainee(logbook=book, pack=playing_pack)


def book_for(who: Trainee) -> ExerciseBook:
    return read_book(who.pack, who.programme, who.logbook.entries)


def ids(exercises: object) -> list[str]:
    return [one.id for one in exercises]


def onset(lag_us: int | None, exercise: str = "moment", pack: str = "pack1") -> ExerciseAnswered:
    return ExerciseAnswered(
        pack=pack, exercise=exercise, kind="onset", answer="5", right=False, lag_us=lag_us
    )


def entries(*deeds: object, days_apart: float = 1) -> tuple[Entry, ...]:
    start = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
    return tuple(
        Entry(
            seq=n + 1,
            at_utc=(start + timedelta(days=n * days_apart)).isoformat().replace("+00:00", "Z"),
            deed=deed,
        )
        for n, deed in enumerate(deeds)
    )


class TestWhichExercisesThereAre:
    def test_those_of_a_case_to_learn_from_are_there_at_once(self, anna: Trainee) -> None:
        found = [one.exercise.id for one in book_for(anna).planned]
        assert found == ["point", "reading", "moment"]

    def test_an_exercise_waits_until_its_case_may_be_seen(self, anna: Trainee) -> None:
        assert book_for(anna).closed == 1

    def test_nothing_of_a_waiting_exercise_is_in_the_book(self, anna: Trainee) -> None:
        assert "narwhal" not in repr(book_for(anna))

    def test_it_opens_with_the_feedback_of_its_case(self, anna: Trainee) -> None:
        anna.look("c01")
        anna.do("c02")
        found = book_for(anna)
        assert "later" in [one.exercise.id for one in found.planned]
        assert found.closed == 0

    def test_a_pack_without_exercises_has_an_empty_book(self, pack_of_none: Pack, tmp_path) -> None:
        programme = programme_of(pack_of_none, ())
        assert read_book(pack_of_none, programme, ()) == NO_EXERCISES

    def test_the_kinds_come_in_their_usual_order(self, anna: Trainee) -> None:
        assert book_for(anna).kinds == (
            ExerciseKind.SCALE_POINT,
            ExerciseKind.D_INDEX,
            ExerciseKind.ONSET,
        )


@pytest.fixture
def pack_of_none(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    from tests.fixtures.training_figures import small_pack

    return small_pack()


class TestWhatASittingAsks:
    def test_new_ones_are_asked_in_the_order_of_the_file(self, anna: Trainee) -> None:
        assert ids(book_for(anna).sitting(None, NOW)) == ["point", "reading", "moment"]

    def test_a_kind_asks_its_own_only(self, anna: Trainee) -> None:
        assert ids(book_for(anna).sitting(ExerciseKind.ONSET, NOW)) == ["moment"]

    def test_what_is_due_comes_before_what_is_new(self, anna: Trainee) -> None:
        anna.logbook.append(onset(2_500_000))
        late = NOW + timedelta(days=400)
        assert ids(book_for(anna).sitting(None, late))[0] == "moment"

    def test_where_nothing_is_due_the_soonest_come_early(self, anna: Trainee) -> None:
        for exercise, kind, answer in (
            ("point", "scale_point", "6"),
            ("reading", "d_index", "no"),
            ("moment", "onset", "5"),
        ):
            deed = ExerciseAnswered(
                pack="pack1", exercise=exercise, kind=kind, answer=answer, right=True
            )
            anna.logbook.append(deed)
        book = book_for(anna)
        moment = datetime(2026, 6, 1, 10, 1, tzinfo=UTC)
        assert book.due_now(None, moment) == 0
        assert len(book.sitting(None, moment)) == 3

    def test_a_sitting_has_no_more_than_ten(self, anna: Trainee) -> None:
        one = book_for(anna).planned[0]
        assert len(ExerciseBook(planned=(one,) * 25).sitting(None, NOW)) == SITTING

    def test_due_and_new_are_counted_apart(self, anna: Trainee) -> None:
        anna.logbook.append(onset(2_500_000))
        book = book_for(anna)
        late = NOW + timedelta(days=400)
        assert (book.due_now(None, late), book.new(None)) == (1, 2)
        assert (book.due_now(ExerciseKind.ONSET, late), book.new(ExerciseKind.ONSET)) == (1, 0)


class TestASitting:
    @pytest.fixture
    def clock(self) -> list[float]:
        return [100.0]

    @pytest.fixture
    def drill(self, anna: Trainee, clock: list[float]) -> Drill:
        return Drill(book_for(anna).sitting(None, NOW), lambda: clock[0])

    def test_it_counts_from_one(self, drill: Drill) -> None:
        assert (drill.number, drill.count, drill.is_answered) == (1, 3, False)

    def test_an_answer_is_held_against_the_right_one(self, drill: Drill) -> None:
        given = drill.judged("5")
        assert given is not None
        assert (given.answered.points, given.answered.mark) == (-1, Mark.NEAR)

    def test_an_answer_counts_only_once_it_was_taken(self, drill: Drill) -> None:
        given = drill.judged("6")
        assert not drill.is_answered
        drill.take(given)
        assert drill.is_answered

    def test_a_second_answer_to_the_same_exercise_is_none(self, drill: Drill) -> None:
        drill.take(drill.judged("1"))
        assert drill.judged("6") is None

    def test_an_answer_that_is_no_choice_is_refused(self, drill: Drill) -> None:
        with pytest.raises(ExerciseError, match="none of its choices"):
            drill.judged("9")

    def test_the_time_runs_from_the_question(self, drill: Drill, clock: list[float]) -> None:
        clock[0] = 160.0
        drill.asked()
        clock[0] = 163.5
        assert drill.judged("6").took_us == 3_500_000

    def test_the_next_question_starts_the_time_anew(self, drill: Drill, clock: list[float]) -> None:
        drill.take(drill.judged("6"))
        clock[0] = 200.0
        drill.go_on()
        clock[0] = 201.0
        assert drill.judged("no").took_us == 1_000_000

    def test_a_clock_that_was_set_back_takes_no_time(
        self, drill: Drill, clock: list[float]
    ) -> None:
        clock[0] = 50.0
        assert drill.judged("6").took_us == 0

    def test_it_ends_after_the_last_exercise(self, drill: Drill) -> None:
        for answer in ("6", "no", "5"):
            drill.take(drill.judged(answer))
            drill.go_on()
        assert drill.exercise is None
        assert drill.judged("6") is None
        assert [one.exercise.id for one in drill.given] == ["point", "reading", "moment"]

    def test_the_logbook_keeps_kind_answer_lag_and_time(self, drill: Drill) -> None:
        drill.go_on()
        drill.go_on()
        deed = drill.judged("5.4").deed("pack1")
        assert (deed.exercise, deed.kind, deed.answer) == ("moment", "onset", "5.4")
        assert (deed.right, deed.lag_us) == (True, 400_000)


class TestLagsOfOnsets:
    def test_without_an_onset_there_is_nothing(self) -> None:
        assert lags_of((), "pack1").median is None

    def test_median_and_middle_half_of_the_last_ones(self) -> None:
        found = lags_of(entries(*(onset(lag) for lag in (-100, 0, 100, 200, 300))), "pack1")
        assert (found.median, found.low, found.high) == (100, 0, 200)

    def test_with_three_there_is_no_spread(self) -> None:
        found = lags_of(entries(onset(1), onset(2), onset(3)), "pack1")
        assert (found.median, found.low, found.high) == (2, None, None)

    def test_only_the_last_ones_are_told_the_newest_last(self) -> None:
        found = lags_of(entries(*(onset(n) for n in range(LAGS_SHOWN + 5))), "pack1")
        assert found.values[0] == 5
        assert found.values[-1] == LAGS_SHOWN + 4

    def test_other_packs_and_other_kinds_do_not_count(self) -> None:
        other = Enrolled(pack="pack1", version="1.0.0", pack_sha256="")
        found = lags_of(entries(onset(7, pack="pack2"), onset(None), other, onset(9)), "pack1")
        assert found.values == (9,)
