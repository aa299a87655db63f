"""What is missing, step by step; a line leads to where it can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ssp_coder.domain.finding import Severity
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.completeness import OpenWork, Step
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.language.spoken import said
from ssp_coder.ui.text import step_title
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme

_SIGNS = {
    Severity.ERROR: ("half-circle", "text"),
    Severity.WARNING: ("warning", "warn"),
    Severity.NOTE: ("info", "text2"),
}


class OpenWorkList(QListWidget):
    """Lists open work under the name of its step; a click or Enter chooses a line."""

    work_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._works: tuple[OpenWork, ...] = ()
        self.setFont(theme.font(FontUse.TABLE))
        self.setWordWrap(True)
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self, self.tr("What is missing"), self.tr("Enter goes to where it is done"))
        self.clicked.connect(self._choose)
        theme.changed.connect(self._show)

    def show_work(self, works: Sequence[OpenWork]) -> None:
        """Show what is missing, in the order of the steps."""
        if tuple(works) != self._works or not self.count():
            self._works = tuple(works)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        work = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(work, OpenWork):
            self.work_chosen.emit(work)

    def _show(self) -> None:
        self.clear()
        for step in Step:
            works = [work for work in self._works if work.step is step]
            if works:
                self._add_head(step, len(works))
            for work in works:
                self._add(work)

    def _add_head(self, step: Step, count: int) -> None:
        item = QListWidgetItem(f"{step_title(step)}   {count}", self)
        item.setFont(self._theme.font(FontUse.TABLE_STRONG))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self._theme.colour("text2"))
        item.setSizeHint(QSize(0, self._theme.px(30)))

    def _add(self, work: OpenWork) -> None:
        words = said(work.finding.message)
        if work.at_us is not None and short_clock_text(work.at_us, digits=0) not in words:
            words = f"{words}, {short_clock_text(work.at_us, digits=0)}"
        icon, token = _SIGNS[work.finding.severity]
        item = QListWidgetItem(self._theme.icon(icon, token), words, self)
        item.setData(Qt.ItemDataRole.UserRole, work)
        spoken = f"{step_title(work.step)}: {words}, {self._severity_words(work)}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(said(work.finding.remedy) if work.finding.remedy else spoken)

    def _severity_words(self, work: OpenWork) -> str:
        return {
            Severity.ERROR: self.tr("missing"),
            Severity.WARNING: self.tr("to be looked at"),
            Severity.NOTE: self.tr("a note"),
        }[work.finding.severity]
