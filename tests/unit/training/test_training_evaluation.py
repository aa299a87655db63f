"""The figures of one submission against its reference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.compare import ComparisonError
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.scale import Missing, Points, Rating, SlotId
from ssp_coder.domain.time import Span
from ssp_coder.training.attempts import Attempt
from ssp_coder.training.deeds import Submitted
from ssp_coder.training.evaluation import (
    CaseFigures,
    OnsetTally,
    TimeBudget,
    figures_of,
    first_attempts,
    sitting_of,
)
from ssp_coder.training.packs import (
    Case,
    Consent,
    Exclusion,
    Origin,
    OriginKind,
    Reference,
    Stage,
)
from tests.fixtures.table_schemes import (
    CAREGIVER,
    bare_coding,
    event,
    full_coding,
    numbered,
    reference_coding,
    small_scheme,
    us,
)
from tests.fixtures.training_figures import made_up_reference, sitting, small_pack, submission

SCHEME = small_scheme()


def held(own: list[Event], theirs: list[Event], *exclusions: Exclusion) -> CaseFigures:
    reference = Reference(
        coding=bare_coding(*theirs, coder="ref"), scheme=SCHEME, exclusions=exclusions
    )
    return figures_of(sitting("k1"), bare_coding(*own), reference)


def against_reference(own: Coding, *exclusions: Exclusion) -> CaseFigures:
    reference = Reference(coding=reference_coding(), scheme=SCHEME, exclusions=exclusions)
    return figures_of(sitting("k1"), own, reference)


def tally_of(figures: CaseFigures, code: str, tolerance_s: float) -> OnsetTally:
    (found,) = (
        one for one in figures.tallies if one.code == code and one.tolerance_us == us(tolerance_s)
    )
    return found


def budget_of(figures: CaseFigures, code: str) -> TimeBudget:
    (found,) = (one for one in figures.budgets if one.code == code)
    return found


def counts(tally: OnsetTally) -> tuple[int, int, int]:
    return tally.matches, tally.n_reference, tally.n_own


class TestOnsets:
    def test_an_onset_counts_at_each_tolerance_that_it_keeps(self) -> None:
        found = held([event("seeking.reach", 10.8)], [event("seeking.reach", 10)])
        assert counts(tally_of(found, "seeking.reach", 0.5)) == (0, 1, 1)
        assert counts(tally_of(found, "seeking.reach", 1)) == (1, 1, 1)
        assert counts(tally_of(found, "seeking.reach", 2)) == (1, 1, 1)

    def test_a_code_that_only_the_trainee_used_is_counted(self) -> None:
        found = held([event("seeking.lean", 5)], [])
        assert counts(tally_of(found, "seeking.lean", 1)) == (0, 0, 1)

    def test_two_onsets_never_answer_one(self) -> None:
        found = held(
            [event("seeking.reach", 10), event("seeking.reach", 10.2)],
            [event("seeking.reach", 10.1)],
        )
        assert counts(tally_of(found, "seeking.reach", 1)) == (1, 1, 2)

    def test_lags_have_the_sign_of_coming_late(self) -> None:
        found = held(
            [event("seeking.reach", 10.8), event("seeking.lean", 19.5)],
            [event("seeking.reach", 10), event("seeking.lean", 20)],
        )
        assert sorted(found.lags_us) == [-500_000, 800_000]

    def test_onsets_too_far_apart_have_no_lag(self) -> None:
        assert held([event("seeking.reach", 13)], [event("seeking.reach", 10)]).lags_us == ()

    def test_presence_is_not_counted(self) -> None:
        found = held(
            [event("presence.out", 5, 9, subject=CAREGIVER)],
            [event("presence.out", 7, 9, subject=CAREGIVER)],
        )
        assert (found.tallies, found.budgets, found.lags_us) == ((), (), ())


class TestTimeBudgets:
    def test_a_state_lasts_as_long_as_all_its_bouts(self) -> None:
        found = held(
            [event("play.look", 10, 15), event("play.look", 20, 21)],
            [event("play.look", 10, 13)],
        )
        assert (
            budget_of(found, "play.look").own_us,
            budget_of(found, "play.look").reference_us,
        ) == (
            us(6),
            us(3),
        )

    def test_points_have_no_length(self) -> None:
        assert held([event("seeking.reach", 3)], []).budgets == ()

    def test_an_open_state_lasts_to_the_end_of_the_session(self) -> None:
        own = replace(full_coding(), events=numbered(event("distress.cry", 100)))
        assert budget_of(against_reference(own), "distress.cry").own_us == us(12)

    def test_what_lies_outside_the_session_is_cut_off(self) -> None:
        own = replace(full_coding(), events=numbered(event("distress.cry", 0, 20)))
        assert budget_of(against_reference(own), "distress.cry").own_us == us(20) - us(10.04)


class TestRatingsAndClasses:
    def test_places_that_both_rated_are_pairs(self) -> None:
        own = replace(
            full_coding(),
            ratings=(
                Rating(slot=SlotId("near_c_2"), score=Points(4.5)),
                Rating(slot=SlotId("odd"), score=Missing("NA_view")),
            ),
        )
        (pair,) = against_reference(own).ratings
        assert (pair.slot, pair.scale, pair.difference) == ("near_c_2", "near", -2)

    def test_an_excluded_place_does_not_count(self) -> None:
        excluded = Exclusion(reason="doubtful", slot=SlotId("odd"))
        slots = [pair.slot for pair in against_reference(full_coding(), excluded).ratings]
        assert slots == ["near_c_2"]

    def test_classes_are_told_at_every_level(self) -> None:
        found = against_reference(full_coding())
        pair = found.class_at(ClassLevel.PRIMARY)
        assert pair is not None
        assert (pair.reference, pair.own) == ("D", "D")

    def test_a_trainee_without_a_class_does_not_agree(self) -> None:
        own = replace(full_coding(), classification=None)
        pair = against_reference(own).class_at(ClassLevel.PRIMARY)
        assert pair is not None
        assert pair.own == ""

    def test_a_reference_without_a_class_says_nothing(self) -> None:
        assert held([], []).class_at(ClassLevel.PRIMARY) is None


class TestExclusions:
    def test_events_of_an_excluded_stretch_do_not_count(self) -> None:
        stretch = Exclusion(reason="out of view", span=Span(start_us=us(8), end_us=us(12)))
        found = held([event("seeking.reach", 10)], [event("seeking.lean", 11)], stretch)
        assert found.tallies == ()

    def test_a_stretch_of_one_code_leaves_the_others(self) -> None:
        span = Span(start_us=us(8), end_us=us(12))
        stretch = Exclusion(reason="unclear", span=span, code="seeking.lean")
        found = held([event("seeking.reach", 10)], [event("seeking.lean", 11)], stretch)
        assert {one.code for one in found.tallies} == {"seeking.reach"}

    def test_the_stretch_of_a_rating_leaves_events_alone(self) -> None:
        span = Span(start_us=us(8), end_us=us(12))
        stretch = Exclusion(reason="unclear", span=span, slot=SlotId("odd"))
        assert held([event("seeking.reach", 10)], [], stretch).tallies


def test_the_same_snapshot_always_gives_the_same_figures() -> None:
    reference = made_up_reference(3)
    own = made_up_reference(4).coding
    first = figures_of(sitting("k1"), own, reference)
    assert first == figures_of(sitting("k1"), own, reference)
    assert first.scheme_sha256 == reference.scheme.sha256


def test_a_coding_of_another_scheme_is_refused() -> None:
    foreign = bare_coding(replace(event("seeking.reach", 1), code="other.code"))  # type: ignore[arg-type]  # a code that is not known
    with pytest.raises(ComparisonError, match=r"other\.code"):
        figures_of(sitting("k1"), foreign, Reference(coding=reference_coding(), scheme=SCHEME))


class TestWhatCounts:
    def test_the_first_submission_of_each_case_in_the_order_of_submission(self) -> None:
        late = submission("k1", of={"submitted_at_utc": "2026-05-18T10:00:00Z"})
        early = submission("k2", of={"submitted_at_utc": "2026-05-17T10:00:00Z"})
        assert first_attempts((late, early)) == (early, late)

    def test_a_repeat_never_counts_even_when_it_comes_alone(self) -> None:
        repeat = submission("k1", of={"is_repeat": True})
        assert first_attempts((repeat,)) == ()

    def test_only_the_stages_that_are_asked_for_count(self) -> None:
        practice = submission("k1", of={"stage": Stage.PRACTICE})
        test = submission("k2", of={"stage": Stage.TEST})
        assert first_attempts((practice, test), (Stage.TEST,)) == (test,)
        assert first_attempts((practice, test)) == (practice, test)


class TestSittings:
    CASE = Case(
        id="k1",
        title="Case 1",
        stage=Stage.PRACTICE,
        form="",
        session="S1",
        media=(),
        origin=Origin(kind=OriginKind.EXPERT, who="e", on="2026-05-17", codebook="1"),
        consent=Consent.SYNTHETIC,
        consent_by="t",
        reference="sealed/k1.ref",
        reference_sha256="",
    )
    SUBMITTED = Submitted(
        pack="pack1",
        case="k1",
        attempt=4,
        snapshot="a",
        snapshot_sha256="b",
        head="c",
        pack_version="1.2.0",
    )

    def attempt(self, submitted: Submitted | None) -> Attempt:
        return Attempt(
            case="k1",
            number=4,
            file="k1.sspc",
            begun_at_utc="",
            is_repeat=True,
            submitted=submitted,
            submitted_at_utc="2026-05-17T10:00:00Z",
        )

    def test_a_submission_knows_its_case_head_and_whether_it_is_a_repeat(self) -> None:
        found = sitting_of(small_pack(enriched=True), self.CASE, self.attempt(self.SUBMITTED))
        assert (found.case, found.stage, found.head) == ("k1", Stage.PRACTICE, "c")
        assert found.is_repeat
        assert found.enriched

    def test_an_attempt_under_way_has_no_figures(self) -> None:
        with pytest.raises(ValueError, match="not submitted"):
            sitting_of(small_pack(), self.CASE, self.attempt(None))
