"""Tracks: what one person does in one group of codes, as two coders saw it, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
"""Microseconds of media time."""
Truths = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Places in a track's codes, from 0."""


def _no_places() -> Places:
    return np.zeros(0, np.int64)


class TrackKind(StrEnum):
    """What a track holds."""

    STATES = "states"
    """Mutually exclusive states; time without one is the state `none`."""
    POINTS = "points"
    """Moments; they never enter a time-based index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A person x a group of mutually exclusive codes; codes that can co-occur each have their own.

    Attributes:
        id: unique in a report, ``subject/group`` or ``subject/code``.
        title: for people.
        subject: id of the person.
        group: id of the group of codes.
        codes: full ids (or names of lumps), in the ethogram's order, without the state `none`.
        members: of each of the codes the full ids that count as it; nothing means just itself.
        exclusive: whether a new state ends the one before it.
        is_setting: whether it tells of the procedure or of who is present rather than of behaviour.
    """

    id: str
    title: str
    subject: str
    group: str
    kind: TrackKind
    codes: tuple[str, ...]
    members: tuple[tuple[str, ...], ...] = ()
    exclusive: bool = False
    is_setting: bool = False

    @property
    def places(self) -> dict[str, int]:
        """Of every full id that belongs to the track its place in the codes."""
        members = self.members or tuple((code,) for code in self.codes)
        return {code: place for place, ids in enumerate(members) for code in ids}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bouts:
    """One coder's events of one track, in order of their onsets.

    An event that reaches over the edge of what is compared was cut there. Where it was cut, it is
    not known when it began or ended, so no lag is taken from that edge.

    Attributes:
        starts: onsets, shape (events,).
        ends: exclusive ends, as the onsets for points.
        codes: places in the track's codes.
        ids: which event of the coding each is.
        cut_starts: which of them, by place, have no onset of their own.
        cut_ends: which of them, by place, have no end of their own.
    """

    starts: Times
    ends: Times
    codes: Places
    ids: NDArray[np.int64]
    cut_starts: Places = field(default_factory=_no_places)
    cut_ends: Places = field(default_factory=_no_places)

    def __len__(self) -> int:
        return len(self.starts)


def bouts_from(events: Sequence[tuple[int, int, int]]) -> Bouts:
    """Bouts of plain events: start, exclusive end and place of the code of each.

    Raises:
        ValueError: an event ends before it starts.
    """
    table = np.array(sorted(events), dtype=np.int64).reshape(-1, 3)
    if np.any(table[:, 1] < table[:, 0]):
        worst = table[table[:, 1] < table[:, 0]][0]
        raise ValueError(f"an event ends at {worst[1]} us, before its start {worst[0]} us")
    return Bouts(starts=table[:, 0], ends=table[:, 1], codes=table[:, 2], ids=np.arange(len(table)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What is compared: [start, end) without the stretches that either could not see.

    Attributes:
        start_us: first microsecond.
        end_us: first microsecond after it.
        blind: removed stretches, shape (stretches, 2), in order, without overlap.
    """

    start_us: int
    end_us: int
    blind: Times = field(default_factory=lambda: np.zeros((0, 2), np.int64))

    @property
    def removed_us(self) -> int:
        """How much of it was removed."""
        return int((self.blind[:, 1] - self.blind[:, 0]).sum())

    @property
    def seen_us(self) -> int:
        """How much of it is compared."""
        return max(0, self.end_us - self.start_us) - self.removed_us

    def seen(self) -> Times:
        """What is compared of it, shape (stretches, 2), in order."""
        if self.end_us <= self.start_us:
            return np.zeros((0, 2), np.int64)
        edges = np.concatenate(([self.start_us], self.blind.ravel(), [self.end_us]))
        parts = edges.reshape(-1, 2)
        return parts[parts[:, 1] > parts[:, 0]]
