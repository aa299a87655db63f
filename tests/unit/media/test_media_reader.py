from __future__ import annotations

import random
from typing import TYPE_CHECKING

import av.error
import numpy as np
import pytest

from ssp_coder.media.errors import Abandoned, FrameMissing, MediaError
from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from tests.fixtures.videos import INTACT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fixtures.videos import Clip, ClipFactory

SMALL_CACHE = 10 * 320 * 180 * 3 // 2
"""Ten frames: too few to hide a wrong seek behind the cache."""


def reader_of(clip: Clip, *, cache_bytes: int = SMALL_CACHE) -> FrameReader:
    return FrameReader(clip.path, build_index(clip.path), cache_bytes=cache_bytes)


@pytest.fixture
def h264(clip_factory: ClipFactory) -> Iterator[FrameReader]:
    with reader_of(clip_factory("h264")) as reader:
        yield reader


# ------------------------------------------------------------------------------ exactness


@pytest.mark.parametrize("name", INTACT)
def test_random_seeks_give_the_very_frame(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    chance = random.Random(name)
    wanted = [0, clip.count - 1, *(chance.randrange(clip.count) for _ in range(40))]
    with reader_of(clip) as reader:
        shown = [clip.code_in(reader.frame(ordinal).to_rgb()) for ordinal in wanted]
    assert shown == wanted


@pytest.mark.parametrize("name", INTACT)
def test_stepping_forward_gives_every_frame_in_turn(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    with reader_of(clip) as reader:
        shown = [clip.code_in(reader.frame(at).to_rgb()) for at in range(clip.count)]
    assert shown == list(range(clip.count))


@pytest.mark.parametrize("name", INTACT)
def test_stepping_back_gives_every_frame_in_turn(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    backward = list(reversed(range(clip.count)))
    with reader_of(clip) as reader:
        shown = [clip.code_in(reader.frame(at).to_rgb()) for at in backward]
    assert shown == backward


@pytest.mark.parametrize("name", ["interlaced", "camcorder", "h264", "packed"])
def test_pixels_of_a_frame_do_not_depend_on_the_way_to_it(
    clip_factory: ClipFactory, name: str
) -> None:
    clip = clip_factory(name)
    with reader_of(clip) as walking:
        in_turn = [walking.frame(at).to_rgb() for at in range(40)]
    chance = random.Random(7)
    with reader_of(clip, cache_bytes=1) as jumping:
        for at in chance.sample(range(40), 20):
            assert np.array_equal(jumping.frame(at).to_rgb(), in_turn[at]), f"frame {at}"


def test_frame_carries_its_own_time(clip_factory: ClipFactory) -> None:
    clip = clip_factory("vfr")
    with reader_of(clip) as reader:
        assert [reader.frame(at).pts_us for at in (0, 1, 39, 40, 149)] == [
            clip.times_us[at] for at in (0, 1, 39, 40, 149)
        ]


def test_frame_at_a_time_is_the_frame_on_screen_then(clip_factory: ClipFactory) -> None:
    clip = clip_factory("vfr")
    within_the_hole = (clip.times_us[39] + clip.times_us[40]) // 2
    with reader_of(clip) as reader:
        assert reader.frame_at(within_the_hole).ordinal == 39
        assert reader.frame_at(clip.times_us[40]).ordinal == 40


@pytest.mark.parametrize("ordinal", [-1, 150])
def test_frame_outside_the_recording_is_refused(h264: FrameReader, ordinal: int) -> None:
    with pytest.raises(IndexError):
        h264.frame(ordinal)


# ------------------------------------------------------------------------------ interlacing


def combing(gray: np.ndarray) -> float:
    """Share of the picture in which a line stands out from both its neighbours."""
    lines = gray.astype(np.int32)
    above, below = lines[1:-1] - lines[:-2], lines[1:-1] - lines[2:]
    return float(((above * below > 0) & (np.minimum(abs(above), abs(below)) > 20)).mean())


@pytest.mark.parametrize("name", ["interlaced", "camcorder"])
def test_interlaced_frames_come_out_without_combs(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    with reader_of(clip) as reader:
        whole = reader.frame(30).to_rgb()[90:, :, 1]
        woven = reader._raw(30).to_ndarray(format="gray")[90:]
    assert combing(woven) > 0.005
    assert combing(whole) < combing(woven) / 3


# ------------------------------------------------------------------------------ size and turning


def test_picture_fits_the_size_asked_for_and_keeps_its_shape(h264: FrameReader) -> None:
    frame = h264.frame(5)
    assert (frame.width, frame.height) == (320, 180)
    assert frame.to_rgb().shape == (180, 320, 3)
    assert frame.to_rgb(160, 160).shape == (90, 160, 3)
    assert frame.to_rgb(max_height=45).shape == (45, 80, 3)


def test_picture_is_never_enlarged(h264: FrameReader) -> None:
    assert h264.frame(5).to_rgb(4_000, 4_000).shape == (180, 320, 3)


def test_picture_without_a_pixel_is_refused(h264: FrameReader) -> None:
    with pytest.raises(ValueError, match="0 pixels"):
        h264.frame(5).to_rgb(0, 10)


def test_pixels_are_contiguous_bytes_at_every_size(h264: FrameReader) -> None:
    for limit in (None, 317, 101, 33):
        pixels = h264.frame(8).to_rgb(limit, limit)
        assert pixels.dtype == np.uint8
        assert pixels.flags.c_contiguous


def test_scaled_picture_still_shows_its_frame(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    with reader_of(clip) as reader:
        assert clip.code_in(reader.frame(77).to_rgb(160, 90)) == 77


def test_rotated_recording_is_upright(clip_factory: ClipFactory) -> None:
    clip = clip_factory("rotated")
    with reader_of(clip) as reader:
        frame = reader.frame(9)
        assert (frame.width, frame.height) == (180, 320)
        assert frame.to_rgb().shape == (320, 180, 3)
        # Turned 90 degrees clockwise, the bar code runs down along the right edge.
        right_edge = frame.to_rgb()[:, 140:160, 1].astype(np.int32)
        assert right_edge.std() > frame.to_rgb()[:, 100:120, 1].astype(np.int32).std()


def test_picture_outlives_its_reader(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    with reader_of(clip) as reader:
        frame = reader.frame(33)
    assert clip.code_in(frame.picture().rgb) == 33
    assert frame.picture().pts_us == clip.times_us[33]


# ------------------------------------------------------------------------------ cache


def test_step_back_within_the_cache_decodes_nothing(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reader_of(clip_factory("longgop"), cache_bytes=64 << 20) as reader:
        reader.frame(200)
        monkeypatch.setattr(reader, "_reach", lambda ordinal: pytest.fail("decoded again"))
        assert [reader.frame(at).ordinal for at in range(199, 136, -1)][-1] == 137


def test_cache_keeps_to_its_bytes(clip_factory: ClipFactory) -> None:
    with reader_of(clip_factory("h264")) as reader:
        for at in range(150):
            reader.frame(at)
        assert 1 < len(reader._kept._frames) <= 10
        assert reader._kept._bytes <= SMALL_CACHE


def test_step_forward_decodes_one_frame(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reader_of(clip_factory("h264")) as reader:
        reader.frame(70)
        monkeypatch.setattr(reader, "_begin", lambda key: pytest.fail("sought"))
        assert reader.frame(71).ordinal == 71


def test_far_jump_uses_the_nearer_key_frame(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    with reader_of(clip_factory("h264")) as reader:
        reader.frame(3)
        begin = reader._begin
        monkeypatch.setattr(reader, "_begin", lambda key: begun.append(key) or begin(key))
        reader.frame(125)
    assert [reader.index.keys[position].ordinal for position in begun] == [120]


# ------------------------------------------------------------------------------ damage


def test_truncated_file_shows_what_it_has_and_names_what_it_lost(
    clip_factory: ClipFactory,
) -> None:
    clip = clip_factory("truncated")
    missing: list[int] = []
    with reader_of(clip) as reader:
        for ordinal in range(reader.index.count):
            try:
                frame = reader.frame(ordinal)
            except FrameMissing as lost:
                missing.append(lost.ordinal)
                continue
            # Frames are told by their time, for a lost packet leaves no number behind.
            assert clip.code_in(frame.to_rgb()) == clip.times_us.index(frame.pts_us)
        last = reader.index.count - 1
    assert missing
    assert all(last - 4 <= ordinal for ordinal in missing)


def test_reader_stays_usable_after_a_missing_frame(clip_factory: ClipFactory) -> None:
    clip = clip_factory("truncated")
    with reader_of(clip) as reader:
        lost = next(at for at in range(reader.index.count) if not shows(reader, at))
        with pytest.raises(FrameMissing, match=f"damage at frame {lost}"):
            reader.frame(lost)
        assert clip.code_in(reader.frame(65).to_rgb()) == 65
        assert clip.code_in(reader.frame(2).to_rgb()) == 2


def test_missing_frame_is_searched_only_once(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reader_of(clip_factory("truncated")) as reader:
        lost = next(at for at in range(reader.index.count) if not shows(reader, at))
        monkeypatch.setattr(reader, "_reach", lambda ordinal: pytest.fail("searched again"))
        with pytest.raises(FrameMissing):
            reader.frame(lost)


def test_hole_in_the_middle_loses_its_frames_and_no_others(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory("mjpeg")
    index = build_index(clip.path)
    content = bytearray(clip.path.read_bytes())
    starts = [at for at in range(len(content)) if content.startswith(b"\xff\xd8\xff", at)]
    for at in starts[50:53]:
        content[at : at + 600] = bytes(600)
    damaged = tmp_path / "hole.avi"
    damaged.write_bytes(content)
    with FrameReader(damaged, index, cache_bytes=SMALL_CACHE) as reader:
        lost = [at for at in range(80) if not shows(reader, at)]
        assert lost == [50, 51, 52]
        assert clip.code_in(reader.frame(53).to_rgb()) == 53
        assert clip.code_in(reader.frame(49).to_rgb()) == 49


def shows(reader: FrameReader, ordinal: int) -> bool:
    try:
        reader.frame(ordinal)
    except FrameMissing:
        return False
    return True


def test_abandoned_search_raises_and_the_reader_goes_on(clip_factory: ClipFactory) -> None:
    clip = clip_factory("longgop")
    decoded = 0

    def after_ten() -> bool:
        nonlocal decoded
        decoded += 1
        return decoded > 10

    with reader_of(clip) as reader:
        with pytest.raises(Abandoned):
            reader.frame(239, abandoned=after_ten)
        assert decoded == 11
        assert clip.code_in(reader.frame(239).to_rgb()) == 239
        assert clip.code_in(reader.frame(1).to_rgb()) == 1


def test_file_that_vanished_is_reported(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory("h264")
    with pytest.raises(MediaError, match="does not exist"):
        FrameReader(tmp_path / "gone.mp4", build_index(clip.path))


# ------------------------------------------------------------------------------ seeking


STRAIGHT = ("h264", "ntsc", "vfr", "ts", "mkv", "mpeg4", "vp9", "mjpeg", "packed", "camcorder")


@pytest.mark.parametrize("name", STRAIGHT)
def test_seek_decodes_from_the_nearest_key_frame_and_no_further_back(
    clip_factory: ClipFactory, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(name)
    index = build_index(clip.path)
    ordinal = index.key_frames[2 if len(index.key_frames) > 2 else 1] + 3
    decoded = count_decoded(monkeypatch)
    with FrameReader(clip.path, index, cache_bytes=1) as reader:
        reader._raw(ordinal)
    leading_frames_of_an_open_group = 4
    assert len(decoded) <= 3 + 1 + 1 + leading_frames_of_an_open_group


def count_decoded(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    decoded: list[object] = []
    next_frame = FrameSource.next_frame

    def counted(source: FrameSource) -> object:
        decoded.append(source)
        return next_frame(source)

    monkeypatch.setattr(FrameSource, "next_frame", counted)
    return decoded


@pytest.mark.parametrize("name", ["h264", "interlaced", "packed", "ts"])
@pytest.mark.parametrize("ticks", [-(10**9), 3_003, 10**9])
def test_file_that_seeks_to_the_wrong_place_still_gives_the_very_frame(
    clip_factory: ClipFactory, name: str, ticks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(name)
    seek = FrameSource.seek
    monkeypatch.setattr(FrameSource, "seek", lambda self, stamp: seek(self, stamp + ticks))
    with reader_of(clip) as reader:
        for ordinal in (70, 5, 99, 41, 42):
            assert clip.code_in(reader.frame(ordinal).to_rgb()) == ordinal


def test_file_that_cannot_seek_is_read_from_its_start(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory("h264")
    with reader_of(clip) as reader:
        monkeypatch.setattr(reader._cursor._source, "_container", Unseekable(reader))
        assert clip.code_in(reader.frame(130).to_rgb()) == 130


class Unseekable:
    """An open file whose seeking fails and which reads on."""

    def __init__(self, reader: FrameReader) -> None:
        self._container = reader._cursor._source._container

    def seek(self, *args: object, **kwargs: object) -> None:
        raise av.error.PermissionError(1, "Operation not permitted")

    def __getattr__(self, name: str) -> object:
        return getattr(self._container, name)
