"""What a trainer sees of several trainees."""

from __future__ import annotations

from ssp_coder.training.deeds import (
    CaseBegun,
    Certified,
    Deed,
    Enrolled,
    Entry,
    FeedbackOpened,
    ItemJudged,
    Judgement,
    SubmissionBegun,
    Submitted,
)
from ssp_coder.training.measures import Statistic
from ssp_coder.training.overview import Overview, TraineeWork, overview
from ssp_coder.training.packs import Pack, Stage
from ssp_coder.training.pass_rules import Outcome
from ssp_coder.training.programme import programme_of
from tests.fixtures.training_figures import classed, criterion, rule

RULE = rule(criterion(Statistic.CLASS_SHARE, 0.8, 2), stages=(Stage.PRACTICE,))


def entries(*deeds: Deed) -> tuple[Entry, ...]:
    return tuple(
        Entry(seq=number, at_utc=f"2026-05-17T10:00:{number:02d}Z", deed=deed)
        for number, deed in enumerate(deeds, 1)
    )


def enrolled(pack: Pack) -> Enrolled:
    return Enrolled(pack=pack.id, version=pack.version, pack_sha256=pack.sha256)


def coded(pack: Pack, case: str, attempt: int) -> tuple[Deed, ...]:
    """A case that was begun and submitted, its feedback seen."""
    at = {"pack": pack.id, "case": case, "attempt": attempt}
    return (
        CaseBegun(**at, file=f"{attempt}.sspc"),
        SubmissionBegun(**at),
        Submitted(
            **at,
            snapshot=f"{attempt}.copy",
            snapshot_sha256="0" * 64,
            head=f"{attempt:064x}",
            pack_version=pack.version,
        ),
        FeedbackOpened(**at),
    )


def judged(pack: Pack, case: str, item: str, judgement: Judgement) -> ItemJudged:
    return ItemJudged(pack=pack.id, case=case, attempt=1, item=item, judgement=judgement)


def work(pack: Pack, name: str, *deeds: Deed, figures: tuple = ()) -> TraineeWork:
    book = entries(enrolled(pack), *deeds)
    return TraineeWork(
        trainee=name, programme=programme_of(pack, book), entries=book, figures=figures
    )


def practised(case: str, own: str, **of: object):
    return classed(case, "A", own, of={"stage": Stage.PRACTICE, **of})


class TestTrainees:
    def test_they_stand_in_the_order_of_their_pseudonyms_whatever_they_reached(
        self, pack: Pack
    ) -> None:
        weak = (practised("c02", "B"), practised("c03", "B"))
        strong = (practised("c02", "A"), practised("c03", "A"))
        works = [work(pack, "zoe", figures=strong), work(pack, "abe", figures=weak)]
        assert [row.trainee for row in overview(works, RULE).trainees] == ["abe", "zoe"]
        works = [work(pack, "zoe", figures=weak), work(pack, "abe", figures=strong)]
        assert [row.trainee for row in overview(works, RULE).trainees] == ["abe", "zoe"]

    def test_nothing_in_a_row_ranks_anybody(self, pack: Pack) -> None:
        (row,) = overview([work(pack, "abe")], RULE).trainees
        assert not {"rank", "place", "score"} & set(row.__slots__)

    def test_first_attempts_and_repeats_are_counted_apart(self, pack: Pack) -> None:
        deeds = (
            FeedbackOpened(pack=pack.id, case="c01"),
            *coded(pack, "c02", 1),
            *coded(pack, "c02", 2),
        )
        (row,) = overview([work(pack, "abe", *deeds)]).trainees
        assert (row.submitted, row.repeats) == (1, 1)

    def test_where_they_are_and_when_they_last_worked_is_told(self, pack: Pack) -> None:
        seen = FeedbackOpened(pack=pack.id, case="c01")
        fresh, further = overview([work(pack, "a"), work(pack, "b", seen)]).trainees
        assert (fresh.stage, further.stage) == (Stage.LEARN, Stage.PRACTICE)
        assert further.last_at_utc == "2026-05-17T10:00:02Z"

    def test_disputes_and_unclear_rules_are_counted_by_the_last_word(self, pack: Pack) -> None:
        deeds = (
            judged(pack, "c02", "a", Judgement.DISPUTE),
            judged(pack, "c02", "b", Judgement.DISPUTE),
            judged(pack, "c02", "b", Judgement.AGREE),
            judged(pack, "c02", "c", Judgement.UNCLEAR),
        )
        (row,) = overview([work(pack, "abe", *deeds)]).trainees
        assert (row.disputes, row.unclear) == (1, 1)

    def test_the_rule_is_held_against_each(self, pack: Pack) -> None:
        strong = work(pack, "abe", figures=(practised("c02", "A"), practised("c03", "A")))
        weak = work(pack, "zoe", figures=(practised("c02", "B"), practised("c03", "A")))
        few = work(pack, "kim", figures=(practised("c02", "A"),))
        outcomes = {
            row.trainee: row.evaluation.outcome
            for row in overview([strong, weak, few], RULE).trainees
            if row.evaluation is not None
        }
        assert outcomes == {
            "abe": Outcome.PASSED,
            "zoe": Outcome.NOT_PASSED,
            "kim": Outcome.INSUFFICIENT,
        }

    def test_without_a_rule_there_is_no_verdict(self, pack: Pack) -> None:
        assert overview([work(pack, "abe")]).trainees[0].evaluation is None

    def test_a_certificate_is_told(self, pack: Pack) -> None:
        deed = Certified(pack=pack.id, version=pack.version, rule="rule", figures="{}")
        rows = overview([work(pack, "abe", deed), work(pack, "zoe")]).trainees
        assert [row.certified for row in rows] == [True, False]


class TestCases:
    def found(self, pack: Pack) -> Overview:
        return overview(
            [
                work(
                    pack,
                    "abe",
                    judged(pack, "c03", "a", Judgement.DISPUTE),
                    figures=(practised("c02", "A"), practised("c03", "B")),
                ),
                work(
                    pack,
                    "zoe",
                    judged(pack, "c03", "a", Judgement.DISPUTE),
                    figures=(practised("c02", "A"), practised("c03", "B")),
                ),
            ]
        )

    def test_a_case_that_nobody_got_right_stands_out(self, pack: Pack) -> None:
        rows = {row.case: row for row in self.found(pack).cases}
        assert (rows["c02"].agreeing.value, rows["c03"].agreeing.value) == (1, 0)
        assert (rows["c02"].disputes, rows["c03"].disputes) == (0, 2)
        assert rows["c03"].agreeing.n == 2

    def test_cases_stand_in_the_order_of_the_pack(self, pack: Pack) -> None:
        assert [row.case for row in self.found(pack).cases] == ["c02", "c03"]

    def test_repeats_do_not_make_a_case_look_easier(self, pack: Pack) -> None:
        repeat = practised("c03", "A", is_repeat=True, attempt=9)
        figures = (practised("c03", "B"), repeat)
        (row,) = overview([work(pack, "abe", figures=figures)]).cases
        assert (row.agreeing.value, row.agreeing.n) == (0, 1)

    def test_a_case_that_was_only_disputed_is_listed(self, pack: Pack) -> None:
        dispute = judged(pack, "c02", "a", Judgement.DISPUTE)
        (row,) = overview([work(pack, "abe", dispute)]).cases
        assert (row.case, row.disputes, row.agreeing.value) == ("c02", 1, None)


def test_nobody_is_an_empty_overview() -> None:
    found = overview([])
    assert (found.trainees, found.cases) == ((), ())
