"""Asks for one reason, in a few words, before something that must have one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The words of one question.

    Attributes:
        title: of the dialog.
        words: what will happen, and who will read the reason.
        act: on the button that does it.
    """

    title: str
    words: str
    act: str


class ReasonDialog(QDialog):
    """Goes on only with a reason that is not empty."""

    def __init__(self, theme: Theme, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = FieldWithError(theme, self.tr("Reason"), self)
        self.act = PushButton(theme, asking.act, ButtonKind.PRIMARY, self)
        self._cancel = PushButton(theme, self.tr("Cancel"), ButtonKind.PLAIN, self)
        self.setWindowTitle(asking.title)
        self.setMinimumWidth(theme.px(440))
        self._build(theme, asking)
        self.field.edit.setMaxLength(LONGEST_REASON)
        self.field.text_edited.connect(self._allow)
        self.act.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._allow()

    def reason(self) -> str:
        """What was typed, without spaces around it."""
        return self.field.text().strip()

    def accept(self) -> None:
        """Close, unless there is no reason."""
        if self.reason():
            super().accept()

    def _allow(self) -> None:
        if self.reason():
            self.act.enable()
        else:
            self.act.disable(self.tr("Give a reason first"))

    def _build(self, theme: Theme, asking: Asking) -> None:
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        column.addWidget(lettering(theme, asking.words, FontUse.BODY))
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        self._cancel.set_keys(("Esc",))
        row.addWidget(self._cancel)
        row.addWidget(self.act)
        column.addLayout(row)
        self.act.setDefault(True)
        self.field.setFocus()
