from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.clip_copy import copy_clip
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.covering import (
    CELLS,
    Covering,
    Patch,
    Stand,
    between,
    clipped,
    cover,
)
from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.motion import Region
from ssp_coder.media.overlay import Overlay
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.soundtrack import sound_rate
from ssp_coder.media.stills import write_planned_still, write_still
from tests.fixtures.face_films import HEIGHT, WIDTH, Disc, film, redness, room_with, walk
from tests.fixtures.talkies import Talkie, beep, write_talkie

LEFT = Region(left=0.0, top=0.0, width=0.2, height=0.2)
RIGHT = Region(left=0.6, top=0.4, width=0.4, height=0.4)


def patch(first: int, last: int, *stands: tuple[int, Region], number: int = 1) -> Patch:
    return Patch(
        number=number,
        first=first,
        last=last,
        stands=tuple(Stand(ordinal=at, region=region) for at, region in stands),
    )


def on_the_face(first: int, last: int) -> Covering:
    """A cover that goes with the face of `walk`, with some margin."""
    stands = []
    for ordinal in range(first, last + 1):
        (disc,) = walk(ordinal)
        stands.append((ordinal, replace(disc, radius=disc.radius + 8).region))
    return Covering(first=first, last=last, patches=(patch(first, last, *stands),))


def plan_of(video: Path, place: Path, first: int = 10, last: int = 30, **more) -> ClipPlan:
    index = build_index(video)
    span = Span(start_us=index.times_us[first], end_us=index.times_us[last])
    return ClipPlan(video=video, index=index, span=span, place=place, **more)


def fine_lines(rgb: np.ndarray, disc: Disc) -> float:
    """How much neighbouring columns differ within a face: what a detail is made of."""
    part = redness(rgb)[disc.y - 10 : disc.y + 10, disc.x - 10 : disc.x + 10]
    return float(np.abs(np.diff(part, axis=1)).max())


# ------------------------------------------------------------------------------ where


def test_a_patch_covers_from_its_first_frame_to_its_last() -> None:
    one = patch(3, 7, (5, LEFT))
    assert [one.region_at(at) for at in (2, 3, 5, 7, 8)] == [None, LEFT, LEFT, LEFT, None]


def test_a_patch_moves_evenly_between_two_stands() -> None:
    one = patch(0, 10, (0, LEFT), (10, RIGHT))
    middle = one.region_at(5)
    assert middle is not None
    assert (middle.left, middle.top) == pytest.approx((0.3, 0.2))
    assert (middle.width, middle.height) == pytest.approx((0.3, 0.3))
    assert one.region_at(10) == RIGHT


def test_a_patch_put_elsewhere_in_a_frame_keeps_its_other_stands() -> None:
    one = patch(0, 10, (0, LEFT)).put(10, RIGHT)
    assert one.region_at(0) == LEFT
    assert one.region_at(10) == RIGHT
    assert one.put(10, LEFT).region_at(5) == LEFT


def test_a_patch_made_shorter_is_still_guided_by_the_stands_outside() -> None:
    whole = patch(0, 10, (0, LEFT), (10, RIGHT))
    part = whole.lasting(4, 6)
    assert part.region_at(5) == whole.region_at(5)
    assert part.region_at(3) is None


@pytest.mark.parametrize(
    ("first", "last", "stands"),
    [(0, 5, ()), (5, 4, ((0, LEFT),)), (-1, 4, ((0, LEFT),)), (0, 5, ((3, LEFT), (3, RIGHT)))],
)
def test_a_patch_that_says_nothing_clear_is_refused(first: int, last: int, stands) -> None:
    with pytest.raises(ValueError, match="patch"):
        patch(first, last, *stands)


def test_a_drawn_patch_stays_within_the_frames_looked_through() -> None:
    covering, number = Covering(first=10, last=20).drawn(LEFT, 5, 99)
    assert (covering.patch(number).first, covering.patch(number).last) == (10, 20)
    more, second = covering.drawn(RIGHT, 12, 13)
    assert second == number + 1
    assert more.regions_at(12) == (LEFT, RIGHT)
    assert more.regions_at(14) == (LEFT,)


def test_a_patch_can_be_changed_and_taken_away() -> None:
    covering, number = Covering(first=0, last=9).drawn(LEFT, 0, 9)
    moved = covering.changed(covering.patch(number).put(0, RIGHT))
    assert moved.regions_at(0) == (RIGHT,)
    assert moved.without(number).patches == ()
    with pytest.raises(KeyError):
        moved.without(77)


def test_patches_of_one_number_are_refused() -> None:
    with pytest.raises(ValueError, match="share a number"):
        Covering(first=0, last=9, patches=(patch(0, 1, (0, LEFT)), patch(2, 3, (2, LEFT))))


def test_a_covering_for_no_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="no frame"):
        Covering(first=3, last=2)


def test_half_way_between_two_rectangles() -> None:
    assert between(LEFT, RIGHT, 0) == LEFT
    assert between(LEFT, LEFT, 0.5) == LEFT


def test_a_rectangle_beyond_the_picture_is_clipped() -> None:
    part = clipped(-0.5, 0.9, 0.5, 1.7)
    assert part is not None
    assert (part.left, part.width) == (0, 0.5)
    assert (part.top, part.height) == pytest.approx((0.9, 0.1))
    assert clipped(1.1, 0, 1.2, 1) is None


# ------------------------------------------------------------------------------ how


def test_covering_leaves_the_means_of_few_cells_only() -> None:
    rng = np.random.default_rng(4)
    rgb = rng.integers(0, 256, (200, 300, 3), np.uint8)
    box = Region(left=0.25, top=0.25, width=0.5, height=0.5)
    cover(rgb, (box,))
    part = rgb[50:150, 75:225].astype(float)
    waves = np.abs(np.fft.rfft(part[:, :, 0].mean(axis=0)))
    assert waves[2 * CELLS :].max() < 0.02 * waves[0]
    assert np.abs(np.diff(part, axis=1)).max() <= 3


def test_two_different_faces_with_the_same_means_look_the_same_when_covered() -> None:
    one = room_with((Disc(x=160, y=90, radius=40),))
    other = one.copy()
    face = (slice(50, 130), slice(120, 200))
    other[face] = other[face][:, ::-1]  # the lines of the face the other way round
    assert np.abs(one.astype(int) - other).max() > 80
    box = Region(left=120 / WIDTH, top=50 / HEIGHT, width=80 / WIDTH, height=80 / HEIGHT)
    cover(one, (box,))
    cover(other, (box,))
    assert np.abs(one[face].astype(int) - other[face]).max() <= 12


def test_nothing_outside_the_cover_changes() -> None:
    rgb = room_with((Disc(x=160, y=90),))
    before = rgb.copy()
    cover(rgb, (Disc(x=160, y=90, radius=20).region,))
    touched = (rgb != before).any(axis=2)
    assert touched[72:108, 142:178].any()
    touched[69:112, 139:182] = False
    assert not touched.any()


@pytest.mark.parametrize(
    "region",
    [
        Region(left=0.999, top=0.999, width=0.001, height=0.001),
        Region(left=0, top=0, width=1, height=1),
        Region(left=0, top=0.5, width=1, height=0.001),
    ],
)
def test_covers_of_any_size_fit(region: Region) -> None:
    rgb = room_with(())
    cover(rgb, (region,))
    assert rgb.shape == (HEIGHT, WIDTH, 3)


# ------------------------------------------------------------------------------ in clips


@pytest.fixture(scope="module")
def walking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("walk") / "walk.mp4", walk)


def test_the_face_is_gone_in_every_frame_of_the_clip(walking: Path, tmp_path: Path) -> None:
    bare = write_clip(plan_of(walking, tmp_path / "bare.mp4"))
    plan = plan_of(walking, tmp_path / "a.mp4", covering=on_the_face(10, 29))
    clip = write_clip(plan)
    assert (clip.first_ordinal, clip.frame_count, clip.exact) == (10, 20, True)
    for made, least, most in ((bare, 60, 255), (clip, 0, 24)):
        index = build_index(made.file)
        with FrameReader(made.file, index) as reader:
            for ordinal in range(index.count):
                lines = fine_lines(reader.frame(ordinal).to_rgb(), walk(10 + ordinal)[0])
                assert least <= lines <= most, (made.file.name, ordinal)


def test_a_clip_beyond_the_frames_looked_through_is_refused(walking: Path, tmp_path: Path) -> None:
    plan = plan_of(walking, tmp_path / "a.mp4", covering=on_the_face(10, 28))
    with pytest.raises(MediaError, match="from frame 10 to 28") as caught:
        write_clip(plan)
    assert caught.value.code == "media.covering_short"
    assert list(tmp_path.iterdir()) == []


def test_a_copy_refuses_to_cover(walking: Path, tmp_path: Path) -> None:
    plan = plan_of(walking, tmp_path / "a.mp4", covering=on_the_face(10, 29))
    with pytest.raises(MediaError, match="cannot have faces covered"):
        copy_clip(plan)
    assert list(tmp_path.iterdir()) == []


def test_words_are_burnt_in_above_the_cover(walking: Path, tmp_path: Path) -> None:
    everything, _ = Covering(first=10, last=29).drawn(
        Region(left=0, top=0, width=1, height=1), 10, 29
    )
    plan = plan_of(walking, tmp_path / "a.mp4", overlay=Overlay(timecode=True), covering=everything)
    clip = write_clip(plan)
    with FrameReader(clip.file, build_index(clip.file)) as reader:
        rgb = reader.frame(0).to_rgb()
    assert rgb.max() > 230
    assert rgb[: HEIGHT // 2].max() < 200


@pytest.mark.parametrize("write", [write_clip, copy_clip])
def test_a_clip_without_sound_is_silent(tmp_path: Path, write) -> None:
    talk = write_talkie(tmp_path / "talk.mkv", beep(4.0, 2.5), Talkie(codec="pcm_s16le", gop=25))
    ending = ".mp4" if write is write_clip else ".mkv"
    loud = write(plan_of(talk, tmp_path / f"loud{ending}"))
    quiet = write(plan_of(talk, tmp_path / f"quiet{ending}", sound=False))
    assert (loud.has_sound, quiet.has_sound) == (True, False)
    assert sound_rate(loud.file) is not None
    assert sound_rate(quiet.file) is None


def test_a_still_of_a_plan_is_covered_too(walking: Path, tmp_path: Path) -> None:
    import cv2

    plan = plan_of(walking, tmp_path / "a.png", covering=on_the_face(10, 29))
    still = write_planned_still(plan)
    assert (still.ordinal, still.width, still.height) == (10, WIDTH, HEIGHT)
    covered = cv2.imread(str(still.file))[:, :, ::-1]
    bare = write_still(walking, still.pts_us, tmp_path / "bare.png")
    plain = cv2.imread(str(bare.file))[:, :, ::-1]
    assert fine_lines(plain, walk(10)[0]) > 60
    assert fine_lines(covered, walk(10)[0]) <= 24


def test_a_still_outside_the_frames_looked_through_is_refused(
    walking: Path, tmp_path: Path
) -> None:
    plan = plan_of(walking, tmp_path / "a.png", covering=on_the_face(12, 29))
    with pytest.raises(MediaError, match="look through the whole clip"):
        write_planned_still(plan)
    assert list(tmp_path.iterdir()) == []
