"""Re-checks are drawn by a seed within known bounds, and written down once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.storage.errors import StorageError
from ssp_coder.training.deeds import Certified, RecheckScheduled
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.rechecks import (
    Coder,
    PlannedRecheck,
    RecheckWish,
    free_cases,
    plan_rechecks,
    write_plan,
)
from ssp_coder.training.serving import hand_out
from tests.unit.training.training_files import TRAINEE

FIRST = date(2026, 6, 1)
CASES = tuple(f"u{number}" for number in range(8))


def wish(**fields: int) -> RecheckWish:
    return RecheckWish(**({"first": FIRST, "every_days": 14, "each": 3, "seed": 7} | fields))


def test_the_same_seed_draws_the_same_plan():
    coders = [Coder(trainee="a", cases=CASES), Coder(trainee="b", cases=CASES)]
    assert plan_rechecks(coders, wish()) == plan_rechecks(reversed(coders), wish())


def test_another_seed_draws_another():
    coders = [Coder(trainee="a", cases=CASES)]
    plans = {plan_rechecks(coders, wish(seed=seed)) for seed in range(20)}
    assert len(plans) > 15


def test_one_coder_more_changes_nobody_elses_days():
    one = plan_rechecks([Coder(trainee="b", cases=CASES)], wish())
    both = plan_rechecks([Coder(trainee=name, cases=CASES) for name in "ab"], wish())
    assert [each for each in both if each.trainee == "b"] == list(one)


@given(seed=st.integers(0, 10**6), every=st.integers(1, 90), each=st.integers(1, 8))
def test_one_is_due_within_each_stretch_and_no_case_comes_twice(seed, every, each):
    plan = plan_rechecks(
        [Coder(trainee="a", cases=CASES)], wish(seed=seed, every_days=every, each=each)
    )
    assert len({one.case for one in plan}) == each
    for number, one in enumerate(plan):
        offset = date.fromisoformat(one.due_on) - FIRST
        assert timedelta(days=number * every) <= offset < timedelta(days=(number + 1) * every)


def test_nobody_gets_more_than_there_are_cases():
    assert len(plan_rechecks([Coder(trainee="a", cases=("u1",))], wish())) == 1


@pytest.mark.parametrize("wrong", [{"every_days": 0}, {"each": 0}])
def test_a_plan_of_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="give 1 or more"):
        plan_rechecks([], wish(**wrong))


def planned(case: str = "c07", due: str = "2026-06-05", who: str = TRAINEE) -> PlannedRecheck:
    return PlannedRecheck(trainee=who, case=case, due_on=due)


def test_a_case_that_is_scheduled_is_free_no_more(anna):
    assert free_cases(anna.programme) == ("c07",)
    anna.logbook.append(RecheckScheduled(pack=anna.pack.id, case="c07", due_on="2026-06-05"))
    assert free_cases(anna.programme) == ()


def test_a_case_that_was_handed_out_is_free_no_more(anna):
    anna.practise()
    anna.logbook.append(
        Certified(pack=anna.pack.id, version=anna.pack.version, rule="some_rule", figures="{}")
    )
    anna.logbook.append(RecheckScheduled(pack=anna.pack.id, case="c07", due_on="2026-06-05"))
    assert hand_out(anna.logbook, anna.pack, "2026-06-06")
    assert free_cases(anna.programme) == ()


def test_a_plan_stands_in_the_logbook_of_its_coder_and_is_not_shown(anna):
    path = anna.logbook.path
    anna.logbook.close()
    assert write_plan(path, anna.pack, (planned(), planned(who="somebody.else"))) == 1
    with Logbook.open(path) as book:
        anna.logbook = book
        assert [one.case for one in anna.programme.due] == ["c07"]
        assert "c07" not in {one.case.id for one in anna.programme.shown}


def test_a_plan_is_written_once(anna):
    path = anna.logbook.path
    anna.logbook.close()
    assert [write_plan(path, anna.pack, (planned(),)) for _ in range(2)] == [1, 0]
    scheduled = [e for e in read_logbook(path).entries if isinstance(e.deed, RecheckScheduled)]
    assert len(scheduled) == 1


def test_a_logbook_that_is_open_elsewhere_is_left_alone(anna):
    with pytest.raises(StorageError, match=TRAINEE):
        write_plan(anna.logbook.path, anna.pack, (planned(),))
