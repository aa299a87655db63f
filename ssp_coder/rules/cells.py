"""The whole input space of a decision table, counted exactly without listing it.

Values of an input that no condition tells apart are one class. The inputs are gone through one by
one, and all combinations that have met and failed the same rules so far are one state; so the
millions of combinations of eight ratings are a few hundred states, and no one is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod

from ssp_coder.domain.ruletable import Condition, MainRule, RuleInput, RuleTable
from ssp_coder.rules.prepared import admissible_values

Values = tuple[tuple[str, float], ...]
"""One value an input, as an example of a whole region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Combinations under which the same rules hold.

    Attributes:
        rules: ids of the rules that hold; none in a gap.
        groups: main groups named by them, in the table's order.
        count: number of combinations.
        example: one of them.
    """

    rules: tuple[str, ...]
    groups: tuple[str, ...]
    count: int
    example: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Every combination of the inputs that a decision table reads.

    Attributes:
        inputs: their ids, in the table's order.
        total: number of combinations, the product of the numbers of admissible values.
        regions: together they hold each combination exactly once.
        contradictions: the regions in which rules hold that do not name the same groups.
        cases: how many different combinations of classes and rules were told apart.
    """

    inputs: tuple[str, ...]
    total: int
    regions: tuple[Region, ...]
    contradictions: tuple[Region, ...]
    cases: int

    @property
    def gaps(self) -> tuple[Region, ...]:
        """The regions in which no rule holds."""
        return tuple(region for region in self.regions if not region.rules)

    @property
    def outcomes(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Groups named and number of combinations, the most frequent first; () is a gap."""
        counts: Counter[tuple[str, ...]] = Counter()
        for region in self.regions:
            counts[region.groups] += region.count
        return tuple(counts.most_common())

    def holding(self, rule: str) -> int:
        """In how many combinations a rule holds."""
        return sum(region.count for region in self.regions if rule in region.rules)


@dataclass(frozen=True, slots=True)
class _Class:
    """Values of one input that all conditions treat alike, as bits of the rules.

    Attributes:
        alive: rules whose conditions on this input are all met, or that have none.
        chosen: rules with an alternative on this input that is met.
    """

    alive: int
    chosen: int
    count: int
    value: float


@dataclass(slots=True)
class _State:
    count: int
    example: Values


def census(table: RuleTable) -> Census:
    """Count what the main rules of a table say of every combination of the inputs they read."""
    rules = table.main
    read = {condition.input for rule in rules for condition in _conditions(rule)}
    inputs = [one for one in table.inputs if one.id in read]
    classes = [_classes(one, rules) for one in inputs]
    states: dict[tuple[int, int], _State] = {((1 << len(rules)) - 1, 0): _State(1, ())}
    cases = 0
    for rule_input, ways in zip(inputs, classes, strict=True):
        states = _advanced(states, rule_input.id, ways)
        cases += len(states) * len(ways)
    regions = _regions(table, states)
    said = {rule.id: frozenset(rule.groups) for rule in rules}
    return Census(
        inputs=tuple(one.id for one in inputs),
        total=prod(sum(way.count for way in ways) for ways in classes),
        regions=regions,
        contradictions=tuple(
            region for region in regions if len({said[rule] for rule in region.rules}) > 1
        ),
        cases=cases,
    )


def _conditions(rule: MainRule) -> Iterator[Condition]:
    yield from rule.all_of
    yield from rule.any_of


def _classes(rule_input: RuleInput, rules: tuple[MainRule, ...]) -> tuple[_Class, ...]:
    found: dict[tuple[int, int], list[float]] = {}
    for value in admissible_values(rule_input):
        alive = chosen = 0
        for place, rule in enumerate(rules):
            if all(_met(one, value) for one in _on(rule.all_of, rule_input.id)):
                alive |= 1 << place
            if any(_met(one, value) for one in _on(rule.any_of, rule_input.id)):
                chosen |= 1 << place
        found.setdefault((alive, chosen), []).append(value)
    return tuple(
        _Class(alive, chosen, len(values), values[0]) for (alive, chosen), values in found.items()
    )


def _on(conditions: Iterable[Condition], input_id: str) -> Iterator[Condition]:
    return (one for one in conditions if one.input == input_id)


def _met(condition: Condition, value: float) -> bool:
    return condition.low <= value <= condition.high


def _advanced(
    states: dict[tuple[int, int], _State], input_id: str, ways: tuple[_Class, ...]
) -> dict[tuple[int, int], _State]:
    after: dict[tuple[int, int], _State] = {}
    for (alive, chosen), state in states.items():
        for way in ways:
            left = alive & way.alive
            key = (left, (chosen | way.chosen) & left)
            known = after.get(key)
            if known is None:
                after[key] = _State(
                    state.count * way.count, (*state.example, (input_id, way.value))
                )
            else:
                known.count += state.count * way.count
    return after


def _regions(table: RuleTable, states: dict[tuple[int, int], _State]) -> tuple[Region, ...]:
    free = sum(1 << place for place, rule in enumerate(table.main) if not rule.any_of)
    order = [group.id for group in table.groups]
    merged: dict[int, _State] = {}
    for (alive, chosen), state in states.items():
        holding = alive & (free | chosen)
        known = merged.setdefault(holding, _State(0, state.example))
        known.count += state.count
    regions = []
    for holding, state in merged.items():
        held = [rule for place, rule in enumerate(table.main) if holding >> place & 1]
        named = {group for rule in held for group in rule.groups}
        regions.append(
            Region(
                rules=tuple(rule.id for rule in held),
                groups=tuple(name for name in order if name in named),
                count=state.count,
                example=state.example,
            )
        )
    return tuple(regions)
