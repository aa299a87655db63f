from __future__ import annotations

import logging
from pathlib import Path

import pytest

from ssp_coder.media.complaint import Complaint
from ssp_coder.media.errors import MediaError


def trouble() -> MediaError:
    return MediaError("media.odd", Path("visit.mp4"), "went odd", "look again")


def test_a_trouble_is_told_with_what_it_came_from() -> None:
    told: list[MediaError] = []
    cause = OSError("disk gone")
    Complaint(told.append, lambda: False).tell(trouble(), cause)
    assert [said.code for said in told] == ["media.odd"]
    assert told[0].__cause__ is cause


def test_an_expected_trouble_keeps_the_cause_it_has() -> None:
    told: list[MediaError] = []
    said = trouble()
    said.__cause__ = cause = OSError("disk gone")
    Complaint(told.append, lambda: False).tell(said)
    assert told[0].__cause__ is cause


def test_a_closed_lane_tells_nobody() -> None:
    told: list[MediaError] = []
    Complaint(told.append, lambda: True).tell(trouble())
    assert told == []


def test_a_listener_that_fails_is_noted_and_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_trouble: MediaError) -> None:
        raise RuntimeError("window gone")

    with caplog.at_level(logging.CRITICAL):
        Complaint(fail, lambda: False).tell(trouble())
    with caplog.at_level(logging.ERROR):
        Complaint(fail, lambda: False).tell(trouble())
    assert [record.getMessage() for record in caplog.records] == [
        "nobody could be told: visit.mp4 went odd; look again."
    ]
