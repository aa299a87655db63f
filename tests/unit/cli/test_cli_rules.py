"""`ssp-coder rules`: list, audit, matrix, map and diff, as typed."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from ssp_coder.resources import bundled
from tests.unit.cli.cli_desk import Call

RULES = "schemas/rules"
OURS = "ours"


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A lab's folder with a table of its own: the bundled bands under another name."""
    folder = tmp_path / "lab"
    (folder / RULES).mkdir(parents=True)
    text = (bundled("schemas") / "rules" / "infant-default.toml").read_text("utf-8")
    own = text.replace('id = "infant-default"', f'id = "{OURS}"', 1)
    (folder / RULES / f"{OURS}.toml").write_text(own, "utf-8")
    return folder


def change(lab: Path, old: str, new: str) -> Path:
    path = lab / RULES / f"{OURS}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


# ---------------------------------------------------------------- list


def test_the_list_tells_kind_state_and_origin_of_each_table(ssp: Call) -> None:
    outcome = ssp("rules", "list")
    assert outcome.code == 0
    rows = {line.split()[0]: line for line in outcome.out.splitlines()}
    assert "decision table" in rows["infant-main"]
    assert "ready" in rows["infant-main"]
    assert rows["infant-main"].endswith("project default, not published")
    assert "closed" in rows["richters-1988"]


def test_the_list_shows_a_labs_tables_too(ssp: Call, lab: Path) -> None:
    assert f"\n{OURS} " not in ssp("rules", "list").out
    assert OURS in ssp("rules", "list", "--instruments", lab).out


def test_a_broken_table_is_in_the_list_and_is_a_finding(ssp: Call, lab: Path) -> None:
    path = change(lab, 'kind = "profile_table"', 'kind = "profile table"')
    outcome = ssp("rules", "list", "--instruments", lab)
    assert outcome.code == 1
    assert "broken" in next(line for line in outcome.out.splitlines() if line.startswith(OURS))
    assert str(path) in outcome.complaint


# ---------------------------------------------------------------- audit


def test_an_audit_proves_the_whole_space(ssp: Call) -> None:
    outcome = ssp("rules", "audit", "infant-main")
    assert (outcome.code, outcome.err) == (0, "")
    assert "exactly one answer for each" in outcome.out
    assert "Where its statements come from:" in outcome.out


@pytest.mark.parametrize("by", ["id", "file"])
def test_a_labs_table_is_audited_by_id_or_by_file(ssp: Call, lab: Path, by: str) -> None:
    named = (OURS, "--instruments", lab) if by == "id" else (lab / RULES / f"{OURS}.toml",)
    outcome = ssp("rules", "audit", *named)
    assert outcome.code == 0
    assert f"[{OURS} " in outcome.out


def test_a_table_is_audited_wherever_it_lies(ssp: Call, lab: Path, tmp_path: Path) -> None:
    lone = shutil.move(lab / RULES / f"{OURS}.toml", tmp_path / f"{OURS}.toml")
    outcome = ssp("rules", "audit", lone)
    assert outcome.code == 0
    assert f"[{OURS} " in outcome.out


def test_a_mistake_is_told_with_file_line_and_remedy(ssp: Call, lab: Path) -> None:
    path = change(lab, "avo_c_5 = [5, 7]", "avo_c_5 = [7, 5]")
    outcome = ssp("rules", "audit", path)
    line = path.read_text("utf-8").split("avo_c_5 = [7, 5]")[0].count("\n") + 1
    assert outcome.code == 1
    assert f"{path}:{line}" in outcome.err
    assert "cannot be used" in outcome.out


def test_an_example_that_comes_out_otherwise_is_a_finding(ssp: Call, lab: Path) -> None:
    path = change(lab, 'group = "A"\nsubgroup = "A1"\nvalues', 'group = "B"\nvalues')
    outcome = ssp("rules", "audit", path)
    assert outcome.code == 1
    assert str(path) in outcome.err


def test_a_closed_table_is_audited_as_closed(ssp: Call) -> None:
    outcome = ssp("rules", "audit", "richters-1988")
    assert outcome.code == 0
    assert "Closed: its numbers are not filled in" in outcome.out
    assert "combinations" not in outcome.out


@pytest.mark.parametrize("name", ["moon", "moon.toml"])
def test_a_table_that_is_not_there_is_told_with_a_remedy(ssp: Call, name: str) -> None:
    outcome = ssp("rules", "audit", name)
    assert outcome.code == 2
    assert name in outcome.complaint
    assert outcome.out == ""


def test_another_kind_of_file_is_refused(ssp: Call, tmp_path: Path) -> None:
    scale = shutil.copy(bundled("schemas") / "scales" / "avo.toml", tmp_path)
    outcome = ssp("rules", "audit", scale)
    assert outcome.code == 2
    assert "is no rule table" in outcome.complaint


# ---------------------------------------------------------------- matrix


def test_the_matrix_is_readable(ssp: Call) -> None:
    outcome = ssp("rules", "matrix", "infant-main")
    assert outcome.code == 0
    for words in ("Main group.", "Subgroup.", "Decision.", "A?B", "Put together with"):
        assert words in outcome.out


def test_the_matrix_as_csv_has_a_row_a_rule(ssp: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(ssp("rules", "matrix", "infant-main", "--csv").out)))
    assert {row["part"] for row in rows} == {"main", "profile", "overlay", "disorganization"}
    assert all(row["origin"] for row in rows if row["id"] != "weight")


def test_the_matrix_as_markdown_has_tables(ssp: Call) -> None:
    out = ssp("rules", "matrix", "infant-main", "--markdown").out
    assert out.startswith("# ")
    assert "| --- |" in out


def test_one_form_at_a_time(ssp: Call) -> None:
    outcome = ssp("rules", "matrix", "infant-main", "--csv", "--markdown")
    assert outcome.code == 2
    assert "not allowed with" in outcome.complaint


# ---------------------------------------------------------------- map

AXES = ("--x", "avo_c_8", "--y", "res_c_8")
HELD = ("pcs_c_5=5", "cm_c_5=5", "avo_c_5=1", "res_c_5=1", "pcs_c_8=6", "cm_c_8=6", "dist_c_5=2")


def test_a_map_shows_a_grid_with_its_source(ssp: Call) -> None:
    outcome = ssp("rules", "map", "infant-main", *AXES, "--fix", *HELD)
    assert outcome.code == 0
    assert "Held: pcs_c_5 5, cm_c_5 5" in outcome.out
    assert "Rule table: infant-main" in outcome.out


def test_values_may_be_fixed_one_by_one(ssp: Call) -> None:
    one_by_one = [word for value in HELD for word in ("--fix", value)]
    together = ssp("rules", "map", "infant-main", *AXES, "--fix", *HELD)
    apart = ssp("rules", "map", "infant-main", *AXES, *one_by_one)
    assert together.out == apart.out


def test_a_picture_is_written_and_never_over_another(ssp: Call, tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    assert ssp("rules", "map", "infant-main", *AXES, "--svg", picture).code == 0
    text = picture.read_text("utf-8")
    assert text.startswith("<svg ")
    again = ssp("rules", "map", "infant-default", *AXES, "--svg", picture)
    assert again.code == 2
    assert "map.svg" in again.complaint
    assert picture.read_text("utf-8") == text


def test_a_map_as_csv_has_a_row_a_cell(ssp: Call) -> None:
    out = ssp("rules", "map", "infant-main", *AXES, "--csv").out
    assert len(out.splitlines()) == 1 + 49


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--x", "moon", "--y", "res_c_8"), "moon"),
        (("--x", "res_c_8", "--y", "res_c_8"), "both axes"),
        ((*AXES, "--fix", "pcs_c_8=9"), "outside"),
        ((*AXES, "--fix", "pcs_c_8"), "such as NAME=3"),
        ((*AXES, "--fix", "pcs_c_8=much"), "such as NAME=3"),
        (("--x", "avo_c_8"), "--y"),
    ],
)
def test_a_map_that_cannot_be_is_refused(ssp: Call, arguments: tuple[str, ...], said: str) -> None:
    outcome = ssp("rules", "map", "infant-main", *arguments)
    assert outcome.code == 2
    assert said in outcome.complaint


def test_a_closed_table_has_no_map(ssp: Call) -> None:
    outcome = ssp("rules", "map", "richters-1988", *AXES)
    assert outcome.code == 2
    assert "not filled in" in outcome.complaint
    assert "enabled = true" in outcome.complaint


# ---------------------------------------------------------------- diff


def test_a_difference_that_may_change_suggestions_is_marked(ssp: Call, lab: Path) -> None:
    path = change(lab, "avo_c_5 = [5, 7]", "avo_c_5 = [4, 7]")
    outcome = ssp("rules", "diff", "infant-default", path)
    assert outcome.code == 0
    assert "[suggestion]" in outcome.out


def test_a_table_does_not_differ_from_itself(ssp: Call) -> None:
    assert ssp("rules", "diff", "infant-main", "infant-main").out == "No difference.\n"


def test_the_codings_that_would_change_are_told(ssp: Call, lab: Path, demo_codings: Path) -> None:
    path = change(lab, "avo_c_5 = [5, 7]", "avo_c_5 = [4, 7]")
    arguments = ("infant-default", path, "--codings", demo_codings)
    outcome = ssp("rules", "diff", *arguments)
    assert outcome.code == 0
    assert "would get another suggestion" in outcome.out
    document = json.loads(ssp("rules", "diff", *arguments, "--json").out)
    assert {"differences", "codings"} <= set(document)


def test_a_coding_whose_suggestion_is_still_hidden_is_only_counted(
    ssp: Call, demo_codings: Path
) -> None:
    out = ssp("rules", "diff", "infant-main", "infant-main", "--codings", demo_codings).out
    assert "1 coding not told" in out
    assert ", you:" not in out


def test_a_folder_without_codings_is_refused(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("rules", "diff", "infant-main", "infant-main", "--codings", tmp_path)
    assert outcome.code == 2
    assert "holds no coding" in outcome.complaint


@pytest.mark.parametrize("arguments", [(), ("dance",), ("matrix",)])
def test_half_a_command_says_where_help_is(ssp: Call, arguments: tuple[str, ...]) -> None:
    outcome = ssp("rules", *arguments)
    assert outcome.code == 2
    assert "--help" in outcome.complaint


# ---------------------------------------------------------------- check


def test_the_check_of_a_folder_finds_a_gap_in_its_decision_table(ssp: Call, lab: Path) -> None:
    text = (bundled("schemas") / "rules" / "infant-main.toml").read_text("utf-8")
    whole = "avo_c_8 = [5, 7], res_c_8 = [1, 3] }"
    assert whole in text
    path = lab / RULES / "infant-main.toml"
    path.write_text(text.replace(whole, "avo_c_8 = [6, 7], res_c_8 = [1, 3] }", 1), "utf-8")
    outcome = ssp("check", lab)
    assert outcome.code == 1
    gaps = [line for line in outcome.err.splitlines() if "no rule holds for" in line]
    assert gaps
    assert all(f"error: {path}:" in line and "widen a rule" in line for line in gaps)
