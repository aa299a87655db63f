"""A reference to compare with: read from a coding file or a timeline; needs no window."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.errors import refusal
from ssp_coder.formats.timeline_reading import TimelineImport, read_timeline
from ssp_coder.storage.coding_file import open_read_only

TIMELINE_SUFFIX = ".csv"


class Concern(Enum):
    """Why a person should think twice before comparing."""

    OTHER_SESSION = auto()
    NOT_LOCKED = auto()
    OTHER_SCHEME = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a coding is held against.

    Attributes:
        file: name of the file it was read from.
        scheme_sha256: hash of its own scheme, empty for a timeline, which carries none.
        scheme_words: id and version of its own scheme, empty likewise.
    """

    file: str
    coding: Coding
    scheme_sha256: str = ""
    scheme_words: str = ""


def load_reference(path: Path, own: Coding, scheme: Scheme) -> Reference:
    """Read a reference; the file is only looked at.

    Args:
        path: a coding file, or a timeline CSV.
        own: the coding that will be compared, which lends its session to a timeline without one.
        scheme: the scheme that the codes of a timeline belong to.

    Raises:
        StorageError: it is no sound coding file.
        FormatError: it is no timeline of one session and one coder.
    """
    if path.suffix.lower() != TIMELINE_SUFFIX:
        file = open_read_only(path)
        words = f"{file.scheme.id} {file.scheme.version}"
        return Reference(
            file=path.name,
            coding=file.coding,
            scheme_sha256=file.scheme.sha256,
            scheme_words=words,
        )
    return Reference(file=path.name, coding=_coding_of(read_timeline(path, scheme), own))


def concerns_of(own: Coding, scheme: Scheme, reference: Reference) -> tuple[Concern, ...]:
    """What speaks against comparing without a second thought."""
    found = []
    if reference.coding.session != own.session:
        found.append(Concern.OTHER_SESSION)
    if own.role is CodingRole.INDEPENDENT and not own.locked:
        found.append(Concern.NOT_LOCKED)
    if reference.scheme_sha256 and reference.scheme_sha256 != scheme.sha256:
        found.append(Concern.OTHER_SCHEME)
    return tuple(found)


def _coding_of(timeline: TimelineImport, own: Coding) -> Coding:
    for names, what in ((timeline.session_ids, "sessions"), (timeline.coder_ids, "coders")):
        if len(names) > 1:
            raise refusal(
                "comparison.several",
                f"holds several {what} ({', '.join(names)})",
                "keep the rows of one coding",
                place=timeline.file,
            )
    return Coding(
        session=next(iter(timeline.session_ids), own.session),
        coder=next(iter(timeline.coder_ids), timeline.file),
        role=CodingRole.REFERENCE,
        events=timeline.events,
    )
