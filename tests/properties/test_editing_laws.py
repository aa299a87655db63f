"""Laws of editing over random sequences of edits."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.editing.change import difference, with_change
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import DeleteEvents, EndSession
from ssp_coder.editing.events import overlaps
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import INFANT, add, coding, infant_scheme, rate, s

SCHEME = infant_scheme()
INFANT_CODES = [
    code.id for group in SCHEME.ethogram.groups if INFANT in group.subjects for code in group.codes
]

additions = st.builds(
    lambda code, tenth: add(code, tenth / 10),
    st.sampled_from(INFANT_CODES),
    st.integers(min_value=0, max_value=600),
)
deletions = st.builds(
    lambda number: DeleteEvents(events=(number,)), st.integers(min_value=1, max_value=20)
)
ratings = st.builds(
    lambda slot, value: rate(slot.id, value),
    st.sampled_from(SCHEME.slots),
    st.integers(min_value=0, max_value=8),
)
ends = st.builds(lambda at: EndSession(at_us=s(at)), st.integers(min_value=20, max_value=70))
turns = st.sampled_from(["undo", "redo"])
steps = st.lists(st.one_of(additions, additions, deletions, ratings, ends, turns), max_size=25)


def run(doc: Document, sequence: list) -> None:
    for step in sequence:
        try:
            if step == "undo":
                doc.undo()
            elif step == "redo":
                doc.redo()
            else:
                doc.submit(step)
        except EditRefusedError:
            continue


@given(steps)
def test_states_of_an_exclusive_group_never_overlap(sequence):
    doc = Document(coding=coding(), scheme=SCHEME)
    run(doc, sequence)
    for group in SCHEME.ethogram.groups:
        if group.exclusive:
            names = {code.id for code in group.codes if code.kind is CodeKind.STATE}
            states = [event for event in doc.coding.events if event.code in names]
            for first, second in itertools.pairwise(states):
                assert first.subject != second.subject or not overlaps(first, second)


@given(steps)
def test_events_stay_in_order_with_numbers_of_their_own(sequence):
    doc = Document(coding=coding(), scheme=SCHEME)
    run(doc, sequence)
    keys = [(event.start_us, event.id) for event in doc.coding.events]
    assert keys == sorted(keys)
    assert len({event.id for event in doc.coding.events}) == len(keys)


@given(steps)
def test_undoing_everything_gives_the_first_value_back(sequence):
    start = coding()
    doc = Document(coding=start, scheme=SCHEME)
    run(doc, sequence)
    end = doc.coding
    undone = 0
    while doc.undo() is not None:
        undone += 1
    assert doc.coding == start
    for _ in range(undone):
        doc.redo()
    assert doc.coding == end


@given(steps, steps)
def test_a_difference_leads_from_one_value_to_the_other_and_back(first, second):
    one = Document(coding=coding(), scheme=SCHEME)
    run(one, first)
    two = Document(coding=one.coding, scheme=SCHEME)
    run(two, second)
    change = difference(one.coding, two.coding)
    assert with_change(one.coding, change) == two.coding
    assert with_change(two.coding, change.reversed()) == one.coding
