"""What a coding notes of a video file, so that it is known again wherever it lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Media
from ssp_coder.media.fingerprint import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.media.index import FrameIndex


def media_of(path: Path, index: FrameIndex) -> Media:
    """The recording by its content; its way from a coding file is not noted.

    Raises:
        OSError: it cannot be read.
    """
    return Media(
        name=path.name,
        relative_path="",
        size=path.stat().st_size,
        fingerprint=fingerprint(path),
        duration_us=index.end_us,
        frame_count=index.count,
    )


def placed_beside(media: Media, path: Path, coding_file: Path) -> Media:
    """The recording with its name and its way down from the coding file's folder.

    A place elsewhere on this computer says nothing to anybody else and is not noted.
    """
    return replace(media, name=path.name, relative_path=way_down(path, coding_file))


def way_down(path: Path, coding_file: Path) -> str:
    """From the coding file's folder to the recording, empty when it lies elsewhere."""
    folder, video = coding_file.resolve().parent, path.resolve()
    return video.relative_to(folder).as_posix() if video.is_relative_to(folder) else ""
