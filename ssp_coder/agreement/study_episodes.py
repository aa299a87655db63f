"""Agreement within each episode over many sessions; intervals come from drawing sessions anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ssp_coder.agreement.episode_agreement import EpisodeAgreement
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.kappa import Kappa
from ssp_coder.agreement.onsets import Hits
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.session_kappa import (
    kappa_with_interval,
    resampled_margins,
    session_kappa,
)
from ssp_coder.agreement.study_onsets import hits_over_sessions
from ssp_coder.agreement.table import Floats
from ssp_coder.domain.procedure import EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class OnsetsInEpisode:
    """Onsets of all codes of a track that were matched within one tolerance."""

    tolerance_us: int
    hits: Hits
    f1: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeInStudy:
    """One track within an episode, over all sessions.

    Attributes:
        sessions: in which something of the episode was compared.
        seen_us: how much was compared, over all pairs.
        silent: whether no coder used any code of the track in it.
        time: kappa of time units without a tolerance, None for points.
        onsets: at each tolerance of the protocol.
    """

    episode: EpisodeId
    sessions: int
    seen_us: int
    silent: bool
    time: Kappa | None
    onsets: tuple[OnsetsInEpisode, ...]


class EpisodeSums:
    """Tables of one track by episode and session."""

    def __init__(self, size: int, sessions: int, tolerances_us: Iterable[int]) -> None:
        """Nothing is counted yet.

        Args:
            size: number of codes with the state `none`; 0 for points.
            sessions: how many there are.
            tolerances_us: of the protocol.
        """
        self._size, self._sessions = size, sessions
        self._tolerances = {time: place for place, time in enumerate(tolerances_us)}
        self._time: dict[EpisodeId, Floats] = {}
        self._hits: dict[EpisodeId, Floats] = {}
        self._seen_us: dict[EpisodeId, Floats] = {}

    def add(self, session: int, parts: Iterable[EpisodeAgreement]) -> None:
        """Count the episodes of a pair of a session, which is told by its place."""
        for part in parts:
            self._begin(part.episode)
            self._seen_us[part.episode][session] += part.seen_us
            if part.table is not None:
                self._time[part.episode][session] += part.table
            for tolerance_us, hits in part.hits:
                at = self._tolerances[tolerance_us]
                counts = (hits.hits, hits.misses, hits.false_alarms)
                self._hits[part.episode][session, at] += counts

    def episodes(self, plan: Iterable[EpisodeId], protocol: Protocol) -> tuple[EpisodeInStudy, ...]:
        """The episodes of which anything was compared, in the plan's order."""
        return tuple(self._episode(one, protocol) for one in plan if one in self._seen_us)

    def _begin(self, episode: EpisodeId) -> None:
        if episode not in self._seen_us:
            self._seen_us[episode] = np.zeros(self._sessions)
            self._time[episode] = np.zeros((self._sessions, self._size, self._size))
            self._hits[episode] = np.zeros((self._sessions, len(self._tolerances), 3))

    def _episode(self, episode: EpisodeId, protocol: Protocol) -> EpisodeInStudy:
        tables, hits, seen = self._time[episode], self._hits[episode], self._seen_us[episode]
        coded = tables[:, :-1].any() or tables[:, :, :-1].any() or hits.any()
        return EpisodeInStudy(
            episode=episode,
            sessions=int((seen > 0).sum()),
            seen_us=int(seen.sum()),
            silent=not coded,
            time=_kappa_over_sessions(tables, protocol) if self._size else None,
            onsets=tuple(
                _onsets(time, hits[:, at], protocol) for time, at in self._tolerances.items()
            ),
        )


def _onsets(tolerance_us: int, counts: Floats, protocol: Protocol) -> OnsetsInEpisode:
    hits, f1 = hits_over_sessions(counts, protocol)
    return OnsetsInEpisode(tolerance_us=tolerance_us, hits=hits, f1=f1)


def _kappa_over_sessions(tables: Floats, protocol: Protocol) -> Kappa:
    found = session_kappa(tables.sum(axis=0))
    used = np.flatnonzero(tables.any(axis=(0, 1)) | tables.any(axis=(0, 2)))
    if not found.kappa.is_defined or len(tables) < 2:
        return found
    drawn = resampled_margins(tables[:, used][..., used], protocol.resamples, protocol.seed)
    return kappa_with_interval(found, drawn.kappas())
