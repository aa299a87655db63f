"""Interval-by-interval agreement of each code (agreement reference, 3.6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.kappa import Kappa
from ssp_coder.agreement.session_kappa import session_kappa
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Bouts, Places, Stretch, Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalAgreement:
    """Whether, and how often, one code occurs in each interval.

    Attributes:
        code: place in the track's codes.
        interval_us: length of an interval; the last ends with the session.
        table: intervals by occurrence, rows A, columns B, occurs first.
        occurrence: share of the intervals with it in either in which both have it.
        non_occurrence: share of the intervals without it in either in which both lack it.
        total: share of all intervals in which both say the same.
        exact_count: share of all intervals with equally many events.
        count_ratio: mean over intervals of the smaller count by the larger; none in both counts 1.
        count_ratio_used: the same over the intervals with an event of either.
    """

    code: int
    interval_us: int
    table: Floats
    occurrence: Estimate
    non_occurrence: Estimate
    total: Estimate
    exact_count: Estimate
    count_ratio: Estimate
    count_ratio_used: Estimate

    @property
    def kappa(self) -> Kappa:
        """Of the table; without standard error, for intervals of a session hang together."""
        return session_kappa(self.table)


def interval_agreement(
    a: Bouts, b: Bouts, codes: int, stretch: Stretch, interval_us: int
) -> tuple[IntervalAgreement, ...]:
    """Agreement of each code, interval by interval.

    A state occurs in every interval that it reaches into, a point in the one that holds it.
    Intervals of which nothing can be seen are left out.

    Args:
        a: events of the first coder or reference.
        b: events of the second.
        codes: number of codes of the track.
        stretch: what is cut into intervals, from its start on.
        interval_us: length of an interval.
    """
    seen = intervals_seen(stretch, interval_us)
    of_a, of_b = (counts_of(one, codes, stretch, interval_us)[:, seen] for one in (a, b))
    return tuple(
        _agreement(code, interval_us, first, second)
        for code, (first, second) in enumerate(zip(of_a, of_b, strict=True))
    )


def intervals_seen(stretch: Stretch, interval_us: int) -> Truths:
    """Of each interval whether something of it can be seen."""
    length = max(0, stretch.end_us - stretch.start_us)
    marks = np.zeros(-(-length // interval_us) + 1, np.int64)
    seen = stretch.seen() - stretch.start_us
    _fill(marks[None, :], np.zeros(len(seen), np.int64), seen, interval_us)
    return np.cumsum(marks)[:-1] > 0


def counts_of(bouts: Bouts, codes: int, stretch: Stretch, interval_us: int) -> Places:
    """How many events of each code occur in each interval, shape (codes, intervals)."""
    length = max(0, stretch.end_us - stretch.start_us)
    marks = np.zeros((codes, -(-length // interval_us) + 1), np.int64)
    spans = np.column_stack((bouts.starts, bouts.ends))
    _fill(marks, bouts.codes, spans - stretch.start_us, interval_us)
    return np.cumsum(marks, axis=1)[:, :-1]


def _fill(marks: Places, rows: Places, spans: Places, interval_us: int) -> None:
    """Note where spans begin and cease to be in intervals; a span without length is in one."""
    first = spans[:, 0] // interval_us
    last = np.maximum(spans[:, 1] - 1, spans[:, 0]) // interval_us
    np.add.at(marks, (rows, first), 1)
    np.add.at(marks, (rows, last + 1), -1)


def _agreement(code: int, interval_us: int, a: Places, b: Places) -> IntervalAgreement:
    in_a, in_b = a > 0, b > 0
    both, either = int((in_a & in_b).sum()), int((in_a | in_b).sum())
    n = len(a)
    only_a, only_b, neither = int(in_a.sum()) - both, int(in_b.sum()) - both, n - either
    table = np.array([[both, only_a], [only_b, neither]], np.float64)
    more = np.maximum(a, b)
    ratios = float((np.minimum(a, b)[more > 0] / more[more > 0]).sum())
    return IntervalAgreement(
        code=code,
        interval_us=interval_us,
        table=table,
        occurrence=_share(both, either),
        non_occurrence=_share(neither, n - both),
        total=_share(both + neither, n, Undefined.NOTHING),
        exact_count=_share(int((a == b).sum()), n, Undefined.NOTHING),
        count_ratio=_share(ratios + neither, n, Undefined.NOTHING),
        count_ratio_used=_share(ratios, either),
    )


def _share(part: float, whole: int, why: Undefined = Undefined.NOT_USED) -> Estimate:
    return known(part / whole, whole) if whole else missing(why, 0)
