"""Agreement over many sessions: tables summed, intervals by drawing sessions anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ssp_coder.agreement.accuracy import Observers, accuracy_behind, base_rates_of
from ssp_coder.agreement.bootstrap import percentile_interval, resampled
from ssp_coder.agreement.classes import LevelAgreement
from ssp_coder.agreement.disorganization import DAgreement
from ssp_coder.agreement.estimate import Estimate, Undefined, missing
from ssp_coder.agreement.ipf import linked_kappa, linked_kappas
from ssp_coder.agreement.kappa import Kappa, specific_agreement
from ssp_coder.agreement.pair import PairAgreement, TrackAgreement, pair_agreement
from ssp_coder.agreement.protocol import STATISTICS_VERSION, Protocol
from ssp_coder.agreement.session_kappa import (
    kappa_with_interval,
    resampled_margins,
    session_kappa,
    with_interval,
)
from ssp_coder.agreement.study_cases import (
    CodingPair,
    ScaleAgreement,
    SeveralCoders,
    class_levels,
    disorganization,
    observers_of,
    one_a_session,
    scale_agreements,
    several_coders,
)
from ssp_coder.agreement.study_episodes import EpisodeInStudy, EpisodeSums
from ssp_coder.agreement.study_onsets import CodeInStudy, OnsetSums
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.time_units import mean_of
from ssp_coder.agreement.track_build import tracks_of
from ssp_coder.agreement.tracks import Track, TrackKind
from ssp_coder.domain.scheme import Scheme

Told = Callable[[int, int], None]
"""Told how many pairs are done, and of how many; what it raises stops the work."""

_EXACT, _FORTH, _BACK = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackInStudy:
    """One track over all sessions; intervals come from drawing sessions anew.

    Attributes:
        sessions: those in which either coder used it.
        tables: units by pair of codes, shape (3, k, k): exact, A to B, B to A; None for points.
        exact: of time units without a tolerance, None for points.
        directions: with the tolerance, first sought in second and second in first; none for points.
        mean: mean of both directions with the tolerance, None for points.
        accuracy: how accurate coders must be for that kappa at these base rates; None for points.
        alignment_table: aligned events, nil last.
        alignment: kappa of it.
        overlap: kappa of states linked by overlap, None for points.
        codes: each code at each tolerance, code by code.
        by_code: specific agreement of each code over time units, `none` last; nothing for points.
        episodes: those of which anything was compared, in the plan's order.
        removed_us: time of it that was removed because it could not be seen, over all pairs.
        spread: time-unit kappa of each session that has one, else event kappa, in their order.
    """

    track: Track
    sessions: int
    tables: Floats | None
    exact: Kappa | None
    directions: tuple[Kappa, ...]
    mean: Estimate | None
    accuracy: Estimate | None
    alignment_table: Floats
    alignment: Kappa
    overlap: Kappa | None
    codes: tuple[CodeInStudy, ...]
    by_code: tuple[Estimate, ...]
    episodes: tuple[EpisodeInStudy, ...]
    removed_us: int
    spread: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyAgreement:
    """Agreement of a study.

    Attributes:
        sessions: names of the sessions, in order.
        pairs: how many pairs of codings.
        coders: names of the first and of the second coders.
        removed_us: time that was removed because it could not be seen, over all pairs.
        open_states: states that were never ended, in all codings.
        tracks: of behaviour first.
        scales: per scale and episode, one pair a session.
        classes: at every level, one pair a session.
        disorganization: scale and decision, one pair a session.
        several: where sessions have three or more codings.
        pairs_vary: whether ratings and classes are of changing coders, so that ICC(1,1) fits.
    """

    protocol: Protocol
    version: str
    sessions: tuple[str, ...]
    pairs: int
    coders: tuple[tuple[str, ...], tuple[str, ...]]
    removed_us: int
    open_states: int
    tracks: tuple[TrackInStudy, ...]
    scales: tuple[ScaleAgreement, ...]
    classes: tuple[LevelAgreement, ...]
    disorganization: DAgreement | None
    several: tuple[SeveralCoders, ...]
    pairs_vary: bool


def study_agreement(
    pairs: Sequence[CodingPair], scheme: Scheme, protocol: Protocol, *, watch: Told | None = None
) -> StudyAgreement:
    """Agreement over many pairs of codings.

    Args:
        pairs: two codings of a session each; of several pairs of a session all count for time and
            events, which are drawn anew together, and the first for ratings and classes.
        scheme: what all were coded with.
        protocol: how it is worked out.
        watch: told after each pair.

    Raises:
        ValueError: there is no pair.
        ComparisonError: a coding uses a code, class or rating that the scheme does not know.
        ProtocolError: the protocol lumps codes that cannot be lumped.
    """
    if not pairs:
        raise ValueError("a study needs at least one pair of codings")
    sums = _Sums(pairs, scheme, protocol)
    # Only tables are taken from a pair; its own intervals would cost most of the time.
    single = replace(protocol, resamples=1)
    removed_us = left_open = 0
    for done, pair in enumerate(pairs, start=1):
        found = pair_agreement(pair.first, pair.second, scheme, single)
        sums.add(pair.session, found)
        removed_us += _removed_us(found)
        left_open += sum(found.open_states)
        if watch is not None:
            watch(done, len(pairs))
    cases, observers = one_a_session(pairs), observers_of(pairs)
    return StudyAgreement(
        protocol=protocol,
        version=STATISTICS_VERSION,
        sessions=sums.sessions,
        pairs=len(pairs),
        coders=(_names(p.first.coder for p in pairs), _names(p.second.coder for p in pairs)),
        removed_us=removed_us,
        open_states=left_open,
        tracks=sums.tracks(observers),
        scales=scale_agreements(cases, scheme),
        classes=class_levels(cases, scheme, protocol, observers),
        disorganization=disorganization(cases, scheme, protocol, observers),
        several=several_coders(pairs, scheme),
        pairs_vary=len({(pair.first.coder, pair.second.coder) for pair in cases}) > 1,
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _accuracy(exact: Kappa, time: Floats, observers: Observers) -> Estimate:
    table = time[:, _EXACT].sum(axis=0)
    if not table.any():
        return exact.kappa
    return accuracy_behind(exact.kappa, base_rates_of(table, observers), observers)


def _removed_us(found: PairAgreement) -> int:
    return int(np.diff(found.window.blind, axis=1).sum())


@dataclass(slots=True)
class _TrackSums:
    """Tables of one track by session; kept small so that sessions can be drawn anew.

    Attributes:
        time: shape (sessions, 3, k + 1, k + 1).
        alignment: shape (sessions, k + 1, k + 1).
        overlap: the same.
        onsets: matched onsets of each code.
        episodes: tables and onsets of each episode.
    """

    track: Track
    time: Floats
    alignment: Floats
    overlap: Floats
    onsets: OnsetSums
    episodes: EpisodeSums
    removed_us: int = 0
    spread: list[tuple[str, float]] = field(default_factory=list)

    @classmethod
    def empty(cls, track: Track, sessions: int, tolerances_us: Sequence[int]) -> _TrackSums:
        k = len(track.codes)
        square = (sessions, k + 1, k + 1)
        lasts = track.kind is TrackKind.STATES
        return cls(
            track=track,
            time=np.zeros((sessions, 3, k + 1, k + 1)),
            alignment=np.zeros(square),
            overlap=np.zeros(square),
            onsets=OnsetSums(track.codes, sessions, tolerances_us),
            episodes=EpisodeSums(k + 1 if lasts else 0, sessions, tolerances_us),
        )


class _Sums:
    """The tables of all tracks, session by session."""

    def __init__(self, pairs: Sequence[CodingPair], scheme: Scheme, protocol: Protocol) -> None:
        self.sessions = _names(pair.session for pair in pairs)
        self._places = {session: place for place, session in enumerate(self.sessions)}
        self._protocol = protocol
        self._plan = tuple(plan.id for plan in scheme.procedure.episodes)
        codings = (coding for pair in pairs for coding in (pair.first, pair.second))
        tracks = tracks_of(scheme, codings, protocol.lumps)
        sessions, tolerances_us = len(self.sessions), tuple(dict.fromkeys(protocol.onsets_us))
        self._sums = {
            track.id: _TrackSums.empty(track, sessions, tolerances_us)
            for track in sorted(tracks, key=lambda track: track.is_setting)
        }

    def add(self, session: str, found: PairAgreement) -> None:
        """Take the tables of a pair."""
        for one in found.tracks:
            self._add_track(session, one)

    def _add_track(self, session: str, one: TrackAgreement) -> None:
        sums, place = self._sums[one.track.id], self._places[session]
        if one.time is not None:
            sums.time[place] += one.time.tables
        if one.overlap is not None:
            sums.overlap[place] += one.overlap.table
        sums.alignment[place] += one.alignment.table
        sums.onsets.add(place, one.onsets)
        sums.episodes.add(place, one.episodes)
        sums.removed_us += one.stretch.removed_us
        kappa = one.alignment.kappa.kappa if one.time is None else one.time.exact.kappa
        if kappa.value is not None:
            sums.spread.append((session, kappa.value))

    def tracks(self, observers: Observers) -> tuple[TrackInStudy, ...]:
        """The tracks with their figures; the accuracy is for these observers."""
        return tuple(self._track(sums, observers) for sums in self._sums.values())

    def _track(self, sums: _TrackSums, observers: Observers) -> TrackInStudy:
        lasts = sums.track.kind is TrackKind.STATES
        ways, mean = self._time(sums.time) if lasts else ((), None)
        exact = ways[_EXACT] if ways else None
        return TrackInStudy(
            track=sums.track,
            sessions=int(sums.alignment.any(axis=(1, 2)).sum()),
            tables=sums.time.sum(axis=0) if lasts else None,
            exact=exact,
            directions=ways[_FORTH:],
            mean=mean,
            accuracy=None if exact is None else _accuracy(exact, sums.time, observers),
            alignment_table=sums.alignment.sum(axis=0),
            alignment=self._linked(sums.alignment),
            overlap=self._linked(sums.overlap) if lasts else None,
            codes=sums.onsets.codes(self._protocol),
            by_code=self._by_code(sums.time[:, _EXACT]) if lasts else (),
            episodes=sums.episodes.episodes(self._plan, self._protocol),
            removed_us=sums.removed_us,
            spread=tuple(sums.spread),
        )

    def _time(self, tables: Floats) -> tuple[tuple[Kappa, ...], Estimate]:
        """Without a tolerance and in both directions with one, and the mean of these two."""
        ways = tuple(session_kappa(table) for table in tables.sum(axis=0))
        mean = mean_of(ways[_FORTH].kappa, ways[_BACK].kappa)
        if ways[_EXACT].kappa.value is None or len(tables) < 2:
            return ways, mean
        used = np.flatnonzero(tables.any(axis=(0, 1, 2)) | tables.any(axis=(0, 1, 3)))
        protocol, kept = self._protocol, tables[:, :, used][..., used]
        values = resampled_margins(kept, protocol.resamples, protocol.seed).kappas()
        both = (values[:, _FORTH] + values[:, _BACK]) / 2
        return (
            tuple(kappa_with_interval(way, own) for way, own in zip(ways, values.T, strict=True)),
            with_interval(mean, both),
        )

    def _linked(self, tables: Floats) -> Kappa:
        found = linked_kappa(tables.sum(axis=0))
        used = np.flatnonzero(tables[:, :-1].any(axis=(0, 2)) | tables[:, :, :-1].any(axis=(0, 1)))
        if len(used) < 2:
            # Events that neither saw are not known, so one code alone has no chance agreement.
            why = missing(Undefined.ONE_CODE if found.n else Undefined.NOTHING, found.n)
            return replace(found, kappa=why, kappa_max=why, se=why)
        if found.kappa.value is None or len(tables) < 2:
            return found
        kept = np.append(used, tables.shape[-1] - 1)
        values = linked_kappas(self._drawn(tables[:, kept][..., kept]))
        return replace(found, kappa=found.kappa.between(*percentile_interval(values)))

    def _by_code(self, tables: Floats) -> tuple[Estimate, ...]:
        found = specific_agreement(tables.sum(axis=0))
        if len(tables) < 2:
            return found
        protocol = self._protocol
        drawn = resampled_margins(tables, protocol.resamples, protocol.seed).specific()
        return tuple(with_interval(one, values) for one, values in zip(found, drawn.T, strict=True))

    def _drawn(self, tables: Floats) -> Floats:
        return resampled(tables, self._protocol.resamples, self._protocol.seed)
