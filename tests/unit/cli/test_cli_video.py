from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from ssp_coder.cli.media_words import warning_words
from ssp_coder.media.probe import MediaWarning
from tests.fixtures.videos import Clip, ClipFactory
from tests.unit.cli.cli_desk import Call


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Clip:
    return clip_factory("ntsc")


# ---------------------------------------------------------------- frame


@pytest.mark.parametrize("ordinal", [0, 1, 29, 30, 89])
def test_the_picture_shows_the_frame_on_screen_at_that_time(
    ssp: Call, clip: Clip, tmp_path: Path, ordinal: int
) -> None:
    picture = tmp_path / "a.png"
    seconds = f"{clip.times_us[ordinal] / 1_000_000:.6f}"
    outcome = ssp("frame", clip.path, "--at", seconds, "--out", picture)
    assert outcome.code == 0, outcome.err
    assert clip.code_in(cv2.imread(str(picture))) == ordinal
    assert f"frame {ordinal}, on screen from {seconds} s" in outcome.out


def test_a_microsecond_before_a_frame_the_one_before_is_on_screen(
    ssp: Call, clip: Clip, tmp_path: Path
) -> None:
    seconds = f"{(clip.times_us[10] - 1) / 1_000_000:.6f}"
    ssp("frame", clip.path, "--at", seconds, "--out", tmp_path / "a.png")
    assert clip.code_in(cv2.imread(str(tmp_path / "a.png"))) == 9


def test_a_time_may_be_typed_as_a_clock_shows_it(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    outcome = ssp("frame", clip.path, "--at", "0:02.5", "--out", tmp_path / "a.png")
    assert "frame 74," in outcome.out


@pytest.mark.parametrize("at", ["-0.1", "3.003000", "99", "1:00:00"])
def test_a_time_outside_the_video_is_refused_with_the_times_there_are(
    ssp: Call, clip: Clip, tmp_path: Path, at: str
) -> None:
    outcome = ssp("frame", clip.path, f"--at={at}", "--out", tmp_path / "a.png")
    assert outcome.code == 2
    assert f"{clip.path}: " in outcome.complaint
    assert "outside the video; name a time from 0 to before 3.003000 s" in outcome.complaint
    assert not (tmp_path / "a.png").exists()


def test_a_picture_that_is_there_is_kept_unless_told(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_text("mine")
    arguments = ("frame", clip.path, "--at", "1", "--out", picture)
    outcome = ssp(*arguments)
    assert outcome.code == 2
    assert "a.png is there already" in outcome.complaint
    assert picture.read_text() == "mine"
    assert ssp(*arguments, "--overwrite").code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_time_that_is_none_is_refused(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    outcome = ssp("frame", clip.path, "--at", "soon", "--out", tmp_path / "a.png")
    assert outcome.code == 2
    assert "--at" in outcome.complaint
    assert "'soon'" in outcome.complaint


# ---------------------------------------------------------------- probe


def test_the_facts_of_a_video_are_told(ssp: Call, clip: Clip) -> None:
    outcome = ssp("probe", clip.path)
    assert outcome.code == 0
    assert "00:00:03.003, 90 frames" in outcome.out
    assert "29.970 frames/s, even" in outcome.out
    assert "320 x 180, h264" in outcome.out
    assert "there is no sound" in outcome.out


def test_the_facts_are_exact_for_programs(ssp: Call, clip: Clip) -> None:
    facts = json.loads(ssp("probe", clip.path, "--json").out)
    assert facts["fps"] == "30000/1001"
    assert (facts["frame_count"], facts["duration_us"]) == (90, 3_003_000)
    assert [warning["code"] for warning in facts["warnings"]] == ["media.silent"]


def test_an_uneven_rhythm_is_told(ssp: Call, clip_factory: ClipFactory) -> None:
    outcome = ssp("probe", clip_factory("vfr").path)
    assert "uneven" in outcome.out
    assert "times stay exact" in outcome.out


def test_a_turned_picture_is_told(ssp: Call, clip_factory: ClipFactory) -> None:
    assert "turned by 90 degrees" in ssp("probe", clip_factory("rotated").path).out


def test_a_warning_without_words_is_told_by_its_fact() -> None:
    assert warning_words(MediaWarning(code="media.new", fact="3 moons")) == "3 moons"


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "folder"])
def test_what_is_no_video_is_named_with_a_remedy(ssp: Call, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "film.mp4"
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("not a film\n" * 100)
    elif kind == "folder":
        path.mkdir()
    for arguments in (("probe", path), ("frame", path, "--at", "0", "--out", tmp_path / "a.png")):
        outcome = ssp(*arguments)
        assert outcome.code == 2
        assert "film.mp4 " in outcome.complaint
        assert "; " in outcome.complaint
