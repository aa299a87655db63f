"""The list that goes with exported clips: for each file what it shows, exact to the frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.formats.dialect import line_of
from ssp_coder.media.writing import written_whole

if TYPE_CHECKING:
    from ssp_coder.media.clip_batch import Outcome, Way
    from ssp_coder.media.clips import Clip
    from ssp_coder.reporting.clip_orders import Recording

COLUMNS = (
    "name",
    "start_us",
    "end_us",
    "first_frame",
    "frame_count",
    "made",
    "camera",
    "video",
    "sound",
    "faces_blurred",
    "frames_left_out",
)
"""Times are session time; `first_frame` counts from 0 in the named video."""


def list_text(outcomes: Iterable[Outcome], recording: Recording, way: Way) -> str:
    """One row for each clip that was written, in CSV."""
    written = (
        (outcome.clip, outcome.plan.covering is not None)
        for outcome in outcomes
        if outcome.clip is not None
    )
    rows = (_cells(clip, recording, way, blurred=blurred) for clip, blurred in written)
    return "".join(line_of(cells) for cells in (COLUMNS, *rows))


def _cells(clip: Clip, recording: Recording, way: Way, *, blurred: bool) -> Sequence[str]:
    return (
        clip.file.name,
        str(clip.start_us + recording.offset_us),
        str(clip.end_us + recording.offset_us),
        str(clip.first_ordinal),
        str(clip.frame_count),
        way.value,
        str(recording.camera),
        recording.video.name,
        _yes_or_no(clip.has_sound),
        _yes_or_no(blurred),
        str(clip.lost),
    )


def _yes_or_no(fact: object) -> str:
    return "yes" if fact else "no"


def write_list(place: Path, text: str, *, overwrite: bool = False) -> None:
    """Write the list, whole or not at all.

    Raises:
        MediaError: `place` is taken or cannot be written.
    """
    with written_whole(place, overwrite=overwrite) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")
