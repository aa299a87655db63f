"""A checked private copy of a coding file: what is looked at first, so that nothing is touched.

A file may be damaged, hostile, or open in another program. Its bytes are copied to a private
folder with the journal that belongs to them, and only the copy is given to SQLite.
"""

from __future__ import annotations

import shutil
import sqlite3
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ssp_coder.storage.connection import guard, limit, relax
from ssp_coder.storage.errors import RESTORE, UNREADABLE, StorageError, storage_error
from ssp_coder.storage.schema import (
    APPLICATION_ID,
    FORMAT,
    expected_schema,
    format_of,
    schema_text,
)

_MAXIMUM_BYTES = 2**30
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL_HEADER_BYTES = 32
_TRIES = 5
_WAIT_S = 0.05
_PREFIX = "ssp-coder-check-"
_LEFT_BEHIND_S = 24 * 3600.0


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A checked copy of the file as it is now, also while somebody writes it.

    Raises:
        StorageError: says what the file is, if it is no sound coding file.
    """
    check_header(path)
    with private_copy(path) as connection:
        with told_as_damage(path):
            check_schema(path, connection)
            check_pages(path, connection)
        relax(connection)
        yield connection


@contextmanager
def private_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a database as it is now, of which nothing but the header was checked.

    Raises:
        StorageError: it cannot be copied, or is no database.
    """
    with _private_folder(path) as folder:
        copy = folder / "copy"
        _copy_all(path, copy)
        connection = _connect(path, copy)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def told_as_damage(path: Path) -> Iterator[None]:
    """Turn what SQLite and Python say about a broken file into a plain sentence."""
    try:
        yield
    except StorageError as error:
        if error.finding.code != UNREADABLE:
            raise
        what = f"the file is damaged ({error.finding.place}: {error.finding.message})"
        raise storage_error("damaged", path, what, RESTORE) from error
    except (sqlite3.Error, ValueError, LookupError) as error:
        raise storage_error("damaged", path, f"the file is damaged ({error})", RESTORE) from error


def check_header(
    path: Path, application_id: int = APPLICATION_ID, noun: str = "coding file"
) -> int:
    """The format number of a coding file, or of another database of this program.

    Args:
        path: the file.
        application_id: the mark of its kind.
        noun: what it should be, for the error.

    Raises:
        StorageError: the file cannot be read or is no such file.
    """
    remedy = f"choose a {noun}"
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            what = "this is a folder" if path.is_dir() else "this is no file on a disk"
            raise storage_error("not_a_coding", path, what, remedy)
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise _cannot_read(path, error) from error
    if state.st_size > _MAXIMUM_BYTES:
        what = f"it has {state.st_size} bytes, more than any {noun}"
        raise storage_error("too_large", path, what, remedy)
    application = int.from_bytes(header[68:72], "big")
    if not header.startswith(_MAGIC) or application != application_id:
        what = "the file is empty" if not header else f"this is no {noun}"
        raise storage_error("not_a_coding", path, what, f"{remedy}, or a backup of it")
    return int.from_bytes(header[60:64], "big")


def check_schema(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file that declares anything but the tables of its format.

    Raises:
        StorageError: it does.
    """
    format_number = format_of(connection)
    if format_number > FORMAT:
        _check_newer(path, connection)
    elif format_number < 1 or schema_text(connection) != expected_schema(format_number):
        raise storage_error(
            "foreign_tables",
            path,
            "its tables are not those of a coding file, so it is not opened",
            "ask where the file comes from; restore a backup",
        )


def _check_newer(path: Path, connection: sqlite3.Connection) -> None:
    """A newer file may have more tables; those that are read must be plain tables."""
    needed = {name for kind, name, _, _ in expected_schema() if kind == "table"}
    given = {
        name
        for kind, name, _, sql in schema_text(connection)
        if kind == "table" and sql is not None and sql.startswith("CREATE TABLE ")
    }
    if not needed <= given:
        raise storage_error(
            "newer", path, "it was made by a newer version in another form", "update the program"
        )


def check_pages(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a database whose pages are damaged.

    Raises:
        StorageError: they are.
    """
    complaints = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    if complaints != ["ok"]:
        raise storage_error("damaged", path, f"the file is damaged ({complaints[0]})", RESTORE)


def _connect(path: Path, copy: Path) -> sqlite3.Connection:
    with told_as_damage(path):
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            limit(connection)
            guard(connection)
            # Reads the journal of the copy, if there is one, before writing is forbidden.
            connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
            connection.execute("PRAGMA query_only = ON")
        except sqlite3.Error:
            connection.close()
            raise
    return connection


@contextmanager
def _private_folder(path: Path) -> Iterator[Path]:
    try:
        _remove_left_behind()
        folder = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise _cannot_copy(path, error) from error
    with folder as name:
        yield Path(name)


def _remove_left_behind() -> None:
    """Remove private copies of programs that were killed while they looked at a file."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _LEFT_BEHIND_S:
                shutil.rmtree(folder)


def _copy_all(path: Path, copy: Path) -> None:
    """Copy the file and its journal so that they belong together.

    While a write-ahead log is not begun anew, every page that changed in the file is also in the
    log, so a copy is consistent if the head of the log is the same before and after.
    """
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_WAIT_S)
        try:
            before = _journals(path)
            for suffix in ("", "-wal", "-journal"):
                _copy_one(path, copy, suffix)
            if _journals(path) == before:
                return
        except OSError as error:
            raise _cannot_copy(path, error) from error
    raise storage_error(
        "busy", path, "it is being written all the time just now", "try again in a moment"
    )


def _copy_one(path: Path, copy: Path, suffix: str) -> None:
    source = path.with_name(path.name + suffix)
    target = copy.with_name(copy.name + suffix)
    target.unlink(missing_ok=True)
    if suffix == "" or source.is_file():
        shutil.copyfile(source, target)


def _journals(path: Path) -> tuple[bytes, int, int]:
    """The head of the write-ahead log, the length of the rollback journal, the time of the file.

    While there is a write-ahead log, the file may change without harm, so its time says nothing.
    """
    journal, log = (path.with_name(path.name + suffix) for suffix in ("-journal", "-wal"))
    length = journal.stat().st_size if journal.is_file() else 0
    head = b""
    if log.is_file():
        with suppress(FileNotFoundError), log.open("rb") as opened:
            head = opened.read(_WAL_HEADER_BYTES)
    return head, length, 0 if head else path.stat().st_mtime_ns


def _cannot_read(path: Path, error: OSError) -> StorageError:
    if isinstance(error, FileNotFoundError):
        return storage_error("missing", path, "there is no such file", "look where it was moved to")
    return storage_error(
        "cannot_read", path, f"the file cannot be read ({error.strerror})", "check its permissions"
    )


def _cannot_copy(path: Path, error: OSError) -> StorageError:
    return storage_error(
        "cannot_read",
        path,
        f"the file cannot be copied for checking ({error.strerror})",
        "free some space for temporary files",
    )
