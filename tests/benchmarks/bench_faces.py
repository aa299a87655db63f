"""Speed of covering faces: looking for them, covering, and a covered clip against a plain one.

Run with ``pytest tests/benchmarks/bench_faces.py -s -q``. Every figure stands beside the decoding
or encoding of the same 1280 x 720 frames in the same run, the two taken in turns.

CenterFace is the model of the installed package. The network of the tests has the inputs and
outputs of YuNet and next to nothing between: its figure is the cost of everything around a network.
Name the file of YuNet in the environment variable ``FACE_MODEL`` to measure that one too. Nothing
here fails for being slow.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.covering import Covering, cover
from ssp_coder.media.faces import EVERY, FaceFinder, search_faces
from ssp_coder.media.faces_centerface import packaged_finder
from ssp_coder.media.faces_model import YuNet, read_model
from ssp_coder.media.indexing import build_index
from ssp_coder.media.motion import Region
from ssp_coder.media.overlay import Overlay
from ssp_coder.media.reader import FrameReader
from tests.fixtures.face_films import red_model
from tests.fixtures.videos import HD, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

FRAMES = 50
ROUNDS = 3
FACES = tuple(Region(left=0.1 + 0.3 * at, top=0.3, width=0.12, height=0.2) for at in range(3))


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> ClipPlan:
    """The first frames of 1280 x 720."""
    folder = tmp_path_factory.mktemp("faces")
    encode(folder / "hd.mp4", HD)
    index = build_index(folder / "hd.mp4")
    span = Span(start_us=index.times_us[0], end_us=index.times_us[FRAMES])
    return ClipPlan(video=folder / "hd.mp4", index=index, span=span, place=folder / "clip.mp4")


def finders() -> dict[str, FaceFinder]:
    """What can be measured here, by name."""
    named = os.environ.get("FACE_MODEL")
    found = (
        YuNet(red_model(), "network of the tests"),
        packaged_finder(),
        None if named is None else YuNet(read_model(Path(named))),
    )
    return {finder.name: finder for finder in found if finder is not None}


@pytest.fixture(scope="session", params=finders().values(), ids=finders().keys())
def finder(request: pytest.FixtureRequest) -> FaceFinder:
    made: FaceFinder = request.param
    return made


def pictures(plan: ClipPlan) -> list[np.ndarray]:
    with FrameReader(plan.video, plan.index) as reader:
        return [reader.frame(ordinal).to_rgb() for ordinal in plan.frames()]


def a_frame(name: str, ours: Callable[[], object], plain: Callable[[], object]) -> float:
    """Median milliseconds a frame of both, and their ratio; printed."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, spent in zip((ours, plain), times, strict=True):
            began = time.perf_counter()
            work()
            spent.append(time.perf_counter() - began)
    mine, other = (sorted(spent)[ROUNDS // 2] * 1_000 / FRAMES for spent in times)
    sys.stdout.write(f"\n{name}: {mine:.2f} ms / {other:.2f} ms = {mine / other:.2f}\n")
    return mine / other


def test_one_look_against_decoding_one_frame(plan: ClipPlan, finder: FaceFinder) -> None:
    made = pictures(plan)
    assert a_frame(
        f"one look by {finder.name} / decode to RGB",
        lambda: [finder.find(rgb) for rgb in made],
        lambda: pictures(plan),
    )


def test_looking_for_faces_against_decoding(plan: ClipPlan, finder: FaceFinder) -> None:
    assert a_frame(
        f"search with {finder.name}, every {EVERY} frames / decode to RGB, a frame of the clip",
        lambda: search_faces(plan, finder),
        lambda: pictures(plan),
    )


def test_covering_against_decoding(plan: ClipPlan) -> None:
    made = pictures(plan)
    assert a_frame(
        f"cover {len(FACES)} faces / decode to RGB",
        lambda: [cover(rgb, FACES) for rgb in made],
        lambda: pictures(plan),
    )


def test_a_covered_clip_against_a_plain_one(plan: ClipPlan) -> None:
    covering = Covering(first=0, last=FRAMES - 1)
    for face in FACES:
        covering, _ = covering.drawn(face, 0, FRAMES - 1)
    plain = replace(plan, overwrite=True)
    assert a_frame(
        "covered clip / clip with its frames untouched",
        lambda: write_clip(replace(plain, covering=covering)),
        lambda: write_clip(plain),
    )
    assert a_frame(
        "covered clip / clip with the time burnt in",
        lambda: write_clip(replace(plain, covering=covering)),
        lambda: write_clip(replace(plain, overlay=Overlay(timecode=True))),
    )
