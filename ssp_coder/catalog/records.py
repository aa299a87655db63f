"""The shape of every data file; the JSON Schemas under schemas/format are made from it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ssp_coder.catalog.record_base import (
    Alias,
    CodeKey,
    Column,
    ColumnName,
    FileHead,
    Id,
    Length,
    Letter,
    Ordinal,
    OriginName,
    Seconds,
    Shape,
    Share,
    Slot,
    Stated,
    ValueId,
    Version,
    Words,
)
from ssp_coder.catalog.record_handbook import HandbookFile
from ssp_coder.catalog.record_procedure import (
    LengthRuleRecord,
    NumberingRecord,
    VisitFieldRecord,
)
from ssp_coder.catalog.record_rules import (
    DecisionTableFile,
    DiscriminantTableFile,
    ProfileTableFile,
)
from ssp_coder.catalog.record_wording import WordingFile


class PersonRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who may be in the room."""

    id: Id
    letter: Letter
    title: Words
    presence_column: ColumnName | Literal[""] = ""
    focal: bool = False


class EpisodeRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One episode as planned."""

    id: Id
    number: Ordinal
    title: Words
    kind: Literal["introduction", "preseparation", "separation", "reunion"]
    reunion: Annotated[int, Meta(ge=0, le=9)] = 0
    present: tuple[Id, ...]
    planned_s: Length
    may_curtail: bool
    may_extend: bool
    start_cue: Words
    end_cue: Words
    note: Words = ""


class ProcedureFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="procedure",
):
    """A file under episodes/; only a template may leave its episodes and end cue open."""

    template: bool = False
    note: Words = ""
    length_tolerance_s: Seconds
    session_end_cue: Words = ""
    persons: Annotated[tuple[PersonRecord, ...], Meta(min_length=1)]
    episodes: tuple[EpisodeRecord, ...]
    length_rules: tuple[LengthRuleRecord, ...] = ()
    visit_fields: tuple[VisitFieldRecord, ...] = ()
    numberings: tuple[NumberingRecord, ...] = ()


class ModifierValueRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One choice of a modifier."""

    id: ValueId
    title: Words
    key: str = ""


class ModifierRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A further property of an event."""

    id: Id
    title: Words
    column: ColumnName
    values: Annotated[tuple[ModifierValueRecord, ...], Meta(min_length=1)]


class CodeRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One behaviour; without origin and source it has those of its group."""

    name: Id
    kind: Literal["point", "state"]
    title: Words
    short: Words
    hint: Words = ""
    level: Share = 1.0
    present: bool = False
    modifiers: tuple[Id, ...] = ()
    bears_on: tuple[Id, ...] = ()
    tags: tuple[Id, ...] = ()
    strategy: Id | Literal[""] = ""
    hatched: bool = False
    unseen: bool = False
    origin: OriginName | None = None
    source: Annotated[str, Meta(max_length=2000)] = ""
    confidence: Share | None = None


class GroupRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes that belong together."""

    id: Id
    title: Words
    exclusive: bool
    role: Literal["behaviour", "presence", "distress", "procedure"] = "behaviour"
    subjects: Annotated[tuple[Id, ...], Meta(min_length=1)]
    slot: Slot
    shape: Shape
    codes: Annotated[tuple[CodeRecord, ...], Meta(min_length=1)]


class ThemeRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A thematic group of indices, or an explanation to rule out."""

    id: Id
    title: Words


class MeasureRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A behaviour whose frequency is told; without `subjects`, of all persons of its groups."""

    id: ColumnName
    title: Words
    kind: Literal["interval", "count"]
    codes: Annotated[tuple[CodeKey, ...], Meta(min_length=1)]
    subjects: tuple[Id, ...] = ()


class IntervalRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long an interval is."""

    seconds: Annotated[float, Meta(gt=0, le=3600)]


class RestRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of a rest at the end of an episode that fills no whole interval."""

    rule: Literal["own", "merge_with_neighbour", "drop", "own_from_half"]


class FullRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many intervals a full episode has, to which scores are prorated."""

    intervals: Annotated[float, Meta(gt=0, le=1000)]


class SamplingRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How episodes are cut into intervals for the measures."""

    interval: IntervalRecord
    rest: RestRecord
    full: FullRecord


class EthogramFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="ethogram",
):
    """A file under schemas/ethograms/; without measures, each state of a behaviour is one."""

    tags: tuple[Id, ...] = ()
    strategies: tuple[Id, ...] = ()
    modifiers: tuple[ModifierRecord, ...] = ()
    groups: Annotated[tuple[GroupRecord, ...], Meta(min_length=1)]
    measures: tuple[MeasureRecord, ...] = ()
    sampling: SamplingRecord | None = None
    themes: tuple[ThemeRecord, ...] = ()
    explanations: tuple[ThemeRecord, ...] = ()


class MissingRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named reason why a place has no number."""

    id: Id
    kind: Literal["cannot_code", "not_applicable"]
    title: Words


class AnchorRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one point means."""

    point: float
    text: Words


class HingeRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A timing rule of a scale."""

    id: Id
    limit_s: Seconds
    episodes: tuple[Id, ...]
    text: Words


class SlotRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Places where a scale is rated; without episodes it is the whole session.

    `required` lists the episodes a complete coding needs, or is true for all of them.
    """

    column: Column
    toward: Id | Literal[""] = ""
    episodes: tuple[Id, ...] = ()
    required: bool | tuple[Id, ...] = False


class ScaleFile(
    FileHead, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="scale"
):
    """A file under schemas/scales/."""

    abbreviation: Annotated[str, Meta(min_length=1, max_length=12)]
    aliases: tuple[Alias, ...] = ()
    gist: Words
    role: Literal["interactive", "search", "disorganization", "caregiver"]
    minimum: float
    maximum: float
    step: float = 1.0
    decision_point: float | None = None
    note: Words = ""
    confusions: tuple[Words, ...] = ()
    slots: Annotated[tuple[SlotRecord, ...], Meta(min_length=1)]
    hinges: tuple[HingeRecord, ...] = ()
    anchors: Annotated[tuple[AnchorRecord, ...], Meta(min_length=1)]
    missing: Annotated[tuple[MissingRecord, ...], Meta(min_length=1)]


class KeymapFile(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="keymap"
):
    """A file under schemas/keymaps/: key = group.code."""

    id: Id
    version: Version
    title: Words
    bindings: dict[str, CodeKey] = {}


class CountRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Intervals of an episode in which a state of `codes` occurs; a column for each episode."""

    id: Column
    title: Words
    episodes: Annotated[tuple[Id, ...], Meta(min_length=1)]
    codes: Annotated[tuple[CodeKey, ...], Meta(min_length=1)]
    interval_s: Annotated[float, Meta(gt=0, le=3600)]


class DimensionRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mean of ratings for analyses; those under `turned` count from the other end."""

    id: ColumnName
    title: Words
    parts: tuple[ColumnName, ...] = ()
    turned: tuple[ColumnName, ...] = ()


class SchemeRecord(
    FileHead, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="scheme"
):
    """A file under schemas/schemes/: which instruments a coder works with.

    The `usual` one is taken where none is named.

    With `half_points` the interactive scales and the scale of disorganization are rated in halves.

    With `sampling` episodes are cut otherwise than the ethogram says.
    """

    system: Id
    usual: bool = False
    procedure: Id
    ethogram: Id
    scales: Annotated[tuple[Id, ...], Meta(min_length=1)]
    rules: Id
    keymap: Id
    half_points: bool = False
    suggestion: Literal["never", "after_own", "always"] = "after_own"
    unlock: Literal["with_reason", "never"] = "with_reason"
    counts: tuple[CountRecord, ...] = ()
    dimensions: tuple[DimensionRecord, ...] = ()
    sampling: SamplingRecord | None = None


FileRecord = (
    ProcedureFile
    | EthogramFile
    | ScaleFile
    | ProfileTableFile
    | DecisionTableFile
    | DiscriminantTableFile
    | KeymapFile
    | SchemeRecord
    | WordingFile
    | HandbookFile
)
