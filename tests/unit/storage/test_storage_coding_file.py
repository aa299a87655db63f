from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from dataclasses import fields

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.editing import edits
from ssp_coder.editing.history import Record, RecordKind
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.storage.errors import InUseError, StorageError
from ssp_coder.storage.rows import TABLES
from ssp_coder.storage.schema import FORMAT, STEPS
from ssp_coder.storage.schema import TABLES as TABLES_SQL
from ssp_coder.storage.verify import head_hash
from tests.builders import add, coding, infant_scheme, rate, s
from tests.unit.storage.storage_files import (
    closed_file,
    do,
    every_kind_of_edit,
    full_file,
    new_file,
    sha256,
    value_of,
)


def rows(path, sql, *values):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def test_a_new_file_holds_the_beginning_and_the_whole_scheme(tmp_path):
    with new_file(tmp_path) as file:
        path = file.path
    again = open_read_only(path)
    assert again.coding == coding()
    assert again.scheme == infant_scheme()
    assert not again.history.can_undo


def test_a_new_file_may_begin_with_a_coding_that_is_not_empty(tmp_path):
    first = full_file(tmp_path)
    beginning = first.coding
    first.close()
    path = tmp_path / "consensus.sspc"
    create(path, coding=beginning, scheme=infant_scheme(), who="c02").close()
    assert value_of(path) == beginning


def test_every_table_comes_back_as_it_was(tmp_path):
    file = full_file(tmp_path)
    expected = file.coding
    file.close()
    empty = [
        field.name
        for field in fields(Coding)
        if not getattr(expected, field.name) and field.name not in ("session_end", "locked")
    ]
    assert empty == []
    assert value_of(file.path) == expected
    with open_for_writing(file.path, "c01") as again:
        assert again.coding == expected


def test_a_lock_and_the_end_of_the_session_come_back(tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), edits.EndSession(at_us=s(1000)), edits.LockCoding())
        expected = file.coding
    again = value_of(file.path)
    assert again.locked
    assert again == expected


def test_the_tables_together_hold_each_field_of_a_coding_once():
    held = [name for table in TABLES for name in table.fields]
    assert sorted(held) == sorted(field.name for field in fields(Coding))


def test_closing_leaves_one_whole_file_and_nothing_else(tmp_path):
    path = closed_file(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    copy = moved / "mailed.sspc"
    copy.write_bytes(path.read_bytes())
    assert value_of(copy) == value_of(path)


def test_while_open_records_are_durable_in_the_write_ahead_log(tmp_path):
    file = full_file(tmp_path)
    try:
        assert file.path.with_name(file.path.name + "-wal").stat().st_size > 0
        assert file.pending == 0
        assert value_of(file.path) == file.coding
    finally:
        file.close()


def test_nobody_overwrites_a_file_that_is_there(tmp_path):
    path = closed_file(tmp_path)
    before = sha256(path)
    with pytest.raises(StorageError, match="there is a file of this name already"):
        create(path, coding=coding(), scheme=infant_scheme(), who="c02")
    assert sha256(path) == before
    open_for_writing(path, "c02").close()


def test_a_file_that_cannot_be_created_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "there_is_no_such_folder"
    with pytest.raises(StorageError, match="cannot be written"):
        create(folder / "a.sspc", coding=coding(), scheme=infant_scheme(), who="c01")
    half = coding(session="\ud800")
    with pytest.raises(StorageError, match="cannot be stored"):
        create(tmp_path / "a.sspc", coding=half, scheme=infant_scheme(), who="c01")
    assert list(tmp_path.iterdir()) == []


def test_each_saved_record_is_told_once_and_in_order(tmp_path):
    saved, threads = [], set()

    def on_saved(seq):
        saved.append(seq)
        threads.add(threading.current_thread().name)

    with new_file(tmp_path) as file:
        file.tell(on_saved=on_saved, on_failed=lambda _seq, reason: saved.append(reason))
        document = file.document()
        do(document, *(add("seeking.reach", at) for at in range(1, 300)))
        document.undo()
        assert file.flush()
        assert saved == list(range(1, 301))
        assert file.pending == 0
    assert threads == {"coding file writer"}


def test_a_record_counts_as_pending_until_it_is_told(tmp_path):
    told = threading.Event()
    with new_file(tmp_path) as file:
        file.tell(on_saved=lambda _seq: told.wait(10), on_failed=lambda *_: None)
        file.document().submit(add("seeking.reach", 1))
        assert file.pending == 1
        told.set()
        assert file.flush()
        assert file.pending == 0


def test_the_log_says_what_was_done_by_whom_and_when(tmp_path):
    with new_file(tmp_path) as file:
        document = file.document()
        document.submit(rate("pcs_c_5", 4), reason="second viewing")
        document.undo()
        document.redo()
    log = rows(file.path, "SELECT seq, kind, target, edit, change, reason, who, at_utc FROM log")
    assert [row[:3] for row in log] == [
        (0, "start", 0),
        (1, "edit", 1),
        (2, "undo", 1),
        (3, "redo", 1),
    ]
    assert json.loads(log[1][3]) == {
        "kind": "rate",
        "rating": {
            "clips": [],
            "evidence": [],
            "note": "",
            "score": {"points": 4},
            "slot": "pcs_c_5",
        },
    }
    assert log[2][3:5] == (None, None)
    assert log[1][5] == "second viewing"
    assert {row[6] for row in log} == {"c01"}
    assert all(row[7].endswith("Z") and row[7][10] == "T" for row in log)


def test_the_one_who_opened_the_file_is_named_in_the_log(tmp_path):
    path = closed_file(tmp_path)
    with open_for_writing(path, "c77") as file:
        file.document().submit(rate("res_c_5", 1))
    assert rows(path, "SELECT who FROM log ORDER BY seq DESC LIMIT 1") == [("c77",)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET who = 'somebody'",
        "DELETE FROM log WHERE seq = 2",
        "INSERT INTO log SELECT 99, 'undo', 1, NULL, NULL, '', '', '', '', ''",
        "INSERT OR REPLACE INTO log SELECT 1, 'undo', 1, NULL, NULL, '', '', '', '', ''",
    ],
)
def test_the_log_can_only_grow_at_its_end(tmp_path, statement):
    path = closed_file(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="the log"):
        rows(path, statement)


def test_undo_and_redo_go_on_where_the_last_sitting_ended(tmp_path):
    values = []
    with new_file(tmp_path) as file:
        document = file.document()
        for edit in every_kind_of_edit():
            values.append(document.coding)
            document.submit(edit)
        last = document.coding
    for expected in reversed(values):
        with open_for_writing(file.path, "c01") as again:
            assert again.document().undo() is not None
            assert again.coding == expected
    with open_for_writing(file.path, "c01") as again:
        document = again.document()
        assert document.undo() is None
        for expected in (*values[1:], last):
            document.redo()
            assert document.coding == expected
        assert document.redo() is None
    assert value_of(file.path) == last


def test_an_undone_edit_of_an_earlier_sitting_is_forgotten_by_a_new_one(tmp_path):
    with new_file(tmp_path) as file:
        document = file.document()
        do(document, rate("pcs_c_5", 4), rate("pcs_c_8", 2))
        document.undo()
    with open_for_writing(file.path, "c01") as again:
        again.document().submit(rate("res_c_5", 1))
        assert again.document().redo() is None
        again.document().undo()
        again.document().undo()
        assert again.coding.ratings == ()


def test_the_document_is_one_and_journals_into_the_file(tmp_path):
    with new_file(tmp_path) as file:
        document = file.document()
        assert file.document() is document
        document.submit(add("seeking.reach", 1))
        assert file.coding is document.coding
        assert document.history is file.history


def test_a_record_that_cannot_be_stored_leaves_the_coding_as_it_was(tmp_path):
    with new_file(tmp_path) as file:
        document = file.document()
        document.submit(add("seeking.reach", 1))
        before = document.coding
        with pytest.raises(StorageError, match="cannot be stored"):
            document.submit(add("seeking.reach", 2, comment="\udcff"))
        with pytest.raises(StorageError, match="cannot be stored"):
            document.submit(rate("pcs_c_5", 3), reason="\udcff")
        assert document.coding is before
        document.submit(add("seeking.reach", 3))
    assert len(value_of(file.path).events) == 2


def test_texts_keep_every_sign(tmp_path):
    odd = "tab\t, NUL \0, line\nbreak, 'quote\", \N{BABY}, e\u0301, \u202e\u2028"
    with new_file(tmp_path) as file:
        file.document().submit(add("seeking.reach", 1, comment=odd))
    assert value_of(file.path).events[0].comment == odd
    with open_for_writing(file.path, "c01") as again:
        again.document().undo()
        again.document().redo()
        assert again.coding.events[0].comment == odd


def test_a_read_only_file_takes_no_record_and_needs_no_closing(tmp_path):
    path = closed_file(tmp_path)
    before = sha256(path)
    file = open_read_only(path)
    assert file.is_read_only
    with pytest.raises(StorageError, match="it is open read-only"):
        file.document().submit(rate("res_c_5", 1))
    assert file.document().undo() is None
    assert file.coding == file.document().coding
    with pytest.raises(StorageError, match="it is open read-only"):
        file.save_elsewhere(tmp_path / "copy.sspc")
    assert file.flush()
    file.close()
    assert sha256(path) == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_closing_twice_is_harmless_and_a_closed_file_takes_nothing(tmp_path):
    file = full_file(tmp_path)
    document = file.document()
    file.close()
    file.close()
    assert file.is_read_only
    assert file.pending == 0
    with pytest.raises(StorageError, match="read-only"):
        document.submit(rate("res_c_5", 1))
    with pytest.raises(StorageError, match="read-only"):
        document.undo()
    assert document.coding == file.coding == value_of(file.path)


def test_an_edit_of_an_earlier_sitting_cannot_be_undone_after_closing(tmp_path):
    with open_for_writing(closed_file(tmp_path), "c01") as file:
        document = file.document()
    with pytest.raises(StorageError, match="read-only"):
        document.undo()


def test_closing_ends_the_thread_of_the_file(tmp_path):
    before = set(threading.enumerate())
    file = full_file(tmp_path)
    assert len(set(threading.enumerate()) - before) == 1
    file.close()
    assert set(threading.enumerate()) == before


def test_a_file_is_known_by_its_real_place_also_through_a_link(tmp_path):
    path = closed_file(tmp_path)
    link = tmp_path / "link.sspc"
    link.symlink_to(path)
    with open_for_writing(path, "c01"), pytest.raises(InUseError):
        open_for_writing(link, "c02")


def test_a_whole_import_is_one_record_and_comes_back(tmp_path):
    with new_file(tmp_path) as source:
        document = source.document()
        do(document, *(add("seeking.reach", at / 10) for at in range(500)))
        events = source.coding.events
    with new_file(tmp_path, "target.sspc") as file:
        document = file.document()
        document.submit(edits.ImportEvents(events=events, source="old.csv"))
        assert file.history.last_seq == 1
        document.undo()
        document.redo()
        expected = file.coding
    again = open_read_only(file.path)
    assert again.coding == expected
    assert len(again.coding.events) == 500


def test_a_copy_elsewhere_is_a_coding_file_of_its_own(tmp_path):
    with full_file(tmp_path) as file:
        file.save_elsewhere(tmp_path / "copy.sspc")
        with pytest.raises(StorageError, match="already"):
            file.save_elsewhere(tmp_path / "copy.sspc")
        with pytest.raises(StorageError, match="cannot be written"):
            file.save_elsewhere(tmp_path / "missing" / "copy.sspc")
        expected = file.coding
        file.document().submit(rate("res_c_5", 1))
    with open_for_writing(tmp_path / "copy.sspc", "c01") as copy:
        assert copy.coding == expected
        assert copy.document().undo() is not None


def test_a_record_that_is_not_the_next_one_is_a_mistake_of_the_program(tmp_path):
    with new_file(tmp_path) as file:
        document = file.document()
        document.submit(rate("pcs_c_5", 4))
        step = file.history.step_to_undo()
        record = make_record(step, seq=7)
        with pytest.raises(ValueError, match="record 7 follows record 1"):
            file.append(record, file.coding)


def make_record(step, seq):
    return Record(seq=seq, kind=RecordKind.EDIT, target=seq, edit=step.edit, change=step.change)


def test_the_head_follows_every_record_and_is_what_the_file_says(tmp_path):
    with new_file(tmp_path) as file:
        heads = {file.head}
        for points in (1, 2):
            file.document().submit(rate("res_c_5", points))
            heads.add(file.head)
        file.document().undo()
        file.flush()
        assert len(heads) == 3
        assert file.head not in heads
        assert head_hash(file.path) == file.head
        last = file.head
    assert file.head == open_read_only(file.path).head == last


def test_somebody_has_to_be_named_as_the_coder(tmp_path):
    path = closed_file(tmp_path)
    with pytest.raises(StorageError, match="nobody is named as its coder"):
        open_for_writing(path, "  ")
    with pytest.raises(StorageError, match="nobody is named as its coder"):
        create(tmp_path / "b.sspc", coding=coding(), scheme=infant_scheme(), who="")
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_the_format_is_pinned_and_a_change_of_it_is_a_new_one():
    digests = [hashlib.sha256(TABLES_SQL.encode()).hexdigest()[:16]]
    digests += [hashlib.sha256("".join(step).encode()).hexdigest()[:16] for step in STEPS]
    assert digests == [
        "99fd62b9cf2b8abf",
        "2877c4e659997a47",
        "5346073ff42c78de",
        "f5a733c0b3a47e46",
    ]
    assert len(digests) == FORMAT
