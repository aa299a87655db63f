"""What must be true within a procedure, besides its shape."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.catalog.checking_names import twice, unknown
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.record_procedure import VisitFieldRecord, VisitRemarkRecord
from ssp_coder.catalog.records import FileRecord, ProcedureFile
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.procedure import NO, YES, VisitFieldKind

_File = InstrumentFile[FileRecord]


def procedure_findings(file: _File, record: ProcedureFile) -> Iterator[Finding]:
    """Everything wrong with a procedure."""
    yield from _person_findings(file, record)
    yield from _episode_findings(file, record)
    yield from _length_rule_findings(file, record)
    yield from _numbering_findings(file, record)
    yield from twice(file, ("visit_fields",), "id", (f.id for f in record.visit_fields))
    for place, field in enumerate(record.visit_fields):
        key: Key = ("visit_fields", place)
        yield from _known_episodes(file, (*key, "episodes"), field.episodes, record)
        yield from _visit_field_findings(file, key, field)
    if not record.template:
        yield from _open_findings(file, record)


def _open_findings(file: _File, record: ProcedureFile) -> Iterator[Finding]:
    """What only a template may leave open."""
    for name, given in (("episodes", record.episodes), ("session_end_cue", record.session_end_cue)):
        if not given:
            yield file.finding(
                "procedure.open",
                (name,),
                f"{name} is not filled in",
                "fill it in, or write template = true while the procedure is being made",
            )


def _person_findings(file: _File, record: ProcedureFile) -> Iterator[Finding]:
    persons = record.persons
    yield from twice(file, ("persons",), "id", (p.id for p in persons))
    yield from twice(file, ("persons",), "letter", (p.letter for p in persons))
    columns = [p.presence_column or place for place, p in enumerate(persons)]
    yield from twice(file, ("persons",), "presence_column", columns)
    if [p.focal for p in persons].count(True) > 1:
        yield file.finding(
            "person.focal", ("persons",), "more than one person is focal", "keep one"
        )


def _episode_findings(file: _File, record: ProcedureFile) -> Iterator[Finding]:
    episodes = record.episodes
    yield from twice(file, ("episodes",), "id", (e.id for e in episodes))
    reunions = [e.reunion or -place for place, e in enumerate(episodes, 1)]
    yield from twice(file, ("episodes",), "reunion", reunions)
    for place, episode in enumerate(episodes):
        key: Key = ("episodes", place)
        for at, person in enumerate(episode.present):
            names = (p.id for p in record.persons)
            yield from unknown(file, (*key, "present", at), "person", person, names)
        if place and episode.number <= episodes[place - 1].number:
            yield file.finding(
                "episode.order",
                (*key, "number"),
                f"number {episode.number} does not follow {episodes[place - 1].number}",
                "list the episodes in their order",
            )
        if (episode.kind == "reunion") != (episode.reunion > 0):
            yield file.finding(
                "episode.reunion",
                (*key, "kind"),
                f"episode {episode.id} is a {episode.kind} with reunion = {episode.reunion}",
                "number the reunions 1, 2 and leave it out elsewhere",
            )


def _length_rule_findings(file: _File, record: ProcedureFile) -> Iterator[Finding]:
    yield from twice(file, ("length_rules",), "id", (r.id for r in record.length_rules))
    allowed = {
        "curtail": {e.id for e in record.episodes if e.may_curtail},
        "extend": {e.id for e in record.episodes if e.may_extend},
    }
    known = {e.id for e in record.episodes}
    for place, rule in enumerate(record.length_rules):
        key: Key = ("length_rules", place)
        yield from _known_episodes(file, (*key, "episodes"), rule.episodes, record)
        for at, episode in enumerate(rule.episodes):
            if episode in known - allowed[rule.effect]:
                yield file.finding(
                    "length_rule.not_allowed",
                    (*key, "episodes", at),
                    f"rule {rule.id} would {rule.effect} {episode}, which the episode forbids",
                    f"write may_{rule.effect} = true there, or leave the episode out here",
                )
        if rule.up_to_s is not None and (rule.after_s is None or rule.up_to_s <= rule.after_s):
            yield file.finding(
                "length_rule.range",
                (*key, "up_to_s"),
                f"up_to_s = {rule.up_to_s:g} does not lie beyond after_s",
                "write the shorter time as after_s, or leave up_to_s out",
            )


def _numbering_findings(file: _File, record: ProcedureFile) -> Iterator[Finding]:
    yield from twice(file, ("numberings",), "id", (n.id for n in record.numberings))
    for place, numbering in enumerate(record.numberings):
        key: Key = ("numberings", place, "numbers")
        yield from twice(file, key, "number", (n.number for n in numbering.numbers))
        yield from twice(file, key, "episode", (n.episode for n in numbering.numbers))
        for at, other in enumerate(numbering.numbers):
            names = (e.id for e in record.episodes)
            yield from unknown(file, (*key, at, "episode"), "episode", other.episode, names)


def _known_episodes(
    file: _File, key: Key, names: tuple[str, ...], record: ProcedureFile
) -> Iterator[Finding]:
    for at, name in enumerate(names):
        known = (e.id for e in record.episodes)
        yield from unknown(file, (*key, at), "episode", name, known)
        if name in names[:at]:
            yield file.finding(
                "id.duplicate", (*key, at), f"episode {name!r} is listed twice", "keep one"
            )


def _visit_field_findings(file: _File, key: Key, field: VisitFieldRecord) -> Iterator[Finding]:
    kind = VisitFieldKind(field.kind)
    yield from twice(file, (*key, "values"), "id", (v.id for v in field.values))
    yield from twice(file, (*key, "remarks"), "id", (r.id for r in field.remarks))
    if (kind is VisitFieldKind.CHOICE) != bool(field.values):
        yield file.finding(
            "visit.values",
            (*key, "values" if field.values else "kind"),
            f"visit field {field.id} is a {kind} with {len(field.values)} values",
            "list the values of a choice, and of nothing else",
        )
    if not kind.is_number and (field.minimum or field.maximum is not None):
        yield file.finding(
            "visit.range",
            (*key, "maximum" if field.maximum is not None else "minimum"),
            f"visit field {field.id} is no number and has no range",
            "remove minimum and maximum",
        )
    if field.maximum is not None and field.maximum < field.minimum:
        yield file.finding(
            "visit.range",
            (*key, "maximum"),
            f"{field.minimum} to {field.maximum} is no range",
            "the maximum lies above the minimum",
        )
    for at, remark in enumerate(field.remarks):
        yield from _remark_findings(file, (*key, "remarks", at), field, remark)


def _remark_findings(
    file: _File, key: Key, field: VisitFieldRecord, remark: VisitRemarkRecord
) -> Iterator[Finding]:
    kind = VisitFieldKind(field.kind)
    bounds = remark.below is not None or remark.above is not None
    if bounds == bool(remark.answers) or bounds != kind.is_number:
        yield file.finding(
            "visit.remark",
            key,
            f"remark {remark.id} does not say for which answers of {field.id} it holds",
            "write below or above for a number, answers for a choice",
        )
    known = (YES, NO) if kind is VisitFieldKind.YES_NO else tuple(v.id for v in field.values)
    for at, answer in enumerate(remark.answers):
        yield from unknown(file, (*key, "answers", at), "answer", answer, known)
