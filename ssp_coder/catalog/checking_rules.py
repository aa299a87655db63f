"""The audit of a rule table, its places turned into lines of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from ssp_coder.catalog.building_rules import discriminant_table, profile_table, rule_table
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.record_rules import (
    DiscriminantTableFile,
    ProfileTableFile,
    RuleTableFile,
)
from ssp_coder.catalog.records import (
    FileRecord,
)
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.rules.audit import audit_table


def rule_findings(file: InstrumentFile[FileRecord], record: ProfileTableFile) -> Iterator[Finding]:
    """Everything wrong with one table of bands, examples that come out otherwise included."""
    for at, item in enumerate(record.inputs):
        if item.weight <= 0:
            yield file.finding(
                "input.weight",
                ("inputs", at, "weight"),
                f"weight {item.weight:g} of {item.id} is not positive",
                "write 1 or more",
            )
    yield from _audited(file, profile_table(record))


def function_table_findings(
    file: InstrumentFile[FileRecord], record: DiscriminantTableFile
) -> Iterator[Finding]:
    """Everything wrong with one table of classification functions."""
    yield from _audited(file, discriminant_table(record))


def main_rule_findings(
    file: InstrumentFile[RuleTableFile], profiles: InstrumentFile[ProfileTableFile]
) -> Iterator[Finding]:
    """Everything wrong with a decision table, put together with its sound table of subgroups."""
    yield from _audited(file, rule_table(file, profiles))


def _audited(file: InstrumentFile[FileRecord], table: RuleTable) -> Iterator[Finding]:
    for finding in audit_table(table):
        yield replace(finding, place=file.place(key_of(file.record, finding.place)))


def key_of(record: FileRecord, place: str) -> Key:
    """The key of a place of the audit, such as ``profiles.<id>.bands.<input>``.

    Where a part of the place is not in the file, the key ends before it.
    """
    node: object = record
    key: Key = ()
    for part in place.split("."):
        step = _step(node, part)
        if not step:
            break
        for name in step:
            node = _child(node, name)
        key = (*key, *step)
    return key


def _step(node: object, part: str) -> Key:
    if isinstance(node, tuple):
        named = [at for at, item in enumerate(node) if getattr(item, "id", None) == part]
        if named:
            return (named[-1],)
        return (int(part) - 1,) if part.isdecimal() and 0 < int(part) <= len(node) else ()
    if isinstance(node, dict):
        return (part,) if part in node else ()
    if isinstance(node, msgspec.Struct):
        if part in node.__struct_fields__:
            return (part,)
        return _hidden_step(node, part)
    return ()


def _hidden_step(node: msgspec.Struct, part: str) -> Key:
    """A condition is named by its input alone, a rule is a profile or an overlay."""
    ranges = ("all_of", "any_of")
    found = next((name for name in ranges if part in getattr(node, name, {})), "")
    if found:
        return (found, part)
    return ("profiles",) if part == "rules" else ()


def _child(node: object, name: str | int) -> object:
    if isinstance(node, tuple):
        return node[int(name)]
    return node[name] if isinstance(node, dict) else getattr(node, str(name))
