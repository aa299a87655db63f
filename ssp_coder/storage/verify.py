"""Does a coding file hold exactly what its log says was done?

A chain of hashes alone does not show that: it stays intact when somebody changes a row of another
table. So the whole log is done again from the first row, and every column of every table is
compared with what comes out.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.apply import apply
from ssp_coder.editing.change import Change, difference, with_change
from ssp_coder.editing.history import RecordKind, move
from ssp_coder.storage.contents import read_scheme, read_scheme_files
from ssp_coder.storage.edit_json import read_change, read_edit
from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.log import (
    NO_HASH,
    START,
    Beginning,
    LogRow,
    read_beginning,
    read_head,
    read_log,
)
from ssp_coder.storage.migration import present_form
from ssp_coder.storage.rows import TABLES
from ssp_coder.storage.snapshot import snapshot, told_as_damage
from ssp_coder.storage.table import Row, Table, rows_of

Progress = Callable[[int, int], None]

_REMEDY = "restore a backup, or ask who changed the file outside the program"


def verify(path: Path, progress: Progress | None = None) -> tuple[Finding, ...]:
    """What is wrong with a coding file; empty when it holds what its log says.

    Args:
        path: the file; it is only read.
        progress: told the rows done and the rows there are.
    """
    try:
        with snapshot(path) as copy, told_as_damage(path), present_form(copy):
            return _Replay(path, copy, progress or (lambda _done, _rows: None)).findings()
    except StorageError as error:
        return (error.finding,)


def head_hash(path: Path) -> str:
    """The hash of the last row of the log, which stands for the whole history of the coding.

    Raises:
        StorageError: the file is damaged or no coding file.
    """
    with snapshot(path) as copy, told_as_damage(path):
        return read_head(copy)[1]


class _Replay:
    """One walk through the log of one file."""

    def __init__(self, path: Path, copy: sqlite3.Connection, progress: Progress) -> None:
        self._path = path
        self._copy = copy
        self._progress = progress
        self._changes: dict[int, Change] = {}
        self._done: list[int] = []
        self._undone: list[int] = []

    def findings(self) -> tuple[Finding, ...]:
        broken = tuple(self._broken_chain())
        if broken:
            return broken
        first = next(read_log(self._copy), None)
        if first is None or first.edit is None or first.kind != START:
            return (self._finding("log", "the log has no beginning"),)
        beginning = read_beginning(first.edit, place="row 0 of the log")
        changed = tuple(self._changed_scheme(beginning))
        if changed:
            return changed
        try:
            coding = self._replayed(beginning.coding, read_scheme(self._path, self._copy))
        except (DomainError, ValueError, IndexError) as error:
            return (self._finding("log", f"the log cannot be done again: {error}"),)
        return tuple(self._different_tables(coding))

    def _broken_chain(self) -> Iterator[Finding]:
        """The first row that does not follow from the row before."""
        before = NO_HASH
        for expected, row in enumerate(read_log(self._copy)):
            if row.seq != expected:
                yield self._finding("log", f"row {expected} of the log is missing")
                return
            if row.prev_hash != before or row.hash != row.seal():
                yield self._finding("log", f"row {row.seq} of the log was changed")
                return
            before = row.hash

    def _changed_scheme(self, beginning: Beginning) -> Iterator[Finding]:
        stored = tuple(
            (file.path, hashlib.sha256(file.content).hexdigest())
            for file in read_scheme_files(self._copy)
        )
        if stored != beginning.files:
            differing = set(stored) ^ set(beginning.files)
            name = min(differing)[0] if differing else "their order"
            yield self._finding("scheme", f"the files of the scheme were changed: {name}")
        meta = tuple(self._copy.execute("SELECT key, value FROM meta ORDER BY key"))
        if meta != beginning.meta():
            yield self._finding("scheme", "the table meta does not say what the log begins with")

    def _replayed(self, coding: Coding, scheme: Scheme) -> Coding:
        rows = read_head(self._copy)[0]
        for row in read_log(self._copy):
            if row.kind != START:
                coding = self._after(coding, row, scheme)
            self._progress(row.seq, rows)
        return coding

    def _after(self, coding: Coding, row: LogRow, scheme: Scheme) -> Coding:
        kind = RecordKind(row.kind)
        move(kind, row.seq, self._done, self._undone)
        moved = (self._undone if kind is RecordKind.UNDO else self._done)[-1]
        if moved != row.target:
            raise ValueError(f"row {row.seq} concerns row {row.target} instead of {moved}")
        if kind is RecordKind.EDIT:
            return self._after_edit(coding, row, scheme)
        change = self._changes[row.target]
        return with_change(coding, change.reversed() if kind is RecordKind.UNDO else change)

    def _after_edit(self, coding: Coding, row: LogRow, scheme: Scheme) -> Coding:
        place = f"row {row.seq} of the log"
        after = apply(coding, read_edit(row.edit or "", place=place), scheme)
        change = difference(coding, after)
        if change != read_change(row.change or "", place=place):
            raise ValueError(f"row {row.seq} did something else than its edit does")
        self._changes[row.seq] = change
        return after

    def _different_tables(self, coding: Coding) -> Iterator[Finding]:
        for table in TABLES:
            difference_ = first_difference(table, rows_of(self._copy, table), table.rows(coding))
            if difference_:
                yield self._finding("tables", difference_)

    def _finding(self, code: str, message: str) -> Finding:
        return Finding(
            code=f"storage.verify_{code}", message=message, place=str(self._path), remedy=_REMEDY
        )


def first_difference(table: Table, stored: Iterable[Row], logged: Iterable[Row]) -> str:
    """The first row that differs, in words; empty when none does."""
    for mine, theirs in zip_longest(stored, logged):
        if mine == theirs:
            continue
        if theirs is None:
            return f"{table.name} {mine[0]} is in the table but not in the log"
        if mine is None:
            return f"{table.name} {theirs[0]} is in the log but not in the table"
        for name, in_table, in_log in zip(table.columns, mine, theirs, strict=True):
            if in_table != in_log:
                return f"{table.name} {theirs[0]}: {name} is {in_table!r}, by the log {in_log!r}"
    return ""
