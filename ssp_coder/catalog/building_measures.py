"""Frequency measures of a checked ethogram file as values of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ssp_coder.catalog.building import length_us, provenance, text
from ssp_coder.catalog.record_base import Sources
from ssp_coder.catalog.records import EthogramFile, MeasureRecord, SchemeRecord
from ssp_coder.domain.coding import MeasureId
from ssp_coder.domain.ethogram import Code, CodeGroup, CodeId, CodeKind, Ethogram, GroupRole
from ssp_coder.domain.measures import USUAL_SAMPLING, Measure, MeasureKind, RestRule, Sampling
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.words import Origin, Provenance

_BEHAVIOUR = (GroupRole.BEHAVIOUR, GroupRole.DISTRESS)
_ONE_A_STATE = Provenance(
    origin=Origin.PROJECT_DEFAULT,
    source="the ethogram lists no measures, so each state of a behaviour is one",
)


def with_measures(ethogram: Ethogram, record: EthogramFile, scheme: SchemeRecord) -> Ethogram:
    """The ethogram of a checked file with what is counted, and in which intervals.

    Args:
        ethogram: its codes.
        record: its file.
        scheme: the scheme that names it, which may cut episodes otherwise.
    """
    listed = tuple(_measure(one, ethogram, record.sources) for one in record.measures)
    return replace(
        ethogram,
        measures=listed or tuple(_of_states(ethogram)),
        sampling=_sampling(record if scheme.sampling is None else scheme),
    )


def _measure(record: MeasureRecord, ethogram: Ethogram, sources: Sources) -> Measure:
    codes = tuple(CodeId(code) for code in record.codes)
    everybody = dict.fromkeys(
        person for code in codes for person in ethogram.group_of(code).subjects
    )
    return Measure(
        id=MeasureId(record.id),
        title=text(record.title),
        kind=MeasureKind(record.kind),
        codes=codes,
        subjects=tuple(SubjectId(person) for person in record.subjects) or tuple(everybody),
        provenance=provenance(record, sources),
    )


def _of_states(ethogram: Ethogram) -> Iterator[Measure]:
    for group in ethogram.groups:
        for code in group.codes:
            if group.role in _BEHAVIOUR and code.kind is CodeKind.STATE and not code.unseen:
                yield _of_state(code, group)


def _of_state(code: Code, group: CodeGroup) -> Measure:
    # Codings keep this id with their marks, so it stays as it is for ever.
    return Measure(
        id=MeasureId(f"{group.id}_{code.name}".replace("-", "_")),
        title=code.title,
        kind=MeasureKind.INTERVAL,
        codes=(code.id,),
        subjects=group.subjects,
        provenance=_ONE_A_STATE,
    )


def _sampling(record: EthogramFile | SchemeRecord) -> Sampling:
    stated, sources = record.sampling, record.sources
    if stated is None:
        return USUAL_SAMPLING
    return Sampling(
        interval_us=length_us(stated.interval.seconds),
        interval_from=provenance(stated.interval, sources),
        rest=RestRule(stated.rest.rule),
        rest_from=provenance(stated.rest, sources),
        full_intervals=stated.full.intervals,
        full_from=provenance(stated.full, sources),
    )
