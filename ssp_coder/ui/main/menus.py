"""Menus and actions, built from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import chord_words, sign_words
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS, MENU_WORDS, Menu, Needs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

    from ssp_coder.domain.scheme import Keymap, Scheme


def words_of(words: str) -> str:
    """A command's words in the person's language."""
    return QCoreApplication.translate("commands", words)


def menu_title(menu: Menu) -> str:
    """A menu's words in the person's language, without the mark of its key."""
    return words_of(MENU_WORDS[menu]).replace("&", "")


def menu_letter(menu: Menu) -> str:
    """The letter that opens a menu with Alt, in upper case; empty without one."""
    _, mark, after = words_of(MENU_WORDS[menu]).partition("&")
    return after[:1].upper() if mark else ""


class Actions:
    """The actions of a window, by the id of their command; their keys are those in force."""

    def __init__(
        self, window: QMainWindow, bar: QMenuBar, does: Mapping[str, Callable[[], None]]
    ) -> None:
        self._by_id: dict[str, QAction] = {}
        self._needs: dict[str, Needs] = {}
        self._jumps: list[QAction] = []
        self._keys = live_keys()
        self._build(window, bar, does)
        self.show_keys()

    def __getitem__(self, command: str) -> QAction:
        return self._by_id[command]

    def needs(self, command: str) -> Needs:
        """What must be there for a command."""
        return self._needs[command]

    @property
    def jumps(self) -> tuple[QAction, ...]:
        """The commands that go to an episode of the open coding, in its order."""
        return tuple(self._jumps)

    def allow(self, there: frozenset[Needs]) -> None:
        """Let commands be used as far as what they need is there."""
        for command, action in self._by_id.items():
            action.setEnabled(self._needs[command] in there)
        for action in self._jumps:
            action.setEnabled(Needs.PICTURE in there)

    def show_keys(self) -> None:
        """Give every action the keys in force."""
        for command, action in self._by_id.items():
            _give(action, self._keys.keys_of(command))
        for command, action in zip(EPISODE_COMMANDS, self._jumps, strict=False):
            _give(action, self._keys.keys_of(command))

    def add_episodes(
        self, window: QMainWindow, names: tuple[str, ...], go: Callable[[int], None]
    ) -> None:
        """Add one command an episode to the video menu, in place of earlier ones."""
        for action in self._jumps:
            window.removeAction(action)
            action.deleteLater()
        self._jumps = []
        for place, name in enumerate(names[: len(EPISODE_COMMANDS)]):
            action = QAction(words_of("To {0}").format(name), window)
            action.triggered.connect(_going(go, place))
            window.addAction(action)
            self._jumps.append(action)
        self.show_keys()

    def _build(
        self, window: QMainWindow, bar: QMenuBar, does: Mapping[str, Callable[[], None]]
    ) -> None:
        menus = {menu: bar.addMenu(words_of(words)) for menu, words in MENU_WORDS.items()}
        inner: dict[str, QMenu] = {}
        for command in COMMANDS:
            action = QAction(words_of(command.words), window)
            action.setAutoRepeat(command.repeats)
            action.triggered.connect(_plain(does[command.id]))
            home = menus[command.menu]
            if command.under:
                if command.under not in inner:
                    home.addSeparator()
                    inner[command.under] = home.addMenu(words_of(command.under))
                home = inner[command.under]
            if command.after_line:
                home.addSeparator()
            home.addAction(action)
            self._by_id[command.id] = action
            self._needs[command.id] = command.needs


def _give(action: QAction, keys: tuple[str, ...]) -> None:
    wanted = [QKeySequence(key) for key in keys]
    if action.shortcuts() != wanted:
        action.setShortcuts(wanted)


def _plain(do: Callable[[], None]) -> Callable[[bool], None]:
    def run(_checked: bool) -> None:
        do()

    return run


def _going(go: Callable[[int], None], place: int) -> Callable[[bool], None]:
    def run(_checked: bool) -> None:
        go(place)

    return run


def key_list(
    scheme: Scheme | None, keymap: Keymap | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every key in force as headed lists of key and words: commands, then codes.

    Args:
        scheme: with its codes; None leaves codes out.
        keymap: the keys in force where they are not the scheme's own.
    """
    keys = live_keys()
    lists = [
        (
            menu_title(menu),
            [
                (chord_words(keys.shown(c.id)), words_of(c.words))
                for c in COMMANDS
                if c.menu is menu and keys.keys_of(c.id)
            ],
        )
        for menu in Menu
    ]
    if scheme is not None:
        keymap = keymap or scheme.keymap
        for group in scheme.ethogram.groups:
            signs = [(keymap.key_for(code.id), str(code.title)) for code in group.codes]
            rows = [(sign_words(sign), words) for sign, words in signs if sign]
            lists.append((str(group.title), rows))
    return [(head, rows) for head, rows in lists if rows]
