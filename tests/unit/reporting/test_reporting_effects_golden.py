"""What becomes of codings under another version, and verdicts in words, as in golden files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import Verdict
from ssp_coder.reporting.differences import differences_json, effect_lines
from ssp_coder.reporting.effects import COLUMNS, Effect, Effects, effects_csv
from ssp_coder.reporting.possibility import possible_lines
from ssp_coder.reporting.verdicts import explain_verdict
from ssp_coder.rules.evaluate import evaluate
from tests.builders import infant_scheme
from tests.fixtures.rule_tables import facts, prototype, without
from tests.unit.reporting.golden_texts import TABLES, assert_golden

EFFECTS = Effects(
    old="ours 1.0.0",
    new="ours 1.1.0",
    told=(
        Effect(file="S1.sspc", session="S1", coder="c01", then="A A1", now="A/B, A1/B2"),
        Effect(file="S2.sspc", session="S2", coder="c02", then="B B3", now="B B3"),
        Effect(file="S3, again.sspc", session="S3", coder="c01", then="C C1", now="D C1"),
    ),
    hidden=2,
    left_out=(
        Finding(
            code="storage.damaged",
            message="is damaged",
            place="S4.sspc",
            remedy="restore it from a backup",
        ),
    ),
)
CASES = {
    "clear": prototype("B3"),
    "decision_open": prototype("B3", dorg=5.0),
    "disorganized": prototype("A1", dorg=8.0),
    "one_missing": without(prototype("A1"), "avo_c_8"),
    "idle_missing": without(prototype("A1"), "cry_5"),
    "both_high": prototype("A1", res_c_8=6.0),
}


def spoken(table: str, case: str) -> tuple[Verdict, Scheme]:
    rules = TABLES[table]
    known = {one.id for one in rules.inputs}
    row = {name: value for name, value in CASES[case].items() if name in known}
    scheme = replace(infant_scheme(), rules=rules, rules_sha256="")
    return evaluate(rules, facts(row)), scheme


def test_the_lines_about_codings_are_as_in_the_golden_file() -> None:
    assert_golden("effects.txt", effect_lines(EFFECTS))


def test_the_table_about_codings_is_as_in_the_golden_file() -> None:
    assert_golden("effects.csv", effects_csv(EFFECTS))


def test_the_table_marks_the_codings_that_change_and_names_both_versions() -> None:
    rows = list(csv.DictReader(io.StringIO(effects_csv(EFFECTS))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["file"] for row in rows if row["changed"] == "1"] == ["S1.sspc", "S3, again.sspc"]
    assert {(row["old"], row["new"]) for row in rows} == {("ours 1.0.0", "ours 1.1.0")}


def test_a_hidden_suggestion_is_counted_and_nowhere_told() -> None:
    document = differences_json((), EFFECTS)["codings"]
    assert (document["hidden"], len(document["told"])) == (2, 3)
    assert document["left_out"] == [EFFECTS.left_out[0].sentence()]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_reasons_are_as_in_their_golden_file(table: str) -> None:
    lines: list[str] = []
    for case in sorted(CASES):
        lines += [f"[{case}]", *explain_verdict(*spoken(table, case)), ""]
    assert_golden(f"explain_{table}.txt", lines[:-1])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_what_is_possible_is_as_in_its_golden_file(table: str) -> None:
    lines: list[str] = []
    for case in sorted(CASES):
        lines += [f"[{case}]", *possible_lines(*spoken(table, case)), ""]
    assert_golden(f"possible_{table}.txt", lines[:-1])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_explanation_ends_with_its_table_and_who_decides(table: str) -> None:
    for case in CASES:
        *_, last = explain_verdict(*spoken(table, case))
        assert last.startswith(f"Rule table: {TABLES[table].id} 1.0.0; ")
        assert last.endswith("It suggests, the coder decides.")
