from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding
from ssp_coder.resources import bundled
from ssp_coder.storage.coding_file import create
from tests.builders import rate
from tests.unit.cli.cli_desk import Call, film_media

KEYS = {
    *("session_id", "group", "subgroup", "secondary", "runner_up", "margin", "possible"),
    *("needs", "flags", "fired", "table"),
}
SECURE = {
    "pcs_c_5": 6,
    "cm_c_5": 5,
    "avo_c_5": 2,
    "res_c_5": 1,
    "dist_c_5": 4,
    "cry_5": 1,
    "pcs_c_8": 7,
    "cm_c_8": 6,
    "avo_c_8": 1,
    "res_c_8": 1,
    "dist_c_8": 3,
    "cry_8": 4,
    "dorg": 2,
}


def ratings(folder: Path, *rows: dict[str, object]) -> Path:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(columns)]
    lines += [",".join(str(row.get(name, "")) for name in columns) for row in rows]
    path = folder / "ratings.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def unclassified(path: Path) -> Path:
    """A coding with every rating of a secure infant, and no class of the coder's own."""
    scheme = load_scheme("demonstration")
    start = Coding(session="S7", coder="c01", media=(film_media(),))
    with create(path, coding=start, scheme=scheme, who="c01") as file:
        for slot, value in SECURE.items():
            if not slot.startswith("cry"):
                file.document().submit(rate(slot, value))
    return path


def answers(ssp: Call, *arguments: object) -> list[dict[str, Any]]:
    outcome = ssp("classify", *arguments, "--json")
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


# ---------------------------------------------------------------- codings


def test_codings_give_a_list_with_one_object_each(ssp: Call, demo_codings: Path) -> None:
    found = answers(ssp, demo_codings / "reference.sspc", demo_codings / "trainee.sspc")
    assert [entry["coder_id"] for entry in found] == ["reference", "trainee"]
    assert all(entry.keys() >= KEYS for entry in found)
    assert (found[0]["session_id"], found[0]["group"], found[0]["subgroup"]) == ("DEMO", "B", "B3")
    assert found[0]["table"]["id"] == "infant-main"


def test_the_reasons_are_told_in_words(ssp: Call, demo_codings: Path) -> None:
    outcome = ssp("classify", demo_codings / "reference.sspc")
    assert outcome.code == 0
    assert "Session DEMO, coder reference" in outcome.out
    assert "Recorded by the coder: B3" in outcome.out
    assert "Suggestion: B3 (Secure)" in outcome.out
    assert "Rule table: infant-main" in outcome.out
    assert "the coder decides" in outcome.out


def test_codings_are_told_apart_by_an_empty_line(ssp: Call, demo_codings: Path) -> None:
    outcome = ssp("classify", demo_codings / "reference.sspc", demo_codings / "trainee.sspc")
    assert outcome.out.count("\n\nSession DEMO") == 1


def test_nothing_is_suggested_before_the_coder_has_a_class(ssp: Call, tmp_path: Path) -> None:
    coding = unclassified(tmp_path / "a.sspc")
    outcome = ssp("classify", coding)
    assert "withheld" in outcome.out
    assert "once the coder has recorded a class" in outcome.out
    assert "Secure" not in outcome.out


def test_a_withheld_suggestion_cannot_be_read_from_the_json_either(
    ssp: Call, tmp_path: Path
) -> None:
    (entry,) = answers(ssp, unclassified(tmp_path / "a.sspc"))
    assert entry["withheld"] is True
    assert entry["group"] is None
    assert len(entry["possible"]) > 2
    assert entry["fired"] == []
    assert "pcs_c_5" in entry["needs"]


def test_a_withheld_suggestion_is_shown_when_asked_for(ssp: Call, tmp_path: Path) -> None:
    (entry,) = answers(ssp, unclassified(tmp_path / "a.sspc"), "--reveal")
    assert (entry["withheld"], entry["group"]) == (False, "B")


# ---------------------------------------------------------------- ratings


def test_rows_of_ratings_are_classified(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE}, {"session_id": "S2", "dorg": 2})
    first, second = answers(ssp, "--ratings", table)
    assert (first["session_id"], first["group"], first["needs"]) == ("S1", "B", [])
    assert second["group"] is None
    assert "pcs_c_5" in second["needs"]
    assert len(second["possible"]) > 1


def test_high_disorganization_makes_the_group(ssp: Call, tmp_path: Path) -> None:
    (entry,) = answers(
        ssp, "--ratings", ratings(tmp_path, {"session_id": "S1", **SECURE} | {"dorg": 7})
    )
    assert entry["group"] == "D"
    assert entry["secondary"] is not None


def test_a_place_that_cannot_be_rated_leaves_groups_possible(ssp: Call, tmp_path: Path) -> None:
    row = {"session_id": "S1", **SECURE, "avo_c_8": "NA_view", "pcs_c_8": ""}
    (entry,) = answers(ssp, "--ratings", ratings(tmp_path, row))
    assert len(entry["possible"]) >= 1
    assert set(entry["needs"]) <= {"avo_c_8", "pcs_c_8"}


def test_further_columns_are_passed_over_with_a_note(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE, "weather": "wet"})
    outcome = ssp("classify", "--ratings", table, "--json")
    assert outcome.code == 0
    assert "ratings.csv, line 1" in outcome.complaint
    assert "weather" in outcome.complaint
    assert json.loads(outcome.out)[0]["group"] == "B"


def test_a_table_without_any_rating_is_a_finding(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("classify", "--ratings", ratings(tmp_path, {"session_id": "S1"}))
    assert outcome.code == 1
    assert "warning: ratings.csv" in outcome.complaint


def test_exported_scores_give_the_same_class_as_the_coding(
    ssp: Call, demo_codings: Path, tmp_path: Path
) -> None:
    coding = demo_codings / "reference.sspc"
    ssp("export", coding, "--to", tmp_path)
    (by_coding,) = answers(ssp, coding)
    scores = tmp_path / "DEMO.reference_scores.csv"
    (by_scores,) = answers(ssp, "--ratings", scores, "--scheme", "demonstration")
    # A scores table names no coder of the suggestion; all that is judged is the same.
    judged = KEYS - {"table"}
    assert {key: by_scores[key] for key in judged} == {key: by_coding[key] for key in judged}


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"avo_c_5": 9}, "column avo_c_5"),
        ({"avo_c_5": "high"}, "column avo_c_5"),
        ({"cry_8": 13}, "column cry_8"),
        ({"session_id": ""}, "column session_id"),
        ({"res_c_8": "NA_moon"}, "column res_c_8"),
    ],
)
def test_a_cell_that_cannot_be_is_named(
    ssp: Call, tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE} | changes)
    outcome = ssp("classify", "--ratings", table)
    assert outcome.code == 2
    assert f"ratings.csv, line 2, {said}" in outcome.complaint
    assert outcome.out == ""


def test_a_table_without_sessions_is_refused(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("classify", "--ratings", ratings(tmp_path, {"pcs_c_5": 3}))
    assert outcome.code == 2
    assert "session_id" in outcome.complaint


@pytest.mark.parametrize("both", [True, False])
def test_either_codings_or_ratings_are_needed(ssp: Call, tmp_path: Path, both: bool) -> None:
    arguments = (tmp_path / "a.sspc", "--ratings", tmp_path / "r.csv") if both else ()
    outcome = ssp("classify", *arguments)
    assert outcome.code == 2
    assert "name either codings or a table of ratings" in outcome.complaint


# ---------------------------------------------------------------- which table, and how it is told


def test_a_table_of_ratings_gives_a_line_a_session(ssp: Call, tmp_path: Path) -> None:
    rows = [{"session_id": f"S{n}", "coder_id": "c01", **SECURE, "dorg": n} for n in (2, 5, 7)]
    outcome = ssp("classify", "--ratings", ratings(tmp_path, *rows))
    assert outcome.code == 0
    head, *lines, source = outcome.out.splitlines()
    assert head.split()[:3] == ["session", "coder", "suggestion"]
    assert [line.split()[:3] for line in lines] == [
        ["S2", "c01", "B3"],
        ["S5", "c01", "-"],
        ["S7", "c01", "D/B3"],
    ]
    assert "B D" in lines[1]
    assert lines[1].endswith("d_decision")
    assert source.startswith("Rule table: infant-main ")
    assert "project default, not published" in source


def test_the_line_says_the_same_as_the_explanation(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    line = ssp("classify", "--ratings", table).out.splitlines()[1]
    assert (
        f"Suggestion: {line.split()[2]} (" in ssp("classify", "--ratings", table, "--explain").out
    )


def test_every_reason_is_told_when_asked_for(ssp: Call, tmp_path: Path) -> None:
    rows = [{"session_id": f"S{n}", **SECURE} for n in range(2)]
    outcome = ssp("classify", "--ratings", ratings(tmp_path, *rows), "--explain")
    assert outcome.out.count("Suggestion: B3 (Secure)") == 2
    assert "\n\nSession S1" in outcome.out
    assert "Holds: " in outcome.out


def test_only_what_is_possible_is_told_when_asked_for(ssp: Call, tmp_path: Path) -> None:
    row = {"session_id": "S1", **SECURE, "pcs_c_5": "", "cm_c_5": ""}
    outcome = ssp("classify", "--ratings", ratings(tmp_path, row), "--possible")
    assert outcome.out.splitlines()[:2] == ["Session S1", "  Possible: B (Secure)"]
    assert "No longer matters, whatever it is: pcs_c_5 and cm_c_5" in outcome.out
    assert "Holds: " not in outcome.out


def test_what_is_possible_for_a_coding_is_withheld_too(ssp: Call, tmp_path: Path) -> None:
    coding = unclassified(tmp_path / "a.sspc")
    assert "Possible" not in ssp("classify", coding, "--possible").out
    assert "Possible: B (Secure)" in ssp("classify", coding, "--possible", "--reveal").out


def test_another_table_can_be_asked(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    (entry,) = answers(ssp, "--ratings", table, "--rules", "infant-default")
    assert entry["table"]["id"] == "infant-default"
    assert entry["parts"] == []


def test_a_coding_can_be_asked_by_another_table(ssp: Call, demo_codings: Path) -> None:
    (entry,) = answers(ssp, demo_codings / "reference.sspc", "--rules", "infant-default")
    assert (entry["table"]["id"], entry["subgroup"]) == ("infant-default", "B3")


def test_a_table_of_a_labs_folder_can_be_asked(ssp: Call, tmp_path: Path) -> None:
    rules = tmp_path / "lab" / "schemas" / "rules"
    rules.mkdir(parents=True)
    text = (bundled("schemas") / "rules" / "infant-default.toml").read_text("utf-8")
    (rules / "ours.toml").write_text(text.replace('"infant-default"', '"ours"', 1), "utf-8")
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    (entry,) = answers(
        ssp, "--ratings", table, "--rules", "ours", "--instruments", tmp_path / "lab"
    )
    assert entry["table"]["id"] == "ours"


def test_a_closed_table_is_refused_with_what_to_do(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    outcome = ssp("classify", "--ratings", table, "--rules", "richters-1988")
    assert outcome.code == 2
    assert "not filled in" in outcome.complaint
    assert "enabled = true" in outcome.complaint
    assert outcome.out == ""


def test_a_table_that_is_not_there_is_refused(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    outcome = ssp("classify", "--ratings", table, "--rules", "moon")
    assert outcome.code == 2
    assert "infant-main" in outcome.complaint


def test_no_paper_is_named_by_a_table_that_is_not_from_it(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    for form in ("--explain", "--possible", "--json"):
        out = ssp("classify", "--ratings", table, form).out
        assert not any(name in out for name in ("Richters", "Simonelli", "Kroonenberg"))


def test_left_open_is_told_apart_from_not_known(ssp: Call, tmp_path: Path) -> None:
    opened = {"session_id": "S1", **SECURE, "avo_c_8": 4}
    unknown = {"session_id": "S2", **SECURE, "avo_c_8": ""}
    first, second = answers(ssp, "--ratings", ratings(tmp_path, opened, unknown))
    assert (first["group"], first["left_open"], first["needs"]) == (None, True, [])
    assert (second["group"], second["left_open"]) == (None, False)
    assert second["group_needs"] == ["avo_c_8"]
    lines = ssp("classify", "--ratings", tmp_path / "ratings.csv").out.splitlines()
    assert (lines[1].split()[2], lines[2].split()[2]) == ("A?B", "-")


def test_an_empty_table_of_ratings_gives_an_empty_list(ssp: Call, tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("session_id,pcs_c_5\n", "utf-8")
    assert answers(ssp, "--ratings", tmp_path / "none.csv") == []


def test_one_form_at_a_time(ssp: Call, tmp_path: Path) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    outcome = ssp("classify", "--ratings", table, "--json", "--possible")
    assert outcome.code == 2
    assert "not allowed with" in outcome.complaint


@pytest.mark.parametrize("changed", [{}, {"dorg": 7}, {"avo_c_8": 4}, {"avo_c_8": ""}, {"dorg": 5}])
def test_the_short_json_is_the_long_one_without_its_reasons(
    ssp: Call, tmp_path: Path, changed: dict[str, object]
) -> None:
    table = ratings(tmp_path, {"session_id": "S1", "coder_id": "c01", **SECURE} | changed)
    (short,) = answers(ssp, "--ratings", table, "--short")
    (long,) = answers(ssp, "--ratings", table)
    assert short == {key: long[key] for key in short}
    assert {"group", "left_open", "possible", "needs", "table", "coder_id"} <= set(short)
    assert not {"turns", "fired"} & set(short)


def test_the_short_json_of_a_coding_has_the_same_keys_and_withholds_too(
    ssp: Call, tmp_path: Path, demo_codings: Path
) -> None:
    table = ratings(tmp_path, {"session_id": "S1", **SECURE})
    (of_ratings,) = answers(ssp, "--ratings", table, "--short")
    (of_coding,) = answers(ssp, demo_codings / "reference.sspc", "--short")
    assert of_coding.keys() == of_ratings.keys()
    (hidden,) = answers(ssp, unclassified(tmp_path / "a.sspc"), "--short")
    assert (hidden["withheld"], hidden["group"]) == (True, None)
