"""Laws of two codings in review: everything that differs is listed once, and cells add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import DifferenceKind
from ssp_coder.agreement.confusion import confusion
from ssp_coder.agreement.disagreement import DisagreementKind, disagreements, event_key
from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.ui.pairs.frames import frames_of
from ssp_coder.ui.pairs.items import ItemOrder, sorted_items
from ssp_coder.ui.pairs.making import items_of_disagreements
from tests.builders import INFANT, coding, infant_scheme

SCHEME = infant_scheme()
CODES = [
    code for group in SCHEME.ethogram.groups if INFANT in group.subjects for code in group.codes
]
TURNED = {
    DisagreementKind.MISSED: DisagreementKind.EXTRA,
    DisagreementKind.EXTRA: DisagreementKind.MISSED,
}

whole_seconds = st.integers(0, 60)


@st.composite
def events(draw: st.DrawFn) -> tuple[Event, ...]:
    drawn = draw(st.lists(st.tuples(whole_seconds, st.sampled_from(CODES)), max_size=12))
    made = []
    for number, (at, code) in enumerate(sorted(drawn, key=lambda one: one[0]), start=1):
        start = Micros(at * SECOND_US)
        length = draw(st.integers(1, 9)) if code.kind is CodeKind.STATE else 0
        made.append(
            Event(
                id=EventId(number),
                code=code.id,
                subject=INFANT,
                start_us=start,
                end_us=Micros(start + length * SECOND_US),
            )
        )
    return tuple(made)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Coding, Coding]:
    own, reference = draw(events()), draw(events())
    return replace(coding(), events=own), replace(coding(coder="c02"), events=reference)


def found(own: Coding, reference: Coding):
    return disagreements(compare(own, reference, SCHEME), SCHEME)


@given(pairs())
def test_every_row_that_differs_is_listed_once_and_no_other(pair: tuple[Coding, Coding]) -> None:
    rows = compare(*pair, SCHEME).rows
    wanted = [
        event_key(row) for row in rows if row.kind is not DifferenceKind.MATCH or row.ends_apart
    ]
    assert sorted(one.key for one in found(*pair)) == sorted(wanted)
    assert len(set(wanted)) == len(wanted)


@given(pairs())
def test_a_coding_does_not_differ_from_itself(pair: tuple[Coding, Coding]) -> None:
    assert found(pair[0], pair[0]) == ()


@given(pairs())
def test_the_cells_of_a_pair_hold_every_row_just_once(pair: tuple[Coding, Coding]) -> None:
    rows = compare(*pair, SCHEME).rows
    cells = confusion(rows, SCHEME)
    held = Counter(event_key(row) for cell in cells for row in cell.rows)
    assert held == Counter(event_key(row) for row in rows)
    places = [(cell.subject, cell.group, cell.reference, cell.own) for cell in cells]
    assert len(set(places)) == len(places)


@given(pairs())
def test_margins_of_the_cells_are_the_events_of_each_coding(pair: tuple[Coding, Coding]) -> None:
    own, reference = pair
    cells = confusion(compare(own, reference, SCHEME).rows, SCHEME)
    down = Counter({cell.reference: 0 for cell in cells})
    across = Counter({cell.own: 0 for cell in cells})
    for cell in cells:
        down[cell.reference] += cell.count
        across[cell.own] += cell.count
    del down[""], across[""]
    assert down == Counter(event.code for event in reference.events)
    assert across == Counter(event.code for event in own.events)


@given(pairs())
def test_the_other_way_round_misses_are_extras(pair: tuple[Coding, Coding]) -> None:
    there = Counter(one.kind for one in found(*pair))
    back = Counter(one.kind for one in found(*reversed(pair)))
    for kind, other in TURNED.items():
        assert there[kind] == back[other]


@given(pairs(), st.sampled_from(list(ItemOrder)))
def test_no_order_loses_or_doubles_an_item(pair: tuple[Coding, Coding], order: ItemOrder) -> None:
    items = items_of_disagreements(found(*pair), SCHEME)
    assert Counter(one.id for one in sorted_items(items, order)) == Counter(one.id for one in items)


@given(pairs())
def test_every_item_has_words_a_moment_and_a_stretch_about_it(pair: tuple[Coding, Coding]) -> None:
    for item in items_of_disagreements(found(*pair), SCHEME):
        assert item.own
        assert item.reference
        assert item.at_us is not None
        assert item.loop is not None
        assert item.loop.start_us <= item.at_us < item.loop.end_us


@given(pairs(), whole_seconds, whole_seconds)
def test_frames_in_view_are_those_that_touch_it(
    pair: tuple[Coding, Coding], one: int, other: int
) -> None:
    frames = frames_of(items_of_disagreements(found(*pair), SCHEME), SCHEME)
    start, end = sorted((one * SECOND_US, other * SECOND_US))
    everything = frames.seen(0, 10_000 * SECOND_US)
    wanted = [frame for frame in everything if frame.start_us <= end and frame.end_us >= start]
    assert list(frames.seen(start, end)) == wanted
    assert len(everything) == len(frames)
