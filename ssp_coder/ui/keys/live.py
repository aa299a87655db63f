"""The keys in force, and the widgets that print them: what is changed shows everywhere at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ssp_coder.domain.keyset import KeySet
from ssp_coder.ui.keys.words import caps, chord_words
from ssp_coder.ui.main.commands import usual_keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssp_coder.ui.kit.button import PushButton


class LiveKeys(QObject):
    """Which chords carry out which command now; `changed` follows `take`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._usual = usual_keys()
        self._key_set = KeySet()

    @property
    def key_set(self) -> KeySet:
        """The person's own keys."""
        return self._key_set

    @property
    def usual(self) -> dict[str, tuple[str, ...]]:
        """The chords of every command as the program comes."""
        return dict(self._usual)

    def take(self, key_set: KeySet) -> None:
        """Put own keys in force."""
        if key_set != self._key_set:
            self._key_set = key_set
            self.changed.emit()

    def keys_of(self, command: str) -> tuple[str, ...]:
        """The chords of a command; the first is shown.

        Raises:
            KeyError: there is no such command.
        """
        return self._key_set.keys_of(command, self._usual[command])

    def shown(self, command: str) -> str:
        """The chord that is shown for a command, empty when it has none."""
        return next(iter(self.keys_of(command)), "")


def live_keys() -> LiveKeys:
    """The keys in force in this application, which has one keyboard and so one of these."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("keys are asked for before there is an application")
    found = application.findChild(LiveKeys)
    return found if isinstance(found, LiveKeys) else LiveKeys(application)


class _Caps(QObject):
    """Prints the keys of a command on a button."""

    def __init__(self, button: PushButton, command: str) -> None:
        super().__init__(button)
        self._button = button
        self._command = command
        self._keys = live_keys()
        self._keys.changed.connect(self.show_keys)
        self.show_keys()

    def show_keys(self) -> None:
        self._button.set_keys(caps(self._keys.shown(self._command)))


class KeyTip(QObject):
    """Keeps the tool tip of a widget: its words, and the keys of the commands that do the same."""

    def __init__(self, widget: QWidget, words: str, *commands: str) -> None:
        super().__init__(widget)
        self._widget = widget
        self._words = words
        self._commands = commands
        self._keys = live_keys()
        self._keys.changed.connect(self.show_keys)
        self.show_keys()

    def show_words(self, words: str) -> None:
        """Say something else from now on."""
        self._words = words
        self.show_keys()

    def show_keys(self) -> None:
        """Put words and keys into the tip; commands without a key leave it to the words."""
        shown = [self._keys.shown(command) for command in self._commands]
        keys = ", ".join(chord_words(key) for key in shown if key)
        self._widget.setToolTip(f"{self._words} ({keys})" if keys else self._words)


def follow_caps(button: PushButton, command: str) -> None:
    """Let a button print the keys of a command, whatever they become."""
    _Caps(button, command)
