"""A trainer reads a folder of logbooks: by pseudonym, each with what is wrong, none written."""

from __future__ import annotations

import pytest

from ssp_coder.domain.time import Span
from ssp_coder.domain.words import NO_TEXT
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.deeds import ItemJudged, Judgement
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.excluding import exclusion_of
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Exclusion
from ssp_coder.training.trainee_files import TraineeFile, TrainerReading, logbooks_in
from ssp_coder.training.working import enrol
from tests.builders import s
from tests.unit.training.training_files import WORD, some_slot, trainee


def read(one) -> TraineeFile:
    return TrainerReading(one.pack).read(one.logbook.path)


def judge(one, item: str, judgement: Judgement, comment: str = "") -> None:
    one.logbook.append(
        ItemJudged(
            pack=one.pack.id,
            case="c02",
            attempt=1,
            item=item,
            judgement=judgement,
            comment=comment,
        )
    )


def miss(one) -> str:
    """Do the first practice case without its event; the key of the missed event."""
    one.look("c01")
    one.do("c02")
    one.look("c02")
    return "event:1:"


def items(file: TraineeFile):
    assert file.study is not None
    return file.study.disputed


def item(kind: ItemKind, place: str) -> FeedbackItem:
    return FeedbackItem(
        key=f"x:{place}",
        kind=kind,
        weight=1.0,
        at_us=None,
        loop=None,
        place=place,
        title=NO_TEXT,
    )


class TestFolders:
    def test_logbooks_lie_in_the_folder_or_in_those_below(self, tmp_path):
        for place in ("a.ssptrain", "b/b.ssptrain", "c/d/e.ssptrain", "x/y/z/deep.ssptrain"):
            path = tmp_path / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        (tmp_path / "note.txt").touch()
        names = [path.name for path in logbooks_in(tmp_path)]
        assert names == ["a.ssptrain", "b.ssptrain", "e.ssptrain"]

    def test_trainees_come_by_pseudonym(self, pack, tmp_path):
        for folder, who in (("one", "zoe"), ("two", "Abe"), ("three", "mia")):
            (tmp_path / folder).mkdir()
            with Logbook.create(tmp_path / folder / "x.ssptrain", who) as book:
                enrol(book, pack)
        found = TrainerReading(pack).read_folder(tmp_path)
        assert [one.trainee for one in found] == ["Abe", "mia", "zoe"]

    def test_progress_is_told_and_reading_can_be_stopped(self, anna):
        shares: list[float] = []
        folder = anna.logbook.path.parent
        TrainerReading(anna.pack).read_folder(folder, shares.append)
        assert shares == [1.0]
        with pytest.raises(Abandoned):
            TrainerReading(anna.pack).read_folder(folder, cancelled=lambda: True)

    def test_nothing_in_the_folder_changes(self, anna):
        anna.practise()
        anna.logbook.close()
        folder = anna.logbook.path.parent
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        TrainerReading(anna.pack).read_folder(folder)
        assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


class TestFaults:
    def test_a_broken_logbook_is_named_and_keeps_no_other_from_being_read(self, anna):
        folder = anna.logbook.path.parent
        (folder / "broken.ssptrain").write_bytes(b"nothing of the kind")
        broken, whole = TrainerReading(anna.pack).read_folder(folder)
        assert (broken.trainee, broken.study) == ("broken", None)
        assert broken.findings
        assert whole.study is not None
        assert not whole.findings

    def test_an_edited_logbook_is_named(self, anna):
        anna.logbook.close()
        path = anna.logbook.path
        content = bytearray(path.read_bytes())
        place = content.find(b"2026-06-01T10:00:01")
        content[place + 18] = ord("9")
        path.write_bytes(bytes(content))
        file = read(anna)
        assert file.study is None
        assert file.findings

    def test_a_copy_that_was_changed_is_named_and_gives_no_figure(self, anna):
        anna.practise()
        (copy, *_) = sorted(anna.logbook.folder.rglob("submitted*/*.sspc"))
        copy.chmod(0o644)
        copy.write_bytes(copy.read_bytes() + b"!")
        file = read(anna)
        assert file.study is None
        assert {one.code for one in file.findings} >= {"training.changed_copy"}

    def test_a_logbook_of_another_pack_has_no_study_here(self, pack, tmp_path):
        path = tmp_path / "other.ssptrain"
        Logbook.create(path, "t01").close()
        file = TrainerReading(pack).read(path)
        assert (file.trainee, file.study, file.findings) == ("t01", None, ())

    def test_a_wrong_word_is_said_at_once(self, worded_pack):
        with pytest.raises(TrainingError, match="not the trainer's word"):
            TrainerReading(worded_pack, "another word altogether")


class TestStudies:
    def test_practice_counts_from_the_first_submission_on(self, anna):
        assert read(anna).study.agreement.n == 0
        anna.practise()
        file = read(anna)
        assert len(file.study.work.figures) == 2
        assert file.study.row.submitted == 2
        assert file.study.bias is not None
        assert file.last_at_utc == anna.logbook.entries[-1].at_utc

    def test_forms_sealed_with_the_word_wait_for_it(self, worded_pack, tmp_path):
        one = trainee(tmp_path / "one", worded_pack)
        with one.logbook:
            one.practise()
            one.do("c04", "c05")
            path = one.logbook.path
            without = TrainerReading(worded_pack).read(path).study
            knowing = TrainerReading(worded_pack, WORD).read(path).study
        assert (len(without.work.figures), without.sealed) == (2, 2)
        assert (len(knowing.work.figures), knowing.sealed) == (4, 0)


class TestDisputes:
    def test_what_was_disputed_comes_with_its_item(self, anna):
        key = miss(anna)
        judge(anna, key, Judgement.DISPUTE, "it was coughing")
        (one,) = items(read(anna))
        assert (one.dispute.comment, one.dispute.kind) == ("it was coughing", "miss")
        assert one.item is not None
        assert one.item.key == key

    def test_what_was_agreed_to_is_not_in_the_list(self, anna):
        key = miss(anna)
        judge(anna, key, Judgement.DISPUTE)
        judge(anna, key, Judgement.AGREE)
        assert items(read(anna)) == ()


class TestExclusions:
    def test_a_missed_event_is_left_out_with_the_onsets_around_it(self, anna):
        judge(anna, miss(anna), Judgement.DISPUTE)
        (one,) = items(read(anna))
        assert exclusion_of(one.item, "disputed") == Exclusion(
            reason="disputed",
            code="distress.cry",
            span=Span(start_us=s(3), end_us=s(7)),
        )

    def test_a_place_to_be_rated_is_left_out_as_a_whole(self):
        rated = item(ItemKind.RATING, str(some_slot()))
        assert exclusion_of(rated, "unclear") == Exclusion(reason="unclear", slot=some_slot())

    @pytest.mark.parametrize("kind", [ItemKind.CLASS, ItemKind.SUBGROUP, ItemKind.D_DECISION])
    def test_a_class_cannot_be_left_out(self, kind):
        assert exclusion_of(item(kind, "primary"), "disputed") is None
