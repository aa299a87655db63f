"""A case is begun, coded and submitted; whatever a crash interrupts goes on at the next start."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import CodingRole
from ssp_coder.editing.edits import UnlockCoding
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.storage.errors import InUseError, StorageError
from ssp_coder.storage.verify import head_hash, verify
from ssp_coder.training import working
from ssp_coder.training.deeds import CaseBegun, Enrolled, SetFinished, SubmissionBegun, Submitted
from ssp_coder.training.errors import SealedError, TrainingError
from ssp_coder.training.handing_in import check_work, submissions
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.programme import CaseState
from ssp_coder.training.references import open_reference
from ssp_coder.training.working import (
    Resumed,
    begin_case,
    case_of,
    enrol,
    resume,
    submit,
    what_is_open,
)
from tests.builders import infant_scheme, rate
from tests.unit.training.training_files import SECRETS, TRAINEE, WORD, some_slot


def read(path: Path):
    with open_read_only(path) as file:
        return file.coding


def kinds(trainee) -> list[type]:
    return [type(entry.deed) for entry in trainee.logbook.entries]


# ---------------------------------------------------------------- beginning


def test_a_begun_case_is_an_empty_coding_of_one_s_own(anna):
    anna.look("c01")
    coding = read(anna.begin("c02"))
    assert (coding.session, coding.coder) == ("Sc02", TRAINEE)
    assert coding.role is CodingRole.INDEPENDENT
    assert not coding.locked
    assert (coding.events, coding.ratings, coding.classification) == ((), (), None)


def test_a_begun_case_has_the_scheme_and_the_video_of_the_pack(anna, pack):
    anna.look("c01")
    with open_read_only(anna.begin("c02")) as file:
        assert file.scheme.sha256 == pack.scheme_sha256
        assert [m.fingerprint for m in file.coding.media] == [
            m.fingerprint for m in pack.case("c02").media
        ]


def test_the_way_to_a_video_outside_the_trainee_s_folder_is_not_written_down(anna):
    anna.look("c01")
    assert read(anna.begin("c02")).media[0].relative_path == ""


def test_a_pack_below_the_trainee_s_folder_is_found_by_its_way(anna, pack):
    inside = replace(pack, folder=anna.logbook.folder / "pack")
    for one in pack.folder.rglob("*"):
        if one.is_file():
            target = inside.folder / one.relative_to(pack.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(one.read_bytes())
    anna.look("c01")
    path = begin_case(anna.logbook, inside, inside.case("c02"))
    assert read(path).media[0].relative_path == "pack/media/c02-1.mp4"


def test_file_names_tell_neither_case_nor_stage_nor_repeat(anna):
    anna.practise()
    names = [attempt.file for attempt in anna.programme.attempts]
    anna.do("c02")
    names.append(anna.programme.attempts[-1].file)
    anna.do("c04")
    names.append(anna.programme.attempts[-1].file)
    assert names == [f"coding-{number:04d}.sspc" for number in (1, 2, 3, 4)]


def test_beginning_once_more_leads_to_the_same_file(anna):
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    assert anna.begin("c02") == path
    assert kinds(anna).count(CaseBegun) == 1
    assert read(path).ratings


def test_a_case_may_lie_in_a_folder_below(anna, pack):
    anna.look("c01")
    place = anna.logbook.folder / "work"
    path = begin_case(anna.logbook, pack, pack.case("c02"), place)
    assert path.parent == place
    anna.submit("c02", path)


def test_a_folder_elsewhere_is_refused(anna, pack, tmp_path):
    anna.look("c01")
    with pytest.raises(TrainingError, match="below the trainee's folder"):
        begin_case(anna.logbook, pack, pack.case("c02"), tmp_path)
    assert CaseBegun not in kinds(anna)


def test_a_case_that_is_not_due_is_refused_with_the_reason(anna):
    with pytest.raises(TrainingError, match="not studied"):
        anna.begin("c02")
    with pytest.raises(TrainingError, match="certified"):
        anna.begin("c07")


def test_a_foreign_file_of_the_name_is_left_alone(anna):
    anna.look("c01")
    (anna.logbook.folder / "coding-0001.sspc").write_bytes(b"mine")
    assert anna.begin("c02").name == "coding-0001-2.sspc"


def test_an_unknown_case_is_named(pack):
    with pytest.raises(TrainingError, match="no case 'c99'"):
        case_of(pack, "c99")
    assert case_of(pack, "c02") == pack.case("c02")


def test_enrolling_twice_is_written_once(anna, pack):
    enrol(anna.logbook, pack)
    assert kinds(anna) == [Enrolled]


def test_what_is_still_to_be_done_is_told_before_submitting(anna):
    anna.look("c01")
    assert what_is_open(anna.begin("c02"))


# ---------------------------------------------------------------- submitting


def test_submitting_locks_the_coding_and_keeps_a_copy(anna):
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    done = anna.submit("c02", path)
    copy = anna.logbook.folder / done.snapshot
    assert read(path).locked
    assert read(copy) == read(path)
    assert done.head == head_hash(copy) == head_hash(path)
    assert verify(copy) == ()
    assert check_work(read_logbook(anna.logbook.path)) == ()


def test_the_copy_may_only_be_read(anna):
    anna.look("c01")
    done = anna.submit("c02", anna.begin("c02"))
    rights = (anna.logbook.folder / done.snapshot).stat().st_mode
    assert not rights & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_submitting_once_more_changes_nothing(anna):
    anna.look("c01")
    path = anna.begin("c02")
    done = anna.submit("c02", path)
    entries = anna.logbook.entries
    assert anna.submit("c02", path) == done
    assert anna.logbook.entries == entries


def test_a_coding_locked_by_the_trainee_is_submitted_as_it_is(anna):
    anna.look("c01")
    path = anna.begin("c02")
    with open_for_writing(path, TRAINEE) as file:
        file.document().submit(working.LockCoding())
        head = file.head
    assert anna.submit("c02", path).head == head


def test_a_coding_that_is_open_is_not_submitted(anna):
    anna.look("c01")
    path = anna.begin("c02")
    with open_for_writing(path, TRAINEE), pytest.raises(InUseError):
        anna.submit("c02", path)
    assert anna.programme.standing("c02").last.submitted is None
    assert anna.submit("c02", path)


def test_unlocking_afterwards_does_not_change_what_was_submitted(anna):
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path, rate(some_slot(), 3))
    done = anna.submit("c02", path)
    with open_for_writing(path, TRAINEE) as file:
        file.document().submit(UnlockCoding(reason="another thought"))
        file.document().submit(rate(some_slot(), 7))
    assert read(anna.logbook.folder / done.snapshot).ratings[0].score.value == 3
    assert check_work(read_logbook(anna.logbook.path)) == ()


def test_only_the_file_made_for_the_case_is_taken(anna, draft):
    anna.look("c01")
    anna.begin("c02")
    with pytest.raises(TrainingError, match="no coding of case c02"):
        anna.submit("c02", draft.cases[1].reference)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"coder": "t08"}, "another coder"),
        ({"session": "S9"}, "another session"),
        ({"role": CodingRole.REFERENCE}, "another role"),
        ({"media": ()}, "another video"),
    ],
)
def test_a_file_put_in_its_place_is_found_out(anna, fields, words):
    anna.look("c01")
    path = anna.begin("c02")
    other = replace(read(path), **fields)
    path.unlink()
    create(path, coding=other, scheme=infant_scheme(), who="t08").close()
    with pytest.raises(TrainingError, match=words):
        anna.submit("c02", path)
    assert SubmissionBegun not in kinds(anna)


def test_a_finished_form_is_written_down_as_a_set(anna):
    anna.practise()
    anna.do("c04")
    assert SetFinished not in kinds(anna)
    anna.do("c05")
    assert anna.logbook.entries[-1].deed == SetFinished(pack="pack1", form="one", attempts=(3, 4))


# ---------------------------------------------------------------- the reference


def test_a_submitted_case_shows_its_reference(anna, pack):
    anna.look("c01")
    anna.do("c02")
    reference = open_reference(pack, pack.case("c02"), anna.programme)
    assert reference.coding.session == "Sc02"
    assert reference.coding.classification.rationale == SECRETS[0]
    assert reference.notes[0].words == SECRETS[2]
    assert reference.exclusions[0].reason == SECRETS[3]
    assert reference.scheme.sha256 == pack.scheme_sha256


@pytest.mark.parametrize("case", ["c02", "c03", "c04", "c07"])
def test_a_case_that_was_not_submitted_does_not(anna, pack, case):
    with pytest.raises(SealedError, match="not submitted"):
        open_reference(pack, pack.case(case), anna.programme)


def test_a_case_under_way_does_not(anna, pack):
    anna.look("c01")
    anna.code(anna.begin("c02"))
    with pytest.raises(SealedError, match="not submitted"):
        open_reference(pack, pack.case("c02"), anna.programme)


def test_the_trainer_s_word_opens_a_finished_form_and_nothing_else(berta, worded_pack):
    berta.practise()
    berta.do("c04")
    case = worded_pack.case("c04")
    with pytest.raises(SealedError, match="not finished"):
        open_reference(worded_pack, case, berta.programme, WORD)
    berta.do("c05")
    with pytest.raises(SealedError, match="trainer's word"):
        open_reference(worded_pack, case, berta.programme)
    with pytest.raises(TrainingError, match="not the trainer's word"):
        open_reference(worded_pack, case, berta.programme, "another word")
    assert open_reference(worded_pack, case, berta.programme, WORD).coding.session == "Sc04"


def test_looking_at_feedback_is_written_once(anna):
    anna.look("c01")
    anna.do("c02")
    anna.look("c02", "c02")
    assert len([k for k in kinds(anna) if k.__name__ == "FeedbackOpened"]) == 2


def test_feedback_that_is_not_due_cannot_be_noted(anna):
    with pytest.raises(TrainingError, match="not submitted"):
        anna.look("c02")


# ---------------------------------------------------------------- crashes


class Crash(BaseException):
    """The program ends here."""


def crash(*_given: object, **_named: object) -> None:
    raise Crash


def after_doing(real: Callable[..., object]) -> Callable[..., object]:
    def do_and_crash(*given: object, **named: object) -> object:
        real(*given, **named)
        raise Crash

    return do_and_crash


@contextmanager
def crashing_at(monkeypatch, name: str, crashing: Callable[..., object]) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(working, name, crashing)
        with pytest.raises(Crash):
            yield


def again(anna) -> None:
    """Close everything as a crash does, and start anew."""
    path = anna.logbook.path
    anna.logbook.close()
    anna.logbook = Logbook.open(path)


@pytest.fixture
def begun(anna):
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    yield anna, path
    anna.logbook.close()


CRASHES = (
    ("_locked", crash),
    ("_locked", after_doing(working._locked)),
    ("_copy", crash),
    ("_copy", after_doing(working._copy)),
    ("put_in_place", crash),
    ("put_in_place", after_doing(working.put_in_place)),
    ("Submitted", crash),
    ("_finish_sets", crash),
)


@pytest.mark.parametrize(("name", "crashing"), CRASHES)
def test_a_submission_goes_on_after_a_crash_at_any_point(begun, monkeypatch, name, crashing):
    anna, path = begun
    with crashing_at(monkeypatch, name, crashing):
        anna.submit("c02", path)
    again(anna)
    resume(anna.logbook, anna.pack)
    (done,) = submissions(anna.logbook.entries)
    assert done.head == head_hash(path)
    assert anna.programme.standing("c02").state is CaseState.FEEDBACK
    assert check_work(read_logbook(anna.logbook.path)) == ()
    folder = anna.logbook.folder
    assert not [one for one in folder.rglob("*") if one.name.startswith(".") or "-new" in one.name]


def test_a_crash_before_the_first_row_leaves_the_case_under_way(begun, monkeypatch):
    anna, path = begun
    with crashing_at(monkeypatch, "SubmissionBegun", crash):
        anna.submit("c02", path)
    again(anna)
    assert resume(anna.logbook, anna.pack) == Resumed(done=(), failed=())
    assert not read(path).locked
    assert anna.submit("c02", path)


def test_an_interrupted_submission_shows_no_reference(begun, monkeypatch):
    anna, path = begun
    with crashing_at(monkeypatch, "_copy", crash):
        anna.submit("c02", path)
    assert anna.programme.standing("c02").state is CaseState.SUBMITTING
    with pytest.raises(SealedError):
        open_reference(anna.pack, anna.pack.case("c02"), anna.programme)


def test_a_beginning_goes_on_after_a_crash(anna, monkeypatch):
    anna.look("c01")
    with crashing_at(monkeypatch, "create", crash):
        anna.begin("c02")
    path = anna.begin("c02")
    assert path.is_file()
    assert kinds(anna).count(CaseBegun) == 1


def test_a_set_whose_last_row_is_missing_is_finished_at_the_next_start(anna, monkeypatch):
    anna.practise()
    anna.do("c04")
    path = anna.begin("c05")
    with crashing_at(monkeypatch, "_finish_sets", crash):
        anna.submit("c05", path)
    assert resume(anna.logbook, anna.pack) == Resumed(done=(), failed=())
    assert kinds(anna)[-1] is SetFinished
    resume(anna.logbook, anna.pack)
    assert kinds(anna).count(SetFinished) == 1


def test_a_full_disk_is_told_and_the_submission_tried_again(begun, monkeypatch):
    anna, path = begun

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(working, "put_in_place", full)
        with pytest.raises(TrainingError, match="submit again"):
            anna.submit("c02", path)
    assert anna.submit("c02", path).snapshot


def test_a_half_copy_under_the_name_is_replaced(begun, monkeypatch):
    anna, path = begun
    with crashing_at(monkeypatch, "Submitted", crash):
        anna.submit("c02", path)
    (copy,) = (anna.logbook.folder / "submitted").iterdir()
    copy.chmod(0o600)
    copy.write_bytes(b"half")
    (done,) = resume(anna.logbook, anna.pack).done
    assert read(anna.logbook.folder / done.snapshot).locked


def interrupted(anna, path, monkeypatch) -> None:
    with crashing_at(monkeypatch, "_copy", crash):
        anna.submit("c02", path)


def test_a_file_that_is_in_use_hinders_nothing_else_at_the_next_start(begun, monkeypatch):
    anna, path = begun
    interrupted(anna, path, monkeypatch)
    with open_for_writing(path, TRAINEE) as file:
        file.document().submit(UnlockCoding(reason="not yet"))
        file.flush()
        resumed = resume(anna.logbook, anna.pack)
        assert [finding.code for finding in resumed.failed] == ["storage.in_use"]
    (done,) = resume(anna.logbook, anna.pack).done
    assert read(anna.logbook.folder / done.snapshot).locked


def test_work_that_was_being_submitted_is_never_replaced_by_an_empty_file(begun, monkeypatch):
    anna, path = begun
    interrupted(anna, path, monkeypatch)
    away = path.rename(path.with_name("away.sspc"))
    (finding,) = resume(anna.logbook, anna.pack).failed
    assert finding.code == "storage.missing"
    assert anna.begin("c02") == path
    assert not path.exists()
    away.rename(path)
    (done,) = resume(anna.logbook, anna.pack).done
    assert read(anna.logbook.folder / done.snapshot).ratings


def test_an_empty_case_that_was_lost_is_made_anew(anna):
    anna.look("c01")
    path = anna.begin("c02")
    path.unlink()
    assert anna.begin("c02") == path
    assert path.is_file()


# ---------------------------------------------------------------- handing in


@pytest.fixture
def handed_in(anna):
    anna.look("c01")
    anna.do("c02")
    return anna


def found(trainee) -> list[str]:
    pages = read_logbook(trainee.logbook.path)
    return [finding.code.removeprefix("training.") for finding in check_work(pages)]


def test_a_changed_copy_is_found(handed_in):
    (copy,) = (handed_in.logbook.folder / "submitted").iterdir()
    copy.chmod(0o600)
    copy.write_bytes(copy.read_bytes() + b"\0")
    assert found(handed_in) == ["changed_copy"]


def test_a_missing_copy_is_found(handed_in):
    (copy,) = (handed_in.logbook.folder / "submitted").iterdir()
    copy.unlink()
    assert found(handed_in) == ["missing_copy"]


def test_a_copy_that_no_entry_tells_of_is_found(handed_in):
    (copy,) = (handed_in.logbook.folder / "submitted").iterdir()
    copy.with_name("coding-0009.ab.sspc").write_bytes(b"x")
    assert found(handed_in) == ["unknown_copy"]


def test_a_submission_is_known_by_pack_version_and_hashes(handed_in, pack):
    (done,) = submissions(handed_in.logbook.entries)
    assert isinstance(done, Submitted)
    assert done.pack_version == pack.version
    assert len(done.snapshot_sha256) == len(done.head) == 64


def test_a_damaged_coding_is_not_submitted(anna):
    anna.look("c01")
    path = anna.begin("c02")
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(StorageError):
        submit(anna.logbook, anna.pack, anna.pack.case("c02"), path)
    assert SubmissionBegun not in kinds(anna)
