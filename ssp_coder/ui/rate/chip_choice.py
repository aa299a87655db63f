"""A small choice among chips, in its place and without a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.rate.flow import FlowLayout

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class ChipChoice(QWidget):
    """Chips that stand for something; a digit or Enter chooses, Escape leaves things as they are.

    Signals:
        chosen: what the chip stands for.
        dismissed: nothing is to be chosen.
    """

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[tuple[object, Chip]] = []
        self._flow = FlowLayout(theme.px(2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._act(watched, event)
        return super().eventFilter(watched, event)

    def _add(self, meant: object, words: str) -> Chip:
        chip = Chip(self._theme, ChipFace(text=words), self)
        chip.clicked.connect(self._chosen)
        chip.installEventFilter(self)
        self._flow.addWidget(chip)
        self._chips.append((meant, chip))
        return chip

    def _digits(self) -> int:
        """How many of the first chips a digit chooses."""
        return len(self._chips)

    def _act(self, watched: QObject, event: QKeyEvent) -> bool:
        number = event.key() - Qt.Key.Key_1.value
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(watched)
        elif 0 <= number < self._digits():
            self._choose(self._chips[number][1])
        else:
            return False
        return True

    def _chosen(self) -> None:
        self._choose(self.sender())

    def _choose(self, pressed: QObject) -> None:
        for meant, chip in self._chips:
            if chip is pressed:
                self.chosen.emit(meant)
                return
