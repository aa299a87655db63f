"""Worked examples: the bundled ones come out, and what is wrong with a row is found."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from ssp_coder.agreement.example_kinds import KINDS
from ssp_coder.agreement.examples import (
    ExampleResult,
    ExamplesError,
    bundled_examples,
    counts_of,
    read_examples,
    run_examples,
)

ROWS = read_examples(bundled_examples())
IDS = [row["id"] for row in ROWS if isinstance(row, dict)]
NAN = float("nan")


def row_of(kind: str, given: object, expected: object, tolerance: object = 1e-6) -> dict:
    return {
        "id": "own",
        "kind": kind,
        "input": given,
        "expected": expected,
        "tolerance": tolerance,
    }


def run_one(row: object) -> ExampleResult:
    (result,) = run_examples([row])
    return result


def bundled(example: str) -> dict:
    return copy.deepcopy(next(row for row in ROWS if row["id"] == example))


@pytest.mark.parametrize("place", range(len(ROWS)), ids=IDS)
def test_a_bundled_example_comes_out(place: int) -> None:
    result = run_one(ROWS[place])
    assert result.reason == ""
    assert [one for one in result.statistics if not one.passed] == []


def test_the_bundled_examples_hold_every_kind() -> None:
    assert len(ROWS) == 30
    assert {row["kind"] for row in ROWS} == set(KINDS)
    assert counts_of(run_examples(ROWS)) == (30, 0)


def shifted(value: object, by: float) -> object:
    if isinstance(value, list):
        return [value[0] + by, *value[1:]]
    return 0.5 if value is None else value + by


@pytest.mark.parametrize("example", IDS)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_wrong_number_in_any_row_is_found(example: str, sign: int) -> None:
    row = bundled(example)
    name = next(iter(row["expected"]))
    row["expected"][name] = shifted(row["expected"][name], sign * (2 * row["tolerance"] + 1e-6))
    result = run_one(row)
    assert not result.passed
    assert [one.statistic for one in result.statistics if not one.passed] == [name]


@pytest.mark.parametrize("example", [one for one in IDS if one != "degenerate_single"])
def test_a_value_where_none_is_expected_is_found(example: str) -> None:
    row = bundled(example)
    row["expected"] = dict.fromkeys(row["expected"])
    result = run_one(row)
    assert not any(one.passed for one in result.statistics)


KAPPA = {"kappa": 0.5}
GOOD_UNITS = [[[2, 8, "a"]], [[4, 4, "a"]]]


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        (7, "it is 7, not an object"),
        (None, "it is null"),
        ([1, 2], "not an object"),
        ({"kind": "table"}, "lacks an 'id'"),
        ({"id": True}, "lacks an 'id'"),
        ({"id": " "}, "lacks an 'id'"),
        ({"id": "a"}, "lacks 'tolerance'"),
        (row_of("tables", {}, KAPPA), "kind 'tables' is not known; known are table,"),
        (row_of(["table"], {}, KAPPA), "is not known"),
        (row_of("table", {"table": [[1]]}, {}), "'expected' is empty"),
        (row_of("table", {"table": [[1]]}, [0.5]), "'expected' is [0.5], not an object"),
        (row_of("table", [[1]], KAPPA), "'input' is [[1]], not an object"),
        (row_of("table", {}, KAPPA), "lacks 'table'"),
        (row_of("table", {"table": [[1, 2]]}, KAPPA), "not square"),
        (row_of("table", {"table": [[1, 2], [3]]}, KAPPA), "not equally long"),
        (row_of("table", {"table": []}, KAPPA), "table is empty"),
        (row_of("table", {"table": [[]]}, KAPPA), "table is empty"),
        (row_of("table", {"table": 4}, KAPPA), "table holds 4, not a list"),
        (row_of("table", {"table": [[1, None], [2, 3]]}, KAPPA), "null, not a number"),
        (row_of("table", {"table": [[1, "2"], [2, 3]]}, KAPPA), "'2', not a number"),
        (row_of("table", {"table": [[1, True], [2, 3]]}, KAPPA), "True, not a number"),
        (row_of("table", {"table": [[1, NAN], [2, 3]]}, KAPPA), "cannot be worked with"),
        (row_of("table", {"table": [[1, 10**400], [2, 3]]}, KAPPA), "cannot be worked with"),
        (row_of("table", {"table": [[1, -1], [2, 3]]}, KAPPA), "-1.0 is not a count"),
        (row_of("table", {"table": [[1, 0], [2, 3]]}, {"Kappa": 1}), "'Kappa' is not known for"),
        (row_of("table", {"table": [[1, 0], [2, 3]]}, {"kappa": "1"}), "'1', not a number"),
        (row_of("table", {"table": [[1, 0], [2, 3]]}, {"kappa": NAN}), "cannot be worked with"),
        (row_of("table", {"table": [[1, 0], [2, 3]]}, KAPPA, -1), "negative"),
        (row_of("table", {"table": [[1, 0], [2, 3]]}, KAPPA, None), "null, not a number"),
        (row_of("table", {"table": [[1, 0], [2, 3]]}, KAPPA, NAN), "cannot be worked with"),
        (
            row_of(
                "table_with_disagreement_weights",
                {"table": [[1, 0], [2, 3]], "disagreement_weights": [[0]]},
                {"weighted_kappa": 1},
            ),
            "all weights of disagreement are 0",
        ),
        (
            row_of("reliability_data", {"raters_by_units": [[1], [-1]]}, {"alpha_ratio": 1}),
            "-1 is negative",
        ),
        (
            row_of("reliability_data", {"raters_by_units": [["a"], ["b"]]}, {"alpha_ordinal": 1}),
            "known are ac1, alpha_nominal",
        ),
        (
            row_of("category_counts", {"subjects_by_categories": [[1, 2], [2, 2]]}, {"x": 1}),
            "3 to 4 ratings",
        ),
        (row_of("ratings", {"cases_by_raters": 3}, {"icc_1_1": 1}), "3, not a list"),
        (row_of("paired_measurements", {"a": [1], "b": [1, 2]}, {"bias": 0}), "1 and b 2 values"),
        (row_of("time_units", {"a": [1], "b": []}, {"kappa": 0}), "1 and b 0 values"),
        (row_of("time_units", {"a": [[1]], "b": [1]}, {"kappa": 0}), "[1], not a number"),
        (row_of("units", {"L": 0, "units_start_length_code": GOOD_UNITS}, {"x": 1}), "length 0"),
        (row_of("units", {"L": 5, "units_start_length_code": GOOD_UNITS}, {"x": 1}), "0 to 5"),
        (
            row_of("units", {"L": 9, "units_start_length_code": [[[1, 2]], []]}, {"x": 1}),
            "not two numbers and a code",
        ),
        (
            row_of("units_on_continuum", {"L": 20, "observers": GOOD_UNITS}, {"alpha_u_b": 1}),
            "known are alpha_u, alpha_u_a,",
        ),
        (
            row_of(
                "accuracy_model", {"accuracy": 0.8, "codes": 1, "observers": "two_equal"}, KAPPA
            ),
            "whole number from 2",
        ),
        (
            row_of(
                "accuracy_model", {"accuracy": 1.8, "codes": 2, "observers": "two_equal"}, KAPPA
            ),
            "not 0 to 1",
        ),
        (
            row_of("accuracy_model", {"accuracy": 0.8, "codes": 2, "observers": "gold"}, KAPPA),
            "known are two_equal, against_gold",
        ),
        (
            row_of("accuracy_model", {"accuracy": 0.8, "codes": 2, "observers": 3}, KAPPA),
            "3, not a word",
        ),
        (
            row_of("timed_events", {"coder1": [], "coder2": [], "codes": 2, "overlap": 0}, KAPPA),
            "overlap is 0",
        ),
        (
            row_of(
                "timed_events",
                {"coder1": [[3, 2, 0]], "coder2": [], "codes": 2, "overlap": 0.6},
                KAPPA,
            ),
            "from 3 to 2 s is none",
        ),
        (
            row_of(
                "timed_events",
                {"coder1": [[1, 2, 0], [2, 3, 1]], "coder2": [], "codes": 1, "overlap": 0.6},
                KAPPA,
            ),
            "2 codes are used, and codes is 1",
        ),
        (
            row_of(
                "timed_events",
                {"coder1": [[1, 2, "x"]], "coder2": [], "codes": ["a"], "overlap": 0.6},
                KAPPA,
            ),
            "'x' is not among the declared",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_failed_with_the_reason(row: object, fact: str) -> None:
    result = run_one(row)
    assert not result.passed
    assert result.statistics == ()
    assert fact in result.reason


def test_a_bad_row_does_not_stop_the_others() -> None:
    results = run_examples([bundled("cohen1960_b"), 3, bundled("gwet2002"), {"id": "x"}])
    assert [one.passed for one in results] == [True, False, True, False]
    assert [one.id for one in results] == ["cohen1960_b", "row 2", "gwet2002", "x"]
    assert counts_of(results) == (2, 2)


@pytest.mark.parametrize(
    "row",
    [
        row_of("table", {"table": [[0, 0], [0, 0]]}, {"kappa": None, "pabak": None, "p_o": None}),
        row_of("table", {"table": [[4.0, 1], [0, 5.0]], "extra": 1}, {"p_o": 0.9}, 0),
        row_of("table", {"table": [[5, 0], [0, 0]]}, {"specific_agreement": [1, None]}, 0),
        row_of("table", {"table": [[0, 0], [0, 0]]}, {"specific_agreement": None}, 0),
        row_of("table", {"table": [[5]]}, {"kappa": None, "pabak": None, "ac1": None}, 0),
        row_of("ratings", {"cases_by_raters": [[3, 3], [3, 3]]}, {"icc_2_1": None}, 0),
        row_of("ratings", {"cases_by_raters": [[3, 3], [3, 3]]}, {"icc_2_1_ci95": None}, 0),
        row_of("ratings", {"cases_by_raters": [[1, 1], [2, 2], [None, 3]]}, {"icc_2_1": 1}),
        row_of("time_units", {"a": [], "b": []}, {"kappa": None, "p_o": None}, 0),
        row_of("time_units", {"a": ["x", "y", 1], "b": ["x", "y", 1.0]}, {"kappa": 1}),
        row_of("time_units", {"a": ["x", "y", None], "b": ["x", "y", "y"]}, {"p_o": 1}),
        row_of("paired_measurements", {"a": [3, 5, None], "b": [1, 1, 2]}, {"bias": 3}),
        row_of("paired_measurements", {"a": [], "b": []}, {"bias": None, "loa_upper": None}),
        row_of("reliability_data", {"raters_by_units": [["a", "b"], ["a", "b"]]}, {"ac1": 1}),
        row_of("units", {"L": 9, "units_start_length_code": [[], []]}, {"u_alpha_nominal": None}),
        row_of(
            "timed_events",
            {"coder1": [], "coder2": [], "codes": ["a"], "overlap": 0.6},
            {"easydiag_kappa": None, "easydiag_p_o": None},
        ),
        row_of(
            "timed_events",
            {
                "coder1": [[5, 6, "b"], [1, 2, "a"]],
                "coder2": [[1, 2, "a"], [5, 6, "b"]],
                "codes": ["a", "b", "c"],
                "overlap": 1,
            },
            {"easydiag_kappa": 1, "easydiag_p_o": 1},
        ),
        row_of(
            "units_on_continuum",
            {"L": 20, "observers": [[[2, 8, 1]], [[2, 8, 1.0]]]},
            {"alpha_u": 1, "alpha_u_1": 1, "alpha_u_observed_1": 0},
        ),
    ],
)
def test_ways_to_write_the_same_are_understood(row: dict) -> None:
    result = run_one(row)
    assert result.reason == ""
    assert [one for one in result.statistics if not one.passed] == []


def test_a_vector_of_another_length_is_no_match() -> None:
    row = bundled("cf1990_spec")
    row["expected"] = {"specific_agreement": row["expected"]["specific_agreement"][:1]}
    assert not run_one(row).passed
    row["expected"] = {"specific_agreement": 0.9142857}
    assert not run_one(row).passed
    assert not run_one(row_of("table", {"table": [[4, 1], [0, 5]]}, {"p_o": [0.9]})).passed


def test_tolerances_are_absolute_and_may_be_zero() -> None:
    table = {"table": [[7, 3], [0, 0]]}
    assert run_one(row_of("table", table, {"p_o": 0.7}, 0)).passed
    assert run_one(row_of("table", table, {"p_o": 0.6}, 0.1)).passed
    assert not run_one(row_of("table", table, {"p_o": 0.6}, 0.0999)).passed


def test_numbers_too_large_to_work_with_fail_their_row_only() -> None:
    result = run_one(row_of("table", {"table": [[1e308, 1e308], [1e308, 1e308]]}, {"kappa": 0}))
    assert not result.passed


# ---------------------------------------------------------------- the file


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(json.dumps([bundled("gwet2002")]), encoding="utf-8-sig")
    assert counts_of(run_examples(read_examples(file))) == (1, 0)


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (b"[1, 2", "is not JSON: Expecting ',' delimiter at line 1, column 6"),
        (b"", "is not JSON"),
        (b"[\xff]", "is not UTF-8 text"),
        (b'{"rows": []}', "not a list of rows"),
        (b"[]", "holds no row"),
        (b"[" * 100_000, "is not JSON that can be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, fact: str) -> None:
    file = tmp_path / "own.json"
    file.write_bytes(content)
    with pytest.raises(ExamplesError) as caught:
        read_examples(file)
    sentence = str(caught.value)
    assert fact in sentence
    assert sentence.startswith(str(file))
    assert "give a JSON list of rows" in sentence
