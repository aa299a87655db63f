"""`ssp-coder demo --headless`: the demonstration coded in the real window, on its own."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify
from tests.fixtures.demonstration import copy_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def journey(demonstration, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("headless")
    copy_of(demonstration, folder)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    outcome = subprocess.run(
        [sys.executable, "-m", "ssp_coder", "demo", "--headless", "--into", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment,
    )
    assert outcome.returncode == 0, outcome.stderr
    return folder, outcome


@pytest.mark.slow
def test_everything_that_was_made_is_named(journey) -> None:
    folder, outcome = journey
    assert f"Everything lies in {folder}" in outcome.stdout
    named = outcome.stdout.replace(",", " ").split()
    for path in folder.glob("*.csv"):
        assert path.name in named
    assert "Traceback" not in outcome.stderr


@pytest.mark.slow
def test_the_window_coded_what_the_script_says(journey) -> None:
    folder, _ = journey
    with (
        open_read_only(folder / "journey.sspc") as coded,
        open_read_only(folder / "trainee.sspc") as script,
    ):
        mine = [(e.code, e.subject, e.start_us, e.end_us) for e in coded.coding.events]
        theirs = [(e.code, e.subject, e.start_us, e.end_us) for e in script.coding.events]
        assert sorted(mine) == sorted(theirs)
        assert coded.coding.session_end == script.coding.session_end
        assert coded.coding.ratings == script.coding.ratings
        assert coded.coding.classification == script.coding.classification
    assert verify(folder / "journey.sspc") == ()


@pytest.mark.slow
def test_exports_class_and_comparison_lie_in_the_folder(journey) -> None:
    folder, _ = journey
    for pattern in ("*events*.csv", "*scores*.csv", "*episodes*.csv", "codebook.csv"):
        (path,) = folder.glob(pattern)
        with path.open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file))
    (entry,) = json.loads((folder / "classification.json").read_text("utf-8"))
    assert entry["group"] is not None
    comparison = json.loads((folder / "comparison.json").read_text("utf-8"))
    assert comparison["overall"]["misses"] > 0
    assert comparison["overall"]["matches"] > comparison["overall"]["misses"]


@pytest.mark.slow
def test_pictures_of_the_window_lie_in_the_folder(journey) -> None:
    folder, _ = journey
    pictures = sorted(folder.glob("*.png"))
    assert pictures
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


@pytest.mark.slow
def test_the_empty_coding_to_work_in_is_still_empty(journey) -> None:
    folder, _ = journey
    with open_read_only(folder / "demonstration.sspc") as file:
        assert file.coding.events == ()
