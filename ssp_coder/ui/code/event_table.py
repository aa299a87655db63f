"""The list of events beside the timeline: same selection, same order, same commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ssp_coder.domain.coding import EventId
from ssp_coder.ui.code.events_model import Column, EventsModel
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.editing.change import Change
    from ssp_coder.ui.theme.theme import Theme


class EventTable(QTableView):
    """Emits what was selected, jumped to and to be deleted; never scrolls by itself."""

    selected = Signal(object)
    jump_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, theme: Theme, model: EventsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events = model
        self._quiet = False
        self.setModel(model)
        self.setFont(theme.font(FontUse.TABLE))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setCornerButtonEnabled(False)
        describe(self, self.tr("Events"))
        self._build_headers(theme)
        self.setMinimumHeight(theme.px(23 * 3))
        self.selectionModel().selectionChanged.connect(self._tell_selected)
        self.doubleClicked.connect(self._jump_to)

    def selected_events(self) -> tuple[EventId, ...]:
        """Ids of the selected events."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return tuple(self._events.event_at(row).id for row in sorted(rows))

    def show_change(self, change: Change, coding: Coding) -> None:
        """Let rows follow a change, without a signal; an event that moves stays selected."""
        selected = self.selected_events()
        self._quiet = True
        self._events.show_change(change, coding)
        self._quiet = False
        if self.selected_events() != selected:
            kept = (event for event in selected if self._events.row_of(event) is not None)
            self.show_selected(tuple(kept))

    def show_selected(self, events: tuple[EventId, ...]) -> None:
        """Select events, without a signal; the first is brought into view if it is not."""
        if events == self.selected_events():
            return
        self._quiet = True
        selection = self.selectionModel()
        selection.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        rows = [row for row in map(self._events.row_of, events) if row is not None]
        for row in rows:
            selection.select(self._events.index(row, 0), flags)
        if rows:
            first = self._events.index(rows[0], 0)
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first, QAbstractItemView.ScrollHint.EnsureVisible)
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.selected_events():
                self.delete_requested.emit(self.selected_events())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump_to(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _build_headers(self, theme: Theme) -> None:
        header = self.horizontalHeader()
        header.setFont(theme.font(FontUse.CAPTION))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        widths = {
            Column.START: 76,
            Column.LENGTH: 74,
            Column.CODE: 140,
            Column.DETAIL: 130,
            Column.EPISODE: 48,
        }
        for column, width in widths.items():
            self.setColumnWidth(column, theme.px(width))
        header.setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(23))

    def _tell_selected(self) -> None:
        if not self._quiet:
            self.selected.emit(self.selected_events())

    def _jump_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.jump_requested.emit(self._events.event_at(index.row()).id)
