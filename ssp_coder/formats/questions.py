"""Questions to the trainer as a table that comes back with the answers in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.domain.coding import Coding, Comment, CommentId
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.editing.edits import PutComments
from ssp_coder.formats import cells
from ssp_coder.formats.columns import table_bytes
from ssp_coder.formats.comments import (
    ANSWER_COLUMN,
    ID_COLUMN,
    WORDS_COLUMN,
    comments_table,
    question_rows,
)
from ssp_coder.formats.dialect import FOR_EXCEL, Row, Sheet, guarded, read_sheet, unguarded
from ssp_coder.formats.errors import Faults, place_in, refusal
from ssp_coder.formats.exportable import Exportable, schemes_of

NEEDED = ("session_id", ID_COLUMN, ANSWER_COLUMN)
LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlan:
    """What reading answers would do.

    Attributes:
        edit: answers every comment that is answered now, or otherwise than before; None where
            there is none.
        notes: what is worth knowing, such as rows of other sessions that were passed over.
    """

    edit: PutComments | None
    notes: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """How many comments get an answer."""
        return 0 if self.edit is None else len(self.edit.comments)


def questions_bytes(codings: Sequence[Exportable]) -> bytes:
    """The open questions of codings as a file for a spreadsheet, with room for the answers.

    Raises:
        FormatError: a text cannot be written.
    """
    rows = (row for entry in codings for row in question_rows(entry))
    return table_bytes(comments_table(schemes_of(codings)), rows, FOR_EXCEL)


def plan_answers(coding: Coding, path: Path) -> AnswerPlan:
    """The edit that brings the answers of a file into a coding; the coding is not touched.

    Rows are matched by session, coder where the file names one, and number of the comment. A row
    without an answer says nothing. What a spreadsheet does to the file is forgiven: semicolons or
    tabs for commas, and zeros lost at the beginning of ids.

    Raises:
        FormatError: lists what is wrong with the file or against the coding, with lines.
    """
    sheet = read_sheet(path, any_separator=True)
    sheet.require(NEEDED)
    own = _rows_of(sheet, coding)
    if not own:
        raise refusal(
            "answers.other_session",
            f"holds no question of session {coding.session} by {coding.coder}",
            "choose the file that was written for this coding",
            place=sheet.file,
        )
    reader = _AnswerReader(coding, Faults(sheet.file))
    edit = reader.edit(own)
    notes = list(reader.notes)
    if len(own) < len(sheet.rows):
        notes.append(_others_passed_over(sheet, len(sheet.rows) - len(own)))
    return AnswerPlan(edit=edit, notes=tuple(notes))


def _rows_of(sheet: Sheet, coding: Coding) -> tuple[Row, ...]:
    """The rows of a coding; those with ids that lost their zeros only where none has them."""
    exact = tuple(row for row in sheet.rows if _is_of(row, coding, _as_it_is))
    return exact or tuple(row for row in sheet.rows if _is_of(row, coding, _without_zeros))


def _is_of(row: Row, coding: Coding, form: Callable[[str], str]) -> bool:
    session, coder = bare(row.cell("session_id")), bare(row.cell("coder_id"))
    same_coder = not coder or form(coder) == form(coding.coder)
    return form(session) == form(coding.session) and same_coder


def _as_it_is(name: str) -> str:
    return name


def _without_zeros(name: str) -> str:
    """An id as a spreadsheet shows it that takes it for a number."""
    return name.lstrip("0") if name.isdecimal() else name


def bare(cell: str) -> str:
    """A cell without the apostrophe that guards it from a spreadsheet, where it has one.

    An apostrophe that somebody typed before other words stays.
    """
    without = unguarded(cell)
    return without if without != cell and guarded(without) == cell else cell


class _AnswerReader:
    """Makes an edit of rows; what is wrong goes to the faults."""

    def __init__(self, coding: Coding, faults: Faults) -> None:
        self._comments = {comment.id: comment for comment in coding.comments}
        self._faults = faults
        self.notes: list[Finding] = []

    def edit(self, rows: Sequence[Row]) -> PutComments | None:
        """The edit of these rows.

        Raises:
            FormatError: lists what is wrong.
        """
        answered: dict[CommentId, tuple[Row, str]] = {}
        for row in rows:
            comment = self._comment(row)
            answer = bare(row.cell(ANSWER_COLUMN))
            if comment is not None and answer:
                self._take(row, comment, answer, answered)
        self._faults.refuse_if_any()
        comments = tuple(
            replace(self._comments[number], answer=answer)
            for number, (_, answer) in answered.items()
            if self._comments[number].answer != answer
        )
        return PutComments(comments=comments) if comments else None

    def _comment(self, row: Row) -> Comment | None:
        text = row.cell(ID_COLUMN)
        try:
            number = cells.whole(text)
        except ValueError as error:
            self._fault(row, ID_COLUMN, str(error), "leave the numbers as they were exported")
            return None
        comment = self._comments.get(CommentId(number))
        if comment is None:
            self._fault(
                row,
                ID_COLUMN,
                f"the coding has no comment {number}",
                "remove the row, or undo the removal of the comment",
            )
        return comment

    def _take(
        self, row: Row, comment: Comment, answer: str, answered: dict[CommentId, tuple[Row, str]]
    ) -> None:
        before = answered.get(comment.id)
        if before is not None and before[1] != answer:
            self._fault(
                row,
                ANSWER_COLUMN,
                f"comment {comment.id} is answered otherwise on line {before[0].line}",
                "keep one of the two answers",
            )
        elif len(answer) > LONGEST_ANSWER:
            self._fault(
                row,
                ANSWER_COLUMN,
                f"the answer has {len(answer)} characters, more than {LONGEST_ANSWER}",
                "shorten it",
            )
        else:
            answered[comment.id] = (row, answer)
            self._note_other_words(row, comment)

    def _note_other_words(self, row: Row, comment: Comment) -> None:
        asked = bare(row.cell(WORDS_COLUMN))
        if asked and _plain(asked) != _plain(comment.words):
            self.notes.append(
                Finding(
                    code="answers.other_words",
                    message=f"comment {comment.id} says something else by now than was asked",
                    place=place_in(self._faults.file, line=row.line),
                    severity=Severity.NOTE,
                )
            )

    def _fault(self, row: Row, column: str, message: str, remedy: str) -> None:
        self._faults.add("answers.cell", message, remedy, line=row.line, column=column)


def _plain(words: str) -> str:
    """Words without what a spreadsheet does to blanks and line ends."""
    return " ".join(words.split())


def _others_passed_over(sheet: Sheet, count: int) -> Finding:
    return Finding(
        code="answers.others",
        message=f"{count} rows belong to other codings and were passed over",
        place=sheet.file,
        severity=Severity.NOTE,
    )
