"""Statistics of agreement by their printed definitions alone: loops and exact fractions, slow.

Nothing here is taken from the program, so that it can be told to be wrong. Undefined is None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations
from math import sqrt

Table = Sequence[Sequence[int]]
Weights = Callable[[int, int], Fraction]
Section = tuple[int, int, object]
"""Start, length and code."""
Timed = tuple[int, int, int]
"""Onset, offset and code."""


def exactly(i: int, j: int) -> Fraction:
    return Fraction(int(i == j))


def linear(k: int) -> Weights:
    return lambda i, j: 1 - Fraction(abs(i - j), k - 1)


def quadratic(k: int) -> Weights:
    return lambda i, j: 1 - Fraction(abs(i - j), k - 1) ** 2


def shares(table: Table) -> tuple[list[list[Fraction]], list[Fraction], list[Fraction]]:
    n = sum(map(sum, table))
    p = [[Fraction(cell, n) for cell in row] for row in table]
    return p, [sum(row) for row in p], [sum(column) for column in zip(*p, strict=True)]


def chance(table: Table, weights: Weights = exactly) -> Fraction:
    _, rows, columns = shares(table)
    return sum(
        weights(i, j) * r * c for i, r in enumerate(rows) for j, c in enumerate(columns)
    ) + Fraction(0)


def observed(table: Table, weights: Weights = exactly) -> Fraction:
    p, _, _ = shares(table)
    return sum(
        weights(i, j) * cell for i, row in enumerate(p) for j, cell in enumerate(row)
    ) + Fraction(0)


def beyond(p_o: Fraction, p_e: Fraction) -> float | None:
    return None if p_e == 1 else float((p_o - p_e) / (1 - p_e))


def kappa(table: Table, weights: Weights = exactly) -> float | None:
    return beyond(observed(table, weights), chance(table, weights))


def kappa_max(table: Table) -> float | None:
    _, rows, columns = shares(table)
    least = sum(min(pair) for pair in zip(rows, columns, strict=True))
    return beyond(least, chance(table))


def kappa_se(table: Table, weights: Weights = exactly) -> float:
    p, rows, columns = shares(table)
    k, n = len(p), sum(map(sum, table))
    p_e = chance(table, weights)
    value = (observed(table, weights) - p_e) / (1 - p_e)
    a = [sum(columns[j] * weights(i, j) for j in range(k)) for i in range(k)]
    b = [sum(rows[i] * weights(i, j) for i in range(k)) for j in range(k)]
    spread = sum(
        p[i][j] * (weights(i, j) - (a[i] + b[j]) * (1 - value)) ** 2
        for i in range(k)
        for j in range(k)
    )
    return sqrt((spread - (value - p_e * (1 - value)) ** 2) / (n * (1 - p_e) ** 2))


def pabak(table: Table) -> float:
    k = len(table)
    return float((k * observed(table) - 1) / (k - 1))


def scott_pi(table: Table) -> float | None:
    _, rows, columns = shares(table)
    middle = [(r + c) / 2 for r, c in zip(rows, columns, strict=True)]
    return beyond(observed(table), sum(q * q for q in middle))


def specific_agreement(table: Table) -> list[float | None]:
    found: list[float | None] = []
    for i, row in enumerate(table):
        used = sum(row) + sum(other[i] for other in table)
        found.append(2 * row[i] / used if used else None)
    return found


def gwet(table: Table, weights: Weights = exactly) -> tuple[float, float]:
    """The coefficient and its standard error."""
    p, rows, columns = shares(table)
    k, n = len(p), sum(map(sum, table))
    q = [(r + c) / 2 for r, c in zip(rows, columns, strict=True)]
    f = sum(weights(i, j) for i in range(k) for j in range(k)) / Fraction(k * (k - 1))
    p_o, p_e = observed(table, weights), f * sum(one * (1 - one) for one in q)
    ac = (p_o - p_e) / (1 - p_e)
    spread = sum(
        p[i][j] * (weights(i, j) - 2 * (1 - ac) * f * (1 - (q[i] + q[j]) / 2)) ** 2
        for i in range(k)
        for j in range(k)
    )
    variance = (spread - (p_o - 2 * (1 - ac) * p_e) ** 2) / (n * (1 - p_e) ** 2)
    return float(ac), sqrt(variance)


def alpha(raters: Sequence[Sequence[object]], level: str) -> float | None:
    """By listing every ordered pair of values of every unit."""
    units = [[one for one in unit if one is not None] for unit in zip(*raters, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted({one for unit in units for one in unit})
    o = {(c, k): Fraction(0) for c in values for k in values}
    for unit in units:
        for first, second in permutations(range(len(unit)), 2):
            o[unit[first], unit[second]] += Fraction(1, len(unit) - 1)
    n_of = {c: sum(o[c, k] for k in values) for c in values}
    n = sum(n_of.values())

    def apart(c: float, k: float) -> Fraction:
        if level == "nominal":
            return Fraction(int(c != k))
        if level == "ordinal":
            between = sum(n_of[g] for g in values if min(c, k) <= g <= max(c, k))
            return (between - (n_of[c] + n_of[k]) / 2) ** 2
        if level == "interval":
            return (Fraction(c) - Fraction(k)) ** 2
        both = Fraction(c) + Fraction(k)
        return ((Fraction(c) - Fraction(k)) / both) ** 2 if both else Fraction(0)

    met = sum(o[c, k] * apart(c, k) for c in values for k in values)
    by_chance = sum(n_of[c] * n_of[k] * apart(c, k) for c in values for k in values)
    return None if not by_chance else float(1 - (n - 1) * met / by_chance)


def ac1_of_raters(raters: Sequence[Sequence[object]]) -> float:
    units = [[one for one in unit if one is not None] for unit in zip(*raters, strict=True)]
    codes = sorted({one for unit in units for one in unit}, key=str)
    paired = [unit for unit in units if len(unit) > 1]
    rated = [unit for unit in units if unit]
    p_o = Fraction(0)
    for unit in paired:
        alike = sum(unit[a] == unit[b] for a, b in permutations(range(len(unit)), 2))
        p_o += Fraction(alike, len(unit) * (len(unit) - 1)) / len(paired)
    q = [sum(Fraction(unit.count(c), len(unit)) for unit in rated) / len(rated) for c in codes]
    p_e = sum(one * (1 - one) for one in q) / (len(codes) - 1)
    return float((p_o - p_e) / (1 - p_e))


def fleiss(counts: Table) -> tuple[float | None, list[float | None]]:
    n, m = len(counts), sum(counts[0])
    p = [Fraction(sum(column), n * m) for column in zip(*counts, strict=True)]
    mean = sum(Fraction(sum(x * x for x in row) - m, m * (m - 1)) for row in counts) / n
    by_category: list[float | None] = []
    for j, share in enumerate(p):
        missed = sum(row[j] * (m - row[j]) for row in counts)
        by_chance = n * m * (m - 1) * share * (1 - share)
        by_category.append(float(1 - missed / by_chance) if by_chance else None)
    return beyond(mean, sum(one * one for one in p)), by_category


def alpha_u(observers: Sequence[Sequence[Section]], length: int, code: object) -> tuple:
    """Observed and expected disagreement of one code."""
    m = len(observers)
    own = [sorted(unit[:2] for unit in units if unit[2] == code) for units in observers]
    gaps = []
    for units in own:
        edges = [0, *(edge for b, size in units for edge in (b, b + size)), length]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        gaps.append([(low, high - low) for low, high in pairs if high > low])
    squares = 0
    for i, j in permutations(range(m), 2):
        for b1, l1 in own[i]:
            for b2, l2 in own[j]:
                if -l1 < b1 - b2 < l2:
                    squares += (b1 - b2) ** 2 + (b1 + l1 - b2 - l2) ** 2
            squares += sum(l1 * l1 for b, size in gaps[j] if b <= b1 and b1 + l1 <= b + size)
        for b2, l2 in own[j]:
            squares += sum(l2 * l2 for b, size in gaps[i] if b <= b2 and b2 + l2 <= b + size)
    met = Fraction(squares, m * (m - 1) * length**2)
    lengths = [size for units in own for _, size in units]
    above = Fraction(0)
    for size in lengths:
        above += Fraction(len(lengths) - 1, 3) * (2 * size**3 - 3 * size**2 + size)
        above += (
            size * size * sum(h - size + 1 for own_gaps in gaps for _, h in own_gaps if h >= size)
        )
    below = m * length * (m * length - 1) - sum(size * (size - 1) for size in lengths)
    return met, Fraction(2, length) * above / below


def u_alpha(observers: Sequence[Sequence[Section]], length: int) -> float | None:
    """Second by second, so that lengths are counts."""
    m = len(observers)
    said = []
    for units in observers:
        line: list[object] = [None] * length
        for b, size, code in units:
            line[b : b + size] = [code] * size
        said.append(line)
    values = {one for line in said for one in line} | {None}
    o = {(c, k): Fraction(0) for c in values for k in values}
    for one, other in permutations(said, 2):
        for c, k in zip(one, other, strict=True):
            o[c, k] += Fraction(1, m - 1)
    total_of = {c: sum(o[c, k] for k in values) for c in values}
    correction = dict.fromkeys(values, 0)
    for units, line in zip(observers, said, strict=True):
        for _, size, code in units:
            correction[code] += size * size
        correction[None] += line.count(None)
    whole = sum(total_of.values())
    below = whole**2 - sum(correction.values())
    e = {
        (c, k): whole
        * (total_of[c] * total_of[k] - (correction[c] if c == k else 0))
        / Fraction(below)
        for c in values
        for k in values
    }
    met = whole - sum(o[c, c] for c in values)
    by_chance = sum(e.values()) - sum(e[c, c] for c in values)
    return None if not by_chance else float(1 - met / by_chance)


def fitted(table: Sequence[Sequence[float]], rounds: int = 5_000) -> list[list[float]]:
    """Proportional fitting, round by round; nil-nil and empty rows and columns are 0."""
    k = len(table)
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in range(k)]
    e = [
        [float(bool(rows[i] and columns[j]) and (i, j) != (k - 1, k - 1)) for j in range(k)]
        for i in range(k)
    ]
    if not any(any(row[:-1]) for row in table[:-1]):
        # Nothing is linked: only this very table has these margins, and rounds come to it slowly.
        return [[float(one) for one in row] for row in table]
    for _ in range(rounds):
        before = [list(row) for row in e]
        for i in range(k):
            total = sum(e[i])
            e[i] = [one * rows[i] / total if total else 0.0 for one in e[i]]
        for j in range(k):
            total = sum(row[j] for row in e)
            for row in e:
                row[j] = row[j] * columns[j] / total if total else 0.0
        worst = max(abs(e[i][j] - before[i][j]) for i in range(k) for j in range(k))
        if worst < 1e-13 * max(1, sum(rows)):
            break
    return e


def linked_table(a: Sequence[Timed], b: Sequence[Timed], codes: int, overlap: float) -> list:
    """EasyDIAg's table, every pair of events tried."""
    candidates = []
    for i, (on, off, _) in enumerate(a):
        for j, (on2, off2, _) in enumerate(b):
            shared = min(off, off2) - max(on, on2)
            if shared > 0:
                candidates.append((Fraction(shared, max(off - on, off2 - on2)), j, i))
    candidates.sort(key=lambda one: (-one[0], one[1], one[2]))
    table = [[0] * (codes + 1) for _ in range(codes + 1)]
    used_a: set[int] = set()
    used_b: set[int] = set()
    for share, j, i in candidates:
        if i in used_a or j in used_b:
            continue
        used_a.add(i)
        used_b.add(j)
        if float(share) >= overlap:
            table[a[i][2]][b[j][2]] += 2
        else:
            table[a[i][2]][codes] += 1
            table[codes][b[j][2]] += 1
    for i, (_, _, code) in enumerate(a):
        table[code][codes] += i not in used_a
    for j, (_, _, code) in enumerate(b):
        table[codes][code] += j not in used_b
    return table


def linked_kappa(table: Table) -> tuple[float | None, float | None, float | None]:
    """kappa, kappa_max and p_o with chance by fitting."""
    k, n = len(table), sum(map(sum, table))
    if not n:
        return None, None, None
    e = fitted(table)
    p_e = sum(e[i][i] for i in range(k)) / n
    p_o = sum(table[i][i] for i in range(k)) / n
    least = sum(min(sum(table[i]), sum(row[i] for row in table)) for i in range(k)) / n
    if p_e > 1 - 1e-9:
        return None, None, p_o
    return (p_o - p_e) / (1 - p_e), (least - p_e) / (1 - p_e), p_o


def expected_kappa(accuracy: Fraction, k: int, observers: str) -> float | None:
    """Every true code, every answer of each, with equal base rates."""
    wrong = (1 - accuracy) / (k - 1)

    def said(true: int, answer: int) -> Fraction:
        return accuracy if true == answer else wrong

    p_o = Fraction(0)
    for true in range(k):
        for first in range(k):
            if observers == "against_gold":
                p_o += Fraction(int(true == first), k) * said(true, first)
            else:
                p_o += Fraction(1, k) * said(true, first) * said(true, first)
    return beyond(p_o, Fraction(1, k))
