"""Which single one-step changes of a known number would change what comes out."""

from __future__ import annotations

from collections.abc import Iterable

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.verdict import Turn
from ssp_coder.rules.outcomes import Outcome, known_of, reachable
from ssp_coder.rules.prepared import Prepared
from ssp_coder.rules.situation import Situation


def groups_of(table: RuleTable, outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """The main groups among outcomes, in the table's order."""
    found = {group for group, _ in outcomes}
    return tuple(group.id for group in table.groups if group.id in found)


def subgroups_of(prepared: Prepared, outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """The best-fitting subgroups among outcomes, in the order of the contenders."""
    found = {fit for _, fit in outcomes}
    return tuple(one.id for one in prepared.contenders if one.id in found)


def turns(
    prepared: Prepared, situation: Situation, outcomes: frozenset[Outcome]
) -> tuple[Turn, ...]:
    """Changes by one step, down and up, of every known input that change the outcomes.

    Args:
        prepared: the table.
        situation: what is known.
        outcomes: what comes out as things are, exactly.
    """
    table = prepared.table
    known = known_of(prepared, situation)
    found = []
    for name, rule_input in prepared.inputs.items():
        if name not in situation.known:
            continue
        value = situation.known[name]
        for changed in (value - rule_input.step, value + rule_input.step):
            if not rule_input.minimum <= changed <= rule_input.maximum:
                continue
            after = reachable(
                prepared,
                situation.with_value(name, changed),
                known.moved(prepared, name, value, changed),
            )
            if after is not None and after != outcomes:
                found.append(
                    Turn(
                        input=name,
                        from_value=value,
                        to_value=changed,
                        groups=groups_of(table, after),
                        subgroups=subgroups_of(prepared, after),
                    )
                )
    return tuple(found)
