"""Listens for code keys while the code step is in front and nobody is typing."""

from __future__ import annotations

from contextlib import contextmanager
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

from ssp_coder.ui.code.keysigns import code_key, place_of, without_shift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TYPING = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


def is_typing(widget: QWidget | None) -> bool:
    """Whether plain keys belong to a widget because a person types into it."""
    if isinstance(widget, QComboBox):
        return widget.isEditable() or widget.view().isVisible()
    return isinstance(widget, _TYPING)


_HEEDED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.WindowDeactivate,
        QEvent.Type.FocusIn,
    }
)


def home_window(widget: QWidget) -> QWidget:
    """The window that a widget belongs to; a panel's own window belongs to the main one."""
    window = widget.window()
    home = getattr(window, "home", None)
    return home.window() if isinstance(home, QWidget) else window


class KeyFilter(QObject):
    """Turns presses of code keys into signals before any widget sees them.

    Key repeat is ignored. Enter presses the focused button, since Space plays. Whatever takes the
    keyboard away, another window, a dialog, a field to type in or Esc, lets all keys go: no key
    seems to be held that went up unseen.

    Signals:
        key_pressed: a code key went down.
        key_released: it went up, also where Shift was let go before it.
        all_released: every key counts as up from now on.
    """

    key_pressed = Signal(str)
    key_released = Signal(str)
    all_released = Signal()
    escape_pressed = Signal()
    enter_pressed = Signal()

    def __init__(self, window: QWidget, is_active: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_active = is_active
        self._down: dict[str, str] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() not in _HEEDED:
            return False
        if isinstance(event, QKeyEvent):
            return self._heed_key(event)
        if event.type() == QEvent.Type.WindowDeactivate:
            if isinstance(watched, QWidget) and self._is_ours(watched):
                self.release_all()
        elif isinstance(watched, QWidget) and is_typing(watched):
            self.release_all()
        return False

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Listen to nothing meanwhile, then let every key go.

        To be used where no key can come in: a page that is built sends thousands of events, and
        to hear each of them takes longer than to build it.
        """
        application = QApplication.instance()
        if application is None:
            yield
            return
        application.removeEventFilter(self)
        try:
            yield
        finally:
            application.installEventFilter(self)
            self.release_all()

    def release_all(self) -> None:
        """Let every key count as up."""
        self._down.clear()
        self.all_released.emit()

    def _is_ours(self, widget: QWidget) -> bool:
        """Whether it is the window itself, or one of a panel that belongs to it."""
        return widget.isWindow() and home_window(widget) is self._window

    def _heed_key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:
            return self._release(event)
        if event.type() == QEvent.Type.ShortcutOverride or not self._listens():
            return False
        return self._take(event)

    def _listens(self) -> bool:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return False
        focus = QApplication.focusWidget()
        inside = focus is None or home_window(focus) is self._window
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
            self._down[without_shift(key)] = key
            self.key_pressed.emit(key)
        return True

    def _release(self, event: QKeyEvent) -> bool:
        """A key goes up where it went down, whoever has the keyboard and whatever is held now."""
        place = place_of(event)
        if place not in self._down:
            return False
        if not event.isAutoRepeat():
            self.key_released.emit(self._down.pop(place))
        return True

    def _escape(self) -> bool:
        """Esc belongs to the widget with the keyboard while that is in the middle of something."""
        self.release_all()
        if getattr(QApplication.focusWidget(), "wants_escape", False):
            return False
        self.escape_pressed.emit()
        return True

    def _enter(self) -> bool:
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton):
            focus.click()
            return True
        if getattr(focus, "wants_escape", False):
            return False  # in the middle of something, which Enter ends there
        self.enter_pressed.emit()
        return False
