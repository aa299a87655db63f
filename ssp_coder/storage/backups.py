"""Copies of earlier states of a coding file, in a folder beside it, few and spread over time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.storage.durable import put_in_place, scratch_for
from ssp_coder.storage.errors import storage_error
from ssp_coder.storage.log import read_head
from ssp_coder.storage.snapshot import snapshot

KEEP_LATEST = 5
KEEP_DAYS = 7
KEEP_WEEKS = 4

_MOMENT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+-[0-9a-f]{12})\.sspc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One earlier state.

    Attributes:
        state: number and hash of the last row of its log; equal for equal states.
    """

    path: Path
    made: datetime
    state: str


def backup_folder(path: Path) -> Path:
    """Where the backups of a coding file lie."""
    return path.with_name(f"{path.name}-backups")


def backups_of(path: Path) -> tuple[Backup, ...]:
    """The backups of a coding file, the latest first; empty when there are none."""
    try:
        found = tuple(_as_backup(file) for file in backup_folder(path).iterdir())
    except OSError:
        return ()
    known = (backup for backup in found if backup is not None)
    return tuple(sorted(known, key=lambda backup: (backup.made, backup.state), reverse=True))


def backup(path: Path) -> Path:
    """Make a backup of a coding file as it is on the disk now.

    Returns:
        The backup; the latest one when nothing changed since.

    Raises:
        StorageError: the file is damaged, or the folder cannot be written.
    """
    with snapshot(path) as copy:
        try:
            return back_up(path, copy)
        except (sqlite3.Error, OSError) as error:
            raise storage_error(
                "backup",
                backup_folder(path),
                f"no backup could be made ({error})",
                "check the space and permissions of the folder",
            ) from error


def try_back_up(path: Path, connection: sqlite3.Connection) -> Finding | None:
    """Make a backup; a warning instead of an error when it cannot be made."""
    try:
        back_up(path, connection)
    except (sqlite3.Error, OSError, ValueError) as error:
        return Finding(
            code="storage.backup",
            message=f"no backup could be made ({error})",
            place=str(backup_folder(path)),
            remedy="check the space and permissions of the folder; coding goes on",
            severity=Severity.WARNING,
        )
    return None


def back_up(path: Path, connection: sqlite3.Connection) -> Path:
    """Make a backup of what a connection sees, unless the latest one holds the same.

    Raises:
        sqlite3.Error: it cannot be read or written.
        OSError: the folder cannot be written.
        ValueError: the log is empty.
    """
    seq, head = read_head(connection)
    state = f"{seq}-{head[:12]}"
    earlier = backups_of(path)
    if earlier and earlier[0].state == state:
        return earlier[0].path
    folder = backup_folder(path)
    folder.mkdir(exist_ok=True)
    target = folder / f"{datetime.now(UTC).strftime(_MOMENT)}-{state}.sspc"
    copy_to(connection, target)
    for dropped in to_drop(backups_of(path)):
        if dropped.path != target:  # whatever the clock says
            dropped.path.unlink(missing_ok=True)
    return target


def copy_to(
    connection: sqlite3.Connection,
    target: Path,
    complete: Callable[[sqlite3.Connection], None] = lambda _copy: None,
) -> None:
    """Write what a connection sees as one whole file, checked before it gets its name.

    Args:
        connection: where to copy from.
        target: the new file; one of that name is replaced.
        complete: adds what the connection does not see yet.

    Raises:
        sqlite3.Error: it cannot be read, written or checked.
        OSError: the folder cannot be written.
    """
    scratch = scratch_for(target)
    try:
        with closing(sqlite3.connect(scratch, isolation_level=None)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            complete(copy)
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(str(verdict))
        put_in_place(scratch, target)
    finally:
        scratch.unlink(missing_ok=True)


def to_drop(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that are not among the latest, nor the last of one of the last days or weeks."""
    latest_first = sorted(backups, key=lambda one: one.made, reverse=True)
    days: dict[date, Backup] = {}
    weeks: dict[tuple[int, int], Backup] = {}
    for one in latest_first:
        days.setdefault(one.made.date(), one)
        weeks.setdefault(one.made.isocalendar()[:2], one)
    kept = {
        one.path
        for one in (
            *latest_first[:KEEP_LATEST],
            *tuple(days.values())[:KEEP_DAYS],
            *tuple(weeks.values())[:KEEP_WEEKS],
        )
    }
    return tuple(one for one in latest_first if one.path not in kept)


def _as_backup(file: Path) -> Backup | None:
    match = _NAME.fullmatch(file.name)
    if match is None:
        return None
    try:
        made = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path=file, made=made, state=match[2])
