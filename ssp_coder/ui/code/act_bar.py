"""Small buttons under the board for what is done to the event coded last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from ssp_coder.ui.theme.theme import Theme


class ActBar(QFrame):
    """Four acts with their keys; a click on one leaves the keyboard where it is.

    Where there is not room for all, the key caps go first and then the last buttons: every act has
    its key and its line in the menu.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tips: dict[PushButton, str] = {}
        self._keys: tuple[tuple[str, ...], ...] = ((),) * 4
        self.setProperty("panel", True)
        self.take_back = self._button(self.tr("Undo last"), self.tr("Delete the event coded last"))
        self.move_here = self._button(
            self.tr("To now"), self.tr("Let the event coded last start at the frame on the screen")
        )
        self.end_here = self._button(
            self.tr("End here"), self.tr("End the state coded last of those that run here")
        )
        self.same_again = self._button(
            self.tr("Same again"), self.tr("Code what was coded last once more, with its modifiers")
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(6), 0, theme.px(6), 0)
        self._row.setSpacing(theme.px(2))
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for button in self.buttons:
            self._row.addWidget(button)
        self._row.addStretch(1)

    @property
    def buttons(self) -> tuple[PushButton, ...]:
        """The buttons in their order."""
        return (self.take_back, self.move_here, self.end_here, self.same_again)

    def show_keys(self, keys: Iterable[tuple[str, ...]]) -> None:
        """Show the keys that do the same, those of each button in their order."""
        self._keys = tuple(keys)
        self._fit(self.width())

    def set_locked(self, locked: bool) -> None:
        """Let the acts be used or not."""
        for button in self.buttons:
            if locked:
                button.disable(self.tr("The coding cannot be changed"))
            else:
                button.enable()
                button.setToolTip(self._tips[button])

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        for button, parts in zip(self.buttons, self._keys, strict=True):
            button.set_keys(parts)
        if self._wide(4) > width:
            for button in self.buttons:
                button.set_keys(())
        for place, button in enumerate(self.buttons, start=1):
            button.setVisible(place == 1 or self._wide(place) <= width)

    def _wide(self, count: int) -> int:
        """The width that the first buttons need."""
        margins = self._row.contentsMargins()
        buttons = sum(button.sizeHint().width() for button in self.buttons[:count])
        return buttons + (count - 1) * self._row.spacing() + margins.left() + margins.right()

    def _button(self, words: str, tip: str) -> PushButton:
        button = PushButton(self._theme, words, ButtonKind.QUIET, self)
        self._tips[button] = tip
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
