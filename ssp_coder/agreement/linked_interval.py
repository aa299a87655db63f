"""An interval for kappa of linked events of one session, from resampled blocks.

A pair is in the block of the first coder's onset, an event alone in that of its own. Events are not
linked anew in a resample, so the interval is approximate.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ssp_coder.agreement.linked import LinkedAgreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.session_kappa import Margins, kappa_with_interval, resampled_margins
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Stretch


def with_block_interval(
    found: LinkedAgreement, stretch: Stretch, protocol: Protocol
) -> LinkedAgreement:
    """The same agreement with the interval of its kappa; an undefined one has none."""
    if not found.kappa.kappa.is_defined:
        return found
    blocks = block_tables(found, stretch, protocol.block_us)
    drawn = resampled_margins(blocks, protocol.resamples, protocol.seed)
    return replace(found, kappa=kappa_with_interval(found.kappa, linked_kappas_of(drawn)))


def block_tables(found: LinkedAgreement, stretch: Stretch, block_us: int) -> Floats:
    """The table of each block, shape (blocks, codes + 1, codes + 1), nil last."""
    nil = len(found.table) - 1
    blocks = max(1, -(-(stretch.end_us - stretch.start_us) // block_us))
    tables = np.zeros((blocks, nil + 1, nil + 1))

    i, j = np.array(found.pairs, np.int64).reshape(-1, 2).T
    a, b = found.alone_a(), found.alone_b()
    first = np.concatenate((i, a))
    rows = np.concatenate((found.a.codes[first], np.full(len(b), nil)))
    columns = np.concatenate((found.b.codes[j], np.full(len(a), nil), found.b.codes[b]))
    onsets = np.concatenate((found.a.starts[first], found.b.starts[b]))
    worth = np.repeat((2, 1), (len(i), len(a) + len(b)))
    np.add.at(tables, ((onsets - stretch.start_us) // block_us, rows, columns), worth)
    return tables


def linked_kappas_of(margins: Margins) -> Floats:
    """Kappa of each table of linked events by its margins; nan where fewer than two codes are used.

    The closed form of what chance gives, with nothing at nil-nil, needs the margins alone.
    """
    rows, columns = margins.rows, margins.columns
    n = rows.sum(axis=-1)
    of_rows, of_columns = n - rows[..., -1], n - columns[..., -1]
    products = (rows * columns)[..., :-1].sum(axis=-1)
    inside = n - rows[..., -1] - columns[..., -1]
    used = ((rows + columns)[..., :-1] > 0).sum(axis=-1) > 1
    by_chance = np.zeros_like(n)
    linked = used & (of_rows > 0) & (of_columns > 0)
    np.divide(products * inside, of_rows * of_columns, out=by_chance, where=linked)
    values: Floats = np.full_like(n, np.nan)
    np.divide(margins.both.sum(axis=-1) - by_chance, n - by_chance, out=values, where=used)
    return values
