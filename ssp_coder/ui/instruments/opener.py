"""Opens the instrument browser, one at a time, and lets it go with the coding it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.instruments.window import InstrumentsWindow
    from ssp_coder.ui.main.window import MainWindow


class InstrumentBrowser(QObject):
    """What the command of the browser does; its window is loaded when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: InstrumentsWindow | None = None
        window.coding_opened.connect(self.close)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does."""
        return {"instruments": self.open}

    def open(self) -> None:
        """Show the browser on the open coding's instruments, or bring it to the front."""
        from ssp_coder.ui.instruments.window import InstrumentsWindow, Shelf

        if self.shown is None:
            window = self._window
            session = None if window.workspace is None else window.workspace.session
            settings = window.settings
            shelf = Shelf(
                folders=settings.instrument_folders, language=settings.instrument_language
            )
            self.shown = InstrumentsWindow(window.theme, session, shelf, window)
            self.shown.finished.connect(self._forget)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    def close(self, _opened: object = None) -> None:
        """Close the browser, for instance since its coding is closed."""
        if self.shown is not None:
            self.shown.close()

    def _forget(self) -> None:
        if self.shown is not None:
            self.shown.deleteLater()
            self.shown = None
