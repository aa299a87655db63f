"""Opens the window in which disagreements are settled, one at a time, and lets it go again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.consensus.window import ConsensusWindow
    from ssp_coder.ui.main.window import MainWindow


class ConsensusDesk(QObject):
    """What the command of settling does; its window is loaded when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: ConsensusWindow | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does."""
        return {"consensus": self.open}

    def open(self) -> None:
        """Show the window, or bring it to the front."""
        from ssp_coder.ui.agreement.work import Shelf
        from ssp_coder.ui.consensus.window import ConsensusWindow

        if self.shown is None:
            window, settings = self._window, self._window.settings
            shelf = Shelf(
                folders=settings.instrument_folders, language=settings.instrument_language
            )
            self.shown = ConsensusWindow(window.theme, shelf, window.cache_folder, window)
            self.shown.who = settings.who or "lead"
            self.shown.video_of = settings.video_of
            self.shown.coding_wanted.connect(self._open_coding)
            self.shown.finished.connect(self._forget)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    def close(self) -> bool:
        """Close the window; False while something is not on the disk."""
        return self.shown is None or self.shown.close()

    def _open_coding(self, path: object) -> None:
        if isinstance(path, Path):
            self._window.desk.open_path(path)

    def _forget(self) -> None:
        if self.shown is not None:
            self.shown.deleteLater()
            self.shown = None
