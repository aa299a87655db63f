"""The table of commands and codes with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.keycap import CapLook, key_cap_size, paint_key_cap
from ssp_coder.ui.palette.matching import fold
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from ssp_coder.ui.keys.plan import KeyRow
    from ssp_coder.ui.theme.theme import Theme

TITLE, WHERE, KEYS = range(3)
_ROW_PX = 28

AnyIndex = QModelIndex | QPersistentModelIndex


class KeyRowsModel(QAbstractTableModel):
    """Rows that fit a filter; a changed key tells only of its row."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all: tuple[KeyRow, ...] = ()
        self._shown: list[int] = []
        self._typed = ""

    def show_rows(self, rows: tuple[KeyRow, ...]) -> None:
        """Show rows; the same ones with other keys stay where they are."""
        before, self._all = self._all, rows
        if [row.id for row in before] != [row.id for row in rows]:
            self.filter_by(self._typed)
            return
        for place, number in enumerate(self._shown):
            if before[number] != rows[number]:
                self.dataChanged.emit(self.index(place, TITLE), self.index(place, KEYS))

    def filter_by(self, typed: str) -> None:
        """Show rows that have every typed word in title, place or keys."""
        self.beginResetModel()
        self._typed = typed
        words = fold(typed).split()
        self._shown = [
            place
            for place, row in enumerate(self._all)
            if all(word in fold(f"{row.title} {row.where} {_keys_words(row)}") for word in words)
        ]
        self.endResetModel()

    def row(self, place: int) -> KeyRow | None:
        """The row at a place, None where there is none."""
        return self._all[self._shown[place]] if 0 <= place < len(self._shown) else None

    def place_of(self, row_id: str) -> int:
        """Where a row is shown, -1 when it is not."""
        for place, number in enumerate(self._shown):
            if self._all[number].id == row_id:
                return place
        return -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, D102, B008 - Qt's
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, D102, B008 - Qt's
        return 0 if parent.isValid() else KEYS + 1

    def headerData(  # noqa: N802, D102 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Does"), self.tr("Belongs to"), self.tr("Keys"))[section]
        return None

    def data(  # noqa: D102 - Qt's name
        self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = self.row(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            own = f"{row.title} ({self.tr('changed')})" if row.changed else row.title
            return (own, row.where, _keys_words(row))[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() == TITLE and row.changed:
            return self._theme.font(FontUse.TABLE_STRONG)
        return None


def _keys_words(row: KeyRow) -> str:
    return ", ".join("+".join(caps) for caps in row.caps())


class _KeysDelegate(QStyledItemDelegate):
    """Paints the keys of a row as caps."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QSize:
        return QSize(self._theme.px(220), self._theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        row = model.row(index.row()) if isinstance(model, KeyRowsModel) else None
        if row is None:
            return
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("sel"))
        x = rect.x() + self._theme.px(8)
        for keys in row.caps():
            for cap in keys:
                width = key_cap_size(self._theme, cap).width()
                place = QRect(x, rect.y(), width, rect.height())
                paint_key_cap(painter, self._theme, place, (cap, CapLook.RAISED))
                x += width + self._theme.px(3)
            x += self._theme.px(9)
        painter.restore()


class KeyTable(QTableView):
    """Enter asks for another key, Delete takes the keys away."""

    change_wanted = Signal()
    clearing_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = KeyRowsModel(theme, self)
        self.setModel(self.rows)
        self.setItemDelegateForColumn(KEYS, _KeysDelegate(theme, self))
        self.setFont(theme.font(FontUse.TABLE))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.resizeSection(TITLE, theme.px(300))
        head.resizeSection(WHERE, theme.px(140))
        describe(self, self.tr("Commands and codes with their keys"))
        self.doubleClicked.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.change_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clearing_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self, _index: object) -> None:
        self.change_wanted.emit()
