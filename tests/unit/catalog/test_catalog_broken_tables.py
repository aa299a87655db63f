"""Rule tables of every kind, each broken in one way: the check names file, line and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError, check_paths, load_rule_table
from ssp_coder.domain.finding import Finding, Severity
from tests.unit.catalog.catalog_lab import Lab

MAIN = "schemas/rules/infant-main.toml"
BANDS = "schemas/rules/infant-default.toml"
MADE_UP = "schemas/rules/synthetic.toml"
SYNTHETIC = Path(__file__).parents[2] / "fixtures" / "rules" / "synthetic.toml"
RULE_HEAD = "[[rules]]\n"
ROOM = 'origin = "project_default"\nsource = "words"\n'
EXAMPLE = "examples = [{ values = { avo_c_8 = 1, res_c_8 = 1 }, holds = false }]\n"


@pytest.fixture
def desk(lab: Lab) -> Lab:
    """A lab's folder with one table of each kind."""
    shutil.copy(SYNTHETIC, lab.path(MADE_UP))
    return lab


def findings(desk: Lab, below: str) -> tuple[Finding, ...]:
    return check_paths((desk.path(below),))


def told(desk: Lab, below: str, code: str) -> Finding:
    """The one finding of a kind; each has a message, a place in this file and a remedy."""
    of_kind = [finding for finding in findings(desk, below) if finding.code == code]
    assert of_kind, [finding.sentence() for finding in findings(desk, below)]
    finding = of_kind[0]
    assert finding.place.startswith(str(desk.path(below)))
    assert finding.message
    assert finding.remedy
    return finding


def line_of(desk: Lab, below: str, words: str) -> int:
    head, found, _ = desk.text(below).partition(words)
    assert found
    return head.count("\n") + 1


def assert_at(desk: Lab, below: str, finding: Finding, words: str) -> None:
    assert finding.place == desk.place(below, line_of(desk, below, words))


def add_rule(desk: Lab, rule_id: str, groups: str, conditions: str) -> None:
    rule = f'{RULE_HEAD}id = "{rule_id}"\ntitle = "{rule_id}"\ngroups = {groups}\n{conditions}\n'
    desk.change(MAIN, RULE_HEAD, f"{rule}{ROOM}{EXAMPLE}\n{RULE_HEAD}")


@pytest.mark.parametrize("below", [MAIN, BANDS, MADE_UP])
def test_an_unbroken_table_has_no_finding(desk: Lab, below: str) -> None:
    assert findings(desk, below) == ()


# ---------------------------------------------------------------- the decision table


def test_a_gap_is_told_with_an_example_and_how_much_it_is(desk: Lab) -> None:
    desk.change(
        MAIN, "avo_c_8 = [5, 7], res_c_8 = [1, 3] }", "avo_c_8 = [6, 7], res_c_8 = [1, 3] }"
    )
    finding = told(desk, MAIN, "table.gap")
    assert f"of {7**10:,} combinations" in finding.message
    assert "avo_c_8 5" in finding.message
    assert finding.severity is Severity.ERROR


def test_a_contradiction_is_told_with_both_rules(desk: Lab) -> None:
    add_rule(desk, "surplus", '["C"]', "all_of = { avo_c_8 = [1, 2], res_c_8 = [1, 2] }")
    finding = told(desk, MAIN, "table.contradiction")
    assert "surplus" in finding.message
    assert " and " in finding.message
    assert f"of {7**10:,} combinations" in finding.message


def test_a_rule_that_can_never_hold_is_told_on_its_line(desk: Lab) -> None:
    add_rule(desk, "never", '["C"]', "all_of = { avo_c_8 = [1, 2] }\nany_of = { avo_c_8 = [5, 7] }")
    finding = told(desk, MAIN, "table.unreachable")
    assert "never" in finding.message
    place = int(finding.place.rpartition(":")[2])
    assert abs(place - line_of(desk, MAIN, 'id = "never"')) <= 1


def test_a_rule_that_adds_nothing_is_a_warning(desk: Lab) -> None:
    add_rule(desk, "again", '["AC"]', "all_of = { avo_c_8 = [6, 6], res_c_8 = [6, 6] }")
    finding = told(desk, MAIN, "table.redundant")
    assert finding.severity is Severity.WARNING
    assert "again" in finding.message


def test_an_example_that_a_rule_does_not_keep_is_told(desk: Lab) -> None:
    desk.change(
        MAIN,
        "avo_c_8 = 6, res_c_8 = 1, dist_c_8 = 2 }, holds = true",
        "avo_c_8 = 2, res_c_8 = 1, dist_c_8 = 2 }, holds = true",
    )
    assert any("should be yes here" in f.message for f in findings(desk, MAIN))
    with pytest.raises(CatalogError):
        load_rule_table("infant-main", folders=(desk.folder,))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('groups = ["A"]', 'groups = ["Z"]', "Z"),
        ("all_of = { pcs_c_8 = [1, 4]", "all_of = { pcs_c_9 = [1, 4]", "pcs_c_9"),
        ("avo_c_8 = [5, 7]", "avo_c_8 = [5, 9]", "9"),
        ('groups = ["A"]', 'groups = ["D"]', "D"),
        ('groups = ["A"]', 'groups = ["A", "A"]', "twice"),
    ],
)
def test_what_a_rule_must_not_name_is_told_on_its_line(
    desk: Lab, old: str, new: str, said: str
) -> None:
    line = desk.change(MAIN, old, new)
    found = [finding for finding in findings(desk, MAIN) if said in finding.message]
    assert found
    assert any(finding.place == desk.place(MAIN, line) for finding in found)


def test_a_table_of_subgroups_that_is_not_there_is_told(desk: Lab) -> None:
    line = desk.change(MAIN, 'profiles = "infant-default"', 'profiles = "moon"')
    found = findings(desk, MAIN)
    assert any("moon" in finding.sentence() for finding in found), (line, found)


def test_a_broken_table_of_subgroups_breaks_what_names_it(desk: Lab) -> None:
    desk.change(BANDS, "pcs_c_5 = [1, 2]", "pcs_c_5 = [2, 1]")
    with pytest.raises(CatalogError) as caught:
        load_rule_table("infant-main", folders=(desk.folder,))
    assert str(desk.path(BANDS)) in caught.value.finding.place


def test_a_source_that_is_empty_is_told(desk: Lab) -> None:
    line = desk.change(MAIN, 'source = "words"\nexamples', 'source = ""\nexamples')
    assert any(finding.place == desk.place(MAIN, line) for finding in findings(desk, MAIN))


# ---------------------------------------------------------------- the table of bands


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pcs_c_5 = [1, 2]", "pcs_c_5 = [2, 1]"),
        ("pcs_c_5 = [1, 2]", "pcs_c_5 = [0, 2]"),
        ("pcs_c_5 = [1, 2]", "pcs_c_9 = [1, 2]"),
        ('outcome = "AC"', 'outcome = "Z"'),
        ('flag = "a_c_question"', 'flag = "unheard"'),
        ("decision_point = 5", "decision_point = 15"),
        ('input = "dorg"', 'input = "moon"'),
    ],
)
def test_a_broken_line_of_bands_is_told_where_it_is(desk: Lab, old: str, new: str) -> None:
    line = desk.change(BANDS, old, new)
    found = findings(desk, BANDS)
    assert any(finding.place == desk.place(BANDS, line) for finding in found), found
    assert all(finding.remedy for finding in found)


def test_an_example_that_the_bands_do_not_keep_is_told(desk: Lab) -> None:
    desk.change(
        BANDS, 'group = "A"\nsubgroup = "A1"\nvalues', 'group = "B"\nsubgroup = "B1"\nvalues'
    )
    found = findings(desk, BANDS)
    assert any("should come out here" in finding.message for finding in found)


# ---------------------------------------------------------------- the discriminant table


def test_a_typing_error_in_a_coefficient_is_seen_by_the_checksum(desk: Lab) -> None:
    line = desk.change(MADE_UP, "checksum = -1.0", "checksum = -1.5")
    finding = told(desk, MADE_UP, "table.checksum")
    assert finding.place == desk.place(MADE_UP, line)
    assert "-1.500000" in finding.message


def test_a_table_without_a_checksum_is_refused(desk: Lab) -> None:
    desk.change(MADE_UP, "checksum = -1.0\n", "")
    assert "checksum" in told(desk, MADE_UP, "table.not_filled_in").message


def test_a_table_without_a_citation_is_refused(desk: Lab) -> None:
    line = desk.change(
        MADE_UP, 'work = "SYNTHETIC: made-up numbers, of no publication"', 'work = ""'
    )
    finding = told(desk, MADE_UP, "table.not_filled_in")
    assert finding.place == desk.place(MADE_UP, line)


def test_a_variable_must_say_how_it_was_measured(desk: Lab) -> None:
    desk.change(MADE_UP, 'definition = "The rating as it is"\n', "")
    assert "pcs_c_8" in told(desk, MADE_UP, "table.not_filled_in").message


def test_a_worked_case_that_comes_out_otherwise_is_told(desk: Lab) -> None:
    text = desk.text(MADE_UP)
    start = text.index("[[worked_cases]]")
    case = text[start:].split('group = "')[1][0]
    other = "B" if case != "B" else "A"
    desk.write(
        MADE_UP, text[:start] + text[start:].replace(f'group = "{case}"', f'group = "{other}"', 1)
    )
    found = findings(desk, MADE_UP)
    assert any("should come out here" in finding.message for finding in found)
    assert all(finding.place.startswith(f"{desk.path(MADE_UP)}:") for finding in found)


def test_a_template_may_lack_its_numbers_but_not_be_enabled(desk: Lab) -> None:
    below = "schemas/rules/richters-1988.toml"
    assert findings(desk, below) == ()
    desk.change(below, "enabled = false", "enabled = true")
    assert "numbers" in told(desk, below, "table.not_filled_in").remedy
    with pytest.raises(CatalogError):
        load_rule_table("richters-1988", folders=(desk.folder,))


def test_a_function_of_an_unknown_group_is_told(desk: Lab) -> None:
    text = desk.text(MADE_UP)
    start = text.index("[[functions]]")
    desk.write(MADE_UP, text[:start] + text[start:].replace('group = "A"', 'group = "Z"', 1))
    found = findings(desk, MADE_UP)
    assert any("Z" in finding.message for finding in found)


# ---------------------------------------------------------------- any of them


@pytest.mark.parametrize("below", [MAIN, BANDS, MADE_UP])
def test_an_id_that_is_not_the_files_name_is_told(desk: Lab, below: str) -> None:
    name = Path(below).stem
    line = desk.change(below, f'id = "{name}"', 'id = "moon"')
    assert any(finding.place == desk.place(below, line) for finding in findings(desk, below))


@pytest.mark.parametrize("below", [MAIN, BANDS, MADE_UP])
def test_a_word_that_the_format_does_not_know_is_told(desk: Lab, below: str) -> None:
    line = desk.change(below, 'version = "', 'moon = 1\nversion = "')
    found = findings(desk, below)
    assert any("moon" in finding.sentence() for finding in found)
    assert any(finding.place == desk.place(below, line) for finding in found)


@pytest.mark.parametrize("below", [MAIN, BANDS, MADE_UP])
def test_half_a_file_is_told_with_its_line(desk: Lab, below: str) -> None:
    text = desk.text(below)
    desk.write(
        below, text[: text.index("examples = [") + 14] if "examples = [" in text else text[:-20]
    )
    found = findings(desk, below)
    assert found
    assert all(finding.place.rpartition(":")[2].isdecimal() for finding in found)
