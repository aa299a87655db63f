"""A table of a coding file: how a part of a coding becomes rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ssp_coder.domain.coding import Coding

# What types a row has is declared by its STRICT table and checked by SQLite.
Row = tuple[Any, ...]
Write = tuple[str, Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table that holds a part of a coding; its first column is its key.

    Attributes:
        fields: the fields of `Coding` it holds.
        rows: the rows of a coding, in the order in which `select` gives them.
    """

    name: str
    fields: frozenset[str]
    rows: Callable[[Coding], tuple[Row, ...]]
    select: str
    insert: str
    delete: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of `select`."""
        return tuple(self.select.removeprefix("SELECT ").partition(" FROM ")[0].split(", "))


def rows_of(connection: sqlite3.Connection, table: Table) -> tuple[Row, ...]:
    """All rows that a file holds in a table."""
    return tuple(connection.execute(table.select))
