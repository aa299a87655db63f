"""`ssp-coder pack` as trainers mistake it: words, wrong folders, wrong ids."""

from __future__ import annotations

import getpass
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssp_coder.cli.command import ExitCode
from ssp_coder.training.pack_file import read_pack
from tests.unit.training.training_files import WORD, built, draft_of


@pytest.fixture(scope="session")
def references(tmp_path_factory: pytest.TempPathFactory):
    return draft_of(tmp_path_factory.mktemp("mistaken_references"))


@pytest.fixture(scope="session")
def worded(references, tmp_path_factory: pytest.TempPathFactory):
    """A pack with the trainer's word, to look at."""
    return built(references, tmp_path_factory.mktemp("mistaken_packs") / "worded", word=WORD)


@pytest.fixture
def draft_toml(references, tmp_path: Path) -> Path:
    source = references.cases[1].reference
    for name in (source.name, f"{source.stem}.mp4"):
        shutil.copy(source.with_name(name), tmp_path / name)
    path = tmp_path / "draft.toml"
    path.write_text(
        'kind = "training_pack_draft"\nid = "p"\nversion = "1"\ntitle = "T"\nmade_by = "m1"\n'
        '[[cases]]\nid = "c02"\ntitle = "Case"\nstage = "test"\nform = "one"\n'
        f'reference = "{source.name}"\norigin = "expert"\norigin_who = "expert2"\n'
        'origin_on = 2026-05-17\ncodebook = "lab 3"\nconsent = "training"\nconsent_by = "m1"\n'
    )
    return path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Words that are typed one after another, without an echo."""

    def type_in(*words: str) -> list[str]:
        asked: list[str] = []
        waiting: Iterator[str] = iter(words)

        def answer(prompt: str) -> str:
            asked.append(prompt)
            return next(waiting)

        monkeypatch.setattr(getpass, "getpass", answer)
        return asked

    return type_in


def release(ssp, folder: Path, out: Path, **other: object):
    given = {"form": "one", "for": "t07", "by": "m1"} | other
    more = [part for name, value in given.items() for part in (f"--{name}", value)]
    return ssp("pack", "release", folder, "take", *more, "--out", out)


# ---- the word


def test_a_new_word_is_typed_twice(ssp, draft_toml, typed, tmp_path):
    asked = typed(WORD, WORD)
    assert ssp("pack", "build", draft_toml, tmp_path / "pack", "--seal-tests").code == ExitCode.OK
    assert len(asked) == 2
    assert read_pack(tmp_path / "pack").seal.has_word


def test_a_slip_of_the_second_word_builds_nothing(ssp, draft_toml, typed, tmp_path):
    typed(WORD, f"{WORD}x")
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack", "--seal-tests")
    assert outcome.code == ExitCode.UNUSABLE
    assert "the two words differ; begin anew" in outcome.complaint
    assert WORD not in outcome.err
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("word", ["", "   ", "\t"], ids=["nothing", "blanks", "a tab"])
def test_a_pack_is_not_sealed_with_nothing(ssp, draft_toml, typed, tmp_path, word):
    typed(word, word)
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack", "--seal-tests")
    assert outcome.code == ExitCode.UNUSABLE
    assert "is empty" in outcome.complaint
    assert not (tmp_path / "pack").exists()


def test_a_word_of_a_file_is_not_asked_for(ssp, draft_toml, typed, tmp_path):
    asked = typed()
    (tmp_path / "word.txt").write_text(f"{WORD}\n")
    outcome = ssp(
        "pack", "build", draft_toml, tmp_path / "pack", "--word-file", tmp_path / "word.txt"
    )
    assert outcome.code == ExitCode.OK
    assert asked == []


@pytest.mark.parametrize(
    "content",
    [f"\ufeff{WORD}\r\n", f"  {WORD}  ", f"{WORD}\nsecond line\n"],
    ids=["as a Windows editor saves it", "blanks", "two lines"],
)
def test_the_word_of_a_file_is_the_word_that_would_be_typed(ssp, worded, typed, tmp_path, content):
    (tmp_path / "word.txt").write_text(content, "utf-8", newline="")
    given = ["--form", "one", "--for", "t07", "--by", "m1", "--word-file", tmp_path / "word.txt"]
    outcome = ssp(
        "pack", "release", worded.folder, "take", *given, "--out", tmp_path / "a.ssprelease"
    )
    assert outcome.code == ExitCode.OK, outcome.err
    typed(WORD)
    assert release(ssp, worded.folder, tmp_path / "b.ssprelease").code == ExitCode.OK


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfeh\x00", "is not UTF-8 text; save it as UTF-8"),
        (b"", "the first line is empty"),
        (b"  \nword\n", "the first line is empty"),
    ],
    ids=["UTF-16", "nothing", "blanks first"],
)
def test_a_word_file_that_holds_no_word_is_one_sentence(ssp, draft_toml, tmp_path, content, said):
    (tmp_path / "word.txt").write_bytes(content)
    outcome = ssp(
        "pack", "build", draft_toml, tmp_path / "pack", "--word-file", tmp_path / "word.txt"
    )
    assert outcome.code == ExitCode.UNUSABLE
    assert said in outcome.complaint
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("name", ["gone.txt", "."], ids=["not there", "a folder"])
def test_a_word_file_that_cannot_be_read_is_one_sentence(ssp, draft_toml, tmp_path, name):
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack", "--word-file", tmp_path / name)
    assert outcome.code == ExitCode.UNUSABLE
    assert "check the name" in outcome.complaint


# ---- building


def test_a_folder_that_is_in_use_is_kept(ssp, draft_toml, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("mine")
    outcome = ssp("pack", "build", draft_toml, tmp_path / "pack")
    assert outcome.code == ExitCode.UNUSABLE
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "text", ["", "kind = 3\n", "[[cases", "\x00"], ids=["empty", "a number", "torn", "a NUL"]
)
def test_a_draft_that_is_none_is_told_without_a_folder(ssp, tmp_path, text):
    (tmp_path / "draft.toml").write_text(text)
    outcome = ssp("pack", "build", tmp_path / "draft.toml", tmp_path / "pack")
    assert outcome.code == ExitCode.UNUSABLE
    assert "draft.toml" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "pack").exists()


# ---- checking and releasing


@pytest.mark.parametrize("work", ["check", "release"])
def test_what_is_no_pack_is_named(ssp, tmp_path, work):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "gone"):
        if work == "check":
            outcome = ssp("pack", "check", folder)
        else:
            outcome = release(ssp, folder, tmp_path / "x.ssprelease")
        assert outcome.code != ExitCode.OK
        assert folder.name in outcome.err
        assert "Traceback" not in outcome.err


def test_checking_a_pack_needs_no_word(ssp, worded, typed):
    asked = typed()
    outcome = ssp("pack", "check", worded.folder)
    assert outcome.code == ExitCode.OK
    assert asked == []


@pytest.mark.parametrize(
    "wrong",
    [{"form": "nine"}, {"form": ""}, {"for": ""}, {"by": ""}, {"for": "a b/c"}],
    ids=["unknown form", "no form", "no trainee", "no trainer", "no pseudonym"],
)
def test_a_release_for_nobody_or_nothing_is_not_written(ssp, worded, typed, tmp_path, wrong):
    typed(WORD)
    out = tmp_path / "x.ssprelease"
    outcome = release(ssp, worded.folder, out, **wrong)
    assert outcome.code == ExitCode.UNUSABLE
    assert not out.exists()


def test_a_release_is_never_written_over_another_file(ssp, worded, typed, tmp_path):
    out = tmp_path / "x.ssprelease"
    out.write_text("mine")
    typed(WORD)
    assert release(ssp, worded.folder, out).code == ExitCode.UNUSABLE
    assert out.read_text() == "mine"


def test_a_work_has_to_be_named(ssp):
    outcome = ssp("pack")
    assert outcome.code == ExitCode.UNUSABLE
    assert "WHAT" in outcome.complaint
