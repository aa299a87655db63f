"""Agreement within each episode: time by its midpoint, a pair of events by that of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ssp_coder.agreement.kappa import Kappa
from ssp_coder.agreement.onset_groups import hits_by_group
from ssp_coder.agreement.onsets import Hits, OnsetAgreement, at_tolerance
from ssp_coder.agreement.raster import Units, tallies
from ssp_coder.agreement.session_kappa import session_kappa
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Bouts, Places, Stretch, Times
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import episode_spans

_OUTSIDE = -1
_NEVER = np.iinfo(np.int64).max // 2
"""The end of an episode of which it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeAgreement:
    """Agreement on a track within an episode.

    Attributes:
        seen_us: how much of the episode was compared.
        table: units by pair of codes without a tolerance, None for points.
        hits: onsets of all codes, by tolerance of the protocol.
    """

    episode: EpisodeId
    seen_us: int
    table: Floats | None
    hits: tuple[tuple[int, Hits], ...]

    @property
    def time(self) -> Kappa | None:
        """Kappa of the table; points have none."""
        return None if self.table is None else session_kappa(self.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Episodes that took place, in order of time.

    Attributes:
        episodes: their ids.
        edges: start and end of each, shape (episodes, 2).
        seen_us: how much of each is compared.
    """

    episodes: tuple[EpisodeId, ...]
    edges: Times
    seen_us: tuple[int, ...] = ()

    @classmethod
    def of(cls, coding: Coding, scheme: Scheme) -> Parts:
        """The episodes that a coding marks; one without an end lasts."""
        spans = sorted(
            (span.start_us, _NEVER if span.end_us is None else span.end_us, span.plan.id)
            for span in episode_spans(coding, scheme.procedure)
            if span.start_us is not None
        )
        return cls(
            episodes=tuple(episode for _, _, episode in spans),
            edges=np.array([edges for *edges, _ in spans], np.int64).reshape(-1, 2),
        )

    def within(self, stretch: Stretch) -> Parts:
        """The episodes of which something lies in a stretch."""
        seen = stretch.seen()
        shared = np.minimum(self.edges[:, None, 1], seen[None, :, 1]) - np.maximum(
            self.edges[:, None, 0], seen[None, :, 0]
        )
        lengths = np.maximum(shared, 0).sum(axis=1)
        kept = np.flatnonzero(lengths)
        return Parts(
            episodes=tuple(self.episodes[place] for place in kept.tolist()),
            edges=self.edges[kept],
            seen_us=tuple(lengths[kept].tolist()),
        )

    def places(self, times: Times) -> Places:
        """Of each time the place of its episode, -1 outside of all."""
        if not self.episodes:
            return np.full(len(times), _OUTSIDE)
        found = np.searchsorted(self.edges[:, 0], times, side="right") - 1
        return np.where(times < self.edges[found, 1], found, _OUTSIDE)


def episode_agreement(
    parts: Parts,
    bouts: tuple[Bouts, Bouts],
    units: Units | None,
    onsets: Sequence[OnsetAgreement],
) -> tuple[EpisodeAgreement, ...]:
    """Agreement on a track within each episode.

    Args:
        parts: episodes that lie in what is compared.
        bouts: events of both coders.
        units: their codes unit by unit, None for points.
        onsets: their matched onsets.
    """
    tables = None if units is None else _tables(parts, units)
    hits = {
        tolerance: _hits(parts, bouts, at_tolerance(onsets, tolerance))
        for tolerance in dict.fromkeys(one.tolerance_us for one in onsets)
    }
    return tuple(
        EpisodeAgreement(
            episode=episode,
            seen_us=parts.seen_us[place],
            table=None if tables is None else tables[place],
            hits=tuple((tolerance, found[place]) for tolerance, found in hits.items()),
        )
        for place, episode in enumerate(parts.episodes)
    )


def _tables(parts: Parts, units: Units) -> Floats:
    return tallies(units.a, units.b, parts.places(units.middles()), (len(parts.episodes), units.k))


def _hits(
    parts: Parts, bouts: tuple[Bouts, Bouts], onsets: Sequence[OnsetAgreement]
) -> tuple[Hits, ...]:
    counts = hits_by_group(bouts, onsets, parts.places, len(parts.episodes))
    return tuple(
        Hits(hits=hit, misses=miss, false_alarms=alarm) for hit, miss, alarm in counts.tolist()
    )
