"""The rows of the list of everything: model and painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ssp_coder.ui.kit.keycap import CapLook, key_cap_size, paint_key_cap
from ssp_coder.ui.kit.marks import paint_mark
from ssp_coder.ui.kit.painting import LEFT, RIGHT, Ink, paint_text, text_width
from ssp_coder.ui.palette.entry import Entry, Found, kind_words
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

    from ssp_coder.ui.theme.theme import Theme

ROW_PX = 36
_SIDE_PX = 16
_KIND_PX = 84
_KEYS_PX = 108


class FoundModel(QAbstractListModel):
    """What fits, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Found, ...] = ()

    def show_found(self, found: tuple[Found, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def found(self, row: int) -> Found | None:
        """A row, None where there is none."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(  # noqa: N802, D102 - Qt's name
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008 - Qt's own
    ) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(  # noqa: D102 - Qt's name
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        found = self.found(index.row())
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return found.entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return found.entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.entry.reason or found.entry.detail
        return None


class FoundDelegate(QStyledItemDelegate):
    """Paints mark, title with the meant letters strong, where it belongs, kind and key."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(  # noqa: N802, D102 - Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(ROW_PX))

    def paint(  # noqa: D102 - Qt's name
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        found = model.found(index.row()) if isinstance(model, FoundModel) else None
        if found is None:
            return
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("sel"))
        self._paint_row(painter, rect, found)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, found: Found) -> None:
        px, entry = self._theme.px, found.entry
        inner = rect.adjusted(px(_SIDE_PX), 0, -px(_SIDE_PX), 0)
        self._paint_sign(painter, inner, entry)
        right = self._paint_keys(painter, inner, entry)
        kind = QRect(right - px(_KIND_PX), inner.y(), px(_KIND_PX), inner.height())
        caption = Ink(
            colour=self._theme.colour("text2"), font=self._theme.font(FontUse.CAPTION), align=RIGHT
        )
        paint_text(painter, kind.adjusted(0, 0, -px(12), 0), kind_words(entry.kind), caption)
        left = inner.x() + px(28)
        room = QRect(left, inner.y(), kind.x() - left - px(8), inner.height())
        self._paint_words(painter, room, found)

    def _paint_sign(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        side = self._theme.px(14)
        place = QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)
        if entry.mark is not None:
            slot, shape = entry.mark
            paint_mark(painter, place, shape, self._theme.group(slot))
        elif entry.icon:
            token = "text3" if entry.reason else "text2"
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place, self._theme.pixmap(entry.icon, token, side, ratio))

    def _paint_keys(self, painter: QPainter, rect: QRect, entry: Entry) -> int:
        """The caps at the right end; returns where their column begins."""
        px = self._theme.px
        widths = [key_cap_size(self._theme, key).width() + px(4) for key in entry.keys]
        width = max(px(_KEYS_PX), sum(widths))
        x = rect.right() - sum(widths) + px(4)
        look = CapLook.FLAT if entry.reason else CapLook.RAISED
        for key, cap_width in zip(entry.keys, widths, strict=True):
            place = QRect(x, rect.y(), cap_width, rect.height())
            paint_key_cap(painter, self._theme, place, (key, look))
            x += cap_width
        return rect.right() - width

    def _paint_words(self, painter: QPainter, rect: QRect, found: Found) -> None:
        theme, entry = self._theme, found.entry
        token = "text3" if entry.reason else "text"
        x = rect.x()
        for words, meant in _runs(entry.title, found.places):
            font = theme.font(FontUse.LABEL_STRONG if meant else FontUse.BODY)
            place = QRect(x, rect.y(), rect.right() - x, rect.height())
            ink = Ink(colour=theme.colour(token), font=font, align=LEFT)
            paint_text(painter, place, words, ink)
            x += text_width(font, words)
        beside = entry.reason or entry.detail
        room = QRect(x + theme.px(10), rect.y(), rect.right() - x - theme.px(10), rect.height())
        if beside and room.width() > theme.px(40):
            font = theme.font(FontUse.CAPTION)
            self._paint_aside(painter, room, beside, font)

    def _paint_aside(self, painter: QPainter, rect: QRect, words: str, font: QFont) -> None:
        """On the line on which the larger title stands."""
        drop = QFontMetrics(self._theme.font(FontUse.BODY)).descent() - QFontMetrics(font).descent()
        ink = Ink(colour=self._theme.colour("text3"), font=font, align=LEFT)
        paint_text(painter, rect.adjusted(0, drop, 0, drop), words, ink)


def _runs(text: str, places: tuple[int, ...]) -> list[tuple[str, bool]]:
    """A text in pieces, each meant or not."""
    meant = set(places)
    runs: list[tuple[str, bool]] = []
    for place, sign in enumerate(text):
        if runs and runs[-1][1] == (place in meant):
            runs[-1] = (runs[-1][0] + sign, runs[-1][1])
        else:
            runs.append((sign, place in meant))
    return runs
