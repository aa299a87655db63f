"""The sheet of questions: made with the words of the interface, and drawn as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.formats.comments import question_rows
from ssp_coder.reporting.questions import Place, SheetWords, question_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssp_coder.formats.exportable import Exportable
    from ssp_coder.ui.player.open_video import OpenVideo

MARGIN_MM = 16.0
DOTS_PER_INCH = 96
PICTURE_WIDTH = 640
"""Pixels across in which a picture is kept; about 200 dpi on the printed sheet."""


def tr(words: str) -> str:
    """Translate words of the sheet."""
    return QCoreApplication.translate("comments", words)


def sheet_words() -> SheetWords:
    """The words of the sheet in the person's language."""
    return SheetWords(
        title=tr("Questions to the trainer"),
        coding=tr("Session {0}, coder {1}, scheme {2}"),
        number=tr("Question {0}"),
        answer=tr("Answer"),
        privacy=tr("Sessions and coders are codes. Write no name of a child or a family here."),
        pictures=tr(
            "The pictures show a child and a family. Keep this sheet as you keep the recordings, "
            "and destroy it when the questions are answered."
        ),
        none=tr("No question is open."),
    )


def pictures_of(entry: Exportable, video: OpenVideo) -> dict[Place, bytes]:
    """The frame of each open question that belongs to a moment, as PNG.

    Raises:
        MediaError: the recording cannot be read.
    """
    from ssp_coder.media.reader import FrameReader
    from ssp_coder.media.stills import png_of

    found: dict[Place, bytes] = {}
    coding = entry.coding
    with FrameReader(video.path, video.index) as reader:
        for row in question_rows(entry):
            if row.start_us is not None:
                picture = reader.frame_at(row.start_us).picture(PICTURE_WIDTH)
                place = (coding.session, coding.coder, int(row.comment.id))
                found[place] = png_of(picture.rgb)
    return found


def sheet_html(entry: Exportable, pictures: Mapping[Place, bytes]) -> str:
    """The sheet as a page of HTML."""
    return question_sheet((entry,), pictures=pictures, words=sheet_words())


def write_pdf(html: str, path: Path) -> None:
    """Draw a page of HTML as a PDF on A4.

    Raises:
        DomainError: the file cannot be written.
    """
    try:
        with path.open("ab"):
            pass
    except OSError as error:
        raise DomainError(
            Finding(
                code="questions.not_written",
                message=f"cannot be written ({error.strerror or error})",
                place=str(path),
                remedy="choose another folder",
            )
        ) from error
    writer = QPdfWriter(str(path))
    # In this resolution the lengths of the page are those that a browser shows.
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(tr("Questions to the trainer"))
    page = QTextDocument()
    page.documentLayout().setPaintDevice(writer)
    page.setDocumentMargin(0)
    page.setPageSize(QSizeF(writer.width(), writer.height()))
    page.setHtml(html)
    page.print_(writer)
