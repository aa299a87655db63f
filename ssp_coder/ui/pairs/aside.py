"""The place beside the picture: the host's words on an item, and the confusion matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.pairs.group_matrices import GroupMatrices

if TYPE_CHECKING:
    from ssp_coder.agreement.confusion import Cell
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.pairs.items import PairNames
    from ssp_coder.ui.theme.theme import Theme


class Aside(QWidget):
    """Shows one of the two; a button in the title changes between them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._detail: QWidget | None = None
        self._taken = False
        self.matrices = GroupMatrices(theme, self)
        self._panel = Panel(theme, self.tr("Matrix"), self)
        self._stack = QStackedWidget(self._panel)
        self.matrix_button = PushButton(theme, self.tr("Matrix"), ButtonKind.QUIET, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.matrices)
        self._panel.set_body(self._stack)
        self._panel.add_to_title(self.matrix_button)
        self._column.addWidget(self._panel)
        self.matrix_button.setCheckable(True)
        self.matrix_button.set_icon_name("grid")
        self.matrix_button.hide()
        self.matrix_button.toggled.connect(self.show_matrices)

    def set_detail(self, widget: QWidget, title: str) -> None:
        """Show the host's widget; an earlier one is let go."""
        if self._detail is not None and self._detail is not widget:
            self._detail.hide()
            self._detail.deleteLater()
        self._detail, self._title = widget, title
        if self._taken:
            self._panel.hide()
            self._column.addWidget(widget)
            widget.show()
            return
        self._stack.addWidget(widget)
        self.matrix_button.show()
        self.show_matrices(self.matrix_button.isChecked())

    def show_cells(self, cells: tuple[Cell, ...], scheme: Scheme, names: PairNames) -> None:
        """Show other cells; without any there is no button for them."""
        self.matrices.show_cells(cells, scheme, names)
        if not cells and self.matrix_button.isChecked():
            self.matrix_button.setChecked(False)
        self.matrix_button.setVisible(bool(cells) and self._detail is not None)

    def show_matrices(self, shown: bool) -> None:
        """Bring the matrices to the front, or the host's words."""
        if self._taken:
            return
        front = self.matrices if shown or self._detail is None else self._detail
        self.matrix_button.setChecked(shown)
        self._stack.setCurrentWidget(front)
        self._panel.set_title(self.tr("Matrix") if front is self.matrices else self._title)

    def take_matrices(self) -> GroupMatrices:
        """Hand the matrices over; a host's widget set from now on stands without a frame."""
        self._taken = True
        self._stack.removeWidget(self.matrices)
        self.matrices.setParent(self)
        self.matrices.show()  # a stack hides what leaves it, wherever it goes
        self._panel.hide()
        return self.matrices
