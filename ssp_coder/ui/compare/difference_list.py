"""The list of differences: sign, time, what you have, what the reference has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ssp_coder.ui.compare.rows import DifferenceRow, sign_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.marks import paint_comparison
from ssp_coder.ui.kit.painting import Ink, paint_text
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_PX = 38


class DifferenceModel(QAbstractListModel):
    """Rows in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DifferenceRow, ...] = ()

    @property
    def rows(self) -> tuple[DifferenceRow, ...]:
        """The rows shown, from the top."""
        return self._rows

    def show_rows(self, rows: Sequence[DifferenceRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            words = self.tr("{0}, {1}: you {2}; reference {3}")
            return words.format(row.time, sign_words(row.sign), row.own, row.reference)
        return None


class _RowPainter(QStyledItemDelegate):
    """Paints one difference on two lines."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: Index
    ) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, DifferenceRow):
            return
        theme, px = self._theme, self._theme.px
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("sel"))
            painter.fillRect(area.x(), area.y(), px(3), area.height(), theme.colour("accent"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.colour("line"))
        side = px(17)
        sign = QRect(area.x() + px(10), area.center().y() - side // 2, side, side)
        paint_comparison(painter, theme, sign, row.sign)
        time = QRect(sign.right() + px(8), area.y(), px(54), area.height())
        font = theme.font(FontUse.TABLE)
        paint_text(painter, time, row.time, Ink(colour=theme.colour("text"), font=font))
        left = time.right() + px(6)
        rest = QRect(left, area.y(), area.right() - left - px(6), area.height())
        self._paint_pair(painter, rest, row)

    def _paint_pair(self, painter: QPainter, area: QRect, row: DifferenceRow) -> None:
        font = self._theme.font(FontUse.TABLE)
        metrics = QFontMetrics(font)
        height = metrics.height() + self._theme.px(1)
        quiet = Ink(colour=self._theme.colour("text2"), font=font)
        plain = Ink(colour=self._theme.colour("text"), font=font)
        whose_words = (self.tr("you"), self.tr("ref."))
        for line, (whose, what) in enumerate(
            zip(whose_words, (row.own, row.reference), strict=True)
        ):
            place = QRect(area.x(), area.center().y() - height, area.width(), height)
            place.translate(0, line * height)
            paint_text(painter, place, whose, quiet)
            head = metrics.horizontalAdvance(f"{whose} ")
            paint_text(painter, place.adjusted(head, 0, 0, 0), what, plain)


class DifferenceList(QListView):
    """Emits the row that was clicked, or on which Enter was pressed."""

    row_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = DifferenceModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, self.tr("Differences"), self.tr("Enter goes to the moment in the video"))
        self.clicked.connect(self._choose)
        theme.changed.connect(self.viewport().update)

    @property
    def rows(self) -> tuple[DifferenceRow, ...]:
        """The rows shown, from the top."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[DifferenceRow]) -> None:
        """Show rows; the one that was chosen stays so where it is still there."""
        chosen = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        self._rows.show_rows(rows)
        if chosen in rows:
            self.select(chosen)

    def select(self, row: DifferenceRow) -> None:
        """Mark a row and bring it into sight, without a signal."""
        if row in self.rows:
            self.setCurrentIndex(self._rows.index(self.rows.index(row)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, DifferenceRow):
            self.row_chosen.emit(row)
