"""The codes: groups with their marks, every code with its key, and the chosen one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTreeView, QWidget

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.instruments.words import code_kind_words, group_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.marks import MarkShape, mark_icon
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ethogram import Code, CodeGroup
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

DETAIL_PX = 380
ID_ROLE = int(Qt.ItemDataRole.UserRole)


class CodesPage(QWidget):
    """A tree of groups and codes beside the texts of the one that is chosen."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._model = QStandardItemModel(self)
        self._items: dict[str, QStandardItem] = {}
        self.tree = QTreeView(self)
        self.detail = Sheet(theme, self.tr("The chosen code"), self)
        self._build()
        self._fill()
        self.tree.selectionModel().currentChanged.connect(self._show_current)
        theme.changed.connect(self._draw_marks)
        first = next(scheme.ethogram.codes(), None)
        if first is not None:
            self.show_item(str(first.id))
        self.tree.scrollToTop()

    def show_item(self, code: str) -> None:
        """Choose a code or a group by its id; an unknown id changes nothing."""
        item = self._items.get(code)
        if item is None:
            return
        flags = QItemSelectionModel.SelectionFlag
        self.tree.selectionModel().setCurrentIndex(item.index(), flags.ClearAndSelect | flags.Rows)
        self.tree.scrollTo(item.index())

    def _build(self) -> None:
        px, ethogram = self._theme.px, self._scheme.ethogram
        self.tree.setModel(self._model)
        self.tree.setFont(self._theme.font(FontUse.TABLE))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setIconSize(QSize(px(14), px(14)))
        self.tree.setIndentation(px(16))
        self.tree.setUniformRowHeights(True)
        describe(self.tree, self.tr("Codes"))
        listed = Panel(self._theme, str(ethogram.title), self)
        listed.set_note(f"{ethogram.id} {ethogram.version}")
        listed.set_body(self.tree)
        told = Panel(self._theme, self.tr("Code"), self)
        told.setFixedWidth(px(DETAIL_PX))
        told.set_body(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(listed, 1)
        row.addWidget(told)

    def _fill(self) -> None:
        heads = [self.tr("Code"), self.tr("Key"), self.tr("Kind"), self.tr("With")]
        heads += [self.tr("Bears on"), self.tr("Tags")]
        self._model.setHorizontalHeaderLabels(heads)
        for group in self._scheme.ethogram.groups:
            self._add_group(group)
        self._draw_marks()
        self.tree.expandAll()
        header = self.tree.header()
        header.setFont(self._theme.font(FontUse.CAPTION))
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((240, 44, 50, 130, 90)):
            self.tree.setColumnWidth(column, self._theme.px(width))

    def _add_group(self, group: CodeGroup) -> None:
        height = self._theme.px(22)
        head = _item(
            str(group.title), height, str(group.id), self._theme.font(FontUse.TABLE_STRONG)
        )
        self._items[str(group.id)] = head
        self._model.appendRow(head)
        for code in group.codes:
            item = _item(str(code.title), height, str(code.id))
            self._items[str(code.id)] = item
            head.appendRow([item, *(_item(words, height) for words in self._cells(code))])
        row = self._model.rowCount() - 1
        self.tree.setFirstColumnSpanned(row, QModelIndex(), True)
        head.setText(f"{group.title}   {group_words(group, self._scheme)}")

    def _cells(self, code: Code) -> tuple[str, ...]:
        scheme = self._scheme
        kind = self.tr("state") if code.kind is CodeKind.STATE else self.tr("point")
        modifiers = (str(scheme.ethogram.modifier(name).title) for name in code.modifiers)
        scales = (scale.abbreviation for scale in scheme.scales if scale.id in code.bears_on)
        tags = [*code.tags, *([code.strategy] if code.strategy else ())]
        key = cap_text(scheme.keymap.key_for(code.id))
        unique = tuple(dict.fromkeys(tags))
        return key, kind, ", ".join(modifiers), ", ".join(scales), ", ".join(unique)

    def _draw_marks(self) -> None:
        for group in self._scheme.ethogram.groups:
            icon = mark_icon(self._theme, group.slot, MarkShape(group.shape))
            self._items[str(group.id)].setIcon(icon)
            for code in group.codes:
                state = code.kind is CodeKind.STATE
                shape = MarkShape.BAR if state else MarkShape(group.shape)
                self._items[str(code.id)].setIcon(mark_icon(self._theme, group.slot, shape))

    def _show_current(self, index: QModelIndex) -> None:
        chosen = str(index.siblingAtColumn(0).data(ID_ROLE))
        group = next((g for g in self._scheme.ethogram.groups if g.id == chosen), None)
        self.detail.clear()
        if group is not None:
            self._show_group(group)
            return
        code = next((c for c in self._scheme.ethogram.codes() if c.id == chosen), None)
        if code is not None:
            self._show_code(code)

    def _show_group(self, group: CodeGroup) -> None:
        sheet = self.detail
        sheet.add_title(str(group.title))
        sheet.add_text(group_words(group, self._scheme))
        sheet.add_fact(self.tr("Id"), str(group.id))
        sheet.add_fact(self.tr("Codes"), ", ".join(str(code.title) for code in group.codes))

    def _show_code(self, code: Code) -> None:
        sheet, scheme = self.detail, self._scheme
        group = scheme.ethogram.group(code.group)
        sheet.add_title(str(code.title))
        sheet.add_source(code.provenance)
        sheet.add_text(str(code.hint))
        key = cap_text(scheme.keymap.key_for(code.id))
        sheet.add_fact(self.tr("Group"), str(group.title))
        sheet.add_fact(self.tr("Rule"), group_words(group, scheme))
        sheet.add_fact(self.tr("Kind"), code_kind_words(code))
        sheet.add_fact(self.tr("Key"), key or self.tr("none: recorded by a click"))
        sheet.add_fact(self.tr("In files"), str(code.id))
        for name in code.modifiers:
            modifier = scheme.ethogram.modifier(name)
            values = ", ".join(str(value.title) for value in modifier.values)
            sheet.add_fact(str(modifier.title), values)
        scales = [str(scale.title) for scale in scheme.scales if scale.id in code.bears_on]
        sheet.add_fact(self.tr("Bears on"), ", ".join(scales))
        sheet.add_fact(self.tr("Tags"), ", ".join(code.tags))
        sheet.add_fact(self.tr("Strategy"), code.strategy)
        counts = [str(count.id) for count in scheme.counts if code.id in count.codes]
        sheet.add_fact(self.tr("Counted in"), ", ".join(counts))


def _item(words: str, height: int, item_id: str = "", font: QFont | None = None) -> QStandardItem:
    item = QStandardItem(words)
    item.setEditable(False)
    item.setData(item_id, ID_ROLE)
    item.setSizeHint(QSize(0, height))
    if font is not None:
        item.setFont(font)
    return item
