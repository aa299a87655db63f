"""The database of a logbook: one table of rows that are only ever added, chained by hashes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ssp_coder.media.whereabouts import is_safe
from ssp_coder.storage.connection import relax
from ssp_coder.storage.edit_json import read_value, value_text
from ssp_coder.storage.errors import RESTORE, StorageError, storage_error
from ssp_coder.storage.log import NO_HASH
from ssp_coder.storage.schema import SchemaText, schema_text
from ssp_coder.storage.snapshot import check_header, check_pages, private_copy, told_as_damage
from ssp_coder.training.deeds import DEED_KINDS, CaseBegun, Deed, Entry, Submitted

APPLICATION_ID = 0x53535054
FORMAT = 1
NOUN = "training logbook"

# The text is compared exactly when a file is opened: a changed letter is a new format.
TABLES = """
CREATE TABLE logbook (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    who TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_with TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    head TEXT NOT NULL
) STRICT;

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 1),
    at_utc TEXT NOT NULL,
    kind TEXT NOT NULL,
    deed TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;

CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;

CREATE TRIGGER entries_have_no_gaps BEFORE INSERT ON entry
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'entries have no gaps'); END;
"""

_KIND_BY_TYPE = {kind: name for name, kind in DEED_KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogbookText:
    """What a logbook holds.

    Attributes:
        who: pseudonym of the trainee.
        made_at: UTC, ISO 8601.
        head: hash of the last row, or of the first page while there is none.
    """

    who: str
    made_at: str
    head: str
    entries: tuple[Entry, ...]


def first_hash(who: str, made_at: str) -> str:
    """What the chain of a logbook begins with, so that rows fit into no other one."""
    return _hash((NO_HASH, who, made_at))


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the empty tables of a new logbook."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.executescript(TABLES)


@contextmanager
def checked_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A private copy of a logbook, known to be a sound one.

    Raises:
        StorageError: says what the file is, if it is none.
    """
    number = check_header(path, APPLICATION_ID, NOUN)
    if number > FORMAT:
        raise storage_error(
            "newer", path, "it was made by a newer version of the program", "update the program"
        )
    with private_copy(path) as copy:
        check_tables(path, copy)
        with told_as_damage(path):
            check_pages(path, copy)
        relax(copy)
        yield copy


def check_tables(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file that declares anything but the tables of a logbook.

    Raises:
        StorageError: it does.
    """
    with told_as_damage(path):
        given = schema_text(connection)
    if given != _expected():
        raise storage_error(
            "foreign_tables",
            path,
            "its tables are not those of a training logbook, so it is not opened",
            RESTORE,
        )


def read_text(path: Path, connection: sqlite3.Connection) -> LogbookText:
    """Every row, replayed from the first: each must follow from the one before.

    Raises:
        StorageError: a row was changed, taken out or cut off at the end, and which.
    """
    with told_as_damage(path):
        row = connection.execute("SELECT who, made_at, rows, head FROM logbook").fetchone()
        if row is None:
            raise ValueError("its first page is missing")
        who, made_at, rows, head = row
        entries = tuple(_replayed(path, connection, first_hash(who, made_at)))
    last = entries[-1].hash if entries else first_hash(who, made_at)
    if len(entries) != rows or last != head:
        raise _altered(path, f"it ends with entry {len(entries)}, though {rows} were written")
    _check_places(path, entries)
    return LogbookText(who=who, made_at=made_at, head=head, entries=entries)


def write_entry(connection: sqlite3.Connection, entry: Entry, prev_hash: str) -> None:
    """Add a row; it is on the disk when this returns.

    Raises:
        sqlite3.Error: nothing was written.
    """
    kind, text = deed_text(entry.deed)
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
            (entry.seq, entry.at_utc, kind, text, prev_hash, entry.hash),
        )
        connection.execute("UPDATE logbook SET rows = ?, head = ?", (entry.seq, entry.hash))
        connection.execute("COMMIT")
    except sqlite3.Error:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def sealed_entry(seq: int, at_utc: str, deed: Deed, prev_hash: str) -> Entry:
    """The next row of a logbook.

    Raises:
        StorageError: the deed holds what cannot be stored.
    """
    kind, text = deed_text(deed)
    return Entry(
        seq=seq, at_utc=at_utc, deed=deed, hash=_hash((seq, at_utc, kind, text, prev_hash))
    )


def deed_text(deed: Deed) -> tuple[str, str]:
    """The kind of a deed and its fields as JSON.

    Raises:
        StorageError: it holds what cannot be stored.
    """
    kind: Any = type(deed)  # the union of deeds is not hashable to a type checker
    return _KIND_BY_TYPE[kind], value_text(kind, deed)


def _replayed(path: Path, connection: sqlite3.Connection, first: str) -> Iterator[Entry]:
    before = first
    rows = connection.execute(
        "SELECT seq, at_utc, kind, deed, prev_hash, hash FROM entry ORDER BY seq"
    )
    for expected, (seq, at_utc, kind, text, prev_hash, hash_) in enumerate(rows, 1):
        if seq != expected:
            raise _altered(path, f"entry {expected} is missing")
        if prev_hash != before or hash_ != _hash((seq, at_utc, kind, text, prev_hash)):
            raise _altered(path, f"entry {seq} was changed")
        if kind not in DEED_KINDS:
            raise _altered(path, f"entry {seq} is of the unknown kind {kind!r}")
        deed: Deed = read_value(DEED_KINDS[kind], text, place=f"entry {seq}")
        yield Entry(seq=seq, at_utc=at_utc, deed=deed, hash=hash_)
        before = hash_


def _check_places(path: Path, entries: tuple[Entry, ...]) -> None:
    """Refuse a logbook that leads to files outside its folder; the program writes none such."""
    for entry in entries:
        deed = entry.deed
        named = (
            deed.file
            if isinstance(deed, CaseBegun)
            else deed.snapshot
            if isinstance(deed, Submitted)
            else None
        )
        if named is not None and not is_safe(named):
            raise _altered(path, f"entry {entry.seq} leads out of its folder, to {named!r}")


@cache
def _expected() -> SchemaText:
    connection = sqlite3.connect(":memory:")
    try:
        lay_out(connection)
        return schema_text(connection)
    finally:
        connection.close()


def _hash(parts: tuple[object, ...]) -> str:
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _altered(path: Path, what: str) -> StorageError:
    return storage_error(
        "altered",
        path,
        f"it was altered outside the program: {what}",
        "tell the trainer, and use the last copy that was handed in",
    )
