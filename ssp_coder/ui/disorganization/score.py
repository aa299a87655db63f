"""The score of disorganization and, where it is asked for, the coder's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.procedure import RemarkTopic
from ssp_coder.domain.ruletable import DisorganizationRule
from ssp_coder.domain.scale import RatingSlot, Score
from ssp_coder.editing.visits import visit_remarks
from ssp_coder.rules.consistency import classification_findings
from ssp_coder.ui.disorganization.decision import DecisionForm, is_asked
from ssp_coder.ui.disorganization.findings import finding_words
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.prepare.remarks import RemarkLines
from ssp_coder.ui.rate.cell import CellState, RatingCell
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class ScorePanel(Panel):
    """Shows the score; the decision can be recorded here once there is a class to keep it with.

    Signals:
        rating_wished: the `Rating` as it should become.
        clear_wished: id of the place that shall be not rated again.
        decision_wished: the answer and reason in `decision` shall be recorded.
        classify_requested: the coder wants to go to the own class.
    """

    rating_wished = Signal(object)
    clear_wished = Signal(str)
    decision_wished = Signal()
    classify_requested = Signal()

    def __init__(
        self, theme: Theme, scheme: Scheme, slot: RatingSlot, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self._slot = slot
        self._own: Classification | None = None
        self._locked = False
        self.set_title(self.tr("Score over the whole session"))
        self.cell = RatingCell(theme, scheme, slot, framed=False)
        rule = scheme.rules.disorganization
        self._rule = rule if rule is not None and rule.input == slot.id else None
        self._build()
        self.cell.rating_wished.connect(self.rating_wished)
        self.cell.clear_wished.connect(self.clear_wished)

    def show_coding(self, coding: Coding, *, locked: bool) -> None:
        """Show score and decision of a coding."""
        score = coding.score(self._slot.id)
        state = CellState(rating=coding.rating(self._slot.id), can_tie=False, locked=locked)
        self.cell.show_state(state)
        remarks = visit_remarks(coding, self._scheme.procedure)
        self.remarks.show_remarks(
            [remark for _, remark in remarks if remark.topic is RemarkTopic.DISORGANIZATION]
        )
        if self._rule is not None:
            old, self._own, self._locked = self._own, coding.classification, locked
            self._show_decision(old, score)
            self._show_open(score)

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(10), px(8), px(10), px(8))
        column.setSpacing(px(6))
        column.addWidget(self.cell)
        if self._rule is not None:
            column.addWidget(self._build_decision(self._rule))
        self.remarks = RemarkLines(self._theme, body)
        column.addWidget(self.remarks)
        self._findings = IconLine(self._theme, "warning", FontUse.TABLE, "err", body)
        column.addWidget(self._findings)
        self.set_body(body)

    def _build_decision(self, rule: DisorganizationRule) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        self.decision = DecisionForm(self._theme, rule, holder)
        self.record_button = PushButton(self._theme, self.tr("Record decision"), parent=holder)
        self.classify_button = PushButton(self._theme, self.tr("Go to your class"), parent=holder)
        self._later = lettering(self._theme, "", FontUse.TABLE, "second")
        column.addWidget(self.decision)
        column.addWidget(self._later)
        row = QHBoxLayout()
        row.addWidget(self.record_button)
        row.addWidget(self.classify_button)
        row.addStretch(1)
        column.addLayout(row)
        self.decision.edited.connect(self._show_button)
        self.record_button.clicked.connect(self.decision_wished)
        self.classify_button.clicked.connect(self.classify_requested)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return holder

    def _show_decision(self, old: Classification | None, score: Score) -> None:
        rule, own = self._rule, self._own
        if rule is None:
            return
        asked = is_asked(rule, score)
        self.decision.show_score(score)
        self.decision.set_locked(self._locked)
        if own is None:
            self.decision.hide()
        elif own != old:
            self.decision.show_decision(own.d_decision, own.d_reason)
        words = self.tr("{0}. The decision is recorded together with your class.")
        self._later.setText(words.format(self.decision.question_words(score)))
        self._later.setVisible(asked and own is None)
        self.classify_button.setVisible(asked and own is None and not self._locked)
        self.record_button.setVisible(asked and own is not None and not self._locked)
        self._show_button()

    def _show_button(self) -> None:
        decision, reason = self.decision.decision, self.decision.reason
        kept = (self._own.d_decision, self._own.d_reason) if self._own else (None, "")
        if decision is None:
            self.record_button.disable(self.tr("Decide first"))
        elif not reason:
            self.record_button.disable(self.tr("Write a reason first"))
        elif (decision, reason) == kept:
            self.record_button.disable(self.tr("This decision is recorded"))
        else:
            self.record_button.enable()

    def _show_open(self, score: Score) -> None:
        own = self._own
        found = classification_findings(own, self._scheme.rules, score) if own else ()
        lines = [finding_words(finding, self._scheme.rules) for finding in found]
        self._findings.show_text("\n".join(lines))
