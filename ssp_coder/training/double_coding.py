"""Which sessions are coded twice, and by whom: drawn by chance, spread evenly, pairs rotated.

Project defaults: a wave is a block; in each block the share is taken from every coder's sessions at
every site by largest remainders, and every coder has at least one. The second coder of a coder's
first drawn session is the next in a ring that is shuffled for each block, of the second session the
one after that, and so on: with three coders or more everybody is paired with two others at least.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.naming import LONGEST_ID, id_concern
from ssp_coder.training.errors import TrainingError, fault

USUAL_SHARE = Fraction(1, 5)
"""Of the sessions, those that are coded twice. Project default."""
FEWEST_PARTNERS = 2
"""So many others each coder is paired with in a block: two who always share drift together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """A session that is to be coded.

    Attributes:
        coder: who codes it in any case.
        wave: of the study; empty when there is one only.
        site: where it was filmed; empty when there is one only.
    """

    session: str
    coder: str
    wave: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCoding:
    """A session that is coded twice, and who is the second."""

    planned: PlannedSession
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleCoding:
    """Who codes what.

    Attributes:
        sessions: all of them, by id.
        twice: those that are coded twice, by id; for the one who leads the study only.
        share: what was asked for.
        seed: the same sessions, share and seed lead to the same plan.
        findings: what could not be had, such as two partners among two coders.
    """

    sessions: tuple[PlannedSession, ...]
    twice: tuple[SecondCoding, ...]
    share: Fraction
    seed: int
    findings: tuple[Finding, ...] = ()

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody, by id."""
        return tuple(sorted({one.coder for one in self.sessions}))

    def partners(self, wave: str) -> dict[str, frozenset[str]]:
        """With whom each coder of a wave shares a session."""
        found: dict[str, set[str]] = {one.coder: set() for one in self.sessions if one.wave == wave}
        for one in self.twice:
            if one.planned.wave == wave:
                found[one.planned.coder].add(one.second)
                found[one.second].add(one.planned.coder)
        return {coder: frozenset(others) for coder, others in found.items()}

    def work_of(self, coder: str) -> tuple[PlannedSession, ...]:
        """What a coder codes, wave by wave in an order that does not tell what is coded twice."""
        own = [one for one in self.sessions if one.coder == coder]
        own += [one.planned for one in self.twice if one.second == coder]
        chance = _chance(self.seed, f"work|{coder}")
        chance.shuffle(own)
        return tuple(sorted(own, key=lambda one: one.wave))


def plan_double_coding(
    sessions: Sequence[PlannedSession], *, share: Fraction = USUAL_SHARE, seed: int = 1
) -> DoubleCoding:
    """Draw the sessions that are coded twice and give each a second coder.

    Args:
        sessions: in any order, which does not matter.
        share: of the sessions of each wave, above 0 and up to 1; rounded up.
        seed: any whole number; whoever knows it can work out the plan.

    Raises:
        TrainingError: an id cannot be used, a session is there twice, the share is none, or a
            wave has a single coder; every fault is in ``findings``.
    """
    faults = tuple(_faults(sessions, share))
    if faults:
        raise TrainingError(*faults)
    ordered = tuple(sorted(sessions, key=lambda one: one.session))
    twice: list[SecondCoding] = []
    notes: list[Finding] = []
    for wave in sorted({one.wave for one in ordered}):
        block = tuple(one for one in ordered if one.wave == wave)
        twice += _paired(block, share, _chance(seed, f"wave|{wave}"))
        if len({one.coder for one in block}) <= FEWEST_PARTNERS:
            notes.append(_too_few_to_rotate(wave))
    return DoubleCoding(
        sessions=ordered,
        twice=tuple(sorted(twice, key=lambda one: one.planned.session)),
        share=share,
        seed=seed,
        findings=tuple(notes),
    )


def _chance(seed: int, what: str) -> random.Random:
    """Chance that can be repeated; it is drawn from the seed, which is what stays secret."""
    return random.Random(f"{seed}|{what}")  # noqa: S311 - a plan has to be repeatable


def _faults(sessions: Sequence[PlannedSession], share: Fraction) -> Iterator[Finding]:
    if not sessions:
        yield fault("no_sessions", "the plan", "there are no sessions", "list at least two coders'")
    if not 0 < share <= 1:
        yield fault(
            "share", "the plan", f"{float(share):g} is no share", "give more than 0 and up to 1"
        )
    for one in sessions:
        for what, name in (("session", one.session), ("coder", one.coder)):
            if id_concern(name).forbids:
                yield fault(
                    "plan_id",
                    f"session {one.session}",
                    f"{name!r} cannot be the id of a {what}",
                    f"use up to {LONGEST_ID} letters a to z, digits, '.', '_' and '-'",
                )
    for session, times in Counter(one.session for one in sessions).items():
        if times > 1:
            yield fault(
                "same_session",
                f"session {session}",
                f"it is listed {times} times",
                "list each session once, with the one who codes it in any case",
            )
    yield from _faults_of_coders(sessions)


def _faults_of_coders(sessions: Sequence[PlannedSession]) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for coder in sorted({one.coder for one in sessions}):
        other = names.setdefault(coder.casefold(), coder)
        if other != coder:
            # Some disks take large and small letters for the same, and each coder gets a file.
            yield fault(
                "same_coder", f"coder {coder}", f"another is called {other}", "use one spelling"
            )
    for wave in sorted({one.wave for one in sessions}):
        coders = {one.coder for one in sessions if one.wave == wave}
        if len(coders) == 1:
            yield fault(
                "single_coder",
                f"wave {wave}" if wave else "the plan",
                f"{min(coders)} is the only coder",
                "name a second coder: nobody is reliable alone",
            )


def _too_few_to_rotate(wave: str) -> Finding:
    return Finding(
        code="training.no_rotation",
        message="there are two coders only, so that the same two are always paired",
        place=f"wave {wave}" if wave else "the plan",
        remedy="add a third coder, or check both against an expert: pairs drift together",
        severity=Severity.WARNING,
    )


def _paired(
    block: tuple[PlannedSession, ...], share: Fraction, chance: random.Random
) -> Iterator[SecondCoding]:
    ring = sorted({one.coder for one in block})
    chance.shuffle(ring)
    drawn = _drawn(block, share, chance)
    for place, coder in enumerate(ring):
        own = [one for one in drawn if one.coder == coder]
        chance.shuffle(own)
        for number, planned in enumerate(own):
            further = 1 + number % (len(ring) - 1)
            yield SecondCoding(planned=planned, second=ring[(place + further) % len(ring)])


def _drawn(
    block: tuple[PlannedSession, ...], share: Fraction, chance: random.Random
) -> list[PlannedSession]:
    strata: dict[tuple[str, str], list[PlannedSession]] = {}
    for one in block:
        strata.setdefault((one.coder, one.site), []).append(one)
    counts = _counts({key: len(own) for key, own in strata.items()}, share, chance)
    return [one for key in sorted(strata) for one in chance.sample(strata[key], counts[key])]


def _counts(
    sizes: dict[tuple[str, str], int], share: Fraction, chance: random.Random
) -> dict[tuple[str, str], int]:
    """How many of each coder's sessions at each site: largest remainders, one a coder at least."""
    keys = sorted(sizes)
    chance.shuffle(keys)  # decides between equal remainders
    counts = {key: math.floor(share * sizes[key]) for key in keys}
    missing = math.ceil(share * sum(sizes.values())) - sum(counts.values())
    by_remainder = sorted(keys, key=lambda key: counts[key] - share * sizes[key])
    for key in by_remainder[:missing]:
        counts[key] += 1
    for coder in sorted({coder for coder, _site in keys}):
        own = [key for key in keys if key[0] == coder]
        if not any(counts[key] for key in own):
            counts[max(own, key=lambda key: sizes[key])] = 1
    return counts
