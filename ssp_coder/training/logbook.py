"""A trainee's own record of a training: append-only, chained by hashes, read again at each opening.

The file ``NAME.ssptrain`` lies in the trainee's folder; coding files and the copies of what was
submitted lie below that folder, so that it can be moved or handed in as a whole. The chain shows
that something was changed; it cannot show it to somebody who writes the whole file anew, so the
hash of the last row goes onto the certificate and should be kept by the trainer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ssp_coder import __version__
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.naming import LONGEST_ID, id_concern
from ssp_coder.storage.connection import connect_for_writing, fold
from ssp_coder.storage.creation import already_there
from ssp_coder.storage.durable import put_in_place, scratch_for
from ssp_coder.storage.errors import StorageError, storage_error
from ssp_coder.storage.lock import Lock, utc_now
from ssp_coder.training.deeds import Deed, Entry
from ssp_coder.training.errors import training_error
from ssp_coder.training.logbook_table import (
    LogbookText,
    check_tables,
    checked_copy,
    first_hash,
    lay_out,
    read_text,
    sealed_entry,
    write_entry,
)

SUFFIX = ".ssptrain"
Clock = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogbookPages:
    """A logbook as it was read, for looking only.

    Attributes:
        who: pseudonym of the trainee.
        head: hash of the last row.
        made_at: UTC, ISO 8601; empty where it was not read from a file.
    """

    path: Path
    who: str
    head: str
    entries: tuple[Entry, ...]
    made_at: str = ""


class Logbook:
    """An open logbook; use `create` or `open`.

    Attributes:
        path: where it lies.
        who: pseudonym of the trainee.
        entries: all that was done, oldest first.
        findings: what is worth telling about opening it.
    """

    def __init__(
        self,
        *,
        path: Path,
        text: LogbookText,
        lock: Lock,
        connection: sqlite3.Connection,
        clock: Clock,
    ) -> None:
        self.path = path
        self.who = text.who
        self.entries = text.entries
        self.findings = _left_open(path, lock)
        self._head = text.head
        self._mark = _file_mark(path)
        self._lock = lock
        self._connection: sqlite3.Connection | None = connection
        self._clock = clock

    @classmethod
    def create(cls, path: Path, who: str, *, clock: Clock = utc_now) -> Self:
        """Make a new logbook and open it for writing.

        Args:
            path: a name ending in ``.ssptrain``; nothing may be there yet.
            who: pseudonym of the trainee; it is also the coder of every coding.
            clock: the moment in UTC.

        Raises:
            TrainingError: the name or the pseudonym cannot be used.
            StorageError: there is a file already, or the folder cannot be written.
        """
        path = path.resolve()
        _check_names(path, who)
        lock = Lock(path, who)
        try:
            _write_new(path, who, clock())
            return cls._opened(path, lock, clock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, clock: Clock = utc_now) -> Self:
        """Open a logbook for writing; every row is replayed first.

        Raises:
            InUseError: somebody else has it open, and who.
            StorageError: it was altered, is damaged, or cannot be written.
        """
        path = path.resolve()
        lock = Lock(path, read_logbook(path).who)
        try:
            return cls._opened(path, lock, clock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, lock: Lock, clock: Clock) -> Self:
        with checked_copy(path) as copy:
            text = read_text(path, copy)
        try:
            connection = connect_for_writing(path)
        except sqlite3.Error as error:
            raise _cannot_write(path, error) from error
        try:
            check_tables(path, connection)
            _check_same(path, connection, text.head)
        except BaseException:
            connection.close()
            raise
        return cls(path=path, text=text, lock=lock, connection=connection, clock=clock)

    @property
    def folder(self) -> Path:
        """The trainee's folder."""
        return self.path.parent

    @property
    def head(self) -> str:
        """Hash of the last row, which stands for the whole logbook."""
        return self._head

    def append(self, deed: Deed) -> Entry:
        """Write down what was done; it is on the disk when this returns.

        Raises:
            StorageError: it could not be written; the logbook is as before.
        """
        if self._connection is None:
            raise storage_error("closed", self.path, "the logbook is closed", "open it again")
        if _file_mark(self.path) != self._mark:
            raise storage_error(
                "moved",
                self.path,
                "the file was moved, deleted or replaced while it is open",
                "put it back and open it again",
            )
        entry = sealed_entry(len(self.entries) + 1, self._clock(), deed, self._head)
        try:
            write_entry(self._connection, entry, self._head)
        except sqlite3.Error as error:
            raise _cannot_write(self.path, error) from error
        self.entries = (*self.entries, entry)
        self._head = entry.hash
        return entry

    def close(self) -> None:
        """Fold all into one file and let others write; twice is harmless.

        Raises:
            StorageError: all is stored, but the file could not be folded.
        """
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            fold(connection)
        except sqlite3.Error as error:
            raise storage_error(
                "not_folded",
                self.path,
                f"all is stored, but in two files ({error})",
                "keep the file ending in -wal with it, and open and close it again",
            ) from error
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read_logbook(path: Path) -> LogbookPages:
    """What a logbook holds, also while it is open; nothing is written.

    Raises:
        StorageError: it was altered, is damaged or no logbook.
    """
    path = path.resolve()
    with checked_copy(path) as copy:
        text = read_text(path, copy)
    return LogbookPages(
        path=path, who=text.who, head=text.head, entries=text.entries, made_at=text.made_at
    )


def _file_mark(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _check_names(path: Path, who: str) -> None:
    if path.suffix != SUFFIX:
        raise training_error(
            "logbook_name", path, f"does not end in {SUFFIX}", f"name it {path.stem}{SUFFIX}"
        )
    if id_concern(who).forbids:
        raise training_error(
            "trainee_id",
            path,
            f"{who!r} cannot be a trainee's pseudonym",
            f"use up to {LONGEST_ID} letters a to z, digits, '.', '_' and '-', "
            "a letter or digit first",
        )


def _write_new(path: Path, who: str, made_at: str) -> None:
    if path.exists():
        raise already_there(path)
    try:
        scratch = scratch_for(path)
        try:
            with closing(sqlite3.connect(scratch, isolation_level=None)) as connection:
                # Nobody knows the file before it is whole and has its name.
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("PRAGMA synchronous = OFF")
                lay_out(connection)
                connection.execute(
                    "INSERT INTO logbook VALUES (1, ?, ?, ?, 0, ?)",
                    (who, made_at, __version__, first_hash(who, made_at)),
                )
            put_in_place(scratch, path)
        finally:
            scratch.unlink(missing_ok=True)
    except (sqlite3.Error, OSError) as error:
        raise storage_error(
            "cannot_create",
            path,
            f"the file cannot be written ({error})",
            "choose another folder, or make room on the disk",
        ) from error


def _check_same(path: Path, connection: sqlite3.Connection, head: str) -> None:
    if connection.execute("SELECT head FROM logbook").fetchone() != (head,):
        raise storage_error(
            "changed", path, "the file changed while it was opened", "open it once more"
        )


def _cannot_write(path: Path, error: sqlite3.Error) -> StorageError:
    return storage_error(
        "cannot_write",
        path,
        f"the logbook cannot be written ({error})",
        "make room on the disk, or copy the whole folder to a place of your own",
    )


def _left_open(path: Path, lock: Lock) -> tuple[Finding, ...]:
    if lock.left_by is None:
        return ()
    return (
        Finding(
            code="training.recovered",
            message=f"the sitting of {lock.left_by.words()} ended without closing the file",
            place=str(path),
            remedy="everything that was written down is there",
            severity=Severity.NOTE,
        ),
    )
