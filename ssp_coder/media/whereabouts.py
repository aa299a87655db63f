"""Where the video of a coding lies on this computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePosixPath, PureWindowsPath

from ssp_coder.domain.coding import Media
from ssp_coder.media.fingerprint import fingerprint


class Match(Enum):
    """What was found."""

    SAME = auto()
    DIFFERENT = auto()
    NOT_FOUND = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place that was looked at; `path` is None when there is none."""

    match: Match
    path: Path | None


def find_media(media: Media, coding_path: Path, remembered: Callable[[str], str]) -> Found:
    """Look where this computer remembers the video, then beside the coding file.

    A path written in a coding file is followed only below the folder of that file, so that a file
    from elsewhere cannot make the program open something on this computer or a network.

    Args:
        media: what the coding knows of the video.
        coding_path: the coding file.
        remembered: path for a fingerprint on this computer, empty when there is none.
    """
    different: Path | None = None
    known = remembered(media.fingerprint)
    candidates = [Path(known)] if known else []
    candidates += _beside(media, coding_path)
    for path in candidates:
        if not _is_there(path):
            continue
        if is_same(media, path):
            return Found(match=Match.SAME, path=path)
        different = different or path
    if different is not None:
        return Found(match=Match.DIFFERENT, path=different)
    return Found(match=Match.NOT_FOUND, path=None)


def is_same(media: Media, path: Path) -> bool:
    """Whether a file is the one that was coded, by size and fingerprint."""
    try:
        if media.size and path.stat().st_size != media.size:
            return False
        return not media.fingerprint or fingerprint(path) == media.fingerprint
    except OSError:
        return False


def _is_there(path: Path) -> bool:
    """Whether a file lies there; what cannot be looked at, as on a share that is off, does not."""
    try:
        return path.is_file()
    except OSError:
        return False


def _beside(media: Media, coding_path: Path) -> list[Path]:
    folder = coding_path.resolve().parent
    places = [] if "\0" in media.name else [folder / Path(media.name).name]
    if is_safe(media.relative_path):
        places.insert(0, folder.joinpath(*PurePosixPath(media.relative_path).parts))
    inside = []
    for place in places:
        resolved = place.resolve()
        if resolved.is_relative_to(folder) and resolved not in inside:
            inside.append(resolved)
    return inside


def is_safe(relative: str) -> bool:
    """Whether a path from a file stays below its folder and names no drive, share or device."""
    windows = PureWindowsPath(relative)
    parts = PurePosixPath(relative).parts
    return (
        bool(relative)
        and "\0" not in relative
        and ":" not in relative
        and "\\" not in relative
        and not windows.drive
        and not windows.root
        and not windows.is_reserved()
        and not PurePosixPath(relative).is_absolute()
        and ".." not in parts
    )
