"""What differs between two versions, instrument by instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ssp_coder.catalog.differences import Concern, Difference
from ssp_coder.ui.instrument_copy.words import change_words, concern_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme

_ICONS = {
    Concern.SUGGESTION: ("warning", "warn"),
    Concern.RECORDING: ("pencil", "text2"),
    Concern.WORDING: ("comment", "text3"),
}


ROW_PX = 22


class DifferenceTree(QTreeWidget):
    """A branch for each instrument, a row for each difference."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._differences: tuple[Difference, ...] = ()
        self.setFont(theme.font(FontUse.TABLE))
        self.setColumnCount(4)
        self.setHeaderLabels([self.tr("Where"), self.tr("Was"), self.tr("Is"), self.tr("Concerns")])
        header = self.header()
        header.setFont(theme.font(FontUse.CAPTION))
        header.setStretchLastSection(False)
        for column, width in enumerate((300, 220, 220, 120)):
            header.resizeSection(column, theme.px(width))
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.px(14))
        self.setAllColumnsShowFocus(True)
        describe(self, self.tr("Differences"))
        theme.changed.connect(self._fill)

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Show these, all branches open."""
        self._differences = tuple(differences)
        self._fill()

    def rows(self) -> tuple[Difference, ...]:
        """The differences shown."""
        return self._differences

    def current(self) -> Difference | None:
        """The difference whose row is current, None on a branch."""
        item = self.currentItem()
        found = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        return found if isinstance(found, Difference) else None

    def _fill(self) -> None:
        self.clear()
        branches: dict[str, QTreeWidgetItem] = {}
        for difference in self._differences:
            branch = branches.get(difference.instrument)
            if branch is None:
                branch = QTreeWidgetItem(self, [difference.instrument])
                branch.setFont(0, self._theme.font(FontUse.TABLE_STRONG))
                branch.setFirstColumnSpanned(True)
                branch.setSizeHint(0, QSize(0, self._theme.px(ROW_PX)))
                branches[difference.instrument] = branch
            branch.addChild(self._row(difference))
        for name, branch in branches.items():
            branch.setText(0, f"{name}  ({branch.childCount()})")
        self.expandAll()

    def _row(self, difference: Difference) -> QTreeWidgetItem:
        where = difference.place or self.tr("The whole instrument")
        words = concern_words(difference.concerns)
        item = QTreeWidgetItem([where, difference.old, difference.new, words])
        sign, token = _ICONS[difference.concerns]
        item.setIcon(3, self._theme.icon(sign, token))
        for column, text in ((1, difference.old), (2, difference.new)):
            if not text:
                item.setText(column, "\N{EN DASH}")
                item.setForeground(column, self._theme.colour("text3"))
        item.setSizeHint(0, QSize(0, self._theme.px(ROW_PX)))
        for column in range(4):
            item.setToolTip(column, item.text(column))
        spoken = f"{where}, {change_words(difference.kind)}: {difference.old}; {difference.new}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{spoken}; {words}")
        item.setData(0, Qt.ItemDataRole.UserRole, difference)
        return item
