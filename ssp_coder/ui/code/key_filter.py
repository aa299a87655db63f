"""Listens for code keys while the code step is in front and nobody is typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ssp_coder.ui.code.keysigns import code_key

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPING = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


def is_typing(widget: QWidget | None) -> bool:
    """Whether plain keys belong to a widget because a person types into it."""
    if isinstance(widget, QComboBox):
        return widget.isEditable() or widget.view().isVisible()
    return isinstance(widget, _TYPING)


class KeyFilter(QObject):
    """Turns presses of code keys into signals before any widget sees them.

    Key repeat is ignored. Enter presses the focused button, since Space plays.
    """

    key_pressed = Signal(str)
    escape_pressed = Signal()
    enter_pressed = Signal()

    def __init__(self, window: QWidget, is_active: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_active = is_active

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or not self._listens():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return False
        return self._take(event)

    def _listens(self) -> bool:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return False
        focus = QApplication.focusWidget()
        inside = focus is None or focus.window() is self._window
        return inside and self._is_active() and not is_typing(focus)

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if event.key() == Qt.Key.Key_Escape:
            return self._escape()
        key = code_key(event)
        if not key:
            return False
        if not event.isAutoRepeat():
            self.key_pressed.emit(key)
        return True

    def _escape(self) -> bool:
        """Esc belongs to the widget with the keyboard while that is in the middle of something."""
        if getattr(QApplication.focusWidget(), "wants_escape", False):
            return False
        self.escape_pressed.emit()
        return True

    def _enter(self) -> bool:
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton):
            focus.click()
            return True
        self.enter_pressed.emit()
        return False
