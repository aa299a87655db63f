"""Every rule of the table, whether it fired, and on which ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.domain.verdict import FactTrace, RuleTrace, Truth, Verdict
from ssp_coder.ui.classify.words import fact_words, joined
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("classify", words)


_ICONS = {Truth.YES: "check", Truth.UNKNOWN: "circle", Truth.NO: "cross"}


class RuleLine(QWidget):
    """One rule with the facts that decided it."""

    def __init__(self, theme: Theme, scheme: Scheme, rule: RuleTrace) -> None:
        super().__init__()
        self.rule = rule
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        column.setSpacing(theme.px(1))
        head = QHBoxLayout()
        title = IconLine(theme, _ICONS[rule.truth], FontUse.TABLE, "")
        head.addWidget(title, 1)
        head.addWidget(Tag(theme, *provenance_tag(rule.provenance)))
        title.show_text(rule_title(rule, scheme))
        column.addLayout(head)
        facts = [fact_words(fact, scheme) for fact in deciding_facts(rule)]
        self.facts = lettering(theme, "; ".join(facts), FontUse.CAPTION, "second")
        self.facts.setContentsMargins(theme.px(21), 0, 0, 0)
        column.addWidget(self.facts)
        self.facts.setHidden(not facts)


class RulesPanel(Panel):
    """Rules that fired, rules that still may, and rules that cannot."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self.set_title(self.tr("Rules"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def lines(self) -> tuple[RuleLine, ...]:
        """The rules shown."""
        body = self.body()
        return tuple(body.findChildren(RuleLine)) if body is not None else ()

    def show_rules(self, verdict: Verdict) -> None:
        """Show the rules of a verdict."""
        px = self._theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(14), px(8), px(14), px(8))
        column.setSpacing(px(2))
        sections = (
            (self.tr("Hold"), verdict.fired),
            (self.tr("May still hold"), verdict.undecided),
            (self.tr("Ruled out"), verdict.ruled_out),
        )
        for title, rules in sections:
            if rules:
                words = f"{title}  {len(rules)}"
                column.addWidget(lettering(self._theme, words, FontUse.CAPTION_STRONG, "second"))
                for rule in rules:
                    column.addWidget(hairline())
                    column.addWidget(RuleLine(self._theme, self._scheme, rule))
        self.set_body(holder)


def deciding_facts(rule: RuleTrace) -> tuple[FactTrace, ...]:
    """The facts worth reading: those that fail, that are unknown, or all of a rule that holds."""
    if rule.truth is Truth.YES:
        return rule.facts
    return tuple(fact for fact in rule.facts if fact.holds is rule.truth)


def rule_title(rule: RuleTrace, scheme: Scheme) -> str:
    """What a rule is called and what it does when it holds."""
    outcome = str(scheme.rules.flag(rule.flag).title) if rule.flag else rule.outcome
    if rule.between:
        outcome = tr("open: {0}").format(joined(rule.between))
    return f"{rule.title} \N{RIGHTWARDS ARROW} {outcome}" if outcome else str(rule.title)
