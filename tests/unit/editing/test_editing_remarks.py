"""Comments, and intervals coded directly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Comment, CommentKind, IntervalMark
from ssp_coder.domain.time import Span
from ssp_coder.editing.change import difference, with_change
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import (
    ClearIntervals,
    DeleteEvents,
    MarkInterval,
    PutComment,
    PutComments,
    RemoveComment,
)
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import INFANT, add, after, coding, infant_scheme, s


def note(words: str = "look again", **fields: object) -> PutComment:
    given = {"id": 0, "kind": CommentKind.NOTE, "words": words}
    return PutComment(comment=Comment(**(given | fields)))


def interval(number: int, *, seen: bool = True, episode: str = "EP5") -> MarkInterval:
    mark = IntervalMark(
        episode=episode, measure="crying", subject=INFANT, interval=number, seen=seen
    )
    return MarkInterval(mark=mark)


def refused(value, edit) -> str:
    with pytest.raises(EditRefusedError) as caught:
        after(value, edit)
    return caught.value.finding.code


class TestComments:
    def test_each_gets_an_id_that_is_never_used_again(self) -> None:
        value = after(coding(), note("a"), note("b"), RemoveComment(comment=2), note("c"))
        assert [(one.id, one.words) for one in value.comments] == [(1, "a"), (3, "c")]

    def test_one_with_an_id_is_changed_in_its_place(self) -> None:
        value = after(coding(), note("a"), note("b"))
        answered = replace(value.comments[0], answer="yes", settled=True)
        value = after(value, PutComment(comment=answered))
        assert value.comments[0] == answered
        assert [one.id for one in value.comments] == [1, 2]

    def test_several_are_changed_in_their_places_at_once(self) -> None:
        value = after(coding(), note("a"), note("b"), note("c"))
        first, _, third = value.comments
        answered = (replace(third, answer="no"), replace(first, answer="yes"))
        value = after(value, PutComments(comments=answered))
        assert [(one.id, one.answer) for one in value.comments] == [(1, "yes"), (2, ""), (3, "no")]

    @pytest.mark.parametrize(
        ("other", "code"),
        [
            (note("b", id=1), "comment.named_twice"),
            (note("b"), "comment.unknown"),
            (note("b", id=7), "comment.unknown"),
            (note(" ", id=2), "comment.no_words"),
        ],
    )
    def test_of_several_one_that_cannot_be_put_refuses_all(self, other, code: str) -> None:
        value = after(coding(), note("a"), note("b"))
        changed = replace(value.comments[0], answer="yes")
        assert refused(value, PutComments(comments=(changed, other.comment))) == code

    def test_several_are_one_step_that_can_be_taken_back(self) -> None:
        document = Document(coding=after(coding(), note("a"), note("b")), scheme=infant_scheme())
        before = document.coding
        answered = tuple(replace(one, answer="yes") for one in before.comments)
        document.submit(PutComments(comments=answered))
        document.undo()
        assert document.coding == before
        assert not document.history.can_undo

    def test_a_comment_outlives_the_event_it_is_about(self) -> None:
        value = after(coding(), add("seeking.reach", 5))
        value = after(value, note(event=1, span=Span(start_us=s(5), end_us=s(5))))
        value = after(value, DeleteEvents(events=(1,)))
        (kept,) = value.comments
        assert (kept.event, kept.span) == (1, Span(start_us=s(5), end_us=s(5)))
        assert after(value, PutComment(comment=replace(kept, settled=True))).comments[0].settled

    def test_only_a_flag_may_say_nothing(self) -> None:
        assert refused(coding(), note("  ")) == "comment.no_words"
        assert len(after(coding(), note("", kind=CommentKind.FLAG)).comments) == 1

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            (note(event=7), "event.unknown"),
            (note(slot="nowhere_5"), "comment.unknown_slot"),
            (note(id=4), "comment.unknown"),
            (RemoveComment(comment=4), "comment.unknown"),
        ],
    )
    def test_what_it_is_about_must_be_there(self, edit, code: str) -> None:
        assert refused(coding(), edit) == code


class TestIntervals:
    def test_not_seen_is_not_the_same_as_not_coded(self) -> None:
        value = after(coding(), interval(1, seen=False), interval(0))
        assert [(mark.interval, mark.seen) for mark in value.intervals] == [(0, True), (1, False)]

    def test_a_second_mark_replaces_the_first(self) -> None:
        value = after(coding(), interval(0), interval(0, seen=False))
        assert [mark.seen for mark in value.intervals] == [False]

    def test_one_or_all_of_a_measure_become_not_coded(self) -> None:
        value = after(coding(), interval(0), interval(1), interval(0, episode="EP8"))
        clear = ClearIntervals(episode="EP5", measure="crying", subject=INFANT, interval=0)
        assert [mark.interval for mark in after(value, clear).intervals] == [1, 0]
        (kept,) = after(value, replace(clear, interval=None)).intervals
        assert kept.episode == "EP8"

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            (interval(0, episode="EP99"), "interval.unknown_episode"),
            (interval(-1), "interval.impossible"),
            (interval(1_000), "interval.impossible"),
        ],
    )
    def test_a_place_that_cannot_be_is_refused(self, edit, code: str) -> None:
        assert refused(coding(), edit) == code

    @pytest.mark.parametrize(
        ("field", "code"),
        [
            ({"subject": "cat"}, "interval.other_person"),
            ({"measure": "singing"}, "interval.unknown_measure"),
        ],
    )
    def test_a_person_or_measure_that_no_sheet_shows_is_refused(self, field, code: str) -> None:
        mark = replace(interval(0).mark, **field)
        assert refused(coding(), MarkInterval(mark=mark)) == code


class TestWhatIsKeptOfAChange:
    def test_only_the_entries_that_differ_are_in_it(self) -> None:
        before = after(coding(), *(interval(n) for n in range(40)))
        changed = after(before, interval(7, seen=False))
        (field,) = difference(before, changed).fields
        assert [mark.seen for mark in field.before] == [True]
        assert [mark.seen for mark in field.after] == [False]

    def test_it_leads_there_and_back(self) -> None:
        before = after(coding(), note("a"), note("b"), interval(3))
        changed = after(before, RemoveComment(comment=1), interval(1), note("c"))
        change = difference(before, changed)
        assert with_change(before, change) == changed
        assert with_change(changed, change.reversed()) == before

    def test_it_does_not_fit_another_coding(self) -> None:
        before = after(coding(), note("a"))
        change = difference(before, coding())
        with pytest.raises(ValueError, match="removes from comments what is not there"):
            with_change(coding(), change)

    def test_undo_and_redo_bring_each_back(self) -> None:
        document = Document(coding=coding(), scheme=infant_scheme())
        for edit in (note("a"), interval(0), note("b"), interval(0, seen=False)):
            document.submit(edit)
        whole = document.coding
        while document.undo() is not None:
            pass
        assert (document.coding.comments, document.coding.intervals) == ((), ())
        while document.redo() is not None:
            pass
        assert document.coding == whole
