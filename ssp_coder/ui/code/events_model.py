"""The events of a coding as table rows, newest first; rows come and go one by one."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.session import episode_id_at, episode_spans
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.editing.change import event_order
from ssp_coder.ui.kit.marks import MarkShape, mark_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.session import EpisodeSpan
    from ssp_coder.editing.change import Change
    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    START = 0
    LENGTH = 1
    CODE = 2
    DETAIL = 3
    EPISODE = 4
    COMMENT = 5


def event_detail(event: Event, scheme: Scheme) -> str:
    """Person, where it is not the infant, and modifiers, in short words."""
    words = []
    if event.subject != scheme.procedure.focal_subject:
        words.append(scheme.procedure.person(event.subject).title.within)
    for modifier_id, value_id in event.modifiers:
        modifier = scheme.ethogram.modifier(modifier_id)
        title = next((v.title.within for v in modifier.values if v.id == value_id), value_id)
        words.append(f"{modifier.title.within} {title}")
    return ", ".join(words)


def length_text(event: Event) -> str:
    """Seconds with two digits, ``open`` for a running state, nothing for a point."""
    if event.end_us is None:
        return "open"
    if event.end_us == event.start_us:
        return ""
    return f"{(event.end_us - event.start_us) / SECOND_US:.2f}"


class EventsModel(QAbstractTableModel):
    """Shows events in the order of `Coding.events`, last one on top."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._events: list[Event] = []
        self._spans: tuple[EpisodeSpan, ...] = ()
        self._keep: Callable[[Event], bool] | None = None
        self._headers = {
            Column.START: self.tr("Start"),
            Column.LENGTH: self.tr("Length s"),
            Column.CODE: self.tr("Code"),
            Column.DETAIL: self.tr("Detail"),
            Column.EPISODE: self.tr("Ep."),
            Column.COMMENT: self.tr("Comment"),
        }

    def show_coding(self, coding: Coding) -> None:
        """Show another coding or filter; the only reset, never used while coding."""
        self.beginResetModel()
        keep = self._keep
        self._events = [event for event in coding.events if keep is None or keep(event)]
        self._spans = episode_spans(coding, self._scheme.procedure)
        self.endResetModel()

    def set_filter(self, keep: Callable[[Event], bool] | None, coding: Coding) -> None:
        """Show only events that pass, or all of them."""
        self._keep = keep
        self.show_coding(coding)

    def show_change(self, change: Change, coding: Coding) -> None:
        """Follow one change; an edited event keeps its row where its order allows."""
        if change.fields:
            self._show_spans(coding)
        added = {event.id: event for event in change.added}
        for event in change.removed:
            self._replace_or_remove(event, added)
        for event in added.values():
            self._insert(event)

    def event_at(self, row: int) -> Event:
        """The event in a row."""
        return self._events[len(self._events) - 1 - row]

    def row_of(self, event_id: EventId) -> int | None:
        """The row of an event, None when it is not shown."""
        for place, event in enumerate(self._events):
            if event.id == event_id:
                return len(self._events) - 1 - place
        return None

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._events)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802, D102 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[Column(section)]
        return None

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        event = self.event_at(index.row())
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(event, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.CODE:
            return self._icon(event)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.START, Column.LENGTH):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(event)
        return None

    def _text(self, event: Event, column: Column) -> str:
        if column is Column.START:
            return short_clock_text(event.start_us)
        if column is Column.LENGTH:
            return length_text(event)
        if column is Column.CODE:
            return str(self._scheme.ethogram.code(event.code).short)
        if column is Column.DETAIL:
            return event_detail(event, self._scheme)
        if column is Column.EPISODE:
            return episode_id_at(self._spans, event.start_us) or ""
        return event.comment

    def _sentence(self, event: Event) -> str:
        code = self._scheme.ethogram.code(event.code)
        group = self._scheme.ethogram.group(code.group)
        parts = [
            f"{group.title}: {code.title}",
            short_clock_text(event.start_us, digits=3),
            event_detail(event, self._scheme),
            event.comment,
        ]
        return ", ".join(part for part in parts if part)

    def _icon(self, event: Event) -> QIcon:
        group = self._scheme.ethogram.group_of(event.code)
        is_state = event.end_us != event.start_us
        return mark_icon(
            self._theme, group.slot, MarkShape.BAR if is_state else MarkShape(group.shape)
        )

    def _show_spans(self, coding: Coding) -> None:
        spans = episode_spans(coding, self._scheme.procedure)
        if spans != self._spans:
            self._spans = spans
            if self._events:
                column = Column.EPISODE
                self.dataChanged.emit(
                    self.index(0, column), self.index(len(self._events) - 1, column)
                )

    def _place(self, event: Event) -> int:
        return bisect_left(self._events, event_order(event), key=event_order)

    def _replace_or_remove(self, event: Event, added: dict[EventId, Event]) -> None:
        place = self._place(event)
        if place == len(self._events) or self._events[place].id != event.id:
            return
        row = len(self._events) - 1 - place
        new = added.get(event.id)
        shown = new is not None and (self._keep is None or self._keep(new))
        if new is not None and shown and event_order(new) == event_order(event):
            self._events[place] = added.pop(event.id)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        self.beginRemoveRows(ROOT, row, row)
        del self._events[place]
        self.endRemoveRows()

    def _insert(self, event: Event) -> None:
        if self._keep is not None and not self._keep(event):
            return
        place = self._place(event)
        row = len(self._events) - place
        self.beginInsertRows(ROOT, row, row)
        self._events.insert(place, event)
        self.endInsertRows()
