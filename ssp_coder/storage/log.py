"""The rows of the log: what was done, by whom and when, each sealed with the hash of the last."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.history import Record, RecordKind
from ssp_coder.storage.edit_json import change_text, checked, edit_text, read_value, value_text
from ssp_coder.storage.table import Row

START = "start"
EDIT = RecordKind.EDIT.value
NO_HASH = "0" * 64
INSERT = "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = (
    "SELECT seq, kind, target, edit, change, reason, who, at_utc, prev_hash, hash FROM log"
    " WHERE seq BETWEEN ? AND ? ORDER BY seq"
)
_LAST_POSSIBLE = 2**63 - 1
_HEAD = "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Row 0 of the log: what the coding was before the first edit, and by what it is judged.

    Attributes:
        scheme: id of the scheme.
        scheme_sha256: hash over the names and hashes of its files.
        files: path and SHA-256 of each file of the scheme, in its order.
        made_with: version of the program.
    """

    coding: Coding
    scheme: str
    scheme_sha256: str
    files: tuple[tuple[str, str], ...]
    made_with: str

    def meta(self) -> tuple[Row, ...]:
        """What the table `meta` repeats of it, by key."""
        return (
            ("made_with", self.made_with),
            ("scheme", self.scheme),
            ("scheme_sha256", self.scheme_sha256),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One row as it is stored.

    Attributes:
        edit: JSON; None for undo and redo, which are known by their target.
        change: JSON; only an edit has one.
        who: id of the coder.
        at_utc: ISO 8601.
        hash: SHA-256 over the other columns, among them the hash of the row before.
    """

    seq: int
    kind: str
    target: int
    edit: str | None
    change: str | None
    reason: str
    who: str
    at_utc: str
    prev_hash: str
    hash: str = ""

    def values(self) -> Row:
        """The columns in their order."""
        return (*self._sealed(), self.hash)

    def seal(self) -> str:
        """What `hash` has to be."""
        text = json.dumps(self._sealed(), ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def _sealed(self) -> Row:
        return (
            self.seq,
            self.kind,
            self.target,
            self.edit,
            self.change,
            self.reason,
            self.who,
            self.at_utc,
            self.prev_hash,
        )


_COLUMNS = tuple(field.name for field in fields(LogRow))


def beginning_of(coding: Coding, scheme: Scheme, made_with: str) -> Beginning:
    """The beginning of a new coding."""
    return Beginning(
        coding=coding,
        scheme=scheme.id,
        scheme_sha256=scheme.sha256,
        files=tuple((file.path, file.sha256) for file in scheme.files),
        made_with=made_with,
    )


def start_row(beginning: Beginning, who: str, at_utc: str) -> LogRow:
    """Row 0.

    Raises:
        StorageError: a text cannot be stored.
    """
    row = LogRow(
        seq=0,
        kind=START,
        target=0,
        edit=value_text(Beginning, beginning),
        change=None,
        reason="",
        who=checked(who),
        at_utc=at_utc,
        prev_hash=NO_HASH,
    )
    return replace(row, hash=row.seal())


def read_beginning(text: str, *, place: str = "") -> Beginning:
    """What row 0 says.

    Raises:
        StorageError: it cannot be read.
    """
    beginning: Beginning = read_value(Beginning, text, place=place)
    return beginning


def record_row(record: Record, *, who: str, at_utc: str, prev_hash: str) -> LogRow:
    """The row of a record.

    Raises:
        StorageError: a text cannot be stored.
    """
    is_edit = record.kind is RecordKind.EDIT
    row = LogRow(
        seq=record.seq,
        kind=str(record.kind),
        target=record.target,
        edit=edit_text(record.edit) if is_edit else None,
        change=change_text(record.change) if is_edit else None,
        reason=checked(record.reason),
        who=checked(who),
        at_utc=at_utc,
        prev_hash=prev_hash,
    )
    return replace(row, hash=row.seal())


def read_log(
    connection: sqlite3.Connection, *, first: int = 0, last: int = _LAST_POSSIBLE
) -> Iterator[LogRow]:
    """All rows, or those from number `first` to number `last`, in order."""
    for values in connection.execute(_SELECT, (first, last)):
        yield log_row(values)


def log_row(values: Row) -> LogRow:
    """The row whose columns these are, in their order."""
    return LogRow(**dict(zip(_COLUMNS, values, strict=True)))


def read_head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last row.

    Raises:
        ValueError: the log is empty.
    """
    head = connection.execute(_HEAD).fetchone()
    if head is None:
        raise ValueError("the log is empty")
    seq, sealed = head
    return int(seq), str(sealed)
