"""Agreement of linked events: what both coders saw, and what one of them alone saw.

In the table the codes have a row and a column each, and *nil* the last. A pair of linked events
counts 2, an event without partner 1, so that the table holds all events of both (agreement
reference, 3.3 and 3.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.ipf import linked_kappa
from ssp_coder.agreement.kappa import Kappa, kappa_of
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Bouts, Places

Pairs = Sequence[tuple[int, int]]
"""Places of an event of A and of one of B."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLinks:
    """Agreement on one code against all others and nil.

    Attributes:
        a: events of A with the code.
        b: events of B with the code.
        agreed: pairs of which both have the code.
        specific: share of the events of both that are in such pairs.
        kappa: of the table of two, the code and the rest.
    """

    a: int
    b: int
    agreed: int
    specific: Estimate
    kappa: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAgreement:
    """Agreement of two coders' events of a track.

    Attributes:
        a: events of the first coder or reference.
        b: events of the second.
        pairs: linked events, by place.
        weak: pairs that overlap too little to count as linked; both stand alone in the table.
        table: events by pair of codes, shape (k + 1, k + 1), nil last.
        kappa: over the whole table; undefined when only one code was used, for the events that
            neither saw are not known and agreement then always equals what chance gives.
        codes_only: kappa of the linked pairs, without nil.
        linked: share of all events that are linked.
        by_code: each code against all others.
    """

    a: Bouts
    b: Bouts
    pairs: tuple[tuple[int, int], ...]
    weak: tuple[tuple[int, int], ...] = ()
    table: Floats
    kappa: Kappa
    codes_only: Kappa
    linked: Estimate
    by_code: tuple[CodeLinks, ...]

    @property
    def misses(self) -> int:
        """Events of A without partner."""
        return len(self.a) - len(self.pairs)

    @property
    def false_alarms(self) -> int:
        """Events of B without partner."""
        return len(self.b) - len(self.pairs)

    def alone_a(self) -> Places:
        """Places of the events of A without partner."""
        return _alone(len(self.a), [i for i, _ in self.pairs])

    def alone_b(self) -> Places:
        """Places of the events of B without partner."""
        return _alone(len(self.b), [j for _, j in self.pairs])

    def lags_us(self) -> tuple[int, ...]:
        """Of each pair by how much the onset of B is later, below 0 when it is earlier."""
        return tuple(int(self.b.starts[j] - self.a.starts[i]) for i, j in self.pairs)

    def items(self, row: int, column: int) -> tuple[tuple[int | None, int | None], ...]:
        """What stands in a cell: places in A and B, None where an event has no partner.

        A pair counts 2 in the cell and an event alone 1.
        """
        nil = len(self.table) - 1
        if column == nil:
            alone = self.alone_a()
            return tuple((place, None) for place in alone[self.a.codes[alone] == row].tolist())
        if row == nil:
            alone = self.alone_b()
            return tuple((None, place) for place in alone[self.b.codes[alone] == column].tolist())
        return tuple(
            (i, j) for i, j in self.pairs if self.a.codes[i] == row and self.b.codes[j] == column
        )


def linked_agreement(
    a: Bouts, b: Bouts, codes: int, pairs: Pairs, weak: Pairs = ()
) -> LinkedAgreement:
    """Agreement of events that are linked.

    Args:
        a: events of the first coder or reference.
        b: events of the second.
        codes: number of codes of the track.
        pairs: which are linked, by place.
        weak: pairs that were told apart from these because they overlap too little.
    """
    table = _table(a, b, codes, pairs)
    events = len(a) + len(b)
    linked = known(2 * len(pairs) / events, events) if events else missing(Undefined.NOTHING, 0)
    return LinkedAgreement(
        a=a,
        b=b,
        pairs=tuple(pairs),
        weak=tuple(weak),
        table=table,
        kappa=kappa_of_links(table),
        codes_only=kappa_of(table[:-1, :-1] / 2),
        linked=linked,
        by_code=tuple(_by_code(table, np.bincount(a.codes, minlength=codes))),
    )


def _table(a: Bouts, b: Bouts, codes: int, pairs: Pairs) -> Floats:
    table = np.zeros((codes + 1, codes + 1))
    first, second = [i for i, _ in pairs], [j for _, j in pairs]
    np.add.at(table, (a.codes[first], b.codes[second]), 2)
    table[:-1, -1] = np.bincount(a.codes[_alone(len(a), first)], minlength=codes)
    table[-1, :-1] = np.bincount(b.codes[_alone(len(b), second)], minlength=codes)
    return table


def _alone(count: int, linked: Sequence[int]) -> Places:
    free = np.ones(count, np.bool_)
    free[list(linked)] = False
    return np.flatnonzero(free)


def kappa_of_links(table: Floats) -> Kappa:
    """Kappa of a table of linked events; undefined when only one code was used."""
    found = linked_kappa(table)
    used = (table[:-1].any(axis=1) | table[:, :-1].any(axis=0)).sum()
    if not found.n or used > 1:
        return found
    alike = missing(Undefined.ONE_CODE, found.n)
    return replace(found, kappa=alike, kappa_max=alike, se=alike)


def _by_code(table: Floats, of_a: Places) -> list[CodeLinks]:
    nil = len(table) - 1
    rows, columns = table.sum(axis=1).tolist(), table.sum(axis=0).tolist()
    n = sum(rows)
    found = []
    for code, (first, agreed) in enumerate(zip(of_a.tolist(), np.diag(table)[:nil], strict=True)):
        # A column counts pairs twice: with nil added once more, half of it is the events.
        second = round((columns[code] + table[nil, code]) / 2)
        found.append(
            CodeLinks(
                a=first,
                b=second,
                agreed=round(agreed / 2),
                specific=_share(float(agreed), first + second),
                kappa=_against_rest(float(agreed), rows[code], columns[code], n),
            )
        )
    return found


def _share(agreed: float, events: int) -> Estimate:
    return known(agreed / events, events) if events else missing(Undefined.NOT_USED, 0)


def _against_rest(both: float, row: float, column: float, n: float) -> Estimate:
    """Kappa of a table of two: a code, and all that is not it."""
    if n == 0:
        return missing(Undefined.NOTHING, 0)
    if row + column == 0:
        return missing(Undefined.NOT_USED, round(n))
    by_chance = row * (n - column) + column * (n - row)
    if by_chance == 0:
        return missing(Undefined.ONE_CODE, round(n))
    return known(1 - n * (row + column - 2 * both) / by_chance, round(n))
