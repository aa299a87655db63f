"""What is said of stretches and covers while a clip is looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.media.covering import Origin, Patch
from ssp_coder.media.faces import SURE, Flag, FlagKind

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex


def tr(text: str) -> str:
    """A text of this window in the person's language."""
    return QCoreApplication.translate("FaceReview", text)


def why(kind: FlagKind) -> str:
    """Why a stretch must be looked at."""
    return {
        FlagKind.NOT_SEARCHED: tr("not searched"),
        FlagKind.NO_FACE: tr("no face found"),
        FlagKind.FEWER: tr("fewer faces"),
        FlagKind.UNSURE: tr("unsure face"),
        FlagKind.TAKEN_AWAY: tr("cover taken away"),
    }[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When the frames of a recording appear on the session's time.

    Attributes:
        index: the frame index of the recording.
        offset_us: session time of its first frame.
    """

    index: FrameIndex
    offset_us: int = 0

    def time_of(self, ordinal: int) -> Micros:
        """Session time at which a frame appears."""
        return Micros(self.index.times_us[ordinal] + self.offset_us)

    def end_of(self, ordinal: int) -> Micros:
        """Session time at which it gives way to the next one."""
        return Micros(self.index.end_of(ordinal) + self.offset_us)


def stretch_text(first: int, last: int, clock: Clock) -> str:
    """From when to when, on the session's time."""
    start, end = clock.time_of(first), clock.end_of(last)
    return f"{short_clock_text(start)} \N{EN DASH} {short_clock_text(end)}"


def summary(flags: tuple[Flag, ...], finder: str) -> str:
    """How many stretches of which kind there are, in one sentence."""
    if not finder:
        return tr("Nothing looked for faces: look at the whole clip and draw a cover on each face.")
    if not flags:
        return tr("A face was found throughout. Look at the whole clip all the same.")
    counts = ((kind, sum(flag.kind is kind for flag in flags)) for kind in FlagKind)
    parts = ", ".join(
        f"{count} \N{MULTIPLICATION SIGN} {why(kind)}" for kind, count in counts if count
    )
    return tr("Stretches to look at: {0}.").format(parts)


def cover_text(patch: Patch, clock: Clock) -> str:
    """Which cover this is."""
    if patch.origin is Origin.DRAWN:
        kind = tr("drawn")
    elif patch.score < SURE:
        kind = tr("found, unsure")
    else:
        kind = tr("found")
    place = stretch_text(patch.first, patch.last, clock)
    return tr("Cover {0}, {1}: {2}").format(patch.number, kind, place)
