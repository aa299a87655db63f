"""Which cases another rule table would judge differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.rules.evaluate import evaluate


class EffectKind(StrEnum):
    """How far two suggestions differ, the farthest first."""

    GROUP = "group"
    """The main group, or what of it is still possible."""
    SUBGROUP = "subgroup"
    """The subgroup within the same main group, or the secondary one."""
    REMARKS = "remarks"
    """Only remarks, such as how close the runner-up is."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What two tables say of one case.

    Attributes:
        case: name of the case.
        old: what the first table says.
        new: what the second one says.
        kind: how far they differ.
    """

    case: str
    old: Verdict
    new: Verdict
    kind: EffectKind


def effects(
    old: RuleTable, new: RuleTable, facts: Iterable[tuple[str, Facts]]
) -> tuple[Effect, ...]:
    """Every case under both tables, in the given order.

    Args:
        old: one table.
        new: another one.
        facts: pairs of the name of a case and what is known of it; each table takes the inputs
            that it reads.

    Raises:
        DomainError: a score lies outside the range of a table, or a table cannot be evaluated.
    """
    return tuple(_effect(case, evaluate(old, known), evaluate(new, known)) for case, known in facts)


def changed(found: Iterable[Effect]) -> tuple[Effect, ...]:
    """The cases that get another class, those with another main group first."""
    by_kind = tuple(found)
    return tuple(
        effect
        for kind in (EffectKind.GROUP, EffectKind.SUBGROUP)
        for effect in by_kind
        if effect.kind is kind
    )


def _effect(case: str, old: Verdict, new: Verdict) -> Effect:
    return Effect(case=case, old=old, new=new, kind=_kind(old, new))


def _kind(old: Verdict, new: Verdict) -> EffectKind:
    if set(old.possible) != set(new.possible):
        return EffectKind.GROUP
    if set(old.possible_subgroups) != set(new.possible_subgroups):
        return EffectKind.SUBGROUP
    return EffectKind.NONE if set(old.flags) == set(new.flags) else EffectKind.REMARKS
