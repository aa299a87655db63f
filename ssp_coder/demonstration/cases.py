"""The synthetic cases of the demonstration pack: scripts put together from acts, and judged.

``pack.toml`` says what all cases share and in which order they come; ``cases/`` holds one file a
case. A case names the acts of each episode and tells how the session was judged and why.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ssp_coder.demonstration.acts import Act, Shown, read_act
from ssp_coder.demonstration.story import (
    Beat,
    Place,
    RoomColours,
    Story,
    StoryError,
    bundled_story,
    check_story,
    demonstration_folder,
)
from ssp_coder.domain.coding import IndexStrength
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import Micros, micros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Record = TypeVar("Record")
LOOKS = frozenset({"skin", "hair", "hair_style", "top", "legs"})
"""What a case may change of the way a person is drawn."""


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a data file."""


class ReadOff(_Table, frozen=True, kw_only=True):
    """Which codes stand for what can be read off a drawn film without judgement.

    Attributes:
        present: of an adult in the room, and one who is out again.
        distress: by level, from none.
        held: by who carries, from nobody (empty name).
        clinging: by who carries, while the child's posture is `clinging_posture`.
        looks: by the name of a person or of `toys`, `door` and `elsewhere`.
        doors: places that stand for the door.
        distances: floor distance to the caregiver up to which a code holds, the last without end.
        touching: the code while the caregiver carries the child.
        unseen: the code while the caregiver is out.
    """

    present: tuple[str, str]
    distress: tuple[str, ...]
    held: dict[str, str]
    clinging: dict[str, str]
    clinging_posture: str
    looks: dict[str, str]
    doors: tuple[str, ...]
    distances: tuple[tuple[float, str], ...]
    touching: str
    unseen: str
    moving: str
    handling: str
    picked_up: str
    put_down: str


class CaseNote(_Table, frozen=True, kw_only=True):
    """Why the reference is as it is, in a place to be rated, at a moment, or both."""

    words: str
    slot: str = ""
    episode: str = ""
    from_s: Decimal = Decimal(0)
    to_s: Decimal = Decimal(0)


class PlannedCase(_Table, frozen=True, kw_only=True):
    """A place in the pack's order.

    Attributes:
        id: neutral name of the case; also of its file, unless it is the bundled session.
        bundled: whether it is the demonstration session itself, which has files of its own.
        notes: of a bundled case; the others have them in their files.
    """

    id: str
    title: str
    stage: str
    form: str = ""
    bundled: bool = False
    notes: tuple[CaseNote, ...] = ()


class PackFile(_Table, frozen=True, kw_only=True):
    """The file ``pack.toml``."""

    kind: str
    id: str
    version: str
    source: str
    title: str
    made_by: str
    settled_on: str
    pass_rule: str
    enriched: bool
    fps: int
    zoom: float
    lead_s: Decimal
    tail_s: Decimal
    places: tuple[Place, ...]
    cases: tuple[PlannedCase, ...]
    read_off: ReadOff


class CaseEpisode(_Table, frozen=True, kw_only=True):
    """The acts that play in an episode, at the same time; the longest says when it ends."""

    id: str
    acts: tuple[str, ...]
    reason: str = ""


class CaseClass(_Table, frozen=True, kw_only=True):
    """How the session was classified."""

    primary: str
    sub: str = ""
    secondary: str = ""
    confidence: int
    rationale: str
    disagreement: str = ""


class CaseIndex(_Table, frozen=True, kw_only=True):
    """An index of disorganization; times are seconds from the cue of its episode."""

    id: str
    episode: str
    from_s: Decimal
    to_s: Decimal
    present: tuple[str, ...]
    strength: IndexStrength
    ruled_out: tuple[str, ...]
    note: str


class CaseFile(_Table, frozen=True, kw_only=True):
    """One file of ``cases/``."""

    kind: str
    id: str
    version: str
    source: str
    session: str
    mirrored: bool = False
    room: dict[str, str] = {}
    looks: dict[str, dict[str, str]]
    episodes: tuple[CaseEpisode, ...]
    ending: tuple[str, ...]
    ratings: dict[str, float]
    classification: CaseClass
    indices: tuple[CaseIndex, ...] = ()
    notes: tuple[CaseNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCase:
    """A case put together.

    Attributes:
        story: the script of its film.
        starts: when each episode begins in the film.
        end_us: when the session ends.
        shown: what is to be coded beside what can be read off.
    """

    file: CaseFile
    story: Story
    starts: tuple[tuple[str, Micros], ...]
    end_us: Micros
    shown: tuple[Shown, ...]

    def at(self, episode: str, seconds: Decimal) -> Micros:
        """The moment of the film that lies `seconds` after the cue of an episode."""
        return Micros(dict(self.starts)[episode] + micros(seconds))


def pack_folder() -> Path:
    """The bundled folder with the data of the pack."""
    return demonstration_folder() / "pack"


def pack_file(folder: Path | None = None) -> PackFile:
    """What the cases share.

    Raises:
        DomainError: the file is missing or wrong; names it.
    """
    return _read((folder or pack_folder()) / "pack.toml", PackFile)


def drawn_case(case_id: str, folder: Path | None = None) -> DrawnCase:
    """Put a case together from its file and its acts.

    Raises:
        DomainError: a file is missing or wrong; names it.
        StoryError: the acts do not make a script that can be played.
    """
    place = folder or pack_folder()
    pack = pack_file(place)
    file = _read(place / "cases" / f"{case_id}.toml", CaseFile)
    beats: list[Beat] = []
    shown: list[Shown] = []
    starts: list[tuple[str, Micros]] = []
    cue = micros(pack.lead_s)
    for episode in file.episodes:
        starts.append((episode.id, cue))
        acts = _acts(place, episode.acts)
        beats += _moved(acts, cue)
        shown += _shown(acts, cue)
        cue = Micros(cue + _length(acts, f"{case_id}.toml, {episode.id}"))
    beats += _moved(_acts(place, file.ending), cue)
    story = _story(pack, file, beats, Micros(cue + micros(pack.tail_s)))
    check_story(story, f"{case_id}.toml")
    return DrawnCase(file=file, story=story, starts=tuple(starts), end_us=cue, shown=tuple(shown))


def _read(path: Path, record: type[Record]) -> Record:
    try:
        facts = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        return msgspec.convert(facts, record, strict=False)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        finding = Finding(
            code="demonstration.unusable",
            message=f"the data of the demonstration pack cannot be read ({error})",
            place=str(path),
            remedy="install the program again",
        )
        raise DomainError(finding) from error


def _acts(folder: Path, names: tuple[str, ...]) -> list[Act]:
    return [read_act(folder / "acts" / f"{name}.csv") for name in names]


def _moved(acts: list[Act], cue: Micros) -> Iterator[Beat]:
    for act in acts:
        for beat in act.beats:
            yield replace(beat, at_us=Micros(cue + beat.at_us))


def _shown(acts: list[Act], cue: Micros) -> Iterator[Shown]:
    for act in acts:
        for one in act.shown:
            yield replace(one, start_us=cue + one.start_us)


def _length(acts: list[Act], place: str) -> Micros:
    ends = [act.ends_us for act in acts if act.ends_us is not None]
    if not ends:
        raise StoryError(f"{place}: no act says when the episode ends; add a row that does")
    return max(ends)


def _story(pack: PackFile, file: CaseFile, beats: list[Beat], length_us: Micros) -> Story:
    base = bundled_story()
    unknown = {key for look in file.looks.values() for key in look} - LOOKS
    if unknown:
        raise StoryError(f"{file.id}.toml: a person has no {min(unknown)!r} to be changed")
    return replace(
        base,
        fps=pack.fps,
        length_us=length_us,
        places=base.places + pack.places,
        actors=tuple(replace(actor, **file.looks.get(actor.name, {})) for actor in base.actors),
        beats=tuple(sorted(beats, key=lambda beat: beat.at_us)),
        room=RoomColours(**file.room),
        mirrored=file.mirrored,
    )
