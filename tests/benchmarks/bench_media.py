"""Exact frames and the speed of finding them, against the plain decoder in the same run.

``python tests/benchmarks/bench_media.py [--clips FOLDER] [--real FILE ...] [--seeks 40]``

Every clip of `tests.fixtures.videos` is read, and the recordings that the command line names. Two
ways take turns at each target, so that other load meets both alike; the bars are ratios.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av

from ssp_coder.media.errors import FrameMissing
from ssp_coder.media.index import Addressing, FrameIndex
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from tests.benchmarks.bars import Bar, at_least, at_most, conclude, say, share, timed_ms
from tests.benchmarks.recordings import (
    PlainTruth,
    Recording,
    add_choices,
    chosen,
    hd_clip,
    repeat,
    shows_its_number,
    with_sound,
)
from tests.fixtures.videos import read_code

SEEK_LIMIT, STEP_LIMIT, BACK_LIMIT_MS, INDEX_LIMIT = 1.15, 2.0, 5.0, 1.2
ROUNDS = 7
LONG_S = 120
REPEATS = 10
"""The index is built for a session of 20 minutes: the clip, so many times one after another."""
STEPPED, BLOCK = 1_200, 40
FEW_FRAMES = 6
"""So many frames are remembered while seeking, so that a seek decodes instead of remembering."""


@dataclass
class Tally:
    """Right frames and what they took, of one recording."""

    asked: int = 0
    right: int = 0
    missing: int = 0
    ours_ms: list[float] = field(default_factory=list)
    plain_ms: list[float] = field(default_factory=list)


class PlainSeeker:
    """PyAV alone: seek to the stamp, decode up to it; further back if the file overshoots."""

    def __init__(self, path: Path, index: FrameIndex) -> None:
        self._box = av.open(str(path))
        self._stream = self._box.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._index = index

    def close(self) -> None:
        """Close the file."""
        self._box.close()

    @property
    def frame_bytes(self) -> int:
        """Memory that one decoded frame takes."""
        return self._stream.width * self._stream.height * 3 // 2

    def find(self, ordinal: int) -> int | None:
        """The stamp of the frame found, None when it cannot be found."""
        wanted = self._index.stamps[ordinal]
        keys = [key.pts for key in self._index.keys if key.pts < wanted]
        for start in (wanted, *reversed(keys)):
            try:
                self._box.seek(start, stream=self._stream)
                for frame in self._box.decode(self._stream):
                    if frame.pts is not None and frame.pts >= wanted:
                        break
                else:
                    continue
            except av.error.FFmpegError:
                continue
            if frame.pts == wanted:
                return wanted
        return None


# ------------------------------------------------------------------------------ exact seeks


def targets(count: int, wanted: int) -> list[int]:
    """The first and the last frame and random ones between."""
    chance = Random(11)
    return [0, count - 1, *(chance.randrange(count) for _ in range(wanted - 2))]


def check(recording: Recording, seeks: int) -> Tally:
    """Seek to random frames of one recording, each way in turn."""
    index = build_index(recording.path)
    truth = PlainTruth(recording.path) if recording.number_in is None else None
    tally = Tally()
    plain = PlainSeeker(recording.path, index)
    few = FEW_FRAMES * plain.frame_bytes
    with FrameReader(recording.path, index, cache_bytes=few) as reader:
        for ordinal in targets(index.count, seeks):
            try:
                began = perf_counter()
                frame = reader.frame(ordinal)
                took = 1_000 * (perf_counter() - began)
            except FrameMissing:
                tally.missing += 1
                continue
            tally.asked += 1
            right = shows_its_number(recording, frame) if truth is None else truth.names(frame)
            tally.right += right
            if index.addressing is Addressing.BY_STAMP:
                tally.ours_ms.append(took)
                tally.plain_ms.append(timed_ms(lambda n=ordinal: plain.find(n), perf_counter))
    plain.close()
    return tally


def seek_bars(recordings: list[Recording], seeks: int) -> list[Bar]:
    """One line per recording, and the two bars over all of them."""
    total, ratios = Tally(), []
    say(f"{'recording':30}{'right':>9}{'lost':>6}{'ours ms':>9}{'plain ms':>9}{'ratio':>7}")
    for recording in recordings:
        tally = check(recording, seeks)
        total.asked += tally.asked
        total.right += tally.right
        line = f"{recording.name:30}{tally.right:>5}/{tally.asked:<3}{tally.missing:>6}"
        if tally.ours_ms:
            ours, plain = map(statistics.median, (tally.ours_ms, tally.plain_ms))
            ratios.append(ours / plain)
            line += f"{ours:9.1f}{plain:9.1f}{ours / plain:7.2f}"
        say(line)
    ratios = ratios or [math.nan]  # no recording whose frames a plain seek could name
    right = share(total.right, total.asked)
    note = f"n = {total.asked} on {len(recordings)} recordings"
    return [
        at_least("exact frames over random seeks", right, 100, unit="%", note=note),
        at_most("exact seek / plain seek, median recording", statistics.median(ratios), SEEK_LIMIT),
    ]


# ------------------------------------------------------------------------------ one HD clip


def in_turns(ours: Callable[[], object], plain: Callable[[], object]) -> float:
    """Median time of ours over that of the plain way, the two taken in turns."""
    pairs = [(timed_ms(ours, perf_counter), timed_ms(plain, perf_counter)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(spent) for spent in zip(*pairs, strict=True))
    return mine / other


def demux(path: Path) -> int:
    """Read every packet of a file."""
    with av.open(str(path)) as box:
        return sum(1 for _ in box.demux())


def demux_pictures(path: Path) -> int:
    """Read every packet, and hand out those of the pictures."""
    with av.open(str(path)) as box:
        return sum(1 for _ in box.demux(video=0))


def listing_bars(path: Path, folder: Path) -> list[Bar]:
    """The index of a session of 20 minutes with sound, as a camera writes it."""
    talk = with_sound(path, folder / "talk.mp4")
    session = repeat(talk, folder / "session.mp4", REPEATS)
    ratio = in_turns(lambda: build_index(session), lambda: demux(session))
    pictures = in_turns(lambda: build_index(session), lambda: demux_pictures(session))
    note = f"{session.stat().st_size / 1e6:.0f} MB; / its pictures' packets alone {pictures:.2f}"
    return [at_most("index / demuxing, 20 min of 720p with sound", ratio, INDEX_LIMIT, note=note)]


def hd_seeks(path: Path, index: FrameIndex, seeks: int) -> Bar:
    """Seeks all over two minutes."""
    tally = check(Recording(name="hd", path=path, number_in=read_code), seeks)
    ratio = statistics.median(tally.ours_ms) / statistics.median(tally.plain_ms)
    note = f"{statistics.median(tally.ours_ms):.1f} ms over {index.count} frames"
    return at_most("exact seek / plain seek, 720p", ratio, SEEK_LIMIT, note=note)


def steps(path: Path, index: FrameIndex) -> list[Bar]:
    """Steps forward against plain decoding, a block of each in turn, and steps back."""
    forward, plain, back = [], [], []
    with FrameReader(path, index) as reader, av.open(str(path)) as box:
        stream = box.streams.video[0]
        stream.thread_type = "AUTO"
        frames = box.decode(stream)
        for first in range(0, min(STEPPED, index.count - BLOCK), BLOCK):
            block = range(first, first + BLOCK)
            forward += [timed_ms(lambda n=at: reader.frame(n), perf_counter) for at in block]
            plain += [timed_ms(lambda: next(frames), perf_counter) for _ in block]
            again = reversed(block)
            back += [timed_ms(lambda n=at: reader.frame(n), perf_counter) for at in again]
    ratio = statistics.mean(forward) / statistics.mean(plain)
    note = f"{statistics.mean(forward):.2f} ms a frame"
    return [
        at_most("step forward / plain decoding of a frame, 720p", ratio, STEP_LIMIT, note=note),
        at_most("step back from the cache, slowest of 720p", max(back), BACK_LIMIT_MS, unit="ms"),
    ]


def hd_bars(folder: Path, seeks: int) -> list[Bar]:
    """Seeks, steps and the index on two minutes of 1280 x 720."""
    path = hd_clip(folder, LONG_S)
    index = build_index(path)
    return [hd_seeks(path, index, seeks), *steps(path, index), *listing_bars(path, folder)]


def main() -> int:
    """Print the bars; 0 when all are held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeks", type=int, default=40)
    add_choices(parser)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        bars = seek_bars(chosen(wanted, folder), wanted.seeks)
        return conclude([*bars, *hd_bars(folder, wanted.seeks)])


if __name__ == "__main__":
    sys.exit(main())
