"""Beginning and settling as edits: all of it or nothing of it, and each step taken back exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import (
    Classification,
    CodingRole,
    Comment,
    CommentId,
    CommentKind,
    EventId,
    IndexId,
)
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.domain.settlement import Agreed, Origin, SettledFor, Settlement
from ssp_coder.editing import edits
from ssp_coder.editing.apply import apply
from ssp_coder.editing.document import Document
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import add, after, answer, coding, event_of, infant_scheme, rate, s
from tests.unit.storage.storage_files import d_index, interval

SCHEMES = pytest.mark.parametrize("name", ["infant", "infant-short", "infant-caregiver"])
ORIGIN = Origin(coder="K1", file="K1.sspc", head="0" * 64)
NOTE = Comment(id=CommentId(0), kind=CommentKind.NOTE, words="drawn", settled=True)
EMPTY = coding(coder="K1+K2", role=CodingRole.CONSENSUS)
WORD = Settlement(item="x", taken=SettledFor.OWN, reason="seen", who="K1, K2")
CRY = after(coding(), add("distress.cry", 35, end=40)).events[0]


def begin(**agreed) -> edits.BeginConsensus:
    return edits.BeginConsensus(
        first=ORIGIN,
        second=replace(ORIGIN, coder="K2"),
        tolerance_us=s(1),
        agreed=Agreed(**agreed),
        comment=NOTE,
    )


def begun(**agreed):
    return apply(EMPTY, begin(**agreed), infant_scheme())


def settle(settlement: Settlement = WORD, **fields) -> edits.Settle:
    return edits.Settle(settlement=settlement, **({"comment": NOTE} | fields))


def refused(value, edit) -> str:
    with pytest.raises(EditRefusedError) as caught:
        apply(value, edit, infant_scheme())
    return caught.value.finding.code


def test_a_consensus_of_codings_that_have_nothing_alike_holds_only_its_comment() -> None:
    assert begun() == replace(
        EMPTY, comments=(replace(NOTE, id=CommentId(1)),), next_comment=CommentId(2)
    )


def test_visit_and_intervals_that_were_agreed_are_there() -> None:
    visit = after(coding(), answer("prior_visits", 1)).visit
    value = begun(visit=visit, intervals=(interval(0), interval(1, seen=False)))
    assert value.visit == visit
    assert value.intervals == (interval(0), interval(1, seen=False))


@pytest.mark.parametrize(
    "agreed",
    [
        {"ratings": (Rating(slot="avo_c_5", score=Points(99.0)),)},
        {"events": (replace(CRY, end_us=s(9999)),)},
        {"d_indices": (d_index(40, theme="unheard"),)},
        {"classification": Classification(primary="Z")},
    ],
    ids=["points outside the scale", "event outside the video", "unknown theme", "unknown group"],
)
def test_what_does_not_fit_is_refused_before_anything_is_begun(agreed) -> None:
    document = Document(coding=EMPTY, scheme=infant_scheme())
    with pytest.raises(EditRefusedError):
        document.submit(begin(**agreed))
    assert document.coding == EMPTY
    assert not document.history.can_undo


@pytest.mark.parametrize(
    "step",
    [
        add("affect.smile", 3),
        rate("avo_c_5", 2),
        edits.PutComment(comment=replace(NOTE, words="first")),
    ],
    ids=["an event", "a rating", "a comment"],
)
def test_a_consensus_in_which_somebody_was_already_at_work_is_not_begun(step) -> None:
    assert refused(after(EMPTY, step), begin()) == "consensus.begun"


def test_beginning_can_be_taken_back_as_one_step() -> None:
    document = Document(coding=EMPTY, scheme=infant_scheme())
    document.submit(begin(events=(CRY,), classification=Classification(primary="B")))
    there = document.coding
    document.undo()
    assert document.coding == EMPTY
    document.redo()
    assert document.coding == there


@pytest.mark.parametrize(
    "edit",
    [
        settle(replace(WORD, rating=Rating(slot="avo_c_5", score=Points(9.0)), slot="avo_c_5")),
        settle(added=(CRY, replace(CRY, start_us=s(37), end_us=s(50)))),
        settle(removed=(EventId(99),), added=(CRY,)),
        settle(gone_index=IndexId(9)),
        settle(classification=Classification(primary="Z")),
        settle(replace(WORD, index=d_index(50, theme="unheard"))),
        settle(comment=replace(NOTE, id=CommentId(99))),
        settle(replace(WORD, reason="  ")),
        settle(replace(WORD, who="\n")),
    ],
    ids=[
        "points outside the scale",
        "states over each other",
        "an event that is not there",
        "an index that is not there",
        "an unknown group",
        "an unknown theme",
        "a comment that is not there",
        "no reason",
        "nobody",
    ],
)
def test_a_settlement_that_does_not_fit_leaves_everything_as_it_was(edit) -> None:
    document = Document(coding=begun(), scheme=infant_scheme())
    before = document.coding
    with pytest.raises(EditRefusedError):
        document.submit(edit)
    assert document.coding == before
    assert not document.history.can_undo


def test_one_settlement_can_touch_every_part_and_is_taken_back_as_one() -> None:
    document = Document(coding=begun(events=(CRY,)), scheme=infant_scheme())
    before = document.coding
    fuss = replace(CRY, code="distress.fuss")
    document.submit(
        settle(
            replace(
                WORD,
                slot="avo_c_5",
                rating=Rating(slot="avo_c_5", score=Points(3.0)),
                index=d_index(50),
            ),
            removed=(before.events[0].id,),
            added=(fuss,),
            classification=Classification(primary="C", subgroup="C1"),
        )
    )
    now = document.coding
    assert [event.code for event in now.events] == ["distress.fuss"]
    assert now.score("avo_c_5") == Points(3.0)
    assert [index.start_us for index in now.d_indices] == [s(50)]
    assert now.classification.subgroup == "C1"
    document.undo()
    assert document.coding == before


def test_numbers_of_events_are_never_given_twice() -> None:
    value = begun(events=(CRY,))
    for _again in range(3):
        gone = event_of(value, "distress.cry").id
        value = apply(value, settle(removed=(gone,), added=(CRY,)), infant_scheme())
    assert [event.id for event in value.events] == [EventId(4)]


def test_an_index_keeps_a_number_of_its_own_whatever_it_was_called_by_its_coder() -> None:
    value = begun(d_indices=(d_index(40, id=IndexId(7)), d_index(60, id=IndexId(3))))
    assert sorted(index.id for index in value.d_indices) == [1, 2]
    value = apply(value, settle(replace(WORD, index=d_index(90, id=IndexId(1)))), infant_scheme())
    assert sorted(index.id for index in value.d_indices) == [1, 2, 3]


@SCHEMES
def test_every_place_of_a_scheme_can_be_settled_and_left_unrated_again(name) -> None:
    scheme = load_scheme(name)
    value = apply(EMPTY, begin(), scheme)
    for slot in scheme.slots:
        rating = Rating(slot=slot.id, score=Points(float(scheme.scale_of(slot.id).maximum)))
        value = apply(value, settle(replace(WORD, slot=slot.id, rating=rating)), scheme)
        assert value.rating(slot.id) == rating
    for slot in scheme.slots:
        value = apply(value, settle(replace(WORD, slot=slot.id)), scheme)
    assert value.ratings == ()


@SCHEMES
def test_every_subgroup_of_a_scheme_can_be_settled(name) -> None:
    scheme = load_scheme(name)
    for group in scheme.rules.groups:
        for subgroup in group.subgroups:
            own = Classification(primary=group.id, subgroup=subgroup)
            value = apply(apply(EMPTY, begin(), scheme), settle(classification=own), scheme)
            assert value.classification == own


def test_an_unlocked_consensus_is_settled_again_and_a_locked_one_is_not() -> None:
    locked = after(begun(), edits.LockCoding())
    assert refused(locked, settle()) == "coding.locked"
    open_again = after(locked, edits.UnlockCoding(reason="one more"))
    assert apply(open_again, settle(), infant_scheme()).comments[-1].words == "drawn"
