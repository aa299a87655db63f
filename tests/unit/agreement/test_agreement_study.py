from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.agreement.accuracy import Observers
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.ipf import linked_kappa
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.study import StudyAgreement, TrackInStudy, study_agreement
from ssp_coder.agreement.study_cases import (
    CodingPair,
    observers_of,
    one_a_session,
    several_coders,
)
from tests.builders import infant_scheme, s
from tests.unit.agreement.study_desk import (
    QUICK,
    coded,
    event,
    moments,
    of_class,
    rated,
    session_pair,
    states,
    study_pairs,
)

CONTACT = "infant/contact"
SEEKING = "infant/seeking"


@pytest.fixture(scope="module")
def study() -> StudyAgreement:
    return study_agreement(study_pairs(12), infant_scheme(), QUICK)


def track(study: StudyAgreement, name: str) -> TrackInStudy:
    return next(one for one in study.tracks if one.track.id == name)


def test_tables_are_the_sums_of_the_sessions(study: StudyAgreement) -> None:
    pairs = [
        pair_agreement(one.first, one.second, infant_scheme(), QUICK).track(CONTACT)
        for one in study_pairs(12)
    ]
    found = track(study, CONTACT)
    assert np.array_equal(found.tables, sum(one.time.tables for one in pairs))
    assert np.array_equal(found.alignment_table, sum(one.alignment.table for one in pairs))


def test_kappas_are_those_of_the_summed_tables(study: StudyAgreement) -> None:
    found = track(study, CONTACT)
    exact, forth, back = (kappa_of(table).kappa.value for table in found.tables)
    assert found.exact.kappa.value == exact
    assert found.mean.value == pytest.approx((forth + back) / 2)
    assert found.alignment.kappa.value == linked_kappa(found.alignment_table).kappa.value
    assert found.exact.n == found.tables[0].sum()


def test_intervals_over_sessions_hold_their_value(study: StudyAgreement) -> None:
    found = track(study, CONTACT)
    for one in (found.exact.kappa, found.mean, found.alignment.kappa, found.overlap.kappa):
        assert one.low < one.value < one.high


def test_the_same_seed_gives_the_same_study_and_another_other_intervals(
    study: StudyAgreement,
) -> None:
    again = study_agreement(study_pairs(12), infant_scheme(), QUICK)
    other = study_agreement(study_pairs(12), infant_scheme(), replace(QUICK, seed=2))
    mine = track(study, CONTACT).exact.kappa
    assert track(again, CONTACT).exact.kappa == mine
    assert track(other, CONTACT).exact.kappa.value == mine.value
    assert track(other, CONTACT).exact.kappa.low != mine.low


def test_onsets_are_counted_per_code_and_tolerance(study: StudyAgreement) -> None:
    codes = [code for code in track(study, SEEKING).codes if code.hits.n]
    assert {code.code for code in codes} == {"seeking.reach", "seeking.lean"}
    strict = [code for code in codes if code.tolerance_us == s("0.5")]
    wide = [code for code in codes if code.tolerance_us == s(1)]
    assert [code.f1.value for code in strict] == [0.0, 0.0]
    assert [code.f1.value for code in wide] == [1.0, 1.0]
    assert sum(code.hits.hits for code in wide) == 12 * 12


def test_moments_have_no_time_based_index(study: StudyAgreement) -> None:
    found = track(study, SEEKING)
    assert (found.tables, found.exact, found.mean, found.overlap) == (None,) * 4
    assert found.alignment.kappa.value == 1.0


def test_each_pair_is_told_for_the_spread(study: StudyAgreement) -> None:
    spread = track(study, CONTACT).spread
    assert [name for name, _ in spread] == [f"S{number:03}" for number in range(1, 13)]
    low, high = min(value for _, value in spread), max(value for _, value in spread)
    assert low < track(study, CONTACT).exact.kappa.value < high


def test_an_unused_track_says_that_there_is_nothing(study: StudyAgreement) -> None:
    unused = track(study, "infant/gaze")
    assert unused.sessions == 0
    assert unused.alignment.kappa.undefined is Undefined.NOTHING


def test_ratings_are_told_per_scale_and_episode(study: StudyAgreement) -> None:
    late, equal = study.scales
    assert (late.slot.id, equal.slot.id) == ("avo_c_5", "res_c_5") or (
        equal.slot.id,
        late.slot.id,
    ) == ("avo_c_5", "res_c_5")
    by_slot = {one.slot.id: one.ratings for one in study.scales}
    assert by_slot["avo_c_5"].bias.value == pytest.approx(1.0)
    assert by_slot["res_c_5"].exact.value == 1.0
    assert by_slot["avo_c_5"].icc.icc_3_1.value > by_slot["avo_c_5"].icc.icc_2_1.value
    assert by_slot["avo_c_5"].n == 12


def test_classes_are_told_at_every_level_that_was_given(study: StudyAgreement) -> None:
    levels = {one.level: one.figures for one in study.classes}
    assert {ClassLevel.PRIMARY, ClassLevel.THREE_WAY, ClassLevel.SUBGROUP} <= set(levels)
    assert ClassLevel.SECONDARY not in levels
    three = levels[ClassLevel.THREE_WAY]
    assert three.n == 12
    assert three.observers is Observers.AGAINST_GOLD


def test_several_pairs_of_a_session_count_once_for_ratings() -> None:
    pairs = (session_pair(1), session_pair(1, second="c03"), session_pair(2))
    found = study_agreement(pairs, infant_scheme(), QUICK)
    assert (found.pairs, found.sessions) == (3, ("S001", "S002"))
    assert {one.ratings.n for one in found.scales} == {2}
    assert track(found, CONTACT).exact.n == 3 * 1290
    assert found.coders == (("ref",), ("c02", "c03"))
    assert not found.pairs_vary


def test_changing_coders_are_told() -> None:
    pairs = (session_pair(1), session_pair(2, second="c03"))
    assert study_agreement(pairs, infant_scheme(), QUICK).pairs_vary


def test_one_session_has_no_interval_over_sessions() -> None:
    found = track(study_agreement((session_pair(1),), infant_scheme(), QUICK), CONTACT)
    assert found.exact.kappa.value is not None
    assert found.exact.kappa.low is None
    assert found.alignment.kappa.low is None
    assert all(code.f1.low is None for code in found.codes)


def test_one_code_alone_has_no_event_kappa() -> None:
    first, second = (coded("S001", who, (event(1, "seeking.reach", s(40), s(40)),)) for who in "ab")
    pairs = tuple(CodingPair(session=f"S{n}", first=first, second=second) for n in range(3))
    found = track(study_agreement(pairs, infant_scheme(), QUICK), SEEKING)
    assert found.alignment.kappa.undefined is Undefined.ONE_CODE
    assert found.alignment.p_o.value == 1.0
    assert found.alignment.n == 6


def test_time_that_was_removed_and_states_left_open_are_counted() -> None:
    lost = event(900, "procedure.view_lost", s(100), s(110))
    left_open = replace(event(901, "contact.not_held", s(1280), s(1290)), end_us=None)
    first = coded("S001", "a", (lost, left_open))
    found = study_agreement(
        (CodingPair(session="S001", first=first, second=coded("S001", "b")),),
        infant_scheme(),
        QUICK,
    )
    assert found.open_states == 1
    assert found.removed_us == s(10)


def test_the_watcher_hears_of_every_pair_and_may_stop_the_work() -> None:
    heard: list[tuple[int, int]] = []
    study_agreement(study_pairs(3), infant_scheme(), QUICK, watch=lambda *done: heard.append(done))
    assert heard == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, _all: int) -> None:
        heard.append((done, 0))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study_agreement(study_pairs(3), infant_scheme(), QUICK, watch=stop)
    assert heard[3:] == [(1, 0)]


def test_a_study_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one pair"):
        study_agreement((), infant_scheme(), QUICK)


def test_ratings_and_classes_that_nobody_gave_are_not_made_up() -> None:
    pair = CodingPair(
        session="S001", first=coded("S001", "a", states(1)), second=coded("S001", "b", states(1))
    )
    found = study_agreement((pair,), infant_scheme(), QUICK)
    assert (found.scales, found.classes, found.several) == ((), (), ())
    assert found.disorganization is None


def test_disorganization_is_compared_on_scale_and_decision() -> None:
    pairs = [
        CodingPair(
            session=f"S{number}",
            first=coded(f"S{number}", "a", ratings=rated(dorg=mine)),
            second=coded(f"S{number}", "b", ratings=rated(dorg=other)),
        )
        for number, (mine, other) in enumerate([(2, 2), (7, 8), (6, 4), (5, 3), (1, 1)])
    ]
    found = study_agreement(pairs, infant_scheme(), QUICK).disorganization
    assert found.ratings.n == 5
    assert found.decision.n == 4
    assert found.decision.agreement.value == 0.75
    assert (found.at_point.reference, found.at_point.other) == (1, 0)


def test_the_truth_is_a_reference_in_every_pair() -> None:
    assert observers_of(study_pairs(2)) is Observers.AGAINST_GOLD
    alike = CodingPair(session="x", first=coded("x", "a"), second=coded("x", "b"))
    assert observers_of((*study_pairs(2), alike)) is Observers.TWO_EQUAL
    assert one_a_session((alike, alike)) == (alike,)


def three_coders(*scores: tuple[float, float, float]) -> list[CodingPair]:
    pairs = []
    for number, points in enumerate(scores):
        name = f"S{number}"
        codings = [
            coded(
                name,
                f"c{place}",
                ratings=rated(avo_c_5=value),
                classification=of_class(*(("A", "A1") if value > 3 else ("B", "B3"))),
            )
            for place, value in enumerate(points)
        ]
        pairs += [
            CodingPair(session=name, first=codings[i], second=codings[j])
            for i, j in ((0, 1), (0, 2), (1, 2))
        ]
    return pairs


def test_three_coders_have_figures_of_their_own() -> None:
    found = several_coders(three_coders((1, 1, 1), (4, 5, 4), (2, 2, 3)), infant_scheme())
    ratings = next(one for one in found if one.slot == "avo_c_5")
    primary = next(one for one in found if one.level is ClassLevel.PRIMARY)
    assert (ratings.fleiss.n, ratings.fleiss.raters, ratings.alpha.n) == (3, 3, 3)
    assert 0 < ratings.alpha.value < 1
    assert primary.fleiss.kappa.value == 1.0
    assert primary.alpha.value == 1.0


def test_two_coders_are_not_several() -> None:
    assert several_coders(study_pairs(3), infant_scheme()) == ()


def test_a_case_with_two_ratings_counts_for_alpha_and_not_for_fleiss() -> None:
    pairs = three_coders((1, 1, 1), (4, 5, 4), (6, 6, 6))
    third = replace(pairs[7].second, ratings=())
    pairs[7] = replace(pairs[7], second=third)
    pairs[8] = replace(pairs[8], second=third)
    ratings = next(one for one in several_coders(pairs, infant_scheme()) if one.slot)
    assert (ratings.fleiss.n, ratings.alpha.n) == (2, 3)


def test_more_moments_than_states_do_not_mix_the_tracks() -> None:
    pair = CodingPair(
        session="x", first=coded("x", "a", moments(3)), second=coded("x", "b", moments(4))
    )
    found = study_agreement((pair,), infant_scheme(), QUICK)
    used = [one.track.id for one in found.tracks if one.sessions]
    assert used == [SEEKING]
