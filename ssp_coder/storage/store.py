"""The open database of a coding file: entries in, single steps out, folded up at the end."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ssp_coder.domain.finding import Finding
from ssp_coder.editing.history import Step
from ssp_coder.storage.backups import copy_to, try_back_up
from ssp_coder.storage.connection import connect_for_writing, fold
from ssp_coder.storage.edit_json import read_change, read_edit
from ssp_coder.storage.errors import InUseError, StorageError, storage_error
from ssp_coder.storage.log import LogRow, read_head, read_log
from ssp_coder.storage.migration import migrate
from ssp_coder.storage.snapshot import check_schema, told_as_damage
from ssp_coder.storage.writer import Entry

Connect = Callable[[Path], sqlite3.Connection]


class Store:
    """One connection that several threads use in turns."""

    def __init__(self, path: Path, *, head: str, connect: Connect = connect_for_writing) -> None:
        """Open for writing what was read as a copy a moment ago, and give it the present form.

        Args:
            path: the coding file.
            head: hash of the last row of the log as it was read.
            connect: opens the database.

        Raises:
            StorageError: the file cannot be written, or is not what was read.
        """
        self._path = path
        self._turn = threading.Lock()
        try:
            self._connection = connect(path)
        except sqlite3.Error as error:
            raise _cannot_write(path, error) from error
        try:
            self._stat = path.stat()
            with told_as_damage(path):
                check_schema(path, self._connection)
                _check_same(path, head, read_head(self._connection)[1])
            migrate(self._connection)
        except sqlite3.Error as error:
            self._connection.close()
            raise _cannot_write(path, error) from error
        except (StorageError, OSError):
            self._connection.close()
            raise

    def write(self, entries: tuple[Entry, ...]) -> None:
        """Make entries durable, all or none; those already there are passed over.

        Raises:
            sqlite3.Error: the disk is full or failing.
            StorageError: the file is no longer in its place.
        """
        self._check_place()
        with self._turn:
            write_entries(self._connection, entries)

    def step(self, seq: int) -> Step:
        """The edit of a row of the log, with what it did.

        Raises:
            StorageError: the row cannot be read.
        """
        place = f"{self._path}, row {seq} of the log"
        with self._turn, told_as_damage(self._path):
            row = self._connection.execute(
                "SELECT edit, change FROM log WHERE seq = ?", (seq,)
            ).fetchone()
        if row is None or row[0] is None or row[1] is None:
            raise storage_error("unreadable_record", place, "there is no such edit")
        return Step(
            seq=seq,
            edit=read_edit(row[0], place=place),
            change=read_change(row[1], place=place),
        )

    def log_rows(self, first: int, last: int) -> tuple[LogRow, ...]:
        """The rows of the log from number `first` to number `last`, both included.

        Raises:
            StorageError: they cannot be read.
        """
        with self._turn, told_as_damage(self._path):
            return tuple(read_log(self._connection, first=first, last=last))

    def try_back_up(self) -> Finding | None:
        """Make a backup; a warning when it cannot be made."""
        with self._turn:
            return try_back_up(self._path, self._connection)

    def copy_to(self, target: Path, waiting: tuple[Entry, ...]) -> None:
        """Write a whole copy elsewhere, with the entries that could not be stored here.

        Raises:
            StorageError: the copy cannot be written.
        """
        try:
            with self._turn:
                copy_to(self._connection, target, lambda copy: write_entries(copy, waiting))
        except (sqlite3.Error, OSError) as error:
            raise storage_error(
                "copy", target, f"the copy cannot be written ({error})", "choose another disk"
            ) from error

    def close(self) -> None:
        """Fold everything into the one file.

        Raises:
            StorageError: the journal beside the file still belongs to it.
        """
        try:
            with self._turn:
                fold(self._connection)
        except sqlite3.Error as error:
            raise storage_error(
                "not_folded",
                self._path,
                f"all is stored, but in two files ({error})",
                "keep the file ending in -wal with it, and open and close it again",
            ) from error

    def _check_place(self) -> None:
        """A file that was deleted or replaced would take the entries with it, silently."""
        try:
            there = os.path.samestat(self._path.stat(), self._stat)
        except FileNotFoundError:
            there = False
        if not there:
            raise storage_error(
                "moved",
                self._path,
                "the file was moved, deleted or replaced while it is open",
                "put it back, or save a copy elsewhere",
            )


def write_entries(connection: sqlite3.Connection, entries: tuple[Entry, ...]) -> None:
    """Write entries in one transaction.

    Raises:
        sqlite3.Error: nothing was written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        # A commit may have reached the disk although it was reported as failed.
        stored = connection.execute("SELECT MAX(seq) FROM log").fetchone()[0]
        for entry in entries:
            if entry.seq > stored:
                for statement, row in entry.writes:
                    connection.execute(statement, row)
        connection.execute("COMMIT")
    except sqlite3.Error:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _check_same(path: Path, read: str, found: str) -> None:
    if read != found:
        raise storage_error(
            "changed", path, "the file changed while it was opened", "open it once more"
        )


def _cannot_write(path: Path, error: sqlite3.Error) -> StorageError:
    # What Python itself refuses carries no name.
    if getattr(error, "sqlite_errorname", "") in ("SQLITE_BUSY", "SQLITE_LOCKED"):
        return InUseError(
            Finding(
                code="storage.in_use",
                message="another program has it open",
                place=str(path),
                remedy="close it there, or open it read-only here",
            ),
            None,
        )
    return storage_error(
        "cannot_write",
        path,
        f"the file cannot be written ({error})",
        "open it read-only, or copy it to a folder of your own",
    )
