"""What was answered about the visit stands in the scores and episodes, and in the codebook."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import VisitFieldId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.words import Origin
from ssp_coder.formats.codebook import codebook_rows
from ssp_coder.formats.columns import Column, ColumnType, table_text
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.episodes import episode_rows, episodes_table
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.ratings import read_ratings
from ssp_coder.formats.score_row import score_row
from ssp_coder.formats.scores import scores_table
from ssp_coder.formats.visits import VISIT_PREFIX, visit_columns
from tests.builders import after, answer, coding, infant_scheme, rate, with_episodes
from tests.fixtures.table_schemes import small_scheme

SCHEME, SMALL = infant_scheme(), small_scheme()
ASKED_ONCE = [
    "visit_age_months",
    "visit_caregiver_in_visit",
    "visit_prior_visits",
    "visit_days_since_visit",
    "visit_curtailment_by",
    "visit_overstressed",
    "visit_overstress_note",
]


def scores(value: Coding, scheme: Scheme = SCHEME) -> dict[str, str]:
    entry = Exportable(coding=value, scheme=scheme)
    text = table_text(scores_table((scheme,)), [score_row(entry)])
    (row,) = csv.DictReader(StringIO(text))
    return row


def episodes(value: Coding) -> dict[str, dict[str, str]]:
    entry = Exportable(coding=value, scheme=SCHEME)
    text = table_text(episodes_table((SCHEME,)), episode_rows(entry))
    return {row["episode"]: row for row in csv.DictReader(StringIO(text))}


def column(field: str) -> Column[Coding]:
    columns = visit_columns((SCHEME,), lambda value: value)
    return next(c for c in columns if c.name == f"{VISIT_PREFIX}{field}")


def test_what_is_asked_once_is_a_column_of_the_scores_in_the_order_of_the_page() -> None:
    names = scores_table((SCHEME,)).names()
    assert [name for name in names if name.startswith(VISIT_PREFIX)] == ASKED_ONCE


def test_what_is_asked_of_episodes_is_a_column_of_the_episodes() -> None:
    names = episodes_table((SCHEME,)).names()
    assert [name for name in names if name.startswith(VISIT_PREFIX)] == ["visit_cry_before_end"]


def test_an_open_question_is_an_empty_cell_and_not_zero() -> None:
    row = scores(coding())
    assert [row[name] for name in ASKED_ONCE] == [""] * len(ASKED_ONCE)
    assert {row["visit_cry_before_end"] for row in episodes(with_episodes()).values()} == {""}


def test_zero_and_no_are_answers_and_not_empty() -> None:
    row = scores(after(coding(), answer("prior_visits", 0), answer("overstressed", "no")))
    assert row["visit_prior_visits"] == "0"
    assert row["visit_overstressed"] == "0"


def test_answers_stand_in_their_columns() -> None:
    row = scores(
        after(
            coding(),
            answer("age_months", 13),
            answer("caregiver_in_visit", "father"),
            answer("prior_visits", 2),
            answer("days_since_visit", 28),
            answer("curtailment_by", "lab"),
            answer("overstressed", "yes"),
            answer("overstress_note", "cried, then froze"),
        )
    )
    assert [row[name] for name in ASKED_ONCE] == [
        "13",
        "father",
        "2",
        "28",
        "lab",
        "1",
        "cried, then froze",
    ]


def test_seconds_of_crying_stand_with_their_episode() -> None:
    value = after(
        with_episodes(), answer("cry_before_end", 60, "EP4"), answer("cry_before_end", 0, "EP6")
    )
    cells = {name: row["visit_cry_before_end"] for name, row in episodes(value).items()}
    assert (cells["EP4"], cells["EP6"], cells["EP7"]) == ("60", "0", "")
    assert cells["EP5"] == ""


@pytest.mark.parametrize(
    ("field", "kind", "unit"),
    [
        ("age_months", ColumnType.INTEGER, "months"),
        ("prior_visits", ColumnType.INTEGER, ""),
        ("days_since_visit", ColumnType.INTEGER, "days"),
        ("caregiver_in_visit", ColumnType.CATEGORY, ""),
        ("overstressed", ColumnType.FLAG, ""),
        ("overstress_note", ColumnType.TEXT, ""),
    ],
)
def test_a_column_says_what_its_cells_hold(field: str, kind: ColumnType, unit: str) -> None:
    assert (column(field).type, column(field).unit) == (kind, unit)
    assert column(field).missing_code == "empty: not answered"


def test_a_choice_lists_its_values_and_a_yes_or_no_its_signs() -> None:
    assert column("caregiver_in_visit").levels == (
        ("mother", "Mother"),
        ("father", "Father"),
        ("other", "Other"),
    )
    assert column("overstressed").levels == (("1", "yes"), ("0", "no"))
    assert column("age_months").levels == ()


def test_a_column_says_where_the_question_comes_from_and_what_to_remember() -> None:
    visits = column("prior_visits")
    assert visits.provenance.startswith("project default: ")
    assert visits.note.startswith("above 0: The infant was tested before.")
    assert "verified source: Granqvist et al. 2016" in visits.note
    assert column("age_months").note.startswith("below 11 or above 20: ")
    assert column("overstressed").note.startswith("yes: A separation was not cut short")
    assert column("caregiver_in_visit").note == ""


@pytest.mark.parametrize("dialect", [PLAIN, FOR_EXCEL])
def test_the_codebook_has_a_row_for_every_question(dialect: object) -> None:
    rows = [r for r in codebook_rows((SCHEME,), dialect) if r.name.startswith(VISIT_PREFIX)]
    assert [(r.table, r.name) for r in rows] == [
        *(("scores", name) for name in ASKED_ONCE),
        ("episodes", "visit_cry_before_end"),
    ]
    assert all(r.label.startswith("Visit: ") for r in rows)
    assert rows[-1].missing_code == "empty: not answered, or not asked of this episode"


def test_a_procedure_that_asks_nothing_has_no_column() -> None:
    assert SMALL.procedure.visit_fields == ()
    assert visit_columns((SMALL,), lambda value: value) == ()


def test_schemes_that_ask_the_same_share_a_column_and_tell_both_wordings() -> None:
    procedure = SCHEME.procedure
    field = procedure.visit_field(VisitFieldId("prior_visits"))
    ours = replace(
        field,
        title=replace(field.title, by_language=(("en", "Visits before"),)),
        provenance=replace(field.provenance, origin=Origin.LAB, source="our manual"),
    )
    other = replace(SCHEME, procedure=replace(procedure, visit_fields=(ours,)))
    columns = visit_columns((SCHEME, other, SCHEME), lambda value: value)
    assert [c.name for c in columns] == ASKED_ONCE
    shared = next(c for c in columns if c.name == "visit_prior_visits")
    assert shared.label == "Visit: Earlier visits / Visits before"
    assert shared.provenance.endswith(" / lab: our manual")


def test_words_that_look_like_a_formula_are_guarded_for_excel() -> None:
    value = after(coding(), answer("overstress_note", "=1+1"))
    entry = Exportable(coding=value, scheme=SCHEME)
    text = table_text(scores_table((SCHEME,)), [score_row(entry)], FOR_EXCEL)
    (row,) = csv.DictReader(StringIO(text))
    assert row["visit_overstress_note"] != "=1+1"
    assert row["visit_overstress_note"].endswith("=1+1")
    assert scores(value)["visit_overstress_note"] == "=1+1"


def test_ratings_are_read_back_from_a_table_with_answers_without_a_word(tmp_path: Path) -> None:
    value = after(coding(), answer("prior_visits", 1), rate("pcs_c_5", 4))
    entry = Exportable(coding=value, scheme=SCHEME)
    path = tmp_path / "scores.csv"
    path.write_text(table_text(scores_table((SCHEME,)), [score_row(entry)]), encoding="utf-8")
    read = read_ratings(path, SCHEME)
    assert not [note for note in read.notes if VISIT_PREFIX in note.message]
    assert len(read.rows) == 1
