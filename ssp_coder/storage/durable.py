"""Files that appear whole under their name or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def scratch_for(path: Path) -> Path:
    """A free place beside `path` in which to make it; what a crash left there is removed."""
    scratch = path.with_name(f".{path.name}-new")
    for suffix in ("", "-journal", "-wal"):
        scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)
    return scratch


def put_in_place(scratch: Path, path: Path) -> None:
    """Give a finished file its name, so that a power cut leaves all of it or nothing.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    with scratch.open("rb+") as file:
        os.fsync(file.fileno())
    scratch.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can do that.

    Raises:
        OSError: the disk is failing.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
