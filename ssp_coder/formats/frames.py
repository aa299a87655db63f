"""Tables as pandas frames, with the columns of the CSV files and fitting types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US
from ssp_coder.formats.columns import Cell, Column, ColumnType, RowT, Table

if TYPE_CHECKING:
    from pandas import DataFrame

_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.CATEGORY: "string",
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "Float64",
    ColumnType.SECONDS: "float64",
    ColumnType.FLAG: "boolean",
}


def frame_of(table: Table[RowT], rows: Iterable[RowT]) -> DataFrame:
    """A table as a frame.

    Text is ``string``, whole numbers ``Int64``, other numbers ``Float64``, flags ``boolean``, all
    with ``<NA>`` for missing. A column in seconds (``float64``) is followed by one in exact whole
    microseconds, ``start_s`` by ``start_us`` (``Int64``). Clock columns are left out. Units are in
    ``frame.attrs["units"]``, by column.
    """
    import pandas

    listed = list(rows)
    series, units = {}, {}
    for column in table.columns:
        if column.type is ColumnType.CLOCK:
            continue
        cells = [column.value(row) for row in listed]
        series[column.name] = pandas.Series(_values(column, cells), dtype=_TYPES[column.type])
        units[column.name] = column.unit
        if column.type is ColumnType.SECONDS:
            exact = f"{column.name.removesuffix('_s')}_us"
            series[exact] = pandas.Series(cells, dtype="Int64")
            units[exact] = column.unit.replace("s", "us", 1)
    frame = pandas.DataFrame(series)
    frame.attrs["units"] = {name: unit for name, unit in units.items() if unit}
    return frame


def _values(column: Column[RowT], cells: list[Cell]) -> list[Cell]:
    """Cells as pandas takes them: missing words as None, microseconds as seconds."""
    if column.type.is_text:
        return [cell or None for cell in cells]
    if column.type is ColumnType.SECONDS:
        return [cell / SECOND_US if isinstance(cell, int) else None for cell in cells]
    return cells
