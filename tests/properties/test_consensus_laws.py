"""What holds of a consensus whatever two coders did and whatever is settled, in any order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.agreement.consensus import Draw, answer_of, choices_of, draw
from ssp_coder.agreement.consensus_indices import paired_indices
from ssp_coder.agreement.consensus_lanes import event_content, joined, lane_of
from ssp_coder.domain.coding import Coding, CodingRole, Comment, CommentKind, Event, IndexStrength
from ssp_coder.domain.settlement import Origin, SettledFor
from ssp_coder.domain.time import SECOND_US
from ssp_coder.editing import edits
from ssp_coder.editing.document import Document
from ssp_coder.storage.settlements import Settlements
from tests.builders import INFANT, coding, infant_scheme, s, video
from tests.unit.storage.storage_files import d_index

SCHEME = infant_scheme()
STATES = ("distress.none", "distress.fuss", "distress.cry")
POINTS = ("seeking.reach",)
TOLERANCE = SECOND_US


def state(code: str, start: float, end: float) -> Event:
    return Event(id=0, code=code, subject=INFANT, start_us=s(start), end_us=s(end))


@st.composite
def lanes(draw_one, most: int = 7) -> tuple[Event, ...]:
    """States of one exclusive group that do not overlap, in order of time."""
    edges = sorted(draw_one(st.sets(st.integers(0, 90), min_size=2, max_size=most + 1)))
    codes = draw_one(st.lists(st.sampled_from(STATES), min_size=len(edges), max_size=len(edges)))
    kept = draw_one(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    return tuple(
        state(code, start, end)
        for (start, end), code, keep in zip(pairwise(edges), codes, kept, strict=False)
        if keep
    )


loose = st.lists(
    st.builds(
        lambda code, start, length: state(code, start, start + length),
        st.sampled_from(STATES),
        st.integers(0, 80),
        st.integers(1, 20),
    ),
    max_size=6,
).map(tuple)


@st.composite
def coded(draw_one, who: str) -> Coding:
    moments = draw_one(st.sets(st.integers(0, 90), max_size=3))
    reaches = (
        Event(id=0, code=POINTS[0], subject=INFANT, start_us=s(at), end_us=s(at)) for at in moments
    )
    events = [*draw_one(lanes()), *reaches]
    events.sort(key=lambda event: event.start_us)
    numbered = tuple(replace(event, id=n) for n, event in enumerate(events, start=1))
    return coding(coder=who, events=numbered, next_event=len(numbered) + 1)


pairs = st.tuples(coded("K1"), coded("K2"))


def consensus_of(found: Draw) -> tuple[Document, Settlements]:
    """A consensus that is not kept, begun with what both have alike."""
    origin = Origin(coder="K1", file="K1.sspc", head="0")
    note = Comment(id=0, kind=CommentKind.NOTE, words="drawn", settled=True)
    document = Document(
        coding=Coding(session="S001", coder="K1+K2", role=CodingRole.CONSENSUS, media=(video(),)),
        scheme=SCHEME,
    )
    document.submit(
        edits.BeginConsensus(
            first=origin,
            second=replace(origin, coder="K2"),
            tolerance_us=TOLERANCE,
            agreed=found.agreed,
            comment=note,
        )
    )
    return document, Settlements(document, found)


def said(events) -> list:
    return sorted(map(event_content, events), key=repr)


def overlapping(events) -> list:
    last: dict = {}
    found = []
    for event in sorted(events, key=lambda one: one.start_us):
        if event.end_us == event.start_us:
            continue
        key = lane_of(event, SCHEME)
        if key in last and last[key].end_us > event.start_us:
            found.append((last[key], event))
        last[key] = event
    return found


@given(lanes(), loose)
def test_states_of_an_exclusive_group_never_overlap(agreed, settled) -> None:
    assert overlapping(joined(agreed, settled, SCHEME, TOLERANCE)) == []


@given(lanes(), loose, st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_settled_does_not_matter(agreed, settled, chance) -> None:
    mixed = list(settled)
    chance.shuffle(mixed)
    assert said(joined(agreed, settled, SCHEME, TOLERANCE)) == said(
        joined(agreed, mixed, SCHEME, TOLERANCE)
    )


@given(lanes())
def test_what_was_agreed_alone_stays_as_it_was(agreed) -> None:
    assert said(joined(agreed, (), SCHEME, TOLERANCE)) == said(agreed)


@given(lanes(), loose)
def test_no_time_is_covered_that_neither_covered_and_none_is_lost(agreed, settled) -> None:
    def covered(events) -> set[int]:
        spans = ((one.start_us // SECOND_US, one.end_us // SECOND_US) for one in events)
        return {second for start, end in spans for second in range(start, end)}

    whole = joined(agreed, settled, SCHEME, TOLERANCE)
    assert covered(whole) == covered((*agreed, *settled))


@given(loose)
def test_a_settled_onset_is_kept_unless_another_begins_there(settled) -> None:
    starts = {event.start_us for event in joined((), settled, SCHEME, TOLERANCE)}
    assert {event.start_us for event in settled} <= starts


@settings(max_examples=60)
@given(pairs)
def test_everything_settled_for_the_first_gives_what_the_first_has(pair) -> None:
    found = draw(*pair, SCHEME, TOLERANCE)
    document, work = consensus_of(found)
    for item in found.items:
        if SettledFor.FIRST in choices_of(found, item):
            settlement = replace(answer_of(found, item, SettledFor.FIRST), reason="seen", who="K1")
            document.submit(work.edit(settlement, "K1"))
    assert said(document.coding.events) == said(pair[0].events)


@settings(max_examples=60)
@given(pairs, st.randoms(use_true_random=False))
def test_whatever_is_settled_can_be_taken_back_to_the_beginning(pair, chance) -> None:
    found = draw(*pair, SCHEME, TOLERANCE)
    document, work = consensus_of(found)
    begun = document.coding
    wanted = list(found.items) * 2
    chance.shuffle(wanted)
    for item in wanted:
        taken = chance.choice(choices_of(found, item)[:3])
        settlement = replace(answer_of(found, item, taken), reason="seen", who="K1")
        document.submit(work.edit(settlement, str(taken)))
        assert overlapping(document.coding.events) == []
    while work.can_undo:
        document.undo()
    assert document.coding == begun
    assert work.in_force == {}


@settings(max_examples=60)
@given(pairs, st.randoms(use_true_random=False))
def test_only_the_last_word_on_each_item_counts(pair, chance) -> None:
    found = draw(*pair, SCHEME, TOLERANCE)
    last = {item.key: chance.choice(choices_of(found, item)[:3]) for item in found.items}
    results = []
    for detours in (0, 2):
        document, work = consensus_of(found)
        for item in found.items:
            for taken in (*chance.choices(list(SettledFor)[:3], k=detours), last[item.key]):
                settlement = replace(answer_of(found, item, taken), reason="seen", who="K1")
                document.submit(work.edit(settlement, "x"))
        results.append(said(document.coding.events))
    assert results[0] == results[1]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=5),
    st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=5),
)
def test_every_index_stands_in_exactly_one_pair(first, second) -> None:
    left, right = (
        [
            d_index(at, id=n, strength=IndexStrength.STRONG if strong else IndexStrength.WEAK)
            for n, (at, strong) in enumerate(side, start=1)
        ]
        for side in (first, second)
    )
    found = paired_indices(left, right, TOLERANCE)
    assert sorted(pair.first.id for pair in found if pair.first) == [one.id for one in left]
    assert sorted(pair.second.id for pair in found if pair.second) == [one.id for one in right]
    assert [pair.at_us for pair in found] == sorted(pair.at_us for pair in found)
