"""Half points: a scheme's scales and the inputs of its tables, rated in steps of one half."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from ssp_coder.domain.ruletable import Condition, RuleTable
from ssp_coder.domain.scale import Scale, ScaleRole
from ssp_coder.domain.scheme import Scheme

HALF = 0.5
HALVED_ROLES = frozenset({ScaleRole.INTERACTIVE, ScaleRole.DISORGANIZATION})
"""Some laboratories rate these in halves; the book has whole points (domain reference, 2.1, 6)."""


def in_half_points(scheme: Scheme) -> Scheme:
    """The same scheme with half points on the scales that some laboratories rate so.

    The inputs of every table that stand for such a rating get the same step, so that what is still
    possible and what one step would change are counted in halves. A main rule is written in whole
    points; a half point lies between two of them and meets what either would meet, so that the
    table leaves open what its neighbours do not agree on.
    """
    halved = {scale.id for scale in scheme.scales if scale.role in HALVED_ROLES}
    inputs = frozenset(slot.id for slot in scheme.slots if slot.scale in halved)
    changes: dict[str, Any] = {  # Any: the values of a scheme's fields
        "scales": tuple(_halved(scale) if scale.id in halved else scale for scale in scheme.scales)
    }
    for field in fields(scheme):
        value = getattr(scheme, field.name)
        if isinstance(value, RuleTable):
            changes[field.name] = _with_halves(value, inputs)
        elif isinstance(value, tuple) and any(isinstance(one, RuleTable) for one in value):
            changes[field.name] = tuple(_with_halves(table, inputs) for table in value)
    return replace(scheme, **changes)


def _halved(scale: Scale) -> Scale:
    return replace(scale, step=HALF)


def _with_halves(table: RuleTable, inputs: frozenset[str]) -> RuleTable:
    return replace(
        table,
        inputs=tuple(
            replace(entry, step=HALF) if entry.id in inputs else entry for entry in table.inputs
        ),
        main=tuple(
            replace(
                rule,
                all_of=_reaching(rule.all_of, inputs),
                any_of=_reaching(rule.any_of, inputs),
            )
            for rule in table.main
        ),
    )


def _reaching(conditions: tuple[Condition, ...], inputs: frozenset[str]) -> tuple[Condition, ...]:
    """The ranges with the half point below and above, which no whole point can tell."""
    return tuple(
        replace(one, low=one.low - HALF, high=one.high + HALF) if one.input in inputs else one
        for one in conditions
    )
