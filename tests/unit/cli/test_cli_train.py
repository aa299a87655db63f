"""`ssp-coder train`: a trainee's way through a pack without a window."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssp_coder.cli.command import ExitCode
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.training import working
from ssp_coder.training.deeds import Judgement, ReleaseKind
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.releases import ReleaseWish, make_release, write_release
from tests.builders import rate
from tests.unit.training.training_files import SECRETS, WORD, built, draft_of, some_slot


@pytest.fixture(scope="session")
def references(tmp_path_factory: pytest.TempPathFactory):
    return draft_of(tmp_path_factory.mktemp("cli_references"))


@pytest.fixture(scope="session")
def pack(references, tmp_path_factory: pytest.TempPathFactory):
    return built(references, tmp_path_factory.mktemp("cli_packs") / "pack", word=WORD)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "anna"
    folder.mkdir()
    return folder / "anna.ssptrain"


@pytest.fixture
def train(ssp, book, pack):
    """Calls a work of the command with the logbook and the pack."""

    def call(what: str, *more: object):
        return ssp("train", what, book, pack.folder, *more)

    return call


@pytest.fixture
def enrolled(train):
    assert train("enrol", "--trainee", "t07").code == ExitCode.OK
    return train


def code(train, case: str) -> Path:
    path = Path(train("begin", case).out.strip())
    with open_for_writing(path, "t07") as file:
        file.document().submit(rate(some_slot(), 3))
    return path


def do(train, *cases: str) -> None:
    for case in cases:
        code(train, case)
        assert train("submit", case, "--incomplete").code == ExitCode.OK


@pytest.fixture
def practised(enrolled) -> Iterator:
    enrolled("feedback", "c01")
    for case in ("c02", "c03"):
        do(enrolled, case)
        enrolled("feedback", case)
    return enrolled


def states(train) -> dict[str, str]:
    return {c["case"]: c["state"] for c in json.loads(train("status", "--json").out)["cases"]}


def test_enrolling_makes_a_logbook(enrolled, book):
    assert read_logbook(book).who == "t07"
    assert enrolled("enrol").code == ExitCode.OK
    assert len(read_logbook(book).entries) == 1


def test_a_new_logbook_needs_a_pseudonym(train, book):
    outcome = train("enrol")
    assert outcome.code == ExitCode.UNUSABLE
    assert "pseudonym" in outcome.complaint
    assert not book.exists()


def test_the_status_says_what_may_be_done_and_why_not(enrolled):
    out = enrolled("status").out
    assert "next comes learn" in out
    assert "c01  Case 01: ready" in out
    assert "c02  Case 02: closed (there are cases to learn from that were not studied)" in out


def test_a_recheck_that_was_not_handed_out_is_not_listed(enrolled):
    assert "c07" not in enrolled("status").out
    assert "c07" not in enrolled("status", "--json").out


def test_studying_shows_the_reference_with_its_reasons(enrolled):
    out = enrolled("feedback", "c01").out
    assert SECRETS[0] in out
    assert SECRETS[2] in out
    assert states(enrolled)["c01"] == "done"


def test_a_case_is_begun_and_found_again(enrolled):
    enrolled("feedback", "c01")
    path = Path(enrolled("begin", "c02").out.strip())
    assert path.is_file()
    assert Path(enrolled("begin", "c02").out.strip()) == path


def test_an_incomplete_coding_is_told_and_not_submitted(enrolled):
    enrolled("feedback", "c01")
    code(enrolled, "c02")
    outcome = enrolled("submit", "c02")
    assert outcome.code == ExitCode.FINDINGS
    assert "error" in outcome.err
    assert states(enrolled)["c02"] == "begun"


def test_submitting_locks_the_coding(enrolled):
    enrolled("feedback", "c01")
    path = code(enrolled, "c02")
    outcome = enrolled("submit", "c02", "--incomplete")
    assert outcome.code == ExitCode.OK
    with open_read_only(path) as file:
        assert file.coding.locked
        assert file.head in outcome.out
    assert enrolled("submit", "c02").out == outcome.out


def test_no_reference_is_shown_before_the_submission(enrolled):
    enrolled("feedback", "c01")
    code(enrolled, "c02")
    outcome = enrolled("feedback", "c02")
    assert outcome.code == ExitCode.UNUSABLE
    assert "not submitted" in outcome.complaint
    assert not [word for word in SECRETS if word in outcome.out + outcome.err]


def test_feedback_holds_the_work_against_the_reference(practised):
    out = practised("feedback", "c02").out
    assert "train judge" in out
    assert SECRETS[0] in out
    assert f"not counted: {SECRETS[3]}" in out


def test_a_case_that_is_not_due_is_refused_with_the_remedy(enrolled):
    outcome = enrolled("begin", "c04")
    assert outcome.code == ExitCode.UNUSABLE
    assert "study them first" in outcome.complaint


def test_an_unknown_case_is_named(enrolled):
    assert "no case 'c99'" in enrolled("begin", "c99").complaint


def test_a_test_form_waits_for_the_trainer_s_release(practised, pack, tmp_path):
    do(practised, "c04", "c05")
    assert "trainer's word" in practised("feedback", "c04").complaint
    wish = ReleaseWish(form="one", kind=ReleaseKind.FEEDBACK, trainee="t07", trainer="m1")
    write_release(make_release(pack, wish, WORD), tmp_path / "one.ssprelease")
    assert practised("release", tmp_path / "one.ssprelease").code == ExitCode.OK
    assert SECRETS[0] in practised("feedback", "c04").out


def test_a_repeat_is_marked(practised):
    code(practised, "c02")
    assert "a repeat, which does not count" in practised("status").out


def test_what_a_crash_interrupted_goes_on_with_the_next_command(enrolled, monkeypatch):
    enrolled("feedback", "c01")
    code(enrolled, "c02")

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(working, "put_in_place", full)
        assert enrolled("submit", "c02", "--incomplete").code == ExitCode.UNUSABLE
    assert states(enrolled)["c02"] == "submitting"
    assert "submission of c02 was completed" in enrolled("begin", "c01").out
    assert states(enrolled)["c02"] == "feedback"


def items(train, case: str, *more: str) -> list[str]:
    """The names of the items of the feedback, in the order in which they are shown."""
    return re.findall(r"\[(.+?)\]$", train("feedback", case, *more).out, flags=re.MULTILINE)


def test_items_are_shown_by_weight_on_demand(practised):
    by_time, by_weight = items(practised, "c02"), items(practised, "c02", "--by-weight")
    assert sorted(by_time) == sorted(by_weight)
    assert by_time != by_weight


def test_a_word_on_an_item_is_kept(practised, book):
    item = items(practised, "c02")[0]
    outcome = practised("judge", "c02", item, "unclear", "--comment", "two rules apply")
    assert outcome.code == ExitCode.OK
    deed = read_logbook(book).entries[-1].deed
    assert (deed.item, deed.judgement, deed.comment) == (
        item,
        Judgement.UNCLEAR,
        "two rules apply",
    )


def test_a_word_on_an_item_that_is_not_there_is_refused(practised):
    outcome = practised("judge", "c02", "nothing", "agree")
    assert outcome.code == ExitCode.UNUSABLE
    assert "no item 'nothing'" in outcome.complaint


def test_no_word_is_taken_on_a_case_that_was_not_submitted(enrolled):
    enrolled("feedback", "c01")
    code(enrolled, "c02")
    assert "not submitted" in enrolled("judge", "c02", "x", "agree").complaint


def test_disputes_are_listed_for_the_trainer_and_what_is_agreed_is_not(practised, tmp_path):
    first, second = items(practised, "c02")[:2]
    practised("judge", "c02", first, "dispute", "--comment", "=not seen")
    practised("judge", "c02", second, "agree")
    out = practised("disputes", "--csv", tmp_path / "disputes.csv").out
    assert len(out.splitlines()) == 1
    assert out.startswith("c02")
    assert out.rstrip().endswith("dispute  =not seen")
    rows = (tmp_path / "disputes.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[0].startswith("trainee,pack,case,attempt")
    assert "'=not seen" in rows[1]


def test_the_list_of_disputes_is_never_written_over_a_file_unasked(practised, tmp_path):
    place = tmp_path / "disputes.csv"
    place.write_text("mine")
    assert practised("disputes", "--csv", place).code == ExitCode.UNUSABLE
    assert place.read_text() == "mine"
    assert practised("disputes", "--csv", place, "--overwrite").code == ExitCode.OK


def test_an_unaltered_logbook_passes_the_check(enrolled, ssp, book):
    enrolled("feedback", "c01")
    do(enrolled, "c02")
    outcome = ssp("train", "check", book)
    assert outcome.code == ExitCode.OK
    assert read_logbook(book).head in outcome.out


def test_a_missing_copy_is_found_by_the_check(enrolled, ssp, book):
    enrolled("feedback", "c01")
    do(enrolled, "c02")
    next((book.parent / "submitted").iterdir()).unlink()
    outcome = ssp("train", "check", book)
    assert outcome.code == ExitCode.FINDINGS
    assert "missing" in outcome.complaint


def test_a_logbook_in_use_is_told(enrolled, book):
    with Logbook.open(book):
        assert "open for coding by t07" in enrolled("begin", "c01").complaint


def test_feedback_is_given_on_the_copy_that_was_submitted_and_on_no_other(practised, book):
    copy = next((book.parent / "submitted").glob("*.sspc"))
    copy.chmod(0o600)
    copy.write_bytes(copy.read_bytes() + b"\0")
    answers = [practised("feedback", case) for case in ("c02", "c03")]
    refused = [answer for answer in answers if answer.code == ExitCode.UNUSABLE]
    assert len(refused) == 1
    assert "is not what was submitted" in refused[0].err
    assert "reference" not in refused[0].out


def test_a_check_against_an_earlier_hash_finds_a_logbook_that_was_set_back(enrolled, ssp, book):
    noted = ssp("train", "check", book).out.split()[-1]
    early = book.read_bytes()
    enrolled("feedback", "c01")
    later = ssp("train", "check", book, "--since", noted)
    assert later.code == ExitCode.OK
    book.write_bytes(early)
    back = ssp("train", "check", book, "--since", later.out.split()[-1])
    assert back.code == ExitCode.FINDINGS
    assert "set back" in back.err
