"""Starts the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.main.settings import Settings, cache_folder
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def application() -> QApplication:
    """The application object, made when there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    made = QApplication(sys.argv[:1])
    made.setApplicationName("ssp_coder")
    made.setOrganizationName("ssp_coder")
    return made


def make_window(app: QApplication, settings: Settings | None = None) -> MainWindow:
    """The window in the person's colours and at its last place, not yet shown."""
    settings = settings or Settings()
    SPOKEN.speak(settings.program_language)
    theme = Theme(settings.scheme, app)
    theme.apply(app)
    window = MainWindow(theme, settings, cache_folder())
    if settings.geometry != QByteArray():
        window.restoreGeometry(settings.geometry)
    return window


def run(paths: Sequence[Path] = ()) -> int:
    """Open the window, with a coding file in it when one is given; returns the exit code."""
    app = application()
    window = make_window(app)
    window.show()
    for path in paths[:1]:
        window.desk.open_path(path)
    return app.exec()
