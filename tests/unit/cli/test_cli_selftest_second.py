"""`ssp-coder selftest --examples` with a file that others made: every kind, right and spoiled."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from tests.unit.agreement.test_agreement_second_rows import ROWS
from tests.unit.cli.cli_desk import Call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "other examples.json"


def write(file: Path, rows: object) -> None:
    file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def first_of_each_kind() -> list[dict]:
    kinds: dict[object, dict] = {}
    for row in ROWS:
        if None not in row["expected"].values():
            kinds.setdefault(row["kind"], row)
    return copy.deepcopy(list(kinds.values()))


def test_more_than_a_hundred_rows_of_every_kind_pass(ssp: Call, file: Path) -> None:
    write(file, ROWS)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 0, outcome.out[-2_000:]
    assert outcome.out.splitlines()[-1] == f"{len(ROWS)} passed, 0 failed"
    assert "FAIL" not in outcome.out
    assert outcome.err == ""


def test_every_statistic_of_every_row_is_told_on_a_line_of_its_own(ssp: Call, file: Path) -> None:
    write(file, ROWS)
    lines = ssp("selftest", "--examples", file).out.splitlines()
    assert len(lines) == sum(len(row["expected"]) for row in ROWS) + 1
    assert all(" expected " in line and " got " in line for line in lines[:-1])


def test_one_spoiled_number_of_any_kind_is_found_and_named(ssp: Call, file: Path) -> None:
    rows = first_of_each_kind()
    assert len(rows) == 11
    for row in rows:
        name, value = next(iter(row["expected"].items()))
        spoiled = [value[0] + 0.01, *value[1:]] if isinstance(value, list) else value + 0.01
        row["expected"][name] = spoiled
    write(file, rows)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 1
    failed = [line for line in outcome.out.splitlines() if "  FAIL  " in line]
    assert len(failed) == len(rows)
    for row, line in zip(rows, failed, strict=True):
        assert line.startswith(row["id"])
        assert next(iter(row["expected"])) in line
    assert outcome.out.splitlines()[-1] == f"0 passed, {len(rows)} failed"


def test_a_row_fails_as_a_whole_when_one_of_its_statistics_does(ssp: Call, file: Path) -> None:
    rows = first_of_each_kind()
    rows[0]["expected"]["p_o"] = 0.123
    write(file, rows)
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 1
    assert outcome.out.splitlines()[-1] == f"{len(rows) - 1} passed, 1 failed"


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"kind": "tabel"}, "not known"),
        ({"expected": {"kapa": 0.5}}, "not known"),
        ({"input": {}}, "lacks"),
        ({"tolerance": "0.1"}, "not a number"),
    ],
)
def test_a_row_out_of_the_vocabulary_is_named_as_failed(
    ssp: Call, file: Path, change: dict, fact: str
) -> None:
    good, other = first_of_each_kind()[:2]
    write(file, [good | change | {"id": "out of it"}, other])
    outcome = ssp("selftest", "--examples", file)
    assert outcome.code == 1
    (line,) = [one for one in outcome.out.splitlines() if "FAIL" in one]
    assert line.startswith("out of it")
    assert fact in line
    assert outcome.out.splitlines()[-1] == "1 passed, 1 failed"


def test_programs_are_told_every_statistic_with_its_difference(ssp: Call, file: Path) -> None:
    write(file, ROWS)
    found = json.loads(ssp("selftest", "--examples", file, "--json").out)
    assert found["passed"] == len(ROWS)
    assert found["failed"] == 0
    assert found["file"] == file.name
