"""Laws of the interval sheet: following changes is counting anew, and two counts agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.measures import MeasureKind, RestRule
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.editing.change import event_order
from ssp_coder.rules.interval_sheet import episode_sheets, measured_persons
from ssp_coder.rules.interval_tally import Blank, IntervalTally
from ssp_coder.rules.intervals import interval_count, interval_edges, intervals_touched
from tests.builders import INFANT, infant_scheme, with_episodes

SCHEME = infant_scheme()
PERSONS = measured_persons(SCHEME)
EPISODES = [plan.id for plan in SCHEME.procedure.episodes]
CODES = (
    *("play_explore.locomotion", "distress.cry", "distress.none", "gaze.to_c", "gaze.uncodable"),
    *("affect.smile", "procedure.view_lost", "contact.held_by_c", "seeking.reach"),
)
BASE = with_episodes()


@st.composite
def events(draw: st.DrawFn, most: int = 12) -> tuple[Event, ...]:
    found = []
    for number in range(draw(st.integers(0, most))):
        code = CodeId(draw(st.sampled_from(CODES)))
        start = draw(st.integers(0, 1350 * SECOND_US))
        point = SCHEME.ethogram.code(code).kind == "point"
        length = draw(st.one_of(st.none(), st.integers(1, 300 * SECOND_US)))
        end = start if point else None if length is None else start + length
        person = "experimenter" if code.startswith("procedure") else INFANT
        found.append(
            Event(
                id=EventId(number + 1),
                code=code,
                subject=SubjectId(person),
                start_us=Micros(start),
                end_us=None if end is None else Micros(end),
            )
        )
    return tuple(sorted(found, key=event_order))


def everything(tally: IntervalTally) -> Iterator[object]:
    for episode in EPISODES:
        if tally.cut(episode) is not None:
            for person in PERSONS:
                yield tally.cells(episode, person), tally.hidden(episode, person)


def with_events(found: tuple[Event, ...]) -> Coding:
    return replace(BASE, events=found)


@given(events(), st.data())
def test_following_changes_is_counting_anew(all_events: tuple[Event, ...], data: st.DataObject):
    kept = tuple(event for event in all_events if data.draw(st.booleans()))
    tally = IntervalTally(with_events(all_events), SCHEME, PERSONS)
    list(everything(tally))
    gone = tuple(event for event in all_events if event not in kept)
    tally.follow(gone, ())
    assert list(everything(tally)) == list(
        everything(IntervalTally(with_events(kept), SCHEME, PERSONS))
    )
    tally.follow((), gone)
    assert list(everything(tally)) == list(
        everything(IntervalTally(with_events(all_events), SCHEME, PERSONS))
    )


@given(events(), events(3))
def test_only_rows_that_are_named_change(before: tuple[Event, ...], added: tuple[Event, ...]):
    added = tuple(replace(event, id=EventId(event.id + 100)) for event in added)
    tally = IntervalTally(with_events(before), SCHEME, PERSONS)
    old = {(e, p): tally.cells(e, p) for e in EPISODES for p in PERSONS}
    named = tally.follow((), added)
    for (episode, person), cells in old.items():
        if PERSONS.index(person) not in named:
            assert tally.cells(episode, person) == cells


@given(events())
def test_the_rule_tables_count_and_the_sheet_agree_where_nothing_is_hidden(
    found: tuple[Event, ...],
):
    clear = tuple(event for event in found if not SCHEME.ethogram.code(event.code).unseen)
    value = with_events(clear)
    for sheet in episode_sheets(value, SCHEME):
        span = Span(start_us=Micros(sheet.edges[0]), end_us=Micros(sheet.edges[-1]))
        for row in sheet.rows:
            if row.measure.kind is MeasureKind.INTERVAL and row.raw is not None:
                counted = interval_count(clear, span, row.measure.codes, sheet.interval_us)
                assert (row.raw, row.prorated) == (counted.raw, counted.prorated)


@given(events())
def test_every_act_is_counted_once_in_the_session(found: tuple[Event, ...]):
    smiles = [event for event in found if event.code == "affect.smile"]
    inside = [event for event in smiles if event.start_us < 1290 * SECOND_US]
    rows = [
        row
        for sheet in episode_sheets(with_events(found), SCHEME)
        for row in sheet.rows
        if row.measure.id == "smiling"
    ]
    counted = sum(cell for row in rows for cell in row.cells if not isinstance(cell, Blank))
    assert counted == len(inside)


@given(
    st.integers(0, 10**9),
    st.integers(0, 400 * SECOND_US),
    st.integers(SECOND_US, 60 * SECOND_US),
    st.sampled_from(RestRule),
)
def test_intervals_tile_the_episode(start: int, length: int, interval: int, rest: RestRule):
    span = Span(start_us=Micros(start), end_us=Micros(start + length))
    edges = interval_edges(span, interval, rest)
    steps = [right - left for left, right in pairwise(edges)]
    assert edges[0] == start
    assert all(step == interval for step in steps[:-1])
    assert all(step > 0 for step in steps)
    if rest is RestRule.DROP:
        assert 0 <= span.end_us - edges[-1] < interval
    else:
        assert edges[-1] == span.end_us
        assert all(step < 2 * interval for step in steps)


@given(events(), st.sampled_from(RestRule))
def test_an_event_touches_what_it_shares_time_with(found: tuple[Event, ...], rest: RestRule):
    span = Span(start_us=Micros(570 * SECOND_US), end_us=Micros(752 * SECOND_US))
    edges = interval_edges(span, 15 * SECOND_US, rest)
    for event in found:
        end = edges[-1] if event.end_us is None else max(event.end_us, event.start_us + 1)
        shared = [
            place
            for place, (left, right) in enumerate(pairwise(edges))
            if event.start_us < right and left < end
        ]
        assert list(intervals_touched(event, edges, 15 * SECOND_US)) == shared
