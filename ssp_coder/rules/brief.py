"""A table's suggestion without its reasons, for tables of thousands of ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssp_coder.domain.ruletable import Condition, OverlayRule, RuleTable
from ssp_coder.domain.verdict import Facts
from ssp_coder.rules.evaluate import evaluate, is_left_open, settled
from ssp_coder.rules.outcomes import possibilities, standing_costs
from ssp_coder.rules.prepared import Prepared, prepare
from ssp_coder.rules.situation import Situation, needed_decision, situation_of
from ssp_coder.rules.turns import groups_of, subgroups_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a verdict says without saying why; each part means what it means there."""

    group: str | None
    subgroup: str | None
    secondary: str | None
    possible: tuple[str, ...]
    needs: tuple[str, ...]
    left_open: bool
    flags: tuple[str, ...]


class Briefing:
    """Asks one table again and again."""

    def __init__(self, table: RuleTable) -> None:
        """Make the table ready.

        Raises:
            DomainError: the table cannot be evaluated.
        """
        self._table = table
        self._prepared = prepare(table)
        self._flagging = [rule for rule in table.overlays if rule.flag]
        self._ranked_by = [
            name
            for name, one in self._prepared.inputs.items()
            if one.required and self._prepared.judges_by(name)
        ]

    def of(self, facts: Facts) -> Brief:
        """The same as `evaluate` says of the facts.

        Raises:
            DomainError: a score lies outside its input's range, or the table is closed.
        """
        prepared = self._prepared
        situation = situation_of(prepared, facts)
        if self._table.closed or (self._table.functions and situation.missing(prepared)):
            return _shortened(self._table, facts)
        found = possibilities(prepared, situation)
        groups = groups_of(self._table, found.outcomes)
        fits = subgroups_of(prepared, found.outcomes)
        decision = needed_decision(situation)
        outcome = settled(self._table, groups, fits)
        return Brief(
            group=outcome.group,
            subgroup=outcome.subgroup,
            secondary=outcome.secondary,
            possible=groups,
            needs=found.needs + decision,
            left_open=is_left_open(found, groups, decision),
            flags=self._flags(situation, fits),
        )

    def _flags(self, situation: Situation, fits: tuple[str, ...]) -> tuple[str, ...]:
        raised = {rule.flag for rule in self._flagging if _holds(self._prepared, situation, rule)}
        if all(name in situation.known for name in self._ranked_by):
            margin = self._margin(situation, fits)
            if margin is not None and margin < self._table.borderline_margin:
                raised.add(self._table.borderline_flag)
        return tuple(flag.id for flag in self._table.flags if flag.id in raised)

    def _margin(self, situation: Situation, fits: tuple[str, ...]) -> float | None:
        """How far the next best contender lies behind the first one, as `evaluate` ranks them."""
        costs = standing_costs(self._prepared, situation)
        if len(costs) < 2:
            return None
        places: Sequence[int] = range(len(costs))
        if self._table.main:
            contenders = self._prepared.contenders
            places = [at for at in places if contenders[at].id in fits] or places
        first = min(places, key=costs.__getitem__)
        return min(cost for at, cost in enumerate(costs) if at != first) - costs[first]


def _shortened(table: RuleTable, facts: Facts) -> Brief:
    verdict = evaluate(table, facts)
    return Brief(
        group=verdict.group,
        subgroup=verdict.subgroup,
        secondary=verdict.secondary,
        possible=verdict.possible,
        needs=verdict.needs,
        left_open=verdict.left_open,
        flags=verdict.flags,
    )


def _holds(prepared: Prepared, situation: Situation, rule: OverlayRule) -> bool:
    """Whether a rule certainly holds."""
    return all(_met(prepared, situation, one) for one in rule.all_of) and (
        not rule.any_of or any(_met(prepared, situation, one) for one in rule.any_of)
    )


def _met(prepared: Prepared, situation: Situation, condition: Condition) -> bool:
    value = situation.known.get(condition.input)
    values = prepared.values[condition.input] if value is None else (value,)
    return condition.low <= values[0] and values[-1] <= condition.high
