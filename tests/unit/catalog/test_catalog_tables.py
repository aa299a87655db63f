"""Rule tables by their id, apart from any scheme."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ssp_coder.catalog import (
    CatalogError,
    TableSummary,
    available_rule_tables,
    load_rule_table,
    load_scheme,
)
from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from tests.fixtures.rule_tables import with_synthetic
from tests.unit.catalog.catalog_lab import Lab

RULES = "schemas/rules/infant-main.toml"
BANDS = "schemas/rules/infant-default.toml"
TEMPLATES = ("richters-1988", "simonelli-2014", "vanijzendoorn-kroonenberg-1990")


def summary(name: str, *folders: Path) -> TableSummary:
    return next(one for one in available_rule_tables(folders) if one.id == name)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class TestLoading:
    def test_a_table_of_bands_is_one_file(self) -> None:
        loaded = load_rule_table("infant-default")
        assert [file.path for file in loaded.files] == [BANDS]
        assert loaded.table.id == "infant-default"
        assert loaded.table.main == loaded.table.functions == ()

    def test_a_decision_table_is_its_file_and_that_of_its_subgroups(self) -> None:
        loaded = load_rule_table("infant-main")
        assert [file.path for file in loaded.files] == [RULES, BANDS]
        assert loaded.table.main
        assert loaded.table.profiles == load_rule_table("infant-default").table.profiles

    def test_the_hash_is_that_of_its_own_file(self) -> None:
        for name in ("infant-main", "infant-default"):
            path = bundled("schemas") / "rules" / f"{name}.toml"
            assert load_rule_table(name).sha256 == sha256(path)

    def test_the_part_of_a_decision_table_carries_the_hash_of_its_own_file(self) -> None:
        (part,) = load_rule_table("infant-main").table.parts
        assert part.id == "infant-default"
        assert part.sha256 == load_rule_table("infant-default").sha256

    def test_it_is_the_table_that_the_scheme_speaks_by(self) -> None:
        scheme = load_scheme("infant")
        loaded = load_rule_table("infant-main")
        assert (scheme.rules, scheme.rules_sha256) == (loaded.table, loaded.sha256)

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_a_closed_template_is_loaded_and_says_so(self, name: str) -> None:
        assert load_rule_table(name).table.closed == "its numbers are not filled in"

    def test_the_folder_of_a_lab_goes_first(self, lab: Lab) -> None:
        lab.change(RULES, 'version = "1.0.0"', 'version = "9.0.0"')
        loaded = load_rule_table("infant-main", folders=(lab.folder,))
        assert loaded.table.version == "9.0.0"
        assert loaded.sha256 == sha256(lab.path(RULES))
        assert load_rule_table("infant-main").table.version == "1.0.0"

    def test_a_lab_may_change_only_the_subgroups(self, tmp_path: Path) -> None:
        target = tmp_path / BANDS
        target.parent.mkdir(parents=True)
        text = (bundled("schemas") / "rules" / "infant-default.toml").read_text(encoding="utf-8")
        target.write_text(text.replace('version = "1.1.0"', 'version = "9.0.0"'), encoding="utf-8")
        loaded = load_rule_table("infant-main", folders=(tmp_path,))
        assert loaded.table.parts[0].version == "9.0.0"
        assert loaded.table.version == "1.0.0"

    def test_of_two_folders_the_first_is_taken(self, tmp_path: Path) -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        for folder, version in ((first, "2.0.0"), (second, "3.0.0")):
            path = with_synthetic(folder)
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace('version = "1.0.0"', f'version = "{version}"'), "utf-8")
        assert load_rule_table("synthetic", folders=(first, second)).table.version == "2.0.0"
        assert load_rule_table("synthetic", folders=(second, first)).table.version == "3.0.0"


class TestRefusal:
    def test_an_id_that_is_nowhere(self) -> None:
        with pytest.raises(CatalogError, match="is not on the search path") as caught:
            load_rule_table("nowhere")
        assert caught.value.finding.code == "file.missing"
        assert "nowhere.toml" in caught.value.finding.place

    @pytest.mark.parametrize("name", ["", "a b", "../rules/infant-main", "../scales/pcs", "a/b"])
    def test_what_is_no_id(self, name: str) -> None:
        with pytest.raises(CatalogError, match="is not the id of a rule table") as caught:
            load_rule_table(name)
        assert caught.value.finding.code == "id.unknown"

    def test_a_file_of_another_kind(self, lab: Lab) -> None:
        lab.write("schemas/rules/pcs.toml", lab.text("schemas/scales/pcs.toml"))
        with pytest.raises(CatalogError) as caught:
            load_rule_table("pcs", folders=(lab.folder,))
        assert caught.value.finding.code == "file.other_kind"

    def test_every_error_of_the_file_is_told(self, lab: Lab) -> None:
        first = lab.change(RULES, 'groups = ["U"]', 'groups = ["Z"]')
        second = lab.change(RULES, 'groups = ["AC"]', 'groups = ["Y"]')
        with pytest.raises(CatalogError) as caught:
            load_rule_table("infant-main", folders=(lab.folder,))
        assert {one.place for one in caught.value.findings} == {
            lab.place(RULES, first),
            lab.place(RULES, second),
        }

    def test_a_warning_does_not_refuse(self, lab: Lab) -> None:
        lab.write(BANDS, lab.text(BANDS) + '\n[[flags]]\nid = "unheard"\ntitle = "Unheard"\n')
        loaded = load_rule_table("infant-default", folders=(lab.folder,))
        assert loaded.table.flag("unheard")


class TestListing:
    def test_all_bundled_tables_are_listed_by_id(self) -> None:
        names = [one.id for one in available_rule_tables()]
        assert names == sorted(["infant-default", "infant-main", *TEMPLATES])

    def test_each_says_what_kind_it_is(self) -> None:
        kinds = {one.id: one.kind for one in available_rule_tables()}
        assert kinds == {
            "infant-default": "profile_table",
            "infant-main": "decision_table",
            **dict.fromkeys(TEMPLATES, "discriminant_table"),
        }

    def test_templates_are_closed_and_nothing_is_wrong_with_them(self) -> None:
        for one in available_rule_tables():
            assert bool(one.closed) is (one.id in TEMPLATES)
            assert one.problem is None
            assert one.folder is None

    def test_each_says_where_it_comes_from(self) -> None:
        origins = {
            one.id: one.provenance and one.provenance.origin for one in available_rule_tables()
        }
        assert origins["infant-main"] is Origin.PROJECT_DEFAULT
        assert origins["richters-1988"] is Origin.LITERATURE

    def test_each_that_can_be_listed_can_be_loaded(self) -> None:
        for one in available_rule_tables():
            table = load_rule_table(one.id).table
            assert (one.version, one.title) == (table.version, table.title)
            assert (one.closed, one.provenance) == (table.closed, table.provenance)

    def test_a_table_of_a_lab_is_listed_first_and_once(self, tmp_path: Path) -> None:
        with_synthetic(tmp_path)
        (tmp_path / RULES).write_bytes(
            (bundled("schemas") / "rules" / "infant-main.toml").read_bytes()
        )
        found = available_rule_tables((tmp_path,))
        assert [one.id for one in found[:2]] == ["infant-main", "synthetic"]
        assert [one.id for one in found].count("infant-main") == 1
        assert found[0].folder == found[1].folder == tmp_path
        assert found[1].closed == ""

    def test_a_filled_in_table_of_a_lab_is_open(self, tmp_path: Path) -> None:
        with_synthetic(tmp_path)
        one = summary("synthetic", tmp_path)
        assert "SYNTHETIC" in str(one.title)
        assert one.provenance is not None
        assert one.provenance.origin is Origin.LAB

    def test_a_folder_without_rule_tables_adds_nothing(self, tmp_path: Path) -> None:
        assert available_rule_tables((tmp_path,)) == available_rule_tables()

    def test_a_file_that_cannot_be_read_is_listed_with_its_problem(self, lab: Lab) -> None:
        lab.write("schemas/rules/broken.toml", "kind = ")
        one = summary("broken", lab.folder)
        assert one.problem is not None
        assert one.problem.place.startswith(str(lab.path("schemas/rules/broken.toml")))
        assert (one.kind, one.version, str(one.title)) == ("", "", "broken")

    def test_a_file_of_another_kind_is_listed_with_its_problem(self, lab: Lab) -> None:
        lab.write("schemas/rules/pcs.toml", lab.text("schemas/scales/pcs.toml"))
        problem = summary("pcs", lab.folder).problem
        assert problem is not None
        assert (problem.code, problem.message) == ("file.other_kind", "is a scale")
        assert problem.remedy
