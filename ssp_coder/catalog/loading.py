"""A scheme by its id: found on the search path, read, checked and built."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from ssp_coder.catalog import building
from ssp_coder.catalog.building_scheme import SchemeParts, scheme
from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.checking_scheme import scheme_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.reading import InstrumentFile, read_bytes, read_instrument
from ssp_coder.catalog.record_handbook import HandbookFile
from ssp_coder.catalog.record_rules import (
    DecisionTableFile,
    DiscriminantTableFile,
    ProfileTableFile,
    RuleTableFile,
)
from ssp_coder.catalog.record_wording import WordingFile
from ssp_coder.catalog.records import (
    EthogramFile,
    FileRecord,
    KeymapFile,
    ProcedureFile,
    ScaleFile,
    SchemeRecord,
)
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme, SchemeFile
from ssp_coder.domain.words import Text, english
from ssp_coder.resources import bundled

PLACES: Mapping[type[Struct], str] = {
    ProcedureFile: "episodes",
    EthogramFile: "schemas/ethograms",
    ScaleFile: "schemas/scales",
    ProfileTableFile: "schemas/rules",
    DecisionTableFile: "schemas/rules",
    DiscriminantTableFile: "schemas/rules",
    KeymapFile: "schemas/keymaps",
    SchemeRecord: "schemas/schemes",
    WordingFile: "schemas/wordings",
    HandbookFile: "schemas/handbooks",
}
"""Folder of each kind of file, below the bundled folders, a user's or a study's."""

Record = TypeVar("Record", bound=FileRecord)
Reader = Callable[[str], InstrumentFile[FileRecord]]
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeSummary:
    """A scheme that can be picked, or the fact why it cannot.

    Attributes:
        folder: where its file lies, None for a bundled scheme.
        usual: whether it is meant to be taken where none is named.
        problem: what is wrong with the scheme's own file, else None.
    """

    id: str
    version: str
    title: Text
    system: str
    folder: Path | None
    usual: bool = False
    problem: Finding | None = None


def load_scheme(scheme_id: str, *, folders: tuple[Path, ...] = ()) -> Scheme:
    """The scheme with this id, checked.

    Args:
        scheme_id: name of its file under ``schemas/schemes``, without the suffix.
        folders: searched before the bundled files, in this order; each holds ``episodes`` and
            ``schemas`` like the bundled ones, and may hold only some of the files.

    Raises:
        CatalogError: a file is missing or wrong; the findings name file, line and remedy.
    """
    return _checked(parts_of(scheme_id, lambda path: read_on_path(path, folders)))


def scheme_from_files(scheme_id: str, files: tuple[SchemeFile, ...]) -> Scheme:
    """The scheme made of exactly these files, whatever any folder holds.

    The bundled files are known to be sound, so that files which are the same are not checked.

    Raises:
        CatalogError: a file is missing, wrong, altered, or not part of the scheme.
    """
    contents = {file.path: file for file in files}
    for file in files:
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            raise _problem("file.altered", file.path, "the content does not match its sha256")

    def read(path: str) -> InstrumentFile[FileRecord]:
        if path not in contents:
            raise _problem("file.missing", path, "is not among the files of the scheme")
        return read_instrument(path, contents[path].content, path)

    parts = parts_of(scheme_id, read)
    left_over = sorted(contents.keys() - {file.path for file in parts.files()})
    if left_over:
        raise _problem("file.not_used", left_over[0], "is not part of the scheme")
    return scheme(parts) if all(map(_is_bundled, parts.files())) else _checked(parts)


def available_schemes(folders: tuple[Path, ...] = ()) -> tuple[SchemeSummary, ...]:
    """Every scheme on the search path, each id once, in the order of the path and of the ids."""
    summaries: dict[str, SchemeSummary] = {}
    for folder in (*folders, None):
        base = (bundled("schemas") if folder is None else folder / "schemas") / "schemes"
        for path in sorted(base.glob("*.toml")):
            summaries.setdefault(path.stem, _summary(path, folder))
    return tuple(summaries.values())


def read_on_path(path: str, folders: tuple[Path, ...]) -> InstrumentFile[FileRecord]:
    """The first file of that name on the search path.

    Raises:
        CatalogError: there is none, or it cannot be used.
    """
    for folder in folders:
        if (folder / path).is_file():
            return read_instrument(path, read_bytes(folder / path), str(folder / path))
    place = _bundled_place(path)
    if not place.is_file():
        raise _problem("file.missing", path, "is not on the search path")
    return read_instrument(path, read_bytes(place), path)


def _bundled_place(path: str) -> Path:
    kind, _, rest = path.partition("/")
    return bundled("episodes" if kind == "episodes" else "schemas") / rest


def _is_bundled(file: InstrumentFile[FileRecord]) -> bool:
    try:
        return _bundled_place(file.path).read_bytes() == file.content
    except OSError:
        return False


def parts_of(scheme_id: str, read: Reader) -> SchemeParts:
    """All files that a scheme names, each read but not checked.

    Raises:
        CatalogError: a file is missing, cannot be read, or is of another kind.
    """
    if not _ID.fullmatch(scheme_id):
        raise _problem("id.unknown", scheme_id, "is not a scheme id")
    top = _read(read, scheme_id, SchemeRecord)
    names = top.record
    rules, profiles = table_files(names.rules, read)
    return SchemeParts(
        scheme=top,
        procedure=_read(read, names.procedure, ProcedureFile),
        ethogram=_read(read, names.ethogram, EthogramFile),
        scales=tuple(_read(read, name, ScaleFile) for name in names.scales),
        rules=rules,
        profiles=profiles,
        keymap=_read(read, names.keymap, KeymapFile),
    )


def table_files(
    table_id: str, read: Reader
) -> tuple[InstrumentFile[RuleTableFile], InstrumentFile[ProfileTableFile] | None]:
    """A rule table of any kind, and the table of subgroups that it names.

    Raises:
        CatalogError: a file is missing, cannot be read, or is of another kind.
    """
    if not _ID.fullmatch(table_id):
        raise _problem("id.unknown", table_id, "is not the id of a rule table")
    file = read(f"{PLACES[ProfileTableFile]}/{table_id}.toml")
    if isinstance(file.record, DecisionTableFile):
        return (
            _of_kind(file, DecisionTableFile),
            _read(read, file.record.profiles, ProfileTableFile),
        )
    if isinstance(file.record, DiscriminantTableFile):
        return _of_kind(file, DiscriminantTableFile), None
    return _of_kind(file, ProfileTableFile), None


def parts_findings(parts: SchemeParts) -> tuple[Finding, ...]:
    """Everything wrong in and between the files; between them only when each is sound."""
    found = tuple(finding for file in parts.files() for finding in file_findings(file))
    if errors_among(found):
        return found
    return found + tuple(scheme_findings(parts))


def _checked(parts: SchemeParts) -> Scheme:
    errors = errors_among(parts_findings(parts))
    if errors:
        raise CatalogError(errors)
    return scheme(parts)


def _read(read: Reader, name: str, kind: type[Record]) -> InstrumentFile[Record]:
    return _of_kind(read(f"{PLACES[kind]}/{name}.toml"), kind)


def _of_kind(file: InstrumentFile[FileRecord], kind: type[Record]) -> InstrumentFile[Record]:
    if not isinstance(file.record, kind):
        raise CatalogError(
            (
                file.finding(
                    "file.other_kind",
                    ("kind",),
                    f"is a {type(file.record).__struct_config__.tag}",
                    f"write a {kind.__struct_config__.tag} in {PLACES[kind]}",
                ),
            )
        )
    return InstrumentFile(
        path=file.path,
        shown=file.shown,
        content=file.content,
        record=file.record,
        text=file.text,
    )


def _summary(path: Path, folder: Path | None) -> SchemeSummary:
    below = f"{PLACES[SchemeRecord]}/{path.name}"
    try:
        file = read_instrument(below, read_bytes(path), below if folder is None else str(path))
        record = _read(lambda _: file, path.stem, SchemeRecord).record
    except CatalogError as error:
        return SchemeSummary(
            id=path.stem,
            version="",
            title=english(path.stem),
            system="",
            folder=folder,
            problem=error.finding,
        )
    return SchemeSummary(
        id=path.stem,
        version=record.version,
        title=building.text(record.title),
        system=record.system,
        folder=folder,
        usual=record.usual,
    )


def _problem(code: str, place: str, message: str) -> CatalogError:
    remedies = {
        "file.missing": "add the file, or correct the name in the scheme",
        "file.altered": "restore the coding from a backup",
        "file.not_used": "restore the coding from a backup",
        "id.unknown": "use letters, digits, _ and -",
    }
    return CatalogError((Finding(code=code, message=message, place=place, remedy=remedies[code]),))
