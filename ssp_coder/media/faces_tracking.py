"""Faces seen in single frames, followed from one to the next so that no flicker shows a face."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.covering import Origin, Patch, Stand, clipped
from ssp_coder.media.motion import Region

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex

MARGIN = 0.35
"""Project default: a found face is covered with so much of its width and height on every side."""
HELD_US = SECOND_US // 2
"""Project default: a cover begins so long before a face is first seen and rests so long after."""
GROWTH = 0.5
"""Project default: a cover that is held grows by so much of its size on each side."""

_SAME_OVERLAP = 0.15
_SAME_REACH = 1.0
"""Project default: a face moves by its own width at most from one look to the next,"""
_SAME_SPEED = 3.0
"""Project default: and by so many widths a second while it is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A face in one frame.

    Attributes:
        region: where it is, in shares of the upright picture.
        score: how sure the detector is, 0 to 1.
    """

    region: Region
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All faces seen in one frame."""

    ordinal: int
    sightings: tuple[Sighting, ...]


@dataclass(slots=True)
class _Track:
    """One face while it is being followed."""

    stands: list[Stand] = field(default_factory=list)
    score: float = 0.0

    def add(self, ordinal: int, seen: Sighting) -> None:
        self.stands.append(Stand(ordinal=ordinal, region=seen.region))
        self.score = max(self.score, seen.score)


def followed(looks: tuple[Look, ...], index: FrameIndex, frames: range) -> tuple[Patch, ...]:
    """One patch a face, with its margin, held before and after the face is seen.

    A face that is lost for less than twice `HELD_US` and seen again nearby stays one patch, which
    moves evenly in between. Anything seen in a single frame is covered too.

    Args:
        looks: what was seen, in ascending order of frames.
        index: the frame index of the recording.
        frames: the frames of the clip; no patch goes beyond them.
    """
    live: list[_Track] = []
    done: list[_Track] = []
    for look in looks:
        now_us = index.times_us[look.ordinal]
        lost = [t for t in live if now_us - index.times_us[t.stands[-1].ordinal] > 2 * HELD_US]
        done += lost
        live = [track for track in live if track not in lost]
        live += _matched(live, look, index)
    tracks = sorted(done + live, key=lambda track: track.stands[0].ordinal)
    return tuple(
        _patch(number, track, index, frames) for number, track in enumerate(tracks, start=1)
    )


def _matched(live: list[_Track], look: Look, index: FrameIndex) -> list[_Track]:
    """Give each sighting to the track it fits best; the tracks that begin here."""
    now_us = index.times_us[look.ordinal]
    reaches = [
        max(_SAME_REACH, _SAME_SPEED * (now_us - index.times_us[t.stands[-1].ordinal]) / SECOND_US)
        for t in live
    ]
    pairs = sorted(
        (
            (_likeness(track.stands[-1].region, seen.region, reaches[number]), place, number)
            for number, track in enumerate(live)
            for place, seen in enumerate(look.sightings)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    grown: set[int] = set()
    for likeness, place, number in pairs:
        if likeness > 0 and place not in taken and number not in grown:
            taken.add(place)
            grown.add(number)
            live[number].add(look.ordinal, look.sightings[place])
    fresh = []
    for place, seen in enumerate(look.sightings):
        if place not in taken:
            fresh.append(_Track())
            fresh[-1].add(look.ordinal, seen)
    return fresh


def overlap(one: Region, other: Region) -> float:
    """Shared area by joint area, 0 to 1."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    if across <= 0 or down <= 0:
        return 0.0
    shared = across * down
    return shared / (one.width * one.height + other.width * other.height - shared)


def _likeness(one: Region, other: Region, reach: float) -> float:
    """Above 0 where two places can be one face: best by overlap, else by how near they are."""
    shared = overlap(one, other)
    if shared >= _SAME_OVERLAP:
        return 1 + shared
    across = abs(one.left + one.width / 2 - other.left - other.width / 2)
    down = abs(one.top + one.height / 2 - other.top - other.height / 2)
    apart = max(across / max(one.width, other.width), down / max(one.height, other.height))
    return max(0.0, 1 - apart / reach)


def _patch(number: int, track: _Track, index: FrameIndex, frames: range) -> Patch:
    first, last = track.stands[0].ordinal, track.stands[-1].ordinal
    begin = bisect_left(index.times_us, index.times_us[first] - HELD_US)
    end = index.ordinal_at(index.times_us[last] + HELD_US)
    return Patch(
        number=number,
        first=max(frames[0], begin),
        last=min(frames[-1], end),
        stands=tuple(
            Stand(ordinal=stand.ordinal, region=widened(stand.region)) for stand in track.stands
        ),
        origin=Origin.FOUND,
        score=track.score,
    )


def resting(patch: Patch) -> Patch:
    """The patch growing while it is held, for a face that is not seen may go on moving."""
    first, last = patch.stands[0], patch.stands[-1]
    grown = patch
    if patch.first < first.ordinal:
        grown = grown.put(patch.first, widened(first.region, GROWTH))
    if patch.last > last.ordinal:
        grown = grown.put(patch.last, widened(last.region, GROWTH))
    return grown


def widened(region: Region, share: float = MARGIN) -> Region:
    """A region with `share` of its width and height more on every side, within the picture."""
    across, down = region.width * share, region.height * share
    wide = clipped(
        region.left - across,
        region.top - down,
        region.left + region.width + across,
        region.top + region.height + down,
    )
    return region if wide is None else wide
