"""Logbooks as a trainer reads, releases and plans them: copies, torn files, undefined figures."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.comparison import ClassLevel, Difference, DifferenceKind
from ssp_coder.domain.words import NO_TEXT
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.deeds import (
    FormReleased,
    ItemJudged,
    Judgement,
    RecheckScheduled,
    ReleaseKind,
)
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.evaluation import LAG_PAIRING_US
from ssp_coder.training.excluding import exclusion_of
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind
from ssp_coder.training.logbook import read_logbook
from ssp_coder.training.overview import overview
from ssp_coder.training.rechecks import (
    Coder,
    PlannedRecheck,
    RecheckWish,
    plan_rechecks,
    write_plan,
)
from ssp_coder.training.releases import ReleaseWish, make_release, take_in, write_release
from ssp_coder.training.trainee_files import TrainerReading, logbooks_in
from tests.builders import add, after, coding, event_of
from tests.unit.training.training_files import TRAINEE, TRAINER, WORD, built, some_slot

CODES = ("distress.cry", "distress.fuss")
FIRST = date(2026, 6, 1)


def deeds(path, kind: type) -> list[object]:
    return [entry.deed for entry in read_logbook(path).entries if isinstance(entry.deed, kind)]


def study_of(one, word: str = ""):
    found = TrainerReading(one.pack, word).read(one.logbook.path)
    assert found.findings == ()
    assert found.study is not None
    return found.study


def judged(one, item: str, judgement: Judgement, *, attempt: int = 1, case: str = "c02") -> None:
    one.logbook.append(
        ItemJudged(pack=one.pack.id, case=case, attempt=attempt, item=item, judgement=judgement)
    )


class TestFolders:
    def test_a_folder_that_is_not_there_has_no_logbooks(self, tmp_path):
        assert logbooks_in(tmp_path / "gone") == ()

    def test_hidden_files_and_folders_of_that_name_are_no_logbooks(self, tmp_path):
        (tmp_path / ".t07.ssptrain").touch()
        (tmp_path / "folder.ssptrain").mkdir()
        (tmp_path / "t07.ssptrain-journal").touch()
        assert logbooks_in(tmp_path) == ()

    def test_each_is_named_once_in_the_order_of_their_paths(self, tmp_path):
        for name in ("b", "a", "c"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "x.ssptrain").touch()
        assert [path.parent.name for path in logbooks_in(tmp_path)] == ["a", "b", "c"]

    def test_nobody_in_a_folder_is_nobody_and_no_progress(self, pack, tmp_path):
        told: list[float] = []
        assert TrainerReading(pack).read_folder(tmp_path, told.append) == ()
        assert told == []

    def test_reading_that_is_stopped_in_the_middle_tells_nobody(self, anna):
        anna.logbook.close()
        folder = anna.logbook.path.parent
        shutil.copytree(folder, folder / "copy")
        asked = iter((False, True))
        with pytest.raises(Abandoned):
            TrainerReading(anna.pack).read_folder(folder, cancelled=lambda: next(asked))

    def test_a_copy_stands_beside_its_original(self, anna):
        anna.logbook.close()
        folder = anna.logbook.path.parent
        shutil.copytree(folder, folder / "copy")
        found = TrainerReading(anna.pack).read_folder(folder)
        assert [one.trainee for one in found] == [TRAINEE, TRAINEE]
        assert len({one.path for one in found}) == 2

    @pytest.mark.parametrize(
        "content", [b"", b"\0" * 4096, b"{}\n"], ids=["empty", "zeros", "bare"]
    )
    def test_a_torn_logbook_is_told_by_the_name_of_its_file(self, pack, tmp_path, content):
        (tmp_path / "x9.ssptrain").write_bytes(content)
        (one,) = TrainerReading(pack).read_folder(tmp_path)
        assert (one.trainee, one.study, one.label, one.last_at_utc) == ("x9", None, "", "")
        assert "x9.ssptrain" in one.findings[0].place


class TestStudies:
    def test_before_any_case_nothing_is_known_and_nothing_is_zero(self, anna):
        study = study_of(anna)
        assert study.agreement.value is None
        assert (study.agreement.n, study.bias, study.sealed, study.disputed) == (0, None, 0, ())
        assert all(chart.points == () for chart in study.watch.charts)

    def test_a_second_attempt_is_a_repeat_and_no_case_more(self, anna):
        anna.look("c01")
        for _ in range(2):
            anna.do("c02")
            anna.look("c02")
        study = study_of(anna)
        assert (study.row.submitted, study.row.repeats, study.agreement.n) == (1, 1, 1)

    def test_a_case_that_was_begun_and_not_submitted_counts_nowhere(self, anna):
        anna.look("c01")
        anna.code(anna.begin("c02"))
        study = study_of(anna)
        assert (study.row.submitted, len(study.work.figures), study.sealed) == (0, 0, 0)

    def test_a_submission_that_was_altered_afterwards_is_named(self, anna):
        anna.look("c01")
        anna.do("c02")
        anna.logbook.close()
        kept = [path for path in anna.logbook.path.parent.rglob("*") if path.is_file()]
        for path in kept:
            if path.suffix != ".ssptrain":
                path.write_bytes(b"altered")
        found = TrainerReading(anna.pack).read(anna.logbook.path)
        assert found.trainee == TRAINEE
        assert found.findings

    def test_figures_come_in_the_order_in_which_they_were_submitted(self, anna):
        anna.look("c01")
        for case in ("c02", "c03", "c02"):
            anna.do(case)
            anna.look(case)
        cases = [one.sitting.case for one in study_of(anna).work.figures]
        assert cases == ["c02", "c03", "c02"]

    def test_a_form_that_is_not_finished_stays_sealed_from_the_trainer_too(self, berta):
        berta.practise()
        berta.do("c04")
        study = study_of(berta, WORD)
        assert study.sealed == 1
        assert {one.sitting.case for one in study.work.figures} == {"c02", "c03"}

    def test_a_word_for_a_pack_without_one_changes_nothing(self, anna):
        anna.practise()
        assert study_of(anna, WORD).work.figures == study_of(anna).work.figures

    def test_a_wrong_word_is_refused_before_anything_is_read(self, worded_pack):
        with pytest.raises(TrainingError, match="not the trainer's word"):
            TrainerReading(worded_pack, "another word altogether")

    def test_a_changed_scheme_is_refused_before_anything_is_read(self, draft, tmp_path):
        own = built(draft, tmp_path / "own")
        next(path for path in (own.folder / "scheme").rglob("*") if path.is_file()).unlink()
        with pytest.raises(TrainingError, match="the file cannot be read"):
            TrainerReading(own)

    def test_a_logbook_of_another_pack_has_a_label_and_no_study(self, anna, draft, tmp_path):
        other = built(draft, tmp_path / "other", id="other")
        found = TrainerReading(other).read(anna.logbook.path)
        assert (found.label, found.study) == (anna.pack.id, None)


class TestDisputed:
    def test_an_item_of_an_attempt_that_never_was_keeps_its_key(self, anna):
        judged(anna, "event:1:", Judgement.DISPUTE, attempt=9)
        (one,) = study_of(anna).disputed
        assert (one.item, one.dispute.item, one.dispute.attempt) == (None, "event:1:", 9)

    def test_an_item_that_is_none_is_told_without_its_sides(self, anna):
        anna.practise()
        judged(anna, "event:99:", Judgement.UNCLEAR)
        (one,) = study_of(anna).disputed
        assert one.item is None
        assert one.dispute.judgement is Judgement.UNCLEAR

    def test_they_come_by_case_in_the_order_of_the_pack(self, anna):
        anna.practise()
        attempts = {one.case: one.number for one in anna.programme.attempts}
        for case in ("c03", "c02"):
            judged(anna, "event:1:", Judgement.DISPUTE, attempt=attempts[case], case=case)
        assert [one.dispute.case for one in study_of(anna).disputed] == ["c02", "c03"]


def moments(
    kind: ItemKind, own: float | None, reference: float | None, codes=CODES
) -> FeedbackItem:
    """An item on events at these moments; both carry the first code unless two are given."""

    def event(at: float, code: str):
        return event_of(after(coding(), add(code, at)), code)

    row = Difference(
        kind=DifferenceKind.MISS if own is None else DifferenceKind.WRONG_CODE,
        reference=None if reference is None else event(reference, codes[0]),
        own=None if own is None else event(own, codes[-1]),
        code=codes[0],
        episode=None,
        at_us=0,
    )
    return FeedbackItem(
        key="event:1:", kind=kind, weight=1.0, at_us=0, loop=None, place="x", title=NO_TEXT, row=row
    )


class TestExclusions:
    @given(own=st.floats(0, 900), reference=st.floats(0, 900))
    def test_both_onsets_and_those_around_them_are_left_out(self, own, reference):
        one = exclusion_of(moments(ItemKind.LAG, own, reference, CODES[:1]), "disputed")
        first, last = sorted(round(each * 1_000_000) for each in (own, reference))
        assert abs(one.span.start_us - max(0, first - LAG_PAIRING_US)) <= 1
        assert abs(one.span.end_us - (last + LAG_PAIRING_US)) <= 1
        assert str(one.code) == CODES[0]

    def test_two_codes_for_one_moment_leave_both_out(self):
        one = exclusion_of(moments(ItemKind.WRONG_CODE, 5, 5), "disputed")
        assert one.code == ""

    @pytest.mark.parametrize(("own", "reference"), [(5, None), (None, 5)], ids=["extra", "missed"])
    def test_an_event_of_one_side_alone_is_left_out_by_its_code(self, own, reference):
        one = exclusion_of(moments(ItemKind.MISS, own, reference, CODES[:1]), "disputed")
        assert one.code == CODES[0]

    def test_nothing_before_the_video_is_left_out(self):
        one = exclusion_of(moments(ItemKind.MISS, None, 0, CODES[:1]), "disputed")
        assert one.span.start_us == 0

    @pytest.mark.parametrize(
        "kind", [ItemKind.RATING, ItemKind.RATING_NEAR, ItemKind.UNRATED], ids=str
    )
    def test_points_are_left_out_by_their_place_alone(self, kind):
        rated = FeedbackItem(
            key="r", kind=kind, weight=1.0, at_us=None, loop=None, place=some_slot(), title=NO_TEXT
        )
        one = exclusion_of(rated, "unclear")
        assert (one.slot, one.span, one.code, one.reason) == (some_slot(), None, "", "unclear")


class TestPlans:
    @given(
        cases=st.lists(st.integers(0, 40).map(str), unique=True, max_size=8).map(tuple),
        each=st.integers(1, 12),
        seed=st.integers(0, 10**6),
    )
    def test_a_coder_gets_as_many_as_wished_or_as_there_are(self, cases, each, seed):
        wish = RecheckWish(first=FIRST, every_days=7, each=each, seed=seed)
        plan = plan_rechecks([Coder(trainee="a", cases=cases)], wish)
        assert len(plan) == min(each, len(cases))
        assert {one.case for one in plan} <= set(cases)
        assert [one.due_on for one in plan] == sorted(one.due_on for one in plan)

    def test_every_day_of_a_stretch_can_be_drawn(self):
        coder = Coder(trainee="a", cases=("u1",))
        days = {
            one.due_on
            for seed in range(200)
            for one in plan_rechecks(
                [coder], RecheckWish(first=FIRST, every_days=5, each=1, seed=seed)
            )
        }
        assert days == {(FIRST + timedelta(days=day)).isoformat() for day in range(5)}

    def test_nobody_to_be_checked_is_an_empty_plan(self):
        wish = RecheckWish(first=FIRST, every_days=7, each=1, seed=1)
        assert plan_rechecks([], wish) == ()
        assert plan_rechecks([Coder(trainee="a", cases=())], wish) == ()

    def test_the_same_re_check_named_twice_is_written_once(self, anna):
        path = anna.logbook.path
        anna.logbook.close()
        one = PlannedRecheck(trainee=TRAINEE, case="c07", due_on="2026-06-05")
        assert write_plan(path, anna.pack, (one, one)) == 1
        assert len(deeds(path, RecheckScheduled)) == 1

    def test_a_plan_of_others_leaves_the_logbook_as_it_was(self, anna):
        path = anna.logbook.path
        anna.logbook.close()
        before = read_logbook(path).entries
        one = PlannedRecheck(trainee="somebody.else", case="c07", due_on="2026-06-05")
        assert write_plan(path, anna.pack, (one,)) == 0
        assert read_logbook(path).entries == before


class TestReleases:
    @pytest.fixture
    def wish(self) -> ReleaseWish:
        return ReleaseWish(form="one", kind=ReleaseKind.FEEDBACK, trainee=TRAINEE, trainer=TRAINER)

    def test_every_release_has_an_id_of_its_own(self, pack, wish):
        assert len({make_release(pack, wish).id for _ in range(20)}) == 20

    def test_a_release_can_be_read_by_a_person_and_names_everybody(self, pack, wish, tmp_path):
        write_release(make_release(pack, wish), tmp_path / "r.ssprelease")
        text = (tmp_path / "r.ssprelease").read_text("utf-8")
        read = json.loads(text)
        assert len(text.splitlines()) > 5
        assert (read["trainee"], read["trainer"], read["form"]) == (TRAINEE, TRAINER, "one")

    @pytest.mark.parametrize(
        "field", ["trainee", "trainer", "form", "kind", "version", "id", "key"]
    )
    def test_no_field_can_be_left_out(self, anna, wish, tmp_path, field):
        path = tmp_path / "r.ssprelease"
        write_release(make_release(anna.pack, wish), path)
        read = json.loads(path.read_text("utf-8"))
        del read[field]
        path.write_text(json.dumps(read), "utf-8")
        with pytest.raises(TrainingError, match=r"r\.ssprelease"):
            take_in(anna.logbook, anna.pack, path)
        assert deeds(anna.logbook.path, FormReleased) == []

    def test_a_release_as_large_as_a_film_is_not_read(self, anna, tmp_path):
        path = tmp_path / "r.ssprelease"
        path.write_bytes(b" " * (64 * 1024 + 1))
        with pytest.raises(TrainingError, match="too large"):
            take_in(anna.logbook, anna.pack, path)

    def test_nothing_is_left_of_a_release_that_could_not_be_written(self, pack, wish, tmp_path):
        (tmp_path / "r.ssprelease").mkdir()
        with pytest.raises(TrainingError, match="already"):
            write_release(make_release(pack, wish), tmp_path / "r.ssprelease")
        assert [path.name for path in tmp_path.iterdir()] == ["r.ssprelease"]


class TestOverview:
    @pytest.mark.parametrize("level", list(ClassLevel), ids=str)
    def test_a_level_without_any_figure_tells_of_no_case(self, anna, level):
        found = overview((study_of(anna).work,), level=level)
        assert (found.cases, found.level) == ((), level)

    def test_a_dispute_alone_brings_a_case_into_sight_without_a_share(self, anna):
        anna.practise()
        judged(anna, "event:1:", Judgement.DISPUTE, case="c07")
        row = {one.case: one for one in overview((study_of(anna).work,)).cases}["c07"]
        assert row.agreeing.value is None
        assert (row.agreeing.n, row.disputes) == (0, 1)
