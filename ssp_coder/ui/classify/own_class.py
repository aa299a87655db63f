"""The coder's own class: chosen first, recorded whole, never replaced by a suggestion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.scale import NOT_RATED, Points, Score
from ssp_coder.ui.classify.class_buttons import ClassButtons
from ssp_coder.ui.classify.draft import (
    NO_CLASS,
    at_score,
    is_recordable,
    open_findings,
    rebased,
    with_choice,
    with_decision,
    with_secondary,
)
from ssp_coder.ui.classify.words import score_words
from ssp_coder.ui.disorganization.decision import DecisionForm
from ssp_coder.ui.disorganization.findings import finding_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.rating_row import RatingRow, RatingScale, point_text
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import IconLine, lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

CONFIDENCE = (1, 5)


class OwnClassPanel(Panel):
    """Holds a draft until it is recorded.

    Signals:
        record_wished: the `Classification` to be recorded.
        withdraw_wished: the recorded class shall be taken back.
    """

    record_wished = Signal(object)
    withdraw_wished = Signal()

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self._table = scheme.rules
        self._own: Classification | None = None
        self._draft = NO_CLASS
        self._aside: Classification | None = None
        self._score: Score = NOT_RATED
        self._locked = False
        self.set_title(self.tr("Your class"))
        self._build()
        self._connect()
        self._show_draft()

    @property
    def draft(self) -> Classification:
        """The class as it stands on the screen."""
        return self._draft

    def show_own(self, own: Classification | None, score: Score, *, locked: bool) -> None:
        """Show what is recorded; what was changed and not yet recorded stays.

        While it is locked only what is recorded is seen; the draft comes back with the unlocking.
        """
        if locked and self._aside is None and self.holds_unrecorded:
            self._aside = rebased(self._draft, self._own or NO_CLASS, own or NO_CLASS)
        if locked:
            self._draft = own or NO_CLASS
        elif self._aside is not None:
            self._draft, self._aside = self._aside, None
        elif own != self._own:
            self._draft = rebased(self._draft, self._own or NO_CLASS, own or NO_CLASS)
        self._own, self._score, self._locked = own, score, locked
        self._draft = at_score(self._draft, self._table, score) if not locked else self._draft
        self._show_draft()

    @property
    def holds_unrecorded(self) -> bool:
        """Whether the coder changed something that is not recorded."""
        recorded = at_score(self._own or NO_CLASS, self._table, self._score)
        return self._aside is not None or (not self._locked and self._draft != recorded)

    @property
    def is_recordable(self) -> bool:
        """Whether the draft can be recorded as it stands."""
        return self.record_button.isEnabled() and not self._locked

    def discard(self) -> None:
        """Go back to what is recorded."""
        self._aside = None
        self._draft = self._own or NO_CLASS
        if not self._locked:
            self._draft = at_score(self._draft, self._table, self._score)
        self._show_draft()

    def record(self) -> None:
        """Ask for the draft to be recorded, if it is whole."""
        if self.is_recordable:
            self.record_wished.emit(self._draft)

    def finding_lines(self) -> tuple[str, ...]:
        """What the panel says is missing."""
        return tuple(self._findings.text().splitlines())

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        self.classes = ClassButtons(self._theme, self._table, body)
        column.addWidget(self.classes)
        column.addLayout(self._build_lines(body))
        rule = self._table.disorganization
        self.decision = None if rule is None else DecisionForm(self._theme, rule, body)
        if self.decision is not None:
            column.addWidget(self.decision)
        column.addWidget(lettering(self._theme, self.tr("Why"), FontUse.BODY, "second"))
        self.rationale = QPlainTextEdit(body)
        self.rationale.setTabChangesFocus(True)
        self.rationale.setMinimumHeight(px(56))
        self.rationale.setMaximumHeight(px(220))
        describe(self.rationale, self.tr("Why this class"))
        column.addWidget(self.rationale, 3)
        self._findings = IconLine(self._theme, "warning", FontUse.TABLE, "err", body)
        column.addWidget(self._findings)
        column.addLayout(self._build_acts(body))
        column.addStretch(1)
        column.addWidget(hairline(body))
        column.addWidget(self._build_promise(body))
        self.set_body(body)

    def _build_lines(self, body: QWidget) -> QGridLayout:
        low, high = CONFIDENCE
        theme = self._theme
        self.confidence = RatingRow(
            theme, RatingScale(name=self.tr("How sure"), minimum=low, maximum=high), body
        )
        self.second = ComboBox(theme, body)
        self.second.addItem(self.tr("Choose"), "")
        for name in self._table.subgroups():
            self.second.addItem(name, name)
        describe(self.second, self.tr("Second class"))
        groups = ", ".join(g.id for g in self._table.groups if g.needs_secondary)
        words = self.tr("asked for with {0} only").format(groups)
        self._no_second = lettering(theme, words, FontUse.TABLE, "second")
        self._d_line = lettering(theme, "", FontUse.TABLE)
        second = QHBoxLayout()
        second.addWidget(self.second)
        second.addWidget(self._no_second, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._name(self.tr("Second")), 0, 0)
        grid.addLayout(second, 0, 1)
        grid.addWidget(self._name(self.tr("Sure")), 1, 0)
        grid.addWidget(self.confidence, 1, 1)
        if self._table.disorganization is not None:
            grid.addWidget(self._name(self.tr("D scale")), 2, 0)
            grid.addWidget(self._d_line, 2, 1)
        return grid

    def _name(self, words: str) -> QWidget:
        return short_lettering(self._theme, words, FontUse.BODY, "second")

    def _build_acts(self, body: QWidget) -> FlowLayout:
        self.record_button = PushButton(
            self._theme, self.tr("Record class"), ButtonKind.PRIMARY, body
        )
        self.withdraw_button = PushButton(self._theme, self.tr("Take back"), ButtonKind.QUIET, body)
        row = FlowLayout(self._theme.px(4))
        row.addWidget(self.record_button)
        row.addWidget(self.withdraw_button)
        return row

    def _build_promise(self, body: QWidget) -> IconLine:
        line = IconLine(self._theme, "info", FontUse.TABLE, "second", body)
        line.show_text(self.tr("Your class is the result; the suggestion never replaces it."))
        return line

    def _connect(self) -> None:
        self.classes.class_chosen.connect(self._choose)
        self.second.activated.connect(self._choose_second)
        self.confidence.point_chosen.connect(self._be_sure)
        self.confidence.cleared.connect(self._be_unsure)
        self.confidence.cannot_code_requested.connect(self._be_unsure)
        self.rationale.textChanged.connect(self._explain)
        self.record_button.clicked.connect(self.record)
        self.withdraw_button.clicked.connect(self.withdraw_wished)
        if self.decision is not None:
            self.decision.edited.connect(self._decide)

    def _choose(self, name: str) -> None:
        self._draft = with_choice(self._draft, self._table, name)
        self._show_draft()

    def _choose_second(self, _row: int) -> None:
        self._draft = with_secondary(self._draft, self.second.currentData())
        self._show_draft()

    def _be_sure(self, point: float) -> None:
        self._draft = replace(self._draft, confidence=int(point))
        self._show_draft()

    def _be_unsure(self) -> None:
        self._draft = replace(self._draft, confidence=0)
        self._show_draft()

    def _explain(self) -> None:
        words = self.rationale.toPlainText().strip()
        if words != self._draft.rationale:
            self._draft = replace(self._draft, rationale=words)
            self._show_acts()

    def _decide(self) -> None:
        if self.decision is not None:
            decision, reason = self.decision.decision, self.decision.reason
            self._draft = with_decision(self._draft, decision, reason)
            self._show_acts()

    def _show_draft(self) -> None:
        draft = self._draft
        self.classes.show_chosen(draft.subgroup or draft.primary)
        self._show_second(draft)
        if draft.confidence:
            self.confidence.show_rated(draft.confidence)
        else:
            self.confidence.show_not_rated()
        if self.rationale.toPlainText().strip() != draft.rationale:
            self.rationale.setPlainText(draft.rationale)
        self._d_line.setText(self._d_words())
        if self.decision is not None:
            self.decision.show_score(self._score)
            self.decision.show_decision(draft.d_decision, draft.d_reason)
        self._lock()
        self._show_acts()

    def _show_second(self, draft: Classification) -> None:
        needed = bool(draft.primary) and self._table.group(draft.primary).needs_secondary
        self.second.setVisible(needed)
        self._no_second.setVisible(not needed)
        self.second.setCurrentIndex(max(0, self.second.findData(draft.secondary)))

    def _lock(self) -> None:
        for widget in (self.classes, self.second):
            widget.setEnabled(not self._locked)
        self.confidence.set_locked(self._locked)
        self.rationale.setReadOnly(self._locked)
        if self.decision is not None:
            self.decision.set_locked(self._locked)

    def _show_acts(self) -> None:
        findings = open_findings(self._draft, self._table, self._score)
        lines = [finding_words(finding, self._table) for finding in findings]
        self._findings.show_text("\n".join(lines))
        recorded = self._own is not None
        self.set_note(self._state_words())
        self.record_button.setVisible(not self._locked)
        self.withdraw_button.setVisible(recorded and not self._locked)
        if not self._draft.primary:
            self.record_button.disable(self.tr("Choose a class first"))
        elif not is_recordable(self._draft, findings):
            self.record_button.disable(lines[0])
        elif self._draft == self._own:
            self.record_button.disable(self.tr("This class is recorded"))
        else:
            self.record_button.enable()

    def _state_words(self) -> str:
        if self._locked:
            kept = self.tr("read only, change kept")
            return self.tr("read only") if self._aside is None else kept
        if self._own is None:
            return self.tr("not recorded yet")
        return self.tr("recorded") if self._own == self._draft else self.tr("changed, not recorded")

    def _d_words(self) -> str:
        rule = self._table.disorganization
        if rule is None or not isinstance(self._score, Points):
            return self.tr("not rated") if self._score is NOT_RATED else score_words(self._score)
        value, point = self._score.value, rule.decision_point
        if value == point:
            words = self.tr("{0}: you decide")
        elif value > point:
            words = self.tr("{0}, above {1}: {2}")
        else:
            words = self.tr("{0}, below {1}: no {2}")
        return words.format(point_text(value), point_text(point), rule.outcome)
