"""The CSV dialect: how cells are written, and a reader that refuses what it cannot trust."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.formats.errors import FormatError, place_in, refusal

MAXIMUM_BYTES = 50_000_000
"""Largest file read; 100,000 coded events need about a third of it (project default)."""
MAXIMUM_CELL = 100_000
"""Longest cell read, in characters; below the limit of Python's own reader."""

_SEPARATORS = (",", ";", "\t")
_QUOTED = (",", '"', "\n", "\r")
_LIVE_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A way to write CSV.

    Attributes:
        byte_order_mark: start the file with one, by which Excel knows UTF-8.
        guards_text: put an apostrophe before text that a spreadsheet would take for a formula.
        note: what the codebook says of text columns.
    """

    id: str
    byte_order_mark: bool
    guards_text: bool
    note: str


PLAIN = Dialect(
    id="plain",
    byte_order_mark=False,
    guards_text=False,
    note="written as it is; a spreadsheet may take text for a formula",
)
FOR_EXCEL = Dialect(
    id="for_excel",
    byte_order_mark=True,
    guards_text=True,
    note="an apostrophe stands before text that starts with = + - @ ' tab or line end",
)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `unguarded` gives it back exactly."""
    return GUARD + text if text.startswith((*_LIVE_IN_SPREADSHEETS, GUARD)) else text


def unguarded(text: str) -> str:
    """Text without the guard."""
    return text.removeprefix(GUARD)


def line_of(cells: Collection[str]) -> str:
    """One row: commas, quotes only where needed, ended by a line feed."""
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in _QUOTED):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet by column name, with the line it starts at."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell without blanks around it, empty when the sheet has no such column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A CSV file that was read whole.

    Attributes:
        file: name of the file, for messages.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def require(self, columns: Collection[str]) -> None:
        """Refuse the sheet when a column is missing.

        Raises:
            FormatError: names the missing columns.
        """
        missing = [column for column in columns if column not in self.columns]
        if missing:
            raise refusal(
                "csv.missing_column",
                f"column {', '.join(missing)} is missing",
                f"the first line must name {', '.join(columns)}",
                place=place_in(self.file, line=1),
            )


def read_sheet(path: Path, *, any_separator: bool = False) -> Sheet:
    """Read a CSV file.

    Args:
        path: the file.
        any_separator: take semicolons and tabs as well; not for files with numbers in them, where
            a spreadsheet that writes semicolons also writes commas for points.

    Raises:
        FormatError: it cannot be read, is too large, is not UTF-8, or is no regular table.
    """
    return sheet_from_bytes(_bytes_of(path), path.name, any_separator=any_separator)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError as error:
        raise refusal(
            "csv.no_file", "there is no such file", "check the name", place=str(path)
        ) from error
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise refusal(
            "csv.unreadable",
            f"cannot be read ({reason})",
            "check that it is a file you may read",
            place=str(path),
        ) from error
    if len(content) > MAXIMUM_BYTES:
        raise refusal(
            "csv.too_large",
            f"is larger than {MAXIMUM_BYTES // 1_000_000} MB",
            "split it, or check that it is the right file",
            place=path.name,
        )
    return content


def sheet_from_bytes(content: bytes, file: str, *, any_separator: bool = False) -> Sheet:
    """The sheet that bytes hold; a byte order mark is tolerated.

    Raises:
        FormatError: the bytes are no UTF-8 text, or no regular table.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refusal(
            "csv.not_utf8",
            "is not UTF-8 text",
            "save it as CSV UTF-8",
            place=place_in(file, line=line),
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise refusal(
            "csv.nul",
            "holds a NUL character, so it is no text table",
            "save it as CSV UTF-8",
            place=place_in(file, line=line),
        )
    separator = _separator_of(text) if any_separator else ","
    return _sheet(list(_records(text, file, separator)), file)


def _separator_of(text: str) -> str:
    """The sign that stands between the names of the columns."""
    head = text.lstrip().split("\n", 1)[0]
    return max(_SEPARATORS, key=head.count)


def _records(text: str, file: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise refusal(
                "csv.malformed",
                f"cannot be split into cells ({error})",
                "close every quote, and double a quote inside a cell",
                place=place_in(file, line=line),
            ) from error
        if cells is None:
            return
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _sheet(records: list[tuple[int, list[str]]], file: str) -> Sheet:
    if not records:
        raise refusal(
            "csv.empty",
            "is empty",
            "the first line must name the columns",
            place=file,
        )
    columns = tuple(name.strip() for name in records[0][1])
    _check_header(columns, place_in(file, line=records[0][0]))
    rows = []
    for line, cells in records[1:]:
        _check_cells(columns, cells, place_in(file, line=line))
        rows.append(Row(line=line, cells=dict(zip(columns, cells, strict=True))))
    return Sheet(file=file, columns=columns, rows=tuple(rows))


def _check_header(columns: tuple[str, ...], place: str) -> None:
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        sign = "semicolons" if ";" in columns[0] else "tabs"
        raise refusal(
            "csv.separator", f"is separated by {sign}", "save it separated by commas", place=place
        )
    if "" in columns:
        number = columns.index("") + 1
        raise refusal(
            "csv.unnamed_column",
            f"column {number} has no name",
            "name it or remove it",
            place=place,
        )
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise refusal(
            "csv.duplicate_column",
            f"column {twice[0]} is there twice",
            "remove or rename one of them",
            place=place,
        )


def _check_cells(columns: tuple[str, ...], cells: list[str], place: str) -> None:
    if len(cells) != len(columns):
        raise refusal(
            "csv.ragged",
            f"has {len(cells)} cells where the first line names {len(columns)} columns",
            "add or remove cells; a comma inside text needs quotes around the text",
            place=place,
        )
    for column, cell in zip(columns, cells, strict=True):
        if len(cell) > MAXIMUM_CELL:
            raise _too_long(column, len(cell), place)


def _too_long(column: str, length: int, place: str) -> FormatError:
    return refusal(
        "csv.long_cell",
        f"the cell has {length} characters, more than {MAXIMUM_CELL}",
        "shorten it",
        place=f"{place}, column {column}",
    )
