"""Many clips written one after the other: what became of each, whatever became of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.media.clip_copy import copy_clip
from ssp_coder.media.clips import Clip, ClipPlan, write_clip
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.stills import write_planned_still

_HOPELESS = frozenset({"media.unwritable", "media.place_missing", "media.no_encoder"})
"""What goes wrong with one clip for these reasons goes wrong with all that follow."""


class Way(StrEnum):
    """How a stretch becomes a file."""

    EXACT = "exact"
    """Encoded anew; begins and ends to the frame."""
    COPY = "copied"
    """Copied; begins at a key frame."""
    PICTURE = "picture"
    """The first frame alone."""


def write_picture(plan: ClipPlan, watch: Watch = UNWATCHED) -> Clip:
    """Write the first frame of a planned stretch as a PNG.

    Raises:
        MediaError: the frame or the place cannot be used.
        Abandoned: `watch` cancelled the work; nothing is left of it.
    """
    watch.report(0.0)
    still = write_planned_still(plan)
    return Clip(
        file=still.file,
        start_us=still.pts_us,
        end_us=plan.index.end_of(still.ordinal),
        first_ordinal=still.ordinal,
        frame_count=1,
        lost=0,
        exact=True,
        has_sound=False,
    )


WRITERS: dict[Way, Callable[[ClipPlan, Watch], Clip]] = {
    Way.EXACT: write_clip,
    Way.COPY: copy_clip,
    Way.PICTURE: write_picture,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one planned clip.

    Attributes:
        clip: what was written, None when nothing was.
        trouble: why it was not, in a sentence; empty when it was not tried any more.
    """

    plan: ClipPlan
    clip: Clip | None = None
    trouble: str = ""


def ending_of(way: Way, video_suffix: str) -> str:
    """The ending of the files, with its dot."""
    return {Way.EXACT: ".mp4", Way.COPY: video_suffix, Way.PICTURE: ".png"}[way]


def write_batch(
    plans: Sequence[ClipPlan], way: Way, watch: Watch = UNWATCHED
) -> tuple[Outcome, ...]:
    """Write all clips, in order; a clip that fails does not keep the others from being written.

    Where the folder or the encoder fails, or `watch` cancels, the rest is not tried. Nothing is
    ever left half written.

    Args:
        plans: the clips.
        way: how they are made.
        watch: is told how many clips are done, as a number from 0 to ``len(plans)`` whose
            fraction is the share of the one being written.
    """
    outcomes: list[Outcome] = []
    for done, plan in enumerate(plans):
        try:
            outcomes.append(Outcome(plan=plan, clip=WRITERS[way](plan, _within(watch, done))))
        except Abandoned:
            break
        except MediaError as error:
            outcomes.append(Outcome(plan=plan, trouble=str(error)))
            if error.code in _HOPELESS:
                break
        watch.progress(float(done + 1))
    return (*outcomes, *(Outcome(plan=plan) for plan in plans[len(outcomes) :]))


def _within(watch: Watch, done: int) -> Watch:
    return Watch(
        progress=lambda share: watch.progress(done + min(share, _NEARLY)),
        cancelled=watch.cancelled,
    )


_NEARLY = 0.999
"""A clip is done when it lies in its place, not when its last frame is written."""
