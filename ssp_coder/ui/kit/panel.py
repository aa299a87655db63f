"""A panel: white ground, hairline, a title row and one body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.title_row import TitleRow

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


def hairline(parent: QWidget | None = None) -> QFrame:
    """A 1 px horizontal line between parts of a panel; decoration only."""
    line = QFrame(parent)
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line


class Panel(QFrame):
    """A titled box; an empty title leaves the title row out."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._body: QWidget | None = None
        self.setProperty("panel", True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._lent = False
        self._row = TitleRow(theme, title, self)
        self._column.addWidget(self._row)
        self._line = hairline(self)
        self._column.addWidget(self._line)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Show another title; empty text hides the row."""
        self._row.set_title(title)
        if not self._lent:
            self._row.setVisible(bool(title))
            self._line.setVisible(bool(title))
        describe(self, title)

    def title(self) -> str:
        """The title shown."""
        return self._row.title()

    def set_note(self, note: str) -> None:
        """Show small text after the title, such as a count."""
        self._row.set_note(note)

    def note(self) -> str:
        """The small text after the title."""
        return self._row.note()

    def add_to_title(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title row."""
        self._row.add(widget)

    def reveal(self, widget: QWidget) -> None:
        """Bring a widget of the title row into sight where that has no room for it."""
        self._row.reveal(widget)

    def lend_title(self) -> TitleRow:
        """Give the title row to a dock, which draws the frame from now on too."""
        self._lent = True
        self._column.removeWidget(self._row)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setProperty("panel", False)
        return self._row

    def set_body(self, body: QWidget) -> None:
        """Put a widget under the title; nothing of an earlier body is seen from now on."""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._column.addWidget(body, 1)
        body.show()

    def body(self) -> QWidget | None:
        """The widget under the title."""
        return self._body
