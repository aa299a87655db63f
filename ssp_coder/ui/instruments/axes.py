"""Which two inputs a map lays out, and where the others stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.ui.instruments.words import input_place

if TYPE_CHECKING:
    from ssp_coder.domain.ruletable import RuleExample, RuleInput, RuleTable
    from ssp_coder.domain.scheme import Scheme


def separating(table: RuleTable, scheme: Scheme) -> tuple[str, str]:
    """The two inputs of the last reunion that tell the groups apart most, in the table's order.

    Raises:
        ValueError: the table reads fewer than two inputs.
    """
    last = max((_reunion(i, scheme) for i in table.inputs), default=0)
    near = [i for i in table.inputs if _reunion(i, scheme) == last]
    listed = near if len(near) > 1 else list(table.inputs)
    if len(listed) < 2:
        raise ValueError(f"rule table {table.id} reads fewer than two inputs")
    best = sorted(listed, key=lambda i: -separation(table, i.id))[:2]
    first, second = sorted(best, key=listed.index)
    return first.id, second.id


def separation(table: RuleTable, input_id: str) -> float:
    """How far an input spreads the profiles, or the functions, of a table apart."""
    bands = [b for profile in table.profiles for b in profile.bands if b.input == input_id]
    if bands:
        middles = [(band.low + band.high) / 2 for band in bands]
        return max(band.weight for band in bands) * (max(middles) - min(middles))
    terms = [t.weight for f in table.functions for t in f.terms if t.input == input_id]
    return max(terms) - min(terms) if terms else 0.0


def prototype(table: RuleTable) -> RuleExample | None:
    """The example of a table that names the most inputs."""
    return max(table.examples, key=lambda example: len(example.values), default=None)


def points_of(rule_input: RuleInput) -> tuple[float, ...]:
    """The values that an input can take, from the lowest."""
    count = round((rule_input.maximum - rule_input.minimum) / rule_input.step)
    return tuple(rule_input.minimum + place * rule_input.step for place in range(count + 1))


def _reunion(rule_input: RuleInput, scheme: Scheme) -> int:
    place = input_place(rule_input, scheme)
    return next((p.reunion for p in scheme.procedure.episodes if p.id == place), 0)
