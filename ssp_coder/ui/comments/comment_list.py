"""The list of comments: sign and words of the kind, what it is about, words and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ssp_coder.ui.comments.rows import CommentRow
from ssp_coder.ui.comments.words import KIND_ICONS, kind_title
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import Ink, paint_text
from ssp_coder.ui.kit.row_ground import paint_parted_row
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.coding import CommentId
    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_EDIT_KEY = Qt.Key.Key_F2
_REMOVE_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OWN_KEYS = (_EDIT_KEY, *_REMOVE_KEYS)


class CommentsModel(QAbstractListModel):
    """Rows in the order given; they come and go one by one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CommentRow] = []

    @property
    def rows(self) -> tuple[CommentRow, ...]:
        """The rows shown, from the top."""
        return tuple(self._rows)

    def show_rows(self, rows: tuple[CommentRow, ...]) -> None:
        """Show rows; those that stay where they are keep their selection."""
        wanted = [row.comment.id for row in rows]
        self._take_out(wanted)
        for place, row in enumerate(rows):
            if place < len(self._rows) and self._rows[place].comment.id == row.comment.id:
                if self._rows[place] != row:
                    self._rows[place] = row
                    self.dataChanged.emit(self.index(place), self.index(place))
                continue
            self.beginInsertRows(ROOT, place, place)
            self._rows.insert(place, row)
            self.endInsertRows()

    def row_of(self, comment: CommentId) -> int | None:
        """The row of a comment, None when it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.comment.id == comment), None)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._sentence(row)
        return None

    def _sentence(self, row: CommentRow) -> str:
        comment = row.comment
        parts = [self.tr("{0} on {1}").format(kind_title(comment.kind), row.about)]
        parts += [comment.words] if comment.words else []
        if comment.answer:
            parts.append(self.tr("Answer: {0}").format(comment.answer))
        if comment.settled:
            parts.append(self.tr("settled"))
        return "\n".join(parts)

    def _take_out(self, wanted: list[CommentId]) -> None:
        """Remove rows that are gone or stand elsewhere in the new order."""
        place_of = {comment: place for place, comment in enumerate(wanted)}
        rising = -1
        for row in list(self._rows):
            place = place_of.get(row.comment.id, -1)
            if place > rising:
                rising = place
                continue
            at = self._rows.index(row)
            self.beginRemoveRows(ROOT, at, at)
            del self._rows[at]
            self.endRemoveRows()


class _CommentPainter(QStyledItemDelegate):
    """Paints one comment: what it is about, its words, its answer."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: Index
    ) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        lines = 1
        if isinstance(row, CommentRow):
            lines += bool(row.comment.words) + bool(row.comment.answer)
        return QSize(self._theme.px(160), lines * self._line_height() + self._theme.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, CommentRow):
            return
        theme, px = self._theme, self._theme.px
        area: QRect = option.rect
        paint_parted_row(painter, theme, option)
        line = area.adjusted(px(10), px(5), -px(8), 0)
        line.setHeight(self._line_height())
        self._paint_head(painter, line, row)
        left = px(22)
        if row.comment.words:
            line.translate(0, self._line_height())
            self._paint_line(painter, line.adjusted(left, 0, 0, 0), row.comment.words, "text")
        if row.comment.answer:
            line.translate(0, self._line_height())
            words = self.tr("Answer: {0}").format(row.comment.answer)
            self._paint_line(painter, line.adjusted(left, 0, 0, 0), words, "text2")

    def _paint_head(self, painter: QPainter, line: QRect, row: CommentRow) -> None:
        theme, comment = self._theme, row.comment
        side = theme.px(14)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        token = "text3" if comment.settled else "text"
        name = "done" if comment.settled else KIND_ICONS[comment.kind]
        sign = theme.pixmap(name, token, side, ratio)
        painter.drawPixmap(line.x(), line.center().y() - side // 2, sign)
        font = theme.font(FontUse.TABLE_STRONG)
        kind = kind_title(comment.kind)
        if comment.settled:
            kind = self.tr("{0}, settled").format(kind)
        width = QFontMetrics(font).horizontalAdvance(kind) + theme.px(2)
        words = QRect(line.x() + theme.px(22), line.y(), width, line.height())
        paint_text(painter, words, kind, Ink(colour=theme.colour(token), font=font))
        rest = line.adjusted(words.right() + theme.px(8) - line.x(), 0, 0, 0)
        self._paint_line(painter, rest, row.about, "text3")

    def _paint_line(self, painter: QPainter, area: QRect, words: str, token: str) -> None:
        ink = Ink(colour=self._theme.colour(token), font=self._theme.font(FontUse.TABLE))
        paint_text(painter, area, " ".join(words.split()), ink)

    def _line_height(self) -> int:
        return QFontMetrics(self._theme.font(FontUse.TABLE)).height() + self._theme.px(3)


def _is_own(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _OWN_KEYS and held == Qt.KeyboardModifier.NoModifier


class CommentList(QListView):
    """Emits the comment of a row that the person wants something of.

    Signals:
        chosen: Enter or a double click; go to where it is.
        edit_wished: F2.
        remove_wished: Del.
        current_changed: another row has the keyboard, or none.
    """

    chosen = Signal(object)
    edit_wished = Signal(object)
    remove_wished = Signal(object)
    current_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comments = CommentsModel(self)
        self.setModel(self.comments)
        self.setItemDelegate(_CommentPainter(theme, self))
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, self.tr("Comments"), self.tr("Enter goes there, F2 edits, Del removes"))
        self.doubleClicked.connect(self._choose)
        self.selectionModel().currentChanged.connect(self.current_changed)
        theme.changed.connect(self.viewport().update)

    def current(self) -> CommentRow | None:
        """The row that the keyboard is on."""
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row if isinstance(row, CommentRow) else None

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the list before the window's commands do."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        row = self.current()
        if row is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(row)
        elif event.key() == _EDIT_KEY:
            self.edit_wished.emit(row)
        elif event.key() in _REMOVE_KEYS:
            self.remove_wished.emit(row)
        else:
            super().keyPressEvent(event)

    def _choose(self, _index: QModelIndex) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row)
