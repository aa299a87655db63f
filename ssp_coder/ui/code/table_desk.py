"""The list of events with the fields of those selected, and what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import ChangeEvent, ChangeEvents, DeleteEvents
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.ui.code.event_form import EventForm
from ssp_coder.ui.code.event_table import EventTable
from ssp_coder.ui.code.events_model import EventsModel
from ssp_coder.ui.code.table_columns import Column
from ssp_coder.ui.code.table_filter import SHOW_ALL, EventFilter
from ssp_coder.ui.code.table_find import FindLine
from ssp_coder.ui.code.table_many import ManyForm
from ssp_coder.ui.code.table_typed import Frames, TypedEvent
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event, EventId
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class TableDesk(QObject):
    """Holds the list of events, the line that narrows it and the forms under it.

    Attributes:
        view: the panel with all of them, to be placed on a page.

    Signals:
        selected: ids of the events that the person selected.
        said: one sentence about what was done.
    """

    selected = Signal(object)
    said = Signal(str)

    def __init__(
        self, theme: Theme, session: OpenSession, parent: QWidget, stage: Stage | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._typed = TypedEvent(session.scheme)
        if stage is not None:
            self._typed.frames = frames_of(stage.player)
        self.model = EventsModel(theme, session.scheme, self)
        self.view = Panel(theme, self.tr("Events"), parent)
        self._body = QWidget(self.view)
        self.table = EventTable(theme, self.model, self._body)
        self.find = FindLine(theme, session.scheme, self.table, self.view)
        self._forms = QStackedWidget(self._body)
        self.form = EventForm(theme, session.scheme, self._typed, self._forms)
        self.many = ManyForm(theme, session.scheme, self._typed, self._forms)
        self._hint = ""
        self._waiting: EventFilter | None = None
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        self.model.set_locked(self._session.read_only)
        self.model.show_coding(self._session.coding)
        self._show_count()

    def follow(self, changed: Changed) -> None:
        """Let rows follow a change."""
        change = changed.record.change
        if "locked" in change.areas:
            self.model.set_locked(self._session.read_only)
        selected = self.table.selected_events()
        self.table.show_change(change, changed.coding)
        if change.removed or change.added:
            self._note_hidden({event.id for event in change.removed}, change.added)
            self._show_count()
        touched = {event.id for event in change.removed}
        if "locked" in change.areas or not touched.isdisjoint(selected):
            self._show_form(self.table.selected_events())
        self._show_waiting()

    def show_selected(self, events: tuple[EventId, ...]) -> None:
        """Select events that were selected elsewhere."""
        self.table.show_selected(events)
        self._show_form(events)

    def delete_selected(self) -> None:
        """Delete the selected events."""
        events = self.table.selected_events()
        if events:
            self.delete(events)

    def delete(self, events: tuple[EventId, ...]) -> None:
        """Delete events, and say how many."""
        if self._session.submit(DeleteEvents(events=events)):
            words = self.tr("1 event deleted"), self.tr("{0} events deleted")
            self.said.emit(words[len(events) > 1].format(self._number(len(events))))

    def jump_to_event(self, event_id: EventId) -> None:
        """Show the moment of an event."""
        event = self.model.event_of(event_id)
        if event is not None:
            self._session.jump_requested.emit(event.start_us)

    def show_only(self, wanted: EventFilter) -> None:
        """Narrow the list; what is selected and still shown stays selected.

        While the text of an open cell is wrong the list waits, as the row could go and the text
        with it; the keyboard stays where the person filters.
        """
        if not self.table.settle_cell():
            self._waiting = wanted
            self._hint = self.tr("the filter waits until the open cell is right")
            self.find.show_filter(wanted)
            self._show_count()
            return
        self._waiting = None
        self._hint = ""
        with self.table.arranging():
            self.model.set_filter(wanted, self._session.coding)
        self.find.show_filter(self.model.filter)
        self._show_count()

    def sort_by(self, column: Column, falling: bool) -> None:
        """Sort the list by a column; a cell whose text is wrong has to be mended first."""
        if not self.table.leave_cell():
            return
        with self.table.arranging():
            self.model.sort_by(column, falling=falling, coding=self._session.coding)
        self.table.show_order()
        self.table.columns_changed.emit()

    def start_finding(self) -> None:
        """Put the keyboard into the field that narrows the list, wherever there is room for it."""
        self.view.reveal(self.find)
        self.find.focus_field()

    def show_all(self) -> None:
        """Show all events again."""
        self.show_only(SHOW_ALL)

    def select_shown(self) -> None:
        """Select all events that the filter lets through."""
        self.table.selectAll()
        self.table.setFocus()

    def columns(self) -> QByteArray:
        """Which columns are shown, how wide, and by which rows are sorted."""
        return self.table.horizontalHeader().saveState()

    def restore_columns(self, columns: QByteArray) -> None:
        """Show the columns as they were; what cannot be read leaves them as they are."""
        header = self.table.horizontalHeader()
        if header.count() and header.restoreState(columns):
            column = header.sortIndicatorSection()
            falling = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            if 0 <= column < len(Column):
                self.sort_by(Column(column), falling)

    def set_compact(self, compact: bool) -> None:
        """Give the list more of a low window."""
        self.table.horizontalHeader().setVisible(not compact)
        self.form.set_compact(compact)
        self.many.set_compact(compact)

    def _show_waiting(self, *_what: object) -> None:
        """Narrow the list as it was wanted while a cell was open, once that is settled."""
        if self._waiting is not None and not self.table.has_open_cell():
            self.show_only(self._waiting)

    def _tell_selected(self, events: tuple[EventId, ...]) -> None:
        self._show_form(events)
        self.selected.emit(events)

    def _change_event(self, event: Event) -> None:
        wrong = self._write(event)
        if wrong:
            self.form.show_refusal(wrong)

    def _write(self, event: Event) -> str:
        """Put a changed event in its place; why not, or nothing when it was done."""
        try:
            self._session.document.submit(ChangeEvent(event=event), cause=self)
        except EditRefusedError as error:
            return said_error(error)
        return ""

    def _change_events(self, events: tuple[Event, ...]) -> None:
        try:
            self._session.document.submit(ChangeEvents(events=events), cause=self)
        except EditRefusedError as error:
            self.many.show_refusal(said_error(error))
            return
        words = self.tr("1 event changed"), self.tr("{0} events changed")
        self.said.emit(words[len(events) > 1].format(self._number(len(events))))

    def _show_form(self, events: tuple[EventId, ...]) -> None:
        locked = self._session.read_only
        found = [event for event in map(self.model.event_of, events) if event is not None]
        several = len(found) > 1
        self.many.show_events(tuple(found) if several else (), locked=locked)
        one = found[0] if len(found) == 1 else None
        if one is not None or self.form.event_shown is not None:
            self.form.show_event(one, locked=locked)
        self._forms.setCurrentWidget(self.many if several else self.form)

    def _note_hidden(self, known: set[EventId], added: tuple[Event, ...]) -> None:
        """Say it when the filter keeps an event from the list that was just coded."""
        if self._waiting is not None:
            return
        if self.model.filter.is_empty:
            self._hint = ""
            return
        new = [event for event in added if event.id not in known]
        hidden = sum(not self.model.shows(event) for event in new)
        if hidden:
            self._hint = self.tr("{0} new not shown").format(self._number(hidden))
        elif new:
            self._hint = ""

    def _show_count(self) -> None:
        words = self._number(self.model.total)
        if not self.model.filter.is_empty:
            words = self.tr("{0} of {1}").format(self._number(self.model.rowCount()), words)
        self.view.set_note(f"{words}  ·  {self._hint}" if self._hint else words)

    def _number(self, count: int) -> str:
        return self.view.locale().toString(count)

    def _focus_list(self) -> None:
        self.table.setFocus()

    def _connect(self) -> None:
        self.table.cells.typed = self._typed
        self.table.cells.write = self._write
        self.table.cells.closed.connect(self._show_waiting)
        self.table.selected.connect(self._tell_selected)
        self.table.jump_requested.connect(self.jump_to_event)
        self.table.delete_requested.connect(self.delete)
        self.table.order_wanted.connect(self.sort_by)
        self.table.said.connect(self.said)
        header = self.table.horizontalHeader()
        header.customContextMenuRequested.connect(self.find.open_columns)
        self.find.filter_wanted.connect(self.show_only)
        self.find.list_wanted.connect(self._focus_list)
        self.form.changed.connect(self._change_event)
        self.form.delete_requested.connect(self.delete)
        self.many.changed.connect(self._change_events)
        self.many.delete_requested.connect(self.delete)

    def _build(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find.chips)
        column.addWidget(self.table, 1)
        column.addWidget(self._forms)
        self._forms.addWidget(self.form)
        self._forms.addWidget(self.many)
        self.view.add_to_title(self.find)
        self.view.set_body(self._body)


def frames_of(player: Player) -> Frames:
    """The frames of the camera that sets the session's time."""

    def time_of(number: int) -> Micros | None:
        first = player.cameras[0]
        video = first.video
        if video is None or not 0 <= number < len(video.index.stamps):
            return None
        return first.time_of(number)

    return Frames(number_at=player.frame_at, time_of=time_of)
