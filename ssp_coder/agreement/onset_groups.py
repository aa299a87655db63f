"""Matched onsets by the part of the session they lie in: episodes, or blocks for an interval.

A match is in the part of the first coder's onset, an onset alone in that of its own. Onsets are
matched over the whole session, so that the counts of the parts add up to those of the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ssp_coder.agreement.bootstrap import percentile_interval, resampled
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.onsets import Hits, OnsetAgreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Bouts, Places, Stretch, Times

Grouping = Callable[[Times], Places]
"""Of each time the place of its part, below 0 when it is in none."""


def hits_by_group(
    bouts: tuple[Bouts, Bouts], onsets: Sequence[OnsetAgreement], grouping: Grouping, count: int
) -> Places:
    """Hits, misses and false alarms of each part, shape (parts, 3).

    Args:
        bouts: events of both coders.
        onsets: their matched onsets at one tolerance.
        grouping: which part a time is in.
        count: how many parts there are.
    """
    a, b = bouts
    matched = [i for one in onsets for i, _ in one.pairs]
    missed = [i for one in onsets for i in one.misses]
    extra = [j for one in onsets for j in one.false_alarms]
    counts = []
    for starts, places in ((a.starts, matched), (a.starts, missed), (b.starts, extra)):
        groups = grouping(starts[np.array(places, np.int64)])
        counts.append(np.bincount(groups[groups >= 0], minlength=count))
    return np.stack(counts, axis=1)


def f1_with_interval(
    bouts: tuple[Bouts, Bouts],
    onsets: Sequence[OnsetAgreement],
    stretch: Stretch,
    protocol: Protocol,
) -> Estimate:
    """Share of all onsets of a track in hits, with an approximate interval from resampled blocks.

    Args:
        bouts: events of both coders.
        onsets: their matched onsets at one tolerance.
        stretch: what is compared.
        protocol: block, resamples and seed.
    """
    f1 = sum((one.counts for one in onsets), Hits()).f1
    if not f1.is_defined:
        return f1
    blocks = max(1, -(-(stretch.end_us - stretch.start_us) // protocol.block_us))

    def block(times: Times) -> Places:
        return (times - stretch.start_us) // protocol.block_us

    counts = hits_by_group(bouts, onsets, block, blocks)
    drawn = resampled(counts.astype(np.float64), protocol.resamples, protocol.seed)
    return f1.between(*percentile_interval(_shares(drawn)))


def _shares(counts: Floats) -> Floats:
    hits, alone = 2 * counts[:, 0], counts[:, 1] + counts[:, 2]
    shares: Floats = np.full_like(hits, np.nan)
    np.divide(hits, hits + alone, out=shares, where=hits + alone > 0)
    return shares
