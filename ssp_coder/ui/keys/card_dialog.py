"""Shows the key card, saves it as PDF and prints it where the system can."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.ui.keys.card import POINT, Card, card_of, paint_card
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice

    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

PAGES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
PDF_DPI = 600
_PREVIEW_PX = 900


def usual_page() -> str:
    """The paper of the country that the computer is set to."""
    metric = QLocale().measurementSystem() is QLocale.MeasurementSystem.MetricSystem
    return "A4" if metric else "Letter"


def page_layout(page: str) -> QPageLayout:
    """A whole page, landscape; its margins are part of the card."""
    return QPageLayout(
        QPageSize(PAGES[page]), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)
    )


def write_pdf(path: Path, card: Card, theme: Theme, page: str) -> None:
    """Write a card as a PDF of one page.

    Raises:
        OSError: it cannot be written there.
    """
    # Qt does not say why it cannot write; the system does.
    with path.open("wb"):
        pass
    writer = QPdfWriter(str(path))
    writer.setResolution(PDF_DPI)
    writer.setPageLayout(page_layout(page))
    writer.setTitle(card.title)
    writer.setCreator("ssp_coder")
    if not paint_on(writer, card, theme, page):
        raise OSError(f"{path}: the PDF could not be written; choose another folder")


def paint_on(device: QPaintDevice, card: Card, theme: Theme, page: str) -> bool:
    """Paint a card as large as a device; False when that cannot be painted on."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    size = page_layout(page).fullRectPoints().size() * POINT
    share = min(device.width() / size.width(), device.height() / size.height())
    painter.scale(share, share)
    paint_card(painter, QRectF(0, 0, size.width(), size.height()), card, theme)
    return painter.end()


def card_image(card: Card, theme: Theme, page: str, width: int) -> QImage:
    """A picture of the card on white paper, so many pixels wide."""
    size = page_layout(page).fullRectPoints().size()
    height = round(width * size.height() / size.width())
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    paint_on(image, card, theme, page)
    return image


class CardDialog(QDialog):
    """A preview with its paper, and what can be done with it."""

    def __init__(
        self, theme: Theme, session: OpenSession | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        scheme, keymap = (None, None) if session is None else (session.scheme, session.keymap)
        self.card = card_of(scheme, keymap)
        self.page = usual_page()
        self.preview = QLabel(self)
        segments = [Segment(id=name, title=name) for name in PAGES]
        self.paper = SegmentedControl(theme, segments, self.tr("Paper"), self)
        self.save = PushButton(theme, self.tr("Save as PDF…"), ButtonKind.PRIMARY, self)
        self.printing = PushButton(theme, self.tr("Print…"), ButtonKind.PLAIN, self)
        self.close_button = PushButton(theme, self.tr("Close"), ButtonKind.PLAIN, self)
        self.setWindowTitle(self.tr("Key card"))
        self._build()
        self.paper.segment_chosen.connect(self.show_page)
        self.save.clicked.connect(self._save)
        self.printing.clicked.connect(self._print)
        self.close_button.clicked.connect(self.accept)
        self.show_page(self.page)

    def show_page(self, page: str) -> None:
        """Show the card on another paper."""
        self.page = page
        self.paper.set_chosen(page)
        ratio = self.devicePixelRatioF()
        width = round(self._theme.px(_PREVIEW_PX) * ratio)
        picture = QPixmap.fromImage(card_image(self.card, self._theme, page, width))
        picture.setDevicePixelRatio(ratio)
        self.preview.setPixmap(picture)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the key card"), self.tr("keys.pdf"), self.tr("PDF (*.pdf)")
        )
        if not name:
            return
        try:
            write_pdf(Path(name), self.card, self._theme, self.page)
        except OSError as error:
            QMessageBox.warning(self, self.tr("The card was not written"), said_error(error))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self.page))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() and not paint_on(printer, self.card, self._theme, self.page):
            title = self.tr("The card was not printed")
            QMessageBox.warning(self, title, self.tr("The printer takes nothing now."))
        dialog.deleteLater()

    def _build(self) -> None:
        px = self._theme.px
        rows = sum(len(block.rows) for block in self.card.blocks)
        describe(self.preview, self.card.title, self.tr("{0} keys on one page").format(rows))
        self.preview.setFrameShape(QLabel.Shape.Box)
        self.printing.setVisible(find_spec("PySide6.QtPrintSupport") is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(14), px(14), px(12))
        column.setSpacing(px(10))
        column.addWidget(self.preview, 1, Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.paper)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.printing)
        row.addWidget(self.save)
        column.addLayout(row)
