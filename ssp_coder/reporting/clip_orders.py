"""From what somebody wants to see to what is cut out of which camera's recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US, Micros, Span, clock_text
from ssp_coder.media.clip_batch import Way
from ssp_coder.media.clip_copy import real_start
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.overlay import Caption, Overlay
from ssp_coder.reporting.clip_names import stem_of_clip, unlike
from ssp_coder.reporting.clip_wishes import Wish

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex

GROWTH = 2.0
"""Project default: so much larger an exact clip is than its share of the recording. Clips of three
recordings took 1.7 to 2.2 times as much."""
MOST_BITS_A_PIXEL = 0.4
"""Project default: recordings that take more, such as tapes, become smaller instead."""
PICTURE_BYTES_A_PIXEL = 1.6
"""Project default: what a picture without loss takes."""
SOUND_BYTES_A_SECOND = 16_000
_AT_THE_START = Micros(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One camera's recording.

    Attributes:
        video: the file.
        index: its frame index.
        camera: its place among the cameras, from 1.
        offset_us: session time at which its first frame appears.
        pixels: in one picture, 0 when not known.
    """

    video: Path
    index: FrameIndex
    camera: int = 1
    offset_us: Micros = _AT_THE_START
    pixels: int = 0

    def own(self, span: Span) -> Span:
        """A stretch of session time in the recording's own time."""
        return Span(
            start_us=Micros(span.start_us - self.offset_us),
            end_us=Micros(span.end_us - self.offset_us),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How clips are made.

    Attributes:
        timecode: whether the time of the session is burnt in.
        captions: what else is burnt in.
        sound: whether the sound of the recording is kept.
        overwrite: whether files of the same name may be replaced.
    """

    way: Way = Way.EXACT
    timecode: bool = False
    captions: tuple[Caption, ...] = ()
    sound: bool = True
    overwrite: bool = False


def plan_clip(recording: Recording, wish: Wish, place: Path, manner: Manner) -> ClipPlan:
    """What is to be cut for a wish."""
    span = wish.span
    if manner.way is Way.PICTURE:
        span = Span(start_us=wish.moment_us, end_us=Micros(wish.moment_us + 1))
    return ClipPlan(
        video=recording.video,
        index=recording.index,
        span=recording.own(span),
        place=place,
        overlay=Overlay(
            timecode=manner.timecode, captions=manner.captions, offset_us=recording.offset_us
        ),
        overwrite=manner.overwrite,
        sound=manner.sound and manner.way is not Way.PICTURE,
    )


def stems_of(
    pattern: str, wishes: Sequence[Wish], recording: Recording, session: str
) -> tuple[str, ...]:
    """The names of the files without their endings, no two alike.

    Raises:
        DomainError: the pattern has a field that there is not.
    """
    digits = len(str(len(wishes)))
    fixed = {
        "session": session,
        "camera": f"camera{recording.camera}",
        "video": recording.video.stem,
    }
    return unlike(
        [
            stem_of_clip(pattern, {**fixed, "number": f"{number:0{digits}d}", **_told(wish)})
            for number, wish in enumerate(wishes, start=1)
        ]
    )


def _told(wish: Wish) -> Mapping[str, str]:
    return {
        "what": wish.name,
        "episode": wish.episode,
        "code": wish.code,
        "time": clock_text(wish.moment_us).replace(":", "-").replace(".", "-"),
    }


def begins_early_us(plan: ClipPlan) -> Micros:
    """By how much a fast copy begins before the time asked for.

    Raises:
        MediaError: the stretch lies outside, or the recording cannot be copied.
    """
    return Micros(max(0, plan.span.start_us - real_start(plan)))


def estimated_bytes(plan: ClipPlan, recording: Recording, way: Way) -> int:
    """About how large the file will be.

    Raises:
        MediaError: the stretch lies outside, or the recording cannot be copied.
    """
    frames = plan.frames()
    if way is Way.PICTURE:
        return round(recording.pixels * PICTURE_BYTES_A_PIXEL)
    length_us = plan.index.end_of(frames[-1]) - plan.index.times_us[frames[0]]
    if way is Way.COPY:
        length_us = Micros(length_us + begins_early_us(plan))
    share = recording.video.stat().st_size * length_us / max(1, plan.index.end_us)
    if way is Way.COPY:
        return round(share)
    most = len(frames) * recording.pixels * MOST_BITS_A_PIXEL / 8
    sound = SOUND_BYTES_A_SECOND * length_us / SECOND_US if plan.sound else 0
    return round(min(share * GROWTH, (most or share * GROWTH) + sound))
