"""Single frames written as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.media.covering import cover
from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.overlay import burn
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.writing import refuse_place, written_whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssp_coder.domain.time import Micros
    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.media.frame import Picture
    from ssp_coder.media.index import FrameIndex

_SPARE_CACHE_BYTES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """Which frame a written picture shows.

    Attributes:
        file: the picture.
        ordinal: number of the frame in its recording.
        pts_us: media time at which the frame appears, which may be before the time asked for.
        width: pixels across.
        height: pixels down.
    """

    file: Path
    ordinal: int
    pts_us: Micros
    width: int
    height: int


def write_still(
    video: Path,
    at_us: int,
    out_png: Path,
    *,
    overwrite: bool = False,
    index: FrameIndex | None = None,
) -> Still:
    """Write the frame on screen at `at_us` as a PNG of full size.

    Args:
        video: the recording.
        at_us: media time; before the start and after the end the nearest frame is taken.
        out_png: the picture to write, with the ending ``.png``.
        overwrite: whether a file of that name may be replaced.
        index: the frame index of `video` if it is at hand.

    Raises:
        MediaError: the recording is unusable, the frame is damaged, or the picture cannot be
            written where it should.
    """
    _refuse_place(out_png, overwrite=overwrite)
    frames = build_index(video) if index is None else index
    with FrameReader(video, frames, cache_bytes=_SPARE_CACHE_BYTES) as reader:
        picture = reader.frame_at(at_us).picture()
    return _written(picture, out_png, overwrite=overwrite)


def write_planned_still(plan: ClipPlan) -> Still:
    """Write the first frame of a planned clip as a PNG, covered and lettered as the clip would be.

    Raises:
        MediaError: as `write_still`, or the frame was not looked through for covering.
    """
    _refuse_place(plan.place, overwrite=plan.overwrite)
    ordinal = plan.frames()[0]
    if plan.covering is not None:
        plan.covering.require(plan.video, range(ordinal, ordinal + 1))
    with FrameReader(plan.video, plan.index, cache_bytes=_SPARE_CACHE_BYTES) as reader:
        picture = reader.frame(ordinal).picture()
    if plan.covering is not None:
        cover(picture.rgb, plan.covering.regions_at(ordinal))
    burn(picture.rgb, plan.overlay.lines_at(picture.pts_us))
    return _written(picture, plan.place, overwrite=plan.overwrite)


def _written(picture: Picture, out_png: Path, *, overwrite: bool) -> Still:
    with written_whole(out_png, overwrite=overwrite) as unfinished:
        unfinished.write_bytes(png_of(picture.rgb))
    height, width, _ = picture.rgb.shape
    return Still(
        file=out_png, ordinal=picture.ordinal, pts_us=picture.pts_us, width=width, height=height
    )


def _refuse_place(out_png: Path, *, overwrite: bool) -> None:
    if out_png.suffix.lower() != ".png":
        raise MediaError(
            "media.still_not_png", out_png, "does not end in .png", "choose a name that does"
        )
    refuse_place(out_png, overwrite=overwrite)


def png_of(rgb: NDArray[np.uint8]) -> bytes:
    """A picture as the content of a PNG file."""
    import cv2

    done, packed = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
    if not done:
        raise ValueError(f"no PNG could be made of a picture of shape {rgb.shape}")
    return bytes(packed)
