"""The making of a new coding file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ssp_coder import __version__
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.storage import log
from ssp_coder.storage.durable import put_in_place, scratch_for
from ssp_coder.storage.errors import StorageError, storage_error
from ssp_coder.storage.lock import utc_now
from ssp_coder.storage.rows import writes_of
from ssp_coder.storage.schema import lay_out


def write_new(path: Path, *, coding: Coding, scheme: Scheme, who: str) -> None:
    """Write a coding file that holds the beginning of a coding.

    Raises:
        StorageError: there is a file already, or the folder cannot be written.
    """
    if path.exists():
        raise already_there(path)
    try:
        _write(path, coding, scheme, who)
    except (sqlite3.Error, OSError) as error:
        raise storage_error(
            "cannot_create",
            path,
            f"the file cannot be written ({error})",
            "choose another folder, or make room on the disk",
        ) from error


def already_there(path: Path) -> StorageError:
    """The error for a name that is taken."""
    return storage_error(
        "exists", path, "there is a file of this name already", "choose another name"
    )


def _write(path: Path, coding: Coding, scheme: Scheme, who: str) -> None:
    scratch = scratch_for(path)
    try:
        with closing(sqlite3.connect(scratch, isolation_level=None)) as connection:
            # Nobody knows the file before it is whole and has its name.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            lay_out(connection)
            _fill(connection, coding, scheme, who)
        put_in_place(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, coding: Coding, scheme: Scheme, who: str) -> None:
    beginning = log.beginning_of(coding, scheme, __version__)
    row = log.start_row(beginning, who, utc_now())
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", beginning.meta())
    connection.executemany(
        "INSERT INTO scheme_file VALUES (?, ?, ?, ?)",
        ((file.path, place, file.sha256, file.content) for place, file in enumerate(scheme.files)),
    )
    for statement, values in writes_of(coding):
        connection.execute(statement, values)
    connection.execute(log.INSERT, row.values())
    connection.execute("COMMIT")
