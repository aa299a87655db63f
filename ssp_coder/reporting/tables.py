"""A rule table as a matrix one can read: rules against inputs, bands in the cells, outcome last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssp_coder.domain.ruletable import (
    Condition,
    DisorganizationRule,
    MainRule,
    OverlayRule,
    Profile,
    RuleTable,
    TableReference,
)
from ssp_coder.domain.words import Provenance
from ssp_coder.formats.columns import number_text
from ssp_coder.formats.dialect import line_of
from ssp_coder.reporting.words import origin_words, sourced_words

ANY = "."
"""Stands in a cell that a rule does not look at."""
OPEN_SIGN = "?"
"""Stands between groups that a rule leaves open."""
_OR = "or "
_BETWEEN = re.compile(r"(?<=\d)-(?=-?\d)")
"""The hyphen of a band, which a spreadsheet would take for a date."""
_GAP = "  "
_MATRIX_HEAD = ("part", "id", "title")
_MATRIX_TAIL = ("outcome", "origin", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One rule.

    Attributes:
        cells: what it expects, one an input of the part.
        outcome: what follows; groups left open are joined by a question mark.
    """

    id: str
    title: str
    cells: tuple[str, ...]
    outcome: str
    provenance: Provenance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPart:
    """Rules of one kind, and the inputs that they read.

    Attributes:
        note: how the part is read, one sentence.
    """

    id: str
    title: str
    note: str
    inputs: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def matrix_parts(table: RuleTable) -> tuple[MatrixPart, ...]:
    """The parts that a table has, in the order in which they act."""
    parts = (
        _main_part(table),
        _profile_part(table),
        _function_part(table),
        _overlay_part(table),
        _d_part(table),
    )
    return tuple(part for part in parts if part.rows)


def matrix_lines(table: RuleTable) -> Iterator[str]:
    """The matrix for a terminal."""
    yield f"{table.title.english} [{table.id} {table.version}]"
    yield sourced_words(table.provenance)
    if table.closed:
        yield f"Closed: {table.closed}"
    for part in matrix_parts(table):
        yield ""
        yield f"{part.title}. {part.note}"
        yield from _aligned(part)
    yield from _put_together(table.parts)


def matrix_markdown(table: RuleTable) -> Iterator[str]:
    """The matrix as Markdown tables."""
    yield f"# {table.title.english} ({table.id} {table.version})"
    yield ""
    yield sourced_words(table.provenance)
    if table.closed:
        yield ""
        yield f"Closed: {table.closed}"
    for part in matrix_parts(table):
        heads = ("id", "title", *part.inputs, "outcome", "origin")
        yield from ("", f"## {part.title}", "", part.note, "")
        yield _piped(heads)
        yield _piped(["---"] * len(heads))
        for row in part.rows:
            origin = origin_words(row.provenance) if row.provenance else ""
            yield _piped((row.id, row.title, *row.cells, row.outcome, origin))
    yield from _put_together(table.parts)


def matrix_csv(table: RuleTable) -> str:
    """The matrix as one CSV table; a column an input, empty where a rule does not look at it."""
    parts = matrix_parts(table)
    inputs = tuple(dict.fromkeys(name for part in parts for name in part.inputs))
    lines = [line_of((*_MATRIX_HEAD, *inputs, *_MATRIX_TAIL))]
    for part in parts:
        for row in part.rows:
            cells = dict(zip(part.inputs, row.cells, strict=True))
            said = [cells.get(name, ANY) for name in inputs]
            origin = origin_words(row.provenance) if row.provenance else ""
            source = row.provenance.source if row.provenance else ""
            values = ["" if cell == ANY else _BETWEEN.sub(" to ", cell) for cell in said]
            head = (part.id, row.id, row.title)
            lines.append(line_of((*head, *values, row.outcome, origin, source)))
    return "".join(lines)


def _main_part(table: RuleTable) -> MatrixPart:
    inputs = _read_by(table, table.main)
    return MatrixPart(
        id="main",
        title="Main group",
        note=f"A rule holds when all its cells do; {OPEN_SIGN} is left open between groups. "
        f"Of cells with '{_OR.strip()}' one is enough",
        inputs=inputs,
        rows=tuple(_rule_row(rule, inputs, OPEN_SIGN.join(rule.groups)) for rule in table.main),
    )


def _overlay_part(table: RuleTable) -> MatrixPart:
    inputs = _read_by(table, table.overlays)
    return MatrixPart(
        id="overlay",
        title="Rules on top",
        note="They set another group or a remark",
        inputs=inputs,
        rows=tuple(_rule_row(rule, inputs, rule.outcome or rule.flag) for rule in table.overlays),
    )


def _read_by(table: RuleTable, rules: Iterable[MainRule | OverlayRule]) -> tuple[str, ...]:
    read = {one.input for rule in rules for one in (*rule.all_of, *rule.any_of)}
    return tuple(one.id for one in table.inputs if one.id in read)


def _rule_row(rule: MainRule | OverlayRule, inputs: Sequence[str], outcome: str) -> MatrixRow:
    return MatrixRow(
        id=rule.id,
        title=rule.title.english,
        cells=tuple(_rule_cell(rule, name) for name in inputs),
        outcome=outcome,
        provenance=rule.provenance,
    )


def _rule_cell(rule: MainRule | OverlayRule, name: str) -> str:
    must = " and ".join(_band_words(one.low, one.high) for one in _on(rule.all_of, name))
    may = _OR + f" {_OR}".join(_band_words(one.low, one.high) for one in _on(rule.any_of, name))
    if may == _OR:
        return must or ANY
    return f"{must} ({may})" if must else may


def _on(conditions: Iterable[Condition], name: str) -> Iterator[Condition]:
    return (one for one in conditions if one.input == name)


def _band_words(low: float, high: float) -> str:
    if low == high:
        return number_text(low)
    return f"{number_text(low)}-{number_text(high)}"


def _profile_part(table: RuleTable) -> MatrixPart:
    read = {band.input for profile in table.profiles for band in profile.bands}
    inputs = tuple(one.id for one in table.inputs if one.id in read)
    rows = tuple(_profile_row(profile, inputs) for profile in table.profiles)
    return MatrixPart(
        id="profile",
        title="Subgroup",
        note="The best fit is the smallest sum of weight times squared distance outside the band",
        inputs=inputs,
        rows=(*_weights(table, inputs), *rows) if rows else (),
    )


def _weights(table: RuleTable, inputs: Sequence[str]) -> Iterator[MatrixRow]:
    """A row of its own, where each input weighs the same in every profile."""
    found: dict[str, set[float]] = {name: set() for name in inputs}
    for profile in table.profiles:
        for band in profile.bands:
            found[band.input].add(band.weight)
    yield MatrixRow(
        id="weight",
        title="Weight",
        cells=tuple("/".join(number_text(one) for one in sorted(found[name])) for name in inputs),
        outcome="",
        provenance=None,
    )


def _profile_row(profile: Profile, inputs: Sequence[str]) -> MatrixRow:
    bands = {band.input: _band_words(band.low, band.high) for band in profile.bands}
    return MatrixRow(
        id=profile.id,
        title=profile.title.english,
        cells=tuple(bands.get(name, ANY) for name in inputs),
        outcome=profile.group,
        provenance=profile.provenance,
    )


def _function_part(table: RuleTable) -> MatrixPart:
    read = {term.input for one in table.functions for term in one.terms}
    inputs = tuple(one.id for one in table.inputs if one.id in read)
    rows = []
    for function in table.functions:
        weights = {term.input: f"{term.weight:g}" for term in function.terms}
        rows.append(
            MatrixRow(
                id=function.group,
                title=table.group(function.group).title.english,
                cells=(f"{function.constant:g}", *(weights.get(name, ANY) for name in inputs)),
                outcome=function.group,
                provenance=table.provenance,
            )
        )
    return MatrixPart(
        id="function",
        title="Classification functions",
        note="The largest sum of the constant and weight times value gives the group",
        inputs=("constant", *inputs),
        rows=tuple(rows),
    )


def _d_part(table: RuleTable) -> MatrixPart:
    rule = table.disorganization
    return MatrixPart(
        id="disorganization",
        title="Decision",
        note="It is added last",
        inputs=(rule.input,) if rule else (),
        rows=tuple(_d_rows(rule)) if rule else (),
    )


def _d_rows(rule: DisorganizationRule) -> Iterator[MatrixRow]:
    point = number_text(rule.decision_point)
    for sign, cell, outcome in (
        ("above", f"> {point}", rule.outcome),
        ("at", point, "the coder decides"),
        ("below", f"< {point}", f"not {rule.outcome}"),
    ):
        yield MatrixRow(
            id=sign,
            title=rule.title.english,
            cells=(cell,),
            outcome=outcome,
            provenance=rule.provenance,
        )


def _origins(part: MatrixPart) -> dict[Provenance, str]:
    """Every origin of the part's rows and the sign it is told by; none where there is one."""
    origins = dict.fromkeys(row.provenance for row in part.rows if row.provenance)
    if len(origins) == 1:
        return dict.fromkeys(origins, "")
    return {one: f"[{number}]" for number, one in enumerate(origins, start=1)}


def _aligned(part: MatrixPart) -> Iterator[str]:
    """Two lines of heads, since an input's name is its scale and where it was rated."""
    heads = [_halves(name) for name in part.inputs]
    signs = _origins(part)
    columns = [
        ("", "", *(row.id for row in part.rows)),
        *(
            (*halves, *(row.cells[place] for row in part.rows))
            for place, halves in enumerate(heads)
        ),
        ("", "gives", *(row.outcome for row in part.rows)),
        ("", "", *(signs[row.provenance] if row.provenance else "" for row in part.rows)),
    ]
    widths = [max(map(len, column)) for column in columns]
    for line in zip(*columns, strict=True):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield f"  {_GAP.join(cells)}".rstrip()
    for provenance, sign in signs.items():
        lead = f"  {sign} " if sign else "  "
        yield f"{lead}{sourced_words(provenance)}"


def _halves(name: str) -> tuple[str, str]:
    head, _, tail = name.rpartition("_")
    return (head, tail) if head else ("", name)


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _put_together(parts: Sequence[TableReference]) -> Iterator[str]:
    if parts:
        yield ""
    for part in parts:
        yield f"Put together with {part.id} {part.version}: {sourced_words(part.provenance)}"
