"""Check data files without coding with them: one file, a folder, or what is bundled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.loading import (
    PLACES,
    available_schemes,
    parts_findings,
    parts_of,
    read_on_path,
)
from ssp_coder.catalog.reading import read_bytes, read_instrument
from ssp_coder.catalog.record_rules import DecisionTableFile
from ssp_coder.catalog.record_wording import WordingFile
from ssp_coder.catalog.records import ProcedureFile, SchemeRecord
from ssp_coder.catalog.tables import table_findings
from ssp_coder.catalog.wordings import read_wording, scales_known_to, wording_findings
from ssp_coder.domain.finding import Finding
from ssp_coder.resources import bundled


def check_paths(paths: tuple[Path, ...]) -> tuple[Finding, ...]:
    """Everything wrong with data files and folders of them.

    A folder laid out like the bundled ones (``episodes``, ``schemas/scales`` ...) is searched in
    these places, any other one for all ``*.toml`` below it. A scheme's file is checked together
    with all that it names, looked for in the folder that holds its ``schemas`` and then among the
    bundled files.
    """
    found = dict.fromkeys(finding for path in paths for finding in _path_findings(path))
    return tuple(found)


def check_bundled() -> tuple[Finding, ...]:
    """Everything wrong with the files that the program brings along; nothing in a release."""
    found: dict[Finding, None] = {}
    for below in dict.fromkeys(PLACES.values()):
        kind, _, rest = below.partition("/")
        base = bundled("episodes" if kind == "episodes" else "schemas") / rest
        for path in sorted(base.glob("*.toml")):
            found.update(dict.fromkeys(_file_findings(path, f"{below}/{path.name}")))
    for path in sorted((bundled("schemas") / "rules").glob("*.toml")):
        found.update(dict.fromkeys(table_findings(path.stem, ())))
    for summary in available_schemes():
        found.update(dict.fromkeys(_scheme_findings(summary.id, ())))
    return tuple(found)


def _path_findings(path: Path) -> Iterator[Finding]:
    files = _files_below(path) if path.is_dir() else (path,)
    if not files:
        yield Finding(
            code="file.missing",
            message="holds no .toml file",
            place=str(path),
            remedy="name a folder with data files",
        )
    for file in files:
        found = tuple(_file_findings(file, str(file)))
        yield from found
        folder = _folder_below(file, SchemeRecord)
        if folder is not None and not errors_among(found):
            yield from _scheme_findings(file.stem, (folder,))
        folder = _folder_below(file, DecisionTableFile)
        if folder is not None and not errors_among(found):
            yield from table_findings(file.stem, (folder,))
        folder = _folder_below(file, WordingFile)
        if folder is not None and not errors_among(found):
            yield from wording_findings(read_wording(file), scales_known_to(folder))


def _files_below(folder: Path) -> tuple[Path, ...]:
    """The data files of a folder, where they belong when it is laid out like the bundled ones."""
    places = [
        folder / below for below in dict.fromkeys(PLACES.values()) if (folder / below).is_dir()
    ]
    if places:
        return tuple(path for place in places for path in sorted(place.glob("*.toml")))
    if folder.name == PLACES[ProcedureFile]:
        return tuple(sorted(folder.glob("*.toml")))
    return tuple(sorted(folder.rglob("*.toml")))


def _file_findings(path: Path, shown: str) -> Iterator[Finding]:
    try:
        file = read_instrument(path.as_posix(), read_bytes(path), shown)
    except CatalogError as error:
        yield from error.findings
    else:
        yield from file_findings(file)


def _folder_below(path: Path, kind: type[Struct]) -> Path | None:
    """The folder laid out like the bundled ones that holds a file of a kind, else None."""
    parents = path.resolve().parents
    expected = tuple(reversed(PLACES[kind].split("/")))
    if len(parents) > len(expected) and tuple(p.name for p in parents[: len(expected)]) == expected:
        return parents[len(expected)]
    return None


def _scheme_findings(scheme_id: str, folders: tuple[Path, ...]) -> tuple[Finding, ...]:
    try:
        return parts_findings(parts_of(scheme_id, lambda path: read_on_path(path, folders)))
    except CatalogError as error:
        return error.findings
