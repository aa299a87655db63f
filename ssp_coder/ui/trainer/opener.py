"""Opens the trainer's desk, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.trainer.window import TrainerWindow


class TrainerBench(QObject):
    """What the command of the desk does; its window is loaded when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: TrainerWindow | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does."""
        return {"trainer": self.open}

    def open(self) -> None:
        """Show the desk, or bring it to the front."""
        from ssp_coder.ui.trainer.window import TrainerWindow

        if self.shown is None:
            window = self._window
            settings = window.settings
            self.shown = TrainerWindow(
                window.theme,
                who=settings.who,
                folders=settings.instrument_folders,
                language=settings.instrument_language,
                parent=window,
            )
            self.shown.finished.connect(self._forget)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    def close(self) -> None:
        """Close the desk."""
        if self.shown is not None:
            self.shown.close()

    def _forget(self) -> None:
        if self.shown is not None:
            self.shown.deleteLater()
            self.shown = None
