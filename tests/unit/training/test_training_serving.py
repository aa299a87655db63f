"""A re-check is handed out on its day, to a certified coder, once."""

from __future__ import annotations

import pytest

from ssp_coder.training.deeds import Certified, RecheckScheduled, RecheckServed
from ssp_coder.training.programme import CaseState
from ssp_coder.training.serving import hand_out

DAY = "2026-06-10"


@pytest.fixture
def certified(anna):
    anna.practise()
    anna.do("c04", "c05")
    anna.logbook.append(
        Certified(pack=anna.pack.id, version=anna.pack.version, rule="r", figures="{}")
    )
    return anna


def schedule(trainee, day=DAY):
    trainee.logbook.append(RecheckScheduled(pack=trainee.pack.id, case="c07", due_on=day))


def test_on_its_day_a_recheck_becomes_a_case_like_any_other(certified):
    schedule(certified)
    assert hand_out(certified.logbook, certified.pack, DAY) == (
        RecheckServed(pack=certified.pack.id, case="c07"),
    )
    standing = certified.programme.standing("c07")
    assert (standing.hidden, standing.state) == (False, CaseState.READY)


def test_before_its_day_nothing_is_handed_out(certified):
    schedule(certified)
    assert hand_out(certified.logbook, certified.pack, "2026-06-09") == ()
    assert certified.programme.standing("c07").hidden


def test_a_recheck_that_was_missed_is_handed_out_later(certified):
    schedule(certified)
    assert len(hand_out(certified.logbook, certified.pack, "2026-08-01")) == 1


def test_handing_out_twice_is_harmless(certified):
    schedule(certified)
    hand_out(certified.logbook, certified.pack, DAY)
    before = certified.logbook.entries
    assert hand_out(certified.logbook, certified.pack, DAY) == ()
    assert certified.logbook.entries == before


def test_who_is_not_certified_gets_none(anna):
    schedule(anna)
    assert hand_out(anna.logbook, anna.pack, DAY) == ()
    assert anna.programme.standing("c07").hidden
