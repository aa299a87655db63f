from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.sound import (
    SAMPLE_RATE,
    TO_BE_PLAYED,
    AudioSource,
    sample_at,
    silence,
    sound_tracks,
    time_of_sample,
)
from tests.fixtures.sounds import LENGTH_S, SOUNDING, SoundClip, beep_middles

STAMP_ERROR_S = 0.003
"""Containers round to milliseconds and coders of sound smear a beep's edge."""


def opened(clip: SoundClip, place: int = 0) -> AudioSource:
    origin_us = build_index(clip.path).start_offset_us
    return AudioSource(clip.path, origin_us, replace(TO_BE_PLAYED, place=place))


def whole(clip: SoundClip) -> np.ndarray:
    with opened(clip) as source:
        source.seek(0)
        return source.read(LENGTH_S * SAMPLE_RATE)


def loudness(samples: np.ndarray) -> np.ndarray:
    """Mean level of each 10 ms."""
    return np.abs(samples.astype(float)).reshape(-1, 480, 2).mean(axis=(1, 2))


@pytest.mark.parametrize("name", SOUNDING)
def test_every_beep_is_heard_at_its_moment_of_the_picture(sound_factory, name) -> None:
    clip = sound_factory(name)
    heard = beep_middles(whole(clip))
    assert heard == pytest.approx(clip.middles, abs=STAMP_ERROR_S)


@pytest.mark.parametrize("name", SOUNDING)
def test_a_beep_is_at_its_moment_wherever_reading_begins(sound_factory, name) -> None:
    clip = sound_factory(name)
    with opened(clip) as source:
        for middle in random.Random(5).choices(clip.middles, k=12):
            start = middle - 0.31
            source.seek(round(start * 1_000_000))
            heard = beep_middles(source.read(SAMPLE_RATE // 2))
            assert heard == pytest.approx([middle - start], abs=STAMP_ERROR_S)


@pytest.mark.parametrize("name", ["mov_pcm", "sound_short"])
def test_reading_from_anywhere_gives_the_very_samples_of_reading_through(
    sound_factory, name
) -> None:
    clip = sound_factory(name)
    reference = whole(clip)
    chance = random.Random(7)
    with opened(clip) as source:
        for _ in range(15):
            first = chance.randrange(len(reference) - 10_000)
            source.seek(time_of_sample(first))
            read = np.concatenate([source.read(1_000) for _ in range(8)])
            assert (read == reference[first : first + 8_000]).all()


@pytest.mark.parametrize("name", ["mp4", "ts", "dvd", "mp3"])
def test_coded_sound_is_as_loud_after_a_jump(sound_factory, name) -> None:
    clip = sound_factory(name)
    reference = whole(clip)
    with opened(clip) as source:
        first = sample_at(round((clip.middles[2] - 0.05) * 1_000_000))
        source.seek(time_of_sample(first))
        read = loudness(source.read(4_800))
    wanted = loudness(reference[first : first + 4_800])
    assert np.abs(read - wanted).max() < 0.15 * wanted.max()


def test_sound_that_begins_late_is_silent_before(sound_factory) -> None:
    samples = whole(sound_factory("sound_late"))
    assert not samples[: sample_at(1_190_000)].any()


def test_sound_that_ends_early_is_silent_after(sound_factory) -> None:
    samples = whole(sound_factory("sound_short"))
    assert not samples[sample_at(4_010_000) :].any()


def test_a_gap_is_silent_and_moves_nothing(sound_factory) -> None:
    clip = sound_factory("gap")
    samples = whole(clip)
    assert not samples[sample_at(2_050_000) : sample_at(3_950_000)].any()
    assert beep_middles(samples)[-1] == pytest.approx(4.64, abs=STAMP_ERROR_S)


def test_before_the_picture_there_is_what_the_file_holds(sound_factory) -> None:
    with opened(sound_factory("mov_pcm")) as source:
        source.seek(-500_000)
        assert source.position_us == -500_000
        samples = source.read(SAMPLE_RATE * 2)
    assert not samples[: SAMPLE_RATE // 2].any()
    assert beep_middles(samples)[0] == pytest.approx(1.04, abs=STAMP_ERROR_S)


def test_after_the_end_silence_goes_on(sound_factory) -> None:
    with opened(sound_factory("mp4")) as source:
        source.seek(20_000_000)
        assert not source.read(5_000).any()
        source.seek(400_000)
        assert beep_middles(source.read(SAMPLE_RATE // 2))


def test_what_is_read_moves_the_position(sound_factory) -> None:
    with opened(sound_factory("mov_pcm")) as source:
        source.seek(1_000_000)
        source.read(SAMPLE_RATE)
        assert source.position_us == 2_000_000


def test_each_track_is_heard_by_its_place(sound_factory) -> None:
    clip = sound_factory("two_tracks")
    with opened(clip, 1) as source:
        source.seek(0)
        heard = beep_middles(source.read(LENGTH_S * SAMPLE_RATE))
    assert heard == pytest.approx(clip.middles[1:], abs=STAMP_ERROR_S)


def test_tracks_are_described(sound_factory) -> None:
    first, second = sound_tracks(sound_factory("two_tracks").path)
    assert (first.place, second.place) == (0, 1)
    assert (first.sample_rate, first.channels, first.codec) == (48_000, 2, "pcm_s16le")
    (only,) = sound_tracks(sound_factory("avi").path)
    assert (only.sample_rate, only.channels, only.language) == (22_050, 1, "")


def test_a_silent_video_has_no_track_and_cannot_be_heard(sound_factory) -> None:
    clip = sound_factory("silent")
    assert sound_tracks(clip.path) == ()
    with pytest.raises(MediaError, match="has no sound; choose") as caught:
        AudioSource(clip.path, 0)
    assert caught.value.code == "media.no_sound"


def test_a_track_that_is_not_there_is_refused(sound_factory) -> None:
    with pytest.raises(MediaError, match="no sound track 3, only 2"):
        opened(sound_factory("two_tracks"), 2)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        AudioSource(tmp_path / "gone.mp4", 0)


def test_reading_stops_when_nobody_wants_it(sound_factory) -> None:
    with opened(sound_factory("mp4")) as source, pytest.raises(Abandoned):
        source.read(SAMPLE_RATE, lambda: True)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["mp4", "ts", "avi"])
def test_damage_is_heard_and_ends_nothing(sound_factory, tmp_path, name, seed) -> None:
    clip = sound_factory(name)
    content = bytearray(clip.path.read_bytes())
    chance = random.Random(seed)
    for _ in range(40):
        content[chance.randrange(len(content) // 3, len(content))] = chance.randrange(256)
    path = tmp_path / clip.path.name
    path.write_bytes(content)
    try:
        source = AudioSource(path, 0)
    except MediaError:
        return
    with source:
        for start in (0, 3_000_000, 1_000_000):
            source.seek(start)
            assert source.read(SAMPLE_RATE).shape == (SAMPLE_RATE, 2)


@given(st.integers(-(10**6), 10**10))
def test_a_sample_number_and_its_time_name_each_other(number: int) -> None:
    assert sample_at(time_of_sample(number)) == number


@given(st.integers(0, 10**11))
def test_the_nearest_sample_is_half_a_sample_away_at_most(time_us: int) -> None:
    assert abs(time_of_sample(sample_at(time_us)) - time_us) <= 500_000 / SAMPLE_RATE + 1


def test_silence_is_silent() -> None:
    assert silence(7).shape == (7, 2)
    assert not silence(7).any()
