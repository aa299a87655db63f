"""What the table in the text gives for its own examples right now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.rules.trial import Trial
    from ssp_coder.ui.theme.theme import Theme

COLUMNS = 3


class TrialTable(QTableWidget):
    """A row for each example: whose, what it states, what comes out; the failing ones first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(0, COLUMNS, parent)
        self._theme = theme
        self._trials: tuple[Trial, ...] = ()
        self.setFont(theme.font(FontUse.TABLE))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(22))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFont(theme.font(FontUse.CAPTION))
        header.setMinimumSectionSize(theme.px(48))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalHeaderLabels(
            [self.tr("Example"), self.tr("States"), self.tr("Comes out")]
        )
        self.setTabKeyNavigation(False)
        describe(self, self.tr("Examples of the table"))
        theme.changed.connect(self._fill)

    def show_trials(self, trials: Sequence[Trial]) -> None:
        """Show what came out."""
        self._trials = tuple(sorted(trials, key=lambda trial: trial.comes_out))
        self._fill()

    def _fill(self) -> None:
        self.setRowCount(len(self._trials))
        for row, trial in enumerate(self._trials):
            for column, item in enumerate(self._items(trial)):
                self.setItem(row, column, item)

    def _items(self, trial: Trial) -> tuple[QTableWidgetItem, ...]:
        whose = trial.rule or self.tr("Whole table")
        name = QTableWidgetItem(self.tr("{0}, no. {1}").format(whose, trial.number))
        token = "ok" if trial.comes_out else "err"
        name.setIcon(self._theme.icon("check" if trial.comes_out else "cross", token))
        values = ", ".join(f"{key} {value:g}" for key, value in trial.values)
        found = QTableWidgetItem(trial.found)
        items = (name, QTableWidgetItem(trial.stated), found)
        for item in items:
            item.setToolTip(values)
        if not trial.comes_out:
            found.setForeground(self._theme.colour("err"))
            found.setFont(self._theme.font(FontUse.TABLE_STRONG))
        return items
