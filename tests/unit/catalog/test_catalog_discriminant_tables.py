"""Files of classification functions: filled in, closed, and wrong ones."""

from __future__ import annotations

import json
import random
import tomllib
from pathlib import Path

import jsonschema
import pytest

from ssp_coder.catalog import (
    CatalogError,
    check_paths,
    format_schemas,
    load_rule_table,
    load_scheme,
    scheme_from_files,
)
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures.rule_tables import SYNTHETIC, facts, with_synthetic
from tests.unit.catalog.catalog_lab import Lab

RULES = "schemas/rules/synthetic.toml"
SCHEME = "schemas/schemes/infant.toml"
TEMPLATES = ("richters-1988", "simonelli-2014", "vanijzendoorn-kroonenberg-1990")
ODD_VALUES = ("nan", "inf", "-1", "1e400", "[]", "{}", '""', "true", "1979-05-27", "[[1]]")


@pytest.fixture
def filled(lab: Lab) -> Lab:
    """A lab whose folder also holds the table of made-up numbers."""
    with_synthetic(lab.folder)
    return lab


def loaded(lab: Lab) -> RuleTable:
    return load_rule_table("synthetic", folders=(lab.folder,)).table


def findings(lab: Lab) -> tuple[Finding, ...]:
    with pytest.raises(CatalogError) as caught:
        loaded(lab)
    return caught.value.findings


def line_of(lab: Lab, words: str) -> int:
    return lab.text(RULES).partition(words)[0].count("\n") + 1


class TestBuilt:
    def test_its_functions_are_as_typed(self, filled: Lab) -> None:
        rows = {
            one.group: (one.constant, {term.input: term.weight for term in one.terms})
            for one in loaded(filled).functions
        }
        assert rows == {
            "A": (-4, {"pcs_c_8": -0.5, "avo_c_8": 2, "res_c_8": 0}),
            "B": (3, {"pcs_c_8": 1, "avo_c_8": -0.5, "res_c_8": -0.5}),
            "C": (-4, {"pcs_c_8": 0.5, "avo_c_8": 0, "res_c_8": 2}),
        }

    def test_its_citation_checksum_and_definitions_are_kept(self, filled: Lab) -> None:
        table = loaded(filled)
        assert table.citation is not None
        assert table.citation.sample == "nobody"
        assert table.checksum == -1
        assert {one.definition for one in table.inputs} == {"The rating as it is"}
        assert table.provenance.origin is Origin.LAB

    def test_its_worked_cases_are_kept(self, filled: Lab) -> None:
        case = loaded(filled).cases[0]
        assert (case.group, dict(case.scores)["B"], case.tolerance) == ("A", 1.5, 0.01)
        assert dict(case.values)["avo_c_8"] == 6

    def test_it_is_open_and_judges(self, filled: Lab) -> None:
        table = loaded(filled)
        assert table.closed == ""
        row = {"pcs_c_8": 5.0, "avo_c_8": 1.0, "res_c_8": 1.0, "dorg": 2.0}
        verdict = evaluate(table, facts(row))
        assert (verdict.group, verdict.functions[0].lowest) == ("B", 7)
        assert evaluate(table, facts(row | {"dorg": 8.0})).secondary == "B"

    def test_how_it_was_fitted_is_kept(self, filled: Lab) -> None:
        fit = (
            '\n[fit]\nmethod = "linear discriminant"\ndate = "2026-01-31"\ncases = 3\n'
            'warnings = ["few cases"]\ncounts = { A = 1, B = 2 }\n'
            "confusion = { A = [1, 0], B = [1, 1] }\n"
        )
        filled.write(RULES, filled.text(RULES) + fit)
        found = loaded(filled).fit
        assert found is not None
        assert (found.method, found.date, found.cases) == ("linear discriminant", "2026-01-31", 3)
        assert found.counts == (("A", 1), ("B", 2))
        assert found.confusion == (("A", (1, 0)), ("B", (1, 1)))
        assert found.warnings == ("few cases",)

    def test_it_is_called_synthetic_wherever_it_speaks(self, filled: Lab) -> None:
        table = loaded(filled)
        assert table.citation is not None
        assert table.title.english.startswith("SYNTHETIC")
        assert "SYNTHETIC" in table.citation.work
        assert "SYNTHETIC" in table.provenance.source

    def test_it_is_valid_by_its_schema(self) -> None:
        tree = tomllib.loads(SYNTHETIC.read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(json.dumps(tree)), format_schemas()["discriminant_table"])

    def test_a_scheme_may_speak_by_it(self, filled: Lab) -> None:
        filled.change(SCHEME, 'rules = "infant-main"', 'rules = "synthetic"')
        scheme = filled.load()
        assert scheme.rules.functions
        assert [file.path for file in scheme.files if "/rules/" in file.path] == [RULES]
        assert scheme_from_files("infant", scheme.files) == scheme


class TestTypingErrors:
    def test_a_weight_is_seen_at_the_checksum(self, filled: Lab) -> None:
        filled.change(RULES, "avo_c_8 = 2,", "avo_c_8 = 2.1,")
        (finding,) = findings(filled)
        assert finding.code == "table.checksum"
        assert finding.place == filled.place(RULES, line_of(filled, "checksum ="))
        assert "add up to -0.900000, not to -1.000000" in finding.message

    def test_two_weights_exchanged_are_seen_at_the_cases(self, filled: Lab) -> None:
        filled.change(RULES, "avo_c_8 = 2, res_c_8 = 0", "avo_c_8 = 0, res_c_8 = 2")
        found = findings(filled)
        assert {one.code for one in found} == {"table.example_fails"}
        assert found[0].place == filled.place(RULES, line_of(filled, "[[worked_cases]]"))

    def test_a_value_of_a_function_is_seen_at_the_scores(self, filled: Lab) -> None:
        line = filled.change(RULES, "scores = { A = 7,", "scores = { A = 7.5,")
        (finding,) = findings(filled)
        assert finding.place == filled.place(RULES, line)
        assert "the function of A gives 7.0000 here, not 7.5000" in finding.message

    def test_a_value_of_a_case_outside_its_range(self, filled: Lab) -> None:
        line = filled.change(RULES, "avo_c_8 = 6,", "avo_c_8 = 60,")
        (finding,) = findings(filled)
        assert finding.place == filled.place(RULES, line)

    def test_no_checksum(self, filled: Lab) -> None:
        filled.change(RULES, "checksum = -1.0\n", "")
        (finding,) = findings(filled)
        assert finding.code == "table.not_filled_in"
        assert "add up all constants and weights from the source by hand" in finding.remedy

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ('work = "SYNTHETIC: made-up', 'work = " " # "', "table.not_filled_in"),
            ('group = "A"\nconstant', 'group = "Z"\nconstant', "table.unknown_group"),
            ("avo_c_8 = 2, res_c_8 = 0", "avo_c_8 = 2, unheard = 0", "table.unknown_input"),
            ('outcome = "D"', 'outcome = "Z"', "table.unknown_group"),
            ("decision_point = 5", "decision_point = 9", "table.decision_point_outside"),
            ('flag = "close"', 'flag = "far"', "table.unknown_flag"),
            ("constant = 3", "constant = nan", "toml.not_finite"),
            ("constant = 3", "constant = inf", "toml.not_finite"),
            ("constant = 3", 'constant = "3"', "toml.shape"),
            ("checksum = -1.0", 'checksum = "-1"', "toml.shape"),
            ("scores = { A = 7,", "tolerance = 0 #", "toml.shape"),
            ("enabled = true", "unheard = 1", "toml.shape"),
            ('source = "made_up"', 'source = "elsewhere"', "source.unknown"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line_and_remedy(
        self, filled: Lab, old: str, new: str, code: str
    ) -> None:
        line = filled.change(RULES, old, new)
        finding = findings(filled)[0]
        assert (finding.code, finding.place) == (code, filled.place(RULES, line))
        assert finding.remedy

    def test_a_variable_without_a_definition_is_told_where_it_is_listed(self, filled: Lab) -> None:
        filled.change(RULES, 'definition = "The rating as it is"', 'definition = ""')
        (finding,) = findings(filled)
        assert finding.place == filled.place(RULES, line_of(filled, "[[inputs]]"))
        assert "does not say how the source measured pcs_c_8" in finding.message

    def test_a_group_that_d_sets_is_marked_as_such(self, filled: Lab) -> None:
        filled.change(RULES, 'outcome = "D"', 'outcome = "A"')
        (finding,) = findings(filled)
        assert finding.code == "table.d_group_not_marked"
        assert finding.place == filled.place(RULES, line_of(filled, "[[groups]]"))

    def test_a_weight_that_is_left_out_is_a_warning(self, filled: Lab) -> None:
        filled.change(RULES, "avo_c_8 = 2, res_c_8 = 0", "avo_c_8 = 2")
        (finding,) = check_paths((filled.path(RULES),))
        assert (finding.code, finding.severity) == ("table.weights_missing", Severity.WARNING)
        assert finding.place == filled.place(RULES, line_of(filled, "weights ="))
        assert loaded(filled).functions

    def test_enabled_without_numbers(self, lab: Lab) -> None:
        lab.change("schemas/rules/richters-1988.toml", "enabled = false", "enabled = true")
        with pytest.raises(CatalogError) as caught:
            load_rule_table("richters-1988", folders=(lab.folder,))
        finding = caught.value.finding
        assert finding.code == "table.not_filled_in"
        assert "is enabled without functions" in finding.message


class TestDamaged:
    def test_without_any_one_line_it_loads_or_says_where(self, filled: Lab) -> None:
        lines = SYNTHETIC.read_text(encoding="utf-8").splitlines(keepends=True)
        for at in range(len(lines)):
            loads_or_says_where(filled, "".join(lines[:at] + lines[at + 1 :]))

    def test_with_odd_values_it_loads_or_says_where(self, filled: Lab) -> None:
        chance = random.Random(4)
        lines = SYNTHETIC.read_text(encoding="utf-8").splitlines(keepends=True)
        for at, line in enumerate(lines):
            key, sign, _ = line.partition("=")
            if sign:
                odd = f"{key}= {chance.choice(ODD_VALUES)}\n"
                loads_or_says_where(filled, "".join([*lines[:at], odd, *lines[at + 1 :]]))

    def test_cut_off_anywhere_it_loads_or_says_where(self, filled: Lab) -> None:
        text = SYNTHETIC.read_text(encoding="utf-8")
        for length in range(0, len(text), 41):
            loads_or_says_where(filled, text[:length])


def loads_or_says_where(lab: Lab, text: str) -> None:
    lab.write(RULES, text)
    try:
        assert loaded(lab).id == "synthetic"
    except CatalogError as error:
        for finding in error.findings:
            assert finding.place.startswith(str(lab.path(RULES)))
            assert finding.message
            assert finding.remedy


class TestTemplates:
    @pytest.mark.parametrize("name", TEMPLATES)
    def test_a_template_holds_no_number_to_judge_with(self, name: str) -> None:
        tree = tomllib.loads(
            (bundled("schemas") / "rules" / f"{name}.toml").read_text(encoding="utf-8")
        )
        assert tree["enabled"] is False
        assert not {"functions", "checksum", "worked_cases", "inputs", "fit"} & tree.keys()

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_it_judges_nothing(self, name: str) -> None:
        with pytest.raises(DomainError, match="its numbers are not filled in") as caught:
            evaluate(load_rule_table(name).table, facts({}))
        assert "fill it in from its source" in caught.value.finding.remedy

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_no_scheme_can_code_with_it(self, lab: Lab, name: str) -> None:
        line = lab.change(SCHEME, 'rules = "infant-main"', f'rules = "{name}"')
        finding = lab.finding()
        assert (finding.code, finding.place) == ("table.closed", lab.place(SCHEME, line))
        assert name in finding.message
        assert "fill it in from its source" in finding.remedy

    @pytest.mark.parametrize("name", TEMPLATES)
    def test_it_does_not_claim_that_the_source_was_read(self, name: str) -> None:
        provenance = load_rule_table(name).table.provenance
        assert provenance.origin is Origin.LITERATURE
        assert "not" in provenance.source
        assert provenance.confidence is not None
        assert provenance.confidence < 1

    def test_no_bundled_scheme_speaks_by_one(self) -> None:
        assert load_scheme("infant").rules.citation is None

    def test_filled_in_it_opens(self, lab: Lab) -> None:
        """The steps that the template's own text lists."""
        text = SYNTHETIC.read_text(encoding="utf-8")
        name = "schemas/rules/richters-1988.toml"
        head, _, groups = lab.text(name).partition("[[groups]]")
        inputs = text[text.index("[[inputs]]") : text.index('[[inputs]]\nid = "dorg"')]
        functions = text[text.index("[[functions]]") : text.index("[disorganization]")]
        cases = text[text.index("[[worked_cases]]") :]
        head = head.replace("enabled = false", "enabled = true\nchecksum = -1")
        page = '\n[citation]\npage = "p. 1, table 1"\nsample = "nobody"\n'
        head = head.replace("\n[citation]\n", page)
        lab.write(name, f"{head}{inputs}[[groups]]{groups}\n{functions}{cases}")
        opened = load_rule_table("richters-1988", folders=(lab.folder,)).table
        assert opened.closed == ""
        row = {"pcs_c_8": 2.0, "avo_c_8": 6.0, "res_c_8": 1.0}
        assert evaluate(opened, facts(row)).group == "A"


def test_the_file_of_made_up_numbers_lies_with_the_tests_only() -> None:
    names = {path.name for path in Path(bundled("schemas")).rglob("*.toml")}
    assert SYNTHETIC.name not in names
