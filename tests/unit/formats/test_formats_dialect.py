from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.formats import dialect
from ssp_coder.formats.dialect import (
    guarded,
    line_of,
    read_sheet,
    sheet_from_bytes,
    unguarded,
)
from ssp_coder.formats.errors import Faults, FormatError

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


def fault(content: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        sheet_from_bytes(content, "table.csv")
    return str(caught.value)


@given(st.lists(ANY_TEXT, min_size=2, max_size=5))
def test_any_text_comes_back_from_a_written_line(cells: list[str]) -> None:
    header = line_of([f"c{place}" for place, _ in enumerate(cells)])
    sheet = sheet_from_bytes((header + line_of(cells)).encode(), "table.csv")
    assert list(sheet.rows[0].cells.values()) == cells


@given(ANY_TEXT)
def test_the_guard_can_be_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_is_guarded(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


def test_harmless_text_is_not_guarded() -> None:
    assert guarded("a = b") == "a = b"


def test_only_cells_that_need_it_are_quoted() -> None:
    assert line_of(["plain", "a,b", 'say "x"', "", "two\nlines"]) == (
        'plain,"a,b","say ""x""",,"two\nlines"\n'
    )


def test_a_lone_carriage_return_survives_the_standard_reader() -> None:
    assert next(csv.reader(io.StringIO(line_of(["a\rb", "c"]), newline=""))) == ["a\rb", "c"]


def test_rows_know_the_line_they_start_at() -> None:
    sheet = sheet_from_bytes(b'a,b\n"two\nlines",1\n\nx,2\n', "table.csv")
    assert [(row.line, row.cells["b"]) for row in sheet.rows] == [(2, "1"), (5, "2")]


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated() -> None:
    sheet = sheet_from_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n", "table.csv")
    assert sheet.columns == ("a", "b")
    assert sheet.rows[0].cells == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"", "table.csv", "is empty"),
        (b"a,b\n1\n", "table.csv, line 2", "has 1 cells where the first line names 2"),
        (b"a,b\n1,2,3\n", "table.csv, line 2", "has 3 cells"),
        (b"a,a\n1,2\n", "table.csv, line 1", "column a is there twice"),
        (b"a,,c\n", "table.csv, line 1", "column 2 has no name"),
        (b"a;b\n1;2\n", "table.csv, line 1", "separated by semicolons"),
        (b"a\tb\n1\t2\n", "table.csv, line 1", "separated by tabs"),
        (b"a,b\n1,\xff\n", "table.csv, line 2", "is not UTF-8"),
        (b"a,b\n1,\0\n", "table.csv, line 2", "NUL"),
        (b'a,b\n1,"open\n', "table.csv, line 2", "cannot be split"),
        (b'a,b\n"x"y,1\n', "table.csv, line 2", "cannot be split"),
        ("a,b\n".encode("utf-16"), "table.csv, line 1", "is not UTF-8"),
    ],
)
def test_a_bad_table_is_refused_with_its_place_and_a_remedy(
    content: bytes, place: str, words: str
) -> None:
    sentence = fault(content)
    assert sentence.startswith(f"{place}: ")
    assert words in sentence
    assert "; " in sentence


def test_a_cell_beyond_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "MAXIMUM_CELL", 5)
    assert "line 2, column b: the cell has 6 characters, more than 5" in fault(b"a,b\n1,123456\n")


def test_a_cell_beyond_the_limit_of_the_standard_reader_is_refused_too() -> None:
    assert "line 2" in fault(b"a,b\n1," + b"x" * 200_000 + b"\n")


def test_a_file_beyond_the_cap_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "MAXIMUM_BYTES", 4)
    path = tmp_path / "big.csv"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(FormatError, match=r"big\.csv: is larger than .* MB; split it"):
        read_sheet(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"nowhere\.csv: there is no such file; check the name"):
        read_sheet(tmp_path / "nowhere.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_sheet(tmp_path)


def test_missing_columns_are_named() -> None:
    sheet = sheet_from_bytes(b"a,b\n", "table.csv")
    with pytest.raises(FormatError, match="line 1: column c, d is missing; the first line must"):
        sheet.require(("a", "c", "d"))


def test_all_faults_of_a_file_are_listed_and_counted() -> None:
    faults = Faults("table.csv")
    faults.add("x", "first", "mend it", line=2)
    faults.add("x", "second", "mend it", line=3, column="b")
    with pytest.raises(FormatError) as caught:
        faults.refuse_if_any()
    assert str(caught.value) == "table.csv, line 2: first (the first of 2 faults); mend it"
    assert caught.value.sentences()[1] == "table.csv, line 3, column b: second; mend it"


def test_no_more_than_twenty_faults_are_listed() -> None:
    faults = Faults("table.csv")
    for line in range(1, 40):
        faults.add("x", "wrong", "mend it", line=line)
    with pytest.raises(FormatError, match="the first of 20 or more faults") as caught:
        faults.refuse_if_any()
    assert len(caught.value.findings) == 20
