"""`ssp-coder double-code`: lists for coders and a key for the one who leads the study."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.cli.command import ExitCode


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "sessions.csv"
    rows = [f"s{coder}{n:02d},{coder},w1" for coder in ("ann", "bo", "cy") for n in range(10)]
    path.write_text("\n".join(["session,coder,wave", *rows, ""]), "utf-8")
    return path


def work_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("work-*.csv"))


def test_every_coder_gets_a_list_and_the_lead_the_key(ssp, listed, tmp_path):
    folder = tmp_path / "plan"
    done = ssp("double-code", listed, folder, "--seed", "7")
    assert done.code == ExitCode.OK
    assert "6 of 30 sessions are coded twice" in done.out
    assert sorted(path.name for path in folder.iterdir()) == [
        "key.csv",
        "work-ann.csv",
        "work-bo.csv",
        "work-cy.csv",
    ]
    assert len((folder / "key.csv").read_text("utf-8-sig").splitlines()) == 7


def test_the_same_seed_writes_the_same_files(ssp, listed, tmp_path):
    for name in ("one", "two"):
        ssp("double-code", listed, tmp_path / name, "--seed", "7")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_without_a_seed_nobody_can_work_out_the_plan(ssp, listed, tmp_path):
    keys = []
    for name in ("one", "two", "three"):
        done = ssp("double-code", listed, tmp_path / name)
        key = (tmp_path / name / "key.csv").read_text("utf-8-sig")
        keys.append(key)
        seed = key.splitlines()[1].split(",")[-1]
        assert seed not in done.out
        assert all(seed not in path.read_text("utf-8-sig") for path in work_in(tmp_path / name))
    assert len(set(keys)) == 3


def test_the_seed_of_the_key_leads_to_the_same_plan(ssp, listed, tmp_path):
    ssp("double-code", listed, tmp_path / "one")
    key = (tmp_path / "one" / "key.csv").read_bytes()
    seed = key.decode().splitlines()[1].split(",")[-1]
    ssp("double-code", listed, tmp_path / "two", f"--seed={seed}")
    assert (tmp_path / "two" / "key.csv").read_bytes() == key


def test_the_share_is_given_in_percent(ssp, listed, tmp_path):
    done = ssp("double-code", listed, tmp_path / "plan", "--percent", "50")
    assert "15 of 30 sessions" in done.out


@pytest.mark.parametrize("percent", ["0", "-5", "101", "many", "1/0"])
def test_what_is_no_percentage_is_refused(ssp, listed, tmp_path, percent):
    done = ssp("double-code", listed, tmp_path / "plan", f"--percent={percent}")
    assert done.code == ExitCode.UNUSABLE
    assert not (tmp_path / "plan").exists()


def test_a_plan_is_not_written_over_another_unasked(ssp, listed, tmp_path):
    folder = tmp_path / "plan"
    ssp("double-code", listed, folder, "--seed", "1")
    before = (folder / "key.csv").read_bytes()
    again = ssp("double-code", listed, folder, "--seed", "2")
    assert again.code == ExitCode.UNUSABLE
    assert (folder / "key.csv").read_bytes() == before
    assert ssp("double-code", listed, folder, "--seed", "2", "--overwrite").code == ExitCode.OK
    assert (folder / "key.csv").read_bytes() != before


def test_two_coders_are_warned_of_drifting_together(ssp, tmp_path):
    path = tmp_path / "sessions.csv"
    path.write_text("session,coder\ns1,ann\ns2,bo\n", "utf-8")
    done = ssp("double-code", path, tmp_path / "plan")
    assert done.code == ExitCode.OK
    assert "always paired" in done.err


def test_every_fault_of_the_list_is_told(ssp, tmp_path):
    path = tmp_path / "sessions.csv"
    path.write_text("session,coder\ns1,ann\ns1,ann\n", "utf-8")
    done = ssp("double-code", path, tmp_path / "plan")
    assert done.code == ExitCode.UNUSABLE
    assert "listed 2 times" in done.err
    assert "the only coder" in done.err
    assert not (tmp_path / "plan").exists()
