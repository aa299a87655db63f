"""A rule table one can read: bars on each input's own range, episodes above their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ssp_coder.ui.instruments.matrix import Cell
from ssp_coder.ui.instruments.matrix_model import TITLE_COLUMN, Index, MatrixModel, range_words
from ssp_coder.ui.instruments.words import place_title
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.kit.painting import CENTRE, LEFT, Face, Ink, hatch, paint_face, paint_text
from ssp_coder.ui.kit.still_table import StillTable
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.instruments.matrix import Column, Row
    from ssp_coder.ui.theme.theme import Theme

ROW_PX = 44
CELL_PX = 58
OUTCOME_PX = 96
ORIGIN_PX = 128
NAMES_PX = 250
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_TAG_TOKENS = {
    TagKind.OK: ("oksoft", "ok"),
    TagKind.WARN: ("warnsoft", "warn"),
    TagKind.NEUTRAL: ("hover", "text2"),
}


class MatrixView(StillTable):
    """Shows a `MatrixModel`; emits the id of the row that is current."""

    row_chosen = Signal(str)

    def __init__(
        self, theme: Theme, model: MatrixModel, scheme: Scheme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_CellPainter(theme, self))
        self.setHorizontalHeader(_PlaceHeader(theme, scheme, self))
        self.set_still(theme.px(ROW_PX))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        describe(self, self.tr("Rule table"))
        self.selectionModel().currentChanged.connect(self._tell_row)
        theme.changed.connect(self.viewport().update)

    def choose(self, row_id: str) -> None:
        """Make a row current; an unknown id changes nothing."""
        for place, row in enumerate(self._rows.matrix.rows):
            if row.id == row_id:
                self.selectRow(place)
                self.setCurrentIndex(self._rows.index(place, TITLE_COLUMN))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.fit()
        super().resizeEvent(event)

    def fit(self) -> None:
        """Give the inputs equal widths, the names the rest, and every row the lines it needs."""
        px, count = self._theme.px, len(self._rows.matrix.columns)
        outcome, origin = px(OUTCOME_PX), px(ORIGIN_PX)
        room = self.viewport().width() - outcome - origin
        longest = self._longest_name()
        width = (room - min(longest, px(NAMES_PX))) // max(1, count)
        width = max(px(CELL_PX), min(px(130), width))
        names = max(room - width * count, min(longest, px(NAMES_PX)))
        self.setColumnWidth(TITLE_COLUMN, names)
        for column in range(1, count + 1):
            self.setColumnWidth(column, width)
        self.setColumnWidth(count + 1, outcome)
        self.setColumnWidth(count + 2, origin)
        for place, row in enumerate(self._rows.matrix.rows):
            self.setRowHeight(place, self._row_height(row, names))

    def _longest_name(self) -> int:
        metrics = QFontMetrics(self._theme.font(FontUse.TABLE_STRONG))
        titles = [metrics.horizontalAdvance(row.title) for row in self._rows.matrix.rows]
        return max(titles, default=0) + self._theme.px(28)

    def _row_height(self, row: Row, names: int) -> int:
        px = self._theme.px
        doubled = any(cell is not None and cell.inner is not None for cell in row.cells)
        heights = [px(ROW_PX + (14 if doubled else 0))]
        for words, use, width in (
            (row.title, FontUse.TABLE_STRONG, names),
            (row.outcome, FontUse.LABEL_STRONG, px(OUTCOME_PX)),
        ):
            place = QRect(0, 0, width - px(12), 1000)
            metrics = QFontMetrics(self._theme.font(use))
            heights.append(metrics.boundingRect(place, int(WRAPPED), words).height() + px(8))
        return max(heights)

    def _tell_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(self._rows.row_at(current.row()).id)


class _PlaceHeader(QHeaderView):
    """Signs and weights, with the episode spanning its columns above them."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._scheme = scheme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 3 * self._line() + self._theme.px(8))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        theme, line = self._theme, self._line()
        painter.save()
        painter.fillRect(rect, theme.colour("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        model = self.model()
        column = model.input_at(section) if isinstance(model, MatrixModel) else None
        place = rect.adjusted(theme.px(8), line + theme.px(3), -theme.px(4), 0)
        place.setHeight(line)
        align = LEFT
        if column is not None:
            place = QRect(rect.x() + 2, place.y(), rect.width() - 4, line)
            align = CENTRE
        words = str(model.headerData(section, Qt.Orientation.Horizontal))
        ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.CAPTION_STRONG), align=align)
        paint_text(painter, place, words, ink)
        if column is not None and column.weight is not None:
            ink = Ink(colour=theme.colour("text2"), font=theme.font(FontUse.CAPTION), align=align)
            weight = f"\N{MULTIPLICATION SIGN}{column.weight:g}"
            paint_text(painter, place.translated(0, line), weight, ink)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        theme, line = self._theme, self._line()
        for place, rect in self._spans():
            ink = Ink(
                colour=theme.colour("text2"),
                font=theme.font(FontUse.CAPTION_STRONG),
                align=CENTRE,
            )
            paint_text(painter, QRect(rect.x() + 4, 2, rect.width() - 8, line), place, ink)
            painter.setPen(QPen(theme.colour("ctl"), 1))
            painter.drawLine(rect.x() + 4, line + 3, rect.right() - 4, line + 3)
        painter.end()

    def _spans(self) -> list[tuple[str, QRect]]:
        model = self.model()
        spans: list[tuple[str, QRect]] = []
        if not isinstance(model, MatrixModel):
            return spans
        for section in range(self.count()):
            column = model.input_at(section)
            if column is None or not column.place:
                continue
            rect = QRect(
                self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height()
            )
            title = place_title(column.place, self._scheme)
            if spans and spans[-1][0] == title:
                rect = spans.pop()[1].united(rect)
            spans.append((title, rect))
        return spans

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(FontUse.CAPTION_STRONG)).height() + 2


class _CellPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: MatrixView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, MatrixModel):
            return
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRect(option.rect)
        ground = "sel" if chosen else ("alt" if index.row() % 2 else "panel")
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        column = model.input_at(index.column())
        row = model.row_at(index.row())
        if column is not None:
            self._paint_cell(painter, rect, column, model.cell_at(index))
            previous = model.input_at(index.column() - 1)
            if previous is None or previous.place != column.place:
                painter.fillRect(rect.left(), rect.top(), 1, rect.height(), theme.colour("ctl"))
        elif index.column() == TITLE_COLUMN:
            self._paint_words(painter, rect, row.title, FontUse.TABLE_STRONG)
        elif index.column() == model.outcome_column():
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), theme.colour("ctl"))
            self._paint_outcome(painter, rect, row)
        else:
            self._paint_origin(painter, rect, row, str(index.data()))
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, words: str, use: FontUse) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font(use))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(rect.adjusted(px(8), 1, -px(4), -2), int(WRAPPED), words)

    def _paint_cell(
        self, painter: QPainter, rect: QRect, column: Column, cell: Cell | None
    ) -> None:
        px, theme = self._theme.px, self._theme
        line = QFontMetrics(theme.font(FontUse.TABLE_STRONG)).height()
        lines = 2 if cell is not None and cell.inner is not None else 1
        content = lines * line + px(14)
        top = QRect(rect.x() + 2, rect.y() + (rect.height() - content) // 2, rect.width() - 4, line)
        if cell is None:
            ink = Ink(colour=theme.colour("text3"), font=theme.font(FontUse.CAPTION), align=CENTRE)
            paint_text(painter, top, "\N{MIDDLE DOT}", ink)
            return
        words = range_words(cell)
        if cell.either:
            words = self.tr("or {0}").format(words)
        ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.TABLE_STRONG), align=CENTRE)
        paint_text(painter, top, words, ink)
        if cell.inner is not None:
            part = self.tr("or {0}").format(range_words(inner_cell(cell.inner)))
            paint_text(painter, top.translated(0, line), part, ink)
        axis = _Axis(column, (rect.x() + px(9), rect.right() - px(9)), top.y() + content - px(6))
        self._paint_bar(painter, axis, cell)
        if column.point is not None:
            self._paint_point(painter, axis.at(column.point), cell.holds(column.point))

    def _paint_bar(self, painter: QPainter, axis: _Axis, cell: Cell) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(QPen(theme.colour("ctl"), 1))
        painter.drawLine(QPointF(axis.left, axis.middle), QPointF(axis.right, axis.middle))
        bars = [(cell.low, cell.high, cell.either)]
        bars += [] if cell.inner is None else [(*cell.inner, True)]
        half = min(px(4), axis.step / 2)
        for low, high, either in bars:
            bar = QRectF(axis.at(low).x() - half, axis.middle - px(4), 0, px(8))
            bar.setRight(axis.at(high).x() + half)
            style = Qt.PenStyle.DashLine if either else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour("text2"), 1, style))
            painter.setBrush(theme.colour("hover" if either else "text2"))
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_point(self, painter: QPainter, centre: QPointF, inside: bool) -> None:
        theme, px = self._theme, self._theme.px
        if inside:
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.setBrush(theme.colour("panel"))
            painter.drawEllipse(centre, px(5), px(5))
            return
        arm = px(4)
        painter.setPen(QPen(theme.colour("err"), 2))
        painter.drawLine(centre - QPointF(arm, arm), centre + QPointF(arm, arm))
        painter.drawLine(centre - QPointF(arm, -arm), centre + QPointF(arm, -arm))

    def _paint_outcome(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if row.open_between:
            painter.fillRect(rect.adjusted(1, 0, 0, -1), hatch(self._theme.colour("line"), 6))
        self._paint_words(painter, rect, row.outcome, FontUse.LABEL_STRONG)

    def _paint_origin(self, painter: QPainter, rect: QRect, row: Row, words: str) -> None:
        theme, px = self._theme, self._theme.px
        ground, ink = _TAG_TOKENS[provenance_tag(row.provenance)[1]]
        font = theme.font(FontUse.CAPTION)
        width = min(QFontMetrics(font).horizontalAdvance(words) + px(12), rect.width() - px(6))
        height = QFontMetrics(font).height() + px(4)
        box = QRect(rect.x() + px(3), rect.center().y() - height // 2, width, height)
        paint_face(painter, box, Face(ground=theme.colour(ground).name(), radius=4))
        paint_text(painter, box, words, Ink(colour=theme.colour(ink), font=font, align=CENTRE))


class _Axis:
    """The range of an input between two ends of a cell."""

    def __init__(self, column: Column, ends: tuple[int, int], middle: int) -> None:
        self.left, self.right = ends
        self.middle = middle
        self._minimum = column.minimum
        reach = column.maximum - column.minimum or 1.0
        self.step = (self.right - self.left) / reach

    def at(self, value: float) -> QPointF:
        """Where a value lies."""
        return QPointF(self.left + (value - self._minimum) * self.step, self.middle)


def inner_cell(part: tuple[float, float]) -> Cell:
    """A part of a range as a cell of its own."""
    return Cell(low=part[0], high=part[1], either=True)
