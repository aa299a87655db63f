"""The codebook: one row a column of every exported table, made from the columns themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.columns import Cell, Column, ColumnType, RowT, Table
from ssp_coder.formats.comments import comments_table
from ssp_coder.formats.comparison_table import comparison_table
from ssp_coder.formats.dialect import Dialect
from ssp_coder.formats.episodes import episodes_table
from ssp_coder.formats.frequencies import frequencies_table
from ssp_coder.formats.intervals import intervals_table
from ssp_coder.formats.scores import scores_table
from ssp_coder.formats.timeline import timeline_table

CODEBOOK_TABLE = "codebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookRow:
    """What is said of one column."""

    table: str
    name: str
    label: str
    type: ColumnType
    unit: str
    levels: tuple[tuple[str, str], ...]
    missing_code: str
    provenance: str
    note: str


def codebook_rows(schemes: Sequence[Scheme], dialect: Dialect) -> Iterator[CodebookRow]:
    """Rows for every column of every table, this one included."""
    yield from rows_of_table(timeline_table(schemes), dialect)
    yield from rows_of_table(scores_table(schemes), dialect)
    yield from rows_of_table(episodes_table(schemes), dialect)
    yield from rows_of_table(intervals_table(schemes), dialect)
    yield from rows_of_table(frequencies_table(schemes), dialect)
    yield from rows_of_table(comments_table(schemes), dialect)
    yield from rows_of_table(comparison_table(), dialect)
    yield from rows_of_table(codebook_table(), dialect)


def rows_of_table(table: Table[RowT], dialect: Dialect) -> Iterator[CodebookRow]:
    """Rows for every column of one table."""
    for column in table.columns:
        yield CodebookRow(
            table=table.name,
            name=column.name,
            label=column.label,
            type=column.type,
            unit=column.unit,
            levels=column.levels,
            missing_code=column.missing_code,
            provenance=column.provenance,
            note="; ".join(_notes(column.note, column.type, dialect)),
        )


def _notes(note: str, kind: ColumnType, dialect: Dialect) -> Iterator[str]:
    if note:
        yield note
    if kind is ColumnType.TEXT or (kind.is_text and dialect.guards_text):
        yield dialect.note


def codebook_table() -> Table[CodebookRow]:
    """The columns of the codebook."""
    return Table(
        name=CODEBOOK_TABLE,
        columns=(
            _text("table", "Table, as in the end of the file's name", lambda row: row.table),
            _text("name", "Column", lambda row: row.name),
            _text("label", "What it is", lambda row: row.label),
            _text("type", "What its cells hold", lambda row: row.type.value),
            _text("unit", "Unit or range", lambda row: row.unit),
            _text("levels", "Values and what they mean", _levels),
            _text("missing_code", "What an empty cell means", lambda row: row.missing_code),
            _text("provenance", "Where the definition comes from", lambda row: row.provenance),
            _text("note", "What else to know", lambda row: row.note),
        ),
    )


def _levels(row: CodebookRow) -> Cell:
    return "; ".join(f"{value}={meaning}" for value, meaning in row.levels)


def _text(name: str, label: str, value: Callable[[CodebookRow], Cell]) -> Column[CodebookRow]:
    return Column(name=name, label=label, type=ColumnType.TEXT, value=value)
