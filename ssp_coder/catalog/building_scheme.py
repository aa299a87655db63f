"""All files of a scheme as one value of the domain: places to rate, counts, hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from ssp_coder.catalog import building
from ssp_coder.catalog.building_measures import with_measures
from ssp_coder.catalog.building_procedure import procedure
from ssp_coder.catalog.building_rules import rule_table
from ssp_coder.catalog.dimensions import dimensions
from ssp_coder.catalog.half_points import in_half_points
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.record_rules import ProfileTableFile, RuleTableFile
from ssp_coder.catalog.records import (
    EpisodeRecord,
    EthogramFile,
    FileRecord,
    KeymapFile,
    PersonRecord,
    ProcedureFile,
    ScaleFile,
    SchemeRecord,
    SlotRecord,
)
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import RatingSlot, ScaleId, SlotId
from ssp_coder.domain.scheme import (
    DerivedCount,
    Scheme,
    SchemeFile,
    SuggestionPolicy,
    UnlockPolicy,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeParts:
    """The files of one scheme, read but not yet checked against each other.

    Attributes:
        profiles: the table of subgroups, where `rules` is a decision table that names one.
    """

    scheme: InstrumentFile[SchemeRecord]
    procedure: InstrumentFile[ProcedureFile]
    ethogram: InstrumentFile[EthogramFile]
    scales: tuple[InstrumentFile[ScaleFile], ...]
    rules: InstrumentFile[RuleTableFile]
    keymap: InstrumentFile[KeymapFile]
    profiles: InstrumentFile[ProfileTableFile] | None = None

    def files(self) -> tuple[InstrumentFile[FileRecord], ...]:
        """Every file once, the scheme's own first."""
        return (
            self.scheme,
            self.procedure,
            self.ethogram,
            *self.scales,
            self.rules,
            *((self.profiles,) if self.profiles is not None else ()),
            self.keymap,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """A place to be rated with what its order and column name come from."""

    id: str
    scale: str
    person: PersonRecord | None
    episode: EpisodeRecord | None
    required: bool


def files_sha256(files: tuple[SchemeFile, ...]) -> str:
    """Hash over names and hashes: SHA-256 of a line ``<sha256>  <path>`` a file, by path."""
    lines = "".join(f"{f.sha256}  {f.path}\n" for f in sorted(files, key=lambda f: f.path))
    return hashlib.sha256(lines.encode()).hexdigest()


def column_name(pattern: str, person: PersonRecord | None, episode: EpisodeRecord | None) -> str:
    """A column pattern with the person's letter and the episode's number filled in."""
    name = pattern if person is None else pattern.replace("{toward}", person.letter)
    return name if episode is None else name.replace("{number}", str(episode.number))


def slots_of(record: SlotRecord, scale_id: str, procedure: ProcedureFile) -> Iterator[PlannedSlot]:
    """The places that one slot entry of a scale stands for; unknown ids are left out."""
    episodes = {episode.id: episode for episode in procedure.episodes}
    person = next((p for p in procedure.persons if p.id == record.toward), None)
    required = record.required
    for episode_id in record.episodes or ("",):
        episode = episodes.get(episode_id)
        yield PlannedSlot(
            id=column_name(record.column, person, episode),
            scale=scale_id,
            person=person,
            episode=episode,
            required=required if isinstance(required, bool) else episode_id in required,
        )


def scheme(parts: SchemeParts) -> Scheme:
    """The scheme of checked files."""
    record = parts.scheme.record
    ethogram = parts.ethogram.record
    files = tuple(
        SchemeFile(path=f.path, sha256=f.sha256, content=f.content) for f in parts.files()
    )
    built = Scheme(
        id=record.id,
        version=record.version,
        title=building.text(record.title),
        system=record.system,
        procedure=procedure(parts.procedure.record),
        ethogram=with_measures(building.ethogram(ethogram), ethogram, record),
        scales=tuple(building.scale(scale.record) for scale in parts.scales),
        slots=_rating_slots(parts),
        rules=rule_table(parts.rules, parts.profiles),
        rules_sha256=parts.rules.sha256,
        keymap=building.keymap(parts.keymap.record),
        counts=_counts(record, parts.procedure.record),
        themes=building.themes(ethogram.themes, ethogram.sources),
        explanations=building.themes(ethogram.explanations, ethogram.sources),
        suggestion=SuggestionPolicy(record.suggestion),
        provenance=building.provenance(record, record.sources),
        files=files,
        sha256=files_sha256(files),
        dimensions=dimensions(record, rated_ranges(parts)),
        unlock=UnlockPolicy(record.unlock),
    )
    return in_half_points(built) if record.half_points else built


def rated_ranges(parts: SchemeParts) -> dict[str, tuple[float, float]]:
    """Lowest and highest point of every place to be rated, by column name."""
    return {
        slot.id: (scale.record.minimum, scale.record.maximum)
        for scale in parts.scales
        for record in scale.record.slots
        for slot in slots_of(record, scale.record.id, parts.procedure.record)
    }


def _rating_slots(parts: SchemeParts) -> tuple[RatingSlot, ...]:
    planned = [
        slot
        for scale in parts.scales
        for record in scale.record.slots
        for slot in slots_of(record, scale.record.id, parts.procedure.record)
    ]
    letters = [person.letter for person in parts.procedure.record.persons]
    planned.sort(key=lambda slot: _page_order(slot, letters))
    return tuple(
        RatingSlot(
            id=SlotId(slot.id),
            scale=ScaleId(slot.scale),
            episode=None if slot.episode is None else EpisodeId(slot.episode.id),
            toward=None if slot.person is None else SubjectId(slot.person.id),
            required=slot.required,
        )
        for slot in planned
    )


def _page_order(slot: PlannedSlot, letters: list[str]) -> tuple[int, int, int]:
    toward = -1 if slot.person is None else letters.index(slot.person.letter)
    if slot.episode is None:
        return (2, 0, toward)
    return (0 if slot.episode.kind == "reunion" else 1, slot.episode.number, toward)


def _counts(record: SchemeRecord, procedure: ProcedureFile) -> tuple[DerivedCount, ...]:
    episodes = {episode.id: episode for episode in procedure.episodes}
    return tuple(
        DerivedCount(
            id=column_name(count.id, None, episodes[episode_id]),
            title=building.text(count.title),
            episode=episode_id,
            codes=tuple(CodeId(code) for code in count.codes),
            interval_us=building.length_us(count.interval_s),
        )
        for count in record.counts
        for episode_id in count.episodes
    )
