"""The frame index: which frame of a file is shown when."""

from __future__ import annotations

import bisect
import operator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from typing import cast

from ssp_coder.domain.time import SECOND_US, Micros


class Addressing(StrEnum):
    """How a decoded frame is recognised."""

    BY_STAMP = "by_stamp"
    """Its presentation stamp names it: every sound file."""
    BY_COUNT = "by_count"
    """Its stamps lie, so frames are counted from a key frame: old AVI files by XviD."""


def stamp_to_us(ticks: int, time_base: Fraction) -> Micros:
    """Exact ticks as microseconds, rounded half up once."""
    scaled = 2 * ticks * time_base.numerator * SECOND_US + time_base.denominator
    return Micros(scaled // (2 * time_base.denominator))


def _times_of(stamps: tuple[int, ...], time_base: Fraction) -> tuple[Micros, ...]:
    """What `stamp_to_us` says of each stamp after the first, its fraction unfolded only once."""
    first, half = stamps[0], time_base.denominator
    scale, whole = 2 * time_base.numerator * SECOND_US, 2 * time_base.denominator
    times = tuple([((stamp - first) * scale + half) // whole for stamp in stamps])
    return cast("tuple[Micros, ...]", times)  # calling Micros for each would take half the time


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFrame:
    """A frame from which decoding can begin."""

    ordinal: int
    pts: int
    """Presentation stamp in ticks; the decoding stamp where the file has none."""
    dts: int
    """Decoding stamp in ticks; the presentation stamp where the file has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameIndex:
    """Every frame of one file by ordinal; frame 0 is the first that can be decoded, at time 0.

    Frame *n* is on screen from its own time until the time of frame *n* + 1.

    Attributes:
        stamps: raw presentation stamps in ticks of `time_base`, ascending.
        time_base: length of a tick in seconds.
        last_ticks: how long the last frame lasts, in ticks.
        keys: the frames where decoding can begin, ascending.
        addressing: how the reader recognises a decoded frame.
        declared_count: number of frames the container claims, 0 when it claims none.
        delay_ticks: the longest time from a packet's decoding stamp to its presentation stamp.
    """

    stamps: tuple[int, ...]
    time_base: Fraction
    last_ticks: int
    keys: tuple[KeyFrame, ...]
    addressing: Addressing = Addressing.BY_STAMP
    declared_count: int = 0
    delay_ticks: int = 0
    times_us: tuple[Micros, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.stamps:
            raise ValueError("a frame index needs at least one frame")
        if self.time_base <= 0 or self.last_ticks <= 0:
            raise ValueError(f"time base {self.time_base}, last frame {self.last_ticks} ticks")
        if not all(map(operator.le, self.stamps, islice(self.stamps, 1, None))):
            raise ValueError("frame stamps are not in ascending order")
        object.__setattr__(self, "times_us", _times_of(self.stamps, self.time_base))

    @property
    def count(self) -> int:
        """Number of frames, 1 or more."""
        return len(self.stamps)

    @property
    def end_us(self) -> Micros:
        """When the last frame leaves the screen: the length of the recording."""
        return stamp_to_us(self.stamps[-1] + self.last_ticks - self.stamps[0], self.time_base)

    @property
    def start_offset_us(self) -> Micros:
        """Where the first frame lies on the container's own clock, for syncing sound."""
        return stamp_to_us(self.stamps[0], self.time_base)

    @property
    def key_frames(self) -> tuple[int, ...]:
        """Ordinals of the frames where decoding can begin."""
        return tuple(key.ordinal for key in self.keys)

    def ordinal_at(self, time_us: int) -> int:
        """The frame on screen at `time_us`; before the first and after the last it clamps."""
        return max(0, bisect.bisect_right(self.times_us, time_us) - 1)

    def time_of(self, ordinal: int) -> Micros:
        """When frame `ordinal` appears.

        Raises:
            IndexError: there is no such frame.
        """
        self.require(ordinal)
        return self.times_us[ordinal]

    def end_of(self, ordinal: int) -> Micros:
        """When frame `ordinal` gives way to the next one."""
        self.require(ordinal)
        return self.end_us if ordinal == self.count - 1 else self.times_us[ordinal + 1]

    def require(self, ordinal: int) -> None:
        """Raise IndexError unless `ordinal` names a frame; negative numbers name none."""
        if not 0 <= ordinal < self.count:
            raise IndexError(f"frame {ordinal} outside 0..{self.count - 1}")

    def key_before(self, ordinal: int) -> int | None:
        """Position in `keys` of the last key frame at or before `ordinal`, None without one."""
        found = bisect.bisect_right(self.keys, ordinal, key=_ordinal_of) - 1
        return found if found >= 0 else None


def _ordinal_of(key: KeyFrame) -> int:
    return key.ordinal
