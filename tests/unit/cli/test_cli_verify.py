from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ssp_coder.storage.verify import head_hash
from tests.unit.cli.cli_desk import Call, bytes_of


def test_a_sound_coding_is_confirmed_with_the_end_of_its_log(ssp: Call, trainee: Path) -> None:
    outcome = ssp("verify", trainee)
    assert (outcome.code, outcome.err) == (0, "")
    assert str(trainee) in outcome.out
    assert head_hash(trainee) in outcome.out


def test_verifying_changes_nothing(ssp: Call, trainee: Path) -> None:
    before = bytes_of(trainee)
    ssp("verify", trainee)
    assert bytes_of(trainee) == before


def test_a_change_past_the_program_is_found_with_its_remedy(ssp: Call, trainee: Path) -> None:
    with closing(sqlite3.connect(trainee)) as connection, connection:
        connection.execute("UPDATE rating SET points = points - 1")
    outcome = ssp("verify", trainee)
    assert outcome.code == 1
    assert f"{trainee}: rating " in outcome.complaint
    assert "restore a backup" in outcome.complaint
    assert outcome.out == ""


def test_one_bad_coding_does_not_hide_the_good_ones(
    ssp: Call, trainee: Path, demo_codings: Path
) -> None:
    with closing(sqlite3.connect(trainee)) as connection, connection:
        connection.execute("DELETE FROM rating")
    outcome = ssp("verify", trainee, demo_codings / "reference.sspc")
    assert outcome.code == 1
    assert "reference.sspc: holds what its log says" in outcome.out


def test_a_coding_cut_short_is_found_damaged(ssp: Call, trainee: Path) -> None:
    whole = trainee.read_bytes()
    trainee.write_bytes(whole[: len(whole) // 2])
    outcome = ssp("verify", trainee)
    assert outcome.code == 1
    assert "damaged" in outcome.complaint
    assert trainee.read_bytes() == whole[: len(whole) // 2]


def test_a_missing_coding_is_unusable(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("verify", tmp_path / "gone.sspc")
    assert outcome.code == 2
    assert "gone.sspc: there is no such file" in outcome.complaint


def test_a_folder_is_no_coding(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("verify", tmp_path)
    assert outcome.code == 2
    assert "this is a folder; choose a coding file" in outcome.complaint


def test_an_empty_file_is_no_coding(ssp: Call, tmp_path: Path) -> None:
    empty = tmp_path / "a.sspc"
    empty.touch()
    outcome = ssp("verify", empty)
    assert outcome.code == 2
    assert "the file is empty" in outcome.complaint
