"""What a coding file holds, read once and checked against its own scheme."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ssp_coder.catalog import scheme_from_files
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scheme import Scheme, SchemeFile
from ssp_coder.editing.history import RecordKind, move
from ssp_coder.storage.errors import RESTORE, StorageError, storage_error
from ssp_coder.storage.log import START, read_head
from ssp_coder.storage.rows import read_coding
from ssp_coder.storage.snapshot import told_as_damage

_KINDS = {kind.value: kind for kind in RecordKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A coding with its scheme and the state of its log.

    Attributes:
        done: row numbers of edits that can be undone, oldest first.
        undone: row numbers of edits that can be redone, the next one last.
        last_seq: number of the last row of the log.
        head: hash of that row.
    """

    coding: Coding
    scheme: Scheme
    done: tuple[int, ...]
    undone: tuple[int, ...]
    last_seq: int
    head: str


def read_contents(path: Path, connection: sqlite3.Connection) -> Contents:
    """Everything but the edits themselves, which are fetched when they are undone.

    Args:
        path: the file that is named in errors.
        connection: a checked copy of it.

    Raises:
        StorageError: the file is damaged.
    """
    with told_as_damage(path):
        scheme = read_scheme(path, connection)
        coding = read_coding(connection)
        _check_words(coding, scheme)
        _check_remarks(coding, scheme)
        _check_numbers(coding)
        done, undone = _read_stacks(connection)
        last_seq, head = read_head(connection)
    return Contents(
        coding=coding, scheme=scheme, done=done, undone=undone, last_seq=last_seq, head=head
    )


def read_scheme_files(connection: sqlite3.Connection) -> tuple[SchemeFile, ...]:
    """The files of the scheme as they are stored, with the hashes the file states."""
    rows = connection.execute("SELECT path, sha256, content FROM scheme_file ORDER BY place")
    return tuple(SchemeFile(path=path, sha256=sha256, content=data) for path, sha256, data in rows)


def read_scheme(path: Path, connection: sqlite3.Connection) -> Scheme:
    """The scheme that the coding was made with.

    Raises:
        StorageError: a file of the scheme was changed, or is none.
    """
    files = read_scheme_files(connection)
    for file in files:
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            raise storage_error(
                "scheme_changed", path, f"the embedded {file.path} was changed", RESTORE
            )
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    try:
        scheme = _built(meta["scheme"], files)
    except DomainError as error:
        raise _unusable_scheme(path, error) from error
    if scheme.sha256 != meta["scheme_sha256"]:
        raise storage_error("scheme_changed", path, "the embedded scheme was changed", RESTORE)
    return scheme


@lru_cache(maxsize=8)
def _built(scheme_id: str, files: tuple[SchemeFile, ...]) -> Scheme:
    return scheme_from_files(scheme_id, files)


def _unusable_scheme(path: Path, error: DomainError) -> StorageError:
    return storage_error(
        "scheme", path, f"the embedded scheme cannot be used: {error.finding.sentence()}", RESTORE
    )


def _read_stacks(connection: sqlite3.Connection) -> tuple[tuple[int, ...], tuple[int, ...]]:
    done: list[int] = []
    undone: list[int] = []
    for expected, row in enumerate(
        connection.execute("SELECT seq, kind, target FROM log ORDER BY seq")
    ):
        seq, kind, target = row
        if seq != expected or (kind == START) != (seq == 0):
            raise ValueError(f"row {seq} of the log is out of place")
        if kind == START:
            continue
        if kind == RecordKind.EDIT and target == seq and not undone:
            done.append(seq)  # as nearly every row is, and there may be very many
            continue
        known = _KINDS[kind]
        move(known, seq, done, undone)
        moved = undone[-1] if known is RecordKind.UNDO else done[-1]
        if moved != target:
            raise ValueError(f"row {seq} of the log concerns row {target} instead of {moved}")
    return tuple(done), tuple(undone)


def _check_words(coding: Coding, scheme: Scheme) -> None:
    """Refuse words that the scheme does not have, which only a damaged file can hold."""
    persons = {person.id for person in scheme.procedure.persons}
    _known("code", {event.code for event in coding.events}, _codes(scheme))
    _known("person", {event.subject for event in coding.events}, persons)
    _known("episode", {mark.episode for mark in coding.episodes}, _episodes(scheme))
    _known("place", {rating.slot for rating in coding.ratings}, {s.id for s in scheme.slots})
    _known("theme", {index.theme for index in coding.d_indices}, {t.id for t in scheme.themes})
    fields = {field.id for field in scheme.procedure.visit_fields}
    _known("visit field", {answer.field for answer in coding.visit}, fields)
    _known("episode", {a.episode for a in coding.visit if a.episode}, _episodes(scheme))
    if coding.classification is not None:
        groups = {group.id for group in scheme.rules.groups}
        _known("class", {coding.classification.primary}, groups)


def _check_remarks(coding: Coding, scheme: Scheme) -> None:
    slots = {comment.slot for comment in coding.comments if comment.slot is not None}
    _known("place", slots, {slot.id for slot in scheme.slots})
    _known("episode", {mark.episode for mark in coding.intervals}, _episodes(scheme))
    told = {f"{m.id} of {person}" for m in scheme.ethogram.measures for person in m.subjects}
    _known("measure", {f"{mark.measure} of {mark.subject}" for mark in coding.intervals}, told)


def _check_numbers(coding: Coding) -> None:
    """Refuse a next number that is taken: what was added under it could never be stored."""
    for what, used, free in (
        ("event", (event.id for event in coding.events), coding.next_event),
        ("index", (index.id for index in coding.d_indices), coding.next_index),
        ("comment", (comment.id for comment in coding.comments), coding.next_comment),
    ):
        if max(used, default=0) >= free:
            raise ValueError(f"number {free} is not free for the next {what}")


def _codes(scheme: Scheme) -> set[str]:
    return {code.id for code in scheme.ethogram.codes()}


def _episodes(scheme: Scheme) -> set[str]:
    return {plan.id for plan in scheme.procedure.episodes}


def _known(what: str, used: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(used) - set(known))
    if unknown:
        raise ValueError(f"its scheme has no {what} {unknown[0]!r}")
