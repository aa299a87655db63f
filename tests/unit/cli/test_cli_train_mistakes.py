"""`ssp-coder train` as trainees mistake it: every mistake is told and nothing is lost by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssp_coder.cli.command import ExitCode
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.training.deeds import CaseBegun, Enrolled, Judgement
from ssp_coder.training.logbook import read_logbook
from tests.builders import rate
from tests.unit.cli.cli_desk import bytes_of
from tests.unit.training.training_files import SECRETS, built, draft_of, some_slot


@pytest.fixture(scope="session")
def two_packs(tmp_path_factory: pytest.TempPathFactory):
    """A pack, and another one made of the same references."""
    draft = draft_of(tmp_path_factory.mktemp("train_references"))
    folder = tmp_path_factory.mktemp("train_packs")
    return built(draft, folder / "one"), built(draft, folder / "two", id="pack2", title="Other")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "anna"
    folder.mkdir()
    return folder / "anna.ssptrain"


@pytest.fixture
def train(ssp, book, two_packs):
    """Calls a work of the command with the logbook and the first pack."""

    def call(what: str, *more: object):
        return ssp("train", what, book, two_packs[0].folder, *more)

    return call


@pytest.fixture
def enrolled(train):
    assert train("enrol", "--trainee", "t07").code == ExitCode.OK
    return train


@pytest.fixture
def submitted(enrolled):
    """The case to learn from is studied, and the first one to practise is submitted."""
    enrolled("feedback", "c01")
    code(enrolled, "c02")
    assert enrolled("submit", "c02", "--incomplete").code == ExitCode.OK
    return enrolled


def code(train, case: str) -> Path:
    path = Path(train("begin", case).out.strip())
    with open_for_writing(path, "t07") as file:
        file.document().submit(rate(some_slot(), 3))
    return path


def standing(train, case: str) -> dict:
    cases = json.loads(train("status", "--json").out)["cases"]
    return next(one for one in cases if one["case"] == case)


def item_of(train, case: str) -> str:
    line = next(one for one in train("feedback", case).out.splitlines() if one.endswith("]"))
    return line.rpartition("[")[2].removesuffix("]")


# ---- enrolling


def test_another_name_for_a_logbook_that_has_one_is_refused(enrolled, book):
    deeds = len(read_logbook(book).entries)
    outcome = enrolled("enrol", "--trainee", "t99")
    assert outcome.code == ExitCode.UNUSABLE
    assert "is the logbook of t07; leave --trainee out" in outcome.complaint
    assert len(read_logbook(book).entries) == deeds


@pytest.mark.parametrize("more", [(), ("--trainee", "t07")], ids=["no name", "the same name"])
def test_enrolling_again_changes_nothing(enrolled, book, more):
    deeds = len(read_logbook(book).entries)
    outcome = enrolled("enrol", *more)
    assert "t07" in outcome.out + outcome.err
    assert len(read_logbook(book).entries) == deeds


def test_one_logbook_takes_up_a_second_pack(enrolled, ssp, book, two_packs):
    assert ssp("train", "enrol", book, two_packs[1].folder).code == ExitCode.OK
    enrolments = [e.deed for e in read_logbook(book).entries if isinstance(e.deed, Enrolled)]
    assert [deed.pack for deed in enrolments] == ["pack1", "pack2"]


@pytest.mark.parametrize("work", ["status", "disputes"])
def test_a_logbook_that_is_not_there_is_named(train, work):
    outcome = train(work)
    assert outcome.code == ExitCode.UNUSABLE
    assert "anna.ssptrain" in outcome.complaint


@pytest.mark.parametrize("work", ["begin", "submit", "feedback"])
def test_no_work_begins_a_logbook_on_its_own(train, book, work):
    outcome = train(work, "c01")
    assert outcome.code == ExitCode.UNUSABLE
    assert "Traceback" not in outcome.err
    assert not book.exists()


def test_a_pack_that_was_not_taken_up_is_told(enrolled, ssp, book, two_packs):
    outcome = ssp("train", "begin", book, two_packs[1].folder, "c02")
    assert outcome.code == ExitCode.UNUSABLE
    assert SECRETS[0] not in outcome.err
    assert not any(isinstance(entry.deed, CaseBegun) for entry in read_logbook(book).entries)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"not a logbook\n"], ids=range(4))
def test_a_file_that_is_no_logbook_is_kept_as_it_is(train, book, content):
    book.write_bytes(content)
    for work, more in (("status", ()), ("begin", ("c02",)), ("enrol", ("--trainee", "t07"))):
        outcome = train(work, *more)
        assert outcome.code == ExitCode.UNUSABLE, work
        assert "Traceback" not in outcome.err
    assert book.read_bytes() == content


# ---- coding and submitting


def test_a_case_is_begun_once_and_then_found(enrolled, book):
    enrolled("feedback", "c01")
    first, second = (enrolled("begin", "c02").out.strip() for _ in range(2))
    assert first == second
    assert len(standing(enrolled, "c02")["attempts"]) == 1


def test_a_submitted_coding_can_be_read_and_no_longer_be_changed(submitted, book):
    path = book.parent / standing(submitted, "c02")["attempts"][0]["file"]
    with open_read_only(path) as file:
        assert file.coding.locked
    (copy,) = (book.parent / "submitted").glob("*.sspc")
    with open_read_only(copy) as file:
        assert file.coding.score(some_slot()).value == 3


def test_submitting_twice_says_the_same_and_adds_no_copy(submitted, book):
    deeds = len(read_logbook(book).entries)
    again = submitted("submit", "c02")
    assert again.code == ExitCode.OK
    assert "submitted; log ends with" in again.out
    assert len(read_logbook(book).entries) == deeds
    assert len(list((book.parent / "submitted").iterdir())) == 1


def test_a_coding_that_was_removed_is_named(enrolled):
    enrolled("feedback", "c01")
    path = code(enrolled, "c02")
    path.unlink()
    outcome = enrolled("submit", "c02", "--incomplete")
    assert outcome.code == ExitCode.UNUSABLE
    assert path.name in outcome.err
    assert standing(enrolled, "c02")["attempts"][0]["submitted"] is None


def test_a_coding_that_is_open_elsewhere_is_not_submitted(enrolled):
    enrolled("feedback", "c01")
    path = code(enrolled, "c02")
    with open_for_writing(path, "t07"):
        outcome = enrolled("submit", "c02", "--incomplete")
    assert outcome.code == ExitCode.UNUSABLE
    assert "t07" in outcome.err
    assert enrolled("submit", "c02", "--incomplete").code == ExitCode.OK


# ---- feedback, words on it, disputes


def test_no_word_is_taken_on_a_repeat_before_it_is_submitted(submitted):
    item = item_of(submitted, "c02")
    code(submitted, "c02")
    outcome = submitted("judge", "c02", item, "agree")
    assert outcome.code == ExitCode.UNUSABLE
    assert "not submitted" in outcome.complaint


def test_the_last_word_on_an_item_counts(submitted, book):
    item = item_of(submitted, "c02")
    for judgement in Judgement:
        assert submitted("judge", "c02", item, judgement.value).code == ExitCode.OK
    submitted("judge", "c02", item, "agree")
    assert submitted("disputes").out == ""
    submitted("judge", "c02", item, "dispute")
    assert len(submitted("disputes").out.splitlines()) == 1
    assert len(read_logbook(book).entries) > len(Judgement)


def test_a_comment_cannot_steer_the_trainer_s_terminal(submitted):
    item = item_of(submitted, "c02")
    submitted("judge", "c02", item, "dispute", "--comment", "\x1b[2Jfirst\nsecond\r")
    out = submitted("disputes").out
    assert len(out.splitlines()) == 1
    assert "\x1b" not in out
    assert "[2Jfirst second" in out


def test_a_judgement_that_there_is_not_is_refused_with_those_there_are(submitted):
    outcome = submitted("judge", "c02", "x", "maybe")
    assert outcome.code == ExitCode.UNUSABLE
    for judgement in Judgement:
        assert judgement.value in outcome.complaint


def test_no_disputes_are_an_empty_list_and_a_table_with_its_head(submitted, tmp_path):
    outcome = submitted("disputes", "--csv", tmp_path / "none.csv")
    assert (outcome.code, outcome.out) == (ExitCode.OK, "")
    assert len((tmp_path / "none.csv").read_text("utf-8-sig").splitlines()) == 1


def test_disputes_of_one_pack_are_not_those_of_another(submitted, ssp, book, two_packs):
    submitted("judge", "c02", item_of(submitted, "c02"), "dispute")
    ssp("train", "enrol", book, two_packs[1].folder)
    assert ssp("train", "disputes", book, two_packs[1].folder).out == ""


def test_looking_at_feedback_twice_shows_the_same(submitted):
    assert submitted("feedback", "c02").out == submitted("feedback", "c02").out


def test_the_status_of_a_case_shows_no_reference(submitted):
    outcome = submitted("status")
    whole = outcome.out + submitted("status", "--json").out
    assert not any(secret in whole for secret in SECRETS)


# ---- releases and checks


@pytest.mark.parametrize("content", [b"", b"{}", b"[1", b"\xff"], ids=range(4))
def test_a_file_that_is_no_release_is_not_taken_in(enrolled, book, tmp_path, content):
    (tmp_path / "x.ssprelease").write_bytes(content)
    deeds = len(read_logbook(book).entries)
    outcome = enrolled("release", tmp_path / "x.ssprelease")
    assert outcome.code == ExitCode.UNUSABLE
    assert "Traceback" not in outcome.err
    assert "x.ssprelease" in outcome.err
    assert len(read_logbook(book).entries) == deeds


def test_a_check_against_a_hash_that_never_was_is_a_finding(enrolled, ssp, book):
    outcome = ssp("train", "check", book, "--since", "0" * 64)
    assert outcome.code == ExitCode.FINDINGS
    assert outcome.out == ""


def test_checking_changes_nothing(submitted, ssp, book):
    before = {path: bytes_of(path) for path in book.parent.rglob("*") if path.is_file()}
    assert ssp("train", "check", book).code == ExitCode.OK
    assert submitted("status").code == ExitCode.OK
    after = {path: bytes_of(path) for path in book.parent.rglob("*") if path.is_file()}
    assert after == before
