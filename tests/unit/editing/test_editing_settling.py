"""What a consensus takes: its beginning, and settlements that leave a sound coding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification, CodingRole, Comment, CommentKind, IndexId
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.domain.settlement import Agreed, Origin, SettledFor, Settlement
from ssp_coder.editing import edits
from ssp_coder.editing.apply import apply
from ssp_coder.editing.document import Document
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import add, after, coding, event_of, infant_scheme, mark, rate, s
from tests.unit.storage.storage_files import d_index

ORIGIN = Origin(coder="K1", file="K1.sspc", head="0" * 64)
NOTE = Comment(id=0, kind=CommentKind.NOTE, words="drawn", settled=True)
CRIED = after(coding(), add("distress.cry", 35, end=40))
BEGIN = edits.BeginConsensus(
    first=ORIGIN,
    second=replace(ORIGIN, coder="K2"),
    tolerance_us=s(1),
    agreed=Agreed(
        events=CRIED.events,
        ratings=(Rating(slot="avo_c_5", score=Points(2.0)),),
        d_indices=(d_index(40, id=9),),
        classification=Classification(primary="B"),
        episodes=after(coding(), mark("EP1", 0)).episodes,
    ),
    comment=NOTE,
)
EMPTY = coding(coder="K1+K2", role=CodingRole.CONSENSUS)
WORD = Settlement(item="x", taken=SettledFor.FIRST, reason="seen", who="K1, K2")


def begun(begin: edits.BeginConsensus = BEGIN):
    return apply(EMPTY, begin, infant_scheme())


def settled(value, settlement=WORD, **fields):
    edit = edits.Settle(settlement=settlement, **({"comment": NOTE} | fields))
    return apply(value, edit, infant_scheme())


def code_of(value, edit) -> str:
    with pytest.raises(EditRefusedError) as caught:
        apply(value, edit, infant_scheme())
    return caught.value.finding.code


def test_a_consensus_begins_with_what_was_agreed_under_numbers_of_its_own() -> None:
    value = begun()
    assert [(event.id, event.code) for event in value.events] == [(1, "distress.cry")]
    assert [index.id for index in value.d_indices] == [1]
    assert (value.next_event, value.next_index, value.next_comment) == (2, 2, 2)
    assert value.score("avo_c_5") == Points(2.0)
    assert value.classification == Classification(primary="B")
    assert [one.episode for one in value.episodes] == ["EP1"]
    assert [comment.words for comment in value.comments] == ["drawn"]


@pytest.mark.parametrize("role", [CodingRole.INDEPENDENT, CodingRole.REFERENCE])
def test_only_a_consensus_is_begun_or_settled(role) -> None:
    other = replace(EMPTY, role=role)
    assert code_of(other, BEGIN) == "consensus.other_role"
    settle = edits.Settle(settlement=WORD, comment=NOTE)
    assert code_of(other, settle) == "consensus.other_role"


@pytest.mark.parametrize("edit", [add("distress.cry", 35), rate("avo_c_5", 3)])
def test_a_consensus_that_holds_something_is_not_begun(edit) -> None:
    assert code_of(after(EMPTY, edit), BEGIN) == "consensus.begun"


def test_a_locked_consensus_is_not_settled_any_more() -> None:
    locked = after(begun(), edits.LockCoding())
    assert code_of(locked, edits.Settle(settlement=WORD, comment=NOTE)) == "coding.locked"


def test_agreed_events_that_do_not_fit_are_refused_as_a_whole() -> None:
    (cry,) = CRIED.events
    twice = replace(BEGIN, agreed=Agreed(events=(cry, replace(cry, start_us=s(36)))))
    assert code_of(EMPTY, twice) == "event.overlap"


def test_events_are_exchanged_in_one_step_that_undo_takes_back() -> None:
    document = Document(coding=begun(), scheme=infant_scheme())
    before = document.coding
    fuss = replace(event_of(before, "distress.cry"), code="distress.fuss", start_us=s(30))
    document.submit(
        edits.Settle(settlement=WORD, comment=NOTE, removed=(before.events[0].id,), added=(fuss,))
    )
    assert [(event.id, event.code) for event in document.coding.events] == [(2, "distress.fuss")]
    document.undo()
    assert document.coding == before
    document.redo()
    assert event_of(document.coding, "distress.fuss").start_us == s(30)


def test_an_event_that_is_not_there_is_not_taken_away() -> None:
    edit = edits.Settle(settlement=WORD, comment=NOTE, removed=(99,))
    assert code_of(begun(), edit) == "event.unknown"


def test_an_added_event_makes_no_room_by_itself() -> None:
    over = replace(CRIED.events[0], start_us=s(36), end_us=s(50))
    edit = edits.Settle(settlement=WORD, comment=NOTE, added=(over,))
    assert code_of(begun(), edit) == "event.overlap"


def test_a_place_is_rated_or_left_unrated() -> None:
    rating = Rating(slot="avo_c_5", score=Points(4.0))
    assert settled(begun(), replace(WORD, slot="avo_c_5", rating=rating)).score(
        "avo_c_5"
    ) == Points(4.0)
    assert settled(begun(), replace(WORD, slot="avo_c_5")).rating("avo_c_5") is None
    assert settled(begun()).score("avo_c_5") == Points(2.0)


def test_points_outside_the_scale_are_refused() -> None:
    rating = Rating(slot="avo_c_5", score=Points(9.0))
    wrong = edits.Settle(settlement=replace(WORD, slot="avo_c_5", rating=rating), comment=NOTE)
    assert code_of(begun(), wrong) == "rating.outside_scale"


def test_an_index_takes_the_place_of_the_one_settled_before() -> None:
    value = settled(begun(), replace(WORD, index=d_index(80)), gone_index=IndexId(1))
    assert [(index.id, index.start_us) for index in value.d_indices] == [(2, s(80))]
    gone = settled(value, gone_index=IndexId(2))
    assert gone.d_indices == ()
    missing = edits.Settle(settlement=WORD, comment=NOTE, gone_index=IndexId(7))
    assert code_of(begun(), missing) == "d_index.unknown"


def test_a_class_follows_only_where_it_is_said() -> None:
    assert settled(begun()).classification == Classification(primary="B")
    b3 = Classification(primary="B", subgroup="B3")
    assert settled(begun(), classification=b3).classification == b3


def test_the_comment_is_new_or_takes_the_place_of_the_earlier_one() -> None:
    value = settled(begun(), comment=replace(NOTE, words="K1: seen"))
    assert [(c.id, c.words) for c in value.comments] == [(1, "drawn"), (2, "K1: seen")]
    again = settled(value, comment=replace(NOTE, id=2, words="K2: overlooked"))
    assert [(c.id, c.words) for c in again.comments] == [(1, "drawn"), (2, "K2: overlooked")]


def test_a_settlement_that_changes_nothing_else_is_still_recorded() -> None:
    document = Document(coding=begun(), scheme=infant_scheme())
    change = document.submit(edits.Settle(settlement=WORD, comment=NOTE))
    assert change.areas == {"comments", "next_comment"}
