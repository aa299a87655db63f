"""A frame number that a program can read back from the picture, after compression too.

A strip of cells at the lower right: a light and a dark guard, sixteen bits of the number from
the highest, eight bits of check. Cell size follows the height of the picture.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMBER_BITS = 16
CHECK_BITS = 8
CHECK_MODULUS = 251
"""A prime, so that no single wrong bit passes."""
CHECK_MASK = 0x5A
CELLS = 2 + NUMBER_BITS + CHECK_BITS
CELLS_IN_HEIGHT = 45
LIGHT, DARK = 214, 44
LEAST_CONTRAST = 60


def draw_number(image: NDArray[np.uint8], number: int) -> None:
    """Draw `number` into the lower edge of `image`, in place.

    Args:
        image: height x width (x channels).
        number: 0 to 65535.

    Raises:
        ValueError: the number does not fit, or the picture is too narrow for the strip.
    """
    if not 0 <= number < 1 << NUMBER_BITS:
        raise ValueError(f"frame number {number} does not fit in {NUMBER_BITS} bits")
    top, edges = _geometry(image.shape[0], image.shape[1])
    if edges[0] < 0:
        raise ValueError(f"a picture {image.shape[1]} wide is too narrow for the frame number")
    for bit, left, right in zip(_bits(number), edges, edges[1:], strict=False):
        image[top:, left:right] = LIGHT if bit else DARK


def read_number(image: NDArray[np.uint8]) -> int | None:
    """The number that `draw_number` drew, or None where none can be read with certainty."""
    top, edges = _geometry(image.shape[0], image.shape[1])
    if edges[0] < 0:
        return None
    grey = image if image.ndim == 2 else image.mean(axis=2)
    edge = max(1, (image.shape[0] - top) // 4)
    means = [
        float(grey[top + edge : image.shape[0] - edge, left + edge : right - edge].mean())
        for left, right in pairwise(edges)
    ]
    light, dark = means[0], means[1]
    if light - dark < LEAST_CONTRAST:
        return None
    bits = [mean > (light + dark) / 2 for mean in means]
    number = sum(bit << place for place, bit in enumerate(reversed(bits[2 : 2 + NUMBER_BITS])))
    return number if bits == _bits(number) else None


def _bits(number: int) -> list[bool]:
    check = number % CHECK_MODULUS ^ CHECK_MASK
    word = number << CHECK_BITS | check
    places = range(NUMBER_BITS + CHECK_BITS - 1, -1, -1)
    return [True, False, *(bool(word >> place & 1) for place in places)]


def _geometry(height: int, width: int) -> tuple[int, list[int]]:
    """Top row of the strip and the left edges of its cells, ending with the last right edge."""
    cell = max(4, height // CELLS_IN_HEIGHT)
    left = width - CELLS * cell
    return height - cell, [left + cell * place for place in range(CELLS + 1)]
