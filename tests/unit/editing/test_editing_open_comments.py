"""Open flags and questions among what is still to be looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Coding, Comment, CommentId, CommentKind
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span
from ssp_coder.editing.completeness import OpenWork, Step, open_work
from ssp_coder.editing.edits import PutComment
from tests.builders import after, infant_scheme, s, with_episodes


def remark(kind: CommentKind, words: str = "why?", **fields: object) -> Comment:
    return Comment(**({"id": CommentId(0), "kind": kind, "words": words} | fields))


def open_comments(*comments: Comment) -> list[OpenWork]:
    coding = after(with_episodes(), *(PutComment(comment=comment) for comment in comments))
    return found_in(coding)


def found_in(coding: Coding) -> list[OpenWork]:
    work = open_work(coding, infant_scheme())
    return [one for one in work if one.finding.code == "comment.open"]


def test_an_open_question_is_told_with_its_words_and_moment() -> None:
    moment = Span(start_us=s(20), end_us=s(25))
    (work,) = open_comments(remark(CommentKind.QUESTION, "a\ncry?", span=moment))
    assert work.finding.message == "Question: a cry?"
    assert (work.step, work.at_us) == (Step.CODE, s(20))


def test_a_flag_needs_no_words() -> None:
    (work,) = open_comments(remark(CommentKind.FLAG, ""))
    assert work.finding.message == "Flag"
    assert work.at_us is None


@pytest.mark.parametrize(("slot", "step"), [("avo_c_8", Step.RATE), ("dorg", Step.DISORGANIZATION)])
def test_one_on_a_rating_leads_to_its_page(slot: str, step: Step) -> None:
    (work,) = open_comments(remark(CommentKind.QUESTION, slot=SlotId(slot)))
    assert (work.step, work.slot) == (step, slot)


def test_notes_and_settled_ones_are_not_told() -> None:
    settled = replace(remark(CommentKind.QUESTION), settled=True)
    assert open_comments(remark(CommentKind.NOTE), settled) == []


def test_none_of_them_keeps_a_coding_from_being_locked() -> None:
    (work,) = open_comments(remark(CommentKind.QUESTION))
    assert work.finding.severity is Severity.NOTE


def test_long_words_are_cut() -> None:
    (work,) = open_comments(remark(CommentKind.QUESTION, "word " * 100))
    assert len(work.finding.message) < 80
