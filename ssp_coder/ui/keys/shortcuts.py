"""Shortcuts of a window of its own: what is a command elsewhere has the person's keys here too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ssp_coder.ui.keys.live import live_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowKey:
    """Something that a key does in a window.

    Attributes:
        act: what it does.
        command: whose keys in force carry it out, empty for a key of this window alone.
        key: the key of this window alone; it rests while a command of the window has it.
        over: the widget that must have the keyboard, None for the whole window.
    """

    act: Callable[[], None]
    command: str = ""
    key: str = ""
    over: QWidget | None = None


class WindowKeys(QObject):
    """Keeps the shortcuts of a window as the keys in force are."""

    def __init__(self, window: QWidget, keys: tuple[WindowKey, ...]) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys
        self._made: list[QShortcut] = []
        self._live = live_keys()
        self._live.changed.connect(self._make)
        self._make()

    def _make(self) -> None:
        while self._made:
            gone = self._made.pop()
            gone.setEnabled(False)
            gone.deleteLater()
        taken: set[str] = set()
        for key in self._keys:
            for chord in self._live.keys_of(key.command) if key.command else ():
                taken.add(_plain(chord))
                self._add(key, chord)
        for key in self._keys:
            if key.key and _plain(key.key) not in taken:
                self._add(key, key.key)

    def _add(self, key: WindowKey, chord: str) -> None:
        shortcut = QShortcut(QKeySequence(chord), key.over or self._window)
        contexts = Qt.ShortcutContext
        whole = contexts.WindowShortcut if key.over is None else contexts.WidgetShortcut
        shortcut.setContext(whole)
        shortcut.activated.connect(key.act)
        self._made.append(shortcut)


def _plain(chord: str) -> str:
    """A chord as Qt writes it, whatever its spelling."""
    return QKeySequence(chord).toString(QKeySequence.SequenceFormat.PortableText)
