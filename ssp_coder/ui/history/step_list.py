"""The list of steps: what each was, when and by whom, and where the coding is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ssp_coder.ui.history.model import HistoryModel, HistoryRow, StepState
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import RIGHT, Ink, paint_text
from ssp_coder.ui.kit.row_ground import paint_bar, paint_ground
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 24


def short_time(when: datetime, now: datetime) -> str:
    """The time of a step of today, the day of an earlier one."""
    return when.strftime("%H:%M" if when.date() == now.date() else "%Y-%m-%d")


class _StepPainter(QStyledItemDelegate):
    """Paints one step on one line."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: Index
    ) -> QSize:
        height = QFontMetrics(self._theme.font(FontUse.TABLE)).height() + self._theme.px(7)
        return QSize(self._theme.px(120), max(self._theme.px(ROW_PX), height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, HistoryRow):
            return
        theme, px = self._theme, self._theme.px
        area: QRect = option.rect
        paint_ground(painter, theme, option)
        if row.state is StepState.PRESENT:
            paint_bar(painter, theme, area)
        self._paint_sign(painter, area, row)
        side = self._paint_side(painter, area.adjusted(0, 0, -px(8), 0), row)
        left = area.x() + px(30)
        words = QRect(left, area.y(), area.right() - px(16) - side - left, area.height())
        present = row.state is StepState.PRESENT
        font = theme.font(FontUse.TABLE_STRONG if present else FontUse.TABLE)
        ink = Ink(colour=theme.colour(_token(row)), font=font)
        paint_text(painter, words, row.told.words, ink)

    def _paint_sign(self, painter: QPainter, area: QRect, row: HistoryRow) -> None:
        name = _sign(row)
        if not name:
            return
        side = self._theme.px(13)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        sign = self._theme.pixmap(name, _token(row), side, ratio)
        left = area.x() + self._theme.px(10)
        painter.drawPixmap(left, area.center().y() - side // 2, sign)

    def _paint_side(self, painter: QPainter, area: QRect, row: HistoryRow) -> int:
        """Paint who and when at the right; returns the width taken."""
        told = row.told
        if told.when is None:
            return 0
        font = self._theme.font(FontUse.CAPTION)
        text = f"{told.who}  {short_time(told.when, datetime.now().astimezone())}"
        width = QFontMetrics(font).horizontalAdvance(text) + self._theme.px(2)
        if width > area.width() // 2:
            return 0
        place = QRect(area.right() - width, area.y(), width, area.height())
        ink = Ink(colour=self._theme.colour("text3"), font=font, align=RIGHT)
        paint_text(painter, place, text, ink)
        return width


def _token(row: HistoryRow) -> str:
    return "text3" if row.state is StepState.UNDONE else "text"


def _sign(row: HistoryRow) -> str:
    if row.told.is_lock:
        return "lock"
    if row.state is StepState.PRESENT:
        return "chevron-right"
    return "undo" if row.state is StepState.UNDONE else ""


class StepList(QListView):
    """Emits the place of the step that was clicked, or on which Enter was pressed.

    Attributes:
        wants_escape: whether Esc ends something here, and not what goes on elsewhere.
    """

    place_chosen = Signal(int)

    def __init__(self, theme: Theme, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = model
        self.wants_escape = False
        self.setModel(model)
        self.setItemDelegate(_StepPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, self.tr("History"), self.tr("Enter brings the coding to where it was then"))
        self.clicked.connect(self._choose)
        theme.changed.connect(self.viewport().update)

    def show_present(self) -> None:
        """Bring the present step into sight, where it is not."""
        row = self._steps.row_of(self._steps.present)
        if row is not None:
            index = self._steps.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index, QListView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.place_chosen.emit(self._steps.row_at(index.row()).place)
