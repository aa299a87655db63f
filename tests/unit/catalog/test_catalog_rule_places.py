"""Places of the rule table's audit, turned into lines of the file."""

from __future__ import annotations

import pytest

from ssp_coder.catalog.checking_rules import key_of, rule_findings
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile, read_instrument
from ssp_coder.catalog.record_rules import ProfileTableFile
from ssp_coder.catalog.records import FileRecord
from tests.unit.catalog.catalog_lab import Lab

RULES = "schemas/rules/infant-default.toml"


def table_file(lab: Lab) -> tuple[InstrumentFile[FileRecord], ProfileTableFile]:
    file = read_instrument(RULES, lab.path(RULES).read_bytes(), RULES)
    assert isinstance(file.record, ProfileTableFile)
    return file, file.record


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("inputs.cm_c_5", ("inputs", 1)),
        ("groups.B.subgroups", ("groups", 1, "subgroups")),
        ("groups.AC", ("groups", 5)),
        ("profiles.B1.bands.dist_c_5", ("profiles", 2, "bands", "dist_c_5")),
        ("profiles.C2.group", ("profiles", 7, "group")),
        ("overlays.a_c.outcome", ("overlays", 0, "outcome")),
        ("overlays.a_c.examples.2", ("overlays", 0, "examples", 1)),
        ("overlays.a_c.res_c_8", ("overlays", 0, "all_of", "res_c_8")),
        ("disorganization.decision_point", ("disorganization", "decision_point")),
        ("examples.1", ("examples", 0)),
        ("borderline_flag", ("borderline_flag",)),
        ("flags.borderline", ("flags", 2)),
        ("rules.A2", ("profiles", 1)),
        ("profiles.Z9.bands", ("profiles",)),
        ("profiles.B1.bands.unheard", ("profiles", 2, "bands")),
        ("examples.99", ("examples",)),
        ("unheard.of", ()),
        ("", ()),
    ],
)
def test_a_place_has_a_key(lab: Lab, place: str, key: Key) -> None:
    _, record = table_file(lab)
    assert key_of(record, place) == key


def test_of_two_with_the_same_id_the_later_is_named(lab: Lab) -> None:
    lab.change(RULES, 'id = "cm_c_5"', 'id = "pcs_c_5"')
    _, record = table_file(lab)
    assert key_of(record, "inputs.pcs_c_5") == ("inputs", 1)


def test_a_sound_table_has_no_findings(lab: Lab) -> None:
    file, record = table_file(lab)
    assert list(rule_findings(file, record)) == []


def test_every_finding_has_a_line(lab: Lab) -> None:
    lab.change(RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = [2, 1]")
    lab.change(RULES, "cm_c_8 = [1, 4]", "cm_c_8 = [0, 4]")
    lab.change(RULES, 'flag = "u_question"', 'flag = "unheard"')
    file, record = table_file(lab)
    text = lab.text(RULES)
    lines = [
        text.partition(words)[0].count("\n") + 1
        for words in ("pcs_c_5 = [2, 1]", "cm_c_8 = [0, 4]", 'flag = "unheard"')
    ]
    places = [finding.place for finding in rule_findings(file, record)]
    assert places[:3] == [f"{RULES}:{line}" for line in lines]


def test_an_unused_flag_is_a_warning_and_the_table_still_loads(lab: Lab) -> None:
    lab.write(RULES, lab.text(RULES) + '\n[[flags]]\nid = "unheard"\ntitle = "Unheard"\n')
    file, record = table_file(lab)
    (finding,) = rule_findings(file, record)
    assert finding.severity == "warning"
    assert lab.load().rules.flag("unheard")


@pytest.mark.parametrize("weight", ["0", "-1"])
def test_a_weight_is_positive(lab: Lab, weight: str) -> None:
    line = lab.change(RULES, "weight = 4", f"weight = {weight}")
    findings = list(rule_findings(*table_file(lab)))
    assert findings[0].code == "input.weight"
    assert findings[0].place == f"{RULES}:{line}"


def test_a_heavier_input_weighs_more_in_every_band(lab: Lab) -> None:
    lab.change(RULES, "weight = 4", "weight = 6")
    bands = [band for profile in lab.load().rules.profiles for band in profile.bands]
    assert {band.weight for band in bands if band.input == "avo_c_8"} == {6}
    assert {band.weight for band in bands if band.input == "res_c_8"} == {4}


def test_a_table_may_do_without_the_disorganization_rule(lab: Lab) -> None:
    text = lab.text(RULES)
    head, _, rest = text.partition("[disorganization]")
    _, _, tail = rest.partition("[[flags]]")
    lab.write(RULES, f"{head}[[flags]]{tail}".replace("by_decision = true\n", ""))
    lab.change(RULES, 'group = "D"\nvalues', 'group = "B"\nvalues')
    lab.change("schemas/schemes/infant.toml", 'rules = "infant-main"', 'rules = "infant-default"')
    assert lab.load().rules.disorganization is None
