"""Opening a coding file for the window: who writes, where the video lies, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Media
from ssp_coder.editing.edits import AttachMedia
from ssp_coder.storage.coding_file import CodingFile, open_for_writing, open_read_only
from ssp_coder.storage.errors import InUseError, StorageError
from ssp_coder.ui.main.media_place import Found, Match, find_media, is_same

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.ui.main.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A coding file that is open.

    Attributes:
        notice: why it can only be read, empty when it can be coded.
    """

    file: CodingFile
    notice: str = ""


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


def place_of_video(coding: Coding, coding_path: Path, settings: Settings) -> Found:
    """Where the first video of a coding lies."""
    if not coding.media:
        return Found(match=Match.NOT_FOUND, path=None)
    return find_media(coding.media[0], coding_path, settings.video_of)


def same_video(media: Media, path: Path) -> bool:
    """Whether a chosen file is the video that was coded."""
    return is_same(media, path)


def moved(coding: Coding, coding_path: Path, video: Path) -> AttachMedia | None:
    """The edit that notes a new place of the same video; None when it lies outside the folder.

    A place elsewhere on this computer is remembered in the settings and not in the file.
    """
    folder = coding_path.resolve().parent
    if not coding.media or not video.resolve().is_relative_to(folder):
        return None
    relative = video.resolve().relative_to(folder).as_posix()
    first = replace(coding.media[0], name=video.name, relative_path=relative)
    if first == coding.media[0]:
        return None
    return AttachMedia(media=(first, *coding.media[1:]))
