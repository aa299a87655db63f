"""A line to type in, with one line under it that says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    RING,
    Face,
    Ink,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class FieldWithError(QWidget):
    """A field; an error leaves the typed text and says what, where and the allowed range.

    Emits `text_edited` while the person types, `committed` on Enter or on leaving, and
    `error_changed` when another error, or none, is shown.
    """

    text_edited = Signal(str)
    committed = Signal(str)
    error_changed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._note = ""
        self._frame = _FieldFrame(theme, self)
        self._error = ErrorLine(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self._frame)
        column.addWidget(self._error)
        self.setFocusProxy(self._frame.edit)
        self._frame.edit.textEdited.connect(self.text_edited)
        self._frame.edit.editingFinished.connect(self._commit)
        self.clear_error()

    @property
    def edit(self) -> QLineEdit:
        """The line itself, for a placeholder, a validator or an input hint."""
        return self._frame.edit

    def text(self) -> str:
        """What stands in the field."""
        return self._frame.edit.text()

    def set_text(self, text: str) -> None:
        """Put text into the field, without a signal."""
        self._frame.edit.setText(text)

    def error(self) -> str:
        """The error shown, or an empty text."""
        return self._error.text

    def show_error(self, text: str) -> None:
        """Show what is wrong; the typed text stays."""
        self._show(text)

    def clear_error(self) -> None:
        """Take the error away; its line stays free so that nothing moves."""
        self._show("")

    def note(self) -> str:
        """The quiet words about the value, shown while nothing is wrong."""
        return self._note

    def set_note(self, note: str) -> None:
        """Say something about the value in the line of the error, while there is no error."""
        self._note = note
        self._show(self._error.text)

    def tell_elsewhere(self) -> None:
        """Keep only border and spoken words of an error; somebody else shows it."""
        self._error.hide()

    def set_read_only(self, read_only: bool) -> None:
        """Show the text flat, as in a locked coding."""
        self._frame.edit.setReadOnly(read_only)
        self._frame.update()

    def _show(self, text: str) -> None:
        self._error.show_text(text, self._note)
        self._frame.set_invalid(bool(text))
        describe(self._frame.edit, self._name, text or self._note)
        self.error_changed.emit()

    def _commit(self) -> None:
        self.committed.emit(self.text())


class _FieldFrame(QWidget):
    """Border and focus ring around a frameless line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._invalid = False
        self.edit = QLineEdit(self)
        self.edit.setFrame(False)
        self.edit.setFont(theme.font(FontUse.BODY))
        self.edit.setStyleSheet("border: none; background: transparent; padding: 0;")
        self.edit.installEventFilter(self)
        row = QVBoxLayout(self)
        px = theme.px
        row.setContentsMargins(RING + px(8), RING + px(5), RING + px(8), RING + px(5))
        row.addWidget(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_invalid(self, invalid: bool) -> None:
        self._invalid = invalid
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        painter = painter_of(self)
        rect = self.rect().adjusted(RING, RING, -RING, -RING)
        if self.edit.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        paint_face(painter, rect, self._face())
        painter.end()

    def _face(self) -> Face:
        tokens = self._theme.tokens
        if self._invalid:
            return Face(ground=tokens.panel, border=tokens.err)
        if self.edit.isReadOnly() or not self.edit.isEnabled():
            return Face(ground=tokens.alt, border=tokens.line)
        return Face(ground=tokens.panel, border=tokens.ctl)


class ErrorLine(QWidget):
    """The line that says what is wrong, or something quiet about a value."""

    ACCESSIBLE_ROLE = QAccessible.Role.AlertMessage

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self.text = self._note = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, note: str = "") -> None:
        """Say what is wrong; with nothing wrong the note, if there is one."""
        self.text, self._note = text, note
        describe(self, text)
        self.setToolTip(text or note)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        metrics = QFontMetrics(self._theme.font(FontUse.TABLE))
        return QSize(self._theme.px(80), metrics.height() + self._theme.px(2))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        if self.text:
            self._paint_error()
        elif self._note:
            self._paint_note()

    def _paint_note(self) -> None:
        painter = painter_of(self)
        left = RING + self._theme.px(8)  # under the text of the field
        words = QRect(left, 0, self.width() - left, self.height())
        ink = Ink(colour=self._theme.colour("text2"), font=self._theme.font(FontUse.TABLE))
        paint_text(painter, words, self._note, ink)
        painter.end()

    def _paint_error(self) -> None:
        painter = painter_of(self)
        side = self._theme.px(13)
        icon = self._theme.pixmap("warning", "err", side, self.devicePixelRatioF())
        painter.drawPixmap(RING, (self.height() - side) // 2, icon)
        left = RING + side + self._theme.px(5)
        words = QRect(left, 0, self.width() - left, self.height())
        ink = Ink(colour=self._theme.colour("err"), font=self._theme.font(FontUse.TABLE))
        paint_text(painter, words, self.text, ink)
        painter.end()
