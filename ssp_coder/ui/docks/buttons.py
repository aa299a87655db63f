"""The two small buttons of a docked panel: in a window of its own, and away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssp_coder.ui.kit.title_row import SmallButton

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class PanelButtons(QWidget):
    """Asks for a panel's own window, or for its place in the workspace, and to put it away."""

    window_wanted = Signal()
    away_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.window_button = SmallButton(theme, "window", self)
        self.away_button = SmallButton(theme, "cross", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.window_button)
        row.addWidget(self.away_button)
        self.window_button.clicked.connect(self._ask_window)
        self.away_button.clicked.connect(self._ask_away)

    def show_panel(self, title: str, *, in_window: bool, stays: bool = False) -> None:
        """Say of which panel the buttons are, and what they would do."""
        self.window_button.set_icon_name("window-back" if in_window else "window")
        back = self.tr("{0}: back into the workspace")
        out = self.tr("{0}: into a window of its own")
        self.window_button.set_name((back if in_window else out).format(title))
        self.away_button.set_name(self.tr("{0}: put away").format(title))
        self.away_button.setVisible(not stays)

    def _ask_window(self) -> None:
        self.window_wanted.emit()

    def _ask_away(self) -> None:
        self.away_wanted.emit()
