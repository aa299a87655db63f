"""Which steps of the history belong together: the beginning and the end of a held state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.time import Micros
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import AddEvent, ChangeEvents, CloseEvent, Edit
from ssp_coder.editing.history import History, Step
from tests.builders import add, coding, infant_scheme, s

CRY = AddEvent(code="distress.cry", subject="infant", at_us=Micros(s(3)), frame=75)


def end(event: int = 1, *, held: bool = True) -> CloseEvent:
    return CloseEvent(event=event, at_us=Micros(s(5)), frame=125, held=held)


def document(*edits: Edit) -> Document:
    made = Document(coding=coding(), scheme=infant_scheme())
    for edit in edits:
        assert not made.submit(edit).is_empty
    return made


def kinds(steps: tuple[Step, ...]) -> list[str]:
    return [type(step.edit).__name__ for step in steps]


def test_nothing_done_is_no_step() -> None:
    history = History()
    assert history.taken_back_next() == history.done_again_next() == ()


def test_one_edit_is_one_step() -> None:
    assert kinds(document(CRY).history.taken_back_next()) == ["AddEvent"]


def test_the_end_of_a_held_state_is_taken_back_with_its_beginning() -> None:
    assert kinds(document(CRY, end()).history.taken_back_next()) == ["CloseEvent", "AddEvent"]


def test_undone_they_are_done_again_together_the_beginning_first() -> None:
    made = document(CRY, end())
    made.undo()
    made.undo()
    assert kinds(made.history.done_again_next()) == ["AddEvent", "CloseEvent"]


def test_with_the_end_alone_undone_each_is_a_step_of_its_own() -> None:
    made = document(CRY, end())
    made.undo()
    assert kinds(made.history.taken_back_next()) == ["AddEvent"]
    assert kinds(made.history.done_again_next()) == ["CloseEvent"]


@pytest.mark.parametrize(
    "edits",
    [
        (CRY, end(held=False)),
        (CRY, add("seeking.reach", 4), end()),
        (CRY, replace(CRY, code="gaze.to_c"), end()),
    ],
    ids=["a second press", "something between", "another state between"],
)
def test_what_does_not_belong_together_is_taken_back_one_by_one(edits: tuple[Edit, ...]) -> None:
    assert kinds(document(*edits).history.taken_back_next()) == ["CloseEvent"]


def test_what_was_done_and_undone_between_leaves_them_together() -> None:
    made = document(CRY, add("seeking.reach", 4))
    made.undo()
    made.submit(end())
    assert kinds(made.history.taken_back_next()) == ["CloseEvent", "AddEvent"]


def test_a_held_state_that_had_an_end_already_and_was_cut_belongs_together_too() -> None:
    made = document(replace(CRY, end_us=Micros(s(9)), end_frame=225))
    (event,) = made.coding.events
    shorter = replace(event, end_us=Micros(s(5)), end_frame=125)
    made.submit(ChangeEvents(events=(shorter,), by_hand=False, held=True))
    assert kinds(made.history.taken_back_next()) == ["ChangeEvents", "AddEvent"]


def test_steps_of_an_earlier_sitting_are_fetched_and_belong_together() -> None:
    earlier = document(CRY, end()).history
    later = History(done=earlier.done, last_seq=earlier.last_seq, fetch=earlier.step)
    assert kinds(later.taken_back_next()) == ["CloseEvent", "AddEvent"]


def test_both_steps_taken_back_are_both_in_the_journal() -> None:
    made = document(CRY, end())
    before = made.history.last_seq
    for _step in made.history.taken_back_next():
        made.undo()
    assert made.coding.events == ()
    assert made.history.last_seq == before + 2
