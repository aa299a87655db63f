"""The work itself: sound, pictures and motion of a recording, from the cache or made anew.

Everything here runs outside the window's thread, on plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.media.hints import hints
from ssp_coder.media.motion import WHOLE, Region, build_motion
from ssp_coder.media.motion_cache import keep_motion, kept_motion
from ssp_coder.media.thumbnails import build_thumbnails, keep_thumbnails, kept_thumbnails
from ssp_coder.media.waveform import build_envelope, cached_envelope
from ssp_coder.ui.timeline.model import LaneKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.indexing import Watch

    Tell = Callable[[object], None]

PICTURES = 300
"""Project default: at most so many small pictures of a recording, about 13 MB of memory."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """One overview of one recording.

    Attributes:
        kind: what is to be made.
        path: the recording.
        index: its frame index.
        folder: where it is kept once made, None to keep nothing.
        region: where motion is measured.
        track: which sound track is outlined, from 0.
    """

    kind: LaneKind
    path: Path
    index: FrameIndex
    folder: Path | None = None
    region: Region = WHOLE
    track: int = 0


def make(job: Job, watch: Watch, tell: Tell) -> None:
    """Make an overview and tell each part of it as soon as it is there.

    Args:
        job: what is to be made.
        watch: progress and the wish to stop.
        tell: given an `Envelope` for each stretch of sound, a `Thumbnail` for each picture, a
            `Motion` for each stretch of motion and at its end a tuple of `Hint`.

    Raises:
        MediaError: the recording is unusable.
        Abandoned: `watch` cancelled the work.
    """
    _MAKERS[job.kind](job, watch, tell)


def _make_sound(job: Job, watch: Watch, tell: Tell) -> None:
    if job.folder is None or job.track:
        # Only the first track is kept: few recordings have more.
        build_envelope(job.path, job.index, watch, tell, job.track)
    else:
        cached_envelope(job.path, job.index, job.folder, watch, tell)


def _make_pictures(job: Job, watch: Watch, tell: Tell) -> None:
    kept = None if job.folder is None else kept_thumbnails(job.path, PICTURES, job.folder)
    if kept is not None:
        for thumbnail in kept:
            tell(thumbnail)
        return
    made = build_thumbnails(job.path, job.index, PICTURES, watch, tell)
    if job.folder is not None:
        keep_thumbnails(job.path, PICTURES, job.folder, made)


def _make_motion(job: Job, watch: Watch, tell: Tell) -> None:
    motion = None if job.folder is None else kept_motion(job.path, job.folder, job.region)
    if motion is not None:
        tell(motion)
    else:
        motion = build_motion(job.path, job.index, job.region, watch, tell)
        if job.folder is not None:
            keep_motion(job.path, job.folder, job.region, motion)
    tell(hints(motion, job.index))


_MAKERS = {
    LaneKind.SOUND: _make_sound,
    LaneKind.PICTURES: _make_pictures,
    LaneKind.MOTION: _make_motion,
}
