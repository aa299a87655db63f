"""Who locked and unlocked a coding, read back from its log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.locks import LockKind, read_locks
from ssp_coder.storage.verify import verify
from tests.builders import add, rate
from tests.unit.storage.storage_files import new_file, tamper


def locked_file(folder):
    with new_file(folder) as file:
        file.document().submit(rate("cm_c_8", 4))
        file.document().submit(LockCoding())
        return file.path


def kinds(path):
    return [act.kind for act in read_locks(path)]


def test_a_coding_that_was_never_locked_has_no_such_act(tmp_path):
    with new_file(tmp_path) as file:
        file.document().submit(rate("cm_c_8", 4))
    assert read_locks(file.path) == ()


def test_a_lock_is_told_with_who_and_when(tmp_path):
    (act,) = read_locks(locked_file(tmp_path))
    assert (act.kind, act.who, act.reason) == (LockKind.LOCKED, "c01", "")
    age = datetime.now(UTC) - datetime.fromisoformat(act.at_utc)
    assert 0 <= age.total_seconds() < 3600


def test_an_unlocking_by_somebody_else_keeps_the_reason(tmp_path):
    path = locked_file(tmp_path)
    with open_for_writing(path, "trainer") as file:
        file.document().submit(UnlockCoding(reason="wrong video"), reason="wrong video")
        file.document().submit(LockCoding())
    acts = read_locks(path)
    assert [act.kind for act in acts] == [LockKind.LOCKED, LockKind.UNLOCKED, LockKind.LOCKED]
    assert (acts[1].who, acts[1].reason) == ("trainer", "wrong video")
    assert verify(path) == ()


def test_an_unlocking_that_was_undone_is_a_lock_again(tmp_path):
    path = locked_file(tmp_path)
    with open_for_writing(path, "trainer") as file:
        file.document().submit(UnlockCoding(reason="wrong video"))
        file.document().undo()
    assert kinds(path) == [LockKind.LOCKED, LockKind.UNLOCKED, LockKind.LOCKED_AGAIN]


def test_an_undone_unlocking_can_only_be_followed_by_a_new_one_with_a_reason(tmp_path):
    path = locked_file(tmp_path)
    with open_for_writing(path, "trainer") as file:
        document = file.document()
        document.submit(UnlockCoding(reason="wrong video"))
        document.undo()
        assert document.redo() is None
        document.submit(UnlockCoding(reason="wrong camera"))
    assert (kinds(path)[-1], read_locks(path)[-1].reason) == (LockKind.UNLOCKED, "wrong camera")


def test_another_undo_is_no_act_of_the_lock(tmp_path):
    path = locked_file(tmp_path)
    with open_for_writing(path, "trainer") as file:
        file.document().submit(UnlockCoding(reason="wrong video"))
        file.document().submit(rate("cm_c_8", 5))
        file.document().undo()
    assert kinds(path) == [LockKind.LOCKED, LockKind.UNLOCKED]


def test_it_is_read_while_the_file_is_open_for_writing(tmp_path):
    path = locked_file(tmp_path)
    with open_for_writing(path, "trainer") as file:
        file.document().submit(UnlockCoding(reason="wrong video"))
        assert file.flush()
        assert kinds(path) == [LockKind.LOCKED, LockKind.UNLOCKED]


def test_words_of_a_coder_are_not_mistaken_for_an_act(tmp_path):
    with new_file(tmp_path) as file:
        file.document().submit(add("seeking.reach", 3, comment='"unlock_coding" and "lock_coding"'))
        file.document().submit(rate("cm_c_8", 4, note='{"kind":"lock_coding"}'))
    assert read_locks(file.path) == ()


def test_reading_changes_nothing(tmp_path):
    path = locked_file(tmp_path)
    before = path.read_bytes()
    read_locks(path)
    assert path.read_bytes() == before
    assert open_read_only(path).coding.locked


def test_a_row_that_cannot_be_read_is_told_with_its_number(tmp_path):
    path = locked_file(tmp_path)
    tamper(path, """UPDATE log SET edit = '{"kind":"lock_coding","x":1}' WHERE seq = 2""")
    with pytest.raises(StorageError, match="row 2 of the log"):
        read_locks(path)
