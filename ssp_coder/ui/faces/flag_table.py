"""The stretches of a clip that a person must look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.faces.words import Clock, stretch_text, why
from ssp_coder.ui.kit.accessible import describe

if TYPE_CHECKING:
    from ssp_coder.media.faces import Flag
    from ssp_coder.media.faces_review import Review, Shown
    from ssp_coder.ui.theme.theme import Theme

_WHEN, _WHY, _STATE = range(3)
_INK = int(Qt.ItemDataRole.UserRole)


class FlagTable(QTableWidget):
    """A row a stretch, in order of time, with how much of it was on the screen.

    Signals:
        flag_chosen: the stretch of the row that is current now.
    """

    flag_chosen = Signal(object)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._theme = theme
        self._clock = clock
        self._flags: tuple[Flag, ...] = ()
        self.setHorizontalHeaderLabels([self.tr("Stretch"), self.tr("Why"), self.tr("State")])
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(_WHEN, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.ResizeToContents)
        describe(self, self.tr("Stretches to look at"))
        theme.changed.connect(self._recolour)
        self.currentCellChanged.connect(self._tell)

    @property
    def flag(self) -> Flag | None:
        """The stretch of the current row."""
        row = self.currentRow()
        return self._flags[row] if 0 <= row < len(self._flags) else None

    def show_review(self, review: Review, shown: Shown) -> None:
        """Show the stretches and how far each is; the current one stays current."""
        current = self.flag
        self.blockSignals(True)
        if review.flags != self._flags:
            self._flags = review.flags
            self.setRowCount(len(self._flags))
            for row, flag in enumerate(self._flags):
                self._put(row, _WHEN, stretch_text(flag.first, flag.last, self._clock))
                self._put(row, _WHY, why(flag.kind))
            if current in self._flags:
                self.setCurrentCell(self._flags.index(current), 0)
        for row, flag in enumerate(self._flags):
            self._put(row, _STATE, *self._state(flag, review, shown))
        self.blockSignals(False)

    def choose(self, flag: Flag) -> None:
        """Make the row of a stretch the current one."""
        self.setCurrentCell(self._flags.index(flag), 0)

    def _state(self, flag: Flag, review: Review, shown: Shown) -> tuple[str, str]:
        if flag in review.looked:
            return self.tr("looked at"), "ok"
        missing = shown.missing_us(flag)
        if not missing:
            return self.tr("shown"), "warn"
        return self.tr("{0} to see").format(short_clock_text(missing, digits=1)), "warn"

    def _put(self, row: int, column: int, words: str, ink: str = "text") -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        if item.text() != words:
            item.setText(words)
            item.setToolTip(words)
            item.setData(_INK, ink)
            item.setForeground(self._theme.colour(ink))

    def _recolour(self) -> None:
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if item is not None:
                    item.setForeground(self._theme.colour(item.data(_INK)))

    def _tell(self, row: int, _column: int, _old_row: int, _old_column: int) -> None:
        if 0 <= row < len(self._flags):
            self.flag_chosen.emit(self._flags[row])
