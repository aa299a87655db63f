"""Typing into a cell of the list: words complete themselves, a mistake is told where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ssp_coder.ui.code.table_columns import Column, column_name
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPersistentModelIndex

    from ssp_coder.domain.coding import Event, EventId
    from ssp_coder.ui.code.events_model import EventsModel
    from ssp_coder.ui.code.table_typed import TypedEvent
    from ssp_coder.ui.theme.theme import Theme

    Write = Callable[[Event], str]

_DONE = QAbstractItemDelegate.EndEditHint.NoHint
_STEPS = {
    Qt.Key.Key_Return: 0,
    Qt.Key.Key_Enter: 0,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}
_AWAY = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class CellField(QLineEdit):
    """The open cell of one event; what is wrong stands in a line under it."""

    def __init__(self, theme: Theme, column: Column, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.event_id: EventId | None = None
        self._name = column_name(column)
        self._theme = theme
        self._room = parent
        self._error = QLabel(parent)
        self._error.setFont(theme.font(FontUse.TABLE))
        self._error.setAutoFillBackground(True)
        self._error.setMargin(theme.px(4))
        self._error.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._error.hide()
        self.destroyed.connect(self._error.deleteLater)
        self.setFont(theme.font(FontUse.TABLE))
        self.setStyleSheet(f"padding: 0 {theme.px(3)}px; border-radius: 0;")
        describe(self, self._name)

    def error(self) -> str:
        """What is wrong with the text, empty while nothing is."""
        return "" if self._error.isHidden() else self._error.text()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; the typed text stays."""
        palette = QPalette(self._error.palette())
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("errsoft"))
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour("err"))
        self._error.setPalette(palette)
        self._error.setText(sentence)
        self._error.adjustSize()
        self._error.move(self._place())
        self._error.setVisible(bool(sentence))
        self._error.raise_()
        self.setProperty("invalid", bool(sentence))
        self.style().polish(self)
        describe(self, self._name, sentence)

    def hide_error(self) -> None:
        """Take the line away; the cell closes."""
        self._error.hide()

    def seat_error(self) -> None:
        """Let the line go along when rows come and go over the cell."""
        self._error.move(self._place())

    def _place(self) -> QPoint:
        """Under the cell, above it where there is no room, and never out of the list."""
        room, line = self._room.rect(), self._error.size()
        left = max(0, min(self.x(), room.width() - line.width()))
        under = self.geometry().bottom() + 1
        top = under if under + line.height() <= room.height() else self.y() - line.height()
        return QPoint(left, top)


class CellDelegate(QStyledItemDelegate):
    """Opens cells and hands what was typed to `write`; a wrong text leaves its cell open.

    Attributes:
        typed: reads the text of a cell; set before a cell is opened.
        write: takes the event as it is wanted; says why not, or nothing when it was taken.

    Signals:
        next_wanted: event, column and direction, to go on in the next cell.
        closed: whether the keyboard was in the cell, and belongs to the list again.
    """

    next_wanted = Signal(object, int, int)
    closed = Signal(bool)

    def __init__(self, theme: Theme, model: EventsModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._events = model
        self.typed: TypedEvent | None = None
        self.write: Write = _refuse

    def createEditor(  # noqa: N802, D102 - Qt's name
        self,
        parent: QWidget,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        column = Column(index.column())
        field = CellField(self._theme, column, parent)
        event = self._events.event_at(index.row())
        field.event_id = event.id
        if self.typed is not None:
            field.setText(self.typed.shown(event, column))
            offers = self.typed.offers(event, column)
            if offers:
                completer = QCompleter(list(offers), field)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                field.setCompleter(completer)
        field.selectAll()
        return field

    def setEditorData(  # noqa: N802 - Qt's name
        self, editor: QWidget, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave the typed text alone whatever happens to the event meanwhile."""

    def setModelData(  # noqa: N802 - Qt's name
        self,
        editor: QWidget,
        model: QObject,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Nothing: `write` took the event already."""

    def updateEditorGeometry(  # noqa: N802, D102 - Qt's name
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        wide = max(option.rect.width(), self._theme.px(110))
        view = editor.parentWidget()
        room = option.rect.width() if view is None else view.width() - option.rect.x()
        editor.setGeometry(QRect(option.rect.topLeft(), option.rect.size()))
        editor.setFixedWidth(max(option.rect.width(), min(wide, room)))
        if isinstance(editor, CellField):
            editor.seat_error()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if not isinstance(watched, CellField):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(watched, event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _AWAY:
                self._finish(watched, None)
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return super().eventFilter(watched, event)
        return False

    def take(self, field: CellField) -> bool:
        """Hand over what stands in a cell as it is left; False where it cannot be taken."""
        self._finish(field, None)
        return not field.error()

    def _take_key(self, field: CellField, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._close(field, keyboard_back=True)
            return True
        if key in _STEPS:
            self._finish(field, _STEPS[key])
            return True
        return False

    def _finish(self, field: CellField, step: int | None) -> None:
        """Hand over what was typed; the cell stays open while it cannot be taken."""
        event_id, column = field.event_id, field.column
        field.hide_error()
        wrong = self._hand_over(field)
        if wrong:
            field.show_error(wrong)
            return
        self._close(field, keyboard_back=step is not None)
        if step:
            self.next_wanted.emit(event_id, int(column), step)

    def _hand_over(self, field: CellField) -> str:
        event = None if field.event_id is None else self._events.event_of(field.event_id)
        if event is None or self.typed is None:
            return ""
        try:
            wanted = self.typed.read(event, field.column, field.text())
        except ValueError as error:
            return str(error)
        return "" if wanted == event else self.write(wanted)

    def _close(self, field: CellField, *, keyboard_back: bool) -> None:
        field.event_id = None  # the cell that closes loses the keyboard and is asked once more
        field.hide_error()
        self.closeEditor.emit(field, _DONE)
        self.closed.emit(keyboard_back)


def _refuse(_event: Event) -> str:
    return ""
