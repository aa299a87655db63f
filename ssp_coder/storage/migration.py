"""From the form of an earlier version of the program to the present one, after a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.storage.backups import back_up, backup_folder
from ssp_coder.storage.errors import storage_error
from ssp_coder.storage.schema import FORMAT, format_of, step_up


@contextmanager
def present_form(copy: sqlite3.Connection) -> Iterator[None]:
    """Let a private copy be read as if it had the present form; afterwards it is as it was."""
    if format_of(copy) >= FORMAT:
        yield
        return
    copy.execute("PRAGMA query_only = OFF")
    copy.execute("BEGIN")
    try:
        step_up(copy)
        yield
    finally:
        copy.execute("ROLLBACK")
        copy.execute("PRAGMA query_only = ON")


def back_up_earlier(path: Path, copy: sqlite3.Connection) -> Finding:
    """Keep a file of an earlier form as it is, for it is about to be migrated.

    Returns:
        A note where it is kept.

    Raises:
        StorageError: no backup can be made, so the file is not migrated either.
    """
    try:
        kept = back_up(path, copy)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise storage_error(
            "not_migrated",
            path,
            f"it has the form of an earlier version and cannot be backed up before it gets the "
            f"present one ({error})",
            f"check the space and permissions of {backup_folder(path)}, or open it read-only",
        ) from error
    return Finding(
        code="storage.migrated",
        message="it was brought from the form of an earlier version to the present one",
        place=str(path),
        remedy=f"the file as it was is kept as {kept.name} among its backups",
        severity=Severity.NOTE,
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an open file to the present form, wholly or not at all.

    Raises:
        sqlite3.Error: nothing was changed.
    """
    if format_of(connection) >= FORMAT:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        step_up(connection)
        connection.execute("COMMIT")
    except sqlite3.Error:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
