"""A file of an earlier form is read as it is, and written only in the present form."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ssp_coder.domain.finding import Severity
from ssp_coder.editing.edits import RecordVisit
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.storage import migration
from ssp_coder.storage.backups import backup, backup_folder, backups_of
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.connection import connect_for_writing
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.migration import migrate, present_form
from ssp_coder.storage.schema import (
    FORMAT,
    STEPS,
    expected_schema,
    format_of,
    lay_out,
    schema_text,
    step_up,
)
from ssp_coder.storage.snapshot import check_header, snapshot
from ssp_coder.storage.verify import head_hash, verify
from tests.builders import answer, rate
from tests.unit.storage.storage_files import sha256, tamper

SAMPLES = Path(__file__).parents[2] / "fixtures" / "formats"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.sspc"
    shutil.copy(SAMPLES / "version-1.sspc", path)
    return path


@pytest.fixture
def memory() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize("earlier", range(1, FORMAT))
def test_the_steps_from_each_form_lead_to_the_very_tables_of_a_new_file(
    memory: sqlite3.Connection, earlier: int
) -> None:
    lay_out(memory, earlier)
    assert format_of(memory) == earlier
    assert schema_text(memory) == expected_schema(earlier) != expected_schema()
    step_up(memory)
    assert format_of(memory) == FORMAT
    assert schema_text(memory) == expected_schema()


def test_there_is_a_step_between_every_two_forms() -> None:
    assert len(STEPS) == FORMAT - 1
    assert all(step for step in STEPS)


def test_stepping_up_what_is_up_to_date_does_nothing(memory: sqlite3.Connection) -> None:
    lay_out(memory)
    step_up(memory)
    assert schema_text(memory) == expected_schema()


def test_looking_at_an_old_file_leaves_it_as_it_is(old: Path) -> None:
    before = sha256(old)
    assert open_read_only(old).coding.visit == ()
    assert verify(old) == ()
    assert sha256(old) == before
    assert [entry.name for entry in old.parent.iterdir()] == [old.name]


def test_a_private_copy_is_afterwards_as_it_was(old: Path) -> None:
    with snapshot(old) as copy:
        with present_form(copy):
            assert format_of(copy) == FORMAT
            assert copy.execute("SELECT COUNT(*) FROM visit").fetchone() == (0,)
        assert format_of(copy) == 1
        assert schema_text(copy) == expected_schema(1)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            copy.execute("DELETE FROM event")


def test_a_private_copy_is_as_it_was_also_when_reading_it_fails(old: Path) -> None:
    with snapshot(old) as copy:
        with pytest.raises(LookupError), present_form(copy):
            raise LookupError
        assert format_of(copy) == 1


def test_opening_an_old_file_for_writing_gives_it_the_present_form(old: Path) -> None:
    expected = open_read_only(old).coding
    with open_for_writing(old, "trainee") as file:
        assert file.coding == expected
    assert check_header(old) == FORMAT
    assert open_read_only(old).coding == expected
    assert verify(old) == ()


def test_the_old_file_is_kept_as_it_was_and_that_is_said(old: Path) -> None:
    expected = open_read_only(old).coding
    with open_for_writing(old, "trainee") as file:
        (finding,) = file.findings
    assert finding.code == "storage.migrated"
    assert finding.severity is Severity.NOTE
    (kept,) = backups_of(old)
    assert kept.path.name in finding.remedy
    assert check_header(kept.path) == 1
    assert open_read_only(kept.path).coding == expected
    assert verify(kept.path) == ()


def test_the_second_sitting_has_nothing_to_tell(old: Path) -> None:
    open_for_writing(old, "trainee").close()
    with open_for_writing(old, "trainee") as file:
        assert file.findings == ()
    assert len(backups_of(old)) == 1


def test_the_history_of_a_migrated_file_is_the_same_and_goes_on(old: Path) -> None:
    head = head_hash(old)
    with open_for_writing(old, "trainee") as file:
        assert file.head == head
        file.document().submit(rate("res_c_5", 2))
        file.document().undo()
        file.document().undo()
    assert head_hash(old) != head
    assert verify(old) == ()


def test_an_old_scheme_asks_nothing_of_the_visit(old: Path) -> None:
    with open_for_writing(old, "trainee") as file:
        assert file.scheme.procedure.visit_fields == ()
        assert file.scheme.procedure.length_rules == ()
        assert not file.scheme.procedure.template
        with pytest.raises(EditRefusedError, match="does not ask for prior_visits"):
            file.document().submit(answer("prior_visits", 1))


def test_without_a_backup_nothing_is_migrated(old: Path) -> None:
    before = sha256(old)
    backup_folder(old).write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        open_for_writing(old, "trainee")
    assert caught.value.finding.code == "storage.not_migrated"
    assert caught.value.finding.place == str(old)
    assert "open it read-only" in caught.value.finding.remedy
    assert sha256(old) == before
    assert not old.with_name(f"{old.name}-wal").exists()


def test_a_step_that_fails_leaves_the_old_form(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = open_read_only(old).coding

    def fails_half_way(connection: sqlite3.Connection) -> None:
        step_up(connection)
        raise sqlite3.OperationalError("disk I/O error")

    with closing(connect_for_writing(old)) as connection:
        monkeypatch.setattr(migration, "step_up", fails_half_way)
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection)
        assert format_of(connection) == 1
        assert schema_text(connection) == expected_schema(1)
    monkeypatch.undo()
    assert open_read_only(old).coding == expected
    assert verify(old) == ()


def test_a_file_that_could_not_be_migrated_is_told_as_not_writable(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("ssp_coder.storage.store.migrate", fails)
    with pytest.raises(StorageError, match="cannot be written"):
        open_for_writing(old, "trainee")
    monkeypatch.undo()
    with open_for_writing(old, "trainee") as file:
        assert not file.is_read_only


def test_an_old_file_with_a_later_table_in_it_is_refused(old: Path) -> None:
    tamper(old, "CREATE TABLE visit (place INTEGER)")
    with pytest.raises(StorageError, match="not those of a coding file"):
        open_read_only(old)


def test_a_new_file_that_says_it_is_old_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sspc"
    shutil.copy(SAMPLES / f"version-{FORMAT}.sspc", path)
    tamper(path, "PRAGMA user_version = 1")
    with pytest.raises(StorageError, match="not those of a coding file"):
        open_read_only(path)


def test_a_backup_on_demand_of_an_old_file_keeps_its_form(old: Path) -> None:
    assert check_header(backup(old)) == 1


def test_the_visit_of_the_sample_comes_back() -> None:
    coding = open_read_only(SAMPLES / "version-2.sspc").coding
    given = {(a.field, a.episode): a.value for a in coding.visit}
    assert given == {
        ("age_months", None): 13,
        ("caregiver_in_visit", None): "father",
        ("prior_visits", None): 1,
        ("days_since_visit", None): 28,
        ("cry_before_end", "EP6"): 40,
        ("overstressed", None): "no",
        ("overstress_note", None): "cried hard in the second separation",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit SET number = 0 WHERE field = 'prior_visits'",
        "UPDATE visit SET words = 'mother' WHERE field = 'caregiver_in_visit'",
        "UPDATE visit SET episode = 'EP4' WHERE field = 'cry_before_end'",
        "DELETE FROM visit WHERE field = 'age_months'",
        "INSERT INTO visit VALUES (99, 'cry_before_end', 'EP4', 5, NULL)",
    ],
)
def test_a_changed_answer_is_found_by_verifying(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.sspc"
    shutil.copy(SAMPLES / "version-2.sspc", path)
    tamper(path, statement)
    (finding, *_) = verify(path)
    assert finding.code == "storage.verify_tables"
    assert "visit" in finding.message


def test_an_answer_is_on_the_disk_with_its_edit(tmp_path: Path) -> None:
    path = tmp_path / "a.sspc"
    shutil.copy(SAMPLES / "version-2.sspc", path)
    with open_for_writing(path, "trainee") as file:
        edit = answer("prior_visits", 2)
        assert isinstance(edit, RecordVisit)
        file.document().submit(edit)
        file.document().submit(answer("cry_before_end", 12, "EP4"))
        expected = file.coding.visit
        file.document().submit(answer("overstressed", "yes"))
        file.document().undo()
    assert open_read_only(path).coding.visit == expected
    assert verify(path) == ()
