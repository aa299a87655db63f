"""The levels at which classes are compared, and which classes each of them declares."""

from __future__ import annotations

from collections.abc import Callable

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.domain.coding import Classification
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.rules.collapse import (
    INSECURE,
    SECURE,
    d_two_way,
    four_way,
    secure_two_way,
    three_way,
)

_TAKE: dict[ClassLevel, Callable[[Classification, RuleTable], str]] = {
    ClassLevel.PRIMARY: lambda own, _table: own.primary,
    ClassLevel.SUBGROUP: lambda own, _table: own.subgroup,
    ClassLevel.SECONDARY: lambda own, _table: own.secondary,
    ClassLevel.THREE_WAY: lambda own, table: three_way(own, table).value,
    ClassLevel.FOUR_WAY: lambda own, table: four_way(own, table).value,
    ClassLevel.SECURE_TWO_WAY: lambda own, table: secure_two_way(own, table).value,
    ClassLevel.D_TWO_WAY: lambda own, table: d_two_way(own, table).value,
    ClassLevel.D_DECISION: lambda own, _table: own.d_decision.value if own.d_decision else "",
}
_NEED_D = frozenset({ClassLevel.FOUR_WAY, ClassLevel.D_TWO_WAY})


def levels_of(table: RuleTable) -> tuple[ClassLevel, ...]:
    """The levels that a table has; without a disorganization rule two of them fall away."""
    has_d = any(group.by_decision for group in table.groups)
    return tuple(level for level in _TAKE if has_d or level not in _NEED_D)


def class_at(level: ClassLevel, own: Classification | None, table: RuleTable) -> str:
    """The class of a case at a level; empty when it has none.

    Raises:
        KeyError: the table has no such group or subgroup.
    """
    return "" if own is None else _TAKE[level](own, table)


def classes_declared(level: ClassLevel, table: RuleTable) -> tuple[str, ...]:
    """The classes that a case can have at a level, in the table's order.

    Raises:
        ValueError: the level is a coder's decision, not a class.
    """
    organised = tuple(group.id for group in table.groups if not group.needs_secondary)
    disorganized = tuple(group.id for group in table.groups if group.by_decision)
    subgroups = tuple(one for group in table.groups for one in group.subgroups)
    declared = {
        ClassLevel.PRIMARY: tuple(group.id for group in table.groups),
        ClassLevel.SUBGROUP: subgroups,
        ClassLevel.SECONDARY: subgroups,
        ClassLevel.THREE_WAY: organised,
        ClassLevel.FOUR_WAY: (*organised, *disorganized),
        ClassLevel.SECURE_TWO_WAY: (SECURE, INSECURE),
        ClassLevel.D_TWO_WAY: (*disorganized, *(f"non_{one}" for one in disorganized)),
    }
    if level not in declared:
        raise ValueError(f"{level.value} is a decision of the coder, not a class")
    return declared[level]
