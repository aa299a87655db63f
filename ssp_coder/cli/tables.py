"""Which rule table a command asks."""

from __future__ import annotations

from pathlib import Path

from ssp_coder.catalog.checking import check_paths
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.tables import (
    LoadedTable,
    available_rule_tables,
    load_rule_table,
    table_findings,
)
from ssp_coder.catalog.versions import table_of, version_in_file
from ssp_coder.domain.finding import DomainError, Finding

_SUFFIX = ".toml"
_TABLES = ("schemas", "rules")


def named_table(name: str, folders: tuple[Path, ...]) -> LoadedTable:
    """The table with this id, or in this file.

    What a file names is looked for beside it first, where it lies in a folder of instruments.

    Raises:
        DomainError: it is not known, or its files are wrong.
    """
    home = _home(name)
    if home is not None:
        return load_rule_table(Path(name).stem, folders=(home, *folders))
    if _is_file(name):
        return _lone_table(Path(name), folders)
    _require_known(name, folders)
    return load_rule_table(name, folders=folders)


def findings_on(name: str, folders: tuple[Path, ...]) -> tuple[Finding, ...]:
    """Everything wrong with the table with this id or in this file, and with what it names.

    Raises:
        DomainError: it is not known.
    """
    home = _home(name)
    if home is not None:
        return table_findings(Path(name).stem, (home, *folders))
    if _is_file(name):
        return check_paths((_existing(Path(name)),))
    _require_known(name, folders)
    return table_findings(name, folders)


def open_table(name: str, folders: tuple[Path, ...]) -> LoadedTable:
    """The table with this id or in this file, which must be ready for use.

    Raises:
        DomainError: it is not known, its files are wrong, or it is closed.
    """
    loaded = named_table(name, folders)
    if loaded.table.closed:
        raise DomainError(
            Finding(
                code="table.closed",
                message=f"rule table {loaded.table.id} cannot be used: {loaded.table.closed}",
                place=name,
                remedy="copy its file into schemas/rules of a folder of your own, fill in numbers, "
                "citation, checksum and a worked case, set enabled = true, and name the folder "
                "with --instruments",
            )
        )
    return loaded


def _is_file(name: str) -> bool:
    return name.endswith(_SUFFIX)


def _home(name: str) -> Path | None:
    """The folder of instruments that a file lies in, else None."""
    if not _is_file(name):
        return None
    path = _existing(Path(name)).resolve()
    return path.parents[len(_TABLES)] if path.parts[-3:-1] == _TABLES else None


def _lone_table(path: Path, folders: tuple[Path, ...]) -> LoadedTable:
    """A table that lies anywhere, such as one that has just been fitted."""
    errors = errors_among(check_paths((path,)))
    if errors:
        raise CatalogError(errors)
    version = version_in_file(path, folders=folders)
    table = table_of(version)
    if table is None:
        raise DomainError(
            Finding(
                code="file.other_kind",
                message="is no rule table",
                place=str(path),
                remedy="name a file with rules",
            )
        )
    files = tuple(reversed(version.files))
    return LoadedTable(table=table, sha256=version.main.sha256, files=files)


def _require_known(name: str, folders: tuple[Path, ...]) -> None:
    known = tuple(summary.id for summary in available_rule_tables(folders))
    if name not in known:
        raise DomainError(
            Finding(
                code="table.unknown",
                message="there is no such rule table",
                place=name,
                remedy=f"use one of {', '.join(known)}, or name its folder with --instruments",
            )
        )


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise DomainError(
            Finding(
                code="file.missing",
                message="there is no such file",
                place=str(path),
                remedy="correct the name, or give the id of a table",
            )
        )
    return path
