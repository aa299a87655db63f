"""The matrix of each kind of table, as in its golden files."""

from __future__ import annotations

import csv
import io

import pytest

from ssp_coder.reporting.tables import matrix_csv, matrix_lines, matrix_markdown, matrix_parts
from tests.unit.reporting.golden_texts import FOLDER, TABLES, assert_golden

EACH = pytest.mark.parametrize("name", sorted(TABLES))


@EACH
def test_the_matrix_for_a_terminal_is_as_in_its_golden_file(name: str) -> None:
    assert_golden(f"matrix_{name}.txt", matrix_lines(TABLES[name]))


@EACH
def test_the_matrix_in_markdown_is_as_in_its_golden_file(name: str) -> None:
    assert_golden(f"matrix_{name}.md", matrix_markdown(TABLES[name]))


@EACH
def test_the_matrix_as_csv_is_as_in_its_golden_file(name: str) -> None:
    assert_golden(f"matrix_{name}.csv", matrix_csv(TABLES[name]))


@EACH
def test_the_golden_table_has_a_row_for_each_row_of_the_matrix(name: str) -> None:
    text = (FOLDER / f"matrix_{name}.csv").read_text(encoding="utf-8")
    rows = [(row["part"], row["id"]) for row in csv.DictReader(io.StringIO(text))]
    assert rows == [(part.id, row.id) for part in matrix_parts(TABLES[name]) for row in part.rows]
