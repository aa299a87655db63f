"""The codings that come with the demonstration, read from its data files."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from ssp_coder.demonstration.story import demonstration_folder
from ssp_coder.domain.coding import (
    Classification,
    CodingRole,
    DIndex,
    Event,
    EventId,
    IndexId,
    IndexStrength,
)
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.domain.time import Micros, micros
from ssp_coder.editing.edits import (
    Classify,
    Edit,
    EndSession,
    ImportEvents,
    LockCoding,
    MarkEpisode,
    PutDIndex,
    Rate,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.domain.scheme import Scheme


class _Episode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    start_s: float
    reason: str = ""


class _Class(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    primary: str
    sub: str
    secondary: str
    confidence: int
    rationale: str
    disagreement: str = ""


class _Index(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    start_s: float
    end_s: float
    episode: str
    present: tuple[str, ...]
    strength: IndexStrength
    ruled_out: tuple[str, ...]
    note: str


class _Coder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    coder: str
    role: CodingRole
    events: str
    ratings: dict[str, float]
    classification: _Class
    indices: tuple[_Index, ...] = ()


class DemonstrationFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file ``session.toml``: when episodes begin and how two coders judged the session."""

    kind: str
    id: str
    version: str
    source: str
    session: str
    scheme: str
    session_end_s: float
    episodes: tuple[_Episode, ...]
    reference: _Coder
    trainee: _Coder


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedBy:
    """One of the codings that come with the demonstration.

    Attributes:
        edits: everything the coder did, from an empty coding on.
    """

    coder: str
    role: CodingRole
    edits: tuple[Edit, ...]


def session_data(folder: Path | None = None) -> DemonstrationFile:
    """The demonstration's data.

    Raises:
        DomainError: the file is missing or wrong; names it.
    """
    path = (folder or demonstration_folder()) / "session.toml"
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        return msgspec.convert(facts, DemonstrationFile, strict=False)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        finding = Finding(
            code="demonstration.unusable",
            message=f"the demonstration's data cannot be read ({error})",
            place=str(path),
            remedy="install the program again",
        )
        raise DomainError(finding) from error


def coded_by(
    data: DemonstrationFile,
    who: _Coder,
    scheme: Scheme,
    frame_at: Callable[[int], int],
    folder: Path | None = None,
) -> CodedBy:
    """The edits that lead to a coder's coding.

    Args:
        data: the session.
        who: the coder, ``data.reference`` or ``data.trainee``.
        scheme: what the coding is made with.
        frame_at: number of the frame on the screen at a time in microseconds.
        folder: where the event files lie; the bundled folder by default.
    """
    place = folder or demonstration_folder()
    edits: list[Edit] = list(_marks(data, frame_at))
    events = _read_events(place / who.events, scheme, frame_at)
    edits.append(ImportEvents(events=events, source=who.events))
    end = _us(data.session_end_s)
    edits.append(EndSession(at_us=end, frame=frame_at(end)))
    edits += [
        Rate(rating=Rating(slot=SlotId(slot), score=Points(value)))
        for slot, value in who.ratings.items()
    ]
    edits += [PutDIndex(index=_index(index)) for index in who.indices]
    own = who.classification
    edits.append(
        Classify(
            classification=Classification(
                primary=own.primary,
                subgroup=own.sub,
                secondary=own.secondary,
                confidence=own.confidence,
                rationale=own.rationale,
                disagreement=own.disagreement,
            )
        )
    )
    if who.role is CodingRole.REFERENCE:
        edits.append(LockCoding())
    return CodedBy(coder=who.coder, role=who.role, edits=tuple(edits))


def _marks(data: DemonstrationFile, frame_at: Callable[[int], int]) -> list[MarkEpisode]:
    return [
        MarkEpisode(
            episode=EpisodeId(episode.id),
            at_us=_us(episode.start_s),
            frame=frame_at(_us(episode.start_s)),
            reason=episode.reason,
        )
        for episode in data.episodes
    ]


def _read_events(path: Path, scheme: Scheme, frame_at: Callable[[int], int]) -> tuple[Event, ...]:
    columns = {modifier.column: modifier.id for modifier in scheme.ethogram.modifiers}
    events = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, end = micros(row["start_s"]), micros(row["stop_s"])
            events.append(
                Event(
                    id=EventId(0),
                    code=CodeId(row["behaviour"]),
                    subject=SubjectId(row["subject"]),
                    start_us=start,
                    end_us=end,
                    modifiers=tuple(
                        (key, row[column]) for column, key in columns.items() if row[column]
                    ),
                    comment=row["comment"],
                    start_frame=frame_at(start),
                    end_frame=frame_at(end),
                )
            )
    return tuple(events)


def _index(index: _Index) -> DIndex:
    return DIndex(
        id=IndexId(0),
        theme=index.id,
        strength=index.strength,
        start_us=_us(index.start_s),
        end_us=_us(index.end_s),
        present=tuple(SubjectId(person) for person in index.present),
        ruled_out=index.ruled_out,
        note=index.note,
    )


def _us(seconds: float) -> Micros:
    return micros(str(seconds))
