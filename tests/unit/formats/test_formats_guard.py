from __future__ import annotations

from pathlib import Path

from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN, read_sheet
from ssp_coder.formats.guard import without_guard

TABLE = "session_id,comment,start_s\n'=S1,''quoted,-1\n"


def bare(folder: Path, codebook: str | None, name: str = "S1_events.csv") -> dict[str, str]:
    path = folder / name
    path.write_text(TABLE, encoding="utf-8")
    if codebook is not None:
        (folder / "codebook.csv").write_text(codebook, encoding="utf-8")
    (row,) = without_guard(read_sheet(path), path).rows
    return dict(row.cells)


def codebook(note: str, table: str = "events") -> str:
    return f'table,name,note\n{table},session_id,"{note}"\n{table},comment,"x; {note}"\n'


def test_the_guard_is_taken_off_columns_whose_codebook_declares_it(tmp_path: Path) -> None:
    assert bare(tmp_path, codebook(FOR_EXCEL.note)) == {
        "session_id": "=S1",
        "comment": "'quoted",
        "start_s": "-1",
    }


def test_without_a_codebook_nothing_is_taken_off(tmp_path: Path) -> None:
    assert bare(tmp_path, None)["session_id"] == "'=S1"


def test_a_plain_codebook_declares_no_guard(tmp_path: Path) -> None:
    assert bare(tmp_path, codebook(PLAIN.note))["session_id"] == "'=S1"


def test_a_guard_of_another_table_says_nothing(tmp_path: Path) -> None:
    assert bare(tmp_path, codebook(FOR_EXCEL.note, "scores"))["session_id"] == "'=S1"


def test_a_file_that_was_renamed_is_left_alone(tmp_path: Path) -> None:
    cells = bare(tmp_path, codebook(FOR_EXCEL.note), name="mine.csv")
    assert cells["session_id"] == "'=S1"


def test_a_damaged_codebook_is_nobodys_reason_to_fail(tmp_path: Path) -> None:
    assert bare(tmp_path, 'table,name\n"open')["comment"] == "''quoted"
