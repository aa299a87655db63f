"""A panel's own window, for instance on a second screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from ssp_coder.ui.docks.box import PanelBox


class PanelWindow(QWidget):
    """Holds one panel. Keys that nobody takes in it belong to the workspace.

    A tool window, so that the shortcuts of the main window work in it too.

    Signals:
        closed: the person closed the window; the panel's id.
    """

    closed = Signal(str)

    def __init__(self, box: PanelBox, home: QWidget) -> None:
        super().__init__(home, Qt.WindowType.Tool)
        self._box: PanelBox | None = box
        self._home = home
        self._panel = box.spec.id
        # A panel that comes back on its screen leaves the keyboard where it is.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(box.spec.title)
        describe(self, box.spec.title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(box)
        box.set_in_window(True)
        box.show()

    @property
    def home(self) -> QWidget:
        """The workspace that the panel belongs to."""
        return self._home

    def give_back(self) -> None:
        """Let the panel go; the window ends."""
        if self._box is not None:
            self._column.removeWidget(self._box)
            self._box.set_in_window(False)
            self._box.setParent(None)
            self._box = None
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().closeEvent(event)
        if self._box is not None:
            self.closed.emit(self._panel)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        QApplication.sendEvent(self._home, event)
