"""A pass rule in words, and each of its criteria with value, interval, n and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ssp_coder.training.pass_rules import Outcome
from ssp_coder.ui.agreement.words import interval, said
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.certificate_words import (
    asked_words,
    grade_words,
    rule_kind,
    state_words,
)
from ssp_coder.ui.training.measure_words import measure_words
from ssp_coder.ui.training.words import outcome_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.pass_rules import CriterionResult, Evaluation, PassRule
    from ssp_coder.ui.theme.theme import Theme

TAGS = {
    Outcome.PASSED: TagKind.OK,
    Outcome.NOT_PASSED: TagKind.ERR,
    Outcome.INSUFFICIENT: TagKind.WARN,
}


class RulePanel(Panel):
    """The pass rule in words: what it is, where it comes from, what meeting it means."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Rule"))
        self.words = tuple(
            lettering(theme, "", use, tone)
            for use, tone in (
                (FontUse.LABEL_STRONG, ""),
                (FontUse.BODY, ""),
                (FontUse.TABLE, "second"),
                (FontUse.TABLE, "second"),
            )
        )
        self.set_body(column_of(theme, self, *self.words))

    def show_rule(self, rule: PassRule | None) -> None:
        """Show a rule; without one, that there is none."""
        lines = (self.tr("This pack names no pass rule that can be read."), "", "", "")
        if rule is not None:
            kept = self.tr("First attempts only. Met or not, every figure stays in the logbook.")
            lines = (
                f"{rule.title} ({rule.id} {rule.version})",
                str(rule.note),
                rule_kind(rule),
                self.tr("Meeting it: {0}. {1}").format(grade_words(rule.grade), kept),
            )
        for label, line in zip(self.words, lines, strict=True):
            label.setText(line)
            label.setVisible(bool(line))


class CriteriaPanel(Panel):
    """Each criterion: what is asked for, value, interval, n, and whether it is met."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Criteria"))
        self.tag = Tag(theme, "", TagKind.NEUTRAL, self)
        self.add_to_title(self.tag)
        self.lines: tuple[tuple[str, ...], ...] = ()

    def show_evaluation(self, found: Evaluation | None, scheme: Scheme | None) -> None:
        """Show how each criterion stands."""
        body = QWidget(self)
        grid = QGridLayout(body)
        px = self._theme.px
        grid.setContentsMargins(px(14), px(10), px(14), px(12))
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(9))
        for column, stretch in enumerate((4, 4, 3, 0, 4)):
            grid.setColumnStretch(column, stretch)
        self.tag.setVisible(found is not None)
        results = () if found is None else found.results
        if found is None:
            none = self.tr("Nothing can be held against a rule yet.")
            grid.addWidget(lettering(self._theme, none, FontUse.BODY, "second"), 0, 0)
        else:
            self.tag.show_tag(outcome_words(found.outcome), TAGS[found.outcome])
            self._add_head(grid)
        self.lines = tuple(self._add(grid, one, scheme) for one in results)
        grid.setRowStretch(grid.rowCount(), 1)
        self.set_body(body)

    def _add_head(self, grid: QGridLayout) -> None:
        heads = (
            self.tr("Statistic"),
            self.tr("Asked for"),
            self.tr("Value, 95 % interval"),
            self.tr("n"),
            self.tr("State"),
        )
        for column, words in enumerate(heads):
            grid.addWidget(lettering(self._theme, words, FontUse.CAPTION, "second"), 0, column)

    def _add(
        self, grid: QGridLayout, one: CriterionResult, scheme: Scheme | None
    ) -> tuple[str, ...]:
        line = grid.rowCount()
        ends = interval(one.estimate)
        value = said(one.estimate) + (f" ({ends})" if ends else "")
        words = (
            measure_words(one.criterion.measure, scheme),
            asked_words(one),
            value,
            f"{one.estimate.n:,}",
        )
        for column, text in enumerate(words):
            use = FontUse.TABLE_STRONG if column == 2 else FontUse.TABLE
            tone = "second" if column == 1 else ""
            label = lettering(self._theme, text, use, tone)
            grid.addWidget(label, line, column, Qt.AlignmentFlag.AlignTop)
        state = state_words(one)
        tag = Tag(self._theme, state, TAGS[one.outcome], self)
        grid.addWidget(tag, line, 4, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return (*words, state)


def column_of(theme: Theme, parent: QWidget, *widgets: QWidget) -> QWidget:
    """Widgets under each other, as the body of a panel."""
    body = QWidget(parent)
    column = QVBoxLayout(body)
    column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(12))
    column.setSpacing(theme.px(6))
    for widget in widgets:
        column.addWidget(widget)
    return body
