"""Files of decision tables: what they become, and what is told of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import (
    CatalogError,
    check_paths,
    load_rule_table,
    load_scheme,
    scheme_from_files,
)
from ssp_coder.catalog.building_rules import rule_table
from ssp_coder.catalog.reading import InstrumentFile, read_instrument
from ssp_coder.catalog.record_rules import DecisionTableFile
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import Condition
from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from tests.unit.catalog.catalog_lab import Lab

RULES = "schemas/rules/infant-main.toml"
BANDS = "schemas/rules/infant-default.toml"
A_C = "all_of = { avo_c_8 = [5, 7], res_c_8 = [5, 7] }"
C_HIGH = "all_of = { avo_c_8 = [1, 3], res_c_8 = [5, 7] }"


def findings(lab: Lab, name: str = "infant-main") -> tuple[Finding, ...]:
    with pytest.raises(CatalogError) as caught:
        load_rule_table(name, folders=(lab.folder,))
    return caught.value.findings


def only(lab: Lab) -> Finding:
    (finding,) = findings(lab)
    assert finding.remedy
    return finding


def line_of(lab: Lab, words: str) -> int:
    return lab.text(RULES).partition(words)[0].count("\n") + 1


def decision_file() -> InstrumentFile[DecisionTableFile]:
    content = (bundled("schemas") / "rules" / "infant-main.toml").read_bytes()
    file = read_instrument(RULES, content, RULES)
    assert isinstance(file.record, DecisionTableFile)
    return file  # type: ignore[return-value]  # its record was looked at


class TestBuilt:
    def test_a_rule_is_its_ranges_groups_and_examples(self) -> None:
        rule = next(one for one in load_rule_table("infant-main").table.main if one.id == "a_c")
        assert rule.groups == ("AC",)
        assert rule.all_of == (
            Condition(input="avo_c_8", low=5, high=7),
            Condition(input="res_c_8", low=5, high=7),
        )
        assert rule.any_of == ()
        assert [example.holds for example in rule.examples] == [True, False]
        assert rule.provenance.origin is Origin.PROJECT_DEFAULT

    def test_an_alternative_is_one_of_its_own(self) -> None:
        rule = next(one for one in load_rule_table("infant-main").table.main if one.id == "b_seeks")
        assert {one.input for one in rule.any_of} == {"pcs_c_8", "cm_c_8"}

    def test_the_table_of_subgroups_gives_inputs_groups_bands_d_and_flags(self) -> None:
        main, below = (load_rule_table(name).table for name in ("infant-main", "infant-default"))
        assert main.inputs == below.inputs
        assert main.groups == below.groups
        assert main.profiles == below.profiles
        assert main.disorganization == below.disorganization
        assert main.flags == below.flags
        assert (main.borderline_margin, main.borderline_flag) == (2, "borderline")

    def test_what_an_overlay_below_sets_is_left_to_the_main_rules(self) -> None:
        below = load_rule_table("infant-default").table
        assert {one.outcome for one in below.overlays} == {"AC", "", "U"}
        main = load_rule_table("infant-main").table
        assert {one.outcome for one in main.overlays} == {""}
        assert {one.flag for one in main.overlays} == {one.flag for one in below.overlays} - {""}

    def test_its_title_provenance_and_examples_are_its_own(self) -> None:
        main, below = (load_rule_table(name).table for name in ("infant-main", "infant-default"))
        assert main.title != below.title
        assert main.examples != below.examples
        assert main.examples[-1].between == ("B", "C")

    def test_without_its_table_of_subgroups_it_is_not_built(self) -> None:
        with pytest.raises(ValueError, match="needs its table of subgroups infant-default"):
            rule_table(decision_file(), None)

    def test_a_scheme_embeds_both_and_is_made_of_them_again(self) -> None:
        scheme = load_scheme("infant")
        paths = [file.path for file in scheme.files]
        assert [path for path in paths if path.startswith("schemas/rules/")] == [RULES, BANDS]
        assert scheme_from_files("infant", scheme.files) == scheme

    def test_a_scheme_without_the_embedded_table_of_subgroups_is_refused(self) -> None:
        files = tuple(file for file in load_scheme("infant").files if file.path != BANDS)
        with pytest.raises(CatalogError, match="infant-default"):
            scheme_from_files("infant", files)


class TestTheSpace:
    def test_a_gap_is_told_at_the_first_rule_with_a_case(self, lab: Lab) -> None:
        lab.change(RULES, A_C, A_C.replace("[5, 7]", "[6, 7]", 1))
        finding = findings(lab)[0]
        assert finding.code == "table.gap"
        assert finding.place == lab.place(RULES, line_of(lab, "[[rules]]"))
        assert "of 282,475,249 combinations, such as" in finding.message
        assert "avo_c_8 5" in finding.message

    def test_a_contradiction_is_told_at_the_later_rule(self, lab: Lab) -> None:
        lab.change(RULES, C_HIGH, C_HIGH.replace("[1, 3]", "[1, 4]", 1))
        finding = only(lab)
        assert finding.code == "table.contradiction"
        assert "rules c_high and open_c_ac" in finding.message
        start = lab.text(RULES).index('id = "open_c_ac"')
        header = lab.text(RULES).rindex("[[rules]]", 0, start)
        assert finding.place == lab.place(RULES, lab.text(RULES)[:header].count("\n") + 1)

    def test_a_rule_that_can_never_hold_is_told(self, lab: Lab) -> None:
        rule = (
            '[[rules]]\nid = "never"\ntitle = "Never"\ngroups = ["A"]\n'
            "all_of = { avo_c_8 = [1, 1] }\nany_of = { avo_c_8 = [7, 7] }\n"
            'origin = "project_default"\nsource = "words"\n'
            "examples = [{ values = { avo_c_8 = 1 }, holds = false }]\n\n"
        )
        line = lab.change(RULES, '[[rules]]\nid = "u"', f'{rule}[[rules]]\nid = "u"')
        finding = only(lab)
        assert (finding.code, finding.place) == ("table.unreachable", lab.place(RULES, line))


class TestRules:
    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ('groups = ["U"]', 'groups = ["Z"]', "table.unknown_group"),
            ('groups = ["U"]', 'groups = ["D"]', "table.main_rule_sets_d"),
            ('groups = ["B", "U"]', 'groups = ["B", "B"]', "table.duplicate_group"),
            ('groups = ["U"]', "groups = []", "toml.shape"),
            (C_HIGH, C_HIGH.replace("[1, 3]", "[3, 1]"), "table.condition_outside_input"),
            (C_HIGH, C_HIGH.replace("[1, 3]", "[0, 3]"), "table.condition_outside_input"),
            (C_HIGH, C_HIGH.replace("avo_c_8", "unheard"), "table.unknown_input"),
            (C_HIGH, C_HIGH.replace("[1, 3]", "[1, 2, 3]"), "toml.shape"),
            ('id = "infant-main"', 'id = "other"', "id.not_file_name"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(
        self, lab: Lab, old: str, new: str, code: str
    ) -> None:
        line = lab.change(RULES, old, new)
        finding = findings(lab)[0]
        assert (finding.code, finding.place) == (code, lab.place(RULES, line))
        assert finding.remedy

    def test_two_rules_of_one_name_are_told_at_the_later_one(self, lab: Lab) -> None:
        line = lab.change(RULES, 'id = "a_both"', 'id = "a_high"')
        assert findings(lab)[0].place == lab.place(RULES, line - 1)

    def test_a_source_that_is_not_listed(self, lab: Lab) -> None:
        line = lab.change(RULES, 'source = "words"\nexamples', 'source = "unheard"\nexamples')
        finding = only(lab)
        assert (finding.code, finding.place) == ("source.unknown", lab.place(RULES, line))


class TestExamples:
    def test_one_of_a_rule_is_told_at_its_own_line(self, lab: Lab) -> None:
        line = lab.change(
            RULES,
            "avo_c_8 = 6, res_c_8 = 1, dist_c_8 = 2 }, holds = true",
            "avo_c_8 = 1, res_c_8 = 1, dist_c_8 = 2 }, holds = true",
        )
        finding = only(lab)
        assert (finding.code, finding.place) == ("table.example_fails", lab.place(RULES, line))
        assert "rule a_high should be yes here and is no" in finding.message

    def test_one_of_the_table_is_told_at_its_beginning(self, lab: Lab) -> None:
        line = lab.change(RULES, 'group = "B"\nsubgroup = "B4"', 'group = "B"\nsubgroup = "B3"')
        finding = only(lab)
        assert finding.place == lab.place(RULES, line - 1)
        assert "B B3 should come out here; the table gives B, best-fitting B4" in finding.message

    def test_one_that_is_left_open_between_others(self, lab: Lab) -> None:
        line = lab.change(RULES, 'between = ["B", "C"]', 'between = ["A", "C"]')
        finding = only(lab)
        assert finding.place == lab.place(RULES, line - 1)
        assert "the table gives B/C" in finding.message


class TestTheTableBelow:
    def test_one_that_is_nowhere(self, lab: Lab) -> None:
        lab.change(RULES, 'profiles = "infant-default"', 'profiles = "nowhere"')
        finding = only(lab)
        assert finding.code == "file.missing"
        assert "nowhere.toml" in finding.place

    @pytest.mark.parametrize("name", ["infant-main", "richters-1988"])
    def test_one_of_another_kind(self, lab: Lab, name: str) -> None:
        lab.change(RULES, 'profiles = "infant-default"', f'profiles = "{name}"')
        finding = only(lab)
        assert finding.code == "file.other_kind"
        assert f"{name}.toml" in finding.place

    def test_what_is_wrong_with_it_is_told_in_its_own_file(self, lab: Lab) -> None:
        line = lab.change(BANDS, "pcs_c_5 = [1, 2]", "pcs_c_5 = [2, 1]")
        finding = findings(lab)[0]
        assert finding.place == lab.place(BANDS, line)

    def test_an_input_that_the_scheme_does_not_have_is_told_where_it_is_listed(
        self, lab: Lab
    ) -> None:
        line = lab.change(BANDS, 'id = "cry_5"', 'id = "cry_99"')
        for path in (BANDS, RULES):
            lab.write(path, lab.text(path).replace("cry_5 =", "cry_99 ="))
        assert load_rule_table("infant-main", folders=(lab.folder,))
        finding = lab.refusal().findings[0]
        assert (finding.code, finding.place) == ("id.unknown", lab.place(BANDS, line))


class TestChecking:
    def test_a_sound_folder_has_no_findings(self, lab: Lab) -> None:
        assert check_paths((lab.path("schemas/rules"),)) == ()

    def test_the_file_alone_is_checked_with_the_table_that_it_names(self, lab: Lab) -> None:
        lab.change(RULES, A_C, A_C.replace("[5, 7]", "[6, 7]", 1))
        found = check_paths((lab.path(RULES),))
        assert found[0].code == "table.gap"

    def test_a_folder_tells_each_fact_once(self, lab: Lab) -> None:
        lab.change(RULES, C_HIGH, C_HIGH.replace("[1, 3]", "[1, 4]", 1))
        found = check_paths((lab.folder,))
        assert [one.code for one in found].count("table.contradiction") == 1

    def test_a_scheme_by_a_wrong_table_does_not_load(self, lab: Lab) -> None:
        lab.change(RULES, C_HIGH, C_HIGH.replace("[1, 3]", "[1, 4]", 1))
        assert lab.finding().code == "table.contradiction"

    def test_a_table_of_a_lab_over_the_bundled_subgroups(self, tmp_path: Path) -> None:
        path = tmp_path / RULES
        path.parent.mkdir(parents=True)
        path.write_bytes((bundled("schemas") / "rules" / "infant-main.toml").read_bytes())
        assert check_paths((path,)) == ()
        assert load_rule_table("infant-main", folders=(tmp_path,)).table.profiles
