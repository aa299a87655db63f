"""What dialogs that try something are made of: a table of what was found, and a row of buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ssp_coder.ui.theme.theme import Theme


def show_columns(table: QTableWidget, titles: Sequence[str], wide: Collection[int]) -> None:
    """Let an empty table list findings, hidden until there are some.

    Args:
        table: with as many columns as there are titles.
        titles: what stands over the columns.
        wide: places of the columns that share the width which the others leave.
    """
    table.setHorizontalHeaderLabels(list(titles))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    for column in range(len(titles)):
        fitted = QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(
            column, QHeaderView.ResizeMode.Stretch if column in wide else fitted
        )
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.hide()


def button_row(theme: Theme, *buttons: QWidget) -> QHBoxLayout:
    """Buttons side by side at the right."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row
