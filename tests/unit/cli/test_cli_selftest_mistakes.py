"""`ssp-coder selftest --examples` with what people write: wrong rows fail, nothing crashes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.cli_desk import Call

TABLE = [[20, 5], [10, 15]]
RIGHT = {
    "id": "right",
    "kind": "table",
    "input": {"table": TABLE},
    "expected": {"kappa": 0.4},
    "tolerance": 0.001,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.json"


def tried(ssp: Call, file: Path, *rows: object) -> tuple[int, list[str]]:
    """The exit code and the lines for these rows beside a right one."""
    file.write_text(json.dumps([*rows, RIGHT]), encoding="utf-8")
    outcome = ssp("selftest", "--examples", file)
    assert "Traceback" not in outcome.err
    return outcome.code, outcome.out.splitlines()


@pytest.mark.parametrize(
    "change",
    [
        {"input": {"table": []}},
        {"input": {"table": [[1, 2]]}},
        {"input": {"table": [[1, -2], [3, 4]]}},
        {"input": {"table": [[1, "x"], [3, 4]]}},
        {"input": {"table": [[1, None], [3, 4]]}},
        {"input": {"table": [[True, False], [True, True]]}},
        {"input": {"table": [[1, 2], [3]]}},
        {"input": {"tabel": TABLE}},
        {"input": []},
        {"kind": "tables"},
        {"kind": 7},
        {"expected": {}},
        {"expected": {"kapa": 0.4}},
        {"expected": {"kappa": "much"}},
        {"tolerance": -1},
        {"tolerance": "small"},
    ],
    ids=lambda change: json.dumps(change)[:40],
)
def test_a_row_that_says_nothing_sure_fails_alone(ssp: Call, file: Path, change: dict) -> None:
    code, lines = tried(ssp, file, RIGHT | {"id": "odd"} | change)
    assert code == 1
    assert lines[-1] == "1 passed, 1 failed"
    assert any("FAIL" in line for line in lines[:-2])
    assert "pass" in lines[-2]


@pytest.mark.parametrize("row", [None, 3, "row", [], {}], ids=str)
def test_what_is_no_row_fails_alone_and_says_which_it_is(
    ssp: Call, file: Path, row: object
) -> None:
    code, lines = tried(ssp, file, row)
    assert code == 1
    assert lines[-1] == "1 passed, 1 failed"
    assert lines[0].startswith("row 1")


def test_names_in_a_file_cannot_steer_the_terminal(ssp: Call, file: Path) -> None:
    row = RIGHT | {"id": "\x1b[2J\nodd", "kind": "\x1b[31mno\nkind", "expected": {"\x1b": 1}}
    code, lines = tried(ssp, file, row)
    assert code == 1
    assert all(line.isprintable() for line in lines)
    assert len(lines) == 3


def test_an_undefined_value_that_was_expected_to_be_one_is_a_failure(ssp: Call, file: Path) -> None:
    row = RIGHT | {"id": "one code", "input": {"table": [[9, 0], [0, 0]]}}
    code, lines = tried(ssp, file, row)
    assert code == 1
    assert lines[0] == "one code  FAIL  kappa  expected 0.4  got undefined  tolerance 0.001"


def test_a_value_that_was_expected_to_be_undefined_is_a_failure(ssp: Call, file: Path) -> None:
    code, lines = tried(ssp, file, RIGHT | {"id": "defined", "expected": {"kappa": None}})
    assert code == 1
    assert "expected undefined  got 0.4" in lines[0]


@pytest.mark.parametrize("off", [0.0011, -0.0011], ids=["above", "below"])
def test_a_difference_beyond_the_tolerance_fails_on_either_side(
    ssp: Call, file: Path, off: float
) -> None:
    within = RIGHT | {"id": "within", "expected": {"kappa": 0.4 + off * 0.9}}
    beyond = RIGHT | {"id": "beyond", "expected": {"kappa": 0.4 + off}}
    code, lines = tried(ssp, file, within, beyond)
    assert code == 1
    assert [line.split()[1] for line in lines[:3]] == ["pass", "FAIL", "pass"]


@pytest.mark.parametrize(
    "content",
    [b"", b"[", b"{}", b"3", b"\xff\xfe", b"[" * 100_000, b'"rows"', b"null"],
    ids=["empty", "torn", "object", "number", "UTF-16", "deep", "text", "null"],
)
def test_a_file_that_is_no_list_is_one_sentence_with_its_name(
    ssp: Call, file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 2
    assert "own.json" in outcome.complaint
    assert outcome.out == ""


def test_a_folder_is_no_list_of_examples(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("selftest", "--examples", tmp_path)
    assert outcome.code == 2
    assert tmp_path.name in outcome.complaint


def test_no_rows_are_no_proof_that_all_is_well(ssp: Call, file: Path) -> None:
    file.write_text("[]")
    outcome = ssp("selftest", "--examples", file, "--json")
    assert outcome.code == 2
    assert "holds no row" in outcome.complaint
    assert outcome.out == ""


def test_an_undefined_value_is_null_for_programs(ssp: Call, file: Path) -> None:
    row = RIGHT | {"input": {"table": [[9, 0], [0, 0]]}, "expected": {"kappa": None}}
    file.write_text(json.dumps([row]))
    (found,) = json.loads(ssp("selftest", "--examples", file, "--json").out)["rows"]
    (statistic,) = found["statistics"]
    assert (statistic["expected"], statistic["got"], statistic["passed"]) == (None, None, True)
