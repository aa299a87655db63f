from __future__ import annotations

import pandas

from ssp_coder.formats.columns import Cell, Column, ColumnType, Table
from ssp_coder.formats.frames import frame_of


def frame(kind: ColumnType, *cells: Cell, name: str = "x", unit: str = "") -> pandas.DataFrame:
    column: Column[Cell] = Column(
        name=name, label=name, type=kind, value=lambda row: row, unit=unit
    )
    return frame_of(Table(name="t", columns=(column,)), cells)


def test_seconds_stand_beside_exact_microseconds() -> None:
    found = frame(ColumnType.SECONDS, 1_500_001, None, name="start_s", unit="s of media time")
    assert [str(kind) for kind in found.dtypes] == ["float64", "Int64"]
    assert found.start_s[0] == 1.500001
    assert found.start_us[0] == 1_500_001
    assert found.isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert found.attrs["units"] == {
        "start_s": "s of media time",
        "start_us": "us of media time",
    }


def test_whole_numbers_stay_whole_beside_a_missing_one() -> None:
    found = frame(ColumnType.INTEGER, 3, None)
    assert str(found.x.dtype) == "Int64"
    assert found.x[0] == 3
    assert found.x[1] is pandas.NA


def test_flags_are_three_valued() -> None:
    found = frame(ColumnType.FLAG, True, False, None)
    assert found.x.tolist() == [True, False, pandas.NA]


def test_an_empty_text_is_missing() -> None:
    assert frame(ColumnType.TEXT, "a", "").x.isna().tolist() == [False, True]


def test_clock_columns_are_left_out() -> None:
    assert list(frame(ColumnType.CLOCK, 1).columns) == []


def test_a_table_without_rows_keeps_its_types() -> None:
    assert str(frame(ColumnType.NUMBER).x.dtype) == "Float64"
