"""Covers on every kind of recording: in exactly the frames they are for, and in the right place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.covering import Covering, Patch, Stand
from ssp_coder.media.faces import FlagKind, search_faces, unsearched
from ssp_coder.media.faces_tracking import Sighting
from ssp_coder.media.indexing import build_index
from ssp_coder.media.motion import Region
from ssp_coder.media.reader import FrameReader
from tests.fixtures.videos import BITS, CELL, HEIGHT, INTACT, LEFT, TOP, WIDTH

if TYPE_CHECKING:
    from tests.fixtures.videos import Clip, ClipFactory

FIRST, LAST = 17, 44
HIDDEN = range(25, 33)
CODE = Region(
    left=(LEFT - 4) / WIDTH,
    top=(TOP - 4) / HEIGHT,
    width=(BITS * CELL + 8) / WIDTH,
    height=(2 * CELL + 8) / HEIGHT,
)
"""Where the bar code stands in a picture that lies upright."""


def place_of_code(clip: Clip) -> Region:
    """Where it stands in the picture as it is shown, which may be turned."""
    if not clip.quarter_turns:
        return CODE
    if clip.quarter_turns == 1:  # shown turned by 90 degrees clockwise
        left = 1 - CODE.top - CODE.height
        return Region(left=left, top=CODE.left, width=CODE.height, height=CODE.width)
    bottom = 1 - CODE.left - CODE.width
    return Region(left=CODE.top, top=bottom, width=CODE.height, height=CODE.width)


def plan_of(clip: Clip, folder: Path, covering: Covering | None = None) -> ClipPlan:
    index = build_index(clip.path)
    return ClipPlan(
        video=clip.path,
        index=index,
        span=Span(start_us=index.times_us[FIRST], end_us=index.times_us[LAST]),
        place=folder / "clip.mp4",
        covering=covering,
    )


def over_the_code(clip: Clip, hidden: range) -> Covering:
    patch = Patch(
        number=1,
        first=hidden[0],
        last=hidden[-1],
        stands=(Stand(ordinal=hidden[0], region=place_of_code(clip)),),
    )
    return Covering(first=FIRST, last=LAST - 1, patches=(patch,))


def codes_in(made: Path, clip: Clip) -> list[int | None]:
    index = build_index(made)
    with FrameReader(made, index) as reader:
        return [clip.code_in(reader.frame(at).to_rgb()) for at in range(index.count)]


@pytest.mark.parametrize("name", INTACT)
def test_what_is_covered_cannot_be_read_in_just_those_frames(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    clip = clip_factory(name)
    made = write_clip(plan_of(clip, tmp_path, over_the_code(clip, HIDDEN)))
    expected = [None if at in HIDDEN else at for at in range(FIRST, LAST)]
    assert codes_in(made.file, clip) == expected
    assert (made.first_ordinal, made.frame_count, made.lost) == (FIRST, LAST - FIRST, 0)


@pytest.mark.parametrize("name", ["ntsc", "vfr", "interlaced", "rotated"])
def test_covering_changes_no_time(clip_factory: ClipFactory, tmp_path: Path, name: str) -> None:
    clip = clip_factory(name)
    plan = plan_of(clip, tmp_path, over_the_code(clip, HIDDEN))
    made = build_index(write_clip(plan).file)
    for ordinal, time_us in enumerate(made.times_us):
        wanted = plan.index.times_us[FIRST + ordinal] - plan.index.times_us[FIRST]
        assert abs(time_us - wanted) <= 1


@pytest.mark.parametrize("last", [FIRST, LAST - 1])
def test_the_first_and_the_last_frame_are_covered_too(
    clip_factory: ClipFactory, tmp_path: Path, last: int
) -> None:
    clip = clip_factory("h264")
    made = write_clip(plan_of(clip, tmp_path, over_the_code(clip, range(last, last + 1))))
    codes = codes_in(made.file, clip)
    assert codes[last - FIRST] is None
    assert codes.count(None) == 1


class CodeFinder:
    """Takes the bar code for a face: sees it wherever its cells are as bright or dark as can be."""

    name = "bar codes"

    def __init__(self, clip: Clip, blind: range = range(0)) -> None:
        self._clip = clip
        self._blind = blind
        self.saw: list[int | None] = []

    def find(self, rgb: np.ndarray) -> tuple[Sighting, ...]:
        code = self._clip.code_in(rgb)
        self.saw.append(code)
        if code is None or code in self._blind:
            return ()
        return (Sighting(region=place_of_code(self._clip), score=0.9),)


@pytest.mark.parametrize("name", INTACT)
def test_the_search_sees_every_second_frame_of_the_clip_and_its_last(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    clip = clip_factory(name)
    finder = CodeFinder(clip)
    found = search_faces(plan_of(clip, tmp_path), finder)
    assert finder.saw == sorted({*range(FIRST, LAST, 2), LAST - 1})
    (patch,) = found.covering.patches
    assert (patch.first, patch.last) == (FIRST, LAST - 1)
    assert found.flags == ()


@pytest.mark.parametrize("name", ["h264", "interlaced", "rotated", "vfr"])
def test_what_was_found_is_covered_in_the_written_clip(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    clip = clip_factory(name)
    found = search_faces(plan_of(clip, tmp_path), CodeFinder(clip))
    made = write_clip(plan_of(clip, tmp_path, found.covering))
    assert set(codes_in(made.file, clip)) == {None}


def test_a_recording_cut_short_is_searched_up_to_its_cut(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory("truncated")
    index = build_index(clip.path)
    plan = ClipPlan(
        video=clip.path,
        index=index,
        span=Span(start_us=index.times_us[index.count - 20], end_us=index.end_us),
        place=tmp_path / "clip.mp4",
    )
    finder = CodeFinder(clip)
    found = search_faces(plan, finder, every=1)
    assert found.covering.frames == plan.frames()
    assert [code for code in finder.saw if code is not None] == finder.saw
    made = write_clip(ClipPlan(**_fields(plan), covering=found.covering))
    assert made.frame_count + made.lost == len(plan.frames())
    assert set(codes_in(made.file, clip)) == {None}


def _fields(plan: ClipPlan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in ("video", "index", "span", "place")}


def test_a_long_blind_stretch_is_flagged_to_the_frame(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory("h264")  # 30 frames a second: a cover rests for 15
    index = build_index(clip.path)
    plan = ClipPlan(
        video=clip.path,
        index=index,
        span=Span(start_us=index.times_us[0], end_us=index.times_us[120]),
        place=tmp_path / "clip.mp4",
    )
    found = search_faces(plan, CodeFinder(clip, blind=range(40, 90)), every=1)
    (flag,) = found.flags
    assert flag.kind is FlagKind.NO_FACE
    assert (flag.first, flag.last) == (40, 89)
    bare = [at for at in found.covering.frames if not found.covering.regions_at(at)]
    assert bare == list(range(39 + 15 + 1, 90 - 15))


def test_a_clip_of_one_frame_is_searched_and_covered(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory("ntsc")
    index = build_index(clip.path)
    plan = ClipPlan(
        video=clip.path,
        index=index,
        span=Span(start_us=index.times_us[9], end_us=index.times_us[10]),
        place=tmp_path / "clip.mp4",
    )
    finder = CodeFinder(clip)
    found = search_faces(plan, finder)
    assert finder.saw == [9]
    assert found.covering.frames == range(9, 10)
    assert unsearched(plan).covering.frames == range(9, 10)
    made = write_clip(ClipPlan(**_fields(plan), covering=found.covering))
    assert codes_in(made.file, clip) == [None]
