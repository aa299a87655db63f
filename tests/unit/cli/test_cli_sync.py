from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.cli.sync import sync_lines
from ssp_coder.domain.time import Micros
from ssp_coder.media.syncing import Certainty, SoundOffset
from tests.fixtures.talkies import Talkie, write_talkie
from tests.fixtures.videos import ClipFactory
from tests.unit.cli.cli_desk import Call
from tests.unit.media.test_media_syncing import RATE, microphone, room

FRONT, SIDE = Path("front.mp4"), Path("side.mp4")
SOUND_OFFSET = SoundOffset(
    offset_us=Micros(1_250_000),
    middle_us=Micros(600_000_000),
    drift_ppm=0.0,
    certainty=Certainty.SURE,
    common_us=Micros(1_200_000_000),
    windows=(),
)


@pytest.fixture(scope="module")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two cameras; the second was started 4 s earlier."""
    folder = tmp_path_factory.mktemp("cameras")
    sound = room(40)
    how = Talkie(rate=RATE, frames=300, fps=10)
    front = write_talkie(folder / "front.mkv", microphone(sound[4 * RATE : 34 * RATE], 2), how)
    side = write_talkie(folder / "side.mkv", microphone(sound[: 30 * RATE], 3), how)
    return front, side


def test_the_offset_is_told_in_words(ssp: Call, cameras: tuple[Path, Path]) -> None:
    outcome = ssp("sync", *cameras)
    assert outcome.code == 0, outcome.err
    first, second, third = outcome.out.splitlines()
    assert first.startswith("Sure: time 0 of front.mkv is time ")
    assert abs(float(first.split(" is time ")[1].split()[0]) - 4.0) < 0.002
    assert "places agree, over 00:00:2" in second
    assert third == "Whether the clocks drift apart cannot be told from this."


def test_the_other_way_round_the_sign_changes(ssp: Call, cameras: tuple[Path, Path]) -> None:
    found = json.loads(ssp("sync", *reversed(cameras), "--json").out)
    assert abs(found["offset_us"] + 4_000_000) < 2_000
    assert (found["certainty"], found["agreeing"]) == ("sure", len(found["windows"]))


def test_cameras_of_different_rooms_are_a_finding(
    ssp: Call, cameras: tuple[Path, Path], tmp_path: Path
) -> None:
    how = Talkie(rate=RATE, frames=300, fps=10)
    other = write_talkie(tmp_path / "other.mkv", microphone(room(30, seed=8), 4), how)
    outcome = ssp("sync", cameras[0], other)
    assert outcome.code == 1
    assert "No sound was found that both front.mkv and other.mkv have." in outcome.out
    assert "set it by hand" in outcome.out


def test_a_silent_camera_is_refused(
    ssp: Call, cameras: tuple[Path, Path], clip_factory: ClipFactory
) -> None:
    outcome = ssp("sync", cameras[0], clip_factory("h264").path)
    assert outcome.code == 2
    assert "h264.mp4 has no sound" in outcome.complaint


def test_drift_is_told_with_its_size_and_what_to_do() -> None:
    drifting = replace(SOUND_OFFSET, drift_ppm=-60.0)
    *_, drift, advice = sync_lines(drifting, FRONT, SIDE)
    assert "at the end, moments are 72 ms earlier in side.mp4 than at the start" in drift
    assert "(-60 parts per million)" in drift
    assert "take times from one of the two cameras" in advice


def test_time_zero_is_told_and_not_the_middle() -> None:
    drifting = replace(SOUND_OFFSET, drift_ppm=100.0)
    first, *_ = sync_lines(drifting, FRONT, SIDE)
    assert "time 0 of front.mp4 is time 1.190000 s of side.mp4" in first


def test_clocks_in_step_are_told() -> None:
    *_, drift = sync_lines(SOUND_OFFSET, FRONT, SIDE)
    assert drift == "No drift to speak of: 0 ms over that length."


def test_doubt_is_told_first() -> None:
    first, *_ = sync_lines(replace(SOUND_OFFSET, certainty=Certainty.UNSURE), FRONT, SIDE)
    assert first.startswith("Not sure, check it by eye: ")
