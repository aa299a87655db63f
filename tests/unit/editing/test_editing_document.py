from __future__ import annotations

import pytest

from ssp_coder.domain.coding import Classification
from ssp_coder.editing import edits
from ssp_coder.editing.change import Change, FieldChange, difference, with_change
from ssp_coder.editing.document import Document
from ssp_coder.editing.history import History, RecordKind, Step
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import add, after, coding, infant_scheme, rate


class Journal:
    def __init__(self):
        self.records = []

    def append(self, record, value):
        self.records.append((record, value))


def document(journal=None):
    return Document(coding=coding(), scheme=infant_scheme(), journal=journal)


def test_an_edit_reaches_journal_history_and_listeners_in_that_order():
    journal, heard = Journal(), []
    doc = document(journal)
    doc.subscribe(lambda changed: heard.append((changed, len(journal.records))))
    change = doc.submit(add("seeking.reach", 1), cause="table")
    assert [event.code for event in change.added] == ["seeking.reach"]
    changed, stored = heard[0]
    assert stored == 1
    assert changed.coding is doc.coding is journal.records[0][1]
    assert changed.cause == "table"
    assert doc.history.can_undo


def test_an_edit_that_changes_nothing_is_neither_stored_nor_undoable():
    journal = Journal()
    doc = document(journal)
    doc.submit(rate("pcs_c_5", 4))
    assert doc.submit(rate("pcs_c_5", 4)).is_empty
    assert len(journal.records) == 1


def test_a_refused_edit_leaves_no_trace():
    journal = Journal()
    doc = document(journal)
    before = doc.coding
    with pytest.raises(EditRefusedError):
        doc.submit(add("seeking.reach", -1))
    assert doc.coding is before
    assert journal.records == []
    assert not doc.history.can_undo


def test_undo_and_redo_walk_through_every_step():
    doc = document()
    values = [doc.coding]
    for edit in (
        add("distress.none", 1),
        add("distress.cry", 5),
        rate("pcs_c_5", 4),
        edits.Classify(classification=Classification(primary="B", subgroup="B3")),
        edits.EndSession(at_us=20_000_000),
    ):
        doc.submit(edit)
        values.append(doc.coding)
    for expected in reversed(values[:-1]):
        doc.undo()
        assert doc.coding == expected
    assert doc.undo() is None
    for expected in values[1:]:
        doc.redo()
        assert doc.coding == expected
    assert doc.redo() is None


def test_a_new_edit_forgets_what_was_undone():
    doc = document()
    doc.submit(add("seeking.reach", 1))
    doc.undo()
    doc.submit(add("seeking.lean", 2))
    assert not doc.history.can_redo


def test_undo_and_redo_are_rows_of_the_log():
    journal = Journal()
    doc = document(journal)
    doc.submit(add("seeking.reach", 1))
    doc.undo()
    doc.redo()
    kinds = [(record.seq, record.kind, record.target) for record, _ in journal.records]
    assert kinds == [(1, RecordKind.EDIT, 1), (2, RecordKind.UNDO, 1), (3, RecordKind.REDO, 1)]


def test_a_locked_coding_cannot_be_undone():
    doc = document()
    doc.submit(add("seeking.reach", 1))
    doc.submit(edits.LockCoding())
    assert doc.undo() is None
    assert doc.coding.locked


def test_steps_of_an_earlier_sitting_are_fetched_when_they_are_undone():
    start = coding()
    edit = add("seeking.reach", 1)
    end = after(start, edit)
    asked = []

    def fetch(seq):
        asked.append(seq)
        return Step(seq=seq, edit=edit, change=difference(start, end))

    history = History(done=[1], last_seq=1, fetch=fetch)
    doc = Document(coding=end, scheme=infant_scheme(), history=history)
    assert asked == []
    doc.undo()
    assert doc.coding == start
    doc.redo()
    assert doc.coding == end
    assert asked == [1]


def test_a_listener_can_leave():
    doc, heard = document(), []
    leave = doc.subscribe(heard.append)
    leave()
    doc.submit(add("seeking.reach", 1))
    assert heard == []


def test_a_change_names_the_areas_it_touched():
    start = coding()
    assert difference(start, after(start, add("seeking.reach", 1))).areas == {
        "events",
        "next_event",
    }
    assert difference(start, after(start, rate("pcs_c_5", 4))).areas == {"ratings"}
    assert difference(start, start).areas == frozenset()


def test_a_change_that_does_not_fit_is_refused():
    value = after(coding(), add("seeking.reach", 1))
    with pytest.raises(ValueError, match="not there"):
        with_change(coding(), Change(removed=value.events))
    wrong = Change(fields=(FieldChange(name="locked", before=True, after=False),))
    with pytest.raises(ValueError, match="locked"):
        with_change(coding(), wrong)
