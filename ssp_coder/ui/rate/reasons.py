"""The small choice that asks, in its place and without a dialog, why there is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scale import Scale
    from ssp_coder.ui.theme.theme import Theme

NOT_RATED_CHOICE = ""
"""What `reason_chosen` carries when the place shall be not rated again."""


class ReasonChoice(QWidget):
    """The scale's reasons as chips; a digit or Enter chooses, Escape leaves things as they are."""

    reason_chosen = Signal(str)
    dismissed = Signal()

    def __init__(self, theme: Theme, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[tuple[str, Chip]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(lettering(theme, self.tr("Why is there no number?"), FontUse.CAPTION))
        flow = FlowLayout(theme.px(2))
        for number, reason in enumerate(scale.missing_reasons, start=1):
            self._add(theme, flow, reason.id, f"{number}  {reason.title}")
        self._clear = self._add(theme, flow, NOT_RATED_CHOICE, self.tr("Not rated again"))
        column.addLayout(flow)
        describe(self, self.tr("Why is there no number?"), self.tr("Escape leaves it as it is"))

    def chip(self, reason: str) -> Chip:
        """The chip of a reason, or of `NOT_RATED_CHOICE`."""
        return next(chip for known, chip in self._chips if known == reason)

    def ask(self, *, is_rated: bool) -> None:
        """Show the choice and put the focus on its first reason."""
        self._clear.setVisible(is_rated)
        self.show()
        self._chips[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._act(watched, event)
        return super().eventFilter(watched, event)

    def _add(self, theme: Theme, flow: FlowLayout, reason: str, words: str) -> Chip:
        chip = Chip(theme, ChipFace(text=words), self)
        chip.clicked.connect(self._chosen)
        chip.installEventFilter(self)
        flow.addWidget(chip)
        self._chips.append((reason, chip))
        return chip

    def _act(self, watched: QObject, event: QKeyEvent) -> bool:
        number = event.key() - Qt.Key.Key_1.value
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(watched)
        elif 0 <= number < len(self._chips) - 1:
            self._choose(self._chips[number][1])
        else:
            return False
        return True

    def _chosen(self) -> None:
        self._choose(self.sender())

    def _choose(self, pressed: QObject) -> None:
        for reason, chip in self._chips:
            if chip is pressed:
                self.reason_chosen.emit(reason)
