"""Partial-interval sampling: in how many intervals of an episode a behaviour occurs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ssp_coder.domain.coding import Event
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.measures import USUAL_SAMPLING, RestRule
from ssp_coder.domain.time import Span

FULL_INTERVALS = USUAL_SAMPLING.full_intervals
"""Intervals of 15 s in a full episode of three minutes, to which counts of shorter and longer
episodes are prorated (domain reference 3.1: literature, unverified, confidence .9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalCount:
    """A partial-interval count of one episode.

    Attributes:
        raw: intervals in which the behaviour occurs at least once.
        n_intervals: intervals of the episode, 0 for an empty span.
        prorated: `raw` as it would be in a full episode; None without any interval.
    """

    raw: int
    n_intervals: int
    prorated: float | None


def interval_edges(
    span: Span, interval_us: int, rest: RestRule = USUAL_SAMPLING.rest
) -> tuple[int, ...]:
    """Edges of the intervals of an episode, one more than there are intervals.

    Args:
        span: the episode.
        interval_us: length of an interval in microseconds.
        rest: what becomes of a rest at the end; a dropped one lies behind the last edge. An episode
            shorter than an interval is one interval, unless its rest is dropped.

    Raises:
        ValueError: `interval_us` is not positive.
    """
    if interval_us <= 0:
        raise ValueError(f"an interval of {interval_us} us cannot be counted; give a positive one")
    if span.length_us == 0:
        return (span.start_us,)
    whole, left_us = divmod(span.length_us, interval_us)
    if rest is RestRule.DROP:
        return tuple(span.start_us + place * interval_us for place in range(whole + 1))
    count = max(1, whole + (1 if _is_own(left_us, interval_us, rest) else 0))
    return (*(span.start_us + place * interval_us for place in range(count)), span.end_us)


def _is_own(left_us: int, interval_us: int, rest: RestRule) -> bool:
    if rest is RestRule.OWN:
        return left_us > 0
    return rest is RestRule.OWN_FROM_HALF and 2 * left_us >= interval_us


def interval_count(
    events: Iterable[Event],
    span: Span,
    codes: Collection[CodeId],
    interval_us: int,
    full_intervals: float = FULL_INTERVALS,
) -> IntervalCount:
    """Count the intervals of `span` that an event of `codes` touches.

    Args:
        events: events in any order; a state without an end lasts beyond the span.
        span: the episode.
        codes: ids of the codes counted together.
        interval_us: length of an interval in microseconds.
        full_intervals: number of intervals that `prorated` refers to.
    """
    edges = interval_edges(span, interval_us)
    n_intervals = len(edges) - 1
    touched: set[int] = set()
    for event in events:
        if event.code in codes:
            touched.update(intervals_touched(event, edges, interval_us))
    raw = len(touched)
    prorated = raw * full_intervals / n_intervals if n_intervals else None
    return IntervalCount(raw=raw, n_intervals=n_intervals, prorated=prorated)


def intervals_touched(event: Event, edges: tuple[int, ...], interval_us: int) -> range:
    """Places of the intervals that an event touches, from 0; a state without an end lasts on."""
    start_us, stop_us, last = edges[0], edges[-1], len(edges) - 2
    # The last microsecond that belongs to the event; a point belongs to its own.
    end_us = stop_us if event.end_us is None else event.end_us
    last_us = min(stop_us - 1, max(event.start_us, end_us - 1))
    first_us = max(start_us, event.start_us)
    if last_us < first_us:
        return range(0)
    first = min(last, (first_us - start_us) // interval_us)
    return range(first, min(last, (last_us - start_us) // interval_us) + 1)
