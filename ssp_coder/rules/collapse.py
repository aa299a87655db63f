"""Fewer classes for an analysis, and the rule by which each case got its class.

D with a secure secondary subgroup is insecure in four-way work and secure in forced three-way work,
so every result names the rule that made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.ruletable import MainGroup, RuleTable

SECURE = "secure"
INSECURE = "insecure"


class CollapseRule(StrEnum):
    """How a collapsed class came about."""

    PRIMARY = "primary"
    FORCED_SECONDARY = "forced_secondary"
    COUNTED_AS_D = "counted_as_d"
    SECONDARY_MISSING = "secondary_missing"
    LEFT_OUT = "left_out"


class Unclassified(StrEnum):
    """Where a four-way collapse puts a group that is neither organised nor D.

    The default puts it with D, as most laboratories do (domain reference 6: literature, unverified,
    confidence .85).
    """

    WITH_D = "with_d"
    FORCED = "forced"
    LEAVE_OUT = "leave_out"


class SecureBasis(StrEnum):
    """What a secure/insecure collapse goes by: four-way work or forced three-way work."""

    PRIMARY = "primary"
    FORCED = "forced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collapsed:
    """One class of a collapse.

    Attributes:
        value: the class; empty when the case has none under this collapse.
        rule: which part of the classification it was taken from.
        secondary: the secondary subgroup it went by, empty when it went by the primary group.
    """

    value: str
    rule: CollapseRule
    secondary: str = ""


def three_way(classification: Classification, table: RuleTable) -> Collapsed:
    """The organised main group; of D and the like, that of the forced secondary subgroup.

    Raises:
        KeyError: the table has no such group or subgroup.
    """
    primary = table.group(classification.primary)
    if not primary.needs_secondary:
        return Collapsed(value=primary.id, rule=CollapseRule.PRIMARY)
    if not classification.secondary:
        return Collapsed(value="", rule=CollapseRule.SECONDARY_MISSING)
    return Collapsed(
        value=table.group_of(classification.secondary).id,
        rule=CollapseRule.FORCED_SECONDARY,
        secondary=classification.secondary,
    )


def four_way(
    classification: Classification,
    table: RuleTable,
    *,
    unclassified: Unclassified = Unclassified.WITH_D,
) -> Collapsed:
    """The organised main group or D, whatever the secondary subgroup of D is.

    Raises:
        KeyError: the table has no such group or subgroup, or no D.
    """
    primary = table.group(classification.primary)
    if primary.by_decision or not primary.needs_secondary:
        return Collapsed(value=primary.id, rule=CollapseRule.PRIMARY)
    if unclassified is Unclassified.FORCED:
        return three_way(classification, table)
    if unclassified is Unclassified.WITH_D:
        return Collapsed(value=_disorganized(table).id, rule=CollapseRule.COUNTED_AS_D)
    return Collapsed(value="", rule=CollapseRule.LEFT_OUT)


def secure_two_way(
    classification: Classification, table: RuleTable, *, basis: SecureBasis = SecureBasis.PRIMARY
) -> Collapsed:
    """Secure or insecure, by the primary group or by the forced three-way class.

    Raises:
        KeyError: the table has no such group or subgroup.
    """
    source = (
        three_way(classification, table)
        if basis is SecureBasis.FORCED
        else Collapsed(value=classification.primary, rule=CollapseRule.PRIMARY)
    )
    if not source.value:
        return source
    return Collapsed(
        value=SECURE if table.group(source.value).secure else INSECURE,
        rule=source.rule,
        secondary=source.secondary,
    )


def d_two_way(classification: Classification, table: RuleTable) -> Collapsed:
    """The id of the table's D group, or that id after ``non_``.

    Raises:
        KeyError: the table has no such group, or no D.
    """
    disorganized = _disorganized(table)
    is_d = table.group(classification.primary).id == disorganized.id
    return Collapsed(
        value=disorganized.id if is_d else f"non_{disorganized.id}", rule=CollapseRule.PRIMARY
    )


def _disorganized(table: RuleTable) -> MainGroup:
    for group in table.groups:
        if group.by_decision:
            return group
    raise KeyError(f"rule table {table.id} has no group set by the disorganization rule")
