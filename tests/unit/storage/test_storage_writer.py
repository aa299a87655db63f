from __future__ import annotations

import sqlite3
import threading

import pytest

from ssp_coder.storage import writer as writer_module
from ssp_coder.storage.writer import BATCH, Entry, Told, Writer


class Disk:
    """Stores entries in memory, and fails as long as it is told to."""

    def __init__(self):
        self.stored = []
        self.batches = []
        self.error = None
        self.attempts = 0
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, entries):
        self.gate.wait(10)
        self.attempts += 1
        if self.error is not None:
            raise self.error
        self.batches.append(len(entries))
        self.stored += [entry.seq for entry in entries]


class Diary:
    def __init__(self):
        self.saved = []
        self.failed = []
        self.news = threading.Condition()

    def told(self):
        return Told(saved=lambda seq: self._note(self.saved, seq), failed=self._note_failed)

    def wait(self, until):
        with self.news:
            assert self.news.wait_for(until, 10)

    def _note_failed(self, seq, reason):
        self._note(self.failed, (seq, reason))

    def _note(self, page, entry):
        with self.news:
            page.append(entry)
            self.news.notify_all()


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def diary():
    return Diary()


@pytest.fixture
def writer(disk, diary, monkeypatch):
    monkeypatch.setattr(writer_module, "_FIRST_WAIT_S", 0.001)
    monkeypatch.setattr(writer_module, "_LONGEST_WAIT_S", 0.002)
    made = Writer(disk, name="tested writer")
    made.told = diary.told()
    yield made
    disk.gate.set()
    made.stop()


def put(writer, *seqs):
    for seq in seqs:
        writer.put(Entry(seq=seq, writes=()))


def test_entries_are_stored_in_order_and_told_one_by_one(writer, disk, diary):
    put(writer, *range(1, 50))
    assert writer.flush(10)
    assert disk.stored == diary.saved == list(range(1, 50))
    assert writer.pending == 0


def test_entries_that_wait_share_a_transaction(writer, disk):
    disk.gate.clear()
    put(writer, *range(1, 2 * BATCH + 12))
    disk.gate.set()
    assert writer.flush(10)
    assert max(disk.batches) == BATCH
    assert disk.stored == list(range(1, 2 * BATCH + 12))


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database or disk is full"),
        sqlite3.OperationalError("attempt to write a readonly database"),
        OSError(5, "Input/output error"),
    ],
)
def test_what_cannot_be_stored_is_kept_and_tried_again_by_itself(writer, disk, diary, error):
    disk.error = error
    put(writer, 1, 2)
    diary.wait(lambda: len(diary.failed) >= 3)
    assert diary.failed[0] == (1, str(error))
    assert diary.saved == []
    assert writer.pending == 2
    assert [entry.seq for entry in writer.waiting()] == [1, 2]
    disk.error = None
    diary.wait(lambda: diary.saved == [1, 2])
    assert disk.stored == [1, 2]


def test_entries_that_come_during_a_fault_keep_their_order(writer, disk, diary):
    disk.error = OSError(28, "No space left on device")
    put(writer, 1)
    diary.wait(lambda: diary.failed)
    put(writer, 2, 3)
    disk.error = None
    assert writer.flush(10)
    assert disk.stored == [1, 2, 3]


def test_flushing_does_not_wait_for_the_pause_after_a_fault(disk, diary, monkeypatch):
    monkeypatch.setattr(writer_module, "_FIRST_WAIT_S", 3600)
    monkeypatch.setattr(writer_module, "_LONGEST_WAIT_S", 3600)
    writer = Writer(disk, name="tested writer")
    writer.told = diary.told()
    disk.error = OSError(28, "No space left on device")
    put(writer, 1)
    diary.wait(lambda: diary.failed)
    disk.error = None
    assert writer.flush(10)
    assert disk.stored == [1]
    assert writer.stop() == ()


def test_flushing_gives_up_after_one_more_failed_attempt(writer, disk):
    disk.error = OSError(28, "No space left on device")
    put(writer, 1)
    assert not writer.flush(10)
    assert disk.attempts >= 1


def test_flushing_gives_up_when_the_time_is_over(writer, disk):
    disk.gate.clear()
    put(writer, 1)
    assert not writer.flush(0.01)
    disk.gate.set()
    assert writer.flush(10)


def test_flushing_with_nothing_to_do_returns_at_once(writer):
    assert writer.flush(0)


def test_stopping_hands_back_what_was_not_stored(disk, diary):
    writer = Writer(disk, name="tested writer")
    writer.told = diary.told()
    disk.error = OSError(28, "No space left on device")
    put(writer, 1, 2)
    diary.wait(lambda: diary.failed)
    assert [entry.seq for entry in writer.stop()] == [1, 2]
    assert diary.saved == []


def test_an_entry_is_pending_until_its_saving_was_told(disk):
    seen = []
    writer = Writer(disk, name="tested writer")
    writer.told = Told(saved=lambda _seq: seen.append(writer.pending))
    put(writer, 1)
    assert writer.flush(10)
    assert seen == [1]
    writer.stop()


def test_what_is_to_be_done_first_is_done_before_the_first_entry(disk, diary):
    done = []
    writer = Writer(disk, name="tested writer", first=lambda: done.append(tuple(disk.stored)))
    writer.told = diary.told()
    put(writer, 1)
    put(writer, 2)
    assert writer.flush(10)
    assert done == [()]
    assert disk.stored == [1, 2]
    writer.stop()


def test_what_is_to_be_done_first_is_done_without_an_entry_too(disk, monkeypatch):
    monkeypatch.setattr(writer_module, "CALM_S", 0.001)
    done = threading.Event()
    writer = Writer(disk, name="tested writer", first=done.set)
    assert done.wait(10)
    writer.stop()


@pytest.mark.parametrize("end", [lambda writer: writer.flush(10), lambda writer: writer.stop()])
def test_flushing_and_stopping_do_what_is_to_be_done_first_at_once(disk, monkeypatch, end):
    monkeypatch.setattr(writer_module, "CALM_S", 3600)
    done = []
    writer = Writer(disk, name="tested writer", first=lambda: done.append("first"))
    end(writer)
    assert done == ["first"]
    writer.stop()
    assert done == ["first"]


def test_nobody_needs_to_listen(disk):
    writer = Writer(disk, name="tested writer")
    disk.error = OSError(28, "No space left on device")
    put(writer, 1)
    assert not writer.flush(10)
    disk.error = None
    assert writer.flush(10)
    writer.stop()
