"""The desk behind the pages: what is open, what was done, and what a crash leaves."""

from __future__ import annotations

import pytest

from ssp_coder.training.deeds import (
    Certified,
    Enrolled,
    FeedbackOpened,
    ItemJudged,
    Judgement,
    RecheckScheduled,
    SubmissionBegun,
)
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import CaseState
from ssp_coder.ui.training.desk import TrainingDesk
from tests.ui.training.training_room import WHO, reference_of


@pytest.fixture
def desk(qtbot, pack, tmp_path):
    desk = TrainingDesk()
    desk.open_pack(pack.folder)
    desk.create_logbook(tmp_path / "t07.ssptrain", WHO)
    yield desk
    desk.close()
    desk.deleteLater()


def first(pack, stage):
    return pack.of_stage(stage)[0]


def settled(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.busy and not desk.counting, timeout=20_000)


def test_pack_and_logbook_together_give_a_programme(desk, pack):
    assert desk.pack_folder == pack.folder
    assert desk.programme.stage is Stage.LEARN
    assert not desk.programme.enrolled


def test_without_a_logbook_there_is_no_programme(qtbot, pack):
    desk = TrainingDesk()
    desk.open_pack(pack.folder)
    assert (desk.programme, desk.entries) == (None, ())
    desk.close()


def test_enrolling_is_written_down_once(desk):
    desk.enrol()
    desk.enrol()
    assert [type(entry.deed) for entry in desk.entries] == [Enrolled]


def test_each_deed_tells_that_something_changed(desk, qtbot):
    desk.enrol()
    deed = FeedbackOpened(pack=desk.pack.id, case=first(desk.pack, Stage.LEARN).id)
    with qtbot.waitSignal(desk.changed, timeout=5_000):
        desk.append(deed)
    assert desk.programme.standing(deed.case).state is CaseState.DONE


def test_a_case_that_may_not_be_begun_is_refused_and_nothing_is_asked_for(desk):
    desk.enrol()
    wanted = []
    desk.coding_wanted.connect(wanted.append)
    with pytest.raises(TrainingError):
        desk.begin(first(desk.pack, Stage.TEST))
    assert wanted == []


def test_a_broken_pack_leaves_the_open_one(desk, pack, tmp_path):
    with pytest.raises(TrainingError):
        desk.open_pack(tmp_path / "nothing")
    assert desk.pack.folder == pack.folder


def test_studying_is_written_down_before_it_is_told(desk, qtbot):
    desk.enrol()
    seen = []
    desk.lesson_ready.connect(lambda lesson: seen.append((lesson, desk.entries[-1].deed)))
    case = first(desk.pack, Stage.LEARN)
    desk.open_lesson(case)
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    lesson, deed = seen[0]
    assert deed == FeedbackOpened(pack=desk.pack.id, case=case.id)
    assert lesson.reference.coding == reference_of(desk.pack, case.id).coding
    assert (lesson.coding, lesson.feedback) == (None, None)


def test_a_sealed_reference_is_refused_in_words_and_not_noted_as_seen(desk, qtbot):
    desk.enrol()
    told, troubles = [], []
    desk.lesson_ready.connect(told.append)
    desk.trouble.connect(troubles.append)
    desk.open_lesson(first(desk.pack, Stage.PRACTICE))
    settled(qtbot, desk)
    assert (told, len(troubles)) == ([], 1)
    assert len(desk.entries) == 1


def test_a_submission_that_a_crash_interrupted_ends_at_the_next_opening(desk, qtbot, tmp_path):
    desk.enrol()
    desk.open_lesson(first(desk.pack, Stage.LEARN))
    settled(qtbot, desk)
    case = first(desk.pack, Stage.PRACTICE)
    desk.begin(case)
    desk.append(SubmissionBegun(pack=desk.pack.id, case=case.id, attempt=1))
    assert desk.programme.standing(case.id).state is CaseState.SUBMITTING
    folder = desk.pack_folder
    desk.close()
    desk.open_pack(folder)
    desk.open_logbook(tmp_path / "t07.ssptrain")
    assert desk.programme.standing(case.id).state is CaseState.FEEDBACK
    settled(qtbot, desk)


def test_a_recheck_is_handed_out_when_the_training_is_opened(desk, qtbot, tmp_path):
    desk.enrol()
    pack, case = desk.pack, first(desk.pack, Stage.UPKEEP)
    desk.append(Certified(pack=pack.id, version=pack.version, rule="r", figures="{}"))
    desk.append(RecheckScheduled(pack=pack.id, case=case.id, due_on="2020-01-01"))
    assert desk.programme.standing(case.id).hidden
    desk.close()
    desk.open_logbook(tmp_path / "t07.ssptrain")
    assert not desk.programme.standing(case.id).hidden
    settled(qtbot, desk)


def test_the_last_judgement_of_an_item_counts(desk):
    desk.enrol()
    said = {"pack": desk.pack.id, "case": "c1", "attempt": 1, "item": "event:1"}
    desk.append(ItemJudged(**said, judgement=Judgement.DISPUTE, comment="no"))
    assert desk.said_anything
    desk.append(ItemJudged(**said, judgement=Judgement.AGREE))
    assert desk.judgement("c1", 1, "event:1").judgement is Judgement.AGREE
    assert desk.judgement("c1", 2, "event:1") is None


def test_closing_folds_the_logbook_and_lets_others_write(desk, tmp_path):
    desk.enrol()
    desk.close()
    desk.close()
    assert (desk.logbook, desk.programme) == (None, None)
    with Logbook.open(tmp_path / "t07.ssptrain") as book:
        assert len(book.entries) == 1


def test_a_logbook_in_use_is_refused(desk, qtbot, pack):
    second = TrainingDesk()
    second.open_pack(pack.folder)
    with pytest.raises(Exception, match="t07"):
        second.open_logbook(desk.logbook.path)
    assert second.programme is None
    second.close()


def test_what_is_on_the_disk_is_what_was_done(desk):
    desk.enrol()
    assert read_logbook(desk.logbook.path).entries == desk.entries
