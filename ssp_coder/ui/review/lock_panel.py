"""Locking and unlocking the coding, asked for in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.scheme import UnlockPolicy
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class LockPanel(Panel):
    """Says whether the coding is locked and emits the wish to change that.

    Signals:
        lock_wished: after the person said so twice.
        unlock_wished: the reason is still to be asked for.
    """

    lock_wished = Signal()
    unlock_wished = Signal()

    def __init__(
        self,
        theme: Theme,
        policy: UnlockPolicy,
        history: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent)
        self._for_good = policy is UnlockPolicy.NEVER
        self.set_title(self.tr("Lock"))
        self.lock = PushButton(theme, self.tr("Lock coding"), ButtonKind.PRIMARY, self)
        self.unlock = PushButton(theme, self.tr("Unlock…"), ButtonKind.PLAIN, self)
        self.confirm = PushButton(theme, self.tr("Lock now"), ButtonKind.PRIMARY, self)
        self.keep = PushButton(theme, self.tr("Keep it open"), ButtonKind.PLAIN, self)
        self._state = lettering(theme, "", FontUse.BODY)
        self._reason = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._question = QWidget(self)
        self._locked = False
        self._hindrance = ""
        self._build(history)
        self.lock.clicked.connect(self.ask)
        self.unlock.clicked.connect(self.unlock_wished)
        self.confirm.clicked.connect(self._confirmed)
        self.keep.clicked.connect(self._keep_open)

    @property
    def asking(self) -> bool:
        """Whether the question is on the screen."""
        return not self._question.isHidden()

    def show_state(self, *, locked: bool, hindrance: str) -> None:
        """Show whether it is locked, and why that cannot change now (empty when it can)."""
        if locked and self._for_good and not hindrance:
            hindrance = self.tr("The scheme of this study does not allow it to be unlocked")
        self._locked = locked
        self._hindrance = hindrance
        self._state.setText(self._state_words())
        for button in (self.lock, self.unlock):
            if hindrance:
                button.disable(hindrance)
            else:
                button.enable()
        self._reason.show_text(hindrance)
        if locked or hindrance:
            self._question.hide()
        self._show_buttons()

    def ask(self) -> None:
        """Ask in place whether to lock."""
        if self._locked or self._hindrance:
            return
        self._question.show()
        self._show_buttons()
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.asking:
            self._keep_open()
            return
        super().keyPressEvent(event)

    def _state_words(self) -> str:
        if self._locked:
            return self.tr(
                "Locked. Nothing can be changed; it can be played, exported and compared."
            )
        if self._for_good:
            return self.tr("Open. Lock it when it is finished: from then on it stays as it is.")
        return self.tr(
            "Open. Lock it when it is finished: from then on nothing "
            "changes without a reason in the log."
        )

    def _question_words(self) -> str:
        if self._for_good:
            return self.tr(
                "Lock this coding for good? The scheme of this study does not allow it to be "
                "unlocked."
            )
        return self.tr(
            "Lock this coding? Undo ends here. Unlocking asks for a reason, which is kept."
        )

    def _confirmed(self) -> None:
        self._question.hide()
        self.lock_wished.emit()

    def _keep_open(self) -> None:
        self._question.hide()
        self._show_buttons()
        self.lock.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        self.lock.setVisible(not self._locked and not self.asking)
        self.unlock.setVisible(self._locked)

    def _build(self, history: QWidget | None) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(8))
        column.addWidget(self._state)
        column.addWidget(self._reason)
        line = QHBoxLayout()
        self.lock.set_icon_name("lock")
        line.addWidget(self.lock)
        line.addWidget(self.unlock)
        line.addStretch(1)
        column.addLayout(line)
        asked = QVBoxLayout(self._question)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(px(6))
        asked.addWidget(lettering(self._theme, self._question_words(), FontUse.BODY))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.confirm)
        row.addWidget(self.keep)
        self.keep.set_keys(("Esc",))
        row.addStretch(1)
        asked.addLayout(row)
        self._question.hide()
        column.addWidget(self._question)
        if history is not None:
            column.addWidget(history)
        self.set_body(body)
