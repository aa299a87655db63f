"""The small choice that asks, in its place and without a dialog, why there is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.rate.chip_choice import ChipChoice
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scale import Scale
    from ssp_coder.ui.kit.chip import Chip
    from ssp_coder.ui.theme.theme import Theme

NOT_RATED_CHOICE = ""
"""What `reason_chosen` carries when the place shall be not rated again."""


class ReasonChoice(ChipChoice):
    """The scale's reasons as chips; a digit or Enter chooses, Escape leaves things as they are."""

    reason_chosen = Signal(str)

    def __init__(self, theme: Theme, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.chosen.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(lettering(theme, self.tr("Why is there no number?"), FontUse.CAPTION))
        for number, reason in enumerate(scale.missing_reasons, start=1):
            self._add(reason.id, f"{number}  {reason.title}")
        self._clear = self._add(NOT_RATED_CHOICE, self.tr("Not rated again"))
        column.addLayout(self._flow)
        describe(self, self.tr("Why is there no number?"), self.tr("Escape leaves it as it is"))

    def chip(self, reason: str) -> Chip:
        """The chip of a reason, or of `NOT_RATED_CHOICE`."""
        return next(chip for known, chip in self._chips if known == reason)

    def ask(self, *, is_rated: bool) -> None:
        """Show the choice and put the focus on its first reason."""
        self._clear.setVisible(is_rated)
        self.show()
        self._chips[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, reason: str) -> None:
        self.reason_chosen.emit(reason)

    def _digits(self) -> int:
        return len(self._chips) - 1  # the last one, not rated again, has no digit
