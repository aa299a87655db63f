"""A rule table by its id, apart from any scheme: found on the search path, checked and built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ssp_coder.catalog import building
from ssp_coder.catalog.building_rules import NOT_FILLED_IN, rule_table
from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.checking_rules import main_rule_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.loading import PLACES, read_on_path, table_files
from ssp_coder.catalog.reading import InstrumentFile, read_bytes, read_instrument
from ssp_coder.catalog.record_rules import (
    DecisionTableFile,
    DiscriminantTableFile,
    ProfileTableFile,
    RuleTableFile,
)
from ssp_coder.catalog.records import FileRecord
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.words import Provenance, Text, english
from ssp_coder.resources import bundled

_PLACE = PLACES[ProfileTableFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedTable:
    """A rule table with the files that it is made of.

    Attributes:
        sha256: hash of its own file, hexadecimal.
        files: its own file first, then the table of subgroups that it names.
    """

    table: RuleTable
    sha256: str
    files: tuple[InstrumentFile[FileRecord], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSummary:
    """A rule table that can be picked, or the fact why it cannot.

    Attributes:
        kind: word of the file for what it is, empty when it cannot be read.
        folder: where its file lies, None for a bundled table.
        closed: why it cannot be used although nothing is wrong with it, else empty.
        problem: what is wrong with its file, else None.
    """

    id: str
    version: str
    title: Text
    kind: str
    folder: Path | None
    provenance: Provenance | None = None
    closed: str = ""
    problem: Finding | None = None


def load_rule_table(table_id: str, *, folders: tuple[Path, ...] = ()) -> LoadedTable:
    """The rule table with this id, checked; a closed one is loaded too and says so itself.

    Args:
        table_id: name of its file under ``schemas/rules``, without the suffix.
        folders: searched before the bundled files, in this order.

    Raises:
        CatalogError: a file is missing or wrong; the findings name file, line and remedy.
    """
    rules, profiles = table_files(table_id, lambda path: read_on_path(path, folders))
    errors = errors_among(_findings(rules, profiles))
    if errors:
        raise CatalogError(errors)
    return LoadedTable(
        table=rule_table(rules, profiles),
        sha256=rules.sha256,
        files=(rules,) if profiles is None else (rules, profiles),
    )


def table_findings(table_id: str, folders: tuple[Path, ...]) -> tuple[Finding, ...]:
    """Everything wrong with a rule table and the table of subgroups that it names."""
    try:
        rules, profiles = table_files(table_id, lambda path: read_on_path(path, folders))
    except CatalogError as error:
        return error.findings
    return _findings(rules, profiles)


def available_rule_tables(folders: tuple[Path, ...] = ()) -> tuple[TableSummary, ...]:
    """Every rule table on the search path, each id once, in the order of the path and the ids."""
    summaries: dict[str, TableSummary] = {}
    for folder in (*folders, None):
        base = bundled("schemas") / "rules" if folder is None else folder / _PLACE
        for path in sorted(base.glob("*.toml")):
            summaries.setdefault(path.stem, _summary(path, folder))
    return tuple(summaries.values())


def _findings(
    rules: InstrumentFile[RuleTableFile], profiles: InstrumentFile[ProfileTableFile] | None
) -> tuple[Finding, ...]:
    found = tuple(file_findings(rules))
    if profiles is not None:
        found += tuple(file_findings(profiles))
        if not errors_among(found):
            found += tuple(main_rule_findings(rules, profiles))
    return found


def _summary(path: Path, folder: Path | None) -> TableSummary:
    below = f"{_PLACE}/{path.name}"
    try:
        shown = below if folder is None else str(path)
        record = read_instrument(below, read_bytes(path), shown).record
    except CatalogError as error:
        return _unusable(path, folder, error.finding)
    if not isinstance(record, ProfileTableFile | DecisionTableFile | DiscriminantTableFile):
        finding = Finding(
            code="file.other_kind",
            message=f"is a {record.__struct_config__.tag}",
            place=shown,
            remedy=f"keep only rule tables in {_PLACE}",
        )
        return _unusable(path, folder, finding)
    is_closed = isinstance(record, DiscriminantTableFile) and not record.enabled
    return TableSummary(
        id=path.stem,
        version=record.version,
        title=building.text(record.title),
        kind=str(record.__struct_config__.tag),
        folder=folder,
        provenance=building.provenance(record, record.sources),
        closed=NOT_FILLED_IN if is_closed else "",
    )


def _unusable(path: Path, folder: Path | None, problem: Finding) -> TableSummary:
    return TableSummary(
        id=path.stem,
        version="",
        title=english(path.stem),
        kind="",
        folder=folder,
        problem=problem,
    )
