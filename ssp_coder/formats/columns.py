"""Tables as lists of column records: one loop writes them, the same records make the codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ssp_coder.domain.finding import Finding
from ssp_coder.domain.time import clock_text, seconds_text
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.formats.dialect import PLAIN, Dialect, guarded, line_of
from ssp_coder.formats.errors import FormatError

RowT = TypeVar("RowT")
Cell = str | int | float | None
"""What a column takes of a row; None is an empty cell."""

ORIGIN_WORDS = {
    Origin.VERIFIED: "verified source",
    Origin.LITERATURE: "literature, unverified",
    Origin.PROJECT_DEFAULT: "project default",
    Origin.LAB: "lab",
}
"""How far a statement may be trusted; the same words in tables, reports and on the screen."""
OWN_DEFINITION = f"{ORIGIN_WORDS[Origin.PROJECT_DEFAULT]}: definition of this program"
RECORDED = "recorded by the coder"


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CATEGORY = "category"
    INTEGER = "integer"
    NUMBER = "number"
    SECONDS = "seconds"
    CLOCK = "clock"
    FLAG = "flag"

    @property
    def is_text(self) -> bool:
        """Whether the cells are words, which a spreadsheet might take for a formula."""
        return self in {ColumnType.TEXT, ColumnType.CATEGORY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[RowT]):
    """One column of a table.

    Attributes:
        value: takes the cell from a row; microseconds for seconds and clock columns.
        unit: unit of the numbers, empty for none.
        levels: pairs of value and meaning.
        missing_code: what an empty cell means, or where the reason stands.
        provenance: where the definition comes from.
    """

    name: str
    label: str
    type: ColumnType
    value: Callable[[RowT], Cell]
    unit: str = ""
    levels: tuple[tuple[str, str], ...] = ()
    missing_code: str = "empty"
    provenance: str = OWN_DEFINITION
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[RowT]):
    """A table: its name in the codebook and its columns in order."""

    name: str
    columns: tuple[Column[RowT], ...]

    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


def cell_text(kind: ColumnType, value: Cell) -> str:
    """A cell as written in the plain dialect."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    match kind:
        case ColumnType.SECONDS:
            return seconds_text(int(value))
        case ColumnType.CLOCK:
            return clock_text(int(value))
        case ColumnType.FLAG:
            return "1" if value else "0"
        case _:
            return number_text(value)


def number_text(value: float) -> str:
    """A number without a needless decimal point: ``4``, ``4.5``."""
    return str(int(value)) if value == int(value) else repr(value)


def table_text(table: Table[RowT], rows: Iterable[RowT], dialect: Dialect = PLAIN) -> str:
    """A whole table with its header line."""
    lines = [line_of(table.names())]
    for row in rows:
        cells = [(column, cell_text(column.type, column.value(row))) for column in table.columns]
        lines.append(line_of([_written(column, text, dialect) for column, text in cells]))
    return "".join(lines)


def _written(column: Column[RowT], text: str, dialect: Dialect) -> str:
    if "\0" in text:
        raise FormatError(
            Finding(
                code="csv.nul",
                message=f"{text[:40]!r} holds a NUL character, which no CSV file can keep",
                place=f"column {column.name}",
                remedy="remove it from the text",
            )
        )
    return guarded(text) if dialect.guards_text and column.type.is_text else text


def table_bytes(table: Table[RowT], rows: Iterable[RowT], dialect: Dialect = PLAIN) -> bytes:
    """A whole table as it lies on the disk.

    Raises:
        FormatError: a text holds characters that UTF-8 cannot hold.
    """
    text = table_text(table, rows, dialect)
    try:
        return text.encode("utf-8-sig" if dialect.byte_order_mark else "utf-8")
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1
        raise FormatError(
            Finding(
                code="csv.not_encodable",
                message=f"line {line} would hold half a character",
                place=f"table {table.name}",
                remedy="remove the odd character from the comment or note",
            )
        ) from error


def merged_levels(*lists: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Levels of several sources; where one value has several meanings, all are told."""
    meanings: dict[str, list[str]] = {}
    for pairs in lists:
        for value, meaning in pairs:
            known = meanings.setdefault(value, [])
            if meaning not in known:
                known.append(meaning)
    return tuple((value, " / ".join(known)) for value, known in meanings.items())


def provenance_words(provenance: Provenance) -> str:
    """Origin, source and confidence in one cell."""
    sure = "" if provenance.confidence is None else f" (confidence {provenance.confidence:g})"
    return f"{ORIGIN_WORDS[provenance.origin]}: {provenance.source}{sure}"


def is_own_default(provenance: Provenance) -> bool:
    """Whether a statement is the project's own and not published."""
    return provenance.origin is Origin.PROJECT_DEFAULT
