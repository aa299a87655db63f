"""What a worked example is given, read strictly: every number must be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np

from ssp_coder.agreement.continuum import Section
from ssp_coder.agreement.table import Floats

Code = str | float
"""Codes of an example are words or numbers; 1 and 1.0 are the same."""


class RowError(ValueError):
    """A row of a file of worked examples cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The `input` of a row."""

    fields: Mapping[str, object]

    def field(self, name: str) -> object:
        """What stands in a field.

        Raises:
            RowError: there is no such field.
        """
        if name not in self.fields:
            raise RowError(f"its input lacks {name!r}")
        return self.fields[name]

    def number(self, name: str) -> float:
        """A number.

        Raises:
            RowError: there is none.
        """
        return number(self.field(name), name)

    def word(self, name: str) -> str:
        """A word.

        Raises:
            RowError: there is none.
        """
        value = self.field(name)
        if not isinstance(value, str):
            raise RowError(f"{name} is {shown(value)}, not a word")
        return value

    def items(self, name: str) -> list[object]:
        """A list, which may be empty.

        Raises:
            RowError: there is none.
        """
        return items(self.field(name), name)

    def counts(self, name: str) -> Floats:
        """Rows of numbers, equally long, at least one; nothing may be missing.

        Raises:
            RowError: it is something else.
        """
        rows = self._rows(name)
        return np.array([[number(one, name) for one in row] for row in rows], dtype=np.float64)

    def values(self, name: str) -> Floats:
        """The same, in which null is a missing value.

        Raises:
            RowError: it is something else.
        """
        rows = self._rows(name)
        return np.array([[_value(one, name) for one in row] for row in rows], dtype=np.float64)

    def series(self, name: str) -> Floats:
        """A list of numbers, in which null is a missing value.

        Raises:
            RowError: it is something else.
        """
        return np.array([_value(one, name) for one in self.items(name)], dtype=np.float64)

    def codes(self, name: str) -> list[Code | None]:
        """A list of codes, in which null is a missing one.

        Raises:
            RowError: it is something else.
        """
        return [None if one is None else code(one, name) for one in self.items(name)]

    def code_rows(self, name: str) -> list[list[Code | None]]:
        """Rows of codes, equally long, in which null is a missing one.

        Raises:
            RowError: it is something else.
        """
        rows = self._rows(name)
        return [[None if one is None else code(one, name) for one in row] for row in rows]

    def spans(self, name: str) -> list[tuple[float, float, Code]]:
        """A list of [number, number, code].

        Raises:
            RowError: it is something else.
        """
        return [span(one, name) for one in self.items(name)]

    def observers(self, name: str) -> list[list[Section]]:
        """Of each observer the units, [start, length, code] each.

        Raises:
            RowError: it is something else.
        """
        return [
            [Section(start=start, length=length, code=label(unit)) for start, length, unit in spans]
            for spans in (
                [span(one, name) for one in items(units, name)] for units in self.items(name)
            )
        ]

    def _rows(self, name: str) -> list[list[object]]:
        rows = [items(row, name) for row in self.items(name)]
        if not rows or not rows[0]:
            raise RowError(f"{name} is empty")
        if any(len(row) != len(rows[0]) for row in rows):
            raise RowError(f"the rows of {name} are not equally long")
        return rows


def number(value: object, name: str) -> float:
    """A finite number; true and false are none.

    Raises:
        RowError: it is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RowError(f"{name} holds {shown(value)}, not a number")
    try:
        read = float(value)
    except OverflowError:
        read = nan
    if not isfinite(read):
        raise RowError(f"{name} holds {shown(value)}, which cannot be worked with")
    return read


def items(value: object, name: str) -> list[object]:
    """A list.

    Raises:
        RowError: it is something else.
    """
    if not isinstance(value, list):
        raise RowError(f"{name} holds {shown(value)}, not a list")
    return value


def code(value: object, name: str) -> Code:
    """A word or a number.

    Raises:
        RowError: it is something else.
    """
    return value if isinstance(value, str) else number(value, name)


def span(value: object, name: str) -> tuple[float, float, Code]:
    """[number, number, code].

    Raises:
        RowError: it is something else.
    """
    parts = items(value, name)
    if len(parts) != 3:
        raise RowError(f"{name} holds {shown(value)}, not two numbers and a code")
    return number(parts[0], name), number(parts[1], name), code(parts[2], name)


def label(value: Code) -> str:
    """A code as a word, as in the name of a statistic; different codes never look alike."""
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else repr(value)


def shown(value: object) -> str:
    """A value from a file in a sentence, cut short."""
    text = "null" if value is None else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _value(value: object, name: str) -> float:
    return nan if value is None else number(value, name)
