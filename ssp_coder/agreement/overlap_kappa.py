"""Kappa of states that are linked by how much they overlap (EasyDIAg; agreement reference, 3.4)."""

from __future__ import annotations

import numpy as np

from ssp_coder.agreement.linked import LinkedAgreement, linked_agreement
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Bouts, Places


def overlap_agreement(a: Bouts, b: Bouts, codes: int, overlap: float) -> LinkedAgreement:
    """Agreement of states that are linked one to one, those that overlap most first.

    Args:
        a: states of the first coder or reference.
        b: states of the second.
        codes: number of codes of the track.
        overlap: smallest overlap of linked states, as a share of the longer one.
    """
    linked: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    free_a, free_b = [True] * len(a), [True] * len(b)
    first, second, shares = _overlaps(a, b)
    # Largest overlap first; of equal ones the lower place of B, then of A.
    order = np.lexsort((first, second, -shares))
    for i, j, share in zip(
        first[order].tolist(), second[order].tolist(), shares[order].tolist(), strict=True
    ):
        if free_a[i] and free_b[j]:
            free_a[i] = free_b[j] = False
            (linked if share >= overlap else weak).append((i, j))
    return linked_agreement(a, b, codes, sorted(linked), sorted(weak))


def _overlaps(a: Bouts, b: Bouts) -> tuple[Places, Places, Floats]:
    """Every pair of states that overlap: places in A, in B, and the share of the longer one."""
    # The furthest end so far grows, also where states of B overlap each other.
    reached = np.maximum.accumulate(b.ends)
    low = np.searchsorted(reached, a.starts, side="right")
    high = np.searchsorted(b.starts, a.ends, side="left")
    counts = np.maximum(0, high - low)
    first = np.repeat(np.arange(len(a)), counts)
    second = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts) + low[first]
    shared = np.minimum(a.ends[first], b.ends[second]) - np.maximum(
        a.starts[first], b.starts[second]
    )
    longer = np.maximum((a.ends - a.starts)[first], (b.ends - b.starts)[second])
    kept = shared > 0
    return first[kept], second[kept], shared[kept] / longer[kept]
