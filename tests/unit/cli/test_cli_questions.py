"""Questions to the trainer on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.domain.coding import Comment, CommentId, CommentKind
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing.edits import PutComment
from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.storage.verify import verify
from tests.unit.cli.cli_desk import Call, bytes_of, coding_in

MOMENT = Span(start_us=Micros(20_000_000), end_us=Micros(20_000_000))


@pytest.fixture
def asked(own: Path) -> Path:
    """One's own coding with two questions and a note."""
    with open_for_writing(own, "you") as file:
        for kind, words in (
            (CommentKind.QUESTION, "a cry?"),
            (CommentKind.NOTE, "loud"),
            (CommentKind.QUESTION, "near\nor far?"),
        ):
            comment = Comment(id=CommentId(0), kind=kind, words=words, span=MOMENT)
            file.document().submit(PutComment(comment=comment))
    return own


def answers(folder: Path, *rows: str) -> Path:
    path = folder / "answers.csv"
    path.write_text("\n".join(("session_id,coder_id,comment_id,answer", *rows, "")), "utf-8")
    return path


def answers_in(path: Path) -> list[str]:
    return [comment.answer for comment in coding_in(path).comments]


def test_open_questions_are_listed(ssp: Call, asked: Path) -> None:
    outcome = ssp("questions", asked)
    assert outcome.code == 0
    assert outcome.out.splitlines() == ["DEMO you 1 -: a cry?", "DEMO you 3 -: near or far?"]


def test_table_and_sheet_are_written(ssp: Call, asked: Path, tmp_path: Path) -> None:
    table, sheet = tmp_path / "q.csv", tmp_path / "q.html"
    outcome = ssp("questions", asked, "--to", table, "--sheet", sheet)
    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [str(table), str(sheet)]
    assert "a cry?" in table.read_text("utf-8-sig")
    assert "loud" not in table.read_text("utf-8-sig")
    assert "near<br>or far?" in sheet.read_text("utf-8")


def test_a_file_that_is_there_is_kept_unless_told_otherwise(
    ssp: Call, asked: Path, tmp_path: Path
) -> None:
    table = tmp_path / "q.csv"
    table.write_text("mine", "utf-8")
    assert ssp("questions", asked, "--to", table).code == 2
    assert table.read_text("utf-8") == "mine"
    assert ssp("questions", asked, "--to", table, "--overwrite").code == 0


def test_answers_come_into_the_coding(ssp: Call, asked: Path, tmp_path: Path) -> None:
    csv = answers(tmp_path, "DEMO,you,1,yes", "DEMO,you,3,near")
    outcome = ssp("questions", asked, "--answers", csv, "--by", "trainer")
    assert outcome.code == 0, outcome.err
    assert "2 answers read from answers.csv" in outcome.out
    assert answers_in(asked) == ["yes", "", "near"]
    assert verify(asked) == ()


def test_who_read_the_answers_in_stands_in_the_log(ssp: Call, asked: Path, tmp_path: Path) -> None:
    ssp("questions", asked, "--answers", answers(tmp_path, "DEMO,you,1,yes"), "--by", "trainer")
    with open_for_writing(asked, "you") as file:
        assert file.past(1, 99)[-1].who == "trainer"


def test_a_wrong_line_leaves_the_coding_as_it_was(ssp: Call, asked: Path, tmp_path: Path) -> None:
    before = bytes_of(asked)
    csv = answers(tmp_path, "DEMO,you,1,yes", "DEMO,you,9,no")
    outcome = ssp("questions", asked, "--answers", csv)
    assert outcome.code == 2
    assert "answers.csv, line 3" in outcome.err
    assert bytes_of(asked) == before


def test_answers_that_are_there_already_leave_the_file_alone(
    ssp: Call, asked: Path, tmp_path: Path
) -> None:
    csv = answers(tmp_path, "DEMO,you,1,yes")
    ssp("questions", asked, "--answers", csv)
    before = bytes_of(asked)
    assert "0 answers read" in ssp("questions", asked, "--answers", csv).out
    assert bytes_of(asked) == before


def test_answers_are_read_into_one_coding_at_a_time(ssp: Call, asked: Path, tmp_path: Path) -> None:
    csv = answers(tmp_path, "DEMO,you,1,yes")
    assert "one coding at a time" in ssp("questions", asked, asked, "--answers", csv).err
