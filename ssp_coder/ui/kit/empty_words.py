"""What a list says in its place while it has no rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel

from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.theme.theme import Theme


class EmptyWords(QLabel):
    """Lies over a list without rows and says what to do next; the pointer goes through it."""

    def __init__(self, theme: Theme, view: QAbstractItemView, words: Callable[[], str]) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._say = words
        self.setFont(theme.font(FontUse.TABLE))
        self.setProperty("tone", "second")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setMargin(theme.px(8))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.viewport().installEventFilter(self)
        model = view.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.show_words)
        self.show_words()

    def show_words(self) -> None:
        """Say what is to be said now, or nothing where there are rows."""
        empty = self._view.model().rowCount() == 0
        if empty:
            self.setText(self._say())
            self.setGeometry(self._view.viewport().rect())
        if empty != (not self.isHidden()):
            self.setVisible(empty)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.viewport().rect())
        return False
