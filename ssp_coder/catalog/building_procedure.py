"""A checked procedure file to a procedure; nothing here can fail on a checked record."""

from __future__ import annotations

from ssp_coder.catalog.building import length_us, provenance, text
from ssp_coder.catalog.record_base import Sources
from ssp_coder.catalog.record_procedure import (
    LengthRuleRecord,
    NumberingRecord,
    VisitFieldRecord,
    VisitRemarkRecord,
)
from ssp_coder.catalog.records import EpisodeRecord, PersonRecord, ProcedureFile
from ssp_coder.domain.procedure import (
    EpisodeId,
    EpisodeKind,
    EpisodePlan,
    LengthEffect,
    LengthRule,
    Numbering,
    Person,
    Procedure,
    RemarkTopic,
    SubjectId,
    VisitField,
    VisitFieldId,
    VisitFieldKind,
    VisitRemark,
    VisitValue,
)
from ssp_coder.domain.time import Micros


def procedure(record: ProcedureFile) -> Procedure:
    """The procedure of a checked file."""
    sources = record.sources
    return Procedure(
        id=record.id,
        version=record.version,
        title=text(record.title),
        persons=tuple(_person(person) for person in record.persons),
        episodes=tuple(_episode(episode, sources) for episode in record.episodes),
        length_tolerance_us=length_us(record.length_tolerance_s),
        session_end_cue=text(record.session_end_cue),
        length_rules=tuple(_length_rule(rule, sources) for rule in record.length_rules),
        visit_fields=tuple(_visit_field(field, sources) for field in record.visit_fields),
        numberings=tuple(_numbering(numbering, sources) for numbering in record.numberings),
        template=record.template,
        note=text(record.note),
        provenance=provenance(record, sources),
    )


def _person(record: PersonRecord) -> Person:
    return Person(
        id=SubjectId(record.id),
        letter=record.letter,
        title=text(record.title),
        presence_column=record.presence_column,
        focal=record.focal,
    )


def _episode(record: EpisodeRecord, sources: Sources) -> EpisodePlan:
    return EpisodePlan(
        id=EpisodeId(record.id),
        number=record.number,
        title=text(record.title),
        kind=EpisodeKind(record.kind),
        reunion=record.reunion,
        present=tuple(SubjectId(person) for person in record.present),
        planned_us=length_us(record.planned_s),
        may_curtail=record.may_curtail,
        may_extend=record.may_extend,
        start_cue=text(record.start_cue),
        end_cue=text(record.end_cue),
        note=text(record.note),
        provenance=provenance(record, sources),
    )


def _length_rule(record: LengthRuleRecord, sources: Sources) -> LengthRule:
    return LengthRule(
        id=record.id,
        effect=LengthEffect(record.effect),
        title=text(record.title),
        episodes=_episode_ids(record.episodes),
        sign=text(record.sign),
        after_us=_length(record.after_s),
        up_to_us=_length(record.up_to_s),
        decided_by=text(record.decided_by),
        provenance=provenance(record, sources),
    )


def _visit_field(record: VisitFieldRecord, sources: Sources) -> VisitField:
    return VisitField(
        id=VisitFieldId(record.id),
        title=text(record.title),
        kind=VisitFieldKind(record.kind),
        hint=text(record.hint),
        episodes=_episode_ids(record.episodes),
        minimum=record.minimum,
        maximum=record.maximum,
        values=tuple(VisitValue(id=v.id, title=text(v.title)) for v in record.values),
        remarks=tuple(_remark(remark, sources) for remark in record.remarks),
        provenance=provenance(record, sources),
    )


def _remark(record: VisitRemarkRecord, sources: Sources) -> VisitRemark:
    return VisitRemark(
        id=record.id,
        text=text(record.text),
        topic=RemarkTopic(record.topic),
        below=record.below,
        above=record.above,
        answers=record.answers,
        provenance=provenance(record, sources),
    )


def _numbering(record: NumberingRecord, sources: Sources) -> Numbering:
    return Numbering(
        id=record.id,
        title=text(record.title),
        numbers=tuple((other.number, EpisodeId(other.episode)) for other in record.numbers),
        provenance=provenance(record, sources),
    )


def _episode_ids(names: tuple[str, ...]) -> tuple[EpisodeId, ...]:
    return tuple(EpisodeId(name) for name in names)


def _length(seconds: float | None) -> Micros | None:
    return None if seconds is None else length_us(seconds)
