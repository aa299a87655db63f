"""Everything that is told of the agreement of two codings of one session, but ratings and class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ssp_coder.agreement.alignment import alignment_agreement
from ssp_coder.agreement.compare import check_scheme
from ssp_coder.agreement.episode_agreement import EpisodeAgreement, Parts, episode_agreement
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.interval_agreement import IntervalAgreement, interval_agreement
from ssp_coder.agreement.linked import LinkedAgreement
from ssp_coder.agreement.linked_interval import with_block_interval
from ssp_coder.agreement.onset_groups import f1_with_interval
from ssp_coder.agreement.onsets import (
    Hits,
    OnsetAgreement,
    at_tolerance,
    onset_agreement,
    total_hits,
)
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.protocol import STATISTICS_VERSION, Protocol
from ssp_coder.agreement.raster import units_of
from ssp_coder.agreement.time_units import TimeAgreement, time_agreement
from ssp_coder.agreement.track_build import Lanes, tracks_of
from ssp_coder.agreement.track_window import Blindness, open_states, window_of
from ssp_coder.agreement.tracks import Bouts, Stretch, Track, TrackKind
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Span

Told = Callable[[float], None]
"""Told the share that is done; what it raises stops the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackAgreement:
    """Agreement on one track.

    Attributes:
        stretch: what was compared of it.
        a: events of the first coder or reference, cut to that.
        b: events of the second.
        time: unit by unit; points have none.
        alignment: of events in their order.
        overlap: of states by how much they overlap; points have none.
        intervals: of each code, interval by interval.
        onsets: of each code at each tolerance, code by code.
        f1: by tolerance the share of all onsets that are in hits, whatever their code.
        episodes: of each episode that lies in the window, in the plan's order.
    """

    track: Track
    stretch: Stretch
    a: Bouts
    b: Bouts
    time: TimeAgreement | None
    alignment: LinkedAgreement
    overlap: LinkedAgreement | None
    intervals: tuple[IntervalAgreement, ...]
    onsets: tuple[OnsetAgreement, ...]
    f1: tuple[tuple[int, Estimate], ...]
    episodes: tuple[EpisodeAgreement, ...]

    def hits(self, tolerance_us: int) -> Hits:
        """Onsets of all codes that were found within a tolerance of the protocol."""
        return total_hits(self.onsets, tolerance_us)

    def spans_of_cell(self, i: int, j: int) -> tuple[Span, ...]:
        """Where A has code i while B has code j; the state `none` follows the last code.

        Raises:
            ValueError: the track holds points, which have no time.
        """
        if self.time is None:
            raise ValueError(f"{self.track.id} holds points; its cells are made of events")
        return self.time.units.spans(i, j)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Agreement of two codings of a session on all its tracks.

    Attributes:
        session: of the first.
        coders: who made the first, the reference of the two if one is, and the second.
        protocol: how it was worked out.
        version: of the statistics.
        window: what was compared, without what could not be seen of anything.
        open_states: states that each never ended; they were taken to last to the window's end.
        tracks: of behaviour first, then of the procedure, each in the ethogram's order.
    """

    session: str
    coders: tuple[str, str]
    protocol: Protocol
    version: str
    window: Stretch
    open_states: tuple[int, int]
    tracks: tuple[TrackAgreement, ...]

    def track(self, track_id: str) -> TrackAgreement:
        """The agreement on a track.

        Raises:
            KeyError: there is no such track.
        """
        for one in self.tracks:
            if one.track.id == track_id:
                return one
        raise KeyError(f"no track {track_id} was compared")


def pair_agreement(
    a: Coding, b: Coding, scheme: Scheme, protocol: Protocol, *, watch: Told | None = None
) -> PairAgreement:
    """Agreement of two codings of a session.

    Args:
        a: the first, or the reference.
        b: the second; lags are its times less those of the first.
        scheme: what both were coded with.
        protocol: how it is worked out.
        watch: told the share done, track by track.

    Raises:
        ComparisonError: a coding uses a code or class that the scheme does not know.
        ProtocolError: the protocol lumps codes that cannot be lumped.
    """
    for one in (a, b):
        check_scheme(one, scheme)
    work = _Work(a, b, scheme, protocol)
    tracks = sorted(tracks_of(scheme, (a, b), protocol.lumps), key=lambda track: track.is_setting)
    done = []
    for place, track in enumerate(tracks):
        done.append(work.track(track))
        if watch is not None:
            watch((place + 1) / len(tracks))
    return PairAgreement(
        session=a.session,
        coders=(a.coder, b.coder),
        protocol=protocol,
        version=STATISTICS_VERSION,
        window=work.blindness.stretch(),
        open_states=(open_states(a, scheme), open_states(b, scheme)),
        tracks=tuple(done),
    )


class _Work:
    """What all tracks of a pair have in common."""

    def __init__(self, a: Coding, b: Coding, scheme: Scheme, protocol: Protocol) -> None:
        window = window_of((a, b), scheme, protocol)
        self.blindness = Blindness((a, b), scheme, window)
        self._lanes = (Lanes(a), Lanes(b))
        self._parts = Parts.of(a if a.episodes else b, scheme)
        self._protocol = protocol

    def track(self, track: Track) -> TrackAgreement:
        stretch = self.blindness.stretch(track.subject, track.group)
        a, b = (lanes.bouts(track, stretch) for lanes in self._lanes)
        protocol, codes = self._protocol, len(track.codes)
        lasts = track.kind is TrackKind.STATES
        units = units_of(a, b, stretch, protocol.unit_us, codes) if lasts else None
        alignment = alignment_agreement(a, b, codes, protocol.alignment_us)
        overlap = overlap_agreement(a, b, codes, protocol.overlap) if lasts else None
        onsets = onset_agreement(a, b, codes, protocol.onsets_us)
        return TrackAgreement(
            track=track,
            stretch=stretch,
            a=a,
            b=b,
            time=None if units is None else time_agreement(units, protocol),
            alignment=with_block_interval(alignment, stretch, protocol),
            overlap=None if overlap is None else with_block_interval(overlap, stretch, protocol),
            intervals=interval_agreement(a, b, codes, stretch, protocol.interval_us),
            onsets=onsets,
            f1=tuple(
                (
                    tolerance,
                    f1_with_interval((a, b), at_tolerance(onsets, tolerance), stretch, protocol),
                )
                for tolerance in protocol.onsets_us
            ),
            episodes=episode_agreement(self._parts.within(stretch), (a, b), units, onsets),
        )
