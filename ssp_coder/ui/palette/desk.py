"""Opens the list of everything and does what is chosen in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.domain.coding import EventId
from ssp_coder.ui.keys.live import follow_caps
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.main.commands import EPISODE_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.palette.entry import Further
    from ssp_coder.ui.palette.palette import Palette

NARROW_PX = 1000
"""In narrower windows the menus need the room of the button's words."""

REMEMBERED = ("command", "code", "help")
"""Kinds of ids that are offered first the next time; files have a list of their own."""


class PaletteDesk(QObject):
    """Lets the window be searched. The picture rests meanwhile: a code means the frame seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._palette: Palette | None = None
        self._button: PushButton | None = None
        self._came_from: QWidget | None = None
        self._was_playing = False

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {"find": self.open}

    def button(self, parent: QWidget) -> PushButton:
        """The button that opens the list and shows its key."""
        button = PushButton(self._window.theme, self.tr("Find anything"), parent=parent)
        button.set_icon_name("search")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        follow_caps(button, "find")
        button.clicked.connect(self.open)
        self._button = button
        self._window.installEventFilter(self)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._fit_button()
        return False

    def _fit_button(self) -> None:
        """In a narrow window the icon and the key stand for the words."""
        if self._button is None:
            return
        narrow = self._window.width() < self._window.theme.px(NARROW_PX)
        name = self.tr("Find anything")
        self._button.set_words("" if narrow else name)
        self._button.set_name(name)

    @property
    def palette(self) -> Palette:
        """The list, made when it is asked for the first time."""
        if self._palette is None:
            from ssp_coder.ui.palette.palette import Palette

            self._palette = Palette(self._window.theme, self._window)
            self._palette.chosen.connect(self._take)
            self._palette.key_wanted.connect(self._change_key)
            self._palette.left.connect(self._leave)
        return self._palette

    def open(self) -> None:
        """Show everything that can be found."""
        from ssp_coder.ui.palette.sources import entries_of

        palette = self.palette
        if palette.isVisible():
            return
        self._came_from = QApplication.focusWidget()
        entries = entries_of(self._window)
        workspace = self._window.workspace
        self._was_playing = workspace is not None and workspace.player.playing
        if workspace is not None and self._was_playing:
            workspace.player.pause()
        palette.ask(entries, self._window.settings.found_last, self._further)

    def _further(self, typed: str) -> Further:
        from ssp_coder.ui.palette.sources import further

        return further(self._window, typed)

    def _leave(self) -> None:
        """Everything goes on as before."""
        self._give_back()
        self._play_on()

    def _play_on(self) -> None:
        """What was playing plays again."""
        workspace = self._window.workspace
        if self._was_playing and workspace is not None:
            workspace.player.play()

    def _give_back(self) -> None:
        """Put the keyboard where it was."""
        widget, self._came_from = self._came_from, None
        if widget is not None and shiboken6.isValid(widget) and widget.isVisible():
            widget.setFocus()
        elif self._window.workspace is not None:
            self._window.workspace.setFocus()

    def _take(self, entry: str) -> None:
        self._give_back()
        kind, _, name = entry.partition(":")
        if kind in REMEMBERED:
            self._window.settings.note_found(entry)
        does: dict[str, Callable[[str], None]] = {
            "command": self._run_command,
            "code": self._record,
            "time": self._go_to_time,
            "event": self._go_to_event,
            "open": self._open_coding,
            "help": self._show_help,
        }
        does[kind](name)

    def _run_command(self, command: str) -> None:
        """Do what its key would do, to a picture that plays when it played before."""
        self._play_on()
        actions = self._window.actions_by_id
        if command in EPISODE_COMMANDS:
            actions.jumps[EPISODE_COMMANDS.index(command)].trigger()
        else:
            actions[command].trigger()

    def _record(self, code: str) -> None:
        """Record a code at the frame on the screen; what was playing plays on."""
        workspace = self._window.workspace
        if workspace is None:
            return
        workspace.work.coding.click_code(code)
        self._play_on()

    def _go_to_time(self, at_us: str) -> None:
        if self._window.workspace is not None:
            self._window.workspace.stage.moves.go_to(int(at_us))

    def _go_to_event(self, name: str) -> None:
        workspace = self._window.workspace
        event = EventId(int(name))
        if workspace is not None:
            workspace.session.jump_requested.emit(workspace.session.coding.event(event).start_us)
            workspace.work.events.show_selected((event,))
            workspace.work.timeline.set_selected((name,))

    def _open_coding(self, path: str) -> None:
        self._window.desk.open_path(Path(path))

    def _show_help(self, chapter: str) -> None:
        self._window.desk.handbook.open_chapter(chapter)

    def _change_key(self, entry: str) -> None:
        """Change the key of what is chosen; things without a key leave the list open."""
        kind, _, name = entry.partition(":")
        if kind not in ("command", "code"):
            return
        self.palette.hide()
        self._give_back()
        self._window.desk.keys.ask(name if kind == "command" else entry)
