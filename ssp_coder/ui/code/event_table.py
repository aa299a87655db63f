"""The list of events beside the timeline: same selection, same commands, told as text."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from ssp_coder.domain.coding import EventId
from ssp_coder.ui.code.events_model import EventsModel
from ssp_coder.ui.code.table_cell import CellDelegate, CellField
from ssp_coder.ui.code.table_columns import HIDDEN_AT_FIRST, Column
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.domain.coding import Coding, Event
    from ssp_coder.editing.change import Change
    from ssp_coder.ui.theme.theme import Theme

WIDTHS = {
    Column.START: 76,
    Column.END: 76,
    Column.LENGTH: 76,
    Column.EPISODE: 44,
    Column.SUBJECT: 72,
    Column.GROUP: 110,
    Column.CODE: 112,
    Column.DETAIL: 118,
    Column.COMMENT: 100,
}

EDIT_KEY = Qt.Key.Key_F2


class EventTable(QTableView):
    """Emits what was selected, jumped to and to be deleted; never scrolls by itself.

    Signals:
        selected: ids of the events that the person selected.
        jump_requested: the id of one event.
        delete_requested: ids of events.
        order_wanted: a column and whether rows fall from the top.
        columns_changed: which columns are shown, or how wide they are.
        said: why a cell cannot be typed into.
    """

    selected = Signal(object)
    jump_requested = Signal(object)
    delete_requested = Signal(object)
    order_wanted = Signal(object, bool)
    columns_changed = Signal()
    said = Signal(str)

    def __init__(self, theme: Theme, model: EventsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._events = model
        self._quiet = False
        self._selected: tuple[EventId, ...] = ()
        self.setModel(model)
        self.setFont(theme.font(FontUse.TABLE))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setCornerButtonEnabled(False)
        describe(self, self.tr("Events"))
        self._build_headers(theme)
        self.setMinimumHeight(theme.px(23 * 3))
        self.cells = CellDelegate(theme, model, self)
        self.setItemDelegate(self.cells)
        self.cells.next_wanted.connect(self._edit_beside)
        self.cells.closed.connect(self._end_editing)
        self.selectionModel().selectionChanged.connect(self._tell_selected)
        self.doubleClicked.connect(self._open)

    def selected_events(self) -> tuple[EventId, ...]:
        """Ids of the selected events, from the top row on."""
        return self._selected

    def show_change(self, change: Change, coding: Coding) -> None:
        """Let rows follow a change, without a signal; an event that moves stays selected."""
        current = self._current_event()
        gone = {event.id for event in change.removed}
        with self._quietly(), self._held():
            arranged = self._events.show_change(change, coding)
            if arranged or current in gone:
                self._make_current(current)
        if arranged or not gone.isdisjoint(self._selected):
            self._select_again(self._selected)

    @contextmanager
    def arranging(self) -> Iterator[None]:
        """Keep what is selected, and the row the person looks at, while all rows are arranged."""
        selected, current = self._selected, self._current_event()
        watched = self._watched_event()
        top = self._offset_of(watched)
        with self._quietly():
            yield
        self._select_again(selected)
        self._make_current(current)
        if watched is not None and self._events.rowCount():
            self._put_at(self._events.row_near(watched), top)
        if self._selected != selected:
            self.selected.emit(self._selected)

    def show_selected(self, events: tuple[EventId, ...]) -> None:
        """Select events, without a signal; the first is brought into view if it is not."""
        if events == self._selected:
            return
        self._select_again(events)
        rows = [row for row in map(self._events.row_of, events) if row is not None]
        if rows:
            first = self._events.index(rows[0], self._first_column())
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first, QAbstractItemView.ScrollHint.EnsureVisible)

    def leave_cell(self) -> bool:
        """Take what is typed into an open cell; False while it is wrong, and the cell stays."""
        field = self._open_cell()
        if field is None or self.settle_cell():
            return True
        field.setFocus()
        return False

    def has_open_cell(self) -> bool:
        """Whether something is being typed into a cell."""
        return self._open_cell() is not None

    def settle_cell(self) -> bool:
        """Take what is typed into an open cell as `leave_cell` does, and move no keyboard."""
        field = self._open_cell()
        return field is None or self.cells.take(field)

    def edit_current(self) -> bool:
        """Let the person type into the current cell; False where nothing can be typed."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.scrollTo(index)
        self.edit(index)
        return True

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() == EDIT_KEY and self.currentIndex().isValid():
                event.accept()  # here the key opens a cell, whatever it does elsewhere
                return True
        return super().event(event)

    def closeEditor(  # noqa: N802, D102 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        if isinstance(editor, CellField) and editor.error():
            return  # what was typed is not thrown away because another row is chosen
        super().closeEditor(editor, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self._selected:
                self.delete_requested.emit(self._selected)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump_to(self.currentIndex())
        elif event.key() == EDIT_KEY:
            if not self.edit_current():
                self._say_why_not()
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before:
                self.scrollTo(self.currentIndex())

    def keyboardSearch(self, _text: str) -> None:  # noqa: N802 - Qt's name
        """Nothing: letters code behaviour, and a stray one must not move the list."""

    def sorted_by(self) -> tuple[Column, bool]:
        """The column that rows are sorted by, and whether it falls from the top."""
        return self._events.sorted_by

    def want_order(self, column: int, *_what: object) -> None:
        """Ask for rows sorted by a column; by the one they are sorted by, the other way round."""
        now, falling = self._events.sorted_by
        wanted = Column(column)
        self.order_wanted.emit(wanted, not falling if wanted is now else wanted is Column.START)

    def show_order(self) -> None:
        """Show in the header by what rows are sorted."""
        column, falling = self._events.sorted_by
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def show_column(self, column: Column, *, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        others = [c for c in Column if c is not column and not self.isColumnHidden(c)]
        if shown or others:
            self.setColumnHidden(column, not shown)
            self.columns_changed.emit()

    def shown_columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return tuple(column for column in Column if not self.isColumnHidden(column))

    def _say_why_not(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.said.emit(self._events.why_not(index))

    def _open_cell(self) -> CellField | None:
        cells = self.viewport().findChildren(CellField)
        return next((cell for cell in cells if cell.event_id is not None), None)

    def _build_headers(self, theme: Theme) -> None:
        header = self.horizontalHeader()
        header.setFont(theme.font(FontUse.CAPTION))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        # With the selection of the list it would walk through all rows each time it is painted.
        header.setSelectionModel(QItemSelectionModel(self._events, header))
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        describe(header, self.tr("Columns of the list"))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        for column in HIDDEN_AT_FIRST:
            self.setColumnHidden(column, True)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self.want_order)
        header.sectionResized.connect(self._tell_columns)
        self.show_order()
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(23))

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep the rows that are seen where they are while rows come and go above them."""
        bar = self.verticalScrollBar()
        if bar.value() == 0:
            yield
            return
        watched = self._event_in(self.rowAt(0))
        top = self._offset_of(watched)
        yield
        if watched is not None and (row := self._events.row_of(watched.id)) is not None:
            self._put_at(row, top)

    def _put_at(self, row: int, top: int) -> None:
        """Scroll so that the upper edge of a row lies so far under that of the view."""
        bar = self.verticalScrollBar()
        height = self.verticalHeader().defaultSectionSize()
        wanted = row * height - top
        if wanted > bar.maximum():
            self.updateGeometries()  # Qt does it only when control returns to it
        bar.setValue(wanted)

    def _offset_of(self, event: Event | None) -> int:
        row = None if event is None else self._events.row_of(event.id)
        if row is None:
            return 0
        return row * self.verticalHeader().defaultSectionSize() - self.verticalScrollBar().value()

    def _watched_event(self) -> Event | None:
        """The current row where it is seen, else the first one seen."""
        current = self.currentIndex()
        if current.isValid() and self.viewport().rect().intersects(self.visualRect(current)):
            return self._event_in(current.row())
        return self._event_in(self.rowAt(0))

    def _current_event(self) -> EventId | None:
        event = self._event_in(self.currentIndex().row())
        return None if event is None else event.id

    def _event_in(self, row: int) -> Event | None:
        return self._events.event_at(row) if 0 <= row < self._events.rowCount() else None

    def _make_current(self, event: EventId | None) -> None:
        row = None if event is None else self._events.row_of(event)
        if row is not None:
            index = self._events.index(row, self._first_column())
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _select_again(self, events: tuple[EventId, ...]) -> None:
        """Select those of some events that are shown, without a signal."""
        rows = sorted(row for row in map(self._events.row_of, events) if row is not None)
        chosen = QItemSelection()
        last = len(Column) - 1
        for first, end in _stretches(rows):
            chosen.select(self._events.index(first, 0), self._events.index(end, last))
        with self._quietly():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(chosen, flags)
        self._selected = tuple(self._events.event_at(row).id for row in rows)

    def _tell_selected(self) -> None:
        if self._quiet:
            return
        parts = self.selectionModel().selection().toList()
        stretches = sorted((part.top(), part.bottom()) for part in parts)
        self._selected = tuple(
            event.id for top, end in stretches for event in self._events.events_in(top, end)
        )
        self.selected.emit(self._selected)

    def _tell_columns(self, *_what: int) -> None:
        self.columns_changed.emit()

    def _first_column(self) -> int:
        """The column that the keyboard stands in, else the first one shown."""
        column = self.currentIndex().column()
        return column if column >= 0 else self.shown_columns()[0]

    def _end_editing(self, keyboard_back: bool) -> None:
        """Also where the cell is gone already, since its row went elsewhere in the order."""
        self.setState(QAbstractItemView.State.NoState)
        if keyboard_back:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit_beside(self, event: EventId, column: int, step: int) -> None:
        """Go on typing in the next cell of an event that can be typed into."""
        row = self._events.row_of(event)
        if row is None:
            return
        shown = self.shown_columns()
        place = shown.index(Column(column)) + step
        while 0 <= place < len(shown):
            index = self._events.index(row, shown[place])
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(index)
                self.edit_current()
                return
            place += step

    def _open(self, index: QModelIndex) -> None:
        """A double click types into a cell; where nothing can be typed it shows the moment."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self._jump_to(index)

    def _jump_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.jump_requested.emit(self._events.event_at(index.row()).id)


def _stretches(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Rows as stretches of neighbours, first and last."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if last >= 0:
                yield first, last
            first = row
        last = row
    if last >= 0:
        yield first, last
