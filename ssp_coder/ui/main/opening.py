"""Opening a coding file for the window: who writes, where the video lies, what went wrong."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.editing.edits import AttachMedia
from ssp_coder.media.recording import way_down
from ssp_coder.storage.coding_file import CodingFile, open_for_writing, open_read_only
from ssp_coder.storage.errors import InUseError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.domain.coding import Coding


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A coding file that is open.

    Attributes:
        notice: why it can only be read, empty when it can be coded.
    """

    file: CodingFile
    notice: str = ""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let Python look for garbage afterwards: what a large coding makes at once is all kept."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_coding_file(path: Path, who: str) -> Opened:
    """Open for coding; while somebody else codes it, or it is newer, for reading only.

    Raises:
        StorageError: it cannot be opened at all.
    """
    try:
        return Opened(file=open_for_writing(path, who))
    except InUseError as error:
        return Opened(file=open_read_only(path), notice=str(error))
    except StorageError as error:
        if not error.finding.code.endswith("newer"):
            raise
        return Opened(file=open_read_only(path), notice=str(error))


def moved(coding: Coding, coding_path: Path, video: Path, place: int = 0) -> AttachMedia | None:
    """The edit that notes a new place of the same video; None when nothing would change.

    A place elsewhere on this computer is remembered in the settings and not in the file.

    Args:
        coding: what is open.
        coding_path: its file.
        video: where the video lies now.
        place: which of the coding's videos it is, from 0.
    """
    relative = way_down(video, coding_path)
    if not relative or place >= len(coding.media):
        return None
    media = list(coding.media)
    media[place] = replace(media[place], name=video.name, relative_path=relative)
    if tuple(media) == coding.media:
        return None
    return AttachMedia(media=tuple(media))
