"""Cameras of a session in words: when each began, how that is known, whether it stays in step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.domain.time import offset_text, short_clock_text

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Media
    from ssp_coder.media.drift import Drift
    from ssp_coder.media.syncing import SoundOffset

_SOURCES = {
    OffsetSource.ASSUMED: "assumed, not set yet",
    OffsetSource.TYPED: "typed",
    OffsetSource.SAME_MOMENT: "the same moment in both pictures",
    OffsetSource.SOUND: "from the sound",
}
_BY_HAND = "Find a moment that both cameras show, such as a door closing, and set it by hand."


def source_words(source: OffsetSource) -> str:
    """How an offset is known."""
    return _SOURCES[source]


def begins_words(place: int, media: Media) -> str:
    """Where a camera begins on the session's time; `place` 0 is camera 1."""
    if place == 0:
        return "sets the session's time"
    return f"begins at {offset_text(media.offset_us)}, {source_words(media.offset_source)}"


def drift_words(drift: Drift, offset_us: int, place: int) -> str:
    """Whether a camera stays in step when it is placed at `offset_us`, and what to make of it."""
    beside = drift.frames_beside(offset_us)
    if drift.slope is None:
        return _words_of_one_place(len(drift.sightings), beside)
    over = short_clock_text(drift.span.length_us, digits=0)
    if drift.beside_us(offset_us) <= drift.frame_us:
        return f"Camera {place + 1} stays within one frame over {over}."
    if drift.frames_changed <= 1:
        return (
            f"Camera {place + 1} keeps its distance over {over}, but at this offset its picture "
            f"lies up to {_frames(beside)} beside."
        )
    return (
        f"Camera {place + 1} drifts by {_frames(drift.frames_changed)} over {over}: times of "
        f"codings are those of camera 1, and the picture of camera {place + 1} may lie up to "
        f"{_frames(beside)} beside."
    )


def _words_of_one_place(count: int, beside: int) -> str:
    if not count:
        return "Not checked: the places that were compared do not agree."
    near = "1 place" if count == 1 else f"{count} places near each other"
    fits = "" if beside <= 1 else f", and there the picture lies {_frames(beside)} beside"
    return f"Checked at {near}{fits}. A place far away from it tells whether the clocks drift."


def drift_warning(drift: Drift, offset_us: int) -> str:
    """A few words for a list, empty when a camera placed at `offset_us` is in step."""
    if drift.beside_us(offset_us) <= drift.frame_us:
        return ""
    if drift.frames_changed <= 1:
        return f"lies {_frames(drift.frames_beside(offset_us))} beside"
    seconds = abs(drift.change_us) / 1_000_000
    over = short_clock_text(drift.span.length_us, digits=0)
    return f"drifts {seconds:.2f} s ({_frames(drift.frames_changed)}) over {over}"


def sound_lines(found: SoundOffset, place: int) -> Iterator[str]:
    """What the sound proposes, what that rests on, and what to do with it."""
    from ssp_coder.media.syncing import Certainty

    camera = f"camera {place + 1}"
    if found.certainty is Certainty.NONE:
        yield f"No sound was found that camera 1 and {camera} have in common."
        yield _BY_HAND
        return
    yield f"By the sound, {camera} begins at {offset_text(-found.offset_us)}."
    rests = (
        f"{found.agreeing} of {len(found.windows)} places agree, over "
        f"{short_clock_text(found.common_us, digits=0)} that both have."
    )
    if found.certainty is Certainty.SURE:
        yield f"{rests} It can be used."
        return
    yield f"{rests} That is too few to rely on."
    yield f"Look at both pictures at this offset before you use it, or set it by hand. {_BY_HAND}"


def _frames(count: int) -> str:
    return "1 frame" if count == 1 else f"{count} frames"
