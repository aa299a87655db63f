"""Where the videos of a coding lie on this computer; needs no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.editing.edits import AttachMedia
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.recording import placed_beside
from ssp_coder.media.whereabouts import Found, find_media

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.domain.coding import Coding, Media


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoShelf:
    """Finds the videos of one coding and remembers where they were found.

    Attributes:
        coding_path: the coding file.
        remembered: the path this computer knows for a fingerprint, empty when it knows none.
        remember: notes such a path.
        cache_folder: where frame indexes are kept; None keeps none.
    """

    coding_path: Path
    remembered: Callable[[str], str]
    remember: Callable[[str, Path], None]
    cache_folder: Path | None = None

    def find(self, media: Media) -> Found:
        """Where a video of the coding lies."""
        return find_media(media, self.coding_path, self.remembered)


def added(coding: Coding, media: Media, path: Path, shelf: VideoShelf) -> AttachMedia:
    """The edit that puts a recording at the end of the cameras."""
    return AttachMedia(media=(*coding.media, placed_beside(media, path, shelf.coding_path)))


def removed(coding: Coding, place: int) -> AttachMedia:
    """The edit that takes a camera away."""
    return AttachMedia(media=(*coding.media[:place], *coding.media[place + 1 :]))


def place_of_same(coding: Coding, path: Path) -> int | None:
    """Which camera a file is already; None when it is none, or cannot be read."""
    try:
        content = fingerprint(path)
    except OSError:
        return None
    prints = [media.fingerprint for media in coding.media]
    return prints.index(content) if content in prints else None
