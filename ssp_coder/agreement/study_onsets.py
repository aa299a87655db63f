"""Matched onsets over many sessions, with signed lags; intervals come from drawing sessions anew.

Onsets of one session hang together, so an interval rests on sessions: of shares as of the mean lag.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ssp_coder.agreement.bootstrap import percentile_interval, resampled
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.lags import LagSummary, lag_summary
from ssp_coder.agreement.onsets import Hits, OnsetAgreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.table import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeInStudy:
    """One code over all sessions.

    Attributes:
        code: full id, or name of a lump.
        tolerance_us: largest lag of a match.
        hits: matched and unmatched onsets of all sessions.
        f1: share of all onsets that are in hits, with an interval over sessions.
        lags: of the matches of all sessions; their mean has an interval over sessions.
        sessions: in how many of them either used it.
    """

    code: str
    tolerance_us: int
    hits: Hits
    f1: Estimate
    lags: LagSummary
    sessions: int


class OnsetSums:
    """Matched onsets of one track, session by session."""

    def __init__(self, codes: Sequence[str], sessions: int, tolerances_us: Iterable[int]) -> None:
        """Nothing is counted yet."""
        self._codes = tuple(codes)
        self._tolerances = {time: place for place, time in enumerate(tolerances_us)}
        self._counts = np.zeros((sessions, len(self._tolerances), len(codes), 3))
        self._lags: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def add(self, session: int, onsets: Iterable[OnsetAgreement]) -> None:
        """Count the onsets of a pair of a session, which is told by its place."""
        for one in onsets:
            hits, at = one.counts, self._tolerances[one.tolerance_us]
            self._counts[session, at, one.code] += (hits.hits, hits.misses, hits.false_alarms)
            lags = self._lags.setdefault((at, one.code), [])
            lags += [(session, lag) for lag in one.lags_us]

    def codes(self, protocol: Protocol) -> tuple[CodeInStudy, ...]:
        """Every code at every tolerance, code by code."""
        return tuple(
            self._code(place, time, protocol)
            for place in range(len(self._codes))
            for time in self._tolerances
        )

    def _code(self, place: int, tolerance_us: int, protocol: Protocol) -> CodeInStudy:
        at = self._tolerances[tolerance_us]
        counts = self._counts[:, at, place]
        hits, f1 = hits_over_sessions(counts, protocol)
        return CodeInStudy(
            code=self._codes[place],
            tolerance_us=tolerance_us,
            hits=hits,
            f1=f1,
            lags=_lags_over_sessions(self._lags.get((at, place), []), len(counts), protocol),
            sessions=int(counts.any(axis=1).sum()),
        )


def hits_over_sessions(counts: Floats, protocol: Protocol) -> tuple[Hits, Estimate]:
    """Hits of all sessions, and the share of all onsets in them with an interval over sessions.

    Args:
        counts: hits, misses and false alarms of each session, shape (sessions, 3).
        protocol: resamples and seed.
    """
    hit, missed, extra = counts.sum(axis=0).tolist()
    hits = Hits(hits=int(hit), misses=int(missed), false_alarms=int(extra))
    f1 = hits.f1
    if not f1.is_defined or len(counts) < 2:
        return hits, f1
    drawn = resampled(counts, protocol.resamples, protocol.seed)
    found = _quotients(2 * drawn[:, 0], 2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2])
    return hits, f1.between(*percentile_interval(found))


def _lags_over_sessions(
    lags: Sequence[tuple[int, int]], sessions: int, protocol: Protocol
) -> LagSummary:
    found = lag_summary([lag for _, lag in lags])
    if not lags or sessions < 2:
        return found
    table = np.zeros((sessions, 2))
    places = [session for session, _ in lags]
    np.add.at(table, places, [(lag, 1) for _, lag in lags])
    drawn = resampled(table, protocol.resamples, protocol.seed)
    means = _quotients(drawn[:, 0], drawn[:, 1])
    return replace(found, mean_us=found.mean_us.between(*percentile_interval(means)))


def _quotients(above: Floats, below: Floats) -> Floats:
    values: Floats = np.full_like(above, np.nan)
    np.divide(above, below, out=values, where=below > 0)
    return values
