from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding, DDecision
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.domain.verdict import Facts
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.ratings import RatingsFile, ratings_from_text, read_ratings
from ssp_coder.formats.score_row import score_row
from ssp_coder.formats.scores import scores_table
from ssp_coder.rules.facts import facts_from_coding
from tests.fixtures.table_schemes import bare_coding, full_coding, small_scheme

SCHEME = small_scheme()


def read(text: str) -> RatingsFile:
    return ratings_from_text(text, SCHEME, file="ratings.csv")


def facts(text: str) -> Facts:
    (row,) = read(text).rows
    return row.facts


def score(text: str, name: str) -> Score:
    return dict(facts(text).scores)[name]


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(FormatError) as caught:
        read(text)
    return caught.value.sentences()


@pytest.mark.parametrize(
    "coding",
    [full_coding(), bare_coding(), replace(full_coding(), ratings=(), classification=None)],
)
def test_the_exported_scores_give_the_same_facts_as_the_coding(coding: Coding) -> None:
    row = score_row(Exportable(coding=coding, scheme=SCHEME))
    text = table_text(scores_table((SCHEME,)), [row])
    assert facts(text) == facts_from_coding(coding, SCHEME)


def test_a_number_is_a_score() -> None:
    assert score("session_id,near_c_2\nS1,6.5\n", "near_c_2") == Points(6.5)


def test_an_empty_cell_is_not_rated() -> None:
    assert score("session_id,near_c_2\nS1,\n", "near_c_2") is NOT_RATED


def test_an_absent_column_is_not_rated() -> None:
    assert score("session_id,odd\nS1,2\n", "near_c_2") is NOT_RATED


def test_the_id_of_a_reason_is_a_place_that_cannot_be_rated() -> None:
    assert score("session_id,near_c_2\nS1,NA_view\n", "near_c_2") == Missing("NA_view")


def test_the_companion_column_gives_the_reason_too() -> None:
    text = "session_id,near_c_2,near_c_2_missing\nS1,,NA_absent\n"
    assert score(text, "near_c_2") == Missing("NA_absent")


def test_d_is_not_assessed_without_its_column() -> None:
    assert not facts("session_id,near_c_2\nS1,4\n").d_assessed


def test_d_is_assessed_but_not_rated_with_an_empty_cell() -> None:
    found = facts("session_id,near_c_2,odd\nS1,4,\n")
    assert found.d_assessed
    assert dict(found.scores)["odd"] is NOT_RATED


@pytest.mark.parametrize(
    ("cell", "decision"),
    [
        ("coder_yes", DDecision.YES),
        ("coder_no", DDecision.NO),
        ("auto_yes", None),
        ("auto_no", None),
        ("", None),
    ],
)
def test_only_the_coders_own_decision_counts(cell: str, decision: DDecision | None) -> None:
    assert facts(f"session_id,odd,d_decision\nS1,5,{cell}\n").d_decision is decision


def test_a_count_without_its_intervals_is_taken_as_it_is() -> None:
    assert score("session_id,cry_2\nS1,7\n", "cry_2") == Points(7)


def test_a_count_beside_its_intervals_is_prorated_and_kept_in_range() -> None:
    assert score("session_id,cry_2,cry_2_n\nS1,3,6\n", "cry_2") == Points(6)
    assert score("session_id,cry_2,cry_2_n\nS1,16,16\n", "cry_2") == Points(12)


def test_every_row_keeps_session_coder_and_line() -> None:
    rows = read("session_id,coder_id,odd\nS1,c1,2\nS2,,3\n").rows
    assert [(row.session, row.coder, row.line) for row in rows] == [("S1", "c1", 2), ("S2", "", 3)]


def test_unknown_columns_are_passed_over_with_one_note() -> None:
    (note,) = read("session_id,odd,weight,height\nS1,2,3,4\n").notes
    assert note.sentence() == (
        "ratings.csv, line 1: passed over, because they are not part of the scores: weight, height"
    )


def test_a_file_without_any_input_is_noted() -> None:
    codes = [note.code for note in read("session_id,primary\nS1,B\n").notes]
    assert codes == ["ratings.no_input"]


def test_a_file_without_sessions_is_refused() -> None:
    with pytest.raises(FormatError, match=r"ratings\.csv, line 1: column session_id is missing"):
        read("near_c_2\n4\n")


@pytest.mark.parametrize(
    ("columns", "cells", "sentence"),
    [
        (
            "near_c_2",
            "8",
            "column near_c_2: 8 is no point of the scale; write 1 to 7 in steps of 0.5, one of "
            "NA_view, NA_absent, or leave it empty",
        ),
        (
            "near_c_2",
            "4.2",
            "column near_c_2: 4.2 is no point of the scale; write 1 to 7 in steps of 0.5, one of "
            "NA_view, NA_absent, or leave it empty",
        ),
        (
            "near_c_2",
            "NA",
            "column near_c_2: 'NA' is not a number; write 1 to 7 in steps of 0.5, one of "
            "NA_view, NA_absent, or leave it empty",
        ),
        (
            "near_s_1",
            "0",
            "column near_s_1: 0 is no point of the scale; write 1 to 7 in steps of 0.5, one of "
            "NA_view, NA_absent, or leave it empty",
        ),
        (
            "near_c_2,near_c_2_missing",
            ",lost",
            "column near_c_2_missing: there is no reason 'lost'; use one of NA_view, NA_absent",
        ),
        (
            "near_c_2,near_c_2_missing",
            "4,NA_view",
            "column near_c_2: 4 stands beside the reason NA_view why there is no number; "
            "keep one of the two",
        ),
        (
            "cry_2",
            "13",
            "column cry_2: 13 lies outside 0 to 12; write 0 to 12, or leave it empty",
        ),
        (
            "cry_2,cry_2_n",
            "5,4",
            "column cry_2: 5 of 4 intervals is impossible; correct it or column cry_2_n",
        ),
        (
            "cry_2,cry_2_n",
            "0,0",
            "column cry_2: 0 of 0 intervals is impossible; correct it or column cry_2_n",
        ),
        (
            "d_decision",
            "maybe",
            "column d_decision: 'maybe' is not a decision; use one of auto_yes, coder_yes, "
            "coder_no, auto_no, or leave it empty",
        ),
    ],
)
def test_a_bad_cell_is_refused_with_what_is_allowed(
    columns: str, cells: str, sentence: str
) -> None:
    text = f"session_id,{columns}\nS1,{cells}\n"
    assert faults(text) == (f"ratings.csv, line 2, {sentence}",)


def test_a_row_without_a_session_is_refused() -> None:
    assert faults("session_id,odd\n,3\n") == (
        "ratings.csv, line 2, column session_id: the session is not named; write the session's id",
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there is no such file"):
        read_ratings(tmp_path / "none.csv", SCHEME)
