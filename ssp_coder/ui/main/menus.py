"""Menus and actions, built from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from ssp_coder.ui.main.commands import COMMANDS, EPISODE_KEYS, Menu, Needs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMainWindow, QMenuBar

    from ssp_coder.domain.scheme import Scheme

_MENU_WORDS = {
    Menu.FILE: "&File",
    Menu.EDIT: "&Edit",
    Menu.CODING: "&Coding",
    Menu.PLAY: "&Play",
    Menu.GO: "&Go",
    Menu.VIDEO: "&Video",
    Menu.VIEW: "V&iew",
    Menu.INSTRUMENTS: "I&nstruments",
    Menu.HELP: "&Help",
}


def words_of(words: str) -> str:
    """A command's words in the person's language."""
    return QCoreApplication.translate("commands", words)


class Actions:
    """The actions of a window, by the id of their command."""

    def __init__(
        self, window: QMainWindow, bar: QMenuBar, does: Mapping[str, Callable[[], None]]
    ) -> None:
        self._by_id: dict[str, QAction] = {}
        self._needs: dict[str, Needs] = {}
        self._jumps: list[QAction] = []
        self._build(window, bar, does)

    def __getitem__(self, command: str) -> QAction:
        return self._by_id[command]

    def allow(self, there: frozenset[Needs]) -> None:
        """Let commands be used as far as what they need is there."""
        for command, action in self._by_id.items():
            action.setEnabled(self._needs[command] in there)
        for action in self._jumps:
            action.setEnabled(Needs.PICTURE in there)

    def add_episodes(
        self, window: QMainWindow, names: tuple[str, ...], go: Callable[[int], None]
    ) -> None:
        """Add one command an episode to the video menu, in place of earlier ones."""
        for action in self._jumps:
            window.removeAction(action)
            action.deleteLater()
        self._jumps = []
        for place, name in enumerate(names[: len(EPISODE_KEYS)]):
            action = QAction(words_of("To {0}").format(name), window)
            action.setShortcut(QKeySequence(EPISODE_KEYS[place]))
            action.triggered.connect(_going(go, place))
            window.addAction(action)
            self._jumps.append(action)

    def _build(
        self, window: QMainWindow, bar: QMenuBar, does: Mapping[str, Callable[[], None]]
    ) -> None:
        menus = {menu: bar.addMenu(words_of(words)) for menu, words in _MENU_WORDS.items()}
        for command in COMMANDS:
            action = QAction(words_of(command.words), window)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setAutoRepeat(command.repeats)
            action.triggered.connect(_plain(does[command.id]))
            if command.after_line:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(action)
            self._by_id[command.id] = action
            self._needs[command.id] = command.needs


def _plain(do: Callable[[], None]) -> Callable[[bool], None]:
    def run(_checked: bool) -> None:
        do()

    return run


def _going(go: Callable[[int], None], place: int) -> Callable[[bool], None]:
    def run(_checked: bool) -> None:
        go(place)

    return run


def key_list(scheme: Scheme | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every key in force as headed lists of key and words, for the list of keys."""
    lists = [
        (
            str(menu.value),
            [(c.keys[0], words_of(c.words)) for c in COMMANDS if c.menu is menu and c.keys],
        )
        for menu in Menu
    ]
    if scheme is not None:
        for group in scheme.ethogram.groups:
            keys = [(scheme.keymap.key_for(code.id), str(code.title)) for code in group.codes]
            lists.append((str(group.title), [(key.upper(), words) for key, words in keys if key]))
    return [(head, rows) for head, rows in lists if rows]
