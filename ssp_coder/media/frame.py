"""One exact frame, and its pixels at the size somebody wants to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter

if TYPE_CHECKING:
    import av.video.frame
    from numpy.typing import NDArray

    from ssp_coder.domain.time import Micros

_UNSPECIFIED_COLOURS = 2
_HD_LINES = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The pixels of one frame, ready to paint; safe to hand to another thread.

    Attributes:
        ordinal: number of the frame in its file.
        pts_us: media time at which the frame appears.
        rgb: (height, width, 3) bytes, contiguous, upright, with square pixels.
    """

    ordinal: int
    pts_us: Micros
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFrame:
    """One exact frame; its pixels are made when asked for, in the thread of its reader.

    Attributes:
        ordinal: number of the frame in its file.
        pts_us: media time at which the frame appears.
        width: pixels across, upright and with square pixels.
        height: pixels down, likewise.
    """

    ordinal: int
    pts_us: Micros
    width: int
    height: int
    raw: av.video.frame.VideoFrame = field(repr=False)
    quarter_turns: int
    converter: RgbConverter = field(repr=False)

    def to_rgb(
        self, max_width: int | None = None, max_height: int | None = None
    ) -> NDArray[np.uint8]:
        """The pixels as (height, width, 3) bytes, contiguous, never enlarged.

        Args:
            max_width: the widest picture wanted, None for the full width.
            max_height: the highest picture wanted, None for the full height.

        Raises:
            ValueError: a limit is below one pixel.
        """
        size = fitted(self.width, self.height, max_width, max_height)
        return self.converter.convert(self.raw, size, self.quarter_turns)

    def picture(self, max_width: int | None = None, max_height: int | None = None) -> Picture:
        """The pixels together with the time they belong to."""
        return Picture(
            ordinal=self.ordinal, pts_us=self.pts_us, rgb=self.to_rgb(max_width, max_height)
        )


def fitted(
    width: int, height: int, max_width: int | None, max_height: int | None
) -> tuple[int, int]:
    """The largest size of the same shape within both limits, never larger than the original."""
    share = Fraction(1)
    for size, limit in ((width, max_width), (height, max_height)):
        if limit is None:
            continue
        if limit < 1:
            raise ValueError(f"a picture of {limit} pixels cannot be made; ask for 1 or more")
        share = min(share, Fraction(limit, size))
    return max(1, int(width * share)), max(1, int(height * share))


def upright_size(
    width: int, height: int, pixel_aspect: Fraction, quarter_turns: int
) -> tuple[int, int]:
    """Size on a screen: square pixels, after turning."""
    across = max(1, round(width * pixel_aspect))
    return (height, across) if quarter_turns % 2 else (across, height)


class RgbConverter:
    """Turns decoded frames into RGB; keeps its scaler, which is costly to build anew."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def convert(
        self, raw: av.video.frame.VideoFrame, size: tuple[int, int], quarter_turns: int
    ) -> NDArray[np.uint8]:
        """Pixels of `raw` at `size` = (width, height), which is counted after turning.

        Args:
            raw: the decoded frame.
            size: width and height of the answer.
            quarter_turns: how often to turn by 90 degrees anticlockwise.
        """
        width, height = size if quarter_turns % 2 == 0 else size[::-1]
        scaled = self._reformatter.reformat(
            raw, width, height, "rgb24", src_colorspace=_colours(raw), threads=1
        )
        pixels = np.rot90(scaled.to_ndarray(), quarter_turns)
        return np.ascontiguousarray(pixels, dtype=np.uint8)


def _colours(raw: av.video.frame.VideoFrame) -> Colorspace | None:
    """HD pictures without a colour label are BT.709 by convention; the scaler would say BT.601."""
    if raw.colorspace == _UNSPECIFIED_COLOURS and raw.height >= _HD_LINES:
        return Colorspace.ITU709
    return None
