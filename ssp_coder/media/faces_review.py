"""What a person has looked at and changed before a clip with covered faces leaves the lab."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.covering import Covering, Origin, Patch
from ssp_coder.media.faces import Flag, FlagKind, Searched

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex

GLANCE_US = Micros(SECOND_US // 2)
"""Project default: what was passed over for longer than this was not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How far the looking through of a clip is.

    Attributes:
        covering: what is covered now.
        flags: the stretches that must be looked at, in order of time.
        looked: those that a person has looked at.
        finder: what looked for faces, empty for nothing.
    """

    covering: Covering
    flags: tuple[Flag, ...]
    looked: frozenset[Flag] = frozenset()
    finder: str = ""

    @classmethod
    def of(cls, searched: Searched, kept: Covering | None = None) -> Review:
        """The beginning: nothing was looked at.

        Args:
            searched: what was found.
            kept: an earlier covering, of which the patches drawn by hand go along.
        """
        patches = () if kept is None else kept.patches
        drawn = [patch for patch in patches if patch.origin is Origin.DRAWN]
        covering = searched.covering.joined(drawn)
        return cls(covering=covering, flags=searched.flags, finder=searched.finder)

    @property
    def open(self) -> tuple[Flag, ...]:
        """The stretches that nobody has looked at."""
        return tuple(flag for flag in self.flags if flag not in self.looked)

    def look_at(self, flag: Flag) -> Review:
        """With a stretch looked at.

        Raises:
            ValueError: it is not among the flags.
        """
        if flag not in self.flags:
            raise ValueError(f"no flag {flag}")
        return replace(self, looked=self.looked | {flag})

    def look_again(self, flag: Flag) -> Review:
        """With a stretch to be looked at once more."""
        return replace(self, looked=self.looked - {flag})

    def edited(self, covering: Covering) -> Review:
        """With another covering; where a found face is not covered any more, a flag is raised."""
        bare = [flag for old in self.covering.patches for flag in _uncovered(old, covering)]
        fresh = [flag for flag in bare if flag not in self.flags]
        flags = tuple(sorted((*self.flags, *fresh), key=_first_of))
        return replace(self, covering=covering, flags=flags, looked=self.looked - set(bare))


def _first_of(flag: Flag) -> int:
    return flag.first


def _uncovered(old: Patch, covering: Covering) -> tuple[Flag, ...]:
    """Where a found patch has covered and does so no more."""
    if old.origin is not Origin.FOUND:
        return ()
    left = [patch for patch in covering.patches if patch.number == old.number]
    if not left:
        stretches = [(old.first, old.last)]
    else:
        stretches = [
            (old.first, min(old.last, left[0].first - 1)),
            (max(old.first, left[0].last + 1), old.last),
        ]
    return tuple(
        Flag(kind=FlagKind.TAKEN_AWAY, first=first, last=last)
        for first, last in stretches
        if first <= last
    )


class Shown:
    """The frames that were on the screen, and those that nothing can show."""

    def __init__(self, index: FrameIndex) -> None:
        self._index = index
        self._ordinals: set[int] = set()

    def add(self, ordinal: int) -> None:
        """A frame was on the screen, or is damaged."""
        self._ordinals.add(ordinal)

    def missing_us(self, flag: Flag) -> Micros:
        """How much of a stretch was never on the screen, up to a glance at a time not counted.

        Of a stretch shorter than a glance at least one frame must have been seen.
        """
        start, end = self._index.times_us[flag.first], self._index.end_of(flag.last)
        seen = sorted(at for at in self._ordinals if flag.first <= at <= flag.last)
        if not seen:
            return Micros(end - start)
        begins = (*(self._index.times_us[at] for at in seen), end)
        ends = (start, *(self._index.end_of(at) for at in seen))
        gaps = (begin - before for before, begin in zip(ends, begins, strict=True))
        return Micros(sum(gap for gap in gaps if gap > GLANCE_US))
