"""Exact seeks in the window, against mpv on the same files and the same virtual screen.

``python tests/benchmarks/bench_mpv.py [--clips FOLDER] [--real FILE ...] [--seeks 25]``

It needs the packages mpv, xvfb and xauth. Both show the recording in a window of 640 x 360 drawn
by the processor, without sound, and are asked for the same frames by their exact stamps: mpv by
``seek absolute+exact`` with ``--hr-seek=yes``, until it tells ``playback-restart``; ours from the
call until the paint event has ended. Which frame came is read from pixels: mpv's own screenshot,
and what the display server shows of our window. Real recordings have no bar code; there the
nearest of all frames of a plain decoder tells.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av
import av.error
import numpy as np

from ssp_coder.media.index import FrameIndex
from ssp_coder.media.indexing import build_index
from ssp_coder.ui.player import player
from ssp_coder.ui.player.stage import Stage
from tests.benchmarks.bars import Bar, at_least, at_most, conclude, say, share
from tests.benchmarks.mpv import Mpv
from tests.benchmarks.recordings import (
    STAMP_TOLERANCE_US,
    Pixels,
    Recording,
    add_choices,
    chosen,
    number_on_screen,
)
from tests.benchmarks.screening import (
    Paints,
    finish,
    on_a_screen,
    open_cameras,
    picture_place,
    screen_pixels,
    serve_for,
    silent_stage,
    wait,
    watch_paints,
)

WIDTH, HEIGHT = 640, 360
SLOWER_LIMIT = 1.5
COLD_BYTES = 1
"""Ours remembers only the newest frame, so that every seek decodes, as every seek of mpv does."""
SMALL = (96, 54)
ALIKE = 0.05
"""Frames whose small pictures differ less than this from the nearest one count as the same."""


@dataclass
class Seeks:
    """What one player did on one recording."""

    right: int = 0
    lost: int = 0
    took_ms: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        """The usual time of a seek that reached its frame."""
        return statistics.median(self.took_ms) if self.took_ms else 0.0


# ------------------------------------------------------------------------------ which frame it is


class Eye:
    """Tells whether pixels show the frame that was asked for."""

    def __init__(self, recording: Recording, index: FrameIndex) -> None:
        self._recording = recording
        self._index = index
        self._albums: dict[tuple[int, int], np.ndarray] = {}

    def sees(self, pixels: Pixels, ordinal: int) -> bool:
        """Whether this is frame `ordinal`."""
        if self._recording.number_in is None:
            apart = np.abs(self._album(pixels) - small(as_frame(pixels))).mean(axis=(1, 2))
            return bool(apart[ordinal] <= apart.min() + ALIKE)
        number = number_on_screen(self._recording, pixels)
        if number is None or self._recording.time_of is None:
            return number == ordinal
        apart_us = self._recording.time_of(number) - self._index.times_us[ordinal]
        return abs(apart_us) <= STAMP_TOLERANCE_US

    def _album(self, pixels: Pixels) -> np.ndarray:
        size = (pixels.shape[1], pixels.shape[0])
        if size not in self._albums:
            self._albums[size] = np.stack(album(self._recording.path, size))
        return self._albums[size]


def as_frame(pixels: Pixels) -> av.VideoFrame:
    """Pixels as something that can be scaled."""
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")


def small(frame: av.VideoFrame) -> np.ndarray:
    """A small grey picture, by the same scaler for all."""
    shrunk = frame.reformat(*SMALL, "gray", interpolation="AREA")
    return shrunk.to_ndarray().astype(np.float32)


def album(path: Path, size: tuple[int, int]) -> list[np.ndarray]:
    """Every frame, small, as a plain decoder reads it, after it was shown at this size."""
    with av.open(str(path)) as box:
        box.streams.video[0].thread_type = "NONE"
        return [small(frame.reformat(*size, "rgb24")) for frame in box.decode(video=0)]


def targets(count: int, wanted: int) -> list[int]:
    """Frames all over a recording, in an order without order."""
    chance = np.random.default_rng(23)
    return [0, count - 1, *(int(n) for n in chance.integers(0, count, wanted - 2))]


# ------------------------------------------------------------------------------ the two players


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is sought in one recording."""

    recording: Recording
    index: FrameIndex
    eye: Eye
    wanted: list[int]
    folder: Path
    remedy_s: float


def seek_with_mpv(mpv: Mpv, task: Task, ordinal: int, seeks: Seeks) -> None:
    """Let mpv seek to the exact stamp of a frame."""
    took = mpv.seek_ms(float(task.index.stamps[ordinal] * task.index.time_base))
    with av.open(str(mpv.shot(task.folder / "shot.png"))) as box:
        pixels = next(box.decode(video=0)).to_ndarray(format="rgb24")
    if task.eye.sees(pixels, ordinal):
        seeks.right += 1
        seeks.took_ms.append(took)


class Window:
    """Our player in a window, and when it painted what."""

    def __init__(self, paints: Paints) -> None:
        self._paints = paints
        self._troubles: list[str] = []
        self.stage: Stage = silent_stage(WIDTH, HEIGHT)
        self.stage.player.trouble.connect(self._troubles.append)

    def seek(self, task: Task, ordinal: int, seeks: Seeks) -> None:
        """Seek to the same frame; one that is said to be damaged counts as lost."""
        player = self.stage.player
        self._paints.forget()
        self._troubles.clear()
        began = time.perf_counter()
        player.seek(task.index.times_us[ordinal])
        wait(lambda: self._arrived(ordinal) or self._troubles)
        if self._troubles or player.video is None:
            seeks.lost += 1
            return
        took = 1_000 * (self._paints.of(player.view)[-1].at - began)
        serve_for(0.01)
        facts = player.video.facts
        place = picture_place(player.view, facts.width, facts.height)
        if task.eye.sees(screen_pixels(player.view, place), ordinal):
            seeks.right += 1
            seeks.took_ms.append(took)

    def _arrived(self, ordinal: int) -> bool:
        painted = self._paints.of(self.stage.player.view)
        return bool(painted) and painted[-1].ordinal == ordinal


# ------------------------------------------------------------------------------ the table


def seek_in(task: Task, window: Window) -> tuple[Seeks, Seeks]:
    """Seek to every frame wanted, each player in turn; mpv's answers come first."""
    theirs, ours = Seeks(), Seeks()
    open_cameras(window.stage.player, (task.recording.path,))
    with Mpv(task.folder, (WIDTH, HEIGHT), task.remedy_s) as mpv:
        opened = mpv.load(task.recording.path)
        for ordinal in task.wanted:
            if opened:
                seek_with_mpv(mpv, task, ordinal, theirs)
            window.seek(task, ordinal, ours)
    return theirs, ours


def compare(recordings: list[Recording], wanted: argparse.Namespace, folder: Path) -> list[Bar]:
    """Seek in every recording with both, and print a line for each."""
    window = Window(watch_paints())
    seeks, ours_right, mpv_right, asked, ratios = wanted.seeks, 0, 0, 0, []
    say(f"{'recording':30}{'mpv':>8}{'ours':>8}{'lost':>5}{'mpv ms':>9}{'ours ms':>9}{'ratio':>7}")
    for recording in recordings:
        index = build_index(recording.path)
        task = Task(
            recording=recording,
            index=index,
            eye=Eye(recording, index),
            wanted=targets(index.count, seeks),
            folder=folder,
            remedy_s=wanted.demuxer_offset,
        )
        theirs, ours = seek_in(task, window)
        asked += seeks - ours.lost
        ours_right += ours.right
        mpv_right += theirs.right
        line = f"{recording.name:30}{theirs.right:>5}/{seeks}{ours.right:>5}/{seeks}{ours.lost:>5}"
        line += f"{theirs.median_ms:9.1f}{ours.median_ms:9.1f}"
        if min(len(theirs.took_ms), len(ours.took_ms)) >= seeks // 2:
            ratios.append(ours.median_ms / theirs.median_ms)
            line += f"{ratios[-1]:7.2f}"
        say(line)
    finish(window.stage)
    exact, exact_mpv = share(ours_right, asked), share(mpv_right, len(recordings) * seeks)
    note = f"mpv {exact_mpv:.1f} %"
    ratios = ratios or [math.nan]  # mpv reached too few frames to be timed
    return [
        at_least("exact frames on the screen", exact, 100, unit="%", note=note),
        at_least("exact frames more than mpv's", exact - exact_mpv, 0, unit="%"),
        at_most("seek until painted / mpv's, median", statistics.median(ratios), SLOWER_LIMIT),
        at_most("seek until painted / mpv's, worst file", max(ratios), SLOWER_LIMIT),
    ]


def main() -> int:
    """Print the table; 0 when every bar is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeks", type=int, default=25)
    parser.add_argument(
        "--warm", action="store_true", help="let ours remember frames as it does at work"
    )
    parser.add_argument(
        "--demuxer-offset", type=float, default=0.0, help="mpv's own remedy for inexact files"
    )
    add_choices(parser)
    wanted = parser.parse_args()
    on_a_screen()
    if not wanted.warm:
        player.SHARED_CACHE_BYTES = 2 * COLD_BYTES
    say(f"{Mpv.version()}, {WIDTH} x {HEIGHT}")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        return conclude(compare(chosen(wanted, folder), wanted, folder))


if __name__ == "__main__":
    sys.exit(main())
