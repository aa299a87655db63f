"""A rule table as rows and columns: each cell the range that a rule expects of an input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.ui.instruments.words import between_words, input_place, input_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssp_coder.domain.ruletable import (
        Band,
        Condition,
        MainRule,
        OverlayRule,
        Profile,
        RuleInput,
        RuleTable,
    )
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.words import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One input.

    Attributes:
        sign: its short name.
        place: id of its episode, or empty.
        weight: what a miss weighs, where all rows agree; else None.
        point: what the open coding has there, where that may be shown; else None.
    """

    id: str
    sign: str
    title: str
    place: str
    minimum: float
    maximum: float
    step: float = 1.0
    weight: float | None = None
    note: str = ""
    point: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The range that a row expects, both ends included.

    Attributes:
        either: whether it is one of several of which a single one is enough.
        inner: where the row demands the range and also names a part of it as one of several,
            that part; else None.
    """

    low: float
    high: float
    either: bool = False
    inner: tuple[float, float] | None = None

    def holds(self, point: float) -> bool:
        """Whether a rating lies in the range."""
        return self.low <= point <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule or profile.

    Attributes:
        cells: one a column, None where the row does not look at it.
        outcome: what it gives, in words.
        open_between: whether it leaves open which group.
    """

    id: str
    title: str
    gist: str
    cells: tuple[Cell | None, ...]
    outcome: str
    open_between: bool = False
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows over columns; columns of one episode stand beside one another."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()

    def with_points(self, points: Mapping[str, float]) -> Matrix:
        """The same with the ratings of a coding in its columns."""
        columns = tuple(replace(column, point=points.get(column.id)) for column in self.columns)
        return replace(self, columns=columns)


def main_matrix(table: RuleTable, scheme: Scheme) -> Matrix:
    """The decision table of the main group."""
    return _rule_matrix(table, table.main, scheme)


def overlay_matrix(table: RuleTable, scheme: Scheme) -> Matrix:
    """The rules on top: those that set a group and those that raise a remark."""
    return _rule_matrix(table, table.overlays, scheme)


def profile_matrix(table: RuleTable, scheme: Scheme) -> Matrix:
    """The profiles of the subgroups, with the weights where every profile has the same."""
    used = {band.input for profile in table.profiles for band in profile.bands}
    columns = tuple(
        replace(column, weight=_weight(column.id, table.profiles))
        for column in _columns(table, used, scheme)
    )
    rows = tuple(
        Row(
            id=profile.id,
            title=str(profile.title),
            gist=str(profile.gist),
            cells=_cells(columns, profile.bands, ()),
            outcome=profile.group,
            provenance=profile.provenance,
        )
        for profile in table.profiles
    )
    return Matrix(columns=columns, rows=rows)


def outcome_of(rule: MainRule | OverlayRule, table: RuleTable) -> str:
    """What a rule gives when it holds: a group, several left open, or a remark."""
    groups: tuple[str, ...] = getattr(rule, "groups", ())
    if groups:
        return between_words(groups)
    outcome, flag = getattr(rule, "outcome", ""), getattr(rule, "flag", "")
    return str(table.flag(flag).title) if flag and not outcome else outcome


def _rule_matrix(
    table: RuleTable, rules: Iterable[MainRule | OverlayRule], scheme: Scheme
) -> Matrix:
    listed = tuple(rules)
    used = {c.input for rule in listed for c in (*rule.all_of, *rule.any_of)}
    columns = _columns(table, used, scheme)
    rows = tuple(
        Row(
            id=rule.id,
            title=str(rule.title),
            gist="",
            cells=_cells(columns, rule.all_of, rule.any_of),
            outcome=outcome_of(rule, table),
            open_between=len(getattr(rule, "groups", ())) > 1,
            provenance=rule.provenance,
        )
        for rule in listed
    )
    return Matrix(columns=columns, rows=rows)


def _columns(table: RuleTable, used: set[str], scheme: Scheme) -> tuple[Column, ...]:
    columns = [_column(i, scheme) for i in table.inputs if i.id in used]
    places = list(dict.fromkeys(column.place for column in columns))
    return tuple(sorted(columns, key=lambda column: places.index(column.place)))


def _column(rule_input: RuleInput, scheme: Scheme) -> Column:
    return Column(
        id=rule_input.id,
        sign=input_short(rule_input, scheme),
        title=str(rule_input.title),
        place=input_place(rule_input, scheme),
        minimum=rule_input.minimum,
        maximum=rule_input.maximum,
        step=rule_input.step,
        note=str(rule_input.episode_weight_note),
    )


def _cells(
    columns: tuple[Column, ...],
    every: Iterable[Condition | Band],
    either: Iterable[Condition | Band],
) -> tuple[Cell | None, ...]:
    found = {c.input: Cell(low=c.low, high=c.high) for c in every}
    for c in either:
        outer = found.get(c.input)
        if outer is None:
            found[c.input] = Cell(low=c.low, high=c.high, either=True)
        else:
            part = (max(outer.low, c.low), min(outer.high, c.high))
            found[c.input] = replace(outer, inner=part)
    return tuple(found.get(column.id) for column in columns)


def _weight(input_id: str, profiles: Iterable[Profile]) -> float | None:
    weights = {b.weight for profile in profiles for b in profile.bands if b.input == input_id}
    return weights.pop() if len(weights) == 1 else None
