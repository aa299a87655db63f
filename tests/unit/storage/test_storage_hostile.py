from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from types import SimpleNamespace

import pytest

from ssp_coder.domain.finding import Severity
from ssp_coder.storage import connection as connection_module
from ssp_coder.storage import snapshot as snapshot_module
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.schema import FORMAT, TABLES
from ssp_coder.storage.snapshot import snapshot
from ssp_coder.storage.verify import verify
from tests.unit.storage.storage_files import closed_file, full_file, sha256, tamper

WRITABLE = "PRAGMA writable_schema = ON"

CRAFTED = {
    "a trigger that would change ratings": (
        "CREATE TRIGGER extra AFTER INSERT ON event BEGIN DELETE FROM rating; END",
    ),
    "a trigger on the log that lets it be changed": ("DROP TRIGGER log_is_never_changed",),
    "a log that may be shortened": ("DROP TRIGGER log_is_never_shortened",),
    "a view": ("CREATE VIEW extra AS SELECT * FROM event",),
    "a view in the place of a table": (
        "ALTER TABLE event RENAME TO real_event",
        "CREATE VIEW event AS SELECT * FROM real_event",
    ),
    "a view that runs for ever": (
        "DROP TABLE event",
        "CREATE VIEW event AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS id, 'a' AS code, 'b' AS subject, i AS start_us, i AS end_us,"
        " '[]' AS modifiers, '' AS comment, 0 AS start_frame, 0 AS end_frame FROM n",
    ),
    "a further table": ("CREATE TABLE extra (a)",),
    "a further index": ("CREATE INDEX extra ON event (comment)",),
    "an index on an expression": ("CREATE INDEX extra ON event (abs(start_us))",),
    "a virtual table": ("CREATE VIRTUAL TABLE extra USING fts5(a)",),
    "a missing table": ("DROP TABLE d_index",),
    "a further column": ("ALTER TABLE event ADD COLUMN extra TEXT",),
    "a computed column": (
        "ALTER TABLE event ADD COLUMN extra TEXT GENERATED ALWAYS AS (upper(comment))",
    ),
    "a table that takes any type": (
        "DROP TABLE rating",
        "CREATE TABLE rating (slot, points, missing, note, evidence)",
    ),
    "a renamed column": ("ALTER TABLE rating RENAME COLUMN points TO number",),
    "statistics": ("ANALYZE",),
    "a declaration changed by one letter": (
        WRITABLE,
        "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (locked IN (0, 1))',"
        " 'CHECK (locked IN (0, 2))')",
    ),
    "a declaration that is none": (
        WRITABLE,
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE event AS nonsense' WHERE name = 'event'",
    ),
    "two tables on one page": (
        WRITABLE,
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
        " WHERE name = 'log') WHERE name = 'event'",
    ),
    "a table on a page that is not there": (
        WRITABLE,
        "UPDATE sqlite_schema SET rootpage = 100000 WHERE name = 'event'",
    ),
    "another application": ("PRAGMA application_id = 1196444487",),
    "an older version than there ever was": ("PRAGMA user_version = 0",),
    "a version below zero": ("PRAGMA user_version = -1",),
}


def craft(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_file_is_refused_and_left_alone(tmp_path, name):
    path = closed_file(tmp_path)
    craft(path, *CRAFTED[name])
    before = sha256(path)
    for opening in (open_read_only, lambda crafted: open_for_writing(crafted, "c01")):
        with pytest.raises(StorageError) as caught:
            opening(path)
        assert caught.value.finding.place == str(path)
        assert caught.value.finding.remedy
    assert verify(path) != ()
    assert sha256(path) == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


FOREIGN = {
    "an empty file": (b"", "the file is empty"),
    "a text": (b"subject,code\n" * 100, "this is no coding file"),
    "a zip file": (b"PK\x03\x04" + bytes(200), "this is no coding file"),
    "zeros": (bytes(8192), "this is no coding file"),
    "the first bytes of a database": (b"SQLite format 3\x00", "this is no coding file"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_named_as_what_it_is(tmp_path, name):
    content, words = FOREIGN[name]
    path = tmp_path / "a.sspc"
    path.write_bytes(content)
    for opening in (open_read_only, lambda foreign: open_for_writing(foreign, "c01")):
        with pytest.raises(StorageError, match=words):
            opening(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_no_coding_file(tmp_path):
    path = tmp_path / "a.sspc"
    craft(path, "CREATE TABLE cookies (a)")
    with pytest.raises(StorageError, match="this is no coding file"):
        open_read_only(path)


def test_what_is_not_there_or_a_folder_is_said_so(tmp_path):
    with pytest.raises(StorageError, match="there is no such file"):
        open_read_only(tmp_path / "none.sspc")
    with pytest.raises(StorageError, match="this is a folder"):
        open_read_only(tmp_path)
    with pytest.raises(StorageError, match="there is no such file"):
        open_for_writing(tmp_path / "none.sspc", "c01")


def test_a_file_larger_than_any_coding_is_not_read(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    monkeypatch.setattr(snapshot_module, "_MAXIMUM_BYTES", 1000)
    with pytest.raises(StorageError, match="more than any coding"):
        open_read_only(path)


WRONG_ROWS = {
    "an unknown code": "UPDATE event SET code = 'distress.sing' WHERE id = 3",
    "an unknown person": "UPDATE event SET subject = 'dog' WHERE id = 3",
    "an unknown episode": "UPDATE episode SET episode = 'EP77' WHERE episode = 'EP1'",
    "an unknown place": "UPDATE rating SET slot = 'pcs_c_77' WHERE slot = 'pcs_c_5'",
    "an unknown question of the visit": "UPDATE visit SET field = 'shoe_size' WHERE place = 0",
    "an unknown episode of the visit": "UPDATE visit SET episode = 'EP77' WHERE place = 0",
    "a comment on an unknown place": "UPDATE comment SET slot = 'pcs_c_77' WHERE id = 1",
    "a comment of an unknown kind": "UPDATE comment SET kind = 'shout' WHERE id = 1",
    "a comment on a span that ends before it starts": "UPDATE comment SET end_us = 0 WHERE id = 2",
    "an interval of an unknown episode": "UPDATE interval_mark SET episode = 'EP77'",
    "an interval of an unknown measure": "UPDATE interval_mark SET measure = 'singing'",
    "an interval of a person not measured": "UPDATE interval_mark SET subject = 'caregiver'",
    "clips that are no list of spans": "UPDATE rating SET clips = '[[1, 2]]'",
    "a number of the next event that is taken": "UPDATE coding SET next_event = 1",
    "a number of the next index that is taken": "UPDATE coding SET next_index = 1",
    "a number of the next comment that is taken": "UPDATE coding SET next_comment = 2",
    "an unknown theme": "UPDATE d_index SET theme = 'D77'",
    "an unknown class": "UPDATE classification SET main_group = 'Z'",
    "an unknown role": "UPDATE coding SET role = 'boss'",
    "an unknown strength": "UPDATE d_index SET strength = 'medium'",
    "an unknown decision": "UPDATE classification SET d_decision = 'perhaps'",
    "modifiers that are no list": "UPDATE event SET modifiers = 'toward=c' WHERE id = 3",
    "evidence that is no list of numbers": "UPDATE rating SET evidence = '[\"x\"]'",
    "no coding": "DELETE FROM coding",
    "no log": "DELETE FROM log",
    "a log with a gap": "DELETE FROM log WHERE seq = 3",
    "a log without its beginning": "DELETE FROM log WHERE seq = 0",
    "an undo of another row": "UPDATE log SET target = 3 WHERE kind = 'undo'",
    "a redo of what was not undone": "UPDATE log SET kind = 'redo' WHERE kind = 'undo'",
    "no scheme": "DELETE FROM scheme_file",
    "another scheme's name": "UPDATE meta SET value = 'standard' WHERE key = 'scheme'",
    "no name of the scheme": "DELETE FROM meta WHERE key = 'scheme'",
    "a changed hash of the scheme": "UPDATE meta SET value = 'x' WHERE key = 'scheme_sha256'",
    "a changed file of the scheme": "UPDATE scheme_file SET content = x'0a' WHERE place = 0",
}


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_rows_that_make_no_coding_are_damage(tmp_path, name):
    path = closed_file(tmp_path)
    tamper(path, WRONG_ROWS[name])
    before = sha256(path)
    for opening in (open_read_only, lambda damaged: open_for_writing(damaged, "c01")):
        with pytest.raises(StorageError) as caught:
            opening(path)
        assert caught.value.finding.place == str(path)
        assert caught.value.finding.remedy == "restore a backup; the file was left as it is"
    assert sha256(path) == before


def test_a_value_of_another_type_is_found_before_it_is_read(tmp_path):
    path = closed_file(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        columns = (
            "id, code, subject, start_us, end_us, modifiers, comment, start_frame, end_frame,"
            " start_lag_us, end_lag_us"
        )
        connection.execute(f"CREATE TABLE loose ({columns})")
        connection.execute("INSERT INTO loose SELECT * FROM event")
        connection.execute("UPDATE loose SET id = rowid, start_us = 'soon'")
        connection.execute(WRITABLE)
        connection.execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
            " WHERE name = 'loose') WHERE name = 'event'"
        )
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'loose'")
    with pytest.raises(StorageError, match="damaged"):
        open_read_only(path)


def newer(path, *statements):
    craft(path, *statements, f"PRAGMA user_version = {FORMAT + 1}")
    return path


def test_a_newer_file_can_be_looked_at_and_says_so(tmp_path):
    path = closed_file(tmp_path)
    expected = open_read_only(path).coding
    newer(path, "CREATE TABLE later (a)", "ALTER TABLE event ADD COLUMN colour TEXT")
    file = open_read_only(path)
    assert file.coding == expected
    (finding,) = file.findings
    assert finding.severity is Severity.WARNING
    assert "newer version" in finding.message


def test_a_newer_file_is_not_written(tmp_path):
    path = newer(closed_file(tmp_path))
    before = sha256(path)
    with pytest.raises(StorageError, match="newer version") as caught:
        open_for_writing(path, "c01")
    assert "read-only" in caught.value.finding.remedy
    assert sha256(path) == before


def test_a_newer_file_with_a_view_in_the_place_of_a_table_is_refused(tmp_path):
    for name in ("a view in the place of a table", "a view that runs for ever", "a missing table"):
        path = newer(closed_file(tmp_path, f"{name}.sspc"), *CRAFTED[name])
        with pytest.raises(StorageError, match="newer version in another form"):
            open_read_only(path)


def test_checking_ends_when_a_file_keeps_sqlite_busy(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    monkeypatch.setattr(connection_module, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(connection_module, "_STEPS", 1)
    with pytest.raises(StorageError, match="damaged"):
        open_read_only(path)


def test_a_file_that_was_checked_may_take_its_time(tmp_path, monkeypatch):
    path, now = closed_file(tmp_path), [0.0]
    monkeypatch.setattr(connection_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(connection_module, "_STEPS", 1)
    with snapshot(path) as copy:
        now[0] = 10_000.0
        assert copy.execute("SELECT COUNT(*) FROM log").fetchone()[0] > 10


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_pipe_is_not_waited_for(tmp_path, suffix):
    path = closed_file(tmp_path)
    if suffix == "":
        path.unlink()
    os.mkfifo(f"{path}{suffix}")
    if suffix == "":
        with pytest.raises(StorageError, match="this is no file on a disk"):
            open_read_only(path)
    else:
        assert len(open_read_only(path).coding.events) > 0


def test_looking_never_writes_beside_the_file_or_leaves_temporary_files(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(snapshot_module.tempfile, "tempdir", str(temporary))
    with snapshot(path):
        (private,) = temporary.iterdir()
        assert private.stat().st_mode & 0o077 == 0
    assert list(temporary.iterdir()) == []
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(StorageError):
        open_read_only(path)
    assert list(temporary.iterdir()) == []


def test_private_copies_of_killed_programs_are_removed_after_a_day(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    temporary = tmp_path / "temporary"
    monkeypatch.setattr(snapshot_module.tempfile, "tempdir", str(temporary))
    for name, age_s in (("check-old", 90_000), ("check-new", 60), ("other", 90_000)):
        folder = temporary / f"ssp-coder-{name}"
        folder.mkdir(parents=True)
        (folder / "copy").write_text("x")
        os.utime(folder, (time.time() - age_s,) * 2)
    open_read_only(path)
    assert sorted(entry.name for entry in temporary.iterdir()) == [
        "ssp-coder-check-new",
        "ssp-coder-other",
    ]


def test_a_closed_file_that_changes_while_it_is_copied_is_copied_again(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    really_copy, copied = shutil.copyfile, []

    def copy(source, target):
        copied.append(source)
        if len(copied) == 1:
            with open_for_writing(path, "c01") as file:
                file.document().undo()
        return really_copy(source, target)

    monkeypatch.setattr(snapshot_module.shutil, "copyfile", copy)
    seen = open_read_only(path)
    assert copied.count(path) > 2
    assert verify(path) == ()
    assert seen.coding == open_read_only(path).coding


def test_no_room_for_the_private_copy_is_a_plain_sentence(tmp_path, monkeypatch):
    path = closed_file(tmp_path)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot_module.shutil, "copyfile", full)
    with pytest.raises(StorageError, match="No space left") as caught:
        open_read_only(path)
    assert "temporary files" in caught.value.finding.remedy
    monkeypatch.setattr(snapshot_module.tempfile, "TemporaryDirectory", full)
    with pytest.raises(StorageError, match="No space left"):
        open_read_only(path)


def test_a_copy_that_was_overtaken_by_the_writer_is_made_again(tmp_path, monkeypatch):
    with full_file(tmp_path) as file:
        really_copy, overtaken = shutil.copyfile, []

        def copy(source, target):
            if not overtaken:
                file._pen.store._connection.execute("PRAGMA wal_checkpoint(RESTART)")
                file.document().undo()
                file.flush()
            overtaken.append(source)
            return really_copy(source, target)

        monkeypatch.setattr(snapshot_module.shutil, "copyfile", copy)
        assert open_read_only(file.path).coding == file.coding
        assert len(overtaken) == 4


def test_a_file_that_never_holds_still_is_said_to_be_busy(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    heads = iter(range(100))
    monkeypatch.setattr(snapshot_module, "_WAIT_S", 0)
    monkeypatch.setattr(snapshot_module, "_journals", lambda _path: (bytes([next(heads)]), 0, 0))
    with pytest.raises(StorageError, match="written all the time"):
        open_read_only(path)


def test_the_declared_tables_hold_nothing_about_persons():
    for word in ("child", "birth", "first_name", "address"):
        assert word not in TABLES
