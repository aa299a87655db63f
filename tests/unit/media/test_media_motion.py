from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from ssp_coder.media import motion_cache
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.hints import HintKind, hints
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.motion import WHOLE, Motion, Region, bucketed, build_motion, joined
from ssp_coder.media.motion_cache import decode_motion, encode_motion, keep_motion, kept_motion
from tests.fixtures.videos import INTACT

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory

FPS = 25
ROWS = ("energy", "region_energy", "brightness", "spread")


def film(path: Path, pictures: Iterable[np.ndarray]) -> Path:
    """A film without loss of these grey pictures, 25 a second."""
    with av.open(str(path), "w") as box:
        stream = box.add_stream("ffv1", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for number, gray in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(
                np.vstack([gray, np.full((45, 160), 128, np.uint8)]), format="yuv420p"
            )
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return path


def plain(shade: float) -> np.ndarray:
    return np.full((90, 160), shade, np.uint8)


def half(shade_left: float, shade_right: float) -> np.ndarray:
    picture = plain(shade_left)
    picture[:, 80:] = shade_right
    return picture


def measured(path: Path, region: Region | None = None) -> Motion:
    return build_motion(path, build_index(path), region or Region())


def same(one: Motion | None, other: Motion) -> bool:
    return (
        one is not None
        and one.first == other.first
        and all(
            np.array_equal(getattr(one, row), getattr(other, row), equal_nan=True) for row in ROWS
        )
    )


# ------------------------------------------------------------------------------ values


def test_energy_is_the_change_of_brightness(tmp_path: Path) -> None:
    shades = [100, 100, 110, 110, 90]
    found = measured(film(tmp_path / "film.mkv", map(plain, shades)))
    assert np.isnan(found.energy[0])
    factor = (found.brightness[2] - found.brightness[0]) / 10
    assert factor == pytest.approx(1.0, abs=0.2)
    assert found.energy[1:] == pytest.approx(np.array([0, 10, 0, 20]) * factor, abs=1.1)
    assert found.spread[1:] == pytest.approx([0, 1, 0, 1])


def test_a_region_has_its_own_energy(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mkv", [half(100, 100), half(100, 120), half(120, 120)])
    left = measured(path, Region(width=0.5))
    right = measured(path, Region(left=0.5, width=0.5))
    assert left.region_energy[1] == pytest.approx(0, abs=0.5)
    assert left.region_energy[2] > 15
    assert right.region_energy[1] > 15
    assert right.region_energy[2] == pytest.approx(0, abs=0.5)
    assert np.array_equal(left.energy, right.energy, equal_nan=True)
    assert left.energy[1] == pytest.approx(right.region_energy[1] / 2, rel=0.1)


@pytest.mark.parametrize("name", INTACT)
def test_every_frame_of_every_kind_is_measured(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    found = measured(clip.path)
    assert (found.first, found.count) == (0, clip.count)
    assert np.isnan(found.energy).sum() == 1
    assert (found.energy[1:] > 0).all()
    assert not np.isnan(found.brightness).any()


def test_the_region_is_that_of_the_upright_picture(clip_factory: ClipFactory) -> None:
    """The bar code lies at the upper left of the picture as coded, that is at the upper right."""
    clip = clip_factory("rotated")
    right = measured(clip.path, Region(left=0.75, width=0.25, height=0.6))
    left = measured(clip.path, Region(width=0.25, height=0.6))
    assert right.region_energy[1:].mean() > 2 * left.region_energy[1:].mean()


def test_a_frame_that_is_missing_has_no_value(clip_factory: ClipFactory) -> None:
    clip = clip_factory("truncated")
    found = measured(clip.path)
    assert found.count == build_index(clip.path).count
    assert np.isnan(found.brightness).sum() >= 1
    assert not np.isnan(found.brightness[:60]).any()


@pytest.mark.parametrize(
    "sides", [(0, 0, 0, 1), (0, 0, 1, -1), (-0.1, 0, 0.5, 0.5), (0.6, 0, 0.5, 1), (0, 0.1, 1, 1)]
)
def test_a_region_outside_the_picture_is_refused(sides: tuple[float, ...]) -> None:
    left, top, width, height = sides
    with pytest.raises(ValueError, match="shares from 0 to 1"):
        Region(left=left, top=top, width=width, height=height)


def test_a_tiny_region_has_one_cell() -> None:
    rows, columns = Region(left=0.999, top=0.999, width=0.001, height=0.001).cells(90, 160)
    assert (rows.stop - rows.start, columns.stop - columns.start) == (1, 1)
    assert rows.stop <= 90
    assert columns.stop <= 160


# ------------------------------------------------------------------------------ stretches


def test_chunks_make_the_whole(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mkv", (plain(50 + n % 40) for n in range(600)))
    chunks: list[Motion] = []
    whole = build_motion(path, build_index(path), on_chunk=chunks.append)
    assert [(chunk.first, chunk.count) for chunk in chunks] == [(0, 250), (250, 250), (500, 100)]
    assert same(joined(chunks), whole)
    assert joined([]).count == 0


def test_buckets_hold_the_frames_of_their_time(clip_factory: ClipFactory) -> None:
    clip = clip_factory("vfr")
    index = build_index(clip.path)
    found = measured(clip.path)
    buckets = bucketed(found, index, 500_000)
    assert sum(bucket.frames for bucket in buckets) == clip.count
    assert [bucket.start_us for bucket in buckets[:3]] == [0, 500_000, 1_000_000]
    second = [n for n, at in enumerate(clip.times_us) if 500_000 <= at < 1_000_000]
    assert buckets[1].frames == len(second)
    assert buckets[1].energy == pytest.approx(float(found.energy[second].mean()))


def test_a_bucket_without_frames_has_no_value(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    buckets = bucketed(measured(clip.path), build_index(clip.path), 10_000)
    empty = [bucket for bucket in buckets if not bucket.frames]
    assert len(buckets) == 500
    assert len(empty) == 350
    assert all(np.isnan(bucket.energy) for bucket in empty)
    with pytest.raises(ValueError, match="1 or more"):
        bucketed(measured(clip.path), build_index(clip.path), 0)


# ------------------------------------------------------------------------------ hints


def test_a_cut_is_a_hint(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    dark = rng.integers(20, 80, (90, 160)).astype(np.uint8)
    bright = rng.integers(150, 220, (90, 160)).astype(np.uint8)
    path = film(tmp_path / "film.mkv", [dark] * 50 + [bright] * 50)
    found = hints(measured(path), build_index(path))
    assert {hint.kind for hint in found} == {HintKind.SCENE, HintKind.LIGHT}
    assert {hint.ordinal for hint in found} == {50}
    assert {hint.at_us for hint in found} == {2_000_000}
    assert all(hint.strength > 0 for hint in found)


def test_a_door_that_lets_light_in_is_a_hint_and_so_is_its_closing(tmp_path: Path) -> None:
    shades = [100] * 50 + [100 + 2 * n for n in range(6)] + [112] * 60 + [100] * 50
    path = film(tmp_path / "film.mkv", map(half_of_noise, shades))
    found = [h for h in hints(measured(path), build_index(path)) if h.kind is HintKind.LIGHT]
    assert len(found) == 2
    assert abs(found[0].ordinal - 52) <= 3
    assert found[0].strength > 0 > found[1].strength
    assert found[1].ordinal == 116


def half_of_noise(shade: int) -> np.ndarray:
    rng = np.random.default_rng(4)
    return (rng.integers(-40, 40, (90, 160)) + shade).astype(np.uint8)


def test_an_even_room_gives_no_hint(clip_factory: ClipFactory) -> None:
    path = clip_factory("h264").path
    assert hints(measured(path), build_index(path)) == ()


def test_hints_of_a_kind_lie_apart(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mkv", (plain(40 + 150 * (n // 5 % 2)) for n in range(100)))
    scenes = [h for h in hints(measured(path), build_index(path)) if h.kind is HintKind.SCENE]
    gaps = np.diff([hint.at_us for hint in scenes])
    assert len(scenes) >= 3
    assert (gaps >= 1_000_000).all()


# ------------------------------------------------------------------------------ watched, kept


def test_it_stops_when_told(clip_factory: ClipFactory) -> None:
    path = clip_factory("h264").path
    with pytest.raises(Abandoned):
        build_motion(path, build_index(path), watch=Watch(cancelled=lambda: True))


def test_progress_grows_to_the_end(clip_factory: ClipFactory) -> None:
    path = clip_factory("h264").path
    shares: list[float] = []
    build_motion(path, build_index(path), watch=Watch(progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_every_region_is_kept_by_itself(clip_factory: ClipFactory, tmp_path: Path) -> None:
    path, half = clip_factory("h264").path, Region(width=0.5)
    assert kept_motion(path, tmp_path) is None
    whole, part = measured(path), measured(path, half)
    keep_motion(path, tmp_path, WHOLE, whole)
    assert kept_motion(path, tmp_path, half) is None
    keep_motion(path, tmp_path, half, part)
    assert same(kept_motion(path, tmp_path), whole)
    assert same(kept_motion(path, tmp_path, half), part)
    assert not same(whole, part)


@pytest.mark.parametrize("content", [b"", b"no motion", b"PK\x03\x04broken"])
def test_a_damaged_file_in_the_folder_is_none_and_can_be_replaced(
    clip_factory: ClipFactory, tmp_path: Path, content: bytes
) -> None:
    path = clip_factory("mjpeg").path
    whole = measured(path)
    keep_motion(path, tmp_path, WHOLE, whole)
    (place,) = tmp_path.iterdir()
    place.write_bytes(content)
    assert kept_motion(path, tmp_path) is None
    keep_motion(path, tmp_path, WHOLE, whole)
    assert same(kept_motion(path, tmp_path), whole)


def test_another_format_is_refused(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = encode_motion(measured(clip_factory("mjpeg").path))
    monkeypatch.setattr(motion_cache, "_FORMAT", 2)
    with pytest.raises(ValueError, match="another format"):
        decode_motion(packed)


def test_what_is_no_recording_is_refused(clip_factory: ClipFactory, tmp_path: Path) -> None:
    index = build_index(clip_factory("mjpeg").path)
    with pytest.raises(MediaError):
        build_motion(tmp_path / "gone.avi", index)


def test_changed_bytes_in_what_was_kept_are_told_or_harmless(clip_factory: ClipFactory) -> None:
    packed = encode_motion(measured(clip_factory("mjpeg").path))
    for place in range(len(packed)):
        changed = bytearray(packed)
        changed[place] ^= 0xFF
        with suppress(ValueError):
            decode_motion(bytes(changed))
