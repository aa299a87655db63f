"""A map of outcomes over two ratings: for a terminal, as a table, and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.formats.columns import number_text
from ssp_coder.formats.dialect import line_of
from ssp_coder.reporting.words import sourced_words
from ssp_coder.rules.map import Cell, OutcomeMap

OPEN = "?"
"""Between groups that the table leaves open."""
UNKNOWN = "/"
"""Between groups that stay possible because ratings are not given."""
_SHOWN_HASH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """A map with what has to be known to read it.

    Attributes:
        sha256: hash of the table's file.
    """

    map: OutcomeMap
    table: RuleTable
    sha256: str

    def title_of(self, name: str) -> str:
        """The title of an input, beside its name."""
        titles = {one.id: one.title.english for one in self.table.inputs}
        return f"{titles.get(name, name)} ({name})"

    @property
    def groups(self) -> tuple[str, ...]:
        """Main groups that occur, in the table's order."""
        seen = {name for row in self.map.rows for cell in row for name in cell.groups}
        return tuple(group.id for group in self.table.groups if group.id in seen)

    @property
    def source(self) -> str:
        """Which table drew it and how far that may be trusted."""
        table = self.table
        sha256 = f", sha256 {self.sha256[:_SHOWN_HASH]}" if self.sha256 else ""
        return f"Rule table: {table.id} {table.version}{sha256}; {sourced_words(table.provenance)}"

    @property
    def held(self) -> str:
        """What is held, and what is not given."""
        given = ", ".join(f"{name} {number_text(value)}" for name, value in self.map.fixed)
        named = {self.map.x, self.map.y, *(name for name, _ in self.map.fixed)}
        rest = ", ".join(one.id for one in self.table.inputs if one.id not in named)
        parts = [f"Held: {given}"] if given else []
        parts += [f"Not given: {rest}"] if rest else []
        return ". ".join(parts)


def cell_words(cell: Cell) -> str:
    """``B``, ``A?C`` where the table leaves it open, ``A/B`` where ratings are not given."""
    return (OPEN if cell.left_open else UNKNOWN).join(cell.groups)


def map_lines(sheet: MapSheet) -> Iterator[str]:
    """The map for a terminal, the highest value of the vertical rating on top."""
    drawn = sheet.map
    words = [[cell_words(cell) for cell in row] for row in drawn.rows]
    heads = [number_text(value) for value in drawn.xs]
    width = max(len(word) for row in (*words, heads) for word in row)
    margin = max(len(number_text(value)) for value in drawn.ys)
    yield f"{sheet.title_of(drawn.y)} upward, {sheet.title_of(drawn.x)} to the right"
    yield ""
    for value, row in reversed(list(zip(drawn.ys, words, strict=True))):
        cells = "  ".join(word.ljust(width) for word in row)
        yield f"{number_text(value):>{margin}}  {cells}".rstrip()
    yield f"{'':>{margin}}  {'  '.join(head.ljust(width) for head in heads)}".rstrip()
    yield ""
    for name in sheet.groups:
        yield f"{name}: {sheet.table.group(name).title.english}"
    yield from _signs(sheet)
    if sheet.held:
        yield sheet.held
    yield sheet.source


def _signs(sheet: MapSheet) -> Iterator[str]:
    several = [cell for row in sheet.map.rows for cell in row if len(cell.groups) > 1]
    if any(cell.left_open for cell in several):
        yield f"{OPEN}: the table leaves it open between these"
    if any(not cell.left_open for cell in several):
        yield f"{UNKNOWN}: any of these, for want of a rating or a decision that is not given"


def map_csv(sheet: MapSheet) -> str:
    """The map as a table, one row a cell."""
    drawn = sheet.map
    lines = [line_of((drawn.x, drawn.y, "groups", "subgroups", "left_open", "ruleset_id"))]
    for value, row in zip(drawn.ys, drawn.rows, strict=True):
        for across, cell in zip(drawn.xs, row, strict=True):
            lines.append(
                line_of(
                    (
                        number_text(across),
                        number_text(value),
                        " ".join(cell.groups),
                        " ".join(cell.subgroups),
                        "1" if cell.left_open else "0",
                        f"{sheet.table.id} {sheet.table.version}",
                    )
                )
            )
    return "".join(lines)
