"""The recordings that benchmarks read, and an oracle that knows each of their frames.

Three sorts: clips made here, whose frames carry the bar code of `tests.fixtures.videos`; a folder
with ``manifest.json``, whose frames carry the wider bar code of its generator; and real
recordings, whose frames are known by the pixels that a plain decoder gives when it reads the file
once from start to end in one thread.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from ssp_coder.media.frame import VideoFrame
from tests.fixtures.videos import INTACT, ClipFactory, encode, hd

Pixels = NDArray[np.uint8]

WIDE_CELL, WIDE_BITS, WIDE_PLACE = 24, 20, 16
CONTRAST = 60
STAMP_TOLERANCE_US = 1_000
"""Matroska and WebM round their stamps to a millisecond."""
SOUND_RATE = 48_000
VIDEO_SUFFIXES = frozenset({".avi", ".mp4", ".mov", ".mpg", ".mts", ".ts", ".mkv", ".webm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One file and how to tell its frames apart.

    Attributes:
        name: what the table calls it.
        path: the file.
        number_in: the number that upright pixels show, None when only the oracle can tell.
        size: the width and height of pixels that `number_in` can read, None for any.
        time_of: when the frame with a number appears, in microseconds; None when its place in the
            file is all that is known.
    """

    name: str
    path: Path
    number_in: Callable[[Pixels], int | None] | None = None
    size: tuple[int, int] | None = None
    time_of: Callable[[int], float] | None = None


def read_wide_code(pixels: Pixels) -> int | None:
    """The number in the wide bar code of a picture in its original size, None when unreadable."""
    gray = pixels if pixels.ndim == 2 else pixels[:, :, 1]
    height, width = 2 * WIDE_CELL, WIDE_BITS * WIDE_CELL
    area = gray[WIDE_PLACE : WIDE_PLACE + height, WIDE_PLACE : WIDE_PLACE + width]
    if area.shape != (height, width):
        return None
    cells = area.reshape(2, WIDE_CELL, WIDE_BITS, WIDE_CELL)[:, 7:-7, :, 7:-7].astype(np.float32)
    lead = cells.mean(axis=(1, 3))[0] - cells.mean(axis=(1, 3))[1]
    if np.abs(lead).min() < CONTRAST:
        return None
    return sum(1 << bit for bit in range(WIDE_BITS) if lead[bit] > 0)


def read_turned_wide_code(pixels: Pixels) -> int | None:
    """The wide bar code of a picture that lies on its side."""
    return read_wide_code(np.rot90(pixels))


def _made(folder: Path) -> Iterator[Recording]:
    make = ClipFactory(folder)
    for name in (*INTACT, "truncated"):
        clip = make(name)
        yield Recording(
            name=f"made {name}",
            path=clip.path,
            number_in=clip.code_in,
            time_of=clip.times_us.__getitem__,
        )


def _generated(folder: Path) -> Iterator[Recording]:
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, fact in sorted(facts.items()):
        if not fact["opens"]:
            continue
        turned = fact["rotate_clockwise"] != 0
        frame_us = 1_000_000 * fact["fps"][1] / fact["fps"][0]
        size = (fact["width"], fact["height"])
        yield Recording(
            name=f"test {name}",
            path=folder / name,
            number_in=read_turned_wide_code if turned else read_wide_code,
            size=size[::-1] if turned else size,
            time_of=None if fact["variable_rate"] else frame_us.__mul__,
        )


def _real(place: Path) -> Iterator[Recording]:
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    seen: set[tuple[str, int]] = set()
    for path in files:
        key = (path.name, path.stat().st_size)
        if path.suffix.lower() in VIDEO_SUFFIXES and key not in seen:
            seen.add(key)
            yield Recording(name=f"real {path.name}", path=path)


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Let the person at the command line name further recordings."""
    parser.add_argument("--clips", type=Path, help="a folder of test videos with manifest.json")
    parser.add_argument("--real", type=Path, nargs="*", default=[], help="recordings or folders")
    parser.add_argument("--only", nargs="*", help="only recordings whose name holds one of these")


def chosen(wanted: argparse.Namespace, folder: Path) -> list[Recording]:
    """The clips made in `folder`, and what the command line names."""
    found = [*_made(folder)]
    if wanted.clips is not None:
        found += _generated(wanted.clips)
    for place in wanted.real:
        found += _real(place)
    if wanted.only:
        found = [one for one in found if any(word in one.name for word in wanted.only)]
    return found


def hd_clip(folder: Path, seconds: int = 20, name: str = "hd") -> Path:
    """A clip of 1280 x 720 at 30 frames a second, as heavy as a camera's."""
    path = folder / f"{name}.mp4"
    encode(path, hd(seconds))
    return path


def with_sound(source: Path, target: Path) -> Path:
    """The pictures of `source` with a room's noise beside them, packet for packet as they were."""
    chance, done = np.random.default_rng(1), 0
    with av.open(str(source)) as box, av.open(str(target), "w") as out:
        pictures = box.streams.video[0]
        copy = out.add_stream_from_template(pictures)
        sound = out.add_stream("aac", rate=SOUND_RATE, layout="stereo")
        for packet in box.demux(pictures):
            if packet.dts is None:
                continue
            while done < packet.dts * packet.time_base * SOUND_RATE:
                rows = (0.1 * chance.standard_normal((2, 1_024))).astype(np.float32)
                frame = av.AudioFrame.from_ndarray(rows, format="fltp", layout="stereo")
                frame.sample_rate, frame.pts = SOUND_RATE, done
                done += 1_024
                out.mux(sound.encode(frame))
            packet.stream = copy
            out.mux(packet)
        out.mux(sound.encode(None))
    return target


def repeat(source: Path, target: Path, times: int) -> Path:
    """The packets of `source` so many times one after another; only the time goes on."""
    with av.open(str(source)) as box:
        length_s = box.duration / 1_000_000 + 0.2
    with av.open(str(target), "w") as out:
        copies: dict[int, av.stream.Stream] = {}
        for turn in range(times):
            with av.open(str(source)) as box:
                for stream in box.streams if not copies else ():
                    copies[stream.index] = out.add_stream_from_template(stream)
                for packet in box.demux():
                    if packet.dts is None or packet.pts is None:
                        continue
                    later = round(turn * length_s / packet.time_base)
                    packet.pts, packet.dts = packet.pts + later, packet.dts + later
                    packet.stream = copies[packet.stream.index]
                    out.mux(packet)
    return target


def number_on_screen(recording: Recording, pixels: Pixels) -> int | None:
    """The number that a picture of any size shows, None when it cannot be read."""
    if recording.number_in is None:
        raise ValueError(f"{recording.name} carries no bar code")
    if recording.size is not None:
        (across, down), (height, width) = recording.size, pixels.shape[:2]
        rows = (np.arange(down) * height + height // 2) // down
        columns = (np.arange(across) * width + width // 2) // across
        pixels = pixels[np.minimum(rows, height - 1)][:, np.minimum(columns, width - 1)]
    return recording.number_in(pixels)


# ------------------------------------------------------------------------------ the plain decoder


def luma(frame: av.VideoFrame) -> Pixels:
    """The luma plane of a decoded frame without its padding; every plane of a packed format."""
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width]


def digest(frame: av.VideoFrame) -> int:
    """A number that is the same for the same decoded pixels."""
    return hash(luma(frame).tobytes())


class PlainTruth:
    """What one reading from start to end, in one thread, gives for every frame."""

    def __init__(self, path: Path) -> None:
        self.digests: list[int] = []
        with av.open(str(path)) as box:
            stream = box.streams.video[0]
            stream.thread_type = "NONE"
            frames = box.decode(stream)
            while True:
                try:
                    self.digests.append(digest(next(frames)))
                except StopIteration:
                    break
                except av.error.FFmpegError:
                    continue

    def names(self, frame: VideoFrame) -> bool:
        """Whether these are the pixels of the frame with this number."""
        known = frame.ordinal < len(self.digests)
        return known and digest(frame.raw) == self.digests[frame.ordinal]


def shows_its_number(recording: Recording, frame: VideoFrame) -> bool:
    """Whether the bar code in a frame belongs to the time, or else to the place, it is said to."""
    if recording.number_in is None:
        raise ValueError(f"{recording.name} carries no bar code")
    number = recording.number_in(frame.to_rgb())
    if number is None or recording.time_of is None:
        return number == frame.ordinal
    return abs(recording.time_of(number) - frame.pts_us) <= STAMP_TOLERANCE_US
