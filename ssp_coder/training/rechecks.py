"""A trainer's plan of re-checks: by chance within known bounds, and told to nobody.

Announced checks inflate agreement (agreement reference, 10). The day is drawn within each stretch
of days and the order of the cases by a seed, so that the trainer can draw the plan once more and a
coder cannot foresee it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ssp_coder.training.deeds import RecheckScheduled
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Pack, Stage
from ssp_coder.training.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckWish:
    """How re-checks are spread.

    Attributes:
        first: the first day on which one may be due.
        every_days: one is due within each stretch of so many days.
        each: so many for each coder, as far as there are cases.
        seed: the same seed draws the same plan.
    """

    first: date
    every_days: int
    each: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Somebody to be re-checked.

    Attributes:
        cases: ids of cases that this coder has neither coded nor been given yet.
    """

    trainee: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRecheck:
    """One re-check of a plan.

    Attributes:
        due_on: ``2026-05-17``.
    """

    trainee: str
    case: str
    due_on: str


def free_cases(programme: Programme) -> tuple[str, ...]:
    """Cases of the upkeep that were neither scheduled nor handed out nor coded."""
    scheduled = {one.case for one in programme.due}
    return tuple(
        one.case.id
        for one in programme.standings
        if one.case.stage is Stage.UPKEEP
        and one.hidden
        and not one.attempts
        and one.case.id not in scheduled
    )


def plan_rechecks(coders: Iterable[Coder], wish: RecheckWish) -> tuple[PlannedRecheck, ...]:
    """The plan of a seed, by coder and day; another coder more changes nobody else's.

    Raises:
        ValueError: there is no day or no re-check to draw from.
    """
    if wish.every_days < 1 or wish.each < 1:
        raise ValueError(
            f"{wish.each} re-checks within {wish.every_days} days; give 1 or more of each"
        )
    found = []
    for coder in sorted(coders, key=lambda one: one.trainee):
        chance = random.Random(f"{wish.seed} {coder.trainee}")  # noqa: S311 - a plan, no secret
        cases = chance.sample(coder.cases, k=min(wish.each, len(coder.cases)))
        for number, case in enumerate(cases):
            offset = number * wish.every_days + chance.randrange(wish.every_days)
            day = wish.first + timedelta(days=offset)
            found.append(PlannedRecheck(trainee=coder.trainee, case=case, due_on=day.isoformat()))
    return tuple(found)


def write_plan(path: Path, pack: Pack, planned: Iterable[PlannedRecheck]) -> int:
    """Write the re-checks of one coder into the logbook; what is there already stays as it is.

    Args:
        path: the coder's logbook.
        pack: whose cases they are.
        planned: of any coders; only those of this logbook's are written.

    Returns:
        How many were written.

    Raises:
        InUseError: the logbook is open elsewhere.
        StorageError: it was altered, or cannot be written.
    """
    with Logbook.open(path) as book:
        there = {entry.deed for entry in book.entries}
        wanted = dict.fromkeys(
            RecheckScheduled(pack=pack.id, case=one.case, due_on=one.due_on)
            for one in planned
            if one.trainee == book.who
        )
        new = [deed for deed in wanted if deed not in there]
        for deed in new:
            book.append(deed)
    return len(new)
