"""Tables of counts: rows the first coder or the reference, columns the second coder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_MOST = 1e15


def square(table: ArrayLike) -> Floats:
    """A table as floats, shape (codes, codes).

    Raises:
        ValueError: it is not square, or a count is negative or not a number.
    """
    counts = _numbers(table)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not counts.size:
        raise ValueError(f"a table of shape {counts.shape} is not square; give k rows of k counts")
    check_counts(counts)
    return counts


def check_counts(counts: Floats) -> None:
    """See that all are counts.

    Raises:
        ValueError: one is negative, not a number, or too large to be squared exactly enough.
    """
    wrong = ~np.isfinite(counts) | (counts < 0)
    if wrong.any():
        raise ValueError(f"{counts[wrong][0]} is not a count; give 0 or more")
    if counts.size and counts.max() > _MOST:
        raise ValueError(f"{counts.max():g} is too large a count; give less than {_MOST:g}")


def table_of(pairs: Sequence[tuple[str, str]], codes: Sequence[str]) -> Floats:
    """Counts of pairs of codes (first coder, second coder) over the declared codes.

    Raises:
        ValueError: a pair holds a code that is not declared.
    """
    place = {code: at for at, code in enumerate(codes)}
    counts = np.zeros((len(place), len(place)))
    for pair in pairs:
        for code in pair:
            if code not in place:
                raise ValueError(f"{code!r} is not one of the codes {', '.join(codes)}")
        counts[place[pair[0]], place[pair[1]]] += 1
    return counts


def total(table: Floats) -> int:
    """How many units, events or cases a table holds."""
    return round(float(table.sum()))


def _numbers(table: ArrayLike) -> Floats:
    try:
        return np.asarray(table, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("a table is made of rows of equal length that hold counts") from None
