"""Thumbnails laid out on one sheet, each with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import clock_text
from ssp_coder.media.overlay import burn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssp_coder.media.thumbnails import Thumbnail

ACROSS = 8
"""Project default: so many pictures lie side by side."""
_GAP = 4
_SHORT_CLOCK = slice(0, 8)


def sheet(thumbnails: Sequence[Thumbnail]) -> NDArray[np.uint8]:
    """The thumbnails row by row as one picture of (height, width, 3) bytes.

    Raises:
        ValueError: there are none.
    """
    if not thumbnails:
        raise ValueError("a sheet needs at least one thumbnail")
    high = max(len(thumbnail.rgb) for thumbnail in thumbnails)
    wide = max(thumbnail.rgb.shape[1] for thumbnail in thumbnails)
    across = min(ACROSS, len(thumbnails))
    down = -(-len(thumbnails) // across)
    paper = np.zeros((down * (high + _GAP) + _GAP, across * (wide + _GAP) + _GAP, 3), np.uint8)
    for place, thumbnail in enumerate(thumbnails):
        row, column = divmod(place, across)
        top, left = _GAP + row * (high + _GAP), _GAP + column * (wide + _GAP)
        picture = thumbnail.rgb.copy()
        burn(picture, (clock_text(thumbnail.at_us)[_SHORT_CLOCK],))
        paper[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return paper


def sheet_png(thumbnails: Sequence[Thumbnail]) -> bytes:
    """The sheet as a PNG file; see `sheet`."""
    import cv2

    _, packed = cv2.imencode(".png", cv2.cvtColor(sheet(thumbnails), cv2.COLOR_RGB2BGR))
    return packed.tobytes()
