"""The coder's own class beside what a table leaves possible: do they agree?"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scheme import Scheme, SuggestionPolicy
from ssp_coder.domain.verdict import Verdict
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding


class Agreement(StrEnum):
    """How an own class stands to a verdict."""

    AGREES = "agrees"
    """It is the only one that the table leaves."""
    POSSIBLE = "open"
    """It is one of several that the table leaves."""
    DIFFERS = "differs"
    """The table leaves its main group, yet another class of it."""
    DIFFERS_IN_GROUP = "differs_group"
    """The table does not leave its main group."""

    @property
    def is_difference(self) -> bool:
        """Whether it asks for a reason."""
        return self in {Agreement.DIFFERS, Agreement.DIFFERS_IN_GROUP}


def outcome_names(
    table: RuleTable, groups: tuple[str, ...], subgroups: tuple[str, ...]
) -> tuple[str, ...]:
    """Subgroups where a group has any, else the group, in the table's order."""
    names: list[str] = []
    for group_id in groups:
        fits = [name for name in table.group(group_id).subgroups if name in subgroups]
        names += fits or [group_id]
    return tuple(names)


def verdict_names(verdict: Verdict, table: RuleTable) -> tuple[str, ...]:
    """What a verdict leaves possible, as `outcome_names` writes it."""
    return outcome_names(table, verdict.possible, verdict.possible_subgroups)


def agreement(own: Classification, verdict: Verdict, table: RuleTable) -> Agreement:
    """Whether the own class is the one, one of those, or none of those that the table leaves.

    A class that names no subgroup, as other programs record it, is held beside the groups alone.
    """
    if own.primary not in verdict.possible:
        return Agreement.DIFFERS_IN_GROUP
    names = verdict_names(verdict, table) if own.subgroup else verdict.possible
    if (own.subgroup or own.primary) not in names:
        return Agreement.DIFFERS
    settled = verdict.group == own.primary and verdict.secondary is not None
    if settled and own.secondary != verdict.secondary:
        return Agreement.DIFFERS
    return Agreement.AGREES if len(names) == 1 else Agreement.POSSIBLE


def unexplained_difference(coding: Coding, scheme: Scheme) -> Iterator[Finding]:
    """That the own class differs from a suggestion which may be seen, and no reason is recorded.

    A coding may be locked all the same: the class stands by itself.
    """
    own = coding.classification
    if own is None or own.disagreement or scheme.suggestion is SuggestionPolicy.NEVER:
        return
    try:
        verdict = evaluate(scheme.rules, facts_from_coding(coding, scheme))
    except DomainError:
        return  # the page of the class says why the table cannot be applied
    if agreement(own, verdict, scheme.rules).is_difference:
        yield Finding(
            code="classification.difference_unexplained",
            message="Reason to differ from the table",
            place="classification.disagreement",
            remedy="say in a few words why you keep your class, or look at the ratings again",
            severity=Severity.WARNING,
        )
