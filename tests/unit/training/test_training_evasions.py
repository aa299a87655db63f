"""Ways around the training that a trainee might try, or an accident take, and what stops them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import create, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.training import working
from ssp_coder.training.attempts import attempts_of
from ssp_coder.training.deeds import (
    CaseBegun,
    Certified,
    Enrolled,
    Entry,
    RecheckServed,
    ReleaseKind,
    Submitted,
)
from ssp_coder.training.errors import SealedError, TrainingError
from ssp_coder.training.evaluation import first_attempts, sitting_of
from ssp_coder.training.handing_in import check_follows, check_work
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.measures import Statistic
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Pack, Stage
from ssp_coder.training.pass_rules import Outcome, evaluate
from ssp_coder.training.programme import Bar, programme_of
from ssp_coder.training.references import judging_reference, open_reference
from ssp_coder.training.releases import ReleaseWish, make_release, take_in, write_release
from ssp_coder.training.submissions import figures_of_trainee
from tests.builders import infant_scheme
from tests.fixtures.training_figures import criterion, rule
from tests.unit.training.training_files import (
    TRAINEE,
    TRAINER,
    WORD,
    Trainee,
    built,
    clock_from,
    draft_case,
    draft_of,
    reference_edits,
    some_slot,
    trainee,
)


def cases_counted(one: Trainee, word: str | None = None) -> list[str]:
    found = figures_of_trainee(one.logbook.folder, one.pack, one.programme, word)
    return [figures.sitting.case for figures in first_attempts(found)]


def release(one: Trainee, form: str, kind: ReleaseKind, word: str = "") -> None:
    """Take in a fresh release of the trainer's."""
    path = one.logbook.folder / f"{len(one.logbook.entries)}.ssprelease"
    wish = ReleaseWish(form=form, kind=kind, trainee=TRAINEE, trainer=TRAINER)
    write_release(make_release(one.pack, wish, word), path)
    take_in(one.logbook, one.pack, path)


# ------------------------------------------------- a bad first attempt cannot be hidden


def test_a_repeat_under_way_does_not_take_the_first_attempt_out_of_the_figures(
    anna: Trainee,
) -> None:
    anna.practise()
    assert cases_counted(anna) == ["c02", "c03"]
    anna.begin("c02")
    assert cases_counted(anna) == ["c02", "c03"]


def test_a_form_taken_once_more_leaves_the_first_taking_in_the_figures(anna: Trainee) -> None:
    anna.practise()
    anna.do("c04", "c05")
    release(anna, "one", ReleaseKind.TAKE)
    anna.begin("c04")
    assert cases_counted(anna) == ["c02", "c03", "c04", "c05"]


def test_a_half_taken_second_round_gives_no_figures_of_its_own(anna: Trainee) -> None:
    anna.practise()
    anna.do("c04", "c05")
    release(anna, "one", ReleaseKind.TAKE)
    anna.do("c04")
    found = figures_of_trainee(anna.logbook.folder, anna.pack, anna.programme)
    assert [one.sitting.case for one in found] == ["c02", "c03", "c04", "c05"]
    assert not any(one.sitting.is_repeat for one in found)
    anna.do("c05")
    found = figures_of_trainee(anna.logbook.folder, anna.pack, anna.programme)
    assert [one.sitting.is_repeat for one in found] == [False] * 4 + [True] * 2


def test_the_reference_itself_stays_closed_while_a_case_is_coded_once_more(anna: Trainee) -> None:
    anna.practise()
    anna.begin("c02")
    with pytest.raises(SealedError):
        open_reference(anna.pack, anna.pack.case("c02"), anna.programme)


def test_figures_need_a_submission(anna: Trainee) -> None:
    anna.look("c01")
    for case in ("c01", "c02", "c04", "c07"):
        with pytest.raises(SealedError):
            judging_reference(anna.pack, anna.pack.case(case), anna.programme)


def test_figures_of_a_form_under_the_word_need_the_word_or_its_release(berta: Trainee) -> None:
    berta.practise()
    berta.do("c04", "c05")
    case = berta.pack.case("c04")
    with pytest.raises(SealedError, match="trainer's word"):
        judging_reference(berta.pack, case, berta.programme)
    release(berta, "one", ReleaseKind.FEEDBACK, WORD)
    assert judging_reference(berta.pack, case, berta.programme).coding.session == "Sc04"


def test_a_word_does_not_give_figures_of_a_form_that_is_not_finished(berta: Trainee) -> None:
    berta.practise()
    berta.do("c04")
    assert cases_counted(berta, WORD) == ["c02", "c03"]


# ------------------------------------------------- the clock


def test_a_clock_set_back_does_not_change_the_order_of_submissions(
    pack: Pack, tmp_path: Path
) -> None:
    moments = iter(f"2026-06-{60 - n // 2:02d}T10:00:00.000Z" for n in range(60, 118))
    folder = tmp_path / "clock"
    folder.mkdir()
    with Logbook.create(folder / "t.ssptrain", TRAINEE, clock=lambda: next(moments)) as book:
        working.enrol(book, pack)
        anna = Trainee(logbook=book, pack=pack)
        anna.practise()
        times = [one.submitted_at_utc for one in anna.programme.counted]
        assert times == sorted(times, reverse=True)
        assert times[0] > times[-1]
        assert [one.case for one in anna.programme.counted] == ["c02", "c03"]
        assert cases_counted(anna) == ["c02", "c03"]


def test_submissions_of_one_moment_are_told_in_the_order_of_the_rows(pack: Pack) -> None:
    first, later = (
        Entry(
            seq=seq,
            at_utc="now",
            deed=CaseBegun(pack=pack.id, case=case, attempt=number, file=f"{number}.sspc"),
        )
        for seq, case, number in ((1, "c03", 1), (2, "c02", 2))
    )
    done = [
        Entry(
            seq=seq,
            at_utc="now",
            deed=Submitted(
                pack=pack.id,
                case=case,
                attempt=number,
                snapshot="x",
                snapshot_sha256="",
                head="",
                pack_version="1",
            ),
        )
        for seq, case, number in ((3, "c02", 2), (4, "c03", 1))
    ]
    entries = (first, later, *done)
    assert [one.case for one in programme_of(pack, entries).counted] == ["c02", "c03"]
    found = attempts_of(entries, pack.id)
    rows = {case: sitting_of(pack, pack.case(case), one[0]).order for case, one in found.items()}
    assert rows["c02"] < rows["c03"]


# ------------------------------------------------- the tape of a re-check


@pytest.fixture(scope="module")
def recurring(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack whose re-check brings the tape of the first practice case back."""
    draft = draft_of(tmp_path_factory.mktemp("recurring"))
    again = replace(
        draft_case(draft.cases[1].reference.parent, "c02", Stage.UPKEEP), id="c08", title="Case 8"
    )
    folder = tmp_path_factory.mktemp("packs") / "recurring"
    return built(draft, folder, cases=(*draft.cases, again))


@pytest.fixture
def rechecked(recurring: Pack, tmp_path: Path):
    """A certified coder to whom the tape was handed out."""
    with trainee(tmp_path / "clara", recurring).logbook as book:
        clara = Trainee(logbook=book, pack=recurring)
        clara.practise()
        clara.do("c04", "c05")
        book.append(Certified(pack=recurring.id, version="1.0.0", rule="r", figures="{}"))
        book.append(RecheckServed(pack=recurring.id, case="c08"))
        yield clara


def test_a_tape_that_comes_back_has_no_open_reference_while_it_is_coded(rechecked) -> None:
    assert rechecked.programme.standing("c02").see is None
    path = rechecked.begin("c08")
    assert rechecked.programme.standing("c02").see is Bar.NOT_SUBMITTED
    with pytest.raises(SealedError):
        open_reference(rechecked.pack, rechecked.pack.case("c02"), rechecked.programme)
    assert rechecked.programme.standing("c03").see is None
    rechecked.code(path)
    rechecked.submit("c08", path)
    assert rechecked.programme.standing("c02").see is None


def test_a_tape_that_comes_back_leaves_the_figures_as_they_are(rechecked) -> None:
    before = cases_counted(rechecked)
    rechecked.begin("c08")
    assert cases_counted(rechecked) == before


# ------------------------------------------------- files put in the place of one's own


def broken_off(anna: Trainee, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission that ends after its first row."""

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(working, "_kept", stop)
        with pytest.raises(KeyboardInterrupt):
            anna.submit("c02", path)


def exchanged(path: Path, **fields: object) -> None:
    with open_read_only(path) as file:
        coding: Coding = replace(file.coding, **fields)
    path.unlink()
    create(path, coding=coding, scheme=infant_scheme(), who=coding.coder).close()


@pytest.mark.parametrize("fields", [{"coder": "t08"}, {"session": "S9"}], ids=["coder", "session"])
def test_an_interrupted_submission_does_not_go_on_with_another_file(
    anna: Trainee, monkeypatch, fields
) -> None:
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    broken_off(anna, path, monkeypatch)
    exchanged(path, **fields)
    resumed = working.resume(anna.logbook, anna.pack)
    assert resumed.done == ()
    assert [one.code for one in resumed.failed] == ["training.other_coding"]
    with pytest.raises(TrainingError, match="another"):
        anna.submit("c02", path)
    assert anna.programme.counted == ()


def test_an_interrupted_submission_goes_on_with_its_own_file(anna: Trainee, monkeypatch) -> None:
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    broken_off(anna, path, monkeypatch)
    assert [one.case for one in working.resume(anna.logbook, anna.pack).done] == ["c02"]


def changed_pack(pack: Pack) -> Pack:
    return replace(pack, sha256="0" * 64)


def test_nothing_is_submitted_for_a_pack_in_the_place_of_one_s_own(anna: Trainee) -> None:
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    other = changed_pack(anna.pack)
    with pytest.raises(TrainingError, match="another version"):
        working.submit(anna.logbook, other, other.case("c02"), path)
    with open_read_only(path) as file:
        assert not file.coding.locked


def test_an_interrupted_submission_waits_for_the_pack_it_was_begun_with(
    anna: Trainee, monkeypatch
) -> None:
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    broken_off(anna, path, monkeypatch)
    resumed = working.resume(anna.logbook, changed_pack(anna.pack))
    assert [one.code for one in resumed.failed] == ["training.barred_other_pack"]
    assert [one.case for one in working.resume(anna.logbook, anna.pack).done] == ["c02"]


def test_a_link_to_another_coding_is_no_coding_of_the_case(anna: Trainee, tmp_path: Path) -> None:
    anna.look("c01")
    path = anna.begin("c02")
    elsewhere = path.rename(tmp_path / "elsewhere.sspc")
    path.symlink_to(elsewhere)
    with pytest.raises(TrainingError, match="no coding of case c02"):
        anna.submit("c02", path)
    with open_read_only(elsewhere) as file:
        assert not file.coding.locked


# ------------------------------------------------- the logbook


def test_a_logbook_that_was_set_back_does_not_follow_from_what_was_noted(anna: Trainee) -> None:
    anna.look("c01")
    anna.logbook.close()
    path = anna.logbook.path
    early = path.read_bytes()
    with Logbook.open(path, clock=clock_from(500)) as book:
        again = Trainee(logbook=book, pack=anna.pack)
        again.do("c02")
        noted = book.head
    assert check_follows(read_logbook(path), noted) == ()
    path.write_bytes(early)
    (finding,) = check_follows(read_logbook(path), noted)
    assert finding.code == "training.not_following"
    assert "unknown_copy" in check_work(read_logbook(path))[0].code


def test_a_logbook_follows_from_each_of_its_rows_and_from_its_first_page(anna: Trainee) -> None:
    empty = Logbook.create(anna.logbook.folder / "e.ssptrain", TRAINEE, clock=clock_from())
    noted = empty.head
    empty.append(Enrolled(pack="p", version="1", pack_sha256=""))
    empty.close()
    assert check_follows(read_logbook(empty.path), noted) == ()
    anna.practise()
    pages = read_logbook(anna.logbook.path)
    for entry in pages.entries:
        assert check_follows(pages, entry.hash) == ()
        assert check_follows(pages, f" {entry.hash[:12].upper()}\n") == ()


@pytest.mark.parametrize("noted", ["", "a", "0" * 64, "no hash at all"])
def test_a_hash_that_no_row_has_is_told(anna: Trainee, noted: str) -> None:
    pages = read_logbook(anna.logbook.path)
    assert [one.code for one in check_follows(pages, noted)] == ["training.not_following"]


def test_too_few_signs_of_a_hash_tell_nothing(anna: Trainee) -> None:
    pages = read_logbook(anna.logbook.path)
    assert check_follows(pages, pages.head[:11])


@pytest.mark.parametrize("file", ["../other.sspc", "/etc/x.sspc", "C:\\x.sspc", "a/../../b", ""])
def test_a_logbook_that_leads_out_of_its_folder_is_not_used(tmp_path: Path, file: str) -> None:
    with Logbook.create(tmp_path / "t.ssptrain", TRAINEE) as book:
        book.append(CaseBegun(pack="p", case="c", attempt=1, file=file))
    with pytest.raises(StorageError, match="leads out of its folder"):
        read_logbook(book.path)


def test_a_trainee_s_folder_may_have_spaces_and_umlauts(pack: Pack, tmp_path: Path) -> None:
    there = Path(shutil.copytree(pack.folder, tmp_path / "Übungs pack é"))
    moved = read_pack(there)
    with trainee(tmp_path / "Ännas Ordner (2)", moved).logbook as book:
        anna = Trainee(logbook=book, pack=moved)
        anna.practise()
        assert cases_counted(anna) == ["c02", "c03"]


# ------------------------------------------------- a new version of a pack


def test_the_key_of_an_earlier_version_opens_no_form_of_a_later_one(
    berta: Trainee, tmp_path: Path, draft
) -> None:
    berta.practise()
    berta.do("c04", "c05")
    release(berta, "one", ReleaseKind.FEEDBACK, WORD)
    assert berta.programme.standing("c04").see is None
    later = built(draft, tmp_path / "later", version="2.0.0", word="another word 7")
    working.enrol(berta.logbook, later)
    programme = programme_of(later, berta.logbook.entries)
    assert programme.standing("c04").see is Bar.NEEDS_TRAINER
    found = figures_of_trainee(berta.logbook.folder, later, programme)
    assert [one.sitting.case for one in found] == ["c02", "c03"]


# ------------------------------------------------- ratings left out


def test_a_place_left_unrated_is_no_way_to_pass(tmp_path: Path) -> None:
    draft = draft_of(tmp_path)
    cases = tuple(replace(case, exclusions=()) for case in draft.cases)
    pack = built(draft, tmp_path / "pack", cases=cases)
    near = rule(criterion(Statistic.WITHIN_ONE, 0.8, 2, slot=some_slot()), stages=(Stage.PRACTICE,))
    with trainee(tmp_path / "dora", pack).logbook as book:
        dora = Trainee(logbook=book, pack=pack)
        dora.look("c01")
        for case, edits in (
            ("c02", reference_edits()),
            ("c03", reference_edits()[:2]),
        ):
            path = dora.begin(case)
            dora.code(path, *edits)
            dora.submit(case, path)
            dora.look(case)
        figures = figures_of_trainee(book.folder, pack, dora.programme)
        assert [len(one.unrated) for one in figures] == [0, 1]
        evaluation = evaluate(near, figures)
        assert evaluation.outcome is Outcome.NOT_PASSED
        assert evaluation.results[0].estimate.value == 0.5


def test_a_rating_that_is_excluded_is_not_called_left_out(anna: Trainee) -> None:
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path, reference_edits()[0])
    anna.submit("c02", path)
    (found,) = figures_of_trainee(anna.logbook.folder, anna.pack, anna.programme)
    assert found.unrated == ()
    assert [one.slot for one in found.exclusions] == [some_slot()]
