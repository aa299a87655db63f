"""Speed of the work behind a video: self-test, outline, thumbnails, motion, clips, syncing.

Run with ``pytest tests/benchmarks/bench_video_work.py --benchmark-disable -s -q`` for the ratios,
or without the options for the single figures.

Every figure is a ratio to the plain decoder, demuxer or encoder on the same 20 s of 1280 x 720 in
the same run, the two taken in turns, for only ratios survive a change of computer. Nothing here
fails for being slow.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_copy import copy_clip
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.indexing import build_index
from ssp_coder.media.motion import build_motion
from ssp_coder.media.selftest import Verdict, run_selftest
from ssp_coder.media.syncing import RATE, compare
from ssp_coder.media.thumbnails import build_thumbnails
from ssp_coder.media.waveform import build_envelope, cached_envelope
from tests.fixtures.talkies import Talkie, noise, write_talkie
from tests.fixtures.videos import HD, encode
from tests.unit.media.test_media_syncing import microphone, room

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.index import FrameIndex

ROUNDS = 3


@pytest.fixture(scope="session")
def hd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hd") / "hd.mp4"
    encode(path, HD)
    return path


@pytest.fixture(scope="session")
def index(hd: Path) -> FrameIndex:
    return build_index(hd)


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes with sound."""
    path = tmp_path_factory.mktemp("talk") / "talk.mp4"
    return write_talkie(path, noise(120.0), Talkie(codec="aac", fps=5, frames=600))


def ratio(name: str, ours: Callable[[], object], plain: Callable[[], object]) -> float:
    """Median time of ours over that of the plain way, in turns; printed."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, spent in zip((ours, plain), times, strict=True):
            began = time.perf_counter()
            work()
            spent.append(time.perf_counter() - began)
    mine, other = (sorted(spent)[ROUNDS // 2] for spent in times)
    line = f"{name}: {mine * 1_000:.0f} ms / {other * 1_000:.0f} ms = {mine / other:.2f}"
    sys.stdout.write(f"\n{line}\n")
    return mine / other


def decode(path: Path, *, threads: str = "AUTO", keys_only: bool = False) -> int:
    with av.open(str(path)) as box:
        stream = box.streams.video[0]
        stream.thread_type = threads
        if keys_only:
            stream.codec_context.skip_frame = "NONKEY"
        return sum(1 for _ in box.decode(stream))


def listen(path: Path) -> int:
    with av.open(str(path)) as box:
        return sum(frame.samples for frame in box.decode(audio=0))


def demux(path: Path) -> int:
    with av.open(str(path)) as box:
        return sum(packet.size for packet in box.demux())


def encode_again(path: Path, target: Path, frames: int) -> None:
    """Decode and encode with the same settings, and nothing between."""
    with av.open(str(path)) as box, av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "18"})
        stream.width, stream.height, stream.pix_fmt = 1_280, 720, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 30)
        for number, frame in enumerate(box.decode(video=0)):
            if number == frames:
                break
            frame.pts, frame.time_base = number, Fraction(1, 30)
            frame.pict_type = 0
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


# ------------------------------------------------------------------------------ trust


def test_self_test_against_decoding_once(hd: Path, index: FrameIndex) -> None:
    assert run_selftest(hd, index=index).verdict is Verdict.TRUSTED
    assert ratio(
        "self-test / decoding the file once in one thread",
        lambda: run_selftest(hd, index=index),
        lambda: decode(hd, threads="NONE"),
    )


# ------------------------------------------------------------------------------ overviews


def test_outline_against_decoding_the_sound(talk: Path) -> None:
    frames = build_index(talk)
    assert ratio(
        "waveform / decoding the sound", lambda: build_envelope(talk, frames), lambda: listen(talk)
    )


def test_outline_from_its_folder_against_building_it(talk: Path, tmp_path: Path) -> None:
    frames = build_index(talk)
    cached_envelope(talk, frames, tmp_path)
    assert ratio(
        "waveform from its folder / building it",
        lambda: cached_envelope(talk, frames, tmp_path),
        lambda: build_envelope(talk, frames),
    )


def test_thumbnails_against_decoding_the_key_frames(hd: Path, index: FrameIndex) -> None:
    assert len(build_thumbnails(hd, index, 100)) == len(index.keys)
    assert ratio(
        "all key frames as thumbnails / decoding the key frames",
        lambda: build_thumbnails(hd, index, 100),
        lambda: decode(hd, keys_only=True),
    )


def test_motion_against_decoding(hd: Path, index: FrameIndex) -> None:
    assert build_motion(hd, index).count == HD.count
    assert ratio("motion / decoding", lambda: build_motion(hd, index), lambda: decode(hd))


# ------------------------------------------------------------------------------ clips


def plan(hd: Path, index: FrameIndex, place: Path) -> ClipPlan:
    """Five seconds that begin right behind a key frame, so both ways decode the same frames."""
    span = Span(start_us=Micros(0), end_us=index.times_us[150])
    return ClipPlan(video=hd, index=index, span=span, place=place, overwrite=True)


def test_exact_clip_against_the_bare_encoder(hd: Path, index: FrameIndex, tmp_path: Path) -> None:
    clip = plan(hd, index, tmp_path / "clip.mp4")
    assert write_clip(clip).frame_count == 150
    assert ratio(
        "exact clip of 5 s / decoding and encoding it bare",
        lambda: write_clip(clip),
        lambda: encode_again(hd, tmp_path / "bare.mp4", 150),
    )


def test_copied_clip_against_demuxing(hd: Path, index: FrameIndex, tmp_path: Path) -> None:
    copy = plan(hd, index, tmp_path / "copy.mp4")
    assert ratio(
        "copied clip of 5 s / demuxing the whole file", lambda: copy_clip(copy), lambda: demux(hd)
    )


# ------------------------------------------------------------------------------ syncing


def test_comparing_sound_against_decoding_it(talk: Path) -> None:
    sound = room(120)
    one, other = microphone(sound[5 * RATE :], 2), microphone(sound, 3)
    assert abs(compare(one, other).offset_us - 5_000_000) < 1_000
    assert ratio(
        "comparing 2 min of sound / decoding 2 min of sound twice",
        lambda: compare(one, other),
        lambda: (listen(talk), listen(talk)),
    )
