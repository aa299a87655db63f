"""What a place shows while it has nothing: what is missing, and one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.painting import PANEL_RADIUS, Face, paint_face, painter_of
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme


class EmptyState(QWidget):
    """A dashed box with a title, a hint and one button; emits `acted` when it is pressed."""

    acted = Signal()

    def __init__(
        self, theme: Theme, title: str, hint: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        self._title = self._line(title, FontUse.LABEL)
        self._hint = self._line(hint, FontUse.TABLE)
        self._hint.setProperty("tone", "second")
        self._button = PushButton(theme, button, parent=self)
        self._button.setVisible(bool(button))
        self._button.clicked.connect(self.acted)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        describe(self, title, hint)
        theme.changed.connect(self.update)

    @property
    def button(self) -> PushButton:
        """The one act."""
        return self._button

    def set_keys(self, keys: Iterable[str]) -> None:
        """Show the keys of the act on its button."""
        self._button.set_keys(keys)

    def show_texts(self, title: str, hint: str) -> None:
        """Show another title and hint."""
        self._title.setText(title)
        self._hint.setText(hint)
        describe(self, title, hint)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        border = self._theme.tokens.ctl
        paint_face(painter, self.rect(), Face(border=border, dashed=True, radius=PANEL_RADIUS))
        painter.end()

    def _line(self, text: str, use: FontUse) -> QLabel:
        label = QLabel(text, self)
        label.setFont(self._theme.font(use))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        return label
