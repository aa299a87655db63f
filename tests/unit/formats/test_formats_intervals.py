"""The interval table and the frequencies: values, missing cells, sources, and their codebook."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.measures import RestRule
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.codebook import CodebookRow, codebook_rows
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.dialect import PLAIN
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.frequencies import frequencies_table, frequency_rows
from ssp_coder.formats.intervals import interval_rows, intervals_table
from tests.builders import add, infant_scheme
from tests.fixtures.interval_sheets import blind, coded, moving, seen_mark

MOVING = "locomotion_explore"
SCHEME = infant_scheme()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def intervals(value: Coding, scheme: Scheme = SCHEME) -> list[dict[str, str]]:
    entry = Exportable(coding=value, scheme=scheme)
    return read(table_text(intervals_table((scheme,)), interval_rows(entry)))


def reunion(value: Coding) -> list[dict[str, str]]:
    return [row for row in intervals(value) if row["episode"] == "EP5"]


def frequency(value: Coding, measure: str, episode: str = "EP5") -> dict[str, str]:
    entry = Exportable(coding=value, scheme=SCHEME)
    rows = read(table_text(frequencies_table((SCHEME,)), frequency_rows(entry)))
    return next(r for r in rows if (r["measure"], r["episode"]) == (measure, episode))


def described(table: str, scheme: Scheme = SCHEME) -> dict[str, CodebookRow]:
    return {row.name: row for row in codebook_rows((scheme,), PLAIN) if row.table == table}


# --------------------------------------------------------------------------- intervals


def test_every_interval_of_every_episode_is_a_row() -> None:
    rows = intervals(coded())
    numbers = [row["interval"] for row in rows if row["episode"] == "EP5"]
    assert numbers == [str(n) for n in range(1, 13)]
    assert len(rows) == 2 + 7 * 12


def test_place_and_length_are_exact() -> None:
    second = reunion(coded())[1]
    assert (second["start_s"], second["length_s"]) == ("585.000000", "15.000000")


def test_a_cell_says_whether_it_occurs_and_a_count_how_often() -> None:
    rows = reunion(coded(moving(0, 20), add("affect.smile", 571), add("affect.smile", 572)))
    assert [row[MOVING] for row in rows] == ["1", "1", *"0000000000"]
    assert [row["smiling"] for row in rows] == ["2", *"00000000000"]


def test_what_is_not_known_is_empty_and_not_zero() -> None:
    rows = reunion(coded(moving(0, 1), blind(15, 30)))
    assert [row[MOVING] for row in rows[:3]] == ["1", "", "0"]
    assert {row["smiling"] for row in rows[2:]} == {""}


def test_the_source_stands_beside_every_measure() -> None:
    value = coded(moving(0, 300), seen_mark(MOVING, 2, seen=False))
    rows = intervals(value)
    assert {row[f"{MOVING}_source"] for row in rows if row["episode"] == "EP5"} == {"direct"}
    assert {row[f"{MOVING}_source"] for row in rows if row["episode"] == "EP6"} == {"derived"}
    assert [row[MOVING] for row in reunion(value)[:3]] == ["", "0", ""]


def test_a_coding_of_another_scheme_has_no_cell_in_a_measure_that_it_lacks() -> None:
    measures = SCHEME.ethogram.measures[:1]
    other = replace(SCHEME, ethogram=replace(SCHEME.ethogram, measures=measures))
    entry = Exportable(coding=coded(moving(0, 20)), scheme=other)
    rows = read(table_text(intervals_table((SCHEME, other)), interval_rows(entry)))
    assert {row[MOVING] for row in rows} == {row[f"{MOVING}_source"] for row in rows} == {""}


# --------------------------------------------------------------------------- frequencies


def test_raw_base_and_prorated_stand_side_by_side() -> None:
    found = frequency(coded(moving(0, 20), blind(90, 180)), MOVING)
    assert (found["raw"], found["n_intervals"], found["n_coded"]) == ("2", "12", "6")
    assert (found["n_no_view"], found["prorated"]) == ("6", "4")
    assert (found["kind"], found["source"], found["subject"]) == ("interval", "derived", "infant")


def test_prorated_has_four_digits() -> None:
    assert frequency(coded(moving(0, 1), blind(165, 180)), MOVING)["prorated"] == "1.0909"


def test_a_measure_that_nobody_coded_has_no_score() -> None:
    found = frequency(coded(), MOVING)
    assert (found["raw"], found["n_coded"], found["prorated"]) == ("", "0", "")


def test_a_row_that_is_not_finished_is_not_prorated() -> None:
    found = frequency(coded(seen_mark(MOVING, 1)), MOVING)
    assert (found["source"], found["raw"], found["n_coded"]) == ("direct", "1", "1")
    assert found["prorated"] == ""


def test_frequencies_are_the_sums_of_the_intervals() -> None:
    value = coded(moving(3, 99), add("affect.smile", 700), seen_mark("oral_behaviour", 3))
    for measure in (MOVING, "smiling", "oral_behaviour"):
        cells = [row[measure] for row in reunion(value) if row[measure]]
        assert frequency(value, measure)["raw"] == str(sum(map(int, cells)))


# --------------------------------------------------------------------------- codebook


def test_the_codebook_says_where_length_rest_and_base_come_from() -> None:
    assert "verified source" in described("intervals")["interval"].provenance
    assert "project default" in described("intervals")["interval"].note
    prorated = described("frequencies")["prorated"]
    assert "literature, unverified" in prorated.provenance
    assert "(confidence 0.9)" in prorated.provenance
    assert "project default" in prorated.note


def test_the_codebook_names_the_codes_of_a_measure_and_its_source() -> None:
    crying = described("intervals")["crying"]
    assert "distress.fuss, distress.cry, distress.hard_cry" in crying.note
    assert "not mutually exclusive" in crying.note
    assert "literature, unverified" in crying.provenance
    assert crying.levels == (("1", "occurs"), ("0", "does not occur"))
    assert described("intervals")["smiling"].unit == "times that it begins"


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (RestRule.OWN, "is an interval of its own ("),
        (RestRule.MERGE, "is merged"),
        (RestRule.DROP, "is left out, with what occurs in it"),
        (RestRule.OWN_FROM_HALF, "from half a length on"),
    ],
)
def test_the_codebook_says_the_rule_for_a_rest(rest: RestRule, words: str) -> None:
    sampling = replace(SCHEME.ethogram.sampling, rest=rest)
    scheme = replace(SCHEME, ethogram=replace(SCHEME.ethogram, sampling=sampling))
    assert words in described("frequencies", scheme)["n_intervals"].note


def test_a_measure_of_several_persons_has_a_column_each() -> None:
    crying = replace(SCHEME.ethogram.measures[0], subjects=("infant", "caregiver"))
    scheme = replace(SCHEME, ethogram=replace(SCHEME.ethogram, measures=(crying,)))
    found = described("intervals", scheme)
    assert found["crying_caregiver"].label == "Crying, caregiver"
    assert "crying" not in found
