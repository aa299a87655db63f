"""What the log tells of each step, also of those that are not on the disk yet."""

from __future__ import annotations

import pytest

from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.past import BEGINNING
from tests.builders import add, mark
from tests.unit.storage.storage_files import do, new_file, tamper


def test_the_beginning_and_every_step_are_told_with_who_and_when(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0), mark("EP2", 30))
        told = file.past(BEGINNING, 2)
    assert [past.seq for past in told] == [0, 1, 2]
    assert told[0].step is None
    assert [past.step.edit for past in told[1:]] == [mark("EP1", 0), mark("EP2", 30)]
    assert {past.who for past in told} == {"c01"}
    assert all(past.at_utc.endswith("Z") for past in told)


def test_a_step_is_told_before_it_is_on_the_disk(tmp_path, monkeypatch):
    def full(_entries):
        raise OSError("the disk is full")

    with new_file(tmp_path) as file:
        with monkeypatch.context() as patched:
            patched.setattr(file._pen.store, "write", full)
            do(file.document(), mark("EP1", 0))
            assert [past.step.edit for past in file.past(0, 1)[1:]] == [mark("EP1", 0)]
            assert file.pending == 1
        assert file.flush()
        assert [past.step.edit for past in file.past(1, 1)] == [mark("EP1", 0)]


def test_undo_and_redo_are_no_steps_of_their_own(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0))
        file.document().undo()
        file.document().redo()
        assert [past.seq for past in file.past(BEGINNING, 9)] == [0, 1]


def test_only_the_wanted_rows_are_read(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), *(mark(f"EP{number}", number) for number in range(1, 7)))
        file.flush()
        assert [past.seq for past in file.past(3, 4)] == [3, 4]


def test_steps_of_an_earlier_sitting_name_who_did_them(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0))
    with open_for_writing(file.path, "trainer") as again:
        assert again.who == "trainer"
        do(again.document(), mark("EP2", 30))
        assert [past.who for past in again.past(1, 2)] == ["c01", "trainer"]


def test_a_file_that_is_only_read_tells_its_steps_too(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0), mark("EP2", 30), add("distress.cry", 5))
        file.document().undo()
    opened = open_read_only(file.path)
    assert (opened.done_when_opened, opened.undone_when_opened) == ((1, 2), (3,))
    assert opened.who == ""
    assert [past.seq for past in opened.past(2, 3)] == [2, 3]


def test_a_row_that_cannot_be_read_is_named(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0))
    tamper(file.path, 'UPDATE log SET edit = \'{"kind": "nonsense"}\' WHERE seq = 1')
    with pytest.raises(StorageError, match="row 1 of the log"):
        open_read_only(file.path).past(1, 1)
