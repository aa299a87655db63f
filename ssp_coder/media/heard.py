"""What of the sound was written to a device, and so which media time is being heard."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from ssp_coder.media.sound_lane import Piece


class Hearing(StrEnum):
    """What is known of the sound that was asked for."""

    ABSENT = "absent"
    """There is none, or no device: nothing to wait for."""
    COMING = "coming"
    """It was asked for and has not reached the ear."""
    HEARD = "heard"
    """It is being heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Which moment of the recording was heard, and when that was.

    Attributes:
        hearing: whether there is such a moment; the other fields count only when heard.
        time_us: media time.
        at_ns: monotonic time of the reading.
    """

    hearing: Hearing
    time_us: int = 0
    at_ns: int = 0


NOTHING = Reading(hearing=Hearing.ABSENT)
COMING = Reading(hearing=Hearing.COMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    first: int
    count: int
    start: int | None
    time_us: Fraction
    rate: Fraction


class WrittenSound:
    """A table from frames written to a device to media time; silence has none."""

    def __init__(self) -> None:
        self._entries: deque[_Entry] = deque()
        self._written = 0

    @property
    def written(self) -> int:
        """Sample pairs written so far."""
        return self._written

    def note(self, piece: Piece) -> None:
        """A piece was written whole."""
        start = piece.start
        self._append(len(piece.samples), start.number, piece.time_us, start.rate)

    def note_silence(self, count: int) -> None:
        """Silence that belongs to no moment was written."""
        self._append(count, None, Fraction(0), Fraction(1))

    def heard(self, frame: int, start: int) -> int | None:
        """Media time of a written frame; None where it is not of this start, or long forgotten.

        Entries before the frame are forgotten: a device never goes back.
        """
        while len(self._entries) > 1 and self._entries[1].first <= frame:
            self._entries.popleft()
        if not self._entries:
            return None
        entry = self._entries[0]
        inside = frame - entry.first
        if entry.start != start or not 0 <= inside < entry.count:
            return None
        return round(entry.time_us + inside * entry.rate * SECOND_US / SAMPLE_RATE)

    def _append(self, count: int, start: int | None, time_us: Fraction, rate: Fraction) -> None:
        if count:
            self._entries.append(
                _Entry(first=self._written, count=count, start=start, time_us=time_us, rate=rate)
            )
            self._written += count
