"""Carries out what is done with panels: show, put away, walk, give a window, remember."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ssp_coder.ui.code.panels import PANELS, PICTURE
from ssp_coder.ui.docks.screens import layout_key, other_screen, screen_places

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.docks.area import DockArea
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace

_FULL = Qt.WindowState.WindowFullScreen


class PanelDesk(QObject):
    """Keeps the arrangement of panels for each arrangement of screens."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._came_from_place = False
        window.coding_opened.connect(self._take_workspace)

    @property
    def picture_is_alone(self) -> bool:
        """Whether the picture fills a screen."""
        workspace = self._window.workspace
        if workspace is None or not workspace.work.panels.has_window(PICTURE):
            return False
        return workspace.work.panels.window_of(PICTURE).isFullScreen()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        with_coding = self._window.with_coding
        does: dict[str, Callable[[], None]] = {
            f"panel_{panel}": partial(self._toggle, panel) for panel in PANELS
        }
        return does | {
            "panel_next": with_coding(lambda w: w.work.walk.go(1)),
            "panel_before": with_coding(lambda w: w.work.walk.go(-1)),
            "panel_window": self._toggle_window,
            "panel_away": self._put_away,
            "panels_first": self._arrange_as_first,
            "picture_elsewhere": self._move_picture,
            "picture_alone": self.toggle_alone,
        }

    def toggle_alone(self) -> None:
        """Let the picture fill its screen, or give it back the place it had."""
        workspace = self._window.workspace
        if workspace is None:
            return
        panels = workspace.work.panels
        if not self.picture_is_alone:
            self._came_from_place = not panels.has_window(PICTURE)
            if self._came_from_place and not workspace.shows_video:
                return
            panels.give_window(PICTURE, workspace.stage.screen().geometry())
            window = panels.window_of(PICTURE)
            window.setWindowState(window.windowState() | _FULL)
            window.activateWindow()
        elif self._came_from_place:
            panels.dock(PICTURE)
            self._window.activateWindow()
        else:
            window = panels.window_of(PICTURE)
            window.setWindowState(window.windowState() & ~_FULL)

    def leave_alone(self) -> bool:
        """Esc gives the picture back its place; False when it was not alone."""
        if not self.picture_is_alone:
            return False
        self.toggle_alone()
        return True

    def _take_workspace(self, workspace: Workspace) -> None:
        panels = workspace.work.panels
        panels.arranged.connect(self._show_marks)
        workspace.page_changed.connect(self._show_marks)
        workspace.closed.connect(self._let_go)
        kept = self._window.settings.panels(layout_key(screen_places()))
        if kept is not None:
            panels.bring_back(kept)
        self._show_marks()

    def _let_go(self) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        if self._came_from_place:
            self.leave_alone()
        panels = workspace.work.panels
        self._window.settings.keep_panels(layout_key(screen_places()), panels.arrangement())
        panels.close_windows()

    def _toggle(self, panel: str) -> None:
        """Show a panel in front, or put it away where it is in front already."""
        workspace = self._window.workspace
        if workspace is None:
            return
        was_visible = workspace.work.panels[panel].isVisible()
        panels = self._panels_in_front(workspace)
        if was_visible:
            panels.put_away(panel)
        elif panels.is_shown(panel):
            panels.bring_forward(panel)
        else:
            panels.show_panel(panel)
        self._show_marks()

    def _toggle_window(self) -> None:
        """Give the panel that has the keyboard a window of its own, or put it back."""
        workspace = self._window.workspace
        if workspace is None:
            return
        panel = workspace.work.walk.current()
        if not panel:
            self._window.say(self.tr("Choose a panel first: F6 goes from one to the next."))
            return
        workspace.work.panels.toggle_window(panel)
        workspace.work.walk.enter(panel)

    def _put_away(self) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        panel = workspace.work.walk.current()
        if panel and panel != PICTURE:
            workspace.work.panels.put_away(panel)
            workspace.work.setFocus()

    def _arrange_as_first(self) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            self._panels_in_front(workspace).arrange_as_first()

    def _move_picture(self) -> None:
        """Let the picture fill another screen, or take it back."""
        workspace = self._window.workspace
        if workspace is None:
            return
        panels = workspace.work.panels
        if panels.has_window(PICTURE):
            panels.dock(PICTURE)
            return
        screen = other_screen(self._window)
        if screen is None:
            self._window.say(self.tr("There is no other screen. The picture has its own window."))
        self._came_from_place = False
        panels.give_window(PICTURE, None if screen is None else screen.geometry())

    def _panels_in_front(self, workspace: Workspace) -> DockArea:
        """The panels of the steps that have them; another page makes room for those."""
        panels = workspace.work.panels
        if not panels.step:
            self._window.show_page("code")
        return panels

    def _show_marks(self, _page: object = None) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        for panel in PANELS:
            action = self._window.actions_by_id[f"panel_{panel}"]
            action.setCheckable(True)
            action.setChecked(workspace.work.panels.is_shown(panel))
