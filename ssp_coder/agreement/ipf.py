"""Agreement expected by chance in a table whose last cell, nil-nil, cannot occur.

Two coders' events are linked; what one coder alone saw stands in the last row or column (*nil*).
Iterative proportional fitting of the margins with a structural zero (agreement reference, 3.5) has
a limit in closed form when the zero is one cell, so that nothing needs to converge: with n in all,
row sums R, column sums C and k the nil row and column,

    E_ij = R_i C_j (n - R_k - C_k) / ((n - R_k) (n - C_k))    inside,
    E_kj = R_k C_j / (n - C_k)    and    E_ik = R_i C_k / (n - R_k).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.kappa import Kappa
from ssp_coder.agreement.table import Floats, check_counts, total


def expected(tables: ArrayLike) -> Floats:
    """Counts expected by chance with the same margins and 0 at nil-nil.

    Args:
        tables: counts, shape (..., codes + 1, codes + 1); nil is the last row and column.

    Raises:
        ValueError: a table is not square, holds something that is no count, or its last cell is
            not 0.
    """
    counts = _linked(tables)
    rows, columns = counts.sum(axis=-1), counts.sum(axis=-2)
    n = rows.sum(axis=-1)[..., None]
    row_nil, column_nil = rows[..., -1:], columns[..., -1:]
    of_rows = _ratio(rows[..., :-1], n - row_nil)
    of_columns = _ratio(columns[..., :-1], n - column_nil)
    fitted = np.zeros_like(counts)
    inside = (n - row_nil - column_nil)[..., None]
    fitted[..., :-1, :-1] = of_rows[..., :, None] * of_columns[..., None, :] * inside
    fitted[..., -1, :-1] = row_nil * of_columns
    fitted[..., :-1, -1] = column_nil * of_rows
    return fitted


def linked_kappa(table: ArrayLike) -> Kappa:
    """Kappa of one table of linked events; it has no standard error.

    Raises:
        ValueError: as `expected`.
    """
    counts = _linked(table)
    n = total(counts)
    if n == 0:
        nothing = missing(Undefined.NOTHING, 0)
        return Kappa(n=0, p_o=nothing, p_e=nothing, kappa=nothing, kappa_max=nothing, se=nothing)
    apart = 1 - np.eye(len(counts))
    size = float(counts.sum())
    disagreed = float((apart * counts).sum()) / size
    by_chance = float((apart * expected(counts)).sum()) / size
    p_o, p_e = known(1 - disagreed, n), known(1 - by_chance, n)
    none = missing(Undefined.ONE_CODE if by_chance == 0 else Undefined.NO_SUCH, n)
    if by_chance == 0:
        return Kappa(n=n, p_o=p_o, p_e=p_e, kappa=none, kappa_max=none, se=none)
    unlike = float(np.abs(counts.sum(axis=0) - counts.sum(axis=1)).sum()) / 2 / size
    return Kappa(
        n=n,
        p_o=p_o,
        p_e=p_e,
        kappa=known(1 - disagreed / by_chance, n),
        kappa_max=known(1 - unlike / by_chance, n),
        se=none,
    )


def linked_kappas(tables: Floats) -> Floats:
    """Kappa of many tables of linked events at once; nan where it is undefined.

    Args:
        tables: counts, shape (tables, codes + 1, codes + 1).
    """
    apart = 1 - np.eye(tables.shape[-1])
    disagreed = (apart * tables).sum(axis=(-2, -1))
    by_chance = (apart * expected(tables)).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        values: Floats = 1 - disagreed / by_chance
    values[by_chance == 0] = np.nan
    return values


def _linked(tables: ArrayLike) -> Floats:
    counts = np.asarray(tables, dtype=np.float64)
    if counts.ndim < 2 or counts.shape[-1] != counts.shape[-2] or counts.shape[-1] < 2:
        raise ValueError(f"a table of shape {counts.shape} is not square with a nil row and column")
    check_counts(counts)
    if counts[..., -1, -1].any():
        raise ValueError("an event that neither coder saw cannot be counted; nil-nil must be 0")
    return counts


def _ratio(parts: Floats, whole: Floats) -> Floats:
    """Shares of a whole; 0 where there is no whole, for then there are no parts either."""
    return np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0)
