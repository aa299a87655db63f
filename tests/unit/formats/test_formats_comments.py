"""Comments as a table, and the answers that come back in it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding, Comment, CommentId, CommentKind, EventId
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import DeleteEvents, PutComment
from ssp_coder.formats.comments import about_text, comment_rows, question_rows
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.questions import bare, plan_answers, questions_bytes
from tests.builders import add, after, infant_scheme, s, with_episodes

HEAD = "session_id,coder_id,comment_id,words,answer"


def remark(words: str = "why?", **fields: object) -> PutComment:
    given = {"id": CommentId(0), "kind": CommentKind.QUESTION, "words": words}
    return PutComment(comment=Comment(**(given | fields)))


def at(seconds: float, end: float | None = None) -> Span:
    return Span(start_us=s(seconds), end_us=s(seconds if end is None else end))


def asked() -> Coding:
    """Comment 1 on an event at 600 s, 2 on a rating in EP8, 3 on a moment, 4 on everything."""
    start = after(with_episodes(), add("distress.cry", 600))
    return after(
        start,
        remark("a cry?", event=EventId(1), span=at(600)),
        remark("5 or 6?", slot=SlotId("avo_c_8")),
        remark("odd sound", kind=CommentKind.NOTE, span=at(5, 9)),
        remark("who decides?"),
    )


def entry(coding: Coding) -> Exportable:
    return Exportable(coding=coding, scheme=infant_scheme())


def answers(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "answers.csv"
    path.write_text("\n".join((head, *rows, "")), "utf-8")
    return path


def answered(coding: Coding, path: Path) -> dict[int, str]:
    edit = plan_answers(coding, path).edit
    assert edit is not None
    coding = apply(coding, edit, infant_scheme())
    return {comment.id: comment.answer for comment in coding.comments if comment.answer}


def refusal(coding: Coding, path: Path) -> str:
    with pytest.raises(FormatError) as caught:
        plan_answers(coding, path)
    return "\n".join(caught.value.sentences())


def test_comments_come_in_the_order_of_time_and_those_on_everything_last() -> None:
    assert [row.comment.id for row in comment_rows(entry(asked()))] == [3, 1, 2, 4]


def test_each_comment_says_what_it_is_about() -> None:
    assert [about_text(row) for row in comment_rows(entry(asked()))] == [
        "the video",
        "Cry, infant",
        "Avoidance, toward caregiver, episode EP8",
        "the whole session",
    ]


def test_each_comment_names_its_episode_where_it_has_one() -> None:
    episodes = [row.episode for row in comment_rows(entry(asked()))]
    assert episodes == ["EP1", "EP5", "EP8", None]


def test_a_comment_on_a_deleted_event_keeps_its_moment_and_says_so() -> None:
    coding = after(asked(), DeleteEvents(events=(EventId(1),)))
    row = next(row for row in comment_rows(entry(coding)) if row.comment.id == 1)
    assert about_text(row) == "an event deleted since"
    assert row.start_us == s(600)


def test_a_comment_follows_its_event() -> None:
    coding = asked()
    moved = replace(coding, events=(replace(coding.events[0], start_us=s(700)),))
    row = next(row for row in comment_rows(entry(moved)) if row.comment.id == 1)
    assert (row.start_us, row.end_us) == (s(700), None)


def test_only_open_questions_go_to_the_trainer() -> None:
    coding = asked()
    settled = replace(coding.comments[1], settled=True)
    coding = after(coding, PutComment(comment=settled))
    assert [row.comment.id for row in question_rows(entry(coding))] == [1, 4]


def test_answers_typed_into_the_exported_table_come_back(tmp_path: Path) -> None:
    coding, path = asked(), tmp_path / "questions.csv"
    path.write_bytes(questions_bytes((entry(coding),)))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["answer"] = f'=yes, "{row["comment_id"]}"\nsee the manual'
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert answered(coding, path) == {
        number: f'=yes, "{number}"\nsee the manual' for number in (1, 2, 4)
    }
    assert plan_answers(coding, path).notes == ()


def test_a_row_without_an_answer_says_nothing(tmp_path: Path) -> None:
    path = answers(tmp_path, "S001,c01,1,a cry?,", "S001,c01,2,5 or 6?,5")
    assert answered(asked(), path) == {2: "5"}


def test_the_same_answer_twice_changes_nothing(tmp_path: Path) -> None:
    path = answers(tmp_path, "S001,c01,1,a cry?,yes")
    coding = asked()
    first = plan_answers(coding, path)
    assert first.edit is not None
    coding = apply(coding, first.edit, infant_scheme())
    again = plan_answers(coding, path)
    assert (first.count, again.count) == (1, 0)
    assert again.edit is None


def test_rows_of_other_codings_are_passed_over_and_told(tmp_path: Path) -> None:
    path = answers(tmp_path, "S001,c01,1,a cry?,yes", "S002,c01,1,x,no", "S001,c02,1,x,no")
    plan = plan_answers(asked(), path)
    assert plan.edit is not None
    assert [comment.answer for comment in plan.edit.comments] == ["yes"]
    assert "2 rows belong to other codings" in plan.notes[0].message


def test_a_file_without_a_coder_is_matched_by_its_session(tmp_path: Path) -> None:
    path = answers(tmp_path, "S001,1,yes", head="session_id,comment_id,answer")
    assert answered(asked(), path) == {1: "yes"}


def test_a_question_that_says_something_else_by_now_is_noted(tmp_path: Path) -> None:
    plan = plan_answers(asked(), answers(tmp_path, "S001,c01,1,a fuss?,yes"))
    assert "something else by now" in plan.notes[0].message
    assert "line 2" in plan.notes[0].place


def test_blanks_that_a_spreadsheet_changes_are_no_other_words(tmp_path: Path) -> None:
    assert plan_answers(asked(), answers(tmp_path, "S001,c01,1,a  cry? ,yes")).notes == ()


def test_a_file_of_another_session_is_refused(tmp_path: Path) -> None:
    said = refusal(asked(), answers(tmp_path, "S002,c01,1,x,yes"))
    assert "no question of session S001 by c01" in said
    assert "answers.csv" in said


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("S001,c01,9,x,yes", "line 3, column comment_id: the coding has no comment 9"),
        ("S001,c01,one,x,yes", "line 3, column comment_id: 'one' is not a whole number"),
        ("S001,c01,1,x,no", "line 3, column answer: comment 1 is answered otherwise on line 2"),
        ("S001,c01,2,x," + "y" * 4001, "the answer has 4001 characters"),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_taken(
    tmp_path: Path, row: str, fault: str
) -> None:
    assert fault in refusal(asked(), answers(tmp_path, "S001,c01,1,a cry?,yes", row))


def test_every_fault_is_listed(tmp_path: Path) -> None:
    said = refusal(asked(), answers(tmp_path, "S001,c01,8,x,yes", "S001,c01,9,x,yes"))
    assert said.count("the coding has no comment") == 2


def test_a_table_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    said = refusal(asked(), answers(tmp_path, "S001,1", head="session_id,comment_id"))
    assert "column answer is missing" in said


@pytest.mark.parametrize(
    ("cell", "words"),
    [("'=sum", "=sum"), ("'Mama' is fuss", "'Mama' is fuss"), ("''x", "'x"), ("yes", "yes")],
)
def test_only_the_guard_of_a_spreadsheet_is_taken_off(cell: str, words: str) -> None:
    assert bare(cell) == words


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_may_have_put_other_separators(tmp_path: Path, separator: str) -> None:
    head = HEAD.replace(",", separator)
    row = separator.join(("S001", "c01", "1", "a cry?", '"yes, but soft"'))
    assert answered(asked(), answers(tmp_path, row, head=head)) == {1: "yes, but soft"}


def test_an_exported_table_saved_with_semicolons_comes_back(tmp_path: Path) -> None:
    rows = list(csv.reader(questions_bytes((entry(asked()),)).decode("utf-8-sig").splitlines()))
    place = rows[0].index("answer")
    for row in rows[1:]:
        row[place] = f"so; or not, {row[0]}"
    path = tmp_path / "saved.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert set(answered(asked(), path)) == {1, 2, 4}


def test_ids_that_lost_their_zeros_in_a_spreadsheet_are_known(tmp_path: Path) -> None:
    coding = replace(asked(), session="0012")
    path = answers(tmp_path, "12,c01,1,a cry?,yes")
    assert answered(coding, path) == {1: "yes"}


def test_another_session_that_is_named_so_keeps_its_rows(tmp_path: Path) -> None:
    coding = replace(asked(), session="0012")
    path = answers(tmp_path, "12,c01,1,a cry?,no", "0012,c01,1,a cry?,yes")
    assert answered(coding, path) == {1: "yes"}


def test_a_letter_in_an_id_keeps_its_zeros(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="holds no question"):
        plan_answers(asked(), answers(tmp_path, "S1,c01,1,a cry?,yes"))
