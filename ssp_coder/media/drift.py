"""Where one camera begins on the session's time, seen at several moments: does it stay in step.

The clocks of two cameras never run exactly alike. One offset puts the second camera's pictures
right at one moment; further away they lie beside it by as much as the clocks have drifted.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US, Micros, Span

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Media
    from ssp_coder.media.syncing import SoundOffset

FALLBACK_FRAME_US = Micros(40_000)
"""Project default: length of a frame where a recording does not tell."""
_APART = 0.5
"""Project default: moments must lie half the common length apart, or one frame's doubt about each
of them would grow to many frames over the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one moment says about a camera.

    Attributes:
        at_us: the moment, in session time.
        offset_us: session time at which the camera began, by this moment alone.
    """

    at_us: Micros
    offset_us: Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How a camera moves against the session's time.

    Attributes:
        sightings: what it rests on, by their moments.
        span: session time in which both cameras are on.
        slope: microseconds that the offset grows in each microsecond; None when the sightings
            lie too near to each other to tell.
        offset_us: the offset that fits best over the span.
        frame_us: length of one frame of the camera.
    """

    sightings: tuple[Sighting, ...]
    span: Span
    slope: float | None
    offset_us: Micros
    frame_us: Micros

    @property
    def change_us(self) -> Micros:
        """By how much the offset changes from the beginning of the span to its end."""
        return Micros(round((self.slope or 0.0) * self.span.length_us))

    def offset_at(self, at_us: int) -> Micros:
        """The offset at a moment of the session."""
        away = at_us - _middle(self.span)
        return Micros(round(self.offset_us + (self.slope or 0.0) * away))

    def beside_us(self, offset_us: int) -> Micros:
        """How far from the truth the camera lies at worst when it is placed at `offset_us`."""
        places = [sighting.offset_us for sighting in self.sightings]
        if self.slope is not None:
            places += [self.offset_at(self.span.start_us), self.offset_at(self.span.end_us)]
        return Micros(max((abs(place - offset_us) for place in places), default=0))

    def frames_beside(self, offset_us: int) -> int:
        """The same in frames, part of a frame counted as one."""
        return math.ceil(self.beside_us(offset_us) / self.frame_us)

    @property
    def frames_changed(self) -> int:
        """By how many frames the camera drifts over the span."""
        return round(abs(self.change_us) / self.frame_us)


def frame_length(media: Media) -> Micros:
    """The ordinary length of a frame of a recording."""
    if not media.frame_count or not media.duration_us:
        return FALLBACK_FRAME_US
    return Micros(max(1, round(media.duration_us / media.frame_count)))


def common_span(first: Media, camera: Media, offset_us: int) -> Span:
    """Session time in which both are on; empty when that is never."""
    begins = max(0, offset_us)
    ends = min(first.duration_us, offset_us + camera.duration_us)
    return Span(start_us=Micros(begins), end_us=Micros(max(begins, ends)))


def drift_heard(found: SoundOffset, frame_us: Micros) -> Drift:
    """What the sound says: the windows that agree, each a sighting."""
    half = found.common_us // 2
    return Drift(
        sightings=tuple(
            Sighting(at_us=window.at_us, offset_us=Micros(-window.offset_us))
            for window in found.windows
            if window.agrees
        ),
        span=Span(start_us=Micros(found.middle_us - half), end_us=Micros(found.middle_us + half)),
        slope=None if found.drift_ppm is None else -found.drift_ppm / SECOND_US,
        offset_us=Micros(-found.offset_us),
        frame_us=frame_us,
    )


def drift_seen(sightings: tuple[Sighting, ...], span: Span, frame_us: Micros) -> Drift:
    """What moments say that a person saw in both pictures.

    Raises:
        ValueError: there is none.
    """
    if not sightings:
        raise ValueError("no moment was seen in both pictures")
    ordered = tuple(sorted(sightings, key=lambda sighting: sighting.at_us))
    apart = ordered[-1].at_us - ordered[0].at_us
    slope = _slope(ordered) if apart and apart >= _APART * span.length_us else None
    middle = _middle(span)
    levels = [seen.offset_us - (slope or 0.0) * (seen.at_us - middle) for seen in ordered]
    return Drift(
        sightings=ordered,
        span=span,
        slope=slope,
        offset_us=Micros(round(statistics.median(levels))),
        frame_us=frame_us,
    )


def _slope(sightings: tuple[Sighting, ...]) -> float:
    """The median over all pairs, which one wrong moment among many does not move."""
    return statistics.median(
        (later.offset_us - earlier.offset_us) / (later.at_us - earlier.at_us)
        for earlier, later in combinations(sightings, 2)
        if later.at_us != earlier.at_us
    )


def _middle(span: Span) -> int:
    return (span.start_us + span.end_us) // 2
