from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ssp_coder.domain.finding import Severity
from ssp_coder.storage import pen
from ssp_coder.storage.backups import (
    KEEP_DAYS,
    KEEP_LATEST,
    KEEP_WEEKS,
    Backup,
    backup,
    backup_folder,
    backups_of,
    to_drop,
)
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.store import Store
from ssp_coder.storage.verify import head_hash, verify
from tests.builders import rate
from tests.unit.storage.storage_files import closed_file, full_file, new_file, sha256


def test_opening_keeps_the_state_of_the_last_sitting(tmp_path):
    path = closed_file(tmp_path)
    before, expected = sha256(path), open_read_only(path).coding
    with open_for_writing(path, "c01") as file:
        assert file.findings == ()
        file.document().submit(rate("res_c_5", 1))
    (kept,) = backups_of(path)
    assert sha256(path) != before
    assert open_read_only(kept.path).coding == expected
    assert head_hash(kept.path).startswith(kept.state.partition("-")[2])
    assert verify(kept.path) == ()


def test_the_last_sitting_is_kept_before_the_first_change_reaches_the_file(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    kept_then = []
    write = Store.write

    def note(store, entries):
        kept_then.append(len(backups_of(path)))
        write(store, entries)

    monkeypatch.setattr(Store, "write", note)
    with open_for_writing(path, "c01") as file:
        file.document().submit(rate("res_c_5", 1))
        file.document().submit(rate("res_c_5", 2))
    assert set(kept_then) == {1}


def test_the_last_sitting_is_kept_when_nothing_changes(tmp_path):
    path = closed_file(tmp_path)
    with open_for_writing(path, "c01") as file:
        assert file.flush()
        assert len(backups_of(path)) == 1


def test_a_file_opens_before_it_is_kept(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    began, may_end = threading.Event(), threading.Event()
    back_up = Store.try_back_up

    def slow(store):
        began.set()
        may_end.wait(20)
        return back_up(store)

    monkeypatch.setattr(Store, "try_back_up", slow)
    with open_for_writing(path, "c01") as file:
        file.document().submit(rate("res_c_5", 1))
        assert began.wait(20)
        assert file.pending == 1
        may_end.set()
        assert file.flush()
    assert len(backups_of(path)) == 1


def test_opening_an_unchanged_file_makes_no_further_backup(tmp_path):
    path = closed_file(tmp_path)
    for _ in range(3):
        open_for_writing(path, "c01").close()
    assert len(backups_of(path)) == 1


def test_a_new_file_needs_no_backup(tmp_path):
    with new_file(tmp_path) as file:
        path = file.path
    open_for_writing(path, "c01").close()
    assert not backup_folder(path).exists()


def test_looking_at_a_file_makes_no_backup(tmp_path):
    path = closed_file(tmp_path)
    open_read_only(path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_backup_is_made_on_demand_also_while_the_file_is_open(tmp_path):
    with full_file(tmp_path) as file:
        made = backup(file.path)
        assert open_read_only(made).coding == file.coding
        assert backup(file.path) == made
        file.document().submit(rate("res_c_5", 1))
        file.flush()
        assert open_read_only(backup(file.path)).coding == file.coding
    assert len(backups_of(file.path)) == 2


def test_a_long_sitting_is_backed_up_while_it_lasts(tmp_path, monkeypatch):
    monkeypatch.setattr(pen, "BACKUP_EVERY_S", 0.0)
    with new_file(tmp_path) as file:
        for points in (1, 2, 3):
            file.document().submit(rate("res_c_5", points))
            assert file.flush()
        assert len(backups_of(file.path)) == 3
        assert open_read_only(backups_of(file.path)[0].path).coding == file.coding


def test_a_long_sitting_goes_on_when_it_cannot_be_backed_up(tmp_path, monkeypatch):
    monkeypatch.setattr(pen, "BACKUP_EVERY_S", 0.0)
    warnings = []
    with new_file(tmp_path) as file:
        backup_folder(file.path).write_text("in the way")
        file.tell(
            on_saved=lambda _seq: None,
            on_failed=lambda *_: None,
            on_warning=warnings.append,
        )
        file.document().submit(rate("res_c_5", 1))
        assert file.flush()
        assert file.pending == 0
    assert [warning.code for warning in warnings] == ["storage.backup"]


def test_a_folder_that_cannot_be_written_is_a_warning_and_no_more(tmp_path):
    path = closed_file(tmp_path)
    backup_folder(path).write_text("in the way")
    warnings = []
    with open_for_writing(path, "c01") as file:
        file.flush()
        assert warnings == []
        # Also what went wrong before anybody could be told.
        file.tell(on_saved=lambda _: None, on_failed=lambda *_: None, on_warning=warnings.append)
        (finding,) = warnings
        assert finding.severity is Severity.WARNING
        assert "no backup could be made" in finding.message
        file.document().submit(rate("res_c_5", 1))
        assert file.flush()
        assert warnings == [finding]
    with pytest.raises(StorageError, match="no backup could be made"):
        backup(path)


def test_a_damaged_file_is_not_backed_up(tmp_path):
    path = closed_file(tmp_path)
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    with pytest.raises(StorageError):
        backup(path)
    assert not backup_folder(path).exists()


def test_strange_files_in_the_folder_are_passed_over_and_left_alone(tmp_path):
    path = closed_file(tmp_path)
    folder = backup_folder(path)
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "20261399T999999Z-1-aaaaaaaaaaaa.sspc").write_text("no such day")
    assert backups_of(path) == ()
    backup(path)
    assert len(backups_of(path)) == 1
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_backup_can_be_put_back_and_goes_on(tmp_path):
    path = closed_file(tmp_path)
    expected = open_read_only(path).coding
    made = backup(path)
    path.write_bytes(b"a disaster")
    path.unlink()
    made.rename(path)
    with open_for_writing(path, "c01") as file:
        assert file.coding == expected
        assert file.document().undo() is not None


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def made_every(step, count):
    return tuple(
        Backup(path=Path(f"{place}.sspc"), made=NOW - place * step, state=str(place))
        for place in range(count)
    )


def kept_of(backups):
    dropped = set(to_drop(backups))
    return [backup for backup in backups if backup not in dropped]


def test_few_backups_are_all_kept():
    assert to_drop(made_every(timedelta(minutes=30), KEEP_LATEST)) == ()
    assert to_drop(()) == ()


def test_within_a_day_only_the_latest_are_kept():
    kept = kept_of(made_every(timedelta(minutes=20), 30))
    assert [one.state for one in kept] == ["0", "1", "2", "3", "4"]


def test_over_weeks_the_last_of_each_day_and_week_is_kept():
    kept = kept_of(made_every(timedelta(hours=6), 200))
    assert len(kept) <= KEEP_LATEST + KEEP_DAYS + KEEP_WEEKS
    assert len({one.made.date() for one in kept}) >= KEEP_DAYS
    assert len({one.made.isocalendar()[:2] for one in kept}) == KEEP_WEEKS
    for one in kept[KEEP_LATEST:]:
        later_that_day = [
            other
            for other in made_every(timedelta(hours=6), 200)
            if other.made.date() == one.made.date() and other.made > one.made
        ]
        assert later_that_day == []


def test_thinning_again_changes_nothing():
    kept = kept_of(made_every(timedelta(hours=6), 200))
    assert to_drop(kept) == ()


def make_old_ones(path, latest):
    folder = backup_folder(path)
    folder.mkdir()
    for place in range(40):
        moment = (latest - timedelta(minutes=place)).strftime("%Y%m%dT%H%M%SZ")
        (folder / f"{moment}-{place}-aaaaaaaaaaaa.sspc").write_text("old")


def test_old_backups_are_removed_from_the_folder(tmp_path):
    path = closed_file(tmp_path)
    make_old_ones(path, datetime(2020, 1, 1, 12, tzinfo=UTC))
    made = backup(path)
    kept = backups_of(path)
    assert kept[0].path == made
    assert len(kept) == KEEP_LATEST


def test_the_new_backup_stays_also_when_the_clock_went_back(tmp_path):
    path = closed_file(tmp_path)
    make_old_ones(path, datetime(2100, 1, 1, 12, tzinfo=UTC))
    assert backup(path).exists()
