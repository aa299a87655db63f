from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.unit.cli.cli_desk import Call, bytes_of


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_export_writes_every_table_and_says_where(
    ssp: Call, demo_codings: Path, tmp_path: Path
) -> None:
    outcome = ssp("export", demo_codings / "trainee.sspc", "--to", tmp_path / "out")
    assert outcome.code == 0
    named = [Path(line).name for line in outcome.out.splitlines()]
    stem = "DEMO.trainee"
    assert named == [
        f"{stem}_events.csv",
        f"{stem}_scores.csv",
        f"{stem}_episodes.csv",
        f"{stem}_intervals.csv",
        f"{stem}_frequencies.csv",
        f"{stem}_comments.csv",
        "codebook.csv",
        f"{stem}_export.json",
    ]
    assert all(Path(line).is_file() for line in outcome.out.splitlines())


def test_several_codings_are_stacked(ssp: Call, demo_codings: Path, tmp_path: Path) -> None:
    both = demo_codings / "trainee.sspc", demo_codings / "reference.sspc"
    assert ssp("export", *both, "--to", tmp_path).code == 0
    scores = rows_of(tmp_path / "codings_scores.csv")
    assert [row["coder_id"] for row in scores] == ["trainee", "reference"]


def test_exporting_changes_nothing_in_the_coding(ssp: Call, trainee: Path, tmp_path: Path) -> None:
    before = bytes_of(trainee)
    ssp("export", trainee, "--to", tmp_path / "out")
    assert bytes_of(trainee) == before


def test_exporting_the_same_again_is_no_trouble(ssp: Call, trainee: Path, tmp_path: Path) -> None:
    assert ssp("export", trainee, "--to", tmp_path).code == 0
    assert ssp("export", trainee, "--to", tmp_path).code == 0


def test_a_file_with_other_content_is_kept(ssp: Call, trainee: Path, tmp_path: Path) -> None:
    there = tmp_path / "DEMO.trainee_scores.csv"
    there.write_text("mine")
    outcome = ssp("export", trainee, "--to", tmp_path)
    assert outcome.code == 2
    assert str(there) in outcome.complaint
    assert there.read_text() == "mine"
    assert not (tmp_path / "codebook.csv").exists()


def test_a_file_is_replaced_when_that_is_said(ssp: Call, trainee: Path, tmp_path: Path) -> None:
    there = tmp_path / "DEMO.trainee_scores.csv"
    there.write_text("mine")
    assert ssp("export", trainee, "--to", tmp_path, "--overwrite").code == 0
    assert there.read_text().startswith("session_id,")


def test_excel_gets_its_own_dialect(ssp: Call, trainee: Path, tmp_path: Path) -> None:
    ssp("export", trainee, "--to", tmp_path, "--excel")
    assert (tmp_path / "DEMO.trainee_events.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    side_file = json.loads((tmp_path / "DEMO.trainee_export.json").read_text())
    assert side_file["dialect"] == "for_excel"


def test_a_file_in_the_place_of_the_folder_is_named(
    ssp: Call, trainee: Path, tmp_path: Path
) -> None:
    place = tmp_path / "exports"
    place.write_text("x")
    outcome = ssp("export", trainee, "--to", place)
    assert outcome.code == 2
    assert f"{place}: is no folder" in outcome.complaint
    assert "choose another folder" in outcome.complaint


def test_one_bad_coding_keeps_all_from_being_exported(
    ssp: Call, trainee: Path, tmp_path: Path
) -> None:
    outcome = ssp("export", trainee, tmp_path / "gone.sspc", "--to", tmp_path / "out")
    assert outcome.code == 2
    assert "gone.sspc: there is no such file" in outcome.complaint
    assert not (tmp_path / "out").exists()


def test_the_same_coding_twice_is_refused(ssp: Call, trainee: Path, tmp_path: Path) -> None:
    outcome = ssp("export", trainee, trainee, "--to", tmp_path / "out")
    assert outcome.code == 2
    assert "twice" in outcome.complaint
