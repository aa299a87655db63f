from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.training.teaching_checks import (
    bundled_teaching_files,
    is_teaching_file,
    teaching_findings,
)

BUNDLED = {path.stem: path for path in bundled_teaching_files()}


def copy(name: str, folder: Path, old: str = "", new: str = "") -> Path:
    """A laboratory's own copy of a bundled file, in which something may be another."""
    text = BUNDLED[name].read_text("utf-8")
    assert old in text
    place = folder / "schemas" / "training" / BUNDLED[name].name
    if BUNDLED[name].parent.name != "training":
        place = place.parent / BUNDLED[name].parent.name / place.name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.replace(old, new, 1), "utf-8")
    return place


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_a_bundled_file_belongs_to_the_training_and_has_nothing_wrong(name: str) -> None:
    assert is_teaching_file(BUNDLED[name])
    assert list(teaching_findings(BUNDLED[name])) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "fact"),
    [
        ("bias", 'kind = "bias"', 'kind = "bias"\nstray = 1', "unknown field"),
        ("drift", 'kind = "drift"', 'kind = "drift"\nstray = 1', "unknown field"),
        ("feedback", 'kind = "feedback"', 'kind = "feedback', "not valid TOML"),
        ("certified", 'id = "certified"', 'id = "other"', "is called other"),
        ("certified", 'kind = "pass_rule"', 'kind = "another"', "invalid"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, fact: str
) -> None:
    path = copy(name, tmp_path, old, new)
    (finding,) = teaching_findings(path)
    assert fact in finding.message
    assert finding.place.startswith(f"{path.name}:")
    assert finding.remedy


def test_a_file_that_is_no_toml_belongs_to_the_training_by_its_folder(tmp_path: Path) -> None:
    assert is_teaching_file(copy("bias", tmp_path, 'kind = "bias"', "kind = = ="))
    elsewhere = tmp_path / "bias.toml"
    elsewhere.write_text("kind = = =", "utf-8")
    assert not is_teaching_file(elsewhere)


def test_an_instrument_does_not_belong_to_the_training(tmp_path: Path) -> None:
    scale = tmp_path / "training" / "pcs.toml"
    scale.parent.mkdir()
    scale.write_text('kind = "scale"\n', "utf-8")
    assert not is_teaching_file(scale)
