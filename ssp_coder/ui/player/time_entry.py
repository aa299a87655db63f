"""The media time in the bar, and in its place a line to type another time into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.time_label import TimeLabel
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from ssp_coder.ui.theme.theme import Theme


class TimeEntry(QStackedWidget):
    """Shows the time; a click, or `ask`, puts a line there that takes no room of its own.

    Enter emits `typed`; the owner calls `close_entry` when the place was gone to, or `refuse`.
    Esc, or going elsewhere, leaves the time as it was.
    """

    typed = Signal(str)
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = TimeLabel(theme, parent=self)
        self._edit = QLineEdit(self)
        self._came_from: QWidget | None = None
        self._edit.setFont(theme.font(FontUse.BODY))
        self._edit.setFixedHeight(self.time.sizeHint().height())
        self._edit.setStyleSheet("padding: 0px;")
        self._edit.setPlaceholderText("4:12.5")
        self._edit.installEventFilter(self)
        self._edit.textEdited.connect(self._clear_refusal)
        self.addWidget(self.time)
        self.addWidget(self._edit)
        self.setFixedHeight(self.time.sizeHint().height())
        KeyTip(self.time, self.tr("Click to type a time"), "to_time")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        describe(self._edit, self.tr("Go to time"))

    @property
    def edit(self) -> QLineEdit:
        """The line; it is in front while a time is asked for."""
        return self._edit

    @property
    def is_asking(self) -> bool:
        """Whether a time is being typed."""
        return self.currentWidget() is self._edit

    def ask(self) -> None:
        """Put the line in front with the keyboard in it."""
        if not self.is_asking:
            self._came_from = QApplication.focusWidget()
        self._clear_refusal()
        self._edit.setText(self.time.text())
        self._edit.selectAll()
        self.setCurrentWidget(self._edit)
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, reason: str) -> None:
        """Say why the typed text is no place; it stays to be mended."""
        self._mark_invalid(reason)
        self._edit.selectAll()
        self.refused.emit(reason)

    def close_entry(self) -> None:
        """Show the time again and give the keyboard back to where it was."""
        if not self.is_asking:
            return
        self._clear_refusal()
        came_from, self._came_from = self._came_from, None
        self.setCurrentWidget(self.time)
        if came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self.time.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self.time.minimumSizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if watched is self._edit and self.is_asking:
            if isinstance(event, QKeyEvent) and self._is_escape(event):
                self.close_entry()
                return True
            if isinstance(event, QKeyEvent) and self._is_enter(event):
                # A field would let it through, and the page would take it for its own.
                self._commit()
                return True
            if event.type() is QEvent.Type.FocusOut and self._left_for_good():
                self._came_from = None
                self.close_entry()
        return super().eventFilter(watched, event)

    def _is_escape(self, event: QKeyEvent) -> bool:
        return event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape

    def _is_enter(self, event: QKeyEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return event.type() is QEvent.Type.KeyPress and event.key() in keys

    def _left_for_good(self) -> bool:
        """Another part of this window has the keyboard now, not a menu and not another program."""
        focus = QApplication.focusWidget()
        return focus is not None and focus is not self._edit and focus.window() is self.window()

    def _commit(self) -> None:
        self.typed.emit(self._edit.text())

    def _clear_refusal(self, _text: str = "") -> None:
        if self._edit.property("invalid"):
            self._mark_invalid("")
            self.refused.emit("")

    def _mark_invalid(self, reason: str) -> None:
        self._edit.setProperty("invalid", bool(reason))
        self._edit.style().unpolish(self._edit)
        self._edit.style().polish(self._edit)
        describe(self._edit, self.tr("Go to time"), reason)
