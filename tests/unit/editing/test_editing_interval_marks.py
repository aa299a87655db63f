"""Which intervals may be marked: measures of the ethogram that are told by intervals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import MarkInterval, MarkIntervals
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import CAREGIVER, after, infant_scheme
from tests.fixtures.interval_sheets import cleared, coded, seen_mark


def at_once(*edits: MarkInterval) -> MarkIntervals:
    return MarkIntervals(marks=tuple(edit.mark for edit in edits))


def test_a_measure_told_by_intervals_is_marked() -> None:
    value = coded(seen_mark("crying", 2), seen_mark("looking_c", 1, seen=False))
    assert [(mark.measure, mark.interval, mark.seen) for mark in value.intervals] == [
        ("crying", 1, True),
        ("looking_c", 0, False),
    ]


def test_a_later_mark_takes_the_place_of_an_earlier_one() -> None:
    value = coded(seen_mark("crying", 2), seen_mark("crying", 2, seen=False))
    assert [mark.seen for mark in value.intervals] == [False]


def test_one_interval_is_cleared_or_all_of_a_measure() -> None:
    value = coded(seen_mark("crying", 1), seen_mark("crying", 2), seen_mark("looking_c", 1))
    assert len(after(value, cleared("crying", 2)).intervals) == 2
    assert [m.measure for m in after(value, cleared("crying")).intervals] == ["looking_c"]


def test_a_person_of_whom_it_is_not_told_is_refused() -> None:
    edit = seen_mark("crying", 1)
    edit = replace(edit, mark=replace(edit.mark, subject=CAREGIVER))
    with pytest.raises(EditRefusedError, match="measure crying is not told of caregiver"):
        coded(edit)


def test_acts_that_are_counted_are_not_marked_by_interval() -> None:
    with pytest.raises(EditRefusedError, match="smiling is counted act by act"):
        coded(seen_mark("smiling", 1))


@pytest.mark.parametrize("number", [0, 1001])
def test_an_impossible_number_is_refused(number: int) -> None:
    with pytest.raises(EditRefusedError, match="outside"):
        coded(seen_mark("crying", number))


def test_several_are_marked_in_one_step() -> None:
    one_by_one = (seen_mark("looking_c", 2, seen=False), seen_mark("crying", 2))
    document = Document(coding=coded(seen_mark("crying", 2, seen=False)), scheme=infant_scheme())
    before = document.coding
    document.submit(at_once(*one_by_one))
    assert document.coding == coded(*one_by_one)
    document.undo()
    assert document.coding == before


def test_marking_what_is_marked_so_already_is_no_step() -> None:
    document = Document(coding=coded(seen_mark("crying", 2)), scheme=infant_scheme())
    assert document.submit(at_once(seen_mark("crying", 2))).is_empty
    assert document.submit(at_once()).is_empty
    assert not document.history.can_undo


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (seen_mark("smiling", 2), "interval.counted"),
        (seen_mark("singing", 2), "interval.unknown_measure"),
        (seen_mark("crying", 0), "interval.impossible"),
        (seen_mark("crying", 1, seen=False), "interval.named_twice"),
    ],
)
def test_of_several_all_are_taken_or_none(wrong: MarkInterval, code: str) -> None:
    document = Document(coding=coded(), scheme=infant_scheme())
    with pytest.raises(EditRefusedError) as caught:
        document.submit(at_once(seen_mark("crying", 1), wrong))
    assert caught.value.finding.code == code
    assert document.coding.intervals == ()
