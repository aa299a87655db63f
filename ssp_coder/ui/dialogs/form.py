"""Rows of a form as the dialogs lay them out: a label, a field, a line of words under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class Form(QGridLayout):
    """Labels at the left, what belongs to them at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setHorizontalSpacing(theme.px(12))
        self.setVerticalSpacing(theme.px(3))
        self.setColumnStretch(1, 1)

    def add(self, words: str, field: QWidget) -> QLabel:
        """Add a row; its label belongs to the field for keyboard and screen reader."""
        row = self.rowCount()
        label = short_lettering(self._theme, words, FontUse.LABEL, "second")
        label.setContentsMargins(0, self._theme.px(8), 0, 0)
        label.setBuddy(field)
        self.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.addWidget(field, row, 1)
        return label
