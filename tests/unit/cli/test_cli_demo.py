from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ssp_coder.cli import demo
from ssp_coder.cli.demo_results import write_results
from ssp_coder.demonstration import session
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.storage.coding_file import open_read_only
from tests.unit.cli.cli_desk import (
    FILM_FRAMES,
    Call,
    blank_video,
    bytes_of,
    coding_in,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def same_platform_afterwards() -> Iterator[None]:
    """The journey without a screen says so to Qt; the tests that follow must not notice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QT_QPA_PLATFORM", os.environ.get("QT_QPA_PLATFORM", "offscreen"))
        yield


@pytest.fixture
def grey_film(monkeypatch: pytest.MonkeyPatch) -> None:
    """A film that is quicker to make than the drawn one and as long."""
    monkeypatch.setattr(
        session, "make_video", lambda path, _progress: blank_video(path, FILM_FRAMES)
    )


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the window was opened with; there is a display."""
    paths: list[Path] = []

    def remember(chosen: tuple[Path, ...]) -> int:
        paths.extend(chosen)
        return 0

    monkeypatch.setattr(demo, "open_window", remember)
    monkeypatch.setattr(demo, "has_display", lambda: True)
    return paths


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> list[Coding]:
    """A window that codes nothing; the scripts that it was given."""
    scripts: list[Coding] = []

    def code(_coded: Path, script: Coding, into: Path) -> tuple[Path, ...]:
        scripts.append(script)
        picture = into / "screen.png"
        picture.touch()
        return (picture,)

    monkeypatch.setattr(demo, "coded_in_window", code)
    return scripts


# ---------------------------------------------------------------- in the window


@pytest.mark.usefixtures("grey_film")
def test_the_window_opens_on_the_coding_to_work_in(
    ssp: Call, opened: list[Path], tmp_path: Path
) -> None:
    outcome = ssp("demo", "--into", tmp_path)
    assert outcome.code == 0, outcome.err
    assert str(tmp_path) in outcome.out
    assert opened == [tmp_path / "demonstration.sspc"]
    assert coding_in(opened[0]).events == ()


@pytest.mark.usefixtures("grey_film")
def test_without_a_folder_the_demonstration_goes_home(
    ssp: Call, opened: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "default_folder", lambda: tmp_path / "home")
    assert ssp("demo").code == 0
    assert opened == [tmp_path / "home" / "demonstration.sspc"]


def test_a_file_in_the_place_of_the_folder_is_named(ssp: Call, tmp_path: Path) -> None:
    place = tmp_path / "demo"
    place.write_text("x")
    outcome = ssp("demo", "--headless", "--into", place)
    assert outcome.code == 2
    assert str(place) in outcome.complaint


# ---------------------------------------------------------------- without a screen


@pytest.mark.usefixtures("grey_film")
def test_without_a_screen_everything_is_made_and_named(
    ssp: Call, scripted: list[Coding], tmp_path: Path
) -> None:
    outcome = ssp("demo", "--headless", "--into", tmp_path)
    assert outcome.code == 0, outcome.err
    assert [script.coder for script in scripted] == ["trainee"]
    assert f"Everything lies in {tmp_path}" in outcome.out
    for name in ("DEMO.you_events.csv", "codebook.csv", "classification.json", "comparison.csv"):
        assert (tmp_path / name).is_file()
        assert name in outcome.out
    assert "Screenshots: screen.png" in outcome.out


@pytest.mark.usefixtures("grey_film", "scripted")
def test_without_a_display_the_same_journey_is_made(
    ssp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "has_display", lambda: False)
    outcome = ssp("demo", "--into", tmp_path)
    assert outcome.code == 0
    assert "there is no display" in outcome.complaint
    assert (tmp_path / "comparison.txt").is_file()


@pytest.mark.usefixtures("grey_film", "scripted")
def test_a_second_journey_leaves_the_first_coding_alone(ssp: Call, tmp_path: Path) -> None:
    ssp("demo", "--headless", "--into", tmp_path)
    first = bytes_of(tmp_path / "journey.sspc")
    outcome = ssp("demo", "--headless", "--into", tmp_path)
    assert outcome.code == 0, outcome.err
    assert bytes_of(tmp_path / "journey.sspc") == first
    assert "Coding: journey-2.sspc" in outcome.out


def test_without_qt_the_journey_says_plainly_what_is_missing(tmp_path: Path) -> None:
    script = """
import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"No module named {name!r}")
sys.meta_path.insert(0, NoQt())
from pathlib import Path
from ssp_coder.cli.demo import coded_in_window
from ssp_coder.domain.coding import Coding
coded_in_window(Path("a.sspc"), Coding(session="S", coder="c"), Path())
"""
    outcome = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "WindowError: the window needs PySide6" in outcome.stderr


def test_a_window_that_does_not_obey_is_reported_with_its_coding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = ModuleType("ssp_coder.ui.journey")

    class JourneyError(Exception):
        """As the window's own."""

    def stuck(_coded: Path, _script: Coding, _into: Path) -> tuple[Path, ...]:
        raise JourneyError("waited 30 s for the first frame")

    window.JourneyError, window.run_headless = JourneyError, stuck
    monkeypatch.setitem(sys.modules, "ssp_coder.ui.journey", window)
    with pytest.raises(DomainError, match=r"a\.sspc: waited 30 s for the first frame"):
        demo.coded_in_window(tmp_path / "a.sspc", Coding(session="S", coder="c"), tmp_path)


# ---------------------------------------------------------------- what follows


def test_a_fresh_coding_is_of_the_scripts_video_and_empty(
    demo_codings: Path, tmp_path: Path
) -> None:
    script = demo.read_coding(demo_codings / "trainee.sspc")
    path = demo.fresh_coding(script, tmp_path)
    with open_read_only(path) as file:
        assert file.coding.media == script.coding.media
        assert file.coding.session == script.coding.session
        assert file.scheme.sha256 == script.scheme.sha256
        assert file.coding.events == ()


def test_the_results_are_exports_class_and_comparison(demo_codings: Path, tmp_path: Path) -> None:
    results = write_results(
        demo_codings / "trainee.sspc", demo_codings / "reference.sspc", tmp_path
    )
    names = {path.name for path in tmp_path.iterdir()}
    told = {path.name for path in results.exports + results.classification + results.comparison}
    assert told == names
    (suggestion,) = json.loads((tmp_path / "classification.json").read_text())
    assert suggestion["withheld"] is False
    assert suggestion["session_id"] == "DEMO"
    comparison = json.loads((tmp_path / "comparison.json").read_text())
    assert comparison["reference_coder_id"] == "reference"
    assert comparison["overall"]["misses"] > 0
    assert "What differs" in (tmp_path / "comparison.txt").read_text()


def test_results_of_an_earlier_time_are_replaced(demo_codings: Path, tmp_path: Path) -> None:
    (tmp_path / "comparison.txt").write_text("old")
    reference = demo_codings / "reference.sspc"
    write_results(reference, reference, tmp_path)
    assert "every event is matched" in (tmp_path / "comparison.txt").read_text()


def test_a_coding_that_cannot_be_trusted_gives_no_results(
    demo_codings: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "a.sspc"
    broken.write_bytes(b"x" * 200)
    with pytest.raises(DomainError, match="no coding file"):
        write_results(broken, demo_codings / "reference.sspc", tmp_path / "out")
    assert not (tmp_path / "out").exists()
