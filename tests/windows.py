"""Ends the windows that a test opened, and takes back what they did to the application."""

from __future__ import annotations

from collections.abc import Iterable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget


def open_windows() -> list[QWidget]:
    app = QApplication.instance()
    return app.topLevelWidgets() if isinstance(app, QApplication) else []


def close_all_windows(but: Iterable[QWidget] = ()) -> None:
    """Close every other window and undress the application."""
    close_windows(but)
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.styleSheet():
        app.setStyleSheet("")
        app.setPalette(QPalette())


def close_windows(but: Iterable[QWidget] = ()) -> None:
    """Close every other window; what the application wears stays."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    kept = {id(widget) for widget in but}
    for widget in app.topLevelWidgets():
        if id(widget) in kept:
            continue
        if shiboken6.isValid(widget) and widget.parent() is None:
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
