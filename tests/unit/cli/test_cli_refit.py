from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ssp_coder.catalog import check_paths
from ssp_coder.catalog.tables import load_rule_table
from ssp_coder.domain.coding import Classification, CodingRole
from ssp_coder.domain.scale import Points
from ssp_coder.domain.verdict import Facts
from ssp_coder.rules.evaluate import evaluate
from tests.unit.cli.cli_desk import Call, bytes_of
from tests.unit.cli.refit_desk import coding_file, columns, rated, ratings_csv, row, study

MIDDLING = (3,) * 8
PAIR = "avo_c_8,res_c_8"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "lab" / "schemas" / "rules"
    folder.mkdir(parents=True)
    return folder / "own-codings.toml"


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    return ratings_csv(tmp_path / "ratings.csv")


def test_refit_writes_a_rule_table_that_the_catalog_takes(
    ssp: Call, ratings: Path, out: Path
) -> None:
    outcome = ssp("refit", ratings, "--out", out)
    assert (outcome.code, outcome.err) == (0, "")
    lab = out.parents[2]
    assert check_paths((lab,)) == ()
    table = load_rule_table("own-codings", folders=(lab,)).table
    assert (table.version, table.closed) == ("1.0.0", "")
    group, values = rated(180)[0]
    scores = tuple((n, Points(float(v))) for n, v in zip(columns(), values, strict=True))
    assert evaluate(table, Facts(scores=scores, d_assessed=False)).group == group


def test_refit_prints_n_method_date_and_both_shares(ssp: Call, ratings: Path, out: Path) -> None:
    said = ssp("refit", ratings, "--out", out).out
    assert "Linear discriminant analysis, priors by group shares, 20" in said
    assert "n = 180: A 60, B 60, C 60" in said
    assert re.search(r"Called right when left out: \d+ of 180 \(\d+%\)", said)
    assert "which flatters" in said
    assert "laboratory's own" in said


def test_printed_matrix_holds_every_case(ssp: Call, ratings: Path, out: Path) -> None:
    said = ssp("refit", ratings, "--out", out).out
    rows = re.findall(r"^ +([ABC]) +(\d+) +(\d+) +(\d+)$", said, flags=re.MULTILINE)
    assert [name for name, *_ in rows] == ["A", "B", "C"]
    assert sum(int(count) for _, *counts in rows for count in counts) == 180


def test_json_tells_the_same_for_programs(ssp: Call, ratings: Path, out: Path) -> None:
    said = json.loads(ssp("refit", ratings, "--out", out, "--json").out)
    assert (said["table"], said["n"], said["groups"]) == ("own-codings", 180, ["A", "B", "C"])
    assert sum(map(sum, said["leave_one_out"]["rows"])) == 180
    assert said["resubstitution"]["accuracy"] > 0.8
    assert said["findings"] == []


def test_multinomial_names_its_ridge(ssp: Call, ratings: Path, out: Path) -> None:
    said = ssp("refit", ratings, "--out", out, "--method", "multinomial").out
    assert "ridge 0.1 (project default)" in said


def test_equal_priors_are_named_in_the_file(ssp: Call, ratings: Path, out: Path) -> None:
    ssp("refit", ratings, "--out", out, "--priors", "equal")
    assert "equal priors" in out.read_text(encoding="utf-8")


def test_chosen_variables_alone_are_read(ssp: Call, ratings: Path, out: Path) -> None:
    ssp("refit", ratings, "--out", out, "--variables", PAIR)
    table = load_rule_table("own-codings", folders=(out.parents[2],)).table
    assert {term.input for one in table.functions for term in one.terms} == set(PAIR.split(","))


def test_variable_that_is_no_input_is_named(ssp: Call, ratings: Path, out: Path) -> None:
    outcome = ssp("refit", ratings, "--out", out, "--variables", "avo_c_8,shyness")
    assert outcome.code == 2
    assert "shyness is no input" in outcome.complaint
    assert not out.exists()


def test_existing_file_is_kept(ssp: Call, ratings: Path, out: Path) -> None:
    out.write_text("mine", encoding="utf-8")
    outcome = ssp("refit", ratings, "--out", out)
    assert outcome.code == 2
    assert "already there" in outcome.complaint
    assert out.read_text(encoding="utf-8") == "mine"


def test_forced_replacement_raises_the_version(ssp: Call, ratings: Path, out: Path) -> None:
    ssp("refit", ratings, "--out", out)
    first = bytes_of(out)
    outcome = ssp("refit", ratings, "--out", out, "--force", "--priors", "equal")
    assert outcome.code == 0
    assert bytes_of(out) != first
    assert 'version = "2.0.0"' in out.read_text(encoding="utf-8")


def test_forced_replacement_of_something_else_starts_anew(
    ssp: Call, ratings: Path, out: Path
) -> None:
    out.write_text("kind = ", encoding="utf-8")
    assert ssp("refit", ratings, "--out", out, "--force").code == 0
    assert 'version = "1.0.0"' in out.read_text(encoding="utf-8")


def test_name_without_the_suffix_is_refused(ssp: Call, ratings: Path, tmp_path: Path) -> None:
    outcome = ssp("refit", ratings, "--out", tmp_path / "table.csv")
    assert (outcome.code, "end it in .toml" in outcome.complaint) == (2, True)


def test_name_that_can_be_no_id_is_refused(ssp: Call, ratings: Path, tmp_path: Path) -> None:
    outcome = ssp("refit", ratings, "--out", tmp_path / "my table.toml")
    assert (outcome.code, "cannot be the id" in outcome.complaint) == (2, True)


def test_missing_folder_is_said_and_nothing_is_left(
    ssp: Call, ratings: Path, tmp_path: Path
) -> None:
    outcome = ssp("refit", ratings, "--out", tmp_path / "nowhere" / "own.toml")
    assert outcome.code == 2
    assert "cannot be written" in outcome.complaint


def test_class_may_stand_in_the_column_of_the_scores_file(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    path = ratings_csv(tmp_path / "scores.csv", column="primary")
    assert ssp("refit", path, "--out", out).code == 0


def test_subgroup_stands_for_its_main_group(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", more=row("T1", "B2") + row("T2", "C1"))
    assert "A 60, B 61, C 61" in ssp("refit", path, "--out", out).out


def test_table_without_a_class_column_is_refused(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", column="verdict")
    outcome = ssp("refit", path, "--out", out)
    assert (outcome.code, "column class is missing" in outcome.complaint) == (2, True)


def test_unknown_class_is_told_with_line_and_column(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", more=row("T1", "Z") + row("T2", "D", "Z9"))
    outcome = ssp("refit", path, "--out", out)
    assert outcome.code == 2
    first, second = outcome.err.splitlines()
    assert "line 182, column class" in first
    assert "line 183, column secondary" in second


def test_d_cases_are_left_out_and_counted(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", more=row("T1", "D", "B2") + row("T2", "D", "A1"))
    outcome = ssp("refit", path, "--out", out)
    assert "n = 180" in outcome.out
    assert "left out: 2 of class D" in outcome.err
    assert "left out: 2 of class D" in out.read_text(encoding="utf-8")


def test_d_cases_count_by_their_forced_secondary_when_asked(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    more = row("T1", "D", "B2") + row("T2", "D", "A1") + row("T3", "D")
    path = ratings_csv(tmp_path / "r.csv", more=more)
    outcome = ssp("refit", path, "--out", out, "--secondary")
    assert "A 61, B 61, C 60" in outcome.out
    assert "forced secondary subgroup: 2 of class D" in outcome.err
    assert "1 of class D without a secondary subgroup" in outcome.err


def test_row_without_a_class_is_left_out_and_counted(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", more=row("T1", ""))
    assert "left out: 1 without a class" in ssp("refit", path, "--out", out).err


def test_row_with_a_missing_rating_is_left_out_with_a_warning(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    path = ratings_csv(tmp_path / "r.csv", more=row("T1", "A", missing=columns()[2]))
    outcome = ssp("refit", path, "--out", out)
    assert outcome.code == 1
    assert "left out because a variable is not known: 1" in outcome.err
    assert "left out without all variables: 1" in out.read_text(encoding="utf-8")


def test_session_that_is_there_twice_is_a_warning(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = ratings_csv(tmp_path / "r.csv", more=row("S000", "A"))
    outcome = ssp("refit", path, "--out", out)
    assert outcome.code == 1
    assert "not independent" in outcome.err


def test_few_cases_are_a_warning_on_screen_and_in_the_file(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    path = ratings_csv(tmp_path / "r.csv", n=60)
    outcome = ssp("refit", path, "--out", out)
    assert outcome.code == 1
    assert "60 cases are few for 8 variables" in outcome.err
    assert "60 cases are few for 8 variables" in out.read_text(encoding="utf-8")


def test_one_group_alone_writes_nothing(ssp: Call, tmp_path: Path, out: Path) -> None:
    path = tmp_path / "r.csv"
    ratings_csv(path, n=0, more=row("T1", "A") + row("T2", "A"))
    outcome = ssp("refit", path, "--out", out)
    assert (outcome.code, out.exists()) == (2, False)
    assert "only group A" in outcome.complaint


def test_study_takes_its_locked_consensus_codings(ssp: Call, tmp_path: Path, out: Path) -> None:
    folder = study(tmp_path / "study")
    outcome = ssp("refit", folder, "--out", out, "--variables", PAIR)
    assert outcome.code == 1
    assert "n = 12: A 4, B 4, C 4" in outcome.out
    assert "12 locked consensus codings" in out.read_text(encoding="utf-8")


def test_study_leaves_out_open_and_other_codings_and_says_so(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    folder = study(tmp_path / "study")
    given = Classification(primary="A", subgroup="A1")
    coding_file(folder, "T1", given, MIDDLING, locked=False)
    coding_file(folder, "T2", given, MIDDLING, role=CodingRole.INDEPENDENT)
    outcome = ssp("refit", folder, "--out", out, "--variables", PAIR)
    assert "n = 12" in outcome.out
    assert "passed over: 1 not locked, 1 of role independent" in outcome.err


def test_study_may_take_reference_codings(ssp: Call, tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    for place, (group, values) in enumerate(rated(12)):
        name, given = f"R{place}", Classification(primary=group)
        coding_file(folder, name, given, values, role=CodingRole.REFERENCE)
    assert ssp("refit", folder, "--out", out, "--variables", PAIR).code == 2
    outcome = ssp("refit", folder, "--out", out, "--variables", PAIR, "--role", "reference")
    assert "n = 12" in outcome.out
    assert "12 locked reference codings" in out.read_text(encoding="utf-8")


def test_study_leaves_d_out_unless_its_secondary_is_asked_for(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    folder = study(tmp_path / "study")
    coding_file(folder, "T1", Classification(primary="D", secondary="C1"), MIDDLING)
    coding_file(folder, "T2", None, MIDDLING)
    left_out = ssp("refit", folder, "--out", out, "--variables", PAIR)
    assert "left out: 1 of class D, 1 without a class" in left_out.err
    taken = ssp("refit", folder, "--out", out, "--variables", PAIR, "--secondary", "--force")
    assert "C 5" in taken.out


def test_folder_without_a_locked_consensus_coding_is_refused(
    ssp: Call, tmp_path: Path, out: Path
) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    coding_file(folder, "T1", None, MIDDLING, locked=False)
    outcome = ssp("refit", folder, "--out", out)
    assert outcome.code == 2
    assert "holds no locked consensus coding; there are 1 not locked" in outcome.complaint


def test_no_childs_session_stands_in_the_file(ssp: Call, ratings: Path, out: Path) -> None:
    ssp("refit", ratings, "--out", out)
    assert re.search(r"S\d{3}", out.read_text(encoding="utf-8")) is None
