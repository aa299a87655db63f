"""Made sessions of two or more coders, who differ as a seeded draw says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Protocol
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.coding import Classification, Coding, CodingRole, Event, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.domain.time import Micros
from tests.builders import INFANT, STANDARD_END, s, with_episodes

QUICK = replace(USUAL_PROTOCOL, resamples=200)
HELD = ("contact.not_held", "contact.held_by_c", "contact.held_by_s")
_EMPTY = with_episodes()


def event(number: int, code: str, start_us: int, end_us: int) -> Event:
    return Event(
        id=EventId(number),
        code=CodeId(code),
        subject=SubjectId(INFANT),
        start_us=Micros(start_us),
        end_us=Micros(end_us),
    )


def states(seed: int, *, slips: float = 0.0) -> tuple[Event, ...]:
    """States of contact every 30 s; a slip takes another code."""
    drawn, slipping = random.Random(seed), random.Random(seed + 1_000)
    found = []
    for number, start in enumerate(range(0, STANDARD_END, 30), start=1):
        code = drawn.choice(HELD)
        if slipping.random() < slips:
            code = slipping.choice(HELD)
        found.append(event(number, code, s(start), s(start + 30)))
    return tuple(found)


def moments(seed: int, *, lag_us: int = 0) -> tuple[Event, ...]:
    drawn = random.Random(seed)
    times = sorted(drawn.sample(range(10, STANDARD_END - 10, 10), 12))
    codes = ("seeking.reach", "seeking.lean")
    return tuple(
        event(100 + place, drawn.choice(codes), s(at) + lag_us, s(at) + lag_us)
        for place, at in enumerate(times)
    )


def coded(session: str, coder: str, events: Sequence[Event] = (), **fields: object) -> Coding:
    """A coding of a session whose episodes are marked."""
    ordered = tuple(sorted(events, key=lambda one: (one.start_us, one.id)))
    return replace(_EMPTY, session=session, coder=coder, events=ordered, **fields)


def rated(**points: float) -> tuple[Rating, ...]:
    return tuple(
        Rating(slot=SlotId(slot), score=Points(float(value)))
        for slot, value in sorted(points.items())
    )


def of_class(primary: str, subgroup: str) -> Classification:
    return Classification(primary=primary, subgroup=subgroup)


def session_pair(number: int, *, slips: float = 0.2, second: str = "c02") -> CodingPair:
    """A session by a reference and a coder who slips, comes late and rates a point too high."""
    name = f"S{number:03}"
    drawn = random.Random(number)
    score = drawn.randint(1, 6)
    group = drawn.choice((("A", "A1"), ("B", "B3"), ("C", "C1")))
    other = group if drawn.random() > slips else ("B", "B1")
    first = coded(
        name,
        "ref",
        (*states(number), *moments(number)),
        role=CodingRole.REFERENCE,
        ratings=rated(avo_c_5=score, res_c_5=score),
        classification=of_class(*group),
    )
    late = coded(
        name,
        second,
        (*states(number, slips=slips), *moments(number, lag_us=s("0.7"))),
        ratings=rated(avo_c_5=score + 1, res_c_5=score),
        classification=of_class(*other),
    )
    return CodingPair(session=name, first=first, second=late)


def study_pairs(count: int, protocol: Protocol = QUICK) -> tuple[CodingPair, ...]:
    assert protocol.resamples
    return tuple(session_pair(number) for number in range(1, count + 1))
