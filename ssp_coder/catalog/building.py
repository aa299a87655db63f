"""Checked records to values of the domain; nothing here can fail on a checked record."""

from __future__ import annotations

from ssp_coder.catalog.record_base import (
    Sources,
    Stated,
    Words,
)
from ssp_coder.catalog.records import (
    CodeRecord,
    EthogramFile,
    GroupRecord,
    KeymapFile,
    ModifierRecord,
    ScaleFile,
    ThemeRecord,
)
from ssp_coder.domain.ethogram import (
    Code,
    CodeGroup,
    CodeId,
    CodeKind,
    Ethogram,
    GroupId,
    GroupRole,
    Modifier,
    ModifierId,
    ModifierValue,
)
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import (
    Anchor,
    MissingKind,
    MissingReason,
    Scale,
    ScaleId,
    ScaleRole,
    TimedHinge,
)
from ssp_coder.domain.scheme import DTheme, KeyBinding, Keymap
from ssp_coder.domain.time import Micros, micros
from ssp_coder.domain.words import NO_TEXT, Origin, Provenance, Text, english


def text(words: Words) -> Text:
    """Wording as the domain holds it; English first, other languages by code."""
    if isinstance(words, str):
        return english(words) if words else NO_TEXT
    ordered = sorted(words.items(), key=lambda pair: (pair[0] != "en", pair[0]))
    return Text(tuple(ordered))


def provenance(stated: Stated, sources: Sources) -> Provenance:
    """Where a statement comes from, its source written out when it is a key of `sources`."""
    return Provenance(
        origin=Origin(stated.origin),
        source=sources.get(stated.source, stated.source),
        confidence=stated.confidence,
    )


def length_us(seconds: float) -> Micros:
    """Microseconds of the seconds in a data file."""
    return micros(repr(seconds))


def ethogram(record: EthogramFile) -> Ethogram:
    """The ethogram of a checked file."""
    return Ethogram(
        id=record.id,
        version=record.version,
        title=text(record.title),
        groups=tuple(_group(group, record.sources) for group in record.groups),
        modifiers=tuple(_modifier(modifier) for modifier in record.modifiers),
        provenance=provenance(record, record.sources),
    )


def _modifier(record: ModifierRecord) -> Modifier:
    values = tuple(
        ModifierValue(id=value.id, title=text(value.title), key=value.key)
        for value in record.values
    )
    return Modifier(
        id=ModifierId(record.id), title=text(record.title), column=record.column, values=values
    )


def _group(record: GroupRecord, sources: Sources) -> CodeGroup:
    return CodeGroup(
        id=GroupId(record.id),
        title=text(record.title),
        exclusive=record.exclusive,
        role=GroupRole(record.role),
        subjects=tuple(SubjectId(person) for person in record.subjects),
        slot=record.slot,
        shape=record.shape,
        codes=tuple(_code(code, record, sources) for code in record.codes),
    )


def _code(record: CodeRecord, group: GroupRecord, sources: Sources) -> Code:
    return Code(
        id=CodeId(f"{group.id}.{record.name}"),
        name=record.name,
        group=GroupId(group.id),
        kind=CodeKind(record.kind),
        title=text(record.title),
        short=text(record.short),
        hint=text(record.hint),
        level=record.level,
        present=record.present,
        modifiers=tuple(ModifierId(modifier) for modifier in record.modifiers),
        bears_on=record.bears_on,
        tags=record.tags,
        strategy=record.strategy,
        hatched=record.hatched,
        unseen=record.unseen,
        provenance=_code_provenance(record, group, sources),
    )


def _code_provenance(record: CodeRecord, group: GroupRecord, sources: Sources) -> Provenance:
    if record.origin is None:
        return provenance(group, sources)
    return Provenance(
        origin=Origin(record.origin),
        source=sources.get(record.source, record.source),
        confidence=record.confidence,
    )


def themes(records: tuple[ThemeRecord, ...], sources: Sources) -> tuple[DTheme, ...]:
    """Thematic groups, or explanations to rule out."""
    return tuple(
        DTheme(id=r.id, title=text(r.title), provenance=provenance(r, sources)) for r in records
    )


def scale(record: ScaleFile) -> Scale:
    """The scale of a checked file, its anchors from the lowest point up."""
    return Scale(
        id=ScaleId(record.id),
        abbreviation=record.abbreviation,
        aliases=record.aliases,
        title=text(record.title),
        gist=text(record.gist),
        role=ScaleRole(record.role),
        minimum=record.minimum,
        maximum=record.maximum,
        step=record.step,
        anchors=_anchors(record),
        missing_reasons=tuple(
            MissingReason(id=m.id, kind=MissingKind(m.kind), title=text(m.title))
            for m in record.missing
        ),
        hinges=_hinges(record),
        confusions=tuple(text(words) for words in record.confusions),
        note=text(record.note),
        decision_point=record.decision_point,
        provenance=provenance(record, record.sources),
    )


def _anchors(record: ScaleFile) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(point=a.point, text=text(a.text), provenance=provenance(a, record.sources))
        for a in sorted(record.anchors, key=lambda anchor: anchor.point)
    )


def _hinges(record: ScaleFile) -> tuple[TimedHinge, ...]:
    return tuple(
        TimedHinge(
            id=h.id,
            limit_us=length_us(h.limit_s),
            episodes=tuple(EpisodeId(episode) for episode in h.episodes),
            text=text(h.text),
            provenance=provenance(h, record.sources),
        )
        for h in record.hinges
    )


def keymap(record: KeymapFile) -> Keymap:
    """The key map of a checked file, in the file's order."""
    return Keymap(
        id=record.id,
        version=record.version,
        title=text(record.title),
        bindings=tuple(KeyBinding(key=k, code=CodeId(c)) for k, c in record.bindings.items()),
    )
