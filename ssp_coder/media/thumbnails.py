"""A strip of small pictures over the length of a recording, from key frames only."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import Micros
from ssp_coder.media.errors import FrameMissing
from ssp_coder.media.frame import RgbConverter, fitted, upright_size
from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.index import Addressing
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.keeping import DAMAGE, keep, kept_place
from ssp_coder.media.reader import FrameReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex

THUMB_WIDTH, THUMB_HEIGHT = 160, 90
"""Project default: the largest size of a thumbnail."""

KEPT_ENDING = ".thumbs"
"""How the name of every file ends in which thumbnails are kept."""

_FORMAT = "ssp_coder.thumbnails/1"
_QUALITY = 80
_EMPTY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A key frame, small.

    Attributes:
        ordinal: number of the frame.
        at_us: when it appears.
        rgb: (height, width, 3) bytes, upright.
    """

    ordinal: int
    at_us: Micros
    rgb: NDArray[np.uint8]


def _ignore(_thumbnail: Thumbnail) -> None:
    """Thumbnails that nobody waits for."""


def chosen_keys(index: FrameIndex, count: int) -> tuple[int, ...]:
    """At most `count` key frames, as evenly over the recording as there are any.

    Raises:
        ValueError: fewer than one was asked for.
    """
    if count < 1:
        raise ValueError(f"{count} thumbnails cannot be made; ask for 1 or more")
    keys = index.key_frames or (0,)
    times = np.array([index.times_us[ordinal] for ordinal in keys])
    wanted = [(2 * place + 1) * index.end_us // (2 * count) for place in range(count)]
    return tuple(sorted({keys[int(np.argmin(np.abs(times - at)))] for at in wanted}))


def coarse_first(ordinals: tuple[int, ...]) -> tuple[int, ...]:
    """An order in which the strip covers the whole recording early and then grows denser."""
    order: dict[int, None] = {}
    stride = 1
    while stride < len(ordinals):
        stride *= 2
    while stride >= 1:
        order.update(dict.fromkeys(ordinals[::stride]))
        stride //= 2
    return tuple(order)


def build_thumbnails(
    path: Path,
    index: FrameIndex,
    count: int,
    watch: Watch = UNWATCHED,
    on_thumbnail: Callable[[Thumbnail], None] = _ignore,
) -> tuple[Thumbnail, ...]:
    """Thumbnails in order of time.

    Args:
        path: the recording.
        index: its frame index.
        count: at most so many.
        watch: progress and the wish to stop.
        on_thumbnail: told each one as soon as it is made, coarsely over the recording first.

    Raises:
        MediaError: the recording is unusable.
        Abandoned: `watch` cancelled the work.
    """
    ordinals = coarse_first(chosen_keys(index, count))
    made: list[Thumbnail] = []
    way = _counted if index.addressing is Addressing.BY_COUNT else _stamped
    watch.report(0.0)
    for done, thumbnail in enumerate(way(path, index, ordinals), start=1):
        if thumbnail is not None:
            made.append(thumbnail)
            on_thumbnail(thumbnail)
        watch.report(done / len(ordinals))
    return tuple(sorted(made, key=lambda thumbnail: thumbnail.ordinal))


def kept_thumbnails(path: Path, count: int, folder: Path) -> tuple[Thumbnail, ...] | None:
    """At most `count` thumbnails of a recording as they were put into `folder`, None if not."""
    try:
        return decode_thumbnails(kept_place(path, folder, _ending(count)).read_bytes())
    except (OSError, ValueError):
        return None


def keep_thumbnails(
    path: Path, count: int, folder: Path, thumbnails: tuple[Thumbnail, ...]
) -> None:
    """Put thumbnails into `folder`; where that cannot be done they are made again next time."""
    try:
        keep(kept_place(path, folder, _ending(count)), encode_thumbnails(thumbnails))
    except OSError:
        return  # the recording has gone meanwhile; what was read of it is right


def _ending(count: int) -> str:
    return f".{count}{KEPT_ENDING}"


def _stamped(
    path: Path, index: FrameIndex, ordinals: tuple[int, ...]
) -> Iterator[Thumbnail | None]:
    """One decoded frame for each key frame; the reader helps out where the seek goes elsewhere."""
    keys = {key.ordinal: key for key in index.keys}
    converter = RgbConverter()
    with FrameSource(path, threaded=False) as source:
        source.stream.codec_context.skip_frame = "NONKEY"
        aspect = source.stream.sample_aspect_ratio or Fraction(1)
        for ordinal in ordinals:
            frame = None
            if ordinal in keys and source.seek(keys[ordinal].pts) is not None:
                frame = source.next_frame()
            if frame is None or frame.pts != index.stamps[ordinal]:
                yield from _counted(path, index, (ordinal,))
                continue
            turns = round(frame.rotation / 90) % 4
            whole = upright_size(frame.width, frame.height, aspect, turns)
            size = fitted(*whole, THUMB_WIDTH, THUMB_HEIGHT)
            rgb = converter.convert(frame, size, turns)
            yield Thumbnail(ordinal=ordinal, at_us=index.times_us[ordinal], rgb=rgb)


def _counted(
    path: Path, index: FrameIndex, ordinals: tuple[int, ...]
) -> Iterator[Thumbnail | None]:
    with FrameReader(path, index, cache_bytes=_EMPTY) as reader:
        for ordinal in ordinals:
            try:
                rgb = reader.frame(ordinal).to_rgb(THUMB_WIDTH, THUMB_HEIGHT)
            except FrameMissing:
                yield None
                continue
            yield Thumbnail(ordinal=ordinal, at_us=index.times_us[ordinal], rgb=rgb)


# ------------------------------------------------------------------------------ the cache


def encode_thumbnails(thumbnails: tuple[Thumbnail, ...]) -> bytes:
    """The thumbnails as a zip file of JPEG pictures."""
    import cv2

    packed = BytesIO()
    facts = [[thumbnail.ordinal, thumbnail.at_us] for thumbnail in thumbnails]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as box:
        box.writestr("facts.json", json.dumps({"format": _FORMAT, "frames": facts}))
        for thumbnail in thumbnails:
            bgr = cv2.cvtColor(thumbnail.rgb, cv2.COLOR_RGB2BGR)
            _, jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
            box.writestr(f"{thumbnail.ordinal}.jpg", jpeg.tobytes())
    return packed.getvalue()


def decode_thumbnails(packed: bytes) -> tuple[Thumbnail, ...]:
    """The thumbnails that `encode_thumbnails` packed, nearly as they were.

    Raises:
        ValueError: the bytes are damaged or of another format.
    """
    try:
        with zipfile.ZipFile(BytesIO(packed)) as box:
            facts = json.loads(box.read("facts.json"))
            if facts["format"] != _FORMAT:
                raise ValueError(f"thumbnails of format {facts['format']!r}")
            return tuple(
                Thumbnail(
                    ordinal=int(ordinal),
                    at_us=Micros(int(at_us)),
                    rgb=_picture(box.read(f"{ordinal}.jpg")),
                )
                for ordinal, at_us in facts["frames"]
            )
    except (*DAMAGE, KeyError, TypeError) as error:
        raise ValueError(f"damaged thumbnails: {error!r}") from error


def _picture(jpeg: bytes) -> NDArray[np.uint8]:
    import cv2

    bgr = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError("a thumbnail is damaged")
    return np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8)
