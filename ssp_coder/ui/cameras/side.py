"""The right side of the dialog: the panel about the chosen camera, or words where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.cameras.place_panel import PanelSubject, PlacePanel
from ssp_coder.ui.kit.empty_state import EmptyState

if TYPE_CHECKING:
    from ssp_coder.ui.cameras.draft import PlaceDraft
    from ssp_coder.ui.theme.theme import Theme


class CameraSide(QWidget):
    """Keeps one panel alive as long as it speaks of the same camera and videos.

    Signals:
        applied: the `Proposal` of the panel.
        found_out: the panel's draft holds something new.
    """

    applied = Signal(object)
    found_out = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._subject: PanelSubject | None = None
        self.panel: PlacePanel | None = None
        self.words: EmptyState | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_camera(self, subject: PanelSubject, draft: PlaceDraft) -> None:
        """Show the panel about a camera; one that is there already only changes."""
        if self.panel is not None and subject == self._subject and draft is self.panel.draft:
            self.panel.refresh()
            return
        self.drop()
        self.panel, self._subject = PlacePanel(self._theme, subject, draft, self), subject
        self.panel.applied.connect(self.applied)
        self.panel.found_out.connect(self.found_out)
        self._column.addWidget(self.panel)
        self.panel.show()

    def show_words(self, title: str, hint: str) -> None:
        """Say why there is nothing to place."""
        if self.words is not None:
            self.words.show_texts(title, hint)
            return
        self.drop()
        self.words = EmptyState(self._theme, title, hint, parent=self)
        self._column.addWidget(self.words)
        self.words.show()

    def drop(self) -> None:
        """Show nothing; the work of the panel stops and its recordings are let go."""
        if self.panel is not None:
            self.panel.stop()
        for widget in (self.panel, self.words):
            if widget is not None:
                widget.hide()
                self._column.removeWidget(widget)
                widget.deleteLater()
        self.panel = self.words = self._subject = None
