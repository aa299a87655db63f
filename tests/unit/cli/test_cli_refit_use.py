"""A fitted table put to use: in a scheme of the laboratory, and beside a later version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification
from ssp_coder.resources import bundled
from tests.unit.cli import refit_desk
from tests.unit.cli.cli_desk import Call
from tests.unit.cli.refit_desk import coding_file, ratings_csv, row, study

MIDDLING = (3,) * 8
PAIR = "avo_c_8,res_c_8"


@pytest.fixture
def lab(ssp: Call, tmp_path: Path) -> Path:
    """A laboratory's folder with a fitted table and a scheme that names it."""
    folder = tmp_path / "lab"
    (folder / "schemas" / "rules").mkdir(parents=True)
    (folder / "schemas" / "schemes").mkdir()
    ratings = ratings_csv(tmp_path / "ratings.csv")
    ssp("refit", ratings, "--out", folder / "schemas" / "rules" / "own-codings.toml")
    scheme = (bundled("schemas") / "schemes" / "infant.toml").read_text(encoding="utf-8")
    scheme = scheme.replace('id = "infant"', 'id = "lab-infant"', 1)
    lines = [
        'rules = "own-codings"' if line.startswith("rules = ") else line
        for line in scheme.splitlines()
        if not line.startswith("usual")
    ]
    path = folder / "schemas" / "schemes" / "lab-infant.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def suggestions(ssp: Call, lab: Path, ratings: Path) -> list[dict[str, object]]:
    outcome = ssp(
        *("classify", "--ratings", ratings, "--json"),
        *("--scheme", "lab-infant", "--instruments", lab),
    )
    found = json.loads(outcome.out)
    assert isinstance(found, list)
    return found


def test_folder_with_a_fitted_table_has_nothing_to_complain_of(ssp: Call, lab: Path) -> None:
    outcome = ssp("check", lab)
    assert (outcome.code, outcome.err) == (0, "")


def test_scheme_may_name_a_fitted_table(ssp: Call, lab: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(
        "session_id,pcs_c_5,cm_c_5,avo_c_5,res_c_5,pcs_c_8,cm_c_8,avo_c_8,res_c_8\n"
        "S1,2,1,6,2,2,1,6,2\n"
        "S2,5,5,1,2,5,5,1,2\n"
        "S3,5,5,2,6,5,5,2,6\n",
        encoding="utf-8",
    )
    assert [one["group"] for one in suggestions(ssp, lab, path)] == ["A", "B", "C"]


def test_missing_rating_leaves_several_groups_of_a_fitted_table_possible(
    ssp: Call, lab: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new.csv"
    path.write_text("session_id,avo_c_8\nS1,3\n", encoding="utf-8")
    (found,) = suggestions(ssp, lab, path)
    assert found["group"] is None
    assert set(found["possible"]) == {"A", "B", "C"}


def test_suggestion_of_a_fitted_table_is_called_the_laboratorys_own(
    ssp: Call, lab: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new.csv"
    path.write_text("session_id,avo_c_8\nS1,3\n", encoding="utf-8")
    said = ssp(*("classify", "--ratings", path, "--scheme", "lab-infant", "--instruments", lab)).out
    assert "lab (Own consensus codings of this laboratory; not published)" in said


def test_fit_on_top_of_a_fitted_scheme_works_alike(ssp: Call, lab: Path, tmp_path: Path) -> None:
    out = lab / "schemas" / "rules" / "second.toml"
    ratings = tmp_path / "ratings.csv"
    outcome = ssp(*("refit", ratings, "--out", out, "--scheme", "lab-infant", "--instruments", lab))
    assert outcome.code == 0
    text = out.read_text(encoding="utf-8")
    assert 'id = "second"' in text
    assert "infant-main" in text


def test_altered_coefficient_is_found_by_check(ssp: Call, lab: Path) -> None:
    path = lab / "schemas" / "rules" / "own-codings.toml"
    text = path.read_text(encoding="utf-8")
    at = text.index("constant = ")
    path.write_text(text[:at] + text[at:].replace("constant = ", "constant = 1", 1), "utf-8")
    outcome = ssp("check", lab)
    assert outcome.code == 1
    assert "own-codings.toml" in outcome.out + outcome.err


def test_uncalled_cases_have_a_column_of_their_own(ssp: Call, tmp_path: Path) -> None:
    head = "session_id,class,avo_c_8,res_c_8"
    rows = [f"S{at},A,{at % 3 + 5},1" for at in range(12)]
    rows += [f"T{at},B,{at % 3 + 1},1" for at in range(12)]
    path = tmp_path / "r.csv"
    path.write_text("\n".join((head, *rows, "X1,A,6,4")) + "\n", encoding="utf-8")
    outcome = ssp(
        *("refit", path, "--out", tmp_path / "own.toml", "--variables", "avo_c_8,res_c_8")
    )
    assert "none" in outcome.out
    assert "cannot be left out, because a variable differs in them alone: 1" in outcome.err


def test_variable_without_any_spread_is_named(ssp: Call, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    more = "".join(row(f"T{at}", name) for at, name in enumerate("AABBCC"))
    ratings_csv(path, n=0, more=more)
    outcome = ssp("refit", path, "--out", tmp_path / "own.toml")
    assert outcome.code == 2
    assert "refit" in outcome.complaint


def coded_with(lab: Path, folder: Path, session: str, given: Classification) -> None:
    """A coding made with the laboratory's scheme."""
    other = load_scheme("lab-infant", folders=(lab,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refit_desk, "infant_scheme", lambda: other)
        coding_file(folder, session, given, MIDDLING)


def test_codings_that_were_made_with_other_rules_are_told(
    ssp: Call, lab: Path, tmp_path: Path
) -> None:
    folder = study(tmp_path / "study", n=6)
    coded_with(lab, folder, "T1", Classification(primary="A"))
    outcome = ssp("refit", folder, "--out", tmp_path / "own.toml", "--variables", PAIR)
    assert "made with other rules than infant-main" in outcome.err
    assert "n = 7" in outcome.out


def test_class_is_read_by_the_rules_that_it_was_given_with(
    ssp: Call, lab: Path, tmp_path: Path
) -> None:
    # The fitted table, which is met first here, has no U; the bundled one has.
    folder = study(tmp_path / "study", n=6)
    coded_with(lab, folder, "A000", Classification(primary="A"))
    coding_file(folder, "T1", Classification(primary="U", secondary="A1"), MIDDLING)
    outcome = ssp(
        *("refit", folder, "--out", tmp_path / "own.toml", "--variables", PAIR, "--secondary")
    )
    assert "n = 8: A 4" in outcome.out
    assert "forced secondary subgroup: 1 of class U" in outcome.err
