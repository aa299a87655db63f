"""Checks instruments while they are written: the texts as they stand now, saved or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ssp_coder.catalog.building_rules import rule_table
from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.checking_rules import main_rule_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.loading import (
    PLACES,
    parts_findings,
    parts_of,
    read_on_path,
    table_files,
)
from ssp_coder.catalog.reading import InstrumentFile, read_instrument
from ssp_coder.catalog.record_rules import ProfileTableFile, RuleTableFile
from ssp_coder.catalog.records import FileRecord, SchemeRecord
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import RuleTable

_PLACE = re.compile(r"(.*):(\d+)")
_SCHEMES = PLACES[SchemeRecord]
_TABLES = PLACES[ProfileTableFile]
_STILL_TRIED = frozenset(
    {"table.example_fails", "table.no_example", "table.gap", "table.contradiction"}
)
"""Mistakes with which a table can be tried out all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFinding:
    """What is wrong, and where in which text.

    Attributes:
        path: path below the laboratory's folder; another file's than the one being written where
            the two do not go together.
        line: line from 1, or 0 when it is about the whole file.
    """

    path: str
    line: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """What the checks say of a text.

    Attributes:
        findings: everything wrong, in the file itself first.
        table: the rule table in the text, when it is one and sound but for gaps,
            contradictions and examples.
    """

    path: str
    findings: tuple[PlacedFinding, ...]
    table: RuleTable | None = None

    @property
    def usable(self) -> bool:
        """Whether nothing forbids its use."""
        return not errors_among(tuple(placed.finding for placed in self.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """The texts of a laboratory's folder as they stand in the editor.

    Attributes:
        folder: laid out like the bundled ones.
        texts: pairs of path below the folder and text; what is not among them is read from disk.
    """

    folder: Path
    texts: tuple[tuple[str, str], ...] = ()

    def read(self, path: str) -> InstrumentFile[FileRecord]:
        """A file as it stands now, the bundled one when the laboratory has none.

        Raises:
            CatalogError: it is missing or cannot be read.
        """
        text = dict(self.texts).get(path)
        if text is not None:
            return read_instrument(path, text.encode(), path)
        return read_on_path(path, (self.folder,))


def instrument_paths(folder: Path) -> tuple[str, ...]:
    """Paths of the data files below a laboratory's folder, in the order of the kinds."""
    return tuple(
        f"{below}/{file.name}"
        for below in dict.fromkeys((_SCHEMES, *PLACES.values()))
        for file in sorted((folder / below).glob("*.toml"))
    )


def check_draft(path: str, drafts: Drafts) -> DraftReport:
    """Everything wrong with a text, and between it and what uses it in the same folder."""
    try:
        file = drafts.read(path)
    except CatalogError as error:
        return DraftReport(path=path, findings=tuple(_placed(error.findings, path, drafts)))
    found = dict.fromkeys(file_findings(file))
    if not errors_among(tuple(found)):
        found.update(dict.fromkeys(_between(path, drafts)))
    table: RuleTable | None = None
    if {finding.code for finding in errors_among(tuple(found))} <= _STILL_TRIED:
        table = _table(file, drafts)
    placed = tuple(_placed(tuple(found), path, drafts))
    own_first = sorted(placed, key=lambda item: (item.path != path, item.path, item.line))
    return DraftReport(path=path, findings=tuple(own_first), table=table)


def _table(file: InstrumentFile[FileRecord], drafts: Drafts) -> RuleTable | None:
    if not isinstance(file.record, RuleTableFile):
        return None
    try:
        return rule_table(*table_files(PurePosixPath(file.path).stem, drafts.read))
    except CatalogError:
        return None  # the table of subgroups is broken, which is told with it


def _between(path: str, drafts: Drafts) -> Iterator[Finding]:
    """Findings of every scheme and decision table of the folder that the file is part of."""
    known = {*instrument_paths(drafts.folder), *(text for text, _ in drafts.texts)}
    for other in sorted(known):
        below = PurePosixPath(other)
        try:
            if str(below.parent) == _SCHEMES:
                yield from _scheme_findings(path, below.stem, drafts)
            elif str(below.parent) == _TABLES:
                yield from _table_findings(path, below.stem, drafts)
        except CatalogError as error:
            if other == path:
                yield from error.findings


def _scheme_findings(path: str, scheme: str, drafts: Drafts) -> tuple[Finding, ...]:
    parts = parts_of(scheme, drafts.read)
    if all(file.path != path for file in parts.files()):
        return ()
    return parts_findings(parts)


def _table_findings(path: str, table: str, drafts: Drafts) -> tuple[Finding, ...]:
    rules, profiles = table_files(table, drafts.read)
    if profiles is None or path not in (rules.path, profiles.path):
        return ()
    found = (*file_findings(rules), *file_findings(profiles))
    if errors_among(found):
        return found
    return tuple(main_rule_findings(rules, profiles))


def _placed(findings: tuple[Finding, ...], path: str, drafts: Drafts) -> Iterator[PlacedFinding]:
    for finding in findings:
        match = _PLACE.fullmatch(finding.place)
        shown = match.group(1) if match else finding.place
        place = shown.removeprefix(f"{drafts.folder}/").replace("\\", "/")
        is_file = place.endswith(".toml")
        line = int(match.group(2)) if match else 0
        yield PlacedFinding(path=place if is_file else path, line=line, finding=finding)
