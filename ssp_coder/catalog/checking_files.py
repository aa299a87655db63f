"""What must be true within one data file, besides its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from ssp_coder.catalog.checking_measures import measure_findings
from ssp_coder.catalog.checking_names import duplicates, twice, unknown
from ssp_coder.catalog.checking_procedure import procedure_findings
from ssp_coder.catalog.checking_rules import function_table_findings, rule_findings
from ssp_coder.catalog.keys import key_problem
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile, key_name
from ssp_coder.catalog.record_base import (
    FileHead,
    Stated,
)
from ssp_coder.catalog.record_handbook import HandbookFile
from ssp_coder.catalog.record_rules import (
    DiscriminantTableFile,
    ProfileTableFile,
)
from ssp_coder.catalog.record_wording import WordingFile
from ssp_coder.catalog.records import (
    CodeRecord,
    EthogramFile,
    FileRecord,
    KeymapFile,
    ProcedureFile,
    ScaleFile,
    SlotRecord,
)
from ssp_coder.domain.finding import Finding

_SOURCE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
NO_ENGLISH = "text.no_english"
_MAXIMUM_POINTS = 100
_NOT_WORDING = (
    *("sources", "bindings", "bands", "values", "all_of", "any_of"),
    *("weights", "scores", "counts", "confusion"),
)


def file_findings(file: InstrumentFile[FileRecord]) -> Iterator[Finding]:
    """Everything wrong within one file."""
    head = tuple(_head_findings(file))
    yield from head
    if any(finding.code == NO_ENGLISH for finding in head):
        return  # what follows builds values, and a wording without English cannot be built
    record = file.record
    if isinstance(record, ProcedureFile):
        yield from procedure_findings(file, record)
    elif isinstance(record, EthogramFile):
        yield from _ethogram_findings(file, record)
    elif isinstance(record, ScaleFile):
        yield from _scale_findings(file, record)
    elif isinstance(record, ProfileTableFile):
        yield from rule_findings(file, record)
    elif isinstance(record, DiscriminantTableFile):
        yield from function_table_findings(file, record)
    elif isinstance(record, KeymapFile):
        yield from _keymap_findings(file, record)
    elif isinstance(record, WordingFile):
        yield from _wording_findings(file, record)
    elif isinstance(record, HandbookFile):
        yield from _handbook_findings(file, record)


def _head_findings(file: InstrumentFile[FileRecord]) -> Iterator[Finding]:
    stem = PurePosixPath(file.path).stem
    if stem != file.record.id:
        yield file.finding(
            "id.not_file_name",
            ("id",),
            f"id {file.record.id!r} is not the file's name {stem!r}",
            "give both the same name",
        )
    sources = file.record.sources if isinstance(file.record, FileHead) else {}
    for key, node in _nodes(file.record, ()):
        if isinstance(node, Stated | CodeRecord) and _is_unknown_source(node.source, sources):
            yield file.finding(
                "source.unknown",
                (*key, "source"),
                f"source {node.source!r} is not listed under [sources]",
                "list it there, or write the source as a sentence",
            )
        elif isinstance(node, dict) and _lacks_english(file.record, key, node):
            yield file.finding(
                NO_ENGLISH,
                key,
                f"{key_name(key)} has no English wording",
                'add en = "..."',
            )


def _lacks_english(record: FileRecord, key: Key, words: Mapping[str, object]) -> bool:
    may_lack_it = key[-1] in _NOT_WORDING or (isinstance(record, WordingFile) and len(key) > 1)
    return not may_lack_it and "en" not in words


def _is_unknown_source(source: str, sources: dict[str, str]) -> bool:
    return _SOURCE_KEY.fullmatch(source) is not None and source not in sources


def _nodes(node: object, key: Key) -> Iterator[tuple[Key, object]]:
    yield key, node
    if isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from _nodes(getattr(node, name), (*key, name))
    elif isinstance(node, tuple):
        for place, item in enumerate(node):
            yield from _nodes(item, (*key, place))


def _ethogram_findings(file: InstrumentFile[FileRecord], record: EthogramFile) -> Iterator[Finding]:
    yield from twice(file, ("groups",), "id", (g.id for g in record.groups))
    yield from twice(file, ("themes",), "id", (t.id for t in record.themes))
    yield from twice(file, ("explanations",), "id", (e.id for e in record.explanations))
    yield from _modifier_findings(file, record)
    yield from measure_findings(file, record)
    for place, group in enumerate(record.groups):
        key: Key = ("groups", place, "codes")
        yield from twice(file, key, "name", (c.name for c in group.codes))
        for at, code in enumerate(group.codes):
            yield from _code_findings(file, (*key, at), code, record)
            if group.exclusive and code.kind == "point":
                yield file.finding(
                    "code.point_in_exclusive",
                    (*key, at, "kind"),
                    f"group {group.id} is exclusive, yet {code.name} is a point",
                    'make it a state, or set "exclusive = false"',
                )
            if code.present and group.role != "presence":
                yield file.finding(
                    "code.present",
                    (*key, at, "present"),
                    f"{code.name} says who is present outside a presence group",
                    'remove "present"',
                )


def _modifier_findings(file: InstrumentFile[FileRecord], record: EthogramFile) -> Iterator[Finding]:
    modifiers = record.modifiers
    yield from twice(file, ("modifiers",), "id", (m.id for m in modifiers))
    yield from twice(file, ("modifiers",), "column", (m.column for m in modifiers))
    for place, modifier in enumerate(modifiers):
        key: Key = ("modifiers", place, "values")
        yield from twice(file, key, "id", (v.id for v in modifier.values))
        keys = [v.key or at for at, v in enumerate(modifier.values)]
        yield from twice(file, key, "key", keys)
        for at, value in enumerate(modifier.values):
            problem = key_problem(value.key, shift=False) if value.key else ""
            if problem:
                yield file.finding(
                    "key.unusable", (*key, at), f"key {value.key!r} {problem}", "choose another"
                )


def _code_findings(
    file: InstrumentFile[FileRecord], key: Key, code: CodeRecord, record: EthogramFile
) -> Iterator[Finding]:
    modifiers = tuple(m.id for m in record.modifiers)
    for at, modifier in enumerate(code.modifiers):
        yield from unknown(file, (*key, "modifiers", at), "modifier", modifier, modifiers)
    for at, tag in enumerate(code.tags):
        yield from unknown(file, (*key, "tags", at), "tag", tag, record.tags)
    if code.strategy:
        yield from unknown(file, (*key, "strategy"), "strategy", code.strategy, record.strategies)
    if (code.origin is None) == bool(code.source):
        yield file.finding(
            "source.missing",
            (*key, "origin" if code.origin else "source"),
            f"{code.name} has an origin without a source, or a source without an origin",
            "write both, or neither to use the group's",
        )


def _scale_findings(file: InstrumentFile[FileRecord], record: ScaleFile) -> Iterator[Finding]:
    yield from _range_findings(file, record)
    yield from twice(file, ("anchors",), "point", (a.point for a in record.anchors))
    yield from twice(file, ("hinges",), "id", (h.id for h in record.hinges))
    yield from twice(file, ("missing",), "id", (m.id for m in record.missing))
    points: list[tuple[Key, float]] = [
        (("anchors", at, "point"), a.point) for at, a in enumerate(record.anchors)
    ]
    if record.decision_point is not None:
        points.append((("decision_point",), record.decision_point))
    for key, point in points:
        if not record.minimum <= point <= record.maximum:
            yield file.finding(
                "anchor.outside",
                key,
                f"point {point:g} is outside {record.minimum:g} to {record.maximum:g}",
                "keep it within the scale",
            )
    for at, slot in enumerate(record.slots):
        yield from _slot_findings(file, ("slots", at), slot)


def _range_findings(file: InstrumentFile[FileRecord], record: ScaleFile) -> Iterator[Finding]:
    if record.step not in (1.0, 0.5):
        yield file.finding("scale.step", ("step",), f"step {record.step:g}", "use 1 or 0.5")
    elif not 0 < record.maximum - record.minimum <= _MAXIMUM_POINTS:
        yield file.finding(
            "scale.range",
            ("maximum",),
            f"{record.minimum:g} to {record.maximum:g} is no range",
            "the maximum lies above the minimum",
        )
    elif ((record.maximum - record.minimum) / record.step) % 1:
        yield file.finding(
            "scale.range",
            ("maximum",),
            f"{record.maximum:g} is not reached in steps of {record.step:g}",
            "change range or step",
        )


def _slot_findings(
    file: InstrumentFile[FileRecord], key: Key, slot: SlotRecord
) -> Iterator[Finding]:
    if "{toward}" in slot.column and not slot.toward:
        yield file.finding(
            "slot.column", (*key, "column"), "{toward} without a person", 'add toward = "..."'
        )
    if ("{number}" in slot.column) != bool(slot.episodes):
        yield file.finding(
            "slot.column",
            (*key, "column"),
            "{number} stands in the column exactly when there are episodes",
            "add the episodes or remove {number}",
        )
    required = slot.required if isinstance(slot.required, tuple) else ()
    for at, episode in enumerate(required):
        yield from unknown(file, (*key, "required", at), "required episode", episode, slot.episodes)


def _keymap_findings(file: InstrumentFile[FileRecord], record: KeymapFile) -> Iterator[Finding]:
    for key in record.bindings:
        problem = key_problem(key)
        if problem:
            yield file.finding(
                "key.unusable", ("bindings", key), f"key {key!r} {problem}", "choose another key"
            )
    keys = tuple(record.bindings)
    for place, code in duplicates(record.bindings.values()):
        yield file.warning(
            "key.second",
            ("bindings", keys[place]),
            f"{code} has a second key {keys[place]!r}",
            "the screen shows only the first",
        )


def _handbook_findings(file: InstrumentFile[FileRecord], record: HandbookFile) -> Iterator[Finding]:
    known: set[str] = set()
    for place, chapter in enumerate(record.chapters):
        if chapter.id in known:
            yield file.finding(
                "id.twice",
                ("chapters", place, "id"),
                f"chapter {chapter.id!r} is there twice",
                "give each its own id",
            )
        known.add(chapter.id)


def _wording_findings(file: InstrumentFile[FileRecord], record: WordingFile) -> Iterator[Finding]:
    for place, _ in duplicates((anchor.scale, anchor.point) for anchor in record.anchors):
        anchor = record.anchors[place]
        yield file.finding(
            "id.duplicate",
            ("anchors", place),
            f"point {anchor.point:g} of scale {anchor.scale!r} has words twice",
            "keep one",
        )
    yield from twice(file, ("gists",), "scale", (gist.scale for gist in record.gists))
    yield from twice(file, ("notes",), "scale", (note.scale for note in record.notes))
