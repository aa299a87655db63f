"""The right column of a page: the video on top, at its own proportions, and words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

PICTURE_SHARE = 0.6
"""Height of the picture against the column's width: between 16:9 and 4:3."""

TRANSPORT_HEIGHT = 44
LARGEST_SHARE = 0.42
"""The picture leaves the rest of the column's height to the words."""


class Aside(QWidget):
    """Holds the picture's place and whatever panels are added below it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._holder = QWidget(self)
        self.stage = QVBoxLayout(self._holder)
        self.stage.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._column.addWidget(self._holder, 3)

    def add_panel(self, panel: QWidget, stretch: int = 0) -> None:
        """Put a panel below what is there."""
        self._column.addWidget(panel, stretch)

    def picture_height(self) -> int:
        """The most that picture and transport take of the column."""
        wished = round(self.width() * PICTURE_SHARE) + self._theme.px(TRANSPORT_HEIGHT)
        return min(wished, round(self.height() * LARGEST_SHARE))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._holder.setMaximumHeight(max(self.picture_height(), self._least()))
        super().resizeEvent(event)

    def _least(self) -> int:
        return self._holder.minimumSizeHint().height()
