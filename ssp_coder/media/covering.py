"""Places in a picture made unrecognisable, such as faces, over a run of frames."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ssp_coder.media.errors import MediaError
from ssp_coder.media.motion import Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

CELLS = 5
"""Project default: what is covered keeps the means of so many cells along its longer side."""


class Origin(StrEnum):
    """Who put a patch where it is."""

    FOUND = "found"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a patch is in one frame: seen there by a detector or put there by a person."""

    ordinal: int
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One place that is covered from a frame to another, both included.

    Between two stands it moves evenly from one to the other; before the first and after the last
    it rests.

    Attributes:
        number: names it within its covering.
        first: ordinal of the first frame in which it covers.
        last: ordinal of the last one.
        stands: where it is, in ascending order of frames.
        origin: who put it there.
        score: how sure the detector was at best, 0 to 1; 1 for what a person drew.
    """

    number: int
    first: int
    last: int
    stands: tuple[Stand, ...]
    origin: Origin = Origin.DRAWN
    score: float = 1.0

    def __post_init__(self) -> None:
        ordinals = [stand.ordinal for stand in self.stands]
        if not ordinals or ordinals != sorted(set(ordinals)):
            raise ValueError(f"a patch stands at frames in ascending order, not at {ordinals}")
        if not 0 <= self.first <= self.last:
            raise ValueError(f"a patch from frame {self.first} to {self.last} covers nothing")

    def region_at(self, ordinal: int) -> Region | None:
        """Where it is in a frame, None where it does not cover."""
        if not self.first <= ordinal <= self.last:
            return None
        after = bisect_right(self.stands, ordinal, key=_ordinal_of)
        if after == 0:
            return self.stands[0].region
        before = self.stands[after - 1]
        if after == len(self.stands) or before.ordinal == ordinal:
            return before.region
        later = self.stands[after]
        share = (ordinal - before.ordinal) / (later.ordinal - before.ordinal)
        return between(before.region, later.region, share)

    def put(self, ordinal: int, region: Region) -> Self:
        """The patch with another place in one frame; it moves there from its neighbours."""
        others = [stand for stand in self.stands if stand.ordinal != ordinal]
        stands = sorted([*others, Stand(ordinal=ordinal, region=region)], key=_ordinal_of)
        return replace(self, stands=tuple(stands))

    def lasting(self, first: int, last: int) -> Self:
        """The patch over another run of frames; its stands outside go on to guide it."""
        return replace(self, first=first, last=last)


def _ordinal_of(stand: Stand) -> int:
    return stand.ordinal


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """Everything that is covered in a run of frames of one recording.

    Attributes:
        first: ordinal of the first frame this was made for.
        last: ordinal of the last one.
        patches: what is covered.
    """

    first: int
    last: int
    patches: tuple[Patch, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"a covering of frames {self.first} to {self.last} is for no frame")
        numbers = [patch.number for patch in self.patches]
        if len(set(numbers)) != len(numbers):
            raise ValueError(f"patches share a number: {numbers}")

    @property
    def frames(self) -> range:
        """The frames this was made for."""
        return range(self.first, self.last + 1)

    def regions_at(self, ordinal: int) -> tuple[Region, ...]:
        """What is covered in a frame."""
        found = (patch.region_at(ordinal) for patch in self.patches)
        return tuple(region for region in found if region is not None)

    def patch(self, number: int) -> Patch:
        """The patch with this number.

        Raises:
            KeyError: there is none.
        """
        for patch in self.patches:
            if patch.number == number:
                return patch
        raise KeyError(f"no patch {number}")

    def patches_at(self, ordinal: int) -> tuple[Patch, ...]:
        """The patches that cover something in a frame."""
        return tuple(patch for patch in self.patches if patch.first <= ordinal <= patch.last)

    def drawn(self, region: Region, first: int, last: int) -> tuple[Covering, int]:
        """With a patch drawn by hand, kept within the frames of this covering, and its number."""
        number = max((patch.number for patch in self.patches), default=0) + 1
        patch = Patch(
            number=number,
            first=max(self.first, first),
            last=min(self.last, last),
            stands=(Stand(ordinal=first, region=region),),
        )
        return replace(self, patches=(*self.patches, patch)), number

    def joined(self, patches: Iterable[Patch]) -> Covering:
        """With further patches, under numbers of their own."""
        start = max((patch.number for patch in self.patches), default=0) + 1
        fresh = (replace(patch, number=number) for number, patch in enumerate(patches, start))
        return replace(self, patches=(*self.patches, *fresh))

    def changed(self, patch: Patch) -> Covering:
        """With `patch` in the place of the one that has its number."""
        self.patch(patch.number)
        patches = tuple(patch if old.number == patch.number else old for old in self.patches)
        return replace(self, patches=patches)

    def without(self, number: int) -> Covering:
        """Without the patch of this number."""
        gone = self.patch(number)
        return replace(self, patches=tuple(old for old in self.patches if old is not gone))

    def require(self, video: Path, ordinals: range) -> None:
        """Refuse frames that this covering was not made for.

        Raises:
            MediaError: some lie outside.
        """
        if ordinals[0] < self.first or ordinals[-1] > self.last:
            raise MediaError(
                "media.covering_short",
                video,
                f"was looked through from frame {self.first} to {self.last}, and the clip has "
                f"frames {ordinals[0]} to {ordinals[-1]}",
                "look through the whole clip, then write it",
            )


def between(one: Region, other: Region, share: float) -> Region:
    """The rectangle on the way from `one` (share 0) to `other` (share 1)."""

    def mixed(start: float, end: float) -> float:
        return start + (end - start) * share

    return Region(
        left=mixed(one.left, other.left),
        top=mixed(one.top, other.top),
        width=mixed(one.width, other.width),
        height=mixed(one.height, other.height),
    )


def clipped(left: float, top: float, right: float, bottom: float) -> Region | None:
    """The part of a rectangle that lies in the picture, None when there is none."""
    left, top = max(0.0, left), max(0.0, top)
    right, bottom = min(1.0, right), min(1.0, bottom)
    if right <= left or bottom <= top:
        return None
    return Region(left=left, top=top, width=right - left, height=bottom - top)


def cover(rgb: NDArray[np.uint8], regions: Iterable[Region]) -> None:
    """Make `regions` of a picture unrecognisable; changes `rgb`.

    Each keeps the mean colours of a few cells and nothing else, smoothly joined. The rest of the
    picture's content is not in the file any more, so no sharpening brings it back. What stays to be
    seen is where somebody is, how they move, and roughly the colour of skin and hair.
    """
    import cv2

    height, width, _ = rgb.shape
    for region in regions:
        part = rgb[_rows_and_columns(region, height, width)]
        down, across = part.shape[:2]
        longer = max(down, across)
        cells = max(1, round(CELLS * across / longer)), max(1, round(CELLS * down / longer))
        few = cv2.resize(part, cells, interpolation=cv2.INTER_AREA)
        part[:] = cv2.resize(few, (across, down), interpolation=cv2.INTER_LINEAR)


def _rows_and_columns(region: Region, height: int, width: int) -> tuple[slice, slice]:
    """Every pixel that the region touches."""
    top, left = floor(region.top * height), floor(region.left * width)
    bottom = ceil((region.top + region.height) * height)
    right = ceil((region.left + region.width) * width)
    return (
        slice(min(top, height - 1), max(top + 1, min(bottom, height))),
        slice(min(left, width - 1), max(left + 1, min(right, width))),
    )
