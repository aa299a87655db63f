"""Carries out the commands about the selected events and about what the timeline shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from ssp_coder.ui.kit.accessible import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.code.arranging import Arranging
    from ssp_coder.ui.code.timeline_desk import TimelineDesk
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace

ZOOM = 2.0
"""So many times less, or more, a command of the menu shows."""

MENU = (
    ("split", "merge", "copy_events"),
    ("start_here", "stop_here"),
    ("select_more", "zoom_selection", "loop_event"),
    ("delete",),
)
"""What the timeline's own menu offers, with lines between; what deletes stands apart."""


class ArrangingDesk(QObject):
    """Lets the commands of the table work on the timeline while a page shows it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.menu: QMenu | None = None
        window.coding_opened.connect(self._take_workspace)

    def _take_workspace(self, workspace: Workspace) -> None:
        workspace.work.timeline.menu_requested.connect(self._show_menu)

    def _show_menu(self, at: QPoint) -> None:
        """Offer what can be done with the selected events, each with its key."""
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self._window)
        describe(menu, self.tr("Selected events"))
        for part in MENU:
            if menu.actions():
                menu.addSeparator()
            for command in part:
                menu.addAction(self._window.actions_by_id[command])
        menu.popup(at)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return self._edits() | self._moves() | self._views()

    def _edits(self) -> dict[str, Callable[[], None]]:
        line = self._line
        return {
            "split": self._edit(lambda act: act.split()),
            "merge": self._edit(lambda act: act.merge()),
            "copy_events": line(lambda held: held.ask_where_to_copy()),
            "select_before": line(lambda held: held.select(-1)),
            "select_after": line(lambda held: held.select(1)),
            "extend_before": line(lambda held: held.select(-1, extend=True)),
            "extend_after": line(lambda held: held.select(1, extend=True)),
            "select_more": line(lambda held: held.select_more()),
        }

    def _moves(self) -> dict[str, Callable[[], None]]:
        edit = self._edit
        return {
            "move_earlier": edit(lambda act: act.move_frames(-1)),
            "move_later": edit(lambda act: act.move_frames(1)),
            "move_second_earlier": edit(lambda act: act.move_seconds(-1)),
            "move_second_later": edit(lambda act: act.move_seconds(1)),
            "start_here": edit(lambda act: act.start_here()),
            "stop_here": edit(lambda act: act.end_here()),
            "start_earlier": edit(lambda act: act.move_start(-1)),
            "start_later": edit(lambda act: act.move_start(1)),
            "stop_earlier": edit(lambda act: act.move_end(-1)),
            "stop_later": edit(lambda act: act.move_end(1)),
        }

    def _views(self) -> dict[str, Callable[[], None]]:
        return {
            "zoom_selection": self._line(lambda held: held.timeline.show_selection()),
            "zoom_in": self._line(lambda held: held.timeline.zoom_by(ZOOM)),
            "zoom_out": self._line(lambda held: held.timeline.zoom_by(1 / ZOOM)),
        }

    def _edit(self, do: Callable[[Arranging], object]) -> Callable[[], None]:
        return self._line(lambda held: do(held.arranging))

    def _line(self, do: Callable[[TimelineDesk], object]) -> Callable[[], None]:
        """Do something with the timeline where it is in front; say so where it is not."""

        def run() -> None:
            workspace = self._window.workspace
            if workspace is None:
                return
            line = workspace.work.line
            if line.view.isVisible():
                do(line)
            else:
                self._window.say(self.tr("The timeline is shown in Prepare and Code"))

        return run
