"""Intervals coded directly: kept in the file, taken back, and exported as they were coded."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.builders import infant_scheme
from tests.fixtures.interval_sheets import cleared, coded, line, moving, seen_mark

MOVING = "locomotion_explore"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A coding with locomotion by events, of which five intervals were marked and one cleared."""
    path = tmp_path / "S001.c01.sspc"
    with create(path, coding=coded(moving(0, 60)), scheme=infant_scheme(), who="c01") as file:
        document = file.document()
        for number in range(1, 6):
            document.submit(seen_mark(MOVING, number, seen=number % 2 == 1))
        document.submit(cleared(MOVING, 5))
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exported(kept: Path, folder: Path) -> dict[str, list[dict[str, str]]]:
    with open_read_only(kept) as file:
        entry = Exportable(coding=file.coding, scheme=file.scheme)
    export_codings((entry,), folder)
    return {name: rows(folder / f"S001.c01_{name}.csv") for name in ("intervals", "frequencies")}


def test_marks_come_back_from_the_file(kept: Path) -> None:
    with open_read_only(kept) as file:
        assert line(file.coding, MOVING) == "1010????????"
    assert verify(kept) == ()


def test_each_mark_is_a_step_that_can_be_taken_back_another_day(kept: Path) -> None:
    with open_for_writing(kept, "c01") as file:
        document = file.document()
        document.undo()
        assert line(document.coding, MOVING) == "10101???????"
        for _ in range(5):
            document.undo()
        assert line(document.coding, MOVING) == "111100000000"
    assert verify(kept) == ()


def test_what_was_coded_directly_is_exported_as_such(kept: Path, tmp_path: Path) -> None:
    tables = exported(kept, tmp_path / "out")
    reunion = [row for row in tables["intervals"] if row["episode"] == "EP5"]
    assert [row[MOVING] for row in reunion] == ["1", "0", "1", "0", *[""] * 8]
    assert {row[f"{MOVING}_source"] for row in reunion} == {"direct"}


def test_its_score_says_that_it_is_not_finished(kept: Path, tmp_path: Path) -> None:
    found = next(
        row
        for row in exported(kept, tmp_path / "out")["frequencies"]
        if (row["measure"], row["episode"]) == (MOVING, "EP5")
    )
    assert (found["source"], found["raw"], found["n_coded"]) == ("direct", "2", "4")
    assert (found["n_intervals"], found["prorated"]) == ("12", "")


def test_another_episode_of_it_is_still_told_by_the_events(kept: Path, tmp_path: Path) -> None:
    found = exported(kept, tmp_path / "out")["frequencies"]
    sources = {row["episode"]: row["source"] for row in found if row["measure"] == MOVING}
    assert sources.pop("EP5") == "direct"
    assert set(sources.values()) == {"derived"}
