"""A page of HTML with drawn figures on A4: printed, or written as a PDF."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtSvg import QSvgRenderer

from ssp_coder.formats.errors import refusal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPagedPaintDevice

MARGIN_MM = 14
PAGE_PX = 980
"""The width that the page was written for; it is drawn as wide as the paper."""
_SHARPER = 2
"""Figures are drawn so many times finer than the page."""
_SVG = "data:image/svg+xml;base64,"


class PaperPage(QTextDocument):
    """A document whose SVG figures are drawn as finely as paper deserves."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802, D102 - Qt's name
        address = name.toString() if isinstance(name, QUrl) else str(name)
        if not address.startswith(_SVG):
            return super().loadResource(kind, name)
        drawing = QSvgRenderer(QByteArray(base64.b64decode(address.removeprefix(_SVG))))
        image = QImage(drawing.defaultSize() * _SHARPER, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        return image


def print_page(html: str, device: QPagedPaintDevice) -> int:
    """Draw a page of HTML on the paper of a device, and say how many sheets it took."""
    width = float(PAGE_PX)
    height = width * device.height() / device.width()
    page = PaperPage()
    page.setDocumentMargin(0)
    page.setPageSize(QSizeF(width, height))
    page.setHtml(html)
    painter = QPainter(device)
    painter.scale(device.width() / width, device.width() / width)
    sheets = page.pageCount()
    for sheet in range(sheets):
        if sheet:
            device.newPage()
        painter.save()
        painter.translate(0, -sheet * height)
        page.drawContents(painter, QRectF(0, sheet * height, width, height))
        painter.restore()
    painter.end()
    return sheets


def set_paper(device: QPagedPaintDevice) -> None:
    """A4, upright, with margins."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    upright = QPageLayout.Orientation.Portrait
    paper = QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(QPageLayout(paper, upright, margins, QPageLayout.Unit.Millimeter))


def write_pdf(html: str, title: str, path: Path) -> None:
    """Draw a page of HTML as a PDF.

    Raises:
        FormatError: the file cannot be written.
    """
    try:
        with path.open("ab"):
            pass
    except OSError as error:
        raise refusal(
            "agreement.not_written",
            f"cannot be written ({error.strerror or error})",
            "choose another folder",
            place=str(path),
        ) from error
    writer = QPdfWriter(str(path))
    set_paper(writer)
    writer.setTitle(title)
    print_page(html, writer)
