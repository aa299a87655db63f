"""The class a coder is about to record: what follows from each choice."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Score
from ssp_coder.rules.consistency import classification_findings
from ssp_coder.ui.disorganization.decision import is_asked

NO_CLASS = Classification(primary="")
"""Where every class begins: nothing chosen."""

_TOGETHER = (
    ("primary", "subgroup", "secondary", "disagreement"),
    ("d_decision", "d_reason"),
    ("confidence",),
    ("rationale",),
)
"""Parts of a class that are written together or not at all."""


def with_choice(draft: Classification, table: RuleTable, name: str) -> Classification:
    """The draft after a subgroup, or a group without any, was chosen.

    A group that needs a second class takes the subgroup chosen before as its proposal. A reason to
    disagree belonged to the class before and is gone.
    """
    if name in table.subgroups():
        chosen = replace(draft, primary=table.group_of(name).id, subgroup=name, secondary="")
    else:
        second = draft.secondary or draft.subgroup
        second = second if table.group(name).needs_secondary else ""
        chosen = replace(draft, primary=name, subgroup="", secondary=second)
    return _settled(draft, chosen)


def with_secondary(draft: Classification, name: str) -> Classification:
    """The draft with another second class."""
    return _settled(draft, replace(draft, secondary=name))


def with_decision(draft: Classification, decision: DDecision | None, reason: str) -> Classification:
    """The draft with another decision on D."""
    return replace(draft, d_decision=decision, d_reason=reason)


def at_score(draft: Classification, table: RuleTable, score: Score) -> Classification:
    """The draft without a decision that the score does not ask for."""
    rule = table.disorganization
    if rule is not None and is_asked(rule, score):
        return draft
    return replace(draft, d_decision=None, d_reason="")


def rebased(draft: Classification, before: Classification, after: Classification) -> Classification:
    """The draft upon what is recorded now: only what was recorded and left alone follows.

    Args:
        draft: as it stands on the screen.
        before: what was recorded when it was begun.
        after: what is recorded now.
    """
    kept = {
        name: getattr(draft, name)
        for names in _TOGETHER
        if any(getattr(draft, name) != getattr(before, name) for name in names)
        for name in names
    }
    return replace(after, **kept)


def open_findings(draft: Classification, table: RuleTable, score: Score) -> tuple[Finding, ...]:
    """What is missing from a draft; nothing is said before a class is chosen."""
    return classification_findings(draft, table, score) if draft.primary else ()


def is_recordable(draft: Classification, findings: tuple[Finding, ...]) -> bool:
    """Whether the draft is a whole class, so that nothing seen later need complete it."""
    whole = all(finding.severity is not Severity.ERROR for finding in findings)
    return bool(draft.primary) and whole


def _settled(before: Classification, after: Classification) -> Classification:
    same = (before.primary, before.subgroup, before.secondary) == (
        after.primary,
        after.subgroup,
        after.secondary,
    )
    return after if same else replace(after, disagreement="")
