"""Which words belong to an instrument, and where code speaks them.

Ids, code names and column names are collected from the TOML files under `episodes/` and `schemas/`,
so a new instrument is covered the day its file is added. Words that the *program* owns are left
out: the values of its enumerations, the words of the data format (JSON Schemas), the names of its
own packages and pictures, and the roles that every procedure has. The choices of a modifier are
plain words (door, toy) and are not searched; nor is the bare name of a code, unless it is made of
several words.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# Who is in the room is the method itself, not one instrument: every variant has these roles.
ROLES = frozenset({"infant", "caregiver", "stranger", "experimenter"})
COLUMNS = ("column", "presence_column")
UNSEARCHED = "values"
COUNTED = re.compile(r"episode|reunion", re.IGNORECASE)
LETTERED = re.compile(r"(sub)?group|outcome|verdict|class(ification)?$", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The words of all instruments at hand.

    Attributes:
        ids: everything called `id`, and codes as ``group.name``; at least two characters.
        letters: ids of one character, searched only where a group is compared.
        columns: patterns of the column names that the files define.
    """

    ids: frozenset[str]
    letters: frozenset[str]
    columns: tuple[re.Pattern[str], ...]

    def owns(self, word: str) -> bool:
        """Whether a whole string is an instrument's word."""
        return word in self.ids or any(pattern.fullmatch(word) for pattern in self.columns)


def read_instruments(folders: Iterable[Path], allowed: frozenset[str]) -> Instrument:
    files = [path for folder in folders for path in sorted(folder.rglob("*.toml"))]
    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    tables = [table for document in documents for table in tables_in(document)]
    ids = {str(table["id"]) for table in tables if "id" in table}
    ids |= {word for table in tables for word in code_words(table)}
    templates = {word for word in ids if "{" in word}
    templates |= {str(table[key]) for table in tables for key in COLUMNS if key in table}
    return Instrument(
        ids=frozenset(word for word in ids - templates if len(word) > 1) - allowed,
        letters=frozenset(word for word in ids if len(word) == 1),
        columns=tuple(column_pattern(column) for column in sorted(templates) if "_" in column),
    )


def tables_in(value: object) -> Iterator[Mapping[str, object]]:
    """Every table of a TOML document, at any depth, but for the choices of a modifier."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != UNSEARCHED:
                yield from tables_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables_in(inner)


def code_words(group: Mapping[str, object]) -> Iterator[str]:
    """The full ids of the codes of a group, ``group.name``, and names made of several words."""
    codes = group.get("codes")
    for code in codes if isinstance(codes, list) else ():
        if isinstance(code, dict) and "id" in group and "name" in code:
            yield f"{group['id']}.{code['name']}"
            if "_" in code["name"]:
                yield code["name"]


def column_pattern(column: str) -> re.Pattern[str]:
    """What a column template can become: each ``{placeholder}`` is a letter, number or hole."""
    return re.compile(PLACEHOLDER.sub(r"(?:\\w+|\\{\\w*\\})", re.escape(column)))


def program_words(package: Path, formats: Path) -> frozenset[str]:
    """Words that the program itself owns, though an instrument may use them as an id."""
    words = {path.stem for path in package.rglob("*") if path.suffix != ".py"}
    for path in package.rglob("*.py"):
        words |= set(enumeration_values(ast.parse(path.read_text(encoding="utf-8"))))
    for path in formats.rglob("*.json"):
        words |= set(schema_words(json.loads(path.read_text(encoding="utf-8"))))
    return frozenset(words) | ROLES


def enumeration_values(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(b) for b in node.bases):
            for statement in node.body:
                value = statement.value if isinstance(statement, ast.Assign) else None
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value


def schema_words(value: object) -> Iterator[str]:
    """Property names and fixed values of a JSON Schema."""
    if isinstance(value, list):
        for inner in value:
            yield from schema_words(inner)
    if isinstance(value, dict):
        yield from value.get("properties", {})
        choices = [*value.get("enum", ()), value.get("const")]
        yield from (choice for choice in choices if isinstance(choice, str))
        for inner in value.values():
            yield from schema_words(inner)


def spoken(tree: ast.AST, instrument: Instrument) -> Iterator[tuple[ast.AST, str]]:
    """Each place where code speaks a word of an instrument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from ((node, word) for word in formatted(node) if instrument.owns(word))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if instrument.owns(node.value):
                yield node, node.value
        elif isinstance(node, ast.Compare):
            yield from ((node, word) for word in compared(node, instrument.letters))


def formatted(node: ast.JoinedStr) -> Iterator[str]:
    """The text of an f-string with its holes as ``{}``, and each fixed part without its joints."""
    parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
    yield "".join(str(part) for part in parts)
    yield from (str(part).strip("_.-") for part in parts)


def compared(node: ast.Compare, letters: frozenset[str]) -> Iterator[str]:
    """An episode compared with its number, or a group with its letter."""
    sides = [node.left, *node.comparators]
    names = " ".join(ast.unparse(side) for side in sides if not isinstance(side, ast.Constant))
    for constant in constants_of(sides):
        if COUNTED.search(names) and type(constant) is int and constant > 1:
            yield f"episode {constant}"
        if LETTERED.search(names) and isinstance(constant, str) and constant in letters:
            yield constant


def constants_of(sides: Iterable[ast.expr]) -> Iterator[object]:
    for side in sides:
        inner = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else (side,)
        yield from (element.value for element in inner if isinstance(element, ast.Constant))
