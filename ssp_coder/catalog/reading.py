"""One data file: bytes to a typed record, or a finding that names the line."""

from __future__ import annotations

import hashlib
import math
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.expecting import remedy_at
from ssp_coder.catalog.locating import Key, line_of, lines_by_key
from ssp_coder.catalog.records import (
    FileRecord,
)
from ssp_coder.domain.finding import Finding, Severity

MAXIMUM_BYTES = 2_000_000
"""A data file beyond this is not an instrument."""

_FILES_REMEMBERED = 32  # more than two schemes have
_MAXIMUM_DEPTH = 32
_MAXIMUM_DOTS = 1_000

_FIELD_PATH = re.compile(r"`(\$[^`]*)`")
_FIELD_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|(\[\.\.\.\])")
_UNKNOWN_FIELD = re.compile(r"unknown field `([^`]*)`")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)")

_FACTS = (
    (re.compile(r"^Object contains unknown field `([^`]*)`$"), r"key '\1' is not known here"),
    (re.compile(r"^Object missing required field `([^`]*)`$"), r"key '\1' is missing"),
    (re.compile(r"^Invalid (?:enum )?value (.*)$"), r"\1 is not one of the words allowed here"),
    (re.compile(r"^Expected (.*) matching regex (.*)$"), r"expected \1 of the form \2"),
    (re.compile(r"^Expected "), "expected "),
)
_TOO_LONG = re.compile(r"\d{4300}")
_TYPE_NAMES = re.compile(r"`(\w+(?: \| \w+)*)`")
_TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}

Record = TypeVar("Record", bound=FileRecord, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentFile(Generic[Record]):
    """A data file that was read.

    Attributes:
        path: path below the data folders, with forward slashes.
        shown: name of the file in findings.
        text: the content, decoded.
    """

    path: str
    shown: str
    content: bytes
    record: Record
    text: str = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash of the content, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def finding(self, code: str, key: Key, message: str, remedy: str) -> Finding:
        """An error at the line of `key`."""
        return Finding(code=code, message=message, place=self.place(key), remedy=remedy)

    def warning(self, code: str, key: Key, message: str, remedy: str) -> Finding:
        """A warning at the line of `key`."""
        return Finding(
            code=code,
            message=message,
            place=self.place(key),
            remedy=remedy,
            severity=Severity.WARNING,
        )

    def place(self, key: Key) -> str:
        """File and line of `key`."""
        return f"{self.shown}:{line_of(lines_by_key(self.text), key)}"


def read_bytes(path: Path) -> bytes:
    """The content of a data file.

    Raises:
        CatalogError: it cannot be read or is too large.
    """
    try:
        if path.is_dir():
            raise _error("file.unreadable", str(path), "this is a folder", "name a .toml file")
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _error(
            "file.unreadable", str(path), f"cannot be read: {reason}", "check the path and rights"
        ) from error
    _check_size(content, str(path))
    return content


@lru_cache(maxsize=_FILES_REMEMBERED)
def read_instrument(path: str, content: bytes, shown: str) -> InstrumentFile[FileRecord]:
    """The record of a data file; of the same content only once, as nothing in it can change.

    Args:
        path: path below the data folders.
        content: the file's bytes.
        shown: name of the file in findings.

    Raises:
        CatalogError: the content is no TOML, or not of the shape of any kind of data file.
    """
    _check_size(content, shown)
    text = _decoded(content, shown)
    tree = _parsed(text, shown)
    _check_tree(tree, text, shown)
    return InstrumentFile(
        path=path, shown=shown, content=content, record=_converted(tree, text, shown), text=text
    )


def _error(code: str, place: str, message: str, remedy: str) -> CatalogError:
    return CatalogError((Finding(code=code, message=message, place=place, remedy=remedy),))


def _check_size(content: bytes, shown: str) -> None:
    if len(content) > MAXIMUM_BYTES:
        raise _error(
            "file.too_large",
            shown,
            f"is larger than {MAXIMUM_BYTES // 1_000_000} MB",
            "data files are small; check that this is one",
        )
    if not content.strip():
        raise _error("file.empty", shown, "is empty", "copy a bundled file and change it")


def _decoded(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _error(
            "file.not_utf8",
            f"{shown}:{line}",
            f"byte {error.start} is not UTF-8",
            "save the file as UTF-8",
        ) from error


def _parsed(text: str, shown: str) -> dict[str, Any]:  # Any: TOML of unknown shape
    for number, words in enumerate(text.split("\n"), 1):
        if words.count(".") > _MAXIMUM_DOTS:  # tomllib needs quadratic time for such a key
            raise _error(
                "toml.syntax", f"{shown}:{number}", "has too many dots", "copy a bundled file"
            )
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _error(
            "toml.syntax", f"{shown}:1", "lists are nested too deeply", "copy a bundled file"
        ) from None
    except ValueError as error:
        message = str(error)
        found = _TOML_PLACE.search(message)
        line = int(found.group(1)) if found else _fallback_line(text)
        reason = (
            _TOML_PLACE.sub("", message)
            .partition(";")[0]
            .replace(" (at end of document)", ", at the end")
        )
        raise _error(
            "toml.syntax",
            f"{shown}:{line}",
            f"is not valid TOML: {reason}",
            "check quotes, brackets and = signs on this line",
        ) from error


def _fallback_line(text: str) -> int:
    """The line of a number with too many digits, which is told without one, else the last."""
    lines = text.split("\n")
    longest = next((at for at, words in enumerate(lines, 1) if _TOO_LONG.search(words)), 0)
    return longest or max(1, len(text.splitlines()))


def _check_tree(tree: dict[str, Any], text: str, shown: str) -> None:
    waiting: list[tuple[Key, object]] = [((), tree)]
    while waiting:
        key, node = waiting.pop()
        if len(key) > _MAXIMUM_DEPTH:
            raise _error(
                "toml.shape", f"{shown}:1", "tables are nested too deeply", "copy a bundled file"
            )
        if isinstance(node, float) and not math.isfinite(node):
            raise _error(
                "toml.not_finite",
                f"{shown}:{line_of(lines_by_key(text), key)}",
                f"{key_name(key)} is not a finite number",
                "write a number",
            )
        if isinstance(node, dict):
            waiting.extend(((*key, name), value) for name, value in node.items())
        elif isinstance(node, list):
            waiting.extend(((*key, place), value) for place, value in enumerate(node))


def _converted(tree: dict[str, Any], text: str, shown: str) -> FileRecord:
    try:
        record: FileRecord = msgspec.convert(tree, FileRecord)
    except msgspec.ValidationError as error:
        message = str(error)
        key = _field_key(message)
        unknown = _UNKNOWN_FIELD.search(message)
        place = (*key, unknown.group(1)) if unknown else key
        raise _error(
            "toml.shape",
            f"{shown}:{line_of(lines_by_key(text), place)}",
            f"{key_name(key)}: {_in_words(message)}" if key else _in_words(message),
            remedy_at(tree.get("kind"), place, unknown=unknown is not None),
        ) from error
    return record


def _in_words(message: str) -> str:
    """The complaint of the decoder in the words of a data file."""
    fact = message.partition(" - at ")[0]
    for pattern, words in _FACTS:
        fact = pattern.sub(words, fact)
    return _TYPE_NAMES.sub(_types_in_words, fact)


def _types_in_words(found: re.Match[str]) -> str:
    names = found.group(1).split(" | ")
    return " or ".join(_TYPES.get(name, name) for name in names)


def _field_key(message: str) -> Key:
    found = _FIELD_PATH.search(message)
    steps: list[str | int] = []
    for name, place, any_key in _FIELD_STEP.findall(found.group(1) if found else ""):
        if any_key:
            break
        steps.append(name or int(place))
    return tuple(steps)


def key_name(key: Key) -> str:
    """A key as a person reads it: ``groups[3].title``."""
    words = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in key)
    return words.lstrip(".")
