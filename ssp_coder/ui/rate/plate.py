"""One field of the rating table, with the hairlines that separate it from its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class Plate(QWidget):
    """A field with a line above it and one at its left; tinted while its row has the focus."""

    def __init__(self, theme: Theme, *, left: bool = True, top: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._left = left
        self._top = top
        self._tinted = False
        theme.changed.connect(self.update)

    def set_tinted(self, tinted: bool) -> None:
        """Show whether the row is the one that keys act on."""
        if tinted != self._tinted:
            self._tinted = tinted
            self.update()

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        if self._tinted:
            painter.fillRect(self.rect(), self._theme.colour("alt"))
        line = self._theme.colour("line")
        if self._top:
            painter.fillRect(0, 0, self.width(), 1, line)
        if self._left:
            painter.fillRect(0, 0, 1, self.height(), line)
        painter.end()
