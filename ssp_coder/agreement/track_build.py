"""The tracks of a scheme, and what one coder's events are on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ssp_coder.agreement.protocol import Lump
from ssp_coder.agreement.tracks import Bouts, Stretch, Times, Track, TrackKind, Truths
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.ethogram import Code, CodeGroup, CodeKind, GroupRole
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.scheme import Scheme

_SETTING = frozenset({GroupRole.PRESENCE, GroupRole.PROCEDURE})
_NEVER = np.iinfo(np.int64).max // 2
"""The end of a state that was left open."""


class ProtocolError(DomainError):
    """A protocol cannot be used with this scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """A code, or codes that count as one."""

    name: str
    title: str
    members: tuple[str, ...]


def tracks_of(
    scheme: Scheme, codings: Iterable[Coding], lumps: Sequence[Lump] = ()
) -> tuple[Track, ...]:
    """The tracks of all exclusive groups, and of the others those that a coding uses.

    Codes that mean that nothing can be seen are on no track: that time is removed instead.

    Args:
        scheme: what was coded with.
        codings: what will be compared.
        lumps: codes that count as one.

    Raises:
        ProtocolError: codes are lumped that the scheme does not know, or that are not alike.
    """
    _check_lumps(scheme, lumps)
    used = {(event.subject, event.code) for coding in codings for event in coding.events}
    return tuple(
        track
        for group in scheme.ethogram.groups
        for subject in group.subjects
        for track in _tracks(group, subject, lumps)
        if (track.exclusive and track.kind is TrackKind.STATES)
        or any((subject, code) in used for code in track.places)
    )


def _check_lumps(scheme: Scheme, lumps: Sequence[Lump]) -> None:
    taken: set[str] = set()
    for lump in lumps:
        unknown = [code for code in lump.codes if not scheme.ethogram.has_code(code)]
        if unknown:
            raise _error(lump, f"{unknown[0]} is not a code of scheme {scheme.id}")
        codes = [code for code in scheme.ethogram.codes() if code.id in lump.codes]
        if len(codes) < 2 or len({(code.group, code.kind) for code in codes}) > 1:
            raise _error(lump, "a lump takes two or more codes of one group, all states or points")
        if taken.intersection(lump.codes):
            raise _error(lump, f"{min(taken.intersection(lump.codes))} is in another lump already")
        taken.update(lump.codes)


def _error(lump: Lump, message: str) -> ProtocolError:
    return ProtocolError(
        Finding(
            code="protocol.lump",
            message=message,
            place=f"lump {lump.name}",
            remedy="correct the lumps of the protocol",
        )
    )


def _tracks(group: CodeGroup, subject: str, lumps: Sequence[Lump]) -> Iterator[Track]:
    states = _units(group, CodeKind.STATE, lumps)
    points = _units(group, CodeKind.POINT, lumps)
    together = (states,) if group.exclusive and states else tuple((one,) for one in states)
    for units in together:
        alone = not group.exclusive
        yield Track(
            id=f"{subject}/{units[0].name if alone else group.id}",
            title=units[0].title if alone else str(group.title),
            subject=subject,
            group=group.id,
            kind=TrackKind.STATES,
            codes=tuple(unit.name for unit in units),
            members=tuple(unit.members for unit in units),
            exclusive=group.exclusive,
            is_setting=group.role in _SETTING,
        )
    if points:
        yield Track(
            id=f"{subject}/{group.id}/points" if group.exclusive else f"{subject}/{group.id}",
            title=str(group.title),
            subject=subject,
            group=group.id,
            kind=TrackKind.POINTS,
            codes=tuple(unit.name for unit in points),
            members=tuple(unit.members for unit in points),
            is_setting=group.role in _SETTING,
        )


def _units(group: CodeGroup, kind: CodeKind, lumps: Sequence[Lump]) -> tuple[_Unit, ...]:
    lump_of = {code: lump for lump in lumps for code in lump.codes}
    found: dict[str, _Unit] = {}
    for code in group.codes:
        if code.kind is kind and not code.unseen:
            unit = _unit(code, lump_of)
            found.setdefault(unit.name, unit)
    return tuple(found.values())


def _unit(code: Code, lump_of: Mapping[str, Lump]) -> _Unit:
    lump = lump_of.get(code.id)
    if lump is None:
        return _Unit(name=code.id, title=str(code.title), members=(code.id,))
    return _Unit(name=lump.name, title=lump.name, members=tuple(lump.codes))


class Lanes:
    """One coder's events by person and code, so that many tracks are built from one pass."""

    def __init__(self, coding: Coding) -> None:
        """Sort the events once."""
        self._events: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        for event in coding.events:
            end_us = _NEVER if event.end_us is None else event.end_us
            lane = self._events.setdefault((event.subject, event.code), [])
            lane.append((event.start_us, end_us, event.id))

    def bouts(self, track: Track, stretch: Stretch) -> Bouts:
        """The events of a track that lie in a stretch, cut to what can be seen."""
        rows = [
            (start, end, place, number)
            for code, place in track.places.items()
            for start, end, number in self._events.get((track.subject, code), ())
        ]
        rows.sort()
        table = np.array(rows, np.int64).reshape(-1, 4)
        if track.kind is TrackKind.POINTS:
            table[:, 1] = table[:, 0]
        elif track.exclusive and len(table):
            table[:-1, 1] = np.minimum(table[:-1, 1], table[1:, 0])
        return _cut(_joined(table, track), stretch)


def bouts_of(coding: Coding, track: Track, stretch: Stretch) -> Bouts:
    """The events of one track that lie in a stretch, cut to what can be seen.

    States left open last to the end of the stretch. In an exclusive group a state ends at the
    latest where the next one begins.
    """
    return Lanes(coding).bouts(track, stretch)


def _joined(table: Times, track: Track) -> Times:
    """Lumped states that touch or overlap as one: between them nothing changed."""
    lumped = {place for place, ids in enumerate(track.members) if len(ids) > 1}
    if track.kind is TrackKind.POINTS or not lumped:
        return table
    joined: list[list[int]] = []
    for row in table.tolist():
        before = joined[-1] if joined else None
        if before and row[2] in lumped and before[2] == row[2] and row[0] <= before[1]:
            before[1] = max(before[1], row[1])
        else:
            joined.append(row)
    return np.array(joined, np.int64).reshape(-1, 4)


def _cut(table: Times, stretch: Stretch) -> Bouts:
    """Events without what lies outside a stretch; one that spans a gap of it becomes two."""
    seen = stretch.seen()
    starts, ends = table[:, 0], table[:, 1]
    first = np.searchsorted(seen[:, 1], starts, side="right")
    last = np.searchsorted(seen[:, 0], np.maximum(ends, starts + 1), side="left")
    pieces = np.maximum(0, last - first)
    owner = np.repeat(np.arange(len(table)), pieces)
    part = first[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    low, high = seen[part, 0], seen[part, 1]
    cut_start = _is_cut_start(starts[owner], low, stretch.start_us)
    cut_end = (ends[owner] > high) | ((ends[owner] == high) & (high < stretch.end_us))
    order = np.lexsort((owner, np.maximum(starts[owner], low)))
    owner = owner[order]
    return Bouts(
        starts=np.maximum(starts[owner], low[order]),
        ends=np.minimum(ends[owner], high[order]),
        codes=table[owner, 2],
        ids=table[owner, 3],
        cut_starts=np.flatnonzero(cut_start[order]),
        cut_ends=np.flatnonzero(cut_end[order]),
    )


def _is_cut_start(starts: Times, low: Times, window_us: int) -> Truths:
    # Where a gap ends, both coders are cut, also the one whose own event begins just there.
    cut: Truths = (starts < low) | ((starts == low) & (low > window_us))
    return cut
