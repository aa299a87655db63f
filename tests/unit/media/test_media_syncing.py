from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssp_coder.media.correlating import best_lag, laid_side_by_side, loudness_steps
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.syncing import RATE, Certainty, SoundOffset, compare, propose_offset
from tests.fixtures.talkies import Talkie, write_talkie

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory

    Samples = np.ndarray


def room(seconds: float, seed: int = 1, rate: int = RATE) -> Samples:
    """What happens in a room: louder and quieter noise, five times a second something else."""
    chance = np.random.default_rng(seed)
    loud = np.repeat(chance.choice([0.01, 0.02, 0.1, 0.3], int(seconds * 5) + 1), rate // 5)
    count = int(seconds * rate)
    return chance.standard_normal(count) * loud[:count] * 0.3


def microphone(sound: Samples, seed: int, noise: float = 0.01) -> Samples:
    """The same sound with another place's echoes, level and hiss."""
    chance = np.random.default_rng(seed)
    echoes = np.zeros(RATE // 40)
    echoes[0] = 1
    echoes[chance.integers(20, len(echoes), 12)] = chance.uniform(-0.5, 0.5, 12)
    heard = np.convolve(sound, echoes)[: len(sound)] * chance.uniform(0.3, 1.2)
    return (heard + chance.standard_normal(len(sound)) * noise).astype(np.float32)


def quicker(sound: Samples, ppm: float) -> Samples:
    """The sound as a clock records it that runs slower by `ppm`."""
    at = np.arange(int(len(sound) / (1 + ppm * 1e-6))) * (1 + ppm * 1e-6)
    return np.interp(at, np.arange(len(sound)), sound)


def pair(seconds: float, offset_s: float, ppm: float = 0.0, noise: float = 0.01) -> SoundOffset:
    """Two recordings; a moment at 0 of the first is at `offset_s` of the second."""
    sound = room(seconds + abs(offset_s))
    lead = round(abs(offset_s) * RATE)
    one, other = (sound[lead:], sound) if offset_s > 0 else (sound, sound[lead:])
    count = round(seconds * RATE)
    return compare(
        microphone(one[:count], 2, noise), microphone(quicker(other[:count], ppm), 3, noise)
    )


# ------------------------------------------------------------------------------ the offset


@pytest.mark.parametrize("offset_s", [0.0, 0.04, 3.2, -3.2, 41.7, -41.7])
def test_the_offset_is_found_to_a_millisecond(offset_s: float) -> None:
    found = pair(120, offset_s)
    assert found.certainty is Certainty.SURE
    assert abs(found.offset_at(0) - offset_s * 1_000_000) < 1_000
    assert found.common_us == pytest.approx((120 - abs(offset_s)) * 1_000_000, abs=20_000)


@pytest.mark.parametrize("seconds", [12, 20, 45])
def test_short_recordings_will_do(seconds: int) -> None:
    found = pair(seconds, 1.5)
    assert found.certainty is Certainty.SURE
    assert abs(found.offset_us - 1_500_000) < 1_000
    assert found.drift_ppm is None


def test_much_hiss_is_borne() -> None:
    found = pair(300, 20.0, noise=0.1)
    assert found.certainty is Certainty.SURE
    assert abs(found.offset_us - 20_000_000) < 1_000


@pytest.mark.parametrize("seed", range(4))
def test_rooms_that_have_nothing_in_common_are_told_apart(seed: int) -> None:
    found = compare(microphone(room(90, seed), 2), microphone(room(90, seed + 50), 3))
    assert found.certainty is Certainty.NONE
    assert found.agreeing == 0


def test_a_stretch_of_another_room_does_not_spoil_the_rest() -> None:
    sound, elsewhere = room(200), room(200, seed=9)
    mixed = np.concatenate([sound[: 130 * RATE], elsewhere[130 * RATE :]])
    found = compare(microphone(sound[5 * RATE :], 2), microphone(mixed, 3))
    assert found.certainty is Certainty.SURE
    assert abs(found.offset_us - 5_000_000) < 1_000
    assert found.agreeing < len(found.windows)


def test_windows_that_disagree_make_it_unsure() -> None:
    """A camera that was stopped again and again: every part has its own offset."""
    sound = room(200)
    cut = [sound[(20 * part + part) * RATE : (20 * part + part + 20) * RATE] for part in range(9)]
    found = compare(microphone(sound, 2), microphone(np.concatenate(cut), 3))
    assert found.certainty is not Certainty.SURE


@pytest.mark.parametrize("silent", [0, 1])
def test_silence_says_nothing(silent: int) -> None:
    sounds = [room(30).astype(np.float32), room(30).astype(np.float32)]
    sounds[silent] = np.zeros(30 * RATE, np.float32)
    found = compare(*sounds)
    assert (found.certainty, found.windows, found.drift_ppm) == (Certainty.NONE, (), None)


@pytest.mark.parametrize("count", [0, 1, 100, 900])
def test_hardly_any_sound_says_nothing(count: int) -> None:
    found = compare(room(30).astype(np.float32)[:count], room(30).astype(np.float32))
    assert found.certainty is not Certainty.SURE


# ------------------------------------------------------------------------------ drift


@pytest.mark.parametrize("ppm", [60.0, -100.0, 20.0])
def test_clocks_that_drift_apart_are_found_out(ppm: float) -> None:
    found = pair(300, 12.0, ppm)
    assert found.certainty is Certainty.SURE
    assert found.drift_ppm == pytest.approx(-ppm, abs=3)
    assert abs(found.offset_at(0) - 12_000_000 * (1 - ppm * 1e-6)) < 3_000
    assert found.drift_us == pytest.approx(-ppm * found.common_us / 1_000_000, abs=2_000)


def test_clocks_in_step_have_no_drift() -> None:
    found = pair(300, 12.0)
    assert found.drift_ppm == pytest.approx(0, abs=1)


def test_the_offset_at_a_time_follows_the_drift() -> None:
    found = pair(300, 12.0, 100.0)
    assert found.offset_at(found.middle_us) == found.offset_us
    growth = found.offset_at(found.middle_us + 100_000_000) - found.offset_us
    assert growth == pytest.approx(-10_000, abs=300)


# ------------------------------------------------------------------------------ the pieces


def test_a_piece_is_found_between_two_samples() -> None:
    fine = room(3, rate=RATE * 4)
    smooth = np.convolve(fine, np.hanning(24), "same")
    wide, piece = smooth[::4].astype(np.float32), smooth[4_002:36_002:4].astype(np.float32)
    found = best_lag(piece, wide)
    assert found is not None
    assert found.samples == pytest.approx(1_000.5, abs=0.3)


def test_a_piece_longer_than_the_whole_or_silent_is_not_found() -> None:
    sound = room(2).astype(np.float32)
    assert best_lag(sound, sound[:-1]) is None
    assert best_lag(np.zeros(100, np.float32), sound) is None
    assert best_lag(sound[:100], np.zeros(1_000, np.float32)) is None


def test_steps_do_not_depend_on_the_level() -> None:
    sound = room(5).astype(np.float32)
    assert loudness_steps(sound, RATE) == pytest.approx(loudness_steps(sound * 4, RATE), abs=0.05)
    assert len(loudness_steps(sound, RATE)) == 499


def test_an_offset_that_leaves_hardly_anything_in_common_is_not_taken() -> None:
    one, other = np.zeros(2_000), np.zeros(2_000)
    one[:100] = other[-100:] = np.random.default_rng(1).standard_normal(100) * 50
    found = laid_side_by_side(one, other)
    assert found is None or abs(found) < 19


# ------------------------------------------------------------------------------ files


def record(path: Path, sound: Samples, **how) -> tuple:
    write_talkie(path, sound.astype(np.float32), Talkie(rate=RATE, frames=350, fps=10, **how))
    return path, build_index(path)


def test_two_files_are_compared_by_their_first_pictures(tmp_path: Path) -> None:
    """The second camera's pictures begin 0.4 s after its sound."""
    sound = room(40)
    first = record(tmp_path / "first.mkv", microphone(sound[6 * RATE : 36 * RATE], 2))
    second = record(
        tmp_path / "second.mkv", microphone(sound[: 35 * RATE], 3), picture_late_us=400_000
    )
    shares: list[float] = []
    found = propose_offset(first, second, Watch(progress=shares.append))
    assert found.certainty is Certainty.SURE
    assert abs(found.offset_us - 5_600_000) < 2_000
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_silent_film_is_refused(clip_factory: ClipFactory, tmp_path: Path) -> None:
    first = record(tmp_path / "first.mkv", room(10))
    path = clip_factory("h264").path
    with pytest.raises(MediaError) as caught:
        propose_offset(first, (path, build_index(path)))
    assert caught.value.code == "media.no_sound"


def test_it_stops_when_told(tmp_path: Path) -> None:
    first = record(tmp_path / "first.mkv", room(10))
    with pytest.raises(Abandoned):
        propose_offset(first, first, Watch(cancelled=lambda: True))
