"""Checking data files without coding with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import check_bundled, check_paths
from ssp_coder.domain.finding import Severity
from tests.unit.catalog.catalog_lab import Lab

SEEKING = "schemas/scales/pcs.toml"
SEARCH = "schemas/scales/srch.toml"
KEYMAP = "schemas/keymaps/infant.toml"
SCHEME = "schemas/schemes/infant.toml"
RULES = "schemas/rules/infant-default.toml"


def test_nothing_is_wrong_with_the_bundled_files() -> None:
    assert check_bundled() == ()


def test_nothing_is_wrong_with_a_copy_of_them(lab: Lab) -> None:
    assert check_paths((lab.folder,)) == ()


def test_a_single_file_is_checked(lab: Lab) -> None:
    line = lab.change(SEEKING, "point = 7", "point = 8")
    (finding,) = check_paths((lab.path(SEEKING),))
    assert finding.place == lab.place(SEEKING, line)
    assert check_paths((lab.path(SEARCH),)) == ()


def test_every_mistake_of_a_folder_is_told_once(lab: Lab) -> None:
    lab.change(SEEKING, "point = 7", "point = 8")
    lab.change(SEARCH, "point = 7", "point = 9")
    lab.change(KEYMAP, '"1" =', '"tab" =')
    findings = check_paths((lab.folder,))
    assert sorted(f.code for f in findings) == ["anchor.outside", "anchor.outside", "key.unusable"]


def test_several_mistakes_of_one_file_are_all_told(lab: Lab) -> None:
    lab.change(KEYMAP, '"1" =', '"tab" =')
    lab.change(KEYMAP, '"2" =', '"Q" =')
    lab.change(KEYMAP, '"3" =', '"f5" =')
    assert [f.code for f in check_paths((lab.path(KEYMAP),))] == ["key.unusable"] * 3


def test_a_scheme_is_checked_with_all_that_it_names(lab: Lab) -> None:
    line = lab.change(KEYMAP, '"distress.fuss"', '"distress.whine"')
    assert check_paths((lab.path(KEYMAP),)) == ()
    (finding,) = check_paths((lab.path(SCHEME),))
    assert finding.place == lab.place(KEYMAP, line)


def test_a_scheme_is_checked_against_bundled_files_where_the_folder_has_none(
    lab: Lab, tmp_path: Path
) -> None:
    alone = tmp_path / "alone/schemas/schemes/infant.toml"
    alone.parent.mkdir(parents=True)
    alone.write_bytes(lab.path(SCHEME).read_bytes())
    assert check_paths((alone,)) == ()
    alone.write_text(lab.text(SCHEME).replace('"standard"', '"unheard"'), encoding="utf-8")
    (finding,) = check_paths((alone,))
    assert finding.place == "episodes/unheard.toml"


def test_a_scheme_outside_such_a_folder_is_checked_by_itself(lab: Lab, tmp_path: Path) -> None:
    loose = tmp_path / "infant.toml"
    loose.write_text(lab.text(SCHEME).replace('"standard"', '"unheard"'), encoding="utf-8")
    assert check_paths((loose,)) == ()


@pytest.mark.parametrize("scheme_id", ["infant", "demonstration"])
def test_an_example_that_fails_is_told_for_each_scheme_once(lab: Lab, scheme_id: str) -> None:
    lab.change(RULES, 'subgroup = "B3"', 'subgroup = "B4"')
    place = lab.path(f"schemas/schemes/{scheme_id}.toml")
    (finding,) = check_paths((place, place))
    assert finding.code == "table.example_fails"


def test_warnings_are_told_beside_what_is_wrong_between_files(lab: Lab) -> None:
    lab.change(KEYMAP, '"2" = "distress.fuss"', '"2" = "distress.fuss"\n"/" = "distress.fuss"')
    lab.change(SCHEME, '"srch", "dorg"]', '"dorg"]')
    findings = check_paths((lab.path(SCHEME),))
    assert {f.severity for f in findings} == {Severity.WARNING}
    assert {f.code for f in findings} == {"key.second", "id.unknown"}


def test_other_toml_files_of_a_study_are_left_alone(lab: Lab) -> None:
    (lab.folder / "study.toml").write_text("title = 1\n", encoding="utf-8")
    (lab.folder / "episodes/story").mkdir()
    (lab.folder / "episodes/story/story.toml").write_text("scene = 1\n", encoding="utf-8")
    assert check_paths((lab.folder,)) == ()
    assert check_paths((lab.folder / "episodes",)) == ()


def test_a_folder_of_one_kind_is_checked(lab: Lab) -> None:
    lab.change(SEEKING, "point = 7", "point = 8")
    for folder in ("schemas", "schemas/scales"):
        assert [f.code for f in check_paths((lab.folder / folder,))][:1] == ["anchor.outside"]
    assert check_paths((lab.folder / "schemas/keymaps",)) == ()


def test_a_folder_without_data_files_is_told(tmp_path: Path) -> None:
    (finding,) = check_paths((tmp_path,))
    assert finding.code == "file.missing"


def test_a_path_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (finding,) = check_paths((tmp_path / "none.toml",))
    assert finding.code == "file.unreadable"
    assert finding.place == str(tmp_path / "none.toml")


def test_a_file_that_is_no_toml_does_not_stop_the_others(lab: Lab) -> None:
    lab.path(SEARCH).write_bytes(b"\xff\xfe")
    lab.change(SEEKING, "point = 7", "point = 8")
    codes = {f.code for f in check_paths((lab.folder,))}
    assert codes == {"file.not_utf8", "anchor.outside"}


def test_no_path_has_no_findings() -> None:
    assert check_paths(()) == ()
