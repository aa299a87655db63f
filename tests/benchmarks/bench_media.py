"""Speed of the media layer on 20 s of 1280 x 720.

Run with ``pytest tests/benchmarks/bench_media.py``.

Every figure stands beside the plain decoder's in the same run, for only ratios survive a change of
computer. Nothing here fails for being slow, but a wrong frame fails.
"""

from __future__ import annotations

import random
import threading
import time
from typing import TYPE_CHECKING

import av
import pytest

from ssp_coder.media.clock import MasterClock
from ssp_coder.media.index_cache import cached_index
from ssp_coder.media.indexing import build_index
from ssp_coder.media.lane import VideoLane
from ssp_coder.media.reader import FrameReader
from tests.fixtures.videos import HD, encode, read_code

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from ssp_coder.media.errors import MediaError
    from ssp_coder.media.frame import Picture
    from ssp_coder.media.index import FrameIndex

SCREEN = (640, 360)


@pytest.fixture(scope="session")
def hd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hd") / "hd.mp4"
    encode(path, HD)
    return path


@pytest.fixture(scope="session")
def hd_index(hd: Path) -> FrameIndex:
    return build_index(hd)


def targets() -> list[int]:
    chance = random.Random(11)
    return [chance.randrange(HD.count) for _ in range(25)]


# ------------------------------------------------------------------------------ plain decoder


def test_plain_decoding(benchmark: BenchmarkFixture, hd: Path) -> None:
    def decode() -> int:
        with av.open(str(hd)) as box:
            box.streams.video[0].thread_type = "AUTO"
            return sum(1 for _ in box.decode(video=0))

    count = benchmark.pedantic(decode, rounds=3)
    benchmark.extra_info["frames"] = count
    assert count == HD.count


def test_plain_seek_and_decode(benchmark: BenchmarkFixture, hd: Path, hd_index: FrameIndex) -> None:
    def seek_all() -> int:
        with av.open(str(hd)) as box:
            stream = box.streams.video[0]
            stream.thread_type = "AUTO"
            for ordinal in targets():
                wanted = hd_index.stamps[ordinal]
                box.seek(wanted, stream=stream)
                next(frame for frame in box.decode(stream) if frame.pts == wanted)
        return len(targets())

    benchmark.pedantic(seek_all, rounds=3)


# ------------------------------------------------------------------------------ media layer


def test_index(benchmark: BenchmarkFixture, hd: Path) -> None:
    assert benchmark.pedantic(build_index, args=(hd,), rounds=5).count == HD.count


def test_index_from_its_cache(benchmark: BenchmarkFixture, hd: Path, tmp_path: Path) -> None:
    cached_index(hd, tmp_path)
    assert benchmark(cached_index, hd, tmp_path).count == HD.count


def test_exact_seeks(benchmark: BenchmarkFixture, hd: Path, hd_index: FrameIndex) -> None:
    def seek_all() -> list[int]:
        with FrameReader(hd, hd_index, cache_bytes=1) as reader:
            return [reader.frame(ordinal).ordinal for ordinal in targets()]

    assert benchmark.pedantic(seek_all, rounds=3) == targets()


def test_steps_forward(benchmark: BenchmarkFixture, hd: Path, hd_index: FrameIndex) -> None:
    def walk() -> int:
        with FrameReader(hd, hd_index) as reader:
            return sum(1 for ordinal in range(HD.count) if reader.frame(ordinal))

    assert benchmark.pedantic(walk, rounds=3) == HD.count


def test_step_back_from_the_cache(
    benchmark: BenchmarkFixture, hd: Path, hd_index: FrameIndex
) -> None:
    with FrameReader(hd, hd_index) as reader:
        reader.frame(400)
        assert benchmark(reader.frame, 380).ordinal == 380


def test_pixels_for_the_screen(benchmark: BenchmarkFixture, hd: Path, hd_index: FrameIndex) -> None:
    with FrameReader(hd, hd_index) as reader:
        frame = reader.frame(123)
        assert read_code(benchmark(frame.to_rgb, *SCREEN)) == 123


@pytest.mark.parametrize("lanes", [1, 2])
@pytest.mark.parametrize("rate", [1, 4])
def test_playing(
    benchmark: BenchmarkFixture, hd: Path, hd_index: FrameIndex, lanes: int, rate: int
) -> None:
    """Five real seconds at `rate`; counts deliveries and how far they were behind the clock."""
    result = benchmark.pedantic(play, args=(hd, hd_index, lanes, rate), rounds=1)
    benchmark.extra_info.update(result)
    assert result["delivered"]


def play(path: Path, index: FrameIndex, lanes: int, rate: int) -> dict[str, float]:
    clock = MasterClock(index.end_us)
    lags: list[int] = []
    troubles: list[MediaError] = []
    shown: list[set[int]] = [set() for _ in range(lanes)]
    arrived = threading.Lock()

    def show_on(number: int, picture: Picture) -> None:
        with arrived:
            lags.append(clock.now_us() - picture.pts_us)
            shown[number].add(picture.ordinal)

    opened = []
    for number in range(lanes):
        lane = VideoLane(path, index, lambda p, n=number: show_on(n, p), troubles.append)
        lane.show_at(*SCREEN)
        opened.append(lane)
    clock.play(rate)
    asked: set[int] = set()
    while clock.now_us() < min(index.end_us - 1, 5_000_000 * rate):
        now = clock.now_us()
        asked.add(index.ordinal_at(now))
        for lane in opened:
            lane.follow(now)
        time.sleep(1 / 60)
    for lane in opened:
        lane.close()
    assert not troubles
    lags.sort()
    return {
        "asked": len(asked) * lanes,
        "delivered": sum(map(len, shown)),
        "median_lag_ms": lags[len(lags) // 2] / 1_000,
        "p99_lag_ms": lags[int(len(lags) * 0.99)] / 1_000,
    }
