"""The demonstration session on disk: film, an empty coding to work in, a reference, a trainee's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.catalog import load_scheme
from ssp_coder.demonstration.codings import CodedBy, DemonstrationFile, coded_by, session_data
from ssp_coder.demonstration.film import FilmError, make_video
from ssp_coder.domain.coding import Coding, CodingRole, Media
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of
from ssp_coder.storage.coding_file import create, open_read_only

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.media.index import FrameIndex

FOLDER_NAME = "ssp_coder_demo"
YOU = "you"
DRAWING_SHARE = 0.95
"""Share of the work that drawing the film takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSession:
    """Where the demonstration lies.

    Attributes:
        video: the film.
        working: a coding to work in, empty at first.
        reference: a locked reference coding.
        trainee: a trainee's coding that differs from it in known ways.
    """

    video: Path
    working: Path
    reference: Path
    trainee: Path


def default_folder() -> Path:
    """Where the demonstration goes when nobody chose a place: the person's home folder."""
    return Path.home() / FOLDER_NAME


def prepare(folder: Path, progress: Callable[[float], None] | None = None) -> DemoSession:
    """Make what is missing of the demonstration; what is there, and was worked on, stays.

    Args:
        folder: made when it does not exist.
        progress: called with the share done, 0 to 1.

    Raises:
        DomainError: the folder cannot be used, or a file in it is not what it should be.
    """
    report = progress or _nobody
    folder.mkdir(parents=True, exist_ok=True)
    data = session_data()
    scheme = load_scheme(data.scheme)
    session = DemoSession(
        video=folder / "demonstration.mp4",
        working=folder / "demonstration.sspc",
        reference=folder / "reference.sspc",
        trainee=folder / "trainee.sspc",
    )
    index = _film(session.video, report)
    media = _media(session.video, index)
    for who, path in ((data.reference, session.reference), (data.trainee, session.trainee)):
        coded = coded_by(data, who, scheme, index.ordinal_at)
        _write(path, _empty(data, media, coded.coder, coded.role), scheme, coded)
    working = CodedBy(coder=YOU, role=CodingRole.INDEPENDENT, edits=())
    _write(session.working, _empty(data, media, YOU, working.role), scheme, working)
    report(1.0)
    return session


def _nobody(_share: float) -> None:
    """Progress that nobody watches."""


def _film(path: Path, report: Callable[[float], None]) -> FrameIndex:
    """The index of the film; a film that cannot be read is drawn anew."""
    if path.exists():
        try:
            return build_index(path)
        except MediaError:
            path.unlink()
    try:
        make_video(path, lambda done, whole: report(DRAWING_SHARE * done / whole))
    except FilmError as error:
        raise DomainError(
            Finding(code="demonstration.film", message=str(error), place=str(path))
        ) from error
    return build_index(path)


def _media(path: Path, index: FrameIndex) -> Media:
    return replace(media_of(path, index), relative_path=path.name)


def _empty(data: DemonstrationFile, media: Media, coder: str, role: CodingRole) -> Coding:
    return Coding(session=data.session, coder=coder, role=role, media=(media,))


def _write(path: Path, start: Coding, scheme: Scheme, coded: CodedBy) -> None:
    """Make a coding file unless one of this film is there.

    A coding of an earlier film cannot fit this one. One that was worked on is put aside under
    another name, never deleted.
    """
    if path.exists():
        with open_read_only(path) as there:
            if there.coding.media[:1] == start.media:
                return
        path.replace(_free_name(path))
    with create(path, coding=start, scheme=scheme, who=start.coder) as file:
        document = file.document()
        for edit in coded.edits:
            document.submit(edit)


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return aside
