from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from ssp_coder.media.selftest import SelfTest, Trial, TrialResult, Verdict
from ssp_coder.reporting.selftests import reencode_line, verdict_lines
from tests.fixtures.videos import ClipFactory
from tests.unit.cli.cli_desk import Call

VIDEO = Path("S001.mp4")


def test_a_sound_recording_is_trusted_in_the_first_sentence(
    ssp: Call, clip_factory: ClipFactory
) -> None:
    outcome = ssp("selftest", "--video", clip_factory("ntsc").path)
    assert outcome.code == 0
    first, *rest = outcome.out.splitlines()
    assert first == "Coding times on ntsc.mp4 can be trusted: every frame tried was the right one."
    assert any("seeks in random order" in line and "60 of 60 right" in line for line in rest)
    assert "ffmpeg" not in outcome.out


def test_counts_are_told_to_programs(ssp: Call, clip_factory: ClipFactory) -> None:
    found = json.loads(ssp("selftest", "--video", clip_factory("mkv").path, "--json").out)
    assert (found["verdict"], found["frame_count"], found["whole"]) == ("trusted", 150, True)
    assert [result["trial"] for result in found["results"]] == [trial.value for trial in Trial]
    assert all(result["wrong"] == 0 for result in found["results"])
    assert found["sentence"].startswith("Coding times on five.mkv can be trusted")


def test_counted_frames_are_trusted_with_advice(ssp: Call, clip_factory: ClipFactory) -> None:
    outcome = ssp("selftest", "--video", clip_factory("packed").path)
    assert outcome.code == 0
    assert "frames are counted" in outcome.out.splitlines()[0]
    assert "-fps_mode cfr" in outcome.out


def test_frames_that_cannot_be_shown_are_a_finding(ssp: Call, clip_factory: ClipFactory) -> None:
    outcome = ssp("selftest", "--video", clip_factory("truncated").path)
    assert outcome.code == 1
    assert "cannot be shown" in outcome.out.splitlines()[0]
    assert "Copy the recording again" in outcome.out


def test_only_a_stretch_is_read_when_asked(ssp: Call, clip_factory: ClipFactory) -> None:
    path = clip_factory("longgop").path
    outcome = ssp("selftest", "--video", path, "--stretch", "30")
    assert "Read the first 30 frames, 240 frames in the index" in outcome.out


@pytest.mark.parametrize("stretch", ["0", "-3", "some", "1.5", "²"])
def test_a_stretch_that_is_no_number_of_frames_is_refused(ssp: Call, stretch: str) -> None:
    outcome = ssp("selftest", "--video", VIDEO, f"--stretch={stretch}")
    assert outcome.code == 2
    assert "whole number of 1 or more" in outcome.complaint


def test_a_missing_recording_is_one_sentence(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("selftest", "--video", tmp_path / "gone.mp4")
    assert outcome.code == 2
    assert "gone.mp4 does not exist" in outcome.complaint


# ---------------------------------------------------------------- words


def found(verdict: Verdict, *results: TrialResult) -> SelfTest:
    return SelfTest(
        file="S001.mp4",
        verdict=verdict,
        results=results,
        frame_count=900,
        read_count=900,
        whole=True,
        counted=False,
        damaged=0,
        alike=0,
        seconds=1.0,
    )


def test_a_wrong_frame_is_told_with_its_place_and_a_way_out() -> None:
    wrong = TrialResult(trial=Trial.SEEKS, tried=60, right=57, first_wrong=412)
    verdict, *advice = verdict_lines(found(Verdict.NOT_TRUSTED, wrong), VIDEO)
    assert verdict == (
        "Coding times on S001.mp4 cannot be trusted, because 3 of 60 seeks in random order showed "
        "a picture other than reading from the start shows, first at frame 412."
    )
    assert advice[-1].strip() == reencode_line(VIDEO)


def test_frames_elsewhere_than_listed_are_told() -> None:
    wrong = TrialResult(trial=Trial.INDEX, tried=900, right=890, missing=2, first_wrong=30)
    verdict, *_ = verdict_lines(found(Verdict.NOT_TRUSTED, wrong), VIDEO)
    assert "8 frames are not where the index has them, first at frame 30" in verdict


@pytest.mark.parametrize(
    ("lost", "words"), [(1, ": 1 frame cannot be shown."), (3, ": 3 frames cannot")]
)
def test_lost_frames_are_counted_in_words(lost: int, words: str) -> None:
    gap = TrialResult(trial=Trial.INDEX, tried=900, right=900 - lost, missing=lost)
    assert words in verdict_lines(found(Verdict.GAPS, gap), VIDEO)[0]


def test_the_line_for_a_clean_copy_can_be_pasted() -> None:
    words = shlex.split(reencode_line(Path("my room") / "it's $HOME.avi"))
    assert words[:3] == ["ffmpeg", "-i", str(Path("my room") / "it's $HOME.avi")]
    assert words[-1] == str(Path("my room") / "it's $HOME-clean.mp4")


def test_spoilt_frames_are_told_apart_from_wrong_ones() -> None:
    spoilt = TrialResult(trial=Trial.SEEKS, tried=60, right=55, missing=1, altered=4)
    assert spoilt.wrong == 0
    verdict, _ = verdict_lines(found(Verdict.GAPS, spoilt), VIDEO)
    assert "1 frame cannot be shown, and 4 frames may look spoilt in different ways" in verdict
