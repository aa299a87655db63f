from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.cli.cli_desk import Call

INSTRUMENTS = Path(__file__).parents[3]


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A lab's own copy of the instruments."""
    folder = tmp_path / "lab"
    for part in ("episodes", "schemas"):
        shutil.copytree(INSTRUMENTS / part, folder / part)
    return folder


def spoil(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def forge(path: Path) -> None:
    """Change a rating past the program."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE rating SET points = points - 1")


@pytest.mark.parametrize("arguments", [(), ("--bundled",)])
def test_the_bundled_instruments_are_sound(ssp: Call, arguments: tuple[str, ...]) -> None:
    outcome = ssp("check", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "bundled data files: nothing to complain of\n"


def test_a_sound_folder_is_sound(ssp: Call, lab: Path) -> None:
    outcome = ssp("check", lab)
    assert (outcome.code, outcome.err) == (0, "")
    assert "nothing to complain of" in outcome.out


def test_a_mistake_is_told_with_file_line_and_remedy(ssp: Call, lab: Path) -> None:
    scale = spoil(lab / "schemas" / "scales" / "avo.toml", "maximum = 7", "maximum = seven")
    outcome = ssp("check", scale)
    assert outcome.code == 1
    assert f"error: {scale}:" in outcome.complaint
    assert "; " in outcome.complaint
    assert "1 error" in outcome.out


def test_a_mistake_in_a_folder_is_found(ssp: Call, lab: Path) -> None:
    spoil(lab / "schemas" / "scales" / "avo.toml", 'id = "avo"', 'id = "avoid"')
    outcome = ssp("check", lab)
    assert outcome.code == 1
    assert "avo.toml" in outcome.err


def test_several_paths_are_checked_together(ssp: Call, lab: Path, trainee: Path) -> None:
    outcome = ssp("check", lab / "episodes", trainee)
    assert outcome.code == 0
    assert f"{lab / 'episodes'}, {trainee}: " in outcome.out


def test_a_missing_path_is_unusable(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("check", tmp_path / "gone")
    assert outcome.code == 2
    assert "gone: there is no such file or folder; correct the name" in outcome.complaint
    assert outcome.out == ""


def test_an_empty_folder_is_a_finding(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("check", tmp_path)
    assert outcome.code == 1
    assert "holds no .toml file" in outcome.complaint


def test_a_finished_coding_has_nothing_open(ssp: Call, trainee: Path) -> None:
    outcome = ssp("check", trainee)
    assert outcome.code == 0
    assert "error" not in outcome.out


def test_what_a_coding_lacks_is_noted_without_blame(ssp: Call, own: Path) -> None:
    outcome = ssp("check", own)
    assert outcome.code == 0
    assert "own.sspc: not finished yet: " in outcome.complaint
    assert outcome.out == f"{own}: 1 note\n"


def test_codings_in_a_folder_are_checked(ssp: Call, trainee: Path) -> None:
    forge(trainee)
    outcome = ssp("check", trainee.parent)
    assert outcome.code == 1
    assert "trainee.sspc" in outcome.complaint


def test_a_folder_of_codings_need_hold_no_instruments(ssp: Call, trainee: Path) -> None:
    outcome = ssp("check", trainee.parent)
    assert outcome.code == 0
    assert "holds no .toml file" not in outcome.err


def test_something_else_under_the_name_of_a_coding_is_a_finding(ssp: Call, tmp_path: Path) -> None:
    false = tmp_path / "a.sspc"
    false.write_text("x" * 200)
    outcome = ssp("check", false)
    assert outcome.code == 1
    assert "a.sspc: this is no coding file" in outcome.complaint
