"""A copy of a scheme or of one instrument for a laboratory, with all that it names.

A copy is worked out as a value first; `placing` writes it. Comments of the files stay, the origin
of every statement too: a statement is not the laboratory's own because its file was copied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.loading import read_on_path
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.records import FileRecord
from ssp_coder.catalog.schema import schema_files
from ssp_coder.domain.finding import Finding

FORMAT_FOLDER = "schemas/format"
FIRST_VERSION = "1.0.0"

NAMES: Mapping[str, Mapping[str, str]] = {
    "scheme": {
        "procedure": "episodes",
        "ethogram": "schemas/ethograms",
        "scales": "schemas/scales",
        "rules": "schemas/rules",
        "keymap": "schemas/keymaps",
    },
    "decision_table": {"profiles": "schemas/rules"},
}
"""For each kind of file the keys that name other files, and the folder of these."""

_BEARS_ON = "schemas/scales"
_NOT_COPIED = ("usual",)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_SCHEMA_LINE = re.compile(r"#:schema[^\n]*\n")
_COPIED_LINE = re.compile(r"# Copied from (\S+) (\d+\.\d+\.\d+), sha256 ([0-9a-f]{64})")
_Tree = MutableMapping[str, Any]  # Any: TOML of unknown shape
_Reader = Callable[[str], InstrumentFile[FileRecord]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFile:
    """One file of a copy.

    Attributes:
        path: where it goes, below the laboratory's folder, with forward slashes.
        content: what it will hold.
        original: the file that it was made from.
    """

    path: str
    content: bytes
    original: InstrumentFile[FileRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentCopy:
    """A copy that was worked out and not yet written; the file that was asked for comes last.

    Attributes:
        formats: JSON Schemas of the data files, by path, with which an editor completes.
    """

    files: tuple[CopiedFile, ...]
    formats: tuple[tuple[str, bytes], ...]

    @property
    def main(self) -> CopiedFile:
        """The file that was asked for."""
        return self.files[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """What a file says it was copied from."""

    id: str
    version: str
    sha256: str


def files_named(
    path: str,
    *,
    folders: tuple[Path, ...] = (),
    given: Mapping[str, InstrumentFile[FileRecord]] | None = None,
) -> tuple[InstrumentFile[Any], ...]:  # Any: each kind of file has its own record
    """The file and all that it names, each once, what is named before what names it.

    Args:
        path: path below the data folders, ``schemas/schemes/<id>.toml``.
        folders: searched before the bundled files.
        given: files by path that are taken as they are, before anything on a disk.

    Raises:
        CatalogError: a file is missing or cannot be read.
    """
    there = given or {}
    found: dict[str, InstrumentFile[FileRecord]] = {}
    _gather(path, lambda wanted: there.get(wanted) or read_on_path(wanted, folders), found)
    return tuple(found.values())


def ids_for_all(files: tuple[InstrumentFile[Any], ...], new_id: str) -> dict[str, str]:
    """A new id for every file of a copy, by path, made from the new id of the file asked for.

    Nothing that the program brings is then hidden by the copy.
    """
    main = files[-1].record.id
    ids: dict[str, str] = {}
    for file in files:
        old = file.record.id
        tail = "" if old == main else old.removeprefix(f"{main}-")
        proposed = f"{new_id}-{tail}" if tail else new_id
        if _placed(file.path, proposed) in {_placed(path, one) for path, one in ids.items()}:
            proposed = f"{new_id}-{old}"
        ids[file.path] = proposed
    return ids


def ids_for_tables(files: tuple[InstrumentFile[Any], ...], new_id: str) -> dict[str, str]:
    """New ids, by path, for the file asked for and the rule tables that it names.

    A table that a laboratory changes needs a name of its own, so that no export bears the name of
    a table that was not used. Everything else keeps its id and gets a higher version: where the
    laboratory's folder is searched, it takes the place of what the program brings.
    """
    tables = NAMES["scheme"]["rules"]
    main = files[-1].path
    return {
        path: new
        for path, new in ids_for_all(files, new_id).items()
        if path == main or str(PurePosixPath(path).parent) == tables
    }


def copy_of(
    path: str,
    *,
    new_ids: Mapping[str, str] | None = None,
    title: str = "",
    folders: tuple[Path, ...] = (),
) -> InstrumentCopy:
    """A copy of a file and of all that it names, not yet written.

    Args:
        path: path below the data folders.
        new_ids: id of the copy by the path of the original; a file that is not listed keeps its
            id and gets the next version. References between the files follow.
        title: English title of the copy, empty to keep the original's.
        folders: searched before the bundled files.

    Raises:
        CatalogError: a file is missing or cannot be read, or a new id is none.
    """
    ids = dict(new_ids or {})
    for original, new_id in ids.items():
        if not _ID.fullmatch(new_id):
            raise _bad_id(original, new_id)
    files = files_named(path, folders=folders)
    copied = tuple(
        CopiedFile(
            path=_placed(file.path, ids.get(file.path, "")),
            content=_content(file, ids, title if file is files[-1] else ""),
            original=file,
        )
        for file in files
    )
    formats = tuple(
        (f"{FORMAT_FOLDER}/{name}", text.encode()) for name, text in schema_files().items()
    )
    return InstrumentCopy(files=copied, formats=formats)


def ancestor_of(text: str) -> Ancestor | None:
    """What the file with this text was copied from, None when it does not say."""
    found = _COPIED_LINE.search(text)
    if found is None:
        return None
    return Ancestor(id=found.group(1), version=found.group(2), sha256=found.group(3))


def next_version(version: str) -> str:
    """The version after this one: its last number raised."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}"


def _gather(path: str, read: _Reader, found: dict[str, InstrumentFile[FileRecord]]) -> None:
    if path in found:
        return
    file = read(path)
    for named in _named(file.record):
        _gather(named, read, found)
    found[path] = file


def _named(record: FileRecord) -> Iterator[str]:
    for key, folder in NAMES.get(str(record.__struct_config__.tag), {}).items():
        value = getattr(record, key)
        for name in (value,) if isinstance(value, str) else value:
            yield f"{folder}/{name}.toml"


def _placed(path: str, new_id: str) -> str:
    return str(PurePosixPath(path).with_stem(new_id)) if new_id else path


def _content(file: InstrumentFile[FileRecord], ids: Mapping[str, str], title: str) -> bytes:
    import tomlkit

    tree = tomlkit.parse(file.text)
    new_id = ids.get(file.path, "")
    if new_id:
        tree["id"] = new_id
        for key in _NOT_COPIED:
            tree.pop(key, None)
    tree["version"] = FIRST_VERSION if new_id else next_version(file.record.version)
    if title:
        tree["title"] = title
    _follow(tree, str(file.record.__struct_config__.tag), ids)
    return _with_head(tomlkit.dumps(tree), file).encode()


def _follow(tree: _Tree, kind: str, ids: Mapping[str, str]) -> None:
    """Let the names of other files in `tree` follow their new ids."""
    for key, folder in NAMES.get(kind, {}).items():
        _rename(tree, key, folder, ids)
    for group in tree.get("groups", ()):
        for code in group.get("codes", ()):
            _rename(code, "bears_on", _BEARS_ON, ids)


def _rename(tree: _Tree, key: str, folder: str, ids: Mapping[str, str]) -> None:
    value = tree.get(key)
    if isinstance(value, str):
        tree[key] = ids.get(f"{folder}/{value}.toml", value)
        return
    for place, name in enumerate(value or ()):
        new = ids.get(f"{folder}/{name}.toml", name)
        if new != name and value is not None:
            value[place] = new


def _with_head(text: str, file: InstrumentFile[FileRecord]) -> str:
    """The text with the line for editors first, and the line that says where it comes from."""
    up = "../" * (len(PurePosixPath(file.path).parts) - 1)
    kind = file.record.__struct_config__.tag
    target = f"{up}{FORMAT_FOLDER}/{kind}.schema.json"
    shorter = target.replace("../../schemas/", "../")
    record = file.record
    copied = f"# Copied from {record.id} {record.version}, sha256 {file.sha256}\n"
    without = _COPIED_LINE.sub("", text, count=1) if ancestor_of(text) else text
    rest = _SCHEMA_LINE.sub("", without, count=1).lstrip("\n")
    return f"#:schema {shorter}\n{copied}{rest}"


def _bad_id(path: str, new_id: str) -> CatalogError:
    return CatalogError(
        (
            Finding(
                code="id.unknown",
                message=f"{new_id!r} is not an id",
                place=path,
                remedy="start with a letter; use letters, digits, _ and -, at most 64",
            ),
        )
    )
