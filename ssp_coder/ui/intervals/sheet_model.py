"""The sheet of an episode as a table: measures down, intervals across, scores at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ssp_coder.ui.intervals import words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.rules.interval_sheet import EpisodeSheet, SheetRow
    from ssp_coder.rules.interval_tally import Cell

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
TITLE, SOURCE = 0, 1
BEFORE = 2
"""Columns before the first interval."""
AFTER = 3
"""Columns after the last interval: raw, out of, prorated."""


class SheetModel(QAbstractTableModel):
    """Shows one sheet; columns come and go one by one, rows never do."""

    def __init__(self, scheme: Scheme, rows: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._rows = rows
        self._intervals = 0
        self.sheet: EpisodeSheet | None = None

    def show_sheet(self, sheet: EpisodeSheet | None) -> None:
        """Show another sheet, or none."""
        count = 0 if sheet is None else sheet.n_intervals
        here = self._intervals
        if count > here:
            self.beginInsertColumns(ROOT, BEFORE + here, BEFORE + count - 1)
        elif count < here:
            self.beginRemoveColumns(ROOT, BEFORE + count, BEFORE + here - 1)
        self.sheet, self._intervals = sheet, count
        if count > here:
            self.endInsertColumns()
        elif count < here:
            self.endRemoveColumns()
        across = Qt.Orientation.Horizontal
        self.headerDataChanged.emit(across, 0, self.columnCount() - 1)
        self._tell(0, self._rows - 1)

    def show_row(self, place: int, row: SheetRow) -> None:
        """Show one row anew."""
        if self.sheet is None:
            return
        rows = (*self.sheet.rows[:place], row, *self.sheet.rows[place + 1 :])
        self.sheet = replace(self.sheet, rows=rows)
        self._tell(place, place)

    def row_at(self, place: int) -> SheetRow | None:
        """The row in a line of the table."""
        return None if self.sheet is None else self.sheet.rows[place]

    def interval_at(self, column: int) -> int | None:
        """The interval that a column shows, None for the columns around them."""
        place = column - BEFORE
        return place if 0 <= place < self._intervals else None

    def column_of(self, interval: int) -> int:
        """The column of an interval."""
        return BEFORE + interval

    def cell_at(self, index: Index) -> Cell | None:
        """What an interval's cell holds, None in the columns around them."""
        place, row = self.interval_at(index.column()), self.row_at(index.row())
        return None if place is None or row is None else row.cells[place]

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else BEFORE + self._intervals + AFTER

    def headerData(  # noqa: N802, D102 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._heading_sentence(section)
        return None

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(row, index.column())
        return None

    def _heading(self, section: int) -> str:
        place = self.interval_at(section)
        if place is not None:
            return str(place + 1)
        if section < BEFORE:
            return (self.tr("Measure"), self.tr("From"))[section]
        names = (self.tr("Raw"), self.tr("of"), self.tr("per {0}").format(self._full()))
        return names[section - BEFORE - self._intervals]

    def _heading_sentence(self, section: int) -> str:
        place = self.interval_at(section)
        if place is not None and self.sheet is not None:
            start, end = words.interval_times(self.sheet, place)
            return self.tr("Interval {0}, {1}\N{EN DASH}{2}").format(place + 1, start, end)
        if section < BEFORE:
            return self._heading(section)
        if section - BEFORE - self._intervals == AFTER - 1 and self.sheet is not None:
            return words.sampling_words(self.sheet, self._scheme.ethogram.sampling)
        raw = self.tr("Intervals in which it occurs, or times that it begins")
        return (raw, self.tr("Intervals with a number"), "")[section - BEFORE - self._intervals]

    def _full(self) -> str:
        return f"{self._scheme.ethogram.sampling.full_intervals:g}"

    def _text(self, row: SheetRow, column: int) -> str:
        place = self.interval_at(column)
        if place is not None:
            cell = row.cells[place]
            return str(cell) if isinstance(cell, int) else words.NOTHING
        if column == TITLE:
            return words.row_title(row, self._scheme)
        if column == SOURCE:
            return words.source_words(row.source)
        texts = (words.raw_words, words.base_words, words.prorated_words)
        return texts[column - BEFORE - self._intervals](row)

    def _sentence(self, row: SheetRow, column: int) -> str:
        place = self.interval_at(column)
        if place is not None and self.sheet is not None:
            return words.cell_sentence(self.sheet, row, place, self._scheme)
        return words.totals_sentence(row, self._scheme)

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
