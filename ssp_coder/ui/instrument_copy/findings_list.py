"""What is wrong with a text, line by line; a click or Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ssp_coder.catalog.drafting import PlacedFinding
from ssp_coder.domain.finding import Severity
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.language.spoken import said
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme


class FindingsList(QListWidget):
    """Emits the finding that a person wants to go to."""

    finding_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[PlacedFinding, ...], str] = ((), "")
        self.setFont(theme.font(FontUse.TABLE))
        self.setWordWrap(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        describe(self, self.tr("What is wrong"), self.tr("Enter goes to the line"))
        self.itemClicked.connect(self._choose)
        theme.changed.connect(self._restyle)

    def show_findings(self, findings: Sequence[PlacedFinding], path: str) -> None:
        """Show findings; those in other files than `path` name the file."""
        self._shown = (tuple(findings), path)
        self.clear()
        for placed in findings:
            self.addItem(self._item(placed, path))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentItem())
            return
        super().keyPressEvent(event)

    def _item(self, placed: PlacedFinding, path: str) -> QListWidgetItem:
        finding = placed.finding
        where = "" if placed.path == path else f"{placed.path} "
        line = self.tr("Line {0}").format(placed.line) if placed.line else ""
        head = f"{where}{line}: " if where or line else ""
        remedy = f"\n{finding.remedy}" if finding.remedy else ""
        item = QListWidgetItem(f"{head}{said(finding.message)}{remedy}")
        is_error = finding.severity is Severity.ERROR
        sign, token = ("warning", "err") if is_error else ("info", "warn")
        item.setIcon(self._theme.icon(sign, token))
        item.setData(Qt.ItemDataRole.UserRole, placed)
        item.setToolTip(finding.code)
        item.setSizeHint(QSize())
        return item

    def _choose(self, item: QListWidgetItem | None) -> None:
        placed = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        if isinstance(placed, PlacedFinding):
            self.finding_chosen.emit(placed)

    def _restyle(self) -> None:
        self.show_findings(*self._shown)
