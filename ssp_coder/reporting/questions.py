"""The questions to the trainer as a sheet to be printed, with room for the answers."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ssp_coder.domain.time import short_clock_text
from ssp_coder.formats.comments import CommentRow, about_text, question_rows
from ssp_coder.formats.exportable import Exportable

ANSWER_LINES = 4
PICTURE_WIDTH = 320
"""Pixels across of a picture on the sheet."""

Place = tuple[str, str, int]
"""Session, coder and number of a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """The words of the sheet, so that they can be given in another language.

    Attributes:
        coding: with room for session, coder and scheme.
        number: with room for the number of the comment.
        privacy: what to remember of a sheet without pictures.
        pictures: what to remember of one with pictures.
        none: what stands there when nothing is asked.
    """

    title: str = "Questions to the trainer"
    coding: str = "Session {0}, coder {1}, scheme {2}"
    number: str = "Question {0}"
    answer: str = "Answer"
    privacy: str = "Sessions and coders are codes. Write no name of a child or a family here."
    pictures: str = (
        "The pictures show a child and a family. Keep this sheet as you keep the recordings, "
        "and destroy it when the questions are answered."
    )
    none: str = "No question is open."


ENGLISH = SheetWords()

_GAP = '<p style="font-size: 5pt; margin: 0;">&nbsp;</p>'

_STYLE = """
body { font-family: Inter, "DejaVu Sans", sans-serif; font-size: 10.5pt; color: #1e1f22; }
h1 { font-size: 16pt; margin: 0 0 6px 0; }
h2 { font-size: 11pt; margin: 20px 0 10px 0; }
p { margin: 3px 0; }
.quiet { color: #505257; font-size: 9pt; }
.question { width: 100%; border-collapse: collapse; page-break-inside: avoid; }
.question td { vertical-align: top; padding: 5px 8px; }
.where { width: 24%; }
.box { border: 1px solid #85867f; }
"""


def question_sheet(
    codings: Sequence[Exportable],
    *,
    pictures: Mapping[Place, bytes] | None = None,
    words: SheetWords = ENGLISH,
) -> str:
    """A page of HTML that stands by itself, with every open question of these codings.

    Args:
        codings: in the order of the sheet.
        pictures: PNG files by the comment that they belong to; only where they were asked for.
        words: the words of the sheet.
    """
    shown = pictures or {}
    lines = [line for entry in codings for line in _coding(entry, shown, words)]
    if not lines:
        lines = [f"<p>{escape(words.none)}</p>"]
    privacy = words.pictures if shown else words.privacy
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">',
            f"<title>{escape(words.title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(words.title)}</h1>",
            f'<p class="quiet">{escape(privacy)}</p>',
            *lines,
            "</body></html>\n",
        )
    )


def _coding(entry: Exportable, pictures: Mapping[Place, bytes], words: SheetWords) -> Iterator[str]:
    rows = tuple(question_rows(entry))
    if not rows:
        return
    coding, scheme = entry.coding, entry.scheme
    title = f"{scheme.title.english} {scheme.version}"
    yield f"<h2>{escape(words.coding.format(coding.session, coding.coder, title))}</h2>"
    for row in rows:
        picture = pictures.get((coding.session, coding.coder, row.comment.id))
        yield _question(row, picture, words)


def _question(row: CommentRow, picture: bytes | None, words: SheetWords) -> str:
    where = [f"<b>{escape(words.number.format(row.comment.id))}</b>"]
    where += [escape(part) for part in _where(row)]
    answer = _lines(row.comment.answer) if row.comment.answer else "<br>" * ANSWER_LINES
    return (
        '<table class="question" width="100%" cellspacing="0" cellpadding="5">'
        f'<tr><td class="where" width="24%">{"<br>".join(where)}</td>'
        f"<td>{_lines(row.comment.words)}{_picture(picture)}</td></tr>"
        f'<tr><td class="quiet">{escape(words.answer)}</td>'
        f'<td class="box" style="border: 1px solid #85867f;">{answer}</td></tr></table>{_GAP}'
    )


def _where(row: CommentRow) -> Iterator[str]:
    if row.episode is not None and row.comment.slot is None:
        yield row.episode
    if row.start_us is not None:
        yield short_clock_text(row.start_us, digits=1)
    yield about_text(row)


def _lines(words: str) -> str:
    return "<br>".join(escape(line) for line in words.splitlines())


def _picture(png: bytes | None) -> str:
    if png is None:
        return ""
    text = base64.b64encode(png).decode("ascii")
    return f'<br><img width="{PICTURE_WIDTH}" alt="" src="data:image/png;base64,{text}">'
