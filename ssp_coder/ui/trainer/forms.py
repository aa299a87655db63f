"""Small parts of which the forms of the desk are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ssp_coder.ui.kit.choice import ComboBox
    from ssp_coder.ui.theme.theme import Theme

COLUMNS = 12


class FieldGrid(QWidget):
    """Fields in rows, each with a small title over it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._row = 0

    def add(self, *fields: tuple[str, QWidget, int]) -> None:
        """Add a row: title, field and how many twelfths of the width it takes."""
        column = 0
        for title, field, width in fields:
            label = caption(self._theme, title, self)
            label.setContentsMargins(self._theme.px(3), 0, 0, 0)
            self._grid.addWidget(label, self._row, column, 1, width)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(field, self._row + 1, column, 1, width, top)
            column += width
        self._row += 2

    def add_wide(self, widget: QWidget) -> None:
        """Add a row that a widget has for itself, without a title."""
        self._grid.addWidget(widget, self._row, 0, 1, COLUMNS)
        self._row += 1

    def stretch(self) -> None:
        """Leave what room there is below."""
        self._grid.setRowStretch(self._row, 1)


class WordsEdit(QPlainTextEdit):
    """Several lines of words; `committed` when the keyboard leaves them."""

    committed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font(FontUse.BODY))
        self.setTabChangesFocus(True)
        describe(self, name)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusOutEvent(event)
        self.committed.emit()


def caption(theme: Theme, words: str, parent: QWidget) -> QLabel:
    """A small quiet title."""
    label = QLabel(words, parent)
    label.setFont(theme.font(FontUse.CAPTION))
    label.setProperty("tone", "second")
    return label


def paragraph(theme: Theme, words: str, parent: QWidget, tone: str = "second") -> QLabel:
    """Words in as many lines as they need."""
    label = QLabel(words, parent)
    label.setFont(theme.font(FontUse.TABLE))
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def retone(label: QLabel, tone: str) -> None:
    """Give a label another tone."""
    label.setProperty("tone", tone)
    label.style().unpolish(label)
    label.style().polish(label)


def scrolled(content: QWidget, parent: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where it has no room; the keyboard passes by."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


def padded(theme: Theme, parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """The body of a panel, with its column."""
    body = QWidget(parent)
    column = QVBoxLayout(body)
    side = theme.px(10)
    column.setContentsMargins(side, theme.px(8), side, theme.px(8))
    column.setSpacing(theme.px(6))
    return body, column


def choose_value(box: ComboBox, value: str) -> None:
    """Show an entry of a box as chosen, without a signal; the first one where it is unknown."""
    box.blockSignals(True)
    box.setCurrentIndex(max(0, box.findData(value)))
    box.blockSignals(False)
