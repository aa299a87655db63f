"""The line of a TOML text on which a value stands, so that an error can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

Key = tuple[str | int, ...]
"""Where a value lies in a file: table names, keys and positions, ``("groups", 2, "title")``."""

_SIGN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}=,\n]"
    r"|[^\s\[\]{}=,\"'#]+"
    r"|[^\S\n]+"
    r"|.",
    re.DOTALL,
)
_PART = re.compile(r'"((?:\\.|[^"\\])*)"|\'([^\']*)\'|([^\s.\[\]"\'=]+)')

_Sign = tuple[str, int]


def lines_by_key(text: str) -> dict[Key, int]:
    """Line numbers, from 1, of every table, key and list item of a valid TOML text.

    Keys inside inline tables are not listed; the inline table itself is.
    """
    lines: dict[Key, int] = {(): 1}
    counts: dict[Key, int] = {}
    table: Key = ()
    for statement in _statements(text):
        line = statement[0][1]
        if statement[0][0] == "[":
            table = _table_key(statement, counts)
            lines.setdefault(table, line)
            if table and isinstance(table[-1], int):
                lines.setdefault(table[:-1], line)
            continue
        key = table + tuple(_parts(_before_equals(statement)))
        for length in range(len(table) + 1, len(key)):
            lines.setdefault(key[:length], line)
        lines[key] = line
        for place, item_line in _items(statement):
            lines[(*key, place)] = item_line
    return lines


def line_of(lines: dict[Key, int], key: Key) -> int:
    """The line of a value, or of the nearest thing around it that has a line."""
    for length in range(len(key), 0, -1):
        if key[:length] in lines:
            return lines[key[:length]]
    return 1


def _statements(text: str) -> Iterator[list[_Sign]]:
    statement: list[_Sign] = []
    depth = 0
    line = 1
    for match in _SIGN.finditer(text):
        sign = match.group()
        if sign == "\n" and depth == 0 and statement:
            yield statement
            statement = []
        elif not sign.isspace() and not sign.startswith("#"):
            statement.append((sign, line))
            depth += (sign in "[{") - (sign in "]}")
        line += sign.count("\n")
    if statement:
        yield statement


def _table_key(statement: list[_Sign], counts: dict[Key, int]) -> Key:
    is_list = len(statement) > 1 and statement[1][0] == "["
    names = _parts(statement)
    key: Key = ()
    for name in names[:-1] if is_list else names:
        key = (*key, name)
        if key in counts:
            key = (*key, counts[key] - 1)
    if not is_list:
        return key
    key = (*key, *names[-1:])
    counts[key] = counts.get(key, 0) + 1
    return (*key, counts[key] - 1)


def _before_equals(statement: list[_Sign]) -> list[_Sign]:
    place = next((i for i, (sign, _) in enumerate(statement) if sign == "="), len(statement))
    return statement[:place]


def _parts(tokens: list[_Sign]) -> list[str]:
    joined = "".join(sign for sign, _ in tokens)
    return [next(filter(None, found), "") for found in _PART.findall(joined)]


def _items(statement: list[_Sign]) -> Iterator[tuple[int, int]]:
    value = statement[len(_before_equals(statement)) + 1 :]
    if not value or value[0][0] != "[":
        return
    depth = 0
    place = -1
    expects_item = True
    for sign, line in value:
        if depth == 1 and expects_item and sign not in "],":
            place += 1
            yield place, line
            expects_item = False
        if depth == 1 and sign == ",":
            expects_item = True
        depth += (sign in "[{") - (sign in "]}")
