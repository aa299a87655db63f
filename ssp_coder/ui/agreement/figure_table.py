"""A table of figures that is sorted by any column, searched by eye, and copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import text_width
from ssp_coder.ui.kit.still_table import StillTable
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SORT_KEY, COPY_KEY = "Ctrl+Shift+O", "Ctrl+C"
_SAMPLE = 40
"""So many rows, spread over all, decide how wide a column is."""
_WIDEST_PX = 340
_PADDING_PX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """What a column says of a row.

    Attributes:
        title: what stands over it.
        text: the words in it.
        order: what it is sorted by, None for the words; rows without a value come last.
        hint: what the title means, told when the pointer rests on it and to a screen reader.
        tip: the same of a cell; None for the words themselves.
        left: whether it holds words rather than numbers.
    """

    title: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any] | None = None
    hint: str = ""
    tip: Callable[[Any], str] | None = None
    left: bool = False


class FigureModel(QAbstractTableModel):
    """Rows of any kind, whose cells are worked out when they are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[FigureColumn, ...] = ()
        self._rows: Sequence[Any] = ()
        self._places: list[int] = []

    @property
    def columns(self) -> tuple[FigureColumn, ...]:
        """The columns."""
        return self._columns

    def show_rows(self, columns: Sequence[FigureColumn], rows: Sequence[Any]) -> None:
        """Show rows in their own order."""
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), rows
        self._places = list(range(len(rows)))
        self.endResetModel()

    def place(self, row: int) -> int:
        """The place of a shown row in the rows' own order."""
        return self._places[row]

    def row_of(self, place: int) -> int:
        """Where a row is shown."""
        return self._places.index(place)

    def words(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self._columns[column].text(self._rows[self._places[row]])

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._columns)

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        words = self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = column.tip
            return words if tip is None else tip(self._rows[self._places[index.row()]])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {words}"
        return None

    def headerData(  # noqa: N802, D102 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        return {
            Qt.ItemDataRole.DisplayRole: column.title,
            Qt.ItemDataRole.ToolTipRole: column.hint or None,
            Qt.ItemDataRole.AccessibleDescriptionRole: column.hint or None,
            Qt.ItemDataRole.TextAlignmentRole: _side(column),
        }.get(Qt.ItemDataRole(role))

    def sort(  # noqa: D102 - Qt's name
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        old = [(index, self._places[index.row()]) for index in held]
        self._places = self._sorted(column, descending=order is Qt.SortOrder.DescendingOrder)
        where = {place: row for row, place in enumerate(self._places)}
        for index, place in old:
            self.changePersistentIndex(index, self.index(where[place], index.column()))
        self.layoutChanged.emit()

    def _sorted(self, column: int, *, descending: bool) -> list[int]:
        places = list(range(len(self._rows)))
        if not 0 <= column < len(self._columns):
            return places
        shown = self._columns[column]
        order = shown.text if shown.order is None else shown.order
        keys = [order(self._rows[place]) for place in places]
        known = [place for place in places if keys[place] is not None]
        known.sort(key=lambda place: keys[place], reverse=descending)
        return known + [place for place in places if keys[place] is None]


class FigureTable(StillTable):
    """Shows rows of figures; Enter or a double click chooses one.

    Signals:
        row_chosen: its place in the rows' own order.
        row_current: the place of the row that the keyboard is at.
    """

    row_chosen = Signal(int)
    row_current = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = FigureModel(self)
        self._growing = 0
        self._least = 0
        self.setModel(self._model)
        self.set_still(theme.px(24))
        self.setFont(theme.font(FontUse.TABLE))
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setFont(theme.font(FontUse.CAPTION))
        header.setMinimumSectionSize(theme.px(36))
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._choose)
        words = self.tr("{0} sorts by the column of the keyboard, {1} copies.")
        keys = (chord_words(SORT_KEY), chord_words(COPY_KEY))
        describe(self, name, words.format(*keys))

    @property
    def figures(self) -> FigureModel:
        """The rows."""
        return self._model

    def show_rows(self, columns: Sequence[FigureColumn], rows: Sequence[Any]) -> None:
        """Show other rows, in their own order."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._model.show_rows(columns, rows)
        self._fit()
        if rows:
            self.setCurrentIndex(self._model.index(0, 0))

    def set_growing(self, column: int) -> None:
        """Let another column than the first have the room that is left."""
        self._growing = column

    def current_place(self) -> int | None:
        """The place of the row that the keyboard is at, in the rows' own order."""
        index = self.currentIndex()
        return self._model.place(index.row()) if index.isValid() else None

    def copied(self) -> str:
        """The chosen rows, all when one at most is chosen, as lines that a spreadsheet takes."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = chosen if len(chosen) > 1 else range(self._model.rowCount())
        columns = range(self._model.columnCount())
        head = "\t".join(column.title for column in self._model.columns)
        lines = ("\t".join(self._model.words(row, at) for at in columns) for row in rows)
        return "\n".join((head, *lines))

    def copy(self) -> None:
        """Put them on the clipboard."""
        QGuiApplication.clipboard().setText(self.copied())

    def sort_by_current(self) -> None:
        """Sort by the column that the keyboard is in; once more turns the order round."""
        column = max(0, self.currentIndex().column())
        header = self.horizontalHeader()
        turned = (
            header.sortIndicatorSection() == column
            and header.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        )
        orders = Qt.SortOrder
        self.sortByColumn(column, orders.DescendingOrder if turned else orders.AscendingOrder)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802, D102 - Qt's name
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.row_current.emit(self._model.place(current.row()))

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.row_chosen.emit(self._model.place(index.row()))

    def _fit(self) -> None:
        """Make every column as wide as it must be, up to a bound."""
        px, font, heading = self._theme.px, self.font(), self.horizontalHeader().font()
        rows = range(0, self._model.rowCount(), max(1, self._model.rowCount() // _SAMPLE))
        for place, column in enumerate(self._model.columns):
            longest = max((self._model.words(row, place) for row in rows), key=len, default="")
            width = max(text_width(font, longest), text_width(heading, column.title))
            self.setColumnWidth(place, min(width + px(_PADDING_PX), px(_WIDEST_PX)))
        self._least = self.columnWidth(self._growing)
        self._fill()

    def _fill(self) -> None:
        """Give the growing column what the others leave."""
        grown = self._growing
        if grown < self._model.columnCount():
            others = self.horizontalHeader().length() - self.columnWidth(grown)
            room = self.viewport().width() - others
            self.setColumnWidth(grown, max(self._least, room))


def _side(column: FigureColumn) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column.left else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
