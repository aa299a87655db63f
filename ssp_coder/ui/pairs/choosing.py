"""The left side of a review: the list with its order, the chips of kinds, the cell listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.agreement.disagreement import event_key
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.pairs.item_list import ItemList
from ssp_coder.ui.pairs.items import ItemOrder, PairItem, PairNames, sorted_items, usual_names
from ssp_coder.ui.pairs.kind_chips import KindChips
from ssp_coder.ui.pairs.lanes import mark_ids
from ssp_coder.ui.pairs.making import event_words, item_of_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.agreement.confusion import Cell
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class ItemChoice(Panel):
    """Lists items as they are ordered and filtered.

    Signals:
        filter_changed: other items are listed.
        all_wanted: the cell is not to be listed any more.
    """

    filter_changed = Signal()
    all_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Differences"))
        self._scheme: Scheme | None = None
        self._items: tuple[PairItem, ...] = ()
        self._by_id: dict[str, PairItem] = {}
        self._by_mark: dict[str, PairItem] = {}
        self._cell: Cell | None = None
        self.names = usual_names()
        self.order = ComboBox(theme, self)
        self.order.addItem(self.tr("by time"), ItemOrder.TIME)
        self.order.addItem(self.tr("by weight"), ItemOrder.WEIGHT)
        self.order.addItem(self.tr("by kind"), ItemOrder.KIND)
        describe(self.order, self.tr("Order"))
        self.kinds = KindChips(theme, self)
        self.cell_chip = Chip(theme, ChipFace(text="", removable=True), self)
        self.list = ItemList(theme, self)
        self._build()
        self.order.currentIndexChanged.connect(self._refresh)
        self.kinds.kinds_changed.connect(self._refresh)
        self.cell_chip.clicked.connect(self.all_wanted)
        self.cell_chip.removed.connect(self.all_wanted)

    @property
    def items(self) -> tuple[PairItem, ...]:
        """All items, in the order given."""
        return self._items

    @property
    def cell(self) -> Cell | None:
        """The cell whose events are listed."""
        return self._cell

    @property
    def is_filtered(self) -> bool:
        """Whether not everything is listed."""
        return self._cell is not None or bool(self.kinds.kinds)

    def show_items(self, items: tuple[PairItem, ...], scheme: Scheme, names: PairNames) -> None:
        """List other items; order and filter stay."""
        self._scheme, self._items, self.names = scheme, items, names
        self._by_id = {item.id: item for item in items}
        self._by_mark = {mark: item for item in items for mark in mark_ids(item)}
        self.list.set_names(names)
        self.kinds.show_counts(items, names)
        self._refresh()

    def show_cell(self, cell: Cell | None) -> None:
        """List the events of a cell, also those that both have alike, or all items."""
        if cell is None and self._cell is None:
            return
        self._cell = cell
        if cell is not None:
            self.kinds.clear()
            self.cell_chip.set_face(
                ChipFace(text=self._cell_words(cell), count=cell.count, removable=True)
            )
        self._refresh()

    def clear(self) -> None:
        """List everything again."""
        self._cell = None
        self.kinds.clear()
        self._refresh()

    def bring_back(self, item_id: str) -> None:
        """List everything when a filter hides an item."""
        if item_id in self._by_id and not self.list.holds(item_id):
            self.all_wanted.emit()
            self.clear()

    def item_of_mark(self, mark: str) -> PairItem | None:
        """The item that a mark of the lanes belongs to."""
        return self._by_mark.get(mark)

    def _cell_words(self, cell: Cell) -> str:
        row, scheme = cell.rows[0], self._scheme
        if scheme is None:
            return ""
        nothing = event_words(None, scheme)
        ethogram = scheme.ethogram
        reference = nothing if row.reference is None else ethogram.code(row.reference.code).short
        own = nothing if row.own is None else ethogram.code(row.own.code).short
        words = self.tr("{0} {1}, {2} {3}")
        return words.format(self.names.reference, reference, self.names.own, own)

    def _listed(self) -> tuple[PairItem, ...]:
        wanted = self.kinds.kinds
        return tuple(item for item in self._found() if not wanted or item.kind in wanted)

    def _found(self) -> Iterator[PairItem]:
        """All items, or for a cell one for each of its rows."""
        if self._cell is None or self._scheme is None:
            yield from self._items
            return
        for row in self._cell.rows:
            yield self._by_id.get(event_key(row)) or item_of_row(row, self._scheme)

    def show_order(self, order: ItemOrder) -> None:
        """List items in another order."""
        self.order.setCurrentIndex(self.order.findData(order))

    def _refresh(self, *_what: object) -> None:
        listed = self._listed()
        self.list.show_items(sorted_items(listed, ItemOrder(self.order.currentData())))
        words = self.tr("{0} of {1}").format(len(listed), len(self._items))
        self.set_note(words if self.is_filtered else str(len(listed)))
        self.cell_chip.setVisible(self._cell is not None)
        self._chip_row.setVisible(self._cell is not None)
        self.filter_changed.emit()

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.kinds)
        self._chip_row = QWidget(body)
        row = QVBoxLayout(self._chip_row)
        side = self._theme.px(6)
        row.setContentsMargins(side, 0, side, side)
        row.addWidget(self.cell_chip)
        self._chip_row.hide()
        column.addWidget(self._chip_row)
        column.addWidget(self.list, 1)
        self.add_to_title(self.order)
        self.set_body(body)
