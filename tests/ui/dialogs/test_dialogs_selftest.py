"""The check of a video in the window: progress, verdict, counts, and stopping."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.selftest import SelfTest, Trial, TrialResult, Verdict
from ssp_coder.ui.dialogs import selftest
from ssp_coder.ui.dialogs.selftest import SelfTestDialog
from ssp_coder.ui.kit.chip import TagKind

VIDEO = Path("S001.mp4")
RIGHT = SelfTest(
    file="S001.mp4",
    verdict=Verdict.TRUSTED,
    results=(
        TrialResult(trial=Trial.ORDER, tried=100, right=100),
        TrialResult(trial=Trial.SEEKS, tried=60, right=60, median_ms=4.0, slowest_ms=9.0),
    ),
    frame_count=100,
    read_count=100,
    whole=True,
    counted=False,
    damaged=0,
    alike=0,
    seconds=0.5,
)
WRONG = replace(
    RIGHT,
    verdict=Verdict.NOT_TRUSTED,
    results=(
        RIGHT.results[0],
        TrialResult(trial=Trial.SEEKS, tried=60, right=57, first_wrong=12),
    ),
)


@pytest.fixture
def tried(theme, qtbot, monkeypatch):
    """Opens the dialog on a video for which the test finds what is given, or raises it."""

    def open_dialog(outcome):
        def run(_path, *, index, watch):
            watch.report(0.5)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setattr(selftest, "run_selftest", run)
        dialog = SelfTestDialog(theme, VIDEO, None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.progress.isHidden(), timeout=5_000)
        return dialog

    return open_dialog


def rows(dialog):
    table = dialog.table
    return [
        tuple(table.item(row, column).text() for column in range(2))
        for row in range(table.rowCount())
    ]


def test_a_sound_video_is_trusted_and_says_what_was_tried(tried):
    dialog = tried(RIGHT)
    assert dialog.verdict.text() == "trusted"
    assert dialog.verdict.kind() is TagKind.OK
    assert "can be trusted" in dialog.sentence.text()
    assert rows(dialog) == [
        ("frames in order of time", "100 of 100 right"),
        ("seeks in random order", "60 of 60 right (median 4.0 ms, slowest 9 ms)"),
    ]
    assert not dialog.advice.isVisible()


def test_a_video_that_shows_wrong_frames_is_not_trusted_and_has_a_remedy(tried):
    dialog = tried(WRONG)
    assert dialog.verdict.kind() is TagKind.ERR
    assert "cannot be trusted" in dialog.sentence.text()
    assert "ffmpeg" in dialog.advice.text()
    assert "first wrong one is frame 12" in rows(dialog)[1][1]


def test_a_damaged_video_is_a_warning(tried):
    spoilt = TrialResult(trial=Trial.SEEKS, tried=60, right=58, missing=2)
    dialog = tried(
        replace(RIGHT, verdict=Verdict.GAPS, results=(RIGHT.results[0], spoilt), damaged=1)
    )
    assert dialog.verdict.kind() is TagKind.WARN
    assert "2 frames cannot be shown" in dialog.sentence.text()


def test_a_file_that_cannot_be_read_says_so(tried):
    dialog = tried(MediaError("media.format", VIDEO, "is no video", "choose another file"))
    assert dialog.verdict.text() == "not tried"
    assert "is no video" in dialog.sentence.text()
    assert dialog.found is None
    assert not dialog.copy_button.isEnabled()


def test_the_result_can_be_copied_as_text(tried):
    dialog = tried(RIGHT)
    dialog.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Coding times on S001.mp4 can be trusted")
    assert "60 of 60 right" in text


def test_the_button_stops_and_then_closes(tried):
    dialog = tried(RIGHT)
    assert dialog.close_button.text() == "Close"
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_closing_stops_a_test_that_runs(theme, qtbot, monkeypatch):
    stopped = []

    def run(_path, *, index, watch):
        while not watch.cancelled():
            watch.progress(0.1)
        stopped.append(True)
        raise Abandoned

    monkeypatch.setattr(selftest, "run_selftest", run)
    dialog = SelfTestDialog(theme, VIDEO, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.close_button.text() == "Stop"
    dialog.reject()
    assert stopped == [True]
    assert dialog.found is None


def test_a_real_video_is_tried(theme, qtbot, clip_factory):
    dialog = SelfTestDialog(theme, clip_factory("h264").path, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=20_000)
    assert dialog.found.verdict is Verdict.TRUSTED
