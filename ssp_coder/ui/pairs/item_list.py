"""The list of items: sign, time or place, what both have, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
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

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.marks import paint_comparison
from ssp_coder.ui.kit.painting import Ink, paint_text
from ssp_coder.ui.kit.row_ground import paint_parted_row
from ssp_coder.ui.pairs.items import PairItem, PairNames, RowMark, usual_names
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssp_coder.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_PX = 38
_SIGN_PX = 17
_STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home)


class ItemModel(QAbstractListModel):
    """Items in the order given, with the marks of those decided."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[PairItem, ...] = ()
        self._places: dict[str, int] = {}
        self._marks: dict[str, RowMark] = {}
        self.names = usual_names()

    @property
    def items(self) -> tuple[PairItem, ...]:
        """The items shown, from the top."""
        return self._items

    def show_items(self, items: Sequence[PairItem]) -> None:
        """Show other items."""
        self.beginResetModel()
        self._items = tuple(items)
        self._places = {item.id: place for place, item in enumerate(self._items)}
        self.endResetModel()

    def set_marks(self, marks: Mapping[str, RowMark]) -> None:
        """Show what was decided; only rows whose mark changes are told."""
        before, self._marks = self._marks, dict(marks)
        for item_id in before.keys() | self._marks.keys():
            place = self._places.get(item_id)
            if place is not None and before.get(item_id) != self._marks.get(item_id):
                self.dataChanged.emit(self.index(place), self.index(place))

    def mark_of(self, item: PairItem) -> RowMark | None:
        """What was decided on an item."""
        return self._marks.get(item.id)

    def place_of(self, item_id: str) -> int | None:
        """The row of an item, None while it is not shown."""
        return self._places.get(item_id)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._items)

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return item
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._words(item)
        return None

    def _words(self, item: PairItem) -> str:
        names = self.names
        words = self.tr("{0}, {1}: {2} {3}; {4} {5}").format(
            item.place,
            names.kind_words(item.kind),
            names.own,
            item.own,
            names.reference,
            item.reference,
        )
        mark = self._marks.get(item.id)
        return words if mark is None else f"{words}. {mark.words}"


class _RowPainter(QStyledItemDelegate):
    """Paints one item on two lines."""

    def __init__(self, theme: Theme, items: ItemModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items = items

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: Index
    ) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(item, PairItem):
            return
        theme, px = self._theme, self._theme.px
        area: QRect = option.rect
        paint_parted_row(painter, theme, option)
        side = px(_SIGN_PX)
        sign = QRect(area.x() + px(10), area.center().y() - side // 2, side, side)
        self._paint_sign(painter, sign, item)
        place = QRect(sign.right() + px(8), area.y(), px(60), area.height())
        font = theme.font(FontUse.TABLE)
        paint_text(painter, place, item.place, Ink(colour=theme.colour("text"), font=font))
        left = place.right() + px(4)
        right = self._paint_mark(painter, area, item)
        self._paint_pair(painter, QRect(left, area.y(), right - left, area.height()), item)

    def _paint_sign(self, painter: QPainter, rect: QRect, item: PairItem) -> None:
        if item.kind.sign is not None:
            paint_comparison(painter, self._theme, rect, item.kind.sign)
            return
        self._paint_icon(painter, rect, "check", "text2")

    def _paint_mark(self, painter: QPainter, area: QRect, item: PairItem) -> int:
        """Paint what was decided at the right end; where the words must end."""
        px, mark = self._theme.px, self._items.mark_of(item)
        right = area.right() - px(6)
        if mark is None:
            return right
        side = px(14)
        rect = QRect(right - side - px(2), area.center().y() - side // 2, side, side)
        self._paint_icon(painter, rect, mark.icon, "accent")
        return rect.left() - px(4)

    def _paint_icon(self, painter: QPainter, rect: QRect, icon: str, token: str) -> None:
        device = painter.device()
        ratio = 1.0 if device is None else device.devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), self._theme.pixmap(icon, token, rect.width(), ratio))

    def _paint_pair(self, painter: QPainter, area: QRect, item: PairItem) -> None:
        font = self._theme.font(FontUse.TABLE)
        metrics = QFontMetrics(font)
        height = metrics.height() + self._theme.px(1)
        quiet = Ink(colour=self._theme.colour("text2"), font=font)
        plain = Ink(colour=self._theme.colour("text"), font=font)
        names = self._items.names
        head = max(metrics.horizontalAdvance(f"{name} ") for name in (names.own, names.reference))
        head = min(head, area.width() // 3)
        lines = ((names.own, item.own), (names.reference, item.reference))
        for line, (whose, what) in enumerate(lines):
            place = QRect(area.x(), area.center().y() - height, area.width(), height)
            place.translate(0, line * height)
            paint_text(painter, place.adjusted(0, 0, head - place.width(), 0), whose, quiet)
            paint_text(painter, place.adjusted(head, 0, 0, 0), what, plain)


class ItemList(QListView):
    """One row per item, however many; no widget stands in a row.

    Signals:
        item_reached: the item that became the current one by key or mouse.
        item_wanted: the item that was clicked, or on which Enter was pressed.

    Attributes:
        wants_escape: whether Esc ends something in the review, and nothing elsewhere.
    """

    item_reached = Signal(object)
    item_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = ItemModel(self)
        self._quiet = False
        self.wants_escape = False
        self.setModel(self._items)
        self.setItemDelegate(_RowPainter(theme, self._items, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, self.tr("Differences"), self.tr("Enter goes to the moment in the video"))
        self.clicked.connect(self._want)
        theme.changed.connect(self.viewport().update)

    @property
    def items(self) -> tuple[PairItem, ...]:
        """The items shown, from the top."""
        return self._items.items

    @property
    def current(self) -> PairItem | None:
        """The item of the selected row, None before somebody came to one."""
        # Not the current index: a list that gets the keyboard points at its first row by itself.
        chosen = self.selectedIndexes()
        return self.items[chosen[0].row()] if chosen else None

    def set_names(self, names: PairNames) -> None:
        """Call the two codings by other names."""
        self._items.names = names
        self.viewport().update()

    def set_marks(self, marks: Mapping[str, RowMark]) -> None:
        """Show what was decided; no row moves."""
        self._items.set_marks(marks)

    def show_items(self, items: Sequence[PairItem]) -> None:
        """Show items; the current one stays so where it is still there, and so does the scroll."""
        chosen = self.current
        scrolled = self.verticalScrollBar().value()
        self._quiet = True
        self._items.show_items(items)
        if chosen is not None:
            self._point_at(chosen.id)
        self._quiet = False
        if chosen is None:
            self.verticalScrollBar().setValue(scrolled)

    def holds(self, item_id: str) -> bool:
        """Whether an item is shown."""
        return self._items.place_of(item_id) is not None

    def select(self, item_id: str) -> bool:
        """Mark an item and bring it into sight, without a signal; False while it is not shown."""
        self._quiet = True
        found = self._point_at(item_id)
        self._quiet = False
        return found

    def neighbour(self, direction: int) -> PairItem | None:
        """The item after (1) or before (-1) the current one; from none the first or last."""
        count = len(self.items)
        chosen = self.selectedIndexes()
        row = chosen[0].row() + direction if chosen else (0 if direction > 0 else count - 1)
        return self.items[row] if 0 <= row < count else None

    def selectionChanged(  # noqa: N802, D102 - Qt's name
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        super().selectionChanged(selected, deselected)
        if not self._quiet and self.current is not None:
            self.item_reached.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_end = event.key() == Qt.Key.Key_End  # Qt leads it to the top where nothing is chosen
        first = self.neighbour(-1 if is_end else 1) if self.current is None else None
        if first is not None and (is_enter or is_end or event.key() in _STEPS):
            self.select(first.id)
            self.item_reached.emit(first)
            if not is_enter:
                return
        if is_enter:
            self._want(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _point_at(self, item_id: str) -> bool:
        place = self._items.place_of(item_id)
        if place is not None:
            index = self._items.index(place)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return place is not None

    def _want(self, index: QModelIndex) -> None:
        item = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(item, PairItem):
            self.item_wanted.emit(item)
