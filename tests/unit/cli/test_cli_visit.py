"""What is known of the visit can be given when a coding file is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.storage.verify import verify
from tests.unit.cli.cli_desk import Call, blank_video, coding_in

WHO = ("--session", "S001", "--coder", "c01")


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return blank_video(tmp_path / "S001.mp4")


def test_answers_are_recorded_in_the_new_file(ssp: Call, video: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.sspc"
    given = (
        *("--visit", "prior_visits=1"),
        *("--visit", "caregiver_in_visit=father"),
        *("--visit", "cry_before_end.EP6=45"),
        *("--visit", "overstress_note=loud = long"),
    )
    outcome = ssp("new", video, *WHO, *given, "--out", out)
    assert outcome.code == 0, outcome.err
    answers = [(a.field, a.episode, a.value) for a in coding_in(out).visit]
    assert answers == [
        ("caregiver_in_visit", None, "father"),
        ("prior_visits", None, 1),
        ("cry_before_end", "EP6", 45),
        ("overstress_note", None, "loud = long"),
    ]
    assert verify(out) == ()


def test_without_answers_everything_stays_open(ssp: Call, video: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.sspc"
    assert ssp("new", video, *WHO, "--out", out).code == 0
    assert coding_in(out).visit == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("prior_visits", "says no answer"),
        ("shoe_size=20", "does not ask for 'shoe_size'"),
        ("=1", "does not ask for ''"),
        ("prior_visits=one", "'one' is no whole number"),
        ("prior_visits=-1", "'-1' is no whole number"),
        ("prior_visits=", "'' is no whole number"),
        ("prior_visits=100", "100 outside 0..99"),
        ("prior_visits.EP4=1", "not asked of EP4"),
        ("cry_before_end=4", "not asked of the whole visit"),
        ("caregiver_in_visit=aunt", "cannot be answered 'aunt'"),
        ("overstress_note=", "has no words"),
    ],
)
def test_an_answer_that_does_not_fit_makes_no_file(
    ssp: Call, video: Path, tmp_path: Path, given: str, words: str
) -> None:
    out = tmp_path / "a.sspc"
    outcome = ssp("new", video, *WHO, "--visit", given, "--out", out)
    assert outcome.code == 2
    assert words in outcome.complaint
    assert not out.exists()


def test_an_unknown_question_is_answered_with_those_there_are(ssp: Call, video: Path) -> None:
    out = video.with_suffix(".sspc")
    outcome = ssp("new", video, *WHO, "--visit", "shoe_size=20", "--out", out)
    assert "--visit shoe_size=20" in outcome.complaint
    assert "age_months" in outcome.complaint
    assert "overstress_note" in outcome.complaint
