from __future__ import annotations

import csv
from pathlib import Path

import cv2
import pytest

from tests.fixtures.talkies import Talkie, beep, write_talkie
from tests.fixtures.videos import Clip, ClipFactory
from tests.unit.cli.cli_desk import Call


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Clip:
    return clip_factory("mjpeg")


# ---------------------------------------------------------------- waveform


def test_loudness_is_written_by_the_hundredth_of_a_second(ssp: Call, tmp_path: Path) -> None:
    video = write_talkie(tmp_path / "talk.mkv", beep(2.0, 1.0), Talkie(frames=50))
    outcome = ssp("waveform", video, "--csv", tmp_path / "loud.csv")
    assert outcome.code == 0, outcome.err
    assert "200 rows" in outcome.out
    with (tmp_path / "loud.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["start_s"] for row in rows[:2]] == ["0.000000", "0.010000"]
    loud = [row["start_s"] for row in rows if float(row["rms"]) > 0.1]
    assert (loud[0], loud[-1]) == ("1.000000", "1.090000")
    assert float(rows[105]["highest"]) == pytest.approx(0.5, abs=0.01)
    assert float(rows[105]["lowest"]) == pytest.approx(-0.5, abs=0.01)


def test_a_silent_film_has_no_loudness(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    outcome = ssp("waveform", clip.path, "--csv", tmp_path / "loud.csv")
    assert outcome.code == 2
    assert "has no sound" in outcome.complaint
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- sheet


def test_a_sheet_of_key_frames_is_written(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    outcome = ssp("sheet", clip.path, "--count", "10", "--out", tmp_path / "sheet.png")
    assert outcome.code == 0, outcome.err
    assert "10 key frames" in outcome.out
    height, width, _ = cv2.imread(str(tmp_path / "sheet.png")).shape
    assert (width, height) == (8 * 164 + 4, 2 * 94 + 4)


@pytest.mark.parametrize("command", ["waveform", "sheet"])
def test_what_is_there_is_kept_unless_forced(
    ssp: Call, clip_factory: ClipFactory, tmp_path: Path, command: str
) -> None:
    video = write_talkie(tmp_path / "talk.mkv", beep(1.0, 0.5), Talkie(frames=25))
    place = tmp_path / "there"
    place.write_text("mine")
    option = "--csv" if command == "waveform" else "--out"
    outcome = ssp(command, video, option, place)
    assert outcome.code == 2
    assert "is there already" in outcome.complaint
    assert place.read_text() == "mine"
    assert ssp(command, video, option, place, "--force").code == 0
    assert place.read_bytes() != b"mine"
