"""Makes a new coding file from what a person chose; needs no window."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, CodingRole, Media
from ssp_coder.media.errors import Abandoned
from ssp_coder.media.indexing import UNWATCHED, Watch, build_index
from ssp_coder.media.probe import MediaFacts, probe
from ssp_coder.media.recording import media_of, placed_beside
from ssp_coder.storage.coding_file import CodingFile, create

SUFFIX = ".sspc"


class PlaceConcern(Enum):
    """What is wrong with the place of a new coding file."""

    NONE = auto()
    EMPTY = auto()
    SUFFIX = auto()
    TAKEN = auto()
    NO_FOLDER = auto()
    NOT_WRITABLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenVideo:
    """A chosen video after it was looked at."""

    path: Path
    media: Media
    facts: MediaFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """What a person chose for a new coding.

    Attributes:
        videos: the first is coded on, further ones are attached.
        scheme: id of a scheme.
        place: the coding file to be made.
        seen: what is known of the videos already, in their order; empty when nothing is.
    """

    videos: tuple[Path, ...]
    scheme: str
    session: str
    coder: str
    role: CodingRole
    place: Path
    seen: tuple[SeenVideo, ...] = ()


def place_concern(place: Path) -> PlaceConcern:
    """What keeps a coding file from being made there."""
    if not place.name:
        return PlaceConcern.EMPTY
    if place.suffix != SUFFIX:
        return PlaceConcern.SUFFIX
    if place.exists():
        return PlaceConcern.TAKEN
    if not place.parent.is_dir():
        return PlaceConcern.NO_FOLDER
    if not os.access(place.parent, os.W_OK):
        return PlaceConcern.NOT_WRITABLE
    return PlaceConcern.NONE


def proposed_place(video: Path, session: str, coder: str) -> Path:
    """The coding file beside its video, named by session and coder."""
    return video.with_name(f"{session}.{coder}{SUFFIX}")


def look_at_video(
    path: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> SeenVideo:
    """Index a video and say what it is; may take a while for a long one.

    Raises:
        MediaError: it cannot be coded on.
        OSError: it cannot be read.
        Abandoned: nobody wants to know any more.
    """
    seen = _seen(path, Watch(progress=progress, cancelled=cancelled))
    if cancelled():
        raise Abandoned
    return seen


def create_session(new: NewSession, folders: tuple[Path, ...] = ()) -> CodingFile:
    """Make the coding file and open it for writing.

    Args:
        new: what the person chose.
        folders: where the lab's own instruments are looked for before the bundled ones.

    Raises:
        CatalogError: the scheme cannot be used.
        MediaError: a video cannot be used.
        StorageError: the file cannot be made; nothing is left behind.
        OSError: a video cannot be read.
    """
    scheme = load_scheme(new.scheme, folders=folders)
    seen = new.seen or tuple(_seen(path, UNWATCHED) for path in new.videos)
    coding = Coding(
        session=new.session,
        coder=new.coder,
        role=new.role,
        media=tuple(placed_beside(video.media, video.path, new.place) for video in seen),
    )
    return create(new.place, coding=coding, scheme=scheme, who=new.coder)


def _seen(path: Path, watch: Watch) -> SeenVideo:
    index = build_index(path, watch)
    return SeenVideo(path=path, media=media_of(path, index), facts=probe(path, index))
