"""Whether the codebook beside a file says that its text is guarded for Excel."""

from __future__ import annotations

from pathlib import Path

from ssp_coder.formats.dialect import FOR_EXCEL, Row, Sheet, read_sheet, unguarded
from ssp_coder.formats.errors import FormatError

CODEBOOK_FILE = "codebook.csv"


def without_guard(sheet: Sheet, path: Path) -> Sheet:
    """The sheet with the guard taken off the text columns that the codebook names, if any."""
    columns = _guarded_columns(path)
    if not columns:
        return sheet
    rows = tuple(Row(line=row.line, cells=_bare(row, columns)) for row in sheet.rows)
    return Sheet(file=sheet.file, columns=sheet.columns, rows=rows)


def _bare(row: Row, columns: frozenset[str]) -> dict[str, str]:
    return {name: unguarded(cell) if name in columns else cell for name, cell in row.cells.items()}


def _guarded_columns(path: Path) -> frozenset[str]:
    codebook = path.with_name(CODEBOOK_FILE)
    if not codebook.is_file():
        return frozenset()
    try:
        sheet = read_sheet(codebook)
    except FormatError:
        # Somebody else's codebook says nothing about our guard.
        return frozenset()
    return frozenset(
        unguarded(row.cell("name"))
        for row in sheet.rows
        if path.stem.endswith(f"_{row.cell('table')}") and FOR_EXCEL.note in row.cell("note")
    )
