"""Asked once, in place: what becomes of clips whose names are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.reporting.clip_names import InTheWay
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

_NAMED = 3
"""Project default: so many files are named, the others counted."""


class TakenQuestion(QWidget):
    """Names what is there already, and waits for one of three answers."""

    answered = Signal(object)
    taken_back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = IconLine(theme, "warning", FontUse.BODY, "warn", self)
        self.leave = PushButton(theme, self.tr("Leave them out"), parent=self)
        self.number = PushButton(theme, self.tr("Write beside, numbered"), parent=self)
        self.overwrite = PushButton(theme, self.tr("Replace them"), parent=self)
        self.back = PushButton(theme, self.tr("Back"), ButtonKind.QUIET, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._said)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for button in (self.leave, self.number, self.overwrite, self.back):
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        self.leave.clicked.connect(self._leave)
        self.number.clicked.connect(self._number)
        self.overwrite.clicked.connect(self._replace)
        self.back.clicked.connect(self.taken_back)

    def text(self) -> str:
        """What is asked."""
        return self._said.text()

    def ask(self, names: tuple[str, ...]) -> None:
        """Ask about these files; the answer that changes nothing has the focus."""
        shown = ", ".join(names[:_NAMED])
        if len(names) > _NAMED:
            shown = self.tr("{0} and {1} more").format(shown, len(names) - _NAMED)
        self._said.show_text(self.tr("There already: {0}").format(shown))
        self.show()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.answered.emit(InTheWay.LEAVE_OUT)

    def _number(self) -> None:
        self.answered.emit(InTheWay.NUMBER)

    def _replace(self) -> None:
        self.answered.emit(InTheWay.REPLACE)
