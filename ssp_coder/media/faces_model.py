"""Model files of face detectors, and the detector YuNet, whose file a lab puts in its place.

The program opens no socket and brings no model. Only a file known by its SHA-256 is used, and
OpenCV runs it. `ssp_coder.media.faces_centerface` is the detector that a Python package carries.
YuNet, made by the authors of libfacedetection, is
the file ``face_detection_yunet_2023mar.onnx`` of the OpenCV Model Zoo, under the MIT licence. Its
makers tested it on a public collection of photographs; how many infants' faces in the recording of
a playroom it finds, nobody here has measured.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.media.covering import clipped
from ssp_coder.media.errors import MediaError
from ssp_coder.media.faces_tracking import Sighting, overlap
from ssp_coder.media.keeping import keep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LEAST = 0.3
"""Project default: what scores less is no face. Low, for a cover too many costs little."""
SIDE = 640
"""The model takes square pictures of this size, and nothing else on some engines of OpenCV."""

_SAME = 0.3
_WIDE = 1.25
"""Project default: pictures longer than this share are looked at whole and in squares as well."""
_MOST = 1_000
_SCORE = 14
"""Column of a found face that holds its score; the first four are its rectangle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceModel:
    """A model file that is known here.

    Attributes:
        name: what it is called in reports.
        file_name: the name of the file.
        size: its length in bytes.
        sha256: its checksum.
        licence: under which it is given.
        source: where a person gets it.
    """

    name: str
    file_name: str
    size: int
    sha256: str
    licence: str
    source: str


YUNET = FaceModel(
    name="YuNet 2023mar",
    file_name="face_detection_yunet_2023mar.onnx",
    size=232_589,
    sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    licence="MIT",
    source="https://github.com/opencv/opencv_zoo, folder models/face_detection_yunet",
)


def read_model(file: Path, model: FaceModel = YUNET) -> bytes:
    """The content of a model file, once it is known to be the right one.

    Raises:
        MediaError: there is no such file, or it is another one.
    """
    remedy = f"get {model.file_name} from {model.source}"
    try:
        if not file.is_file():
            raise MediaError("media.model_missing", file, "is not there", remedy)
        if file.stat().st_size != model.size:  # above all the few lines that stand for a large file
            raise MediaError(
                "media.model_other",
                file,
                f"is not the face model known here ({file.stat().st_size} bytes, not {model.size})",
                remedy,
            )
        content = file.read_bytes()
    except OSError as error:
        raise MediaError(
            "media.model_unreadable", file, f"cannot be read ({error.strerror})", remedy
        ) from error
    if hashlib.sha256(content).hexdigest() != model.sha256:
        raise MediaError(
            "media.model_other", file, "is not the face model known here (its checksum)", remedy
        )
    return content


def adopt_model(file: Path, folder: Path, model: FaceModel = YUNET) -> Path:
    """Copy a model file to where the program looks for it, once it is known to be the right one.

    Raises:
        MediaError: it is not, or it cannot be copied.
    """
    content = read_model(file, model)
    place = folder / model.file_name
    keep(place, content)
    read_model(place, model)
    return place


class YuNet:
    """Finds faces with OpenCV's own wrapper of the model; belongs to the thread that made it."""

    def __init__(self, content: bytes, name: str = YUNET.name) -> None:
        import cv2

        self._name = name
        try:
            with quiet():
                self._net = cv2.FaceDetectorYN.create(
                    "onnx",
                    np.frombuffer(content, np.uint8),
                    np.empty(0, np.uint8),
                    (SIDE, SIDE),
                    LEAST,
                    _SAME,
                    _MOST,
                )
        except cv2.error as error:
            raise refused(self._name, error) from error

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self._name

    def find(self, rgb: NDArray[np.uint8]) -> tuple[Sighting, ...]:
        """The faces in an upright picture, the surest first, each once."""
        height, width, _ = rgb.shape
        found: list[Sighting] = []
        for left, top, side in views(width, height):
            part = rgb[top : top + side, left : left + side]
            for row in self._faces(part):
                seen = sighting((row[0] + left, row[1] + top, *row[2:4]), row[4], (width, height))
                if seen is not None:
                    found.append(seen)
        return distinct(found)

    def _faces(self, part: NDArray[np.uint8]) -> Iterator[tuple[float, ...]]:
        """Left, top, width, height in pixels of `part`, and the score."""
        import cv2

        down, across, _ = part.shape
        scale = SIDE / max(down, across)
        size = max(1, round(across * scale)), max(1, round(down * scale))
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        page = np.zeros((SIDE, SIDE, 3), np.uint8)
        page[: size[1], : size[0]] = cv2.resize(part, size, interpolation=way)[:, :, ::-1]
        try:
            _, rows = self._net.detect(page)
        except cv2.error as error:
            raise refused(self._name, error) from error
        for row in () if rows is None else rows:
            yield (*(float(value) / scale for value in row[:4]), float(row[_SCORE]))


def refused(name: str, error: Exception) -> MediaError:
    """What is said when OpenCV cannot run the network of this name."""
    import cv2

    return MediaError(
        "media.model_refused",
        Path(name),
        f"cannot be used by OpenCV {cv2.__version__} ({str(error).strip()})",
        "draw the covers by hand, or install another version of opencv-python-headless",
    )


@contextmanager
def quiet() -> Iterator[None]:
    """OpenCV 5 warns on the terminal, for every network, that it has no other device to run on."""
    import cv2

    before = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(before)


def views(width: int, height: int) -> tuple[tuple[int, int, int], ...]:
    """The parts of a picture to be looked at, as left, top and side: the whole one and squares.

    Small faces get lost when a wide picture is fitted into a square; squares of its shorter side
    show them larger. They overlap, so that no face is cut by all of them.
    """
    longer, shorter = max(width, height), min(width, height)
    whole = (0, 0, longer)
    if longer < shorter * _WIDE:
        return (whole,)
    count = -(-longer // shorter)
    starts = [round(place * (longer - shorter) / (count - 1)) for place in range(count)]
    along = width >= height
    return (whole, *((start, 0, shorter) if along else (0, start, shorter) for start in starts))


def distinct(found: list[Sighting]) -> tuple[Sighting, ...]:
    """The surest first, without those that largely cover a surer one."""
    kept: list[Sighting] = []
    for seen in sorted(found, key=lambda sighting: sighting.score, reverse=True):
        if all(overlap(seen.region, other.region) < _SAME for other in kept):
            kept.append(seen)
    return tuple(kept)


def sighting(box: tuple[float, ...], score: float, size: tuple[int, int]) -> Sighting | None:
    """A face from its box in pixels (left, top, width, height), None outside the picture."""
    left, top, wide, high = box
    across, down = size
    region = clipped(left / across, top / down, (left + wide) / across, (top + high) / down)
    return None if region is None else Sighting(region=region, score=min(1.0, score))
