"""One writer for each coding file: a note beside it that is locked and says who writes.

The operating system's lock on the note decides, and it ends with the process that took it, so a
note left behind by a crash stops nobody. The text of the note only tells the next person whom to
ask. A lock on the coding file itself would not do: on POSIX systems it is lost as soon as the same
process closes any other handle of the file.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from ssp_coder.domain.finding import Finding
from ssp_coder.storage.errors import Holder, InUseError, StorageError, storage_error

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NOTE_BYTES = 4096
_LOCKED_BYTE = 1 << 30
"""Windows keeps others from reading what is locked, so the byte lies far behind the text."""


def utc_now() -> str:
    """The moment in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def note_path(path: Path) -> Path:
    """Where the note of a coding file lies."""
    return path.with_name(f"{path.name}-open")


class Lock:
    """The right to write one coding file, held until `release`."""

    def __init__(self, path: Path, who: str) -> None:
        """Take it; `left_by` then says whose sitting ended without giving it back.

        Raises:
            InUseError: somebody else has it.
            StorageError: the folder cannot be written, or cannot lock.
        """
        self._note = note_path(path)
        self._handle: int | None = _locked_handle(path, self._note)
        self.left_by = holder_of(path)
        try:
            _write_note(self._handle, who)
        except OSError as error:
            self.release()
            raise _no_note(path, error) from error

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with contextlib.suppress(OSError):
            # An empty note tells a proper end from a crash where the note cannot be removed.
            os.ftruncate(handle, 0)
        if sys.platform == "win32":
            os.close(handle)
            with contextlib.suppress(OSError):
                self._note.unlink()
        else:
            with contextlib.suppress(OSError):
                self._note.unlink()
            os.close(handle)


def holder_of(path: Path) -> Holder | None:
    """Who last wrote the note of a coding file; None without a readable one."""
    try:
        with note_path(path).open("rb") as note:
            said = json.loads(note.read(_NOTE_BYTES))
        return Holder(
            who=str(said["who"]),
            user=str(said["user"]),
            host=str(said["host"]),
            pid=int(said["pid"]),
            since=str(said["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _locked_handle(path: Path, note: Path) -> int:
    while True:
        try:
            handle = os.open(note, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _no_note(path, error) from error
        try:
            _lock(handle)
            if _is_still_there(handle, note):
                return handle
        except (BlockingIOError, PermissionError):
            os.close(handle)
            raise _in_use(path) from None
        except OSError as error:
            os.close(handle)
            raise _cannot_lock(path, error) from error
        # The former holder removed the note between our opening and our locking it.
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still_there(handle: int, note: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), note.stat())
    except FileNotFoundError:
        return False


def _write_note(handle: int, who: str) -> None:
    holder = Holder(
        who=who,
        user=_user(),
        host=platform.node() or "unknown machine",
        pid=os.getpid(),
        since=utc_now(),
    )
    text = json.dumps(asdict(holder), ensure_ascii=False, indent=1)
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, text.encode("utf-8", "replace"))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown user"


def _in_use(path: Path) -> InUseError:
    holder = holder_of(path)
    by = "by another program" if holder is None else f"by {holder.words()}"
    return InUseError(
        Finding(
            code="storage.in_use",
            message=f"it is open for coding {by}",
            place=str(path),
            remedy="open it read-only, or ask them to close it",
        ),
        holder,
    )


def _no_note(path: Path, error: OSError) -> StorageError:
    return storage_error(
        "folder_read_only",
        path,
        f"the folder cannot be written ({error.strerror})",
        "open the coding read-only, or copy it to a folder of your own",
    )


def _cannot_lock(path: Path, error: OSError) -> StorageError:
    return storage_error(
        "cannot_lock",
        path,
        f"the disk cannot lock files ({error.strerror}), so two people could write at once",
        "copy the coding to a disk of this computer",
    )
