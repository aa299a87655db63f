from __future__ import annotations

from pathlib import Path

from ssp_coder.training.teaching_checks import bundled_teaching_files
from tests.unit.cli.cli_desk import Call

BUNDLED = {path.stem: path for path in bundled_teaching_files()}


def copy(name: str, folder: Path, old: str = "", new: str = "") -> Path:
    """A laboratory's own copy of a bundled file, in which something may be another."""
    text = BUNDLED[name].read_text("utf-8")
    assert old in text
    place = folder / "schemas" / "training" / BUNDLED[name].name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.replace(old, new, 1), "utf-8")
    return place


def test_a_file_of_the_training_is_said_to_be_sound(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("check", copy("bias", tmp_path))
    assert (outcome.code, outcome.err) == (0, "")
    assert "nothing to complain of" in outcome.out


def test_a_folder_that_holds_nothing_else_is_checked(ssp: Call, tmp_path: Path) -> None:
    copy("drift", tmp_path)
    assert ssp("check", tmp_path).code == 0


def test_instruments_and_files_of_the_training_in_one_folder_are_checked_as_what_they_are(
    ssp: Call, tmp_path: Path
) -> None:
    copy("certified", tmp_path, 'id = "certified"', 'id = "other"')
    scales = tmp_path / "schemas" / "scales"
    scales.mkdir()
    (scales / "own.toml").write_text('kind = "scale"\n', "utf-8")
    outcome = ssp("check", tmp_path)
    assert outcome.code == 1
    assert "is called other" in outcome.err
    assert "own.toml" in outcome.err
    assert "is not one of the words allowed here" not in outcome.err


def test_a_loose_folder_of_both_is_checked_as_what_they_are(ssp: Call, tmp_path: Path) -> None:
    (tmp_path / "loose.toml").write_text(BUNDLED["bias"].read_text("utf-8"), "utf-8")
    (tmp_path / "own.toml").write_text('kind = "scale"\n', "utf-8")
    outcome = ssp("check", tmp_path)
    assert "own.toml" in outcome.err
    assert "loose.toml" not in outcome.err
