from __future__ import annotations

import pytest

from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.formats.columns import (
    Cell,
    Column,
    ColumnType,
    Table,
    cell_text,
    is_own_default,
    merged_levels,
    provenance_words,
    table_bytes,
    table_text,
)
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.errors import FormatError


def table(kind: ColumnType) -> Table[Cell]:
    return Table(
        name="t",
        columns=(Column(name="x", label="X", type=kind, value=lambda row: row),),
    )


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ColumnType.SECONDS, 12_345_678, "12.345678"),
        (ColumnType.SECONDS, -1, "-0.000001"),
        (ColumnType.CLOCK, 3_723_999_999, "01:02:03.999"),
        (ColumnType.NUMBER, 4.0, "4"),
        (ColumnType.NUMBER, 4.5, "4.5"),
        (ColumnType.INTEGER, 0, "0"),
        (ColumnType.FLAG, True, "1"),
        (ColumnType.FLAG, False, "0"),
        (ColumnType.FLAG, None, ""),
        (ColumnType.TEXT, "words", "words"),
    ],
)
def test_a_cell_is_written_by_the_type_of_its_column(
    kind: ColumnType, value: Cell, text: str
) -> None:
    assert cell_text(kind, value) == text


def test_the_plain_dialect_leaves_text_alone() -> None:
    assert table_text(table(ColumnType.TEXT), ["=1+1"], PLAIN) == "x\n=1+1\n"


@pytest.mark.parametrize("kind", [ColumnType.TEXT, ColumnType.CATEGORY])
def test_excel_gets_text_with_a_guard(kind: ColumnType) -> None:
    assert table_text(table(kind), ["=1+1"], FOR_EXCEL) == "x\n'=1+1\n"


def test_excel_gets_negative_numbers_as_they_are() -> None:
    assert table_text(table(ColumnType.SECONDS), [-1_500_000], FOR_EXCEL) == "x\n-1.500000\n"


def test_excel_knows_the_file_by_its_byte_order_mark() -> None:
    assert table_bytes(table(ColumnType.TEXT), ["ë"], FOR_EXCEL) == b"\xef\xbb\xbfx\n\xc3\xab\n"
    assert table_bytes(table(ColumnType.TEXT), ["ë"], PLAIN) == b"x\n\xc3\xab\n"


@pytest.mark.parametrize("text", ["a\0b", "half \ud800"])
def test_text_that_no_csv_file_can_hold_is_refused_before_anything_is_written(text: str) -> None:
    with pytest.raises(FormatError, match="remove"):
        table_bytes(table(ColumnType.TEXT), [text])


def test_levels_of_two_schemes_are_told_once_with_both_meanings() -> None:
    merged = merged_levels([("a", "one"), ("b", "two")], [("a", "one"), ("b", "three")])
    assert merged == (("a", "one"), ("b", "two / three"))


def test_provenance_is_written_with_its_confidence() -> None:
    unsure = Provenance(origin=Origin.LITERATURE, source="a book", confidence=0.85)
    assert provenance_words(unsure) == "literature, unverified: a book (confidence 0.85)"
    assert not is_own_default(unsure)
    assert is_own_default(Provenance(origin=Origin.PROJECT_DEFAULT, source="us"))
