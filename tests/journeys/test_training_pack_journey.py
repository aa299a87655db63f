"""A trainer builds a pack and hands it over; a trainee goes through it; the trainer looks at it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssp_coder.cli import main
from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.training.deeds import Certified
from ssp_coder.training.logbook import Logbook, read_logbook
from tests.builders import rate
from tests.unit.training.training_files import SECRETS, WORD, reference_file, some_slot

CASES = (
    ("n01", "learn", ""),
    ("n02", "practice", ""),
    ("n03", "test", "spring"),
    ("n04", "test", "autumn"),
    ("n05", "upkeep", ""),
)


def draft_text() -> str:
    lines = [
        'kind = "training_pack_draft"',
        'id = "course"',
        'version = "1.0"',
        'title = "A course"',
        'made_by = "m1"',
        "enriched = true",
    ]
    for name, stage, form in CASES:
        lines += [
            "[[cases]]",
            f'id = "{name}"',
            f'title = "Case {name[1:]}"',
            f'stage = "{stage}"',
            f'form = "{form}"',
            f'reference = "{name}.sspc"',
            'origin = "expert"',
            'origin_who = "expert2"',
            "origin_on = 2026-05-17",
            'codebook = "3"',
            'consent = "training"',
            'consent_by = "m1"',
            "[[cases.notes]]",
            f'words = "{SECRETS[2]}"',
        ]
    return "\n".join(lines) + "\n"


@dataclass
class Course:
    """Two people, each with a folder of their own, who pass files to each other."""

    trainer: Path
    trainee: Path
    capsys: pytest.CaptureFixture[str]

    def ssp(self, *arguments: object, expect: int = 0) -> str:
        self.capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        assert code == expect, said.err
        return said.out if expect == 0 else said.err

    def build(self) -> None:
        for name, _, _ in CASES:
            reference_file(self.trainer, name)
        (self.trainer / "draft.toml").write_text(draft_text(), "utf-8")
        (self.trainer / "word.txt").write_text(WORD, "utf-8")
        self.ssp(
            *("pack", "build", self.trainer / "draft.toml", self.trainer / "pack"),
            *("--word-file", self.trainer / "word.txt"),
        )
        shutil.copytree(self.trainer / "pack", self.trainee / "pack")

    @property
    def book(self) -> Path:
        return self.trainee / "anna.ssptrain"

    def train(self, what: str, *more: object, expect: int = 0) -> str:
        return self.ssp("train", what, self.book, self.trainee / "pack", *more, expect=expect)

    def do(self, case: str) -> None:
        path = Path(self.train("begin", case).strip())
        with open_for_writing(path, "t07") as file:
            file.document().submit(rate(some_slot(), 4))
        self.train("submit", case, "--incomplete")

    def release(self, what: str, form: str) -> None:
        name = f"{form}-{what}.ssprelease"
        self.ssp(
            *("pack", "release", self.trainer / "pack", what, "--form", form, "--for", "t07"),
            *("--by", "m1", "--out", self.trainer / name),
            *("--word-file", self.trainer / "word.txt"),
        )
        shutil.copy(self.trainer / name, self.trainee / name)
        self.train("release", self.trainee / name)

    def states(self) -> dict[str, str]:
        cases = json.loads(self.train("status", "--json"))["cases"]
        return {case["case"]: case["state"] for case in cases}

    def secrets_in_the_trainee_s_folder(self) -> list[str]:
        """Files that hold a word of a reference, but for the one to be studied."""
        return [
            path.name
            for path in self.trainee.rglob("*")
            if path.is_file() and path.parent.name != "open"
            if any(word.encode() in path.read_bytes() for word in SECRETS)
        ]


@pytest.fixture
def course(tmp_path, capsys) -> Course:
    folders = [tmp_path / "trainer", tmp_path / "trainee"]
    for folder in folders:
        folder.mkdir()
    return Course(trainer=folders[0], trainee=folders[1], capsys=capsys)


def test_a_course_from_the_first_case_to_a_recheck(course):
    course.build()
    course.ssp("pack", "check", course.trainee / "pack")
    course.train("enrol", "--trainee", "t07")
    assert course.states() == {
        "n01": "ready",
        "n02": "closed",
        "n03": "closed",
        "n04": "closed",
    }

    assert SECRETS[2] in course.train("feedback", "n01")
    course.do("n02")
    assert course.secrets_in_the_trainee_s_folder() == []
    assert SECRETS[0] in course.train("feedback", "n02")

    course.do("n03")
    assert "trainer's word" in course.train("feedback", "n03", expect=2)
    assert "release" in course.train("begin", "n04", expect=2)
    course.release("feedback", "spring")
    assert SECRETS[0] in course.train("feedback", "n03")
    assert "taken" in course.train("begin", "n03", expect=2)

    course.release("take", "autumn")
    course.do("n04")
    course.release("feedback", "autumn")
    course.train("feedback", "n04")
    with Logbook.open(course.book) as book:
        book.append(Certified(pack="course", version="1.0", rule="r", figures="{}"))
    assert "n05" not in course.states()
    assert course.secrets_in_the_trainee_s_folder() == []

    course.ssp("train", "check", course.book)
    entries = read_logbook(course.book).entries
    kinds = [type(entry.deed).__name__ for entry in entries]
    assert kinds.count("Submitted") == kinds.count("CaseBegun") == 3
    assert kinds.count("SetFinished") == 2


def test_a_trainee_s_folder_can_be_handed_in_as_a_whole(course, tmp_path):
    course.build()
    course.train("enrol", "--trainee", "t07")
    course.train("feedback", "n01")
    course.do("n02")
    handed_in = shutil.copytree(course.trainee, tmp_path / "handed_in")
    course.ssp("train", "check", handed_in / course.book.name)
    (copy,) = (handed_in / "submitted").iterdir()
    copy.chmod(0o600)
    copy.write_bytes(copy.read_bytes().replace(b"t07", b"t08"))
    said = course.ssp("train", "check", handed_in / course.book.name, expect=1)
    assert "a submitted copy was changed" in said


def test_another_version_of_a_pack_is_told_before_anything_is_done(course):
    course.build()
    course.train("enrol", "--trainee", "t07")
    path = course.trainee / "pack" / "pack.toml"
    path.write_text(path.read_text("utf-8").replace('version = "1.0"', 'version = "1.1"'), "utf-8")
    assert "another version" in course.train("feedback", "n01", expect=2)
    course.train("enrol")
    course.train("feedback", "n01")
