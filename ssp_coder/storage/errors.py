"""What can go wrong with a coding file, told with the file, the fact and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ssp_coder.domain.finding import DomainError, Finding

RESTORE = "restore a backup; the file was left as it is"
"""What to do about a damaged file."""

UNREADABLE = "storage.unreadable_record"
"""Code of the finding that a record inside a file cannot be read."""


class StorageError(DomainError):
    """A coding file cannot be read, written or trusted; the file itself was left as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a coding file open for writing.

    Attributes:
        who: the coder, as the program knows them.
        user: account on the machine.
        host: name of the machine.
        pid: process on that machine.
        since: UTC, ISO 8601.
    """

    who: str
    user: str
    host: str
    pid: int
    since: str

    def words(self) -> str:
        """The holder in one clause."""
        return f"{self.who} ({self.user} on {self.host}, process {self.pid}) since {self.since}"


class InUseError(StorageError):
    """Somebody else has the file open for writing.

    Attributes:
        holder: who, or None when the other program does not say.
    """

    def __init__(self, finding: Finding, holder: Holder | None) -> None:
        super().__init__(finding)
        self.holder = holder


def storage_error(code: str, path: Path | str, message: str, remedy: str = "") -> StorageError:
    """The error for one fault.

    Args:
        code: name of the fault without its prefix, such as ``damaged``.
        path: the file, or the place in it.
        message: the fact, one clause.
        remedy: what the coder can do.
    """
    return StorageError(
        Finding(code=f"storage.{code}", message=message, place=str(path), remedy=remedy)
    )
