"""A rule table made ready for many evaluations: penalties, masks and bounds looked up, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import (
    Band,
    Condition,
    MainRule,
    OverlayRule,
    RuleInput,
    RuleTable,
)
from ssp_coder.domain.scale import Score
from ssp_coder.domain.verdict import FactTrace

TOLERANCE = 1e-9
"""Penalties that differ by no more than this are equal; only rounding lies below it."""

MAXIMUM_VALUES = 1_000
"""More admissible values than this are a mistake in a table, never a scale."""

Vector = tuple[float, ...]
"""One cost a contender, in the table's order; the smallest sum of costs wins."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A profile, or a main group with a classification function."""

    id: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMask:
    """The conditions of a rule that sets groups as bits: all of one set, one of another."""

    groups: tuple[str, ...]
    all_bits: int
    any_bits: int

    def fires(self, bits: int) -> bool:
        """Whether the rule holds where exactly the conditions of `bits` hold."""
        return bits & self.all_bits == self.all_bits and (
            self.any_bits == 0 or bits & self.any_bits != 0
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A table and what can be computed of it before any fact is known.

    Attributes:
        contenders: profiles, or groups with functions, in the table's order.
        inputs: inputs by id, in the table's order.
        values: every admissible value of an input, by id.
        start: costs before any input is known.
        costs: costs by input id and admissible value; empty where an input costs nothing.
        advantage: by input id, for each pair of contenders the most that the first one's cost
            can exceed the second one's, over all admissible values.
        conditions: pairs of bit and condition of the rules that set groups, by input id.
        masks: rules that set groups, in the table's order.
        peers: by contender, the places of those that may beat it for good.
        met: condition bits by input id and admissible value.
        ways: what was found out before of a missing input among some candidates, a memory only.
        facts: scores beside ranges as they were told before, a memory only.
    """

    table: RuleTable
    contenders: tuple[Contender, ...]
    inputs: Mapping[str, RuleInput]
    values: Mapping[str, tuple[float, ...]]
    start: Vector
    costs: Mapping[str, Mapping[float, Vector]]
    advantage: Mapping[str, tuple[Vector, ...]]
    conditions: Mapping[str, tuple[tuple[int, Condition], ...]]
    masks: tuple[RuleMask, ...]
    peers: tuple[tuple[int, ...], ...]
    met: Mapping[str, Mapping[float, int]]
    ways: dict[tuple[str, tuple[int, ...]], tuple[tuple[Vector, int, int], ...]] = field(
        default_factory=dict
    )
    facts: dict[tuple[str, float, float, Score], FactTrace] = field(default_factory=dict)

    def cost(self, input_id: str, value: float) -> Vector:
        """What a value of an input costs each contender."""
        found = self.costs[input_id].get(value)
        return cost_of(self.table, input_id, value) if found is None else found

    def judges_by(self, input_id: str) -> bool:
        """Whether the class, apart from D, can depend on an input."""
        return input_id in self.conditions or any(
            any(vector) for vector in self.costs[input_id].values()
        )

    def bits(self, input_id: str, value: float) -> int:
        """Bits of the conditions that a value of an input meets."""
        found = self.met[input_id].get(value)
        return _bits(self.conditions.get(input_id, ()), value) if found is None else found


_READY: dict[int, Prepared] = {}
"""The tables made ready last, by identity: hashing a whole table costs more than one verdict."""

_READY_AT_MOST = 32


def prepare(table: RuleTable) -> Prepared:
    """Make a table ready, or find it ready.

    Raises:
        DomainError: it is closed, has no profile, reads an input that it lacks, or has one without
            a range.
    """
    ready = _READY.get(id(table))
    if ready is None or ready.table is not table:
        ready = _prepared(table)
        if len(_READY) >= _READY_AT_MOST:
            _READY.clear()
        _READY[id(table)] = ready
    return ready


def _prepared(table: RuleTable) -> Prepared:
    inputs = {rule_input.id: rule_input for rule_input in table.inputs}
    _require_sound(table, inputs)
    values = {rule_input.id: admissible_values(rule_input) for rule_input in table.inputs}
    costs = {
        name: {value: cost_of(table, name, value) for value in values[name]} for name in inputs
    }
    contenders = _contenders(table)
    conditions, masks = _masks(table)
    return Prepared(
        table=table,
        contenders=contenders,
        inputs=inputs,
        values=values,
        start=tuple(-one.constant for one in table.functions) or (0.0,) * len(contenders),
        costs=costs,
        advantage={
            name: _advantage(tuple(costs[name].values()), len(contenders)) for name in inputs
        },
        conditions=conditions,
        masks=masks,
        peers=_peers(contenders, apart=bool(table.main)),
        met={
            name: {value: _bits(conditions.get(name, ()), value) for value in values[name]}
            for name in inputs
        },
    )


def cost_of(table: RuleTable, input_id: str, value: float) -> Vector:
    """What a value costs each contender: its misfit, or the negative of what a function gains."""
    if table.functions:
        return tuple(
            -sum(term.weight * value for term in function.terms if term.input == input_id)
            for function in table.functions
        )
    return tuple(
        sum(band_penalty(band, value) for band in profile.bands if band.input == input_id)
        for profile in table.profiles
    )


def _bits(conditions: tuple[tuple[int, Condition], ...], value: float) -> int:
    met = 0
    for bit, condition in conditions:
        if condition.low <= value <= condition.high:
            met |= bit
    return met


def _contenders(table: RuleTable) -> tuple[Contender, ...]:
    if table.functions:
        return tuple(Contender(one.group, one.group) for one in table.functions)
    return tuple(Contender(one.id, one.group) for one in table.profiles)


def _peers(contenders: tuple[Contender, ...], *, apart: bool) -> tuple[tuple[int, ...], ...]:
    """Rivals of each contender; only those of its own group where main rules set the group."""
    return tuple(
        tuple(
            place
            for place, rival in enumerate(contenders)
            if rival is not one and (not apart or rival.group == one.group)
        )
        for one in contenders
    )


def has_sound_range(rule_input: RuleInput) -> bool:
    """Whether an input has a lowest and a highest value and a countable number between them."""
    length, step = rule_input.maximum - rule_input.minimum, rule_input.step
    return 0 < length < inf and 0 < step < inf and length / step < MAXIMUM_VALUES


def admissible_values(rule_input: RuleInput) -> tuple[float, ...]:
    """Every value a coder may give an input of sound range, from the lowest to the highest."""
    steps = int((rule_input.maximum - rule_input.minimum) / rule_input.step + TOLERANCE)
    return tuple(rule_input.minimum + place * rule_input.step for place in range(steps + 1))


def distance_outside(value: float, low: float, high: float) -> float:
    """How far a value lies outside a range with both ends included; 0 inside."""
    return max(low - value, value - high, 0.0)


def band_penalty(band: Band, value: float) -> float:
    """Weighted squared distance of a value from a band."""
    return float(band.weight * distance_outside(value, band.low, band.high) ** 2)


def _require_sound(table: RuleTable, inputs: Mapping[str, RuleInput]) -> None:
    if table.closed:
        raise DomainError(
            Finding(
                code="table.closed",
                message=f"rule table {table.id} cannot be used: {table.closed}",
                place=table.id,
                remedy="fill it in from its source, or use another table",
            )
        )
    if not table.profiles and not table.functions:
        raise _unsound("profiles", f"rule table {table.id} has no profile", "give it one")
    for rule_input in table.inputs:
        if not has_sound_range(rule_input):
            raise _unsound(
                f"inputs.{rule_input.id}",
                f"rule table {table.id} has no usable range for {rule_input.id}",
                "give a minimum below the maximum and a positive step",
            )
    for name in _inputs_read(table):
        if name not in inputs:
            raise _unsound(
                name,
                f"rule table {table.id} reads {name}, which is none of its inputs",
                "list it under inputs or correct its name",
            )


def _unsound(place: str, message: str, remedy: str) -> DomainError:
    return DomainError(Finding(code="table.unsound", message=message, place=place, remedy=remedy))


def _inputs_read(table: RuleTable) -> Iterator[str]:
    for profile in table.profiles:
        yield from (band.input for band in profile.bands)
    for function in table.functions:
        yield from (term.input for term in function.terms)
    rules: tuple[MainRule | OverlayRule, ...] = (*table.main, *table.overlays)
    for rule in rules:
        yield from (condition.input for condition in (*rule.all_of, *rule.any_of))
    if table.disorganization is not None:
        yield table.disorganization.input


def _advantage(vectors: tuple[Vector, ...], count: int) -> tuple[Vector, ...]:
    return tuple(
        tuple(max(vector[p] - vector[q] for vector in vectors) for q in range(count))
        for p in range(count)
    )


def _masks(
    table: RuleTable,
) -> tuple[dict[str, tuple[tuple[int, Condition], ...]], tuple[RuleMask, ...]]:
    conditions: dict[str, tuple[tuple[int, Condition], ...]] = {}
    masks = []
    bit = 1
    for rule, groups in _setting(table):
        all_bits = any_bits = 0
        for condition, is_all in _conditions(rule):
            earlier = conditions.get(condition.input, ())
            conditions[condition.input] = (*earlier, (bit, condition))
            all_bits |= bit if is_all else 0
            any_bits |= 0 if is_all else bit
            bit <<= 1
        masks.append(RuleMask(groups=groups, all_bits=all_bits, any_bits=any_bits))
    return conditions, tuple(masks)


def _setting(table: RuleTable) -> Iterator[tuple[MainRule | OverlayRule, tuple[str, ...]]]:
    """The rules that set groups: main rules where there are any, else overlays."""
    if table.main:
        yield from ((rule, rule.groups) for rule in table.main)
    else:
        yield from ((rule, (rule.outcome,)) for rule in table.overlays if rule.outcome)


def _conditions(rule: MainRule | OverlayRule) -> list[tuple[Condition, bool]]:
    return [(condition, True) for condition in rule.all_of] + [
        (condition, False) for condition in rule.any_of
    ]
