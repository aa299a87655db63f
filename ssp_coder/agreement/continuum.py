"""Alpha of units on a continuum: u-alpha, and the older alpha_U (agreement reference, 3.8).

u-alpha (Krippendorff, Mathet, Bouvry & Widloecher 2016) compares how long values met. alpha_U
(Krippendorff 1995, 2004) compares where units begin and end, by squared differences; it is here
only to reproduce published values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.table import Floats

_ROUNDING = 1e-12
"""Share of a continuum by which sums of decimal fractions may miss each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A unit that an observer marked, or for alpha_U a gap."""

    start: float
    length: float
    code: str

    @property
    def end(self) -> float:
        """Where the next begins."""
        return self.start + self.length


Observer = Sequence[Section]


@dataclass(frozen=True, slots=True, kw_only=True)
class UAlpha:
    """u-alpha.

    Attributes:
        nominal: over all codes and the gaps.
        binary: units against gaps, whatever their code.
    """

    nominal: Estimate
    binary: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAlpha:
    """alpha_U of one code, with the disagreements that it is made of."""

    code: str
    observed: float
    expected: float
    alpha: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAlpha:
    """alpha_U of each code, and over all of them."""

    by_code: tuple[CodeAlpha, ...]
    alpha: Estimate


def u_alpha(observers: Sequence[Observer], length: float) -> UAlpha:
    """u-alpha; n counts the units of all observers.

    Args:
        observers: the units of each, which may not overlap.
        length: of the continuum, which begins at 0.

    Raises:
        ValueError: there are fewer than two observers, units overlap, or one lies outside.
    """
    sorted_units = _checked(observers, length)
    codes = sorted({unit.code for units in sorted_units for unit in units})
    n = sum(len(units) for units in sorted_units)
    if n == 0:
        why = missing(Undefined.NOTHING, 0)
        return UAlpha(nominal=why, binary=why)
    met = _meetings(sorted_units, codes, length)
    by_chance = _chance(met, _corrections(sorted_units, codes, length))
    apart = 1 - np.eye(len(met))
    with_gaps = np.zeros_like(apart)
    with_gaps[:-1, -1] = 1
    return UAlpha(
        nominal=_one_minus(float((apart * met).sum()), float((apart * by_chance).sum()), n),
        binary=_one_minus(float((with_gaps * met).sum()), float((with_gaps * by_chance).sum()), n),
    )


def alpha_u(observers: Sequence[Observer], length: float) -> OldAlpha:
    """alpha_U; units of different codes may overlap, those of one code may not.

    Args:
        observers: the units of each, with whole starts and lengths.
        length: of the continuum, which begins at 0.

    Raises:
        ValueError: there are fewer than two observers, units of one code overlap, or one lies
            outside.
    """
    codes = sorted({unit.code for units in observers for unit in units})
    by_code = tuple(_code_alpha(code, observers, length) for code in codes)
    if not codes:
        _checked(observers, length)
        return OldAlpha(by_code=(), alpha=missing(Undefined.NOTHING, 0))
    return OldAlpha(
        by_code=by_code,
        alpha=_one_minus(
            sum(one.observed for one in by_code),
            sum(one.expected for one in by_code),
            sum(one.alpha.n for one in by_code),
        ),
    )


def _checked(observers: Sequence[Observer], length: float) -> tuple[tuple[Section, ...], ...]:
    if len(observers) < 2:
        raise ValueError(f"{len(observers)} observers cannot agree; give two or more")
    if not (np.isfinite(length) and length > 0):
        raise ValueError(f"a continuum of length {length:g} holds nothing; give more than 0")
    return tuple(_in_order(units, length) for units in observers)


def _in_order(units: Observer, length: float) -> tuple[Section, ...]:
    ordered = tuple(sorted(units, key=lambda unit: unit.start))
    before, rounding = 0.0, _ROUNDING * length
    for unit in ordered:
        if not (unit.length > 0 and unit.start >= 0 and unit.end <= length + rounding):
            raise ValueError(
                f"a unit from {unit.start:g} of length {unit.length:g} does not lie in 0 to "
                f"{length:g}"
            )
        if unit.start < before - rounding:
            raise ValueError(f"the unit from {unit.start:g} overlaps the one before it")
        before = unit.end
    return ordered


def _meetings(
    observers: Sequence[Sequence[Section]], codes: Sequence[str], length: float
) -> Floats:
    """How long each pair of values met, over ordered pairs of observers; gaps come last."""
    edges = {0.0, float(length)}
    for units in observers:
        edges.update(edge for unit in units for edge in (unit.start, unit.end))
    cuts = np.array(sorted(edges))
    place = {code: at for at, code in enumerate(codes)}
    counts = np.zeros((len(cuts) - 1, len(codes) + 1))
    for units in observers:
        seen = np.full(len(cuts) - 1, len(codes))
        for unit in units:
            first, last = np.searchsorted(cuts, (unit.start, unit.end))
            seen[first:last] = place[unit.code]
        counts[np.arange(len(seen)), seen] += 1
    widths = np.diff(cuts)
    met: Floats = (counts * widths[:, None]).T @ counts - np.diag(widths @ counts)
    return met / (len(observers) - 1)


def _corrections(
    observers: Sequence[Sequence[Section]], codes: Sequence[str], length: float
) -> Floats:
    """Squared lengths of the units of each code, and the length of all gaps."""
    squares = dict.fromkeys(codes, 0.0)
    for units in observers:
        for unit in units:
            squares[unit.code] += unit.length**2
    gaps = sum(length - sum(unit.length for unit in units) for units in observers)
    return np.array([*squares.values(), gaps])


def _chance(met: Floats, corrections: Floats) -> Floats:
    used = met.sum(axis=1)
    whole = float(used.sum())
    below = whole**2 - float(corrections.sum())
    pairs: Floats = np.outer(used, used) - np.diag(corrections)
    return whole * pairs / below if below > 0 else np.zeros_like(pairs)


def _one_minus(observed: float, expected: float, n: int) -> Estimate:
    if expected <= 0:
        return missing(Undefined.ONE_CODE, n)
    return known(1 - observed / expected, n)


def _code_alpha(code: str, observers: Sequence[Observer], length: float) -> CodeAlpha:
    units = _checked([[one for one in all_ if one.code == code] for all_ in observers], length)
    gaps = tuple(tuple(_gaps(one, length)) for one in units)
    n = sum(len(one) for one in units)
    observed = _observed(units, gaps, length)
    expected = _expected(units, gaps, length)
    return CodeAlpha(
        code=code, observed=observed, expected=expected, alpha=_one_minus(observed, expected, n)
    )


def _gaps(units: Sequence[Section], length: float) -> Iterable[Section]:
    before = 0.0
    for unit in units:
        if unit.start > before:
            yield Section(start=before, length=unit.start - before, code="")
        before = unit.end
    if length > before:
        yield Section(start=before, length=length - before, code="")


def _observed(
    units: Sequence[Sequence[Section]], gaps: Sequence[Sequence[Section]], length: float
) -> float:
    m = len(units)
    squares = 0.0
    for i, j in permutations(range(m), 2):
        squares += sum(_overlap(one, other) for one, other in product(units[i], units[j]))
        squares += sum(_inside(unit, gap) for unit, gap in product(units[i], gaps[j]))
        squares += sum(_inside(unit, gap) for unit, gap in product(units[j], gaps[i]))
    return squares / (m * (m - 1) * length**2)


def _overlap(one: Section, other: Section) -> float:
    """Squared differences of both ends of two units that overlap, else 0."""
    if one.start < other.end and other.start < one.end:
        return (one.start - other.start) ** 2 + (one.end - other.end) ** 2
    return 0.0


def _inside(unit: Section, gap: Section) -> float:
    """The squared length of a unit that lies wholly in the other's gap, else 0."""
    return unit.length**2 if gap.start <= unit.start and unit.end <= gap.end else 0.0


def _expected(
    units: Sequence[Sequence[Section]], gaps: Sequence[Sequence[Section]], length: float
) -> float:
    lengths = [unit.length for one in units for unit in one]
    spaces = [gap.length for one in gaps for gap in one]
    squares = 0.0
    for unit in lengths:
        squares += (len(lengths) - 1) / 3 * (2 * unit**3 - 3 * unit**2 + unit)
        squares += unit**2 * sum(space - unit + 1 for space in spaces if space >= unit)
    whole = len(units) * length
    below = whole * (whole - 1) - sum(unit * (unit - 1) for unit in lengths)
    return 2 / length * squares / below if below > 0 else 0.0
