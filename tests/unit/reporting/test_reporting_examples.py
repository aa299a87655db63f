"""Worked examples in lines and as values for programs."""

from __future__ import annotations

import json

import pytest

from ssp_coder.agreement.example_kinds import Value
from ssp_coder.agreement.examples import ExampleResult, StatisticResult
from ssp_coder.reporting.examples import (
    counts_line,
    example_lines,
    examples_json,
    value_text,
)


def statistic(expected: Value, got: Value, tolerance: float = 0.01) -> StatisticResult:
    return StatisticResult(statistic="kappa", expected=expected, got=got, tolerance=tolerance)


RIGHT = ExampleResult(id="a", source="Cohen 1960", statistics=(statistic(0.5, 0.505),))
WRONG = ExampleResult(id="longer", statistics=(statistic(0.5, 0.505), statistic(0.5, None)))
UNREAD = ExampleResult(id="row 3", reason="it lacks 'kind'")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.7, "0.7"),
        (1, "1"),
        (-0.0233918128654971, "-0.02339181"),
        (None, "undefined"),
        ((0.5, None), "[0.5, undefined]"),
        ((), "[]"),
        (1e-9, "1e-09"),
    ],
)
def test_a_value_has_up_to_seven_digits(value: Value, text: str) -> None:
    assert value_text(value) == text


def test_undefined_can_be_said_in_another_language() -> None:
    assert value_text((None, 1.0), "nicht definiert") == "[nicht definiert, 1]"


def test_ids_stand_in_a_column() -> None:
    assert list(example_lines((RIGHT, WRONG, UNREAD))) == [
        "a       pass  kappa  expected 0.5  got 0.505  tolerance 0.01",
        "longer  pass  kappa  expected 0.5  got 0.505  tolerance 0.01",
        "longer  FAIL  kappa  expected 0.5  got undefined  tolerance 0.01",
        "row 3   FAIL  cannot be read: it lacks 'kind'",
        "1 passed, 2 failed",
    ]


def test_nothing_to_try_is_counted_as_nothing() -> None:
    assert list(example_lines(())) == ["0 passed, 0 failed"]


def test_the_last_line_counts_rows_not_statistics() -> None:
    assert counts_line((WRONG, WRONG)) == "0 passed, 2 failed"
    assert counts_line((RIGHT, UNREAD)) == "1 passed, 1 failed"


def test_an_id_cannot_move_the_cursor_of_a_terminal() -> None:
    odd = ExampleResult(id="x\r\n\x1b[2J", reason="odd")
    assert next(iter(example_lines((odd,)))) == "x   [2J  FAIL  cannot be read: odd"


def test_programs_get_every_value() -> None:
    found = json.loads(json.dumps(examples_json((RIGHT, WRONG, UNREAD))))
    assert (found["passed"], found["failed"]) == (1, 2)
    assert [row["id"] for row in found["rows"]] == ["a", "longer", "row 3"]
    assert found["rows"][0]["statistics"] == [
        {"statistic": "kappa", "expected": 0.5, "got": 0.505, "tolerance": 0.01, "passed": True}
    ]
    assert found["rows"][1]["statistics"][1]["got"] is None
    assert found["rows"][2] == {
        "id": "row 3",
        "passed": False,
        "reason": "it lacks 'kind'",
        "statistics": [],
    }
