"""The disk is full, read-only, failing or gone: records are kept in memory and stored later."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading

import pytest

from ssp_coder.storage import writer as writer_module
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.connection import connect_for_writing
from ssp_coder.storage.errors import InUseError, StorageError
from ssp_coder.storage.verify import verify
from tests.builders import add, rate
from tests.unit.storage.storage_files import closed_file, do, every_kind_of_edit, new_file


class Fault:
    """What goes wrong with a connection, and when."""

    def __init__(self):
        self.error = None
        self.countdown = None
        self.after_commit = False

    def before(self, statement):
        if self.countdown is not None:
            self.countdown -= 1
            if self.countdown == -1:
                raise sqlite3.OperationalError("disk I/O error")
        if self.error is not None and statement != "ROLLBACK":
            raise self.error

    def after(self, statement):
        if self.after_commit and statement == "COMMIT":
            self.after_commit = False
            raise sqlite3.OperationalError("disk I/O error")


class FailingConnection:
    """A connection on which a fault can be switched on."""

    def __init__(self, connection, fault):
        self._connection = connection
        self._fault = fault

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, statement, *values):
        self._fault.before(statement)
        result = self._connection.execute(statement, *values)
        self._fault.after(statement)
        return result


class Told:
    def __init__(self, file):
        self.saved = []
        self.failed = []
        self._news = threading.Condition()
        file.tell(on_saved=self._saved, on_failed=self._failed)

    def wait(self, until):
        with self._news:
            assert self._news.wait_for(until, 20)

    def _saved(self, seq):
        with self._news:
            self.saved.append(seq)
            self._news.notify_all()

    def _failed(self, seq, reason):
        with self._news:
            self.failed.append((seq, reason))
            self._news.notify_all()


def flushed(file):
    """Whether all is stored, after one attempt that may still meet the fault."""
    return file.flush() or file.flush()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(writer_module, "_FIRST_WAIT_S", 0.001)
    monkeypatch.setattr(writer_module, "_LONGEST_WAIT_S", 0.002)


@pytest.fixture
def fault():
    return Fault()


@pytest.fixture
def file(tmp_path, fault):
    path = closed_file(tmp_path)
    opened = open_for_writing(
        path, "c01", connect=lambda p: FailingConnection(connect_for_writing(p), fault)
    )
    yield opened
    fault.error = fault.countdown = None
    opened.abandon()


FAULTS = {
    "a full disk": sqlite3.OperationalError("database or disk is full"),
    "a read-only disk": sqlite3.OperationalError("attempt to write a readonly database"),
    "a failing disk": sqlite3.OperationalError("disk I/O error"),
    "a file locked by another program": sqlite3.OperationalError("database is locked"),
    "a lost network drive": OSError(5, "Input/output error"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_during_a_fault_records_are_kept_and_afterwards_saved(file, fault, name):
    told = Told(file)
    fault.error = FAULTS[name]
    first = file.history.last_seq + 1
    do(file.document(), rate("res_c_5", 1), rate("res_c_8", 2))
    file.document().undo()
    told.wait(lambda: len(told.failed) >= 2)
    assert told.failed[0] == (first, str(FAULTS[name]))
    assert told.saved == []
    assert file.pending == 3
    assert open_read_only(file.path).history.last_seq == first - 1
    fault.error = None
    told.wait(lambda: told.saved == [first, first + 1, first + 2])
    assert file.flush()
    expected = file.coding
    file.close()
    assert open_read_only(file.path).coding == expected
    assert verify(file.path) == ()


def test_coding_goes_on_during_a_fault(file, fault):
    fault.error = FAULTS["a full disk"]
    document = file.document()
    do(document, *(add("seeking.reach", at) for at in range(100, 160)))
    document.undo()
    assert file.coding is document.coding
    assert file.pending == 61
    assert not file.flush(5)
    fault.error = None
    assert flushed(file)
    assert open_read_only(file.path).coding == file.coding


def test_closing_with_unsaved_records_says_so_and_stays_open(file, fault, tmp_path):
    fault.error = FAULTS["a full disk"]
    do(file.document(), rate("res_c_5", 1), rate("res_c_8", 2))
    with pytest.raises(StorageError, match="2 changes are not on the disk yet") as caught:
        file.close()
    assert "save a copy elsewhere" in caught.value.finding.remedy
    assert not file.is_read_only
    with pytest.raises(InUseError):
        open_for_writing(file.path, "c02")
    fault.error = None
    file.close()
    assert len(open_read_only(file.path).coding.ratings) > 1


def test_a_copy_elsewhere_holds_also_what_could_not_be_saved_here(file, fault, tmp_path):
    fault.error = FAULTS["a full disk"]
    do(file.document(), rate("res_c_5", 1), add("seeking.reach", 100))
    assert not file.flush(5)
    copy = tmp_path / "elsewhere.sspc"
    file.save_elsewhere(copy)
    assert open_read_only(copy).coding == file.coding
    assert verify(copy) == ()
    with open_for_writing(copy, "c01") as again:
        again.document().undo()
        assert len(again.coding.events) == len(file.coding.events) - 1


def test_abandoning_gives_up_only_what_was_not_saved(file, fault):
    do(file.document(), rate("res_c_5", 1))
    assert file.flush()
    saved = file.coding
    fault.error = FAULTS["a full disk"]
    do(file.document(), rate("res_c_8", 2))
    with pytest.raises(StorageError, match="in two files"):
        file.abandon()
    assert open_read_only(file.path).coding == saved
    with open_for_writing(file.path, "c01") as again:
        assert again.coding == saved


@pytest.mark.parametrize("statements", range(0, 36, 3))
def test_a_fault_at_any_statement_is_overcome(file, fault, statements):
    told = Told(file)
    fault.countdown = statements
    before = file.history.last_seq
    do(file.document(), *(rate("res_c_5", points) for points in (1, 2, 3, 4)))
    assert flushed(file)
    assert told.saved == [before + 1, before + 2, before + 3, before + 4]
    assert open_read_only(file.path).coding == file.coding
    assert verify(file.path) == ()


def test_a_commit_that_was_reported_as_failed_is_not_done_twice(file, fault):
    told = Told(file)
    fault.after_commit = True
    do(file.document(), rate("res_c_5", 1), add("seeking.reach", 100))
    assert flushed(file)
    assert len(told.failed) == 1
    assert open_read_only(file.path).coding == file.coding
    assert verify(file.path) == ()


def test_sqlite_itself_finding_no_room_is_overcome(tmp_path):
    path = closed_file(tmp_path)
    connections = []

    def connect(place):
        connections.append(connect_for_writing(place))
        connections[0].execute("PRAGMA max_page_count = 1")
        return connections[0]

    with open_for_writing(path, "c01", connect=connect) as file:
        told = Told(file)
        file.document().submit(rate("res_c_5", 1, "a long remark " * 2000))
        told.wait(lambda: told.failed)
        assert told.failed[0][1] == "database or disk is full"
        connections[0].execute("PRAGMA max_page_count = 100000")
        told.wait(lambda: told.saved)
        expected = file.coding
    assert open_read_only(path).coding == expected
    assert verify(path) == ()


def test_a_file_that_was_moved_away_is_noticed_and_can_be_put_back(tmp_path):
    with new_file(tmp_path) as file:
        told = Told(file)
        file.document().submit(rate("res_c_5", 1))
        assert file.flush()
        elsewhere = tmp_path / "moved"
        file.path.rename(elsewhere)
        file.document().submit(rate("res_c_8", 2))
        told.wait(lambda: told.failed)
        assert "moved, deleted or replaced" in told.failed[0][1]
        elsewhere.rename(file.path)
        told.wait(lambda: told.saved == [1, 2])


def test_a_file_put_in_the_place_of_the_open_one_is_not_written(tmp_path):
    other = closed_file(tmp_path, "other.sspc")
    with new_file(tmp_path) as file:
        told = Told(file)
        mine = tmp_path / "mine"
        file.path.rename(mine)
        other.rename(file.path)
        before = file.path.read_bytes()
        file.document().submit(rate("res_c_8", 2))
        told.wait(lambda: told.failed)
        assert file.path.read_bytes() == before
        mine.replace(file.path)
        told.wait(lambda: told.saved)


REAL_LIMIT = """
import resource, signal, sys, threading
from pathlib import Path
from ssp_coder.storage import writer
from ssp_coder.storage.coding_file import open_for_writing
from tests.builders import rate

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
writer._FIRST_WAIT_S = writer._LONGEST_WAIT_S = 0.01
path = Path(sys.argv[1])
file = open_for_writing(path, "c01")
failed, saved = threading.Event(), threading.Event()
reasons = []
file.tell(
    on_saved=lambda seq: saved.set(),
    on_failed=lambda seq, reason: (reasons.append(reason), failed.set()),
)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
wal = path.with_name(path.name + "-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (wal + 5000, hard))
file.document().submit(rate("res_c_5", 1, "a long remark " * 2000))
told = failed.wait(20) and not saved.is_set() and file.pending == 1
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
print("kept", told, "saved", saved.wait(20), reasons[0])
file.close()
"""


def test_the_operating_system_finding_no_room_is_overcome(tmp_path):
    path = closed_file(tmp_path)
    answer = subprocess.run(
        [sys.executable, "-c", REAL_LIMIT, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert answer.stdout.startswith("kept True saved True")
    assert answer.stderr == ""
    assert verify(path) == ()
    assert open_read_only(path).coding.ratings[-1].note == "a long remark " * 2000


def test_a_file_that_cannot_be_written_at_all_says_so_at_once(tmp_path):
    path = closed_file(tmp_path)

    def refuse(_path):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    def busy(_path):
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorname = "SQLITE_BUSY"
        raise error

    with pytest.raises(StorageError, match="cannot be written") as caught:
        open_for_writing(path, "c01", connect=refuse)
    assert "read-only" in caught.value.finding.remedy
    with pytest.raises(InUseError, match="another program has it open"):
        open_for_writing(path, "c01", connect=busy)
    open_for_writing(path, "c01").close()


def test_another_program_of_any_kind_that_writes_the_file_is_noticed(tmp_path):
    path = closed_file(tmp_path)
    browser = sqlite3.connect(path, isolation_level=None)
    browser.execute("BEGIN EXCLUSIVE")
    with pytest.raises(InUseError, match="another program has it open"):
        open_for_writing(path, "c01")
    browser.execute("ROLLBACK")
    browser.close()
    open_for_writing(path, "c01").close()


def test_of_many_who_open_at_once_exactly_one_may_write(tmp_path):
    path = closed_file(tmp_path)
    for _ in range(10):
        start, results = threading.Barrier(6), []
        lock = threading.Lock()

        def race(start=start, results=results, lock=lock):
            start.wait(10)
            try:
                opened = open_for_writing(path, "c01")
            except InUseError:
                opened = None
            with lock:
                results.append(opened)

        racers = [threading.Thread(target=race) for _ in range(6)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert len(results) == 6
        (winner,) = (opened for opened in results if opened is not None)
        winner.document().submit(rate("res_c_5", 1))
        winner.document().undo()
        winner.close()
    assert verify(path) == ()


def test_everything_a_coder_can_do_survives_a_fault_in_its_middle(tmp_path, fault):
    path = new_file(tmp_path)
    path.close()
    with open_for_writing(
        path.path, "c01", connect=lambda p: FailingConnection(connect_for_writing(p), fault)
    ) as file:
        for place, edit in enumerate(every_kind_of_edit()):
            fault.countdown = place % 5
            file.document().submit(edit)
            assert flushed(file)
        expected = file.coding
        fault.countdown = None
    assert open_read_only(path.path).coding == expected
    assert verify(path.path) == ()


def test_whoever_looks_while_somebody_writes_sees_a_state_that_was(tmp_path):
    def connect(place):
        connection = connect_for_writing(place)
        connection.execute("PRAGMA wal_autocheckpoint = 20")
        return connection

    path = closed_file(tmp_path)
    looked, seen, findings = threading.Event(), [], []

    def look():
        while not looked.is_set():
            try:
                seen.append(open_read_only(path).history.last_seq)
            except StorageError as error:
                findings.append(error.finding)
            findings.extend(verify(path))

    with open_for_writing(path, "c01", connect=connect) as file:
        reader = threading.Thread(target=look)
        reader.start()
        for number in range(400):
            file.document().submit(rate("res_c_5", 1 + number % 7, "remark " * (number % 300)))
            assert file.flush()
        looked.set()
        reader.join()
    # Being asked to try again in a moment is an answer, a wrong state is none.
    assert {finding.code for finding in findings} <= {"storage.busy"}
    assert seen == sorted(seen)
    assert len(set(seen)) > 1
