"""A lab's own handbook goes before the bundled one; a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError, check_paths
from ssp_coder.catalog.handbooks import handbook_for
from ssp_coder.domain.words import Origin

OWN = """
kind = "handbook"
id = "ours"
version = "1.0.0"
title = "Our handbook"
origin = "lab"
source = "Lab meeting"
system = "{system}"

[[chapters]]
id = "start"
title = "Begin here"
step = "code"

[[chapters.passages]]
heading = "Who codes"
text = "Two people."
origin = "lab"
source = "Lab meeting"
"""


def lab(folder: Path, text: str, name: str = "ours") -> Path:
    path = folder / "schemas" / "handbooks" / f"{name}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_labs_own_goes_first_where_it_is_for_the_system(tmp_path: Path) -> None:
    lab(tmp_path, OWN.format(system="abcd"))
    handbook = handbook_for("abcd", (tmp_path,))
    assert handbook is not None
    assert handbook.id == "ours"
    (passage,) = handbook.chapters[0].passages
    assert passage.provenance.origin is Origin.LAB
    assert handbook.chapters[0].step == "code"


def test_one_for_another_system_is_passed_over(tmp_path: Path) -> None:
    lab(tmp_path, OWN.format(system="preschool"))
    handbook = handbook_for("abcd", (tmp_path,))
    assert handbook is not None
    assert handbook.id == "infant"
    other = handbook_for("preschool", (tmp_path,))
    assert other is not None
    assert other.id == "ours"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ('step = "code"', 'step = "lunch"', "step"),
        ('title = "Begin here"', 'title = { de = "Anfang" }', "English"),
        ('kind = "handbook"', 'kind = "recipe"', "kind"),
        ("[[chapters.passages]]", "[[chapters.sayings]]", "sayings"),
        ('id = "ours"', 'id = "theirs"', "file's name"),
    ],
)
def test_a_wrong_one_is_told_with_its_place(
    tmp_path: Path, before: str, now: str, told: str
) -> None:
    path = lab(tmp_path, OWN.format(system="abcd").replace(before, now, 1))
    with pytest.raises(CatalogError) as caught:
        handbook_for("abcd", (tmp_path,))
    assert str(path) in str(caught.value)
    assert told in str(caught.value)


def test_another_kind_of_file_in_its_folder_is_refused(tmp_path: Path) -> None:
    keymap = 'kind = "keymap"\nid = "ours"\nversion = "1.0.0"\ntitle = "Keys"\n[bindings]\n'
    lab(tmp_path, keymap)
    with pytest.raises(CatalogError, match="keymap"):
        handbook_for("abcd", (tmp_path,))


def test_two_chapters_of_one_id_are_found_by_the_check(tmp_path: Path) -> None:
    text = OWN.format(system="abcd")
    path = lab(tmp_path, text + text[text.index("[[chapters]]") :])
    (finding,) = check_paths((path,))
    assert finding.code == "id.twice"
    assert "start" in finding.message
    assert finding.place.startswith(str(path))
