"""A map of a rule table: what comes out over two inputs while the others stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts
from ssp_coder.rules.outcomes import possibilities
from ssp_coder.rules.prepared import Prepared, prepare
from ssp_coder.rules.situation import DStanding, situation_of
from ssp_coder.rules.turns import groups_of, subgroups_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What comes out at one pair of values.

    Attributes:
        groups: main groups still possible, in the table's order; one where it is settled.
        subgroups: best-fitting subgroups among them.
        exact: False when so little is fixed that `groups` is a safe superset.
        left_open: whether it is the table itself that leaves it open between several groups, not
            a rating or a decision that is not known.
    """

    groups: tuple[str, ...]
    subgroups: tuple[str, ...]
    exact: bool
    left_open: bool = False

    @property
    def settled(self) -> bool:
        """Whether only one main group is possible."""
        return len(self.groups) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMap:
    """What comes out over two inputs.

    Attributes:
        x: input along the columns.
        y: input along the rows.
        fixed: pairs of input and value; what is neither here nor on an axis is not known.
        xs: values of the columns, ascending.
        ys: values of the rows, ascending.
        rows: one row of cells a value of `ys`, one cell a value of `xs`.
    """

    x: str
    y: str
    fixed: tuple[tuple[str, float], ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def groups(self) -> tuple[str, ...]:
        """Every main group on the map, each once, in the order of appearance."""
        cells = (cell for row in self.rows for cell in row)
        return tuple(dict.fromkeys(group for cell in cells for group in cell.groups))


def outcome_map(table: RuleTable, x: str, y: str, fixed: Mapping[str, float]) -> OutcomeMap:
    """What a table gives for every pair of values of two inputs.

    D takes no part unless its input is fixed or on an axis.

    Args:
        table: the rule table.
        x: id of an input.
        y: id of another input.
        fixed: values of other inputs by id; a value of `x` or `y` in it is left aside.

    Raises:
        DomainError: an input is not known, both axes are the same, or a value is out of range.
    """
    prepared = prepare(table)
    _require_inputs(prepared, x, y, fixed)
    kept = {name: value for name, value in fixed.items() if name not in (x, y)}
    xs, ys = prepared.values[x], prepared.values[y]
    return OutcomeMap(
        x=x,
        y=y,
        fixed=tuple(kept.items()),
        xs=xs,
        ys=ys,
        rows=tuple(
            tuple(_cell(prepared, {**kept, x: at_x, y: at_y}) for at_x in xs) for at_y in ys
        ),
    )


def _cell(prepared: Prepared, values: Mapping[str, float]) -> Cell:
    table = prepared.table
    rule = table.disorganization
    facts = Facts(
        scores=tuple((name, Points(value)) for name, value in values.items()),
        d_assessed=rule is not None and rule.input in values,
    )
    situation = situation_of(prepared, facts)
    found = possibilities(prepared, situation)
    groups = groups_of(table, found.outcomes)
    undecided = (
        rule is not None
        and rule.input in values
        and situation.d_standing(values[rule.input]) is DStanding.OPEN
    )
    return Cell(
        groups=groups,
        subgroups=subgroups_of(prepared, found.outcomes),
        exact=found.exact,
        left_open=len(groups) > 1 and found.exact and not (found.group_needs or undecided),
    )


def _require_inputs(prepared: Prepared, x: str, y: str, fixed: Mapping[str, float]) -> None:
    known = ", ".join(prepared.inputs)
    for name in (x, y, *fixed):
        if name not in prepared.inputs:
            raise _wrong(name, f"{name} is not an input of the table", f"use one of {known}")
    if x == y:
        raise _wrong(x, f"both axes are {x}", "name two different inputs")


def _wrong(place: str, message: str, remedy: str) -> DomainError:
    return DomainError(Finding(code="map.input", message=message, place=place, remedy=remedy))
