"""The events of a coding as table rows, the latest first; rows come and go one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ssp_coder.domain.session import episode_spans
from ssp_coder.ui.code.table_columns import (
    EDITABLE,
    NOTHING_AROUND,
    RIGHT,
    Column,
    EventWords,
    Surroundings,
    column_name,
    column_title,
    sort_key,
)
from ssp_coder.ui.code.table_filter import SHOW_ALL, EventFilter
from ssp_coder.ui.code.table_rows import Rows, shared_ends
from ssp_coder.ui.comments.words import comment_lines, kind_icon
from ssp_coder.ui.kit.marks import MarkShape, mark_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from ssp_coder.domain.coding import Coding, Comment, Event, EventId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing.change import Change
    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

MANY = 200
"""A change of more events than this is shown at once, as rows taken out and rows put in."""

_AROUND = frozenset({"episodes", "session_end", "comments"})


class EventsModel(QAbstractTableModel):
    """Shows the events that pass a filter, sorted by a column; by time, falling, at first."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._words = EventWords(scheme)
        self._around = NOTHING_AROUND
        self._by_id: dict[EventId, Event] = {}
        self._filter = SHOW_ALL
        self._column = Column.START
        self._rows = self._new_rows(falling=True)
        self._locked = False

    @property
    def filter(self) -> EventFilter:
        """Which events are shown."""
        return self._filter

    @property
    def sorted_by(self) -> tuple[Column, bool]:
        """The column that rows are sorted by, and whether it falls from the top."""
        return self._column, self._rows.falling

    @property
    def total(self) -> int:
        """How many events the coding has, shown or not."""
        return len(self._by_id)

    def set_locked(self, locked: bool) -> None:
        """Let cells be edited, or not."""
        self._locked = locked

    def show_coding(self, coding: Coding) -> None:
        """Show another coding; the only reset, never used while coding."""
        self.beginResetModel()
        self._by_id = {event.id: event for event in coding.events}
        self._around = self._surroundings(coding)
        self._rows = self._new_rows(falling=self._rows.falling)
        self._rows.fill(coding.events, in_order=self._column is Column.START)
        self.endResetModel()

    def set_filter(self, wanted: EventFilter, coding: Coding) -> None:
        """Show only events that pass."""
        if wanted != self._filter:
            self._filter = wanted
            self._arrange(coding, falling=self._rows.falling)

    def sort_by(self, column: Column, *, falling: bool, coding: Coding) -> None:
        """Sort rows by a column."""
        if (column, falling) != self.sorted_by:
            self._column = column
            self._arrange(coding, falling=falling)

    def show_change(self, change: Change, coding: Coding) -> bool:
        """Follow one change; an edited event keeps its row where its order allows.

        Returns:
            Whether rows were taken out and put in again, so that none is known any more.
        """
        for event in change.removed:
            self._by_id.pop(event.id, None)
        self._by_id.update((event.id, event) for event in change.added)
        if change.areas & _AROUND and self._look_around(coding):
            return True
        if len(change.removed) + len(change.added) > MANY:
            self._arrange(coding, falling=self._rows.falling)
            return True
        added = {event.id: event for event in change.added}
        for event in change.removed:
            self._replace_or_remove(event, added)
        for event in added.values():
            self._insert(event)
        return False

    def event_at(self, row: int) -> Event:
        """The event in a row."""
        return self._rows.at(row)

    def events_in(self, first: int, last: int) -> list[Event]:
        """The events from one row to another."""
        return [self._rows.at(row) for row in range(first, last + 1)]

    def event_of(self, event_id: EventId) -> Event | None:
        """The event with an id, also where it is not shown."""
        return self._by_id.get(event_id)

    def row_of(self, event_id: EventId) -> int | None:
        """The row of an event, None when it is not shown."""
        event = self._by_id.get(event_id)
        return None if event is None else self._rows.row_of(event)

    def row_near(self, event: Event) -> int:
        """The row where an event is or would be."""
        return self._rows.near(event)

    def shows(self, event: Event) -> bool:
        """Whether an event passes the filter."""
        return self._rows.shows(event)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102 - Qt's name
        plain = super().flags(index)
        if not index.isValid() or self._locked or not self._is_editable(index):
            return plain
        return plain | Qt.ItemFlag.ItemIsEditable

    def headerData(  # noqa: N802, D102 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column_name(Column(section))
        return None

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        event = self.event_at(index.row())
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(event, column, self._around)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(event, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in RIGHT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = comment_lines(self._around.remarked.get(event.id, ()))
            return "\n".join((self._words.sentence(event), *said))
        return None

    def why_not(self, index: Index) -> str:
        """Why nothing can be typed into a cell, and what can be done; empty where it can."""
        column = Column(index.column())
        if self._locked:
            return self.tr("This coding can only be read, so no cell can be changed")
        if self._is_editable(index):
            return ""
        if column is Column.EPISODE:
            return self.tr("The episode follows from the start; change the start instead")
        if column is Column.GROUP:
            return self.tr("The group follows from the code; change the code instead")
        return self.tr("This event is a moment without a length; change its start instead")

    def _is_editable(self, index: Index) -> bool:
        column = Column(index.column())
        event = self.event_at(index.row())
        is_point = event.end_us == event.start_us
        return column in EDITABLE and not (is_point and column in (Column.END, Column.LENGTH))

    def _sign(self, event: Event, column: Column) -> QIcon | None:
        if column is Column.COMMENT and event.id in self._around.remarked:
            return self._theme.icon(kind_icon(self._around.remarked[event.id]), "text2")
        if column is not Column.CODE:
            return None
        group = self._scheme.ethogram.group_of(event.code)
        is_state = event.end_us != event.start_us
        shape = MarkShape.BAR if is_state else MarkShape(group.shape)
        return mark_icon(self._theme, group.slot, shape)

    def _surroundings(self, coding: Coding) -> Surroundings:
        remarked: dict[EventId, tuple[Comment, ...]] = {}
        for comment in coding.comments:
            if comment.event is not None:
                remarked[comment.event] = (*remarked.get(comment.event, ()), comment)
        return Surroundings(spans=episode_spans(coding, self._scheme.procedure), remarked=remarked)

    def _look_around(self, coding: Coding) -> bool:
        """Take note of what lies around the events; whether the rows were arranged anew for it."""
        around = self._surroundings(coding)
        if around == self._around:
            return False
        self._around = around
        if self._filter.needs_surroundings or self._column is Column.EPISODE:
            self._arrange(coding, falling=self._rows.falling)
            return True
        if len(self._rows):
            last = len(self._rows) - 1
            for column in (Column.EPISODE, Column.COMMENT):
                self.dataChanged.emit(self.index(0, column), self.index(last, column))
        return False

    def _new_rows(self, *, falling: bool) -> Rows:
        passes = self._filter.test(self._scheme, self._words, self._around)
        return Rows(sort_key(self._column, self._words, self._around), passes, falling=falling)

    def _arrange(self, coding: Coding, *, falling: bool) -> None:
        """Put all rows in order again; those that both arrangements share stay where they are."""
        turned = falling != self._rows.falling
        new = self._new_rows(falling=falling)
        new.fill(coding.events, in_order=self._column is Column.START)
        old = self._rows
        head, tail = (0, 0) if turned else shared_ends(old.events, new.events)
        gone = _between(head, len(old) - tail, old)
        if gone is not None:
            self.beginRemoveRows(ROOT, *gone)
            del old.events[head : len(old) - tail]
            self.endRemoveRows()
        come = _between(head, len(new) - tail, new)
        if come is None:
            self._rows = new
            return
        self.beginInsertRows(ROOT, *come)
        self._rows = new
        self.endInsertRows()

    def _replace_or_remove(self, event: Event, added: dict[EventId, Event]) -> None:
        rows = self._rows
        row = rows.row_of(event)
        if row is None:
            return
        new = added.get(event.id)
        place = rows.turned(row)
        if new is not None and rows.shows(new) and rows.same_place(new, event):
            rows.events[place] = added.pop(event.id)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        self.beginRemoveRows(ROOT, row, row)
        del rows.events[place]
        self.endRemoveRows()

    def _insert(self, event: Event) -> None:
        rows = self._rows
        if not rows.shows(event):
            return
        place = rows.place(event)
        row = len(rows) - place if rows.falling else place
        self.beginInsertRows(ROOT, row, row)
        rows.events.insert(place, event)
        self.endInsertRows()


def _between(first: int, end: int, rows: Rows) -> tuple[int, int] | None:
    """The first and last row of a stretch of the order; None when it is empty."""
    if first == end:
        return None
    one, other = rows.turned(first), rows.turned(end - 1)
    return min(one, other), max(one, other)
