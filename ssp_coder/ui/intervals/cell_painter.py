"""Paints the cells of the interval sheet: a shape for each thing that a cell can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ssp_coder.domain.measures import MeasureKind
from ssp_coder.rules.interval_sheet import Source
from ssp_coder.rules.interval_tally import Blank
from ssp_coder.ui.intervals.sheet_model import SOURCE, TITLE, Index, SheetModel
from ssp_coder.ui.kit.painting import CENTRE, LEFT, RIGHT, Face, Ink, hatch, paint_face, paint_text
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.rules.interval_sheet import SheetRow
    from ssp_coder.rules.interval_tally import Cell
    from ssp_coder.ui.theme.theme import Theme

_NOT_SEEN = "\N{MIDDLE DOT}"
_ONSET_PX = 3


class CellPainter(QStyledItemDelegate):
    """Seen by the events: tinted bar; marked by hand: filled box with a tick; and what is not."""

    def __init__(self, theme: Theme, scheme: Scheme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._scheme = scheme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(option.rect.width(), self._theme.px(24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102 - Qt's name
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, SheetModel) else None
        if not isinstance(model, SheetModel) or row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        current = self._view.currentIndex()
        ground = "hover" if index.row() == current.row() else "panel"
        painter.fillRect(rect, self._theme.colour(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._theme.colour("line"))
        place = model.interval_at(index.column())
        if place is None:
            ink = self._ink(model, index.column(), row)
            room = rect.adjusted(self._theme.px(6), 0, -self._theme.px(6), -1)
            # Titles that begin alike are told apart by their ends.
            middle = Qt.TextElideMode.ElideMiddle
            shown = QFontMetrics(ink.font).elidedText(str(index.data()), middle, room.width())
            paint_text(painter, room, shown, ink)
        else:
            self._paint_interval(painter, rect, row, place)
        if index == current and option.state & QStyle.StateFlag.State_Enabled:
            self._paint_current(painter, rect)
        painter.restore()

    def _ink(self, model: SheetModel, column: int, row: SheetRow) -> Ink:
        theme, direct = self._theme, row.source is Source.DIRECT
        if column == TITLE:
            return Ink(colour=theme.colour("text"), font=theme.font(FontUse.TABLE), align=LEFT)
        if column == SOURCE:
            use = FontUse.CAPTION_STRONG if direct else FontUse.CAPTION
            ink = theme.colour("text" if direct else "text2")
            return Ink(colour=ink, font=theme.font(use), align=LEFT)
        last = column == model.columnCount() - 1
        use = FontUse.TABLE_STRONG if last else FontUse.TABLE
        ink = theme.colour("text2" if row.left_open else "text")
        return Ink(colour=ink, font=theme.font(use), align=RIGHT)

    def _paint_interval(self, painter: QPainter, rect: QRect, row: SheetRow, place: int) -> None:
        theme = self._theme
        painter.fillRect(rect.left(), rect.top(), 1, rect.height(), theme.colour("line"))
        box = rect.adjusted(3, 3, -2, -4)
        cell = row.cells[place]
        if cell is Blank.NOT_CODED:
            painter.fillRect(box, hatch(theme.colour("line"), 6))
        elif cell is Blank.NO_VIEW:
            self._paint_sign(painter, box, "\N{EN DASH}")
        elif row.source is Source.DIRECT:
            self._paint_marked(painter, box, row, seen=bool(cell))
        else:
            self._paint_derived(painter, box, row, cell)
        if row.source is Source.DIRECT and _occurs(row.derived[place]):
            edge = self._colours(row).edge
            strip = QRect(box.left(), box.bottom() + 1, box.width(), 2)
            painter.fillRect(strip, edge)

    def _paint_derived(self, painter: QPainter, box: QRect, row: SheetRow, cell: int) -> None:
        if not cell:
            self._paint_sign(painter, box, _NOT_SEEN)
            return
        colours = self._colours(row)
        painter.fillRect(box, colours.tint)
        painter.fillRect(box.left(), box.top(), _ONSET_PX, box.height(), colours.edge)
        if row.measure.kind is MeasureKind.COUNT:
            ink = Ink(
                colour=self._theme.colour("text"),
                font=self._theme.font(FontUse.TABLE_STRONG),
                align=CENTRE,
            )
            paint_text(painter, box.adjusted(_ONSET_PX, 0, 0, 0), str(cell), ink)

    def _paint_marked(self, painter: QPainter, box: QRect, row: SheetRow, *, seen: bool) -> None:
        theme = self._theme
        if not seen:
            paint_face(painter, box, Face(border=theme.tokens.ctl, radius=2))
            self._paint_sign(painter, box, _NOT_SEEN)
            return
        paint_face(painter, box, Face(ground=self._colours(row).edge.name(), radius=2))
        painter.setPen(
            QPen(theme.colour("panel"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        side = min(box.width(), box.height()) * 0.5
        centre = QRectF(box).center()
        tick = [(-0.5, 0.05), (-0.12, 0.42), (0.5, -0.38)]
        points = [centre + QPointF(x * side, y * side) for x, y in tick]
        painter.drawPolyline(points)

    def _paint_sign(self, painter: QPainter, box: QRect, sign: str) -> None:
        theme = self._theme
        ink = Ink(colour=theme.colour("text3"), font=theme.font(FontUse.TABLE), align=CENTRE)
        paint_text(painter, box, sign, ink)

    def _paint_current(self, painter: QPainter, rect: QRect) -> None:
        has_keys = self._view.hasFocus()
        token, width = ("accent", 2) if has_keys else ("ctl", 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(token), width))
        inset = width / 2
        frame = QRectF(rect).adjusted(inset, inset, -inset, -inset - 1)
        painter.drawRoundedRect(frame, 3, 3)

    def _colours(self, row: SheetRow) -> _Colours:
        group = self._scheme.ethogram.group_of(row.measure.codes[0])
        return _Colours(self._theme, group.slot)


class _Colours:
    """Tint and edge of a group of codes."""

    def __init__(self, theme: Theme, slot: str) -> None:
        group = theme.group(slot)
        self.tint, self.edge = QColor(group.tint), QColor(group.edge)


def _occurs(cell: Cell) -> bool:
    return isinstance(cell, int) and cell > 0
