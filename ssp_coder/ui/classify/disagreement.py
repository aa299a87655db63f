"""Own class and table side by side: that they agree, or why the class stays where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.verdict import Verdict
from ssp_coder.rules.own_class import Agreement, agreement, verdict_names
from ssp_coder.ui.classify.words import class_name, joined
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ruletable import RuleTable
    from ssp_coder.ui.theme.theme import Theme


class DisagreementPanel(Panel):
    """Is there once both are known; emits `kept` with the reason where they differ."""

    kept = Signal(str)

    def __init__(self, theme: Theme, table: RuleTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._table = table
        self._own: Classification | None = None
        body = QWidget(self)
        row = QHBoxLayout(body)
        px = theme.px
        row.setContentsMargins(px(14), px(10), px(14), px(4))
        row.setSpacing(px(16))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.headline = IconLine(theme, "differs", FontUse.PANEL_TITLE, "warn", body)
        self.agreed = IconLine(theme, "check", FontUse.PANEL_TITLE, "ok", body)
        self._remark = lettering(theme, "", FontUse.TABLE, "second")
        words.addWidget(self.headline)
        words.addWidget(self.agreed)
        words.addWidget(self._remark)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._reasoning = self._build_reason(body)
        row.addWidget(self._reasoning, 1)
        self.set_body(body)
        self.reason.text_edited.connect(self._show_button)
        self.keep_button.clicked.connect(self._keep)
        self.reason.edit.returnPressed.connect(self.keep_button.click)
        self.hide()

    def show_pair(
        self, own: Classification | None, verdict: Verdict | None, *, locked: bool
    ) -> None:
        """Show class and verdict, and ask for a reason if they differ."""
        if own is None or verdict is None:
            self._own = None
            self.hide()
            return
        found = agreement(own, verdict, self._table)
        names = joined(self._table_names(verdict))
        words = self.tr("You: {0}. Table: {1}.").format(class_name(own), names)
        differs = found.is_difference
        self.headline.show_text(words if differs else "")
        self.agreed.show_text("" if differs else words)
        self._reasoning.setVisible(differs)
        if differs:
            self._show_difference(own, verdict, locked=locked)
        else:
            self._own = None
            self._remark.setText(self._agreement_words(found))
        self.show()

    def _show_difference(self, own: Classification, verdict: Verdict, *, locked: bool) -> None:
        if self._own is None or _recorded(own) != _recorded(self._own):
            self.reason.set_text(own.disagreement)
        self._own = own
        self._remark.setText(self._remark_words(own, verdict))
        self.keep_button.set_words(self.tr("Keep {0}").format(class_name(own)))
        self.keep_button.setVisible(not locked)
        self.reason.set_read_only(locked)
        self._show_button("")

    def _agreement_words(self, found: Agreement) -> str:
        if found is Agreement.AGREES:
            return self.tr("They agree.")
        return self.tr("Yours is among those that the table leaves possible.")

    def _build_reason(self, body: QWidget) -> QWidget:
        theme = self._theme
        holder = QWidget(body)
        self.reason = FieldWithError(theme, self.tr("Why you keep your class"), body)
        self.reason.edit.setPlaceholderText(self.tr("Because"))
        self.keep_button = PushButton(theme, "", parent=body)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.reason, 1)
        button = QVBoxLayout()
        button.addWidget(self.keep_button)
        button.addStretch(1)
        row.addLayout(button)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        return holder

    def _table_names(self, verdict: Verdict) -> tuple[str, ...]:
        names = verdict_names(verdict, self._table)
        if verdict.secondary is not None and len(names) == 1:
            return (f"{names[0]} / {verdict.secondary}",)
        return names

    def _remark_words(self, own: Classification, verdict: Verdict) -> str:
        if own.primary in verdict.possible:
            title = str(self._table.group(own.primary).title)
            if len(verdict.possible) > 1:
                return self.tr("The table leaves {0} possible. Your class stays.").format(title)
            return self.tr("Same main group: {0}. Your class stays.").format(title)
        return self.tr("Another main group. Your class stays.")

    def _show_button(self, _text: str) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.keep_button.disable(self.tr("Write a reason first"))
        elif self._own is not None and reason == self._own.disagreement:
            self.keep_button.disable(self.tr("This reason is recorded"))
        else:
            self.keep_button.enable()

    def _keep(self) -> None:
        self.kept.emit(self.reason.text().strip())


def _recorded(own: Classification) -> tuple[str, ...]:
    """What a reason belongs to; one that is being written stays while this is the same."""
    return (own.primary, own.subgroup, own.secondary, own.disagreement)
