"""The certificate on paper: what was reached on the first page, what it rests on behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.ui.kit.interval_axis import IntervalPainting, coefficient_scale
from ssp_coder.ui.kit.painting import LEFT
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme as ColourScheme
from ssp_coder.ui.training.certificate_words import (
    facts_of,
    figure_line,
    figure_row,
    grade_words,
    hashes_of,
    left_out_lines,
)

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.certificate import Certificate
    from ssp_coder.ui.kit.interval_axis import IntervalRow

DPI = 600
DOTS_PER_INCH = 96
"""Lengths are those of the look; the painter is scaled from here."""
MARGIN_MM = 18.0
_ROWS_AT_ONCE = 18
"""So many rows of figures stand on one page."""
_SIGNS = 16
"""A hash is written in groups of so many signs, which can be read and may go to the next line."""


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("certificate", words)


def write_certificate(path: Path, certificate: Certificate, scheme: Scheme | None = None) -> None:
    """Write a certificate as a PDF, A4, drawn and not a picture.

    Args:
        path: of the file; one that is there is replaced.
        certificate: what it says.
        scheme: names places and codes; without it their ids are given.

    Raises:
        DomainError: it cannot be written there.
    """
    try:
        with path.open("ab"):
            pass
    except OSError as error:
        raise _not_written(path, error.strerror or str(error)) from error
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(tr("Record of a coder's training: {0}").format(certificate.trainee))
    writer.setCreator("ssp_coder")
    sheet = _Sheet(writer, certificate.number)
    if not sheet.begun:
        raise _not_written(path, "the PDF could not be begun")
    _write_front(sheet, certificate, scheme)
    _write_back(sheet, certificate)
    if not sheet.end():
        raise _not_written(path, "the PDF could not be finished")


def _write_front(sheet: _Sheet, one: Certificate, scheme: Scheme | None) -> None:
    sheet.write(tr("Record of a coder's training"), FontUse.VERDICT)
    sheet.gap(4)
    sheet.write(grade_words(one.grade), FontUse.STEP_TITLE)
    sheet.rule()
    for name, value in facts_of(one):
        sheet.pair(name, value)
    sheet.gap(12)
    sheet.write(tr("What was asked for, and what was reached"), FontUse.PANEL_TITLE)
    sheet.write(
        tr("Dot: value; line: 95 % interval; dashed: what was asked for; at the right n."),
        FontUse.CAPTION,
        "text2",
    )
    sheet.gap(4)
    rows = tuple(figure_row(figure, scheme) for figure in one.figures)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        sheet.axis(rows[first : first + _ROWS_AT_ONCE])
    sheet.gap(10)
    for figure in one.figures:
        sheet.write(figure_line(figure, scheme), FontUse.TABLE)
    sheet.gap(12)
    sheet.write(
        tr(
            "This record says how far one coder agreed with the references of one training pack. "
            "It is made by a program from locked codings, carries no authority of its own, and "
            "is no licence of any institution."
        ),
        FontUse.CAPTION,
        "text2",
    )


def _write_back(sheet: _Sheet, one: Certificate) -> None:
    sheet.new_page()
    sheet.write(tr("What it rests on"), FontUse.STEP_TITLE)
    sheet.gap(2)
    sheet.write(
        tr(
            "Each hash stands for the whole content of a file. Whoever has the trainee's folder "
            "and the pack can recompute every figure from them."
        ),
        FontUse.TABLE,
        "text2",
    )
    sheet.rule()
    for name, value in hashes_of(one):
        sheet.pair(name, value, fixed=True)
    sheet.gap(12)
    sheet.write(tr("Left out of the figures by the trainer"), FontUse.PANEL_TITLE)
    for line in left_out_lines(one) or (tr("Nothing."),):
        sheet.write(line, FontUse.TABLE)


class _Sheet:
    """Pages that are filled from the top; a line that has no room begins a new one."""

    def __init__(self, writer: QPdfWriter, number: str) -> None:
        self._writer = writer
        self._number = number
        self._painter = QPainter()
        self._theme = Theme(ColourScheme.LIGHT)  # paper is white whatever the screen is
        self._page, self._y = 1, 0.0
        share = DPI / DOTS_PER_INCH
        self._width = writer.width() / share
        self._height = writer.height() / share
        self.begun = self._painter.begin(writer)
        if self.begun:
            self._painter.scale(share, share)
            self._foot()

    def end(self) -> bool:
        """Finish the file."""
        return self._painter.end()

    def gap(self, height: float) -> None:
        """Leave some room."""
        self._y += height

    def rule(self) -> None:
        """A thin line across."""
        self.gap(6)
        self._painter.setPen(QPen(self._theme.colour("ctl"), 0.8))
        self._painter.drawLine(0, round(self._y), round(self._width), round(self._y))
        self.gap(8)

    def write(self, words: str, use: FontUse, tone: str = "text") -> None:
        """A paragraph over the whole width."""
        height = self._height_of(words, self._font(use), self._width)
        self._make_room(height)
        self._draw(words, self._font(use), tone, QRectF(0, self._y, self._width, height))
        self.gap(height + 3)

    def pair(self, name: str, value: str, *, fixed: bool = False) -> None:
        """A name and what belongs to it beside each other."""
        left = self._width * 0.22
        font = self._font(FontUse.CAPTION if fixed else FontUse.BODY)
        if fixed:
            font.setFamilies(["monospace"])
            value = " ".join(value[at : at + _SIGNS] for at in range(0, len(value), _SIGNS))
        wide = self._width - left
        label = self._font(FontUse.CAPTION if fixed else FontUse.BODY)
        height = max(self._height_of(value, font, wide), self._height_of(name, label, left))
        self._make_room(height)
        self._draw(name, label, "text2", QRectF(0, self._y, left - 6, height))
        self._draw(value, font, "text", QRectF(left, self._y, wide, height))
        self.gap(height + 3)

    def axis(self, rows: tuple[IntervalRow, ...]) -> None:
        """Figures with their intervals on an axis, by the strokes of the screen."""
        painting = IntervalPainting(self._theme)
        scale = coefficient_scale(rows)
        height = painting.head_height + painting.row_height * len(rows)
        self._make_room(height)
        area = QRect(0, round(self._y), round(self._width), height)
        painting.paint(self._painter, area, rows, scale)
        self.gap(height)

    def new_page(self) -> None:
        """Begin another page."""
        self._writer.newPage()
        self._page += 1
        self._y = 0.0
        self._foot()

    def _make_room(self, height: float) -> None:
        if self._y + height > self._height - 30 and self._y > 0:
            self.new_page()

    def _foot(self) -> None:
        words = tr("Number {0}, page {1}").format(self._number, self._page)
        font = self._font(FontUse.CAPTION)
        self._draw(words, font, "text2", QRectF(0, self._height - 16, self._width, 16))

    def _draw(self, words: str, font: QFont, token: str, box: QRectF) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(token))
        self._painter.drawText(box, Qt.TextFlag.TextWordWrap | LEFT, words)

    def _height_of(self, words: str, font: QFont, width: float) -> float:
        self._painter.setFont(font)
        room = QRectF(0, 0, width, 100_000)
        return self._painter.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()

    def _font(self, use: FontUse) -> QFont:
        font = QFont(self._theme.font(use))
        font.setPixelSize(QFontInfo(font).pixelSize())
        return font


def _not_written(path: Path, why: str) -> DomainError:
    return DomainError(
        Finding(
            code="certificate.not_written",
            message=f"cannot be written ({why})",
            place=str(path),
            remedy="choose another folder",
        )
    )
