"""The demonstration film as a file: picture and sound, H.264 and AAC in MP4."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssp_coder.demonstration.drawing import Painter
from ssp_coder.demonstration.sound import RATE, make_track
from ssp_coder.demonstration.story import bundled_story

if TYPE_CHECKING:
    from collections.abc import Callable

    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from ssp_coder.demonstration.story import Story

    Progress = Callable[[int, int], None]
    """Called with the frames done and the frames in all."""

ZOOM = 1.2
"""Size of the film: 1 is 640 x 360, 1.2 is 768 x 432."""
SOUND_BLOCK = 1024
X264 = {
    "preset": "veryfast",
    "crf": "22",
    "x264-params": "threads=1:lookahead-threads=1:sliced-threads=0",
}
MPEG4 = {"qmin": "2", "qmax": "4"}
GROUP_OF_PICTURES = 50


class FilmError(Exception):
    """The film cannot be written; the sentence names the file and the remedy."""


class FilmCancelledError(FilmError):
    """The making of the film was called off; nothing is left of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who is told how far the work has come, and who may call it off."""

    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None


def make_video(
    path: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Draw the bundled demonstration session into a new MP4 file.

    Raises:
        FilmError: `path` exists already, its folder does not, or it cannot be written.
        FilmCancelledError: `cancelled` answered yes; nothing is left behind.
    """
    shoot(bundled_story(), path, watch=Watch(progress=progress, cancelled=cancelled))


def shoot(story: Story, path: Path, *, zoom: float = ZOOM, watch: Watch | None = None) -> None:
    """Draw `story` into a new MP4 file, written beside and renamed when it is whole.

    Raises:
        FilmError: `path` exists already, its folder does not, or it cannot be written.
        FilmCancelledError: `watch` called it off; nothing is left behind.
    """
    if path.exists():
        raise FilmError(f"{path} exists already; choose another name or move it away")
    if not path.parent.is_dir():
        raise FilmError(f"the folder {path.parent} does not exist; make it first")
    import av

    try:
        with TemporaryDirectory(prefix=".film-", dir=path.parent) as beside:
            unfinished = Path(beside) / path.name
            _write(story, unfinished, zoom, watch or Watch())
            if path.exists():
                raise FilmError(f"{path} appeared meanwhile; choose another name or move it away")
            unfinished.rename(path)
    except (OSError, av.FFmpegError) as error:
        raise FilmError(f"{path} could not be written: {error}; check space and rights") from error


def _write(story: Story, path: Path, zoom: float, watch: Watch) -> None:
    import av

    painter = Painter(story, zoom=zoom)
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        picture = _video_stream(container, story.fps, painter.size)
        sound = container.add_stream("aac", rate=RATE, layout="mono")
        sound.bit_rate = 96_000
        blocks = make_track(story)
        played = 0
        for number in range(story.frame_count):
            if watch.cancelled is not None and watch.cancelled():
                raise FilmCancelledError(f"{path.stem} was called off at frame {number}")
            _add_frame(container, picture, painter.frame(number), number)
            heard = (number + 1) * RATE // story.fps
            played = _add_sound(container, sound, blocks[:heard], played)
            if watch.progress is not None:
                watch.progress(number + 1, story.frame_count)
        _add_sound(container, sound, blocks, played, last=True)
        container.mux(picture.encode())
        container.mux(sound.encode())


def _video_stream(container: OutputContainer, fps: int, size: tuple[int, int]) -> VideoStream:
    """One thread, so that every machine makes the same file; MPEG-4 where there is no x264."""
    import av

    name: Literal["libx264", "mpeg4"] = "mpeg4"
    options = MPEG4
    if "libx264" in av.codecs_available:
        name, options = "libx264", X264
    stream = container.add_stream(name, rate=fps, options=options)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.time_base = Fraction(1, fps)
    stream.codec_context.gop_size = GROUP_OF_PICTURES
    stream.thread_count = 1
    return stream


def _add_frame(
    container: OutputContainer, stream: VideoStream, image: NDArray[np.uint8], number: int
) -> None:
    import av
    import cv2

    planes = cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420)
    frame = av.VideoFrame.from_ndarray(np.asarray(planes, np.uint8), format="yuv420p")
    frame.pts = number
    frame.time_base = 1 / Fraction(stream.codec_context.framerate)
    container.mux(stream.encode(frame))


def _add_sound(
    container: OutputContainer,
    stream: AudioStream,
    samples: NDArray[np.int16],
    played: int,
    *,
    last: bool = False,
) -> int:
    """Encode the whole blocks that are not yet played, at the end the rest; says how far it is."""
    import av

    while len(samples) - played >= (1 if last else SOUND_BLOCK):
        block = samples[played : played + SOUND_BLOCK]
        frame = av.AudioFrame.from_ndarray(block[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = RATE
        frame.pts = played
        frame.time_base = Fraction(1, RATE)
        container.mux(stream.encode(frame))
        played += len(block)
    return played
