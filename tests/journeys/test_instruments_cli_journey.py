"""What a laboratory does with the instruments, command by command: copy, change, trust, refit."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.catalog.copying import copy_of, files_named, ids_for_all
from ssp_coder.catalog.placing import write_copy
from ssp_coder.domain.coding import Classification
from ssp_coder.editing.edits import Classify
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from tests.builders import after, coding, infant_scheme, rate
from tests.unit.cli.cli_desk import Call, bytes_of, caller
from tests.unit.cli.refit_desk import columns, study

SCHEME = "schemas/schemes/infant.toml"
TEMPLATE = "schemas/rules/richters-1988.toml"
OURS = "my-lab-main"
NARROWER = ("avo_c_8 = [5, 7], res_c_8 = [1, 3] }", "avo_c_8 = [6, 7], res_c_8 = [1, 3] }")
BETWEEN = """
[[rules]]
id = "lab_five"
title = { en = "Avoidance of exactly 5: our team looks again", de = "Vermeidung genau 5" }
groups = ["A", "B"]
all_of = { pcs_c_8 = [1, 4], cm_c_8 = [1, 4], avo_c_8 = [5, 5], res_c_8 = [1, 3] }
origin = "lab"
source = "What our team decided"
examples = [
  { values = { pcs_c_8 = 2, cm_c_8 = 1, avo_c_8 = 5, res_c_8 = 1 }, holds = true },
  { values = { pcs_c_8 = 2, cm_c_8 = 1, avo_c_8 = 6, res_c_8 = 1 }, holds = false },
]
"""
EXAMPLE = ("pcs_c_8 = 3, cm_c_8 = 2, avo_c_8 = 5, res", "pcs_c_8 = 3, cm_c_8 = 2, avo_c_8 = 6, res")
"""An example of the bundled table that the narrower rule no longer gives."""
FIVE = (2, 1, 5, 1, 1, 1, 5, 1)
SEVEN = (1, 1, 6, 1, 1, 1, 7, 1)
CLINGS = (5, 5, 1, 1, 6, 6, 1, 1)


@pytest.fixture
def ssp(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A laboratory's folder with a copy of the usual scheme, every file under its own name."""
    folder = tmp_path / "lab"
    write_copy(copy_of(SCHEME, new_ids=ids_for_all(files_named(SCHEME), "my-lab")), folder)
    return folder


@pytest.fixture
def codings(tmp_path: Path) -> Path:
    """Codings made with the bundled scheme before the laboratory changed anything."""
    folder = tmp_path / "codings"
    folder.mkdir()
    for session, subgroup, values in (
        ("S005", "A2", FIVE),
        ("S007", "A1", SEVEN),
        ("S100", "B3", CLINGS),
    ):
        rated = zip((*columns(), "dorg"), (*values, 1), strict=True)
        own = Classification(primary=subgroup[0], subgroup=subgroup)
        coded = after(coding(), *(rate(*one) for one in rated), Classify(classification=own))
        path = folder / f"{session}.sspc"
        create(
            path, coding=replace(coded, session=session), scheme=infant_scheme(), who="c01"
        ).close()
    return folder


def table_of(lab: Path) -> Path:
    return lab / "schemas" / "rules" / f"{OURS}.toml"


def change(path: Path, old: str, new: str) -> int:
    """Replace the first `old` and return the line it stands on."""
    text = path.read_text("utf-8")
    head, found, tail = text.partition(old)
    assert found, f"{path.name} does not hold {old!r}"
    path.write_text(head + new + tail, "utf-8")
    return head.count("\n") + 1


def changed(lab: Path) -> Path:
    """The laboratory's table with one rule narrowed and one added, so that all is covered."""
    path = table_of(lab)
    split_rule(path)
    return path


def split_rule(path: Path) -> None:
    change(path, *NARROWER)
    change(path, *EXAMPLE)
    path.write_text(path.read_text("utf-8") + BETWEEN, "utf-8")


def done(ssp: Call, *arguments: object) -> str:
    outcome = ssp(*arguments)
    assert outcome.code == 0, outcome.err + outcome.out
    return outcome.out


def suggested(ssp: Call, path: Path, *more: object) -> dict[str, object]:
    (entry,) = json.loads(done(ssp, "classify", path, "--json", *more))
    assert isinstance(entry, dict)
    return entry


def ratings_table(path: Path, *rows: tuple[int, ...]) -> Path:
    lines = [",".join(("session_id", *columns(), "dorg"))]
    lines += [f"N{at},{','.join(map(str, row))},1" for at, row in enumerate(rows, start=1)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


# ---------------------------------------------------------------- a table of one's own


def test_a_fresh_copy_is_sound_and_its_tables_are_listed_beside_the_bundled(
    ssp: Call, lab: Path
) -> None:
    assert done(ssp, "check", lab).rstrip().endswith("nothing to complain of")
    listed = done(ssp, "rules", "list", "--instruments", lab)
    names = {line.split()[0] for line in listed.splitlines()[1:]}
    assert {OURS, "my-lab-default", "infant-main", "infant-default"} <= names


def test_a_gap_is_told_with_file_line_and_remedy_and_is_gone_once_mended(
    ssp: Call, lab: Path
) -> None:
    path = table_of(lab)
    change(path, *NARROWER)
    outcome = ssp("check", lab)
    assert outcome.code == 1
    gaps = [line for line in outcome.err.splitlines() if "no rule holds for" in line]
    assert gaps
    assert all(re.search(rf"{re.escape(str(path))}:\d+: ", line) for line in gaps)
    assert all("avo_c_8 5" in line and "widen a rule" in line for line in gaps)
    audit = ssp("rules", "audit", OURS, "--instruments", lab)
    assert audit.code == 1
    assert "the table cannot be used" in audit.out
    refused = ssp("rules", "map", OURS, "--x", "avo_c_8", "--y", "res_c_8", "--instruments", lab)
    assert refused.code == 2

    path.write_text(path.read_text("utf-8") + BETWEEN, "utf-8")
    outcome = ssp("check", lab)
    assert outcome.code == 1
    line = change(path, *EXAMPLE)
    assert any(
        f"{path}:{line - at}: A A2 should come out here" in outcome.complaint for at in (0, 3)
    )

    done(ssp, "check", lab)
    assert "exactly one answer for each" in done(ssp, "rules", "audit", OURS, "--instruments", lab)


def test_a_rule_too_many_is_told_as_a_conflict(ssp: Call, lab: Path) -> None:
    path = table_of(lab)
    path.write_text(path.read_text("utf-8") + BETWEEN, "utf-8")
    outcome = ssp("check", lab)
    assert outcome.code == 1
    told = [line for line in outcome.err.splitlines() if "lab_five" in line]
    assert any(str(path) in line and "a_high" in line for line in told), outcome.err


def test_the_audit_shows_what_became_open_and_that_one_rule_is_the_labs(
    ssp: Call, lab: Path
) -> None:
    changed(lab)
    before = done(ssp, "rules", "audit", "infant-main")
    after = done(ssp, "rules", "audit", OURS, "--instruments", lab)
    share = re.compile(r"Settled: ([\d.]+) %")
    was, now = (float(share.search(text).group(1)) for text in (before, after))
    assert now < was
    assert "lab (What our team decided)" in after
    assert "lab (" not in before


def test_the_difference_tells_the_rules_and_which_codings_would_change(
    ssp: Call, lab: Path, codings: Path
) -> None:
    path = changed(lab)
    kept = {one.name: bytes_of(one) for one in codings.iterdir()}
    told = done(ssp, "rules", "diff", "infant-main", path, "--codings", codings)
    assert "rule lab_five" in told
    assert "5 to 7 -> 6 to 7 [suggestion]" in told
    assert "3 codings under infant-main 1.0.0 and my-lab-main 1.0.0: 1 would get" in told
    assert "S005, c01: A" in told
    assert "S007" not in told
    assert "S100" not in told
    assert {one.name: bytes_of(one) for one in codings.iterdir()} == kept


def test_programs_are_told_the_same_difference(ssp: Call, lab: Path, codings: Path) -> None:
    arguments = ("rules", "diff", "infant-main", changed(lab), "--codings", codings, "--json")
    document = json.loads(done(ssp, *arguments))
    by_session = {one["session"]: one for one in document["codings"]["told"]}
    assert [name for name, one in by_session.items() if one["changed"]] == ["S005"]
    assert by_session["S007"]["then"] == by_session["S007"]["now"]
    (narrowed,) = [one for one in document["differences"] if one["old"] == "5 to 7"]
    assert narrowed["key"] == ["rules", "a_high", "all_of", "avo_c_8"]


def test_a_coding_keeps_its_suggestion_until_another_table_is_asked_by_name(
    ssp: Call, lab: Path, codings: Path
) -> None:
    path = codings / "S005.sspc"
    before = suggested(ssp, path)
    changed(lab)
    assert suggested(ssp, path, "--instruments", lab) == before
    asked = suggested(ssp, path, "--rules", OURS, "--instruments", lab)
    assert (before["group"], asked["group"]) == ("A", None)
    assert asked["left_open"] is True
    assert asked["possible"] == ["A", "B"]
    assert asked["table"]["id"] == OURS
    words = done(ssp, "classify", path, "--explain", "--rules", OURS, "--instruments", lab)
    assert "Rule table: my-lab-main 1.0.0, sha256 " in words
    assert "looks again [lab_five], leaves it open between A and B" in words


def test_a_coding_keeps_its_suggestion_when_a_higher_version_hides_the_bundled_table(
    ssp: Call, codings: Path, tmp_path: Path
) -> None:
    """The laboratory's table may bear the bundled one's id; what was coded stays as it was."""
    folder = tmp_path / "same_names"
    write_copy(copy_of(SCHEME), folder)
    before = suggested(ssp, codings / "S005.sspc")
    split_rule(folder / "schemas" / "rules" / "infant-main.toml")
    assert suggested(ssp, codings / "S005.sspc", "--instruments", folder) == before
    rows = ratings_table(tmp_path / "new.csv", FIVE)
    (new,) = json.loads(done(ssp, "classify", "--ratings", rows, "--json", "--instruments", folder))
    assert new["left_open"] is True
    assert (new["table"]["id"], new["table"]["version"]) == ("infant-main", "1.0.1")
    assert new["table"]["sha256"] != before["table"]["sha256"]


def test_a_new_coding_with_the_labs_scheme_carries_its_table_along(
    ssp: Call, lab: Path, tmp_path: Path
) -> None:
    changed(lab)
    rows = ratings_table(tmp_path / "new.csv", FIVE, SEVEN)
    found = json.loads(
        done(
            ssp,
            *("classify", "--ratings", rows, "--json"),
            *("--scheme", "my-lab", "--instruments", lab),
        )
    )
    assert [one["table"]["id"] for one in found] == [OURS, OURS]
    assert [one["possible"] for one in found] == [["A", "B"], ["A"]]


# ---------------------------------------------------------------- a table fitted to own codings


@pytest.fixture
def fitted(ssp: Call, lab: Path, tmp_path: Path) -> Path:
    """Functions fitted to locked consensus codings, named by the laboratory's scheme."""
    folder = study(tmp_path / "study", n=24)
    out = lab / "schemas" / "rules" / "our-functions.toml"
    outcome = ssp("refit", folder, "--out", out, "--variables", "avo_c_8,res_c_8")
    assert outcome.code == 1  # few cases are a warning, and the table is written all the same
    assert "24 cases are few" in outcome.err
    change(lab / "schemas" / "schemes" / "my-lab.toml", f'"{OURS}"', '"our-functions"')
    return out


def test_a_fitted_table_is_found_sound_and_says_what_it_was_fitted_to(
    ssp: Call, lab: Path, fitted: Path
) -> None:
    done(ssp, "check", lab)
    listed = done(ssp, "rules", "list", "--instruments", lab)
    (row,) = [line for line in listed.splitlines() if line.startswith("our-functions")]
    assert "discriminant table" in row
    assert row.rstrip().endswith("lab")
    matrix = done(ssp, "rules", "matrix", fitted)
    assert "Classification functions." in matrix
    assert "24 locked consensus codings (A 8, B 8, C 8)" in fitted.read_text("utf-8")


def test_classifying_with_the_fitted_table_cites_the_labs_own_codings_and_no_publication(
    ssp: Call, lab: Path, fitted: Path, tmp_path: Path
) -> None:
    rows = ratings_table(tmp_path / "new.csv", SEVEN, CLINGS)
    by_scheme = ("--scheme", "my-lab", "--instruments", lab)
    said = done(ssp, "classify", "--ratings", rows, "--explain", *by_scheme)
    assert "Rule table: our-functions 1.0.0" in said
    assert "Own consensus codings of this laboratory" in said
    assert "Function of A: " in said
    for author in ("Richters", "Ainsworth", "IJzendoorn", "Simonelli"):
        assert author not in said
    found = json.loads(done(ssp, "classify", "--ratings", rows, "--json", *by_scheme))
    assert [one["group"] for one in found] == ["A", "B"]


def test_the_codings_that_were_fitted_to_keep_the_table_they_were_made_with(
    ssp: Call, lab: Path, fitted: Path, tmp_path: Path
) -> None:
    path = tmp_path / "study" / "S000.sspc"
    assert suggested(ssp, path, "--instruments", lab)["table"]["id"] == "infant-main"
    by_name = suggested(ssp, path, "--rules", "our-functions", "--instruments", lab)
    assert by_name["table"]["id"] == "our-functions"


def test_a_locked_coding_takes_no_other_class_so_what_was_fitted_to_stays(
    fitted: Path, tmp_path: Path
) -> None:
    path = tmp_path / "study" / "S000.sspc"
    with open_for_writing(path, "team") as file:
        before = file.coding
        assert before.locked
        with pytest.raises(EditRefusedError):
            file.document().submit(Classify(classification=Classification(primary="C")))
    with open_read_only(path) as file:
        assert file.coding == before


# ---------------------------------------------------------------- a template, filled in


INPUTS = """
[[inputs]]
id = "pcs_c_8"
title = "Proximity and contact seeking"
definition = "SYNTHETIC: rating of reunion 2"
minimum = 1
maximum = 7

[[inputs]]
id = "avo_c_8"
title = "Avoidance"
definition = "SYNTHETIC: rating of reunion 2"
minimum = 1
maximum = 7
"""
FUNCTIONS = """
[[functions]]
group = "A"
constant = -4
weights = { pcs_c_8 = -0.5, avo_c_8 = 2 }

[[functions]]
group = "B"
constant = 3
weights = { pcs_c_8 = 1, avo_c_8 = -0.5 }

[[functions]]
group = "C"
constant = -9
weights = { pcs_c_8 = 0.5, avo_c_8 = 0 }
"""
CASE = """
[[worked_cases]]
group = "A"
values = { pcs_c_8 = 2, avo_c_8 = 6 }
scores = { A = 7, B = 2, C = -8 }
"""
CITED = ('[citation]\nwork = "', '[citation]\npage = "SYNTHETIC p. 1"\nsample = "none"\nwork = "')
OPENED = ("enabled = false", "enabled = true\nchecksum = -7.5")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The bundled template in a folder of one's own, as its first lines ask for."""
    folder = tmp_path / "filled"
    write_copy(copy_of(TEMPLATE, new_ids={TEMPLATE: "our-copy"}), folder)
    return folder / "schemas" / "rules" / "our-copy.toml"


def fill_in(path: Path, *parts: str) -> None:
    change(path, *CITED)
    change(path, *OPENED)
    path.write_text(path.read_text("utf-8") + "".join(parts), "utf-8")


def home_of(table: Path) -> Path:
    return table.parents[2]


def test_an_empty_template_is_sound_closed_and_tells_how_to_open_it(
    ssp: Call, template: Path, codings: Path
) -> None:
    done(ssp, "check", home_of(template))
    assert "Closed" in done(ssp, "rules", "audit", template)
    asked = ("--rules", "our-copy", "--instruments", home_of(template))
    outcome = ssp("classify", codings / "S007.sspc", *asked)
    assert outcome.code == 2
    assert "enabled = true" in outcome.complaint
    assert outcome.out == ""


def test_a_template_filled_in_as_it_asks_is_open_and_cited(
    ssp: Call, template: Path, codings: Path
) -> None:
    fill_in(template, INPUTS, FUNCTIONS, CASE)
    done(ssp, "check", home_of(template))
    asked = ("--rules", "our-copy", "--instruments", home_of(template))
    said = done(ssp, "classify", codings / "S007.sspc", "--explain", *asked)
    assert "Suggestion: A (Avoidant)" in said
    assert "Its numbers: Richters, J. E., Waters, E. and Vaughn" in said
    assert "SYNTHETIC p. 1" in said
    assert "1 example tried: all come out" in done(ssp, "rules", "audit", template)


@pytest.mark.parametrize(
    ("parts", "wrong", "said"),
    [
        ((), None, "without functions"),
        ((INPUTS, FUNCTIONS), None, "worked"),
        ((INPUTS, FUNCTIONS, CASE), ("checksum = -7.5", "checksum = -7.25"), "not to -7.25"),
        ((INPUTS, FUNCTIONS, CASE), ("constant = 3", "constant = 8"), "add up to -2.5"),
        ((INPUTS, FUNCTIONS, CASE), ("A = 7, B = 2", "A = 7, B = 3"), "B"),
        (
            (INPUTS, FUNCTIONS, CASE),
            ('\nwork = "Richters, J', '\nwork = "" # "Richters, J'),
            "cites no publication",
        ),
        ((INPUTS, FUNCTIONS, CASE), ('"SYNTHETIC: rating of reunion 2"', '""'), "definition"),
    ],
)
def test_a_template_filled_in_by_halves_stays_shut_and_says_what_is_wrong(
    ssp: Call, template: Path, parts: tuple[str, ...], wrong: tuple[str, str] | None, said: str
) -> None:
    fill_in(template, *parts)
    if wrong is not None:
        change(template, *wrong)
    outcome = ssp("check", home_of(template))
    assert outcome.code == 1
    assert any(f"{template}:" in line and said in line for line in outcome.err.splitlines()), (
        outcome.err
    )


def test_no_result_bears_the_name_of_a_paper_whose_numbers_are_not_there(
    ssp: Call, codings: Path, tmp_path: Path
) -> None:
    said = done(ssp, "classify", *sorted(codings.glob("*.sspc")), "--explain")
    done(ssp, "export", codings / "S007.sspc", "--to", tmp_path / "out")
    tables = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("*_scores.csv")]
    assert tables
    for text in (said, *tables):
        assert "Richters" not in text
        assert "richters" not in text
    (row,) = list(csv.DictReader(tables[0].splitlines()))
    assert (row["ruleset_id"], row["ruleset_version"]) == ("infant-main", "1.0.0")
    assert row["ruleset_citation"] == ""
