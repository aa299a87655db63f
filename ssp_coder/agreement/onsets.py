"""Onsets matched code by code, with signed lags (agreement reference, 3.10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.lags import LagSummary, lag_summary
from ssp_coder.agreement.matching import pairs_within
from ssp_coder.agreement.tracks import Bouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """How many onsets of a reference were found.

    Attributes:
        hits: matched onsets.
        misses: onsets of the reference that are not.
        false_alarms: onsets of the other coder that are not.
    """

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0

    @property
    def n(self) -> int:
        """Onsets of both, a matched pair once."""
        return self.hits + self.misses + self.false_alarms

    @property
    def precision(self) -> Estimate:
        """Share of the other coder's onsets that are hits."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> Estimate:
        """Share of the reference's onsets that are hits."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> Estimate:
        """Share of all onsets of both that are in hits; 0 when only one of them has any."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.false_alarms)

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            hits=self.hits + other.hits,
            misses=self.misses + other.misses,
            false_alarms=self.false_alarms + other.false_alarms,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OnsetAgreement:
    """Onsets of one code, matched within one tolerance.

    Attributes:
        code: place in the track's codes.
        tolerance_us: largest lag of a match, included.
        pairs: matched events, by place in the bouts of A (the reference) and of B.
        misses: places in A without match.
        false_alarms: places in B without match.
        lags_us: of each pair the onset of B less that of A.
        ends_us: of matched states the end of B less that of A, where both are known.
        lengths_us: of matched states the length of B less that of A, where both are known.
    """

    code: int
    tolerance_us: int
    pairs: tuple[tuple[int, int], ...]
    misses: tuple[int, ...]
    false_alarms: tuple[int, ...]
    lags_us: tuple[int, ...]
    ends_us: tuple[int, ...]
    lengths_us: tuple[int, ...]

    @property
    def lags(self) -> LagSummary:
        """By how much B is late."""
        return lag_summary(self.lags_us)

    @property
    def ends(self) -> LagSummary:
        """By how much the ends of states in B are late."""
        return lag_summary(self.ends_us)

    @property
    def lengths(self) -> LagSummary:
        """By how much states in B are longer."""
        return lag_summary(self.lengths_us)

    @property
    def counts(self) -> Hits:
        """How many were found."""
        return Hits(
            hits=len(self.pairs), misses=len(self.misses), false_alarms=len(self.false_alarms)
        )


def onset_agreement(
    a: Bouts, b: Bouts, codes: int, tolerances_us: Sequence[int]
) -> tuple[OnsetAgreement, ...]:
    """Matched onsets of every code at every tolerance, code by code.

    Events whose onset was cut off are left out on both sides.

    Args:
        a: events of the reference or first coder.
        b: events of the other.
        codes: number of codes of the track.
        tolerances_us: largest lags of a match.
    """
    lanes = list(zip(_by_code(a, codes), _by_code(b, codes), strict=True))
    return tuple(
        _matched(first, second, code, tolerance)
        for code, (first, second) in enumerate(lanes)
        for tolerance in tolerances_us
    )


def at_tolerance(found: Iterable[OnsetAgreement], tolerance_us: int) -> tuple[OnsetAgreement, ...]:
    """Those of all codes that were matched within one tolerance."""
    return tuple(one for one in found if one.tolerance_us == tolerance_us)


def total_hits(found: Iterable[OnsetAgreement], tolerance_us: int) -> Hits:
    """Hits of all codes at one tolerance."""
    return sum((one.counts for one in at_tolerance(found, tolerance_us)), Hits())


@dataclass(frozen=True, slots=True)
class _Lane:
    """One coder's events of one code whose onsets are known.

    Attributes:
        places: in the bouts.
        starts: their onsets.
        ends: their ends, None of points and of states whose end is not known.
    """

    places: list[int]
    starts: list[int]
    ends: list[int | None]


def _by_code(bouts: Bouts, codes: int) -> list[_Lane]:
    lanes = [_Lane([], [], []) for _ in range(codes)]
    no_start, no_end = set(bouts.cut_starts.tolist()), set(bouts.cut_ends.tolist())
    rows = zip(bouts.codes.tolist(), bouts.starts.tolist(), bouts.ends.tolist(), strict=True)
    for place, (code, start, end) in enumerate(rows):
        if place not in no_start:
            lane = lanes[code]
            lane.places.append(place)
            lane.starts.append(start)
            lane.ends.append(end if end > start and place not in no_end else None)
    return lanes


def _matched(a: _Lane, b: _Lane, code: int, tolerance_us: int) -> OnsetAgreement:
    found = pairs_within(a.starts, b.starts, tolerance_us)
    in_a, in_b = {i for i, _ in found}, {j for _, j in found}
    ended = [
        (second - first, b.starts[j] - a.starts[i])
        for i, j in found
        if (first := a.ends[i]) is not None and (second := b.ends[j]) is not None
    ]
    return OnsetAgreement(
        code=code,
        tolerance_us=tolerance_us,
        pairs=tuple((a.places[i], b.places[j]) for i, j in found),
        misses=tuple(place for i, place in enumerate(a.places) if i not in in_a),
        false_alarms=tuple(place for j, place in enumerate(b.places) if j not in in_b),
        lags_us=tuple(b.starts[j] - a.starts[i] for i, j in found),
        ends_us=tuple(end for end, _ in ended),
        lengths_us=tuple(end - lag for end, lag in ended),
    )


def _share(part: int, whole: int) -> Estimate:
    return known(part / whole, whole) if whole else missing(Undefined.NOT_USED, 0)
