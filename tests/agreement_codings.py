"""Two codings of one session that differ as two coders do, drawn with a seed."""

from __future__ import annotations

import numpy as np

from ssp_coder.domain.coding import Coding, EpisodeMark, Event, EventId, SessionEnd
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import SECOND_US, Micros
from tests.builders import STANDARD_STARTS, coding, infant_scheme

LENGTH_US = 1_290 * SECOND_US
MISSED, MISTAKEN = 0.1, 0.1
JITTER_S = 0.4

Rows = list[tuple[int, int, int]]
"""Start, exclusive end and code of each event."""


def jittered_bouts(count: int, length_us: int, *, codes: int, seed: int = 1) -> tuple[Rows, Rows]:
    """States of one exclusive group that follow each other, and the same seen by another coder."""
    random = np.random.default_rng(seed)
    edges = np.unique(random.integers(0, length_us, count + 1))
    names = random.integers(0, codes, len(edges) - 1)
    seen = np.unique(np.clip(edges + jitter(random, len(edges)), 0, length_us))
    other = names[np.minimum(np.searchsorted(edges, seen[:-1]), len(names) - 1)]
    swapped = random.random(len(other)) < MISTAKEN
    other = np.where(swapped, random.integers(0, codes, len(other)), other)
    return rows(edges, names), rows(seen, other)


def jitter(random: np.random.Generator, count: int) -> np.ndarray:
    return (random.normal(0, JITTER_S, count) * SECOND_US).astype(np.int64)


def rows(edges: np.ndarray, codes: np.ndarray) -> Rows:
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), codes.tolist(), strict=True))


def coded_twice(count: int, *, length_us: int = LENGTH_US, seed: int = 1) -> tuple[Coding, Coding]:
    """About as many events each, over all groups of the usual scheme, with its episodes."""
    random = np.random.default_rng(seed)
    lanes = [(one, person) for one in infant_scheme().ethogram.groups for person in one.subjects]
    each = max(1, count // len(lanes))
    first: list[Event] = []
    second: list[Event] = []
    for group, person in lanes:
        states = [one for one in group.codes if one.kind is CodeKind.STATE and not one.unseen]
        points = [one for one in group.codes if one.kind is CodeKind.POINT]
        lasting = 0 if not states else each // 3 if points else each
        drawn = (
            ((), ())
            if not lasting
            else jittered_bouts(
                lasting, length_us, codes=len(states), seed=int(random.integers(1_000_000))
            )
        )
        for made, rows_of in zip((first, second), drawn, strict=True):
            made += [event(states[code].id, person, on, off) for on, off, code in rows_of]
        if points:
            seen, heard = jittered_points(random, each - lasting, length_us)
            names = random.integers(0, len(points), each)
            first += [event(points[names[n]].id, person, at, at) for n, at in seen]
            second += [event(points[names[n]].id, person, at, at) for n, at in heard]
    return session_of(first, length_us, "c01"), session_of(second, length_us, "c02")


def jittered_points(
    random: np.random.Generator, count: int, length_us: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Numbered moments, and the same as another coder has them, without some."""
    at = np.sort(random.integers(0, length_us, count))
    heard = np.clip(at + jitter(random, count), 0, length_us - 1)
    kept = random.random(count) > MISSED
    return (
        list(enumerate(at.tolist())),
        [(n, time) for n, time in enumerate(heard.tolist()) if kept[n]],
    )


def event(code: str, subject: str, start: int, end: int) -> Event:
    return Event(
        id=EventId(0), code=code, subject=subject, start_us=Micros(start), end_us=Micros(end)
    )


def session_of(events: list[Event], length_us: int, coder: str) -> Coding:
    """A coding of these events with all episodes, spread over its length."""
    ordered = sorted(events, key=lambda one: (one.start_us, one.code))
    numbered = tuple(
        Event(
            id=EventId(number),
            code=one.code,
            subject=one.subject,
            start_us=one.start_us,
            end_us=one.end_us,
        )
        for number, one in enumerate(ordered, 1)
    )
    plans = infant_scheme().procedure.episodes
    share = length_us / LENGTH_US
    return coding(
        coder=coder,
        events=numbered,
        episodes=tuple(
            EpisodeMark(episode=plan.id, start_us=Micros(int(at * share) * SECOND_US))
            for plan, at in zip(plans, STANDARD_STARTS, strict=True)
        ),
        session_end=SessionEnd(at_us=Micros(length_us)),
    )
