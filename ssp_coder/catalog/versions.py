"""A version of a scheme or an instrument, with all that it names, from wherever it lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ssp_coder.catalog.building_rules import rule_table
from ssp_coder.catalog.copying import files_named
from ssp_coder.catalog.differences import AnyFile, Difference, kind_of, scheme_differences
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.loading import PLACES, scheme_from_files, table_files
from ssp_coder.catalog.reading import read_bytes, read_instrument
from ssp_coder.catalog.record_rules import RuleTableFile
from ssp_coder.catalog.records import SchemeRecord
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scheme import Scheme, SchemeFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The files of a scheme or an instrument.

    Attributes:
        files: each once, what is named before what names it; the one meant comes last.
    """

    files: tuple[AnyFile, ...]

    @property
    def main(self) -> AnyFile:
        """The scheme's or the instrument's own file."""
        return self.files[-1]

    @property
    def label(self) -> str:
        """Id and version: ``<id> 1.0.0``."""
        return f"{self.main.record.id} {self.main.record.version}"

    @property
    def is_scheme(self) -> bool:
        """Whether it is a whole scheme."""
        return isinstance(self.main.record, SchemeRecord)

    @property
    def gives_suggestions(self) -> bool:
        """Whether it is a rule table or names one."""
        return self.is_scheme or isinstance(self.main.record, RuleTableFile)


def version_on_path(path: str, *, folders: tuple[Path, ...] = ()) -> Version:
    """The version that is found first on the search path.

    Args:
        path: path below the data folders, ``schemas/schemes/<id>.toml``.
        folders: searched before the bundled files.

    Raises:
        CatalogError: a file is missing or cannot be read.
    """
    return Version(files=files_named(path, folders=folders))


def version_in_file(path: Path, *, folders: tuple[Path, ...] = ()) -> Version:
    """The version in a file, wherever it lies; what it names is looked for around it first.

    Raises:
        CatalogError: a file is missing or cannot be read.
    """
    file = read_instrument(path.name, read_bytes(path), str(path))
    below = f"{PLACES[type(file.record)]}/{path.name}"
    depth = len(Path(below).parts)
    resolved = path.resolve()
    if resolved.as_posix().endswith(f"/{below}"):
        return version_on_path(below, folders=(resolved.parents[depth - 1], *folders))
    placed = read_instrument(below, file.content, str(path))
    return Version(files=files_named(below, folders=folders, given={below: placed}))


def version_of_scheme(scheme: Scheme) -> Version:
    """The version that a coding was coded with, from the files that it keeps.

    Raises:
        CatalogError: a file cannot be read by this program.
    """
    files = [read_instrument(file.path, file.content, file.path) for file in scheme.files]
    files.sort(key=lambda file: isinstance(file.record, SchemeRecord))
    return Version(files=tuple(files))


def bundled_now(scheme: Scheme) -> Version | None:
    """What the program brings for the scheme of a coding; None when it is the same or none."""
    try:
        now = version_on_path(f"{PLACES[SchemeRecord]}/{scheme.id}.toml")
    except CatalogError:
        return None
    same = {file.sha256 for file in now.files} == {file.sha256 for file in scheme.files}
    return None if same else now


def compare_versions(old: Version, new: Version) -> tuple[Difference, ...]:
    """What differs; rule tables may be of different kinds.

    Raises:
        CatalogError: the two are not of the same kind.
    """
    both_tables = all(isinstance(v.main.record, RuleTableFile) for v in (old, new))
    if type(old.main.record) is not type(new.main.record) and not both_tables:
        raise CatalogError(
            (
                Finding(
                    code="differences.other_kind",
                    message=f"is a {kind_of(new.main)}, and {old.main.shown} a {kind_of(old.main)}",
                    place=new.main.shown,
                    remedy="compare two files of the same kind, or two schemes",
                ),
            )
        )
    return scheme_differences(old.files, new.files)


def scheme_of(version: Version) -> Scheme:
    """The whole scheme, checked.

    Raises:
        CatalogError: it is no scheme, or something in it is wrong.
    """
    files = tuple(
        SchemeFile(path=file.path, sha256=file.sha256, content=file.content)
        for file in version.files
    )
    return scheme_from_files(version.main.record.id, files)


def table_of(version: Version) -> RuleTable | None:
    """The rule table of a version that is one, not checked; None for anything else.

    Raises:
        CatalogError: the table of subgroups that it names is not among its files.
    """
    if not isinstance(version.main.record, RuleTableFile):
        return None
    there = {file.path: file for file in version.files}

    def read(path: str) -> AnyFile:
        if path in there:
            return there[path]
        raise CatalogError(
            (
                version.main.finding(
                    "file.missing",
                    ("profiles",),
                    f"{path} is not there",
                    "add it, or correct the name",
                ),
            )
        )

    return rule_table(*table_files(PurePosixPath(version.main.path).stem, read))
