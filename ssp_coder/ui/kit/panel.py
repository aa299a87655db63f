"""A panel: white ground, hairline, a title row and one body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

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
        self._title = QLabel(title, self)
        self._note = QLabel("", self)
        self._column.addWidget(self._build_title_row())
        self._line = hairline(self)
        self._column.addWidget(self._line)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Show another title; empty text hides the row."""
        self._title.setText(title)
        self._row.setVisible(bool(title))
        self._line.setVisible(bool(title))
        describe(self, title)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def set_note(self, note: str) -> None:
        """Show small text after the title, such as a count."""
        self._note.setText(note)

    def add_to_title(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title row."""
        self._row_box.addWidget(widget)

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

    def _build_title_row(self) -> QWidget:
        px = self._theme.px
        self._row = QWidget(self)
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row_box = QHBoxLayout(self._row)
        self._row_box.setContentsMargins(px(10), px(3), px(8), px(3))
        self._row_box.setSpacing(px(8))
        self._row.setMinimumHeight(px(31))
        self._title.setFont(self._theme.font(FontUse.PANEL_TITLE))
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._note.setFont(self._theme.font(FontUse.TABLE))
        self._note.setProperty("tone", "hint")
        self._row_box.addWidget(self._title)
        self._row_box.addWidget(self._note)
        self._row_box.addStretch(1)
        return self._row
