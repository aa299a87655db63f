from __future__ import annotations

import threading
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from av.stream import Discard
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media import indexing
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame, stamp_to_us
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.reader import FrameReader
from tests.fixtures.talkies import Talkie, noise, write_talkie
from tests.fixtures.videos import INTACT, audio_only, remux

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream

    from tests.fixtures.videos import ClipFactory


def an_index(stamps: tuple[int, ...], time_base: Fraction, last_ticks: int = 1) -> FrameIndex:
    keys = (KeyFrame(ordinal=0, pts=stamps[0], dts=stamps[0]),)
    return FrameIndex(stamps=stamps, time_base=time_base, last_ticks=last_ticks, keys=keys)


NTSC = an_index(tuple(range(0, 30_030, 1_001)), Fraction(1, 30_000), 1_001)


# ------------------------------------------------------------------------------ rounding


@pytest.mark.parametrize(
    ("ticks", "time_base", "expected"),
    [
        (1_001, Fraction(1, 30_000), 33_367),
        (1, Fraction(1, 90_000), 11),
        (1, Fraction(1, 2_000_000), 1),
        (3, Fraction(1, 2_000_000), 2),
        (-1, Fraction(1, 2_000_000), 0),
        (324_000_000, Fraction(1, 90_000), 3_600_000_000),
    ],
)
def test_ticks_become_microseconds_rounded_half_up(
    ticks: int, time_base: Fraction, expected: int
) -> None:
    assert stamp_to_us(ticks, time_base) == expected


@given(
    ticks=st.integers(-(10**15), 10**15),
    time_base=st.fractions(Fraction(1, 10**6), Fraction(1), max_denominator=10**6),
)
def test_rounding_never_moves_a_stamp_by_more_than_half_a_microsecond(
    ticks: int, time_base: Fraction
) -> None:
    exact = ticks * time_base * 1_000_000
    assert -Fraction(1, 2) < stamp_to_us(ticks, time_base) - exact <= Fraction(1, 2)


# ------------------------------------------------------------------------------ time <-> ordinal


def test_first_frame_is_at_zero_wherever_the_container_starts() -> None:
    index = an_index((324_000_000, 324_003_000), Fraction(1, 90_000), 3_000)
    assert index.times_us == (0, 33_333)
    assert index.start_offset_us == 3_600_000_000


def test_frame_holds_its_half_open_interval() -> None:
    assert NTSC.ordinal_at(33_366) == 0
    assert NTSC.ordinal_at(33_367) == 1
    assert NTSC.ordinal_at(66_732) == 1
    assert NTSC.ordinal_at(66_733) == 2


def test_times_outside_the_recording_clamp_to_its_ends() -> None:
    assert NTSC.ordinal_at(-5) == 0
    assert NTSC.ordinal_at(NTSC.end_us) == NTSC.count - 1
    assert NTSC.ordinal_at(10**12) == NTSC.count - 1


def test_last_frame_ends_where_the_recording_ends() -> None:
    assert NTSC.end_us == 1_001_000
    assert NTSC.end_of(NTSC.count - 1) == NTSC.end_us
    assert NTSC.end_of(0) == NTSC.time_of(1)


@pytest.mark.parametrize("ordinal", [-1, 30, 10**9])
def test_no_such_frame_is_refused_with_the_range(ordinal: int) -> None:
    with pytest.raises(IndexError, match=r"outside 0\.\.29"):
        NTSC.time_of(ordinal)


@given(
    gaps=st.lists(st.integers(1, 9_000), max_size=60), base=st.sampled_from([600, 30_000, 90_000])
)
def test_every_frame_is_found_again_at_its_own_time(gaps: list[int], base: int) -> None:
    stamps = [0]
    for gap in gaps:
        stamps.append(stamps[-1] + gap)
    index = an_index(tuple(stamps), Fraction(1, base))
    for ordinal in range(index.count):
        assert index.ordinal_at(index.time_of(ordinal)) == ordinal
        assert index.ordinal_at(index.end_of(ordinal) - 1) == ordinal


def test_key_before_names_the_last_key_frame_not_after_the_frame() -> None:
    keys = tuple(KeyFrame(ordinal=at, pts=at, dts=at) for at in (2, 5))
    index = FrameIndex(stamps=tuple(range(8)), time_base=Fraction(1, 25), last_ticks=1, keys=keys)
    assert [index.key_before(at) for at in (0, 1, 2, 4, 5, 7)] == [None, None, 0, 0, 1, 1]
    assert index.key_frames == (2, 5)


@pytest.mark.parametrize(
    ("stamps", "base", "last"),
    [
        ((), Fraction(1, 25), 1),
        ((1, 0), Fraction(1, 25), 1),
        ((0,), Fraction(0), 1),
        ((0,), Fraction(1), 0),
    ],
)
def test_impossible_index_cannot_be_made(
    stamps: tuple[int, ...], base: Fraction, last: int
) -> None:
    with pytest.raises(ValueError, match=r"index|order|time base"):
        FrameIndex(stamps=stamps, time_base=base, last_ticks=last, keys=())


# ------------------------------------------------------------------------------ real files


@pytest.mark.parametrize("name", INTACT)
def test_index_lists_every_frame_at_its_time(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    index = build_index(clip.path)
    assert index.count == clip.count
    tick_us = stamp_to_us(1, index.time_base)
    slack = 0 if tick_us < 1_000 else tick_us // 2
    exact = index.time_base <= Fraction(1, 10_000) or index.time_base == Fraction(1, 25)
    for measured, true in zip(index.times_us, clip.times_us, strict=True):
        assert abs(measured - true) <= (0 if exact else slack)


@pytest.mark.parametrize("name", INTACT)
def test_times_ascend_and_begin_at_zero(clip_factory: ClipFactory, name: str) -> None:
    index = build_index(clip_factory(name).path)
    assert index.times_us[0] == 0
    assert all(earlier < later for earlier, later in pairwise((*index.times_us, index.end_us)))


def test_key_frames_are_those_the_encoder_was_told(clip_factory: ClipFactory) -> None:
    assert build_index(clip_factory("h264").path).key_frames == (0, 60, 120)
    assert build_index(clip_factory("longgop").path).key_frames == (0,)
    assert build_index(clip_factory("mjpeg").path).key_frames == tuple(range(80))


def test_open_groups_of_pictures_are_keyed_in_presentation_order(
    clip_factory: ClipFactory,
) -> None:
    keys = build_index(clip_factory("interlaced").path).key_frames
    assert keys == (0, 12, 24, 36, 48, 60, 72, 84, 96)


def test_start_of_the_container_is_kept_as_an_offset(clip_factory: ClipFactory) -> None:
    assert build_index(clip_factory("h264").path).start_offset_us == 0
    assert build_index(clip_factory("mkv").path).start_offset_us == 5_000_000
    assert build_index(clip_factory("ts").path).start_offset_us == 3_600_000_000


def test_frames_before_the_first_decodable_one_are_dropped(clip_factory: ClipFactory) -> None:
    clip = clip_factory("head_cut")
    index = build_index(clip.path)
    assert index.count == 90
    assert index.start_offset_us == 3_602_000_000
    assert index.key_frames[0] == 0


def test_lying_stamps_switch_to_counting(clip_factory: ClipFactory) -> None:
    index = build_index(clip_factory("packed").path)
    assert index.addressing is Addressing.BY_COUNT
    assert index.key_frames == (0, 20, 40, 60, 80, 99)


def test_honest_stamps_stay_stamps(clip_factory: ClipFactory) -> None:
    assert build_index(clip_factory("mpeg4").path).addressing is Addressing.BY_STAMP


def test_truncated_file_is_listed_up_to_its_cut(clip_factory: ClipFactory) -> None:
    index = build_index(clip_factory("truncated").path)
    assert 60 < index.count < 100
    assert index.declared_count == 150


def test_progress_ascends_to_one(clip_factory: ClipFactory) -> None:
    shares: list[float] = []
    build_index(clip_factory("packed").path, Watch(progress=shares.append))
    assert shares[-1] == 1.0
    assert shares == sorted(shares)


def test_cancelled_indexing_raises_and_returns_nothing(clip_factory: ClipFactory) -> None:
    with pytest.raises(Abandoned):
        build_index(clip_factory("h264").path, Watch(cancelled=lambda: True))


def test_file_without_a_decodable_frame_is_refused(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    whole = clip_factory("mjpeg").path.read_bytes()
    start = whole.index(b"movi") + 4
    path = tmp_path / "blank.avi"
    path.write_bytes(whole[:start] + bytes(len(whole) - start))
    with pytest.raises(MediaError) as caught:
        build_index(path)
    assert caught.value.code == "media.no_frames"


def test_sound_file_has_no_frames_to_list(tmp_path: Path) -> None:
    path = tmp_path / "voice.wav"
    audio_only(path)
    with pytest.raises(MediaError, match="holds no video pictures"):
        build_index(path)


def test_frames_that_an_edit_list_hides_have_no_number(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    """Phones cut a recording by hiding its first second; every other player hides it too."""
    clip, path = clip_factory("h264"), tmp_path / "cut.mp4"
    remux(clip.path, path, start_s=-1, container="mp4")
    index = build_index(path)
    assert index.count == clip.count - 30
    assert index.times_us == clip.times_us[: index.count]
    with FrameReader(path, index, cache_bytes=1) as reader:
        shown = [clip.code_in(reader.frame(ordinal).to_rgb()) for ordinal in (0, 100, 31, 5)]
    assert shown == [30, 130, 61, 35]


def test_sound_is_passed_over_while_listing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out: list[list[bool]] = []
    original = indexing.skip_all_but

    def skip_all_but(container: InputContainer, stream: VideoStream) -> None:
        original(container, stream)
        left_out.append([other.discard is Discard.all for other in container.streams])

    monkeypatch.setattr(indexing, "skip_all_but", skip_all_but)
    path = write_talkie(tmp_path / "talk.mp4", noise(2.0), Talkie(codec="aac", fps=25, frames=50))
    assert build_index(path).count == 50
    assert left_out == [[False, True]]


def test_check_beside_the_listing_ends_with_it(tmp_path: Path, clip_factory: ClipFactory) -> None:
    before = threading.active_count()
    with pytest.raises(Abandoned):
        build_index(clip_factory("h264").path, Watch(cancelled=lambda: True))
    with pytest.raises(MediaError):
        build_index(tmp_path / "nowhere.mp4")
    assert threading.active_count() == before
