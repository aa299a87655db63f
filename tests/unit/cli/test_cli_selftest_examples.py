"""`ssp-coder selftest --examples`: the statistics against published results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.cli_desk import Call

RIGHT = {
    "id": "right",
    "kind": "table",
    "input": {"table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]},
    "expected": {"kappa": 0.492, "kappa_max": 0.831, "specific_agreement": [0.8, 2 / 3, 0.4]},
    "tolerance": 0.001,
}
WRONG = RIGHT | {"id": "wrong", "expected": {"p_o": 0.7, "kappa": 0.5}}
UNDEFINED = RIGHT | {
    "id": "undefined",
    "input": {"table": [[24, 0], [0, 0]]},
    "expected": {"kappa": None},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.json"


def write(file: Path, *rows: object) -> None:
    file.write_text(json.dumps(rows), encoding="utf-8")


def test_the_bundled_examples_pass_without_a_file(ssp: Call) -> None:
    outcome = ssp("selftest", "--examples")
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1] == "30 passed, 0 failed"
    assert "FAIL" not in outcome.out


def test_each_statistic_is_told_with_what_was_expected_and_got(ssp: Call, file: Path) -> None:
    write(file, RIGHT, UNDEFINED)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "right      pass  kappa  expected 0.492  got 0.4915254  tolerance 0.001",
        "right      pass  kappa_max  expected 0.831  got 0.8305085  tolerance 0.001",
        "right      pass  specific_agreement  expected [0.8, 0.6666667, 0.4]  "
        "got [0.8, 0.6666667, 0.4]  tolerance 0.001",
        "undefined  pass  kappa  expected undefined  got undefined  tolerance 0.001",
        "2 passed, 0 failed",
    ]


def test_one_wrong_number_fails_its_row(ssp: Call, file: Path) -> None:
    write(file, RIGHT, WRONG)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 1
    assert "wrong  pass  p_o" in outcome.out
    assert "wrong  FAIL  kappa  expected 0.5  got 0.4915254" in outcome.out
    assert outcome.out.splitlines()[-1] == "1 passed, 1 failed"


def test_a_row_that_cannot_be_read_is_a_failure_beside_the_others(ssp: Call, file: Path) -> None:
    write(file, {"id": "odd\x1b[2J", "kind": "kappa"}, "text", RIGHT)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 1
    first, second, *_, last = outcome.out.splitlines()
    assert first == "odd [2J  FAIL  cannot be read: it lacks 'tolerance'"
    assert second == "row 2    FAIL  cannot be read: it is 'text', not an object"
    assert last == "1 passed, 2 failed"


def test_results_are_told_to_programs(ssp: Call, file: Path) -> None:
    write(file, WRONG, UNDEFINED)
    outcome = ssp("selftest", "--examples", file, "--json")
    assert outcome.code == 1
    found = json.loads(outcome.out)
    assert (found["file"], found["passed"], found["failed"]) == ("own.json", 1, 1)
    wrong, undefined = found["rows"]
    assert [one["passed"] for one in wrong["statistics"]] == [True, False]
    assert undefined["statistics"][0]["got"] is None


def test_a_file_that_is_no_list_of_rows_is_one_sentence(ssp: Call, file: Path) -> None:
    file.write_text('{"id": 1}', encoding="utf-8")
    outcome = ssp("selftest", "--examples", file)
    assert (outcome.code, outcome.out) == (2, "")
    assert "own.json: holds {'id': 1}, not a list of rows; give a JSON list" in outcome.complaint


def test_a_missing_file_is_one_sentence(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("selftest", "--examples", tmp_path / "gone.json")
    assert outcome.code == 2
    assert "gone.json" in outcome.complaint


@pytest.mark.parametrize(
    ("arguments", "fact"),
    [
        ((), "one of the arguments --video --examples is required"),
        (("--examples", "--video", "S001.mp4"), "not allowed with argument"),
        (("--examples", "--stretch", "5"), "--stretch is for a recording"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(
    ssp: Call, arguments: tuple[str, ...], fact: str
) -> None:
    outcome = ssp("selftest", *arguments)
    assert outcome.code == 2
    assert fact in outcome.complaint
