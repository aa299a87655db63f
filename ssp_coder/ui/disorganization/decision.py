"""The coder's explicit decision on D, with the reason that it always needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import DisorganizationRule
from ssp_coder.domain.scale import Points, Score
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import RadioButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class DecisionForm(QWidget):
    """Two answers and a reason. It is there at the decision point, and above it as an override.

    Emits `edited` when the coder answers or writes; `decision` and `reason` say what.
    """

    edited = Signal()

    def __init__(
        self, theme: Theme, rule: DisorganizationRule, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rule = rule
        self._locked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._question = lettering(theme, "", FontUse.LABEL)
        self._yes = RadioButton(theme, rule.outcome, self)
        self._no = RadioButton(theme, self.tr("not {0}").format(rule.outcome), self)
        self._group = QButtonGroup(self)
        self._group.addButton(self._yes)
        self._group.addButton(self._no)
        row = QHBoxLayout()
        row.addWidget(self._yes)
        row.addWidget(self._no)
        row.addStretch(1)
        self.reason_field = FieldWithError(theme, self.tr("Reason for the decision"), self)
        self.reason_field.edit.setPlaceholderText(self.tr("Because"))
        column.addWidget(self._question)
        column.addLayout(row)
        column.addWidget(self.reason_field)
        self._group.buttonClicked.connect(self._answered)
        self.reason_field.text_edited.connect(self._written)
        describe(self, self.tr("Decision on {0}").format(rule.outcome))

    @property
    def decision(self) -> DDecision | None:
        """The answer, None while there is none."""
        if self._yes.isChecked():
            return DDecision.YES
        return DDecision.NO if self._no.isChecked() else None

    @property
    def reason(self) -> str:
        """The coder's words."""
        return self.reason_field.text().strip()

    def button(self, decision: DDecision) -> RadioButton:
        """The button of an answer."""
        return self._yes if decision is DDecision.YES else self._no

    def show_decision(self, decision: DDecision | None, reason: str) -> None:
        """Show an answer with its reason."""
        self._group.setExclusive(False)
        self._yes.setChecked(decision is DDecision.YES)
        self._no.setChecked(decision is DDecision.NO)
        self._group.setExclusive(True)
        if self.reason_field.text().strip() != reason:
            self.reason_field.set_text(reason)
        self._say_missing()

    def show_score(self, score: Score) -> None:
        """Ask at the decision point, offer to override above it, and be absent otherwise."""
        self._question.setText(self.question_words(score))
        self.setVisible(is_asked(self._rule, score))

    def set_locked(self, locked: bool) -> None:
        """Show the answer and accept none."""
        self._locked = locked
        self._yes.setEnabled(not locked)
        self._no.setEnabled(not locked)
        self.reason_field.set_read_only(locked)

    def question_words(self, score: Score) -> str:
        """The sentence over the answers."""
        rule = self._rule
        if isinstance(score, Points) and score.value > rule.decision_point:
            words = self.tr("{0} is above {1}: {2}, unless you decide against it")
            values = (point_text(score.value), point_text(rule.decision_point), rule.outcome)
            return words.format(*values)
        return self.tr("At {0} you decide").format(point_text(rule.decision_point))

    def _answered(self) -> None:
        self._say_missing()
        self.edited.emit()

    def _written(self, _text: str) -> None:
        self._say_missing()
        self.edited.emit()

    def _say_missing(self) -> None:
        if self.decision is not None and not self.reason and not self._locked:
            self.reason_field.show_error(self.tr("A decision needs a reason"))
        else:
            self.reason_field.clear_error()


def is_asked(rule: DisorganizationRule, score: Score) -> bool:
    """Whether the coder may decide at this score: at the decision point and above it."""
    return isinstance(score, Points) and score.value >= rule.decision_point
