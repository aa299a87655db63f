"""The cover that is chosen: how long it lasts, and away with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ssp_coder.ui.faces.words import Clock, cover_text
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.media.covering import Patch
    from ssp_coder.ui.theme.theme import Theme


class CoverBar(QWidget):
    """Shows one cover and emits what is wanted of it."""

    add_requested = Signal()
    next_requested = Signal()
    start_requested = Signal()
    end_requested = Signal()
    whole_requested = Signal()
    removal_requested = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self.words = lettering(theme, "", FontUse.TABLE, "second")
        self.add = self._button(self.tr("Add a cover"), "plus", "N")
        self.next = self._button(self.tr("Next cover"), "", "C")
        self.start = self._button(self.tr("Starts here"), "", "[")
        self.end = self._button(self.tr("Ends here"), "", "]")
        self.whole = self._button(self.tr("Whole clip"), "", "W")
        self.remove = self._button(self.tr("Remove"), "trash", "Del")
        self._build()
        self.add.clicked.connect(self.add_requested)
        self.next.clicked.connect(self.next_requested)
        self.start.clicked.connect(self.start_requested)
        self.end.clicked.connect(self.end_requested)
        self.whole.clicked.connect(self.whole_requested)
        self.remove.clicked.connect(self.removal_requested)

    def show_patch(self, patch: Patch | None, here: int) -> None:
        """Show a cover, or that none is chosen, and how many there are in this frame."""
        if patch is None:
            one = self.tr("1 cover in this frame. Draw one in the picture, or choose it there.")
            many = self.tr(
                "{0} covers in this frame. Draw one in the picture, or choose one there."
            )
            self.words.setText(one if here == 1 else many.format(here))
        else:
            self.words.setText(cover_text(patch, self._clock))
        for button in (self.start, self.end, self.whole, self.remove):
            if patch is None:
                button.disable(self.tr("Choose a cover in the picture first"))
            else:
                button.enable()

    def _button(self, text: str, icon: str, key: str) -> PushButton:
        button = PushButton(self._theme, text, ButtonKind.PLAIN, self)
        if icon:
            button.set_icon_name(icon)
        button.set_keys((key,))
        return button

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        self.words.setMinimumHeight(2 * self.words.fontMetrics().height())
        column.addWidget(self.words)
        grid = QGridLayout()
        grid.setSpacing(px(4))
        places = ((self.add, self.next), (self.start, self.end), (self.whole, self.remove))
        for row, pair in enumerate(places):
            for place, button in enumerate(pair):
                grid.addWidget(button, row, place)
        column.addLayout(grid)
