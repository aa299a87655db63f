"""What holds of exercises whatever is answered and whenever: marks, plans, what is due, shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.training.deeds import Entry, ExerciseAnswered
from ssp_coder.training.exercises import (
    HITS_US,
    Exercise,
    ExerciseError,
    ExerciseKind,
    Mark,
    answered,
    onset_answer,
    read_exercises,
)
from ssp_coder.training.spacing import LATER, due, plan, progress

PACK = "pack1"
START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
ONE = """
[[exercises]]
id = "{id}"
kind = "{kind}"
case = "k1"
start_s = 0
end_s = 600
question = "?"
choices = {choices}
answer = {answer}
explanation = "!"
source = "made for tests"
"""
EXERCISES = read_exercises(
    ONE.format(id="play", kind="avoidance_or_play", choices='["yes", "no"]', answer='"yes"')
    + ONE.format(id="stay", kind="resistance_or_stay", choices='["yes", "no"]', answer='"no"')
    + ONE.format(id="point", kind="scale_point", choices="[1, 2, 3, 4, 5]", answer="3")
    + ONE.format(id="when", kind="onset", choices="[]", answer="300")
)
BY_ID = {one.id: one for one in EXERCISES}
WAYS = {
    "play": st.sampled_from(["yes", "no"]),
    "stay": st.sampled_from(["yes", "no"]),
    "point": st.sampled_from("12345"),
    "when": st.integers(0, 600_000_000).map(onset_answer),
}
few = settings(max_examples=40, deadline=None)


@st.composite
def given_answers(draw: st.DrawFn) -> tuple[Entry, ...]:
    """The answers of a trainee, some minutes to some days apart; the clock may be set back."""
    at, entries = START, []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        which = draw(st.sampled_from(sorted(WAYS)))
        at += timedelta(minutes=draw(st.integers(-2_000, 20_000)))
        entries.append(entry(number, at, which, draw(WAYS[which])))
    return tuple(entries)


def entry(number: int, at: datetime, which: str, answer: str) -> Entry:
    found = answered(BY_ID[which], answer)
    deed = ExerciseAnswered(
        pack=PACK,
        exercise=which,
        kind=BY_ID[which].kind.value,
        answer=answer,
        right=found.right,
        lag_us=found.lag_us,
    )
    return Entry(seq=number, at_utc=at.isoformat().replace("+00:00", "Z"), deed=deed)


def latest(entries: tuple[Entry, ...]) -> datetime:
    return max((datetime.fromisoformat(one.at_utc) for one in entries), default=START)


def retained(entries: tuple[Entry, ...]) -> int:
    """How many answers to the first exercise count as remembered."""
    kind = BY_ID["play"].kind
    (found,) = (one for one in progress(EXERCISES, entries, PACK) if one.kind is kind)
    return found.retained.n


class TestMarks:
    @few
    @given(st.integers(0, 600_000_000))
    def test_the_lag_of_an_onset_is_exact_to_the_microsecond(self, at_us: int) -> None:
        assert answered(BY_ID["when"], onset_answer(at_us)).lag_us == at_us - 300_000_000

    @few
    @given(st.integers(0, 600_000_000))
    def test_a_strict_hit_is_a_lenient_one_too(self, at_us: int) -> None:
        within = answered(BY_ID["when"], onset_answer(at_us)).within
        assert list(within) == sorted(within)
        assert len(within) == len(HITS_US)

    @few
    @given(st.integers(0, 4_000_000))
    def test_early_and_late_are_marked_alike(self, off_us: int) -> None:
        early, late = (
            answered(BY_ID["when"], onset_answer(300_000_000 + sign * off_us)) for sign in (-1, 1)
        )
        assert (early.mark, early.within) == (late.mark, late.within)
        assert (early.lag_us, late.lag_us) == (-off_us, off_us)

    @pytest.mark.parametrize("hit_us", HITS_US, ids=lambda hit_us: f"{hit_us / 1e6:g} s")
    def test_the_very_edge_of_a_tolerance_is_inside_and_a_microsecond_more_is_not(
        self, hit_us: int
    ) -> None:
        place = HITS_US.index(hit_us)
        on = answered(BY_ID["when"], onset_answer(300_000_000 + hit_us))
        off = answered(BY_ID["when"], onset_answer(300_000_001 + hit_us))
        assert (on.within[place], off.within[place]) == (True, False)

    @given(st.sampled_from("12345"))
    def test_points_further_off_are_never_marked_better(self, point: str) -> None:
        order = [Mark.RIGHT, Mark.NEAR, Mark.WRONG]
        off = abs(int(point) - 3)
        assert order.index(answered(BY_ID["point"], point).mark) == min(off, 2)

    @few
    @given(st.text(max_size=6).filter(lambda words: words not in ("yes", "no")))
    def test_any_other_word_than_a_choice_is_refused(self, words: str) -> None:
        with pytest.raises(ExerciseError, match="exercise play"):
            answered(BY_ID["play"], words)

    @pytest.mark.parametrize("kind", ["play", "stay"])
    def test_a_choice_has_neither_lag_nor_points(self, kind: str) -> None:
        found = answered(BY_ID[kind], "no")
        assert (found.lag_us, found.within, found.points) == (None, (), None)


class TestThePlan:
    @few
    @given(given_answers())
    def test_every_exercise_stands_once_in_the_order_of_the_file(
        self, entries: tuple[Entry, ...]
    ) -> None:
        found = plan(EXERCISES, entries, PACK)
        assert tuple(one.exercise for one in found) == EXERCISES

    @few
    @given(given_answers())
    def test_what_was_answered_is_due_after_it_and_what_was_not_has_no_day(
        self, entries: tuple[Entry, ...]
    ) -> None:
        for one in plan(EXERCISES, entries, PACK):
            mine = tuple(each for each in entries if each.deed.exercise == one.exercise.id)
            assert one.answers == len(mine)
            assert (one.due_at is None) == (one.last is None) == (not mine)
            if one.due_at is not None:
                assert one.due_at > latest(mine)

    @few
    @given(given_answers())
    def test_mistakes_are_never_more_than_answers(self, entries: tuple[Entry, ...]) -> None:
        for one in plan(EXERCISES, entries, PACK):
            assert 0 <= one.wrong <= one.answers

    @few
    @given(given_answers())
    def test_the_logbook_alone_gives_the_same_plan_each_time(
        self, entries: tuple[Entry, ...]
    ) -> None:
        assert plan(EXERCISES, entries, PACK) == plan(EXERCISES, iter(entries), PACK)

    @few
    @given(given_answers())
    def test_answers_to_one_exercise_do_not_move_another(self, entries: tuple[Entry, ...]) -> None:
        before = plan(EXERCISES, entries, PACK)[0]
        further = entry(99, latest(entries) + timedelta(days=1), "point", "1")
        assert plan(EXERCISES, (*entries, further), PACK)[0] == before

    @few
    @given(given_answers())
    def test_exercises_of_a_case_that_is_closed_again_change_no_other(
        self, entries: tuple[Entry, ...]
    ) -> None:
        def dues(exercises: tuple[Exercise, ...]) -> dict[str, datetime | None]:
            return {one.exercise.id: one.due_at for one in plan(exercises, entries, PACK)}

        every = dues(EXERCISES)
        assert dues(EXERCISES[:2]) == {which: every[which] for which in ("play", "stay")}

    def test_a_logbook_of_five_thousand_answers_is_planned(self) -> None:
        entries = tuple(
            entry(
                n,
                START + timedelta(minutes=n),
                EXERCISES[n % 4].id,
                ("yes", "no", "3", "300")[n % 4],
            )
            for n in range(5_000)
        )
        found = plan(EXERCISES, entries, PACK)
        assert [one.answers for one in found] == [1_250] * 4
        assert [one.wrong for one in found] == [0] * 4

    def test_without_exercises_there_is_nothing_to_plan(self) -> None:
        some = (entry(1, START, "play", "yes"),)
        assert plan((), some, PACK) == ()
        assert progress((), some, PACK) == ()


class TestWhatIsDue:
    @few
    @given(given_answers(), st.integers(0, 60), st.integers(0, 6))
    def test_overdue_ones_come_first_by_their_day_then_so_many_new_ones(
        self, entries: tuple[Entry, ...], days: int, new: int
    ) -> None:
        moment = START + timedelta(days=days)
        found = due(plan(EXERCISES, entries, PACK), moment, new=new)
        waiting = [one.due_at for one in found if one.due_at is not None]
        fresh = [one for one in found if one.due_at is None]
        assert waiting == sorted(waiting)
        assert all(one <= moment for one in waiting)
        assert len(fresh) <= new
        assert found == (*found[: len(waiting)], *fresh)

    @few
    @given(given_answers())
    def test_nothing_is_asked_twice_in_a_sitting(self, entries: tuple[Entry, ...]) -> None:
        found = due(plan(EXERCISES, entries, PACK), START + timedelta(days=900))
        assert len({one.exercise.id for one in found}) == len(found) == len(EXERCISES)

    def test_at_the_very_moment_it_is_due(self) -> None:
        (one, *_rest) = plan(EXERCISES, (entry(1, START, "play", "no"),), PACK)
        assert one.due_at is not None
        before = one.due_at - timedelta(microseconds=1)
        assert due((one,), one.due_at, new=0) == (one,)
        assert due((one,), before, new=0) == ()


class TestShares:
    @few
    @given(given_answers())
    def test_each_share_has_its_n_and_lies_in_its_interval(
        self, entries: tuple[Entry, ...]
    ) -> None:
        for one in progress(EXERCISES, entries, PACK):
            for estimate in (one.first, one.retained, *one.within):
                assert estimate.is_defined == (estimate.n > 0)
                if estimate.value is not None:
                    assert estimate.low is not None
                    assert estimate.high is not None
                    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1

    @few
    @given(given_answers())
    def test_the_first_sight_counts_each_exercise_once(self, entries: tuple[Entry, ...]) -> None:
        seen = {one.deed.exercise for one in entries}
        found = progress(EXERCISES, entries, PACK)
        assert sum(one.first.n for one in found) == len(seen)

    @pytest.mark.parametrize(
        ("apart", "n"),
        [(LATER, 1), (LATER - timedelta(microseconds=1), 0)],
        ids=["half a day later", "a moment sooner"],
    )
    def test_remembering_begins_half_a_day_after(self, apart: timedelta, n: int) -> None:
        twice = (entry(1, START, "play", "yes"), entry(2, START + apart, "play", "yes"))
        assert retained(twice) == n

    def test_an_answer_in_between_begins_the_half_day_anew(self) -> None:
        hours = (0, 7, 14)
        thrice = tuple(
            entry(n, START + timedelta(hours=hour), "play", "yes")
            for n, hour in enumerate(hours, 1)
        )
        assert retained(thrice) == 0

    def test_only_onsets_have_a_lag(self) -> None:
        some = (entry(1, START, "play", "yes"), entry(2, START, "when", "301"))
        lags = {one.kind: one.lag.value for one in progress(EXERCISES, some, PACK)}
        assert lags == {
            ExerciseKind.SCALE_POINT: None,
            ExerciseKind.AVOIDANCE_OR_PLAY: None,
            ExerciseKind.RESISTANCE_OR_STAY: None,
            ExerciseKind.ONSET: 1_000_000,
        }

    def test_a_time_of_another_zone_is_the_same_moment(self) -> None:
        there = Entry(
            seq=1,
            at_utc="2026-05-01T11:00:00+02:00",
            deed=entry(1, START, "play", "yes").deed,
        )
        here = entry(1, START, "play", "yes")
        assert plan(EXERCISES, (there,), PACK) == plan(EXERCISES, (here,), PACK)
