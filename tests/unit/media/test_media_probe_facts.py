from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssp_coder.domain.time import Micros
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.media.indexing import build_index
from ssp_coder.media.probe import MediaFacts, SoundFacts, longest_key_gap, probe
from tests.fixtures.talkies import Talkie, noise, write_talkie

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory


def facts_of(warned: MediaFacts) -> dict[str, str]:
    return {warning.code: warning.fact for warning in warned.warnings}


def talk(path: Path, seconds: float = 4.0, **how) -> MediaFacts:
    rate = how.get("rate", 48_000)
    return probe(write_talkie(path, noise(seconds, rate), Talkie(**how)))


# ------------------------------------------------------------------------------ sound


def test_the_sound_track_is_described(tmp_path: Path) -> None:
    facts = talk(tmp_path / "talk.mp4", codec="aac", rate=44_100)
    assert facts.has_sound
    assert facts.sound is not None
    assert (facts.sound.codec, facts.sound.rate, facts.sound.channels) == ("aac", 44_100, 1)
    assert abs(facts.sound.start_us or 0) < 25_000
    assert facts.sound.duration_us == pytest.approx(4_000_000, abs=50_000)
    assert facts_of(facts) == {}


def test_a_film_without_sound_has_none(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory("h264").path)
    assert facts.sound is None
    assert "media.silent" in facts_of(facts)


@pytest.mark.parametrize(("late", "side"), [(480_000, "after"), (0, "before")])
def test_sound_that_starts_apart_is_told(tmp_path: Path, late: int, side: str) -> None:
    facts = talk(tmp_path / "talk.mkv", sound_late_us=late, picture_late_us=480_000 - late)
    assert facts_of(facts)["media.sound_apart"] == f"0.480 s {side} the picture"


def test_sound_that_ends_early_is_told(tmp_path: Path) -> None:
    facts = talk(tmp_path / "talk.mp4", 2.0, codec="aac")
    assert facts_of(facts)["media.sound_ends"].endswith("s before the picture")


def test_sound_whose_length_is_not_announced_has_no_end() -> None:
    sound = SoundFacts(codec="aac", rate=1, channels=1, start_us=Micros(7), duration_us=None)
    assert sound.end_us is None
    assert replace(sound, duration_us=Micros(5)).end_us == 12
    assert replace(sound, start_us=None).end_us is None


# ------------------------------------------------------------------------------ times


@pytest.mark.parametrize(("name", "told"), [("ts", "3600.000 s"), ("mkv", "5.000 s")])
def test_a_clock_that_does_not_start_at_zero_is_told(
    clip_factory: ClipFactory, name: str, told: str
) -> None:
    assert facts_of(probe(clip_factory(name).path))["media.late_start"] == told


def test_few_frames_a_second_are_told(tmp_path: Path) -> None:
    facts = talk(tmp_path / "talk.mkv", fps=10, frames=40)
    assert facts_of(facts)["media.coarse"] == "a frame lasts 100 ms"


def test_an_ordinary_rate_is_not_called_coarse(clip_factory: ClipFactory) -> None:
    assert "media.coarse" not in facts_of(probe(clip_factory("ntsc").path))


def test_an_uneven_rhythm_is_told_in_milliseconds(clip_factory: ClipFactory) -> None:
    told = facts_of(probe(clip_factory("vfr").path))["media.variable_rate"]
    shortest, longest = (float(number) for number in told[12:-3].split(" to "))
    assert told == f"frames last {shortest:.1f} to {longest:.1f} ms"
    assert 20 < shortest < 34
    assert 250 < longest < 400


# ------------------------------------------------------------------------------ picture


def test_a_turned_picture_is_told(clip_factory: ClipFactory) -> None:
    assert facts_of(probe(clip_factory("rotated").path))["media.turned"] == "90 degrees clockwise"


def test_key_frames_far_apart_are_told(tmp_path: Path) -> None:
    facts = talk(tmp_path / "talk.mkv", fps=5, frames=70, gop=600)
    assert facts.key_gap_us == 14_000_000
    assert "up to 14.0 s" in facts_of(facts)["media.few_keys"]


def test_the_way_from_the_last_key_frame_to_the_end_counts(clip_factory: ClipFactory) -> None:
    assert longest_key_gap(build_index(clip_factory("longgop").path)) == 8_000_000
    assert longest_key_gap(build_index(clip_factory("h264").path)) == 2_000_000


def test_without_key_frames_all_of_it_must_be_decoded() -> None:
    index = FrameIndex(stamps=(0, 1, 2), time_base=Fraction(1), last_ticks=1, keys=())
    assert longest_key_gap(index) == 3_000_000
    keyed = replace(index, keys=(KeyFrame(ordinal=1, pts=1, dts=1),))
    assert longest_key_gap(keyed) == 2_000_000


@pytest.mark.parametrize("name", ["h264", "ts", "interlaced"])
def test_a_damaged_start_is_told(clip_factory: ClipFactory, tmp_path: Path, name: str) -> None:
    clip = clip_factory(name)
    whole = bytearray(clip.path.read_bytes())
    hole = len(whole) // 5
    whole[hole : hole + 600] = bytes(600)
    path = tmp_path / f"hole{clip.path.suffix}"
    path.write_bytes(whole)
    assert "media.damaged" in facts_of(probe(path, build_index(clip.path)))
