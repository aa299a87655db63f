from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from ssp_coder.storage import lock as lock_module
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.errors import Holder, InUseError, StorageError
from ssp_coder.storage.lock import Lock, holder_of, note_path
from tests.builders import rate
from tests.unit.storage.storage_files import closed_file, full_file, sha256

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from ssp_coder.storage import lock as lock_module
from ssp_coder.storage.coding_file import open_for_writing
file = open_for_writing(Path(sys.argv[1]), "c09")
print("open", flush=True)
sys.stdin.readline()
file.close()
"""


@pytest.fixture
def other_program(tmp_path):
    """A second process that has a file open, and ends when it is told to or killed."""
    started = []

    def start(path):
        process = subprocess.Popen(
            [sys.executable, "-c", OPEN_AND_WAIT, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        started.append(process)
        assert process.stdout.readline() == "open\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_second_opener_is_told_who_has_it_open_and_since_when(tmp_path):
    with full_file(tmp_path) as file, pytest.raises(InUseError) as caught:
        open_for_writing(file.path, "c02")
    holder = caught.value.holder
    assert holder.who == "c01"
    assert holder.pid == os.getpid()
    assert holder.host
    assert holder.user
    assert holder.since.endswith("Z")
    assert "c01 (" in str(caught.value)
    assert caught.value.finding.remedy == "open it read-only, or ask them to close it"


def test_another_program_is_named_too_and_its_file_can_be_looked_at(tmp_path, other_program):
    path = closed_file(tmp_path)
    expected = open_read_only(path).coding
    process = other_program(path)
    with pytest.raises(InUseError) as caught:
        open_for_writing(path, "c02")
    assert caught.value.holder.who == "c09"
    assert caught.value.holder.pid == process.pid
    assert open_read_only(path).coding == expected
    process.communicate("\n")
    assert process.returncode == 0
    open_for_writing(path, "c02").close()


def test_a_killed_program_stops_nobody(tmp_path, other_program):
    path = closed_file(tmp_path)
    process = other_program(path)
    process.kill()
    process.wait()
    assert note_path(path).exists()
    with open_for_writing(path, "c02") as file:
        assert holder_of(path).who == "c02"
        (finding,) = [one for one in file.findings if one.code == "storage.recovered"]
        assert "the sitting of c09" in finding.message
        file.document().submit(rate("res_c_5", 1))
    assert not note_path(path).exists()


def test_the_first_opener_goes_on_undisturbed(tmp_path):
    with full_file(tmp_path) as file:
        for _ in range(3):
            with pytest.raises(InUseError):
                open_for_writing(file.path, "c02")
            open_read_only(file.path)
        file.document().submit(rate("res_c_5", 1))
        assert file.flush()
        expected = file.coding
    assert open_read_only(file.path).coding == expected


def test_a_read_only_opener_sees_what_was_saved_and_no_more(tmp_path):
    with full_file(tmp_path) as file:
        seen = open_read_only(file.path)
        file.document().submit(rate("res_c_5", 1))
        assert file.flush()
        assert seen.coding != file.coding
        assert open_read_only(file.path).coding == file.coding


def test_closing_lets_the_next_one_in(tmp_path):
    path = closed_file(tmp_path)
    for who in ("c01", "c02", "c03"):
        with open_for_writing(path, who):
            assert holder_of(path).who == who
        assert holder_of(path) is None


def test_a_failed_opening_takes_no_lock(tmp_path):
    path = closed_file(tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    before = sha256(path)
    with pytest.raises(StorageError):
        open_for_writing(path, "c01")
    assert not note_path(path).exists()
    assert sha256(path) == before


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"who": 1}', "[" * 4000, "\xff"])
def test_an_unreadable_note_names_nobody(tmp_path, text):
    path = tmp_path / "a.sspc"
    note_path(path).write_text(text, encoding="latin-1")
    assert holder_of(path) is None
    Lock(path, "c01").release()


def test_a_held_lock_with_an_unreadable_note_is_still_held(tmp_path):
    path = tmp_path / "a.sspc"
    lock = Lock(path, "c01")
    note_path(path).write_text("gone")
    with pytest.raises(InUseError, match="by another program") as caught:
        Lock(path, "c02")
    assert caught.value.holder is None
    lock.release()


def test_a_note_left_behind_is_written_anew_as_a_whole(tmp_path):
    path = tmp_path / "a.sspc"
    old = {"who": "c" * 500, "user": "u", "host": "h", "pid": 1, "since": "2020"}
    note_path(path).write_text(json.dumps(old))
    lock = Lock(path, "c01")
    assert holder_of(path).who == "c01"
    lock.release()
    lock.release()


def test_a_note_that_cannot_be_removed_still_tells_a_proper_end(tmp_path, monkeypatch):
    path = closed_file(tmp_path)
    lock = Lock(path, "c01")

    def stays(self, missing_ok=False):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(type(path), "unlink", stays)
        lock.release()
    assert note_path(path).exists()
    with open_for_writing(path, "c02") as file:
        assert file.findings == ()


def test_a_note_that_is_replaced_while_it_is_taken_is_taken_again(tmp_path, monkeypatch):
    path = tmp_path / "a.sspc"

    really_lock, calls = lock_module._lock, []

    def lock_after_the_holder_left(handle):
        if not calls:
            note_path(path).unlink()
        calls.append(handle)
        really_lock(handle)

    monkeypatch.setattr(lock_module, "_lock", lock_after_the_holder_left)
    lock = Lock(path, "c01")
    assert len(calls) == 2
    with pytest.raises(InUseError):
        Lock(path, "c02")
    lock.release()


def test_a_folder_without_room_for_a_note_is_said_to_be_unwritable(tmp_path):
    path = closed_file(tmp_path)
    note_path(path).mkdir()
    with pytest.raises(StorageError, match="the folder cannot be written") as caught:
        open_for_writing(path, "c01")
    assert "read-only" in caught.value.finding.remedy


def test_a_disk_that_cannot_lock_is_not_trusted(tmp_path, monkeypatch):

    def no_locks(handle):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(lock_module, "_lock", no_locks)
    with pytest.raises(StorageError, match="cannot lock files"):
        Lock(tmp_path / "a.sspc", "c01")


def test_a_holder_in_words():
    holder = Holder(who="c01", user="anna", host="lab-3", pid=77, since="2026-01-02T03:04:05Z")
    assert holder.words() == "c01 (anna on lab-3, process 77) since 2026-01-02T03:04:05Z"
