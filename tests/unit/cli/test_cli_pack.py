"""`ssp-coder pack`: a trainer builds, checks and releases."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from ssp_coder.cli.command import ExitCode
from ssp_coder.training.pack_file import read_pack
from tests.unit.training.training_files import WORD, reference_file

HEAD = 'kind = "training_pack_draft"\nid = "p"\nversion = "1"\ntitle = "T"\nmade_by = "m1"\n'


def case_text(name: str, stage: str, consent: str = "training", form: str = "") -> str:
    return f"""
[[cases]]
id = "{name}"
title = "Case {name[1:]}"
stage = "{stage}"
form = "{form}"
reference = "{name}.sspc"
origin = "expert"
origin_who = "expert2"
origin_on = 2026-05-17
codebook = "lab 3"
consent = "{consent}"
consent_by = "m1"
"""


@pytest.fixture
def draft_toml(tmp_path: Path) -> Path:
    for name in ("c02", "c04"):
        reference_file(tmp_path, name)
    path = tmp_path / "draft.toml"
    path.write_text(HEAD + case_text("c02", "practice") + case_text("c04", "test", form="one"))
    return path


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    path = tmp_path / "word.txt"
    path.write_text(f"{WORD}\nand more\n", "utf-8")
    return path


@pytest.fixture
def sealed_pack(ssp, draft_toml, word_file, tmp_path) -> Path:
    assert ssp("pack", "build", draft_toml, tmp_path / "pack", "--word-file", word_file).code == 0
    return tmp_path / "pack"


def test_a_pack_is_built_and_its_cases_are_listed(ssp, draft_toml, tmp_path):
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack")
    assert outcome.code == ExitCode.OK
    assert "c02  practice  Case 02" in outcome.out
    assert "c04  test (one)  Case 04" in outcome.out
    assert not read_pack(tmp_path / "pack").seal.has_word


def test_what_sealing_cannot_do_is_said_to_the_trainer(ssp, draft_toml, tmp_path):
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack")
    assert "stops nobody who is determined" in outcome.err


def test_an_enriched_pack_is_told_as_such(ssp, draft_toml, tmp_path):
    draft_toml.write_text(draft_toml.read_text().replace('id = "p"', 'id = "p"\nenriched = true'))
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack")
    assert "not at natural base rate" in outcome.out


def test_the_word_comes_from_a_file(sealed_pack):
    assert read_pack(sealed_pack).seal.has_word


def test_the_word_is_asked_for_and_never_shown(ssp, draft_toml, tmp_path, monkeypatch):
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: WORD)
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack", "--seal-tests")
    assert outcome.code == ExitCode.OK
    assert WORD not in outcome.out + outcome.err
    assert read_pack(tmp_path / "pack").seal.has_word


def test_an_empty_word_file_is_refused(ssp, draft_toml, tmp_path):
    (tmp_path / "empty.txt").write_text("\n")
    outcome = ssp(
        "pack", "build", draft_toml, tmp_path / "pack", "--word-file", tmp_path / "empty.txt"
    )
    assert outcome.code == ExitCode.UNUSABLE
    assert "first line is empty" in outcome.complaint
    assert not (tmp_path / "pack").exists()


def test_every_fault_of_a_draft_has_its_line(ssp, draft_toml, tmp_path):
    text = draft_toml.read_text().replace('consent = "training"', 'consent = "none"')
    draft_toml.write_text(text)
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack")
    assert outcome.code == ExitCode.UNUSABLE
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert all("does not cover training" in line for line in lines)


def test_a_pack_as_it_was_built_passes_the_check(ssp, sealed_pack):
    outcome = ssp("pack", "check", sealed_pack)
    assert outcome.code == ExitCode.OK
    assert read_pack(sealed_pack).sha256 in outcome.out


def test_a_changed_pack_does_not(ssp, sealed_pack):
    (sealed_pack / "media" / "c02-1.mp4").unlink()
    outcome = ssp("pack", "check", sealed_pack)
    assert outcome.code == ExitCode.FINDINGS
    assert "c02-1.mp4" in outcome.complaint


def release(ssp, folder: Path, out: Path, *more: object):
    return ssp(
        "pack", "release", folder, "feedback", "--form", "one", "--for", "t07", "--by", "m1",
        "--out", out, *more,
    )  # fmt: skip


def test_a_release_is_written_with_the_word(ssp, sealed_pack, word_file, tmp_path):
    out = tmp_path / "one.ssprelease"
    assert release(ssp, sealed_pack, out, "--word-file", word_file).code == ExitCode.OK
    assert json.loads(out.read_text("utf-8"))["trainee"] == "t07"


def test_a_release_needs_the_right_word(ssp, sealed_pack, tmp_path, monkeypatch):
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: "another word")
    outcome = release(ssp, sealed_pack, tmp_path / "one.ssprelease")
    assert outcome.code == ExitCode.UNUSABLE
    assert "not the trainer's word" in outcome.complaint
    assert not (tmp_path / "one.ssprelease").exists()


def test_a_pack_without_a_word_asks_for_none(ssp, draft_toml, tmp_path, monkeypatch):
    def never(_prompt: str) -> str:
        raise AssertionError("it was asked for")

    monkeypatch.setattr(getpass, "getpass", never)
    ssp("pack", "build", draft_toml, tmp_path / "pack")
    assert release(ssp, tmp_path / "pack", tmp_path / "one.ssprelease").code == ExitCode.OK
