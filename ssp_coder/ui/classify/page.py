"""The Classify page: own class at the left, what the table says at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scale import NOT_RATED, Score, SlotId
from ssp_coder.domain.scheme import SuggestionPolicy
from ssp_coder.domain.verdict import DECISION_INPUT, Verdict
from ssp_coder.editing.document import Changed
from ssp_coder.editing.edits import Classify, ClearClassification
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.ui.classify.bands import BandsPanel
from ssp_coder.ui.classify.disagreement import DisagreementPanel
from ssp_coder.ui.classify.own_class import OwnClassPanel
from ssp_coder.ui.classify.rule_list import RulesPanel
from ssp_coder.ui.classify.suggestion import SuggestionPanel
from ssp_coder.ui.dialogs.unrecorded import Unrecorded
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.stacking import is_narrow, stand
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.enter import EnterPage
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

SHOWN_AREAS = frozenset(
    {"classification", "ratings", "events", "intervals", "episodes", "session_end", "locked"}
)
WIDE, WIDE_OWN, NARROW_OWN = 1280, 330, 304
STACKED_AREA = 260
"""Project default: so high is what the table says where it stands under the own class."""

NO_LIMIT = 16_777_215
"""Qt's own: a widget may be as wide as it likes."""


class ClassifyPage(EnterPage):
    """Records the own class; then, as the scheme's policy says, shows the suggestion.

    Signals:
        place_requested: id of a place whose rating the table would need.
    """

    place_requested = Signal(str)

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stale = True
        self._build()
        describe(self, self.tr("Classify"))
        session.changed.connect(self._follow)
        self.own_class.record_wished.connect(self._record)
        self.own_class.withdraw_wished.connect(self._withdraw)
        self.suggestion.place_wished.connect(self._go_to_place)
        self.disagreement.kept.connect(self._keep)
        self._refresh()

    def main_action(self) -> tuple[str, Callable[[], None]]:
        """What the button in the step's header says and does."""
        return self.tr("Record class"), self.own_class.record

    def is_suggestion_visible(self) -> bool:
        """Whether the scheme's policy lets the suggestion be seen now."""
        match self._session.scheme.suggestion:
            case SuggestionPolicy.ALWAYS:
                return True
            case SuggestionPolicy.NEVER:
                return False
            case SuggestionPolicy.AFTER_OWN:
                return self._session.coding.classification is not None

    def unrecorded(self) -> Unrecorded | None:
        """The class that was chosen or changed and is not the recorded one."""
        if self._stale:
            self._refresh()
        if not self.own_class.holds_unrecorded:
            return None
        return Unrecorded(
            title=self.tr("Your class is not recorded"),
            words=self.tr("What you changed under Your class is not recorded yet."),
            record=self._record_draft if self.own_class.is_recordable else None,
            discard=self.own_class.discard,
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._refresh()
        super().showEvent(event)
        if not event.spontaneous():
            self.own_class.classes.focus_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        stacked = is_narrow(self.width(), px)
        stand(self._row, stacked=stacked)
        if stacked:
            self.own_class.setMinimumWidth(0)
            self.own_class.setMaximumWidth(NO_LIMIT)
            self.own_class.setMinimumHeight(self.own_class.sizeHint().height())
        else:
            self.own_class.setMinimumHeight(0)
            self.own_class.setFixedWidth(px(WIDE_OWN if self.width() >= px(WIDE) else NARROW_OWN))
        self._area.setMinimumHeight(px(STACKED_AREA) if stacked else 0)
        super().resizeEvent(event)

    def _build(self) -> None:
        px = self._theme.px
        scheme = self._session.scheme
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(4), px(10), px(4))
        column.setSpacing(px(4))
        row = self._row = QHBoxLayout()
        row.setSpacing(px(10))
        self.own_class = OwnClassPanel(self._theme, scheme, self)
        self.suggestion = SuggestionPanel(self._theme, scheme, self)
        self.bands = BandsPanel(self._theme, scheme, self)
        self.rules = RulesPanel(self._theme, scheme, self)
        self.disagreement = DisagreementPanel(self._theme, scheme.rules, self)
        right = QVBoxLayout()
        right.setSpacing(px(10))
        right.addWidget(self._build_area(), 1)
        right.addWidget(self.disagreement)
        row.addWidget(self.own_class)
        row.addLayout(right, 1)
        column.addLayout(row, 1)
        words = self.tr("Research use. Not for decisions about a child.")
        base = lettering(self._theme, words, FontUse.CAPTION, "hint")
        base.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(base)

    def _build_area(self) -> QScrollArea:
        px = self._theme.px
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for panel in (self.suggestion, self.bands, self.rules):
            column.addWidget(panel)
        column.addStretch(1)
        area = self._area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        return area

    def _follow(self, changed: Changed) -> None:
        if changed.record.change.areas & SHOWN_AREAS:
            self._stale = True
            if self.isVisible():
                self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        own, locked = self._session.coding.classification, self._session.read_only
        self.own_class.show_own(own, self._d_score(), locked=locked)
        verdict = self._verdict() if self.is_suggestion_visible() else None
        if verdict is not None:
            self.suggestion.show_verdict(verdict)
            self.bands.show_fits(verdict, own)
            self.rules.show_rules(verdict)
        elif not self.is_suggestion_visible():
            self._show_hidden()
        self.bands.setVisible(verdict is not None and bool(verdict.fits))
        self.rules.setVisible(verdict is not None)
        self.disagreement.show_pair(own, verdict, locked=locked)

    def _show_hidden(self) -> None:
        if self._session.scheme.suggestion is SuggestionPolicy.NEVER:
            hint = self.tr("This scheme shows no suggestion")
        else:
            hint = self.tr(
                "It is shown once your own class is recorded, so that it cannot lead you"
            )
        self.suggestion.show_hidden(self.tr("Suggestion hidden"), hint)

    def _verdict(self) -> Verdict | None:
        coding, scheme = self._session.coding, self._session.scheme
        try:
            facts = facts_from_coding(coding, scheme)
            return evaluate(scheme.rules, facts, sha256=scheme.rules_sha256)
        except DomainError as error:
            self.suggestion.show_hidden(self.tr("The table cannot be applied"), said_error(error))
            return None

    def _d_score(self) -> Score:
        rule = self._session.scheme.rules.disorganization
        return NOT_RATED if rule is None else self._session.coding.score(SlotId(rule.input))

    def _record_draft(self) -> bool:
        self.own_class.record()
        if self._stale:
            self._refresh()
        return not self.own_class.holds_unrecorded

    def _record(self, own: Classification) -> None:
        self._session.submit(Classify(classification=own), cause=self)

    def _withdraw(self) -> None:
        self._session.submit(ClearClassification(), cause=self)

    def _keep(self, reason: str) -> None:
        own = self._session.coding.classification
        if own is not None:
            kept = replace(own, disagreement=reason)
            self._session.submit(Classify(classification=kept), cause=self)

    def _go_to_place(self, input_id: str) -> None:
        decision = self.own_class.decision
        if input_id == DECISION_INPUT and decision is not None:
            decision.reason_field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._session.scheme.has_slot(input_id):
            self.place_requested.emit(input_id)
