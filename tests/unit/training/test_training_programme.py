"""What may be begun and seen at each point of a training, and why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.training.attempts import next_attempt, unfinished_sets
from ssp_coder.training.barring import WHY, barred
from ssp_coder.training.deeds import (
    CaseBegun,
    Certified,
    Deed,
    Enrolled,
    Entry,
    FeedbackOpened,
    FormReleased,
    RecheckScheduled,
    RecheckServed,
    ReleaseKind,
    SetFinished,
    SubmissionBegun,
    Submitted,
)
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import Bar, CaseState, programme_of


class Story:
    """A training told in deeds, without any file."""

    def __init__(self, pack, enrolled=True):
        self.pack = pack
        self.deeds: list[Deed] = []
        self.number = 0
        if enrolled:
            self.add(Enrolled(pack=pack.id, version=pack.version, pack_sha256=pack.sha256))

    def add(self, deed):
        self.deeds.append(deed)
        return self

    @property
    def entries(self):
        return tuple(
            Entry(seq=n, at_utc=f"2026-06-01T10:{n:02d}:00Z", deed=deed)
            for n, deed in enumerate(self.deeds, 1)
        )

    @property
    def programme(self):
        return programme_of(self.pack, self.entries)

    def begin(self, case):
        self.number += 1
        file = f"coding-{self.number:04d}.sspc"
        return self.add(CaseBegun(pack=self.pack.id, case=case, attempt=self.number, file=file))

    def submit(self, case):
        number = self.programme.standing(case).last.number
        return self.add(
            Submitted(
                pack=self.pack.id,
                case=case,
                attempt=number,
                snapshot=f"submitted/{number}.sspc",
                snapshot_sha256="",
                head="",
                pack_version=self.pack.version,
            )
        )

    def look(self, case):
        last = self.programme.standing(case).last
        return self.add(
            FeedbackOpened(
                pack=self.pack.id, case=case, attempt=last.number if last is not None else 0
            )
        )

    def do(self, *cases):
        for case in cases:
            self.begin(case).submit(case)
        return self

    def practise(self):
        self.look("c01")
        for case in ("c02", "c03"):
            self.do(case).look(case)
        return self

    def release(self, form, kind, number="1", key="ab"):
        return self.add(
            FormReleased(
                pack=self.pack.id,
                form=form,
                kind=kind,
                trainer="t",
                release=number,
                key=key if kind is ReleaseKind.FEEDBACK else "",
            )
        )

    def certify(self):
        return self.add(Certified(pack=self.pack.id, version="1", rule="r", figures="{}"))

    def begin_bars(self):
        return {s.case.id: s.begin for s in self.programme.standings}

    def see_bars(self):
        return {s.case.id: s.see for s in self.programme.standings}

    def state(self, case):
        return self.programme.standing(case).state


@pytest.fixture
def story(pack):
    return Story(pack)


def test_nothing_may_be_done_before_enrolling(pack):
    programme = Story(pack, enrolled=False).programme
    assert {standing.begin for standing in programme.standings} == {Bar.NOT_ENROLLED}
    assert {standing.see for standing in programme.standings} == {Bar.NOT_ENROLLED}
    assert not programme.enrolled


def test_a_pack_that_is_another_one_bars_everything(story, pack):
    programme = programme_of(replace(pack, sha256="0" * 64), story.entries)
    assert {standing.begin for standing in programme.standings} == {Bar.OTHER_PACK}
    assert {standing.see for standing in programme.standings} == {Bar.OTHER_PACK}


def test_enrolling_for_the_new_version_goes_on_from_what_was_done(story, pack):
    story.practise()
    new = replace(pack, sha256="0" * 64, version="2")
    story.add(Enrolled(pack=pack.id, version="2", pack_sha256=new.sha256))
    assert programme_of(new, story.entries).stage is Stage.TEST


def test_deeds_of_another_pack_do_not_matter(story):
    story.add(FeedbackOpened(pack="other", case="c01"))
    story.add(CaseBegun(pack="other", case="c02", attempt=1, file="f"))
    assert story.state("c01") is CaseState.READY
    assert story.programme.attempts == ()


# ---------------------------------------------------------------- learning and practice


def test_at_first_there_is_only_something_to_study(story):
    assert story.programme.stage is Stage.LEARN
    assert story.see_bars()["c01"] is None
    assert story.begin_bars() == {
        "c01": None,
        "c02": Bar.STUDY_FIRST,
        "c03": Bar.STUDY_FIRST,
        "c04": Bar.STUDY_FIRST,
        "c05": Bar.STUDY_FIRST,
        "c06": Bar.STUDY_FIRST,
        "c07": Bar.CERTIFY_FIRST,
    }
    assert story.state("c02") is CaseState.CLOSED


def test_no_reference_but_the_open_one_may_be_seen_at_first(story):
    assert {case for case, bar in story.see_bars().items() if bar is None} == {"c01"}


def test_after_studying_the_first_practice_case_may_begin(story):
    story.look("c01")
    assert story.state("c01") is CaseState.DONE
    assert story.programme.stage is Stage.PRACTICE
    assert story.begin_bars()["c02"] is None
    assert story.begin_bars()["c03"] is Bar.EARLIER_CASE_FIRST
    assert story.begin_bars()["c04"] is Bar.PRACTICE_FIRST


def test_a_practice_case_goes_through_its_states(story):
    story.look("c01")
    assert story.state("c02") is CaseState.READY
    story.begin("c02")
    assert story.state("c02") is CaseState.BEGUN
    assert story.see_bars()["c02"] is Bar.NOT_SUBMITTED
    story.add(SubmissionBegun(pack="pack1", case="c02", attempt=1))
    assert story.state("c02") is CaseState.SUBMITTING
    assert story.see_bars()["c02"] is Bar.NOT_SUBMITTED
    story.submit("c02")
    assert story.state("c02") is CaseState.FEEDBACK
    assert story.see_bars()["c02"] is None
    story.look("c02")
    assert story.state("c02") is CaseState.DONE


def test_the_next_practice_case_waits_for_the_feedback(story):
    story.look("c01").do("c02")
    assert story.begin_bars()["c03"] is Bar.EARLIER_CASE_FIRST
    story.look("c02")
    assert story.begin_bars()["c03"] is None


def test_a_repeat_needs_the_feedback_and_does_not_count(story):
    story.look("c01").do("c02")
    assert story.begin_bars()["c02"] is Bar.FEEDBACK_FIRST
    story.look("c02")
    assert story.begin_bars()["c02"] is None
    story.do("c02")
    first, second = story.programme.standing("c02").attempts
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert story.programme.counted == (first,)


def test_the_reference_is_closed_while_a_repeat_is_under_way(story):
    story.look("c01").do("c02").look("c02").begin("c02")
    assert story.see_bars()["c02"] is Bar.NOT_SUBMITTED
    assert story.begin_bars()["c03"] is None


def test_coding_a_case_to_learn_from_never_counts(story):
    story.look("c01").do("c01")
    assert story.programme.counted == ()


# ---------------------------------------------------------------- the test


def test_after_practice_the_first_form_is_open_and_the_second_is_not(story):
    story.practise()
    assert story.programme.stage is Stage.TEST
    bars = story.begin_bars()
    assert (bars["c04"], bars["c05"], bars["c06"]) == (None, None, Bar.FORM_NOT_RELEASED)


def test_no_feedback_before_the_whole_form_is_in(story):
    story.practise().do("c04")
    assert story.see_bars()["c04"] is Bar.FORM_NOT_FINISHED
    assert story.state("c04") is CaseState.WAITING
    story.begin("c05")
    assert story.see_bars()["c04"] is Bar.FORM_NOT_FINISHED
    story.submit("c05")
    assert story.see_bars()["c04"] is None
    assert story.state("c05") is CaseState.FEEDBACK


def test_a_form_is_taken_once(story):
    story.practise().do("c04")
    assert story.begin_bars()["c04"] is Bar.FORM_TAKEN
    story.do("c05").look("c04").look("c05")
    assert story.begin_bars()["c04"] is story.begin_bars()["c05"] is Bar.FORM_TAKEN


def test_a_form_may_be_taken_again_after_a_release_and_counts_no_more(story):
    story.practise().do("c04", "c05").release("one", ReleaseKind.TAKE)
    assert story.begin_bars()["c04"] is None
    story.do("c04")
    assert story.see_bars()["c05"] is Bar.FORM_NOT_FINISHED
    story.do("c05")
    assert story.see_bars()["c05"] is None
    assert [a.case for a in story.programme.counted] == ["c02", "c03", "c04", "c05"]
    assert story.begin_bars()["c04"] is Bar.FORM_TAKEN


def test_a_release_given_early_does_not_let_one_case_be_taken_twice(story):
    story.practise().release("one", ReleaseKind.TAKE).do("c04")
    assert story.begin_bars()["c04"] is Bar.FORM_NOT_FINISHED


def test_the_same_release_counts_once(story):
    story.practise().do("c04", "c05")
    story.release("one", ReleaseKind.TAKE).release("one", ReleaseKind.TAKE).do("c04", "c05")
    assert story.begin_bars()["c04"] is Bar.FORM_TAKEN


def test_another_form_opens_with_a_release(story):
    story.practise().do("c04", "c05").release("two", ReleaseKind.TAKE)
    assert story.begin_bars()["c06"] is None
    assert story.do("c06").see_bars()["c06"] is None


def test_a_form_sealed_with_a_word_waits_for_the_trainer(worded_pack):
    story = Story(worded_pack).practise().do("c04", "c05")
    assert story.see_bars()["c04"] is Bar.NEEDS_TRAINER
    assert story.state("c04") is CaseState.WAITING
    story.release("one", ReleaseKind.FEEDBACK)
    assert story.see_bars()["c04"] is None
    assert story.programme.releases == (("one", "ab"),)


def test_a_release_of_the_feedback_before_the_end_opens_nothing(worded_pack):
    story = Story(worded_pack).practise().release("one", ReleaseKind.FEEDBACK).do("c04")
    assert story.see_bars()["c04"] is Bar.FORM_NOT_FINISHED


def test_the_logbook_lacks_a_finished_set_until_it_is_written(story):
    story.practise().do("c04")
    assert unfinished_sets(story.pack, story.entries) == ()
    story.do("c05")
    (finished,) = unfinished_sets(story.pack, story.entries)
    assert finished == SetFinished(pack="pack1", form="one", attempts=(3, 4))
    story.add(finished)
    assert unfinished_sets(story.pack, story.entries) == ()


# ---------------------------------------------------------------- upkeep


def test_a_recheck_is_unknown_until_it_is_handed_out(story):
    story.practise().do("c04", "c05").certify()
    assert story.programme.stage is Stage.UPKEEP
    assert "c07" not in {standing.case.id for standing in story.programme.shown}
    assert story.begin_bars()["c07"] is Bar.NOT_HANDED_OUT
    story.add(RecheckServed(pack="pack1", case="c07"))
    assert story.state("c07") is CaseState.READY
    assert "c07" in {standing.case.id for standing in story.programme.shown}


def test_a_recheck_is_done_once_for_each_time_it_is_handed_out(story):
    story.practise().certify().add(RecheckServed(pack="pack1", case="c07"))
    story.do("c07")
    assert story.begin_bars()["c07"] is Bar.NOT_HANDED_OUT
    assert story.see_bars()["c07"] is None
    story.add(RecheckServed(pack="pack1", case="c07"))
    assert story.begin_bars()["c07"] is None


def test_nobody_is_re_checked_before_the_certificate(story):
    story.practise().add(RecheckServed(pack="pack1", case="c07"))
    assert story.begin_bars()["c07"] is Bar.CERTIFY_FIRST


def test_rechecks_are_due_from_their_day_on_until_handed_out(story):
    late = RecheckScheduled(pack="pack1", case="c07", due_on="2026-10-01")
    early = RecheckScheduled(pack="pack1", case="c07", due_on="2026-08-01")
    story.add(late).add(early)
    assert story.programme.due == (early, late)
    assert story.programme.due_on("2026-08-01") == (early,)
    assert story.programme.due_on("2026-07-31") == ()
    story.add(RecheckServed(pack="pack1", case="c07"))
    assert len(story.programme.due) == 1


def test_the_last_certificate_holds(story):
    story.certify()
    last = Certified(pack="pack1", version="2", rule="r", figures="{}", provisional=True)
    assert story.add(last).programme.certified == last


# ---------------------------------------------------------------- words and numbers


def test_every_bar_has_words_and_a_remedy():
    assert set(WHY) == set(Bar)
    for bar in Bar:
        finding = barred(bar, "pack1 1.0.0, c02")
        assert finding.message
        assert finding.remedy
        assert finding.code == f"training.barred_{bar.value}"


def test_attempts_are_numbered_over_all_packs(story):
    assert next_attempt(()) == 1
    story.begin("c01")
    story.add(CaseBegun(pack="other", case="x", attempt=7, file="f"))
    assert next_attempt(story.entries) == 8


def test_an_unknown_case_is_no_case(story):
    with pytest.raises(KeyError, match="c99"):
        story.programme.standing("c99")
    with pytest.raises(KeyError, match="c99"):
        story.pack.case("c99")


def test_the_same_entries_lead_to_the_same_programme(story):
    story.practise().do("c04", "c05")
    assert story.programme == story.programme
