from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.sound import sample_at
from ssp_coder.media.soundtrack import Hearing, SoundBlock, sound_blocks, sound_rate
from tests.fixtures.talkies import Talkie, beep, noise, song, write_talkie

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory

RATE = 48_000


def blocks(path: Path, hearing: Hearing | None = None) -> list[SoundBlock]:
    return list(sound_blocks(path, build_index(path), hearing or Hearing()))


def heard(path: Path, hearing: Hearing | None = None) -> np.ndarray:
    found = blocks(path, hearing)
    return np.concatenate([block.samples for block in found], axis=1)


def how(ending: str, codec: str) -> Talkie:
    """AVI cannot say when a picture is shown that is not coded in order."""
    return Talkie(codec=codec, picture_codec="mpeg4" if ending == ".avi" else "libx264")


def onset(samples: np.ndarray) -> int:
    """Number of the first loud sample."""
    return int(np.argmax(np.abs(samples[0]) > 0.1))


# ------------------------------------------------------------------------------ place


@pytest.mark.parametrize("ending", [".mkv", ".avi", ".mov"])
def test_every_sample_is_where_it_was_recorded(tmp_path: Path, ending: str) -> None:
    sound = noise(4.0)
    path = write_talkie(tmp_path / f"talk{ending}", sound, how(ending, "pcm_s16le"))
    found = heard(path)
    assert found.shape == (1, len(sound))
    assert np.abs(found[0] - sound).max() < 1e-3


@pytest.mark.parametrize("ending", [".mp4", ".mts"])
def test_compressed_sound_is_where_it_was_recorded(tmp_path: Path, ending: str) -> None:
    path = write_talkie(tmp_path / f"talk{ending}", beep(4.0, 2.5), Talkie(codec="aac"))
    assert abs(onset(heard(path)) - 2.5 * RATE) < 0.022 * RATE


def test_blocks_follow_each_other_without_hole_or_overlap(tmp_path: Path) -> None:
    found = blocks(write_talkie(tmp_path / "talk.mkv", noise(4.0)))
    assert found[0].first == 0
    for earlier, later in pairwise(found):
        assert later.first == earlier.first + earlier.samples.shape[1]


def test_sound_that_begins_late_is_preceded_by_silence(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "late.mkv", beep(3.0, 1.0), Talkie(sound_late_us=500_000))
    found = heard(path)
    assert abs(onset(found) - 1.5 * RATE) <= 50
    assert not found[0, : RATE // 2].any()


def test_sound_before_the_first_picture_is_left_out(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "early.mkv", beep(3.0, 1.0), Talkie(picture_late_us=400_000))
    assert abs(onset(heard(path)) - 0.6 * RATE) <= 50


def test_an_hour_on_the_container_clock_changes_nothing(tmp_path: Path) -> None:
    hour = 3_600_000_000
    talkie = Talkie(sound_late_us=hour, picture_late_us=hour)
    path = write_talkie(tmp_path / "hour.mkv", beep(3.0, 1.0), talkie)
    assert abs(onset(heard(path)) - RATE) <= 50


# ------------------------------------------------------------------------------ shape


def test_two_channels_become_one_or_stay_two(tmp_path: Path) -> None:
    left = noise(2.0, seed=1)
    path = write_talkie(tmp_path / "two.mkv", np.stack([left, -left]), Talkie(frames=50))
    assert np.abs(heard(path)).max() < 1e-3
    both = heard(path, Hearing(layout="stereo"))
    assert np.abs(both[0] - left).max() < 1e-3
    assert np.abs(both[0] + both[1]).max() < 1e-3


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
def test_another_rate_keeps_times_and_length(tmp_path: Path, rate: int) -> None:
    path = write_talkie(tmp_path / "talk.mkv", beep(4.0, 2.5))
    found = blocks(path, Hearing(rate=rate))
    assert {block.rate for block in found} == {rate}
    samples = np.concatenate([block.samples for block in found], axis=1)
    assert abs(samples.shape[1] - 4 * rate) <= rate // 500
    assert abs(onset(samples) - 2.5 * rate) <= rate // 500


def test_recorded_rate_is_told(tmp_path: Path, clip_factory: ClipFactory) -> None:
    path = write_talkie(tmp_path / "talk.mkv", noise(1.0, 32_000), Talkie(rate=32_000, frames=25))
    assert sound_rate(path) == 32_000
    assert sound_rate(clip_factory("h264").path) is None


# ------------------------------------------------------------------------------ from a place on


@pytest.mark.parametrize("ending", [".mkv", ".avi", ".mov", ".mts"])
@pytest.mark.parametrize("from_us", [40_000, 1_000_000, 2_999_999])
def test_sound_from_a_place_on_is_the_same_sound(tmp_path: Path, ending: str, from_us: int) -> None:
    """Matroska rounds stamps to a millisecond, so there half of one may be lost."""
    codec = "aac" if ending == ".mts" else "pcm_s16le"
    path = write_talkie(tmp_path / f"talk{ending}", song(4.0), how(ending, codec))
    whole, part = heard(path), heard(path, Hearing(from_us=from_us))
    first = sample_at(from_us)
    assert blocks(path, Hearing(from_us=from_us))[0].first == first
    slack = 25
    sought = whole[0, first + slack : first + RATE // 2]
    shifts = {
        shift: np.abs(part[0, slack + shift :][: len(sought)] - sought).max()
        for shift in range(-slack, slack + 1)
    }
    assert min(shifts.values()) < 2e-3


def test_a_place_behind_the_end_is_silent(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "talk.mkv", noise(2.0), Talkie(frames=50))
    assert blocks(path, Hearing(from_us=60_000_000)) == []


# ------------------------------------------------------------------------------ trouble


def test_a_recording_without_sound_is_refused(clip_factory: ClipFactory) -> None:
    with pytest.raises(MediaError) as caught:
        blocks(clip_factory("h264").path)
    assert caught.value.code == "media.no_sound"


@pytest.mark.parametrize("seed", range(6))
def test_damage_costs_samples_and_nothing_else(tmp_path: Path, seed: int) -> None:
    from tests.unit.media.test_media_damage import damaged_copy

    whole = write_talkie(tmp_path / "talk.mts", noise(4.0), Talkie(codec="aac")).read_bytes()
    path = tmp_path / "damaged.mts"
    damaged_copy(whole, path, seed)
    found = blocks(path)
    assert found
    for earlier, later in pairwise(found):
        assert later.first == earlier.first + earlier.samples.shape[1]
