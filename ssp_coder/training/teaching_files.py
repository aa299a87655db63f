"""Data files of the training (``schemas/training``): TOML to typed records, or what is wrong."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from ssp_coder.catalog.locating import Key, line_of, lines_by_key
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.resources import bundled

FOLDER = "schemas/training"
"""Where a laboratory's own files lie below its folder."""
MAXIMUM_BYTES = 2_000_000

_PLACE = re.compile(r" - at `\$([^`]*)`")
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]")
_LINE = re.compile(r"at line (\d+)")

Record = TypeVar("Record")


class TeachingFileError(DomainError):
    """A data file of the training cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingFile(Generic[Record]):
    """A data file that was read.

    Attributes:
        shown: name of the file in findings.
        sha256: hash of its bytes, hexadecimal.
    """

    shown: str
    text: str
    sha256: str
    record: Record

    def refusal(self, key: Key, message: str, remedy: str) -> TeachingFileError:
        """The error that something at `key` does not make sense."""
        place = f"{self.shown}:{line_of(lines_by_key(self.text), key)}"
        return _refusal("teaching.meaning", place, message, remedy)


def teaching_path(name: str, folders: tuple[Path, ...] = ()) -> Path:
    """Where a data file lies: the first of the folders that has it, else the bundled place.

    Raises:
        TeachingFileError: it is nowhere.
    """
    places = [folder / FOLDER / f"{name}.toml" for folder in folders]
    places.append(bundled("schemas") / "training" / f"{name}.toml")
    for place in places:
        if place.is_file():
            return place
    raise _refusal(
        "teaching.missing",
        f"{FOLDER}/{name}.toml",
        "there is no such file",
        "check the name, or put the file there",
    )


def read_teaching_file(path: Path, kind: type[Record]) -> TeachingFile[Record]:
    """The record of a data file.

    Raises:
        TeachingFileError: it cannot be read, is no TOML, or not of the shape of its kind.
    """
    return parsed_teaching_file(_content(path), path.name, kind)


def parsed_teaching_file(content: bytes, shown: str, kind: type[Record]) -> TeachingFile[Record]:
    """The record of a data file whose bytes are at hand.

    Raises:
        TeachingFileError: they are no TOML, or not of the shape of their kind.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        place = f"{shown}:{found.group(1)}" if found else shown
        raise _refusal(
            "teaching.syntax", place, f"is not valid TOML: {error}", "mend this line"
        ) from error
    try:
        record = msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        line = line_of(lines_by_key(text), _key(message))
        fact = message.partition(" - at ")[0]
        raise _refusal(
            "teaching.shape",
            f"{shown}:{line}",
            f"{fact[:1].lower()}{fact[1:]}",
            "compare it with a bundled file of the same kind",
        ) from error
    return TeachingFile(
        shown=shown, text=text, sha256=hashlib.sha256(content).hexdigest(), record=record
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise _refusal(
            "teaching.unreadable",
            str(path),
            f"cannot be read: {error.strerror or error}",
            "check the path and rights",
        ) from error
    if len(content) > MAXIMUM_BYTES:
        raise _refusal(
            "teaching.too_large",
            str(path),
            f"is larger than {MAXIMUM_BYTES // 1_000_000} MB",
            "check that this is the right file",
        )
    return content


def _key(message: str) -> Key:
    found = _PLACE.search(message)
    steps = _STEP.findall(found.group(1)) if found else ()
    return tuple(name or int(place) for name, place in steps)


def _refusal(code: str, place: str, message: str, remedy: str) -> TeachingFileError:
    return TeachingFileError(Finding(code=code, message=message, place=place, remedy=remedy))
