"""A rule table made ready for many evaluations: penalties, masks and bounds looked up, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import Band, Condition, OverlayRule, RuleInput, RuleTable

TOLERANCE = 1e-9
"""Penalties that differ by no more than this are equal; only rounding lies below it."""

MAXIMUM_VALUES = 1_000
"""More admissible values than this are a mistake in a table, never a scale."""

Vector = tuple[float, ...]
"""One number a profile, in the table's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayMask:
    """The conditions of an outcome-setting overlay as bits: all of one set, one of another."""

    outcome: str
    all_bits: int
    any_bits: int

    def fires(self, bits: int) -> bool:
        """Whether the overlay holds where exactly the conditions of `bits` hold."""
        return bits & self.all_bits == self.all_bits and (
            self.any_bits == 0 or bits & self.any_bits != 0
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A table and what can be computed of it before any fact is known.

    Attributes:
        inputs: inputs by id, in the table's order.
        values: every admissible value of an input, by id.
        bands: pairs of profile place and band, by input id.
        penalties: penalties by input id and admissible value.
        advantage: by input id, for each pair of profiles the most that the first one's penalty
            can exceed the second one's, over all admissible values.
        conditions: pairs of bit and condition of the outcome-setting overlays, by input id.
        masks: outcome-setting overlays in the table's order.
    """

    table: RuleTable
    inputs: Mapping[str, RuleInput]
    values: Mapping[str, tuple[float, ...]]
    bands: Mapping[str, tuple[tuple[int, Band], ...]]
    penalties: Mapping[str, Mapping[float, Vector]]
    advantage: Mapping[str, tuple[Vector, ...]]
    conditions: Mapping[str, tuple[tuple[int, Condition], ...]]
    masks: tuple[OverlayMask, ...]

    def penalty(self, input_id: str, value: float) -> Vector:
        """What a value of an input costs each profile."""
        found = self.penalties[input_id].get(value)
        if found is not None:
            return found
        return _penalties(self.bands[input_id], len(self.table.profiles), value)

    def bits(self, input_id: str, value: float) -> int:
        """Bits of the conditions that a value of an input meets."""
        met = 0
        for bit, condition in self.conditions.get(input_id, ()):
            if condition.low <= value <= condition.high:
                met |= bit
        return met


@lru_cache(maxsize=32)
def prepare(table: RuleTable) -> Prepared:
    """Make a table ready.

    Raises:
        DomainError: it has no profile, reads an input that it lacks, or has one without a range.
    """
    inputs = {rule_input.id: rule_input for rule_input in table.inputs}
    _require_sound(table, inputs)
    values = {rule_input.id: admissible_values(rule_input) for rule_input in table.inputs}
    bands = {name: _bands_of(table, name) for name in inputs}
    count = len(table.profiles)
    penalties = {
        name: {value: _penalties(bands[name], count, value) for value in values[name]}
        for name in inputs
    }
    conditions, masks = _masks(table)
    return Prepared(
        table=table,
        inputs=inputs,
        values=values,
        bands=bands,
        penalties=penalties,
        advantage={name: _advantage(tuple(penalties[name].values()), count) for name in inputs},
        conditions=conditions,
        masks=masks,
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
    if not table.profiles:
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
    for overlay in table.overlays:
        yield from (condition.input for condition in (*overlay.all_of, *overlay.any_of))
    if table.disorganization is not None:
        yield table.disorganization.input


def _bands_of(table: RuleTable, input_id: str) -> tuple[tuple[int, Band], ...]:
    return tuple(
        (place, band)
        for place, profile in enumerate(table.profiles)
        for band in profile.bands
        if band.input == input_id
    )


def _penalties(bands: tuple[tuple[int, Band], ...], count: int, value: float) -> Vector:
    costs = [0.0] * count
    for place, band in bands:
        costs[place] += band_penalty(band, value)
    return tuple(costs)


def _advantage(vectors: tuple[Vector, ...], count: int) -> tuple[Vector, ...]:
    return tuple(
        tuple(max(vector[p] - vector[q] for vector in vectors) for q in range(count))
        for p in range(count)
    )


def _masks(
    table: RuleTable,
) -> tuple[dict[str, tuple[tuple[int, Condition], ...]], tuple[OverlayMask, ...]]:
    conditions: dict[str, tuple[tuple[int, Condition], ...]] = {}
    masks = []
    bit = 1
    for overlay in (rule for rule in table.overlays if rule.outcome):
        all_bits = any_bits = 0
        for condition, is_all in _conditions(overlay):
            earlier = conditions.get(condition.input, ())
            conditions[condition.input] = (*earlier, (bit, condition))
            all_bits |= bit if is_all else 0
            any_bits |= 0 if is_all else bit
            bit <<= 1
        masks.append(OverlayMask(outcome=overlay.outcome, all_bits=all_bits, any_bits=any_bits))
    return conditions, tuple(masks)


def _conditions(overlay: OverlayRule) -> list[tuple[Condition, bool]]:
    return [(condition, True) for condition in overlay.all_of] + [
        (condition, False) for condition in overlay.any_of
    ]
