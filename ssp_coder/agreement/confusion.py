"""Confusion matrices of events: for each person and group, who called what how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ssp_coder.agreement.comparison import Difference
from ssp_coder.domain.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of the confusion matrix of one person and group of codes.

    Attributes:
        reference: the reference's code, empty for what only the other coded.
        own: the other's, empty for what was missed.
        rows: the events or pairs that the cell counts.
    """

    subject: str
    group: str
    reference: str
    own: str
    rows: tuple[Difference, ...]

    @property
    def count(self) -> int:
        """What stands in the cell."""
        return len(self.rows)


def confusion(rows: Iterable[Difference], scheme: Scheme) -> tuple[Cell, ...]:
    """The cells that hold anything, person by person and group by group; a cell is its rows."""
    cells: dict[tuple[str, str, str, str], list[Difference]] = {}
    for row in rows:
        for one in _place(row, scheme):
            cells.setdefault(one, []).append(row)
    return tuple(
        Cell(subject=key[0], group=key[1], reference=key[2], own=key[3], rows=tuple(cells[key]))
        for key in sorted(cells)
    )


def _place(row: Difference, scheme: Scheme) -> Iterator[tuple[str, str, str, str]]:
    event = row.reference or row.own
    if event is not None:
        yield (
            event.subject,
            scheme.ethogram.code(event.code).group,
            "" if row.reference is None else row.reference.code,
            "" if row.own is None else row.own.code,
        )
