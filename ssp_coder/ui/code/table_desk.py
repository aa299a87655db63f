"""The list of events with the fields of the selected one, and what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.editing.edits import ChangeEvent, DeleteEvents
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.ui.code.event_form import EventForm
from ssp_coder.ui.code.event_table import EventTable
from ssp_coder.ui.code.events_model import EventsModel
from ssp_coder.ui.kit.panel import Panel

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event, EventId
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class TableDesk(QObject):
    """Holds the list of events and the form under it.

    Attributes:
        view: the panel with both, to be placed on a page.

    Signals:
        selected: ids of the events that the person selected.
    """

    selected = Signal(object)

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.model = EventsModel(theme, session.scheme, self)
        self.table = EventTable(theme, self.model)
        self.form = EventForm(theme, session.scheme)
        self.view = Panel(theme, self.tr("Events"))
        self._build()
        self.table.selected.connect(self._tell_selected)
        self.table.jump_requested.connect(self.jump_to_event)
        self.table.delete_requested.connect(self.delete)
        self.form.changed.connect(self._change_event)
        self.form.delete_requested.connect(self.delete)

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        self.model.show_coding(self._session.coding)
        self._show_count()

    def follow(self, changed: Changed) -> None:
        """Let rows follow a change."""
        change = changed.record.change
        self.table.show_change(change, changed.coding)
        if change.removed or change.added:
            self._show_count()
            self._show_form(self.table.selected_events())

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
        """Delete events."""
        self._session.submit(DeleteEvents(events=events))

    def jump_to_event(self, event_id: EventId) -> None:
        """Show the moment of an event."""
        self._session.jump_requested.emit(self._session.coding.event(event_id).start_us)

    def set_compact(self, compact: bool) -> None:
        """Give the list more of a low window."""
        self.table.horizontalHeader().setVisible(not compact)
        self.form.set_compact(compact)

    def _tell_selected(self, events: tuple[EventId, ...]) -> None:
        self._show_form(events)
        self.selected.emit(events)

    def _change_event(self, event: Event) -> None:
        try:
            self._session.document.submit(ChangeEvent(event=event), cause=self.form)
        except EditRefusedError as error:
            self.form.show_refusal(str(error))

    def _show_form(self, events: tuple[EventId, ...]) -> None:
        shown = None
        if len(events) == 1:
            shown = next((e for e in self._session.coding.events if e.id == events[0]), None)
        if shown is not None or self.form.event_shown is not None:
            self.form.show_event(shown, locked=self._session.read_only)

    def _show_count(self) -> None:
        self.view.set_note(str(len(self._session.coding.events)))

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.form)
        self.view.set_body(body)
