"""How SQLite is set up: for files one does not trust, and for writing so that nothing is lost."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from ssp_coder.storage.json_codec import MAXIMUM_TEXT

_PATIENCE_S = 20.0
_STEPS = 100_000
_BUSY_S = 0.5


def limit(connection: sqlite3.Connection) -> None:
    """Bound what a hostile file can make SQLite do, in size and in time."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * MAXIMUM_TEXT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    until = time.monotonic() + _PATIENCE_S
    connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)


def relax(connection: sqlite3.Connection) -> None:
    """Give a file that was checked the time it takes: it declares nothing that runs for ever."""
    connection.set_progress_handler(None, 0)


def guard(connection: sqlite3.Connection) -> None:
    """Trust nothing that a file says about itself."""
    for pragma in (
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
        "PRAGMA mmap_size = 0",
        # A private index of the write-ahead log, so that no further file appears.
        "PRAGMA locking_mode = EXCLUSIVE",
    ):
        connection.execute(pragma)


def connect_for_writing(path: Path) -> sqlite3.Connection:
    """A connection whose commits survive a power cut, and that keeps other programs out.

    Raises:
        sqlite3.Error: the file cannot be opened, or another program has it.
    """
    # The threads that share it take turns under a lock of their own.
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=_BUSY_S
    )
    try:
        guard(connection)
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise sqlite3.OperationalError("the disk cannot keep a write-ahead log")
        connection.execute("PRAGMA synchronous = FULL")
        # Takes the lock now, so that a second program is told now and not at its first event.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def fold(connection: sqlite3.Connection) -> None:
    """Bring everything into the one file and close it.

    Raises:
        sqlite3.Error: the file cannot be written; the write-ahead log beside it holds the rest.
    """
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise sqlite3.OperationalError("the write-ahead log cannot be folded in")
    finally:
        connection.close()
