"""Carries out what is done with keys: kept on this computer, put in force, changed, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.ui.keys.live import live_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.keyset import KeySet
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace


class KeyDesk(QObject):
    """Keeps the person's own keys and lets the window and the open coding follow them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._keys = live_keys()
        self._keys.take(window.settings.key_set.settled(self._keys.usual))
        self._keys.changed.connect(self._follow)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return {"own_keys": self.ask, "key_card": self.show_card}

    def take_workspace(self, workspace: Workspace) -> None:
        """Give a coding that was put into the window the person's own keys."""
        scheme = workspace.session.scheme
        keymap = self._keys.key_set.laid_over(scheme.keymap, scheme.ethogram)
        workspace.session.set_keymap(keymap)

    def keep(self, key_set: KeySet) -> None:
        """Put own keys in force from now on, also in later sittings."""
        self._window.settings.key_set = key_set
        self._keys.take(key_set)

    def ask(self, chosen: str = "") -> None:
        """Let the person change keys.

        Args:
            chosen: a command, or a code as ``code:`` and its id, to begin at.
        """
        from ssp_coder.ui.keys.dialog import KeysDialog

        workspace = self._window.workspace
        session = None if workspace is None else workspace.session
        if workspace is not None:
            workspace.player.pause()
        dialog = KeysDialog(self._window.theme, self._keys.key_set, session, self._window)
        dialog.choose(chosen)
        dialog.kept.connect(self.keep)
        dialog.exec()
        dialog.deleteLater()

    def show_card(self) -> None:
        """Show the printable card of all keys."""
        from ssp_coder.ui.keys.card_dialog import CardDialog

        workspace = self._window.workspace
        session = None if workspace is None else workspace.session
        dialog = CardDialog(self._window.theme, session, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _follow(self) -> None:
        self._window.actions_by_id.show_keys()
        if self._window.workspace is not None:
            self.take_workspace(self._window.workspace)
