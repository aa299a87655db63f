"""A table of words: rows are chosen, and a row keeps its choice when the table is filled anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ssp_coder.ui.theme.theme import Theme

ROW_PX = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row.

    Attributes:
        key: unique in the table.
        icon: before the first cell, empty for none.
        tone: colour of the icon.
        tip: said when the pointer rests on the row; the words are on the screen elsewhere too.
    """

    key: str
    cells: tuple[str, ...]
    icon: str = ""
    tone: str = "text2"
    tip: str = ""


class RowTable(QTableWidget):
    """Emits `row_chosen` with the key of the row that became current, empty for none."""

    row_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        titles: Sequence[str],
        wide: Collection[int] = (0,),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(0, len(titles), parent)
        self._theme = theme
        self._rows: tuple[TableRow, ...] = ()
        self._key = ""
        self._dress(titles, wide)
        describe(self, name)
        theme.changed.connect(self._fill)
        self.currentCellChanged.connect(self._note)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows shown."""
        return self._rows

    @property
    def key(self) -> str:
        """Key of the current row, empty without one."""
        return self._key

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show rows; the chosen one stays chosen while it is there, else the first one is."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self._fill()
        keys = [row.key for row in self._rows]
        if self._key not in keys:
            self._become(keys[0] if keys else "")

    def choose(self, key: str) -> None:
        """Make a row the current one."""
        keys = [row.key for row in self._rows]
        if key in keys:
            self.setCurrentCell(keys.index(key), 0)

    def _dress(self, titles: Sequence[str], wide: Collection[int]) -> None:
        px = self._theme.px
        self.setHorizontalHeaderLabels(list(titles))
        self.setFont(self._theme.font(FontUse.TABLE))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(ROW_PX))
        header = self.horizontalHeader()
        header.setFont(self._theme.font(FontUse.CAPTION))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(px(40))
        for column in range(len(titles)):
            fitted = QHeaderView.ResizeMode.ResizeToContents
            stretched = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, stretched if column in wide else fitted)

    def _fill(self) -> None:
        """Write all cells, keeping the current row and the place it is scrolled to."""
        at = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, words in enumerate(row.cells):
                item = QTableWidgetItem(words)
                item.setToolTip(row.tip or words)
                if not column and row.icon:
                    item.setIcon(self._theme.icon(row.icon, row.tone))
                self.setItem(number, column, item)
        keys = [row.key for row in self._rows]
        if self._rows:
            self.setCurrentCell(keys.index(self._key) if self._key in keys else 0, 0)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(at)

    def _note(self, row: int, _column: int, _old_row: int, _old_column: int) -> None:
        self._become(self._rows[row].key if 0 <= row < len(self._rows) else "")

    def _become(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self.row_chosen.emit(key)
