"""Carries out what the menus offer for the list of events, and remembers its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.code.panels import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.code.table_desk import TableDesk
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace


class EventListDesk(QObject):
    """Finds, narrows and selects in the list of events of the open coding."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.coding_opened.connect(self._take_workspace)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {
            "find_events": self._find,
            "all_events": self._show_all,
            "select_events": self._select_shown,
            "event_columns": self._choose_columns,
        }

    def _list(self) -> TableDesk | None:
        """The list, brought into sight wherever it was; None while no coding is open."""
        workspace = self._window.workspace
        if workspace is None:
            return None
        if workspace.current != Step.CODE:
            self._window.show_page(Step.CODE)
        panels = workspace.work.panels
        if not panels.is_shown(EVENTS):
            panels.show_panel(EVENTS)
        panels.bring_forward(EVENTS)
        if panels.has_window(EVENTS):
            panels.window_of(EVENTS).activateWindow()
        return workspace.work.events

    def _find(self) -> None:
        events = self._list()
        if events is not None:
            events.start_finding()

    def _show_all(self) -> None:
        events = self._list()
        if events is not None:
            events.show_all()

    def _select_shown(self) -> None:
        events = self._list()
        if events is not None:
            events.select_shown()

    def _choose_columns(self) -> None:
        events = self._list()
        if events is not None:
            events.find.open_columns()

    def _take_workspace(self, workspace: Workspace) -> None:
        events = workspace.work.events
        events.said.connect(self._window.say)
        events.restore_columns(self._window.settings.event_columns)
        events.table.columns_changed.connect(self._keep_columns)

    def _keep_columns(self) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            self._window.settings.event_columns = workspace.work.events.columns()
