"""Who locked a coding and who unlocked it, when and why, as its log tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.editing.history import RecordKind
from ssp_coder.storage.edit_json import read_edit
from ssp_coder.storage.snapshot import snapshot, told_as_damage


class LockKind(StrEnum):
    """What was done with the lock."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    LOCKED_AGAIN = "locked_again"
    """An unlocking was undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockAct:
    """One row of the log that locked or unlocked the coding.

    Attributes:
        seq: number of the row.
        who: id of whoever did it.
        at_utc: when, ISO 8601.
        reason: why it was unlocked, else empty.
    """

    seq: int
    kind: LockKind
    who: str
    at_utc: str
    reason: str = ""


# The kind of an edit stands in its text, so that a long log need not be read as a whole.
_EDITS = """
    SELECT seq, edit, who, at_utc FROM log
    WHERE edit LIKE '%"lock_coding"%' OR edit LIKE '%"unlock_coding"%'
"""
_UNDONE = "SELECT seq, target, who, at_utc FROM log WHERE kind = ?"


def read_locks(path: Path) -> tuple[LockAct, ...]:
    """Every locking and unlocking of a coding file, in the order of the log.

    Args:
        path: the file; it is only read, also while it is open.

    Raises:
        StorageError: the file is damaged or no coding file.
    """
    with snapshot(path) as copy, told_as_damage(path):
        acts = tuple(_edits(copy, path))
        unlocked = {act.seq for act in acts if act.kind is LockKind.UNLOCKED}
        return tuple(sorted((*acts, *_undone(copy, unlocked)), key=lambda act: act.seq))


def _edits(copy: sqlite3.Connection, path: Path) -> Iterator[LockAct]:
    for seq, text, who, at_utc in copy.execute(_EDITS):
        match read_edit(text, place=f"{path}, row {seq} of the log"):
            case LockCoding():
                yield LockAct(seq=seq, kind=LockKind.LOCKED, who=who, at_utc=at_utc)
            case UnlockCoding(reason=reason):
                yield LockAct(
                    seq=seq, kind=LockKind.UNLOCKED, who=who, at_utc=at_utc, reason=reason
                )
            case _:
                continue


def _undone(copy: sqlite3.Connection, unlocked: set[int]) -> Iterator[LockAct]:
    for seq, target, who, at_utc in copy.execute(_UNDONE, (RecordKind.UNDO.value,)):
        if target in unlocked:
            yield LockAct(seq=seq, kind=LockKind.LOCKED_AGAIN, who=who, at_utc=at_utc)
