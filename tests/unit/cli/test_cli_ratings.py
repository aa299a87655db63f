"""``classify --ratings``: the table a lab already has, in; group and reasons, out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.cli_desk import Call

COLUMNS = (
    *("session_id", "pcs_c_5", "cm_c_5", "avo_c_5", "res_c_5", "dist_c_5", "cry_5"),
    *("pcs_c_8", "cm_c_8", "avo_c_8", "res_c_8", "dist_c_8", "cry_8", "dorg"),
)

# Ratings in the middle of each subgroup's own description (domain reference 4.2), one a row.
TYPICAL = {
    "A1": (1, 1, 6, 1, 2, 0, 1, 1, 7, 1, 1, 0, 2),
    "A2": (3, 2, 5, 2, 2, 1, 3, 2, 5, 2, 2, 1, 2),
    "B1": (2, 1, 2, 1, 6, 0, 2, 1, 2, 1, 6, 0, 1),
    "B2": (4, 2, 3, 1, 3, 1, 4, 2, 2, 1, 4, 1, 1),
    "B3": (6, 5, 1, 1, 2, 3, 6, 6, 1, 1, 2, 3, 2),
    "B4": (4, 6, 1, 3, 1, 6, 5, 6, 1, 4, 1, 6, 3),
    "C1": (5, 5, 1, 6, 1, 7, 6, 6, 1, 6, 1, 8, 3),
    "C2": (3, 3, 1, 4, 1, 9, 3, 4, 1, 4, 1, 10, 3),
}


def table(folder: Path, *rows: tuple[object, ...], columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "ratings.csv"
    lines = [",".join(columns), *(",".join(str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def one(ssp: Call, path: Path) -> dict[str, Any]:
    outcome = ssp("classify", "--ratings", path, "--json")
    assert outcome.code == 0, outcome.err
    found = json.loads(outcome.out)
    assert len(found) == 1
    return found[0]


def changed(subgroup: str, **cells: object) -> tuple[object, ...]:
    row = dict(zip(COLUMNS, ("S1", *TYPICAL[subgroup]), strict=True)) | cells
    return tuple(row[column] for column in COLUMNS)


@pytest.mark.parametrize("subgroup", list(TYPICAL))
def test_a_typical_case_of_each_subgroup_gets_its_group(ssp, tmp_path, subgroup):
    found = one(ssp, table(tmp_path, changed(subgroup)))
    assert found["group"] == subgroup[0]
    assert found["possible"] == [subgroup[0]]
    assert found["needs"] == []


@pytest.mark.parametrize("subgroup", [name for name in TYPICAL if name != "B4"])
def test_a_typical_case_of_each_subgroup_gets_its_subgroup(ssp, tmp_path, subgroup):
    found = one(ssp, table(tmp_path, changed(subgroup)))
    assert found["subgroup"] == subgroup
    assert found["runner_up"] != subgroup
    assert found["margin"] > 0


def test_a_row_that_fits_two_subgroups_of_a_group_names_both(ssp, tmp_path):
    found = one(ssp, table(tmp_path, changed("B3", res_c_8=2, avo_c_8=1, pcs_c_8=5)))
    assert found["group"] == "B"
    assert found["subgroup"] is None
    assert found["possible_subgroups"] == ["B3", "B4"]


@pytest.mark.parametrize("subgroup", list(TYPICAL))
def test_high_disorganization_gives_d_with_the_organised_class_beside_it(ssp, tmp_path, subgroup):
    found = one(ssp, table(tmp_path, changed(subgroup, dorg=8)))
    assert (found["group"], found["subgroup"]) == ("D", None)
    assert found["secondary"][0] == subgroup[0]


@pytest.mark.parametrize("subgroup", list(TYPICAL))
def test_at_the_decision_point_both_stay_possible(ssp, tmp_path, subgroup):
    found = one(ssp, table(tmp_path, changed(subgroup, dorg=5)))
    assert found["group"] is None
    assert found["possible"] == [subgroup[0], "D"]
    assert found["needs"] == ["d_decision"]


@pytest.mark.parametrize(("word", "group"), [("coder_yes", "D"), ("coder_no", "B")])
def test_the_coders_decision_can_stand_in_the_table(ssp, tmp_path, word, group):
    path = table(tmp_path, (*changed("B3", dorg=5), word), columns=(*COLUMNS, "d_decision"))
    assert one(ssp, path)["group"] == group


def test_a_table_without_the_disorganization_column_is_classified_in_three_groups(ssp, tmp_path):
    path = table(tmp_path, changed("B3")[:-1], columns=COLUMNS[:-1])
    found = one(ssp, path)
    assert (found["group"], found["needs"]) == ("B", [])


def test_an_empty_disorganization_cell_is_not_rated_and_leaves_d_possible(ssp, tmp_path):
    found = one(ssp, table(tmp_path, changed("B3", dorg="")))
    assert found["group"] is None
    assert found["possible"] == ["B", "D"]
    assert found["needs"] == ["dorg"]


@pytest.mark.parametrize("cell", ["", "NA_view", "NA_absent", "NA_skipped"])
def test_a_missing_rating_that_matters_leaves_groups_possible_and_is_asked_for(ssp, tmp_path, cell):
    found = one(ssp, table(tmp_path, changed("B3", avo_c_8=cell)))
    assert found["group"] is None
    assert found["possible"][:2] == ["A", "B"]
    assert found["needs"] == ["avo_c_8"]


@pytest.mark.parametrize("column", ["pcs_c_5", "cm_c_5", "dist_c_5", "dist_c_8", "cry_5", "cry_8"])
def test_a_missing_rating_that_does_not_matter_for_the_group_leaves_it(ssp, tmp_path, column):
    found = one(ssp, table(tmp_path, changed("B3", **{column: ""})))
    assert found["group"] == "B"


def test_high_avoidance_with_high_resistance_is_a_group_of_its_own(ssp, tmp_path):
    found = one(ssp, table(tmp_path, changed("A2", avo_c_8=6, res_c_8=6)))
    assert found["group"] == "AC"
    assert found["secondary"] is not None
    assert "a_c_question" in found["flags"]


def test_moderate_avoidance_with_moderate_resistance_is_only_a_question(ssp, tmp_path):
    found = one(ssp, table(tmp_path, changed("A2", avo_c_8=4, res_c_8=4)))
    assert found["group"] != "AC"
    assert "a_c_question" in found["flags"]


def test_every_row_gets_its_own_answer_in_the_order_of_the_file(ssp, tmp_path):
    rows = [(f"S{n}", *TYPICAL[name]) for n, name in enumerate(TYPICAL)]
    outcome = ssp("classify", "--ratings", table(tmp_path, *rows), "--json")
    found = json.loads(outcome.out)
    assert [row["session_id"] for row in found] == [f"S{n}" for n in range(len(TYPICAL))]
    assert [row["group"] for row in found] == [name[0] for name in TYPICAL]


def test_the_table_that_spoke_is_named_with_version_hash_and_provenance(ssp, tmp_path):
    found = one(ssp, table(tmp_path, changed("B3")))["table"]
    assert found["id"] == "infant-main"
    assert found["provenance"] == "project_default"
    assert len(found["sha256"]) == 64
    assert found["version"].count(".") == 2


def test_one_point_changes_lead_where_they_say(ssp, tmp_path):
    found = one(ssp, table(tmp_path, changed("B3")))
    for turn in found["turns"]:
        again = one(ssp, table(tmp_path, changed("B3", **{turn["input"]: f"{turn['to']:g}"})))
        assert tuple(again["possible"]) == tuple(turn["groups"])
        assert tuple(again["possible_subgroups"]) == tuple(turn["subgroups"])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"avo_c_8": 8}, ("avo_c_8", "1", "7")),
        ({"avo_c_8": 0}, ("avo_c_8", "1", "7")),
        ({"avo_c_8": "high"}, ("avo_c_8", "high")),
        ({"avo_c_8": "3,5"}, ("line 2",)),
        ({"avo_c_8": 3.5}, ("avo_c_8",)),
        ({"cry_8": 13}, ("cry_8", "12")),
        ({"cry_8": -1}, ("cry_8",)),
        ({"dorg": 10}, ("dorg", "9")),
        ({"avo_c_8": "NA_moon"}, ("avo_c_8", "NA_moon")),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_place(ssp, tmp_path, cells, words):
    outcome = ssp("classify", "--ratings", table(tmp_path, changed("B3", **cells)), "--json")
    assert outcome.code == 2
    assert outcome.out == ""
    assert "ratings.csv" in outcome.err
    assert "line 2" in outcome.err
    for word in words:
        assert word in outcome.err


def test_a_file_that_is_not_there_is_named(ssp, tmp_path):
    outcome = ssp("classify", "--ratings", tmp_path / "gone.csv")
    assert outcome.code == 2
    assert "gone.csv" in outcome.complaint


def test_a_byte_order_mark_and_windows_lines_do_not_matter(ssp, tmp_path):
    path = table(tmp_path, changed("B3"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert one(ssp, path)["group"] == "B"


def test_the_words_for_people_say_the_same(ssp, tmp_path):
    outcome = ssp("classify", "--ratings", table(tmp_path, changed("B3", avo_c_8="")))
    assert outcome.code == 0
    assert "avo_c_8" in outcome.out
    assert "project default, not published" in outcome.out
