"""The editor of one data file: line numbers, marked lines, each file with its own undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from ssp_coder.domain.finding import Severity
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.language.spoken import said
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextDocument

    from ssp_coder.catalog.drafting import PlacedFinding
    from ssp_coder.ui.theme.theme import Theme

TAB_COLUMNS = 2


def fixed_font(theme: Theme) -> QFont:
    """A font of one width, as large as that of tables."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    table = theme.font(FontUse.TABLE)
    if table.pointSizeF() > 0:
        font.setPointSizeF(table.pointSizeF())
    else:
        font.setPixelSize(table.pixelSize())
    return font


class TextEditor(QPlainTextEdit):
    """Shows one document at a time; lines with findings are underlined and marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: dict[int, list[PlacedFinding]] = {}
        self._numbers = _LineNumbers(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabChangesFocus(False)
        self.setFont(fixed_font(theme))
        describe(self, self.tr("Text of the file"))
        self.blockCountChanged.connect(self._fit_numbers)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._mark)
        theme.changed.connect(self._restyle)
        self._fit_numbers()

    def show_document(self, document: QTextDocument, name: str) -> None:
        """Show another file's document."""
        document.setDefaultFont(self.font())
        self.setDocument(document)
        self.setTabStopDistance(TAB_COLUMNS * QFontMetrics(self.font()).horizontalAdvance(" "))
        describe(self, self.tr("Text of {0}").format(name))
        self._findings = {}
        self._fit_numbers()
        self._mark()

    def show_findings(self, findings: Sequence[PlacedFinding]) -> None:
        """Mark the lines that something is wrong with."""
        self._findings = {}
        for placed in findings:
            self._findings.setdefault(max(1, placed.line), []).append(placed)
        self._mark()
        self._numbers.update()

    def marked_lines(self) -> tuple[int, ...]:
        """Lines that are underlined now."""
        return tuple(sorted(self._findings))

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the first word of a line, and the line in the middle."""
        block = self.document().findBlockByNumber(max(1, line) - 1)
        if not block.isValid():
            return
        cursor = QTextCursor(block)
        text = block.text()
        cursor.movePosition(
            QTextCursor.MoveOperation.Right,
            QTextCursor.MoveMode.MoveAnchor,
            len(text) - len(text.lstrip()),
        )
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            inside = self.viewport().mapFromGlobal(event.globalPos())
            words = self.words_at(self.cursorForPosition(inside).blockNumber() + 1)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def words_at(self, line: int) -> str:
        """What is wrong with a line."""
        return "\n".join(said(placed.finding.message) for placed in self._findings.get(line, ()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        area = self.contentsRect()
        self._numbers.setGeometry(area.x(), area.y(), self.numbers_width(), area.height())

    def numbers_width(self) -> int:
        """Width of the column of line numbers."""
        digits = max(3, len(str(self.blockCount())))
        return self._theme.px(14) + digits * QFontMetrics(self.font()).horizontalAdvance("9")

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines in sight; a marked one has a bar and strong figures."""
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), self._theme.colour("alt"))
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if place.top() > event.rect().bottom():
                break
            if block.isVisible() and place.bottom() >= event.rect().top():
                self._paint_number(painter, block, place)
            block = block.next()
        painter.end()

    def _paint_number(self, painter: QPainter, block: QTextBlock, place: QRect) -> None:
        line = block.blockNumber() + 1
        token = self._token_of(line)
        font = QFont(self.font())
        if token:
            font.setWeight(QFont.Weight.Bold)
            bar = QRect(0, place.top(), self._theme.px(3), place.height())
            painter.fillRect(bar, self._theme.colour(token))
        painter.setFont(font)
        painter.setPen(self._theme.colour(token or "text3"))
        height = QFontMetrics(font).height()
        area = QRect(0, place.top(), self._numbers.width() - self._theme.px(6), height)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight, str(line))

    def _token_of(self, line: int) -> str:
        placed = self._findings.get(line, ())
        if not placed:
            return ""
        errors = any(one.finding.severity is Severity.ERROR for one in placed)
        return "err" if errors else "warn"

    def _mark(self) -> None:
        marks = []
        current = QTextEdit.ExtraSelection()
        current.format.setBackground(self._theme.colour("hover"))
        current.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        current.cursor = self.textCursor()
        current.cursor.clearSelection()
        marks.append(current)
        for line in self._findings:
            block = self.document().findBlockByNumber(line - 1)
            if block.isValid():
                marks.append(self._underline(block, self._token_of(line)))
        self.setExtraSelections(marks)

    def _underline(self, block: QTextBlock, token: str) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        mark.format.setUnderlineColor(self._theme.colour(token))
        text = block.text()
        mark.cursor = QTextCursor(block)
        mark.cursor.setPosition(block.position() + len(text) - len(text.lstrip()))
        mark.cursor.setPosition(
            block.position() + len(text.rstrip()), QTextCursor.MoveMode.KeepAnchor
        )
        return mark

    def _fit_numbers(self, _count: int = 0) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _scroll_numbers(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _restyle(self) -> None:
        self._mark()
        self._numbers.update()


class _LineNumbers(QWidget):
    def __init__(self, editor: TextEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        describe(self, self.tr("Line numbers"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self._editor.paint_numbers(event)
