"""What is played, drawn, compared and exported is placed by one and the same rule."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ssp_coder.media.errors import MediaError
from ssp_coder.media.index import FrameIndex
from ssp_coder.media.indexing import build_index
from ssp_coder.media.sound import SAMPLE_RATE, TO_BE_PLAYED, AudioSource, sample_at
from ssp_coder.media.sound_pieces import Line, SoundPieces, SoundWish
from ssp_coder.media.soundtrack import Hearing, sound_blocks
from tests.fixtures.sounds import SOUNDING, SoundClip
from tests.fixtures.talkies import Talkie, beep, noise, write_talkie

PLAYED = Hearing(rate=SAMPLE_RATE, layout="stereo")


def played(clip: SoundClip, index: FrameIndex, count: int) -> np.ndarray:
    with AudioSource(clip.path, index.start_offset_us) as source:
        return source.read(count).astype(float) / 32_768


def drawn(path: Path, index: FrameIndex, hearing: Hearing = PLAYED) -> np.ndarray:
    blocks = [block.samples.T for block in sound_blocks(path, index, hearing)]
    return np.concatenate(blocks)


@pytest.mark.parametrize("name", SOUNDING)
def test_what_is_drawn_is_what_is_played_sample_by_sample(sound_factory, name) -> None:
    clip = sound_factory(name)
    index = build_index(clip.path)
    picture = drawn(clip.path, index)
    assert np.abs(picture - played(clip, index, len(picture))).max() < 1e-3


@pytest.mark.parametrize("name", ["mov_pcm", "ts", "dvd", "gap"])
def test_a_piece_is_the_same_wherever_reading_began(sound_factory, name) -> None:
    clip = sound_factory(name)
    index = build_index(clip.path)
    whole = drawn(clip.path, index)
    from_us = 2_900_000
    part = drawn(clip.path, index, Hearing(rate=SAMPLE_RATE, layout="stereo", from_us=from_us))
    first = sample_at(from_us)
    common = min(len(part), len(whole) - first)
    assert common > 2 * SAMPLE_RATE
    # Stamps in Matroska are rounded to a millisecond: 48 samples.
    apart = [
        np.abs(part[100 + by : common - 100 + by] - whole[first + 100 : first + common - 100])
        for by in range(-50, 51)
    ]
    assert min(each.max() for each in apart) < 2e-3


def test_times_may_be_asked_for_before_zero_and_after_the_end(sound_factory) -> None:
    with AudioSource(sound_factory("mov_pcm").path, 0) as source:
        for time_us in (-3_600_000_000, -90_000, 7_000_000, 3_600_000_000):
            source.seek(time_us)
            assert not source.read(4_000).any()
        source.seek(500_000)
        assert source.read(4_000).any()


@pytest.mark.parametrize("origin_us", [-7_250_000, 2_000_000, 40_000_000])
def test_another_origin_moves_every_sample_by_it(sound_factory, origin_us) -> None:
    """A camera that was switched on later, earlier, or when the first had long ended."""
    path = sound_factory("mov_pcm").path
    with AudioSource(path, 0) as usual, AudioSource(path, origin_us) as moved:
        usual.seek(3_000_000)
        moved.seek(3_000_000 - origin_us)
        assert moved.position_us == 3_000_000 - origin_us
        first = usual.read(SAMPLE_RATE)
        assert first.any()
        assert (moved.read(SAMPLE_RATE) == first).all()


@pytest.mark.parametrize("name", ["mp4", "ts", "dvd", "avi"])
def test_a_camera_that_runs_for_a_part_of_the_session_is_silent_around_it(
    sound_factory, name
) -> None:
    clip = sound_factory(name)
    origin_us = build_index(clip.path).start_offset_us - 20_000_000
    with AudioSource(clip.path, origin_us) as source:
        for time_us, heard in ((0, False), (19_400_000, False), (20_450_000, True)):
            source.seek(time_us)
            assert source.read(SAMPLE_RATE // 4).any() == heard
        source.seek(27_000_000)
        assert not source.read(SAMPLE_RATE).any()
        source.seek(23_050_000)
        assert source.read(SAMPLE_RATE // 4).any()


def test_each_wish_has_its_shape(sound_factory) -> None:
    path = sound_factory("mov_pcm").path
    for wish, kind, channels in (
        (TO_BE_PLAYED, np.int16, 2),
        (SoundWish(), np.float32, 1),
        (SoundWish(rate=8_000, layout="stereo"), np.float32, 2),
    ):
        with AudioSource(path, 0, wish) as source:
            assert source.rate == (wish.rate or 48_000)
            read = source.read(100)
        assert read.shape == (100, channels)
        assert read.dtype == kind


def test_another_track_can_be_drawn(sound_factory) -> None:
    path = sound_factory("two_tracks").path
    index = build_index(path)
    first, second = (drawn(path, index, Hearing(place=place)) for place in (0, 1))
    beep_us = range(500_000, 580_000)
    at = slice(sample_at(beep_us.start), sample_at(beep_us.stop))
    assert first[at].any()
    assert not second[at].any()


def test_what_can_be_read_without_decoding_more_is_told(sound_factory) -> None:
    with AudioSource(sound_factory("sound_short").path, 0) as source:
        assert source.at_hand(100) == 100
        left = source.at_hand(1 << 30)
        source.read(left - 10)
        assert source.at_hand(1 << 30) == 10
        source.seek(60_000_000)
        assert source.at_hand(100) == 0


def test_stamps_that_waver_move_nothing(tmp_path: Path) -> None:
    """Matroska rounds each to a millisecond, which is 48 samples."""
    sound = noise(3.0)
    path = write_talkie(tmp_path / "talk.mkv", sound, Talkie(frames=75))
    assert np.abs(drawn(path, build_index(path), Hearing())[:, 0] - sound).max() < 1e-3


def test_pieces_come_in_order_and_stay_until_dropped(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "talk.mov", beep(2.0, 1.0), Talkie(frames=50))
    pieces = SoundPieces(path, 0, SoundWish())
    due = 0
    while (piece := pieces.head()) is not None:
        assert pieces.head() is piece
        assert piece[0] == due
        due += len(piece[1])
        pieces.drop()
    pieces.close()
    assert due == 2 * SAMPLE_RATE


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        SoundPieces(tmp_path / "gone.mp4", 0, SoundWish())


def test_a_piece_near_its_neighbour_touches_it() -> None:
    line, sound = Line(slack=10), np.ones((100, 1))
    assert line.placed(1_000, sound)[0] == 1_000
    assert line.placed(1_109, sound)[0] == 1_100
    assert line.placed(1_191, sound)[0] == 1_200
    assert line.placed(1_311, sound)[0] == 1_311


def test_of_two_sounds_for_one_moment_the_first_is_heard() -> None:
    line = Line(slack=0)
    line.placed(0, np.ones((100, 1)))
    at, rest = line.placed(60, np.arange(100)[:, np.newaxis])
    assert (at, len(rest), rest[0, 0]) == (100, 60, 40)
    at, rest = line.placed(20, np.ones((50, 1)))
    assert len(rest) == 0
