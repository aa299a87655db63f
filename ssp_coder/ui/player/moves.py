"""Where each movement through a recording leads: times in, times out, nothing is moved here."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US, Micros, Span, parse_time, short_clock_text

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP_FRAMES = 5
"""Project default: so many frames are several frames."""

MOST_STEP_FRAMES = 250
"""More frames at once are a jump by seconds."""

BEFORE_EVENT_US = 2 * SECOND_US
AFTER_EVENT_US = 3 * SECOND_US
"""Project defaults: so much around its start is shown when an event is looped."""

AGAIN_US = 5 * SECOND_US
AGAIN_RATE = 0.5
"""Project defaults: what one key shows again, and how fast."""

CLIP_LEAD_US = SECOND_US
CLIP_TAIL_US = 2 * SECOND_US
"""Project defaults: a clip is played from so much before it, and something without a length so much
after it."""

SHUTTLE_SPEEDS = (1, 2, 4)

CATCHING_US = SECOND_US
"""Project default: while playing, a place passed less than this ago is the one stood at."""

_FORMS = "12.5, 4:12.5 or 1:04:12.5"


def shuttled(speed: int, direction: int) -> int:
    """The speed after one more press of back (-1) or forward (1); 0 is rest."""
    held = abs(speed) if speed * direction > 0 else 0
    faster = [candidate for candidate in SHUTTLE_SPEEDS if candidate > held]
    return direction * (faster[0] if faster else SHUTTLE_SPEEDS[-1])


def shuttle_place(anchor_us: int, speed: int, passed_ns: int) -> Micros:
    """Where a shuttle stands some time after it stood at its anchor; never before the start."""
    return Micros(max(0, anchor_us + speed * passed_ns // 1_000))


def around_event(start_us: int, end_us: int) -> Span:
    """The stretch to loop for an event that starts at a time, inside a recording of a length."""
    start = min(max(0, start_us - BEFORE_EVENT_US), max(0, end_us - 1))
    return Span(
        start_us=Micros(start),
        end_us=Micros(max(start + 1, min(end_us, start_us + AFTER_EVENT_US))),
    )


def within(stretch: Span, end_us: int) -> Span:
    """As much of a stretch as lies inside a recording of a length, at least a microsecond."""
    start = min(max(0, stretch.start_us), max(0, end_us - 1))
    return Span(start_us=Micros(start), end_us=Micros(max(start + 1, min(end_us, stretch.end_us))))


def clip_stretch(clip: Span, end_us: int) -> Span:
    """What is played to show a clip in a recording of a length: with what leads to it."""
    start = min(max(0, clip.start_us - CLIP_LEAD_US), max(0, end_us - 1))
    after = clip.end_us if clip.length_us else clip.end_us + CLIP_TAIL_US
    return Span(start_us=Micros(start), end_us=Micros(max(start + 1, min(end_us, after))))


def neighbour(
    times: Iterable[int], frame: Span, direction: int, *, playing: bool = False
) -> Micros | None:
    """The nearest time after the frame on the screen (1) or before it (-1), None without one.

    A time inside the frame is the place stood at, also where it is not the frame's own start. While
    playing, a time just passed counts as stood at too, so that going back twice goes back twice.
    """
    ordered = sorted(set(times))
    if direction > 0:
        place = bisect_left(ordered, frame.end_us)
        return Micros(ordered[place]) if place < len(ordered) else None
    limit = frame.start_us - (CATCHING_US if playing else 0)
    place = bisect_left(ordered, limit) - 1
    return Micros(ordered[place]) if place >= 0 else None


def nearest(times: Iterable[int], here_us: int) -> Micros | None:
    """The time nearest to a moment, the earlier of two equally near, None without any."""
    ordered = sorted(set(times), key=lambda time: (abs(time - here_us), time))
    return Micros(ordered[0]) if ordered else None


def typed_place(text: str, end_us: int) -> Micros:
    """The time that a person typed as a place in a recording.

    Raises:
        ValueError: it is no time, or none of this recording; the message says what would be.
    """
    try:
        time = parse_time(text)
    except ValueError:
        raise ValueError(f"Not a time; write {_FORMS}") from None
    if not 0 <= time < end_us:
        end = short_clock_text(end_us, digits=3)
        raise ValueError(f"Outside the recording, which ends at {end}")
    return time


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopPlan:
    """A loop in the making: where it starts, where it ends, or only one of them so far."""

    start_us: Micros | None = None
    end_us: Micros | None = None

    @property
    def span(self) -> Span | None:
        """What is played over and over, None while an end is missing."""
        if self.start_us is None or self.end_us is None:
            return None
        return Span(start_us=self.start_us, end_us=self.end_us)

    @property
    def is_begun(self) -> bool:
        """Whether at least one end is set."""
        return self.start_us is not None or self.end_us is not None

    @classmethod
    def over(cls, span: Span) -> LoopPlan:
        """The plan whose both ends are set."""
        return cls(start_us=span.start_us, end_us=span.end_us)

    def starting(self, frame: Span) -> LoopPlan:
        """Start with a frame; an end that does not come after it is forgotten."""
        kept = self.end_us is not None and self.end_us > frame.start_us
        return replace(self, start_us=frame.start_us, end_us=self.end_us if kept else None)

    def ending(self, frame: Span) -> LoopPlan:
        """End with a frame, which is still shown; a start that is not before is forgotten."""
        kept = self.start_us is not None and self.start_us < frame.end_us
        return replace(self, end_us=frame.end_us, start_us=self.start_us if kept else None)


NO_LOOP = LoopPlan()


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What is under way besides plain playing: a shuttle, a slow replay, or a loop."""

    speed: int = 0
    again: bool = False
    loop: LoopPlan = NO_LOOP

    @property
    def is_plain(self) -> bool:
        """Whether nothing is under way."""
        return self == Motion()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayPlaces:
    """Where play was started last, and the place left for it, so that one key goes to and fro."""

    begun_us: Micros | None = None
    left_us: Micros | None = None

    def begun(self, time_us: Micros) -> PlayPlaces:
        """Play was started here."""
        return PlayPlaces(begun_us=time_us)

    def turned(self, frame: Span) -> tuple[PlayPlaces, Micros | None]:
        """Where one press leads from the frame on the screen, and what the next one will know."""
        if self.begun_us is None:
            return self, None
        if frame.holds(self.begun_us):
            return self, self.left_us
        return replace(self, left_us=frame.start_us), self.begun_us
